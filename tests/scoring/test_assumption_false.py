"""What falls with an assumption that is false: the numbers reckoned by hand, on screen, on paper and in words."""

from __future__ import annotations

import dataclasses

import pytest
from helpers.analyses import Case, small_case

from ach_desk.commands import assumptions, edits, scenarios
from ach_desk.model import EvidenceKind, EvidenceStatus, Rating, RatingValue, Scenario
from ach_desk.scoring import assess
from ach_desk.scoring.assumptions import if_false
from ach_desk.scoring.comparison import RATED, SCENARIO, Side, compare
from ach_desk.scoring.resting import fall, fall_words
from ach_desk.scoring.whatif import applied, assess_under, fall_in, fallen_words, gone, under

NAMES = {value.value: value for value in RatingValue}
ROWS = ("II C I", "I C II", "C II I", "N N N", "C I C")
"""H1: -3, H2: -3, H3: -4."""


@pytest.fixture
def case() -> Case:
    """Return five items; E4 is an assumption that E1 rests on, E5 rests on E1, and the cell E2 under H3 on E4."""
    case = small_case(3, len(ROWS))
    wanted = [
        ((case.e(item), case.h(column)), NAMES[value])
        for item, row in enumerate(ROWS, 1)
        for column, value in enumerate(row.split(), 1)
    ]
    place = (case.analysis, case.matrix, case.analyst)
    edits.rate_each(*place, wanted, "").apply(case.analysis)
    edits.annotate(case.matrix, case.analyst, [(case.e(2), case.h(3))], rationale="he would have known").apply(
        case.analysis
    )
    edits.set_field(case.analysis, "evidence", [case.e(4)], "kind", EvidenceKind.ASSUMPTION).apply(case.analysis)
    assumptions.rest_items(case.analysis, [case.e(1)], case.e(4)).apply(case.analysis)
    assumptions.rest_items(case.analysis, [case.e(5)], case.e(1)).apply(case.analysis)
    assumptions.rest_cells(*place, [(case.e(2), case.h(3))], case.e(4)).apply(case.analysis)
    return case


def false(case: Case, *items: int, **fields: object) -> Scenario:
    ids = tuple(case.e(item) for item in items)
    return Scenario(id="s", matrix=case.matrix.id, name="E4 is false", assumptions_false=ids, **fields)


def scores(case: Case, scenario: Scenario) -> list[float]:
    found = assess_under(case.analysis, case.matrix, case.analyst, scenario)
    return found.standing.weighted_inconsistency.tolist()


def test_what_rests_on_it_does_not_count_at_any_distance_and_cells_are_unrated(case: Case) -> None:
    plain = assess(case.analysis, case.matrix, case.analyst)
    assert plain.standing.weighted_inconsistency.tolist() == [-3, -3, -4]
    assessment = assess_under(case.analysis, case.matrix, case.analyst, false(case, 4))
    # Without E1 (II C I), E5 (C I C), E4, and the II of E2 under H3: E2 says I C -, E3 says C II I.
    assert assessment.standing.weighted_inconsistency.tolist() == [-1, -2, -1]
    assert assessment.table.counted.tolist() == [False, True, True, False, False]
    assert assessment.standing.unrated.tolist() == [0, 0, 1]
    reasons = [item.status_reason for item in assessment.items]
    assert reasons == [
        "What-if: E4 is false: rests on E4, which is false here",
        "",
        "",
        "What-if: E4 is false: taken as false",
        "What-if: E4 is false: rests on E1, which falls here",
    ]


def test_a_rating_put_into_a_fallen_cell_counts_even_if_it_is_the_own_one(case: Case) -> None:
    scenario = false(case, 4)
    scenarios_of = case.analysis.scenarios
    scenarios_of["s"] = scenario
    cell = (case.e(2), case.h(3))
    for value, score in ((RatingValue.INCONSISTENT, -2), (RatingValue.VERY_INCONSISTENT, -3)):
        command = scenarios.rate(scenarios_of["s"], case.matrix, case.analyst, [(cell, value)], "")
        command.apply(case.analysis)
        assert scores(case, scenarios_of["s"])[2] == score
    scenarios.rate(scenarios_of["s"], case.matrix, case.analyst, [(cell, None)], "").apply(case.analysis)
    assert scores(case, scenarios_of["s"])[2] == -1


def test_what_is_printed_is_what_was_shown_and_the_reason_of_the_cell_stays(case: Case) -> None:
    scenario = false(case, 4)
    copy = applied(case.analysis, scenario)
    printed = assess(copy, copy.matrices[0], case.analyst)
    shown = assess_under(case.analysis, case.matrix, case.analyst, scenario)
    assert printed.standing.weighted_inconsistency.tolist() == shown.standing.weighted_inconsistency.tolist()
    assert printed.items == shown.items
    left = copy.matrices[0].rating(case.analyst, case.e(2), case.h(3))
    assert left is not None
    assert (left.value, left.rationale) == (None, "he would have known")
    assert case.value(2, 3) is RatingValue.VERY_INCONSISTENT
    assert case.item(1).status is EvidenceStatus.COUNTED


def test_the_comparison_says_how_much_falls(case: Case) -> None:
    rated, scenario = assess(case.analysis, case.matrix, case.analyst), false(case, 4)
    fallen = fall_in(case.analysis, case.matrix, case.analyst, scenario)
    side = Side(
        SCENARIO, "s", "E4 is false", under(case.analysis, rated, scenario, fallen), fallen_words(rated, fallen)
    )
    sentences = compare(Side(RATED, "", "", rated), [side]).sentences
    expected = "If E4 is false, 2 items and 1 cell fall: H1 and H3 are tied with the least evidence against them."
    assert sentences[1] == expected
    assert if_false(case.analysis, rated, case.matrix.sheets[case.analyst], case.item(4)) == expected


def test_without_anything_that_rests_on_it_the_sentence_says_so(case: Case) -> None:
    rated = assess(case.analysis, case.matrix, case.analyst)
    sheet = case.matrix.sheets[case.analyst]
    expected = "If E3 is false, H2 alone has the least evidence against it."
    assert if_false(case.analysis, rated, sheet, case.item(3)) == expected


@pytest.mark.parametrize(
    ("items", "cells", "words"),
    [(3, 2, "3 items and 2 cells fall"), (1, 0, "1 item falls"), (0, 1, "1 cell falls"), (0, 0, "")],
)
def test_the_words_for_what_falls(items: int, cells: int, words: str) -> None:
    assert fall_words(items, cells) == words


def test_two_false_assumptions_and_one_that_is_gone(case: Case) -> None:
    assumptions.rest_cells(case.analysis, case.matrix, case.analyst, [(case.e(3), case.h(2))], case.e(2)).apply(
        case.analysis
    )
    scenario = false(case, 4, 2)
    # E1, E2, E4, E5 do not count, and the II of E3 under H2 is unrated: C - I.
    assert scores(case, scenario) == [0, 0, -1]
    fallen = fall(case.analysis, (*scenario.assumptions_false, "gone"), case.matrix.sheets[case.analyst])
    assert fallen.false == {case.e(4), case.e(2)}
    edits.remove(case.analysis, "evidence", [case.e(4)]).apply(case.analysis)
    assert gone(case.analysis, scenario) == ["1 assumption that it takes as false was deleted."]
    assert scores(case, scenario) == [-2, -1, -2]


def test_a_ring_from_a_file_falls_once(case: Case) -> None:
    item = case.item(4)
    case.analysis.evidence[item.id] = item.model_copy(update={"rests_on": (case.e(5),)})
    assert scores(case, false(case, 5)) == scores(case, false(case, 1)) == scores(case, false(case, 4)) == [-1, -2, -1]


def test_a_cell_that_names_what_is_gone_stands(case: Case) -> None:
    cell = (case.e(3), case.h(1))
    rating = case.matrix.rating(case.analyst, *cell) or Rating(None)
    case.matrix.set_rating(case.analyst, *cell, dataclasses.replace(rating, rests_on=("gone",)))
    assert scores(case, false(case, 4)) == [-1, -2, -1]
