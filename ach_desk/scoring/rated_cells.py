"""Which cells of a sheet something is true of; known before anything else is found out about them."""

from __future__ import annotations

from collections.abc import Callable, Collection
from itertools import compress, repeat

import numpy as np

from ach_desk.model import Analysis, Matrix, Rating, RatingSheet, RatingValue
from ach_desk.model.wording import is_on_earlier_wording
from ach_desk.scoring.table import CODES, VALUES, RatingTable

Cell = tuple[str, str]


def cells_on_earlier_wording(analysis: Analysis, matrix: Matrix, analyst: str) -> list[Cell]:
    """Return (evidence, hypothesis) of the ratings made before the words of item or hypothesis changed."""
    items = {entry for entry in matrix.evidence if entry in analysis.evidence and analysis.evidence[entry].wording > 1}
    others = {
        entry for entry in matrix.hypotheses if entry in analysis.hypotheses and analysis.hypotheses[entry].wording > 1
    }
    if not items and not others:
        return []

    def is_behind(cell: Cell, rating: Rating) -> bool:
        if cell[0] not in items and cell[1] not in others:
            return False
        return is_on_earlier_wording(rating, analysis.evidence[cell[0]], analysis.hypotheses[cell[1]])

    return cells_where(analysis, matrix, analyst, is_behind)


def cells_where(
    analysis: Analysis,
    matrix: Matrix,
    analyst: str,
    holds: Callable[[Cell, Rating], bool],
    among: Collection[str] | None = None,
) -> list[Cell]:
    """Return (evidence, hypothesis) of the rated cells that `holds` is true of, in the order of the matrix.

    among: the items among which all of them are, where that is known (`rows_with`, `rows_beyond`).
    """
    sheet = matrix.sheets.get(analyst, {})
    columns = [entry for entry in dict.fromkeys(matrix.hypotheses) if entry in analysis.hypotheses]
    found = []
    items = dict.fromkeys(matrix.evidence)
    for item in items if among is None else filter(among.__contains__, items):
        row = sheet.get(item)
        if row and item in analysis.evidence:
            found += [
                (item, column) for column in columns if (rating := row.get(column)) and holds((item, column), rating)
            ]
    return found


def rows_with(values: Collection[RatingValue], sheet: RatingSheet, rated: RatingTable) -> set[str]:
    """Return the items of a sheet in which one of `values` may stand. rated: the table of this very sheet."""
    wanted = np.zeros(len(VALUES), np.bool_)
    wanted[[CODES[value] for value in values]] = True
    return _chosen(np.count_nonzero(wanted[rated.codes], axis=1) > 0, sheet, rated)


def rows_beyond(sheet: RatingSheet, rated: RatingTable) -> set[str]:
    """Return the items of a sheet in which more may stand than ratings. rated: the table of this very sheet."""
    entries = map(len, map(sheet.get, rated.evidence_ids, repeat(())))
    entered = np.fromiter(entries, np.intp, len(rated.evidence_ids))
    return _chosen(entered > np.count_nonzero(rated.codes, axis=1), sheet, rated)


def _chosen(rows: np.ndarray, sheet: RatingSheet, rated: RatingTable) -> set[str]:
    """Return the items of these rows, a bool each, and those of the sheet that the table does not hold."""
    return {*compress(rated.evidence_ids, rows.tolist()), *sheet.keys() - set(rated.evidence_ids)}
