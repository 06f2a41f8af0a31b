"""The sources of an item: pick or add one by typing its name, open it, take it away."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import QCompleter, QLineEdit, QVBoxLayout, QWidget

from ach_desk.commands import edits
from ach_desk.commands.command import combined
from ach_desk.i18n import _
from ach_desk.model import EvidenceItem, Source
from ach_desk.ui.session import Session
from ach_desk.ui.text import shown
from ach_desk.ui.widgets.chips import RecordRow
from ach_desk.ui.widgets.flow import take_all
from ach_desk.ui.widgets.labels import STEP, caption


class CitationsEditor(QWidget):
    """The sources that an item cites.

    source_requested(id): the person wants to see or edit a source.
    """

    source_requested = Signal(str)

    def __init__(self, session: Session, record: Callable[[], EvidenceItem | None]) -> None:
        super().__init__()
        self._session, self._record = session, record
        self._shown: tuple[tuple[str, str, str], ...] | None = None
        self.entry = QLineEdit()
        self.entry.setPlaceholderText(_("Name or label, then Enter"))
        self.entry.setToolTip(_("A name that is not among the sources yet becomes a new source."))
        self._names = QStringListModel(self)
        completer = QCompleter(self._names, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.entry.setCompleter(completer)
        self.entry.returnPressed.connect(self.take_entry)
        self._chips = QWidget()
        self._rows = QVBoxLayout(self._chips)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(STEP // 2)
        column.addWidget(caption(_("Sources"), self.entry))
        column.addWidget(self._chips)
        column.addWidget(self.entry)

    def refresh(self) -> None:
        """Show the sources of the present item and offer the others."""
        item = self._record()
        if item is None:
            return
        sources = self._session.analysis.sources
        cited = [sources[citation.source] for citation in item.citations if citation.source in sources]
        present = tuple((source.id, source.label, source.name) for source in cited)
        if present != self._shown:
            self._shown = present
            self._show_chips(cited)
        others = {citation.source for citation in item.citations}
        names = [_offered(source) for source in sources.values() if source.id not in others]
        if names != self._names.stringList():
            self._names.setStringList(names)

    def take_entry(self) -> None:
        """Cite what is typed: a source known by label or name, else a new one."""
        typed = self.entry.text().strip()
        item = self._record()
        if not typed or item is None or self._session.read_only:
            return
        self.entry.clear()
        known = self._known(typed)
        analysis = self._session.analysis
        if known is None:
            command, _source = edits.add_source(analysis, typed, [item.id])
            self._session.execute(combined([command], _("Add source to {name}").format(name=item.label)))
        else:
            sources = [citation.source for citation in item.citations if citation.source != known.id]
            self._session.execute(edits.set_citations(analysis, item.id, [*sources, known.id]))
        self.refresh()

    def set_read_only(self, read_only: bool) -> None:
        """Let the sources be seen and opened only."""
        self.entry.setVisible(not read_only)
        for row in self._chips.findChildren(RecordRow):
            row.remove_button.setVisible(not read_only)

    def flush(self) -> None:
        """Cite a name that was typed without Enter: nothing typed is lost."""
        self.take_entry()

    def forget(self) -> None:
        """Drop what was typed: another analysis is shown."""
        self.entry.clear()
        self._shown = None

    def _known(self, typed: str) -> Source | None:
        wanted = typed.casefold()
        for source in self._session.analysis.sources.values():
            if wanted in (source.label.casefold(), source.name.casefold(), _offered(source).casefold()):
                return source
        return None

    def _show_chips(self, cited: list[Source]) -> None:
        take_all(self._rows)
        for source in cited:
            chip = RecordRow(
                _offered(source),
                _("Open source {name}").format(name=_offered(source)),
                _("Remove source {name} from this item").format(name=source.label),
                self._chips,
            )
            chip.opened.connect(lambda source_id=source.id: self.source_requested.emit(source_id))
            chip.removed.connect(lambda source_id=source.id: self._remove(source_id))
            self._rows.addWidget(chip)
            chip.show()
        self._chips.setVisible(bool(cited))
        self._chips.updateGeometry()

    def _remove(self, source: str) -> None:
        item = self._record()
        if item is not None:
            kept = [citation.source for citation in item.citations if citation.source != source]
            self._session.execute(edits.set_citations(self._session.analysis, item.id, kept))
            self.refresh()


def _offered(source: Source) -> str:
    return f"{source.label} {shown(source.name)}"
