"""Other ways to reckon the same, in plain Python as one would write it: what the numeric table is measured against."""

from __future__ import annotations

import statistics
from collections.abc import Sequence

from ach_desk.model import RatingValue

_POINTS = {RatingValue.INCONSISTENT: -1.0, RatingValue.VERY_INCONSISTENT: -2.0}
_NUMBERS = {
    RatingValue.VERY_CONSISTENT: 5,
    RatingValue.CONSISTENT: 4,
    RatingValue.NEUTRAL: 3,
    RatingValue.INCONSISTENT: 2,
    RatingValue.VERY_INCONSISTENT: 1,
}
_NEUTRAL = 3.0

Rows = Sequence[Sequence[RatingValue | None]]


def parc_loop(rows: Rows, weights: Sequence[float]) -> list[float]:
    """Return PARC's weighted inconsistency per hypothesis: one loop over items and hypotheses."""
    scores = [0.0] * len(rows[0])
    for row, weight in zip(rows, weights, strict=True):
        for column, value in enumerate(row):
            points = _POINTS.get(value) if value is not None else None
            if points is not None:
                scores[column] += weight * points
    return scores


def spreads_by_statistics(rows: Rows, _weights: Sequence[float]) -> tuple[list[float], list[float]]:
    """Return inconsistency per hypothesis and diagnosticity per item in the manner of Open Synthesis.

    Each cell is a list of votes; its consensus is their `statistics.mean`, a missing one is neutral. Inconsistency of a
    hypothesis is the sum of (3 - consensus)^2 below 3, diagnosticity of an item the `statistics.pstdev` of its row.
    """
    votes = [[[] if value is None or value not in _NUMBERS else [_NUMBERS[value]] for value in row] for row in rows]
    consensus = [[_consensus(cell) for cell in row] for row in votes]
    inconsistency = [
        sum((_NEUTRAL - row[column]) ** 2 for row in consensus if row[column] < _NEUTRAL)
        for column in range(len(rows[0]))
    ]
    return inconsistency, [statistics.pstdev(row) for row in consensus]


def _consensus(votes: list[int]) -> float:
    return float(statistics.mean(votes)) if votes else _NEUTRAL
