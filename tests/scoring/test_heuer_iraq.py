"""Heuer's matrix of Iraq 1993 (ch. 8, fig. 15) through every measure: + read as C, - as I, or P(e|H) .8 and .2."""

from __future__ import annotations

import numpy as np
import pytest
from helpers.assessments import assessment_of

from ach_desk.model.method_settings import Method, MethodSettings
from ach_desk.scoring import bayes, robustness
from ach_desk.scoring.information import entropy, posteriors
from ach_desk.scoring.methods import Inputs, result
from ach_desk.scoring.removals import removals
from ach_desk.scoring.slips import Cells, shares

ROWS = ("+++", "++-", "++-", "-++", "-++", "-++")
SYMBOLS = {"+": "C", "-": "I"}


@pytest.fixture
def iraq() -> Inputs:
    assessment = assessment_of(
        ["No retaliation", "Minor action", "Major attack"],
        [f"i{number}" for number in range(6)],
        lambda item, column: SYMBOLS[ROWS[item][column]],
    )
    return Inputs(
        assessment=assessment,
        settings=MethodSettings(),
        prior=bayes.equal_prior(assessment.table.active),
        exponents=np.ones(6),
        direct=np.array([[0.8 if sign == "+" else 0.2 for sign in row] for row in ROWS]),
    )


def test_the_posterior_and_what_it_is_without_each_item(iraq: Inputs) -> None:
    assert result(iraq, Method.BAYES).scores == pytest.approx([0.014493, 0.927536, 0.057971], abs=5e-7)
    found, active = iraq.additive(Method.BAYES), iraq.assessment.table.active
    expected = [
        *([0.014493, 0.927536, 0.057971], [0.012346, 0.790123, 0.197531], [0.012346, 0.790123, 0.197531]),
        *([0.055556, 0.888889, 0.055556],) * 3,
    ]
    for row, values in enumerate(expected):
        without = np.arange(6) == row
        assert bayes.posterior(found.without(without).scores, active) == pytest.approx(values, abs=5e-7)


def test_what_each_item_tells(iraq: Inputs) -> None:
    """Largest logarithm of a likelihood ratio (natural), and the information that its being seen gives (bits)."""
    likelihoods = iraq.direct
    assert likelihoods is not None
    ratios = np.log(likelihoods.max(axis=1) / likelihoods.min(axis=1))
    assert ratios == pytest.approx([0, *[1.386294] * 5], abs=5e-7)
    prior = np.full(3, 1 / 3)
    after = posteriors(prior, likelihoods[:, None, :])[:, 0]
    assert np.log2(3) - entropy(after) == pytest.approx([0, *[0.192815] * 5], abs=5e-7)


def test_leaving_items_out_can_only_draw_level_with_a_leader_that_nothing_contradicts(iraq: Inputs) -> None:
    found = iraq.additive(Method.INCONSISTENCY)
    assert found.leaders == (1,)
    assert found.deficits(0) == {1: 3.0}
    assert found.deficits(2) == {1: 2.0}
    needed = {column: removals(found, column) for column in (0, 2)}
    assert [(entry.to_tie, entry.to_overtake) for entry in needed.values()] == [(3, None), (2, None)]
    assert needed[2].sets == ((1, 2),)
    said = robustness.sentences(robustness.with_steps(robustness.quick(iraq, Method.INCONSISTENCY)))
    assert "If E2 and E3 were left out, H3 would draw level." in said
    assert any(text.startswith("Leaving items out cannot overturn H2; changing two ratings can:") for text in said)


def test_how_often_each_is_first_where_every_cell_is_wrong_one_time_in_five() -> None:
    signs = np.array([[sign == "-" for sign in row] for row in ROWS])
    values = np.broadcast_to(np.array([0.0, -1.0]), (6, 3, 2))
    chances = np.where(signs[..., None], [0.2, 0.8], [0.8, 0.2])
    made = shares(Cells(values, chances), np.zeros(3), (0, 1, 2), 40_000, 1)
    assert made is not None
    assert made.share[:, 0] == pytest.approx([0.07237, 0.75051, 0.17712], abs=0.006)
