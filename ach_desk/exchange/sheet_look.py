"""The colours of ratings in a spreadsheet: (ground, text), those of the light matrix on the screen."""

from __future__ import annotations

from collections.abc import Mapping

from ach_desk.model import RatingValue

RATING_COLOURS: Mapping[RatingValue, tuple[str, str]] = {
    RatingValue.VERY_CONSISTENT: ("#9cc4e8", "#0c2f52"),
    RatingValue.CONSISTENT: ("#dcebf8", "#1b4670"),
    RatingValue.SLIGHTLY_CONSISTENT: ("#eaf3fb", "#2b5075"),
    RatingValue.NEUTRAL: ("#efefec", "#50535a"),
    RatingValue.SLIGHTLY_INCONSISTENT: ("#fdefdd", "#6b4a1e"),
    RatingValue.INCONSISTENT: ("#fce0c0", "#6b3805"),
    RatingValue.VERY_INCONSISTENT: ("#eda55e", "#3f1d00"),
    RatingValue.NOT_APPLICABLE: ("#f8f8f7", "#63666d"),
}
