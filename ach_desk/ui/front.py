"""Which matrix, and which what-if, an edit is about: where undo and redo lead, so that what they do is seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ach_desk.model import Analysis

if TYPE_CHECKING:
    from ach_desk.commands import Change

_OF_A_WHAT_IF = ("left_out", "distrusted", "overrides")

Place = tuple[str, str]
"""(matrix id, scenario id or "")."""


def belongs_to(change: Change, matrix: str, analysis: Analysis) -> bool:
    """Return whether an edit can be seen in a matrix: it touches that one, or no matrix in particular."""
    touched = _matrices(change, analysis)
    return not touched or matrix in touched


def place_of(change: Change, analysis: Analysis) -> Place | None:
    """Return where an edit can be seen; None where it can be seen anywhere, or its place is gone."""
    for ref in change.added:
        if ref.kind == "matrix":
            return ref.id, ""
    for kind, record_id, field in change.fields:
        if kind == "scenario" and field in _OF_A_WHAT_IF and record_id in analysis.scenarios:
            return _known((analysis.scenarios[record_id].matrix, record_id), analysis)
    for matrix in _matrices(change, analysis):
        return _known((matrix, ""), analysis)
    return None


def _matrices(change: Change, analysis: Analysis) -> list[str]:
    found = [cell.matrix for cell in change.cells]
    if change.reordered:
        from ach_desk.commands.command import MATRIX_AXIS

        found += [ref.matrix for ref in change.reordered if ref.axis != MATRIX_AXIS]
    found += [ref.id for ref in change.fields if ref.kind == "matrix"]
    found += [ref.id for ref in change.added if ref.kind == "matrix"]
    touched = [ref[:2] for ref in (*change.fields, *change.added)]
    records = {"conclusion": analysis.conclusions, "outcome": analysis.outcomes}
    found += [records[kind][entry].matrix for kind, entry in touched if entry in records.get(kind, ())]
    return list(dict.fromkeys(found))


def _known(place: Place, analysis: Analysis) -> Place | None:
    return place if any(matrix.id == place[0] for matrix in analysis.matrices) else None
