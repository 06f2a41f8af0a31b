"""Bayes on a matrix: what the ratings would make of the priors, if they were likelihoods.

q_j is proportional to prior_j times the product of P(e|H_j) over the items (Zlotnick 1967; Edwards 1968). Only ratios
inside a row matter. An item that is N/A or unrated for any active hypothesis has no ratio: it is left out for all.
"""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING

import numpy as np

from ach_desk.model.method_settings import NOT_SET, MethodSettings
from ach_desk.model.values import Level, RatingValue
from ach_desk.scoring.additive import Additive
from ach_desk.scoring.table import VALUES, RatingTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from ach_desk.model import EvidenceItem

_CREDIBILITY = attrgetter("credibility")

SMALLEST = 1e-6
"""No likelihood is taken to be less, or as near to certain: one cell alone is never to decide for ever."""

SMALLEST_PRIOR = 1e-12
"""What a prior of 0 is taken for: no few items make it probable, and odds and charts stay finite."""


@dataclass(frozen=True, eq=False)
class Likelihoods:
    """P(e|H) per cell and what of it takes part.

    log10: float64, items x hypotheses: log10 of the likelihood to the power of the item's weight; 0 where it has none.
    used: bool per item: counted, and with a likelihood under every active hypothesis.
    not_comparable: bool per item: counted, rated somewhere, and left out because a cell is N/A or unrated.
    """

    log10: NDArray[np.float64]
    used: NDArray[np.bool_]
    not_comparable: NDArray[np.bool_]


def likelihood_of_codes(settings: MethodSettings) -> NDArray[np.float64]:
    """Return P(e|H) by rating code, from the editable table; NaN for unrated and N/A."""
    table = [settings.likelihoods.get(value) if value is not None else None for value in VALUES]
    return np.array([np.nan if entry is None else _bounded(entry) for entry in table])


def _bounded(probability: float) -> float:
    return min(max(probability, SMALLEST), 1.0)


def cell_likelihoods(
    table: RatingTable, settings: MethodSettings, direct: NDArray[np.float64] | None
) -> NDArray[np.float64]:
    """Return P(e|H) per cell: what was entered by hand, else what the rating stands for; NaN for neither."""
    cells = likelihood_of_codes(settings)[table.codes]
    return cells if direct is None else np.where(np.isnan(direct), cells, np.clip(direct, SMALLEST, 1.0))


def comparable(
    table: RatingTable, settings: MethodSettings, direct: NDArray[np.float64] | None = None
) -> NDArray[np.bool_]:
    """Return a bool per item: counted, and with a likelihood under every active hypothesis."""
    return _known(table, settings, direct)[:, table.active].all(axis=1) & table.counted & bool(table.active.any())


def _known(table: RatingTable, settings: MethodSettings, direct: NDArray[np.float64] | None) -> NDArray[np.bool_]:
    known = ~np.isnan(likelihood_of_codes(settings))[table.codes]
    return known if direct is None else known | ~np.isnan(direct)


def likelihoods(
    table: RatingTable,
    settings: MethodSettings,
    *,
    direct: NDArray[np.float64] | None = None,
    reports: tuple[NDArray[np.float64], NDArray[np.float64]] | None = None,
    neutral: bool = False,
) -> Likelihoods:
    """Return the likelihoods of a table.

    direct: P(e|H) entered by hand, items x hypotheses, NaN where the rating stands for it.
    reports: (hit, false alarm) per item. What is known is the report e*, so that P(e*|H) = f + (h - f) P(e|H) (Schum &
        DuCharme 1971); h = f makes the item say nothing.
    neutral: take cells that are N/A or unrated as neutral instead of leaving the item out, for comparison only.
    """
    by_code = likelihood_of_codes(settings)
    known = _known(table, settings, direct)
    rated = known[:, table.active].any(axis=1) & table.counted
    complete = known[:, table.active].all(axis=1) & table.counted & bool(table.active.any())
    if neutral:
        middle = _bounded(settings.likelihoods.get(RatingValue.NEUTRAL, 0.1))
        by_code, complete = np.where(np.isnan(by_code), middle, by_code), rated
    log10 = _logarithms(table, by_code, direct, reports)
    log10 = np.where(complete[:, None] & ~np.isnan(log10), log10, 0.0)
    return Likelihoods(log10, complete, rated & ~complete)


def _logarithms(
    table: RatingTable,
    by_code: NDArray[np.float64],
    direct: NDArray[np.float64] | None,
    reports: tuple[NDArray[np.float64], NDArray[np.float64]] | None,
) -> NDArray[np.float64]:
    """Return log10 P(e|H), or P(e*|H), per cell; NaN where there is none.

    Logarithms are taken of what the codes stand for, and not of every cell, which would take most of the time.
    """
    if reports is None:
        log10 = np.log10(by_code)[table.codes]
    else:
        told = _as_reported(by_code, *(part[:, None] for part in reports))
        log10 = np.take_along_axis(np.log10(told), table.codes.astype(np.intp), axis=1)
    if direct is not None:
        rows, columns = np.nonzero(~np.isnan(direct))
        given = np.clip(direct[rows, columns], SMALLEST, 1.0)
        if reports is not None:
            given = _as_reported(given, *(part[rows] for part in reports))
        log10[rows, columns] = np.log10(given)
    return log10


def _as_reported(
    likelihood: NDArray[np.float64], hit: NDArray[np.float64], false_alarm: NDArray[np.float64]
) -> NDArray[np.float64]:
    return np.maximum(false_alarm + (hit - false_alarm) * likelihood, SMALLEST)


def reports_of(items: Sequence[EvidenceItem], settings: MethodSettings) -> tuple[NDArray[np.float64], ...]:
    """Return (hit, false alarm) per item from its credibility by the editable table."""
    levels: tuple[Level | None, ...] = (None, *Level)
    reports = [settings.reports.get(level or NOT_SET) or settings.reports[NOT_SET] for level in levels]
    place = {level: number for number, level in enumerate(levels)}
    places = np.fromiter(map(place.__getitem__, map(_CREDIBILITY, items)), np.intp, len(items))
    return (
        np.array([report.hit for report in reports])[places],
        np.array([report.false_alarm for report in reports])[places],
    )


def additive(table: RatingTable, found: Likelihoods, prior: NDArray[np.float64]) -> Additive:
    """Return log10 prior + the sum of log10 likelihoods as a method that adds up.

    An item that is used has a likelihood under every active hypothesis and so ranks them all, also where nothing is
    rated because the likelihood was entered.
    """
    return Additive(
        values=found.log10,
        used=found.used,
        evidence=np.broadcast_to(found.used[:, None], table.codes.shape),
        active=table.active,
        start=log10_prior(prior),
    )


def log10_prior(prior: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return log10 of a prior per hypothesis; a prior of 0 is taken as `SMALLEST_PRIOR`."""
    return np.log10(np.maximum(prior, SMALLEST_PRIOR))


def posterior(log10_scores: NDArray[np.float64], active: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return the probability per hypothesis from log10 scores: they sum to 1 over the active ones, 0 for the others.

    Log-sum-exp, so that hundreds of items do not underflow.
    """
    result = np.zeros(len(log10_scores))
    if active.any():
        exponents = (log10_scores[active] - log10_scores[active].max()) * np.log(10)
        weights = np.exp(exponents)
        result[active] = weights / weights.sum()
    return result


def equal_prior(active: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return the same prior for each active hypothesis, 0 for the others."""
    return active / max(int(active.sum()), 1)
