"""Several rating sheets of one matrix: the median of each cell, and who leads under the others without one analyst.

The median is taken on the steps of the scale. Of two middle steps the one that claims less (nearer to N) is taken, as
for a judgement left undecided; unrated cells are passed over; N/A stands where more than half of the raters say so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ach_desk.i18n import _
from ach_desk.model import Analysis, Matrix, RatingValue
from ach_desk.model.method_settings import Method
from ach_desk.model.values import SCALE_STEPS, Scale, step_of
from ach_desk.scoring.left_out_parts import outcome_words
from ach_desk.scoring.methods import Inputs
from ach_desk.scoring.raters import is_private, sheets_of
from ach_desk.scoring.table import CODES, FIRST_RATED, NOT_APPLICABLE, UNRATED, VALUES


@dataclass(frozen=True)
class AnalystLeftOut:
    """Who leads (columns) under the median of the other sheets; changes: others than under the median of all."""

    analyst: str
    leaders: tuple[int, ...]
    changes: bool


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


def _step(value: RatingValue | None) -> int:
    return step_of(value) if value is not None and value.is_on_scale else 0


def leave_analysts_out(
    analysis: Analysis, matrix: Matrix, inputs: Inputs, method: Method
) -> tuple[AnalystLeftOut, ...]:
    """Return who leads without each analyst who has rated; none where a single one has, or while they rate in private.

    Probabilities entered by hand belong to one sheet and are passed over.
    """
    if is_private(analysis, matrix):
        return ()
    sheets = sheets_of(analysis, matrix)
    rated = [place for place, codes in enumerate(sheets.codes) if (codes >= FIRST_RATED).any()]
    return leave_each_out({sheets.analysts[place]: sheets.codes[place] for place in rated}, inputs, method)


def leave_each_out(codes: Mapping[str, np.ndarray], inputs: Inputs, method: Method) -> tuple[AnalystLeftOut, ...]:
    """Return the same for rating tables by analyst."""
    if len(codes) < 2:
        return ()
    whole = _leaders(inputs, method, list(codes.values()))
    without = {
        analyst: _leaders(inputs, method, [found for other, found in codes.items() if other != analyst])
        for analyst in codes
    }
    return tuple(AnalystLeftOut(analyst, leaders, leaders != whole) for analyst, leaders in without.items())


def _leaders(inputs: Inputs, method: Method, sheets: Sequence[np.ndarray]) -> tuple[int, ...]:
    table = replace(inputs.assessment.table, codes=median_codes(sheets))
    return replace(inputs, assessment=replace(inputs.assessment, table=table), direct=None).additive(method).leaders


def analyst_sentence(analysis: Analysis, inputs: Inputs, found: AnalystLeftOut) -> str:
    """Return who leads under the median of the others: "Without the ratings of B, H2 would be in front."."""
    name = analysis.analysts[found.analyst].name
    outcome = outcome_words(inputs, found.leaders) if found.changes else _("nothing would change in front")
    return _("Without the ratings of {name}, {outcome}.").format(name=name, outcome=outcome)
