"""Which marks occur in a matrix, for the legend below it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from ach_desk.model import Level, Rating
from ach_desk.model.wording import is_on_earlier_wording
from ach_desk.scoring.rated_cells import cells_on_earlier_wording
from ach_desk.ui.doubt.marks import SUSPECT
from ach_desk.ui.matrix import wording
from ach_desk.ui.matrix.axes import EVIDENCE, HYPOTHESIS
from ach_desk.ui.matrix.foot import (
    ASIDE,
    CHALLENGED,
    DEPENDENT,
    EARLIER,
    FALLS,
    PAIRED,
    REASON,
    REMARKED,
    SEPARATES,
    SUGGESTED,
    UNDECIDED,
    UNSURE,
)
from ach_desk.ui.matrix.look import CHANCE_SIGN
from ach_desk.ui.matrix.model import MatrixModel

if TYPE_CHECKING:
    from ach_desk.commands import Change

_OF_CELLS = (EARLIER, SUGGESTED, UNDECIDED, CHANCE_SIGN, REASON, UNSURE)
"""The marks of cells in the order of the legend, which leaves the last out where there is no room."""
_NO_MARKS: frozenset[str] = frozenset()


class Marks:
    """Looks through a matrix once; edits add to what was found, since a mark that left does no harm in a legend."""

    def __init__(self, model: MatrixModel) -> None:
        self._model = model
        self._session = model.session
        self._of_cells: set[str] = set()
        self._of_items: list[str] = []
        self.look()

    def look(self) -> None:
        """Look through the whole matrix."""
        rows = self._session.matrix.sheets.get(self._session.analyst, {}).values()
        marked = [
            rating
            for row in rows
            for rating in row.values()
            if rating.rationale or rating.confidence or rating.range or rating.suggested or rating.likelihood
        ]
        self._of_cells = set().union(*map(_marks_of, marked))
        self._look_at_items()
        self._look_at_wordings()

    def follow(self, change: Change) -> None:
        """Take the marks of what an edit changed over."""
        for matrix, analyst, evidence, hypothesis in change.cells:
            if matrix == self._session.matrix.id and analyst == self._session.analyst:
                rating = self._session.matrix.rating(analyst, evidence, hypothesis)
                self._of_cells.update(_marks_of(rating))
                self._look_at_wording(rating, evidence, hypothesis)
        if change.touches(EVIDENCE, "wording") or change.touches(HYPOTHESIS, "wording"):
            self._look_at_wordings()
        for kind, record_id in change.added:
            for rating in self._ratings_with(kind, record_id):
                self._of_cells.update(_marks_of(rating))
        if change.touches(EVIDENCE, "kind", "status", "twin", "suspect"):
            self._look_at_items()

    def in_order(self) -> list[str]:
        """Return the marks that occur, as the legend names them."""
        derived = {SUGGESTED} if self._model.family.has_suggestions else set()
        marks = [DEPENDENT] if self._model.grouped.most_number else []
        marks += [CHALLENGED] if self._model.challenges else []
        marks += [REMARKED] if self._model.remarks else []
        marks += [FALLS] if self._session.fallen.rows else []
        marks += [mark for mark in _OF_CELLS if mark in self._of_cells | derived]
        return [*([SEPARATES] if self._model.any_strong() else []), *marks, *self._of_items]

    def _ratings_with(self, kind: str, record_id: str) -> Iterable[Rating]:
        """Return what came with a new item or hypothesis, such as the suggestions for the parts of a split one."""
        sheet = self._session.matrix.sheets.get(self._session.analyst, {})
        if kind == EVIDENCE:
            return sheet.get(record_id, {}).values()
        if kind != HYPOTHESIS:
            return ()
        return (row[record_id] for row in sheet.values() if record_id in row)

    def _look_at_wording(self, rating: Rating | None, evidence: str, hypothesis: str) -> None:
        item = self._session.analysis.evidence.get(evidence)
        other = self._session.analysis.hypotheses.get(hypothesis)
        if rating is not None and item and other and is_on_earlier_wording(rating, item, other):
            self._of_cells.add(EARLIER)

    def _look_at_wordings(self) -> None:
        session = self._session
        if cells_on_earlier_wording(session.analysis, session.matrix, session.analyst):
            self._of_cells.add(EARLIER)
        else:
            self._of_cells.discard(EARLIER)

    def _look_at_items(self) -> None:
        items = self._session.assessment.items
        kinds = {item.kind for item in items}
        self._of_items = [] if all(item.is_counted for item in items) else [ASIDE]
        self._of_items += [PAIRED] if any(item.twin for item in items) else []
        self._of_items += [SUSPECT] if any(item.suspect for item in items) else []
        self._of_items += [sign for kind, sign in wording.KIND_MARKS.items() if kind in kinds]


def _marks_of(rating: Rating | None) -> Collection[str]:
    if rating is None:
        return _NO_MARKS
    marks = {REASON: rating.rationale, UNSURE: rating.confidence is Level.LOW, UNDECIDED: rating.range}
    marks[CHANCE_SIGN] = rating.likelihood is not None
    marks[SUGGESTED] = rating.suggested and rating.value is None
    return {mark for mark, holds in marks.items() if holds}
