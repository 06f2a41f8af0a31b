"""What each item adds to the log odds of one hypothesis against another, under Bayes.

Weight of evidence W(a : b) = log10 P(e|a) - log10 P(e|b), in bans (Good 1950; Turing's deciban is a tenth of it). The
log odds begin with those of the priors, and the weights of all items add up to those after the evidence.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ach_desk.scoring.additive import Additive

if TYPE_CHECKING:
    from numpy.typing import NDArray

_NOTHING = 1e-9


@dataclass(frozen=True, eq=False)
class Weights:
    """The weight of each item for `ahead` against `behind` (columns), in bans.

    start: log10 of the prior odds. weight: float64 per item, 0 for one that is not used; positive speaks for `ahead`.
    rows: the items that weigh anything, the heaviest first, of equals in matrix order. idle: used, but weigh nothing.
    """

    ahead: int
    behind: int
    start: float
    weight: NDArray[np.float64]
    rows: tuple[int, ...]
    idle: tuple[int, ...]

    @property
    def total(self) -> float:
        """Return the log10 odds of `ahead` against `behind` after all items."""
        return self.start + float(self.weight.sum())

    @property
    def share(self) -> float:
        """Return the probability of `ahead` if one of the two were true: odds / (1 + odds)."""
        return float(1.0 / (1.0 + 10.0 ** -np.clip(self.total, -300, 300)))


def weights(method: Additive, ahead: int, behind: int) -> Weights:
    """Return the weights of evidence between two hypotheses (columns) of a method that adds log10 likelihoods."""
    weight = np.where(method.used, method.values[:, ahead] - method.values[:, behind], 0.0)
    order = np.argsort(-np.abs(weight), kind="stable")
    rows = tuple(int(row) for row in order if abs(weight[row]) > _NOTHING)
    idle = tuple(int(row) for row in np.flatnonzero(method.used & (np.abs(weight) <= _NOTHING)))
    return Weights(ahead, behind, float(method.start[ahead] - method.start[behind]), weight, rows, idle)


def nearest_rival(method: Additive, ahead: int) -> int | None:
    """Return the ranked hypothesis with the best score beside `ahead`, of equals the first; None when there is none."""
    scores = method.scores
    others = [int(column) for column in np.flatnonzero(method.ranked) if column != ahead]
    return max(others, key=lambda column: (scores[column], -column), default=None)
