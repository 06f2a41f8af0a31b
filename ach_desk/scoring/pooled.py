"""How likely each analyst holds each hypothesis to be, made to add up, and pooled. Never a score of a person."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from ach_desk.model import Analysis, Estimate, Hypothesis, Level, Matrix
from ach_desk.scoring import pooling
from ach_desk.scoring.table import active_columns, shown_records

NO_CHANCE = 1e-12
"""What is not above this counts as zero."""


class Pool(StrEnum):
    """The ways of making one set of probabilities of several; equal weights first."""

    LINEAR = "linear"
    LOGARITHMIC = "logarithmic"
    MEDIAN = "median"
    ODDS = "geometric mean of odds"
    EXTREMISED = "linear, extremised"
    COHERENCE = "coherence weighted"


@dataclass(frozen=True, eq=False)
class Stated:
    """What one analyst stated, float64 per hypothesis of the `Pooling`.

    probability, complement: as entered; NaN where that was not. coherent: made to add up by dividing by the sum (with
    its opposite first, where that was stated too). projected: the nearest that add up, as the alternative; it may hold
    zeros that nobody stated. incoherence: how far all that was stated lies from that (Euclidean). total: what the
    probabilities of the hypotheses sum to as stated. confidence: None where not set.
    """

    analyst: str
    probability: np.ndarray
    complement: np.ndarray
    coherent: np.ndarray
    projected: np.ndarray
    incoherence: float
    total: float
    confidence: tuple[Level | None, ...]

    @property
    def new_zeros(self) -> tuple[int, ...]:
        """Return the places where the projection puts a zero that was not stated."""
        stated = np.where(np.isnan(self.probability), 1 - self.complement, self.probability)
        return tuple(int(place) for place in np.flatnonzero((self.projected <= NO_CHANCE) & (stated > NO_CHANCE)))


@dataclass(frozen=True, eq=False)
class Pooling:
    """The stated probabilities of a matrix and what pooling makes of them.

    exclusive: the hypotheses exclude each other, so that probabilities sum to 1. people: who stated one for each of
    them. incomplete: analyst -> hypotheses without one. pools: none with fewer than two people. weights: those of the
    coherence weighting. floored: where logarithms are taken, a zero or certainty counts as `pooling.FLOOR` off it.
    """

    hypotheses: tuple[Hypothesis, ...]
    exclusive: bool
    people: tuple[Stated, ...]
    incomplete: dict[str, tuple[str, ...]]
    pools: dict[Pool, np.ndarray]
    weights: np.ndarray
    beta: float
    power: float
    floored: bool


def pool_estimates(
    analysis: Analysis, matrix: Matrix, *, beta: float = pooling.MILD_BETA, power: float = pooling.EXTREMISE
) -> Pooling:
    """Return what the analysts stated of the active hypotheses of a matrix, each one's latest word, and its pools."""
    _items, shown = shown_records(analysis, matrix)
    active = active_columns(shown)
    hypotheses = tuple(entry for entry, is_active in zip(shown, active, strict=True) if is_active)
    exclusive = matrix.frame is None or not matrix.frame.shows_causes
    latest = _latest(analysis, matrix)
    people, incomplete = [], {}
    for analyst in analysis.analysts:
        given = {entry.id: latest.get((analyst, entry.id)) for entry in hypotheses}
        if not any(given.values()):
            continue
        without = tuple(key for key, estimate in given.items() if estimate is None or _is_blank(estimate))
        if without:
            incomplete[analyst] = without
        else:
            people.append(_stated(analyst, [entry for entry in given.values() if entry is not None], exclusive))
    rows = np.array([one.coherent for one in people])
    weights = _weights(people, beta)
    pools = _pools(rows, weights, power, exclusive) if len(people) > 1 and hypotheses else {}
    floored = bool(((rows < pooling.FLOOR) | (rows > 1 - pooling.FLOOR)).any()) if people else False
    return Pooling(hypotheses, exclusive, tuple(people), incomplete, pools, weights, beta, power, floored)


def _latest(analysis: Analysis, matrix: Matrix) -> dict[tuple[str, str], Estimate]:
    """Return the last estimate of each analyst and hypothesis; of the same moment the one that stands last."""
    found: dict[tuple[str, str], Estimate] = {}
    for entry in sorted(analysis.estimates.values(), key=lambda one: one.time or ""):
        if entry.matrix == matrix.id:
            found[entry.analyst, entry.hypothesis] = entry
    return found


def _is_blank(estimate: Estimate) -> bool:
    return estimate.probability is None and estimate.complement is None


def _stated(analyst: str, given: list[Estimate], exclusive: bool) -> Stated:
    probability = np.array([np.nan if one.probability is None else one.probability for one in given], np.float64)
    complement = np.array([np.nan if one.complement is None else one.complement for one in given], np.float64)
    by_sum = _by_sum(probability, complement)
    votes = np.stack([probability, 1 - complement])
    middle = np.nanmean(votes, axis=0)
    nearest = pooling.projected(middle, (~np.isnan(votes)).sum(axis=0).astype(np.float64)) if exclusive else middle
    said, near = np.append(probability, complement), np.append(nearest, 1 - nearest)
    given_at = ~np.isnan(said)
    return Stated(
        analyst,
        probability,
        complement,
        coherent=pooling.normalised(by_sum) if exclusive else by_sum,
        projected=nearest,
        incoherence=pooling.distance(said[given_at], near[given_at]),
        total=float(np.where(np.isnan(probability), 1 - complement, probability).sum()),
        confidence=tuple(one.confidence for one in given),
    )


def _by_sum(probability: np.ndarray, complement: np.ndarray) -> np.ndarray:
    """Return P(H) over P(H) + P(not H) where both were stated, else what the one says."""
    both = probability + complement
    shared = np.where(both > 0, probability / np.where(both > 0, both, 1.0), 0.5)
    alone = np.where(np.isnan(probability), 1 - complement, probability)
    return np.where(np.isnan(both), alone, shared)


def _weights(people: list[Stated], beta: float) -> np.ndarray:
    if not people:
        return np.zeros(0)
    return pooling.coherence_weights(np.array([one.incoherence for one in people]), beta)


def _pools(rows: np.ndarray, weights: np.ndarray, power: float, exclusive: bool) -> dict[Pool, np.ndarray]:
    """Return every pool; where several may be true at once each hypothesis is pooled against its opposite alone."""
    if exclusive:
        return _of(rows, weights, power)
    pairs = [_of(np.stack([column, 1 - column], axis=1), weights, power) for column in rows.T]
    return {way: np.array([pair[way][0] for pair in pairs]) for way in Pool}


def _of(rows: np.ndarray, weights: np.ndarray, power: float) -> dict[Pool, np.ndarray]:
    linear = pooling.linear_pool(rows)
    return {
        Pool.LINEAR: linear,
        Pool.LOGARITHMIC: pooling.logarithmic_pool(rows),
        Pool.MEDIAN: pooling.median_pool(rows),
        Pool.ODDS: pooling.odds_pool(rows),
        Pool.EXTREMISED: pooling.extremised(linear, power),
        Pool.COHERENCE: pooling.linear_pool(rows, weights),
    }
