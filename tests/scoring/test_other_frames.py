"""Information, independent causes and set-valued belief against published numbers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ach_desk.scoring import belief, causes
from ach_desk.scoring import information as told

EVEN = np.array([0.5, 0.5])


@pytest.mark.parametrize(
    ("present", "gain", "probability", "impact", "seen", "unseen"),
    [
        ([0.9, 0.5], 0.146793, 0.2, 0.4, [0.642857, 0.357143], [0.166667, 0.833333]),
        ([0.28, 0.32], 0.001375, 0.02, 0.04, [0.466667, 0.533333], [0.514286, 0.485714]),
    ],
)
def test_the_vuma_features(
    present: list[float], gain: float, probability: float, impact: float, seen: list[float], unseen: list[float]
) -> None:
    """Vector bayes_and_information.json, vuma. Nelson's draft prints .88 for a fizo without hula; it is .8333."""
    outcomes = told.outcomes_of(np.array(present))
    assert told.posteriors(EVEN, outcomes) == pytest.approx(np.array([seen, unseen]), abs=1e-6)
    assert told.expected_information_gain(EVEN, outcomes) == pytest.approx(gain, abs=1e-6)
    assert told.expected_divergence(EVEN, outcomes) == pytest.approx(gain, abs=1e-6)
    assert told.probability_gain(EVEN, outcomes) == pytest.approx(probability, abs=1e-9)
    assert told.impact(EVEN, outcomes) == pytest.approx(impact, abs=1e-9)


@given(st.integers(0, 10**6), st.integers(2, 5))
@settings(max_examples=60)
def test_information_is_never_negative_and_a_constant_feature_tells_nothing(seed: int, count: int) -> None:
    chance = np.random.default_rng(seed)
    prior = chance.dirichlet(np.ones(count))
    outcomes = told.outcomes_of(chance.random(count))
    assert 0 <= told.expected_information_gain(prior, outcomes) <= told.entropy(prior) + 1e-12
    assert told.expected_information_gain(prior, outcomes) == pytest.approx(told.expected_divergence(prior, outcomes))
    flat = told.outcomes_of(np.full(count, 0.3))
    assert told.expected_information_gain(prior, flat) == pytest.approx(0, abs=1e-12)
    assert told.probability_gain(prior, flat) == pytest.approx(0, abs=1e-12)


def test_the_noisy_or_of_netica() -> None:
    """Vector noisy_or_netica: leak .1, powers .2 and .4 give .1, .28, .46 and .568."""
    subsets = causes.all_subsets(2)
    assert causes.chance(np.array([[0.2, 0.4]]), np.array([0.1]), subsets)[0] == pytest.approx([0.1, 0.28, 0.46, 0.568])


def test_the_recursive_noisy_or_of_lemmer_and_gossink() -> None:
    """Vector recursive_noisy_or: singles .5, .6, .7 and pairs .8, .88, .9 give .96 for all three."""
    known = {(0,): 0.5, (1,): 0.6, (2,): 0.7, (0, 1): 0.8, (1, 2): 0.88, (0, 2): 0.9}
    chances = {frozenset(key): value for key, value in known.items()}
    assert causes.recursive_noisy_or(chances, frozenset({0, 1, 2})) == pytest.approx(0.96)
    with pytest.raises(KeyError):
        causes.recursive_noisy_or({}, frozenset({0, 1}))


def test_the_power_of_a_cause_gives_its_likelihood_back() -> None:
    likelihoods = np.array([[0.9, 0.3, 0.1], [1.0, 1.0, 1.0], [1.0, 0.2, 0.2]])
    leak = causes.leak_of(likelihoods)
    power = causes.powers(likelihoods, leak)
    assert power[1].tolist() == [0, 0, 0]
    singles = np.eye(3, dtype=np.bool_)
    assert causes.chance(power, leak, singles) == pytest.approx(likelihoods)


def test_causes_over_all_subsets_by_hand() -> None:
    """One item, causes with .8 and .2: leak .2, power of the first .75, of the second 0; priors one half."""
    found = causes.causes(np.array([[0.8, 0.2]]), EVEN)
    seen = np.array([0.2, 0.8, 0.2, 0.8])  # none, first, second, both
    assert found.probabilities == pytest.approx(seen / seen.sum())
    assert found.marginals == pytest.approx([0.8, 0.5])
    assert found.leading(1)[0] == ((0,), pytest.approx(0.4))


def test_more_causes_than_can_be_enumerated_are_refused() -> None:
    with pytest.raises(ValueError, match="at most 10"):
        causes.causes(np.full((1, 11), 0.5), np.full(11, 0.5))


def mass_of(count: int, **sets: float) -> np.ndarray:
    mass = np.zeros(2**count)
    for name, value in sets.items():
        mass[sum(1 << int(digit) for digit in name[1:])] = value
    return mass


def test_the_crime_scene_of_cuzzolin() -> None:
    """Vector dempster_shafer.json: Peter 0, John 1, Mary 2."""
    first = mass_of(3, s01=0.8, s012=0.2)
    second = mass_of(3, s12=0.6, s012=0.4)
    found = belief.belief([first, second], 3)
    assert found.conflict == 0
    assert found.belief == pytest.approx([0, 0.48, 0])
    assert found.plausibility == pytest.approx([0.4, 1, 0.2])
    assert found.mass == pytest.approx(mass_of(3, s1=0.48, s01=0.32, s12=0.12, s012=0.08))


def test_the_example_of_zadeh_shows_its_conflict_and_is_not_ranked() -> None:
    found = belief.belief([mass_of(3, s0=0.99, s1=0.01), mass_of(3, s2=0.99, s1=0.01)], 3)
    assert found.belief == pytest.approx([0, 1, 0])
    assert found.conflict == pytest.approx(0.9999)
    assert not found.can_rank


def test_conditioning_is_a_special_case() -> None:
    found = belief.belief([mass_of(3, s0=0.2, s1=0.3, s2=0.5), mass_of(3, s12=1.0)], 3)
    assert found.conflict == pytest.approx(0.2)
    assert found.belief == pytest.approx([0, 0.375, 0.625])


def test_total_contradiction_leaves_nothing_and_says_so() -> None:
    found = belief.belief([mass_of(2, s0=1.0), mass_of(2, s1=1.0)], 2)
    assert found.conflict == 1
    assert found.belief.tolist() == [0, 0]


def test_the_mass_of_a_row_keeps_its_contour_and_trust_moves_it_to_everything() -> None:
    row = np.array([0.5, 1.0, 0.1])
    found = belief.belief([belief.from_likelihoods(row)], 3)
    assert found.plausibility == pytest.approx(row)
    untrusted = belief.discounted(belief.from_likelihoods(row), 0.0)
    assert untrusted == pytest.approx(belief.vacuous(3))
    with pytest.raises(ValueError, match="at most 10"):
        belief.vacuous(11)
