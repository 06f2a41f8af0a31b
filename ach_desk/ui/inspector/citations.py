"""The sources of an item: pick or add one by typing its name, open it, say how it bears the item out, take it away."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import QCompleter, QLineEdit, QVBoxLayout, QWidget

from ach_desk.commands import edits
from ach_desk.commands.command import combined
from ach_desk.i18n import _
from ach_desk.model import Citation, EvidenceItem, Source
from ach_desk.ui.inspector.citation import CitationRow
from ach_desk.ui.session import Session
from ach_desk.ui.text import shown
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
        self._shown: tuple[str, ...] | None = None
        self.rows: list[CitationRow] = []
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
        self._column = QVBoxLayout(self._chips)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
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
        cited = {citation.source: citation for citation in reversed(item.citations) if citation.source in sources}
        self._show_rows(item, [cited[entry] for entry in reversed(cited)])
        names = [offered(source) for source in sources.values() if source.id not in cited]
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
        for row in self.rows:
            row.set_read_only(read_only)

    def flush(self) -> None:
        """Cite a name that was typed without Enter, and take over a date: nothing typed is lost."""
        for row in self.rows:
            row.flush()
        self.take_entry()

    def forget(self) -> None:
        """Drop what was typed: another analysis is shown."""
        self.entry.clear()
        self._shown = None

    def _known(self, typed: str) -> Source | None:
        wanted = typed.casefold()
        for source in self._session.analysis.sources.values():
            if wanted in (source.label.casefold(), source.name.casefold(), offered(source).casefold()):
                return source
        return None

    def _show_rows(self, item: EvidenceItem, cited: list[Citation]) -> None:
        """Show a row per source; the rows stay while the item cites the same ones, so that none folds up by itself."""
        present = (item.id, *(citation.source for citation in cited))
        if present != self._shown:
            self._shown = present
            take_all(self._column)
            self.rows = [self._row(item.id, citation.source) for citation in cited]
            self._chips.setVisible(bool(cited))
            self._chips.updateGeometry()
        for row, citation in zip(self.rows, cited, strict=True):
            row.show_citation(self._session.analysis.sources[citation.source], citation)

    def _row(self, item: str, source: str) -> CitationRow:
        row = CitationRow(self._session, item, source, self._chips)
        row.opened.connect(lambda: self.source_requested.emit(source))
        row.removed.connect(lambda: self._remove(source))
        self._column.addWidget(row)
        row.show()
        return row

    def _remove(self, source: str) -> None:
        item = self._record()
        if item is not None:
            kept = [citation.source for citation in item.citations if citation.source != source]
            self._session.execute(edits.set_citations(self._session.analysis, item.id, kept))
            self.refresh()


def offered(source: Source) -> str:
    """Return label and name of a source in a line."""
    return f"{source.label} {shown(source.name)}"
