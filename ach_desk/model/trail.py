"""The trail: what was changed when and by whom. Entries are only ever appended; two files' trails merge by union."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal, NamedTuple

How = Literal["do", "undo", "redo"]


class TrailEntry(NamedTuple):
    """One act: a random id, when, which analyst (id), whether done, undone or redone, and what it changed.

    what and body, in JSON values:
    "rate": [matrix, analyst ("" when it is `by`), [[evidence, hypothesis, before, after], ...]]; before and after
        hold the fields that differ, None is an empty cell (`ach_desk.commands.trail` writes and reads them).
    "set": [kind, id, field, before, after]
    "add", "remove": [kind, [record with its places and ratings, ...]]
    "order": [matrix, axis, start, before, after], or [matrix, axis] for a long stretch
    """

    id: str
    time: str
    by: str
    how: str
    what: str
    body: list[Any]

    def to_json(self) -> list[Any]:
        """Return the list that a file holds; `entry_from_json` reads it back."""
        return [*self[:5], *self.body]


def entry_from_json(data: object) -> TrailEntry:
    """Return the entry that `to_json` wrote; raises ValueError with a plain sentence for anything else."""
    if not isinstance(data, list) or len(data) < 5 or not all(isinstance(part, str) for part in data[:5]):
        raise ValueError("an entry of the trail is a list that begins with id, time, analyst, how and what")
    entry_id, time, by, how, what = data[:5]
    return TrailEntry(entry_id, time, by, how, what, data[5:])


def union(first: Iterable[TrailEntry], second: Iterable[TrailEntry]) -> list[TrailEntry]:
    """Return the entries of two trails, each once, in the order of time; of one moment, in the order of the trails."""
    found = {entry.id: entry for entry in (*first, *second)}
    return sorted(found.values(), key=lambda entry: entry.time)
