"""Splitting and merging: what is added, what becomes of the originals, and which ratings are suggested."""

from __future__ import annotations

import pytest
from helpers.analyses import Case, do_undo_redo, small_case

from ach_desk.commands import command_from_json, edits, splitting, trail
from ach_desk.model import EvidenceStatus, HypothesisStatus, Level, Matrix, Rating, RatingRange, RatingValue
from ach_desk.model.integrity import problems

CC, C, N, I, II, NA = (  # noqa: E741 - the letters of the method
    RatingValue.VERY_CONSISTENT,
    RatingValue.CONSISTENT,
    RatingValue.NEUTRAL,
    RatingValue.INCONSISTENT,
    RatingValue.VERY_INCONSISTENT,
    RatingValue.NOT_APPLICABLE,
)


@pytest.fixture
def case() -> Case:
    return small_case(hypotheses=3, items=4)


def rate(case: Case, item: int, *values: RatingValue | None) -> None:
    wanted = [((case.e(item), case.h(column)), value) for column, value in enumerate(values, 1)]
    edits.rate_each(case.analysis, case.matrix, case.analyst, wanted, "").apply(case.analysis)


def suggested(case: Case, item: int) -> list[RatingRange | None]:
    row = case.matrix.sheets[case.analyst].get(case.e(item), {})
    ratings = [row.get(case.h(column)) for column in range(1, len(case.matrix.hypotheses) + 1)]
    assert all(rating is None or rating.value is None for rating in ratings), "nothing is rated by itself"
    return [rating.suggested if rating else None for rating in ratings]


def test_an_item_is_split_into_new_ones_right_below_it(case: Case) -> None:
    rate(case, 2, C, None, NA)
    source = edits.add_source(case.analysis, "A newspaper", [case.e(2)])
    source[0].apply(case.analysis)
    edits.set_field(case.analysis, "evidence", [case.e(2)], "credibility", Level.LOW).apply(case.analysis)
    made = splitting.split_item(case.analysis, case.e(2), ["One half", "The other half"])

    def check() -> None:
        assert case.labels("evidence") == ["E1", "E2", "E5", "E6", "E3", "E4"]
        assert (case.item(2).status, case.item(2).status_reason) == (EvidenceStatus.SET_ASIDE, "split into E5, E6")
        assert [case.item(number).title for number in (5, 6)] == ["One half", "The other half"]
        assert case.item(5).credibility is Level.LOW
        assert [citation.source for citation in case.item(6).citations] == [source[1]]
        assert suggested(case, 5) == suggested(case, 6) == [(C, C), None, (NA, NA)]
        assert case.value(2, 1) is C, "the original keeps its ratings"
        assert made.added == (case.e(5), case.e(6))
        assert not problems(case.analysis)

    do_undo_redo(case.analysis, made.command, check)
    assert made.command.text == "Split E2 into E5 and E6"
    assert command_from_json(made.command.to_json()) == made.command


def test_undecided_and_suggested_cells_go_on_as_ranges(case: Case) -> None:
    cells = [(case.e(1), case.h(column)) for column in (1, 2)]
    edits.rate_range(case.analysis, case.matrix, case.analyst, cells[:1], (N, I)).apply(case.analysis)
    edits.suggest(case.matrix, case.analyst, [(cells[1], (C, C))], "").apply(case.analysis)
    splitting.split_item(case.analysis, case.e(1), ["A", "B"]).command.apply(case.analysis)
    assert suggested(case, 5) == [(N, I), (C, C), None]


def test_every_matrix_and_every_analyst_takes_part(case: Case) -> None:
    rate(case, 1, C, C, C)
    other = Matrix(hypotheses=[case.h(1)], evidence=[case.e(3), case.e(1)], sheets={"somebody": {}})
    other.set_rating("somebody", case.e(1), case.h(1), Rating(II))
    unconcerned = Matrix(hypotheses=[case.h(1)], evidence=[case.e(2)])
    case.analysis.matrices += [other, unconcerned]
    made = splitting.split_item(case.analysis, case.e(1), ["A", "B"])
    made.command.apply(case.analysis)
    assert other.evidence == [case.e(3), case.e(1), *made.added]
    assert unconcerned.evidence == [case.e(2)]
    assert suggested(case, 5) == [(C, C)] * 3
    assert other.sheets["somebody"][case.e(5)][case.h(1)].suggested == (II, II)


def test_items_are_merged_with_a_suggestion_only_where_all_are_rated(case: Case) -> None:
    rate(case, 1, C, N, None)
    rate(case, 3, C, II, I)
    one, other = case.e(1), case.e(3)
    first = edits.add_source(case.analysis, "First", [one])
    first[0].apply(case.analysis)
    second = edits.add_source(case.analysis, "Second", [other])
    second[0].apply(case.analysis)
    for item, detail, tags in ((one, "Detail 1", ("a", "b")), (other, "Detail 3", ("b", "c"))):
        edits.set_field(case.analysis, "evidence", [item], "detail", detail).apply(case.analysis)
        edits.set_field(case.analysis, "evidence", [item], "tags", tags).apply(case.analysis)
    edits.set_field(case.analysis, "evidence", [one], "relevance", Level.HIGH).apply(case.analysis)
    made = splitting.merge_items(case.analysis, [one, other], "Both reports")

    def check() -> None:
        assert case.labels("evidence") == ["E1", "E2", "E3", "E5", "E4"]
        merged = case.item(5)
        assert (merged.title, merged.detail, merged.tags) == ("Both reports", "Detail 1\n\nDetail 3", ("a", "b", "c"))
        assert [citation.source for citation in merged.citations] == [first[1], second[1]]
        assert merged.relevance is None, "what they differ in is left open"
        assert {case.item(number).status_reason for number in (1, 3)} == {"merged into E5"}
        assert suggested(case, 5) == [(C, C), (N, II), None]

    do_undo_redo(case.analysis, made.command, check)
    assert made.command.text == "Merge E1 and E3 into E5"


def test_a_hypothesis_is_split_and_rejected_or_made_a_heading(case: Case) -> None:
    rate(case, 1, C, I, N)
    parts = ["By accident", "On purpose"]
    made = splitting.split_hypothesis(case.analysis, case.h(2), parts, as_heading=False)

    def rejected() -> None:
        assert case.labels("hypothesis") == ["H1", "H2", "H4", "H5", "H3"]
        assert case.hypothesis(2).status is HypothesisStatus.REJECTED
        assert case.hypothesis(2).status_reason == "split into H4, H5"
        assert case.hypothesis(4).parent is None
        assert case.matrix.rating(case.analyst, case.e(1), case.h(5)) == Rating(None, suggested=(I, I))

    do_undo_redo(case.analysis, made.command, rejected)
    made.command.revert(case.analysis)

    def headed() -> None:
        assert case.hypothesis(2).is_active
        assert {case.hypothesis(number).parent for number in (4, 5)} == {case.h(2)}
        assert not problems(case.analysis)

    made = splitting.split_hypothesis(case.analysis, case.h(2), parts, as_heading=True)
    do_undo_redo(case.analysis, made.command, headed)


def test_hypotheses_are_merged(case: Case) -> None:
    rate(case, 1, C, CC, N)
    rate(case, 2, NA, NA, N)
    rate(case, 3, NA, C, N)
    for number in (1, 2):
        statement = f"Statement {number}"
        edits.set_field(case.analysis, "hypothesis", [case.h(number)], "statement", statement).apply(case.analysis)
    made = splitting.merge_hypotheses(case.analysis, [case.h(1), case.h(2)], "Either")

    def check() -> None:
        assert case.labels("hypothesis") == ["H1", "H2", "H4", "H3"]
        assert case.hypothesis(4).statement == "Statement 1\n\nStatement 2"
        assert {case.hypothesis(number).status_reason for number in (1, 2)} == {"merged into H4"}
        found = [case.matrix.rating(case.analyst, case.e(number), case.h(4)) for number in (1, 2, 3)]
        assert [rating and rating.suggested for rating in found] == [(CC, C), (NA, NA), None]

    do_undo_redo(case.analysis, made.command, check)


def test_the_trail_leads_back_before_a_split(case: Case) -> None:
    rate(case, 1, C, I, N)
    made = splitting.split_item(case.analysis, case.e(1), ["A", "B"])
    trail.run(case.analysis, made.command, "do", case.analyst)
    earlier = trail.before_entries(case.analysis, 0)
    assert not earlier.problems
    assert [earlier.analysis.evidence[entry].label for entry in earlier.analysis.matrices[0].evidence] == [
        "E1",
        "E2",
        "E3",
        "E4",
    ]
