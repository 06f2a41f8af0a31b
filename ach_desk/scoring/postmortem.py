"""The stated likelihoods held against what turned out to be so, and the items that pointed elsewhere.

Source of the score: Brier 1950, "Verification of forecasts expressed in terms of probability", Monthly Weather Review
78/1. One case proves nothing about the analyst: what was called unlikely does happen.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ach_desk.model import EvidenceItem, Hypothesis, RatingValue
from ach_desk.model.judgement import Conclusion, Outcome
from ach_desk.scoring.assessment import Assessment
from ach_desk.scoring.inconsistency import INCONSISTENCY_POINTS, points_of
from ach_desk.scoring.likelihoods import concluded, midpoint, stated_ranges
from ach_desk.scoring.table import FIRST_RATED, VALUES

_SUPPORT = np.array([0.0 if value is None else points_of(value)[1] for value in VALUES])
"""By rating code how much an item speaks for a hypothesis, negative for against: the points of diagnosticity."""


@dataclass(frozen=True)
class Judged:
    """One hypothesis: the stated probability (0 to 1, the middle of a range), and whether it proved true."""

    hypothesis: Hypothesis
    probability: float
    true: bool

    @property
    def score(self) -> float:
        """Return the quadratic score of this statement alone: 0 (certain and right) to 1 (certain and wrong)."""
        return (self.probability - self.true) ** 2


@dataclass(frozen=True)
class Verdict:
    """What the statements were worth.

    brier: the sum of squares over all hypotheses, 0 (best) to 2, where they exclude each other and each has a number;
        else None, and each statement has a score of its own.
    judged: the hypotheses with a number. unscored: those without one, which are not scored.
    """

    brier: float | None
    judged: tuple[Judged, ...]
    unscored: tuple[Hypothesis, ...]

    @property
    def mean(self) -> float | None:
        """Return the mean of the single scores, 0 to 1; None where nothing has a number."""
        return sum(one.score for one in self.judged) / len(self.judged) if self.judged else None


def brier(probabilities: Sequence[float], truths: Sequence[bool]) -> float:
    """Return the sum of squared differences over exclusive categories, 0 (best) to 2 (Brier 1950).

    Where none of them came true, what the probabilities leave to 1 was said of "something else", which did.
    """
    total = sum((probability - truth) ** 2 for probability, truth in zip(probabilities, truths, strict=True))
    if not any(truths):
        total += (1 - max(0.0, 1 - sum(probabilities))) ** 2
    return total


def verdict(conclusion: Conclusion, outcome: Outcome, assessment: Assessment) -> Verdict:
    """Return what the stated likelihoods were worth, given the outcome.

    A rejected hypothesis without a number counts as not stated, unless it proved true.
    """
    true = proved_true(outcome)
    listed = concluded(assessment)
    ranges = stated_ranges(conclusion, listed)
    judged = tuple(
        Judged(entry, midpoint(ranges[entry.id]) / 100, entry.id in true) for entry in listed if entry.id in ranges
    )
    unscored = tuple(entry for entry in listed if entry.id not in ranges and (entry.is_active or entry.id in true))
    known = bool(true) or outcome.none_of_them
    if not known:
        return Verdict(None, (), ())
    one_sum = conclusion.exclusive and judged and not unscored and len(true) <= 1
    whole = brier([one.probability for one in judged], [one.true for one in judged]) if one_sum else None
    return Verdict(whole, judged, unscored)


def proved_true(outcome: Outcome) -> frozenset[str]:
    """Return the ids of the hypotheses that proved true; none where it was none of them."""
    return frozenset() if outcome.none_of_them else frozenset(outcome.true)


@dataclass(frozen=True)
class Misleading:
    """An item whose ratings pointed elsewhere than the outcome.

    against: what it scored against hypotheses that proved true, weighted. favoured: by how much it spoke for
        hypotheses that did not, on average over them, weighted. true, false: the cells that did so, as (label, value).
    """

    item: EvidenceItem
    against: float
    favoured: float
    true: tuple[tuple[str, RatingValue], ...]
    false: tuple[tuple[str, RatingValue], ...]


def misleading(assessment: Assessment, outcome: Outcome, most: int | None = None) -> list[Misleading]:
    """Return the items of `misled_rows`, the first `most` of them, with the cells that pointed elsewhere."""
    columns = _columns(assessment, outcome)
    rows = misled_rows(assessment, outcome)[:most]
    return [_misleading(assessment, row, columns, proved_true(outcome)) for row in rows]


def misled_rows(assessment: Assessment, outcome: Outcome) -> list[int]:
    """Return the rows of counted items that spoke against what proved true, or for what did not and less for what did.

    The most misleading one comes first, by the sum of what `Misleading` holds; of equals the first in the matrix.
    An item that fits true and false hypotheses alike misled nobody. None are returned while it is not known what came.
    """
    columns, true = _columns(assessment, outcome), proved_true(outcome)
    if not columns:
        return []
    of_true = [column for column in columns if assessment.hypotheses[column].id in true]
    of_false = [column for column in columns if column not in of_true]
    codes, weights = assessment.table.codes, assessment.table.weights
    against = -INCONSISTENCY_POINTS[codes[:, of_true]].sum(axis=1)
    least = _SUPPORT[codes[:, of_true]].max(axis=1, initial=0.0)
    beyond = np.maximum(_SUPPORT[codes[:, of_false]] - least[:, None], 0.0).sum(axis=1)
    rated = np.maximum((codes[:, of_false] >= FIRST_RATED).sum(axis=1), 1)
    amounts = weights * (against + beyond / rated)
    rows = np.flatnonzero((amounts > 0) & assessment.table.counted)
    return rows[np.argsort(-amounts[rows], kind="stable")].tolist()


def _columns(assessment: Assessment, outcome: Outcome) -> list[int]:
    """Return the columns that can have misled; none while it is not known what proved true."""
    true = proved_true(outcome)
    known = not true.isdisjoint(entry.id for entry in assessment.hypotheses)
    if not known and not outcome.none_of_them:
        return []
    return [column for column in assessment.rated_columns() if _counts(assessment, column, true)]


def _counts(assessment: Assessment, column: int, true: Collection[str]) -> bool:
    hypothesis = assessment.hypotheses[column]
    return hypothesis.is_active or hypothesis.id in true


def _misleading(assessment: Assessment, row: int, columns: Sequence[int], true: Collection[str]) -> Misleading:
    weight = float(assessment.table.weights[row])
    cells = _rated(assessment, row, columns)
    of_true = {column: value for column, value in cells.items() if assessment.hypotheses[column].id in true}
    of_false = {column: value for column, value in cells.items() if column not in of_true}
    against = {column: value for column, value in of_true.items() if points_of(value)[0] < 0}
    least = max([0.0, *(points_of(value)[1] for value in of_true.values())])
    favoured = {column: value for column, value in of_false.items() if points_of(value)[1] > least}
    beyond = sum(points_of(value)[1] - least for value in favoured.values())
    return Misleading(
        assessment.items[row],
        weight * sum(-points_of(value)[0] for value in against.values()) + 0.0,
        weight * beyond / max(len(of_false), 1),
        _labelled(assessment, against),
        _labelled(assessment, favoured),
    )


def _rated(assessment: Assessment, row: int, columns: Sequence[int]) -> dict[int, RatingValue]:
    codes = assessment.table.codes[row]
    values = {column: VALUES[codes[column]] for column in columns if codes[column] >= FIRST_RATED}
    return {column: value for column, value in values.items() if value is not None}


def _labelled(assessment: Assessment, cells: Mapping[int, RatingValue]) -> tuple[tuple[str, RatingValue], ...]:
    return tuple((assessment.hypotheses[column].label, value) for column, value in cells.items())
