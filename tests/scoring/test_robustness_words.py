"""What robustness says in sentences, and what whole sources, groups and assumptions do when they are left out."""

from __future__ import annotations

import numpy as np
import pytest
from helpers.analyses import Case, inputs_of, rated_case, small_case

from ach_desk.commands import edits, groups
from ach_desk.model import EvidenceKind, Rating, RatingValue
from ach_desk.model.method_settings import Method
from ach_desk.scoring import robustness
from ach_desk.scoring.left_out_parts import PartKind, PartsLeftOut, part_sentence, parts_left_out
from ach_desk.scoring.overturning_words import steps_sentence
from ach_desk.scoring.rating_steps import RatingSteps
from ach_desk.scoring.robustness import rounded_share, share_in_words
from ach_desk.scoring.robustness_words import change_sentences, trial_sentences
from ach_desk.scoring.slip_cells import steps_of


def parts(case: Case, method: Method = Method.WEIGHTED) -> PartsLeftOut:
    found = parts_left_out(case.analysis, case.matrix.sheets[case.analyst], inputs_of(case), method)
    assert found is not None
    return found


def said(case: Case, method: Method = Method.WEIGHTED) -> list[str]:
    return [part_sentence(case.analysis, inputs_of(case), part) for part in parts(case, method).telling]


def test_with_very_many_cells_there_are_fewer_trials_which_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    case = rated_case("II C", "I C")
    found = robustness.quick(inputs_of(case), Method.WEIGHTED)
    drawn = []
    for most in (robustness.MOST_DRAWN, 4 * 2000, 1):
        monkeypatch.setattr(robustness, "MOST_DRAWN", most)
        shares = robustness.with_kept_shares(found, case.matrix, case.analyst).shares
        assert shares is not None
        drawn.append((shares.draws, round(100 * shares.margin, 1)))
    assert drawn == [(10_000, 1.0), (2000, 2.2), (robustness.FEWEST_TRIALS, 3.1)]


def test_the_fixed_wordings() -> None:
    case = rated_case("II C", "I C", "C I", "C C")
    found = robustness.quick(inputs_of(case), Method.WEIGHTED)
    at_once = [
        "By weighted inconsistency and the present ratings H2 leads.",
        "Decides the result today: E1.",
        "If E1 and E2 were left out, H1 would pass H2.",
    ]
    assert robustness.sentences(found) == at_once
    full = robustness.with_shares(robustness.with_steps(found), case.matrix, case.analyst, draws=2000, seed=1)
    assert robustness.sentences(full) == [
        *at_once,
        "If E1 were rated N instead of II under H1 and E3 were rated II instead of I under H2 (far from your rating), "
        "H1 would pass H2.",
        "H2 stays first in over 95 % of trials in which ratings slip by a step. "
        "This is not the probability that H2 is true.",
    ]


def test_what_decides_is_named_up_to_six_items() -> None:
    for number, named in (
        (6, "E1, E2, E3, E4, E5 and E6"),
        (7, "E1, E2, E3, E4, E5 and 2 others"),
    ):
        case = rated_case(*["N I"] * number, *["I N"] * (number - 1))
        found = robustness.quick(inputs_of(case), Method.WEIGHTED)
        assert robustness.sentences(found)[1] == f"Decides the result today: {named}."


def test_leaving_out_draws_level_where_another_rating_would_pass() -> None:
    case = rated_case("I C", "C C")
    found = robustness.with_steps(robustness.quick(inputs_of(case), Method.INCONSISTENCY))
    assert robustness.sentences(found)[2:] == [
        "If E1 were left out, H1 would draw level.",
        "Leaving items out cannot overturn H2; changing one rating can: "
        "if E1 were rated II instead of C under H2 (far from your rating), H1 would pass it.",
    ]


def test_far_is_what_leaves_the_stated_range_or_goes_past_a_neighbour() -> None:
    case = rated_case("I C", "C C")
    said = []
    for stated in (
        (RatingValue.CONSISTENT, RatingValue.VERY_INCONSISTENT),
        (RatingValue.CONSISTENT, RatingValue.NEUTRAL),
    ):
        rating = Rating(RatingValue.CONSISTENT, range=stated)
        case.matrix.set_rating(case.analyst, case.e(1), case.h(2), rating)
        found = robustness.with_steps(robustness.quick(inputs_of(case), Method.INCONSISTENCY))
        said.append("far from your rating" in robustness.sentences(found)[-1])
    assert said == [False, True]


def test_many_ratings_that_overturn_what_no_removal_can_are_counted() -> None:
    case = rated_case(*["II C"] * 3, *["C C"] * 3)
    found = robustness.with_steps(robustness.quick(inputs_of(case), Method.INCONSISTENCY))
    assert robustness.sentences(found)[-1] == ("Leaving items out cannot overturn H2; changing ratings by 8 steps can.")


def test_the_trials_say_who_beats_whom_and_how_open_first_place_is() -> None:
    case = rated_case("II C", "II C", "I C")
    found = robustness.with_shares(
        robustness.quick(inputs_of(case), Method.WEIGHTED), case.matrix, case.analyst, draws=2000, seed=1
    )
    assert trial_sentences(found, "2,000")[:3] == [
        "2,000 trials with seed 1; each share is give or take 2.2 points.",
        "H2 scores better than H1 in over 95 % of the trials, a tie counting half.",
        "Who is first is as open as among 1.0 that are first equally often (entropy 0.00 bit).",
    ]


def test_of_many_rivals_the_nearest_are_named() -> None:
    case = rated_case("II II I II II II C", "II II I I II II C", "II I C II II II C", "I II C II II II C")
    found = robustness.with_shares(
        robustness.quick(inputs_of(case), Method.WEIGHTED), case.matrix, case.analyst, draws=2000, seed=1
    )
    said = trial_sentences(found, "2,000")[1]
    assert said.startswith("H7 scores better than H3 in ")
    assert said.endswith("of the trials, a tie counting half, and than the others more often.")
    assert said.count(" in ") == 4


def test_nobody_leads_who_is_rated_alone_or_on_too_few_items() -> None:
    alone = small_case(2, 2, rated=False)
    alone.matrix.set_rating(alone.analyst, alone.e(1), alone.h(1), Rating(RatingValue.INCONSISTENT))
    found = robustness.quick(inputs_of(alone), Method.WEIGHTED)
    assert robustness.sentences(found) == ["Only H1 is rated; there is nothing to compare it with."]
    thin = small_case(2, 8, rated=False)
    for item in thin.matrix.evidence:
        thin.matrix.set_rating(thin.analyst, item, thin.h(1), Rating(RatingValue.INCONSISTENT))
    thin.matrix.set_rating(thin.analyst, thin.e(1), thin.h(2), Rating(RatingValue.CONSISTENT))
    found = robustness.quick(inputs_of(thin), Method.WEIGHTED)
    assert robustness.sentences(found)[0] == (
        "By weighted inconsistency and the present ratings H2 would be first. "
        "H2 is rated on 1 of 8 items and cannot be compared yet."
    )
    assert found.is_unresolved


def test_a_tied_lead_is_unresolved() -> None:
    case = rated_case("I I", "C C")
    found = robustness.quick(inputs_of(case), Method.WEIGHTED)
    assert found.is_unresolved
    full = robustness.with_shares(found, case.matrix, case.analyst, draws=100, seed=1)
    assert full.shares is not None
    assert full.shares.share[:, 0].tolist() == pytest.approx([0.5, 0.5], abs=0.15)
    first, second = (share_in_words(full.first_share(column) or 0.0) for column in full.leaders)
    order = [("H1", first), ("H2", second)]
    if full.shares.share[1, 0] > full.shares.share[0, 0]:
        order.reverse()
    assert robustness.sentences(full)[-1] == (
        "The lead is shared, and so it is unresolved. In trials in which ratings slip by a step, first is "
        f"{order[0][0]} in {order[0][1]} and {order[1][0]} in {order[1][1]}. "
        "No share is the probability that a hypothesis is true."
    )


def test_a_lead_that_many_share_names_those_that_are_first_most_often() -> None:
    case = rated_case("C C C C C", "N N N N N")
    full = robustness.with_shares(
        robustness.quick(inputs_of(case), Method.WEIGHTED), case.matrix, case.analyst, draws=10, seed=1
    )
    last = robustness.sentences(full)[-1]
    assert "and the others no more often." in last
    assert sum(f"H{number} in " in last for number in range(1, 6)) == 3


def test_who_is_level_already_and_cannot_pass_is_not_told_to_leave_nothing_out() -> None:
    case = rated_case("N N", "C C")
    found = robustness.quick(inputs_of(case), Method.WEIGHTED)
    assert [(entry.to_tie, entry.to_overtake) for entry in found.removals] == [(0, None), (0, None)]
    assert [said for _title, said in change_sentences(found)] == [
        [f"{name} is level already; leaving items out cannot put it in front."] for name in ("H1", "H2")
    ]


def test_who_is_level_already_and_no_rating_puts_in_front_is_told_so() -> None:
    found = robustness.with_steps(robustness.quick(inputs_of(rated_case("N II", "C I")), Method.WEIGHTED))
    level = RatingSteps(0, 0, None, ())
    assert steps_sentence(found, level) == "H1 is level already; no change of ratings puts it in front."


def test_for_bayes_an_entered_probability_counts_as_rated() -> None:
    case = rated_case("N N")
    for column, chance in ((1, 0.9), (2, 0.1)):
        case.matrix.set_rating(case.analyst, case.e(1), case.h(column), Rating(None, likelihood=(chance, chance)))
    assert robustness.sentences(robustness.quick(inputs_of(case), Method.BAYES))[0] == (
        "By Bayes and the present ratings H1 leads."
    )


def test_fewer_items_to_draw_level_than_to_pass_are_said() -> None:
    case = rated_case("N II", "N II", "II N", "N C")
    found = robustness.quick(inputs_of(case), Method.WEIGHTED)
    ((_title, said),) = change_sentences(found)
    assert said == [
        "If E1 and E2 were left out, H2 would pass H1.",
        "Leaving out 1 item is enough to draw level.",
    ]


def test_where_bayes_can_compare_nothing_it_does_not_say_that_nothing_is_rated() -> None:
    case = rated_case("II N/A", "N/A C")
    found = robustness.quick(inputs_of(case), Method.BAYES)
    assert robustness.sentences(found) == [
        "By Bayes an item counts once it is rated under every hypothesis. "
        "None is yet: E1 (N/A under H2) and E2 (N/A under H1). "
        "With these cells taken as neutral, H2 would lead."
    ]
    empty = robustness.quick(inputs_of(small_case(2, 2)), Method.BAYES)
    assert robustness.sentences(empty) == ["Nothing is rated yet, so there is no order that could be overturned."]


def test_a_cancelled_search_leaves_the_answer_as_it_was() -> None:
    found = robustness.quick(inputs_of(rated_case("II C", "I C")), Method.WEIGHTED)
    assert robustness.with_steps(found, cancelled=lambda: True) is found
    case = rated_case("II C")
    nothing = parts_left_out(case.analysis, {}, inputs_of(case), Method.WEIGHTED, cancelled=lambda: True)
    assert nothing is not None  # there is no assumption, so there was nothing to cancel


def test_a_source_takes_what_rests_on_it_alone() -> None:
    case = rated_case("II C", "C I", "C C")
    add, _source = edits.add_source(case.analysis, "Somebody", [case.e(1)])
    add.apply(case.analysis)
    assert parts(case).tried == {PartKind.SOURCE: 1, PartKind.GROUP: 0, PartKind.ASSUMPTION: 0}
    assert said(case) == ["Without S1, H1 would be in front."]
    add, _other = edits.add_source(case.analysis, "Another", [case.e(1)])
    add.apply(case.analysis)
    assert said(case) == []


def test_a_group_is_left_out_as_a_whole() -> None:
    case = rated_case("I C", "I C", "C I")
    groups.make(case.analysis, [case.e(1), case.e(2)], "One report").apply(case.analysis)
    assert said(case) == ["Without the group “One report” (E1 and E2), H1 would be in front."]


@pytest.mark.parametrize("method", [Method.WEIGHTED, Method.BAYES])
def test_an_assumption_takes_what_rests_on_it(method: Method) -> None:
    case = rated_case("N N", "II C", "C I")
    analysis = case.analysis
    edits.set_field(analysis, "evidence", [case.e(1)], "kind", EvidenceKind.ASSUMPTION, "x").apply(analysis)
    assert parts(case, method).tried[PartKind.ASSUMPTION] == 1
    assert said(case, method) == []
    edits.set_field(analysis, "evidence", [case.e(2)], "rests_on", (case.e(1),), "x").apply(analysis)
    assert said(case, method) == ["If E1 were false, H1 would be in front."]


def test_the_ratings_of_a_group_with_one_likelihood_are_never_stepped_on() -> None:
    case = rated_case("I C", "I C", "C I")
    command = groups.make(case.analysis, [case.e(1), case.e(2)], "One report")
    command.apply(case.analysis)
    (group,) = case.analysis.groups
    joint = {case.h(1): 0.1, case.h(2): 0.5}
    edits.set_field(case.analysis, "group", [group], "joint", joint, "x").apply(case.analysis)
    every = np.ones(3, np.bool_)
    assert (steps_of(inputs_of(case), Method.BAYES_SOURCES, every).places[:2] == -1).all()
    assert (steps_of(inputs_of(case), Method.BAYES, every).places >= 0).all()


@pytest.mark.parametrize(
    ("share", "words"), [(0.031, "under 5 %"), (0.05, "about 5 %"), (0.546, "about 55 %"), (0.96, "over 95 %")]
)
def test_shares_are_rounded_for_people(share: float, words: str) -> None:
    assert share_in_words(share) == words
    assert rounded_share(share) == words.removeprefix("about ")
