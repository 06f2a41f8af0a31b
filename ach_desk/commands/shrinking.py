"""What becomes of dependence groups when items leave them: each keeps the others, and one that is too small goes."""

from __future__ import annotations

from collections.abc import Iterable, Set

from ach_desk.commands.command import Command, FieldChange, PlacedRecord, RemoveRecords, SetFields
from ach_desk.model import Analysis, now

FEWEST = 2
"""A group consists of so many items at least."""


def without_items(analysis: Analysis, gone: Set[str]) -> list[Command]:
    """Return the edits that take items (ids) out of every group, and with them the groups that keep fewer than two."""
    changes, small = [], []
    for group in analysis.groups.values():
        rest = tuple(entry for entry in group.items if entry not in gone)
        if len(rest) < min(FEWEST, len(group.items)):
            small.append(group.id)
        elif rest != group.items:
            changes.append(FieldChange("group", group.id, "items", group.items, rest))
    return [SetFields(changes=tuple(changes), time=now()), without_groups(analysis, small)]


def without_groups(analysis: Analysis, ids: Iterable[str]) -> RemoveRecords:
    """Return the edit that takes groups (ids) away; their items stay."""
    wanted = set(ids)
    placed = tuple(
        PlacedRecord(record=group.model_dump(mode="json", exclude_defaults=True), index=index)
        for index, group in enumerate(analysis.groups.values())
        if group.id in wanted
    )
    return RemoveRecords(kind="group", records=placed, time=now())
