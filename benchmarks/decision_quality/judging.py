"""What each method says of a case, for one analyst and pooled over several."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ach_desk.model.method_settings import NOT_SET, Method, MethodSettings
from ach_desk.model.values import Level
from ach_desk.scoring import bayes
from ach_desk.scoring.inconsistency import INCONSISTENCY_POINTS, SPREAD_POINTS
from benchmarks.decision_quality.cases import Case, Rated

METHODS = (Method.INCONSISTENCY, Method.WEIGHTED, Method.NET, Method.BAYES, Method.BAYES_SOURCES)
_SETTINGS = MethodSettings()
_REPORTS = [_SETTINGS.reports[level] for level in (Level.HIGH, Level.MEDIUM, Level.LOW)]
_HITS = np.array([report.hit for report in _REPORTS])
_FALSE_ALARMS = np.array([report.false_alarm for report in _REPORTS])
assert _SETTINGS.reports[NOT_SET] == _SETTINGS.reports[Level.MEDIUM]


def scores(case: Case, method: Method, analysts: int) -> NDArray[np.float64]:
    """Return a score per hypothesis, higher is better, pooled over the first `analysts` analysts.

    Counting is pooled by the mean of the scores. Bayes is pooled linearly, which suits judges who share the evidence;
    its score is the log10 of the pooled probability.
    """
    found = [_of_one(case, rated, method) for rated in case.analysts[:analysts]]
    if method not in (Method.BAYES, Method.BAYES_SOURCES):
        return np.mean(found, axis=0)
    active = case.analysts[0].table.active
    pooled = np.mean([bayes.posterior(score, active) for score in found], axis=0)
    return np.log10(np.maximum(pooled, 1e-300))


def _of_one(case: Case, rated: Rated, method: Method) -> NDArray[np.float64]:
    table = rated.table
    if method is Method.INCONSISTENCY:
        return INCONSISTENCY_POINTS[table.codes].sum(axis=0)
    if method is Method.WEIGHTED:
        return table.weights @ INCONSISTENCY_POINTS[table.codes]
    if method is Method.NET:
        return SPREAD_POINTS[table.codes].sum(axis=0)
    if method is Method.BAYES:
        found = bayes.likelihoods(table, _SETTINGS)
    else:
        reports = _HITS[rated.levels], _FALSE_ALARMS[rated.levels]
        found = bayes.likelihoods(table, _SETTINGS, reports=reports)
        return _exponents(case, found.used)[found.used] @ found.log10[found.used]
    return found.log10[found.used].sum(axis=0)


def _exponents(case: Case, used: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return 1 over the number of used items of its group where analysts group copies as fully redundant, else 1."""
    if not case.grouped:
        return np.ones(len(case.groups))
    return 1 / np.maximum(np.bincount(case.groups[used], minlength=case.groups.max(initial=0) + 1), 1)[case.groups]


def probabilities(score: NDArray[np.float64], scale: float) -> NDArray[np.float64]:
    """Return stated probabilities from scores: proportional to 10 to the power of score times `scale`."""
    weights = 10 ** (scale * (score - score.max()))
    return weights / weights.sum()


def fitted_scale(found: Sequence[tuple[NDArray[np.float64], int]]) -> float:
    """Return the scale with the least mean Brier score on (scores, truth) of the development seeds."""
    grid = 10 ** np.linspace(-1.5, 0.75, 46)
    return float(min(grid, key=lambda scale: np.mean([brier(probabilities(s, scale), t) for s, t in found])))


def brier(stated: NDArray[np.float64], truth: int) -> float:
    """Return the Brier score over all hypotheses (Brier 1950): sum of (p - o)^2, 0 best, 2 worst."""
    outcome = np.zeros(len(stated))
    outcome[truth] = 1
    return float(((stated - outcome) ** 2).sum())


def first_share(score: NDArray[np.float64], truth: int) -> float:
    """Return 1 where the truth is ranked first alone, its share where it ties for the first rank, else 0."""
    leaders = np.flatnonzero(score >= score.max() - 1e-9)
    return 1 / len(leaders) if truth in leaders else 0.0
