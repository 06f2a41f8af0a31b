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

AGAINST = (RatingValue.VERY_INCONSISTENT, RatingValue.INCONSISTENT, RatingValue.SLIGHTLY_INCONSISTENT)
EXPECTED = (RatingValue.VERY_CONSISTENT, RatingValue.CONSISTENT, RatingValue.SLIGHTLY_CONSISTENT)
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


class _Course:
    """One line of the blocks of a side: its rows by rating, and its length so far."""

    def __init__(self, values: Sequence[RatingValue]) -> None:
        self.rows: dict[RatingValue, list[int]] = {value: [] for value in values}
        self.length = 0.0


class Blocks:
    """The counted items under each hypothesis by rating. A width of 1 is an item of weight 1.

    With two courses the blocks of a side lie in two lines of about the same length, like bricks.
    """

    def __init__(self, assessment: Assessment, options: ChartOptions, courses: int = 1) -> None:
        """Take the assessment, whether weights are to be shown, and the number of courses of a side."""
        table = assessment.table
        self.courses = courses
        self._laid: dict[tuple[int, Sequence[RatingValue]], list[_Course]] = {}
        self.weights = table.weights if is_weighted(assessment, options) else np.ones(len(assessment.items))
        self._codes = np.where(table.counted[:, None], table.codes, -1)

    def items(self, column: int, value: RatingValue | None) -> NDArray[np.intp]:
        """Return the rows of the counted items with that rating, in the order of the matrix."""
        return np.flatnonzero(self._codes[:, column] == CODES[value])

    def length(self, column: int, values: Sequence[RatingValue]) -> float:
        """Return how wide the blocks of these ratings are together: the longest course of them."""
        if self.courses == 1:
            return sum(float(self.weights[self.items(column, value)].sum()) for value in values)
        return max(course.length for course in self._courses(column, values))

    def runs(
        self, column: int, values: Sequence[RatingValue], unit: float
    ) -> Iterator[tuple[int, list[tuple[RatingValue, Run]]]]:
        """Yield the number of each course, and its runs with their ratings from the zero line outwards."""
        for number, course in enumerate(self._courses(column, values)):
            runs = [(value, run) for value in values for run in self._runs(course.rows[value], unit)]
            yield number, runs

    def _courses(self, column: int, values: Sequence[RatingValue]) -> list[_Course]:
        """Return the items of a side, each on the course that is shorter so far: so every course keeps the order."""
        laid = self._laid.get((column, values))
        if laid is None:
            laid = self._laid[column, values] = [_Course(values) for _number in range(self.courses)]
            for value in values:
                for row in self.items(column, value):
                    course = min(laid, key=lambda course: round(course.length, 9))
                    course.rows[value].append(int(row))
                    course.length += float(self.weights[row])
        return laid

    def _runs(self, rows: Sequence[int], unit: float) -> Iterator[Run]:
        """Yield what is drawn as one: each block for itself, or all together where they are too narrow to see."""
        widths = tuple(float(self.weights[row]) * unit for row in rows)
        if rows and sum(widths) < SEEN_APART * len(rows):
            yield Run(tuple(rows), widths)
        else:
            yield from (Run((row,), (width,)) for row, width in zip(rows, widths, strict=True))
