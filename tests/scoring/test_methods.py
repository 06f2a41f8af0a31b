"""The methods beside each other: published vectors, laws, and what each leaves out and says so."""

from __future__ import annotations

import numpy as np
import pytest
from helpers.analyses import small_case
from helpers.assessments import assessment_of, mixed_levels, random_ratings
from hypothesis import given, settings
from hypothesis import strategies as st

from ach_desk.commands import edits, groups
from ach_desk.model import Level, RatingValue
from ach_desk.model.method_settings import Method, MethodSettings, default_likelihoods
from ach_desk.scoring import Assessment, assess, bayes, robustness
from ach_desk.scoring.agreement import agreement, neutral_sentence, verdict_in_short
from ach_desk.scoring.methods import (
    BAYESIAN,
    COUNTING,
    SUMS,
    Inputs,
    MethodResult,
    inputs,
    neutral_results,
    result,
    results,
)

SYMBOLS = ("CC", "C", "N", "I", "II")


def inputs_of(assessment: Assessment, **changes: object) -> Inputs:
    active = assessment.table.active
    held = {
        "assessment": assessment,
        "settings": MethodSettings(),
        "prior": bayes.equal_prior(active),
        "exponents": np.ones(len(assessment.items)),
    }
    return Inputs(**(held | changes))  # pyright: ignore[reportArgumentType] - the fields by name


def rows(*lines: str, levels: dict[int, Level] | None = None) -> Assessment:
    cells = [line.split() for line in lines]
    names = [f"t{number}" for number in range(len(cells[0]))]
    return assessment_of(
        names,
        [f"i{number}" for number in range(len(cells))],
        lambda item, column: (
            cells[item][column].replace("-", "") if cells[item][column] == "-" else cells[item][column]
        ),
        levels=lambda item: (levels or {}).get(item),
    )


def scores(assessment: Assessment, method: Method, **changes: object) -> list[float]:
    return [float(value) for value in result(inputs_of(assessment, **changes), method).scores]


def test_counting_and_bayes_disagree_where_one_strong_item_meets_five_weak_ones() -> None:
    """Vector linchpin.json, count_vs_bayes: A has five I with a ratio of .8 each, B one II with .01."""
    table = rows("I N", "I N", "I N", "I N", "I N", "N II")
    assert scores(table, Method.INCONSISTENCY) == [-5, -2]
    direct = np.full((6, 2), np.nan)
    direct[:5] = [0.8, 1.0]
    direct[5] = [1.0, 0.01]
    odds = scores(table, Method.BAYES, direct=direct)
    assert odds[0] / odds[1] == pytest.approx(32.768)


def test_the_worked_odds_of_zlotnick() -> None:
    """Vector bayes_and_information.json, zlotnick_odds: prior odds 1/9, ratios 3, 2, .5, 4."""
    table = rows("N N", "N N", "N N", "N N")
    direct = np.array([[0.3, 0.1], [0.2, 0.1], [0.1, 0.2], [0.4, 0.1]])
    found = scores(table, Method.BAYES, direct=direct, prior=np.array([0.1, 0.9]))
    assert found[0] / found[1] == pytest.approx(1.333333, abs=1e-6)
    assert found[0] == pytest.approx(0.571429, abs=1e-6)


def test_the_bookbags_of_edwards() -> None:
    table = rows(*["N N"] * 12)
    direct = np.array([[0.7, 0.3]] * 8 + [[0.3, 0.7]] * 4)
    assert scores(table, Method.BAYES, direct=direct)[0] == pytest.approx(0.967365, abs=1e-6)


def test_a_report_shrinks_what_its_source_can_tell() -> None:
    """Vector cascaded_source: h .8 and f .2 make of .9 and .3 the likelihoods .74 and .38."""
    table = rows("N N")
    direct = np.array([[0.9, 0.3]])
    found = bayes.likelihoods(table.table, MethodSettings(), direct=direct, reports=(np.array([0.8]), np.array([0.2])))
    assert 10 ** found.log10[0] == pytest.approx([0.74, 0.38])
    useless = bayes.likelihoods(
        table.table, MethodSettings(), direct=direct, reports=(np.array([0.5]), np.array([0.5]))
    )
    assert useless.log10[0, 0] == useless.log10[0, 1]


def test_the_table_of_likelihoods_is_that_of_half_bans() -> None:
    table = default_likelihoods()
    assert table[RatingValue.VERY_CONSISTENT] == 1
    assert table[RatingValue.CONSISTENT] == pytest.approx(0.316228, abs=1e-6)
    assert table[RatingValue.NEUTRAL] == pytest.approx(0.1)
    assert table[RatingValue.INCONSISTENT] == pytest.approx(0.0316228, abs=1e-7)
    assert table[RatingValue.VERY_INCONSISTENT] == pytest.approx(0.01)


def test_the_iraq_matrix_of_heuer_under_bayes() -> None:
    """Methods section 1: with P(+) = .8 and P(-) = .2 the posterior is .0145 / .9275 / .0580 for 3, 0 and 2 minuses."""
    lines = ["C C C", "I C I", "I C C", "I C I", "C C C", "C C C"]
    table = rows(*lines)
    direct = np.array([[0.8 if cell == "C" else 0.2 for cell in line.split()] for line in lines])
    assert scores(table, Method.BAYES, direct=direct) == pytest.approx([0.0145, 0.9275, 0.0580], abs=5e-5)


def test_an_item_without_a_likelihood_somewhere_is_left_out_for_all_and_named() -> None:
    table = rows("CC II", "I N/A", "II -", "- -")
    found = result(inputs_of(table), Method.BAYES)
    assert found.not_comparable == (1, 2)
    assert list(found.scores) == pytest.approx([100 / 101, 1 / 101])
    beside = result(inputs_of(table), Method.BAYES, neutral=True)
    assert beside.scores[0] / beside.scores[1] == pytest.approx(100 * 10**-0.5 * 10**-1)


def test_nothing_comparable_ranks_nobody() -> None:
    found = result(inputs_of(rows("C -", "- N")), Method.BAYES)
    assert (found.leaders, list(found.scores)) == ((), [0.5, 0.5])


def test_a_likelihood_of_one_that_nobody_rated_ranks_its_hypothesis_too() -> None:
    """Its logarithm is 0, as that of nothing; the standing and what it rests on are to name the same leader."""
    found = inputs_of(rows("- -"), direct=np.array([[1.0, 0.5]]))
    for method in BAYESIAN:
        assert result(found, method).leaders == found.additive(method).leaders == (0,)
        assert list(found.additive(method).rank) == [1, 2]


def test_a_prior_of_nought_stays_next_to_nothing_whatever_a_few_items_say() -> None:
    table = rows("CC II", "CC II", "CC II")  # a million to one
    assert scores(table, Method.BAYES, prior=np.array([0.0, 1.0])) == pytest.approx([0, 1], abs=2e-6)
    assert scores(table, Method.BAYES) == pytest.approx([1, 0], abs=2e-6)


def test_per_rated_cell_makes_unequal_coverage_comparable() -> None:
    table = rows("I II", "I -", "I -", "I -")
    assert scores(table, Method.PER_RATED) == [-1, -2]
    assert result(inputs_of(table), Method.INCONSISTENCY).leaders == (1,)
    assert result(inputs_of(table), Method.PER_RATED).leaders == (0,)
    assert np.isnan(scores(rows("I -"), Method.PER_RATED)[1])


def test_weights_enter_the_weighted_ones_alone() -> None:
    table = rows("I N", "N I", levels={0: Level.HIGH, 1: Level.LOW})
    assert scores(table, Method.WEIGHTED) == pytest.approx([-(2**0.5), -(0.5**0.5)])
    assert scores(table, Method.WEIGHTED_PER_RATED) == pytest.approx([-2 / 3, -1 / 3])
    assert scores(table, Method.INCONSISTENCY) == [-1, -1]


def test_net_consistency_lets_what_fits_make_good_what_contradicts() -> None:
    assert scores(rows("CC N", "II N"), Method.NET) == [0, 0]


def test_one_likelihood_for_a_group_stands_for_its_items() -> None:
    table = rows("I C", "I C", "I C")
    alone = scores(rows("I C"), Method.BAYES_SOURCES)
    joint = {(0, 1): np.array([0.1, 0.2])}
    found = scores(table, Method.BAYES_SOURCES, joints=joint)
    assert found[0] / found[1] == pytest.approx(0.5 * alone[0] / alone[1])


def test_tempering_to_the_weight_of_one_makes_a_copy_count_nothing() -> None:
    one, two = rows("I C"), rows("I C", "I C")
    assert scores(two, Method.BAYES_SOURCES, exponents=np.array([0.5, 0.5])) == pytest.approx(
        scores(one, Method.BAYES_SOURCES)
    )
    assert scores(two, Method.BAYES) != pytest.approx(scores(one, Method.BAYES))


def drawn(seed: int, items: int = 5, hypotheses: int = 3) -> Assessment:
    names = [f"t{number}" for number in range(hypotheses)]
    return assessment_of(names, [f"i{number}" for number in range(items)], random_ratings(seed))


def all_of(assessment: Assessment) -> dict[Method, MethodResult]:
    return results(inputs_of(assessment))


@given(st.integers(0, 10**6), st.integers(1, 6), st.integers(1, 5))
@settings(max_examples=60)
def test_no_method_fails_and_every_posterior_sums_to_one(seed: int, items: int, hypotheses: int) -> None:
    for method, found in all_of(drawn(seed, items, hypotheses)).items():
        assert found.rank.min() >= 0
        if method in BAYESIAN:
            assert found.scores.sum() == pytest.approx(1)


@given(st.integers(0, 10**6), st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_the_order_of_items_changes_nothing(seed: int, chance: object) -> None:
    rate = random_ratings(seed)
    order = list(range(6))
    chance.shuffle(order)  # pyright: ignore[reportAttributeAccessIssue] - a Random
    names = ["a", "b", "c"]
    straight = assessment_of(names, [f"i{n}" for n in range(6)], rate)
    mixed = assessment_of(names, [f"i{n}" for n in order], lambda item, column: rate(order[item], column))
    for method in Method:
        first, second = result(inputs_of(straight), method), result(inputs_of(mixed), method)
        assert first.scores == pytest.approx(second.scores, nan_ok=True)
        assert list(first.rank) == list(second.rank)


@given(st.integers(0, 10**6), st.permutations(range(4)), st.permutations(range(5)))
@settings(max_examples=40, deadline=None)
def test_other_names_and_places_of_hypotheses_and_items_change_nothing(
    seed: int, columns: list[int], lines: list[int]
) -> None:
    rate = random_ratings(seed)
    straight = inputs_of(assessment_of(list("abcd"), [f"i{n}" for n in range(5)], rate, levels=mixed_levels))
    turned = inputs_of(
        assessment_of(
            [f"Other name {n}" for n in columns],
            [f"Other item {n}" for n in lines],
            lambda item, column: rate(lines[item], columns[column]),
            levels=lambda item: mixed_levels(lines[item]),
        )
    )
    for method in Method:
        first, second = result(straight, method), result(turned, method)
        assert first.scores[columns] == pytest.approx(second.scores, nan_ok=True)
        assert first.rank[columns].tolist() == second.rank.tolist()
    for method in SUMS:
        found = robustness.with_steps(robustness.quick(straight, method))
        other = robustness.with_steps(robustness.quick(turned, method))
        for one, two in ((found.removals, other.removals), (found.steps or (), other.steps or ())):
            needed = {entry.challenger: (entry.to_tie, entry.to_overtake) for entry in one}
            assert {columns[entry.challenger]: (entry.to_tie, entry.to_overtake) for entry in two} == needed
        sets = {entry.challenger: entry.total for entry in found.removals}
        assert {columns[entry.challenger]: entry.total for entry in other.removals} == sets
        assert {lines[entry.row] for entry in other.left_out} == {entry.row for entry in found.left_out}


@given(st.integers(0, 10**6), st.integers(1, 6))
@settings(max_examples=40, deadline=None)
def test_hypotheses_that_are_rated_alike_tie_by_every_method(seed: int, items: int) -> None:
    rate = random_ratings(seed)
    names = ["a", "its double", "b"]
    double = inputs_of(
        assessment_of(names, [f"i{n}" for n in range(items)], lambda item, column: rate(item, column // 2))
    )
    for method in Method:
        rank = result(double, method).rank
        assert rank[0] == rank[1], method


@given(st.integers(0, 10**6), st.sampled_from(SYMBOLS))
@settings(max_examples=40)
def test_a_uniform_row_changes_no_rank_and_no_posterior(seed: int, symbol: str) -> None:
    rate = random_ratings(seed, SYMBOLS)
    names = ["a", "b", "c"]
    less = assessment_of(names, ["x", "y"], rate)
    more = assessment_of(names, ["x", "y", "z"], lambda item, column: symbol if item == 2 else rate(item, column))
    for method in (Method.INCONSISTENCY, Method.WEIGHTED, *BAYESIAN):
        assert list(result(inputs_of(less), method).rank) == list(result(inputs_of(more), method).rank)
    for method in BAYESIAN:
        assert scores(more, method) == pytest.approx(scores(less, method))


@given(st.integers(0, 10**6), st.floats(0.01, 1))
@settings(max_examples=40)
def test_a_constant_factor_in_a_row_changes_no_posterior(seed: int, factor: float) -> None:
    chance = np.random.default_rng(seed)
    direct = chance.uniform(0.05, 0.9, (4, 3))
    table = rows(*["N N N"] * 4)
    scaled = direct * np.array([[1], [factor], [1], [1]])
    assert scores(table, Method.BAYES, direct=scaled) == pytest.approx(scores(table, Method.BAYES, direct=direct))


@given(st.integers(0, 10**6), st.integers(0, 4), st.integers(0, 2))
@settings(max_examples=60)
def test_a_worse_rating_never_improves_a_hypothesis(seed: int, item: int, column: int) -> None:
    rate = random_ratings(seed, SYMBOLS)
    names, titles = ["a", "b", "c"], [f"i{n}" for n in range(5)]
    before = rate(item, column)
    if before == "II":
        return
    worse = SYMBOLS[SYMBOLS.index(before) + 1]
    first = assessment_of(names, titles, rate)
    second = assessment_of(names, titles, lambda i, c: worse if (i, c) == (item, column) else rate(i, c))
    for method in (*COUNTING, *BAYESIAN):
        assert scores(second, method)[column] <= scores(first, method)[column] + 1e-12
        assert result(inputs_of(second), method).rank[column] >= result(inputs_of(first), method).rank[column]


def test_empty_and_one_hypothesis_and_all_unrated() -> None:
    for table in (assessment_of([], [], lambda *_: ""), assessment_of(["a"], [], lambda *_: ""), rows("- -")):
        for found in all_of(table).values():
            assert found.leaders == ()
    alone = all_of(rows("II"))
    assert all(found.leaders == (0,) for found in alone.values())
    assert alone[Method.BAYES].scores[0] == 1


def test_groups_count_for_less_by_themselves() -> None:
    case = small_case(2, 3)
    matrix, analysis = case.matrix, case.analysis
    cells = {(1, 1): "I", (1, 2): "C", (2, 1): "I", (2, 2): "C", (3, 1): "N", (3, 2): "N"}
    wanted = [((case.e(item), case.h(column)), RatingValue(value)) for (item, column), value in cells.items()]
    edits.rate_each(analysis, matrix, case.analyst, wanted, "").apply(analysis)
    assessment = assess(analysis, matrix, case.analyst)
    apart = inputs(analysis, matrix, case.analyst, assessment)
    assert apart.exponents.tolist() == [1, 1, 1]
    groups.make(analysis, [case.e(1), case.e(2)], "One report").apply(analysis)
    joined = inputs(analysis, matrix, case.analyst, assessment)
    assert joined.exponents.tolist() == [0.5, 0.5, 1]
    once = scores(rows("I C", "N N"), Method.BAYES_SOURCES)
    assert result(joined, Method.BAYES_SOURCES).scores == pytest.approx(once)
    assert result(joined, Method.BAYES).scores == pytest.approx(result(apart, Method.BAYES).scores)


def test_a_group_counts_as_at_least_one_of_its_items_that_can_be_compared() -> None:
    """Of two grouped items one is N/A somewhere: the other is not to count as half an item."""
    case = small_case(2, 3)
    matrix, analysis = case.matrix, case.analysis
    cells = {(1, 1): "I", (1, 2): "C", (2, 1): "I", (2, 2): "N/A", (3, 1): "N", (3, 2): "N"}
    wanted = [((case.e(item), case.h(column)), RatingValue(value)) for (item, column), value in cells.items()]
    edits.rate_each(analysis, matrix, case.analyst, wanted, "").apply(analysis)
    assessment = assess(analysis, matrix, case.analyst)
    apart = result(inputs(analysis, matrix, case.analyst, assessment), Method.BAYES_SOURCES)
    groups.make(analysis, [case.e(1), case.e(2)], "One report").apply(analysis)
    joined = inputs(analysis, matrix, case.analyst, assessment)
    assert joined.tempering.tolist() == [1, 0.5, 1]
    assert result(joined, Method.BAYES_SOURCES).scores == pytest.approx(apart.scores)
    odds = result(joined, Method.BAYES_SOURCES, neutral=True).scores
    once = scores(rows("I C"), Method.BAYES_SOURCES)
    half = scores(rows("I N"), Method.BAYES_SOURCES)
    assert (odds[0] / odds[1]) ** 2 == pytest.approx(once[0] / once[1] * half[0] / half[1])


def test_what_is_left_out_makes_the_rest_of_its_group_no_heavier() -> None:
    case = small_case(2, 3)
    matrix, analysis = case.matrix, case.analysis
    groups.make(analysis, [case.e(1), case.e(2)], "One report").apply(analysis)
    for item in (1, 2, 3):
        wanted = [((case.e(item), case.h(1)), RatingValue("I")), ((case.e(item), case.h(2)), RatingValue("C"))]
        edits.rate_each(analysis, matrix, case.analyst, wanted, "").apply(analysis)
    read = inputs(analysis, matrix, case.analyst, assess(analysis, matrix, case.analyst))
    edits.set_aside(analysis, [case.e(1)], "").apply(analysis)
    less = assess(analysis, matrix, case.analyst)
    assert read.holding(less).tempering.tolist() == [0.5, 0.5, 1]
    assert inputs(analysis, matrix, case.analyst, less).tempering.tolist() == [1, 1, 1]


def test_agreement_says_what_outweighs_what() -> None:
    """Vector linchpin.json, count_vs_bayes, in words; the item with the II is what makes the difference."""
    table = rows("I N", "I N", "I N", "I N", "I N", "N II")
    direct = np.full((6, 2), np.nan)
    direct[:5] = [0.8, 1.0]
    direct[5] = [1.0, 0.01]
    read = inputs_of(table, direct=direct)
    said = agreement(read, results(read))
    assert said == (
        "The ways of adding up disagree: counting puts H2 first; Bayes puts H1 first. "
        "One II under H2 outweighs five I under H1."
    )


def test_agreement_does_not_name_a_strong_item_that_outweighs_nothing() -> None:
    """Here Bayes puts H1 first for what fits it, not for the II under H2."""
    read = inputs_of(rows("I C", "I C", "I C", "C II", "CC N", "CC N", "CC N"))
    found = results(read)
    assert (found[Method.INCONSISTENCY].leaders, found[Method.BAYES].leaders) == ((1,), (0,))
    said = agreement(read, found)
    assert "outweigh" not in said
    assert "Counting passes over what fits a hypothesis; Bayes does not." in said


def test_agreement_promises_no_more_than_it_can() -> None:
    read = inputs_of(rows("II C", "I C"))
    assert agreement(read, results(read)) == (
        "Six ways of adding up the same ratings agree on H2 (four are variants of one). "
        "They share your ratings, so their agreement adds no evidence."
    )


def test_a_hypothesis_alone_is_agreed_on_by_nobody() -> None:
    read = inputs_of(rows("I", "N"))
    assert agreement(read, results(read)) == "Only H1 is rated; there is nothing to compare it with."
    assert verdict_in_short(read, results(read)) == ""


def test_where_bayes_alone_ranks_nobody_is_said_to_agree() -> None:
    direct = inputs_of(rows("- -"), direct=np.array([[0.9, 0.1]]))
    only = "Only Bayes puts H1 first; no other way ranks anything."
    assert agreement(direct, results(direct)) == only
    assert verdict_in_short(direct, results(direct)) == only.rstrip(".")


def test_in_short_too_variants_are_said_to_be_variants() -> None:
    every, counting = inputs_of(rows("II C", "I C")), inputs_of(rows("II -", "N/A C"))
    assert verdict_in_short(every, results(every)) == "First: H2 (six ways, four of them variants of one)"
    assert verdict_in_short(counting, results(counting)) == "First: H2 (four variants of one way)"


def test_what_bayes_leaves_out_is_named_and_a_different_leader_said() -> None:
    read = inputs_of(rows("II C", "I C", "CC -", "CC -", "CC -", "CC -"))
    assert result(read, Method.BAYES).leaders == (1,)
    said = neutral_sentence(read)
    assert said.startswith("E3, E4, E5 and E6 are not comparable")
    assert said.endswith("With these cells taken as neutral, H1 would lead by Bayes with sources and groups.")
    assert "With these cells taken as neutral, H1 would lead by Bayes. " in said
    beside = neutral_results(read)
    assert set(beside) == set(BAYESIAN)
    odds = beside[Method.BAYES].scores[0] / beside[Method.BAYES].scores[1]
    assert odds == pytest.approx(10**-1.5 * 10**-1 * 10**4)
    assert neutral_results(inputs_of(rows("II C"))) == {}
