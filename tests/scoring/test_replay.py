"""The order as it came about: two clocks, items without a date at the end, and no order of entry that matters."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from helpers.analyses import Case, inputs_of, small_case
from hypothesis import given
from hypothesis import strategies as st

from ach_desk.commands import edits
from ach_desk.model import RatingValue
from ach_desk.model.method_settings import Method
from ach_desk.scoring.replay import (
    Clock,
    Replay,
    as_known_sentence,
    latest_turn,
    replay,
    turning_sentences,
    undated_sentence,
    with_rank_shares,
)

METHODS = (Method.WEIGHTED, Method.INCONSISTENCY, Method.NET, Method.BAYES, Method.BAYES_SOURCES)
DATES = (None, "2023", "2023-05", "2023-06-01", "2023-06-10", "2023-06-30")


def dated(case: Case, field: str, dates: list[str | None]) -> None:
    for item, day in zip(case.matrix.evidence, dates, strict=True):
        if day is not None:
            edits.set_field(case.analysis, "evidence", [item], field, day, "").apply(case.analysis)


def told_apart() -> Case:
    """Return E1 and E4 against H1, E2 and E3 against H2, of weight 1 each, and no dates."""
    case = small_case(hypotheses=2, items=4)
    against = {(1, 1), (2, 2), (3, 2), (4, 1)}
    wanted = [
        (
            (case.e(item), case.h(hypothesis)),
            RatingValue.INCONSISTENT if (item, hypothesis) in against else RatingValue.CONSISTENT,
        )
        for item in range(1, 5)
        for hypothesis in (1, 2)
    ]
    edits.rate_each(case.analysis, case.matrix, case.analyst, wanted, "").apply(case.analysis)
    return case


def test_nobody_is_ranked_before_an_item_that_is_rated_under_it_is_known() -> None:
    case = small_case(hypotheses=2, items=2)
    wanted = [((case.e(1), case.h(1)), RatingValue.INCONSISTENT), ((case.e(2), case.h(2)), RatingValue.CONSISTENT)]
    edits.rate_each(case.analysis, case.matrix, case.analyst, wanted, "").apply(case.analysis)
    dated(case, "learned_date", ["2023-06-01", "2023-06-10"])
    found = replay(inputs_of(case), Method.WEIGHTED, Clock.LEARNED)
    assert found.rank.tolist() == [[1, 0], [2, 1]]


def test_where_nothing_is_ranked_in_the_end_nobody_leads_since_a_day() -> None:
    case = small_case(hypotheses=2, items=1)
    wanted = [((case.e(1), case.h(column)), RatingValue.NOT_APPLICABLE) for column in (1, 2)]
    edits.rate_each(case.analysis, case.matrix, case.analyst, wanted, "").apply(case.analysis)
    dated(case, "learned_date", ["2023-06-01"])
    read = inputs_of(case)
    assert latest_turn(read, replay(read, Method.WEIGHTED, Clock.LEARNED)) == "Nothing is ranked."


def test_items_come_in_by_date_and_those_without_one_at_the_end() -> None:
    case = told_apart()
    dated(case, "learned_date", ["2023-06-01", "2023-06-10", "2023-06-10", None])
    found = replay(inputs_of(case), Method.WEIGHTED, Clock.LEARNED)
    assert found.days == (date(2023, 6, 1).toordinal(), date(2023, 6, 10).toordinal(), None)
    assert found.new == ((0,), (1, 2), (3,))
    assert [found.leaders(step) for step in range(3)] == [(1,), (0,), (0, 1)]
    assert found.known(1) == (0, 1, 2)
    assert found.undated == (3,)
    assert undated_sentence(inputs_of(case), found) == "E4 has no date learned and comes in at the end."


def test_the_words_name_who_led_when_and_with_what() -> None:
    case = told_apart()
    dated(case, "learned_date", ["2023-06-01", "2023-06-10", "2023-06-10", None])
    given_inputs = inputs_of(case)
    found = replay(given_inputs, Method.WEIGHTED, Clock.LEARNED)
    assert as_known_sentence(given_inputs, found, 0) == "As known on 1 June 2023 (1 of 4 items) H2 led."
    assert as_known_sentence(given_inputs, found, 2) == "With all 4 items H1 and H2 are tied in front."
    assert turning_sentences(given_inputs, found) == [
        "1 June 2023: at first H2 led, by E1.",
        "10 June 2023: H1 led, with E2 and E3.",
        "Without a date: H1 and H2 were tied in front, with E4.",
    ]
    assert latest_turn(given_inputs, found) == "H1 and H2 are tied in front only with what has no date: E4."
    event = replay(given_inputs, Method.WEIGHTED, Clock.EVENT)
    assert event.days == (None,)
    assert undated_sentence(given_inputs, event) == "E1, E2, E3 and E4 have no date and come in at the end."


def test_a_month_counts_on_its_last_day_and_a_longer_time_at_its_end() -> None:
    case = told_apart()
    dated(case, "event_date", ["2023-06", "2023-06-11", "2023-06-12", "2023"])
    edits.set_field(case.analysis, "evidence", [case.e(2)], "event_end", "2023-06-20", "").apply(case.analysis)
    found = replay(inputs_of(case), Method.WEIGHTED, Clock.EVENT)
    assert found.new == ((2,), (1,), (0,), (3,))
    assert found.days[-1] == date(2023, 12, 31).toordinal()


@given(
    st.permutations(range(5)),
    st.lists(st.sampled_from(DATES), min_size=5, max_size=5),
    st.sampled_from(METHODS),
    st.sampled_from(list(Clock)),
)
def test_the_final_result_depends_on_no_order(
    order: list[int], dates: list[str | None], method: Method, clock: Clock
) -> None:
    """Hogarth and Einhorn's updating ends elsewhere in another order (vector order_effects); a sum does not."""
    case = small_case(hypotheses=3, items=5, rated=True)
    dated(case, "learned_date" if clock is Clock.LEARNED else "event_date", dates)
    before = replay(inputs_of(case), method, clock)
    case.matrix.evidence[:] = [case.matrix.evidence[place] for place in order]
    after, plain = replay(inputs_of(case), method, clock), inputs_of(case).additive(method)
    assert after.days == before.days
    for step in range(len(after.days)):
        assert after.leaders(step) == before.leaders(step)
        assert after.scores[step] == pytest.approx(before.scores[step])
    if after.days:
        assert after.scores[-1] == pytest.approx(plain.scores)
        assert after.leaders(len(after.days) - 1) == plain.leaders


def test_bayes_has_probabilities_at_each_step() -> None:
    case = told_apart()
    dated(case, "learned_date", ["2023-06-01", "2023-06-02", "2023-06-03", "2023-06-04"])
    found = replay(inputs_of(case), Method.BAYES, Clock.LEARNED)
    assert found.posterior is not None
    assert found.posterior.sum(axis=1) == pytest.approx(np.ones(4))
    assert found.posterior[0].tolist() == pytest.approx([1 / 11, 10 / 11])
    assert replay(inputs_of(case), Method.WEIGHTED, Clock.LEARNED).posterior is None


def with_shares(case: Case, *, stop: bool = False) -> Replay:
    found = replay(inputs_of(case), Method.WEIGHTED, Clock.LEARNED)
    return with_rank_shares(found, inputs_of(case), case.matrix, case.analyst, seed=1, cancelled=lambda: stop)


def test_rank_shares_follow_what_is_known() -> None:
    case = told_apart()
    dated(case, "learned_date", ["2023-06-01", "2023-06-10", "2023-06-10", None])
    found = with_shares(case)
    assert found.share is not None
    assert found.share.sum(axis=1) == pytest.approx(np.ones(3))
    # One item alone: C may slip to CC or N, which costs nothing, and I to N with .1 or to II with .1.
    assert found.share[0].tolist() == pytest.approx([0.05, 0.95], abs=0.02)
    assert found.share[2].tolist() == pytest.approx([0.5, 0.5], abs=0.03)
    assert with_shares(case, stop=True).share is None


def test_nothing_rated_has_no_step() -> None:
    case = small_case(hypotheses=2, items=0)
    found = replay(inputs_of(case), Method.WEIGHTED, Clock.LEARNED)
    assert found.days == ()
    assert latest_turn(inputs_of(case), found) == ""
    assert turning_sentences(inputs_of(case), found) == []
