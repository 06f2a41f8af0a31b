"""Two versions of one analysis merged over their base: a pure function, which leaves all three as they are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ach_desk.commands.versions.conflicts import Asked, Conflict, Decide, Side, Sort, nobody
from ach_desk.commands.versions.deletions import Deletions, deletions
from ach_desk.commands.versions.fields import FieldMerger
from ach_desk.commands.versions.labels import merged_labels, with_labels
from ach_desk.commands.versions.links import mend_links
from ach_desk.commands.versions.sequences import merge_order
from ach_desk.commands.versions.sheets import Lost, merge_sheets
from ach_desk.commands.versions.trails import Times, decisions, merged_trail
from ach_desk.i18n import _
from ach_desk.model import COLLECTIONS, Analysis, Matrix
from ach_desk.model.analysis import OwnFields


class OtherAnalysisError(ValueError):
    """The files are no versions of one analysis; the message says so in a sentence."""


@dataclass(frozen=True)
class Merged:
    """The merged analysis, all conflicts with what was decided, and in sentences what was done beside.

    Where nobody decided, the analysis holds what ours says.
    """

    analysis: Analysis
    conflicts: tuple[Conflict, ...]
    notes: tuple[str, ...]

    @property
    def open(self) -> tuple[Conflict, ...]:
        """Return the conflicts that nobody decided."""
        return tuple(conflict for conflict in self.conflicts if conflict.decided is None)


def merge(
    base: Analysis, ours: Analysis, theirs: Analysis, decide: Decide = nobody, *, by: str = "", time: str = ""
) -> Merged:
    """Return `ours` and `theirs` as one analysis, given the `base` that both began from (see `common_base`).

    `decide` is asked about every conflict. by, time: who decides and when, for the trail. Raises OtherAnalysisError.
    """
    if not base.id == ours.id == theirs.id:
        raise OtherAnalysisError(_("These are not versions of one analysis: they do not carry the same id."))
    asked = Asked(decide, Times(ours, theirs))
    lost = deletions(base, ours, theirs, asked)
    labels, numbers, notes = merged_labels(base, ours, theirs, lost.gone, asked)
    was, mine, other = (with_labels(side, labels) for side in (base, ours, theirs))
    fields = FieldMerger(asked, lost.all_kept)
    result = mine.model_copy()
    for name, value in fields.changes("analysis", ours.id, _own(was), _own(mine), _own(other)).items():
        setattr(result, name, value)
    result.next_numbers = numbers
    for kind, name in COLLECTIONS.items():
        was_there, here, there = (getattr(side, name) for side in (was, mine, other))
        setattr(result, name, _merged_records(kind, was_there, here, there, lost, fields))
    result.matrices = _merged_matrices(was, mine, other, result, lost, fields)
    notes += mend_links(result, ours, theirs, lost.gone, asked)
    conflicts = tuple(asked.conflicts.values())
    result.trail = _trail(ours, theirs, conflicts, by, time)
    return Merged(result, conflicts, tuple(notes))


def _own(analysis: Analysis) -> OwnFields:
    """Return what the document says of itself, the keys of other programs included."""
    names = OwnFields.model_fields
    values = {name: value for name, value in analysis.__dict__.items() if name in names}
    return OwnFields.model_construct(**values, **(analysis.model_extra or {}))


def _merged_records(
    kind: str, base: dict[str, Any], ours: dict[str, Any], theirs: dict[str, Any], lost: Deletions, fields: FieldMerger
) -> dict[str, Any]:
    gone = lost.gone.get(kind, set())
    found: dict[str, Any] = {}
    for entry in {**ours, **theirs} if ours.keys() != theirs.keys() else ours:
        if entry in gone:
            continue
        mine, other = ours.get(entry), theirs.get(entry)
        if mine is None or other is None:
            found[entry] = mine or other
        elif mine == other:
            found[entry] = mine
        else:
            found[entry] = fields.record(kind, base.get(entry), mine, other)
    return _ordered(found, base, ours, theirs)


def _ordered(found: dict[str, Any], base: Iterable[str], ours: Iterable[str], theirs: Iterable[str]) -> dict[str, Any]:
    order = merge_order(tuple(base), tuple(ours), tuple(theirs), found.keys(), allowed=found.keys())
    return {entry: found[entry] for entry in order.by_rule}


def _merged_matrices(
    base: Analysis, ours: Analysis, theirs: Analysis, result: Analysis, lost: Deletions, fields: FieldMerger
) -> list[Matrix]:
    was, mine, other = ({matrix.id: matrix for matrix in side.matrices} for side in (base, ours, theirs))
    gone = lost.gone.get("matrix", set())
    merged = _MatrixMerger(result, lost, fields)
    found: dict[str, Matrix] = {}
    for entry in {**mine, **other}:
        if entry not in gone:
            sides = (was.get(entry), mine.get(entry), other.get(entry))
            found[entry] = merged.merged(*sides)
    order = merge_order(tuple(was), tuple(mine), tuple(other), found.keys(), allowed=found.keys())
    ids = merged.settled_order("", "matrix", tuple(was), order.ids, order.other)
    return [found[entry] for entry in ids]


class _MatrixMerger:
    """Merges matrices: their fields, both orders, and the sheets."""

    def __init__(self, result: Analysis, lost: Deletions, fields: FieldMerger) -> None:
        self._known = {"hypotheses": result.hypotheses.keys(), "evidence": result.evidence.keys()}
        self._kept = lost.all_kept
        axes = ("hypothesis", "evidence", "analyst")
        self._lost = Lost(
            frozenset(entry for kind in axes for entry in lost.gone.get(kind, ())),
            frozenset(entry for kind in axes for entry in lost.kept.get(kind, ())),
        )
        self._fields = fields

    def merged(self, base: Matrix | None, ours: Matrix | None, theirs: Matrix | None) -> Matrix:
        """Return one matrix out of two versions, or the only one there is, without what is gone."""
        if ours is None or theirs is None:
            only = ours or theirs
            assert only is not None
            base, ours, theirs = None, only, only
        updates = self._fields.changes("matrix", ours.id, base, ours, theirs, _MATRIX_FIELDS)
        result = ours.model_copy(update=updates)
        for axis, kind in (("hypotheses", "hypothesis"), ("evidence", "evidence")):
            was = getattr(base, axis) if base is not None else ()
            sides = getattr(ours, axis), getattr(theirs, axis)
            allowed = {*sides[0], *sides[1]} - self._lost.gone
            order = merge_order(was, *sides, self._kept, allowed=allowed)
            setattr(result, axis, list(self.settled_order(ours.id, kind, was, order.ids, order.other)))
        result.sheets = merge_sheets(base, ours, theirs, self._lost, self._fields.asked)
        return result

    def settled_order(
        self, matrix: str, axis: str, base: Iterable[str], ours: tuple[str, ...], theirs: tuple[str, ...] | None
    ) -> tuple[str, ...]:
        """Return the order, asked for where both sides moved the same things apart."""
        if theirs is None:
            return ours
        conflict = Conflict(Sort.ORDER, "matrix", matrix, (axis,), (), tuple(base), ours, theirs)
        return ours if self._fields.asked.settle(conflict) is Side.OURS else theirs


_MATRIX_FIELDS = tuple(name for name in Matrix.model_fields if name not in ("id", "hypotheses", "evidence", "sheets"))


def _trail(ours: Analysis, theirs: Analysis, conflicts: Iterable[Conflict], by: str, time: str) -> list[Any]:
    trail = merged_trail(ours.trail, theirs.trail)
    if time:
        known = {entry.id for entry in trail}
        trail += [entry for entry in decisions(conflicts, by, time) if entry.id not in known]
    return trail
