"""A clean copy: the analysis without what is not meant for those who get it. Each part that goes is a choice.

What is taken out is gone from the copy, not hidden in it. The trail tells all that ever was, so it stays only where
nothing else goes. What each part holds is found by `clean_found`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from pydantic import BaseModel

from ach_desk.i18n import _
from ach_desk.model.analysis import COLLECTIONS, Analysis
from ach_desk.model.ids import new_id
from ach_desk.model.public import public
from ach_desk.model.rating import Rating
from ach_desk.model.records import Analyst

Field = Callable[[BaseModel, str, Any], Any]
"""Given a record, the name of one of its fields and what is in it, returns what the copy has there."""


class Part(StrEnum):
    """What can go, by its name on the command line, in the order in which it is offered."""

    HISTORY = "history"
    NOTES = "notes"
    NAMES = "names"
    PATHS = "paths"
    REJECTED = "rejected"
    ASIDE = "aside"
    SOURCES = "sources"
    REMARKS = "remarks"
    ESTIMATES = "estimates"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Cleaning:
    """What is taken out; new_ids: nothing in the copy can be traced to the original by its ids."""

    parts: frozenset[Part] = frozenset(Part)
    new_ids: bool = False

    @property
    def taken(self) -> frozenset[Part]:
        """Return what goes: with any other part also the history, which would tell of it."""
        return self.parts | {Part.HISTORY} if self.parts or self.new_ids else self.parts


def part_word(part: Part) -> str:
    """Return what a part is called."""
    return {
        Part.HISTORY: _("History: every edit, frozen states, times"),
        Part.NOTES: _("Notes, and what was written into checklists"),
        Part.NAMES: _("Names of analysts, authors and owners"),
        Part.PATHS: _("Attached files and paths"),
        Part.REJECTED: _("Rejected hypotheses"),
        Part.ASIDE: _("Items and findings set aside, and what waits unsorted"),
        Part.SOURCES: _("Withheld sources: only the public description stays"),
        Part.REMARKS: _("Remarks, challenges and best cases"),
        Part.ESTIMATES: _("Estimates, rounds and second ratings of each analyst"),
        Part.UNKNOWN: _("Fields of other programs and later versions"),
    }[part]


def cleaned(analysis: Analysis, cleaning: Cleaning) -> Analysis:
    """Return the copy; the analysis is not touched. What is scored stays as it is, but for rejected hypotheses."""
    parts = cleaning.taken
    copy = public(analysis).snapshot() if Part.SOURCES in parts else analysis.snapshot()
    if Part.HISTORY in parts:
        _drop_history(copy)
    if Part.REMARKS in parts:
        copy.remarks, copy.challenges, copy.cases = {}, {}, {}
    if Part.ESTIMATES in parts:
        copy.estimates, copy.rounds, copy.retests = {}, {}, {}
    gone = _gone(copy, parts)
    if Part.ASIDE in parts:
        copy.findings_set_aside = {}
    if gone:
        copy = _without(copy, gone)
    if Part.NOTES in parts:
        copy.handover = None
    copy = _each_field(copy, _changes(copy, parts))
    if Part.UNKNOWN in parts:
        copy = _known_only(copy)
    return _renewed(copy) if cleaning.new_ids else copy


def _drop_history(copy: Analysis) -> None:
    copy.trail, copy.snapshots, copy.created = [], {}, None
    for matrix in copy.matrices:
        for sheet in matrix.sheets.values():
            for item, row in sheet.items():
                sheet[item] = {hypothesis: replace(rating, time=None) for hypothesis, rating in row.items()}


_TIMES = frozenset({"entered", "created", "added", "time"})
_NAMELESS = {"initials": "", "role": "", "time_zone": ""}
BY = frozenset({"by", "answered_by", "resolved_by", "revealed_by", "owner"})
"""Fields with the id or the name of a person."""


def _changes(copy: Analysis, parts: Collection[Part]) -> Field:
    """Return what becomes of each single field."""
    names = _new_names(copy)
    told = {analyst.name: names[analyst.id] for analyst in copy.analysts.values()}

    def field(record: BaseModel, name: str, value: Any) -> Any:
        if Part.NAMES in parts and isinstance(record, Analyst):
            return {**_NAMELESS, "name": names[record.id]}.get(name, value)
        if name in _TIMES and Part.HISTORY in parts and not type(record).model_fields[name].is_required():
            return None
        if name == "note" and Part.NOTES in parts:
            return ""
        if name in BY and Part.NAMES in parts:
            return value if value in copy.analysts else told.get(value, "")
        if name == "authors" and Part.NAMES in parts:
            return ()
        if name == "attachments" and Part.PATHS in parts:
            return ()
        return "" if name == "link" and Part.PATHS in parts and is_path(value) else value

    return field


def _new_names(analysis: Analysis) -> dict[str, str]:
    return {key: _("Analyst {number}").format(number=at) for at, key in enumerate(analysis.analysts, start=1)}


def is_path(link: str) -> bool:
    """Return whether a link leads to a place on a machine and not to the web."""
    text = link.strip()
    return (
        text.lower().startswith(("file:", "/", "~", "\\")) or re.match(r"[A-Za-z]:[\\/]|\.{1,2}[\\/]", text) is not None
    )


def _gone(analysis: Analysis, parts: Collection[Part]) -> set[str]:
    """Return the ids of the hypotheses and items that are not in the copy."""
    gone = set[str]()
    if Part.REJECTED in parts:
        gone |= {entry.id for entry in analysis.hypotheses.values() if not entry.is_active}
    if Part.ASIDE in parts:
        gone |= {entry.id for entry in analysis.evidence.values() if not entry.is_counted}
    return gone


_LINKS = frozenset({"twin", "parent", "record", "item", "answers", "round"})
"""Fields that name another record by the way; their record stays when that one goes."""

_DROPPED: Any = object()


def _without(value: Any, gone: Collection[str]) -> Any:
    """Return the value without the records that are gone and everything that was only about them."""
    if isinstance(value, str):
        return _DROPPED if value in gone else value
    if isinstance(value, Rating):
        return replace(value, rests_on=tuple(entry for entry in value.rests_on if entry not in gone))
    if isinstance(value, Mapping):
        kept = ((key, _without(entry, gone)) for key, entry in value.items() if key not in gone)
        return {key: entry for key, entry in kept if entry is not _DROPPED}
    if isinstance(value, list | tuple) and not hasattr(value, "_fields"):
        return type(value)(entry for entry in (_without(one, gone) for one in value) if entry is not _DROPPED)
    if not isinstance(value, BaseModel):
        return value
    update = dict[str, Any]()
    for name in type(value).model_fields:
        old = getattr(value, name)
        new = _without(old, gone)
        if new is _DROPPED and name not in _LINKS:
            return _DROPPED
        if new is not old:
            update[name] = None if new is _DROPPED else new
    if update.get("twin", "") is None:
        update["reading"] = None
    return value.model_copy(update=update)


def _each_field(value: Any, change: Field) -> Any:
    """Return the value with `change` made in every field of every record in it."""
    if isinstance(value, Mapping):
        return {key: _each_field(entry, change) for key, entry in value.items()}
    if isinstance(value, list | tuple) and not hasattr(value, "_fields"):
        return type(value)(_each_field(entry, change) for entry in value)
    if not isinstance(value, BaseModel):
        return value
    update = dict[str, Any]()
    for name in type(value).model_fields:
        old = getattr(value, name)
        new = change(value, name, _each_field(old, change))
        if new is not old:
            update[name] = new
    return value.model_copy(update=update)


def _known_only(value: Any) -> Any:
    """Return the value without the fields that the program does not know."""
    if isinstance(value, Rating):
        return replace(value, extra={}) if value.extra else value
    if isinstance(value, Mapping):
        return {key: _known_only(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple) and not hasattr(value, "_fields"):
        return type(value)(_known_only(entry) for entry in value)
    if not isinstance(value, BaseModel):
        return value
    fields = {name: _known_only(getattr(value, name)) for name in type(value).model_fields}
    return type(value).model_construct(value.model_fields_set & fields.keys(), **fields)


def _renewed(analysis: Analysis) -> Analysis:
    """Return the analysis with another id for every record, and for itself."""
    old = {analysis.id, *(matrix.id for matrix in analysis.matrices)}
    for name in COLLECTIONS.values():
        old |= getattr(analysis, name).keys()
    if analysis.handover is not None:
        old.add(analysis.handover.id)
    return _with_ids(analysis, {entry: new_id() for entry in old})


_IDS = frozenset({"label", "title", "name", "text"})
"""Fields of words, which are never taken for an id."""


def _with_ids(value: Any, new: Mapping[str, str], name: str = "") -> Any:
    if isinstance(value, str):
        return value if name in _IDS else new.get(value, value)
    if isinstance(value, Rating):
        return replace(value, rests_on=tuple(new.get(entry, entry) for entry in value.rests_on))
    if isinstance(value, Mapping):
        return {new.get(key, key): _with_ids(entry, new) for key, entry in value.items()}
    if isinstance(value, list | tuple) and not hasattr(value, "_fields"):
        return type(value)(_with_ids(entry, new) for entry in value)
    if not isinstance(value, BaseModel):
        return value
    fields = type(value).model_fields
    return value.model_copy(update={field: _with_ids(getattr(value, field), new, field) for field in fields})
