"""PARC inconsistency scores, ranks, coverage and diagnosticity. Pure functions: a table in, frozen results out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from ach_desk.model import RatingValue
from ach_desk.scoring.table import CODES, FIRST_RATED, NOT_APPLICABLE, UNRATED, RatingTable

if TYPE_CHECKING:
    from numpy.typing import NDArray

TIE_TOLERANCE = 1e-9
"""Scores no further apart than this are tied."""

_DOUBLED_SPREAD_POINTS = np.array([0, 0, 4, 2, 0, -2, -4, 1, -1], np.int8)
"""Twice the points by rating code for diagnosticity, so that they are whole; unrated and N/A add nothing to a sum."""

SPREAD_POINTS = _DOUBLED_SPREAD_POINTS / 2
"""Points by rating code on Heuer's scale: CC +2, C +1, C- +1/2, N 0, I- -1/2, I -1, II -2; unrated and N/A 0."""

INCONSISTENCY_POINTS = np.minimum(SPREAD_POINTS, 0.0)
"""Points by rating code: I -1, II -2 (PARC ACH; Good et al.); I- of the seven-step scale -1/2; everything else 0."""


def points_of(value: RatingValue) -> tuple[float, float]:
    """Return what a step of the scale scores against a hypothesis, and its points for the diagnosticity of an item."""
    code = CODES[value]
    return float(INCONSISTENCY_POINTS[code]), float(_DOUBLED_SPREAD_POINTS[code]) / 2


@dataclass(frozen=True, eq=False)
class Standing:
    """Scores and ranks of the hypotheses and diagnosticity of the items, in table order.

    inconsistency, weighted_inconsistency: float64 per hypothesis, zero or negative (never -0.0); nearest zero is
        least contradicted. Computed for rejected hypotheses too.
    rank: int per hypothesis by weighted inconsistency; 0 = not ranked (rejected, or no cell rated).
    tied: bool per hypothesis: shares its rank with another ranked one.
    rated, unrated, not_applicable: int per hypothesis, over the counted items; rated counts CC to II.
    diagnosticity: float64 per item, NaN where undefined.
    item_rated: int per item: rated cells under active hypotheses.
    """

    inconsistency: NDArray[np.float64]
    weighted_inconsistency: NDArray[np.float64]
    rank: NDArray[np.int64]
    tied: NDArray[np.bool_]
    rated: NDArray[np.int64]
    unrated: NDArray[np.int64]
    not_applicable: NDArray[np.int64]
    diagnosticity: NDArray[np.float64]
    item_rated: NDArray[np.int64]

    @property
    def leaders(self) -> tuple[int, ...]:
        """Return the columns of the hypotheses ranked first; several when tied, none when nothing is ranked."""
        return tuple(int(column) for column in np.flatnonzero(self.rank == 1))


def standing(table: RatingTable) -> Standing:
    """Return scores, ranks, coverage and diagnosticity of the table.

    It runs at every key press. Every pass goes hypothesis by hypothesis, the way the codes lie in memory, and the
    points are looked up once for scores and diagnosticity together.
    """
    codes = table.codes.T
    is_rated, points = codes >= FIRST_RATED, _DOUBLED_SPREAD_POINTS.take(codes)
    unweighted = table.counted.astype(np.float64)
    plain, weighted = _sums_against(points, unweighted, np.where(table.counted, table.weights, 0.0))
    number = is_rated[table.active].sum(axis=0, dtype=np.int32)
    rated = _number(is_rated & table.counted)
    rank, tied = _ranked(weighted, table.active & (rated > 0))
    return Standing(
        inconsistency=plain,
        weighted_inconsistency=weighted,
        rank=rank,
        tied=tied,
        rated=rated,
        unrated=_number((codes == UNRATED) & table.counted),
        not_applicable=_number((codes == NOT_APPLICABLE) & table.counted),
        diagnosticity=_spread(points[table.active], number),
        item_rated=number.astype(np.int64),
    )


def _number(cells: NDArray[np.bool_]) -> NDArray[np.int64]:
    # Row by row: the count along an axis takes several times as long.
    return np.array([np.count_nonzero(row) for row in cells], np.int64)


def counting(table: RatingTable, before: Standing, row: int, counts: bool) -> tuple[RatingTable, Standing]:
    """Return the table with one item counting or not, and its standing, from the one before.

    A row is added or taken away: a fiftieth of the time of `standing` where there are ten thousand.
    """
    if bool(table.counted[row]) is counts:
        return table, before
    counted = table.counted.copy()
    counted[row] = counts
    more, codes = 1 if counts else -1, table.codes[row]
    points = more * INCONSISTENCY_POINTS.take(codes)
    rated = before.rated + more * (codes >= FIRST_RATED)
    weighted = before.weighted_inconsistency + table.weights[row] * points + 0.0
    rank, tied = _ranked(weighted, table.active & (rated > 0))
    after = replace(
        before,
        inconsistency=before.inconsistency + points + 0.0,
        weighted_inconsistency=weighted,
        rank=rank,
        tied=tied,
        rated=rated,
        unrated=before.unrated + more * (codes == UNRATED),
        not_applicable=before.not_applicable + more * (codes == NOT_APPLICABLE),
    )
    return replace(table, counted=counted), after


def _ranked(scores: NDArray[np.float64], ranked: NDArray[np.bool_]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Return rank and tied of a `Standing`."""
    rank = ranks(scores, ranked)
    shared = np.bincount(rank, minlength=1)
    return rank, (rank > 0) & (shared[rank] > 1)


def inconsistency(table: RatingTable) -> NDArray[np.float64]:
    """Return the PARC inconsistency score per hypothesis: the sum over counted items of I -1 and II -2.

    Sign: zero or negative, nearest zero is least contradicted. Consistent, neutral, N/A and unrated cells add
    nothing, so that fitting evidence never offsets contradicting evidence. Source: PARC ACH technical description
    (Good, Shrager, Stefik, Pirolli & Card, with Heuer).
    """
    (found,) = _sums_against(_DOUBLED_SPREAD_POINTS.take(table.codes.T), table.counted.astype(np.float64))
    return found


def weighted_inconsistency(table: RatingTable) -> NDArray[np.float64]:
    """Return the PARC weighted inconsistency per hypothesis: sum over counted items of weight x points.

    The weight is credibility x relevance, each low 1/sqrt 2, medium or not set 1, high sqrt 2. Sign and source as for
    `inconsistency`.
    """
    weights = np.where(table.counted, table.weights, 0.0)
    (found,) = _sums_against(_DOUBLED_SPREAD_POINTS.take(table.codes.T), weights)
    return found


def _sums_against(points: NDArray[np.int8], *weights: NDArray[np.float64]) -> list[NDArray[np.float64]]:
    """Return for each weighting of the items the sum of the negative points, halved, of each row of `points`."""
    # The sign bit spread over the byte keeps what is below zero. Adding zero makes 0.0 of -0.0.
    against = (points & (points >> 7)).astype(np.float64)
    return [against @ given / 2 + 0.0 for given in weights]


def ranks(scores: NDArray[np.float64], ranked: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return 1 + the number of ranked hypotheses with a better (higher) score; 0 where not `ranked`.

    Scores within `TIE_TOLERANCE` of each other share a rank, and the next rank is passed over: 1, 1, 3. Ties are
    chained from the best score on, so that equal ranks are a partition whatever the rounding.
    """
    result = np.zeros(len(scores), np.int64)
    order = np.flatnonzero(ranked)[np.argsort(-scores[ranked], kind="stable")]
    if len(order):
        descending = scores[order]
        starts = np.concatenate(([True], descending[:-1] - descending[1:] > TIE_TOLERANCE))
        positions = np.arange(1, len(order) + 1)
        result[order] = np.maximum.accumulate(np.where(starts, positions, 0))
    return result


def diagnosticity(table: RatingTable) -> NDArray[np.float64]:
    """Return per item the population standard deviation of its points over the active hypotheses.

    Points CC +2, C +1, C- +1/2, N 0, I- -1/2, I -1, II -2; unrated and N/A cells are left out. NaN (undefined)
    where fewer than two cells are rated; exactly 0 for a uniform row. The measure is Open Synthesis' rating spread
    on Heuer's scale; spread and never level, so that an item that contradicts every hypothesis does
    not count as diagnostic.
    """
    codes = table.codes.T[table.active]
    return _spread(_DOUBLED_SPREAD_POINTS.take(codes), (codes >= FIRST_RATED).sum(axis=0, dtype=np.int32))


def _spread(points: NDArray[np.int8], number: NDArray[np.int32]) -> NDArray[np.float64]:
    """Return the standard deviation down each column of doubled points, of which `number` are of rated cells."""
    total, squares = points.sum(axis=0, dtype=np.int32), (points * points).sum(axis=0, dtype=np.int32)
    # n times the sum of squares less the square of the sum is n squared times the variance. All three are whole
    # numbers and so exact: a uniform row gives zero and not merely something near it.
    spread = np.sqrt(number * squares - total * total) / (2 * np.maximum(number, 1))
    return np.where(number >= 2, spread, np.nan)
