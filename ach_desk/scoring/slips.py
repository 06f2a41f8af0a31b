"""How often each hypothesis leads when ratings slip: Monte Carlo over uncertain ratings, weights and priors.

Rank acceptability is the share of trials in which a hypothesis has a rank (SMAA-2, Lahdelma & Salminen 2001). It says
how firmly the present ratings hold the order. It is not the probability that a hypothesis is true.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ach_desk.scoring.programme import never

if TYPE_CHECKING:
    from numpy.typing import NDArray

_CHUNK_CELLS = 65_536
"""So many cells of one hypothesis are drawn at once: what is done with them stays in the cache."""
_COUNTED_AT_ONCE = 2048
"""So many trials are put in order at once: pair by pair, which costs as much for few of them."""
_TIE = 1e-4
"""Scores in float32 no further apart than this are tied: the weights cannot make real differences that small."""


@dataclass(frozen=True, eq=False)
class Cells:
    """What every cell may slip to. All arrays items x hypotheses (x choices).

    values: float64, what the choice adds to the score. chances: float64, how likely the choice is; they sum to 1 along
    the last axis, with chance 0 for a choice that a cell does not have. A cell that cannot slip has one of chance 1.
    """

    values: NDArray[np.float64]
    chances: NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Levels:
    """What every item may be worth beside what its cells slip to, drawn once per trial and item.

    values: float64, levels x items x hypotheses x choices: what each choice of `Cells` adds at each level.
    chances: float64, items x levels, summing to 1 for each item.
    """

    values: NDArray[np.float64]
    chances: NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Shares:
    """The result over `draws` trials with `seed`, for the ranked hypotheses `columns` in matrix order.

    share: float64, hypotheses x ranks: how often each has each rank; those that tie in a trial share the ranks they
        cover equally, so that every row and every column sums to 1.
    wins: float64, hypotheses x hypotheses: how often the first scores better than the second, a tie counting half.
    """

    columns: tuple[int, ...]
    draws: int
    seed: int
    share: NDArray[np.float64]
    wins: NDArray[np.float64]

    @property
    def entropy(self) -> float:
        """Return the choice entropy in bits of the shares of rank 1: 0 when one always leads (Tervonen & Lahdelma)."""
        first = self.share[:, 0] if len(self.columns) else np.zeros(0)
        positive = first[first > 0]
        return float(-(positive * np.log2(positive)).sum()) + 0.0

    @property
    def margin(self) -> float:
        """Return the half width of a 95 % interval of a share near one half: 1.96 sqrt(1/4 / draws)."""
        return 1.96 * math.sqrt(0.25 / self.draws)


def shares(
    cells: Cells,
    start: NDArray[np.float64],
    columns: tuple[int, ...],
    draws: int,
    seed: int,
    *,
    cancelled: Callable[[], bool] = never,
    levels: Levels | None = None,
    reach: float = 0.0,
) -> Shares | None:
    """Return the shares over `draws` trials in which every cell slips by itself; None when cancelled.

    start: what the score of each hypothesis begins with; in each trial it is moved by up to `reach` to either side,
    uniformly. levels: None where the weights are certain. The same seed gives the same shares.
    """
    ranked = list(columns)
    random = np.random.default_rng(seed)
    counts = np.zeros((len(ranked), len(ranked)))
    wins = np.zeros((len(ranked), len(ranked)))
    draw = _Draw(cells, ranked) if levels is None else _DrawAtLevels(cells, ranked, levels)
    begins_with = start[ranked].astype(np.float32)
    for size in _parts(draws, _COUNTED_AT_ONCE):
        drawn = []
        for part in _parts(size, _CHUNK_CELLS // max(draw.width, 1)):
            if cancelled():
                return None
            drawn.append(draw.scores(random, part) + begins_with)
        scores = np.concatenate(drawn)
        if reach:
            scores += np.float32(reach) * (2 * random.random(scores.shape, np.float32) - 1)
        _count(scores, counts, wins)
    return Shares(columns, draws, seed, counts / draws, wins / draws)


def _parts(whole: int, size: int) -> Iterator[int]:
    """Yield the sizes of the parts that a whole falls into, each `size` or less and at least 1."""
    size = max(size, 1)
    for begin in range(0, whole, size):
        yield min(size, whole - begin)


class _Draw:
    """Draws trials: what is certain is added once, and of each cell only what may slip is drawn."""

    def __init__(self, cells: Cells, ranked: list[int]) -> None:
        self._certain: list[np.float32] = []
        self._loose: list[_Loose] = []
        for column in ranked:
            values, chances = cells.values[:, column], cells.chances[:, column]
            first = np.take_along_axis(values, chances.argmax(axis=1)[:, None], axis=1)[:, 0]
            slips = ((chances > 0) & (values != first[:, None])).any(axis=1)
            self._certain.append(np.where(slips, 0.0, first).astype(np.float32).sum())
            self._loose.append(_Loose(values[slips], chances[slips]))
        self.width = max((loose.number for loose in self._loose), default=0)

    def scores(self, random: np.random.Generator, size: int) -> NDArray[np.float32]:
        """Return the scores of `size` trials, trials x hypotheses."""
        result = np.empty((size, len(self._loose)), np.float32)
        for place, (certain, loose) in enumerate(zip(self._certain, self._loose, strict=True)):
            result[:, place] = certain + loose.drawn(random, size)
        return result


class _Loose:
    """The cells of one hypothesis that may slip: a ladder of thresholds, each with what crossing it adds."""

    def __init__(self, values: NDArray[np.float64], chances: NDArray[np.float64]) -> None:
        self.number = len(values)
        bounds = np.cumsum(chances, axis=1)[:, :-1].astype(np.float32)
        jumps = np.diff(values, axis=1).astype(np.float32)
        self._base = values[:, 0].astype(np.float32).sum() if values.size else np.float32(0)
        used = (jumps != 0).any(axis=0) if jumps.size else np.zeros(0, np.bool_)
        self._steps = [(bounds[:, place].copy(), jumps[:, place].copy()) for place in np.flatnonzero(used)]

    def drawn(self, random: np.random.Generator, size: int) -> NDArray[np.float32]:
        """Return what these cells add in `size` trials."""
        if not self.number:
            return np.zeros(size, np.float32)
        chance = random.random((size, self.number), np.float32)
        total = np.full(size, self._base, np.float32)
        for bound, jump in self._steps:
            total += (chance >= bound).astype(np.float32) @ jump
        return total


class _DrawAtLevels:
    """Draws trials in which the level of each item is drawn too, and what its cells slip to counts at that level.

    A level and a choice together are one place in a table of what they add, so that a cell is drawn and looked up
    whatever the number of levels.
    """

    def __init__(self, cells: Cells, ranked: list[int], levels: Levels) -> None:
        self._levels = _bounds(levels.chances)
        self._columns = [
            _AtLevels(levels.values[:, :, column], cells.chances[:, column], levels.chances) for column in ranked
        ]
        self.width = len(levels.chances)

    def scores(self, random: np.random.Generator, size: int) -> NDArray[np.float32]:
        """Return the scores of `size` trials, trials x hypotheses."""
        level = _crossed(random, size, self._levels)
        result = np.empty((size, len(self._columns)), np.float32)
        for place, column in enumerate(self._columns):
            result[:, place] = column.drawn(random, level)
        return result


class _AtLevels:
    """The cells of one hypothesis, of which level or choice may make a difference."""

    def __init__(
        self, values: NDArray[np.float64], chances: NDArray[np.float64], of_level: NDArray[np.float64]
    ) -> None:
        """`values` are levels x items x choices, `chances` items x choices, `of_level` items x levels."""
        added = values.transpose(1, 0, 2)
        possible = (of_level[:, :, None] > 0) & (chances[:, None, :] > 0)
        lowest = np.where(possible, added, np.inf).min(axis=(1, 2), initial=np.inf)
        highest = np.where(possible, added, -np.inf).max(axis=(1, 2), initial=-np.inf)
        self._rows = np.flatnonzero(highest > lowest)
        self._certain = np.delete(lowest, self._rows).sum(dtype=np.float32)
        self._bounds = _bounds(chances[self._rows])
        self._table = added[self._rows].astype(np.float32).ravel()
        self._choices = values.shape[2]
        self._starts = np.arange(len(self._rows)) * values.shape[0] * self._choices
        self.number = len(self._rows)

    def drawn(self, random: np.random.Generator, level: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Return what these cells add in trials with these levels, trials x items."""
        places = level[:, self._rows].astype(np.intp)
        places *= self._choices
        places += self._starts
        places += _crossed(random, len(level), self._bounds)
        return self._table.take(places).sum(axis=1) + self._certain


def _bounds(chances: NDArray[np.float64]) -> NDArray[np.float32]:
    """Return between each two neighbouring choices, for each row of `chances`, the number in 0 to 1 that parts them."""
    return np.ascontiguousarray(np.cumsum(chances, axis=-1).T[:-1], np.float32)


def _crossed(random: np.random.Generator, size: int, bounds: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Return for each trial and row how many of its bounds chance is past."""
    chance = random.random((size, bounds.shape[1]), np.float32)
    crossed = np.zeros(chance.shape, np.uint8)
    for bound in bounds:
        crossed += chance >= bound
    return crossed


def _count(scores: NDArray[np.float32], counts: NDArray[np.float64], wins: NDArray[np.float64]) -> None:
    """Add the trials (rows of scores) to how often each hypothesis has each rank and beats each other."""
    number = scores.shape[1]
    better = np.zeros(scores.shape, np.int32)
    level = np.ones(scores.shape, np.int32)
    for first in range(number):
        for second in range(first + 1, number):
            ahead = scores[:, first] - scores[:, second]
            wins_first, wins_second = ahead > _TIE, ahead < -_TIE
            better[:, second] += wins_first
            better[:, first] += wins_second
            tied = ~(wins_first | wins_second)
            level[:, first] += tied
            level[:, second] += tied
            half = tied.sum() / 2
            wins[first, second] += wins_first.sum() + half
            wins[second, first] += wins_second.sum() + half
    for column in range(number):
        whole = np.bincount(better[:, column] * (number + 1) + level[:, column], minlength=number * (number + 1))
        for code in np.flatnonzero(whole):
            begin, shared = divmod(int(code), number + 1)
            counts[column, begin : begin + shared] += whole[code] / shared
