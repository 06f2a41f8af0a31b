"""The PARC scores: published numbers, and laws that hold for every table."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ach_desk.model import (
    Analysis,
    EvidenceItem,
    EvidenceStatus,
    Hypothesis,
    HypothesisStatus,
    Level,
    Matrix,
    Rating,
    RatingValue,
)
from ach_desk.scoring import RatingTable, assess, build_table, diagnosticity, ranks, shown_records, standing
from ach_desk.scoring.table import CODES, VALUES, weight_of

LEVELS = {"H": Level.HIGH, "M": Level.MEDIUM, "L": Level.LOW, "": None}
POINTS = {"I": -1, "II": -2}
SPREAD = {"CC": 2, "C": 1, "N": 0, "I": -1, "II": -2}
SIGNS = ["", "N/A", "CC", "C", "N", "I", "II"]
WORSE = {"CC": "I", "C": "I", "N": "I", "N/A": "I", "": "I", "I": "II"}
"""What the next worse rating is as far as inconsistency counts."""


def table_of(
    rows: Sequence[Sequence[str]],
    *,
    weights: Sequence[float] | None = None,
    aside: Sequence[int] = (),
    rejected: Sequence[int] = (),
    columns: int | None = None,
) -> RatingTable:
    width = columns if columns is not None else len(rows[0]) if rows else 0
    codes = [[CODES[RatingValue(cell) if cell else None] for cell in row] for row in rows]
    return RatingTable(
        evidence_ids=tuple(f"e{row}" for row in range(len(rows))),
        hypothesis_ids=tuple(f"h{column}" for column in range(width)),
        codes=np.array(codes, np.int8).reshape(len(rows), width),
        weights=np.array(weights if weights is not None else [1.0] * len(rows), np.float64),
        counted=np.array([row not in aside for row in range(len(rows))], np.bool_),
        active=np.array([column not in rejected for column in range(width)], np.bool_),
    )


@st.composite
def tables(draw: st.DrawFn, least: int = 0) -> RatingTable:
    width, height = draw(st.integers(least, 6)), draw(st.integers(least, 6))
    rows = [draw(st.lists(st.sampled_from(SIGNS), min_size=width, max_size=width)) for _row in range(height)]
    weights = [draw(st.sampled_from([0.5, 0.5**0.5, 1.0, 2.0**0.5, 2.0])) for _row in range(height)]
    aside = draw(st.sets(st.integers(0, max(height - 1, 0))))
    rejected = draw(st.sets(st.integers(0, max(width - 1, 0))))
    return table_of(rows, weights=weights, aside=list(aside), rejected=list(rejected), columns=width)


def signs_of(table: RatingTable) -> list[list[str]]:
    return [[value.value if (value := VALUES[code]) else "" for code in row] for row in table.codes.tolist()]


def test_parc_weighted_inconsistency_of_a_mixed_table() -> None:
    """Rule and weights: PARC ACH Technical Description v1.1 (Good, Shrager, Stefik, Pirolli & Card, with Heuer).

    The table is the case "mix4x3"; its scores follow by hand, for instance -2 x 2 - 1/2 for the second hypothesis.
    """
    rows = [["C", "II", "I"], ["I", "C", "C"], ["II", "N", "CC"], ["I", "I", "N/A"]]
    grades = [("H", "H"), ("M", "M"), ("L", "H"), ("L", "L")]
    items = [
        EvidenceItem(id="e", label="E1", title="", credibility=LEVELS[credibility], relevance=LEVELS[relevance])
        for credibility, relevance in grades
    ]
    result = standing(table_of(rows, weights=[weight_of(item) for item in items]))
    assert result.inconsistency.tolist() == [-4.0, -3.0, -1.0]
    assert result.weighted_inconsistency.tolist() == [-3.5, -4.5, -2.0]
    assert result.rank.tolist() == [2, 3, 1]
    assert result.rated.tolist() == [4, 4, 3]
    assert result.not_applicable.tolist() == [0, 0, 1]


def test_heuers_matrix_of_iraq_1993() -> None:
    """Heuer, Psychology of Intelligence Analysis (1999), ch. 8, fig. 15: + read as C, - as I.

    Order as in US Army TC 2-33.4, para 2-55: H2 is the most likely, followed by H3 and finally H1.
    """
    rows = [["C" if sign == "+" else "I" for sign in row] for row in ("+++", "++-", "++-", "-++", "-++", "-++")]
    result = standing(table_of(rows))
    assert result.inconsistency.tolist() == [-3.0, 0.0, -2.0]
    assert result.rank.tolist() == [3, 1, 2]
    assert result.leaders == (1,)
    assert result.diagnosticity[0] == 0.0
    assert result.diagnosticity[1:].tolist() == pytest.approx([0.942809] * 5, abs=1e-6)


@pytest.mark.parametrize(
    ("credibility", "relevance", "weight"),
    [
        ("H", "H", 2.0),
        ("H", "M", 2**0.5),
        ("H", "L", 1.0),
        ("M", "M", 1.0),
        ("", "", 1.0),
        ("", "H", 2**0.5),
        ("L", "", 2**-0.5),
        ("L", "L", 0.5),
    ],
)
def test_weights_are_those_of_parc_and_not_set_counts_as_medium(
    credibility: str, relevance: str, weight: float
) -> None:
    item = EvidenceItem(id="e", label="E1", title="", credibility=LEVELS[credibility], relevance=LEVELS[relevance])
    assert weight_of(item) == weight


@pytest.mark.parametrize(
    ("row", "spread"),
    [
        (["CC", "II"], 2.0),
        (["C", "I"], 1.0),
        (["CC", "C", "N", "I", "II"], math.sqrt(2)),
        (["C", "C", "I"], math.sqrt(8) / 3),
        (["C", "I", "N/A", ""], 1.0),
        (["N", "N/A"], None),
        (["", ""], None),
        (["II"], None),
        (["II", "II", "II"], 0.0),
    ],
)
def test_diagnosticity_is_the_population_standard_deviation_of_the_rated_cells(
    row: list[str], spread: float | None
) -> None:
    (found,) = diagnosticity(table_of([row]))
    if spread is None:
        assert math.isnan(found)
    else:
        assert found == pytest.approx(spread, abs=1e-15)


@given(tables())
def test_every_number_follows_from_its_definition(table: RatingTable) -> None:
    """Computed a second time, cell by cell and without numpy."""
    result, signs = standing(table), signs_of(table)
    counted = [row for row in range(table.shape[0]) if table.counted[row]]
    active = [column for column in range(table.shape[1]) if table.active[column]]
    for column in range(table.shape[1]):
        cells = [signs[row][column] for row in counted]
        assert result.inconsistency[column] == sum(POINTS.get(cell, 0) for cell in cells)
        weighted = math.fsum(table.weights[row] * POINTS.get(signs[row][column], 0) for row in counted)
        assert result.weighted_inconsistency[column] == pytest.approx(weighted, abs=1e-12)
        assert result.rated[column] == sum(cell in SPREAD for cell in cells)
        assert result.unrated[column] == cells.count("")
        assert result.not_applicable[column] == cells.count("N/A")
    ranked = [column for column in active if result.rated[column]]
    scores = result.weighted_inconsistency
    for column in range(table.shape[1]):
        better = sum(scores[other] > scores[column] + 1e-9 for other in ranked)
        equal = [other for other in ranked if other != column and abs(scores[other] - scores[column]) <= 1e-9]
        assert result.rank[column] == (1 + better if column in ranked else 0)
        assert result.tied[column] == bool(column in ranked and equal)
    for row in range(table.shape[0]):
        points = [SPREAD[signs[row][column]] for column in active if signs[row][column] in SPREAD]
        assert result.item_rated[row] == len(points)
        if len(points) < 2:
            assert math.isnan(result.diagnosticity[row])
        else:
            assert result.diagnosticity[row] == pytest.approx(float(np.std(points)), abs=1e-12)


@given(tables())
def test_scores_are_zero_or_negative_and_never_minus_zero(table: RatingTable) -> None:
    result = standing(table)
    for scores in (result.inconsistency, result.weighted_inconsistency):
        assert (scores <= 0).all()
        assert not np.signbit(scores[scores == 0]).any()
    assert not np.signbit(result.diagnosticity[result.diagnosticity == 0]).any()


@given(tables(least=1), st.randoms(use_true_random=False))
def test_the_order_of_items_and_hypotheses_changes_nothing_but_the_order(table: RatingTable, random: object) -> None:
    rows, columns = list(range(table.shape[0])), list(range(table.shape[1]))
    random.shuffle(rows)
    random.shuffle(columns)
    moved = RatingTable(
        tuple(table.evidence_ids[row] for row in rows),
        tuple(table.hypothesis_ids[column] for column in columns),
        table.codes[np.ix_(rows, columns)],
        table.weights[rows],
        table.counted[rows],
        table.active[columns],
    )
    before, after = standing(table), standing(moved)
    assert after.rank.tolist() == before.rank[columns].tolist()
    assert after.tied.tolist() == before.tied[columns].tolist()
    assert after.inconsistency.tolist() == before.inconsistency[columns].tolist()
    assert after.weighted_inconsistency == pytest.approx(before.weighted_inconsistency[columns], abs=1e-12)
    np.testing.assert_allclose(after.diagnosticity, before.diagnosticity[rows], atol=1e-12)


@given(tables(least=1), st.data())
def test_a_worse_rating_never_improves_score_or_rank(table: RatingTable, data: st.DataObject) -> None:
    rows = [row for row in range(table.shape[0]) if table.counted[row]]
    cells = [
        (row, column)
        for row in rows
        for column in range(table.shape[1])
        if table.active[column] and VALUES[table.codes[row, column]] is not RatingValue.VERY_INCONSISTENT
    ]
    if not cells:
        return
    row, column = data.draw(st.sampled_from(cells))
    before = standing(table)
    sign = signs_of(table)[row][column]
    table.set_code(row, column, Rating(RatingValue(WORSE[sign])))
    after = standing(table)
    assert after.inconsistency[column] < before.inconsistency[column]
    assert after.weighted_inconsistency[column] < before.weighted_inconsistency[column]
    if before.rank[column]:
        assert after.rank[column] >= before.rank[column]


@given(tables(least=1), st.data())
def test_fitting_evidence_never_offsets_contradicting_evidence(table: RatingTable, data: st.DataObject) -> None:
    before = standing(table)
    mild = np.isin(table.codes, [CODES[RatingValue(sign)] for sign in ("N", "C", "CC")])
    table.codes[mild] = data.draw(st.sampled_from([2, 3, 4]))
    after = standing(table)
    assert after.inconsistency.tolist() == before.inconsistency.tolist()
    assert after.weighted_inconsistency.tolist() == before.weighted_inconsistency.tolist()
    assert after.rank.tolist() == before.rank.tolist()


@given(tables(least=1))
def test_items_set_aside_play_no_part(table: RatingTable) -> None:
    kept = table.counted
    without = RatingTable(
        (), table.hypothesis_ids, table.codes[kept], table.weights[kept], table.counted[kept], table.active
    )
    whole, rest = standing(table), standing(without)
    assert whole.inconsistency.tolist() == rest.inconsistency.tolist()
    assert whole.rank.tolist() == rest.rank.tolist()
    assert whole.rated.tolist() == rest.rated.tolist()
    assert whole.unrated.tolist() == rest.unrated.tolist()


@given(st.sampled_from(["CC", "C", "N", "I", "II"]), st.integers(2, 40), st.integers(0, 5))
def test_a_uniform_row_has_a_diagnosticity_of_exactly_zero(sign: str, width: int, open_cells: int) -> None:
    row = [sign] * width + [""] * open_cells
    assert diagnosticity(table_of([row])).tolist() == [0.0]


def test_diagnosticity_looks_at_active_hypotheses_only() -> None:
    table = table_of([["C", "C", "II"]], rejected=[2])
    assert diagnosticity(table).tolist() == [0.0]
    assert math.isnan(diagnosticity(table_of([["C", "C", "II"]], rejected=[1, 2]))[0])


def test_ties_share_a_rank_and_the_next_one_is_passed_over() -> None:
    scores = np.array([-3.0, -1.0, -5.0, -1.0, -3.0, -0.0])
    everyone = np.ones(6, np.bool_)
    assert ranks(scores, everyone).tolist() == [4, 2, 6, 2, 4, 1]
    assert ranks(np.array([0.0, 0.0, -1.0]), everyone[:3]).tolist() == [1, 1, 3]


@pytest.mark.parametrize(("gap", "expected"), [(0.9e-9, [1, 1]), (1.1e-9, [1, 2])])
def test_scores_within_a_billionth_are_tied(gap: float, expected: list[int]) -> None:
    assert ranks(np.array([-1.0, -1.0 - gap]), np.array([True, True])).tolist() == expected


def test_sums_that_differ_only_by_rounding_are_tied() -> None:
    rows = [["I", "I"]] * 3 + [["II", "I"], ["N", "I"]]
    table = table_of(rows, weights=[2.0**0.5, 0.5**0.5, 2.0**0.5, 0.5**0.5, 0.5**0.5])
    assert standing(table).rank.tolist() == [1, 1]
    assert standing(table).tied.tolist() == [True, True]


def test_rejected_and_unrated_hypotheses_are_not_ranked_and_never_lead() -> None:
    rows = [["", "C", "I", "N/A"], ["", "C", "C", "N/A"]]
    result = standing(table_of(rows, rejected=[1]))
    assert result.rank.tolist() == [0, 0, 1, 0]
    assert result.tied.tolist() == [False] * 4
    assert result.leaders == (2,)
    assert result.inconsistency.tolist() == [0.0, 0.0, -1.0, 0.0]


def test_a_hypothesis_rated_only_on_items_set_aside_is_not_ranked() -> None:
    assert standing(table_of([["I", "C"], ["C", ""]], aside=[0])).rank.tolist() == [1, 0]


@pytest.mark.parametrize("shape", [(0, 0), (0, 3), (3, 0)])
def test_empty_tables_have_empty_results(shape: tuple[int, int]) -> None:
    result = standing(table_of([[""] * shape[1]] * shape[0], columns=shape[1]))
    assert result.inconsistency.tolist() == [0.0] * shape[1]
    assert result.rank.tolist() == [0] * shape[1]
    assert result.leaders == ()
    assert np.isnan(result.diagnosticity).all()
    assert result.diagnosticity.shape == (shape[0],)


def test_one_hypothesis_is_ranked_first_and_no_item_is_diagnostic() -> None:
    result = standing(table_of([["II"], ["C"]]))
    assert (result.rank.tolist(), result.leaders) == ([1], (0,))
    assert np.isnan(result.diagnosticity).all()


def test_a_table_with_nothing_rated_has_no_leader() -> None:
    result = standing(table_of([["", "N/A"], ["", ""]]))
    assert result.leaders == ()
    assert result.unrated.tolist() == [2, 1]


def analysis() -> Analysis:
    found = Analysis(
        hypotheses={f"h{n}": Hypothesis(id=f"h{n}", label=f"H{n}", title="") for n in (1, 2, 3)},
        evidence={f"e{n}": EvidenceItem(id=f"e{n}", label=f"E{n}", title="") for n in (1, 2)},
        matrices=[Matrix(id="m", hypotheses=["h3", "gone", "h1", "h3"], evidence=["e2", "e2", "lost", "e1"])],
    )
    found.matrices[0].sheets = {
        "a": {
            "e1": {"h1": Rating(RatingValue.INCONSISTENT), "h2": Rating(RatingValue.INCONSISTENT)},
            "e2": {"h3": Rating(None, "a thought")},
            "lost": {"h1": Rating(RatingValue.CONSISTENT)},
        }
    }
    return found


def test_the_table_follows_the_matrix_and_passes_over_what_is_missing_or_doubled() -> None:
    found = analysis()
    items, hypotheses = shown_records(found, found.matrices[0])
    table = build_table(found, found.matrices[0], "a")
    assert [item.id for item in items] == list(table.evidence_ids) == ["e2", "e1"]
    assert [hypothesis.id for hypothesis in hypotheses] == list(table.hypothesis_ids) == ["h3", "h1"]
    assert table.codes.tolist() == [[0, 0], [0, 5]]


def test_an_analyst_without_a_sheet_has_rated_nothing() -> None:
    found = analysis()
    assert not build_table(found, found.matrices[0], "nobody").codes.any()


def test_states_of_the_records_reach_the_table() -> None:
    found = analysis()
    found.evidence["e1"] = found.evidence["e1"].model_copy(update={"status": EvidenceStatus.SET_ASIDE})
    found.hypotheses["h3"] = found.hypotheses["h3"].model_copy(update={"status": HypothesisStatus.REJECTED})
    assessment = assess(found, found.matrices[0], "a")
    assert assessment.table.counted.tolist() == [True, False]
    assert assessment.table.active.tolist() == [False, True]
    assert (assessment.counted_items, assessment.open_cells) == (1, 1)
