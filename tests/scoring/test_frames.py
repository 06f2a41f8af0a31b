"""Causes that act together, set-valued belief, priors per cause, and P(e|H) entered as a range: numbers and laws."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from helpers.analyses import Case, rated_case, small_case
from hypothesis import given, settings
from hypothesis import strategies as st

from ach_desk.commands import cells, groups, hypotheses
from ach_desk.model import RatingValue
from ach_desk.model.method_settings import Frame, Method
from ach_desk.scoring import assess, bayes, belief, causes, frames, priors
from ach_desk.scoring.methods import Inputs, inputs, result
from ach_desk.scoring.slip_cells import cells_of

SYMBOLS = {value.value: value for value in RatingValue}


def inputs_of(case: Case) -> Inputs:
    assessment = assess(case.analysis, case.matrix, case.analyst)
    return inputs(case.analysis, case.matrix, case.analyst, assessment)


def combine(case: Case, *parts: int) -> None:
    command = hypotheses.combine(case.analysis, case.matrix, [case.h(part) for part in parts])
    command.apply(case.analysis)


def at_work(case: Case, method: Method = Method.BAYES) -> frames.CausesAtWork:
    return frames.causes_at_work(inputs_of(case), case.matrix, method)


@given(st.integers(0, 10**6), st.integers(1, 6))
@settings(max_examples=60)
def test_one_cause_with_a_leak_is_plain_bayes_between_it_and_its_absence(seed: int, items: int) -> None:
    chance = np.random.default_rng(seed)
    likelihoods = chance.uniform(0.05, 1.0, (items, 1))
    leak = likelihoods[:, 0] * chance.random(items) * 0.99 + 1e-4
    prior = chance.uniform(0.05, 0.95)
    found = causes.causes(likelihoods, np.array([prior]), leak=leak)
    scores = np.log10(likelihoods[:, 0].prod() * prior), np.log10(leak.prod() * (1 - prior))
    plain = bayes.posterior(np.array(scores), np.array([True, True]))
    assert found.marginals[0] == pytest.approx(plain[0])


@given(st.integers(0, 10**6), st.integers(1, 5), st.integers(1, 5))
@settings(max_examples=60)
def test_laws_of_the_causes(seed: int, items: int, count: int) -> None:
    """Order does not matter, a uniform row tells nothing, adding a cause never makes an item less probable."""
    chance = np.random.default_rng(seed)
    likelihoods, prior = chance.uniform(0.01, 1.0, (items, count)), chance.uniform(0.1, 0.9, count)
    found = causes.causes(likelihoods, prior)
    order = chance.permutation(count)
    turned = causes.causes(likelihoods[chance.permutation(items)][:, order], prior[order])
    assert turned.marginals == pytest.approx(found.marginals[order])
    flat = causes.causes(np.vstack([likelihoods, np.full((1, count), 0.3)]), prior)
    assert flat.probabilities == pytest.approx(found.probabilities)
    assert found.probabilities.sum() == pytest.approx(1)
    leak = causes.leak_of(likelihoods)
    seen = causes.chance(causes.powers(likelihoods, leak), leak, found.subsets)
    for fewer, members in enumerate(found.subsets):
        for cause in np.flatnonzero(~members):
            assert (seen[:, fewer | 1 << int(cause)] >= seen[:, fewer] - 1e-12).all()


def test_a_report_that_says_nothing_and_one_that_is_the_item_itself() -> None:
    likelihoods, prior = np.array([[0.9, 0.2], [0.3, 0.6]]), np.array([0.5, 0.5])
    nothing = causes.causes(likelihoods, prior, reports=(np.full(2, 0.4), np.full(2, 0.4)))
    assert nothing.probabilities == pytest.approx(np.full(4, 0.25))
    itself = causes.causes(likelihoods, prior, reports=(np.ones(2), np.zeros(2)))
    assert itself.probabilities == pytest.approx(causes.causes(likelihoods, prior).probabilities)


def test_a_combination_is_no_cause_and_its_cells_decide_nothing() -> None:
    case = rated_case("C I N", "N C II")
    before = at_work(case)
    combine(case, 1, 2)  # a column in which nothing is rated
    after = at_work(case)
    assert [entry.label for entry in after.hypotheses] == ["H1", "H2", "H3"]
    assert before.found is not None
    assert after.found is not None
    assert after.found.probabilities == pytest.approx(before.found.probabilities)
    assert (after.used, after.not_comparable) == (2, ())
    assert any("H4 is a combination and no cause of its own" in text for text in frames.causes_sentences(after))


def test_what_is_not_rated_under_a_cause_is_left_out_and_named() -> None:
    found = at_work(rated_case("C I", "N -", "N/A I"))
    assert (found.used, found.not_comparable) == (1, (1, 2))
    said = frames.causes_sentences(found)
    assert said[-1] == "E2 and E3 are left out, being N/A or unrated under one of them."


def test_causes_by_hand_with_their_usual_priors() -> None:
    """CC under H1, I under H2: leak .0316, and half each as prior."""
    found = at_work(rated_case("CC I")).found
    assert found is not None
    leak = 10**-1.5
    expected = np.array([leak, 1.0, leak, 1.0])
    assert found.probabilities == pytest.approx(expected / expected.sum())


def test_more_than_ten_causes_are_refused_in_words() -> None:
    found = at_work(small_case(11, 1))
    assert found.found is None
    assert frames.causes_sentences(found) == ["11 hypotheses are too many: 10 can be worked out."]


def test_sources_and_groups_change_the_causes_and_a_joint_likelihood_stands_for_its_items() -> None:
    case = rated_case("CC I", "CC I", "N N")
    alone = at_work(case, Method.BAYES_SOURCES).found
    groups.make(case.analysis, [case.e(1), case.e(2)], "One report").apply(case.analysis)
    grouped = at_work(case, Method.BAYES_SOURCES).found
    assert alone is not None
    assert grouped is not None
    assert grouped.marginals[0] < alone.marginals[0]
    (group,) = case.analysis.groups
    groups.set_joint(case.analysis, group, {case.h(1): 0.3, case.h(2): 0.3}).apply(case.analysis)
    joint = at_work(case, Method.BAYES_SOURCES).found
    assert joint is not None
    assert joint.marginals == pytest.approx([0.5, 0.5])  # the same under both tells nothing
    # It was judged as it is reported, so that no source stands between: with leak .2 the second cause has no power.
    groups.set_joint(case.analysis, group, {case.h(1): 0.8, case.h(2): 0.2}).apply(case.analysis)
    judged = at_work(case, Method.BAYES_SOURCES).found
    assert judged is not None
    assert judged.marginals == pytest.approx([0.8, 0.5])


@given(st.integers(0, 10**6), st.integers(1, 6), st.integers(1, 5))
@settings(max_examples=80)
def test_belief_by_commonalities_is_dempsters_rule(seed: int, items: int, count: int) -> None:
    chance = np.random.default_rng(seed)
    likelihoods, trust = chance.uniform(0.01, 1.0, (items, count)), chance.random(items)
    quick = belief.of_rows(likelihoods, trust)
    masses = [
        belief.discounted(belief.from_likelihoods(row), degree) for row, degree in zip(likelihoods, trust, strict=True)
    ]
    slow = belief.belief(masses, count)
    assert quick.mass == pytest.approx(slow.mass, abs=1e-9)
    assert quick.conflict == pytest.approx(slow.conflict, abs=1e-9)
    assert quick.belief == pytest.approx(slow.belief, abs=1e-9)
    assert quick.plausibility == pytest.approx(slow.plausibility, abs=1e-9)
    assert (quick.belief <= quick.plausibility + 1e-9).all()


def test_thousands_of_items_neither_overflow_nor_hide_their_conflict() -> None:
    chance = np.random.default_rng(1)
    found = belief.of_rows(chance.uniform(0.1, 1.0, (5000, 8)), np.full(5000, 0.7))
    assert found.conflict == 1
    assert not found.can_rank
    assert found.mass.sum() == pytest.approx(1)


def test_belief_always_says_its_conflict_and_ranks_only_below_a_half() -> None:
    agreeing = frames.belief_sentences(frames.set_belief(inputs_of(rated_case("C N", "C N"))))
    assert agreeing[1:] == [
        "The items contradict each other to under 5 % (conflict K = 0.00).",
        "H1 is the most plausible.",
    ]
    torn = frames.belief_sentences(frames.set_belief(inputs_of(rated_case("CC II", "CC II", "II CC", "II CC"))))
    assert torn[0] == agreeing[0]
    assert "conflict K = 0.8" in torn[1]
    assert "not ranked" in torn[2]


def test_equal_priors_raise_the_parts_of_a_combination_and_the_program_says_so() -> None:
    case = rated_case("N N N")
    assessed = assess(case.analysis, case.matrix, case.analyst)
    assert priors.raised_sentence(case.matrix, assessed) == ""
    combine(case, 2, 3)
    assessed = assess(case.analysis, case.matrix, case.analyst)
    said = priors.raised_sentence(case.matrix, assessed)
    assert "Counting H4 in, H2 with 50 % and H3 with 50 % then begin true, against 25 %" in said
    case.matrix.priors_per_cause = True
    assert priors.raised_sentence(case.matrix, assessed) == ""
    shares = priors.column_priors(case.matrix, assessed)
    assert shares == pytest.approx(np.array([4, 4, 4, 2]) / 14)


def test_priors_per_cause_make_of_a_column_the_product_of_its_parts() -> None:
    case = rated_case("N N")
    combine(case, 1, 2)
    case.matrix.priors_per_cause = True
    case.matrix.priors = {case.h(1): 0.2, case.h(2): 0.5}
    assessed = assess(case.analysis, case.matrix, case.analyst)
    expected = np.array([0.2 * 0.5, 0.8 * 0.5, 0.2 * 0.5])
    assert priors.column_priors(case.matrix, assessed) == pytest.approx(expected / expected.sum())
    assert priors.sum_sentence(case.matrix, assessed) == (
        "They need not add up to 100 %. The columns begin with H1 17 %, H2 67 % and H3 17 %."
    )
    case.matrix.frame = Frame.CAUSES
    assert priors.sum_sentence(case.matrix, assessed) == (
        "They need not add up to 100 %. That none of them is at work begins with 40 %."
    )


def test_priors_of_columns_are_no_priors_of_causes() -> None:
    case = rated_case("N N")
    case.matrix.priors = {case.h(1): 0.9, case.h(2): 0.1}
    found = at_work(case)
    assert found.prior == pytest.approx([0.5, 0.5])
    assert result(inputs_of(case), Method.BAYES).scores == pytest.approx([0.9, 0.1])


@given(st.lists(st.floats(0.01, 0.99), min_size=2, max_size=5))
@settings(max_examples=40)
def test_priors_per_cause_sum_to_one_over_the_columns_and_rise_with_their_cause(given_priors: list[float]) -> None:
    case = small_case(len(given_priors), 1)
    combine(case, 1, 2)
    case.matrix.priors_per_cause = True
    assessed = assess(case.analysis, case.matrix, case.analyst)
    lower = None
    for first in sorted({given_priors[0], min(given_priors[0] + 0.005, 0.995)}):
        case.matrix.priors = {case.h(number): prior for number, prior in enumerate([first, *given_priors[1:]], 1)}
        shares = priors.column_priors(case.matrix, assessed)
        assert shares.sum() == pytest.approx(1)
        assert lower is None or shares[0] + shares[-1] > lower
        lower = shares[0] + shares[-1]


def test_a_range_of_a_likelihood_counts_by_its_middle_and_is_drawn_from_in_the_trials() -> None:
    case = rated_case("C I", "N N")
    command = cells.set_likelihood(case.matrix, case.analyst, [(case.e(1), case.h(1))], (0.2, 0.6))
    command.apply(case.analysis)
    found = inputs_of(case)
    assert found.direct is not None
    assert found.direct[0, 0] == pytest.approx(0.4)
    assert result(found, Method.BAYES).scores[0] == pytest.approx(0.4 / (0.4 + 10**-1.5))
    drawn = cells_of(found, Method.BAYES, case.matrix, case.analyst)
    chances, values = drawn.chances[0, 0], 10 ** drawn.values[0, 0]
    assert chances == pytest.approx([0.2] * 5 + [0.0])
    assert values[:5] == pytest.approx([0.24, 0.32, 0.4, 0.48, 0.56])
    assert all(later > earlier for earlier, later in pairwise(values[:5]))
    by_counting = cells_of(found, Method.WEIGHTED, case.matrix, case.analyst)
    assert by_counting.values[0, 0].max() == 0  # counting reads the rating
