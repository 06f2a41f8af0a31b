"""Stated probabilities: the vectors of coherence and pooling, laws, and what a zero may never do."""

from __future__ import annotations

import numpy as np
import pytest
from helpers.analyses import small_case
from hypothesis import given, settings
from hypothesis import strategies as st

from ach_desk.model import Analysis, Analyst, Estimate, new_analysis, new_id
from ach_desk.model.method_settings import Frame
from ach_desk.scoring import pooling
from ach_desk.scoring.pooled import Pool, pool_estimates
from ach_desk.scoring.pooling_words import about, pooling_sentences, stated_sentence

CASES = [
    ([0.4, 0.4, 0.4], [1 / 3, 1 / 3, 1 / 3], 0.11547005, [1 / 3, 1 / 3, 1 / 3], 0.11547005),
    ([0.6, 0.5, 0.4], [0.43333333, 0.33333333, 0.23333333], 0.28867513, [0.4, 0.33333333, 0.26666667], 0.29249881),
    ([0.9, 0.5, 0.1], [0.7, 0.3, 0.0], 0.3, [0.6, 0.33333333, 0.06666667], 0.34480268),
    ([0.2, 0.2, 0.2], [1 / 3, 1 / 3, 1 / 3], 0.23094011, [1 / 3, 1 / 3, 1 / 3], 0.23094011),
    ([0.7, 0.5], [0.6, 0.4], 0.14142136, [0.58333333, 0.41666667], 0.14337209),
    ([0.9, 0.05, 0.05], [0.9, 0.05, 0.05], 0.0, [0.9, 0.05, 0.05], 0.0),
    ([1.0, 1, 1, 1], [0.25] * 4, 1.5, [0.25] * 4, 1.5),
    (
        [0.8, 0.6, 0.3, 0.1],
        [0.56666667, 0.36666667, 0.06666667, 0.0],
        0.4163332,
        [0.44444444, 0.33333333, 0.16666667, 0.05555556],
        0.46613727,
    ),
]
P = np.array([[0.6, 0.3, 0.1], [0.2, 0.5, 0.3], [0.7, 0.2, 0.1]])
RAW = np.array([[0.6, 0.5, 0.4], [0.5, 0.3, 0.2], [0.9, 0.5, 0.1]])


@pytest.mark.parametrize(("raw", "cap", "incoherence", "normalised", "far"), CASES)
def test_coherent_versions(
    raw: list[float], cap: list[float], incoherence: float, normalised: list[float], far: float
) -> None:
    stated = np.array(raw)
    assert pooling.projected(stated) == pytest.approx(cap, abs=1e-8)
    assert pooling.distance(stated, pooling.projected(stated)) == pytest.approx(incoherence, abs=1e-8)
    assert pooling.normalised(stated) == pytest.approx(normalised, abs=1e-8)
    assert pooling.distance(stated, pooling.normalised(stated)) == pytest.approx(far, abs=1e-8)


def test_pools() -> None:
    assert pooling.linear_pool(P) == pytest.approx([0.5, 0.333333, 0.166667], abs=1e-6)
    assert pooling.logarithmic_pool(P) == pytest.approx([0.490483, 0.347993, 0.161524], abs=1e-6)
    extreme = pooling.extremised(pooling.linear_pool(P), 1.5)
    assert extreme == pytest.approx([0.575778, 0.313414, 0.110808], abs=1e-6)
    assert float(pooling.mean_odds(np.array([0.9, 0.6, 0.3]))) == pytest.approx(0.642247, abs=1e-6)
    assert float(pooling.linear_pool(np.array([0.9, 0.6, 0.3]))) == pytest.approx(0.6)
    assert pooling.median_pool(P) == pytest.approx([0.6, 0.3, 0.1])


@pytest.mark.parametrize(
    ("beta", "weights", "pooled"),
    [
        (0, [0.333333, 0.333333, 0.333333], [0.544444, 0.311111, 0.144444]),
        (1, [0.300897, 0.401595, 0.297509], [0.539442, 0.31003, 0.150528]),
        (5, [0.161814, 0.685279, 0.152906], [0.519794, 0.305394, 0.174813]),
        (20, [0.003092, 0.994443, 0.002465], [0.500287, 0.300103, 0.19961]),
    ],
)
def test_coherence_weights(beta: float, weights: list[float], pooled: list[float]) -> None:
    coherent = np.array([pooling.projected(row) for row in RAW])
    far = np.array([pooling.distance(row, near) for row, near in zip(RAW, coherent, strict=True)])
    found = pooling.coherence_weights(far, beta)
    assert found == pytest.approx(weights, abs=1e-6)
    assert pooling.linear_pool(coherent, found) == pytest.approx(pooled, abs=1e-6)


shares = st.lists(st.floats(0, 1), min_size=3, max_size=3)


@settings(max_examples=60, deadline=None)
@given(st.lists(shares, min_size=2, max_size=6))
def test_laws_of_pools(raw: list[list[float]]) -> None:
    rows = pooling.normalised(np.array(raw))
    for pooled in (
        pooling.linear_pool(rows),
        pooling.logarithmic_pool(rows),
        pooling.median_pool(rows),
        pooling.odds_pool(rows),
        pooling.extremised(pooling.linear_pool(rows)),
    ):
        assert pooled.sum() == pytest.approx(1)
        assert (pooled >= 0).all()
    turned = pooling.logarithmic_pool(rows[::-1])
    assert turned == pytest.approx(pooling.logarithmic_pool(rows))


@settings(max_examples=60, deadline=None)
@given(shares, st.lists(st.floats(0.5, 3), min_size=3, max_size=3), shares)
def test_the_projection_is_the_nearest(raw: list[float], weights: list[float], other: list[float]) -> None:
    stated, over, rival = np.array(raw), np.array(weights), pooling.normalised(np.array(other))
    found = pooling.projected(stated, over)
    assert found.sum() == pytest.approx(1)
    assert (found >= 0).all()
    assert (over * (stated - found) ** 2).sum() <= (over * (stated - rival) ** 2).sum() + 1e-9


def test_the_logarithmic_pool_is_externally_bayesian() -> None:
    likelihood = np.array([0.8, 0.1, 0.4])
    after = pooling.logarithmic_pool(pooling.normalised(P * likelihood))
    assert after == pytest.approx(pooling.normalised(pooling.logarithmic_pool(P) * likelihood))


def analysis_with(*stated: dict[int, tuple[float | None, float | None]]) -> Analysis:
    """Return a case of three hypotheses for which each person stated (probability, complement) by number."""
    case = small_case()
    analysis = case.analysis
    analysis.analysts = {}
    for number, given_by_one in enumerate(stated):
        person = Analyst(id=new_id(), name=f"Person {number}")
        analysis.analysts[person.id] = person
        for hypothesis, (probability, complement) in given_by_one.items():
            entry = Estimate(
                id=new_id(),
                matrix=case.matrix.id,
                analyst=person.id,
                hypothesis=case.h(hypothesis),
                probability=probability,
                complement=complement,
                time="2024-01-01T00:00:00Z",
            )
            analysis.estimates[entry.id] = entry
    return analysis


def test_estimates_are_made_to_add_up_and_pooled() -> None:
    rows: list[dict[int, tuple[float | None, float | None]]] = [
        {number: (value, None) for number, value in enumerate(row, 1)} for row in RAW.tolist()
    ]
    analysis = analysis_with(*rows)
    found = pool_estimates(analysis, analysis.matrices[0])
    assert [one.incoherence for one in found.people] == pytest.approx([0.28867513, 0, 0.3], abs=1e-8)
    assert found.people[2].projected == pytest.approx([0.7, 0.3, 0])
    assert found.people[2].new_zeros == (2,)
    assert found.people[2].coherent == pytest.approx([0.6, 1 / 3, 1 / 15])
    assert found.people[0].total == pytest.approx(1.5)
    assert found.pools[Pool.LINEAR] == pytest.approx(np.mean([one.coherent for one in found.people], axis=0))
    assert next(iter(found.pools)) is Pool.LINEAR
    assert found.weights == pytest.approx([0.300897, 0.401595, 0.297509], abs=1e-6)
    assert not found.floored


def test_the_opposite_counts_as_much_as_the_probability() -> None:
    analysis = analysis_with({1: (0.7, 0.5), 2: (None, 0.6), 3: (0.1, None)})
    (person,) = pool_estimates(analysis, analysis.matrices[0]).people
    before_sum = np.array([0.7 / 1.2, 0.4, 0.1])
    assert person.coherent == pytest.approx(before_sum / before_sum.sum())
    assert person.projected.sum() == pytest.approx(1)
    assert person.incoherence > 0.14


def test_who_left_a_hypothesis_out_is_named_and_not_pooled_and_one_alone_makes_no_pool() -> None:
    analysis = analysis_with({1: (0.7, None), 2: (0.2, None), 3: (0.1, None)}, {1: (0.5, None)})
    found = pool_estimates(analysis, analysis.matrices[0])
    assert len(found.people) == 1
    assert [len(missing) for missing in found.incomplete.values()] == [2]
    assert not found.pools
    assert not pool_estimates(new_analysis(), new_analysis().matrices[0]).people


def test_the_nearest_that_adds_up_is_told_and_a_zero_in_it_that_nobody_stated() -> None:
    rows = [{number: (value, None) for number, value in enumerate(row, 1)} for row in RAW.tolist()]
    analysis = analysis_with(*rows)
    found = pool_estimates(analysis, analysis.matrices[0])
    told = [stated_sentence(analysis, found, one) for one in found.people]
    assert "the nearest that adds up would be H1 45 %, H2 35 %, H3 25 %." in told[0]
    assert "zero" not in told[0]
    assert "adds up." in told[1]
    assert "would be H1 70 %, H2 30 %, H3 zero. It puts H3 at zero, which was not stated." in told[2]


def test_of_many_it_is_said_how_many_do_not_add_up() -> None:
    wrong = {1: (0.9, None), 2: (0.5, None), 3: (0.1, None)}
    right = {1: (0.5, None), 2: (0.3, None), 3: (0.2, None)}
    analysis = analysis_with(*[wrong] * 5, *[right] * 2)
    said = pooling_sentences(analysis, pool_estimates(analysis, analysis.matrices[0]))
    assert said[0] == (
        "Of 7 people who stated all, what 5 stated does not add up; in the middle it misses by 0.30, at most by 0.30."
    )
    assert said[1].startswith("For 5 of them the nearest that adds up would put at zero")


def test_a_zero_that_was_stated_is_not_called_new_and_one_behind_an_opposite_is() -> None:
    stated = analysis_with({1: (0.9, None), 2: (0.6, None), 3: (0.0, None)})
    (person,) = pool_estimates(stated, stated.matrices[0]).people
    assert person.projected[2] == 0
    assert person.new_zeros == ()
    opposite = analysis_with({1: (0.9, None), 2: (0.5, None), 3: (None, 0.9)})
    (person,) = pool_estimates(opposite, opposite.matrices[0]).people
    assert person.projected[2] == 0
    assert person.new_zeros == (2,)


def test_every_way_has_a_formula_a_source_and_a_caution() -> None:
    analysis = analysis_with(*[{1: (0.7, None), 2: (0.2, None), 3: (0.1, None)}] * 2)
    found = pool_estimates(analysis, analysis.matrices[0])
    assert set(found.pools) == set(Pool)
    for way in found.pools:
        assert all(about(way, found))
    assert "our choice" in about(Pool.COHERENCE, found).source
    assert "our choice" in about(Pool.EXTREMISED, found).source


def test_the_latest_word_counts() -> None:
    analysis = analysis_with({1: (0.7, None), 2: (0.2, None), 3: (0.1, None)})
    person = next(iter(analysis.analysts))
    matrix = analysis.matrices[0]
    later = Estimate(
        id=new_id(),
        matrix=matrix.id,
        analyst=person,
        hypothesis=matrix.hypotheses[0],
        probability=0.4,
        time="2024-02-01T00:00:00Z",
    )
    analysis.estimates = {later.id: later, **analysis.estimates}
    assert pool_estimates(analysis, matrix).people[0].probability[0] == 0.4


def test_a_zero_decides_for_nobody_else_and_it_is_said() -> None:
    analysis = analysis_with(
        {1: (1.0, None), 2: (0.0, None), 3: (0.0, None)}, {1: (0.1, None), 2: (0.8, None), 3: (0.1, None)}
    )
    found = pool_estimates(analysis, analysis.matrices[0])
    assert found.floored
    assert all((pooled > 0).all() for pooled in found.pools.values())


def test_where_several_may_be_true_nothing_has_to_sum_to_one() -> None:
    analysis = analysis_with(
        {1: (0.9, 0.1), 2: (0.8, 0.2), 3: (0.5, 0.5)}, {1: (0.7, 0.3), 2: (0.6, 0.4), 3: (0.5, 0.6)}
    )
    analysis.matrices[0].frame = Frame.CAUSES
    found = pool_estimates(analysis, analysis.matrices[0])
    assert found.people[0].incoherence == pytest.approx(0)
    assert found.people[1].incoherence == pytest.approx(0.1 / 2**0.5)
    assert found.pools[Pool.LINEAR] == pytest.approx([0.8, 0.7, (0.5 + 0.5 / 1.1) / 2])
