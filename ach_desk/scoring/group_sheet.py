"""The group's view of a matrix: the median of each cell over all sheets.

The median is taken on the steps of the scale. Of two middle steps the one that claims less (nearer to N) is taken, as
for a judgement left undecided; unrated cells are passed over; N/A stands where more than half of the raters say so.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ach_desk.i18n import ngettext
from ach_desk.model import Analysis, Analyst, Matrix, Rating, RatingValue
from ach_desk.model.analysis import RatingSheet
from ach_desk.model.values import SCALE_STEPS, Scale, step_of
from ach_desk.scoring.table import CODES, FIRST_RATED, NOT_APPLICABLE, UNRATED, VALUES, shown_records, table_of

GROUP = "group-median"
"""The id under which the median of all sheets is shown. It is nobody's, and never in a file."""


def median_codes(sheets: Sequence[np.ndarray]) -> np.ndarray:
    """Return the code of each cell under the median of rating tables of one shape (codes of `table.CODES`)."""
    steps = np.array([_step(value) for value in VALUES])
    stacked = np.stack(sheets)
    rated = stacked >= FIRST_RATED
    number = rated.sum(axis=0)
    placed = np.sort(np.where(rated, steps[stacked], len(VALUES)), axis=0)
    low = np.take_along_axis(placed, np.maximum(number - 1, 0)[None] // 2, axis=0)[0]
    high = np.take_along_axis(placed, np.maximum(number, 1)[None] // 2, axis=0)[0]
    middle = step_of(RatingValue.NEUTRAL)
    median = np.clip(middle, low, high)
    code_of = np.zeros(len(VALUES) + 1, np.int8)
    for value in SCALE_STEPS[Scale.SEVEN]:
        code_of[step_of(value)] = CODES[value]
    inapplicable = (stacked == NOT_APPLICABLE).sum(axis=0)
    found = np.where(number > 0, code_of[np.where(number > 0, median, 0)], UNRATED)
    return np.where(inapplicable > number, NOT_APPLICABLE, found).astype(np.int8)


def raters(analysis: Analysis, matrix: Matrix) -> list[str]:
    """Return the analysts (ids) who have rated anything in a matrix, in the order of the analysis."""
    return [entry for entry in analysis.analysts if entry != GROUP and _has_rated(matrix.sheets.get(entry, {}))]


def _has_rated(sheet: RatingSheet) -> bool:
    return any(rating.value is not None for row in sheet.values() for rating in row.values())


def group_sheet(analysis: Analysis, matrix: Matrix) -> RatingSheet:
    """Return the median of every cell as a sheet: values alone, since reasons and confidence are a person's."""
    items, hypotheses = shown_records(analysis, matrix)
    tables = [table_of(items, hypotheses, matrix.sheets[entry]).codes for entry in raters(analysis, matrix)]
    if not tables or not items or not hypotheses:
        return {}
    ratings = {code: Rating(value) for value, code in CODES.items() if value is not None}
    found: RatingSheet = {}
    for item, row in zip(items, median_codes(tables).tolist(), strict=True):
        cells = {hypothesis.id: ratings[code] for hypothesis, code in zip(hypotheses, row, strict=True) if code}
        if cells:
            found[item.id] = cells
    return found


def group_record(analysis: Analysis, matrix: Matrix) -> Analyst:
    """Return what stands in an analyst's place where the group's sheet is shown, with how many it is made from."""
    number = len(raters(analysis, matrix))
    text = ngettext("the group, median of {count} sheet", "the group, median of {count} sheets", number)
    return Analyst(id=GROUP, name=text.format(count=number))


def _step(value: RatingValue | None) -> int:
    return step_of(value) if value is not None and value.is_on_scale else 0
