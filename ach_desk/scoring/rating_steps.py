"""The smallest total of rating steps that lets a challenger draw level with every leader, or pass them. Exact.

One step goes to a neighbour on the scale, in the column of the challenger or of a leader. What k steps can gain at most
in a column is a knapsack over its cells, solved by dynamic programming; the columns are then put together.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ach_desk.scoring.inconsistency import TIE_TOLERANCE
from ach_desk.scoring.programme import StoppedError, never

if TYPE_CHECKING:
    from numpy.typing import NDArray

_NEVER = 1 << 30


@dataclass(frozen=True, eq=False)
class Steps:
    """What the steps of a scale are worth: `values` float64, items x steps, from most consistent to most inconsistent.

    places: int, items x hypotheses: the step at which each cell stands; -1 for one that stays as it is (unrated, N/A,
    off the scale, or of an item that takes no part).
    """

    values: NDArray[np.float64]
    places: NDArray[np.int64]


@dataclass(frozen=True)
class Change:
    """One cell of a smallest change: row, column, and the step it goes to."""

    row: int
    column: int
    place: int


@dataclass(frozen=True)
class RatingSteps:
    """For one challenger (a column): least steps to draw level and to pass (None: impossible), and the changes to pass.

    Where passing is impossible the changes are those to draw level.
    """

    challenger: int
    to_tie: int | None
    to_overtake: int | None
    changes: tuple[Change, ...]


def rating_steps(
    steps: Steps, challenger: int, deficits: dict[int, float], *, cancelled: Callable[[], bool] = never
) -> RatingSteps:
    """Return the least steps for one challenger; `deficits` is leader -> how much it is ahead.

    Raises StoppedError soon after `cancelled` holds.
    """
    tie = {leader: ahead - TIE_TOLERANCE for leader, ahead in deficits.items()}
    over = {leader: ahead + TIE_TOLERANCE for leader, ahead in deficits.items()}
    longest = _enough(steps, challenger, over, cancelled)
    rise = _Column(steps, challenger, upward=True, longest=longest, cancelled=cancelled)
    falls = {leader: _Column(steps, leader, upward=False, longest=longest, cancelled=cancelled) for leader in deficits}
    to_tie = _least(rise, falls, tie, strictly=False)
    to_overtake = _least(rise, falls, over, strictly=True)
    shown = to_overtake or to_tie
    changes = [] if shown is None else rise.changes(shown[1])
    for leader, count in shown[2].items() if shown else ():
        changes += falls[leader].changes(count)
    return RatingSteps(
        challenger, to_tie[0] if to_tie else None, to_overtake[0] if to_overtake else None, tuple(changes)
    )


def _enough(steps: Steps, challenger: int, needed: dict[int, float], cancelled: Callable[[], bool]) -> int | None:
    """Return a number of steps that is certainly enough against a single leader, so that no more are looked at.

    The moves that gain most per step, taken until they make the deficit good; None where these are not enough or
    several lead.
    """
    if len(needed) != 1:
        return None
    ((leader, ahead),) = needed.items()
    moves = []
    for column, upward in ((challenger, True), (leader, False)):
        for _row, options in _all_options(steps, column, upward, cancelled):
            count, gain, _place = max(options, key=lambda option: option[1] / option[0])
            moves.append((gain / count, gain, count))
    gained, total = 0.0, 0
    for _rate, gain, count in sorted(moves, reverse=True):
        gained, total = gained + gain, total + count
        if gained > ahead:
            return total
    return None


def _least(
    rise: _Column, falls: dict[int, _Column], needed: dict[int, float], *, strictly: bool
) -> tuple[int, int, dict[int, int]] | None:
    """Return (total, steps of the challenger, steps of each leader) with the least total; None when there is none."""
    best: tuple[int, int, dict[int, int]] | None = None
    for count, gain in enumerate(rise.most):
        if best is not None and count >= best[0]:
            break
        own = {leader: fall.least(needed[leader] - gain, strictly=strictly) for leader, fall in falls.items()}
        total = count + sum(own.values())
        if total < (best[0] if best else _NEVER):
            best = total, count, own
    return best


class _Column:
    """What at most k steps in one column can gain, for every k up to `longest`, and by which changes."""

    def __init__(
        self, steps: Steps, column: int, *, upward: bool, longest: int | None, cancelled: Callable[[], bool]
    ) -> None:
        self._column = column
        self._options = _all_options(steps, column, upward, cancelled)
        whole = sum(options[-1][0] for _row, options in self._options)
        self._longest = whole if longest is None else min(whole, longest)
        self.most, self._chosen = self._solve(cancelled)

    def _solve(self, cancelled: Callable[[], bool]) -> tuple[NDArray[np.float64], list[NDArray[np.int8]]]:
        most = np.zeros(self._longest + 1)
        chosen = []
        for _row, options in self._options:
            if cancelled():
                raise StoppedError
            before, most = most, most.copy()
            choice = np.zeros(self._longest + 1, np.int8)
            for number, (count, gain, _place) in enumerate(options, 1):
                if count > self._longest:
                    break
                candidate = before[: self._longest + 1 - count] + gain
                better = candidate > most[count:]
                most[count:][better] = candidate[better]
                choice[count:][better] = number
            chosen.append(choice)
        return most, chosen

    def least(self, needed: float, *, strictly: bool) -> int:
        """Return the least number of steps whose gain meets what is needed; a huge number when none does."""
        place = int(np.searchsorted(self.most, needed, side="right" if strictly else "left"))
        return place if place < len(self.most) else _NEVER

    def changes(self, count: int) -> list[Change]:
        """Return the changes that gain the most with at most `count` steps, first row first."""
        found = []
        for (row, options), choice in zip(reversed(self._options), reversed(self._chosen), strict=True):
            number = int(choice[count])
            if number:
                used, _gain, place = options[number - 1]
                found.append(Change(row, self._column, place))
                count -= used
        return found[::-1]


def _all_options(
    steps: Steps, column: int, upward: bool, cancelled: Callable[[], bool]
) -> list[tuple[int, list[tuple[int, float, int]]]]:
    """Return (row, its ways to move) for every cell of a column that can move with a gain."""
    found = []
    for row in np.flatnonzero(steps.places[:, column] >= 0).tolist():
        if cancelled():
            raise StoppedError
        options = _options(steps.values[row], int(steps.places[row, column]), upward)
        if options:
            found.append((row, options))
    return found


def _options(values: NDArray[np.float64], place: int, upward: bool) -> list[tuple[int, float, int]]:
    """Return (steps, gain, place) for the ways to move one cell that gain more than every shorter one."""
    others = range(place - 1, -1, -1) if upward else range(place + 1, len(values))
    found: list[tuple[int, float, int]] = []
    best = 0.0
    for other in others:
        gain = float(values[other] - values[place]) * (1 if upward else -1)
        if gain > best + TIE_TOLERANCE:
            found.append((abs(other - place), gain, other))
            best = gain
    return found
