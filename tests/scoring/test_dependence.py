"""What items count that depend on each other: numbers computed by hand, and laws that hold for every table."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from helpers.analyses import Case, small_case
from helpers.assessments import SYMBOLS, assessment_of, mixed_levels, random_ratings
from hypothesis import given
from hypothesis import strategies as st

from ach_desk.commands import edits, groups
from ach_desk.model import DependenceGroup, Level
from ach_desk.model.values import Dependence, GroupCause
from ach_desk.scoring import Assessment, Finding, all_findings, assess
from ach_desk.scoring.dependence import effect, effects, factors, total_weight, with_groups
from ach_desk.scoring.dependence_findings import GROUPS_CHANGE
from ach_desk.scoring.inconsistency import standing

REDUNDANT, STRONG, WEAK, INDEPENDENT = Dependence


def group_of(*items: str, strength: Dependence = REDUNDANT, name: str = "g") -> DependenceGroup:
    return DependenceGroup(id=name, name=name, items=items, strength=strength)


def rated(rows: list[list[str]], **options: object) -> Assessment:
    hypotheses = [f"Explanation {column}" for column in range(len(rows[0]))]
    items = [f"Report {row}" for row in range(len(rows))]
    return assessment_of(hypotheses, items, lambda item, column: rows[item][column], **options)


@pytest.mark.parametrize(
    ("strength", "totals"),
    [(REDUNDANT, [1, 1, 1]), (STRONG, [1, 4 / 3, 2]), (WEAK, [1, 5 / 3, 3]), (INDEPENDENT, [1, 2, 4])],
)
def test_a_group_counts_between_one_item_and_all_of_them(strength: Dependence, totals: list[float]) -> None:
    assert [total_weight(strength, number) for number in (1, 2, 4)] == pytest.approx(totals)
    assert total_weight(strength, 0) == 0


@given(number=st.integers(1, 500))
def test_the_total_rises_from_redundant_to_independent(number: int) -> None:
    totals = [total_weight(strength, number) for strength in Dependence]
    assert totals[0] == 1
    assert totals[-1] == number
    assert all(low <= high for low, high in itertools.pairwise(totals))
    assert all(total_weight(strength, number) <= total_weight(strength, number + 1) for strength in Dependence)


def test_scores_of_a_tempered_table_by_hand() -> None:
    """E1 and E3 have the weight sqrt 2 (credibility high), E2 is set aside and counts in no group."""
    levels = {0: Level.HIGH, 2: Level.HIGH}
    table = rated([["II", "C"], ["II", "C"], ["I", "C"], ["C", "I"]], set_aside=[1], levels=levels.get)
    root = math.sqrt(2)
    assert table.standing.weighted_inconsistency.tolist() == pytest.approx([-3 * root, -1])
    group = group_of("e0", "e1", "e2")
    assert factors([group], table.table).tolist() == [0.5, 1, 0.5, 1]
    other = with_groups(table, [group])
    assert other.standing.weighted_inconsistency.tolist() == pytest.approx([-1.5 * root, -1])
    strong = with_groups(table, [group_of("e0", "e1", "e2", strength=STRONG)])
    assert strong.standing.weighted_inconsistency.tolist() == pytest.approx([-2 * root, -1])
    weak = with_groups(table, [group_of("e0", "e1", "e2", strength=WEAK)])
    assert weak.standing.weighted_inconsistency.tolist() == pytest.approx([-2.5 * root, -1])
    assert other.standing.inconsistency.tolist() == table.standing.inconsistency.tolist()


def test_counted_once_a_hypothesis_draws_level() -> None:
    table = rated([["I", "C"], ["I", "C"], ["C", "I"]])
    assert table.standing.rank.tolist() == [2, 1]
    found = effect(table, [group_of("e0", "e1")])
    assert found.statement == "H1 draws level with H2"
    assert (found.extent, found.counts_as, found.moved, found.items) == (2, 1, 1, ("e0", "e1"))
    assert with_groups(table, [group_of("e0", "e1")]).standing.rank.tolist() == [1, 1]
    assert effect(table, [group_of("e0", "e1", strength=INDEPENDENT)]).extent == 0


def test_only_the_order_behind_changes() -> None:
    table = rated([["C", "I", "C"], ["C", "I", "C"], ["C", "C", "II"], ["C", "I", "C"]])
    assert table.standing.rank.tolist() == [1, 3, 2]
    found = effect(table, [group_of("e0", "e1")])
    assert (found.extent, found.statement) == (
        1,
        "H1 still has the least evidence against it, and the order behind changes",
    )


def test_an_item_in_two_groups_of_a_damaged_file_is_of_the_first() -> None:
    table = rated([["I", "C"]] * 4)
    both = [group_of("e0", "e1"), group_of("e1", "e2", "e3", name="h")]
    assert factors(both, table.table).tolist() == [0.5, 0.5, 0.5, 0.5]
    assert [(group.name, found.items) for group, found in effects(table, both)] == [
        ("g", ("e0", "e1")),
        ("h", ("e2", "e3")),
    ]


_PARTS = st.lists(st.integers(0, 3), min_size=7, max_size=7)
_STRENGTHS = st.lists(st.sampled_from(Dependence), min_size=4, max_size=4)


def _groups(parts: list[int], strengths: list[Dependence]) -> list[DependenceGroup]:
    """Return groups 1 to 3 of seven items; part 0 is in none."""
    return [
        group_of(
            *(f"e{row}" for row, part in enumerate(parts) if part == number),
            strength=strengths[number],
            name=str(number),
        )
        for number in (1, 2, 3)
    ]


def _table(seed: int, aside: list[int]) -> Assessment:
    symbols = [symbol for symbol in SYMBOLS if "-" not in symbol]
    return assessment_of(
        ["a", "b", "c", "d"], ["x"] * 7, random_ratings(seed, symbols), levels=mixed_levels, set_aside=aside
    )


@given(seed=st.integers(0, 2000), parts=_PARTS, strengths=_STRENGTHS, aside=st.sets(st.integers(0, 6), max_size=3))
def test_the_tempered_standing_is_that_of_the_table_with_other_weights(
    seed: int, parts: list[int], strengths: list[Dependence], aside: set[int]
) -> None:
    table, some = _table(seed, list(aside)), _groups(parts, strengths)
    other = with_groups(table, some)
    numeric = table.table.copy()
    numeric.weights[:] *= factors(some, table.table)
    expected = standing(numeric)
    np.testing.assert_allclose(other.standing.weighted_inconsistency, expected.weighted_inconsistency, atol=1e-12)
    assert other.standing.rank.tolist() == expected.rank.tolist()
    assert other.standing.tied.tolist() == expected.tied.tolist()
    assert (other.standing.weighted_inconsistency >= table.standing.weighted_inconsistency - 1e-12).all()
    assert not np.signbit(other.standing.weighted_inconsistency[other.standing.weighted_inconsistency == 0]).any()


@given(seed=st.integers(0, 2000), parts=_PARTS, strengths=_STRENGTHS, order=st.permutations(range(7)))
def test_the_order_of_rows_and_members_changes_nothing(
    seed: int, parts: list[int], strengths: list[Dependence], order: list[int]
) -> None:
    rate = random_ratings(seed, ["C", "N", "I", "II", ""])
    table = assessment_of(["a", "b", "c"], ["x"] * 7, rate)
    moved = assessment_of(["a", "b", "c"], ["x"] * 7, lambda item, column: rate(order[item], column))
    place_of = {row: place for place, row in enumerate(order)}
    some = _groups(parts, strengths)
    renamed = [
        group.model_copy(update={"items": tuple(f"e{place_of[int(entry[1:])]}" for entry in reversed(group.items))})
        for group in some
    ]
    one, other = with_groups(table, some).standing, with_groups(moved, renamed).standing
    np.testing.assert_allclose(one.weighted_inconsistency, other.weighted_inconsistency, atol=1e-12)


@given(seed=st.integers(0, 2000), row=st.integers(0, 6), strength=st.sampled_from(Dependence))
def test_a_group_of_one_and_an_independent_one_change_nothing(seed: int, row: int, strength: Dependence) -> None:
    table = _table(seed, [])
    for group in (group_of(f"e{row}", strength=strength), group_of("e0", "e1", "e2", strength=INDEPENDENT)):
        assert (factors([group], table.table) == 1).all()
        scores = with_groups(table, [group]).standing.weighted_inconsistency
        assert scores.tolist() == table.standing.weighted_inconsistency.tolist()


@given(seed=st.integers(0, 2000), parts=_PARTS)
def test_scores_go_from_redundant_to_independent_without_turning_back(seed: int, parts: list[int]) -> None:
    table = _table(seed, [])
    scores = [
        with_groups(table, _groups(parts, [strength] * 4)).standing.weighted_inconsistency for strength in Dependence
    ]
    assert all((low >= high - 1e-12).all() for low, high in itertools.pairwise(scores))


def _case() -> Case:
    """H2 leads by one: E1 and E2 speak against H1, E3 against H2; E4 is one more with nothing to say."""
    case = small_case(2, 4)
    titles = ["The bridge was closed at noon", "Nobody saw a train", "A letter names him", "It rained all day"]
    for number, title in enumerate(titles, 1):
        edits.set_field(case.analysis, "evidence", [case.e(number)], "title", title).apply(case.analysis)
    for row, cells in enumerate((["I", "C"], ["I", "C"], ["C", "I"], ["C", "C"]), 1):
        for column, symbol in enumerate(cells, 1):
            cell = (case.e(row), case.h(column))
            edits.rate(case.analysis, case.matrix, case.analyst, [cell], SYMBOLS[symbol]).apply(case.analysis)
    return case


def _said(case: Case, code: str = GROUPS_CHANGE) -> list[Finding]:
    assessment = assess(case.analysis, case.matrix, case.analyst)
    found = all_findings(case.analysis, case.matrix, case.analyst, assessment)
    return [finding for finding in found if finding.code == code]


def _group(case: Case, *numbers: int, **options: object) -> None:
    groups.make(case.analysis, [case.e(number) for number in numbers], "Wire report", **options).apply(case.analysis)


def test_the_finding_says_what_changes_in_words() -> None:
    case = _case()
    assert _said(case) == []
    _group(case, 1, 2)
    (finding,) = _said(case)
    assert finding.text == "E1 and E2 share an origin; counted once, H1 draws level with H2."
    assert finding.evidence == (case.e(1), case.e(2))


def test_the_finding_of_a_weaker_dependence_and_of_a_cause() -> None:
    case = _case()
    edits.rate(case.analysis, case.matrix, case.analyst, [(case.e(4), case.h(2))], SYMBOLS["II"]).apply(case.analysis)
    assert _said(case) == []
    _group(case, 3, 4, strength=STRONG, cause=GroupCause.CAUSE)
    (finding,) = _said(case)
    assert finding.text == "E3 and E4 have a cause in common; counted as 1.3 items, H2 draws level with H1."


def test_groups_that_change_nothing_alone_are_weighed_together() -> None:
    case = small_case(2, 7)
    rows = [["I", "C"], ["I", "C"], ["I", "C"], ["I", "C"], ["C", "I"], ["C", "I"], ["C", "C"]]
    for row, cells in enumerate(rows, 1):
        for column, symbol in enumerate(cells, 1):
            cell = (case.e(row), case.h(column))
            edits.rate(case.analysis, case.matrix, case.analyst, [cell], SYMBOLS[symbol]).apply(case.analysis)
    _group(case, 1, 2)
    assert _said(case) == []
    _group(case, 3, 4)
    (finding,) = _said(case)
    assert finding.text == "With all dependence groups counted as dependent, H1 draws level with H2."
    assert len(finding.evidence) == 4
