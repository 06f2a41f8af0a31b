"""Several sheets of one matrix: the median of each cell, and who leads without one analyst."""

from __future__ import annotations

from statistics import median

import numpy as np
import pytest
from helpers.analyses import Case, small_case
from hypothesis import given
from hypothesis import strategies as st

from ach_desk.model import Analyst, Rating, RatingValue
from ach_desk.model.method_settings import Method
from ach_desk.model.values import step_of
from ach_desk.scoring import assess
from ach_desk.scoring.analysts import analyst_sentence, leave_analysts_out, median_codes
from ach_desk.scoring.methods import Inputs, inputs
from ach_desk.scoring.table import CODES, VALUES


def median_of(*values: RatingValue | None) -> RatingValue | None:
    """Return the median of one cell over as many sheets."""
    codes = median_codes([np.array([[CODES[value]]], np.int8) for value in values])
    return VALUES[int(codes[0, 0])]


@pytest.mark.parametrize(
    ("given_values", "expected"),
    [
        ("C C II", "C"),
        ("CC I II", "I"),
        ("C - -", "C"),
        ("- -", "-"),
        ("C CC", "C"),
        ("I II", "I"),
        ("C I", "N"),
        ("N/A N/A C", "N/A"),
        ("N/A C", "C"),
        ("N/A C C", "C"),
    ],
)
def test_the_median_of_a_cell(given_values: str, expected: str) -> None:
    values = [None if value == "-" else RatingValue(value) for value in given_values.split()]
    assert median_of(*values) is (None if expected == "-" else RatingValue(expected))


@given(st.lists(st.sampled_from([value for value in RatingValue if value.is_on_scale]), min_size=1, max_size=7))
def test_an_odd_number_has_the_middle_and_an_even_one_what_claims_less(values: list[RatingValue]) -> None:
    found = median_of(*values)
    assert found is not None
    steps = sorted(step_of(value) for value in values)
    if len(values) % 2:
        assert step_of(found) == median(steps)
    else:
        low, high = steps[len(steps) // 2 - 1], steps[len(steps) // 2]
        assert step_of(found) == min(max(3, low), high)
    assert median_of(*reversed(values)) is found


def three_analysts() -> Case:
    """Return two items; A and B put H1 in front, C puts H2 in front, strongly."""
    case = small_case(hypotheses=2, items=2)
    sheets = {"a": "C I C I", "b": "C I C C", "c": "II C II C"}
    for name, values in sheets.items():
        case.analysis.analysts[name] = Analyst(id=name, name=name.upper())
        cells = [(item, hypothesis) for item in case.matrix.evidence for hypothesis in case.matrix.hypotheses]
        for (item, hypothesis), value in zip(cells, values.split(), strict=True):
            case.matrix.set_rating(name, item, hypothesis, Rating(RatingValue(value)))
    return case


def inputs_of(case: Case) -> Inputs:
    return inputs(case.analysis, case.matrix, "a", assess(case.analysis, case.matrix, "a"))


def test_who_leads_without_each_analyst() -> None:
    case = three_analysts()
    given_inputs = inputs_of(case)
    found = leave_analysts_out(case.analysis, case.matrix, given_inputs, Method.WEIGHTED)
    # Without A: B and C have C/II and I/C, C/II and C/C: medians N N | N C, nothing against either.
    assert [(entry.analyst, entry.leaders, entry.changes) for entry in found] == [
        ("a", (0, 1), True),
        ("b", (0, 1), True),
        ("c", (0,), False),
    ]
    assert [analyst_sentence(case.analysis, given_inputs, entry) for entry in found] == [
        "Without the ratings of A, H1 and H2 would be tied in front.",
        "Without the ratings of B, H1 and H2 would be tied in front.",
        "Without the ratings of C, nothing would change in front.",
    ]


def test_a_single_sheet_has_nobody_to_leave_out() -> None:
    case = small_case(rated=True)
    given_inputs = inputs(case.analysis, case.matrix, case.analyst, assess(case.analysis, case.matrix, case.analyst))
    assert leave_analysts_out(case.analysis, case.matrix, given_inputs, Method.WEIGHTED) == ()
