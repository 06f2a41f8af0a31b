"""Writing the trail and reading it back: every edit as an entry, and the analysis as it was before some of them.

An entry holds what differs and no more, so that 25,000 changed ratings stay under 5 MB. A rating of which value and
time differ, nearly every one, is written "C@2023-06-24T17:30:00Z"; the time of the entry itself is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from pydantic import ValidationError

from ach_desk.commands.change import CellRef, Change
from ach_desk.commands.command import (
    RECORD_TYPES,
    AddMatrix,
    AddRecords,
    Command,
    FieldChange,
    PlacedRecord,
    RemoveMatrix,
    RemoveRecords,
    Reorder,
    SetFields,
)
from ach_desk.i18n import _
from ach_desk.model import Analysis, Matrix, Rating, RoundState, TrailEntry, new_id, now
from ach_desk.model.trail import How

_COMPACT = {"value", "time"}
_SHOWN_OF_A_RECORD = ("label", "title", "name", "text")


class RatingStep(NamedTuple):
    """One change of one cell: the entry, the cell, and the rating before and after it (None: empty)."""

    entry: TrailEntry
    cell: CellRef
    before: Rating | None
    after: Rating | None


def run(analysis: Analysis, command: Command, how: How, by: str) -> Change:
    """Do, undo or redo `command`, append it to the trail and return what changed; `by` is who does it (an id)."""
    change = command.revert(analysis) if how == "undo" else command.apply(analysis)
    record(analysis, change, how, by, command.time if how == "do" else "")
    return change


def record(analysis: Analysis, change: Change, how: How, by: str, time: str = "", *, continues: bool = False) -> None:
    """Append what `change` did to the trail of `analysis`, as done by the analyst `by` (an id) at `time` (now).

    With `continues` the change goes on with the typing of the one before, whose entry takes the new text.
    """
    moment = time or now()
    entries = [TrailEntry(new_id(), moment, by, how, what, body_of(what, raw, by, moment)) for what, raw in change.log]
    if continues and len(entries) == 1 and _goes_on(analysis.trail, entries[0]):
        last = analysis.trail.pop()
        joined = last._replace(time=moment, body=[*last.body[:4], entries[0].body[4]])
        analysis.trail.extend([joined] if joined.body[3] != joined.body[4] else [])
        return
    analysis.trail.extend(entries)


def _goes_on(trail: Sequence[TrailEntry], entry: TrailEntry) -> bool:
    if not trail or entry.what != "set":
        return False
    last = trail[-1]
    return (last.what, last.by, last.how, last.body[:3]) == (entry.what, entry.by, entry.how, entry.body[:3])


def body_of(what: str, raw: list[Any], by: str, time: str) -> list[Any]:
    """Return the body of an entry from what a `Change` logs; ratings and records in it are written."""
    if what == "rate":
        matrix, analyst, cells = raw
        written = [
            [evidence, hypothesis, *_deltas(before, after, time)] for evidence, hypothesis, before, after in cells
        ]
        return [matrix, "" if analyst == by else analyst, written]
    if what == "set":
        kind, record_id, field, before, after = raw
        return [kind, record_id, field, json_of(before), json_of(after)]
    if what in ("add", "remove"):
        return [raw[0], [json_of(placed) for placed in raw[1]]]
    return [json_of(part) for part in raw]


def json_of(value: Any) -> Any:
    """Return a value of a field as the trail writes it."""
    if hasattr(value, "model_dump"):
        return value.model_dump(mode="json", exclude_defaults=True)
    if isinstance(value, (list, tuple)):
        return [json_of(entry) for entry in value]
    return value


# A rating in an entry


def _deltas(before: Rating | None, after: Rating | None, time: str) -> tuple[Any, Any]:
    """Return what is written of a cell before and after: None for an empty cell, else the fields that differ."""
    old, new = before.to_json() if before else {}, after.to_json() if after else {}
    keys = [key for key in (*old, *(key for key in new if key not in old)) if old.get(key) != new.get(key)]
    return (
        None if before is None else _written({key: old.get(key) for key in keys}, ""),
        None if after is None else _written({key: new.get(key) for key in keys}, time),
    )


def _written(fields: dict[str, Any], time: str) -> Any:
    value, moment = fields.get("value"), fields.get("time")
    if fields.keys() == _COMPACT and value and (moment or not time):
        return value if moment in (None, time) else f"{value}@{moment}"
    return fields


def _read(written: Any, time: str) -> dict[str, Any] | None:
    """Return the fields that `_written` wrote; raises ValueError for anything else."""
    if written is None or isinstance(written, dict):
        return written
    if not isinstance(written, str):
        raise ValueError("a rating of the trail is a text or an object")
    value, _at, moment = written.partition("@")
    return {"value": value, "time": moment or time or None}


def _before(present: Rating | None, before: Any, after: Any, time: str) -> Rating | None:
    """Return the rating before an entry, given the one after it; raises ValueError when the entry does not fit it."""
    old, new = _read(before, ""), _read(after, time)
    held = present.to_json() if present else {}
    if (new is None) != (present is None) or any(held.get(key) != value for key, value in (new or {}).items()):
        raise ValueError("the cell does not hold what the entry put there")
    if old is None:
        return None
    fields = {**held, **old}
    return Rating.parse({key: value for key, value in fields.items() if value is not None})


# The analysis as it was


@dataclass(frozen=True)
class Earlier:
    """The analysis as it was, and in sentences what could not be led back."""

    analysis: Analysis
    problems: tuple[str, ...]


def as_of_time(analysis: Analysis, time: str) -> Earlier:
    """Return the analysis as it was at the end of `time` (a moment, or a day as 2023-06-24)."""
    count = sum(1 for entry in analysis.trail if entry.time[: len(time)] <= time)
    return before_entries(analysis, count)


def as_of_entry(analysis: Analysis, entry_id: str) -> Earlier:
    """Return the analysis as it was after the entry of that id ("": before the first one); raises KeyError."""
    return before_entries(analysis, position_after(analysis, entry_id))


def position_after(analysis: Analysis, entry_id: str) -> int:
    """Return how many entries stand up to and with the one of that id, 0 for ""; raises KeyError for an unknown one."""
    if not entry_id:
        return 0
    for number, entry in enumerate(analysis.trail, 1):
        if entry.id == entry_id:
            return number
    raise KeyError(entry_id)


def before_entries(analysis: Analysis, count: int) -> Earlier:
    """Return the analysis as it was when its trail had `count` entries.

    The order of an axis that was changed over a long stretch, and the counters of labels, stay the present ones.
    """
    earlier = analysis.snapshot()
    problems: list[str] = []
    for entry in reversed(earlier.trail[count:]):
        try:
            problems += _take_back(earlier, entry)
        except (ValueError, KeyError, TypeError, IndexError, AttributeError, ValidationError):
            problems.append(_("What was changed at {time} could not be led back.").format(time=entry.time))
    del earlier.trail[count:]
    return Earlier(earlier, tuple(problems))


def rating_steps(entries: Iterable[TrailEntry], analysis: Analysis) -> list[RatingStep]:
    """Return every change of a rating in `entries`, a stretch at the end of the trail, from first to last.

    The full ratings follow from those of the present: each entry is led back upon the one after it.
    """
    present: dict[CellRef, Rating | None] = {}
    found: list[RatingStep] = []
    for entry in filter(is_readable, reversed(list(entries))):
        if entry.what in ("add", "remove"):
            present.update(_ratings_before(entry))
        if entry.what != "rate":
            continue
        for ref, before, after in reversed(_cells(entry)):
            if ref not in present:
                present[ref] = _present(analysis, ref)
            after_it = present[ref]
            try:
                before_it = _before(after_it, before, after, entry.time)
            except ValueError:
                before_it, after_it = _alone(before, ""), _alone(after, entry.time)
            present[ref] = before_it
            found.append(RatingStep(entry, ref, before_it, after_it))
    return found[::-1]


def _ratings_before(entry: TrailEntry) -> dict[CellRef, Rating | None]:
    """Return the cells that came or went with the records of an entry, as they were before it."""
    kind, placed = entry.body
    try:
        if kind == "matrix":
            ratings = _ratings_of_matrix(placed[0]["record"])
        else:
            ratings = _ratings_of_records(kind, [PlacedRecord.model_validate(part) for part in placed])
    except (ValueError, KeyError, TypeError, IndexError):
        return {}
    return dict.fromkeys(ratings) if entry.what == "add" else dict(ratings)


def _ratings_of_records(kind: str, placed: Iterable[PlacedRecord]) -> dict[CellRef, Rating | None]:
    found: dict[CellRef, Rating | None] = {}
    for part in placed:
        own = part.record["id"]
        for matrix, analyst, other, rating in part.ratings:
            cell = (own, other) if kind == "evidence" else (other, own)
            found[CellRef(matrix, analyst, *cell)] = rating
    return found


def _ratings_of_matrix(content: dict[str, Any]) -> dict[CellRef, Rating | None]:
    matrix = Matrix.model_validate(content)
    return {
        CellRef(matrix.id, analyst, evidence, hypothesis): rating
        for analyst, sheet in matrix.sheets.items()
        for evidence, row in sheet.items()
        for hypothesis, rating in row.items()
    }


def _alone(written: Any, time: str) -> Rating | None:
    """Return what an entry itself says of a rating, where the rest of it is not known; None where it says nothing."""
    try:
        fields = _read(written, time)
        return Rating.parse({key: value for key, value in fields.items() if value is not None}) if fields else None
    except ValueError:
        return None


def is_readable(entry: TrailEntry) -> bool:
    """Return whether the body of an entry has the shape of its kind; in a damaged file or a newer one it may not."""
    body = entry.body
    if entry.what == "rate":
        return len(body) == 3 and _all_texts(body[:2]) and isinstance(body[2], list) and all(map(_is_cell, body[2]))
    if entry.what == "set":
        return len(body) == 5 and _all_texts(body[:3])
    if entry.what in ("add", "remove"):
        return len(body) == 2 and _all_texts(body[:1]) and _is_list(body[1]) and all(map(_is_placed, body[1]))
    return entry.what == "order" and len(body) >= 2 and _all_texts(body[:2])


def cells_of(entry: TrailEntry) -> list[CellRef]:
    """Return the cells that an entry rated; none for another entry or one that is not readable."""
    return [ref for ref, _before, _after in _cells(entry)] if entry.what == "rate" and is_readable(entry) else []


def _all_texts(parts: Iterable[Any]) -> bool:
    return all(isinstance(part, str) for part in parts)


def _is_cell(part: Any) -> bool:
    return isinstance(part, (list, tuple)) and len(part) == 4 and _all_texts(part[:2])


def _is_list(part: Any) -> bool:
    return isinstance(part, (list, tuple)) and bool(part)


def _is_placed(part: Any) -> bool:
    """Return whether a part names a record, and holds texts where a list of the history takes one from it."""
    record = part.get("record") if isinstance(part, dict) else None
    if not isinstance(record, dict) or not isinstance(record.get("id"), str):
        return False
    return all(isinstance(record.get(key), str | None) for key in _SHOWN_OF_A_RECORD)


def _cells(entry: TrailEntry) -> list[tuple[CellRef, Any, Any]]:
    matrix, analyst, cells = entry.body
    return [
        (CellRef(matrix, analyst or entry.by, evidence, hypothesis), before, after)
        for evidence, hypothesis, before, after in cells
    ]


def _present(analysis: Analysis, ref: CellRef) -> Rating | None:
    for matrix in analysis.matrices:
        if matrix.id == ref.matrix:
            return matrix.rating(*ref[1:])
    return None


def _take_back(analysis: Analysis, entry: TrailEntry) -> Sequence[str]:
    if entry.what == "rate":
        for ref, before, after in reversed(_cells(entry)):
            matrix = analysis.matrix(ref.matrix)
            matrix.set_rating(*ref[1:], _before(matrix.rating(*ref[1:]), before, after, entry.time))
        return ()
    skipped = _inverse(entry).revert(analysis).skipped
    if entry.what == "set" and entry.body[0] == "round" and entry.body[2] == "state":
        _forget_what_was_kept(analysis, entry.body[1])
    return skipped


def _forget_what_was_kept(analysis: Analysis, round_id: str) -> None:
    """Leave a round that is not closed without what it keeps when it is, which the trail does not repeat."""
    found = analysis.rounds.get(round_id)
    if found is not None and found.state is not RoundState.CLOSED:
        analysis.rounds[round_id] = found.model_copy(update={"sheets": {}})


def _inverse(entry: TrailEntry) -> Any:
    """Return the command whose `revert` takes the entry back; raises ValueError and others for one it cannot read."""
    body = entry.body
    if entry.what == "set":
        return SetFields(changes=(FieldChange(*body),))
    if entry.what == "order":
        start, old, new = body[2:] if len(body) > 2 else (0, (), ())
        return Reorder(matrix=body[0], axis=body[1], start=start, old=tuple(old), new=tuple(new))
    kind, placed = body
    if kind == "matrix":
        return _matrix_inverse(entry.what, placed[0])
    if kind not in RECORD_TYPES or entry.what not in ("add", "remove"):
        raise ValueError(entry.what)
    build = AddRecords if entry.what == "add" else RemoveRecords
    return build(kind=kind, records=tuple(PlacedRecord.model_validate(part) for part in placed))


class _ForgetMatrix(AddMatrix):
    """Takes a matrix away that the trail names without its content, which later entries changed."""

    def _remove(self, analysis: Analysis) -> Change:
        others = [matrix for matrix in analysis.matrices if matrix.id != self.content["id"]]
        if not others:
            raise ValueError("the last matrix stays")
        analysis.matrices[:] = others
        return Change()


def _matrix_inverse(what: str, placed: dict[str, Any]) -> AddMatrix | RemoveMatrix:
    build = _ForgetMatrix if what == "add" else RemoveMatrix
    return build(content=placed["record"], index=placed["index"])
