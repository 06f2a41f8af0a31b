"""Builders for the analysts of an analysis: added, and taken away with their ratings or with their name alone."""

from __future__ import annotations

from ach_desk.commands import edits
from ach_desk.commands.command import (
    AddRecords,
    CellChange,
    Command,
    PlacedRecord,
    SetFields,
    SetRatings,
    collection_of,
    combined,
)
from ach_desk.i18n import _
from ach_desk.model import Analysis, Analyst, new_id, now
from ach_desk.model.records import Record


def add(analysis: Analysis, name: str) -> AddRecords:
    """Return the command that adds an analyst, with the first letters of the name as initials and an empty sheet."""
    record = Analyst(id=new_id(), name=name, initials=initials_of(name))
    return adding(analysis, "analyst", record, _("Add the analyst {name}").format(name=name))


def added_id(command: AddRecords) -> str:
    """Return the id of the record that a command adds."""
    return str(command.records[0].record["id"])


def initials_of(name: str) -> str:
    """Return the first letter of each word of a name, four at most: "Anna de Boer" gives "AdB"."""
    return "".join(word[0] for word in name.split())[:4]


def ratings_of(analysis: Analysis, analyst: str) -> int:
    """Return how many cells an analyst has filled, in all matrices."""
    return sum(len(row) for matrix in analysis.matrices for row in matrix.sheets.get(analyst, {}).values())


def remove_with_ratings(analysis: Analysis, analyst: str) -> Command:
    """Return the command that removes an analyst with ratings and stated probabilities; raises KeyError."""
    name = analysis.analysts[analyst].name
    emptied = [
        SetRatings(matrix=matrix.id, analyst=analyst, cells=cells, time=now())
        for matrix in analysis.matrices
        if (
            cells := tuple(
                CellChange(item, hypothesis, rating, None)
                for item, row in matrix.sheets.get(analyst, {}).items()
                for hypothesis, rating in row.items()
            )
        )
    ]
    stated = [entry.id for entry in analysis.estimates.values() if entry.analyst == analyst]
    estimates = [edits.remove(analysis, "estimate", stated)] if stated else []
    gone = edits.remove(analysis, "analyst", [analyst])
    return combined([*emptied, *estimates, gone], _("Remove the analyst {name} with the ratings").format(name=name))


def forget_person(analysis: Analysis, analyst: str) -> SetFields:
    """Return the command after which nothing says who it was: the ratings stay under a name without a person."""
    numbers = [
        int(tail)
        for entry in analysis.analysts.values()
        if (tail := entry.name.removeprefix(former_name(""))).isdigit()
    ]
    values = {"name": former_name(max(numbers, default=0) + 1), "initials": "", "colour": None}
    values |= {"role": "", "time_zone": ""}
    text = _("Take the name of {name} away").format(name=analysis.analysts[analyst].name)
    return edits.set_fields(analysis, "analyst", analyst, values, text)


def former_name(number: int | str) -> str:
    """Return the name of an analyst who is not to be known any more."""
    return _("Former analyst {number}").format(number=number)


def adding(analysis: Analysis, kind: str, record: Record, text: str) -> AddRecords:
    """Return the command that adds one record behind the others of its kind."""
    data = record.model_dump(mode="json", exclude_defaults=True)
    placed = PlacedRecord(record=data, index=len(collection_of(analysis, kind)))
    return AddRecords(kind=kind, records=(placed,), text=text, time=now())
