"""The blocks of the consistency chart before they have a place: which items, on which side, how wide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ach_desk.model import RatingValue
from ach_desk.reporting.chart_options import ChartOptions
from ach_desk.scoring import Assessment
from ach_desk.scoring.table import CODES

AGAINST = (RatingValue.VERY_INCONSISTENT, RatingValue.INCONSISTENT)
EXPECTED = (RatingValue.VERY_CONSISTENT, RatingValue.CONSISTENT)
COUNTED_APART = (RatingValue.NEUTRAL, RatingValue.NOT_APPLICABLE, None)
SEEN_APART = 4.0
"""Blocks narrower than this, in logical pixels, are drawn as one."""

POINTED_AT = 1.5
"""Blocks narrower than this cannot even be pointed at singly."""


def is_weighted(assessment: Assessment, options: ChartOptions) -> bool:
    """Return whether blocks differ in width."""
    weights = assessment.table.weights[assessment.table.counted]
    return options.show_weights and len(weights) > 0 and bool(np.ptp(weights) > 1e-9)


@dataclass(frozen=True)
class Run:
    """Neighbouring items of one rating, drawn as one rectangle: their rows and widths in logical pixels."""

    rows: tuple[int, ...]
    widths: tuple[float, ...]

    @property
    def width(self) -> float:
        """Return the width of the whole."""
        return sum(self.widths)

    @property
    def is_pointed_at_singly(self) -> bool:
        """Return whether the pointer can tell the items apart."""
        return self.width >= POINTED_AT * len(self.rows)


class Blocks:
    """The counted items under each hypothesis by rating. A width of 1 is an item of weight 1."""

    def __init__(self, assessment: Assessment, options: ChartOptions) -> None:
        """Take the assessment, and whether weights are to be shown."""
        table = assessment.table
        self.weights = table.weights if is_weighted(assessment, options) else np.ones(len(assessment.items))
        self._codes = np.where(table.counted[:, None], table.codes, -1)

    def items(self, column: int, value: RatingValue | None) -> NDArray[np.intp]:
        """Return the rows of the counted items with that rating, in the order of the matrix."""
        return np.flatnonzero(self._codes[:, column] == CODES[value])

    def length(self, column: int, values: Sequence[RatingValue]) -> float:
        """Return how wide the blocks of these ratings are together."""
        return sum(float(self.weights[self.items(column, value)].sum()) for value in values)

    def runs(self, column: int, value: RatingValue, unit: float) -> Iterator[Run]:
        """Yield what is drawn as one: each block for itself, or all together where they are too narrow to see."""
        items = self.items(column, value)
        widths = tuple(float(weight) * unit for weight in self.weights[items])
        rows = tuple(int(row) for row in items)
        if rows and sum(widths) < SEEN_APART * len(rows):
            yield Run(rows, widths)
        else:
            yield from (Run((row,), (width,)) for row, width in zip(rows, widths, strict=True))
