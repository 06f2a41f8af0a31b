"""Analysts, remarks and best cases: each done, taken back, and told in the history."""

from __future__ import annotations

import pytest
from helpers.analyses import Case, small_case
from pydantic import ValidationError

from ach_desk.commands import Command, cases, people, remarks, rounds, trail
from ach_desk.commands.trail_words import TrailWords, rows_of
from ach_desk.model import Rating, RatingValue
from ach_desk.model.integrity import problems
from ach_desk.storage.codec import decode, encode


def _done(case: Case, command: Command) -> None:
    """Do it, take it back, do it again: what the file says is the same as before, and as after."""
    before = encode(case.analysis)
    command.apply(case.analysis)
    after = encode(case.analysis)
    assert after != before
    assert encode(decode(after, "x").analysis) == after
    command.revert(case.analysis)
    assert encode(case.analysis) == before
    command.apply(case.analysis)
    assert encode(case.analysis) == after


def _with_second() -> tuple[Case, str]:
    case = small_case(rated=True)
    add = people.add(case.analysis, "Berta de Boer")
    _done(case, add)
    return case, people.added_id(add)


def test_an_analyst_comes_with_initials_and_a_sheet_and_goes_with_the_ratings() -> None:
    case, other = _with_second()
    assert case.analysis.analysts[other].initials == "BdB"
    assert case.matrix.sheets[other] == {}
    case.matrix.set_rating(other, case.e(1), case.h(1), Rating(RatingValue.NEUTRAL))
    assert people.ratings_of(case.analysis, other) == 1
    _done(case, people.remove_with_ratings(case.analysis, other))
    assert other not in case.analysis.analysts
    assert other not in case.matrix.sheets
    assert not problems(case.analysis)


def test_the_name_can_go_while_the_ratings_stay() -> None:
    case, other = _with_second()
    case.matrix.set_rating(other, case.e(1), case.h(1), Rating(RatingValue.NEUTRAL))
    _done(case, people.forget_person(case.analysis, other))
    assert case.analysis.analysts[other].name == "Former analyst 1"
    assert case.analysis.analysts[other].initials == ""
    assert people.ratings_of(case.analysis, other) == 1
    _done(case, people.forget_person(case.analysis, case.analyst))
    assert case.analysis.analysts[case.analyst].name == "Former analyst 2"


def test_a_remark_is_answered_resolved_and_deleted_with_its_answers() -> None:
    case, other = _with_second()
    analysis, matrix = case.analysis, case.matrix
    made = remarks.remark(analysis, "Why N?", other, matrix=matrix.id, evidence=case.e(2), hypothesis=case.h(1))
    _done(case, made)
    first = people.added_id(made)
    said = remarks.answer(analysis, first, "Seen twice.", case.analyst)
    _done(case, said)
    _done(case, remarks.answer(analysis, people.added_id(said), "Good.", other))
    assert [one.text for one in remarks.answers_to(analysis, first)] == ["Seen twice.", "Good."]
    assert [one.id for one in remarks.on_place(analysis, matrix.id, case.e(2), case.h(1))] == [first]
    assert remarks.on_place(analysis, matrix.id, case.e(2), None) == []
    assert remarks.place_of(analysis, analysis.remarks[first]) == "E2 / H1"
    _done(case, remarks.resolve(analysis, first, other))
    assert remarks.open_among(remarks.threads(analysis, matrix.id)) == 0
    _done(case, remarks.reopen(analysis, first))
    assert remarks.open_among(remarks.threads(analysis, matrix.id)) == 1
    _done(case, remarks.delete(analysis, first))
    assert not analysis.remarks


def test_a_case_is_marked_by_others_only() -> None:
    case, other = _with_second()
    analysis = case.analysis
    made = cases.write(analysis, case.h(1), "It had to come.", other)
    _done(case, made)
    entry = people.added_id(made)
    with pytest.raises(ValueError, match="own case"):
        cases.mark(analysis, entry, other, 5)
    with pytest.raises(ValidationError):
        cases.mark(analysis, entry, case.analyst, 6)
    _done(case, cases.mark(analysis, entry, case.analyst, 2, "Rests on E1"))
    _done(case, cases.mark(analysis, entry, case.analyst, 4))
    assert [(one.by, one.mark, one.note) for one in analysis.cases[entry].ratings] == [(case.analyst, 4, "")]
    _done(case, cases.mark(analysis, entry, case.analyst, None))
    assert analysis.cases[entry].ratings == ()
    _done(case, cases.delete(analysis, entry))


def test_a_round_is_taken_back_as_it_came() -> None:
    case, _other = _with_second()
    start = rounds.start(case.analysis, case.matrix)
    _done(case, start)
    entry = people.added_id(start)
    with pytest.raises(ValueError, match="running"):
        rounds.start(case.analysis, case.matrix)
    _done(case, rounds.reveal(case.analysis, entry, case.analyst))
    _done(case, rounds.close(case.analysis, entry))


def test_the_history_says_it_in_words() -> None:
    case, other = _with_second()
    analysis = case.analysis
    analysis.trail.clear()
    start = rounds.start(analysis, case.matrix)
    entry = people.added_id(start)
    trail.run(analysis, start, "do", case.analyst)
    trail.run(analysis, rounds.reveal(analysis, entry, case.analyst), "do", case.analyst)
    trail.run(analysis, rounds.close(analysis, entry), "do", case.analyst)
    made = remarks.remark(analysis, "Why N?", other, evidence=case.e(1))
    trail.run(analysis, made, "do", other)
    trail.run(analysis, remarks.resolve(analysis, people.added_id(made), other), "do", other)
    argued = cases.write(analysis, case.h(1), "It had to come.", other)
    trail.run(analysis, argued, "do", other)
    trail.run(analysis, cases.mark(analysis, people.added_id(argued), case.analyst, 4), "do", case.analyst)
    words = TrailWords(analysis)
    assert [words.sentence(row) for row in rows_of(analysis, analysis.trail)] == [
        "Round added: “First round”",
        "Round “First round”, state: private → revealed",
        "Round “First round”, state: revealed → closed",
        "Remark added: “Why N?”",
        "Remark “Why N?”, state: open → resolved",
        "Case added: “It had to come.”",
        "Case “It had to come.”, marks: nothing → Analyst 1 4",
    ]


def test_what_was_before_a_closed_round_can_be_led_back_to() -> None:
    """A closed round keeps what everybody rated, which the trail does not repeat: that must not stand in the way."""
    case = small_case(2, 2, rated=True)
    analysis = case.analysis
    start = rounds.start(analysis, case.matrix)
    trail.run(analysis, start, "do", case.analyst)
    (entry,) = analysis.rounds
    trail.run(analysis, rounds.reveal(analysis, entry, case.analyst), "do", case.analyst)
    trail.run(analysis, rounds.close(analysis, entry), "do", case.analyst)
    assert analysis.rounds[entry].sheets
    earlier = trail.before_entries(analysis, 1)
    assert (earlier.problems, earlier.analysis.rounds[entry].sheets) == ((), {})
    earlier = trail.before_entries(analysis, 0)
    assert (earlier.problems, earlier.analysis.rounds) == ((), {})
