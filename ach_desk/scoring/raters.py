"""The rating sheets of everybody who rated a matrix, as one table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ach_desk.model import Analysis, EvidenceItem, Hypothesis, Matrix
from ach_desk.scoring.group_sheet import raters
from ach_desk.scoring.inconsistency import SPREAD_POINTS
from ach_desk.scoring.table import FIRST_RATED, NOT_APPLICABLE, VALUES, RatingTable, shown_records, table_of

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
    places: bool, items x hypotheses: counted items under active hypotheses, over which agreement is reckoned.
    """

    analysts: tuple[str, ...]
    items: tuple[EvidenceItem, ...]
    hypotheses: tuple[Hypothesis, ...]
    codes: NDArray[np.int8]
    places: NDArray[np.bool_]

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

    def place(self, analyst: str) -> int:
        """Return where an analyst (an id) stands; raises ValueError for one who has rated nothing."""
        return self.analysts.index(analyst)

    def only(self, analysts: Iterable[str]) -> Sheets:
        """Return the sheets of some analysts (ids that are here), in their order; raises ValueError for others."""
        chosen = tuple(analysts)
        return Sheets(
            chosen, self.items, self.hypotheses, self.codes[[self.place(entry) for entry in chosen]], self.places
        )


def sheets_of(analysis: Analysis, matrix: Matrix) -> Sheets:
    """Return the sheets of those who have rated an item or N/A in what the matrix shows."""
    items, hypotheses = shown_records(analysis, matrix)
    tables = {key: table_of(items, hypotheses, matrix.sheets.get(key, {})) for key in raters(analysis, matrix)}
    tables = {key: found for key, found in tables.items() if found.codes.any()}
    plain = table_of(items, hypotheses, {})
    codes = [found.codes for found in tables.values()]
    stacked = np.stack(codes) if codes else np.zeros((0, *plain.shape), np.int8)
    return Sheets(tuple(tables), tuple(items), tuple(hypotheses), stacked, _places(plain))


def _places(table: RatingTable) -> NDArray[np.bool_]:
    return table.counted[:, None] & table.active[None, :]
