"""From days to places and back, and the days at which an axis of time has lines. Plain numbers; nothing is drawn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ach_desk.model.spans import Span, closely_known

_LEAST_PERIOD = 1.0
_FIRST_DAY, _LAST_DAY = float(date.min.toordinal()), float(date.max.toordinal())
_PAD = 0.04
_STEPS_OF_DAYS = (1, 2, 7, 14)
_STEPS_OF_MONTHS = (1, 2, 3, 6)
_STEPS_OF_YEARS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000)
_DAYS_A_MONTH, _DAYS_A_YEAR = 30.4, 365.25
BIN_DAYS = (1, 2, 7, 14, 28, 91, 182, 365, 1826, 3652, 36525)


class Tick(NamedTuple):
    """A line of the axis: its day and the text under it."""

    day: int
    text: str


class Bin(NamedTuple):
    """A stretch of days, both ends included, with how many items begin in it and how many of them stand out."""

    first: int
    last: int
    number: int
    strong: int


def whole_period(spans: Sequence[Span]) -> tuple[float, float]:
    """Return from when to when all of these stretch, with some room, as far as they are known to the month or so."""
    known = closely_known(spans)
    first, last = min(span.first for span in known), max(span.last for span in known) + 1
    room = max(_PAD * (last - first), 0.5)
    return within_time(first - room, last + room)


def within_time(start: float, end: float) -> tuple[float, float]:
    """Return the period moved and cut so that it lies within the days there are, and is not shorter than a day."""
    length = min(max(end - start, _LEAST_PERIOD), _LAST_DAY - _FIRST_DAY)
    middle = (start + end) / 2
    start = min(max(middle - length / 2, _FIRST_DAY), _LAST_DAY - length)
    return start, start + length


def ticks(start: float, end: float, most: int) -> list[Tick]:
    """Return the lines of an axis between two moments: days, months or years, at most `most` of them or few more."""
    length, most = end - start, max(most, 1)
    for step in _STEPS_OF_DAYS:
        if length / step <= most:
            return [Tick(day, date.fromordinal(day).isoformat()) for day in _days(start, end, step)]
    for step in _STEPS_OF_MONTHS:
        if length / (_DAYS_A_MONTH * step) <= most:
            return [Tick(day, date.fromordinal(day).isoformat()[:7]) for day in _months(start, end, step)]
    fitting = (step for step in _STEPS_OF_YEARS if length / (_DAYS_A_YEAR * step) <= most)
    step = next(fitting, _STEPS_OF_YEARS[-1])
    return [Tick(day, date.fromordinal(day).isoformat()[:4]) for day in _months(start, end, 12 * step)]


def _days(start: float, end: float, step: int) -> range:
    first = int(np.ceil(start))
    return range(first + -first % step, int(np.floor(end)) + 1, step)


def _months(start: float, end: float, step: int) -> Iterator[int]:
    """Yield the first days of every `step`-th month, counted from year 0."""
    first = date.fromordinal(int(np.floor(start)))
    number = first.year * 12 + first.month - 1
    number -= number % step
    while (year := number // 12) <= date.max.year:
        if year >= date.min.year:
            day = date(year, number % 12 + 1, 1).toordinal()
            if day > end:
                return
            if day >= start:
                yield day
        number += step


def bins(firsts: NDArray[np.int64], strong: NDArray[np.bool_], start: float, end: float, most: int) -> list[Bin]:
    """Return how many of the days fall into each of at most `most` equal stretches, without the empty ones.

    A day before the start, which belongs to something that lasts until then, counts as the first one.
    """
    length = end - start
    step = next((days for days in BIN_DAYS if length / days <= most), BIN_DAYS[-1])
    numbers = np.maximum(firsts, int(np.floor(start))) // step
    found, where, counts = np.unique(numbers, return_inverse=True, return_counts=True)
    standing_out = np.bincount(where, strong, len(found)).astype(int)
    return [
        Bin(int(number) * step, int(number) * step + step - 1, int(count), int(dark))
        for number, count, dark in zip(found, counts, standing_out, strict=True)
    ]


def lanes(extents: Sequence[tuple[float, float]], gap: float) -> list[int]:
    """Return for each (left, right) the number of the line it is put on, so that none meet on a line.

    Each goes on the topmost line that is free where it begins, in the order of their beginnings.
    """
    ends: list[float] = []
    found = [0] * len(extents)
    for number in sorted(range(len(extents)), key=lambda number: extents[number]):
        left, right = extents[number]
        lane = next((lane for lane, end in enumerate(ends) if end + gap <= left), len(ends))
        if lane == len(ends):
            ends.append(right)
        ends[lane] = right
        found[number] = lane
    return found
