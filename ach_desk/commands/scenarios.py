"""Builders for what-ifs. None of the commands built here touches a rating, whatever it is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ach_desk.commands import edits
from ach_desk.commands.command import (
    AddRecords,
    Command,
    Composite,
    FieldChange,
    PlacedRecord,
    SetFields,
    SetRatings,
    combined,
)
from ach_desk.i18n import _, ngettext
from ach_desk.model import (
    Analysis,
    EvidenceStatus,
    Matrix,
    Override,
    RatingValue,
    Scenario,
    new_id,
    now,
)

Cell = tuple[str, str]
"""(evidence id, hypothesis id)."""

_STATUS_FIELDS = ("status", "status_reason", "status_date")


def of_matrix(analysis: Analysis, matrix: str) -> list[Scenario]:
    """Return the what-ifs upon a matrix (an id), in their order."""
    return [scenario for scenario in analysis.scenarios.values() if scenario.matrix == matrix]


_CONTENT = ("left_out", "distrusted", "overrides", "assumptions_false")


def same_as(analysis: Analysis, matrix: str, name: str, fields: Mapping[str, Any]) -> Scenario | None:
    """Return the what-if upon a matrix (an id) that has this name and asks exactly this; None: there is none."""
    wanted = {field: fields.get(field, ()) for field in _CONTENT}
    found = (one for one in of_matrix(analysis, matrix) if one.name == name)
    return next((one for one in found if wanted == {field: getattr(one, field) for field in _CONTENT}), None)


def add(analysis: Analysis, matrix: Matrix, name: str, **fields: Any) -> AddRecords:
    """Return the command that adds a what-if upon a matrix; `fields` are those of `Scenario`."""
    return _adding(analysis, Scenario(id=new_id(), matrix=matrix.id, name=name, created=now(), **fields))


def duplicate(analysis: Analysis, scenario: Scenario, name: str) -> AddRecords:
    """Return the command that adds a copy of a what-if under another name."""
    return _adding(analysis, scenario.model_copy(update={"id": new_id(), "name": name, "created": now()}))


def added_id(command: AddRecords) -> str:
    """Return the id of the what-if that `add` or `duplicate` makes."""
    return str(command.records[0].record["id"])


def remove(analysis: Analysis, scenario: Scenario) -> Command:
    """Return the command that deletes a what-if."""
    text = _("Delete the what-if “{name}”").format(name=scenario.name)
    return edits.remove(analysis, "scenario", [scenario.id]).model_copy(update={"text": text})


def rate(
    scenario: Scenario, matrix: Matrix, analyst: str, wanted: Iterable[tuple[Cell, RatingValue | None]], text: str
) -> SetFields:
    """Return the command that puts values in the place of the analyst's ratings; None lets the own rating stand again.

    So does a value that is the own rating, unless that falls with an assumption that the what-if takes as false.
    """
    overrides = {(entry.evidence, entry.hypothesis): entry for entry in scenario.overrides}
    for cell, value in wanted:
        own = matrix.rating(analyst, *cell)
        falls = own is not None and bool(own.rests_on) and bool(scenario.assumptions_false)
        if value is None or (own is not None and own.value is value and not falls):
            overrides.pop(cell, None)
        else:
            overrides[cell] = Override(evidence=cell[0], hypothesis=cell[1], value=value)
    return _set(scenario, "overrides", tuple(overrides.values()), _in(scenario, text))


def leave_out(analysis: Analysis, scenario: Scenario, items: Sequence[str]) -> SetFields:
    """Return the command that leaves items out of the what-if."""
    text = _("leave {names} out").format(names=_labels(analysis, items))
    return _set(scenario, "left_out", tuple(dict.fromkeys((*scenario.left_out, *items))), _in(scenario, text))


def count(analysis: Analysis, scenario: Scenario, items: Sequence[str]) -> SetFields:
    """Return the command that counts items again that the what-if leaves out by name or takes as false."""
    changes = [
        FieldChange("scenario", scenario.id, field, old, rest)
        for field in ("left_out", "assumptions_false")
        for old in [getattr(scenario, field)]
        if (rest := tuple(entry for entry in old if entry not in set(items))) != old
    ]
    text = _("count {names} again").format(names=_labels(analysis, items))
    return SetFields(changes=tuple(changes), text=_in(scenario, text), time=now())


def distrust(analysis: Analysis, scenario: Scenario, source: str, *, on: bool) -> SetFields:
    """Return the command that distrusts a source under the what-if, or trusts it again."""
    others = tuple(entry for entry in scenario.distrusted if entry != source)
    record = analysis.sources.get(source)
    text = _("distrust {name}") if on else _("trust {name} again")
    text = text.format(name=record.label if record else _("a deleted source"))
    return _set(scenario, "distrusted", (*others, source) if on else others, _in(scenario, text))


def assume_false(analysis: Analysis, scenario: Scenario, assumptions: Sequence[str], *, on: bool) -> SetFields:
    """Return the command that takes assumptions as false under the what-if, or as true again."""
    others = tuple(entry for entry in scenario.assumptions_false if entry not in set(assumptions))
    text = _("{names} is false") if on else _("{names} holds again")
    text = text.format(names=_labels(analysis, assumptions) or _("a deleted assumption"))
    value = (*others, *assumptions) if on else others
    return _set(scenario, "assumptions_false", value, _in(scenario, text))


def diverted(command: Command, analysis: Analysis, scenario: Scenario) -> Command:
    """Return what an edit is while the what-if is on: values of ratings and the status of items become parts of it.

    Everything else, the reasons of ratings included, edits the analysis as ever.
    """
    rest, held = _taken_out(command, scenario)
    parts = [
        SetFields(changes=(FieldChange("scenario", scenario.id, field, getattr(scenario, field), value),), time=now())
        for field, value in held.items()
        if value != getattr(scenario, field)
    ]
    if not held:
        return command
    return combined([*rest, *parts], _in(scenario, command.text))


def _taken_out(command: Command, scenario: Scenario) -> tuple[list[Command], dict[str, Any]]:
    """Return what is left of a command, and the fields of the what-if that take the rest up."""
    if isinstance(command, Composite):
        rest: list[Command] = []
        held: dict[str, Any] = {}
        for part in command.commands:
            kept, fields = _taken_out(part, scenario.model_copy(update=held))
            rest += kept
            held |= fields
        return rest, held
    if isinstance(command, SetRatings):
        return _ratings_taken_out(command, scenario)
    if isinstance(command, SetFields):
        return _status_taken_out(command, scenario)
    return [command], {}


def _ratings_taken_out(command: SetRatings, scenario: Scenario) -> tuple[list[Command], dict[str, Any]]:
    values = [cell for cell in command.cells if _value(cell.old) != _value(cell.new)]
    if not values or command.matrix != scenario.matrix:
        return [command], {}
    overrides = {(entry.evidence, entry.hypothesis): entry for entry in scenario.overrides}
    for cell in values:
        overrides.pop(cell[:2], None)
        own = cell.old.value if cell.old is not None else None
        if cell.new is not None and cell.new.value not in (None, own):
            overrides[cell[:2]] = Override(evidence=cell.evidence, hypothesis=cell.hypothesis, value=cell.new.value)
    texts = tuple(cell for cell in command.cells if cell not in values)
    return [command.model_copy(update={"cells": texts})], {"overrides": tuple(overrides.values())}


def _value(rating: Any) -> tuple[Any, Any]:
    return (None, None) if rating is None else (rating.value, rating.range)


def _status_taken_out(command: SetFields, scenario: Scenario) -> tuple[list[Command], dict[str, Any]]:
    # An unsorted item that is taken in is taken in, what-if or not: it was in no matrix that one could be upon.
    status = {
        entry.id: entry.new
        for entry in command.changes
        if (entry.kind, entry.field) == ("evidence", "status") and EvidenceStatus.UNSORTED not in (entry.old, entry.new)
    }
    if not status:
        return [command], {}
    left_out = dict.fromkeys(scenario.left_out)
    for item, value in status.items():
        left_out.pop(item, None)
        if value == EvidenceStatus.SET_ASIDE:
            left_out[item] = None
    rest = tuple(
        entry
        for entry in command.changes
        if entry.kind != "evidence" or entry.id not in status or entry.field not in _STATUS_FIELDS
    )
    return [command.model_copy(update={"changes": rest})], {"left_out": tuple(left_out)}


def _adding(analysis: Analysis, scenario: Scenario) -> AddRecords:
    record = scenario.model_dump(mode="json", exclude_defaults=True)
    placed = PlacedRecord(record=record, index=len(analysis.scenarios))
    text = _("New what-if “{name}”").format(name=scenario.name)
    return AddRecords(kind="scenario", records=(placed,), text=text, time=now())


def _set(scenario: Scenario, field: str, value: tuple[Any, ...], text: str) -> SetFields:
    change = FieldChange("scenario", scenario.id, field, getattr(scenario, field), value)
    return SetFields(changes=(change,) if change.old != value else (), text=text, time=now())


def _in(scenario: Scenario, text: str) -> str:
    return _("What-if “{name}”: {text}").format(name=scenario.name, text=text)


def _labels(analysis: Analysis, items: Sequence[str]) -> str:
    if len(items) > 3:
        return ngettext("{count} item", "{count} items", len(items)).format(count=len(items))
    return ", ".join(analysis.evidence[entry].label for entry in items if entry in analysis.evidence)
