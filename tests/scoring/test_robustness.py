"""The exact searches agree with brute force on thousands of small tables; trials with slips obey their laws."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from helpers.analyses import small_case
from numpy.typing import NDArray

from ach_desk.commands import edits
from ach_desk.model import Level, Rating, Scale
from ach_desk.model.values import SCALE_STEPS
from ach_desk.scoring.additive import Additive
from ach_desk.scoring.assessment import Assessment, assess
from ach_desk.scoring.influence import front_pair, influence, influence_of
from ach_desk.scoring.leave_out import leave_each_out, leave_one_out
from ach_desk.scoring.rating_steps import Steps, rating_steps
from ach_desk.scoring.removals import cover, fewest_supports, removals
from ach_desk.scoring.slips import Cells, Levels, Shares, shares

POINTS = np.array([0, 0, 0, -1, -2.0])
WEIGHTS = [0.5, 0.5**0.5, 1, 2**0.5, 2]
SHAPES = ((3, 3), (5, 3), (6, 4), (7, 2))


def drawn(seed: int, shape: tuple[int, int]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return the places on the scale of the cells of a random table, and a weight per item."""
    chance = np.random.default_rng(seed)
    return chance.integers(0, 5, shape), chance.choice(WEIGHTS, shape[0])


def method_of(values: NDArray[np.float64], rated: NDArray[np.bool_] | None = None) -> Additive:
    items, hypotheses = values.shape
    return Additive(
        values=values,
        used=np.ones(items, np.bool_),
        evidence=np.ones(values.shape, np.bool_) if rated is None else rated,
        active=np.ones(hypotheses, np.bool_),
        start=np.zeros(hypotheses),
    )


def test_removals_agree_with_brute_force() -> None:
    for seed in range(600):
        places, weights = drawn(seed, SHAPES[seed % 4])
        values = POINTS[places] * weights[:, None]
        method = method_of(values)
        for challenger in method.challengers:
            leaders = list(method.deficits(challenger))
            ties: dict[int, list[tuple[int, ...]]] = {}
            overs: dict[int, list[tuple[int, ...]]] = {}
            for size in range(len(values) + 1):
                for chosen in itertools.combinations(range(len(values)), size):
                    rest = np.delete(values, chosen, axis=0).sum(axis=0)
                    ahead = rest[leaders] - rest[challenger]
                    if (ahead <= 1e-9).all():
                        ties.setdefault(size, []).append(chosen)
                    if (ahead < -1e-9).all():
                        overs.setdefault(size, []).append(chosen)
            found = removals(method, challenger)
            assert (found.to_tie, found.to_overtake) == (min(ties, default=None), min(overs, default=None))
            best = overs or ties
            if best and min(best) <= 3:
                assert list(found.sets) == best[min(best)][:100]
                assert found.total == len(best[min(best)])
            elif best:
                assert found.sets[0] in best[min(best)]


@pytest.mark.parametrize(
    ("ahead", "behind", "size", "total"),
    [(20, 19, 2, 190), (13, 11, 3, 286), (10, 9, 2, 45), (12, 9, 4, 1), (2000, 1998, 3, 1_331_334_000)],
)
def test_of_many_smallest_sets_a_hundred_are_listed_and_all_are_counted(
    ahead: int, behind: int, size: int, total: int
) -> None:
    """Any `size` of the items that hold the leader up will do; of sets larger than three there is one example."""
    values = np.array([[0, -1.0]] * ahead + [[-1.0, 0]] * behind)
    found = removals(method_of(values), 1)
    assert (found.to_tie, found.to_overtake, found.total) == (size - 1, size, total)
    assert len(found.sets) == len(set(found.sets)) == min(total, 100)
    assert all(len(chosen) == size and max(chosen) < ahead for chosen in found.sets)


def test_rating_steps_agree_with_brute_force() -> None:
    for seed in range(150):
        places, weights = drawn(seed, ((2, 2), (2, 3), (3, 2))[seed % 3])
        values = POINTS[places] * weights[:, None]
        method = method_of(values)
        steps = Steps(POINTS[None, :] * weights[:, None], places)
        for challenger in method.challengers:
            columns = [challenger, *method.deficits(challenger)]
            count = len(places) * len(columns)
            every = np.indices((5,) * count).reshape(count, -1).T.reshape(-1, len(places), len(columns))
            cost = np.abs(every - places[:, columns]).sum(axis=(1, 2))
            total = (POINTS[every] * weights[None, :, None]).sum(axis=1)
            ahead = total[:, 1:] - total[:, :1]
            expected = [
                int(cost[holds].min()) if holds.any() else None
                for holds in ((ahead <= 1e-9).all(axis=1), (ahead < -1e-9).all(axis=1))
            ]
            found = rating_steps(steps, challenger, method.deficits(challenger))
            assert [found.to_tie, found.to_overtake] == expected
            changed = places.copy()
            for change in found.changes:
                changed[change.row, change.column] = change.place
            after = (POINTS[changed] * weights[:, None]).sum(axis=0)
            if found.to_overtake is not None:
                assert int(np.abs(changed - places).sum()) == found.to_overtake
                assert all(after[challenger] - after[leader] > 1e-9 for leader in method.deficits(challenger))


def test_cells_that_stay_as_they_are_are_never_stepped_on() -> None:
    steps = Steps(np.array([[0, 0, 0, -1, -2.0]] * 2), np.array([[4, -1], [-1, 0]]))
    found = rating_steps(steps, 0, {1: 2.0})
    assert (found.to_tie, found.to_overtake) == (2, 5)
    assert {(change.row, change.column) for change in found.changes} == {(0, 0), (1, 1)}


def test_the_examples_of_the_vector() -> None:
    """Vector linchpin.json, examples."""
    gains = np.array([[2], [2], [1], [-1.0]])
    method = method_of(np.hstack([np.zeros((4, 1)), -gains]) - np.array([[0, 0]]))
    found = removals(method, 1)
    assert (found.to_tie, found.to_overtake) == (2, 3)
    supports = [[0], [0, 1], [1], [2], [2]]
    chosen = fewest_supports(np.array([1, 1, 1, 1, -1.0]), 3, supports)
    assert chosen is not None
    assert len(chosen) == 2


@pytest.mark.parametrize("most", [1, 2])
def test_fewest_supports_agree_with_brute_force(most: int) -> None:
    for seed in range(120):
        chance = np.random.default_rng(seed)
        gains = chance.choice([-2, -1, -0.5, 0, 0.5, 1, 2], 6).astype(float)
        supports = [sorted(set(chance.integers(0, 4, chance.integers(0, most + 1)).tolist())) for _item in range(6)]
        margin = float(chance.choice([0.5, 1, 2, 3]))
        sizes = [
            len(fallen)
            for size in range(5)
            for fallen in itertools.combinations(range(4), size)
            if sum(gain for gain, on in zip(gains, supports, strict=True) if set(on) & set(fallen)) >= margin - 1e-9
        ]
        found = fewest_supports(gains, margin, supports)
        assert (None if found is None else len(found)) == min(sizes, default=None)


def test_a_cover_that_is_impossible_is_none() -> None:
    assert cover(np.ones(2), np.array([[1.0, 1.0]]), np.array([3.0])) is None
    assert cover(np.ones(0), np.zeros((1, 0)), np.array([1.0])) is None


def test_leaving_one_out_agrees_with_scoring_anew() -> None:
    for seed in range(300):
        places, weights = drawn(seed, SHAPES[seed % 4])
        rated = np.random.default_rng(seed).random(places.shape) < 0.7
        method = method_of(np.where(rated, POINTS[places] * weights[:, None], 0.0), rated)
        expected = {}
        for row in range(len(places)):
            without = method.without(np.arange(len(places)) == row).leaders
            if without != method.leaders:
                expected[row] = without
        assert {entry.row: entry.leaders for entry in leave_one_out(method)} == expected


def test_leaving_any_bundle_out_agrees_with_scoring_anew() -> None:
    for seed in range(300):
        random = np.random.default_rng(seed)
        places, weights = drawn(seed, SHAPES[seed % 4])
        rated, gone, set_aside = (random.random(size) < 0.5 for size in (places.shape, len(places), len(places)))
        method = method_of(np.where(rated, POINTS[places] * weights[:, None], 0.0), rated).without(set_aside)
        found = method.rank_without(np.flatnonzero(gone).tolist())
        assert found.tolist() == method.without(gone).rank.tolist()


def test_leaving_a_bundle_out_names_who_leads_then() -> None:
    method = method_of(np.array([[0, -1.0], [0, -1], [-1, 0]]))
    assert leave_each_out(method, {"S1": [0, 1], "S2": [0], "S3": [2]}) == {"S1": (1,), "S2": (0, 1)}


# Slips


def slipping(values: list[list[float]], keep: float) -> Cells:
    """Return cells that stand in the middle of three choices and keep it with `keep`."""
    middle = np.array(values)
    side = (1 - keep) / 2
    choices = np.stack([middle + 1, middle, middle - 1], axis=-1)
    return Cells(choices, np.broadcast_to([side, keep, side], choices.shape).copy())


def trial(cells: Cells, draws: int = 4000, seed: int = 1) -> Shares:
    found = shares(cells, np.zeros(cells.values.shape[1]), tuple(range(cells.values.shape[1])), draws, seed)
    assert found is not None
    return found


def test_every_row_and_column_of_the_shares_sums_to_one() -> None:
    found = trial(slipping([[0, 0, -1], [0, -1, 0]], 0.6))
    assert found.share.sum(axis=0) == pytest.approx([1, 1, 1])
    assert found.share.sum(axis=1) == pytest.approx([1, 1, 1])
    assert found.wins + found.wins.T + np.eye(3) == pytest.approx(np.ones((3, 3)))


def test_ties_share_the_ranks_that_they_cover() -> None:
    found = trial(slipping([[0, 0, -5]], 1.0))
    assert found.share.tolist() == [[0.5, 0.5, 0], [0.5, 0.5, 0], [0, 0, 1]]
    assert found.entropy == pytest.approx(1.0)


def test_what_cannot_slip_gives_the_ranking_itself() -> None:
    found = trial(slipping([[-1, 0], [-1, 0]], 1.0), draws=10)
    assert found.share.tolist() == [[0, 1], [1, 0]]
    assert found.entropy == 0


def test_two_cells_against_each_other_are_as_often_in_front_as_reckoned() -> None:
    """One cell each, keeping with .6 and slipping a point up or down with .2: exact chances by hand."""
    found = trial(slipping([[0, 0]], 0.6), draws=60_000)
    ahead = 0.2 * 0.6 + 0.2 * 0.2 + 0.6 * 0.2
    tied = 0.2**2 + 0.6**2 + 0.2**2
    assert found.share[0, 0] == pytest.approx(ahead + tied / 2, abs=0.01)
    uneven = trial(slipping([[0, -1]], 0.6), draws=60_000)
    first = 0.6 * 0.6 + 0.6 * 0.2 + 0.2 * 1 + 0.2 * 0.2
    level = 0.6 * 0.2 + 0.2 * 0.6
    assert uneven.share[0, 0] == pytest.approx(first + level / 2, abs=0.01)


def test_the_same_seed_gives_the_same_shares_and_another_one_others() -> None:
    cells = slipping([[0, 0, -1], [0, -1, 0]], 0.6)
    assert trial(cells).share.tolist() == trial(cells).share.tolist()
    assert trial(cells).share.tolist() != trial(cells, seed=2).share.tolist()


def test_uncertain_levels_move_the_order_and_certain_ones_do_not() -> None:
    """Two items against one hypothesis each, worth 1 and 1.5; each may be worth twice as much: chances by hand."""
    values = np.array([[[-1.0], [0.0]], [[0.0], [-1.5]]])
    cells = Cells(values, np.ones_like(values))
    doubled = np.stack([values, 2 * values])
    sure = shares(cells, np.zeros(2), (0, 1), 2000, 1, levels=Levels(doubled, np.array([[1, 0], [1, 0.0]])))
    loose = shares(cells, np.zeros(2), (0, 1), 60_000, 1, levels=Levels(doubled, np.array([[0.8, 0.2], [0.8, 0.2]])))
    assert sure is not None
    assert loose is not None
    assert sure.share[0, 0] == 1
    # The first is behind only where its item alone is worth double: 2 against 1.5.
    assert loose.share[0, 0] == pytest.approx(1 - 0.2 * 0.8, abs=0.01)


def test_an_uncertain_start_moves_the_order() -> None:
    """Two starts 0.5 apart that move by up to 0.5 each: the one behind is in front in an eighth of the trials."""
    cells = Cells(np.zeros((1, 2, 1)), np.ones((1, 2, 1)))
    found = shares(cells, np.array([0.5, 0.0]), (0, 1), 60_000, 1, reach=0.5)
    assert found is not None
    assert found.share[1, 0] == pytest.approx(0.125, abs=0.01)


def test_a_cancelled_run_gives_nothing() -> None:
    assert shares(slipping([[0, 0]], 0.6), np.zeros(2), (0, 1), 10, 1, cancelled=lambda: True) is None


def test_the_margin_is_that_of_ten_thousand_draws() -> None:
    """Vector smaa.json, sample_size: 10,000 draws give .0098, 2,000 .0219."""
    found = trial(slipping([[0, 0]], 0.6), draws=100)
    assert Shares((0,), 10_000, 1, found.share, found.wins).margin == pytest.approx(0.0098)
    assert Shares((0,), 2_000, 1, found.share, found.wins).margin == pytest.approx(0.0219, abs=5e-5)


def test_the_entropy_of_the_published_example() -> None:
    """Vector smaa.json, cran_smaa_thrombo: shares .3504 and .6496 have 0.9344248 bits."""
    share = np.array([[0.3504, 0.6496], [0.6496, 0.3504]])
    assert Shares((0, 1), 10_000, 1, share, share).entropy == pytest.approx(0.9344248, abs=1e-7)


def test_the_influence_of_an_item_is_what_the_lead_loses_without_it() -> None:
    for seed in range(60):
        chance = np.random.default_rng(seed)
        case = small_case(3, 5)
        for item in case.matrix.evidence:
            for hypothesis in case.matrix.hypotheses:
                case.matrix.set_rating(
                    case.analyst, item, hypothesis, Rating(chance.choice(list(SCALE_STEPS[Scale.FIVE])))
                )
        edits.set_field(case.analysis, "evidence", [case.e(1)], "credibility", Level.HIGH, "").apply(case.analysis)
        edits.set_field(case.analysis, "evidence", [case.e(5)], "status", "set aside", "").apply(case.analysis)
        before = assess(case.analysis, case.matrix, case.analyst)
        pair = front_pair(before)
        assert pair is not None
        found = influence(before)
        assert np.isnan(found[4])
        assert np.isnan(influence_of(before, 4, pair))
        for row in range(4):
            assert influence_of(before, row, pair) == pytest.approx(found[row])
            item = case.matrix.evidence[row]
            edits.set_field(case.analysis, "evidence", [item], "status", "set aside", "").apply(case.analysis)
            after = assess(case.analysis, case.matrix, case.analyst)
            edits.set_field(case.analysis, "evidence", [item], "status", "counted", "").apply(case.analysis)
            assert found[row] == pytest.approx(lead(before, pair) - lead(after, pair))


def lead(assessment: Assessment, pair: tuple[int, int]) -> float:
    scores = assessment.standing.weighted_inconsistency
    return float(scores[pair[0]] - scores[pair[1]])


def test_with_fewer_than_two_to_compare_no_item_has_an_influence() -> None:
    case = small_case(2, 2)
    assessment = assess(case.analysis, case.matrix, case.analyst)
    assert front_pair(assessment) is None
    assert np.isnan(influence(assessment)).all()
    assert np.isnan(influence_of(assessment, 0, None))
