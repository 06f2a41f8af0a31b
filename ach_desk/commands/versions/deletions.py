"""What one version deleted: gone, unless the other one worked on it, which is asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ach_desk.commands.versions.conflicts import MISSING, Asked, Conflict, Side, Sort
from ach_desk.model import COLLECTIONS, Analysis, DependenceGroup, EvidenceItem, Hypothesis, Matrix

_REFERRED = ("evidence", "hypothesis", "source", "analyst")
_OF_ANALYSTS = ("estimate", "retest")


@dataclass
class Deletions:
    """Ids of what goes, and of what stays although one side deleted it, by kind ("matrix" among them)."""

    gone: dict[str, set[str]] = field(default_factory=dict)
    kept: dict[str, set[str]] = field(default_factory=dict)

    @property
    def all_kept(self) -> frozenset[str]:
        """Return the ids of all that stays."""
        return frozenset(entry for ids in self.kept.values() for entry in ids)


def deletions(base: Analysis, ours: Analysis, theirs: Analysis, asked: Asked) -> Deletions:
    """Return what was deleted since `base` and what becomes of it; a deletion against an edit is asked."""
    found = Deletions()
    for kind in (*COLLECTIONS, "matrix"):
        was, mine, other = (_records(side, kind) for side in (base, ours, theirs))
        missing = [entry for entry in was if entry not in mine or entry not in other]
        if not missing:
            continue
        touched = {
            side: _referred(analysis, kind, missing) if kind in _REFERRED else {}
            for side, analysis in ((None, base), (Side.OURS, ours), (Side.THEIRS, theirs))
        }
        for entry in missing:
            if entry not in mine and entry not in other:
                found.gone.setdefault(kind, set()).add(entry)
                continue
            left, by = (ours, Side.THEIRS) if entry in mine else (theirs, Side.OURS)
            more = touched[Side.OURS if left is ours else Side.THEIRS].get(entry, {})
            edited = _records(left, kind)[entry] != was[entry] or _has_more(touched[None].get(entry, {}), more)
            goes = not edited or asked.settle(_conflict(kind, entry, was, mine, other)) is by
            goes = goes and not _is_of(found.kept, kind, was[entry])
            (found.gone if goes else found.kept).setdefault(kind, set()).add(entry)
    for kind in _OF_ANALYSTS if found.gone.get("analyst") else ():
        every = {**_records(ours, kind), **_records(theirs, kind)}
        found.gone.setdefault(kind, set()).update(key for key, one in every.items() if _is_of(found.gone, kind, one))
    return found


def _is_of(analysts: Mapping[str, set[str]], kind: str, record: Any) -> bool:
    """Return whether a record is what one of these analysts stated, and so stays or goes with them."""
    return kind in _OF_ANALYSTS and record.analyst in analysts.get("analyst", ())


def _conflict(kind: str, entry: str, was: Mapping[str, Any], ours: Mapping[str, Any], theirs: Mapping[str, Any]):
    sides = (side.get(entry, MISSING) for side in (was, ours, theirs))
    base, mine, other = sides
    return Conflict(Sort.DELETION, kind, entry, base=base, ours=mine, theirs=other)


def _records(analysis: Analysis, kind: str) -> Mapping[str, Any]:
    if kind == "matrix":
        return {matrix.id: matrix for matrix in analysis.matrices}
    return getattr(analysis, COLLECTIONS[kind])


def _has_more(before: Mapping[Any, Any], now: Mapping[Any, Any]) -> bool:
    """Return whether something refers to it, or rates it, that did not, or not so; what went keeps nothing."""
    return any(key not in before or before[key] != value for key, value in now.items())


def _referred(analysis: Analysis, kind: str, ids: list[str]) -> dict[str, dict[Any, Any]]:
    """Return id -> what refers to each of `ids` and how: ratings, the matrices it stands in, links of records."""
    found: dict[str, dict[Any, Any]] = {entry: {} for entry in ids}
    for matrix in analysis.matrices:
        for key, entry, value in _in_matrix(matrix, kind, ids):
            found[entry][(matrix.id, *key)] = value
    for name in _OF_ANALYSTS if kind == "analyst" else ():
        for record in _records(analysis, name).values():
            if record.analyst in found:
                found[record.analyst][name, record.id] = record
    for record in (*analysis.evidence.values(), *analysis.hypotheses.values(), *analysis.groups.values()):
        for entry in _links(record, kind):
            if entry in found and entry != record.id:
                found[entry]["link", record.id] = True
    return found


def _in_matrix(matrix: Matrix, kind: str, ids: list[str]) -> Iterator[tuple[tuple[str, ...], str, Any]]:
    wanted = set(ids)
    order = {"evidence": matrix.evidence, "hypothesis": matrix.hypotheses}.get(kind, [])
    for entry in wanted.intersection(order):
        yield ("stands",), entry, True
    for analyst, sheet in matrix.sheets.items():
        if kind == "analyst" and analyst in wanted:
            yield ("sheet",), analyst, sheet
        if kind == "evidence":
            for entry in wanted.intersection(sheet):
                for hypothesis, rating in sheet[entry].items():
                    yield (analyst, hypothesis), entry, rating
        if kind == "hypothesis":
            for item, row in sheet.items():
                for entry in wanted.intersection(row):
                    yield (analyst, item), entry, row[entry]


def _links(record: EvidenceItem | Hypothesis | DependenceGroup, kind: str) -> Iterator[str]:
    if kind == "source" and isinstance(record, EvidenceItem):
        yield from (citation.source for citation in record.citations)
    elif kind == "evidence" and isinstance(record, EvidenceItem):
        yield from record.rests_on
        if record.twin:
            yield record.twin
    elif kind == "evidence" and isinstance(record, DependenceGroup):
        yield from record.items
    elif kind == "hypothesis" and isinstance(record, Hypothesis):
        yield from record.combines
        yield from (relation.other for relation in record.relations)
        if record.parent:
            yield record.parent
