"""Which records of another analysis are the same as records here: by their ids, else by their words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ach_desk.commands.command import axis_order, collection_of
from ach_desk.i18n import _, join_words
from ach_desk.model import Analysis, Matrix

_KINDS = ("source", "hypothesis", "evidence")
_NAMES = {"source": "name", "hypothesis": "title", "evidence": "title"}
_COMPARED = {
    "hypothesis": ("statement", "note", "status"),
    "evidence": ("detail", "kind", "event_date", "credibility", "relevance", "link", "code", "note", "status"),
    "source": ("kind", "link", "reliability", "note"),
}


@dataclass(frozen=True)
class Matches:
    """ids: id there -> id here, for what is known. new: by kind, what is not. kept, changed: sentences."""

    ids: Mapping[str, str]
    new: Mapping[str, list[Any]]
    kept: tuple[str, ...]
    changed: tuple[str, ...]


def matches_of(analysis: Analysis, incoming: Analysis, into: Matrix | None, analyst: str) -> Matches:
    """Return which sources, hypotheses, items and analysts of `incoming` are records of `analysis`.

    By id, else by name or title, letter case and space aside, where that is one record only: of the matrix `into`
    where there is one. The only analyst of a file, unless known by name, is `analyst` (an id).
    """
    ids: dict[str, str] = {}
    new: dict[str, list[Any]] = {}
    kept: list[str] = []
    for kind in _KINDS:
        known = _known(analysis, kind, into)
        taken: set[str] = set()
        for record in collection_of(incoming, kind).values():
            match = _match(collection_of(analysis, kind), known, record, _NAMES[kind])
            if match is None or match in taken:
                new.setdefault(kind, []).append(record)
                continue
            taken.add(match)
            ids[record.id] = match
            kept += _differences(collection_of(analysis, kind)[match], record, kind)
    changed = _match_analysts(analysis, incoming, analyst, ids, new)
    return Matches(ids, new, tuple(kept), tuple(filter(None, [changed])))


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def _known(analysis: Analysis, kind: str, into: Matrix | None) -> dict[str, list[str]]:
    """Return the ids by name or title of what words may match."""
    records = collection_of(analysis, kind)
    among: Iterable[str] = records
    if into is not None and kind != "source":
        among = (entry for entry in axis_order(into, kind) if entry in records)
    found: dict[str, list[str]] = {}
    for entry in among:
        found.setdefault(_folded(getattr(records[entry], _NAMES[kind])), []).append(entry)
    return found


def _match(records: Mapping[str, Any], known: Mapping[str, list[str]], record: Any, name: str) -> str | None:
    if record.id in records:
        return record.id
    words = _folded(getattr(record, name))
    found = known.get(words, []) if words else []
    return found[0] if len(found) == 1 else None


def _differences(mine: Any, theirs: Any, kind: str) -> Iterable[str]:
    """Yield a sentence when the file says of a known record something else than the record itself."""
    own = _NAMES[kind]
    names = [own] if _folded(getattr(mine, own)) != _folded(getattr(theirs, own)) else []
    names += _COMPARED[kind]
    empty = type(theirs).model_fields
    other = [
        name.replace("_", " ")
        for name in names
        if (value := getattr(theirs, name)) != getattr(mine, name) and value != empty[name].default and value
    ]
    if other:
        text = _("{name} keeps what it has; left out: {parts}.")
        yield text.format(name=mine.label, parts=join_words(other))


def _match_analysts(
    analysis: Analysis, incoming: Analysis, analyst: str, ids: dict[str, str], new: dict[str, list[Any]]
) -> str:
    """Match the analysts; return a sentence where somebody's ratings become those of `analyst`."""
    names = {_folded(entry.name): entry.id for entry in analysis.analysts.values()}
    rating = {key for matrix in incoming.matrices for key, sheet in matrix.sheets.items() if sheet}
    said = ""
    for entry in incoming.analysts.values():
        match = entry.id if entry.id in analysis.analysts else names.get(_folded(entry.name))
        alone = rating == {entry.id} or (not rating and len(incoming.analysts) == 1)
        if match is None and alone and analyst in analysis.analysts:
            match = analyst
            if _folded(entry.name) != _folded(_("Analyst {number}").format(number=1)):
                text = _("The ratings of {theirs} are entered as those of {mine}.")
                said = text.format(theirs=entry.name, mine=analysis.analysts[analyst].name)
        if match is None:
            new.setdefault("analyst", []).append(entry)
        else:
            ids[entry.id] = match
    return said
