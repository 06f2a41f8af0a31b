"""Stated probabilities made to add up, and several people's made into one. Formulas alone; the manual has the sources.

Nearest probabilities: Osherson & Vardi 2006; Predd et al. 2008. Linear pool: Stone 1961. Logarithmic pool: Genest &
Zidek 1986 (externally Bayesian). Median: Galton 1907. Geometric mean of odds: Satopaa et al. 2014, for two outcomes.
Our own choices: what is made to add up after pooling; the power of extremising (after Baron et al. 2014); the
exponential form of the coherence weights and their beta (after Karvetski, Olson, Mandel & Twardy 2013).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

FLOOR = 1e-3
"""Where logarithms are taken no probability counts as less: one zero would decide for everybody, for ever."""

MILD_BETA = 1.0
"""How strongly incoherence lessens a weight by default; with three people it moves weights by some ten points."""

EXTREMISE = 1.5


def normalised(stated: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return what was stated over its sum (last axis); equal shares where everything is 0."""
    total = stated.sum(axis=-1, keepdims=True)
    equal = np.full(stated.shape, 1 / stated.shape[-1])
    return np.where(total > 0, stated / np.where(total > 0, total, 1.0), equal)


def projected(stated: NDArray[np.float64], weights: NDArray[np.float64] | None = None) -> NDArray[np.float64]:
    """Return the nearest probabilities that sum to 1: argmin of sum w (x - y)^2 with x >= 0. It can put out a zero.

    x = max(y - theta / w, 0), where theta makes the sum 1; with equal weights the usual sort and threshold.
    """
    over = np.ones(len(stated)) if weights is None else np.asarray(weights, np.float64)
    order = np.argsort(-(stated * over), kind="stable")
    thetas = (np.cumsum(stated[order]) - 1) / np.cumsum(1 / over[order])
    kept = int(np.flatnonzero((stated * over)[order] - thetas > 0)[-1])
    return np.maximum(stated - thetas[kept] / over, 0.0)


def distance(stated: NDArray[np.float64], coherent: NDArray[np.float64]) -> float:
    """Return how far the one lies from the other (Euclidean): from `projected` this is the incoherence."""
    return float(np.sqrt(((stated - coherent) ** 2).sum()))


def coherence_weights(incoherence: NDArray[np.float64], beta: float = MILD_BETA) -> NDArray[np.float64]:
    """Return weights proportional to exp(-beta x incoherence), summing to 1; beta 0 gives equal ones."""
    found = np.exp(-beta * (incoherence - incoherence.min()))
    return found / found.sum()


def linear_pool(rows: NDArray[np.float64], weights: NDArray[np.float64] | None = None) -> NDArray[np.float64]:
    """Return the weighted mean of people x hypotheses: sum of w_i p_i."""
    return np.average(rows, axis=0, weights=weights)


def logarithmic_pool(rows: NDArray[np.float64], weights: NDArray[np.float64] | None = None) -> NDArray[np.float64]:
    """Return the normalised weighted geometric mean, product of p_i ^ w_i; each at least `FLOOR`."""
    return normalised(np.exp(np.average(np.log(np.maximum(rows, FLOOR)), axis=0, weights=weights)))


def median_pool(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the medians, made to sum to 1."""
    return normalised(np.median(rows, axis=0))


def mean_odds(rows: NDArray[np.float64], weights: NDArray[np.float64] | None = None) -> NDArray[np.float64]:
    """Return the probability of the geometric mean of odds, hypothesis by hypothesis; it need not sum to 1."""
    kept = np.clip(rows, FLOOR, 1 - FLOOR)
    logits = np.average(np.log(kept / (1 - kept)), axis=0, weights=weights)
    return 1 / (1 + np.exp(-logits))


def odds_pool(rows: NDArray[np.float64], weights: NDArray[np.float64] | None = None) -> NDArray[np.float64]:
    """Return `mean_odds`, made to sum to 1."""
    return normalised(mean_odds(rows, weights))


def extremised(pooled: NDArray[np.float64], power: float = EXTREMISE) -> NDArray[np.float64]:
    """Return p^a over the sum of p^a: pushed away from the middle for a power above 1."""
    return normalised(pooled**power)
