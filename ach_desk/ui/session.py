"""One open analysis in the window program: the analysis, its history, and the assessment that follows every edit."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from PySide6.QtCore import QObject, Signal

from ach_desk.commands import Change, Command
from ach_desk.i18n import _
from ach_desk.model import Analysis, Analyst, EvidenceItem, Hypothesis, Matrix
from ach_desk.model.ids import derived_id
from ach_desk.scoring import Assessment, Finding, RatingTable, all_findings, assess, standing
from ach_desk.scoring.table import active_columns
from ach_desk.ui.history import History
from ach_desk.ui.text import glyph_findings


class Session(QObject):
    """The door to the analysis: views read from it, change it through `execute`, and follow `changed`.

    changed(Change): after every edit, undo and redo, with the assessment already recomputed.
    replaced(): another analysis stands in this session (revert, recovery); views start anew.
    notice(str): a sentence for the status bar.
    recorded(how, command): for the recovery journal; how is "do", "undo" or "redo", or "draft" with the edit that
        ending the typing under way would make (None: it was given up).
    """

    changed = Signal(object)
    replaced = Signal()
    notice = Signal(str)
    recorded = Signal(str, object)

    def __init__(self, analysis: Analysis, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.history = History(lambda: self.analysis, lambda: self.analyst, self)
        self.history.happened.connect(self._follow)
        self._read_only = False
        self._kept_unsaved = False
        self._put(analysis)

    @property
    def read_only(self) -> bool:
        """Return whether edits are refused."""
        return self._read_only

    @read_only.setter
    def read_only(self, read_only: bool) -> None:
        self._read_only = read_only

    @property
    def is_dirty(self) -> bool:
        """Return whether there are edits that are not in the file."""
        return self._kept_unsaved or not self.history.stack.isClean()

    @cached_property
    def findings(self) -> list[Finding]:
        """Return the findings on the present state; computed when first asked for after an edit."""
        return [
            *all_findings(self.analysis, self.matrix, self.analyst, self.assessment),
            *self._glyph_findings,
        ]

    @cached_property
    def _glyph_findings(self) -> list[Finding]:
        return glyph_findings(self._texts())

    @property
    def analyst_name(self) -> str:
        """Return the name of the analyst whose sheet is shown."""
        analyst = self.analysis.analysts.get(self.analyst)
        return analyst.name if analyst else ""

    def execute(self, command: Command, merge_key: str | None = None) -> Change:
        """Do an edit and return what changed; a read-only analysis stays as it is and says so."""
        if self._read_only:
            self.notice.emit(_("This analysis is open read-only. Save a copy to edit it."))
            return Change()
        return self.history.execute(command, merge_key)

    def keep_record(self, command: Command, *, unsaved: bool) -> None:
        """Add a record of something that happened, outside undo (docs/adr/0017); a read-only analysis keeps none.

        `unsaved` says whether the analysis has to be saved for it.
        """
        if not self._read_only:
            self._kept_unsaved = self._kept_unsaved or unsaved
            self.history.keep(command)

    def mark_saved(self) -> None:
        """Take the present state for what is in the file."""
        self._kept_unsaved = False
        self.history.stack.setClean()

    def keep_draft(self, command: Command | None) -> None:
        """Have the journal keep what is being typed, as the edit it will become; None when it was given up."""
        self.recorded.emit("draft", command)

    def undo(self) -> None:
        """Take the last edit back."""
        self.history.undo()

    def redo(self) -> None:
        """Do the edit that was last taken back again."""
        self.history.redo()

    def replace_analysis(self, analysis: Analysis, *, dirty: bool) -> None:
        """Show another analysis (revert, recovery). The history starts anew; `dirty` says whether it is unsaved."""
        self.history.stack.clear()
        self._kept_unsaved = False
        self._put(analysis)
        if dirty:
            self.history.stack.resetClean()
        self.replaced.emit()

    def _texts(self) -> Iterator[str]:
        """Yield every text that the window, the charts and the printed page show."""
        analysis = self.analysis
        yield from (analysis.question, analysis.description, analysis.notice, analysis.marking, *analysis.authors)
        for item in analysis.evidence.values():
            yield from (item.title, item.detail, item.note, item.status_reason)
        for hypothesis in analysis.hypotheses.values():
            yield from (hypothesis.title, hypothesis.statement, hypothesis.status_reason, hypothesis.note)
        for source in analysis.sources.values():
            yield from (source.name, source.note)
        for row in self.matrix.sheets.get(self.analyst, {}).values():
            for rating in row.values():
                if rating.rationale:
                    yield rating.rationale

    def _put(self, analysis: Analysis) -> None:
        _make_workable(analysis)
        self.analysis = analysis
        self.matrix: Matrix = analysis.matrices[0]
        self.analyst = next(iter(self.matrix.sheets), next(iter(analysis.analysts), ""))
        self._assess_anew()

    def _assess_anew(self) -> None:
        self.assessment: Assessment = assess(self.analysis, self.matrix, self.analyst)
        self._rows = {entry: row for row, entry in enumerate(self.assessment.table.evidence_ids)}
        self._columns = {entry: column for column, entry in enumerate(self.assessment.table.hypothesis_ids)}
        self._forget_findings()

    def row_of(self, evidence: str) -> int | None:
        """Return the row of an item in the assessment; None when it is not in the matrix."""
        return self._rows.get(evidence)

    def column_of(self, hypothesis: str) -> int | None:
        """Return the column of a hypothesis in the assessment; None when it is not in the matrix."""
        return self._columns.get(hypothesis)

    def _follow(self, how: str, command: Command, change: Change) -> None:
        if not change.is_empty:
            self._reassess(change)
            self.recorded.emit(how, command)
            self.changed.emit(change)
        if change.skipped:
            self.notice.emit(" ".join(change.skipped[:3]))

    def _reassess(self, change: Change) -> None:
        if change.added or change.removed or change.reordered:
            self._assess_anew()
            return
        self._forget_findings(change)
        table = self.assessment.table.copy()
        items, hypotheses = self._records_after(change, table)
        self._recode(change, table)
        self.assessment = Assessment(items, hypotheses, table, standing(table), self.matrix.scale)

    def _forget_findings(self, change: Change | None = None) -> None:
        """Let the findings be made again; the search through every text only where `change` may alter its outcome."""
        self.__dict__.pop("findings", None)
        if change is not None and not change.fields and not self.__dict__.get("_glyph_findings", True):
            # Nothing was missing before: ratings can only add what is missing in their own reasons.
            ratings = (self.analysis.matrix(cell.matrix).rating(*cell[1:]) for cell in change.cells)
            if not glyph_findings(rating.rationale for rating in ratings if rating is not None):
                return
        self.__dict__.pop("_glyph_findings", None)

    def _records_after(
        self, change: Change, table: RatingTable
    ) -> tuple[tuple[EvidenceItem, ...], tuple[Hypothesis, ...]]:
        """Return items and hypotheses with the changed ones exchanged, and put what scores of them into `table`."""
        items, hypotheses = list(self.assessment.items), list(self.assessment.hypotheses)
        for kind, record_id, _field in change.fields:
            if kind == "evidence" and (row := self._rows.get(record_id)) is not None:
                items[row] = self.analysis.evidence[record_id]
                table.set_item(row, items[row])
            elif kind == "hypothesis" and (column := self._columns.get(record_id)) is not None:
                hypotheses[column] = self.analysis.hypotheses[record_id]
        table.active[:] = active_columns(hypotheses)
        return tuple(items), tuple(hypotheses)

    def _recode(self, change: Change, table: RatingTable) -> None:
        for matrix, analyst, evidence, hypothesis in change.cells:
            row, column = self._rows.get(evidence), self._columns.get(hypothesis)
            if matrix == self.matrix.id and analyst == self.analyst and row is not None and column is not None:
                table.set_code(row, column, self.matrix.rating(analyst, evidence, hypothesis))


def _make_workable(analysis: Analysis) -> None:
    """Give an analysis that has none of them a matrix with all its records, and somebody whose ratings it holds.

    The format allows a file without. The ids follow from the analysis, so that edits in a journal find them again.
    """
    if not analysis.matrices:
        matrix = Matrix(id=derived_id(analysis.id, "matrix"), name=_("Matrix 1"))
        matrix.hypotheses, matrix.evidence = list(analysis.hypotheses), list(analysis.evidence)
        analysis.matrices.append(matrix)
    if not analysis.analysts and not analysis.matrices[0].sheets:
        analyst = Analyst(id=derived_id(analysis.id, "analyst"), name=_("Analyst 1"))
        analysis.analysts[analyst.id] = analyst
        analysis.matrices[0].sheets[analyst.id] = {}
