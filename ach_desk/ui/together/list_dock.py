"""What the panels of remarks and of best cases share: a column of entries that is made anew when something changes."""

from __future__ import annotations

from abc import abstractmethod

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ach_desk.ui.session import Session
from ach_desk.ui.widgets.flow import take_all
from ach_desk.ui.widgets.following import FollowingPanel
from ach_desk.ui.widgets.labels import STEP
from ach_desk.ui.widgets.panel import scrolled

_REST_MS = 60


class ListDock(FollowingPanel):
    """Entries below each other."""

    def __init__(self, session: Session, name: str, parent: QWidget | None = None) -> None:
        super().__init__(session, _REST_MS, parent)
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
