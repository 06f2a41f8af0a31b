"""How much an observation that is not made yet would tell. Measures of Nelson (2005, 2007), of which two are used.

Arrays: `prior` float64 per hypothesis, summing to 1; `outcomes` float64, outcomes x hypotheses, P(outcome | H):
each column summing to 1; observations may be stacked before these two axes. Bayesian diagnosticity is not here on
purpose: Nelson reports that data contradict it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def outcomes_of(present: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the outcomes "seen" and "not seen" of something seen with probability `present` per hypothesis."""
    return np.stack([present, 1.0 - present], axis=-2)


def posteriors(prior: NDArray[np.float64], outcomes: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the posterior after each outcome, outcomes x hypotheses; the prior after one that cannot happen."""
    joint = outcomes * prior
    total = joint.sum(axis=-1, keepdims=True)
    return np.where(total > 0, joint / np.where(total > 0, total, 1.0), prior)


def entropy(probabilities: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the entropy in bits along the last axis; 0 log 0 is 0."""
    positive = np.where(probabilities > 0, probabilities, 1.0)
    return -(probabilities * np.log2(positive)).sum(axis=-1) + 0.0


def entropy_of_chance(chance: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the entropy in bits of what happens with each chance and else does not."""
    return entropy(np.stack([chance, 1.0 - chance], axis=-1))


def expected_information_gain(prior: NDArray[np.float64], outcomes: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the expected fall of entropy in bits: H(prior) - sum of P(o) H(posterior after o); 0 or more."""
    left = (outcomes @ prior * entropy(posteriors(prior, outcomes))).sum(axis=-1)
    return np.maximum(entropy(prior) - left, 0.0)


def expected_divergence(prior: NDArray[np.float64], outcomes: NDArray[np.float64]) -> float:
    """Return the expected Kullback-Leibler divergence from prior to posterior in bits; equals the information gain."""
    after = posteriors(prior, outcomes)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where((after > 0) & (prior > 0), after / np.where(prior > 0, prior, 1.0), 1.0)
    return float((outcomes @ prior) @ (after * np.log2(ratio)).sum(axis=1))


def probability_gain(prior: NDArray[np.float64], outcomes: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the rise of the chance to name the right hypothesis: sum of P(o) max q - max prior; 0 or more."""
    best = (outcomes @ prior * posteriors(prior, outcomes).max(axis=-1)).sum(axis=-1)
    return np.maximum(best - prior.max(), 0.0)


def most_separated(prior: NDArray[np.float64], present: NDArray[np.float64]) -> NDArray[np.intp]:
    """Return the two hypotheses that an observation tells apart most, the one that makes it likelier first.

    Of the variance of P(seen | H) over the hypotheses, the sum over pairs of prior_a prior_b (l_a - l_b)^2, it is the
    pair with the greatest part. `present` may be stacked: the result has a last axis of two columns.
    """
    apart = prior[:, None] * prior * (present[..., :, None] - present[..., None, :]) ** 2
    pairs = apart.reshape(*present.shape[:-1], -1).argmax(axis=-1)
    found = np.stack(np.divmod(pairs, len(prior)), axis=-1)
    swapped = np.take_along_axis(present, found, axis=-1)
    return np.where((swapped[..., :1] < swapped[..., 1:]), found[..., ::-1], found)


def impact(prior: NDArray[np.float64], outcomes: NDArray[np.float64]) -> float:
    """Return the expected absolute change of the probabilities, summed over the hypotheses."""
    chances = outcomes @ prior
    return float(chances @ np.abs(posteriors(prior, outcomes) - prior).sum(axis=1))
