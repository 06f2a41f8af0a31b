"""Which items a filter lets through. A condition is one function below; `_CONDITIONS` lists them all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from operator import attrgetter
from typing import Literal

import numpy as np

from ach_desk.model import EvidenceItem, EvidenceKind, Rating
from ach_desk.model.spans import Span, event_span, learned_span, span_of
from ach_desk.model.values import PartialDate
from ach_desk.scoring import dependence, suspicion
from ach_desk.ui.matrix.facts import Facts

Day = PartialDate | Literal[""]
Period = tuple[Day, Day]
"""The first and the last day, as 2023-06-23; "" for no beginning or no end."""

ANY_TIME: Period = ("", "")
NONE = ""
"""Among tags, sources, codes or markings: items without any."""


@dataclass(frozen=True)
class ItemFilter:
    """What an item must be to be shown; every condition that is set must hold, and one of the values in a set.

    suspect: suspected of being deceptive, or resting on suspected sources alone.
    separates: True for items that tell the hypotheses apart, False for those rated alike under all of them.
    changed_since: a date (2023, 2023-06 or 2023-06-23) since which the item was entered or one of its cells rated.
    happened, learned: the days in which that lies, or may lie where it is not known exactly.
    """

    text: str = ""
    kinds: frozenset[EvidenceKind] = frozenset()
    tags: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    codes: frozenset[str] = frozenset()
    markings: frozenset[str] = frozenset()
    unrated: bool = False
    separates: bool | None = None
    flagged: bool = False
    counted: bool | None = None
    changed_since: str = ""
    happened: Period = ANY_TIME
    learned: Period = ANY_TIME
    suspect: bool = False

    @property
    def is_empty(self) -> bool:
        """Return whether every item is let through."""
        return self == ItemFilter()

    def within(self, happened: Period | None = None, learned: Period | None = None) -> ItemFilter:
        """Return the same filter with other days; None leaves those it has."""
        return replace(
            self,
            happened=self.happened if happened is None else happened,
            learned=self.learned if learned is None else learned,
        )


_TEXTS = attrgetter(
    *("label", "title", "detail", "heading", "note", "status_reason"),
    *("quotation", "page", "link", "code", "event_words", "marking"),
)
Test = Callable[[int], bool]
Condition = Callable[[ItemFilter, Facts], Test | None]


def matching_rows(wanted: ItemFilter, facts: Facts) -> list[int]:
    """Return the rows of the assessment whose items the filter lets through."""
    rows = list(range(len(facts.assessment.items)))
    for condition in _CONDITIONS:
        test = condition(wanted, facts)
        if test is not None:
            rows = [row for row in rows if test(row)]
    return rows


def _of_items(test: Callable[[EvidenceItem], bool], facts: Facts) -> Test:
    items = facts.assessment.items
    return lambda row: test(items[row])


def _ratings(item: EvidenceItem, facts: Facts) -> Iterator[Rating]:
    return iter(facts.sheet.get(item.id, {}).values())


def _kinds(wanted: ItemFilter, facts: Facts) -> Test | None:
    return _of_items(lambda item: item.kind in wanted.kinds, facts) if wanted.kinds else None


def _tags(wanted: ItemFilter, facts: Facts) -> Test | None:
    return _of_items(lambda item: _any_of(item.tags, wanted.tags), facts) if wanted.tags else None


def _sources(wanted: ItemFilter, facts: Facts) -> Test | None:
    if not wanted.sources:
        return None
    return _of_items(lambda item: _any_of([use.source for use in item.citations], wanted.sources), facts)


def _groups(wanted: ItemFilter, facts: Facts) -> Test | None:
    if not wanted.groups:
        return None
    of_item = dependence.group_of_items(facts.analysis.groups.values())
    return _of_items(lambda item: (of_item[item.id].id if item.id in of_item else NONE) in wanted.groups, facts)


def _codes(wanted: ItemFilter, facts: Facts) -> Test | None:
    return _of_items(lambda item: item.code in wanted.codes, facts) if wanted.codes else None


def _markings(wanted: ItemFilter, facts: Facts) -> Test | None:
    return _of_items(lambda item: item.marking in wanted.markings, facts) if wanted.markings else None


def _any_of(values: list[str] | tuple[str, ...], wanted: frozenset[str]) -> bool:
    return not wanted.isdisjoint(values or (NONE,))


def _flagged(wanted: ItemFilter, facts: Facts) -> Test | None:
    return _of_items(lambda item: item.flag, facts) if wanted.flagged else None


def _suspect(wanted: ItemFilter, facts: Facts) -> Test | None:
    if not wanted.suspect:
        return None
    found = {item.id for item in suspicion.suspects(facts.analysis, facts.assessment.items)}
    return _of_items(lambda item: item.id in found, facts)


def _counted(wanted: ItemFilter, facts: Facts) -> Test | None:
    return None if wanted.counted is None else _of_items(lambda item: item.is_counted == wanted.counted, facts)


def _unrated(wanted: ItemFilter, facts: Facts) -> Test | None:
    """Let items through with a cell that would be scored and is not rated."""
    table = facts.assessment.table
    open_rows = (table.codes[:, table.active] == 0).any(axis=1) & table.counted
    return open_rows.tolist().__getitem__ if wanted.unrated else None


def _separates(wanted: ItemFilter, facts: Facts) -> Test | None:
    if wanted.separates is None:
        return None
    table, spread = facts.assessment.table, facts.assessment.standing.diagnosticity
    complete = ~(table.codes[:, table.active] == 0).any(axis=1)
    found = np.nan_to_num(spread) > 0 if wanted.separates else (spread == 0.0) & complete
    return found.tolist().__getitem__


def _changed_since(wanted: ItemFilter, facts: Facts) -> Test | None:
    since = wanted.changed_since
    if not since:
        return None
    return _of_items(lambda item: any(time >= since for time in change_times(item, facts)), facts)


def change_times(item: EvidenceItem, facts: Facts) -> Iterator[str]:
    """Yield the moments at which an item changed: entered, a cell rated. What else changes it is added here."""
    if item.entered:
        yield item.entered
    for rating in _ratings(item, facts):
        if rating.time:
            yield rating.time


def _happened(wanted: ItemFilter, facts: Facts) -> Test | None:
    return _in_period(wanted.happened, event_span, facts)


def _learned(wanted: ItemFilter, facts: Facts) -> Test | None:
    return _in_period(wanted.learned, learned_span, facts)


def _in_period(period: Period, read: Callable[[EvidenceItem], Span | None], facts: Facts) -> Test | None:
    """Let items through with a date that touches the period; those without a date are in none."""
    if period == ANY_TIME:
        return None
    first, last = period
    days = Span(span_of(first).first if first else 0, span_of(last).last if last else date.max.toordinal())
    return _of_items(lambda item: (span := read(item)) is not None and span.touches(days), facts)


def _text(wanted: ItemFilter, facts: Facts) -> Test | None:
    text = wanted.text.strip().casefold()
    if not text:
        return None
    sources = {source.id for source in facts.analysis.sources.values() if text in source.name.casefold()}
    return _of_items(lambda item: _says(item, facts, text, sources), facts)


def _says(item: EvidenceItem, facts: Facts, text: str, sources: set[str]) -> bool:
    """Return whether `text` is in an item, in a rationale of its cells, or in the name of one of these `sources`."""
    if text in "\n".join(_TEXTS(item)).casefold() or (item.tags and text in "\n".join(item.tags).casefold()):
        return True
    if sources and any(citation.source in sources for citation in item.citations):
        return True
    return any(rating.rationale and text in rating.rationale.casefold() for rating in _ratings(item, facts))


# The quickest first, so that the slow ones have less to look at.
_CONDITIONS: tuple[Condition, ...] = (
    _unrated,
    _separates,
    _counted,
    _flagged,
    _suspect,
    _kinds,
    _tags,
    _sources,
    _groups,
    _happened,
    _learned,
    _codes,
    _markings,
    _changed_since,
    _text,
)
