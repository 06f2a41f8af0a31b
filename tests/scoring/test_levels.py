"""Trials in which credibility, relevance and priors slip too."""

from __future__ import annotations

import pytest
from helpers.analyses import Case, inputs_of
from helpers.sourced import rated_case

from ach_desk.commands import edits
from ach_desk.model import Level
from ach_desk.model.method_settings import Method, MethodSettings
from ach_desk.scoring import robustness
from ach_desk.scoring.levels import at_level, levels_of
from ach_desk.scoring.robustness import Robustness


def trials(case: Case, method: Method, draws: int = 20_000, **settings: object) -> Robustness:
    case.matrix.method_settings = MethodSettings(**settings)  # pyright: ignore[reportArgumentType]
    found = robustness.quick(inputs_of(case), method)
    return robustness.with_shares(found, case.matrix, case.analyst, draws=draws, seed=1)


def test_an_item_at_another_level_weighs_and_reports_like_one() -> None:
    case = rated_case()
    for level in Level:
        plain = inputs_of(case)
        edits.set_field(case.analysis, "evidence", case.matrix.evidence, "credibility", level, "").apply(case.analysis)
        for method in (Method.WEIGHTED, Method.BAYES_SOURCES, Method.BAYES):
            assert at_level(plain, level).additive(method).scores == pytest.approx(
                inputs_of(case).additive(method).scores
            )


def test_chances_of_levels_sum_to_one_and_follow_the_settings() -> None:
    case = rated_case()
    edits.set_field(case.analysis, "evidence", [case.e(1)], "credibility", Level.HIGH, "").apply(case.analysis)
    edits.set_field(case.analysis, "evidence", [case.e(1)], "relevance", Level.MEDIUM, "").apply(case.analysis)
    found = levels_of(inputs_of(case), Method.WEIGHTED, case.matrix, case.analyst)
    assert found is not None
    assert found.chances.sum(axis=1) == pytest.approx(1)
    # High keeps with .8, else medium; medium keeps with .8, else low or high with .1 each.
    assert found.chances[0].tolist() == pytest.approx([0, 0.2 * 0.1, 0.2 * 0.8 + 0.8 * 0.1, 0.2 * 0.1 + 0.64, 0.08])
    assert found.chances[1].tolist() == pytest.approx([1 / 9, 2 / 9, 3 / 9, 2 / 9, 1 / 9])
    assert levels_of(inputs_of(case), Method.INCONSISTENCY, case.matrix, case.analyst) is None


@pytest.mark.parametrize("method", [Method.WEIGHTED, Method.BAYES_SOURCES])
def test_certain_ratings_still_slip_in_weight_when_it_is_switched_on(method: Method) -> None:
    """E1 and E2 against H1, E3 against H2: two of lowest weight are still more than one of medium weight, not high."""
    case = rated_case()
    keeps = dict.fromkeys(("high", "medium", "low", "not set"), 1.0)
    firm = trials(case, method, keeps=keeps)
    assert not firm.weights_slip
    assert firm.first_share(1) == 1
    loose = trials(case, method, keeps=keeps, uncertain_weights=True)
    assert loose.weights_slip
    share = loose.first_share(1)
    assert share is not None
    assert 0.75 < share < 0.99


def test_the_share_of_uncertain_weights_is_as_reckoned_by_hand() -> None:
    """Weights of 2^(sum of two of -.5, 0, .5): H1 loses unless E1 and E2 together weigh less than E3."""
    case = rated_case()
    keeps = dict.fromkeys(("high", "medium", "low", "not set"), 1.0)
    found = trials(case, Method.WEIGHTED, draws=60_000, keeps=keeps, uncertain_weights=True).first_share(1)
    chances = {-1.0: 1 / 9, -0.5: 2 / 9, 0.0: 3 / 9, 0.5: 2 / 9, 1.0: 1 / 9}
    expected = 0.0
    for first, p in chances.items():
        for second, q in chances.items():
            for third, r in chances.items():
                ahead = 2**first + 2**second - 2**third
                expected += p * q * r * (1 if ahead > 1e-9 else 0.5 if ahead > -1e-9 else 0)
    assert found == pytest.approx(expected, abs=0.01)


def test_priors_slip_for_bayes_alone() -> None:
    case = rated_case()
    keeps = dict.fromkeys(("high", "medium", "low", "not set"), 1.0)
    assert not trials(case, Method.WEIGHTED, uncertain_priors=True).priors_slip
    for name in (1, 2):
        edits.set_aside(case.analysis, [case.e(name)], "").apply(case.analysis)
    edits.set_aside(case.analysis, [case.e(3)], "").apply(case.analysis)
    found = trials(case, Method.BAYES, keeps=keeps, uncertain_priors=True)
    # Nothing but the item that fits both alike counts: the one with the greater prior in the trial is first.
    assert found.priors_slip
    assert found.first_share(0) == pytest.approx(0.5, abs=0.02)
    assert found.shares is not None
    assert found.shares.wins[0, 1] == pytest.approx(0.5, abs=0.02)
