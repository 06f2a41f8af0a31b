"""What the pages of conclusion and outcome share: one record per matrix, begun on the page, with its fields below."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from ach_desk.model import Conclusion, Outcome
from ach_desk.ui.session import Session
from ach_desk.ui.widgets.following import FollowingPanel
from ach_desk.ui.widgets.panel import Panel, scrolled

_REST_MS = 100


class Sheet(FollowingPanel):
    """Shows `start` while the matrix in front has no such record, and `fields` once it has one.

    link_activated(kind, id): a label in a text was followed.
    """

    link_activated = Signal(str, str)

    def __init__(
        self,
        session: Session,
        title: str,
        start: QWidget,
        fields: Panel,
        present: Callable[[], Conclusion | Outcome | None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(session, _REST_MS, parent)
        self.start, self.fields, self._present = start, fields, present
        self.setAccessibleName(title)
        fields.link_activated.connect(self.link_activated)
        self._areas: list[QScrollArea] = [scrolled(start), scrolled(fields)]
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        for area in self._areas:
            whole.addWidget(area)
        session.turning.connect(self.flush)
        session.turned.connect(self.refresh)
        session.replaced.connect(self._start_anew)
        self.refresh()

    def refresh(self) -> None:
        """Show the record of the matrix in front as it is now, or the way to begin one."""
        self._rest.stop()
        record = self._present()
        for area, wanted in zip(self._areas, (record is None, record is not None), strict=True):
            area.setVisible(wanted)
        if record is not None:
            self.fields.show_records([record.id])
        self.start.setEnabled(not self.session.read_only)

    def flush(self) -> None:
        """Take over what is still being typed."""
        self.fields.flush()

    def focus_first(self) -> None:
        """Put the keyboard where one begins."""
        record = self._present()
        target = self.start if record is None else self.fields
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _start_anew(self) -> None:
        self.fields.forget()
        self.fields.ids = ()
        self.refresh()
