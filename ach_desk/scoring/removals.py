"""The fewest items whose removal lets a challenger draw level with every leader, or pass them. Exact.

With one leader the greedy choice by advantage is optimal, because every item costs one (exchange argument). Where items
share a source, a group or an assumption, or several lead, an integer programme decides (HiGHS through scipy).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING

import numpy as np

from ach_desk.scoring.additive import Additive
from ach_desk.scoring.inconsistency import TIE_TOLERANCE
from ach_desk.scoring.programme import StoppedError, minimise, never

if TYPE_CHECKING:
    from numpy.typing import NDArray

LARGEST_LISTED = 3
"""Of sets up to this size all are listed; of larger ones an example."""
MOST_LISTED = 100
_SOLVER_TOLERANCE = 2e-6
"""Twice what HiGHS lets a constraint be missed by."""


@dataclass(frozen=True)
class Removals:
    """For one challenger (a column): fewest items to draw level and to pass (None: impossible), and the sets.

    sets: rows of the minimum sets to pass, or to draw level where passing is impossible; at most `MOST_LISTED`, and one
    example where they are larger than `LARGEST_LISTED`. total: how many there are (1 for an example).
    """

    challenger: int
    to_tie: int | None
    to_overtake: int | None
    sets: tuple[tuple[int, ...], ...]
    total: int


def removals(method: Additive, challenger: int, *, cancelled: Callable[[], bool] = never) -> Removals:
    """Return the removals for one challenger; third hypotheses are not considered.

    Raises StoppedError soon after `cancelled` holds.
    """
    rows, gains, deficits = _gains(method, challenger)
    to_tie = _fewest(gains, deficits, strictly=False, cancelled=cancelled)
    to_overtake = _fewest(gains, deficits, strictly=True, cancelled=cancelled)
    strictly = to_overtake is not None
    best = to_overtake if strictly else to_tie
    if not best:
        empty = best is not None
        return Removals(challenger, _size(to_tie), _size(to_overtake), ((),) if empty else (), int(empty))
    needed = deficits + TIE_TOLERANCE if strictly else deficits - TIE_TOLERANCE
    if len(best) > LARGEST_LISTED:
        found, total = [tuple(sorted(best))], 1
    else:
        found, total = _all_sets(gains, needed, len(best), strictly=strictly, cancelled=cancelled)
    sets = tuple(tuple(int(rows[place]) for place in chosen) for chosen in found)
    return Removals(challenger, _size(to_tie), _size(to_overtake), sets, total)


def _size(chosen: Sequence[int] | None) -> int | None:
    return None if chosen is None else len(chosen)


def _gains(method: Additive, challenger: int) -> tuple[NDArray[np.intp], NDArray[np.float64], NDArray[np.float64]]:
    """Return the rows in use, what the removal of each gains against each leader, and how far each leader is ahead."""
    rows = np.flatnonzero(method.used)
    ahead = method.deficits(challenger)
    leaders = list(ahead)
    gains = method.values[rows][:, leaders] - method.values[rows][:, [challenger]]
    return rows, gains, np.array([ahead[leader] for leader in leaders])


def _fewest(
    gains: NDArray[np.float64], deficits: NDArray[np.float64], *, strictly: bool, cancelled: Callable[[], bool]
) -> list[int] | None:
    """Return places of a smallest set whose gains meet every deficit; None when there is none."""
    needed = deficits + TIE_TOLERANCE if strictly else deficits - TIE_TOLERANCE
    if _meets(np.zeros(len(deficits)), needed, strictly=strictly):
        return []
    if len(deficits) == 1:
        return _greedy(gains[:, 0], float(needed[0]), strictly=strictly)
    return _by_programme(gains, needed, strictly=strictly, cancelled=cancelled)


def _meets(total: NDArray[np.float64], needed: NDArray[np.float64], *, strictly: bool) -> bool:
    return bool((total > needed).all() if strictly else (total >= needed).all())


def _greedy(gains: NDArray[np.float64], needed: float, *, strictly: bool) -> list[int] | None:
    order = np.argsort(-gains, kind="stable")
    order = order[gains[order] > 0]
    sums = np.cumsum(gains[order])
    enough = np.flatnonzero(sums > needed if strictly else sums >= needed)
    return None if not len(enough) else [int(place) for place in order[: enough[0] + 1]]


def _by_programme(
    gains: NDArray[np.float64], needed: NDArray[np.float64], *, strictly: bool, cancelled: Callable[[], bool]
) -> list[int] | None:
    """Return the same against several leaders at once.

    Small sets are searched one by one, which is exact to the last digit; larger ones are left to an integer programme,
    whose own tolerance is wider than that of ties.
    """
    against_each = [
        _greedy(column, float(bound), strictly=strictly) for column, bound in zip(gains.T, needed, strict=True)
    ]
    if any(chosen is None for chosen in against_each):
        return None
    least = max(len(chosen) for chosen in against_each if chosen is not None)
    for size in range(max(least, 1), LARGEST_LISTED + 1):
        candidates = _candidates(gains, needed, size)
        found = next(_Sets(gains[candidates], needed, strictly, cancelled).listed(size), None)
        if found is not None:
            return candidates[list(found)].tolist()
    places = np.flatnonzero((gains > 0).any(axis=1))
    chosen = cover(
        np.ones(len(places)), gains[places].T, needed + (_SOLVER_TOLERANCE if strictly else 0.0), cancelled=cancelled
    )
    if chosen is None:
        return None
    found = places[chosen]
    return [int(place) for place in found] if _meets(gains[found].sum(axis=0), needed, strictly=strictly) else None


def cover(
    costs: NDArray[np.float64],
    gains: NDArray[np.float64],
    needed: NDArray[np.float64],
    *,
    cancelled: Callable[[], bool] = never,
) -> NDArray[np.intp] | None:
    """Return the places of a cheapest set of which every row of `gains` sums to what is needed; None: there is none."""
    if not gains.shape[1]:
        return None
    found = minimise(costs, gains, needed, cancelled=cancelled)
    return np.flatnonzero(found > 0.5) if found is not None else None


def _all_sets(
    gains: NDArray[np.float64],
    needed: NDArray[np.float64],
    size: int,
    *,
    strictly: bool,
    cancelled: Callable[[], bool],
) -> tuple[list[tuple[int, ...]], int]:
    """Return the first sets of `size` places that meet `needed`, in order, and how many there are."""
    candidates = _candidates(gains, needed, size)
    sets = _Sets(gains[candidates], needed, strictly, cancelled)
    found = [tuple(int(candidates[place]) for place in chosen) for chosen in islice(sets.listed(size), MOST_LISTED)]
    return found, len(found) if len(found) < MOST_LISTED else sets.number(size)


class _Sets:
    """The sets of so many items whose gains meet what is needed: listed one by one, and counted without being listed.

    Of thousands of items there are billions of sets, but few different gains: those that gain the same are alike.
    """

    def __init__(
        self,
        gains: NDArray[np.float64],
        needed: NDArray[np.float64],
        strictly: bool,
        cancelled: Callable[[], bool],
    ) -> None:
        self._gains, self._needed, self._strictly, self._cancelled = gains, needed, strictly, cancelled

    def listed(self, size: int) -> Iterator[tuple[int, ...]]:
        """Yield the sets of `size` places in their order."""
        return self._from(0, (), np.zeros(self._gains.shape[1]), self._best_later(size))

    def _best_later(self, size: int) -> list[NDArray[np.float64]]:
        """Return for 0 to size - 1 items what they gain at most from each place on, against each leader by itself."""
        later = [np.zeros((len(self._gains) + 1, self._gains.shape[1]))]
        for _number in range(1, size):
            best = np.full_like(later[0], -np.inf)
            best[:-1] = np.maximum.accumulate((self._gains + later[-1][1:])[::-1])[::-1]
            later.append(best)
        return later

    def _from(
        self, begin: int, chosen: tuple[int, ...], gained: NDArray[np.float64], later: list[NDArray[np.float64]]
    ) -> Iterator[tuple[int, ...]]:
        """Yield the sets that begin with `chosen` and go on from a place, with as many more as `later` has entries."""
        if self._cancelled():
            raise StoppedError
        hopeful = self._meets(gained + self._gains[begin:] + later[-1][begin + 1 :])
        for place in (np.flatnonzero(hopeful) + begin).tolist():
            if len(later) == 1:
                yield *chosen, place
            else:
                yield from self._from(place + 1, (*chosen, place), gained + self._gains[place], later[:-1])

    def number(self, size: int) -> int:
        """Return how many sets of `size` there are."""
        values, counts = np.unique(self._gains.round(12), axis=0, return_counts=True)
        return self._ways(values, counts, np.zeros(values.shape[1]), size)

    def _ways(
        self, values: NDArray[np.float64], counts: NDArray[np.int64], gained: NDArray[np.float64], left: int
    ) -> int:
        """Return in how many ways `left` items of these gains, so many of each, meet what is needed."""
        if self._cancelled():
            raise StoppedError
        if left == 1:
            return int(counts[self._meets(gained + values)].sum())
        ways = 0
        for place, number in enumerate(counts.tolist()):
            for taken in range(1, min(left, number) + 1):
                total = gained + taken * values[place]
                rest = left - taken
                if rest:
                    others = self._ways(values[place + 1 :], counts[place + 1 :], total, rest)
                else:
                    others = int(self._meets(total[None])[0])
                ways += math.comb(number, taken) * others
        return ways

    def _meets(self, sums: NDArray[np.float64]) -> NDArray[np.bool_]:
        met = sums > self._needed if self._strictly else sums >= self._needed
        return np.logical_and.reduce(met, axis=1)


def _candidates(gains: NDArray[np.float64], needed: NDArray[np.float64], size: int) -> NDArray[np.intp]:
    """Return the places that can be in such a set at all: with the best others they meet every deficit."""
    best = -np.sort(-gains, axis=0)[: size - 1].sum(axis=0) if size > 1 else 0.0
    return np.flatnonzero((gains + best >= needed - TIE_TOLERANCE).all(axis=1))


def fewest_supports(
    advantages: NDArray[np.float64],
    margin: float,
    supports: Sequence[Sequence[int]],
    *,
    strictly: bool = False,
    together: bool = False,
    cancelled: Callable[[], bool] = never,
) -> list[int] | None:
    """Return a smallest set of supports (sources, groups, assumptions) whose fall makes a margin good; None: none does.

    advantages: per item, what its removal gains. supports: per item the numbers of what it rests on: it falls when any
    of these falls (assumptions), or with `together` when all of them fall (sources), and then it falls whether that
    helps or not. Greedy where no item rests on two of them, since then the gains of the supports add up; an integer
    programme elsewhere. Raises StoppedError soon after `cancelled` holds.
    """
    needed = margin + TIE_TOLERANCE if strictly else margin - TIE_TOLERANCE
    if (needed < 0) if strictly else (needed <= 0):
        return []
    numbers = np.fromiter(map(len, supports), np.intp, len(supports))
    if not numbers.any():
        return None
    if numbers.max() == 1:
        return _disjoint(advantages[numbers > 0], needed, supports, strictly=strictly)
    items = [int(place) for place in np.flatnonzero(numbers)]
    count = 1 + max(number for entry in supports for number in entry)
    needed += _SOLVER_TOLERANCE if strictly else 0.0
    falls = list(_all_of(supports, items, count) if together else _any_of(supports, items, count))
    return _programme_of_supports(advantages[items], needed, falls, count, cancelled)


def _disjoint(
    gains: NDArray[np.float64], needed: float, supports: Sequence[Sequence[int]], *, strictly: bool
) -> list[int] | None:
    """Return the same where every item has one support: the largest sums first, which is optimal as for items."""
    numbers = np.fromiter(chain.from_iterable(supports), np.intp, len(gains))
    return _greedy(np.bincount(numbers, weights=gains).astype(np.float64), needed, strictly=strictly)


_Term = tuple[int, float]
"""Place of a variable and its factor."""


def _programme_of_supports(
    gains: NDArray[np.float64],
    needed: float,
    falls: Sequence[tuple[list[_Term], float]],
    count: int,
    cancelled: Callable[[], bool],
) -> list[int] | None:
    """Minimise the number of supports x, with items y that `falls` binds to them (terms and their least sum).

    What the items that fall gain must be what is needed.
    """
    from scipy.sparse import coo_array

    gained = [(count + place, float(gain)) for place, gain in enumerate(gains)], needed
    bounds = [*falls, gained]
    entries = [(row, *term) for row, (terms, _low) in enumerate(bounds) for term in terms]
    rows, columns, values = zip(*entries, strict=True)
    table = coo_array((values, (rows, columns)), shape=(len(bounds), count + len(gains))).tocsr()
    costs = np.concatenate([np.ones(count), np.zeros(len(gains))])
    found = minimise(costs, table, np.array([low for _terms, low in bounds]), cancelled=cancelled)
    return [int(place) for place in np.flatnonzero(found[:count] > 0.5)] if found is not None else None


def _any_of(supports: Sequence[Sequence[int]], items: list[int], count: int) -> Iterator[tuple[list[_Term], float]]:
    """Yield y <= sum of its x, and y >= each x."""
    for place, item in enumerate(items):
        numbers = dict.fromkeys(supports[item])
        yield [(count + place, -1.0), *((number, 1.0) for number in numbers)], 0.0
        for number in numbers:
            yield [(count + place, 1.0), (number, -1.0)], 0.0


def _all_of(supports: Sequence[Sequence[int]], items: list[int], count: int) -> Iterator[tuple[list[_Term], float]]:
    """Yield y <= each x, and y >= sum of its x less all but one."""
    for place, item in enumerate(items):
        numbers = dict.fromkeys(supports[item])
        yield [(count + place, 1.0), *((number, -1.0) for number in numbers)], 1.0 - len(numbers)
        for number in numbers:
            yield [(count + place, -1.0), (number, 1.0)], 0.0
