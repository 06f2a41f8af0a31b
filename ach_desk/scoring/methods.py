"""Several ways of adding up the same ratings, side by side. None of them measures the world.

Every method turns one analyst's matrix into a score per hypothesis, higher is better: inconsistency and its variants
(PARC ACH), net consistency as a contrast only, and Bayes without and with the quality of sources and the dependence of
items.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from ach_desk.model import Analysis, Matrix, RatingRange
from ach_desk.model.method_settings import Method, MethodSettings
from ach_desk.model.values import Dependence
from ach_desk.scoring import bayes
from ach_desk.scoring.additive import Additive
from ach_desk.scoring.assessment import Assessment
from ach_desk.scoring.dependence import counted_rows, factors, total_weight
from ach_desk.scoring.inconsistency import INCONSISTENCY_POINTS, SPREAD_POINTS, ranks
from ach_desk.scoring.priors import by_column, column_priors
from ach_desk.scoring.table import FIRST_RATED

if TYPE_CHECKING:
    from numpy.typing import NDArray

COUNTING = (Method.INCONSISTENCY, Method.WEIGHTED, Method.PER_RATED, Method.WEIGHTED_PER_RATED)
"""Variants of one method: what contradicts is counted, what fits is not."""
BAYESIAN = (Method.BAYES, Method.BAYES_SOURCES)
SUMS = (Method.WEIGHTED, Method.INCONSISTENCY, *BAYESIAN)
"""The ways that rank and that add up, so that what they rest on can be reckoned."""


def kept_method(matrix: Matrix) -> Method:
    """Return the way of adding up that a matrix keeps, of `SUMS`: weighted inconsistency where it keeps no such."""
    kept = (matrix.method_settings or MethodSettings()).method
    return kept if kept in SUMS else Method.WEIGHTED


@dataclass(frozen=True, eq=False)
class Inputs:
    """What the methods read beside the assessment.

    direct: P(e|H) entered by hand, items x hypotheses, NaN where a rating stands for it; None: nothing entered.
    exponents: float64 per item, 1 for an item that depends on no other (`scoring.dependence`).
    groups: strength and rows of groups whose exponents follow which of their items are used at all.
    ranges: (row, column) -> the range in which a rating was left undecided.
    joints: rows of the items of a group -> one likelihood per hypothesis for the whole of it.
    prior: float64 per hypothesis, summing to 1 over the active ones.
    """

    assessment: Assessment
    settings: MethodSettings
    prior: NDArray[np.float64]
    exponents: NDArray[np.float64]
    direct: NDArray[np.float64] | None = None
    ranges: Mapping[tuple[int, int], RatingRange] = field(default_factory=dict)
    joints: Mapping[tuple[int, ...], NDArray[np.float64]] = field(default_factory=dict)
    groups: Sequence[tuple[Dependence, NDArray[np.intp]]] = ()

    def likelihoods(self, method: Method, *, neutral: bool = False) -> bayes.Likelihoods:
        """Return the likelihoods that a Bayesian method takes; see `bayes.likelihoods` for `neutral`."""
        table = self.assessment.table
        if method is Method.BAYES:
            return bayes.likelihoods(table, self.settings, direct=self.direct, neutral=neutral)
        hit, false_alarm = bayes.reports_of(self.assessment.items, self.settings)
        found = bayes.likelihoods(
            table,
            self.settings,
            direct=self.direct,
            reports=(hit, false_alarm),
            neutral=neutral,
        )
        return self.with_joints(replace(found, log10=found.log10 * self._tempering(found.used)[:, None]))

    @cached_property
    def tempering(self) -> NDArray[np.float64]:
        """Return per item the power to which its row is taken: of a group, that of its items that can be compared."""
        if not self.groups:
            return self.exponents
        return self._tempering(bayes.comparable(self.assessment.table, self.settings, self.direct))

    def _tempering(self, used: NDArray[np.bool_]) -> NDArray[np.float64]:
        """Return the same where these items are used, so that a group counts as at least one of them."""
        result = self.exponents.copy()
        for strength, rows in self.groups:
            present = rows[used[rows]]
            result[present] = total_weight(strength, len(present)) / max(len(present), 1)
        return result

    def holding(self, assessment: Assessment) -> Inputs:
        """Return the same of another assessment, in which what is left out makes the rest of its group no heavier."""
        return replace(self, assessment=assessment, exponents=self.tempering, groups=())

    def with_joints(self, found: bayes.Likelihoods) -> bayes.Likelihoods:
        """Return the likelihoods with those of whole groups in the place of their items'.

        That of a group stands in the row of its first counted item; its other rows get none.
        """
        log10, used, left = found.log10.copy(), found.used.copy(), found.not_comparable.copy()
        for rows, joint in self._joints_that_hold():
            log10[rows] = 0.0
            used[rows], left[rows] = False, False
            log10[rows[0]] = np.where(np.isnan(joint), 0.0, np.log10(np.clip(joint, bayes.SMALLEST, 1.0)))
            used[rows[0]] = True
        return bayes.Likelihoods(log10, used, left)

    @property
    def joint_rows(self) -> NDArray[np.bool_]:
        """Return per item whether the one likelihood of its group stands for it."""
        found = np.zeros(len(self.assessment.items), np.bool_)
        for rows, _joint in self._joints_that_hold():
            found[rows] = True
        return found

    def _joints_that_hold(self) -> Iterator[tuple[list[int], NDArray[np.float64]]]:
        """Yield the counted rows of each group that has a likelihood under every active hypothesis, and these."""
        table = self.assessment.table
        for rows, joint in self.joints.items():
            present = [row for row in rows if table.counted[row]]
            if present and not np.isnan(joint[table.active]).any():
                yield present, joint

    def additive(self, method: Method, *, neutral: bool = False) -> Additive:
        """Return a method that adds up; raises ValueError for the ones per rated cell, which divide."""
        table = self.assessment.table
        if method in BAYESIAN:
            return bayes.additive(table, self.likelihoods(method, neutral=neutral), self.prior)
        points = {
            Method.INCONSISTENCY: INCONSISTENCY_POINTS[table.codes],
            Method.WEIGHTED: INCONSISTENCY_POINTS[table.codes] * table.weights[:, None],
            Method.NET: SPREAD_POINTS[table.codes],
        }.get(method)
        if points is None:
            raise ValueError(f"{method} does not add up")
        return Additive(
            values=points,
            used=table.counted,
            evidence=table.codes >= FIRST_RATED,
            active=table.active,
            start=np.zeros(len(table.active)),
        )


@dataclass(frozen=True, eq=False)
class MethodResult:
    """What one method says.

    scores: float64 per hypothesis, higher is better; for Bayes posterior probabilities; NaN where undefined.
    rank: int per hypothesis, 0 = not ranked. not_comparable: rows that Bayes leaves out as a cell has no likelihood.
    """

    method: Method
    scores: NDArray[np.float64]
    rank: NDArray[np.int64]
    not_comparable: tuple[int, ...] = ()

    @cached_property
    def leaders(self) -> tuple[int, ...]:
        """Return the columns of the hypotheses ranked first."""
        return tuple(int(column) for column in np.flatnonzero(self.rank == 1))


def result(inputs: Inputs, method: Method, *, neutral: bool = False) -> MethodResult:
    """Return what `method` says; with `neutral`, Bayes takes cells without a likelihood as neutral."""
    table = inputs.assessment.table
    if method in (Method.PER_RATED, Method.WEIGHTED_PER_RATED):
        return _per_rated(inputs, method)
    if method not in BAYESIAN:
        found = inputs.additive(method)
        return MethodResult(method, found.scores, found.rank)
    likelihoods = inputs.likelihoods(method, neutral=neutral)
    found = bayes.additive(table, likelihoods, inputs.prior)
    probabilities = bayes.posterior(found.scores, table.active)
    left_out = tuple(int(row) for row in np.flatnonzero(likelihoods.not_comparable))
    rank = ranks(found.scores, table.active & bool(likelihoods.used.any()))
    return MethodResult(method, probabilities, rank, left_out)


def _per_rated(inputs: Inputs, method: Method) -> MethodResult:
    """Return the inconsistency per rated cell: comparable where hypotheses are rated on different numbers of items.

    The sum divided by the number of rated cells, or by their summed weights; NaN for a hypothesis with none.
    """
    table = inputs.assessment.table
    weights = table.weights if method is Method.WEIGHTED_PER_RATED else np.ones(len(table.weights))
    weights = np.where(table.counted, weights, 0.0)
    rated = (table.codes >= FIRST_RATED) & table.counted[:, None]
    total = weights @ INCONSISTENCY_POINTS[table.codes]
    share = weights @ rated
    scores = np.where(share > 0, total / np.where(share > 0, share, 1.0), np.nan) + 0.0
    return MethodResult(method, scores, ranks(scores, table.active & (share > 0)))


def results(inputs: Inputs) -> dict[Method, MethodResult]:
    """Return what every method says, in the order of `Method`."""
    return {method: result(inputs, method) for method in Method}


def neutral_results(inputs: Inputs) -> dict[Method, MethodResult]:
    """Return what each Bayesian way that leaves items out says where their missing cells are taken as neutral."""
    return {
        method: result(inputs, method, neutral=True)
        for method in BAYESIAN
        if inputs.likelihoods(method).not_comparable.any()
    }


def inputs(
    analysis: Analysis,
    matrix: Matrix,
    analyst: str,
    assessment: Assessment,
) -> Inputs:
    """Return what the methods read of a matrix as rated by `analyst`."""
    direct, ranges = _stated(matrix, analyst, assessment)
    joined = [group for group in analysis.groups.values() if group.joint]
    rows = {item: row for row, item in enumerate(assessment.table.evidence_ids)} if joined else {}
    tempered = list(counted_rows(analysis.groups.values(), assessment.table))
    return Inputs(
        assessment=assessment,
        settings=matrix.method_settings or MethodSettings(),
        prior=column_priors(matrix, assessment),
        exponents=factors(analysis.groups.values(), assessment.table),
        groups=[(group.strength, group_rows) for group, group_rows in tempered],
        direct=direct,
        ranges=ranges,
        joints={
            tuple(rows[entry] for entry in group.items if entry in rows): by_column(group.joint, assessment.hypotheses)
            for group in joined
        },
    )


def _stated(
    matrix: Matrix, analyst: str, assessment: Assessment
) -> tuple[NDArray[np.float64] | None, dict[tuple[int, int], RatingRange]]:
    """Return what a sheet states beside ratings, by place.

    The likelihoods entered by hand, the middle of a range, None when there are none; and the ranges of ratings.
    """
    sheet = matrix.sheets.get(analyst, {})
    direct: NDArray[np.float64] | None = None
    ranges: dict[tuple[int, int], RatingRange] = {}
    columns = {hypothesis.id: column for column, hypothesis in enumerate(assessment.hypotheses)}
    for row, item in enumerate(assessment.items if sheet else ()):
        for entry, rating in sheet.get(item.id, {}).items():
            if (rating.likelihood is None and rating.range is None) or entry not in columns:
                continue
            column = columns[entry]
            if rating.range is not None:
                ranges[row, column] = rating.range
            if rating.likelihood is not None:
                direct = np.full(assessment.table.codes.shape, np.nan) if direct is None else direct
                direct[row, column] = sum(rating.likelihood) / 2
    return direct, ranges
