"""The scale that a table of ratings is taken to be on: a CSV file does not name it."""

from __future__ import annotations

from collections.abc import Collection

from ach_desk.model import RatingValue, Scale
from ach_desk.model.values import SCALE_STEPS


def scale_of(values: Collection[RatingValue]) -> Scale:
    """Return seven steps where one of them occurs that only this scale has, else Heuer's five."""
    known = SCALE_STEPS[Scale.FIVE]
    return Scale.SEVEN if any(value.is_on_scale and value not in known for value in values) else Scale.FIVE
