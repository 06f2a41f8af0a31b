"""Which command puts back what stood before or after an entry of the history."""

from __future__ import annotations

from ach_desk.commands import Command
from ach_desk.commands.restoring import restore_field, restore_rating, restore_records
from ach_desk.commands.trail_words import TrailRow
from ach_desk.model import Analysis


def restoring(analysis: Analysis, row: TrailRow, *, before: bool) -> Command | None:
    """Return the command that puts back what stood `before` the entry, or after it; None where nothing would change."""
    try:
        command = _command(analysis, row, before=before)
    except (ValueError, KeyError, TypeError, IndexError, AttributeError):
        return None  # a value that the present record cannot hold
    return command if command is not None and not command.is_no_op else None


def _command(analysis: Analysis, row: TrailRow, *, before: bool) -> Command | None:
    if row.cell is not None:
        return restore_rating(analysis, row.cell, row.before if before else row.after)
    what, body = row.entry.what, row.entry.body
    if what == "set":
        kind, record_id, field, old, new = body
        return restore_field(analysis, kind, record_id, field, old if before else new)
    brings_back = what == "remove" if before else what == "add"
    if brings_back and body[0] != "matrix":
        return restore_records(analysis, *body)
    return None
