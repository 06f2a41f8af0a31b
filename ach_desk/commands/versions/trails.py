"""The trail of two versions: every entry once, in the order of time, and each decision as an entry of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from ach_desk.commands.command import PlacedRecord
from ach_desk.commands.trail import body_of, cells_of, is_readable
from ach_desk.commands.versions.conflicts import MISSING, Conflict, Side, Sort
from ach_desk.model import Analysis, TrailEntry
from ach_desk.model.ids import derived_id
from ach_desk.model.trail import union

_LOGGED = (Sort.RATING, Sort.FIELD, Sort.DELETION)


def merged_trail(ours: Sequence[TrailEntry], theirs: Sequence[TrailEntry]) -> list[TrailEntry]:
    """Return the entries of both, each once, in the order of time; the same whichever of the two is called ours."""
    if ours == theirs:
        return list(ours)
    mine, other = ({entry.id for entry in side} for side in (ours, theirs))
    first_of_ours = next((entry.id for entry in ours if entry.id not in other), "")
    first_of_theirs = next((entry.id for entry in theirs if entry.id not in mine), "")
    if not first_of_theirs:
        return list(ours)
    if not first_of_ours:
        return list(theirs)
    return union(ours, theirs) if first_of_ours < first_of_theirs else union(theirs, ours)


def decisions(conflicts: Iterable[Conflict], by: str, time: str) -> Iterator[TrailEntry]:
    """Yield what was decided as entries from the value that was not taken to the one that was.

    The id of an entry follows from what was decided, so that the same decision stands in the trail once.
    """
    for conflict in conflicts:
        if conflict.decided is None or conflict.sort not in _LOGGED or (conflict.part and conflict.fields):
            continue
        other = Side.THEIRS if conflict.decided is Side.OURS else Side.OURS
        for what, raw in _acts(conflict, conflict.side(other), conflict.side(conflict.decided)):
            body = body_of(what, raw, by, time)
            entry_id = derived_id("decided", *conflict.key, repr(raw))
            yield TrailEntry(entry_id, time, by, "do", what, body)


def _acts(conflict: Conflict, rejected: Any, chosen: Any) -> Iterator[tuple[str, list[Any]]]:
    if conflict.sort is Sort.RATING:
        analyst, item, hypothesis = conflict.part
        yield "rate", [conflict.id, analyst, [(item, hypothesis, rejected, chosen)]]
    elif conflict.sort is Sort.FIELD:
        for field, before, after in zip(conflict.fields, rejected, chosen, strict=True):
            if before != after and MISSING not in (before, after):
                yield "set", [conflict.kind, conflict.id, field, before, after]
    elif conflict.kind != "matrix":
        record = rejected if chosen is MISSING else chosen
        placed = PlacedRecord(record=record.model_dump(mode="json", exclude_defaults=True), index=0)
        yield "remove" if chosen is MISSING else "add", [conflict.kind, [placed]]


class Times:
    """When each side last changed what a conflict is about, as its trail knows it."""

    def __init__(self, ours: Analysis, theirs: Analysis) -> None:
        self._sides = ours, theirs
        self._found: tuple[dict[tuple[str, ...], str], ...] | None = None

    def __call__(self, conflict: Conflict) -> tuple[str, str]:
        """Return the two times, "" where one is not known."""
        if self._found is None:
            common = {entry.id for entry in self._sides[0].trail} & {entry.id for entry in self._sides[1].trail}
            self._found = tuple(_times(side, common) for side in self._sides)
        ours, theirs = (self._time(conflict, side, found) for side, found in zip(Side, self._found, strict=True))
        return ours, theirs

    def _time(self, conflict: Conflict, side: Side, found: dict[tuple[str, ...], str]) -> str:
        if conflict.sort is Sort.RATING:
            rating = conflict.side(side)
            return (rating.time if rating is not None else None) or found.get(("rate", conflict.id, *conflict.part), "")
        if conflict.sort is Sort.FIELD:
            own = [found.get((conflict.kind, conflict.id, field), "") for field in conflict.fields]
            return max(own) or found.get((conflict.kind, conflict.id), "")
        if conflict.sort is Sort.DELETION:
            return found.get((conflict.kind, conflict.id), "")
        return found.get((conflict.sort.value, conflict.id, *conflict.fields), "")


def _times(analysis: Analysis, common: set[str]) -> dict[tuple[str, ...], str]:
    """Return what was changed -> when, of the entries that only this version has; the latest of each."""
    found: dict[tuple[str, ...], str] = {}

    def note(time: str, *keys: tuple[str, ...]) -> None:
        for key in keys:
            found[key] = max(time, found.get(key, ""))

    for entry in analysis.trail:
        if entry.id in common or not is_readable(entry):
            continue
        body = entry.body
        if entry.what == "rate":
            for cell in cells_of(entry):
                note(entry.time, ("rate", *cell), ("evidence", cell.evidence), ("hypothesis", cell.hypothesis))
        elif entry.what == "set":
            note(entry.time, tuple(body[:3]), tuple(body[:2]))
            if body[2] == "label":
                note(entry.time, ("labels", analysis.id))
        elif entry.what in ("add", "remove"):
            note(entry.time, *((body[0], part["record"]["id"]) for part in body[1]))
        elif entry.what == "order":
            note(entry.time, ("order", *body[:2]))
    return found
