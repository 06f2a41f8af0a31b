"""What the ratings of the parts say of a combination of hypotheses: a suggestion, never a rating."""

from __future__ import annotations

from typing import NamedTuple

from ach_desk.model import Hypothesis, Matrix, RatingRange, RatingValue
from ach_desk.model.values import range_of


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
