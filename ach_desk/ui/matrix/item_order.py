"""The orders in which items can be shown. An order is one function below; `_ORDERS` names them by column."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from ach_desk.model import EvidenceItem, EvidenceKind, Level
from ach_desk.model.spans import event_span
from ach_desk.model.values import step_of
from ach_desk.scoring.influence import influence
from ach_desk.ui.matrix.facts import Facts
from ach_desk.ui.matrix.wording import source_names

STANDING = ("diagnosticity", "influence")
"""The columns that give away what the ratings say."""

_RATING = "rating:"
_LEVELS = {Level.LOW: 0, Level.MEDIUM: 1, Level.HIGH: 2}
_KINDS = {kind: number for number, kind in enumerate(EvidenceKind)}
_DESCENDING_FIRST = ("credibility", "relevance", *STANDING, "flag", "entered", "marking")
_NUMBER = re.compile(r"\d+", re.ASCII)

Place = tuple[int, Any]
"""(0, what is compared), or (1 and more, None) for items that stand behind the others in either direction."""

_NOTHING: Place = (2, None)
_NOT_APPLICABLE: Place = (1, None)


@dataclass(frozen=True)
class SortKey:
    """One column to sort by: a column of the items, "label", "title", or the rating under a hypothesis."""

    column: str
    descending: bool = False


def rating_column(hypothesis: str) -> str:
    """Return the column that stands for the ratings under a hypothesis."""
    return _RATING + hypothesis


def hypothesis_of(column: str) -> str | None:
    """Return the id of the hypothesis whose ratings the column stands for; None for another column."""
    return column.removeprefix(_RATING) if column.startswith(_RATING) else None


def first_key(column: str) -> SortKey:
    """Return the key for a column chosen for the first time: what matters most on top."""
    return SortKey(column=column, descending=column in _DESCENDING_FIRST or column.startswith(_RATING))


def reversed_key(key: SortKey) -> SortKey:
    """Return the key for the same column the other way round."""
    return SortKey(column=key.column, descending=not key.descending)


def sorted_rows(rows: Sequence[int], keys: Sequence[SortKey], facts: Facts) -> list[int]:
    """Return rows of the assessment in the order of the keys; what they do not decide stays as it is.

    Items without a value stand last in both directions. A column that no longer exists decides nothing.
    """
    found = list(rows)
    for key in reversed(keys):
        place = _places(key.column, facts)
        if place is not None:
            found = _by_place(found, place, descending=key.descending)
    return found


def _by_place(rows: list[int], place: Callable[[int], Place], *, descending: bool) -> list[int]:
    places = {row: place(row) for row in rows}
    present = [row for row in rows if not places[row][0]]
    present.sort(key=lambda row: places[row][1], reverse=descending)
    absent = [row for row in rows if places[row][0]]
    return present + sorted(absent, key=lambda row: places[row][0])


def _places(column: str, facts: Facts) -> Callable[[int], Place] | None:
    items = facts.assessment.items
    hypothesis = hypothesis_of(column)
    if hypothesis is not None:
        return lambda row: _rating(items[row], hypothesis, facts)
    if column in STANDING:
        assessment = facts.assessment
        found = assessment.standing.diagnosticity if column == "diagnosticity" else influence(assessment)
        figures = found.tolist()
        return lambda row: _NOTHING if math.isnan(figures[row]) else (0, figures[row])
    if column == "group":
        places = {entry: place for place, group in enumerate(facts.analysis.groups.values()) for entry in group.items}
        return lambda row: (0, places[items[row].id]) if items[row].id in places else _NOTHING
    read = _ORDERS.get(column)
    return None if read is None else lambda row: read(items[row], facts)


def _rating(item: EvidenceItem, hypothesis: str, facts: Facts) -> Place:
    rating = facts.sheet.get(item.id, {}).get(hypothesis)
    if rating is None or rating.value is None:
        return _NOTHING
    return (0, step_of(rating.value)) if rating.value.is_on_scale else _NOT_APPLICABLE


def _alphabetical(text: str) -> Place:
    return (0, alphabetical(text)) if text else _NOTHING


def alphabetical(text: str) -> str:
    """Return what a text is compared by: capitals and accents do not count."""
    if text.isascii():
        return text.casefold()
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in apart if not unicodedata.combining(character))


def _numbered(label: str) -> Place:
    number = _NUMBER.search(label)
    return (0, (int(number[0]) if number and len(number[0]) < 19 else 0, label))


def _level(level: Level | None) -> Place:
    return _NOTHING if level is None else (0, _LEVELS[level])


def _date(date: str | None) -> Place:
    return (0, date) if date else _NOTHING


def _event(item: EvidenceItem) -> Place:
    """Place an item by the first day on which it may have happened, then by the last."""
    span = event_span(item)
    return (0, span) if span is not None else _NOTHING


def _coded(code: str) -> Place:
    """Place an item by the numbers in its code and the text between them: K2 before K10."""
    parts = re.split(r"(\d{1,18})", alphabetical(code), flags=re.ASCII)
    return (
        (0, [(int(part), "") if number % 2 else (0, part) for number, part in enumerate(parts)]) if code else _NOTHING
    )


def _marked(marking: str) -> Place:
    """Place an item by ladder and step; free markings stand together, by alphabet."""
    from ach_desk.model.marking import parse

    known = parse(marking)
    return (0, (known.ladder or "", known.level, alphabetical(marking))) if marking else _NOTHING


_ORDERS: dict[str, Callable[[EvidenceItem, Facts], Place]] = {
    "label": lambda item, _facts: _numbered(item.label),
    "title": lambda item, _facts: _alphabetical(item.title),
    "kind": lambda item, _facts: (0, _KINDS[item.kind]),
    "credibility": lambda item, _facts: _level(item.credibility),
    "relevance": lambda item, _facts: _level(item.relevance),
    "event_date": lambda item, _facts: _event(item),
    "learned_date": lambda item, _facts: _date(item.learned_date),
    "sources": lambda item, facts: _alphabetical(", ".join(source_names(item, facts.analysis))),
    "tags": lambda item, _facts: _alphabetical(", ".join(item.tags)),
    "flag": lambda item, _facts: (0, item.flag),
    "entered": lambda item, _facts: _date(item.entered),
    "code": lambda item, _facts: _coded(item.code),
    "marking": lambda item, _facts: _marked(item.marking),
}
