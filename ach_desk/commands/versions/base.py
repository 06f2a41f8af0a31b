"""The state that two versions began from: what their trails lead back to, as far as both agree on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from ach_desk.commands.trail import before_entries
from ach_desk.model import RECORD_CLASSES, Analysis, Matrix, TrailEntry
from ach_desk.model.analysis import OwnFields, RatingSheet

T = TypeVar("T")
_ORDERS = ("hypotheses", "evidence")


def common_base(ours: Analysis, theirs: Analysis) -> Analysis:
    """Return what both versions are known to have begun from.

    Both are led back to where their trails part, and only what is then the same in both counts. Where one was merged
    into the other before, its state of then is the base, so that what was decided then is not asked again. Where the
    trails have nothing in common the base is what the versions share: then nobody can tell an addition from a deletion,
    and merging keeps both and asks about what differs.
    """
    shared = _shared_entries(ours.trail, theirs.trail)
    mine, other = (before_entries(side, shared).analysis for side in (ours, theirs))
    merged_before = _merged_before(ours, theirs, shared)
    if merged_before is not None:
        return _where_agreed(merged_before, mine, other)
    return agreement(mine, other, _orders_kept(ours.trail[shared:]), _orders_kept(theirs.trail[shared:]))


def _merged_before(ours: Analysis, theirs: Analysis, shared: int) -> Analysis | None:
    """Return the state of one version as the other took it in; None where that never happened or cannot be led back."""
    counts = [_contained(theirs.trail, ours.trail), _contained(ours.trail, theirs.trail)]
    if max(counts) <= shared or counts[0] == counts[1]:
        return None
    side, count = (theirs, counts[0]) if counts[0] > counts[1] else (ours, counts[1])
    if not _orders_kept(side.trail[count:]):
        return None
    earlier = before_entries(side, count)
    return None if earlier.problems else earlier.analysis


def _contained(trail: list[TrailEntry], other: list[TrailEntry]) -> int:
    """Return how many entries from the first on the other trail has too, in whatever order."""
    known = {entry.id for entry in other}
    return next((at for at, entry in enumerate(trail) if entry.id not in known), len(trail))


def has_common_trail(ours: Analysis, theirs: Analysis) -> bool:
    """Return whether the trails of the two versions begin alike, so that a base can be found from them.

    A version without any edit is itself what the other, which has some, began from.
    """
    return _shared_entries(ours.trail, theirs.trail) > 0 or bool(ours.trail) != bool(theirs.trail)


def _shared_entries(ours: list[TrailEntry], theirs: list[TrailEntry]) -> int:
    pairs = zip(ours, theirs, strict=False)
    return next((at for at, (mine, other) in enumerate(pairs) if mine.id != other.id), min(len(ours), len(theirs)))


def _orders_kept(entries: list[TrailEntry]) -> bool:
    """Return whether the orders can be led back over the entries: of a long stretch the trail keeps no ids."""
    return not any(entry.what == "order" and len(entry.body) < 5 for entry in entries)


def agreement(ours: Analysis, theirs: Analysis, our_orders: bool = True, their_orders: bool = True) -> Analysis:
    """Return what two states share; `our_orders` says whether the orders of that state can be relied on."""
    own = {name: getattr(ours, name) for name in OwnFields.model_fields if _same(ours, theirs, name)}
    shared = Analysis.model_construct(**{**own, "id": ours.id})
    for name in RECORD_CLASSES:
        setattr(shared, name, _both(getattr(ours, name), getattr(theirs, name)))
    others = {matrix.id: matrix for matrix in theirs.matrices}
    shared.matrices = [
        _shared_matrix(matrix, others[matrix.id], our_orders, their_orders)
        for matrix in ours.matrices
        if matrix.id in others
    ]
    return shared


def _where_agreed(state: Analysis, ours: Analysis, theirs: Analysis) -> Analysis:
    """Return of `state` what both sides lead back to the same beginning.

    What they do not was changed past the trail, by hand or another program: nobody merged that before.
    """
    own = {name: getattr(state, name) for name in OwnFields.model_fields if _same(ours, theirs, name)}
    found = Analysis.model_construct(**{**own, "id": state.id})
    for name in RECORD_CLASSES:
        mine, other = getattr(ours, name), getattr(theirs, name)
        kept = {entry: one for entry, one in getattr(state, name).items() if mine.get(entry) == other.get(entry)}
        setattr(found, name, kept)
    sides = [{matrix.id: matrix for matrix in side.matrices} for side in (ours, theirs)]
    for matrix in state.matrices:
        both = [side.get(matrix.id) for side in sides]
        if both[0] is None and both[1] is None:
            found.matrices.append(matrix.copy_of())
        elif both[0] is not None and both[1] is not None:
            found.matrices.append(_matrix_where_agreed(matrix, both[0], both[1]))
    return found


def _matrix_where_agreed(state: Matrix, ours: Matrix, theirs: Matrix) -> Matrix:
    fields = {
        name: getattr(state, name) if getattr(ours, name) == getattr(theirs, name) else []
        for name in Matrix.model_fields
        if name != "sheets" and (name in _ORDERS or getattr(ours, name) == getattr(theirs, name))
    }
    sheets = {
        analyst: {
            item: {
                hypothesis: rating
                for hypothesis, rating in row.items()
                if ours.rating(analyst, item, hypothesis) == theirs.rating(analyst, item, hypothesis)
            }
            for item, row in sheet.items()
        }
        for analyst, sheet in state.sheets.items()
    }
    return Matrix.model_construct(**{**fields, "sheets": sheets})


def _same(ours: Analysis, theirs: Analysis, name: str) -> bool:
    return getattr(ours, name) == getattr(theirs, name)


def _both(ours: Mapping[str, T], theirs: Mapping[str, T]) -> dict[str, T]:
    return {entry: record for entry, record in ours.items() if entry in theirs and theirs[entry] == record}


def _shared_matrix(ours: Matrix, theirs: Matrix, our_orders: bool, their_orders: bool) -> Matrix:
    fields = {
        name: getattr(ours, name)
        for name in Matrix.model_fields
        if name not in (*_ORDERS, "sheets") and getattr(ours, name) == getattr(theirs, name)
    }
    orders = {
        axis: _shared_order(getattr(ours, axis), getattr(theirs, axis), our_orders, their_orders) for axis in _ORDERS
    }
    sheets = {
        analyst: _shared_sheet(sheet, theirs.sheets[analyst])
        for analyst, sheet in ours.sheets.items()
        if analyst in theirs.sheets
    }
    return Matrix.model_construct(**{**fields, **orders, "id": ours.id, "sheets": sheets})


def _shared_order(ours: list[str], theirs: list[str], ours_known: bool, theirs_known: bool) -> list[str]:
    common = set(ours) & set(theirs)
    mine, other = [entry for entry in ours if entry in common], [entry for entry in theirs if entry in common]
    if mine == other:
        return mine
    if ours_known == theirs_known:
        return []
    return mine if ours_known else other


def _shared_sheet(ours: RatingSheet, theirs: RatingSheet) -> RatingSheet:
    found = {}
    for item, row in ours.items():
        other = theirs.get(item)
        if other is not None:
            both = row if row == other else _both(row, other)
            if both:
                found[item] = dict(both)
    return found
