"""Every edit is a command: built by `edits`, applied and reverted on the analysis, answered by a `Change`."""

from ach_desk.commands import challenges, edits, groups, matrices, scenarios, snapshots, trail
from ach_desk.commands.change import AxisRef, CellRef, Change, FieldRef, RecordRef
from ach_desk.commands.command import (
    AddMatrix,
    AddRecords,
    CellChange,
    Command,
    Composite,
    FieldChange,
    RemoveMatrix,
    RemoveRecords,
    Reorder,
    SetFields,
    SetRatings,
    combined,
    command_from_json,
    merged,
)

__all__ = [
    "AddMatrix",
    "AddRecords",
    "AxisRef",
    "CellChange",
    "CellRef",
    "Change",
    "Command",
    "Composite",
    "FieldChange",
    "FieldRef",
    "RecordRef",
    "RemoveMatrix",
    "RemoveRecords",
    "Reorder",
    "SetFields",
    "SetRatings",
    "challenges",
    "combined",
    "command_from_json",
    "edits",
    "groups",
    "matrices",
    "merged",
    "scenarios",
    "snapshots",
    "trail",
]
