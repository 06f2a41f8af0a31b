"""Two orders of the same things made one: what was added, left out and moved on either side.

That one thing stands before another is a fact, and each fact is merged by itself: where one side turned it round, the
result has it turned round. If the facts agree with each other there is exactly one order that has them all. If they do
not, what one side alone moved goes where that side put it, as far as merging either side in once more then changes
nothing. Else both moved the same things apart, and nobody but a person can say what was meant.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cmp_to_key
from itertools import pairwise


@dataclass(frozen=True)
class MergedOrder:
    """The order, and the one that the other side would have given where both moved the same things apart."""

    ids: tuple[str, ...]
    other: tuple[str, ...] | None = None

    @property
    def by_rule(self) -> tuple[str, ...]:
        """Return the order where nobody is asked: of two the first by ids, the same whoever merges."""
        return self.ids if self.other is None else min(self.ids, self.other)


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
    was = dict.fromkeys(base)
    common = set(mine) & set(other)

    def stays(entry: str) -> bool:
        if allowed is not None and entry not in allowed:
            return False
        return entry in common or entry not in was or entry in kept

    mine, other = [entry for entry in mine if stays(entry)], [entry for entry in other if stays(entry)]
    mine, other = _with_kept(mine, was, other), _with_kept(other, was, mine)
    common = set(mine) & set(other)
    sides = [entry for entry in mine if entry in common], [entry for entry in other if entry in common]
    skeleton = _skeleton([entry for entry in was if entry in common], *sides)
    if skeleton is not None:
        return MergedOrder(_placed(skeleton, mine, other))
    return MergedOrder(_placed(sides[0], mine, other), _placed(sides[1], mine, other))


def _with_kept(side: list[str], base: Mapping[str, None], other: Sequence[str]) -> list[str]:
    """Return the side with what it left out of the base and the other kept, each behind what it stood behind."""
    there, here = set(other), set(side)
    left_out = {entry for entry in base if entry in there and entry not in here}
    if not left_out:
        return side
    behind: dict[str, list[str]] = {}
    anchor = ""
    for entry in base:
        if entry in left_out:
            behind.setdefault(anchor, []).append(entry)
        elif entry in here:
            anchor = entry
    return [*behind.get("", ()), *(one for entry in side for one in (entry, *behind.get(entry, ())))]


def _skeleton(base: list[str], ours: list[str], theirs: list[str]) -> list[str] | None:
    """Return the order of what both sides have; None where they contradict each other."""
    was = set(base)
    added = _behind(was, ours)
    if added != _behind(was, theirs):
        return None
    order = _agreed(base, [one for one in ours if one in was], [one for one in theirs if one in was])
    if order is None:
        return None
    return [*added.get("", ()), *(one for entry in order for one in (entry, *added.get(entry, ())))]


def _agreed(base: list[str], ours: list[str], theirs: list[str]) -> list[str] | None:
    """Return the order that stays as it is when either side is merged into it again; None where there is none."""
    found = _moved(base, ours, theirs)
    if found is None or _moved(base, found, theirs) != found or _moved(base, ours, found) != found:
        return None
    return found


def _moved(base: list[str], ours: list[str], theirs: list[str]) -> list[str] | None:
    if ours == theirs or theirs == base:
        return ours
    if ours == base:
        return theirs
    return _turned(base, ours, theirs) or _put_where_moved(base, ours, theirs)


def _put_where_moved(base: list[str], ours: list[str], theirs: list[str]) -> list[str] | None:
    """Return what neither side moved, and what both did, in one order, and the rest where the one put it that did.

    None where something would not be moved after all, because all that it was moved past was moved on the other side.
    """
    still = _still(base, ours), _still(base, theirs)
    own = [{entry for entry in base if entry not in side} for side in still]
    fixed = (still[0] & still[1]) | (own[0] & own[1])
    order = _turned(*([entry for entry in side if entry in fixed] for side in (base, ours, theirs)))
    if order is None:
        return None
    placed = []
    for side, of in zip((ours, theirs), own, strict=True):
        known = fixed | of
        was, now = ([entry for entry in of_both if entry in known] for of_both in (base, side))
        if not of.isdisjoint(_not_passed(was, now)):
            return None
        placed.append(now)
    return list(_placed(order, *placed))


def _not_passed(one: Sequence[str], two: Sequence[str]) -> set[str]:
    """Return what has the same things before it, and so behind it, in both orders."""
    found: set[str] = set()
    apart: set[str] = set()
    for first, second in zip(one, two, strict=True):
        if first == second and not apart:
            found.add(first)
        apart ^= {first} ^ {second}
    return found


def _still(base: Sequence[str], moved: Sequence[str]) -> set[str]:
    """Return the longest part of `moved` that stands in the order of `base`: the rest is what was moved."""
    place = {entry: at for at, entry in enumerate(base)}
    ends: list[int] = []
    at_end: list[int] = []
    before: list[int] = []
    for index, entry in enumerate(moved):
        at = bisect_left(ends, place[entry])
        before.append(at_end[at - 1] if at else -1)
        ends[at : at + 1] = [place[entry]]
        at_end[at : at + 1] = [index]
    found, index = set(), at_end[-1] if at_end else -1
    while index >= 0:
        found.add(moved[index])
        index = before[index]
    return found


def _turned(base: list[str], ours: list[str], theirs: list[str]) -> list[str] | None:
    """Return the order in which two stand the other way round than in `base` if, and only if, a side turned them."""
    blocks = _blocks(base, ours, theirs)
    sides = [[entry for entry in side if entry in blocks] for side in (base, ours, theirs)]
    at = [{entry: place for place, entry in enumerate(side)} for side in sides]

    def compared(one: str, two: str) -> int:
        before = at[0][one] < at[0][two]
        turned = any((side[one] < side[two]) is not before for side in at[1:])
        return -1 if before is not turned else 1

    order = sorted(blocks, key=cmp_to_key(compared))
    from_base, from_ours, from_theirs = (_turns(side, order) for side in sides)
    by_ours, by_theirs, between = _turns(*sides[:2]), _turns(sides[0], sides[2]), _turns(*sides[1:])
    # Sorting by facts that go in a circle gives some order; the counts tell whether it has them all, and no others.
    all_of_ours, all_of_theirs = from_base == by_ours + from_ours, from_base == by_theirs + from_theirs
    no_other = 2 * from_base == by_ours + by_theirs + between
    if not (all_of_ours and all_of_theirs and no_other):
        return None
    return [entry for head in order for entry in blocks[head]]


def _blocks(*orders: list[str]) -> dict[str, list[str]]:
    """Return the runs that stand together in every order, by the first of each, in the first order."""
    following = [dict(pairwise(order)) for order in orders]
    found: dict[str, list[str]] = {}
    run: list[str] = []
    for entry in orders[0]:
        if run and all(after.get(run[-1]) == entry for after in following):
            run.append(entry)
        else:
            run = found[entry] = [entry]
    return found


def _turns(one: Sequence[str], two: Sequence[str]) -> int:
    """Return how many pairs stand one way round in one order, and the other way round in the other."""
    at = {entry: place for place, entry in enumerate(one)}
    seen: list[int] = []
    found = 0
    for entry in two:
        found += len(seen) - bisect_left(seen, at[entry])
        insort(seen, at[entry])
    return found


def _placed(skeleton: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> tuple[str, ...]:
    """Return the skeleton with what only one side has, each behind what it stands behind there."""
    fixed = set(skeleton)
    sides = _behind(fixed, ours), _behind(fixed, theirs)
    found: list[str] = []
    for entry in ("", *skeleton):
        found += [entry] if entry else []
        # By id and not by side, so that it is the same whoever merges.
        for chunk in sorted(chunk for side in sides for chunk in [side.get(entry)] if chunk):
            found += chunk
    return tuple(found)


def _behind(fixed: Collection[str], ids: Sequence[str]) -> dict[str, list[str]]:
    """Return all that is not fixed, by what is fixed and stands before it ("" at the beginning)."""
    found: dict[str, list[str]] = {}
    anchor = ""
    for entry in ids:
        if entry in fixed:
            anchor = entry
        else:
            found.setdefault(anchor, []).append(entry)
    return found
