"""The section "Remarks" of the inspector: what is said about the cell, item or hypothesis that is shown."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QPushButton

from ach_desk.commands.remarks import on_place, open_among
from ach_desk.i18n import _, ngettext
from ach_desk.model import Remark
from ach_desk.ui.session import Session
from ach_desk.ui.widgets.flow import take_all
from ach_desk.ui.widgets.foldsection import FoldSection
from ach_desk.ui.widgets.labels import named


class RemarksHere(FoldSection):
    """Absent while one works alone and nothing was said. `place` returns (item, hypothesis), None for neither."""

    def __init__(self, session: Session, place: Callable[[], tuple[str | None, str | None]]) -> None:
        super().__init__()
        self._session, self._place = session, place
        self._shown: object = None
        self.setVisible(False)

    def refresh(self) -> None:
        """Show the remarks there are now."""
        analysis = self._session.analysis
        found = self._found() if analysis.remarks else []
        self.setVisible(bool(found) or len(analysis.analysts) > 1)
        count = open_among(found)
        text = ngettext("Remarks: {count} open", "Remarks: {count} open", count).format(count=count)
        self.set_title(text if count else _("Remarks"))
        present = (self._place(), tuple(analysis.remarks.values()) if found else (), tuple(analysis.analysts.values()))
        if present != self._shown:
            self._shown = present
            if self.is_open:
                self.fill()

    def fill(self) -> None:
        """Show each remark with its answers and what can be done about it."""
        from ach_desk.ui.together.entry import RemarkEntry

        take_all(self.column)
        for one in self._found():
            entry = RemarkEntry(self._session, one)
            self.column.addWidget(entry)
            entry.show()
        button = named(QPushButton(_("Remark ...")), _("Remark"))
        button.setAutoDefault(False)
        button.setEnabled(not self._session.read_only)
        button.clicked.connect(lambda _checked=False: self._ask())
        self.column.addWidget(button)
        button.show()

    def _found(self) -> list[Remark]:
        return on_place(self._session.analysis, self._session.matrix.id, *self._place())

    def _ask(self) -> None:
        from ach_desk.ui.together.dialogs import ask_remark_on

        evidence, hypothesis = self._place()
        ask_remark_on(self._session, evidence or "", hypothesis or "", self.window())
