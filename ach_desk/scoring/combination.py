"""What the ratings of the parts say of a combination of hypotheses: a suggestion, never a rating."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ach_desk.model import Analysis, Hypothesis, Matrix, RatingRange, RatingValue
from ach_desk.model.values import range_of
from ach_desk.scoring.table import headings

Cell = tuple[str, str]


class Suggestion(NamedTuple):
    """Between which values the parts lie (the same twice where they agree), and what each part is rated."""

    around: RatingRange
    parts: tuple[tuple[str, RatingValue], ...]

    @property
    def agrees(self) -> bool:
        """Return whether the parts agree, so that one value can be suggested."""
        return self.around[0] is self.around[1]


def suggestion(matrix: Matrix, analyst: str, evidence: str, hypothesis: Hypothesis) -> Suggestion | None:
    """Return what the ratings of its parts suggest for a combination under an item.

    None for a single explanation, for fewer than two parts, as long as a part is unrated, and where one part is N/A
    and another is not: there is no range between the two.
    """
    if len(hypothesis.combines) < 2:
        return None
    ratings = [(part, matrix.rating(analyst, evidence, part)) for part in hypothesis.combines]
    parts = tuple((part, rating.value) for part, rating in ratings if rating is not None and rating.value is not None)
    if len(parts) < len(ratings):
        return None
    values = {value for _part, value in parts}
    if values == {RatingValue.NOT_APPLICABLE}:
        return Suggestion((RatingValue.NOT_APPLICABLE, RatingValue.NOT_APPLICABLE), parts)
    if RatingValue.NOT_APPLICABLE in values:
        return None
    return Suggestion(range_of(values), parts)


def derived(analysis: Analysis, matrix: Matrix, analyst: str, cell: Cell) -> Suggestion | None:
    """Return what the parts suggest for a cell (evidence, hypothesis) that is open and holds no suggestion of its own.

    A part that is a heading is not rated, so that nothing follows from it.
    """
    evidence, hypothesis = cell[0], analysis.hypotheses.get(cell[1])
    if hypothesis is None or len(hypothesis.combines) < 2:
        return None
    rating = matrix.rating(analyst, *cell)
    if rating is not None and (rating.value is not None or rating.suggested is not None):
        return None
    if not headings(_in_matrix(analysis, matrix)).isdisjoint(hypothesis.combines):
        return None
    return suggestion(matrix, analyst, evidence, hypothesis)


def confirmable(
    analysis: Analysis, matrix: Matrix, analyst: str, cells: Iterable[Cell]
) -> list[tuple[Cell, RatingValue]]:
    """Return those of the cells for which the parts suggest one value, with that value."""
    found = []
    for cell in cells:
        proposed = derived(analysis, matrix, analyst, cell)
        if proposed is not None and proposed.agrees:
            found.append((cell, proposed.around[0]))
    return found


def cells_of(analysis: Analysis, matrix: Matrix, hypothesis: str) -> list[Cell]:
    """Return the cells of a hypothesis under the items that count, in matrix order."""
    items = (analysis.evidence.get(entry) for entry in dict.fromkeys(matrix.evidence))
    return [(item.id, hypothesis) for item in items if item is not None and item.is_counted]


def _in_matrix(analysis: Analysis, matrix: Matrix) -> Iterator[Hypothesis]:
    return (analysis.hypotheses[entry] for entry in matrix.hypotheses if entry in analysis.hypotheses)
