"""A panel that follows the analysis: brought up to date a moment after an edit, as long as it can be seen."""

from __future__ import annotations

from abc import abstractmethod

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from ach_desk.ui.session import Session


class FollowingPanel(QWidget):
    """What such panels share; each says how it is brought up to date.

    rest_ms: the moment after an edit, so that cells and scores are painted before the panel. left(): the keyboard goes
    back to the matrix.
    """

    left = Signal()

    def __init__(self, session: Session, rest_ms: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(rest_ms)
        self._rest.timeout.connect(self._refresh_if_seen)
        session.changed.connect(lambda _change: self._rest.start())

    @abstractmethod
    def refresh(self) -> None:
        """Show everything as it is now."""

    def flush(self) -> None:
        """Take over what is still being typed."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape takes over what was typed and gives the keyboard back to the matrix."""
        if event.key() == Qt.Key.Key_Escape:
            self.flush()
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def _refresh_if_seen(self) -> None:
        if self.isVisible():
            self.refresh()
