"""How a rating may be written in other programs' cells."""

from __future__ import annotations

from collections.abc import Mapping

from ach_desk.model import RatingValue

_SIGNS = (RatingValue.VERY_CONSISTENT, RatingValue.CONSISTENT, RatingValue.NEUTRAL, RatingValue.INCONSISTENT)

RATING_WORDS: Mapping[str, RatingValue | None] = {
    "": None,
    "–": None,  # how the program itself writes an unrated cell
    "na": RatingValue.NOT_APPLICABLE,
    **{value.value.casefold(): value for value in RatingValue},
    **{value.value.casefold().replace("-", "\N{MINUS SIGN}"): value for value in RatingValue},
    **dict(zip(("++", "+", "0", "-"), _SIGNS, strict=True)),
    "--": RatingValue.VERY_INCONSISTENT,
    "\N{MINUS SIGN}": RatingValue.INCONSISTENT,
    "\N{MINUS SIGN}\N{MINUS SIGN}": RatingValue.VERY_INCONSISTENT,
}
"""The word as `word_key` gives it -> the rating; None is an unrated cell."""


def word_key(cell: str) -> str:
    """Return what the word in a cell is compared by: letter case and space around and between do not matter."""
    return " ".join(cell.split()).casefold()
