"""What is rated alike, and what a double does: it counts twice, but not for Bayes when it is in a group."""

from __future__ import annotations

import numpy as np
import pytest
from helpers.analyses import Case, inputs_of, small_case
from hypothesis import given
from hypothesis import strategies as st

from ach_desk.commands import duplicates, edits, groups
from ach_desk.model import RatingValue
from ach_desk.model.method_settings import Method
from ach_desk.scoring.clones import Clones, clones, hypothesis_clone_sentence, item_clone_sentence
from ach_desk.scoring.methods import result
from ach_desk.scoring.programme import StoppedError

STEPS = [value for value in RatingValue if value.is_on_scale and not value.value.endswith("-")]
ROWS = {1: "I C C", 2: "I C C", 3: "C I I", 4: "C C C", 5: "CC I I"}


def case_of(rows: dict[int, str]) -> Case:
    case = small_case(hypotheses=len(rows[1].split()), items=len(rows))
    wanted = [
        ((case.e(item), case.h(number)), RatingValue(value))
        for item, values in rows.items()
        for number, value in enumerate(values.split(), 1)
        if value != "-"
    ]
    edits.rate_each(case.analysis, case.matrix, case.analyst, wanted, "").apply(case.analysis)
    return case


def clones_of(case: Case, method: Method = Method.WEIGHTED) -> Clones:
    return clones(inputs_of(case), case.analysis.groups.values(), method)


def test_alike_everywhere_and_but_for_one_step() -> None:
    found = clones_of(case_of(ROWS))
    assert [(entry.rows, entry.near) for entry in found.items] == [((0, 1), False), ((2, 4), True)]
    assert [(entry.columns, entry.near) for entry in found.hypotheses] == [((1, 2), False)]


def test_the_words_say_how_often_it_counts_and_what_counting_once_does() -> None:
    case = case_of(ROWS)
    given_inputs, found = inputs_of(case), clones_of(case)
    # H2 and H3 have two I each, H1 two as well: counted once, H1 has one and leads.
    assert item_clone_sentence(given_inputs, found.items[0], Method.WEIGHTED) == (
        "E1 and E2 are rated alike under every hypothesis: if they report the same thing, they count twice. "
        "If they counted once, H1 would be in front."
    )
    assert item_clone_sentence(given_inputs, found.items[1], Method.WEIGHTED) == (
        "E3 and E5 are rated alike but for one step under one hypothesis."
    )
    assert hypothesis_clone_sentence(given_inputs, found.hypotheses[0], Method.WEIGHTED) == (
        "H2 and H3 are rated alike on every item: nothing here tells them apart."
    )
    bayes = hypothesis_clone_sentence(given_inputs, found.hypotheses[0], Method.BAYES)
    assert bayes.endswith("If they are one explanation, it gets the prior of each of them.")


def test_two_steps_are_not_near_and_counted_once_one_of_them_stays() -> None:
    case = case_of({1: "I C", 2: "I N", 3: "C II", 4: "C II"})
    found = clones_of(case)
    assert [(entry.rows, entry.near) for entry in found.items] == [((2, 3), False), ((0, 1), True)]
    apart = clones_of(case_of({1: "I CC", 2: "I N", 3: "N II", 4: "II C"}))
    assert apart.items == ()
    columns = clones_of(case_of({1: "C C I", 2: "CC N I", 3: "I I I"}))
    assert columns.hypotheses == ()  # CC and N are two steps apart
    # Counted once E3 still contradicts H2 as strongly as E1 and E2 contradict H1; left out it would not.
    assert found.items[0].leaders == (0, 1)


def test_three_alike_count_three_times() -> None:
    case = case_of({1: "I C", 2: "I C", 3: "I C", 4: "C II"})
    (entry,) = clones_of(case).items
    assert "they count 3 times." in item_clone_sentence(inputs_of(case), entry, Method.WEIGHTED)


def test_unrated_is_not_na_and_neither_is_a_step_from_a_rating() -> None:
    case = case_of({1: "I -", 2: "I N/A", 3: "I CC", 4: "I -"})
    assert [(entry.rows, entry.near) for entry in clones_of(case).items] == [((0, 3), False)]


def test_set_aside_rows_and_rejected_columns_are_passed_over() -> None:
    case = case_of(ROWS)
    edits.set_aside(case.analysis, [case.e(2)], "told already").apply(case.analysis)
    assert [entry.rows for entry in clones_of(case).items] == [(2, 4)]


@given(st.lists(st.sampled_from(STEPS), min_size=12, max_size=12))
def test_a_double_counts_twice_but_not_in_a_group_for_bayes(values: list[RatingValue]) -> None:
    case = small_case(hypotheses=3, items=4)
    cells = [(item, hypothesis) for item in case.matrix.evidence for hypothesis in case.matrix.hypotheses]
    wanted = list(zip(cells, values, strict=True))
    edits.rate_each(case.analysis, case.matrix, case.analyst, wanted, "").apply(case.analysis)
    before = {method: result(inputs_of(case), method).scores for method in Method}
    row = inputs_of(case).additive(Method.INCONSISTENCY).values[0]
    double = duplicates.duplicate(case.analysis, case.matrix, case.analyst, "evidence", [case.e(1)], with_ratings=True)
    double[0].apply(case.analysis)
    once = inputs_of(case)
    assert result(once, Method.INCONSISTENCY).scores == pytest.approx(before[Method.INCONSISTENCY] + row)
    groups.make(case.analysis, [case.e(1), case.e(5)], "one report").apply(case.analysis)
    grouped = inputs_of(case)
    assert result(grouped, Method.INCONSISTENCY).scores == pytest.approx(before[Method.INCONSISTENCY] + row)
    assert result(grouped, Method.BAYES_SOURCES).scores == pytest.approx(before[Method.BAYES_SOURCES])
    tells = len(set(values[:3])) > 1
    if tells:
        (entry,) = [entry for entry in clones_of(case).items if {0, 1} <= set(entry.rows) and not entry.near][:1]
        assert entry.grouped == (len(entry.rows) == 2)


def test_a_group_is_said_where_it_is_taken_into_account() -> None:
    case = case_of({1: "I C", 2: "I C", 3: "C I"})
    groups.make(case.analysis, [case.e(1), case.e(2)], "one report").apply(case.analysis)
    (entry,) = clones_of(case, Method.BAYES_SOURCES).items
    assert "which this method takes into account" in item_clone_sentence(inputs_of(case), entry, Method.BAYES_SOURCES)
    assert "they count twice" in item_clone_sentence(inputs_of(case), entry, Method.WEIGHTED)


def test_it_stops_when_asked() -> None:
    case = case_of(ROWS)
    with pytest.raises(StoppedError):
        clones(inputs_of(case), (), Method.WEIGHTED, cancelled=lambda: True)


def test_nothing_is_alike_in_an_empty_matrix() -> None:
    case = small_case(hypotheses=2, items=0)
    assert clones_of(case) == Clones((), ())
    assert np.array_equal(inputs_of(case).assessment.table.codes.shape, (0, 2))
