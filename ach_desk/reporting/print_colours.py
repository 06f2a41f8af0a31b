"""The colours of the printed documents, as their templates read them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ach_desk.model import RatingValue
from ach_desk.reporting.palette import MONOCHROME, PRINT, Palette

_PALE_GREY = "#f2f2f2"
_PATTERNS: dict[RatingValue | None, str] = {
    RatingValue.VERY_CONSISTENT: "dots",
    RatingValue.SLIGHTLY_INCONSISTENT: "few lines",
    RatingValue.INCONSISTENT: "lines",
}
"""What tells cells apart without colour, as in the consistency chart: II is solid, I hatched, CC dotted, C white."""


def paper_palette(black_and_white: bool) -> Palette:
    """Return the palette that stands on paper."""
    return MONOCHROME if black_and_white else PRINT


def colours_data(black_and_white: bool, undecided: Sequence[str] = ()) -> dict[str, Any]:
    """Return the colours for a template; an undecided judgement (a symbol) claims no more than a neutral one."""
    palette = paper_palette(black_and_white)
    ratings = {
        "" if value is None else value.value: {
            "fill": tone.fill,
            "text": tone.text,
            "line": tone.line,
            "pattern": _PATTERNS.get(value, "") if black_and_white else "",
        }
        for value, tone in palette.ratings.items()
    }
    ratings |= dict.fromkeys(undecided, ratings[RatingValue.NEUTRAL.value])
    return {
        "text": palette.text,
        "muted": palette.muted,
        "line": palette.line,
        "strong": palette.strong_line,
        "accent": palette.accent,
        "ground": palette.ratings[None].fill,
        "tint": _PALE_GREY if black_and_white else palette.selection,
        "ratings": ratings,
    }
