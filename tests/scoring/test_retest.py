"""How far a judgement repeats, in words, and only from twenty cells up."""

from __future__ import annotations

import pytest

from ach_desk.model import RatingValue, RetestCell
from ach_desk.model.values import Scale
from ach_desk.scoring.retest import agreement, agreement_sentence, steps_apart


def cells(*pairs: str) -> list[RetestCell]:
    made = []
    for pair in pairs:
        first, second = pair.split()
        made.append(RetestCell(evidence="e", hypothesis="h", first=RatingValue(first), second=RatingValue(second)))
    return made


@pytest.mark.parametrize(
    ("scale", "first", "second", "apart"),
    [
        (Scale.FIVE, "I", "I", 0),
        (Scale.FIVE, "N", "I", 1),
        (Scale.FIVE, "CC", "II", 4),
        (Scale.THREE, "C", "I", 2),
        (Scale.SEVEN, "C-", "N", 1),
        (Scale.SEVEN, "C", "I", 4),
        (Scale.FIVE, "C-", "C", 1),
        (Scale.THREE, "CC", "C", 1),
        (Scale.THREE, "CC", "I", 3),
        (Scale.FIVE, "N/A", "N/A", 0),
        (Scale.FIVE, "N/A", "N", None),
    ],
)
def test_steps_between_two_ratings(scale: Scale, first: str, second: str, apart: int | None) -> None:
    assert steps_apart(scale, RatingValue(first), RatingValue(second)) == apart
    assert steps_apart(scale, RatingValue(second), RatingValue(first)) == apart


def test_from_twenty_cells_on_it_is_told_in_words() -> None:
    found = agreement(cells(*["I I"] * 17, *["N I"] * 3), Scale.FIVE)
    assert agreement_sentence(found) == "Same 17, one step apart 3, two or more apart 0"
    found = agreement(cells(*["I I"] * 18, "CC I", "N/A N"), Scale.FIVE)
    assert agreement_sentence(found) == "Same 18, one step apart 0, two or more apart 1, N/A only once 1"


def test_below_twenty_it_is_too_few_to_say() -> None:
    found = agreement(cells(*["I I"] * 19), Scale.FIVE)
    assert agreement_sentence(found) == "19 cells were rated twice: too few to say how far your ratings repeat."
