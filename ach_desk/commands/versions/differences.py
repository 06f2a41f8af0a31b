"""What tells two states of an analysis apart, record by record and cell by cell, as data for scripts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ach_desk.commands.trail import json_of
from ach_desk.model import COLLECTIONS, Analysis, Matrix, Rating
from ach_desk.model.analysis import OwnFields

_ADDED, _REMOVED, _CHANGED = "added", "removed", "changed"
_APART = ("hypotheses", "evidence", "sheets", "id")


def differences(before: Analysis, after: Analysis) -> list[dict[str, Any]]:
    """Return what differs, in JSON values; every entry has "what" (added, removed, changed), "kind" and "id".

    A changed one has "fields": name -> {"before", "after"}; a rating ("kind": "rating") its matrix, analyst, item and
    hypothesis, and "before" and "after", null for an empty cell; an order ("kind": "order") its matrix and axis.
    """
    return list(_differences(before, after))


def _differences(before: Analysis, after: Analysis) -> Iterator[dict[str, Any]]:
    names = [name for name in OwnFields.model_fields if name not in ("id", "next_numbers")]
    if fields := _fields(before, after, names):
        yield {"what": _CHANGED, "kind": "analysis", "id": after.id, "fields": fields}
    for kind, name in COLLECTIONS.items():
        yield from _records(kind, getattr(before, name), getattr(after, name))
    was, now = ({matrix.id: matrix for matrix in side.matrices} for side in (before, after))
    yield from _records("matrix", was, now)
    for entry, matrix in now.items():
        yield from _within(was.get(entry) or Matrix(id=entry), matrix)


def _records(kind: str, before: dict[str, Any], after: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for entry, record in before.items():
        if entry not in after:
            yield {"what": _REMOVED, "kind": kind, "id": entry, **_called(record)}
    for entry, record in after.items():
        if entry not in before:
            yield {"what": _ADDED, "kind": kind, "id": entry, **_called(record)}
        elif before[entry] != record:
            every = dict.fromkeys([*before[entry].__dict__, *record.__dict__])
            names = [name for name in every if kind != "matrix" or name not in _APART]
            if fields := _fields(before[entry], record, names):
                yield {"what": _CHANGED, "kind": kind, "id": entry, **_called(record), "fields": fields}


def _called(record: Any) -> dict[str, str]:
    names = (("label", "label"), ("title", "title"), ("name", "title"), ("text", "title"))
    return {key: getattr(record, name) for name, key in names if getattr(record, name, "")}


def _fields(before: Any, after: Any, names: list[str]) -> dict[str, Any]:
    return {
        name: {"before": _plain(getattr(before, name, None)), "after": _plain(getattr(after, name, None))}
        for name in names
        if getattr(before, name, None) != getattr(after, name, None)
    }


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(entry) for key, entry in value.items()}
    return json_of(value)


def _within(before: Matrix, after: Matrix) -> Iterator[dict[str, Any]]:
    for axis in ("hypotheses", "evidence"):
        old, new = getattr(before, axis), getattr(after, axis)
        if old != new:
            yield {"what": _CHANGED, "kind": "order", "matrix": after.id, "axis": axis, "before": old, "after": new}
    for analyst in dict.fromkeys([*before.sheets, *after.sheets]):
        old_sheet, new_sheet = before.sheets.get(analyst, {}), after.sheets.get(analyst, {})
        for item in dict.fromkeys([*old_sheet, *new_sheet]):
            old_row, new_row = old_sheet.get(item, {}), new_sheet.get(item, {})
            for hypothesis in dict.fromkeys([*old_row, *new_row]):
                old, new = old_row.get(hypothesis), new_row.get(hypothesis)
                if old != new:
                    yield _rating(after.id, analyst, item, hypothesis, old, new)


def _rating(
    matrix: str, analyst: str, item: str, hypothesis: str, before: Rating | None, after: Rating | None
) -> dict[str, Any]:
    what = _ADDED if before is None else _REMOVED if after is None else _CHANGED
    return {
        "what": what,
        "kind": "rating",
        "matrix": matrix,
        "analyst": analyst,
        "item": item,
        "hypothesis": hypothesis,
        "before": before.to_json() if before else None,
        "after": after.to_json() if after else None,
    }
