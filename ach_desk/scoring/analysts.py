"""Several rating sheets of one matrix: who leads under the median of the others without one analyst."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from ach_desk.i18n import _
from ach_desk.model import Analysis, Matrix
from ach_desk.model.method_settings import Method
from ach_desk.scoring.group_sheet import median_codes
from ach_desk.scoring.left_out_parts import outcome_words
from ach_desk.scoring.methods import Inputs
from ach_desk.scoring.table import FIRST_RATED, table_of


@dataclass(frozen=True)
class AnalystLeftOut:
    """Who leads (columns) under the median of the other sheets; changes: others than under the median of all."""

    analyst: str
    leaders: tuple[int, ...]
    changes: bool


def leave_analysts_out(
    analysis: Analysis, matrix: Matrix, inputs: Inputs, method: Method
) -> tuple[AnalystLeftOut, ...]:
    """Return who leads without each analyst who has rated; none where a single one has.

    Probabilities entered by hand belong to one sheet and are passed over.
    """
    items, hypotheses = inputs.assessment.items, inputs.assessment.hypotheses
    codes = {}
    for analyst, sheet in matrix.sheets.items():
        found = table_of(items, hypotheses, sheet).codes
        if analyst in analysis.analysts and (found >= FIRST_RATED).any():
            codes[analyst] = found
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
