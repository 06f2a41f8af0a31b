"""The list of remarks: the open ones first, each leading to its place."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QPushButton, QWidget

from ach_desk.commands.remarks import open_among, threads
from ach_desk.i18n import _, ngettext
from ach_desk.model import Remark
from ach_desk.ui.session import Session
from ach_desk.ui.together.dialogs import ask_remark_on
from ach_desk.ui.together.entry import RemarkEntry
from ach_desk.ui.together.list_dock import ListDock
from ach_desk.ui.widgets.labels import named, plain
from ach_desk.ui.widgets.panel import bring_into_view

_MOST = 100


class RemarksPanel(ListDock):
    """place_requested(item, hypothesis): a place in the matrix is to be shown; "" for neither."""

    place_requested = Signal(str, str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, _("Remarks"), parent)
        self._rows: dict[str, RemarkEntry] = {}
        self.only_open = named(QCheckBox(_("Only open ones")), _("Only open ones"))
        self.only_open.setChecked(True)
        self.only_open.toggled.connect(lambda _on: self.refresh())
        self.count = plain(muted=True)
        self.add = named(QPushButton(_("Remark on the analysis ...")), _("Remark on the analysis"))
        self.add.setAutoDefault(False)
        self.add.clicked.connect(lambda _checked=False: ask_remark_on(session, "", "", self.window()))
        for part in (self.add, self.only_open, self.count):
            self.head.addWidget(part)
        self.setFocusProxy(self.add)

    def make(self) -> list[QWidget]:
        """Return the remarks, the open ones first and the latest of them on top."""
        session = self.session
        self.add.setEnabled(not session.read_only)
        found = threads(session.analysis, session.matrix.id)
        self._say(found)
        wanted = [one for one in found if one.resolved is None or not self.only_open.isChecked()]
        wanted.sort(key=lambda one: one.time, reverse=True)
        wanted.sort(key=lambda one: one.resolved is not None)
        self._rows = {one.id: self._entry(one) for one in wanted[:_MOST]}
        return list(self._rows.values())

    def show_remark(self, remark: str) -> None:
        """Scroll to a remark (an id), also to one that is resolved."""
        known = self.session.analysis.remarks.get(remark)
        if known is not None and known.resolved is not None:
            self.only_open.setChecked(False)
        self.refresh()
        if remark in self._rows:
            entry = self._rows[remark]
            entry.setFocus(Qt.FocusReason.OtherFocusReason)
            bring_into_view(entry)

    def _entry(self, one: Remark) -> RemarkEntry:
        go = lambda: self.place_requested.emit(one.evidence or "", one.hypothesis or "")  # noqa: E731
        return RemarkEntry(self.session, one, go if one.evidence or one.hypothesis else None)

    def _say(self, found: list[Remark]) -> None:
        count = open_among(found)
        text = ngettext("{count} open of {all}", "{count} open of {all}", count).format(count=count, all=len(found))
        nothing = _("Nothing was remarked yet. Ctrl+Alt+R remarks on what is selected in the matrix.")
        self.count.setText(text if found else nothing)
        self.only_open.setVisible(bool(found))
