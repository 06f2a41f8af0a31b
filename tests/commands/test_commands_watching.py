"""Expectations, indicators and points set aside: each act is one step that can be taken back to the byte."""

from __future__ import annotations

from datetime import date

from helpers.analyses import Case, do_undo_redo, small_case

from ach_desk.commands import Command, edits, findings, replacing, trail, watching
from ach_desk.commands.trail_words import TrailWords, rows_of
from ach_desk.model import (
    EvidenceItem,
    EvidenceKind,
    Expectation,
    ExpectationKind,
    Indicator,
    IndicatorState,
    Rating,
    RatingValue,
)
from ach_desk.scoring import Finding, assess, points
from ach_desk.scoring.expectations import is_open, made_record


def done(case: Case, command: Command, check=lambda: None) -> None:
    do_undo_redo(case.analysis, command, check)


def expected(case: Case, text: str = "Fuel convoys") -> Expectation:
    watching.expect(case.analysis, case.h(1), text).apply(case.analysis)
    return list(case.analysis.expectations.values())[-1]


def watched(case: Case, text: str = "Fuel convoys", **fields: object) -> Indicator:
    watching.watch(case.analysis, text, **fields).apply(case.analysis)
    return list(case.analysis.indicators.values())[-1]


def now(case: Case, record: Expectation | Indicator):
    analysis = case.analysis
    return analysis.expectations.get(record.id) or analysis.indicators.get(record.id)


def last_item(case: Case) -> EvidenceItem:
    return case.analysis.evidence[case.matrix.evidence[-1]]


def test_an_expectation_becomes_an_unrated_item_of_the_matrix() -> None:
    case = small_case(rated=True)
    one = expected(case)
    done(case, watching.make_item(case.analysis, case.matrix, one.id))
    made = last_item(case)
    assert (made.label, made.title, made.kind) == ("E5", "Fuel convoys", EvidenceKind.EVIDENCE)
    assert (now(case, one).made, now(case, one).record) == (ExpectationKind.ITEM, made.id)
    assert made.id not in case.matrix.sheets[case.analyst]
    assert not is_open(case.analysis, now(case, one))


def test_an_expectation_not_met_becomes_an_absence_of_evidence() -> None:
    case = small_case()
    one = expected(case)
    done(case, watching.make_absence(case.analysis, case.matrix, one.id))
    made = last_item(case)
    assert (made.title, made.kind) == ("Not seen: Fuel convoys", EvidenceKind.ABSENCE)
    assert made.detail == "To be expected under H1; looked for and not seen."
    assert now(case, one).made is ExpectationKind.ABSENCE


def test_an_expectation_becomes_an_indicator_that_is_judged_later() -> None:
    case = small_case()
    one = expected(case)
    done(case, watching.make_indicator(case.analysis, one.id))
    (indicator,) = case.analysis.indicators.values()
    assert (indicator.text, indicator.bearings, indicator.state) == ("Fuel convoys", (), IndicatorState.OPEN)
    assert made_record(case.analysis, now(case, one)) == indicator


def test_an_expectation_is_open_again_when_what_it_was_made_is_deleted() -> None:
    case = small_case()
    one = expected(case)
    watching.make_item(case.analysis, case.matrix, one.id).apply(case.analysis)
    done(case, edits.remove(case.analysis, "evidence", [last_item(case).id]))
    assert is_open(case.analysis, now(case, one))
    edits.remove(case.analysis, "hypothesis", [case.h(1)]).apply(case.analysis)
    assert not is_open(case.analysis, now(case, one))


def test_bearings_are_set_changed_and_taken_away() -> None:
    case = small_case()
    one = watched(case)
    for value in (RatingValue.CONSISTENT, RatingValue.VERY_INCONSISTENT):
        done(case, watching.set_bearing(case.analysis, one.id, case.h(2), value))
        assert [(entry.hypothesis, entry.value) for entry in now(case, one).bearings] == [(case.h(2), value)]
    assert watching.set_bearing(case.analysis, one.id, case.h(2), value).is_no_op
    done(case, watching.set_bearing(case.analysis, one.id, case.h(2), None))
    assert now(case, one).bearings == ()


def test_an_observed_indicator_becomes_an_item_with_suggested_ratings() -> None:
    case = small_case(rated=True)
    one = watched(case)
    judged = {1: RatingValue.CONSISTENT, 2: RatingValue.VERY_INCONSISTENT, 3: RatingValue.NOT_APPLICABLE}
    for number, value in judged.items():
        watching.set_bearing(case.analysis, one.id, case.h(number), value).apply(case.analysis)
    before = assess(case.analysis, case.matrix, case.analyst).standing.weighted_inconsistency.tolist()
    done(case, watching.observe(case.analysis, case.matrix, case.analyst, one.id, "2023-06-24"))
    made = last_item(case)
    assert (made.title, made.event_date, made.kind) == ("Fuel convoys", "2023-06-24", EvidenceKind.EVIDENCE)
    assert (now(case, one).state, now(case, one).state_date, now(case, one).item) == (
        IndicatorState.OBSERVED,
        "2023-06-24",
        made.id,
    )
    row = case.matrix.sheets[case.analyst][made.id]
    assert row == {
        case.h(1): Rating(None, suggested=(RatingValue.CONSISTENT, RatingValue.CONSISTENT)),
        case.h(2): Rating(None, suggested=(RatingValue.VERY_INCONSISTENT, RatingValue.VERY_INCONSISTENT)),
    }
    after = assess(case.analysis, case.matrix, case.analyst).standing.weighted_inconsistency.tolist()
    assert after == before
    cells = [(made.id, case.h(number)) for number in (1, 2)]
    edits.confirm(case.analysis, case.matrix, case.analyst, cells).apply(case.analysis)
    assert case.value(5, 2) is RatingValue.VERY_INCONSISTENT


def test_a_bearing_under_a_hypothesis_that_is_not_in_the_matrix_suggests_nothing() -> None:
    case = small_case()
    one = watched(case)
    watching.set_bearing(case.analysis, one.id, case.h(1), RatingValue.CONSISTENT).apply(case.analysis)
    edits.remove(case.analysis, "hypothesis", [case.h(1)]).apply(case.analysis)
    done(case, watching.observe(case.analysis, case.matrix, case.analyst, one.id, "2023-06"))
    assert last_item(case).id not in case.matrix.sheets[case.analyst]


def test_not_observed_may_become_an_absence_and_be_watched_again() -> None:
    case = small_case()
    one = watched(case, expected_by="2023-06")
    done(case, watching.not_observed(case.analysis, one.id, "2023-07-01"))
    assert (now(case, one).state, now(case, one).item) == (IndicatorState.NOT_OBSERVED, None)
    done(case, watching.note_absence(case.analysis, case.matrix, one.id))
    made = last_item(case)
    assert (made.kind, made.detail) == (EvidenceKind.ABSENCE, "Expected by 2023-06; watched for and not seen.")
    assert now(case, one).item == made.id
    done(case, watching.reopen(case.analysis, one.id))
    assert (now(case, one).state, now(case, one).state_date, now(case, one).item) == (IndicatorState.OPEN, None, None)
    assert last_item(case) == made


def test_deleting_one_leaves_what_it_became() -> None:
    case = small_case()
    one = expected(case)
    watching.make_item(case.analysis, case.matrix, one.id).apply(case.analysis)
    done(case, watching.delete(case.analysis, "expectation", one.id))
    assert (case.analysis.expectations, last_item(case).title) == ({}, "Fuel convoys")


def test_their_texts_are_found_and_replaced_but_never_emptied() -> None:
    case = small_case()
    expected(case, "Fuel convoys")
    watched(case, "convoys", note="of fuel")
    place = (case.analysis, case.matrix, case.analyst)
    found = replacing.hits(*place, replacing.Wanted("fuel"))
    assert [(hit.place.kind, hit.place.field) for hit in found] == [("expectation", "text"), ("indicator", "note")]
    done(case, replacing.replace_hits(*place, found, "Food").command)
    assert [entry.text for entry in case.analysis.expectations.values()] == ["Food convoys"]
    assert [entry.note for entry in case.analysis.indicators.values()] == ["of Food"]
    emptied = replacing.replace_hits(*place, replacing.hits(*place, replacing.Wanted("convoys")), "")
    assert (emptied.replaced, emptied.kept) == (1, 1)


def test_what_was_set_aside_is_kept_with_reason_and_words() -> None:
    case = small_case()
    (finding,) = [one for one in points(*_assessed(case)).open if one.code == "unrated"]
    done(case, findings.set_aside(case.analysis, case.matrix.id, finding, "later", "Ann"))
    (record,) = case.analysis.findings_set_aside.values()
    assert (record.code, record.facts, record.text) == ("unrated", finding.facts, finding.text)
    assert (record.reason, record.by, record.matrix) == ("later", "Ann", case.matrix.id)
    assert record.evidence == finding.evidence
    done(case, findings.take_up(case.analysis, record))
    assert case.analysis.findings_set_aside == {}


def test_a_point_about_thousands_of_items_keeps_the_file_short() -> None:
    case = small_case()
    ids = tuple(f"e{number}" for number in range(10_000))
    command = findings.set_aside(case.analysis, case.matrix.id, Finding("unrated", "many", evidence=ids), "later")
    command.apply(case.analysis)
    (record,) = case.analysis.findings_set_aside.values()
    assert len(record.evidence) == findings.MOST_NAMED


def test_the_history_says_it_in_words() -> None:
    case = small_case()

    def do(command: Command) -> None:
        trail.run(case.analysis, command, "do", case.analyst)

    do(watching.expect(case.analysis, case.h(1), "Fuel convoys"))
    (one,) = case.analysis.expectations
    do(watching.make_indicator(case.analysis, one))
    (indicator,) = case.analysis.indicators
    do(watching.set_bearing(case.analysis, indicator, case.h(2), RatingValue.INCONSISTENT))
    do(watching.not_observed(case.analysis, indicator, "2023-07-01"))
    do(findings.set_aside(case.analysis, case.matrix.id, Finding("tie", "H1 and H2 are tied."), "no matter"))
    do(findings.take_up(case.analysis, next(iter(case.analysis.findings_set_aside.values()))))
    do(watching.delete(case.analysis, "indicator", indicator))
    words = TrailWords(case.analysis)
    said = [words.sentence(row) for row in rows_of(case.analysis, case.analysis.trail)]
    assert said == [
        "Expectation added: “Fuel convoys”",
        "Indicator added: “Fuel convoys”",
        "Expectation “Fuel convoys”, became: nothing → indicator",
        "Indicator “Fuel convoys”, speaks for and against: nothing → H2 I",
        "Indicator “Fuel convoys”, state: open → not observed",
        "Point set aside: “H1 and H2 are tied.” (no matter)",
        "Point taken up again: “H1 and H2 are tied.”",
        "Indicator deleted: “Fuel convoys”",
    ]


def _assessed(case: Case):
    place = (case.analysis, case.matrix, case.analyst)
    return (*place, assess(*place), date(2023, 7, 1))
