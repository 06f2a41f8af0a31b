"""Two orders of the same things made one: what was added, left out and moved on either side."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class MergedOrder:
    """The order, and the one that the other side would have given where both moved the same things apart."""

    ids: tuple[str, ...]
    other: tuple[str, ...] | None = None


def merge_order(
    base: Sequence[str],
    ours: Sequence[str],
    theirs: Sequence[str],
    kept: Collection[str] = (),
    *,
    allowed: Collection[str] | None = None,
) -> MergedOrder:
    """Return one order of all that either side has, without what a side left out of `base`.

    `kept`: what stays although a side left it out. `allowed`: nothing else enters (None: everything may).
    """
    mine, other = list(dict.fromkeys(ours)), list(dict.fromkeys(theirs))
    if mine == other:
        return MergedOrder(tuple(entry for entry in mine if allowed is None or entry in allowed))
    was = set(base)
    ours_set, theirs_set = set(mine), set(other)

    def stays(entry: str) -> bool:
        if allowed is not None and entry not in allowed:
            return False
        both = entry in ours_set and entry in theirs_set
        return both or entry not in was or entry in kept

    mine, other = [entry for entry in mine if stays(entry)], [entry for entry in other if stays(entry)]
    common = ours_set & theirs_set
    stayed = [entry for entry in dict.fromkeys(base) if entry in common]
    skeleton = _skeleton(stayed, [one for one in mine if one in common], [one for one in other if one in common])
    if skeleton is not None:
        return MergedOrder(_placed(skeleton, mine, other))
    both = [_Skeleton([entry for entry in order if entry in common]) for order in (mine, other)]
    return MergedOrder(_placed(both[0], mine, other), _placed(both[1], mine, other))


@dataclass(frozen=True)
class _Skeleton:
    """What stands in an order that both sides have or can have, and what of the rest was moved by ours alone."""

    order: list[str]
    moved_by_ours: frozenset[str] = frozenset()


def _skeleton(base: list[str], ours: list[str], theirs: list[str]) -> _Skeleton | None:
    """Return the skeleton of what both sides have; None where both moved the same things to different places."""
    if ours == theirs:
        return _Skeleton(ours)
    was = set(base)
    moved_ours = [entry for entry in ours if entry in was] != base
    moved_theirs = [entry for entry in theirs if entry in was] != base
    if moved_ours != moved_theirs and len(base) == len(ours):
        return _Skeleton(ours if moved_ours else theirs)
    return _where_neither_moved(base, ours, theirs) if moved_ours or moved_theirs else None


def _where_neither_moved(base: list[str], ours: list[str], theirs: list[str]) -> _Skeleton | None:
    still_ours, still_theirs = _longest_still(base, ours), _longest_still(base, theirs)
    still = still_ours & still_theirs
    moved_by_both = {entry for entry in ours if entry not in still_ours and entry not in still_theirs}
    together = still | moved_by_both
    order = [entry for entry in ours if entry in together]
    if order != [entry for entry in theirs if entry in together]:
        return None
    return _Skeleton(order, frozenset(still_theirs - still_ours))


def _longest_still(base: Sequence[str], moved: Sequence[str]) -> set[str]:
    """Return the longest part of `moved` that stands in the order of `base`: the rest is what was moved."""
    place = {entry: at for at, entry in enumerate(base)}
    known = [entry for entry in moved if entry in place]
    ends: list[int] = []
    at_end: list[int] = []
    before: list[int] = []
    for index, entry in enumerate(known):
        at = bisect_left(ends, place[entry])
        before.append(at_end[at - 1] if at else -1)
        ends[at : at + 1] = [place[entry]]
        at_end[at : at + 1] = [index]
    found, index = set(), at_end[-1] if at_end else -1
    while index >= 0:
        found.add(known[index])
        index = before[index]
    return found


def _placed(skeleton: _Skeleton, ours: Sequence[str], theirs: Sequence[str]) -> tuple[str, ...]:
    """Return the skeleton with what only one side has, or moved, where that side has it."""
    fixed, mine, other = set(skeleton.order), set(ours), set(theirs)
    moved = skeleton.moved_by_ours
    after = (
        _after(fixed, ours, lambda entry: entry not in other or entry in moved),
        _after(fixed, theirs, lambda entry: entry not in mine or entry not in moved),
    )
    found: list[str] = []
    for entry in ("", *skeleton.order):
        found += [entry] if entry else []
        # By id and not by side, so that it is the same whoever merges.
        for chunk in sorted(chunk for side in after for chunk in [side.get(entry)] if chunk):
            found += chunk
    return tuple(found)


def _after(fixed: set[str], ids: Sequence[str], is_own: Callable[[str], bool]) -> dict[str, list[str]]:
    """Return what a side places, by the one of the skeleton it stands behind ("" at the beginning)."""
    found: dict[str, list[str]] = {}
    anchor = ""
    for entry in ids:
        if entry in fixed:
            anchor = entry
        elif is_own(entry):
            found.setdefault(anchor, []).append(entry)
    return found
