"""The moment from which a person sees the window: what is not in its first picture is built behind it."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget


class FirstPicture(QObject):
    """Is told by a window that it is being painted; `seen` comes once, right behind the first time.

    painted() comes before `seen`, for what is short and must not wait for all that is built upon `seen`.
    """

    painted = Signal()
    seen = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.is_seen = False
        self._behind = QTimer(self)
        self._behind.setSingleShot(True)
        self._behind.timeout.connect(self._tell)

    def note(self) -> None:
        """Take note that the window is being painted.

        The window says so and not the matrix, which the hint of an empty one covers, so that it is never painted.
        """
        if not self.is_seen:
            self._behind.start(0)

    def _tell(self) -> None:
        self.is_seen = True
        self.painted.emit()
        self.seen.emit()
