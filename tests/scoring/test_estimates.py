"""Stated probabilities: the order of the questions, and what is said of sums that do not fit."""

from __future__ import annotations

from itertools import pairwise

from helpers.analyses import small_case
from hypothesis import given
from hypothesis import strategies as st

from ach_desk.commands import stating
from ach_desk.commands.versions import merge
from ach_desk.model import Level
from ach_desk.scoring.estimates import Question, coherence_words, estimates_of, questions, total


@given(st.text(max_size=6), st.integers(1, 6))
def test_each_is_asked_both_ways_in_the_order_of_the_seed(seed: str, number: int) -> None:
    known = list(small_case(hypotheses=number, items=1).analysis.hypotheses.values())
    asked = questions(known, seed)
    assert asked == questions(known, seed)
    assert len(set(asked)) == len(asked) == 2 * number
    if number > 2:
        assert all(one.hypothesis != two.hypothesis for one, two in pairwise(asked))


def test_different_seeds_give_different_orders() -> None:
    known = list(small_case(hypotheses=4, items=1).analysis.hypotheses.values())
    assert len({tuple(questions(known, str(seed))) for seed in range(20)}) > 10


def test_answers_are_kept_as_they_are_and_told_honestly() -> None:
    case = small_case()
    analysis, matrix = case.analysis, case.matrix
    answers = {Question(case.h(1), complement=False): 0.4, Question(case.h(1), complement=True): 0.8}
    answers |= {Question(case.h(2), complement=False): 0.6, Question(case.h(3), complement=False): 0.3}
    first = stating.state(analysis, matrix, case.analyst, None, answers, Level.LOW)
    first.apply(analysis)
    found = estimates_of(analysis, matrix.id, case.analyst, None)
    assert [(entry.probability, entry.complement) for entry in found] == [(0.4, 0.8), (0.6, None), (0.3, None)]
    assert {entry.confidence for entry in found} == {Level.LOW}
    assert total(found) == 1.3
    said = coherence_words(analysis, found, may_be_several=False)
    assert said == [
        "Yours add up to 130 %. If exactly one of these hypotheses is true, they should add up to 100 %.",
        "H1: 40 % that it is true and 80 % that it is false make 120 %, not 100 %.",
    ]
    assert "need not" in coherence_words(analysis, found, may_be_several=True)[0]

    again = stating.state(analysis, matrix, case.analyst, None, {Question(case.h(1), complement=False): 1.0}, None)
    again.apply(analysis)
    assert [entry.probability for entry in analysis.estimates.values()] == [1.0]
    again.revert(analysis)
    assert estimates_of(analysis, matrix.id, case.analyst, None) == found
    first.revert(analysis)
    assert not analysis.estimates


def test_a_sum_that_is_missing_is_not_made_up() -> None:
    case = small_case()
    answers = {Question(case.h(1), complement=True): 0.8, Question(case.h(2), complement=False): 0.6}
    stating.state(case.analysis, case.matrix, case.analyst, None, answers, None).apply(case.analysis)
    found = list(case.analysis.estimates.values())
    assert total(found) is None
    assert coherence_words(case.analysis, found, may_be_several=False) == [
        "Not every hypothesis has a probability, so there is no sum."
    ]


def test_what_was_stated_on_two_copies_counts_once_the_later_one() -> None:
    """Merging keeps both, as nothing may be lost; the sum must not count them twice, and asking anew replaces both."""
    case = small_case(2, 1)
    copies = [case.analysis.snapshot(), case.analysis.snapshot()]
    question = Question(case.h(1), complement=False)
    for copy, chance, time in zip(copies, (0.2, 0.7), ("2026-11-26T12:00:00Z", "2026-11-26T11:00:00Z"), strict=True):
        stating.state(copy, copy.matrices[0], case.analyst, None, {question: chance}, None).apply(copy)
        (made,) = copy.estimates.values()
        copy.estimates = {made.id: made.model_copy(update={"time": time})}
    for one, other in (copies, copies[::-1]):
        merged = merge(case.analysis, one, other).analysis
        place = (merged, case.matrix.id, case.analyst, None)
        assert len(merged.estimates) == 2
        assert [entry.probability for entry in estimates_of(*place)] == [0.2]
        stating.state(merged, merged.matrices[0], case.analyst, None, {question: 0.5}, None).apply(merged)
        assert [entry.probability for entry in merged.estimates.values()] == [0.5]
