"""What a clean copy would be without, in lines for people; and names that somebody wrote into a text all the same.

Names in a text of its own cannot be told from other words, so no program takes them out: they are pointed out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from ach_desk.i18n import _, ngettext
from ach_desk.model.analysis import COLLECTIONS, Analysis
from ach_desk.model.clean_copy import BY, Cleaning, Part, is_path
from ach_desk.model.rating import Rating


def found(analysis: Analysis, part: Part) -> list[str]:
    """Return what a part holds in this analysis, a line for each thing; empty where there is nothing to take out."""
    return list(_FOUND[part](analysis))


def secret_names(analysis: Analysis, cleaning: Cleaning) -> list[str]:
    """Return the names that the copy is not to tell: of analysts and authors, and of withheld sources."""
    names: list[str] = []
    if Part.NAMES in cleaning.taken:
        names += [*(entry.name for entry in analysis.analysts.values()), *analysis.authors]
    if Part.SOURCES in cleaning.taken:
        names += [entry.name for entry in analysis.sources.values() if entry.withheld]
    return sorted({name.strip() for name in names if len(name.strip()) > 2})


def still_named(copy: Analysis, names: Collection[str]) -> list[tuple[str, str]]:
    """Return (name, where) for each of the names that a text of the copy still has, as a whole word."""
    wanted = [(name, re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)) for name in names]
    known = {copy.id, *(matrix.id for matrix in copy.matrices)}
    known = known.union(*(getattr(copy, name) for name in COLLECTIONS.values()))
    texts = [(where, text) for where, text in (_texts(copy) if wanted else ()) if text not in known]
    return [(name, where) for where, text in texts for name, pattern in wanted if pattern.search(text)]


def _texts(value: Any, where: str = "") -> Iterator[tuple[str, str]]:
    """Yield (label of the record, text) for every text."""
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, Rating):
        yield where, value.rationale
    elif isinstance(value, Mapping):
        for entry in value.values():
            yield from _texts(entry, where)
    elif isinstance(value, list | tuple):
        for entry in value:
            yield from _texts(entry, where)
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _texts(getattr(value, name), str(getattr(value, "label", "") or where))


def _named(records: Mapping[str, Any], when: Callable[[Any], bool] = lambda _record: True) -> Iterator[str]:
    """Yield label and title, or the text, of the records."""
    for record in records.values():
        if when(record):
            words = (getattr(record, name, "") for name in ("label", "title", "name", "text", "reason"))
            yield " ".join(filter(None, words))


def _history_found(analysis: Analysis) -> Iterator[str]:
    if analysis.trail:
        count = len(analysis.trail)
        yield ngettext("{count} edit", "{count} edits", count).format(count=count)
    yield from _named(analysis.snapshots)
    if analysis.created or any(rating.time for *_cell, rating in analysis.rating_cells()):
        yield _("When it was begun, entered and rated")


def _notes_found(analysis: Analysis) -> Iterator[str]:
    if analysis.handover is not None:
        yield analysis.handover.text
    yield from _fields_found(analysis, lambda name, value: name == "note" and bool(value))


def _fields_found(value: Any, is_meant: Callable[[str, Any], bool]) -> Iterator[str]:
    """Yield what is in fields that are meant, wherever they are."""
    if isinstance(value, Mapping):
        value = value.values()
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            entry = getattr(value, name)
            if is_meant(name, entry):
                yield str(entry)
            elif not isinstance(entry, str):
                yield from _fields_found(entry, is_meant)
        return
    elif not isinstance(value, list | tuple):
        return
    for entry in value:
        if not isinstance(entry, str | Rating):
            yield from _fields_found(entry, is_meant)


def _names_found(analysis: Analysis) -> Iterator[str]:
    for analyst in analysis.analysts.values():
        yield ", ".join(filter(None, (analyst.name, analyst.initials, analyst.role, analyst.time_zone)))
    yield from analysis.authors
    people = _fields_found(analysis, lambda name, value: name in BY and bool(value) and value not in analysis.analysts)
    yield from sorted(set(people))


def _paths_found(analysis: Analysis) -> Iterator[str]:
    for item in analysis.evidence.values():
        yield from (entry.path for entry in item.attachments)
    yield from _fields_found(analysis, lambda name, value: name == "link" and is_path(value))


def _unknown_found(value: Any) -> Iterator[str]:
    extra = value.extra if isinstance(value, Rating) else getattr(value, "__pydantic_extra__", None)
    yield from (extra or {})
    if isinstance(value, Mapping):
        value = value.values()
    elif isinstance(value, BaseModel):
        value = [getattr(value, name) for name in type(value).model_fields]
    if not isinstance(value, str | Rating) and hasattr(value, "__iter__"):
        for entry in value:
            yield from _unknown_found(entry)


def _aside_found(analysis: Analysis) -> Iterator[str]:
    yield from _named(analysis.evidence, lambda entry: not entry.is_counted)
    yield from _named(analysis.findings_set_aside)


def _remarks_found(analysis: Analysis) -> Iterator[str]:
    for records in (analysis.remarks, analysis.challenges, analysis.cases):
        yield from _named(records)


def _estimates_found(analysis: Analysis) -> Iterator[str]:
    if count := len(analysis.estimates):
        yield ngettext("{count} estimate", "{count} estimates", count).format(count=count)
    if count := len(analysis.rounds):
        yield ngettext("{count} round", "{count} rounds", count).format(count=count)
    if count := len(analysis.retests):
        yield ngettext("{count} second rating", "{count} second ratings", count).format(count=count)


_FOUND: dict[Part, Callable[[Analysis], Iterator[str]]] = {
    Part.HISTORY: _history_found,
    Part.NOTES: _notes_found,
    Part.NAMES: _names_found,
    Part.PATHS: _paths_found,
    Part.REJECTED: lambda analysis: _named(analysis.hypotheses, lambda entry: not entry.is_active),
    Part.ASIDE: _aside_found,
    Part.SOURCES: lambda analysis: _named(analysis.sources, lambda entry: entry.withheld),
    Part.REMARKS: _remarks_found,
    Part.ESTIMATES: _estimates_found,
    Part.UNKNOWN: lambda analysis: iter(sorted(set(_unknown_found(analysis.model_copy(update={"trail": []}))))),
}
