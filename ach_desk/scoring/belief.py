"""Set-valued belief (Dempster 1967, Shafer 1976), for evidence that only narrows the answer to a set.

A mass function is float64 of 2^n: entry k is the mass of the set whose members are the binary digits of k; entry 0,
the empty set, is always 0. Conflict is always reported with the result: Zadeh's example makes nonsense of normalising
it away.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

MOST_HYPOTHESES = 10
TOO_MUCH_CONFLICT = 0.5
"""Above this conflict there is no single ranking."""


@dataclass(frozen=True, eq=False)
class Belief:
    """mass: float64, 2^n. conflict: K of the whole combination, 0 to 1. belief, plausibility: per hypothesis."""

    mass: NDArray[np.float64]
    conflict: float
    belief: NDArray[np.float64]
    plausibility: NDArray[np.float64]

    @property
    def can_rank(self) -> bool:
        """Return whether the conflict is small enough to rank at all."""
        return self.conflict <= TOO_MUCH_CONFLICT


def vacuous(count: int) -> NDArray[np.float64]:
    """Return the mass that knows nothing; raises ValueError for more than `MOST_HYPOTHESES` hypotheses."""
    if count > MOST_HYPOTHESES:
        raise ValueError(f"at most {MOST_HYPOTHESES} hypotheses")
    mass = np.zeros(2**count)
    mass[-1] = 1.0
    return mass


def from_likelihoods(likelihoods: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the consonant mass of one item: its contour is P(e|H) over the row's largest (Shafer 1976, ch. 11)."""
    mass = vacuous(len(likelihoods)) * 0.0
    contour = likelihoods / likelihoods.max()
    order = np.argsort(-contour, kind="stable")
    members = 0
    for place, column in enumerate(order):
        members |= 1 << int(column)
        following = contour[order[place + 1]] if place + 1 < len(order) else 0.0
        mass[members] += contour[column] - following
    return mass


def discounted(mass: NDArray[np.float64], trust: float) -> NDArray[np.float64]:
    """Return the mass of a source that is trusted to the degree `trust`: m'(A) = r m(A), the rest to the whole set."""
    result = mass * trust
    result[-1] += 1.0 - trust
    return result


def combined(first: NDArray[np.float64], second: NDArray[np.float64]) -> tuple[NDArray[np.float64], float]:
    """Return Dempster's combination of two masses and their conflict K; with K = 1 nothing is left but zeros."""
    sets = np.arange(len(first))
    joint = np.zeros(len(first))
    for chosen in np.flatnonzero(first):
        np.add.at(joint, sets & int(chosen), first[chosen] * second)
    conflict = float(joint[0])
    joint[0] = 0.0
    total = joint.sum()
    return (joint / total if total > 0 else joint), conflict


def belief(masses: Iterable[NDArray[np.float64]], count: int) -> Belief:
    """Return the combination of several masses over `count` hypotheses, with the conflict of all of them together."""
    mass, agreement = vacuous(count), 1.0
    for other in masses:
        mass, conflict = combined(mass, other)
        agreement *= 1.0 - conflict
    singles = 1 << np.arange(count)
    sets = np.arange(len(mass))
    plausibility = np.array([mass[(sets & single) > 0].sum() for single in singles])
    return Belief(mass, 1.0 - agreement, mass[singles], plausibility)


def of_rows(likelihoods: NDArray[np.float64], trust: NDArray[np.float64]) -> Belief:
    """Return the combination of the masses of many items: `from_likelihoods` of each row, `discounted` by its trust.

    likelihoods: items x hypotheses, above 0. trust: per item. The same as `belief` of these masses, by way of
    commonalities, which multiply (Shafer 1976, ch. 3): Q(A) is the sum of the masses of the sets that hold A, and of a
    consonant mass the smallest of the contour over A. That takes one pass per set instead of one per pair of sets.
    """
    count = likelihoods.shape[1]
    if not count or not len(likelihoods):
        none = vacuous(count)
        return Belief(none, 0.0, none[1 << np.arange(count)], np.ones(count))
    vacuous(count)  # refuses too many
    contour = likelihoods / likelihoods.max(axis=1, keepdims=True)
    log = np.zeros(2**count)
    for number in range(1, 2**count):
        members = [column for column in range(count) if number >> column & 1]
        log[number] = np.log(np.maximum(trust * contour[:, members].min(axis=1) + 1 - trust, 1e-300)).sum()
    top = log[1:].max()
    log[0] = top
    common = np.exp(log - top)
    common[0] = 0.0  # of the empty set, which is no answer
    mass = np.maximum(_masses_of(common, count), 0.0)
    mass[0] = 0.0
    total = mass.sum()
    singles = 1 << np.arange(count)
    agreement = float(np.exp(top) * total)
    return Belief(mass / total, min(max(1.0 - agreement, 0.0), 1.0), mass[singles] / total, common[singles] / total)


def _masses_of(common: NDArray[np.float64], count: int) -> NDArray[np.float64]:
    """Return the masses of commonalities: m(A) is the sum over the sets B around A of (-1)^|B - A| Q(B)."""
    mass = common.reshape((2,) * count).copy()
    for axis in range(count):
        without, within = np.moveaxis(mass, axis, 0)
        without -= within
    return mass.reshape(-1)
