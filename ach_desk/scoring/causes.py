"""Independent causes that may act together: leaky noisy-OR over all subsets (Pearl 1988; Zagorecki & Druzdzel).

Each hypothesis is a cause that is at work or not. An item is seen with P(e|S) = 1 - (1 - leak) times the product of
(1 - p_k) over the causes k in S; the leak is what would show it with none of them at work. Combination columns are no
causes: the subsets are the combinations.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST_CAUSES = 10
"""2^10 subsets are enumerated; more causes are refused."""
_AT_ONCE = 500
"""Items whose chances under all subsets are held at once: four megabytes for ten causes."""


@dataclass(frozen=True, eq=False)
class Causes:
    """The result over n causes.

    subsets: bool, 2^n x n: which causes are at work; row k holds the binary digits of k, first cause lowest.
    probabilities: float64, 2^n: posterior of each subset, summing to 1.
    marginals: float64, n: posterior that each cause is at work, whatever the others do. They need not sum to 1.
    """

    subsets: NDArray[np.bool_]
    probabilities: NDArray[np.float64]
    marginals: NDArray[np.float64]

    def leading(self, count: int) -> list[tuple[tuple[int, ...], float]]:
        """Return the most probable combinations as (causes at work, probability), at most `count`."""
        order = np.argsort(-self.probabilities, kind="stable")[:count]
        return [
            (tuple(int(cause) for cause in np.flatnonzero(self.subsets[row])), float(self.probabilities[row]))
            for row in order
        ]


def all_subsets(count: int) -> NDArray[np.bool_]:
    """Return the 2^count x count table of subsets; raises ValueError for more than `MOST_CAUSES`."""
    if count > MOST_CAUSES:
        raise ValueError(f"at most {MOST_CAUSES} causes")
    return (np.arange(2**count)[:, None] >> np.arange(count) & 1).astype(np.bool_)


def leak_of(likelihoods: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the leak per item: the smallest P(e|cause) in its row (items x causes); no cause makes it less likely."""
    return likelihoods.min(axis=1) if likelihoods.shape[1] else np.ones(len(likelihoods))


def powers(likelihoods: NDArray[np.float64], leak: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return p_ke = 1 - (1 - P(e|k)) / (1 - leak), items x causes: the power of a cause beyond the leak.

    0 where P(e|k) = 1 = leak: what is certain anyway needs no cause.
    """
    room = 1.0 - leak[:, None]
    return np.where(room > 0, 1.0 - (1.0 - likelihoods) / np.where(room > 0, room, 1.0), 0.0)


def chance(power: NDArray[np.float64], leak: NDArray[np.float64], subsets: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return P(e|S) by leaky noisy-OR, items x subsets."""
    return _all_chances(power, leak)[:, subsets @ (1 << np.arange(subsets.shape[1]))]


def _all_chances(power: NDArray[np.float64], leak: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return P(e|S) for every subset, in the order of `all_subsets`: each cause doubles what is known without it."""
    silent = 1.0 - leak[:, None]
    for cause in range(power.shape[1]):
        silent = np.hstack([silent, silent * (1.0 - power[:, cause : cause + 1])])
    return 1.0 - silent


def causes(
    likelihoods: NDArray[np.float64],
    prior: NDArray[np.float64],
    exponents: NDArray[np.float64] | None = None,
    leak: NDArray[np.float64] | None = None,
    reports: tuple[NDArray[np.float64], NDArray[np.float64]] | None = None,
) -> Causes:
    """Return the posterior over all subsets of causes.

    likelihoods: P(e|cause alone), items x causes, every cell known. prior: per cause, that it is at work.
    exponents: as for Bayes. leak: per item, at least 0 and at most the smallest of its row (then it is that).
    reports: (hit, false alarm) per item. The causes bring the item about and not its report, so that P(e|S) is worked
    out first, and of it P(e*|S) = f + (h - f) P(e|S).
    Raises ValueError for more than `MOST_CAUSES` causes.
    """
    subsets = all_subsets(likelihoods.shape[1])
    base = leak_of(likelihoods) if leak is None else np.minimum(leak, leak_of(likelihoods))
    weights = np.ones(len(likelihoods)) if exponents is None else exponents
    bounded = np.clip(prior, 1e-12, 1 - 1e-12)
    log = np.where(subsets, np.log(bounded), np.log1p(-bounded)).sum(axis=1)
    for start in range(0, len(likelihoods), _AT_ONCE):
        rows = slice(start, start + _AT_ONCE)
        seen = _all_chances(powers(likelihoods[rows], base[rows]), base[rows])
        if reports is not None:
            hit, false_alarm = (part[rows, None] for part in reports)
            seen = false_alarm + (hit - false_alarm) * seen
        log += weights[rows] @ np.log(np.maximum(seen, 1e-300))
    unnormalised = np.exp(log - log.max())
    probabilities = unnormalised / unnormalised.sum()
    return Causes(subsets, probabilities, probabilities @ subsets)


def recursive_noisy_or(chances: dict[frozenset[int], float], causes_at_work: frozenset[int]) -> float:
    """Return P(effect | causes) by the recursive noisy-OR of Lemmer & Gossink (2004), given smaller combinations.

    1 - product over i of (1 - P(without i)) / (1 - P(without i and i+1)), cyclically; `chances` holds what was judged
    of single causes and pairs. Raises KeyError where a single cause was not judged.
    """
    known = chances.get(causes_at_work)
    if known is not None:
        return known
    if len(causes_at_work) == 1:
        raise KeyError(causes_at_work)
    order = sorted(causes_at_work)
    silent = 1.0
    for place, cause in enumerate(order):
        following = order[(place + 1) % len(order)]
        without = recursive_noisy_or(chances, causes_at_work - {cause})
        both = causes_at_work - {cause, following}
        silent *= (1 - without) / (1 - recursive_noisy_or(chances, both)) if both else 1 - without
    return 1 - silent
