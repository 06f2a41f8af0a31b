"""The course of a lead as items are left out, and the weight of evidence between two hypotheses."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from helpers.assessments import assessment_of, material_of, random_ratings
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from ach_desk.model.method_settings import Method
from ach_desk.scoring.additive import Additive
from ach_desk.scoring.margins import courses
from ach_desk.scoring.removals import removals
from ach_desk.scoring.weights_of_evidence import nearest_rival, weights


def method_of(values: NDArray[np.float64], start: NDArray[np.float64] | None = None) -> Additive:
    items, hypotheses = values.shape
    return Additive(
        values=values,
        used=np.ones(items, np.bool_),
        evidence=np.ones(values.shape, np.bool_),
        active=np.ones(hypotheses, np.bool_),
        start=np.zeros(hypotheses) if start is None else start,
    )


points = st.sampled_from([0.0, -0.5, -1.0, -2.0])
tables = st.tuples(st.integers(1, 6), st.integers(2, 4)).flatmap(
    lambda shape: st.lists(st.lists(points, min_size=shape[1], max_size=shape[1]), min_size=shape[0], max_size=shape[0])
)


def test_the_items_that_hold_the_lead_up_most_go_first() -> None:
    method = method_of(np.array([[0, -1], [0, -2.0], [-1, 0], [0, -1]]))
    (course,) = courses(method)
    assert course.rows == (1, 0, 3)
    assert course.margins == (3, 1, 0, -1)
    assert course.passes
    assert not course.ties


def test_a_challenger_that_no_removal_helps_stays_behind() -> None:
    (course,) = courses(method_of(np.array([[0, 0.0], [-1, -1]]), np.array([1.0, 0.0])))
    assert (course.rows, course.margins, course.passes, course.ties) == ((), (1,), False, False)


@given(tables)
def test_with_one_leader_the_course_is_as_long_as_the_fewest_removals(rows: list[list[float]]) -> None:
    method = method_of(np.array(rows))
    for course in courses(method):
        fewest = removals(method, course.challenger)
        assert course.margins[0] == pytest.approx(max(method.deficits(course.challenger).values()))
        if len(method.leaders) == 1:
            if course.passes:
                assert len(course.rows) == fewest.to_overtake
            else:
                assert fewest.to_overtake is None
                assert course.ties == (fewest.to_tie is not None)


@given(tables)
def test_each_margin_is_what_is_left_of_the_lead(rows: list[list[float]]) -> None:
    method = method_of(np.array(rows))
    for course in courses(method):
        leaders = list(method.deficits(course.challenger))
        assert all(later < earlier for earlier, later in itertools.pairwise(course.margins))
        for count, margin in enumerate(course.margins):
            gone = np.zeros(len(rows), np.bool_)
            gone[list(course.rows[:count])] = True
            scores = method.without(gone).scores
            assert margin == pytest.approx(max(scores[leader] - scores[course.challenger] for leader in leaders))


def test_weights_add_up_to_the_odds_of_the_posterior() -> None:
    found = material_of(assessment_of(["A", "B", "C"], ["item"] * 9, random_ratings(5, ["CC", "C", "N", "I", "II"])))
    posterior = found.results[Method.BAYES].scores
    for ahead, behind in itertools.permutations(range(3), 2):
        between = weights(found.bayes, ahead, behind)
        odds = posterior[ahead] / posterior[behind]
        assert between.total == pytest.approx(np.log10(odds))
        assert between.share == pytest.approx(odds / (1 + odds))
        assert between.weight == pytest.approx(-weights(found.bayes, behind, ahead).weight)
        assert sorted((*between.rows, *between.idle)) == list(range(9))
        sizes = np.abs(between.weight[list(between.rows)])
        assert all(sizes[:-1] >= sizes[1:])


def test_a_cc_against_an_i_weighs_thirty_to_one() -> None:
    cells = [["CC", "I"], ["N", "N"]]
    found = material_of(assessment_of(["A", "B"], ["x", "y"], lambda item, hypothesis: cells[item][hypothesis]))
    between = found.weights
    assert between is not None
    assert (between.rows, between.idle, between.start) == ((0,), (1,), 0)
    assert between.weight[0] == pytest.approx(1.5)


def test_the_nearest_rival_is_the_best_of_the_others_and_of_equals_the_first() -> None:
    method = method_of(np.array([[0, -2.0, -1, -1]]))
    assert nearest_rival(method, 0) == 2
    assert nearest_rival(method, 2) == 0
    assert nearest_rival(method_of(np.array([[0.0]])), 0) is None
