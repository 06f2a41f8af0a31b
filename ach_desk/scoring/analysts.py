"""Several rating sheets of one matrix: who leads under the median of the others without one analyst."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ach_desk.i18n import _
from ach_desk.model import Analysis, Matrix
from ach_desk.model.method_settings import Method
from ach_desk.scoring.group_sheet import median_codes
from ach_desk.scoring.left_out_parts import outcome_words
from ach_desk.scoring.methods import Inputs
from ach_desk.scoring.raters import sheets_of
from ach_desk.scoring.round_states import is_private
from ach_desk.scoring.table import FIRST_RATED


@dataclass(frozen=True)
class AnalystLeftOut:
    """Who leads (columns) under the median of the other sheets; changes: others than under the median of all."""

    analyst: str
    leaders: tuple[int, ...]
    changes: bool


def leave_analysts_out(
    analysis: Analysis, matrix: Matrix, inputs: Inputs, method: Method
) -> tuple[AnalystLeftOut, ...]:
    """Return who leads without each analyst who has rated; none where a single one has, or while they rate in private.

    Probabilities entered by hand belong to one sheet and are passed over.
    """
    if is_private(analysis, matrix.id):
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
