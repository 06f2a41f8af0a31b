"""The ratings of one matrix as a Qt table model: cells only; items and hypotheses are its headers.

Nothing is copied out of the session but the order of the axes. An edit becomes exactly the signals it needs: the
cells that changed, the headers whose figures changed, rows that came, went or moved. A reset is left for another
analysis and for transposing.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from ach_desk.model import EvidenceItem, Hypothesis, Rating
from ach_desk.scoring import STRONG_SPREAD, standing_sentence
from ach_desk.scoring.influence import front_pair, influence_of
from ach_desk.ui.challenges.index import challenged
from ach_desk.ui.compare.layer import Apart, lone_words
from ach_desk.ui.doubt.marks import rests_words
from ach_desk.ui.groups.index import Grouped
from ach_desk.ui.matrix import judgement, whatif, wording
from ach_desk.ui.matrix.arrangement import Arrangement
from ach_desk.ui.matrix.axes import EVIDENCE, HYPOTHESIS, Axes, Step, runs, shown_ids, steps_between
from ach_desk.ui.matrix.facts import Facts
from ach_desk.ui.matrix.family import Family
from ach_desk.ui.matrix.folding import Folding
from ach_desk.ui.matrix.group_words import GroupWords
from ach_desk.ui.matrix.grouping import Band, GroupBy, Grouping
from ach_desk.ui.matrix.look import cell_kind
from ach_desk.ui.matrix.wording import Figures
from ach_desk.ui.session import Session
from ach_desk.ui.text import shown, tooltip
from ach_desk.ui.together.index import remarked

if TYPE_CHECKING:
    from ach_desk.commands import CellRef, Change

DIMMED, PLAIN, STRONG = -1, 0, 1

_Range = tuple[tuple[int, int], tuple[int, int]]
"""((top, bottom), (left, right)), all included."""

_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
_NO_NUMBERS = np.empty(0, np.intp)
_LOOKS = [Qt.ItemDataRole.ForegroundRole]
_ROLE = Qt.ItemDataRole
_MOST_RANGES = 200
"""Above this many separate ranges the one around all of them is announced: views repaint what is seen anyway."""

_ALL_FIELDS_OF_CELLS = ("status", "wording")


class MatrixModel(QAbstractTableModel):
    """Rows and columns are ids; `axes` says which. `scores_shown` also governs which rows stand out.

    regrouped(): the dependence groups of the items are others.
    """

    regrouped = Signal()

    def __init__(self, session: Session, sign: str = "negative", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.axes = Axes()
        self.arrangement = Arrangement()
        self.folding = Folding()
        self.grouping = Grouping()
        self.family = Family(session, self.folding, lambda: self.scores_shown)
        self.group_words = GroupWords(session, self.grouping, self.family, lambda: self.scores_shown)
        self.scores_shown = True
        self.apart = Apart()
        self._sign = sign
        self._shapes: tuple[tuple[EvidenceItem, ...], list[EvidenceItem]] = (), []
        # With the records looked at, which are replaced by others whenever one of them is.
        self._longest: dict[str, tuple[tuple[EvidenceItem, ...] | tuple[Hypothesis, ...], str]] = {}
        self._numbers: dict[str, tuple[int, tuple[object, ...], np.ndarray]] = {}
        self.grouped = Grouped(lambda: self.session.analysis, lambda: self.axes.ids[EVIDENCE])
        self.axes.on_change = self.grouped.rearranged
        self._take_over()
        session.changed.connect(self._follow)
        session.replaced.connect(self._start_anew)
        session.turned.connect(self._turn)

    # What stands where

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        """Return the number of rows."""
        return 0 if parent.isValid() else self.axes.shape[0]

    def columnCount(self, parent: _Index = _NO_PARENT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else self.axes.shape[1]

    def kind_of(self, orientation: Qt.Orientation) -> str:
        """Return which kind of record the header of that orientation shows."""
        return self.axes.across if orientation == Qt.Orientation.Horizontal else self.axes.down

    def orientation_of(self, kind: str) -> Qt.Orientation:
        """Return the orientation of the header that shows the kind."""
        return Qt.Orientation.Horizontal if kind == self.axes.across else Qt.Orientation.Vertical

    def item(self, section: int) -> EvidenceItem:
        """Return the evidence item at a place of its axis; raises IndexError beyond it."""
        return self.session.item(self.axes.ids[EVIDENCE][section])

    def hypothesis(self, section: int) -> Hypothesis:
        """Return the hypothesis at a place of its axis; raises IndexError beyond it."""
        return self.session.analysis.hypotheses[self.axes.ids[HYPOTHESIS][section]]

    def band(self, kind: str, section: int) -> Band | None:
        """Return the group of items that a place of an axis stands for; None where a record stands."""
        return self.grouping.bands.get(self.axes.ids[EVIDENCE][section]) if kind == EVIDENCE else None

    def listed_items(self) -> list[str]:
        """Return the ids of the items that the filter lets through, also in folded groups, in the order shown."""
        return self.grouping.listed() if self.grouping.by else self.axes.ids[EVIDENCE]

    def longest_label(self, kind: str) -> str:
        """Return the longest label of a kind, shown or filtered out; "" when there is none."""
        assessment = self.session.assessment
        records = assessment.items if kind == EVIDENCE else assessment.hypotheses
        known, found = self._longest.get(kind, ((), ""))
        if known is not records:
            found = max((record.label for record in records), key=len, default="")
            self._longest[kind] = records, found
        return found

    def one_of_each(self, shape: Callable[[EvidenceItem], Hashable]) -> list[EvidenceItem]:
        """Return one item of each `shape`, always the same function, out of those in the matrix, shown or not."""
        items = self.session.assessment.items
        if self._shapes[0] is not items:
            self._shapes = items, list({shape(item): item for item in items}.values())
        return self._shapes[1]

    def record(self, kind: str, section: int) -> EvidenceItem | Hypothesis:
        """Return the record of `kind` at a place of its axis; raises IndexError beyond it."""
        return self.item(section) if kind == EVIDENCE else self.hypothesis(section)

    def numbers(self, kind: str) -> np.ndarray:
        """Return where each shown record of a kind stands in the assessment, in the order shown; not to be changed."""
        assessment = self.session.assessment
        records = assessment.items if kind == EVIDENCE else assessment.hypotheses
        arranged, of, found = self._numbers.get(kind, (-1, (), _NO_NUMBERS))
        if arranged != self.axes.arranged or of is not records:  # asked at every key press
            number_of = self.session.row_of if kind == EVIDENCE else self.session.column_of
            found = np.array([number_of(entry) for entry in self.axes.records(kind)], np.intp)
            self._numbers[kind] = self.axes.arranged, records, found
        return found

    def rating(self, row: int, column: int) -> Rating | None:
        """Return the rating that a cell shows, also under a what-if; in a folded heading that of its best form."""
        evidence, hypothesis = self.axes.cell(row, column)
        shown_of = self.family.rated_as(hypothesis)
        return None if shown_of is None else self.session.rating(evidence, shown_of)

    def figures(self, section: int) -> Figures:
        """Return what the header of a hypothesis shows of the standing."""
        hypothesis = self.axes.ids[HYPOTHESIS][section]
        column = self.session.column_of(self.family.rated_as(hypothesis) or "")
        if column is None or column >= len(self._figures):
            return wording.heading_figures() if self.family.is_heading(hypothesis) else wording.hidden_figures(1)[0]
        return self._figures[column]

    def is_rated(self, place: tuple[int, int]) -> bool:
        """Return whether a cell holds a value."""
        rating = self.rating(*place)
        return rating is not None and rating.value is not None

    def is_open_to_keys(self, place: tuple[int, int]) -> bool:
        """Return whether walking keys stop at a cell; they pass over bands, and over headings that show no form."""
        return not self.axes.lies_on_band(*place) and self.family.rated_as(self.axes.cell(*place)[1]) is not None

    def all_figures(self) -> list[Figures]:
        """Return the figures of every hypothesis in matrix order; another list object after every change."""
        return self._figures

    def emphasis(self, section: int) -> int:
        """Return whether an item is DIMMED (separates nothing), PLAIN or STRONG (tells the hypotheses apart)."""
        row = self.session.row_of(self.axes.ids[EVIDENCE][section])
        return PLAIN if row is None or row >= len(self._emphasis) else int(self._emphasis[row])

    def any_strong(self) -> bool:
        """Return whether any counted item stands out."""
        return bool(((self._emphasis == STRONG) & self.session.assessment.table.counted).any())

    def diagnosticity(self, section: int) -> float:
        """Return the diagnosticity of an item; NaN where it is undefined or scores are hidden."""
        row = self.session.row_of(self.axes.ids[EVIDENCE][section])
        if row is None or not self.scores_shown:
            return float("nan")
        return float(self.session.assessment.standing.diagnosticity[row])

    def influence(self, section: int) -> float:
        """Return how much an item holds the present lead up; NaN where it is undefined or scores are hidden."""
        row = self.session.row_of(self.axes.ids[EVIDENCE][section])
        if row is None or not self.scores_shown:
            return float("nan")
        return influence_of(self.session.assessment, row, front_pair(self.session.assessment))

    def section_lines(self) -> list[int]:
        """Return the places before which a line stands: between singles, combinations and rejected ones."""
        known = self.session.analysis.hypotheses
        groups = [(not known[entry].is_active, known[entry].is_combination) for entry in self.axes.ids[HYPOTHESIS]]
        groups = [(out, joint and not out) for out, joint in groups]
        return [place for place, (before, here) in enumerate(pairwise(groups), 1) if before != here]

    # Qt's view of it

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Return that a cell can be selected; cells are rated by keys, not by an editor."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if self.axes.lies_on_band(index.row(), index.column()):
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
        return Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: _Index, role: int = _ROLE.DisplayRole) -> Any:
        """Return symbol, alignment, tooltip and accessible text of a cell."""
        if not index.isValid():
            return None
        if self.axes.lies_on_band(index.row(), index.column()):
            return self.group_words.of_cell(*self.axes.cell(index.row(), index.column()), role)
        if role == _ROLE.DisplayRole:
            rating = self.rating(index.row(), index.column())
            proposed = self.family.proposed(*self.axes.cell(index.row(), index.column()))
            return cell_kind(rating, dimmed=False, aside=False, derived=proposed).symbol
        if role == _ROLE.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignCenter
        if role not in (_ROLE.ToolTipRole, _ROLE.AccessibleTextRole):
            return None
        evidence, hypothesis = self.axes.cell(index.row(), index.column())
        records = self.session.item(evidence), self.session.analysis.hypotheses[hypothesis]
        rating = self.rating(index.row(), index.column())
        refusal, proposed = self.family.refusal(hypothesis), self.family.proposed(evidence, hypothesis)
        instead = whatif.override_words(self.session, evidence, hypothesis)
        if rating is not None and rating.rests_on and not instead:
            instead = rests_words(rating.rests_on, self.session.analysis)
        objections = self.challenges.cell_words(evidence, hypothesis)
        objections += self.remarks.cell_words(evidence, hypothesis)
        objections += self.apart.cell_words(evidence, hypothesis) or lone_words(self.session, evidence, hypothesis)
        if role == _ROLE.ToolTipRole:
            rated = judgement.who_and_when(rating, self.session.analysis, self.session.analyst)
            said = refusal or judgement.cell_tooltip(*records, rating, rated, proposed)
            return tooltip("\n".join(filter(None, (said, instead, *objections))))
        said = judgement.cell_accessible(*records, rating, proposed)
        return shown(", ".join(filter(None, (said, instead, refusal, *objections))), "\n\t")

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> Any:
        """Return text, tooltip and accessible text of an item or hypothesis."""
        kind = self.kind_of(orientation)
        if not 0 <= section < len(self.axes.ids[kind]):
            return None
        if self.axes.is_band(kind, section):
            return self.group_words.of_band(self.axes.ids[kind][section], role)
        record = self.record(kind, section)
        if role == _ROLE.DisplayRole:
            return shown(f"{record.label} {record.title}")
        objections = [*self.grouped.words(record.id), *self.challenges.record_words(record.id)]
        objections += self.remarks.record_words(record.id)
        if role == _ROLE.ToolTipRole:
            return tooltip("\n".join([self._header_tooltip(kind, section), *objections]))
        if role == _ROLE.AccessibleTextRole:
            return shown(", ".join([self._header_accessible(kind, section), *objections]), "\n\t")
        return None

    def _header_tooltip(self, kind: str, section: int) -> str:
        analysis = self.session.analysis
        if kind == HYPOTHESIS:
            hypothesis = self.hypothesis(section)
            column = self.session.column_of(hypothesis.id)
            sentence = ""
            if self.scores_shown and column is not None:
                sentence = standing_sentence(self.session.assessment, column)
            return wording.hypothesis_tooltip(hypothesis, analysis, self.figures(section), sentence)
        told = "\n".join(part for part in (self._separates(section), self._influence_words(section)) if part)
        return wording.item_tooltip(self.item(section), analysis, told)

    def _header_accessible(self, kind: str, section: int) -> str:
        if kind == HYPOTHESIS:
            return wording.hypothesis_accessible(self.hypothesis(section), self.figures(section))
        return wording.item_accessible(self.item(section), self.session.analysis, self._separates(section))

    def _separates(self, section: int) -> str:
        return wording.separates(self.diagnosticity(section), self.emphasis(section) == DIMMED)

    def _influence_words(self, section: int) -> str:
        pair = front_pair(self.session.assessment)
        if pair is None:
            return ""
        first, second = (self.session.assessment.hypotheses[column].label for column in pair)
        return wording.influence_words(self.influence(section), (first, second))

    # Changes

    def set_transposed(self, transposed: bool) -> None:
        """Swap the axes."""
        if transposed != self.axes.transposed:
            self.beginResetModel()
            self.axes.transposed = transposed
            self.endResetModel()

    def arrange(self) -> None:
        """Filter and sort anew by the present state. A whole reset: thousands of rows may come, go and move."""
        self.arrangement.apply(self._facts())
        self._show_at_once()

    def _shown_ids(self) -> dict[str, list[str]]:
        """Return the ids along both axes by the present state; the bands of the groups are others from now on."""
        grouping = self.grouping, self.session.analysis
        return shown_ids(self.session.assessment, self.arrangement, self.folding, grouping)

    def _show_at_once(self) -> None:
        """Show what there is to show by one reset, if it is anything else than what is shown."""
        new = self._shown_ids()
        if new != self.axes.ids:
            self.beginResetModel()
            self._put(new)
            self.endResetModel()
        elif self.grouping.by:  # groups may have other names, and folded ones other items
            self.axes.bands = self.grouping.bands
            for place in self.axes.band_places():
                self.headerDataChanged.emit(self.orientation_of(EVIDENCE), place, place)

    def _put(self, ids: dict[str, list[str]]) -> None:
        self.axes.ids, self.axes.bands = ids, self.grouping.bands
        self.axes.changed()
        self._figures = self._new_figures()
        self._emphasis = self._new_emphasis()
        self._pair = front_pair(self.session.assessment)

    def group_by(self, way: GroupBy) -> None:
        """Show the items in groups, or in none; groups that were folded by another way stay so for its next time."""
        if way != self.grouping.by:
            self.grouping.by = way
            self._show_at_once()

    def fold_groups(self, bands: Iterable[str], folded: bool) -> None:
        """Hide the items of groups, or show them; ids of bands that are not there change nothing."""
        before = set(self.grouping.folded)
        self.grouping.folded = before.union(bands) if folded else before.difference(bands)
        if self.grouping.folded != before:
            self._show_at_once()

    def reveal(self, items: Iterable[str], hypotheses: Iterable[str] = ()) -> None:
        """Show items that the filter or a folded group hides, and unfold what hides hypotheses.

        What the filter hides is shown until it is applied anew.
        """
        items = list(items)
        unfolded = self.folding.reveal(hypotheses, self.session.assessment)
        if self.arrangement.reveal(items) or unfolded:
            self._restructure()
        if self.grouping.reveal(items):
            self._show_at_once()

    def fold(self, heading: str, folded: bool) -> None:
        """Hide the forms of a heading, or show them."""
        if folded != (heading in self.folding.folded):
            self.folding.folded ^= {heading}
            self._restructure()
            self._restyle(HYPOTHESIS, self._places(HYPOTHESIS, [heading]))

    def restore_folding(self, folded: Iterable[str], rejected_shown: bool) -> None:
        """Fold as it was when the analysis was last looked at."""
        self.folding.folded, self.folding.rejected_shown = set(folded), rejected_shown
        self._restructure()

    def show_rejected(self, shown_now: bool) -> None:
        """Show the rejected hypotheses at the end, or fold them away."""
        if shown_now != self.folding.rejected_shown:
            self.folding.rejected_shown = shown_now
            self._restructure()

    def _facts(self) -> Facts:
        session = self.session
        return Facts(session.assessment, session.matrix.sheets.get(session.analyst, {}), session.analysis)

    def set_scores(self, shown: bool, sign: str) -> None:
        """Show or hide what is computed, and say with which sign scores are shown."""
        if (shown, sign) != (self.scores_shown, self._sign):
            self.scores_shown, self._sign = shown, sign
            self._announce_standing()

    def _start_anew(self) -> None:
        self.beginResetModel()
        self._take_over()
        self.endResetModel()

    def _turn(self) -> None:
        """Show another matrix, or the same one anew where only a what-if began, ended or changed."""
        if self.session.matrix.id != self._matrix:
            self._start_anew()
            return
        rows, columns = self.axes.shape
        if rows and columns:
            self.dataChanged.emit(self.index(0, 0), self.index(rows - 1, columns - 1))
        for kind, ids in self.axes.ids.items():
            if ids:
                self.headerDataChanged.emit(self.orientation_of(kind), 0, len(ids) - 1)
        self._announce_standing()

    def _take_over(self) -> None:
        self._matrix = self.session.matrix.id
        self.grouped.take()
        self.arrangement.apply(self._facts())
        self._put(self._shown_ids())
        self._look_up_words()

    def _look_up_words(self) -> None:
        """Look up where challenges and remarks are."""
        self.challenges = challenged(self.session.analysis, self.session.matrix.id)
        self.remarks = remarked(self.session.analysis, self.session.matrix.id)

    def _follow(self, change: Change) -> None:
        if change.touches("group"):
            self.grouped.take()
        self._show_newly_rejected(change)
        fields = ("combines", "parent", "status")
        if change.added or change.removed or change.reordered or change.touches(HYPOTHESIS, *fields):
            self._restructure()
        elif self.grouping.by and self._is_about_groups(change):
            self._regroup(change)
        if change.touches("challenge") or change.touches("remark"):
            self._take_challenges()
        if change.touches("group"):
            self.regrouped.emit()
        touched = self._announce_cells((*change.cells, *self._following(change.cells)))
        self._announce_records(change)
        self._announce_standing(touched)
        self._restyle(HYPOTHESIS, self._places(HYPOTHESIS, self.folding.folded))
        if self.grouping.folded:
            self._restyle(EVIDENCE, self.axes.band_places())

    def _regroup(self, change: Change) -> None:
        """Show edited items where they belong now, in a folded group too: who edits one must not lose sight of it."""
        self._show_at_once()
        if self.grouping.reveal(ref.id for ref in change.fields if ref.kind == EVIDENCE):
            self._show_at_once()

    def _is_about_groups(self, change: Change) -> bool:
        """Return whether an edit may have put an item into another group, or given a group another name."""
        named = self.grouping.by == "source" and change.touches("source")
        return named or change.touches(EVIDENCE, *self.grouping.fields)

    def _show_newly_rejected(self, change: Change) -> None:
        """Let who rejects a hypothesis see where it went."""
        known = self.session.analysis.hypotheses
        hidden = {ref.id for ref in change.fields if ref.kind == HYPOTHESIS and ref.field == "status"}
        if any(not known[entry].is_active for entry in hidden if entry in known):
            self.folding.rejected_shown = True

    def _following(self, cells: Iterable[CellRef]) -> Iterable[CellRef]:
        """Yield the cells of combinations whose suggestion follows from the cells."""
        for cell in cells:
            for combination in self.family.combinations_of(cell.hypothesis):
                yield cell._replace(hypothesis=combination)

    def _places(self, kind: str, ids: Iterable[str]) -> list[int]:
        return [place for entry in ids if (place := self.axes.section(kind, entry)) is not None]

    def _take_challenges(self) -> None:
        self._look_up_words()
        rows, columns = self.axes.shape
        if rows and columns:
            self.dataChanged.emit(self.index(0, 0), self.index(rows - 1, columns - 1))
        for kind, ids in self.axes.ids.items():
            if ids:
                self.headerDataChanged.emit(self.orientation_of(kind), 0, len(ids) - 1)

    def _restructure(self) -> None:
        if self.grouping.by:
            self._show_at_once()
            return
        shown_now = self._shown_ids()
        if not any(set(now).issuperset(self.axes.ids[kind]) for kind, now in shown_now.items()):
            # Step by step, one axis would for a moment name records that are gone while the other is taken over.
            self._start_anew()
            return
        for kind, new in shown_now.items():
            for step in list(steps_between(self.axes.ids[kind], new)):
                self._take_step(kind, step)
        # Figures and emphasis follow the session's order, which has just changed under them.
        self._figures = self._new_figures()
        self._emphasis = self._new_emphasis()
        self._pair = front_pair(self.session.assessment)
        for kind, ids in self.axes.ids.items():
            if ids:
                self.headerDataChanged.emit(self.orientation_of(kind), 0, len(ids) - 1)

    def _take_step(self, kind: str, step: Step) -> None:
        ids = self.axes.ids[kind]
        rows = kind == self.axes.down
        if step.how == "order":
            self._reorder(kind, list(step.ids))
            return
        if step.how == "remove":
            (self.beginRemoveRows if rows else self.beginRemoveColumns)(_NO_PARENT, step.first, step.last)
            del ids[step.first : step.last + 1]
            self.axes.changed()
            (self.endRemoveRows if rows else self.endRemoveColumns)()
        else:
            (self.beginInsertRows if rows else self.beginInsertColumns)(_NO_PARENT, step.first, step.last)
            ids[step.first : step.first] = step.ids
            self.axes.changed()
            (self.endInsertRows if rows else self.endInsertColumns)()

    def _reorder(self, kind: str, new: list[str]) -> None:
        self.layoutAboutToBeChanged.emit()
        old = self.axes.ids[kind]
        persistent = self.persistentIndexList()
        self.axes.ids[kind] = new
        self.axes.changed()
        moved = []
        for index in persistent:
            row, column = index.row(), index.column()
            if kind == self.axes.down:
                row = self.axes.section(kind, old[row])
            else:
                column = self.axes.section(kind, old[column])
            moved.append(self.index(row, column) if row is not None and column is not None else QModelIndex())
        self.changePersistentIndexList(persistent, moved)
        self.layoutChanged.emit()

    def _announce_cells(self, cells: Iterable[CellRef]) -> set[int]:
        """Emit the exact ranges of the changed cells; return the places of the items they belong to."""
        columns_of: dict[int, set[int]] = {}
        for matrix, analyst, evidence, hypothesis in cells:
            place = self.axes.place(evidence, hypothesis)
            if matrix == self.session.matrix.id and analyst == self.session.analyst and place is not None:
                columns_of.setdefault(place[0], set()).add(place[1])
        ranges = _rectangles(columns_of)
        if len(ranges) > _MOST_RANGES:
            ranges = [_around(ranges)]
        for (top, bottom), (left, right) in ranges:
            self.dataChanged.emit(self.index(top, left), self.index(bottom, right))
        if not self.axes.transposed:
            return set(columns_of)
        return {column for columns in columns_of.values() for column in columns}

    def _announce_records(self, change: Change) -> None:
        touched: dict[str, set[int]] = {EVIDENCE: set(), HYPOTHESIS: set()}
        restyled: dict[str, set[int]] = {EVIDENCE: set(), HYPOTHESIS: set()}
        for kind, record_id, field in change.fields:
            place = self.axes.section(kind, record_id) if kind in touched else None
            if place is not None:
                touched[kind].add(place)
                if field in _ALL_FIELDS_OF_CELLS:
                    restyled[kind].add(place)
        if any(ref.kind == "source" for ref in change.fields):
            touched[EVIDENCE].update(range(len(self.axes.ids[EVIDENCE])))
        for kind, places in touched.items():
            for first, last in runs(sorted(places)):
                self.headerDataChanged.emit(self.orientation_of(kind), first, last)
            self._restyle(kind, restyled[kind])

    def _restyle(self, kind: str, places: Iterable[int]) -> None:
        """Say that whole rows (columns) of cells look different although their ratings stand."""
        rows, columns = self.axes.shape
        if not rows or not columns:
            return
        for first, last in runs(sorted(places)):
            if kind == self.axes.down:
                corners = self.index(first, 0), self.index(last, columns - 1)
            else:
                corners = self.index(0, first), self.index(rows - 1, last)
            self.dataChanged.emit(*corners, _LOOKS)

    def _announce_standing(self, touched: Iterable[int] = ()) -> None:
        """Emit what follows from new scores: headers with new figures, rows that stand out or no longer do.

        `touched` are places of items whose own ratings changed, and with them their diagnosticity. The influence of
        every item changes when others are the first two.
        """
        pair = front_pair(self.session.assessment)
        if pair != self._pair:
            self._pair = pair
            touched = range(len(self.axes.ids[EVIDENCE]))
        figures, emphasis = self._new_figures(), self._new_emphasis()
        if figures != self._figures:
            self._figures = figures
            self.headerDataChanged.emit(self.orientation_of(HYPOTHESIS), 0, max(len(self.axes.ids[HYPOTHESIS]) - 1, 0))
        changed = np.flatnonzero(emphasis != self._emphasis) if len(emphasis) == len(self._emphasis) else []
        self._emphasis = emphasis
        ids = self.session.assessment.table.evidence_ids
        places = (self.axes.section(EVIDENCE, ids[row]) for row in changed)
        restyled = {place for place in places if place is not None}
        for first, last in runs(sorted(restyled.union(touched))):
            self.headerDataChanged.emit(self.orientation_of(EVIDENCE), first, last)
        self._restyle(EVIDENCE, restyled)

    def _new_figures(self) -> list[Figures]:
        assessment = self.session.assessment
        if not self.scores_shown:
            return wording.hidden_figures(len(assessment.hypotheses))
        return wording.figures(assessment, self._sign)

    def _new_emphasis(self) -> np.ndarray:
        assessment = self.session.assessment
        spread = assessment.standing.diagnosticity
        if not self.scores_shown:
            return np.zeros(len(spread), np.int8)
        complete = ~(assessment.table.codes[:, assessment.table.active] == 0).any(axis=1)
        strong = np.nan_to_num(spread) >= STRONG_SPREAD
        return np.where(strong, STRONG, np.where((spread == 0.0) & complete, DIMMED, PLAIN)).astype(np.int8)


def _around(ranges: list[_Range]) -> _Range:
    rows, columns = zip(*ranges, strict=True)
    return (
        (min(top for top, _bottom in rows), max(bottom for _top, bottom in rows)),
        (min(left for left, _right in columns), max(right for _left, right in columns)),
    )


def _rectangles(columns_of: dict[int, set[int]]) -> list[_Range]:
    """Return cells, given as row -> columns, as ranges; rows that follow each other and are alike are joined."""
    found: list[_Range] = []
    pending: dict[tuple[int, int], tuple[int, int]] = {}
    for row in sorted(columns_of):
        present = {}
        for stretch in runs(sorted(columns_of[row])):
            top, bottom = pending.pop(stretch, (row, row))
            if bottom < row - 1:
                found.append(((top, bottom), stretch))
                top = row
            present[stretch] = (top, row)
        found += [(rows, stretch) for stretch, rows in pending.items()]
        pending = present
    return found + [(rows, stretch) for stretch, rows in pending.items()]
