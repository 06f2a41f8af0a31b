"""Cells are found among the rows where they can be as they are found among all."""

from __future__ import annotations

from helpers.analyses import small_case
from hypothesis import given
from hypothesis import strategies as st

from ach_desk.model import EvidenceStatus, Rating, RatingValue, Scale, replace
from ach_desk.scoring.sheet_findings import off_scale_cells, suggested_cells
from ach_desk.scoring.table import build_table

_VALUES = [*RatingValue]
_CELLS = st.one_of(
    st.none(),
    st.sampled_from(_VALUES).map(Rating),
    st.just(Rating(None, "a reason alone")),
    st.sampled_from(_VALUES[:3]).map(lambda value: Rating(None, suggested=(value, value))),
    st.just(Rating(RatingValue.NEUTRAL, suggested=(RatingValue.NEUTRAL, RatingValue.NEUTRAL))),
)


@given(
    st.lists(st.lists(_CELLS, min_size=3, max_size=3), min_size=4, max_size=4),
    st.sampled_from(Scale),
    st.integers(0, 4),
    st.booleans(),
)
def test_what_a_table_says_of_the_rows_leaves_no_cell_out(
    rows: list[list[Rating | None]], scale: Scale, unsorted: int, left_out: bool
) -> None:
    case = small_case(3, 4)
    analysis, matrix = case.analysis, case.matrix
    matrix.scale = scale
    for number, row in enumerate(rows, 1):
        for column, rating in enumerate(row, 1):
            matrix.set_rating(case.analyst, case.e(number), case.h(column), rating)
    if unsorted:  # in a matrix only a damaged file has it
        item = case.item(unsorted)
        analysis.evidence[item.id] = replace(item, status=EvidenceStatus.UNSORTED)
    if left_out:
        matrix.evidence.remove(case.e(1))
        matrix.hypotheses.remove(case.h(1))
    table = build_table(analysis, matrix, case.analyst)
    for cells in (off_scale_cells, suggested_cells):
        assert cells(analysis, matrix, case.analyst, table) == cells(analysis, matrix, case.analyst)


def test_what_is_off_the_scale_and_what_is_suggested_is_found_by_its_row() -> None:
    case = small_case(2, 2)
    case.matrix.set_rating(case.analyst, case.e(1), case.h(2), Rating(RatingValue.SLIGHTLY_CONSISTENT))
    case.matrix.set_rating(
        case.analyst, case.e(2), case.h(1), Rating(None, suggested=(RatingValue.NEUTRAL, RatingValue.INCONSISTENT))
    )
    table = build_table(case.analysis, case.matrix, case.analyst)
    assert off_scale_cells(case.analysis, case.matrix, case.analyst, table) == [(case.e(1), case.h(2))]
    assert suggested_cells(case.analysis, case.matrix, case.analyst, table) == [(case.e(2), case.h(1))]
