"""What the ratings of the parts say of a combination of hypotheses: a suggestion, never a rating."""

from __future__ import annotations

from collections.abc import Iterable
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


def suggesting(hypotheses: Iterable[Hypothesis]) -> dict[str, Hypothesis]:
    """Return, by id, the combinations whose parts can suggest something: two or more, none of them a heading.

    A heading is not rated, so that nothing follows from it.
    """
    every = list(hypotheses)
    over = headings(every)
    return {entry.id: entry for entry in every if len(entry.combines) > 1 and over.isdisjoint(entry.combines)}


def derived(matrix: Matrix, analyst: str, evidence: str, combination: Hypothesis) -> Suggestion | None:
    """Return what the parts suggest for an item, where the cell is open and holds no suggestion of its own."""
    rating = matrix.rating(analyst, evidence, combination.id)
    if rating is not None and (rating.value is not None or rating.suggested is not None):
        return None
    return suggestion(matrix, analyst, evidence, combination)


def confirmable(
    analysis: Analysis, matrix: Matrix, analyst: str, cells: Iterable[Cell]
) -> list[tuple[Cell, RatingValue]]:
    """Return those of the cells for which the parts suggest one value, with that value."""
    known = (analysis.hypotheses[entry] for entry in matrix.hypotheses if entry in analysis.hypotheses)
    joint = suggesting(known)
    if not joint:
        return []
    found = []
    for evidence, hypothesis in cells:
        proposed = derived(matrix, analyst, evidence, joint[hypothesis]) if hypothesis in joint else None
        if proposed is not None and proposed.agrees:
            found.append(((evidence, hypothesis), proposed.around[0]))
    return found


def cells_of(analysis: Analysis, matrix: Matrix, hypothesis: str) -> list[Cell]:
    """Return the cells of a hypothesis under the items that count, in matrix order."""
    items = (analysis.evidence.get(entry) for entry in dict.fromkeys(matrix.evidence))
    return [(item.id, hypothesis) for item in items if item is not None and item.is_counted]
