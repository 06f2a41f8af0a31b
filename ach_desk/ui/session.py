"""One open analysis in the window program: the analysis, its history, and the assessment that follows every edit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ach_desk.commands import edits, scenarios
from ach_desk.i18n import _
from ach_desk.model import Analysis, EvidenceItem, Hypothesis, Matrix, Rating, RatingValue, Scenario
from ach_desk.scoring import Assessment, assess, standing, whatif
from ach_desk.scoring.resting import NOTHING_FALLS
from ach_desk.scoring.round_states import is_private
from ach_desk.scoring.table import active_columns
from ach_desk.ui import sheets_in_front as in_front
from ach_desk.ui.front import belongs_to, place_of
from ach_desk.ui.history import History
from ach_desk.ui.likeness import Likenesses
from ach_desk.ui.pointing import Pointing
from ach_desk.ui.whole_analysis import make_workable

if TYPE_CHECKING:
    from ach_desk.commands import Change, Command
    from ach_desk.scoring import Finding, Points, RatingTable
    from ach_desk.scoring.resting import Fall
    from ach_desk.ui.attachments.service import AttachedFiles


class Session(QObject):
    """The door to the analysis: views read from it, change it through `execute`, and follow `changed`.

    One matrix of it is in front, as rated or under a what-if: `assessment` and `rating` are of what is shown,
    `as_rated` and `matrix` of what the analyst rated. `fallen` is what falls with the assumptions that a what-if takes
    as false. `as_of` says in a sentence that this is an earlier state of an analysis, which nothing edits; "" for the
    present one. `today()` is the day by which something is overdue.

    `me` is who works here (an analyst's id; "": not known), `analyst` whose sheet is in front: mine, another's or the
    group's (`scoring.group_sheet.GROUP`). Only my own is ever rated; while a round is private, no other comes to the
    front.

    changed(Change): after every edit, undo and redo, with the assessment already recomputed.
    replaced(): another analysis stands in this session (revert, recovery); views start anew.
    turning(): another matrix is about to come to the front; what is being typed has to be taken over.
    turned(): another matrix of the same analysis, or another sheet, is in front, or a what-if began, ended or became
        another one.
    notice(str): a sentence for the status bar.
    findings_changed(): what takes a while was looked for, and `findings` are others although nothing was edited.
    points_known(): the points that `pointing.soon` was asked for are there.
    recorded(how, command): for the recovery journal; how is "do", "undo" or "redo", or "draft" with the edit that
        ending the typing under way would make (None: it was given up).
    """

    changed = Signal(object)
    replaced = Signal()
    turning = Signal()
    turned = Signal()
    notice = Signal(str)
    recorded = Signal(str, object)
    findings_changed = Signal()
    points_known = Signal()

    def __init__(
        self, analysis: Analysis, parent: QObject | None = None, today: Callable[[], date] = date.today
    ) -> None:
        super().__init__(parent)
        self.today = today
        self.history = History(lambda: self.analysis, lambda: self.me, self)
        self.history.happened.connect(self._follow)
        self.read_only = False
        self.files: AttachedFiles | None = None
        self.as_of = ""
        self._kept_unsaved = False
        self.likeness = Likenesses(lambda: self.assessment.items, self._take_alike)
        self.pointing = Pointing(self)
        self._put(analysis)

    @property
    def is_dirty(self) -> bool:
        """Return whether there are edits that are not in the file."""
        return self._kept_unsaved or not self.history.stack.isClean()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Return what the program points out in the present state and nobody set aside."""
        return self.points.open

    @property
    def points(self) -> Points:
        """Return the findings on the present state, the open and the ones set aside; made when first asked for."""
        return self.pointing.points

    def _take_alike(self) -> None:
        from ach_desk.commands import Change

        self.pointing.forget(Change())
        self.findings_changed.emit()

    @property
    def analyst_name(self) -> str:
        """Return the name of the analyst whose sheet is shown."""
        analyst = in_front.analyst_of(self.analysis, self.matrix, self.analyst)
        return analyst.name if analyst else ""

    @property
    def my_name(self) -> str:
        """Return the name of the analyst who works here; "" when that is not known."""
        analyst = self.analysis.analysts.get(self.me)
        return analyst.name if analyst else ""

    def execute(self, command: Command, merge_key: str | None = None, *, every_sheet: bool = False) -> Change:
        """Do an edit and return what changed; a read-only analysis stays as it is and says so.

        While a what-if is on, no edit reaches a rating: values become part of the what-if. Nobody rates for another:
        `every_sheet` is for what takes whole sheets over, such as returned files.
        """
        from ach_desk.commands import Change

        if self.read_only:
            self._say_read_only()
            return Change()
        scenario = self.scenario
        if scenario is not None:
            command = scenarios.diverted(command, self.analysis, scenario)
        if not every_sheet and in_front.rates_for_another(command, self.me, self.analyst):
            self.notice.emit(in_front.refusal(self.analyst_name, known=bool(self.me)))
            return Change()
        return self.history.execute(command, merge_key)

    def rate(self, cells: Sequence[tuple[str, str]], value: RatingValue | None, merge_key: str | None = None) -> Change:
        """Rate cells (None: unrated) where rating counts now: in the sheet, or in the what-if that is on."""
        command = edits.rate(self.analysis, self.matrix, self.analyst, cells, value)
        return self._rate(command, [(cell, value) for cell in cells], merge_key)

    def rate_each(
        self, wanted: Iterable[tuple[tuple[str, str], RatingValue | None]], text: str, merge_key: str | None = None
    ) -> Change:
        """Give each cell its own value, as `rate` does."""
        wanted = list(wanted)
        command = edits.rate_each(self.analysis, self.matrix, self.analyst, wanted, text)
        return self._rate(command, wanted, merge_key)

    def _rate(
        self, command: Command, wanted: list[tuple[tuple[str, str], RatingValue | None]], merge_key: str | None
    ) -> Change:
        """Run the command that rates the sheet, or do the same to the what-if that is on."""
        scenario = self.scenario
        if scenario is not None and not self.read_only:
            command = scenarios.rate(scenario, self.matrix, self.analyst, wanted, command.text)
        return self.execute(command, merge_key)

    def _say_read_only(self) -> None:
        if self.as_of:
            self.notice.emit(_("This is an earlier state, which nothing changes."))
        else:
            self.notice.emit(_("This analysis is open read-only. Save a copy to edit it."))

    def keep_record(self, command: Command, *, unsaved: bool) -> None:
        """Add a record of something that happened, outside undo (docs/adr/0018); a read-only analysis keeps none.

        `unsaved` says whether the analysis has to be saved for it.
        """
        if not self.read_only:
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

    # What is in front

    @property
    def scenario(self) -> Scenario | None:
        """Return the what-if that is on; None while the matrix is shown as rated."""
        found = self.analysis.scenarios.get(self._scenario)
        return found if found is not None and found.matrix == self.matrix.id else None

    def show_matrix(self, matrix: str) -> None:
        """Bring a matrix (an id) to the front, as rated; raises KeyError for one that is not there."""
        self._turn(self.analysis.matrix(matrix), "")

    def be(self, analyst: str) -> None:
        """Take an analyst (an id; "": nobody known) for who works here, whose sheet comes to the front.

        What was done before is another person's to take back: undo begins anew.
        """
        if analyst != self.me:
            self._kept_unsaved = self.is_dirty
            self.history.stack.clear()
            self.me = analyst
        self.show_sheet(in_front.own_or_first(self.analysis, self.matrix, analyst))

    def show_sheet(self, sheet: str) -> None:
        """Bring the sheet of an analyst (an id), or the group's, to the front; while a round is private only my own."""
        if sheet != self.me and is_private(self.analysis, self.matrix.id):
            sheet = self.me
        if sheet != self.analyst:
            self.turning.emit()
            self.analyst = sheet
            self._bring_up(self.matrix, self._scenario)
            self.turned.emit()

    def show_scenario(self, scenario: str) -> None:
        """Turn a what-if (an id) on, its matrix coming to the front; "" shows the matrix as rated."""
        if scenario:
            self._turn(self.analysis.matrix(self.analysis.scenarios[scenario].matrix), scenario)
        else:
            self._turn(self.matrix, "")

    def rating(self, evidence: str, hypothesis: str) -> Rating | None:
        """Return what is shown in a cell: the analyst's rating, or what the what-if puts in its place."""
        return self.shown_row(evidence).get(hypothesis)

    def shown_row(self, evidence: str) -> Mapping[str, Rating]:
        """Return what is shown in the cells of an item, by hypothesis."""
        row = self.matrix.sheets.get(self.analyst, {}).get(evidence, {})
        over = self._overrides.get(evidence)
        return {**row, **over} if over else row

    def is_overridden(self, evidence: str, hypothesis: str) -> bool:
        """Return whether the what-if that is on rates a cell otherwise, or lets it fall with an assumption."""
        return hypothesis in self._overrides.get(evidence, ())

    def falls(self, evidence: str, hypothesis: str) -> bool:
        """Return whether a cell counts as unrated because it rests on what the what-if takes as false."""
        return (evidence, hypothesis) in self._fallen_shown

    @property
    def overridden_cells(self) -> Mapping[str, Mapping[str, Rating]]:
        """Return what the what-if that is on puts into cells, by item and hypothesis; empty without one."""
        return self._overrides

    def item(self, evidence: str) -> EvidenceItem:
        """Return an item as it is shown: one that does not count under the what-if stands as set aside."""
        return self._aside.get(evidence) or self.analysis.evidence[evidence]

    def snapshot(self) -> Analysis:
        """Return a copy of the analysis as rated, to be written or printed; of an earlier state its notice says so."""
        return self._said(self.analysis.snapshot())

    def front_copy(self) -> Analysis:
        """Return a copy to work something out from, with the group's sheet where that is in front.

        While a round is private, it holds no sheet but mine: what nobody is to see must not be added up either.
        """
        return in_front.for_front(self.analysis.snapshot(), self.me, self.analyst, self.matrix)

    def shown_analysis(self) -> Analysis:
        """Return a copy of what is shown, for a document; its notice says what is shown in the ratings' place."""
        scenario = self.scenario
        if scenario is None:
            return self._said(self.front_copy())
        return self._said(in_front.for_front(whatif.applied(self.analysis, scenario), self.me, self.analyst))

    def _said(self, copy: Analysis) -> Analysis:
        copy.notice = " · ".join(filter(None, (self.as_of, copy.notice)))
        return copy

    @property
    def front_note(self) -> str:
        """Return what every picture of the front has to say: the earlier state, the what-if; "" as rated."""
        what_if = whatif.title(self.scenario) if self.scenario is not None else ""
        return " · ".join(filter(None, (self.as_of, what_if)))

    def _turn(self, matrix: Matrix, scenario: str) -> None:
        """Bring a matrix to the front under a what-if or as rated; what is typed is taken over first."""
        if (matrix.id, scenario) == (self.matrix.id, self._scenario):
            return
        if matrix.id != self.matrix.id:
            self.turning.emit()
        self._bring_up(matrix, scenario)
        self.turned.emit()

    def _bring_up(self, matrix: Matrix, scenario: str) -> None:
        self.matrix, self._scenario = matrix, scenario
        self._settle_people()
        self._assess_anew()

    def _settle_people(self) -> None:
        """Leave the sheet of somebody who is gone, and any but mine while a round is private."""
        if self.me and self.me not in self.analysis.analysts:
            self.me = in_front.own_or_first(self.analysis, self.matrix, "")
        known = self.analyst in self.analysis.analysts or self.analyst == in_front.GROUP
        if not known or is_private(self.analysis, self.matrix.id):
            self.analyst = self.me
        self.matrix = in_front.matrix_for(self.analysis, self.analysis.matrix(self.matrix.id), self.analyst)

    def _put(self, analysis: Analysis) -> None:
        make_workable(analysis)
        self.analysis = analysis
        self._scenario = ""
        self.matrix: Matrix = analysis.matrices[0]
        self.me = self.analyst = in_front.own_or_first(analysis, self.matrix, "")
        self.pointing.begin_anew()
        self._assess_anew()

    def _assess_anew(self) -> None:
        self.as_rated: Assessment = assess(self.analysis, self.matrix, self.analyst)
        self._rows = {entry: row for row, entry in enumerate(self.as_rated.table.evidence_ids)}
        self._columns = {entry: column for column, entry in enumerate(self.as_rated.table.hypothesis_ids)}
        self._assess_shown()
        self.pointing.forget()

    def _assess_shown(self) -> None:
        """Bring up to date what is shown: without a what-if it is what was rated, and nothing more is computed."""
        scenario = self._shown_scenario = self.scenario
        self._overrides: dict[str, dict[str, Rating]] = {}
        self._aside: dict[str, EvidenceItem] = {}
        self.assessment: Assessment = self.as_rated
        self.fallen: Fall = NOTHING_FALLS
        self._fallen_shown: frozenset[tuple[str, str]] = frozenset()
        if scenario is None:
            return
        self.fallen = whatif.fall_in(self.analysis, self.matrix, self.analyst, scenario)
        self.assessment = whatif.under(self.analysis, self.as_rated, scenario, self.fallen)
        for shown, rated in zip(self.assessment.items, self.as_rated.items, strict=True):
            if shown is not rated:
                self._aside[shown.id] = shown
        rated = {(entry.evidence, entry.hypothesis) for entry in scenario.overrides}
        self._fallen_shown = frozenset(self.fallen.cells.keys() - rated)
        for evidence, hypothesis in self._fallen_shown:
            left = whatif.emptied(self.matrix.rating(self.analyst, evidence, hypothesis)) or Rating(None)
            self._overrides.setdefault(evidence, {})[hypothesis] = left
        for entry in scenario.overrides:
            own = self.matrix.rating(self.analyst, entry.evidence, entry.hypothesis)
            rating = whatif.overridden(own, entry) or Rating(None)
            self._overrides.setdefault(entry.evidence, {})[entry.hypothesis] = rating

    def row_of(self, evidence: str) -> int | None:
        """Return the row of an item in the assessment; None when it is not in the matrix."""
        return self._rows.get(evidence)

    def column_of(self, hypothesis: str) -> int | None:
        """Return the column of a hypothesis in the assessment; None when it is not in the matrix."""
        return self._columns.get(hypothesis)

    def _follow(self, how: str, command: Command, change: Change) -> None:
        if not change.is_empty:
            matrix, scenario, sheet = self.matrix.id, self._shown_scenario, self.analyst
            self._go_to_place_of(how, change)
            if in_front.is_touched(change, self.analyst):
                self._settle_people()
            self._reassess(change)
            self.recorded.emit(how, command)
            if (self.matrix.id, self.analyst) != (matrix, sheet) or self._shown_scenario is not scenario:
                self.turned.emit()
            self.changed.emit(change)
        if change.skipped:
            self.notice.emit(" ".join(change.skipped[:3]))

    def _go_to_place_of(self, how: str, change: Change) -> None:
        """Bring to the front what an edit was about: always for undo and redo, else only when the front is gone."""
        place = place_of(change, self.analysis) if how != "do" else None
        gone = all(matrix.id != self.matrix.id for matrix in self.analysis.matrices)
        if place is None and gone:
            place = self.analysis.matrices[0].id, ""
        if place is None or (not place[1] and not gone and belongs_to(change, self.matrix.id, self.analysis)):
            return
        matrix, scenario = self.analysis.matrix(place[0]), place[1]
        if any(cell.analyst == self.me for cell in change.cells):
            self.analyst = self.me
        if (matrix.id, scenario) != (self.matrix.id, self._scenario):
            if not gone and matrix.id != self.matrix.id:
                self.turning.emit()
            self._bring_up(matrix, scenario)

    def _reassess(self, change: Change) -> None:
        if change.added or change.removed or change.reordered or in_front.is_touched(change, self.analyst):
            self._assess_anew()
            return
        self.pointing.forget(change)
        table = self.as_rated.table.copy()
        items, hypotheses = self._records_after(change, table)
        self._recode(change, table)
        self.as_rated = Assessment(items, hypotheses, table, standing(table), self.matrix.scale)
        self._assess_shown()

    def _records_after(
        self, change: Change, table: RatingTable
    ) -> tuple[tuple[EvidenceItem, ...], tuple[Hypothesis, ...]]:
        """Return items and hypotheses with the changed ones exchanged, and put what scores of them into `table`."""
        if not change.fields:  # the very same: who keeps what was made of them sees by that that it still holds
            return self.as_rated.items, self.as_rated.hypotheses
        items, hypotheses = list(self.as_rated.items), list(self.as_rated.hypotheses)
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
