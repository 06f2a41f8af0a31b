"""Which marks occur in a matrix, for the legend below it."""

from __future__ import annotations

from ach_desk.commands import Change
from ach_desk.model import Level, Rating
from ach_desk.ui.matrix import wording
from ach_desk.ui.matrix.axes import EVIDENCE
from ach_desk.ui.matrix.foot import ASIDE, REASON, SEPARATES, UNSURE
from ach_desk.ui.matrix.model import MatrixModel


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
        self._of_cells = set()
        if any(rating.rationale for row in rows for rating in row.values()):
            self._of_cells.add(REASON)
        if any(rating.confidence is Level.LOW for row in rows for rating in row.values()):
            self._of_cells.add(UNSURE)
        self._look_at_items()

    def follow(self, change: Change) -> None:
        """Take the marks of what an edit changed over."""
        for matrix, analyst, evidence, hypothesis in change.cells:
            if matrix == self._session.matrix.id and analyst == self._session.analyst:
                self._of_cells |= _marks_of(self._session.matrix.rating(analyst, evidence, hypothesis))
        if change.touches(EVIDENCE, "kind", "status"):
            self._look_at_items()

    def in_order(self) -> list[str]:
        """Return the marks that occur, as the legend names them."""
        marks = [mark for mark in (REASON, UNSURE) if mark in self._of_cells]
        return [*([SEPARATES] if self._model.any_strong() else []), *marks, *self._of_items]

    def _look_at_items(self) -> None:
        items = self._session.assessment.items
        kinds = {item.kind for item in items}
        self._of_items = [] if all(item.is_counted for item in items) else [ASIDE]
        self._of_items += [sign for kind, sign in wording.KIND_MARKS.items() if kind in kinds]


def _marks_of(rating: Rating | None) -> set[str]:
    if rating is None:
        return set()
    marks = {REASON} if rating.rationale else set()
    return marks | {UNSURE} if rating.confidence is Level.LOW else marks
