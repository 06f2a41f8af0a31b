"""The rating sheets of everybody who rated a matrix, as one table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import compress
from operator import is_, is_not
from typing import TYPE_CHECKING

import numpy as np

from ach_desk.model import Analysis, EvidenceItem, Hypothesis, Matrix, RatingSheet
from ach_desk.scoring.group_sheet import raters
from ach_desk.scoring.inconsistency import SPREAD_POINTS
from ach_desk.scoring.table import (
    FIRST_RATED,
    NOT_APPLICABLE,
    VALUES,
    RatingTable,
    codes_of,
    shown_records,
    table_of,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

STEP_OF_CODE = np.array(
    [
        2 - points if value is not None and value.is_on_scale else np.nan
        for value, points in zip(VALUES, SPREAD_POINTS, strict=True)
    ]
)
"""The place of each rating code between 0 (CC) and 4 (II), in steps of the five-step scale; NaN off the scale."""


@dataclass(frozen=True, eq=False)
class Sheets:
    """What everybody who rated made of one matrix, in its order.

    analysts: ids, in the order of the analysis. codes: int8, analysts x items x hypotheses (codes of `table.CODES`).
    plain: the table of the same with nothing rated. read: the sheets from which the codes were read, as they were then;
    none where they are no analyst's.
    """

    analysts: tuple[str, ...]
    items: tuple[EvidenceItem, ...]
    hypotheses: tuple[Hypothesis, ...]
    codes: NDArray[np.int8]
    plain: RatingTable
    read: tuple[RatingSheet, ...] = ()

    @cached_property
    def places(self) -> NDArray[np.bool_]:
        """Return the counted items under active hypotheses, items x hypotheses, over which agreement is reckoned."""
        return self.plain.counted[:, None] & self.plain.active[None, :]

    @property
    def steps(self) -> NDArray[np.float64]:
        """Return each rating as a step from 0 (CC) to 4 (II); NaN where it is unrated or N/A."""
        return STEP_OF_CODE[self.codes]

    @property
    def not_applicable(self) -> NDArray[np.bool_]:
        """Return where each analyst says that the question makes no sense."""
        return self.codes == NOT_APPLICABLE

    @property
    def rated(self) -> NDArray[np.int64]:
        """Return per analyst how many places hold a rating on the scale."""
        return ((self.codes >= FIRST_RATED) & self.places).sum(axis=(1, 2))

    def cell(self, evidence: str, hypothesis: str) -> tuple[int, int] | None:
        """Return row and column of a cell (by ids); None for one that is not here."""
        row, column = self.plain.rows.get(evidence), self.plain.columns.get(hypothesis)
        return (row, column) if row is not None and column is not None else None

    def place(self, analyst: str) -> int:
        """Return where an analyst (an id) stands; raises ValueError for one who has rated nothing."""
        return self.analysts.index(analyst)

    def only(self, analysts: Iterable[str]) -> Sheets:
        """Return the sheets of some analysts (ids that are here), in their order; raises ValueError for others."""
        chosen = tuple(analysts)
        return replace(self, analysts=chosen, codes=self.codes[[self.place(entry) for entry in chosen]], read=())

    def other_rows(self, before: Sheets) -> NDArray[np.intp] | None:
        """Return the rows in which a code is another one than before; None where most are, or the sizes differ."""
        if self.codes.shape != before.codes.shape:
            return None
        rows = np.flatnonzero((self.codes != before.codes).any(axis=(0, 2)))
        return rows if len(rows) <= len(self.items) // 2 else None


def sheets_of(analysis: Analysis, matrix: Matrix, before: Sheets | None = None) -> Sheets:
    """Return the sheets of those who have rated an item or N/A in what the matrix shows.

    before: what was returned for an earlier state, from which the rows that are still the same are taken.
    """
    shown = shown_records(analysis, matrix)
    items, hypotheses = tuple(shown[0]), tuple(shown[1])
    plain = _plain(items, hypotheses, before)
    kept = before if before is not None and _axes(before.plain) == _axes(plain) else None
    sheets = {key: dict(matrix.sheets.get(key, {})) for key in raters(analysis, matrix)}
    codes = {key: _codes(items, hypotheses, key, sheet, kept) for key, sheet in sheets.items()}
    codes = {key: found for key, found in codes.items() if found.any()}
    stacked = np.stack([*codes.values()]) if codes else np.zeros((0, *plain.shape), np.int8)
    return Sheets(tuple(codes), items, hypotheses, stacked, plain, tuple(sheets[key] for key in codes))


def _plain(items: Sequence[EvidenceItem], hypotheses: Sequence[Hypothesis], before: Sheets | None) -> RatingTable:
    if before is not None and _are_same(items, before.items) and _are_same(hypotheses, before.hypotheses):
        return before.plain
    return table_of(items, hypotheses, {})


def _are_same(records: Sequence[object], others: Sequence[object]) -> bool:
    return len(records) == len(others) and all(map(is_, records, others))


def _axes(table: RatingTable) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return table.evidence_ids, table.hypothesis_ids


def _codes(
    items: Sequence[EvidenceItem],
    hypotheses: Sequence[Hypothesis],
    analyst: str,
    sheet: RatingSheet,
    before: Sheets | None,
) -> NDArray[np.int8]:
    """Return the codes of a sheet. An edit puts another row in the place of one, so the same row has the same codes."""
    if before is None or analyst not in before.analysts:
        return codes_of(items, hypotheses, sheet)
    place, ids = before.place(analyst), before.plain.evidence_ids
    others = map(is_not, map(sheet.get, ids), map(before.read[place].get, ids))
    rows = [*compress(range(len(ids)), others)]
    codes = before.codes[place].copy(order="K")
    if rows:
        codes[rows] = codes_of([items[row] for row in rows], hypotheses, sheet)
    return codes
