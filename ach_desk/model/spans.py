"""Dates as stretches of days: what is known to the month or year is as long as that. Days are ordinals."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from ach_desk.model.evidence import EvidenceItem

_MOST_DAYS_UNSURE = 62


class Span(NamedTuple):
    """The first and the last day of something, both included, as `date.toordinal` counts them."""

    first: int
    last: int

    @property
    def is_day(self) -> bool:
        """Return whether it is one exact day."""
        return self.first == self.last

    def touches(self, other: Span) -> bool:
        """Return whether the two have a day in common."""
        return self.first <= other.last and other.first <= self.last


@lru_cache(maxsize=16_384)
def span_of(partial: str) -> Span:
    """Return the days that a date written as 2023, 2023-06 or 2023-06-23 stands for; ValueError for another text."""
    year, month, day = (int(part) if part else 0 for part in (partial[:4], partial[5:7], partial[8:10]))
    first = date(year, month or 1, day or 1)
    if day:
        return Span(first.toordinal(), first.toordinal())
    last = date(year, month or 12, monthrange(year, month or 12)[1])
    return Span(first.toordinal(), last.toordinal())


def event_span(item: EvidenceItem) -> Span | None:
    """Return when what an item reports happened; None when no date is set.

    An end before the beginning, which a damaged file may have, counts as no end.
    """
    if item.event_date is None:
        return None
    start = span_of(item.event_date)
    return start if item.event_end is None else Span(start.first, max(start.last, span_of(item.event_end).last))


def learned_span(item: EvidenceItem) -> Span | None:
    """Return when the analyst could first know an item; None when no date is set."""
    return None if item.learned_date is None else span_of(item.learned_date)


def day_text(day: int) -> str:
    """Return a day as the file writes it: 2023-06-23."""
    return date.fromordinal(min(max(day, 1), date.max.toordinal())).isoformat()


def closely_known(spans: Iterable[Span]) -> list[Span]:
    """Return those of the spans that are at most a month or two long; all where there are none.

    They decide how time is shown: one date known to the year alone would squash all others.
    """
    every = list(spans)
    return [span for span in every if span.last - span.first <= _MOST_DAYS_UNSURE] or every


def words_of(start: str | None, end: str | None, said: str) -> str:
    """Return a date as it is typed: the words it was said in, else 2023-06-10 or 2023-06-10..2023-06-24."""
    return said or "..".join(part for part in (start, end) if part)
