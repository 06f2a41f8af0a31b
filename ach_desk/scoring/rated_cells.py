"""Which cells of a sheet something is true of; known before anything else is found out about them."""

from __future__ import annotations

from collections.abc import Callable

from ach_desk.model import Analysis, Matrix, Rating
from ach_desk.model.wording import is_on_earlier_wording

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


def cells_where(analysis: Analysis, matrix: Matrix, analyst: str, holds: Callable[[Cell, Rating], bool]) -> list[Cell]:
    """Return (evidence, hypothesis) of the rated cells that `holds` is true of, in the order of the matrix."""
    sheet = matrix.sheets.get(analyst, {})
    columns = [entry for entry in dict.fromkeys(matrix.hypotheses) if entry in analysis.hypotheses]
    found = []
    for item in dict.fromkeys(matrix.evidence):
        row = sheet.get(item)
        if row and item in analysis.evidence:
            found += [
                (item, column) for column in columns if (rating := row.get(column)) and holds((item, column), rating)
            ]
    return found
