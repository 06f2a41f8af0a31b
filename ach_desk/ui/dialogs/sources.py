"""The sources of the analysis: a list, and every field of the one chosen. Edits take effect while they are made."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from ach_desk.commands import Change, edits
from ach_desk.i18n import _, ngettext
from ach_desk.model import EvidenceItem
from ach_desk.ui.session import Session
from ach_desk.ui.text import shortened, shown, tooltip
from ach_desk.ui.whatif.sources import DistrustSwitches
from ach_desk.ui.widgets.chips import LinkRow
from ach_desk.ui.widgets.dialog import FieldsDialog
from ach_desk.ui.widgets.editors import beside, status_line
from ach_desk.ui.widgets.labels import STEP, heading, named, plain
from ach_desk.ui.widgets.panel import Panel, scrolled

_ID = Qt.ItemDataRole.UserRole


class SourcePanel(Panel):
    """The fields of one source and the items that cite it."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, "source")
        self.heading = heading(wrap=False)
        self.name = self.field("name", _("Name"), one_line=True, links=True, lines=(1, 3))
        self.kind_words = self.field("kind", _("Kind"), one_line=True, hint=_("Newspaper, interview …"), lines=(1, 2))
        self.date = self.date_field("date", _("Date"))
        self.link = self.field(
            "link", _("Link, kept as text and never opened by the program"), one_line=True, lines=(1, 3)
        )
        self.note = self.field("note", _("Note"), links=True, lines=(3, 8))
        self.distrust = DistrustSwitches(session, lambda: list(self.ids))
        self.cited = status_line()
        self.items = LinkRow()
        self.items.activated.connect(self.link_activated)
        self.place(self.heading)
        self.place(self.name)
        self.place(self.distrust)
        self.place(beside(self.kind_words, self.date))
        self.place(self.link)
        self.place(self.note)
        self.place(self.cited)
        self.place(self.items)
        self.end()

    def refresh_rest(self) -> None:
        """Show the label and which items cite the source."""
        self.heading.setText(self.record.label)
        self.distrust.refresh()
        items = citing(self.session, self.record.id)
        if items:
            text = ngettext("Cited by {count} item:", "Cited by {count} items:", len(items))
            self.cited.setText(text.format(count=len(items)))
        else:
            self.cited.setText(_("No item cites this source."))
        self.items.show_items(items)


def citing(session: Session, source: str) -> list[EvidenceItem]:
    """Return the items that cite a source, in the order of the file."""
    return [
        item
        for item in session.analysis.evidence.values()
        if any(citation.source == source for citation in item.citations)
    ]


class SourcesDialog(FieldsDialog):
    """All sources. `link_activated(kind, id)`: an item or label was followed; the dialog stays open."""

    link_activated = Signal(str, str)

    def __init__(self, session: Session, parent: QWidget | None = None, source: str = "") -> None:
        super().__init__(_("Sources"), parent, width=720)
        self.session = session
        self.list = named(QListWidget(), _("Sources"))
        self.list.setMinimumSize(200, 400)
        self.list.setSpacing(2)
        self.panel = SourcePanel(session)
        self.empty = plain(
            _("No source yet. Add one here, or type its name into an item's field “Sources”."), muted=True
        )
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.add_button = QPushButton(_("Add source"))
        self.delete_button = QPushButton(_("Delete source"))
        for button in (self.add_button, self.delete_button):
            button.setAutoDefault(False)
            named(button, button.text())
        self._lay_out()
        self._connect()
        self._fill(source)

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(STEP)
        left.addWidget(self.list, 1)
        buttons = QHBoxLayout()
        buttons.addWidget(self.add_button)
        buttons.addWidget(self.delete_button)
        left.addLayout(buttons)
        row = QHBoxLayout()
        row.setSpacing(STEP)
        row.addLayout(left, 2)
        right = QVBoxLayout()
        self.area = scrolled(self.panel)
        right.addWidget(self.area)
        right.addWidget(self.empty)
        row.addLayout(right, 3)
        self.column.addLayout(row)

    def _connect(self) -> None:
        self.list.currentItemChanged.connect(lambda _new, _old: self._show_current())
        self.add_button.clicked.connect(self.add_source)
        self.delete_button.clicked.connect(self.delete_source)
        self.panel.link_activated.connect(self._follow_link)
        self.session.changed.connect(self._follow)
        self.session.replaced.connect(self.reject)
        self.session.turned.connect(self.panel.refresh)

    @property
    def current(self) -> str:
        """Return the id of the source shown; "" for none."""
        item = self.list.currentItem()
        return item.data(_ID) if item is not None else ""

    def add_source(self) -> None:
        """Add a source and put the keyboard into its name."""
        self.panel.flush()
        command, source = edits.add_source(self.session.analysis, _("New source"))
        self.session.execute(command)
        self._choose(source)
        self.panel.name.box.setFocus(Qt.FocusReason.OtherFocusReason)
        self.panel.name.box.selectAll()

    def delete_source(self) -> None:
        """Delete the source shown; items that cite it lose the citation, and undo brings all of it back."""
        if self.current:
            self.panel.flush()
            self.session.execute(edits.remove(self.session.analysis, "source", [self.current]))

    def _follow_link(self, kind: str, record: str) -> None:
        if kind == "source":
            self._choose(record)
        else:
            self.link_activated.emit(kind, record)

    def _follow(self, change: Change) -> None:
        if change.touches("source") or change.touches("evidence", "citations"):
            self._fill(self.current)

    def _fill(self, wanted: str) -> None:
        """List the sources; the row of a source that was deleted gives the choice to the one that follows."""
        row = max(self.list.currentRow(), 0)
        blocked = self.list.blockSignals(True)
        self.list.clear()
        for source in self.session.analysis.sources.values():
            entry = QListWidgetItem(_entry_text(source))
            entry.setData(_ID, source.id)
            entry.setToolTip(tooltip(source.name))
            self.list.addItem(entry)
            if source.id == wanted:
                row = self.list.count() - 1
        self.list.setCurrentRow(min(row, self.list.count() - 1))
        self.list.blockSignals(blocked)
        self._show_current()

    def _choose(self, source: str) -> None:
        for row in range(self.list.count()):
            if self.list.item(row).data(_ID) == source:
                self.list.setCurrentRow(row)

    def _show_current(self) -> None:
        source = self.current
        self.area.setVisible(bool(source))
        self.empty.setVisible(not source)
        self.add_button.setEnabled(not self.session.read_only)
        self.delete_button.setEnabled(bool(source) and not self.session.read_only)
        if source:
            self.panel.show_records([source])


def _entry_text(source: Any) -> str:
    return f"{source.label}  {shown(shortened(source.name, 120))}"
