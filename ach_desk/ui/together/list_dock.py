"""What the panels of remarks and of best cases share: a column of entries that is made anew when something changes."""

from __future__ import annotations

from abc import abstractmethod

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ach_desk.ui.session import Session
from ach_desk.ui.widgets.flow import take_all
from ach_desk.ui.widgets.labels import STEP
from ach_desk.ui.widgets.panel import scrolled

_REST_MS = 60


class ListDock(QWidget):
    """Entries below each other. left(): the keyboard goes back to the matrix."""

    left = Signal()

    def __init__(self, session: Session, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.setAccessibleName(name)
        self._inner = QWidget()
        whole = QVBoxLayout(self._inner)
        whole.setContentsMargins(STEP, STEP, STEP, STEP)
        whole.setSpacing(STEP)
        self.head = QVBoxLayout()
        self.head.setSpacing(STEP)
        self.entries = QVBoxLayout()
        self.entries.setSpacing(2 * STEP)
        whole.addLayout(self.head)
        whole.addLayout(self.entries)
        whole.addStretch(1)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(scrolled(self._inner))
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._refresh_if_seen)
        session.changed.connect(lambda _change: self._rest.start())
        session.turned.connect(self._rest.start)
        session.replaced.connect(self._rest.start)

    @abstractmethod
    def make(self) -> list[QWidget]:
        """Return the entries as they are now."""

    def refresh(self) -> None:
        """Make the entries anew."""
        self._rest.stop()
        take_all(self.entries)
        for entry in self.make():
            self.entries.addWidget(entry)
            entry.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape gives the keyboard back to the matrix."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def _refresh_if_seen(self) -> None:
        if self.isVisible():
            self.refresh()
