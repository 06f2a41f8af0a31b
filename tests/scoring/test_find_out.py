"""What to find out next: the expected value of what is not known yet, where P(e|H) comes from, and what is missing."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from helpers.analyses import Case, small_case
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from ach_desk import paths
from ach_desk.app.cli_find_out import find_out_json
from ach_desk.commands import edits, watching
from ach_desk.model import IndicatorState, Matrix, Rating, RatingValue
from ach_desk.model.method_settings import NOT_SET, Frame, Method, MethodSettings, Report
from ach_desk.scoring import information as told
from ach_desk.scoring.assessment import assess
from ach_desk.scoring.causes import chance, leak_of, powers
from ach_desk.scoring.find_out import MOST_CERTAIN, FindOut, Kind, Prospect, find_out
from ach_desk.scoring.find_out_words import (
    basis_sentence,
    information,
    lead_sentence,
    measured_by,
    numbers,
    outcome_words,
    per_cost,
    share_of,
    telling_words,
    wanting_words,
)
from ach_desk.scoring.frames import causes_at_work
from ach_desk.scoring.methods import inputs, result
from ach_desk.storage.files import read_document

CC, C, N, INC, II = (
    RatingValue.VERY_CONSISTENT,
    RatingValue.CONSISTENT,
    RatingValue.NEUTRAL,
    RatingValue.INCONSISTENT,
    RatingValue.VERY_INCONSISTENT,
)


def rated_case(*rows: tuple[RatingValue, RatingValue, RatingValue]) -> Case:
    """Return a case with an item for each row of ratings, or with three such items."""
    rows = rows or ((C, INC, N), (N, C, II), (CC, CC, C))
    case = small_case(3, len(rows))
    for item, values in zip(case.matrix.evidence, rows, strict=True):
        for hypothesis, value in zip(case.matrix.hypotheses, values, strict=True):
            case.matrix.set_rating(case.analyst, item, hypothesis, Rating(value))
    return case


def found_in(case: Case) -> FindOut:
    matrix: Matrix = case.matrix
    given = inputs(case.analysis, matrix, case.analyst, assess(case.analysis, matrix, case.analyst))
    return find_out(case.analysis, matrix, case.analyst, given)


def watched(case: Case, text: str, **values: RatingValue) -> str:
    """Add an indicator with ratings by label of the hypothesis; return its id."""
    adding = watching.watch(case.analysis, text)
    adding.apply(case.analysis)
    record = watching.added_id(adding)
    for hypothesis in case.analysis.hypotheses.values():
        if hypothesis.label in values:
            watching.set_bearing(case.analysis, record, hypothesis.id, values[hypothesis.label]).apply(case.analysis)
    return record


def of_record(found: FindOut, record: str) -> Prospect:
    return next(entry for entry in found.prospects if entry.record == record)


def test_stacked_observations_give_what_each_gives_alone() -> None:
    """Vector bayes_and_information.json, vuma_hula and vuma_drink."""
    prior, present = np.array([0.5, 0.5]), np.array([[0.9, 0.5], [0.28, 0.32]])
    outcomes = told.outcomes_of(present)
    assert told.expected_information_gain(prior, outcomes) == pytest.approx([0.146793, 0.001375], abs=1e-6)
    assert told.probability_gain(prior, outcomes) == pytest.approx([0.2, 0.02])
    assert told.most_separated(prior, present).tolist() == [[0, 1], [1, 0]]


@given(arrays(np.float64, (4, 3), elements=st.floats(0.01, 0.99)), st.permutations(range(3)))
def test_what_is_worth_knowing_does_not_hang_on_the_order_of_hypotheses(present, order) -> None:
    prior = np.array([0.5, 0.3, 0.2])
    before = told.expected_information_gain(prior, told.outcomes_of(present))
    after = told.expected_information_gain(prior[order], told.outcomes_of(present[:, order]))
    assert after == pytest.approx(before)
    assert (before >= 0).all()


def test_an_indicator_takes_its_likelihoods_from_the_table_of_the_matrix() -> None:
    case = small_case(rated=False)
    record = watched(case, "Convoys near the border", H1=C, H2=INC, H3=N)
    found = found_in(case)
    entry = of_record(found, record)
    prior = np.full(3, 1 / 3)
    outcomes = told.outcomes_of(np.array([10**-0.5, 10**-1.5, 0.1]))
    assert (entry.kind, entry.label, entry.cost) == (Kind.INDICATOR, "", None)
    assert entry.information == pytest.approx(float(told.expected_information_gain(prior, outcomes)))
    assert entry.probability == pytest.approx(float(told.probability_gain(prior, outcomes)))
    assert entry.chance == pytest.approx((10**-0.5 + 10**-1.5 + 0.1) / 3)
    assert entry.tells == (0, 1)
    assert sum(entry.if_so) == pytest.approx(1)
    assert entry.if_so[0] > 1 / 3 > entry.if_not[0]


def test_no_absence_decides_alone_however_certain_the_sighting_was() -> None:
    case = small_case(rated=False)
    record = watched(case, "A parade", H1=CC, H2=II, H3=II)
    entry = of_record(found_in(case), record)
    assert entry.if_not[0] == pytest.approx((1 - MOST_CERTAIN) / ((1 - MOST_CERTAIN) + 2 * 0.99))


@pytest.mark.parametrize("state", [IndicatorState.OBSERVED, IndicatorState.NOT_OBSERVED])
def test_what_was_seen_or_not_is_not_asked_again(state: IndicatorState) -> None:
    case = rated_case()
    record = watched(case, "A parade", H1=C, H2=INC, H3=INC)
    edits.set_field(case.analysis, "indicator", [record], "state", state, "").apply(case.analysis)
    assert all(entry.record != record for entry in found_in(case).prospects)


def test_an_indicator_that_is_not_judged_everywhere_is_said_to_need_that() -> None:
    case = rated_case()
    record = watched(case, "A parade", H1=C)
    found = found_in(case)
    (entry,) = [entry for entry in found.wanting if entry.record == record]
    assert [found.labels[column] for column in entry.unrated] == ["H2", "H3"]
    assert wanting_words(found, entry) == "needs a rating under H2 and H3"


def test_a_reported_item_is_worth_what_its_truth_would_tell_beyond_the_report() -> None:
    case = rated_case()
    found = found_in(case)
    item = case.analysis.evidence[case.matrix.evidence[0]]
    entry = of_record(found, item.id)
    assessment = assess(case.analysis, case.matrix, case.analyst)
    read = inputs(case.analysis, case.matrix, case.analyst, assessment)
    holds = [0.85 * p / (0.15 + 0.7 * p) for p in (10**-0.5, 10**-1.5, 0.1)]
    prior = result(read, Method.BAYES_SOURCES).scores
    assert entry.kind is Kind.REPORTED
    assert entry.information == pytest.approx(
        float(told.expected_information_gain(prior, told.outcomes_of(np.minimum(holds, MOST_CERTAIN))))
    )


def test_where_the_source_never_errs_there_is_nothing_to_check() -> None:
    case = rated_case((C, INC, INC))
    sure = MethodSettings(reports={**MethodSettings().reports, NOT_SET: Report(hit=1, false_alarm=0)})
    edits.set_field(case.analysis, "matrix", [case.matrix.id], "method_settings", sure, "").apply(case.analysis)
    (entry,) = found_in(case).prospects
    assert entry.chance == pytest.approx(MOST_CERTAIN)
    assert entry.information == pytest.approx(0, abs=1e-9)
    assert entry.tells == ()


def test_an_unrated_item_is_taken_from_its_suggested_ratings_and_else_said_to_need_them() -> None:
    case = rated_case()
    edits.add_items(case.analysis, case.matrix, [{"title": "New"}]).apply(case.analysis)
    item = case.matrix.evidence[-1]
    found = found_in(case)
    (entry,) = [entry for entry in found.wanting if entry.record == item]
    assert entry.kind is Kind.UNRATED
    assert len(entry.unrated) == 3
    for hypothesis, value in zip(case.matrix.hypotheses, (C, INC, N), strict=True):
        case.matrix.set_rating(case.analyst, item, hypothesis, Rating(None, suggested=(value, value)))
    entry = of_record(found_in(case), item)
    assert entry.kind is Kind.UNRATED
    start = np.array(found.prior)
    outcomes = told.outcomes_of(np.array([10**-0.5, 10**-1.5, 0.1]))
    assert entry.information == pytest.approx(float(told.expected_information_gain(start, outcomes)))


def test_what_is_not_applicable_somewhere_cannot_be_compared() -> None:
    case = rated_case()
    item, hypothesis = case.matrix.evidence[0], case.matrix.hypotheses[1]
    case.matrix.set_rating(case.analyst, item, hypothesis, Rating(RatingValue.NOT_APPLICABLE))
    found = found_in(case)
    (entry,) = [entry for entry in found.wanting if entry.record == item]
    assert (entry.unrated, entry.not_applicable) == ((), (1,))
    assert wanting_words(found, entry) == "is N/A under H2, so that nothing can be compared"


def test_items_set_aside_are_not_asked_for() -> None:
    case = rated_case()
    item = case.matrix.evidence[0]
    edits.set_field(case.analysis, "evidence", [item], "status", "set aside", "").apply(case.analysis)
    found = found_in(case)
    assert all(entry.record != item for entry in (*found.prospects, *found.wanting))


def test_per_cost_what_is_free_comes_first_and_what_has_no_cost_last() -> None:
    case = small_case(rated=False)
    dear, cheap = (watched(case, text, H1=CC, H2=II, H3=II) for text in ("Dear", "Cheap"))
    free, unknown = (watched(case, text, H1=C, H2=N, H3=N) for text in ("Free", "Unknown"))
    for record, cost in ((dear, 10.0), (cheap, 2.0), (free, 0.0)):
        edits.set_field(case.analysis, "indicator", [record], "cost", cost, "").apply(case.analysis)
    found = found_in(case)
    assert [entry.text for entry in found.prospects] == ["Dear", "Cheap", "Free", "Unknown"]
    assert [entry.text for entry in found.by_cost()] == ["Free", "Cheap", "Dear", "Unknown"]
    assert of_record(found, dear).per_cost == pytest.approx(of_record(found, dear).information / 10)
    assert of_record(found, unknown).per_cost is None
    ranked = found.by_cost()
    first = measured_by(ranked, per_cost)
    assert first is ranked[1]
    assert [telling_words(found, entry, first, per_cost).partition(", ")[2] for entry in ranked] == [
        *("at no cost", "the most of all", "much less than the first", "no cost given"),
    ]
    assert [share_of(entry, first, per_cost) for entry in ranked] == pytest.approx([1, 1, 0.2, 0])
    assert "Cost: 10" in numbers(of_record(found, dear))
    assert "Per unit" not in numbers(of_record(found, free))


def test_with_one_hypothesis_there_is_nothing_to_tell_apart() -> None:
    case = rated_case()
    for hypothesis in case.matrix.hypotheses[1:]:
        edits.set_field(case.analysis, "hypothesis", [hypothesis], "status", "rejected", "").apply(case.analysis)
    found = found_in(case)
    assert (found.prospects, found.wanting) == ((), ())
    assert lead_sentence(found, ()) == "Fewer than two hypotheses take part, so there is nothing to tell apart."


def test_without_items_and_indicators_there_is_nothing_to_find_out() -> None:
    found = found_in(small_case(2, 0))
    assert lead_sentence(found, ()) == "There is nothing to find out: no open indicator and no counted item."


def test_the_worked_example_in_words() -> None:
    analysis = read_document(paths.seeds() / "russia-june-2023.ach.json").loaded.analysis
    matrix = analysis.matrices[0]
    analyst = next(iter(matrix.sheets))
    found = find_out(analysis, matrix, analyst, inputs(analysis, matrix, analyst, assess(analysis, matrix, analyst)))
    first, second = found.prospects[:2]
    assert lead_sentence(found, found.prospects).startswith("Finding out whether “It becomes known that")
    assert lead_sentence(found, found.prospects).endswith("would tell H4 from H3 best.")
    assert lead_sentence(found, found.prospects[1:]) == "Finding out whether E7 holds would tell H3 from H4 best."
    assert telling_words(found, first, first, information) == "tells H4 from H3, the most of all"
    assert telling_words(found, second, first, information).endswith(", much less than the first")
    assert outcome_words(found, second).startswith("If it holds: H3\u00a0")
    assert basis_sentence(found).startswith("Starts from what Bayes with sources and groups makes of")


def test_nothing_is_promised_where_nothing_would_tell_much() -> None:
    case = small_case(rated=False)
    watched(case, "Rain", H1=N, H2=N, H3=N)
    found = found_in(case)
    assert found.prospects[0].tells == ()
    assert (
        lead_sentence(found, found.prospects) == "Nothing that is listed here would tell the hypotheses further apart."
    )
    assert lead_sentence(replace(found, prospects=()), ()) == "Nothing can be worked out yet."


def framed_case(frame: Frame, number: int = 3) -> tuple[Case, str]:
    """Return a rated case in that frame with an indicator under the first three hypotheses, and the indicator's id."""
    case = rated_case()
    for _added in range(number - 3):
        edits.add_hypotheses(case.analysis, case.matrix, [{"title": "One more"}]).apply(case.analysis)
    case.matrix.frame = frame
    return case, watched(case, "Convoys near the border", H1=C, H2=INC, H3=N)


def test_causes_that_may_act_together_start_from_all_their_combinations() -> None:
    """Each figure against plain loops over the subsets (leaky noisy-OR, reports after the causes)."""
    case, record = framed_case(Frame.CAUSES)
    given = inputs(case.analysis, case.matrix, case.analyst, assess(case.analysis, case.matrix, case.analyst))
    posterior = causes_at_work(given, case.matrix, Method.BAYES_SOURCES).found
    assert posterior is not None
    found = found_in(case)
    assert found.together
    assert found.prior == pytest.approx(posterior.marginals)
    assert sum(found.prior) != pytest.approx(1, abs=0.05)
    single, leak = (10**-0.5, 10**-1.5, 0.1), 10**-1.5
    seen = []
    for members in posterior.subsets:
        silent = 1 - leak
        for at_work, likelihood in zip(members, single, strict=True):
            silent *= (1 - likelihood) / (1 - leak) if at_work else 1
        seen.append(1 - silent)
    seen_at_all = sum(q * p for q, p in zip(posterior.probabilities, seen, strict=True))
    after = [q * p / seen_at_all for q, p in zip(posterior.probabilities, seen, strict=True)]
    not_after = [q * (1 - p) / (1 - seen_at_all) for q, p in zip(posterior.probabilities, seen, strict=True)]
    entry = of_record(found, record)
    assert entry.chance == pytest.approx(seen_at_all)
    assert entry.information == pytest.approx(
        bits(posterior.probabilities) - seen_at_all * bits(after) - (1 - seen_at_all) * bits(not_after)
    )
    assert entry.probability == pytest.approx(
        seen_at_all * max(after) + (1 - seen_at_all) * max(not_after) - posterior.probabilities.max()
    )
    assert entry.if_so == pytest.approx(np.array(after) @ posterior.subsets)
    assert entry.if_not == pytest.approx(np.array(not_after) @ posterior.subsets)
    assert entry.tells == (0,)


def bits(probabilities) -> float:
    return -sum(q * math.log2(q) for q in probabilities if q > 0)


def test_a_checked_report_of_causes_is_weighed_after_the_causes_are_put_together() -> None:
    case, _record = framed_case(Frame.CAUSES)
    given = inputs(case.analysis, case.matrix, case.analyst, assess(case.analysis, case.matrix, case.analyst))
    posterior = causes_at_work(given, case.matrix, Method.BAYES_SOURCES).found
    assert posterior is not None
    entry = of_record(found_in(case), case.matrix.evidence[0])
    cells = np.array([[10**-0.5, 10**-1.5, 0.1]])
    expected = chance(powers(cells, leak_of(cells)), leak_of(cells), posterior.subsets)[0]
    holds = 0.85 * expected / (0.15 + 0.7 * expected)
    assert entry.chance == pytest.approx(holds @ posterior.probabilities)


def test_one_cause_alone_can_be_found_out_about() -> None:
    case, record = framed_case(Frame.CAUSES)
    for hypothesis in case.matrix.hypotheses[1:]:
        edits.set_field(case.analysis, "hypothesis", [hypothesis], "status", "rejected", "").apply(case.analysis)
    assert of_record(found_in(case), record).tells == ()  # with one cause the leak is all there is


@pytest.mark.parametrize(("frame", "number"), [(Frame.UNSURE, 3), (Frame.EXCLUSIVE, 3), (Frame.CAUSES, 11)])
def test_elsewhere_one_hypothesis_is_taken_to_be_true(frame: Frame, number: int) -> None:
    found = found_in(framed_case(frame, number)[0])
    assert not found.together
    assert sum(found.prior) == pytest.approx(1)


def test_causes_in_words() -> None:
    case, record = framed_case(Frame.CAUSES)
    found = found_in(case)
    entry = of_record(found, record)
    assert lead_sentence(found, [entry]) == (
        "Finding out whether “Convoys near the border” comes about would tell best whether H1 is at work."
    )
    assert telling_words(found, entry, entry, information) == "tells whether H1 is at work, the most of all"
    assert outcome_words(found, entry).startswith("If it is seen: H1\u00a0")
    assert outcome_words(found, entry).count("H1\u00a0") == 2
    assert basis_sentence(found).endswith("Several causes may be at work at once, so that these need not make 100 %.")
    nothing = replace(entry, tells=(), information=0.0)
    assert lead_sentence(found, [nothing]).startswith("Nothing that is listed here would tell more about which causes")
    assert telling_words(found, nothing, nothing, information) == "tells nothing about the causes"
    assert find_out_json(found)["ranked"][0]["tells_apart"] == []
