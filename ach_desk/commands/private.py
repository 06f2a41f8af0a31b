"""What a private round hides of an analysis: whatever others than one person rated, stated or were told of it.

A file is no safe, and this is none either. It is what every view, comparison and document is made from, so that
nobody sees by accident what they are not to see before they have judged themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ach_desk.commands.trail import is_readable
from ach_desk.model import Analysis, Matrix, RoundState, TrailEntry

_OF_ONE_PERSON = {"estimate": "analyst", "retest": "analyst", "snapshot": "by"}
"""Kinds of records that say what one person thinks, and the field with the id of that person."""


@dataclass(frozen=True)
class Veil:
    """What is hidden from `me` (an id; "": from everybody): of `matrices`, each with when its private round began."""

    me: str
    matrices: Mapping[str, str]

    @classmethod
    def over(cls, me: str, *versions: Analysis) -> Veil:
        """Return what is hidden while a round is private in any of the versions."""
        found = {
            entry.matrix: entry.opened or ""
            for version in versions
            for entry in version.rounds.values()
            if entry.state is RoundState.PRIVATE
        }
        return cls(me, found)

    def __bool__(self) -> bool:
        return bool(self.matrices)

    def hides_sheet(self, matrix: str, analyst: str) -> bool:
        """Return whether the ratings of an analyst in a matrix (ids) are hidden."""
        return matrix in self.matrices and analyst != self.me

    def hides(self, kind: str, record: Any) -> bool:
        """Return whether a whole record is hidden: an estimate, second look or frozen standing of somebody else."""
        field = _OF_ONE_PERSON.get(kind)
        if field is None or not self.hides_sheet(record.matrix, getattr(record, field)):
            return False
        return kind != "snapshot" or record.time >= self.matrices[record.matrix]

    def hides_marks(self, by: str) -> bool:
        """Return whether the marks that somebody (an id) gave best cases are hidden."""
        return bool(self.matrices) and by != self.me

    def lifted(self, copy: Analysis) -> Analysis:
        """Take out of a copy of an analysis whatever is hidden, its trail included, and return it."""
        if not self:
            return copy
        copy.trail = [shown for entry in copy.trail if (shown := self.entry(entry, copy)) is not None]
        for kind, name in (("estimate", "estimates"), ("retest", "retests"), ("snapshot", "snapshots")):
            records = getattr(copy, name)
            setattr(copy, name, {key: record for key, record in records.items() if not self.hides(kind, record)})
        for matrix in copy.matrices:
            matrix.sheets = self._sheets(matrix)
        kept = {key: tuple(mark for mark in case.ratings if mark.by == self.me) for key, case in copy.cases.items()}
        copy.cases = {key: case.model_copy(update={"ratings": kept[key]}) for key, case in copy.cases.items()}
        return copy

    def _sheets(self, matrix: Matrix) -> dict[str, Any]:
        return {key: sheet for key, sheet in matrix.sheets.items() if not self.hides_sheet(matrix.id, key)}

    def may_tell(self, entry: TrailEntry, analysis: Analysis) -> bool:
        """Return whether an entry may be put into words: what others rated, stated and marked may not."""
        shown = self.entry(entry, analysis)
        return shown is entry or (shown is not None and entry.what != "set")

    def entry(self, entry: TrailEntry, analysis: Analysis) -> TrailEntry | None:
        """Return an entry of the trail without what is hidden; None where nothing of it is left."""
        if not self or not is_readable(entry):
            return entry
        if entry.what == "rate":
            matrix, analyst = entry.body[:2]
            return None if self.hides_sheet(matrix, analyst or entry.by) else entry
        if entry.what == "set":
            return self._set(entry, analysis)
        if entry.what in ("add", "remove"):
            return self._placed(entry)
        return entry

    def _set(self, entry: TrailEntry, analysis: Analysis) -> TrailEntry | None:
        kind, record_id, field, before, after = entry.body
        if kind == "case" and field == "ratings":
            marks = [self._own_marks(side) for side in (before, after)]
            return None if marks[0] == marks[1] else entry._replace(body=[kind, record_id, field, *marks])
        if kind not in ("estimate", "retest"):
            return entry
        known = (analysis.estimates if kind == "estimate" else analysis.retests).get(record_id)
        return None if known is None or self.hides(kind, known) else entry

    def _own_marks(self, marks: Any) -> list[Any]:
        every = marks if isinstance(marks, (list, tuple)) else ()
        return [mark for mark in every if isinstance(mark, dict) and mark.get("by") == self.me]

    def _placed(self, entry: TrailEntry) -> TrailEntry | None:
        kind, placed = entry.body
        shown = [self._part(kind, part) for part in placed if not self._hides_part(kind, part["record"])]
        if not shown:
            return None
        return entry if shown == placed else entry._replace(body=[kind, shown])

    def _hides_part(self, kind: str, record: Mapping[str, Any]) -> bool:
        field = _OF_ONE_PERSON.get(kind)
        if field is None or not self.hides_sheet(str(record.get("matrix", "")), str(record.get(field, ""))):
            return False
        return kind != "snapshot" or str(record.get("time", "")) >= self.matrices[str(record["matrix"])]

    def _part(self, kind: str, part: dict[str, Any]) -> dict[str, Any]:
        """Return a record as the trail holds it, without the ratings and marks of others that went with it."""
        found = dict(part)
        if isinstance(part.get("ratings"), list):
            found["ratings"] = [one for one in part["ratings"] if not self._hides_placed(one)]
        record = part["record"]
        if kind == "case" and "ratings" in record:
            found["record"] = {**record, "ratings": self._own_marks(record["ratings"])}
        if kind == "matrix" and isinstance(record.get("sheets"), dict):
            sheets = {key: one for key, one in record["sheets"].items() if not self.hides_sheet(record["id"], key)}
            found["record"] = {**record, "sheets": sheets}
        return found

    def _hides_placed(self, placed: Any) -> bool:
        return isinstance(placed, list) and len(placed) == 4 and self.hides_sheet(str(placed[0]), str(placed[1]))
