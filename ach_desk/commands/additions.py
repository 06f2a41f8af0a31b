"""Records of several kinds added together, as several edits that make one step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ach_desk.commands.command import (
    AXIS_KINDS,
    RECORD_TYPES,
    AddRecords,
    Command,
    FieldChange,
    PlacedRecord,
    Placement,
    SetFields,
    axis_order,
    collection_of,
)
from ach_desk.model import Analysis, Matrix, new_id, now
from ach_desk.model.labels import next_labels

Fields = Mapping[str, Any]


@dataclass(frozen=True)
class Additions:
    """The edits that add records, and by kind the ids that these will have, in the order of the fields given."""

    commands: tuple[Command, ...]
    ids: Mapping[str, tuple[str, ...]]


def additions(
    analysis: Analysis,
    matrix: Matrix | None,
    wanted: Mapping[str, Sequence[Fields]],
    at: Mapping[str, int] | None = None,
) -> Additions:
    """Return the edits that add records: kind ("hypothesis", "source", "evidence") -> the fields of each.

    They are labelled in order. Without a matrix they stand in none. `at` gives the position in the matrix for
    hypotheses or evidence; else at the end. An id among the fields is taken, so that records can name each other.
    Raises ValidationError for fields that a record cannot hold.
    """
    numbers = analysis.next_numbers
    commands: list[Command] = []
    ids: dict[str, tuple[str, ...]] = {}
    for kind, fields in wanted.items():
        labels, counted = next_labels(analysis, kind, len(fields))
        numbers = numbers.model_copy(update={kind: getattr(counted, kind)})
        data = [
            RECORD_TYPES[kind].model_validate({"id": new_id(), **entry, "label": label})
            for label, entry in zip(labels, fields, strict=True)
        ]
        placed = _placed(analysis, matrix, kind, data, (at or {}).get(kind))
        ids[kind] = tuple(entry.record["id"] for entry in placed)
        commands.append(AddRecords(kind=kind, records=tuple(placed), time=now()))
    count = FieldChange("analysis", analysis.id, "next_numbers", analysis.next_numbers, numbers)
    return Additions((SetFields(changes=(count,)), *commands), ids)


def appending(analysis: Analysis, kind: str, records: Sequence[Fields]) -> AddRecords:
    """Return the edit that adds records of `kind`, given by their fields, behind those that are there."""
    first = len(collection_of(analysis, kind))
    placed = tuple(PlacedRecord(record=dict(record), index=first + at) for at, record in enumerate(records))
    return AddRecords(kind=kind, records=placed, time=now())


def _placed(
    analysis: Analysis, matrix: Matrix | None, kind: str, records: Sequence[Any], at: int | None
) -> list[PlacedRecord]:
    first = len(collection_of(analysis, kind))
    if kind not in AXIS_KINDS:
        matrix = None
    position = len(axis_order(matrix, kind)) if at is None and matrix is not None else at or 0
    return [
        PlacedRecord(
            record=record.model_dump(mode="json", exclude_defaults=True),
            index=first + offset,
            placements=(Placement(matrix.id, position + offset),) if matrix is not None else (),
        )
        for offset, record in enumerate(records)
    ]
