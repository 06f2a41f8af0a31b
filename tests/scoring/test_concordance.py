"""Agreement between raters: published vectors, what is undefined stays undefined, and the interval is repeatable."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ach_desk.scoring.concordance import (
    Distance,
    alpha,
    alpha_of,
    icc,
    interval,
    kendall_w,
    nominal,
    ordinal,
    pairs_of,
)

_ = np.nan
KRIPPENDORFF_2007 = np.array(
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, _, _, _],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, _, 3],
        [_, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, _],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, _],
    ]
)
WIKIPEDIA = np.array(
    [
        [_, _, _, _, _, 3, 4, 1, 2, 1, 1, 3, 3, _, 3],
        [1, _, 2, 1, 3, 3, 4, 3, _, _, _, _, _, _, _],
        [_, _, 2, 1, 3, 4, 4, _, 2, 1, 1, 3, 3, _, 4],
    ]
)
ANXIETY = np.array(
    [
        [3, 3, 3, 4, 5, 5, 2, 3, 5, 2, 2, 6, 1, 5, 2, 2, 1, 2, 4, 3],
        [3, 6, 4, 6, 2, 4, 2, 4, 3, 3, 2, 3, 3, 3, 2, 2, 1, 3, 3, 4],
        [2, 1, 4, 4, 3, 2, 1, 6, 1, 1, 1, 2, 3, 3, 1, 1, 3, 3, 2, 2],
    ],
    np.float64,
)
SHROUT_FLEISS = np.array([[9, 6, 8, 7, 10, 6], [2, 1, 4, 1, 5, 2], [5, 3, 6, 2, 6, 4], [8, 2, 8, 6, 9, 7]], np.float64)


def ratio(values: np.ndarray, _counts: np.ndarray) -> np.ndarray:
    return ((values[:, None] - values[None, :]) / (values[:, None] + values[None, :])) ** 2


@pytest.mark.parametrize(
    ("data", "distance", "expected"),
    [
        (KRIPPENDORFF_2007, nominal, 0.743421),
        (KRIPPENDORFF_2007, ordinal, 0.815388),
        (KRIPPENDORFF_2007, interval, 0.849107),
        (KRIPPENDORFF_2007, ratio, 0.797403),
        (WIKIPEDIA, nominal, 0.691358),
        (WIKIPEDIA, ordinal, 0.806721),
        (WIKIPEDIA, interval, 0.810845),
        (np.array([[1.0, 2, 3], [1, 2, 3]]), nominal, 1.0),
        (np.array([[1.0, 2, 3], [1, 2, 3]]), ordinal, 1.0),
    ],
)
def test_alpha_of_published_data(data: np.ndarray, distance: Distance, expected: float) -> None:
    assert alpha(data, distance) == pytest.approx(expected, abs=5e-7)


@pytest.mark.parametrize(
    "data",
    [
        np.full((3, 4), 2.0),
        np.full((2, 3), _),
        np.array([[1.0, 2, 3]]),
        np.array([[1.0, _, 3], [_, 2.0, _]]),
        np.zeros((0, 3)),
    ],
    ids=["all alike", "nothing", "one rater", "no unit rated twice", "nobody"],
)
def test_alpha_is_undefined_where_it_is_and_never_one(data: np.ndarray) -> None:
    assert alpha(data) is None
    found = alpha_of(pairs_of(data[:, :, None]), draws=20)
    assert (found.ordinal, found.low, found.high) == (None, None, None)


def test_the_interval_is_the_same_for_the_same_seed_and_holds_alpha() -> None:
    steps = KRIPPENDORFF_2007[:, :, None]
    first, again, other = (alpha_of(pairs_of(steps), draws=500, seed=seed) for seed in (1, 1, 2))
    assert first == again
    assert first != other
    assert first.low is not None
    assert first.high is not None
    assert first.ordinal is not None
    assert first.low < first.ordinal < first.high
    assert (first.cells, first.ratings) == (11, 40)


def test_one_item_gives_no_interval() -> None:
    found = alpha_of(pairs_of(np.array([[[0.0, 4, 2]], [[0.0, 3, 2]]])), draws=100)
    assert found.ordinal is not None
    assert (found.low, found.high) == (None, None)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.sampled_from([0.0, 1, 2, 3, 4, _]), min_size=6, max_size=6), min_size=2, max_size=5))
def test_laws_of_alpha(rows: list[list[float]]) -> None:
    data = np.array(rows)
    found = alpha(data)
    assert found == pytest.approx(alpha(data[::-1])) if found is not None else alpha(data[::-1]) is None
    assert found == pytest.approx(alpha(4 - data)) if found is not None else alpha(4 - data) is None
    assert found is None or found <= 1


def test_kendalls_w_of_published_data() -> None:
    assert kendall_w(ANXIETY, tied=False) == pytest.approx(0.501921, abs=5e-7)
    found = kendall_w(ANXIETY)
    assert found == pytest.approx(0.539657, abs=5e-7)
    assert found is not None
    assert 3 * 19 * found == pytest.approx(30.7604, abs=5e-5)
    assert kendall_w(np.array([[1.0, 2, 3], [1, 2, 3]]), tied=False) == 1


@pytest.mark.parametrize("ranks", [np.ones((3, 4)), np.array([[1.0, 2, 3]]), np.ones((3, 1)), np.zeros((0, 3))])
def test_kendalls_w_is_undefined_where_all_tie_or_there_is_nothing_to_compare(ranks: np.ndarray) -> None:
    assert kendall_w(ranks) is None


def test_intraclass_correlations_of_shrout_and_fleiss() -> None:
    found = icc(SHROUT_FLEISS)
    assert found is not None
    single = (found.one_way, found.agreement, found.consistency)
    assert single == pytest.approx((0.165742, 0.289764, 0.714841), abs=5e-7)
    of_mean = [4 * one / (1 + 3 * one) for one in single]
    assert of_mean == pytest.approx([0.442797, 0.620051, 0.909316], abs=5e-7)
    assert icc(SHROUT_FLEISS[:1]) is None
    assert icc(np.full((3, 4), 2.0)) is None
