"""Several sheets beside each other: spread, level and pattern, the group, and the cells where talking would pay."""

from __future__ import annotations

import numpy as np
import pytest
from helpers.analyses import Case
from helpers.together import open_round, person, rated_by
from hypothesis import given, settings
from hypothesis import strategies as st

from ach_desk.model import RatingValue, Retest, RetestCell, new_id, replace
from ach_desk.model.method_settings import Method
from ach_desk.model.values import RoundState
from ach_desk.scoring import assess
from ach_desk.scoring.compared import beside, compare_analysts, with_interval
from ach_desk.scoring.compared_words import alpha_sentence, ratings_words
from ach_desk.scoring.concordance import Alpha, alpha
from ach_desk.scoring.group import with_codes, with_group
from ach_desk.scoring.group_sheet import GROUP, group_sheet, raters
from ach_desk.scoring.methods import SUMS, inputs, results
from ach_desk.scoring.raters import sheets_of
from ach_desk.scoring.robustness import quick, with_shares
from ach_desk.scoring.round_states import is_private
from ach_desk.scoring.spread import CellState, mean_gap, spread_of
from ach_desk.storage.codec import encode

THREE = {
    "Ada": ["CC I II", "C N -", "N/A C N", "C C C"],
    "Ben": ["C I II", "II N -", "C C N", "C C C"],
    "Cem": ["C II II", "C N C", "- C N", "- - -"],
}


def case_of_three() -> Case:
    return rated_by(THREE)


def test_what_a_cell_says_and_that_unrated_and_single_rated_ones_are_no_consensus() -> None:
    case = case_of_three()
    spread = spread_of(sheets_of(case.analysis, case.matrix))
    assert spread.state(0, 0) is CellState.APART
    assert spread.state(1, 1) is CellState.ALIKE
    assert spread.state(1, 2) is CellState.SINGLE
    assert spread.state(2, 0) is CellState.DISPUTED
    assert np.isnan(spread.spread[1, 2])
    assert np.isnan(spread.spread[2, 0])
    assert spread.spread[1, 1] == 0
    assert spread.spread[0, 0] == pytest.approx(2 / 3)
    assert spread.spread[1, 0] == pytest.approx((3 + 3 + 0) / 3)
    alone = rated_by({"Ada": ["C I"], "Ben": ["- -"]})
    found = spread_of(sheets_of(alone.analysis, alone.matrix))
    assert [found.state(0, column) for column in range(2)] == [CellState.SINGLE] * 2


def test_one_who_is_harsher_throughout_is_level_and_leaves_no_pattern() -> None:
    case = rated_by({"Ada": ["CC C", "N CC", "C N"], "Ben": ["C N", "I C", "N I"]})
    spread = spread_of(sheets_of(case.analysis, case.matrix))
    assert spread.levels.tolist() == pytest.approx([-0.5, 0.5])
    assert spread.level_share == pytest.approx(1)
    assert spread.spread == pytest.approx(np.ones((3, 2)))
    assert spread.level == pytest.approx(np.ones((3, 2)))
    assert spread.pattern == pytest.approx(np.zeros((3, 2)))


def test_opposite_patterns_have_no_level() -> None:
    case = rated_by({"Ada": ["C I", "I C"], "Ben": ["I C", "C I"]})
    spread = spread_of(sheets_of(case.analysis, case.matrix))
    assert spread.level_share == pytest.approx(0)
    assert spread.pattern == pytest.approx(spread.spread)


def test_who_shares_no_cell_with_anybody_has_no_level() -> None:
    case = rated_by({"Ada": ["C I", "- -"], "Ben": ["N I", "- -"], "Cem": ["- -", "C C"]})
    levels = spread_of(sheets_of(case.analysis, case.matrix)).levels
    assert np.isnan(levels[2])
    assert levels[:2].tolist() == pytest.approx([-0.25, 0.25])


words = st.sampled_from(["CC", "C", "N", "I", "II", "N/A", "-"])


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(st.lists(words, min_size=3, max_size=3), min_size=3, max_size=3), min_size=2, max_size=4))
def test_the_squares_of_level_and_pattern_make_those_of_the_whole(rows: list[list[list[str]]]) -> None:
    case = rated_by({f"P{number}": [" ".join(line) for line in sheet] for number, sheet in enumerate(rows)})
    sheets = sheets_of(case.analysis, case.matrix)
    spread = spread_of(sheets)
    several = spread.number > 1
    steps = np.where(several, sheets.steps, np.nan)
    rest = steps - np.nan_to_num(spread.levels)[:, None, None]
    if not several.any():
        assert spread.level_share is None
        return
    whole, left = (np.nansum((part - np.nanmean(part, axis=0)) ** 2) for part in (steps[:, several], rest[:, several]))
    assert (spread.level_share is None) == (whole < 1e-9)
    if spread.level_share is not None:
        assert left == pytest.approx(whole * (1 - spread.level_share), abs=1e-9)


def test_the_mean_gap_is_that_of_every_pair() -> None:
    values = np.array([[0.0, 1], [4, np.nan], [1, np.nan]])
    assert mean_gap(values)[0] == pytest.approx((4 + 1 + 3) / 3)
    assert np.isnan(mean_gap(values)[1])


def test_agreement_is_reckoned_over_counted_items_and_active_hypotheses() -> None:
    case = case_of_three()
    found = compare_analysts(case.analysis, case.matrix)
    steps = sheets_of(case.analysis, case.matrix).steps
    assert found.alpha.ordinal == pytest.approx(alpha(steps.reshape(3, -1)))
    item = case.item(2)
    case.analysis.evidence[item.id] = replace(item, status="set aside")
    aside = compare_analysts(case.analysis, case.matrix)
    assert aside.alpha.ordinal == pytest.approx(alpha(np.delete(steps, 1, axis=1).reshape(3, -1)))
    assert all(cell.row != 1 for cell in aside.talk)


def test_the_interval_comes_after() -> None:
    case = case_of_three()
    found = compare_analysts(case.analysis, case.matrix)
    assert (found.alpha.low, found.alpha.draws) == (None, 0)
    later = with_interval(found, draws=200, seed=7)
    assert later.alpha.low is not None
    assert (later.alpha.draws, later.alpha.seed) == (200, 7)


def test_the_group_is_the_median_and_the_leaders_under_each_are_counted() -> None:
    case = rated_by({"Ada": ["C I", "C II", "C I"], "Ben": ["C I", "C I", "N I"], "Cem": ["II C", "I C", "I C"]})
    view = compare_analysts(case.analysis, case.matrix).view
    assert view.leaders == (0,)
    assert view.of_analysts == ((0,), (0,), (1,))
    assert view.leading == {0: 2, 1: 1}
    assert view.counts[:, 0, 0].sum() == 3


def test_a_sheet_with_little_in_it_leads_with_nothing() -> None:
    case = rated_by({"Ada": ["C I", "C II", "C I"], "Ben": ["C I", "C I", "N I"], "Cem": ["II C", "- -", "- -"]})
    found = compare_analysts(case.analysis, case.matrix)
    assert found.view.of_analysts[2] == ()
    assert found.ranked == found.sheets.analysts[:2]


def test_orders_of_all_who_rank_are_compared() -> None:
    same = rated_by({"Ada": ["C I II"], "Ben": ["C I II"]})
    assert compare_analysts(same.analysis, same.matrix).kendall_w == pytest.approx(1)
    other = rated_by({"Ada": ["C I II"], "Ben": ["II I C"]})
    assert compare_analysts(other.analysis, other.matrix).kendall_w == pytest.approx(0)
    flat = rated_by({"Ada": ["C C"], "Ben": ["N N"]})
    assert compare_analysts(flat.analysis, flat.matrix).kendall_w is None


@pytest.mark.parametrize("method", SUMS)
def test_a_cell_that_would_change_the_lead_stands_first(method: Method) -> None:
    case = rated_by(
        {
            "Ada": ["C C C", "N I N", "I C II", "N N II"],
            "Ben": ["C C C", "N I N", "C C II", "N N II"],
            "Cem": ["CC C C", "N I N", "II C II", "N N I"],
        }
    )
    found = compare_analysts(case.analysis, case.matrix, method)
    first = found.talk[0]
    assert (first.row, first.column, first.changes) == (2, 0, True)
    assert found.talk[-1].worth <= first.worth
    shown = {(cell.row, cell.column) for cell in found.talk}
    assert shown == {(0, 0), (2, 0), (3, 2)}


def test_what_changes_the_lead_is_what_trying_it_says() -> None:
    chance = np.random.default_rng(3)
    for _trial in range(15):
        rows = {
            name: [" ".join(chance.choice(["CC", "C", "N", "I", "II"], size=3)) for _row in range(4)] for name in "ABC"
        }
        case = rated_by(rows)
        found = compare_analysts(case.analysis, case.matrix, Method.WEIGHTED)
        for cell in found.talk:
            tried = set()
            for codes in found.sheets.codes:
                other = found.view.assessment.table.codes.copy()
                other[cell.row, cell.column] = codes[cell.row, cell.column]
                read = with_codes(found.view.inputs, other)
                tried.add(read.additive(Method.WEIGHTED).leaders)
            assert cell.changes == bool(tried - {found.view.additive.leaders})


def test_one_against_another_and_against_the_median_of_the_others() -> None:
    case = case_of_three()
    sheets = sheets_of(case.analysis, case.matrix)
    ada, ben = person(case, "Ada"), person(case, "Ben")
    assert beside(sheets, ada, ben).analysts == (ada, ben)
    others = beside(sheets, ben, GROUP)
    assert others.analysts == (ben, GROUP)
    assert spread_of(others).spread[1, 0] == 3
    with pytest.raises(ValueError, match="not in tuple"):
        beside(sheets, "nobody", ben)


def test_the_group_feeds_every_method() -> None:
    case = case_of_three()
    before = encode(case.analysis)
    copy = with_group(case.analysis)
    assert encode(case.analysis) == before
    matrix = copy.matrices[0]
    assert next(iter(copy.analysts)) == next(iter(matrix.sheets)) == GROUP
    assert "3" in copy.analysts[GROUP].name
    rating = matrix.rating(GROUP, case.e(2), case.h(1))
    assert rating is not None
    assert rating.value is RatingValue.CONSISTENT
    assert matrix.rating(GROUP, case.e(2), case.h(3)) is not None
    read = inputs(copy, matrix, GROUP, assess(copy, matrix, GROUP))
    assert set(results(read)) == set(Method)
    shares = with_shares(quick(read, Method.WEIGHTED), matrix, GROUP, draws=100, seed=1).shares
    assert shares is not None
    assert raters(copy, matrix) == raters(case.analysis, case.matrix)
    assert compare_analysts(copy, matrix).view.leaders == compare_analysts(case.analysis, case.matrix).view.leaders
    assert group_sheet(copy, matrix) == group_sheet(case.analysis, case.matrix)


def test_one_analyst_makes_no_group() -> None:
    case = rated_by({"Ada": ["C I"]})
    assert GROUP not in with_group(case.analysis).analysts
    found = compare_analysts(case.analysis, case.matrix)
    assert not found.are_several
    assert (found.alpha.ordinal, found.kendall_w, found.icc, found.talk) == (None, None, None, ())


def test_who_rated_in_private_is_counted_by_the_times_of_the_ratings() -> None:
    case = case_of_three()
    ada = person(case, "Ada")
    assert not compare_analysts(case.analysis, case.matrix).blind[ada].known
    assert not is_private(case.analysis, case.matrix.id)
    entry = open_round(case)
    assert is_private(case.analysis, case.matrix.id)
    found = compare_analysts(case.analysis, case.matrix).blind[ada]
    assert (found.known, found.blind, found.rated) == (True, 11, 11)
    case.analysis.rounds[entry.id] = replace(entry, state=RoundState.REVEALED, revealed="2024-01-01T09:30:00Z")
    assert compare_analysts(case.analysis, case.matrix).blind[ada].blind == 0
    assert not is_private(case.analysis, case.matrix.id)


def test_repeats_are_each_ones_own() -> None:
    case = case_of_three()
    ada = person(case, "Ada")
    cell = RetestCell(
        evidence=case.e(1), hypothesis=case.h(1), first=RatingValue.CONSISTENT, second=RatingValue.NEUTRAL
    )
    entry = Retest(id=new_id(), matrix=case.matrix.id, analyst=ada, time="2024-01-03T09:00:00Z", cells=(cell,))
    case.analysis.retests[entry.id] = entry
    found = compare_analysts(case.analysis, case.matrix).repeats
    assert list(found) == [ada]
    assert found[ada].one_step == 1


def test_many_are_counted_and_those_with_the_same_initials_are_named() -> None:
    case = rated_by({f"Analyst {number}": ["C" if number < 5 else "II"] for number in range(7)})
    sheets = sheets_of(case.analysis, case.matrix)
    assert ratings_words(case.analysis, sheets, 0, 0) == "C × 5, II × 2"
    everybody = ratings_words(case.analysis, sheets, 0, 0, most=None)
    assert everybody.startswith("Analyst 0 C, Analyst 1 C")
    two = rated_by({"Ada": ["C"], "Ben": ["II"]})
    assert ratings_words(two.analysis, sheets_of(two.analysis, two.matrix), 0, 0) == "A C, B II"


def test_a_zero_has_no_sign() -> None:
    assert "is 0.00 over" in alpha_sentence(Alpha(-0.001, 4, 8))
    assert "\N{MINUS SIGN}0.01" in alpha_sentence(Alpha(-0.009, 4, 8))


def test_nobody_at_all() -> None:
    case = rated_by({"Ada": ["- -"], "Ben": ["- -"]})
    found = with_interval(compare_analysts(case.analysis, case.matrix))
    assert found.sheets.analysts == ()
    assert found.view.leaders == ()
