"""How a rating may be written in other programs' cells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ach_desk.model import RatingValue
from ach_desk.model.spreadsheet_cells import unguarded

_WORDS: Mapping[str, RatingValue | None] = {
    "": None,
    "–": None,  # how the program itself writes an unrated cell
    "na": RatingValue.NOT_APPLICABLE,
    **{value.value.casefold(): value for value in RatingValue},
    **{value.value.casefold().replace("-", "\N{MINUS SIGN}"): value for value in RatingValue},
}
_SURE_SIGNS: Mapping[str, RatingValue | None] = {
    "++": RatingValue.VERY_CONSISTENT,
    "+": RatingValue.CONSISTENT,
    "--": RatingValue.VERY_INCONSISTENT,
    "\N{MINUS SIGN}\N{MINUS SIGN}": RatingValue.VERY_INCONSISTENT,
}
_OTHER_SIGNS: Mapping[str, RatingValue | None] = {
    "0": RatingValue.NEUTRAL,
    "-": RatingValue.INCONSISTENT,
    "\N{MINUS SIGN}": RatingValue.INCONSISTENT,
}
_WITH_SIGNS = {**_WORDS, **_SURE_SIGNS, **_OTHER_SIGNS}

AMBIGUOUS = frozenset(_OTHER_SIGNS)
"""What is a rating beside ++ + -- alone; in many tables "-" and "0" say that there is nothing."""


def rating_words(cells: Iterable[str]) -> Mapping[str, RatingValue | None]:
    """Return how ratings are written in a table with these rating cells; None is an unrated cell.

    The keys are words as `word_key` gives them. Signs are among them when ++, + or -- occurs in the cells.
    """
    return _WORDS if _SURE_SIGNS.keys().isdisjoint(map(word_key, cells)) else _WITH_SIGNS


def word_key(cell: str) -> str:
    """Return what the word in a cell is compared by.

    Letter case, space around and between, and the apostrophe that guards a cell from being a formula do not matter.
    """
    return " ".join(unguarded(cell).split()).casefold()
