"""Current influence: what an item does for the present lead, one of three things that are easily taken for each other.

How well an item tells the hypotheses apart is its discriminating power (`scoring.inconsistency.diagnosticity`); what
finding something out can be expected to tell is `scoring.find_out`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ach_desk.scoring.inconsistency import INCONSISTENCY_POINTS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ach_desk.scoring.assessment import Assessment


def front_pair(assessment: Assessment) -> tuple[int, int] | None:
    """Return the columns of the first two that can be compared, by weighted inconsistency; of equals as they stand."""
    columns = np.flatnonzero(assessment.comparable)
    if len(columns) < 2:
        return None
    order = np.argsort(-assessment.standing.weighted_inconsistency[columns], kind="stable")
    return int(columns[order[0]]), int(columns[order[1]])


def influence(assessment: Assessment) -> NDArray[np.float64]:
    """Return per item its current influence: by how much the lead of the first over the second falls without it.

    By weighted inconsistency, in its points: positive where the item holds the lead up, negative where it works
    against it. NaN for items that do not count, and for all where there are no two to compare.
    """
    pair, table = front_pair(assessment), assessment.table
    if pair is None:
        return np.full(table.shape[0], np.nan)
    ahead, behind = (INCONSISTENCY_POINTS.take(table.codes[:, column]) for column in pair)
    return np.where(table.counted, table.weights * (ahead - behind), np.nan)


def influence_of(assessment: Assessment, row: int, pair: tuple[int, int] | None) -> float:
    """Return what `influence` returns for one item, with the `front_pair` that is known."""
    table = assessment.table
    if pair is None or not table.counted[row]:
        return float("nan")
    ahead, behind = INCONSISTENCY_POINTS[table.codes[row, list(pair)]]
    return float(table.weights[row] * (ahead - behind))
