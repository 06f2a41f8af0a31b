"""Methods that add up one number per cell, in one form, so that robustness is reckoned in one way for all of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from ach_desk.scoring.inconsistency import TIE_TOLERANCE, ranks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Additive:
    """Scores that are sums over items: higher is better.

    values: float64, items x hypotheses: what each cell adds; 0 where it adds nothing.
    used: bool per item: takes part in the sum.
    evidence: bool, items x hypotheses: the cell counts as rated; a hypothesis without one is not ranked.
    active: bool per hypothesis: takes part in the ranking.
    start: float64 per hypothesis: what the sum begins with (0; for Bayes the log10 of the prior).
    """

    values: NDArray[np.float64]
    used: NDArray[np.bool_]
    evidence: NDArray[np.bool_]
    active: NDArray[np.bool_]
    start: NDArray[np.float64]

    @cached_property
    def scores(self) -> NDArray[np.float64]:
        """Return the score per hypothesis, ranked or not."""
        return self.start + self.used.astype(np.float64) @ self.values + 0.0

    @cached_property
    def ranked(self) -> NDArray[np.bool_]:
        """Return a bool per hypothesis: active, and with a rated cell among the used items."""
        return self.active & (self.rated > 0)

    @cached_property
    def rated(self) -> NDArray[np.int64]:
        """Return how many cells of the used items count as rated, per hypothesis."""
        return np.count_nonzero(self.evidence[self.used], axis=0)

    @cached_property
    def rank(self) -> NDArray[np.int64]:
        """Return the rank per hypothesis as `ranks` gives it; 0 = not ranked."""
        return ranks(self.scores, self.ranked)

    @cached_property
    def leaders(self) -> tuple[int, ...]:
        """Return the columns of the hypotheses ranked first; none when nothing is ranked."""
        return first_of(self.rank)

    @property
    def challengers(self) -> tuple[int, ...]:
        """Return the columns of the ranked hypotheses that are not the sole leader, in matrix order."""
        sole = self.leaders if len(self.leaders) == 1 else ()
        return tuple(int(column) for column in np.flatnonzero(self.ranked) if column not in sole)

    def without(self, rows: NDArray[np.bool_]) -> Additive:
        """Return the same without the items for which `rows`, a bool per item, holds."""
        return replace(self, used=self.used & ~rows)

    def rank_without(self, rows: Sequence[int]) -> NDArray[np.int64]:
        """Return the rank per hypothesis without the items in these rows, from what they take away."""
        gone = [row for row in rows if self.used[row]]
        scores = self.scores - self.values[gone].sum(axis=0)
        return ranks(scores, self.active & (self.rated > self.evidence[gone].sum(axis=0)))

    def deficits(self, challenger: int) -> dict[int, float]:
        """Return leader -> how much it is ahead of `challenger`, for every leader but itself; negative where behind."""
        scores = self.scores
        return {leader: float(scores[leader] - scores[challenger]) for leader in self.leaders if leader != challenger}


def first_of(rank: NDArray[np.int64]) -> tuple[int, ...]:
    """Return the columns of the hypotheses ranked first."""
    return tuple(int(column) for column in np.flatnonzero(rank == 1))


def reaches(gain: float, deficit: float) -> bool:
    """Return whether a gain draws level: it makes the deficit good but for the tolerance of ties."""
    return gain >= deficit - TIE_TOLERANCE


def passes(gain: float, deficit: float) -> bool:
    """Return whether a gain puts the one behind strictly in front."""
    return gain > deficit + TIE_TOLERANCE
