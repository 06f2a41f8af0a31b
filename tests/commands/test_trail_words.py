"""The history in words, and putting back what it remembers."""

from __future__ import annotations

import pytest
from helpers.analyses import Case, small_case

from ach_desk.commands import (
    CellRef,
    Command,
    assumptions,
    deception,
    edits,
    hypotheses,
    matrices,
    readings,
    restoring,
    scenarios,
    sources,
    trail,
)
from ach_desk.commands.trail_words import RATINGS, REST, TEXTS, TrailWords, rows_of
from ach_desk.model import (
    CredibilityRule,
    Directness,
    GradingScheme,
    InformationCredibility,
    Level,
    Override,
    Rating,
    RatingValue,
    Reliability,
    TrailEntry,
)


@pytest.fixture
def case() -> Case:
    return small_case(2, 3)


def _do(case: Case, command: Command | None, how: trail.How = "do") -> None:
    assert command is not None
    trail.run(case.analysis, command, how, case.analyst)


def _rate(case: Case, value: RatingValue) -> Command:
    return edits.rate(case.analysis, case.matrix, case.analyst, [(case.e(1), case.h(2))], value)


def _said(case: Case) -> list[str]:
    words = TrailWords(case.analysis)
    return [words.sentence(row) for row in rows_of(case.analysis, case.analysis.trail)]


def test_ratings_in_words(case: Case) -> None:
    _do(case, _rate(case, RatingValue.CONSISTENT))
    _do(case, edits.annotate(case.matrix, case.analyst, [(case.e(1), case.h(2))], rationale="seen again"))
    command = _rate(case, RatingValue.INCONSISTENT)
    _do(case, command)
    _do(case, command, "undo")
    _do(case, command, "redo")
    assert _said(case) == [
        "E1 under H2: – → C",
        "E1 under H2: “seen again”",
        "E1 under H2: C → I, “seen again”",
        "Undo: E1 under H2: I → C, “seen again”",
        "Redo: E1 under H2: C → I, “seen again”",
    ]


def test_grades_and_a_retraction_in_words(case: Case) -> None:
    command, source = edits.add_source(case.analysis, "Reuters", [case.e(1)])
    _do(case, command)
    start = len(_said(case))
    _do(case, edits.set_field(case.analysis, "source", [source], "reliability", Reliability.B))
    doubtful = {"credibility": InformationCredibility.DOUBTFUL, "directness": Directness.SECOND_HAND}
    _do(case, sources.set_citation(case.analysis, case.e(1), source, **doubtful))
    _do(case, sources.take_proposals(case.analysis, [case.e(1)]))
    _do(case, sources.retract(case.analysis, source, "forged"))
    _do(case, sources.set_scheme(case.analysis, GradingScheme.UK_3X5X2))
    rule = CredibilityRule(combine="information")
    _do(case, edits.set_field(case.analysis, "analysis", [case.analysis.id], "credibility_rule", rule))
    assert _said(case)[start:] == [
        "S1, reliability: not graded → B – Usually reliable",
        "E1, sources: S1 → S1 (4 · second-hand)",
        "E1, credibility: not set → low",
        "S1, retracted: no → yes",
        "S1, why retracted: nothing → “forged”",
        "E1, sources: S1 (4 · second-hand) → S1 (4 · second-hand · retracted)",
        "E1, status: counted → set aside",
        "E1, reason: nothing → “Rests on S1 alone, which was retracted.”",
        "Analysis, grading: Admiralty code → UK 3x5x2",
        "Analysis, rule for credibility: the program's own → its own",
    ]


def test_a_block_is_a_row_for_each_cell(case: Case) -> None:
    cells = [(case.e(row), case.h(1)) for row in (1, 2, 3)]
    _do(case, edits.rate(case.analysis, case.matrix, case.analyst, cells, RatingValue.NEUTRAL))
    rows = rows_of(case.analysis, case.analysis.trail)
    assert [row.kind for row in rows] == [RATINGS] * 3
    assert len({row.entry.id for row in rows}) == 1
    assert [row.concerns(case.e(2), case.h(1)) for row in rows] == [False, True, False]
    assert [row.concerns(None, case.h(1)) for row in rows] == [True] * 3


def test_texts_fields_and_records_in_words(case: Case) -> None:
    gone = case.e(3)
    _do(case, edits.set_field(case.analysis, "evidence", [case.e(1)], "title", "Another"))
    _do(case, edits.set_field(case.analysis, "evidence", [case.e(1)], "credibility", Level.HIGH))
    _do(case, edits.set_aside(case.analysis, [case.e(1)], "forged"))
    _do(case, edits.set_field(case.analysis, "analysis", [case.analysis.id], "question", "Why?"))
    _do(case, edits.set_field(case.analysis, "evidence", [gone], "note", "n"))
    _do(case, edits.remove(case.analysis, "evidence", [gone]))
    _do(case, edits.move(case.matrix, "hypothesis", [case.h(2)], 0))
    assert _said(case) == [
        "E1, title: “Report 1” → “Another”",
        "E1, credibility: not set → high",
        "E1, status: counted → set aside",
        "E1, reason: nothing → “forged”",
        "Analysis, question: “What happened?” → “Why?”",
        "E3, note: nothing → “n”",
        "E3 deleted: “Report 3”",
        "Hypotheses moved",
    ]
    kinds = [row.kind for row in rows_of(case.analysis, case.analysis.trail)]
    assert kinds == [TEXTS, REST, REST, TEXTS, TEXTS, TEXTS, REST, REST]


def test_a_what_if_in_words(case: Case) -> None:
    _do(case, scenarios.add(case.analysis, case.matrix, "it was staged"))
    [scenario] = case.analysis.scenarios.values()
    other = Override(evidence=case.e(2), hypothesis=case.h(1), value=RatingValue.VERY_INCONSISTENT)
    cleared = Override(evidence=case.e(1), hypothesis=case.h(2))
    _do(case, edits.set_field(case.analysis, "scenario", [scenario.id], "overrides", (other, cleared)))
    _do(case, edits.set_field(case.analysis, "scenario", [scenario.id], "left_out", (case.e(3),)))
    _do(case, edits.set_field(case.analysis, "evidence", [case.e(1)], "note", "?"))
    assert [sentence.partition(" “")[2] for sentence in _said(case)[1:3]] == [
        "it was staged”, other ratings: nothing → E2 under H1: II and E1 under H2: –",
        "it was staged”, items left out: nothing → E3",
    ]
    assert _said(case)[3] == "E1, note: nothing → “?”"


def test_a_new_matrix_is_no_entry_about_one_cell(case: Case) -> None:
    _do(case, matrices.duplicate(case.analysis, case.matrix, "Second look", ratings=True))
    row = rows_of(case.analysis, case.analysis.trail)[0]
    assert not row.concerns(case.e(1), case.h(1))
    assert not row.concerns(case.e(1), None)


def test_an_earlier_rating_comes_back_with_its_reason(case: Case) -> None:
    _do(case, _rate(case, RatingValue.CONSISTENT))
    _do(case, edits.annotate(case.matrix, case.analyst, [(case.e(1), case.h(2))], rationale="first"))
    _do(case, _rate(case, RatingValue.INCONSISTENT))
    _do(case, edits.annotate(case.matrix, case.analyst, [(case.e(1), case.h(2))], rationale=""))
    step = rows_of(case.analysis, case.analysis.trail)[2]
    assert step.cell is not None
    command = restoring.restore_rating(case.analysis, step.cell, step.before)
    _do(case, command)
    rating = case.matrix.rating(*step.cell[1:])
    assert rating is not None
    assert (rating.value, rating.rationale) == (RatingValue.CONSISTENT, "first")
    assert len(case.analysis.trail) == 5
    again = restoring.restore_rating(case.analysis, step.cell, step.before)
    assert again is not None
    assert again.is_no_op
    assert restoring.restore_rating(case.analysis, CellRef("gone", *step.cell[1:]), Rating(None)) is None


def test_an_earlier_text_comes_back(case: Case) -> None:
    _do(case, edits.set_field(case.analysis, "evidence", [case.e(1)], "title", "Another"))
    kind, record_id, field, before, _after = case.analysis.trail[-1].body
    _do(case, restoring.restore_field(case.analysis, kind, record_id, field, before))
    assert case.analysis.evidence[case.e(1)].title == "Report 1"
    assert restoring.restore_field(case.analysis, "evidence", "gone", "title", "x") is None


def test_a_deleted_item_comes_back_with_its_ratings(case: Case) -> None:
    _do(case, _rate(case, RatingValue.CONSISTENT))
    gone = case.e(1)
    _do(case, edits.remove(case.analysis, "evidence", [gone]))
    kind, placed = case.analysis.trail[-1].body
    _do(case, restoring.restore_records(case.analysis, kind, placed))
    assert case.matrix.evidence[0] == gone
    assert case.value(1, 2) is RatingValue.CONSISTENT
    assert restoring.restore_records(case.analysis, kind, placed) is None


@pytest.mark.parametrize(
    ("what", "body"),
    [
        ("rate", []),
        ("rate", ["m", "", [[]]]),
        ("rate", ["m", 3, []]),
        ("set", ["evidence", "e"]),
        ("add", ["evidence", []]),
        ("remove", ["evidence", [{"record": {}}]]),
        ("order", []),
        ("of a newer version", [1]),
    ],
)
def test_an_entry_of_another_shape_is_said_to_be_unreadable_and_stops_nothing(
    case: Case, what: str, body: list
) -> None:
    _do(case, _rate(case, RatingValue.CONSISTENT))
    case.analysis.trail.append(TrailEntry("odd", "2030-01-01T00:00:00Z", case.analyst, "do", what, body))
    assert _said(case) == ["E1 under H2: – → C", "An edit that this version cannot read"]
    assert trail.cells_of(case.analysis.trail[1]) == []
    assert not rows_of(case.analysis, case.analysis.trail)[1].concerns(case.e(1), None)
    assert len(trail.before_entries(case.analysis, 1).analysis.trail) == 1


def test_assumptions_and_readings_in_words(case: Case) -> None:
    _do(case, _rate(case, RatingValue.CONSISTENT))
    _do(case, assumptions.rest_items(case.analysis, [case.e(1)], case.e(3)))
    cells = [(case.e(1), case.h(2))]
    place = (case.analysis, case.matrix, case.analyst, cells, case.e(3))
    _do(case, assumptions.rest_cells(*place))
    _do(case, assumptions.free_cells(*place))
    _do(case, readings.link(case.analysis, case.e(1), case.e(2)))
    _do(case, scenarios.add(case.analysis, case.matrix, "E3 is false"))
    (scenario,) = case.analysis.scenarios.values()
    _do(case, scenarios.assume_false(case.analysis, scenario, [case.e(3)], on=True))
    assert _said(case)[1:] == [
        "E1, rests on: nothing → E3",
        "E1 under H2: rests on E3",
        "E1 under H2: rests on nothing any more",
        "E1, other reading: nothing → E2",
        "E1, read: nothing → as true",
        "E2, other reading: nothing → E1",
        "E2, read: nothing → as deceptive",
        "E2, status: counted → set aside",
        "E2, reason: nothing → “the other reading counts”",
        "What-if added: “E3 is false”",
        "What-if “E3 is false”, false assumptions: nothing → E3",
    ]


def test_answers_to_a_checklist_in_words(case: Case) -> None:
    _do(case, deception.answer(case.analysis, "motive", "yes"))
    _do(case, deception.answer(case.analysis, "means", "no", note="seen by two"))
    _do(case, deception.answer(case.analysis, "motive", ""))
    _do(case, hypotheses.answer_check(case.analysis, "null", "yes"))
    assert _said(case) == [
        "Analysis, checklist on deception: Motive: does somebody gain if we come to a wrong conclusion? yes.",
        "Analysis, checklist on deception: "
        "Means: could they make it convincing and keep it up for long enough? no, “seen by two”.",
        "Analysis, checklist on deception: Motive: does somebody gain if we come to a wrong conclusion? not answered.",
        "Analysis, checklist on hypotheses: Is there one in which nothing unusual happened? yes.",
    ]


@pytest.mark.parametrize("value", [None, "all", [1], [{"question": 3}], [{"answer": "yes"}], {"question": "motive"}])
def test_a_damaged_checklist_in_the_trail_stops_nothing(case: Case, value: object) -> None:
    body = ["analysis", case.analysis.id, "deception_check", value, value]
    case.analysis.trail.append(TrailEntry(id="x", time="2023-06-24T10:00:00Z", by="", what="set", how="do", body=body))
    assert _said(case) == ["Analysis, checklist on deception: "]
