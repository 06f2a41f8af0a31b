"""The numeric table that every method reads: one matrix, as rated by one analyst."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from ach_desk.model import (
    Analysis,
    EvidenceItem,
    EvidenceStatus,
    Hypothesis,
    Level,
    Matrix,
    Rating,
    RatingSheet,
    RatingValue,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

UNRATED = 0
NOT_APPLICABLE = 1
FIRST_RATED = 2
CODES: dict[RatingValue | None, int] = {
    None: UNRATED,
    RatingValue.NOT_APPLICABLE: NOT_APPLICABLE,
    RatingValue.VERY_CONSISTENT: 2,
    RatingValue.CONSISTENT: 3,
    RatingValue.NEUTRAL: 4,
    RatingValue.INCONSISTENT: 5,
    RatingValue.VERY_INCONSISTENT: 6,
    RatingValue.SLIGHTLY_CONSISTENT: 7,
    RatingValue.SLIGHTLY_INCONSISTENT: 8,
}
VALUES: tuple[RatingValue | None, ...] = tuple(sorted(CODES, key=lambda value: CODES[value]))
"""The rating value of each code; None for unrated."""

LEVEL_EXPONENTS: dict[Level | None, float] = {Level.LOW: -0.5, Level.MEDIUM: 0.0, None: 0.0, Level.HIGH: 0.5}
"""PARC ACH weights of credibility and of relevance (Good et al., Technical Description v1.1), as powers of two.

Low is 1/sqrt 2, medium 1, high sqrt 2; not set counts as medium. The product of two weights is taken by adding the
exponents, so that high x high is 2 and high x low is 1 exactly, not 2.0000000000000004.
"""


@dataclass(frozen=True)
class RatingTable:
    """One analyst's ratings of one matrix as arrays, in the order of the matrix.

    codes: int8, items x hypotheses, values of `CODES`; `build_table` lays the cells of a hypothesis side by side in
        memory (Fortran order), because nearly every sum over them goes down a hypothesis.
    weights: float64, one per item: credibility weight x relevance weight, 0.5 to 2.
    counted: bool, one per item: False for items set aside.
    active: bool, one per hypothesis: False for rejected ones and for headings over sub-hypotheses (`headings`).

    The session changes a `copy` through the setters: a chart that is drawn or saved in the background meanwhile
    keeps the table it was given.
    """

    evidence_ids: tuple[str, ...]
    hypothesis_ids: tuple[str, ...]
    codes: NDArray[np.int8]
    weights: NDArray[np.float64]
    counted: NDArray[np.bool_]
    active: NDArray[np.bool_]

    @property
    def shape(self) -> tuple[int, int]:
        """Return (number of items, number of hypotheses)."""
        return self.codes.shape[0], self.codes.shape[1]

    @cached_property
    def rows(self) -> Mapping[str, int]:
        """Return item id -> its row."""
        return {entry: row for row, entry in enumerate(self.evidence_ids)}

    @cached_property
    def columns(self) -> Mapping[str, int]:
        """Return hypothesis id -> its column."""
        return {entry: column for column, entry in enumerate(self.hypothesis_ids)}

    def copy(self) -> RatingTable:
        """Return a table with arrays of its own."""
        return replace(
            self,
            codes=self.codes.copy(order="K"),
            weights=self.weights.copy(),
            counted=self.counted.copy(),
            active=self.active.copy(),
        )

    def set_code(self, row: int, column: int, rating: Rating | None) -> None:
        """Put the code of `rating` (None: unrated) into one cell."""
        self.codes[row, column] = code_of(rating)

    def set_item(self, row: int, item: EvidenceItem) -> None:
        """Take over what the fields of an item say of its row: the weight, and whether it counts."""
        self.weights[row], self.counted[row] = weight_of(item), item.is_counted


def code_of(rating: Rating | None) -> int:
    """Return the code of a cell's rating; None and a rating without a value are unrated."""
    return UNRATED if rating is None else CODES[rating.value]


def weight_of(item: EvidenceItem) -> float:
    """Return credibility weight x relevance weight of an item: 0.5 (low, low) to 2 (high, high)."""
    return 2.0 ** (LEVEL_EXPONENTS[item.credibility] + LEVEL_EXPONENTS[item.relevance])


def shown_records(analysis: Analysis, matrix: Matrix) -> tuple[list[EvidenceItem], list[Hypothesis]]:
    """Return the items and hypotheses of the matrix, in its order.

    Ids that name nothing, repetitions and unsorted items, which only a damaged file has there, are passed over: nothing
    is scored twice, or before it was taken in.
    """
    evidence, hypotheses = analysis.evidence, analysis.hypotheses
    return (
        [
            evidence[entry]
            for entry in dict.fromkeys(matrix.evidence)
            if entry in evidence and evidence[entry].status is not EvidenceStatus.UNSORTED
        ],
        [hypotheses[entry] for entry in dict.fromkeys(matrix.hypotheses) if entry in hypotheses],
    )


def build_table(analysis: Analysis, matrix: Matrix, analyst: str) -> RatingTable:
    """Return the ratings of `analyst` (an id; one without a sheet has rated nothing) in `matrix` as a `RatingTable`."""
    return table_of(*shown_records(analysis, matrix), matrix.sheets.get(analyst, {}))


def table_of(items: Sequence[EvidenceItem], hypotheses: Sequence[Hypothesis], sheet: RatingSheet) -> RatingTable:
    """Return what `sheet` holds for the items and hypotheses, in their order; its other ratings are passed over."""
    return RatingTable(
        evidence_ids=tuple(item.id for item in items),
        hypothesis_ids=tuple(hypothesis.id for hypothesis in hypotheses),
        codes=codes_of(items, hypotheses, sheet),
        weights=np.fromiter(map(weight_of, items), np.float64, len(items)),
        counted=np.fromiter((item.is_counted for item in items), np.bool_, len(items)),
        active=active_columns(hypotheses),
    )


def headings(hypotheses: Iterable[Hypothesis]) -> frozenset[str]:
    """Return the ids of those that others of them are forms of, rejected forms apart: these are rated, not they."""
    return frozenset(entry.parent for entry in hypotheses if entry.parent is not None and entry.is_active)


def active_columns(hypotheses: Sequence[Hypothesis]) -> NDArray[np.bool_]:
    """Return a bool per hypothesis: takes part in the ranking, being neither rejected nor a heading."""
    over = headings(hypotheses)
    return np.fromiter((entry.is_active and entry.id not in over for entry in hypotheses), np.bool_, len(hypotheses))


def codes_of(items: Sequence[EvidenceItem], hypotheses: Sequence[Hypothesis], sheet: RatingSheet) -> NDArray[np.int8]:
    """Return the codes that a `RatingTable` of the same has."""
    # Cell by cell, a bytearray is filled in little more than half the time that an array takes.
    cells = bytearray(len(items) * len(hypotheses))
    starts = {hypothesis.id: column * len(items) for column, hypothesis in enumerate(hypotheses)}
    for row, item in enumerate(items):
        for hypothesis, rating in sheet.get(item.id, {}).items():
            start = starts.get(hypothesis)
            if start is not None:
                cells[start + row] = CODES[rating.value]
    return np.frombuffer(cells, np.int8).reshape(len(hypotheses), len(items)).T
