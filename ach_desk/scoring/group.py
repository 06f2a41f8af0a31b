"""The group's view: the median of all sheets as a sheet of its own, and who leads under it and under each analyst.

The group stands only in copies of an analysis: nothing of it is ever stored. Its ratings are taken by every method,
chart and report as those of an analyst are.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from ach_desk.model import Analysis, Matrix
from ach_desk.model.method_settings import Method
from ach_desk.scoring.additive import Additive
from ach_desk.scoring.assessment import COMPARABLE_SHARE, Assessment
from ach_desk.scoring.group_sheet import GROUP, group_record, group_sheet, median_codes, raters
from ach_desk.scoring.inconsistency import TIE_TOLERANCE, standing
from ach_desk.scoring.methods import Inputs, inputs
from ach_desk.scoring.raters import Sheets
from ach_desk.scoring.table import VALUES


def with_group(analysis: Analysis) -> Analysis:
    """Return a copy in which the group stands first among those who rate; see `put_group`."""
    copy = analysis.snapshot()
    put_group(copy)
    return copy


def put_group(analysis: Analysis) -> bool:
    """Put the group before the analysts of an analysis that is not to be stored; return whether there is one.

    It has a sheet in each matrix that two or more have rated.
    """
    several = [matrix for matrix in analysis.matrices if len(raters(analysis, matrix)) > 1]
    for matrix in several:
        matrix.sheets = {GROUP: group_sheet(analysis, matrix), **matrix.sheets}
    if several:
        analysis.analysts = {GROUP: group_record(analysis, several[0]), **analysis.analysts}
    return bool(several)


def without_group(analysis: Analysis) -> Analysis:
    """Return the analysis itself, or a copy without the group where that was put into it; see `put_group`."""
    if GROUP not in analysis.analysts:
        return analysis
    copy = analysis.snapshot()
    del copy.analysts[GROUP]
    for matrix in copy.matrices:
        matrix.sheets.pop(GROUP, None)
    return copy


@dataclass(frozen=True, eq=False)
class GroupView:
    """The median of all sheets under one way of adding up, and what each analyst's own sheet makes of it.

    codes: of the medians. leaders: columns under the group. of_analysts: leaders under each analyst, in the order of
    the sheets; none where a sheet is not rated far enough to lead with anything. ranks: of each, 0 = not ranked.
    counts: int, values of `table.VALUES` x items x hypotheses: how many gave each rating.
    """

    inputs: Inputs
    method: Method
    additive: Additive
    leaders: tuple[int, ...]
    of_analysts: tuple[tuple[int, ...], ...]
    ranks: np.ndarray
    counts: np.ndarray

    @property
    def assessment(self) -> Assessment:
        """Return the assessment of the medians."""
        return self.inputs.assessment

    @property
    def leading(self) -> dict[int, int]:
        """Return column -> how many analysts lead with it; one who ties two counts for both."""
        columns = [column for leaders in self.of_analysts for column in leaders]
        return {column: columns.count(column) for column in range(len(self.assessment.hypotheses)) if column in columns}


def group_view(analysis: Analysis, matrix: Matrix, sheets: Sheets, method: Method) -> GroupView:
    """Return the group's view by a way of `methods.SUMS`; P(e|H) entered by hand is one sheet's and left out."""
    read = group_inputs(analysis, matrix, sheets)
    found = read.additive(method)
    enough = _rated_enough(sheets)
    each = [with_codes(read, codes).additive(method) for codes in sheets.codes]
    return GroupView(
        read,
        method,
        found,
        leaders_of(found),
        tuple(leaders_of(one) if is_enough else () for one, is_enough in zip(each, enough, strict=True)),
        np.array([one.rank * is_enough for one, is_enough in zip(each, enough, strict=True)]),
        np.array([(sheets.codes == code).sum(axis=0) for code in range(len(VALUES))]),
    )


def group_inputs(analysis: Analysis, matrix: Matrix, sheets: Sheets) -> Inputs:
    """Return what the methods read of the medians."""
    table = sheets.plain
    if sheets.analysts:
        table = replace(table, codes=np.asfortranarray(median_codes(list(sheets.codes))))
    assessment = Assessment(sheets.items, sheets.hypotheses, table, standing(table), matrix.scale)
    return inputs(analysis, matrix, "", assessment)


def with_codes(read: Inputs, codes: np.ndarray) -> Inputs:
    """Return the same with other ratings; its standing is not that of them."""
    return replace(read, assessment=replace(read.assessment, table=replace(read.assessment.table, codes=codes)))


def _rated_enough(sheets: Sheets) -> list[bool]:
    """Return per analyst whether the sheet is rated at least half as far as the fullest one."""
    rated = sheets.rated
    return [bool(number) and number >= COMPARABLE_SHARE * rated.max() for number in rated]


def leaders_of(found: Additive) -> tuple[int, ...]:
    """Return the columns in front among those that are rated on enough items to be compared."""
    rated = (found.evidence & found.used[:, None]).sum(axis=0)
    comparable = found.ranked & (rated >= COMPARABLE_SHARE * rated[found.ranked].max(initial=0))
    if not comparable.any():
        return ()
    best = found.scores[comparable].max()
    return tuple(int(column) for column in np.flatnonzero(comparable & (found.scores >= best - TIE_TOLERANCE)))


def against_group(sheets: Sheets, analyst: str) -> Sheets:
    """Return one sheet beside the median of the others, under the id `GROUP`; raises ValueError for one not there."""
    place = sheets.place(analyst)
    others = [codes for number, codes in enumerate(sheets.codes) if number != place]
    median = median_codes(others) if others else np.zeros_like(sheets.codes[place])
    return replace(sheets, analysts=(analyst, GROUP), codes=np.stack([sheets.codes[place], median]), read=())
