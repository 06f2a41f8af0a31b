"""Open points: what is asked for and when, what makes a point another one, and what being set aside does."""

from __future__ import annotations

from datetime import date

import pytest
from helpers.analyses import Case, small_case

from ach_desk.commands import challenges, edits, findings, scenarios, watching
from ach_desk.commands.hypotheses import answer_check
from ach_desk.model import EvidenceKind, Level, RatingValue, new_analysis
from ach_desk.scoring import Finding, Points, assess, points
from ach_desk.scoring.hypothesis_check import unanswered

TODAY = date(2023, 7, 1)


def found(case: Case, today: date = TODAY) -> Points:
    return points(case.analysis, case.matrix, case.analyst, assess(case.analysis, case.matrix, case.analyst), today)


def codes(case: Case, today: date = TODAY) -> list[str]:
    return [point.code for point in found(case, today).open]


def point(case: Case, code: str) -> Finding:
    return next(one for one in found(case).open if one.code == code)


def rate(case: Case, row: int, *values: RatingValue) -> None:
    wanted = [((case.e(row), case.h(column)), value) for column, value in enumerate(values, 1)]
    edits.rate_each(case.analysis, case.matrix, case.analyst, wanted, "").apply(case.analysis)


def set_aside(case: Case, code: str, reason: str = "so be it") -> None:
    findings.set_aside(case.analysis, case.matrix.id, point(case, code), reason, "Ann").apply(case.analysis)


def set_items(case: Case, field: str, value: object, *numbers: int) -> None:
    edits.set_field(case.analysis, "evidence", [case.e(number) for number in numbers], field, value).apply(
        case.analysis
    )


NOT_BEFORE_THE_BASICS = {"check_open", "no_catch_all", "no_source", "no_expectation", "no_what_if", "no_indicator"}


def test_a_beginner_is_asked_for_nothing_that_is_of_no_use_yet() -> None:
    empty = Case(analysis := new_analysis(), analysis.matrices[0], next(iter(analysis.analysts)))
    assert codes(empty) == ["no_question", "few_hypotheses", "no_evidence"]
    case = small_case()
    assert not NOT_BEFORE_THE_BASICS & set(codes(case))


def test_with_every_cell_judged_the_steps_have_their_points() -> None:
    case = small_case(rated=True)
    assert set(codes(case)) >= NOT_BEFORE_THE_BASICS
    rate(case, 1, *[None] * 3)
    assert not NOT_BEFORE_THE_BASICS & set(codes(case))


def test_each_point_of_a_step_goes_when_it_is_seen_to() -> None:
    case = small_case(rated=True)
    analysis = case.analysis
    for key in unanswered(analysis):
        answer_check(analysis, key, "yes").apply(analysis)
    assert not {"check_open", "no_catch_all"} & set(codes(case))
    edits.add_source(analysis, "Somebody", list(analysis.evidence))[0].apply(analysis)
    assert "no_source" not in codes(case)
    for number in (1, 2, 3):
        watching.expect(analysis, case.h(number), "Smoke").apply(analysis)
    assert {"no_expectation", "expectation_open"} & set(codes(case)) == {"expectation_open"}
    for entry in list(analysis.expectations):
        watching.make_indicator(analysis, entry).apply(analysis)
    scenarios.add(analysis, case.matrix, "S1 lied").apply(analysis)
    rest = {"expectation_open", "no_indicator", "no_what_if"}
    assert not rest & set(codes(case))


def test_assumptions_need_no_source_and_a_date_of_information_only_who_works_with_dates() -> None:
    case = small_case(rated=True)
    set_items(case, "kind", EvidenceKind.ASSUMPTION, 1, 2, 3, 4)
    assert not {"no_source", "no_as_of"} & set(codes(case))
    set_items(case, "event_date", "2023-06", 1)
    assert "no_as_of" in codes(case)
    edits.set_field(case.analysis, "analysis", [case.analysis.id], "as_of", "2023-06-30").apply(case.analysis)
    assert "no_as_of" not in codes(case)


def test_nothing_is_asked_of_none_of_the_above_and_of_combinations() -> None:
    case = small_case(3, rated=True)
    edits.set_field(case.analysis, "hypothesis", [case.h(3)], "catch_all", True).apply(case.analysis)
    edits.set_field(case.analysis, "hypothesis", [case.h(2)], "combines", (case.h(1), case.h(3))).apply(case.analysis)
    assert point(case, "no_expectation").hypotheses == (case.h(1),)


def test_an_overdue_indicator_is_a_point_by_the_day_that_is_given() -> None:
    case = small_case()
    watching.watch(case.analysis, "Convoys", expected_by="2023-06").apply(case.analysis)
    assert "indicator_overdue" not in codes(case, date(2023, 6, 30))
    (late,) = (one for one in found(case, date(2023, 7, 1)).open if one.code == "indicator_overdue")
    assert late.text == "Expected by 2023-06 and still open: Convoys"
    assert late.others == tuple(case.analysis.indicators)


def test_a_point_set_aside_is_not_open_and_comes_back_with_other_facts() -> None:
    case = small_case()
    for row in (1, 2, 3, 4):
        rate(case, row, RatingValue.NEUTRAL, RatingValue.NEUTRAL, RatingValue.CONSISTENT)
    set_aside(case, "tie")
    kept = found(case)
    (aside,) = kept.aside
    assert aside.finding.code not in [one.code for one in kept.open]
    assert (aside.record.reason, aside.record.by, aside.record.text) == ("so be it", "Ann", aside.finding.text)
    rate(case, 1, RatingValue.INCONSISTENT)  # another one is least contradicted now
    assert found(case).aside == ()
    rate(case, 1, RatingValue.NEUTRAL)
    assert found(case) == kept


def test_it_holds_for_the_matrix_in_which_it_was_set_aside() -> None:
    case = small_case()
    set_aside(case, "unrated")
    record = next(iter(case.analysis.findings_set_aside.values()))
    case.analysis.findings_set_aside[record.id] = record.model_copy(update={"matrix": "another"})
    assert "unrated" in codes(case)


def test_unrated_cells_are_another_point_when_an_item_joins_or_is_done() -> None:
    case = small_case()
    set_aside(case, "unrated")
    rate(case, 1, RatingValue.NEUTRAL)  # one cell of three: the same items wait
    assert "unrated" not in codes(case)
    edits.add_items(case.analysis, case.matrix, [{"title": "Late"}]).apply(case.analysis)
    assert "unrated" in codes(case)


def test_who_does_without_credibility_says_so_once() -> None:
    case = small_case(rated=True)
    set_aside(case, "credibility_not_set", "not used here")
    edits.add_items(case.analysis, case.matrix, [{"title": "Late"}]).apply(case.analysis)
    assert "credibility_not_set" not in codes(case)
    set_items(case, "credibility", Level.HIGH, 1)
    assert "credibility_not_set" in codes(case)


def test_points_with_the_same_records_are_told_apart() -> None:
    case = small_case()
    for key in ("exclusive", "null"):
        answer_check(case.analysis, key, "no").apply(case.analysis)
    for text in ("Forged?", "Old?"):
        challenges.challenge(case.analysis, text, "Ann", evidence=case.e(1)).apply(case.analysis)
    set_aside(case, "check_no")
    set_aside(case, "challenge")
    assert [codes(case).count(code) for code in ("check_no", "challenge")] == [1, 1]


def test_an_indicator_with_another_date_is_overdue_anew() -> None:
    case = small_case()
    watching.watch(case.analysis, "Convoys", expected_by="2023-05").apply(case.analysis)
    set_aside(case, "indicator_overdue")
    assert "indicator_overdue" not in codes(case)
    (entry,) = case.analysis.indicators
    edits.set_field(case.analysis, "indicator", [entry], "expected_by", "2023-06").apply(case.analysis)
    assert "indicator_overdue" in codes(case)


def test_facts_are_those_of_the_records_in_any_order_and_language() -> None:
    one = Finding("tie", "H1 and H2 are tied", hypotheses=("a", "b"))
    assert one.facts == Finding("tie", "H2 und H1 gleichauf", hypotheses=("b", "a")).facts
    assert len(one.facts) == 16
    others = [
        Finding("tie", "", hypotheses=("a", "b", "c")),
        Finding("overlap", "", hypotheses=("a", "b")),
        Finding("tie", "", evidence=("a", "b")),
        Finding("tie", "", others=("a", "b")),
        Finding("tie", "", turns_on=("a", "b", "c")),
    ]
    assert one.facts not in {other.facts for other in others}


@pytest.mark.parametrize("code", sorted(NOT_BEFORE_THE_BASICS | {"unrated"}))
def test_every_point_can_be_set_aside_and_taken_up(code: str) -> None:
    case = small_case(rated=code != "unrated")
    before = found(case)
    command = findings.set_aside(case.analysis, case.matrix.id, point(case, code), "no use here")
    command.apply(case.analysis)
    assert code not in codes(case)
    (record,) = case.analysis.findings_set_aside.values()
    findings.take_up(case.analysis, record).apply(case.analysis)
    assert found(case) == before
