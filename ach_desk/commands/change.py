"""What a command did to the analysis: the one event that views, scores and the recovery journal listen to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple


class CellRef(NamedTuple):
    """A cell of one analyst's sheet, by ids."""

    matrix: str
    analyst: str
    evidence: str
    hypothesis: str


class FieldRef(NamedTuple):
    """A field of a record, of a matrix or (kind "analysis") of the analysis itself."""

    kind: str
    id: str
    field: str


class RecordRef(NamedTuple):
    """A hypothesis, evidence item, source, analyst, matrix, scenario, snapshot, challenge or retest."""

    kind: str
    id: str


class AxisRef(NamedTuple):
    """The order of the hypotheses or of the evidence of a matrix."""

    matrix: str
    axis: str


@dataclass(frozen=True)
class Change:
    """Everything a command changed, and in sentences what it left as it was because somebody else changed it.

    log: the same with the values before and after, as (what, body) of the entries that the trail will hold; ratings
    in it are Rating objects until they are written.
    """

    cells: tuple[CellRef, ...] = ()
    fields: tuple[FieldRef, ...] = ()
    added: tuple[RecordRef, ...] = ()
    removed: tuple[RecordRef, ...] = ()
    reordered: tuple[AxisRef, ...] = ()
    skipped: tuple[str, ...] = ()
    log: tuple[tuple[str, list[Any]], ...] = field(default=(), compare=False)

    def __add__(self, later: Change) -> Change:
        """Return this change followed by `later`."""
        return Change(
            self.cells + later.cells,
            self.fields + later.fields,
            self.added + later.added,
            self.removed + later.removed,
            self.reordered + later.reordered,
            self.skipped + later.skipped,
            self.log + later.log,
        )

    @property
    def is_empty(self) -> bool:
        """Return whether nothing was changed (something may have been skipped)."""
        return not (self.cells or self.touches_records)

    @property
    def touches_records(self) -> bool:
        """Return whether anything else than ratings was changed."""
        return bool(self.fields or self.added or self.removed or self.reordered)

    def touches(self, kind: str, *fields: str) -> bool:
        """Return whether a record of `kind` was added or removed, or one of its `fields` (none: any) changed."""
        return any(ref.kind == kind for ref in (*self.added, *self.removed)) or any(
            ref.kind == kind and (not fields or ref.field in fields) for ref in self.fields
        )
