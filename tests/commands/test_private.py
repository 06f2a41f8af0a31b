"""What a private round hides, and that nothing is hidden once it is revealed."""

from __future__ import annotations

import json

import pytest
from helpers.private import NAMES, PrivateRound, private_round, secret

from ach_desk.commands import cases, edits, rounds
from ach_desk.commands.private import Veil
from ach_desk.commands.restoring import restore_field
from ach_desk.commands.trail import as_of_entry
from ach_desk.commands.versions import common_base, merge
from ach_desk.commands.versions.differences import differences
from ach_desk.commands.versions.words import ConflictSpeaker
from ach_desk.model import CaseRating, RatingValue, RoundState
from ach_desk.storage.codec import encode


@pytest.fixture
def made() -> PrivateRound:
    return private_round()


def told(text: str) -> list[str]:
    """Return whose thoughts a text holds."""
    return [name for name in NAMES if secret(name) in text]


@pytest.mark.parametrize("me", [*NAMES, ""])
def test_of_the_file_nothing_is_left_but_what_is_mine(made: PrivateRound, me: str) -> None:
    own = made.ids.get(me, "")
    whole = encode(made.analysis)
    assert told(whole.decode()) == list(NAMES)
    lifted = Veil.over(own, made.analysis).lifted(made.analysis.snapshot())
    text = encode(lifted).decode()
    assert told(text) == ([me] if me else [])
    assert {estimate.analyst for estimate in lifted.estimates.values()} == ({own} if me else set())
    assert {retest.analyst for retest in lifted.retests.values()} == ({own} if me else set())
    assert encode(made.analysis) == whole, "the analysis itself was changed"


def test_an_earlier_state_can_still_be_led_back_to(made: PrivateRound) -> None:
    own, cell = made.ids["Ann"], (made.case.e(4), made.case.h(1))
    made.do("Berta", edits.remove(made.analysis, "evidence", [cell[0]]))
    lifted = Veil.over(own, made.analysis).lifted(made.analysis.snapshot())
    earlier = as_of_entry(lifted, "")
    assert earlier.problems == ()
    assert told(encode(earlier.analysis).decode()) == []
    before_it = next(entry.id for entry in reversed(lifted.trail) if entry.what != "remove")
    back = as_of_entry(lifted, before_it).analysis
    assert list(back.matrices[0].sheets) == [own]
    assert back.matrices[0].rating(own, *cell) is not None


@pytest.mark.parametrize("state", [RoundState.REVEALED, RoundState.CLOSED])
def test_once_it_is_revealed_nothing_is_hidden(made: PrivateRound, state: RoundState) -> None:
    made.close_anew(state)
    veil = Veil.over(made.ids["Ann"], made.analysis)
    assert not veil
    assert encode(veil.lifted(made.analysis.snapshot())) == encode(made.analysis)


@pytest.mark.parametrize("name", ["Ann", "Berta"])
@pytest.mark.parametrize("me", ["Ann", ""])
def test_a_conflict_says_where_and_what_only_to_whom_it_belongs(made: PrivateRound, name: str, me: str) -> None:
    ours = made.version(name, RatingValue.INCONSISTENT, "here")
    theirs = made.version(name, RatingValue.NOT_APPLICABLE, "there")
    merged = merge(common_base(ours, theirs), ours, theirs)
    (conflict,) = merged.conflicts
    said = ConflictSpeaker(ours, theirs, made.ids.get(me, "")).words(conflict)
    assert said.place == f"E2 under H2, rated by {name}"
    shown = [said.before, said.ours, said.theirs]
    if name == me:
        assert "here" in said.ours
        assert "there" in said.theirs
    else:
        assert shown == ["", "hidden while the round is private", "hidden while the round is private"]
    open_words = ConflictSpeaker(ours, theirs, revealed=True).words(conflict)
    assert secret(name) in open_words.ours


def test_conflicts_on_estimates_and_marks_are_hidden_too(made: PrivateRound) -> None:
    ours, theirs = made.analysis.snapshot(), made.analysis.snapshot()
    estimate = next(entry.id for entry in ours.estimates.values() if entry.analyst == made.ids["Berta"])
    (written,) = ours.cases
    for side, chance, mark in ((ours, 0.2, 4), (theirs, 0.9, 1)):
        edits.set_field(side, "estimate", [estimate], "probability", chance).apply(side)
        (rating,) = side.cases[written].ratings
        new = (rating.model_copy(update={"mark": mark}),)
        edits.set_field(side, "case", [written], "ratings", new).apply(side)
    merged = merge(made.analysis, ours, theirs)
    assert {conflict.kind for conflict in merged.conflicts} == {"estimate", "case"}
    for me, hidden in (("Ann", True), ("Berta", False)):
        speaker = ConflictSpeaker(ours, theirs, made.ids[me])
        assert [speaker.hides(conflict) for conflict in merged.conflicts] == [hidden, hidden]


def test_differences_tell_only_what_is_mine(made: PrivateRound) -> None:
    after = made.version("Berta", RatingValue.INCONSISTENT, "now")
    for me, told_of in (("Ann", []), ("Berta", ["rating"])):
        veil = Veil.over(made.ids[me], after)
        sides = (veil.lifted(side.snapshot()) for side in (made.analysis, after))
        found = differences(*sides)
        assert [entry["kind"] for entry in found] == told_of
        assert told(json.dumps(found)) == (["Berta"] if told_of else [])


def test_the_state_of_a_round_is_not_restored_from_the_history(made: PrivateRound) -> None:
    (entry,) = made.analysis.rounds
    assert restore_field(made.analysis, "round", entry, "state", RoundState.REVEALED) is None
    (written,) = made.analysis.cases
    assert restore_field(made.analysis, "case", written, "ratings", ()) is None


def test_conflicts_of_a_team_are_said_with_names(made: PrivateRound) -> None:
    """A mark with its note is one judgement; an estimate says whose and on what; a round only how far it is."""
    (entry,), (written,) = made.analysis.rounds, made.analysis.cases
    estimate = next(iter(made.analysis.estimates))
    ours, theirs = made.analysis.snapshot(), made.analysis.snapshot()
    rounds.reveal(ours, entry, made.ids["Ann"]).apply(ours)
    rounds.reveal(theirs, entry, made.ids["Cem"]).apply(theirs)
    rounds.close(theirs, entry).apply(theirs)
    for side, mark, chance in ((ours, 4, 0.5), (theirs, 1, 0.9)):
        cases.mark(side, written, made.ids["Berta"], mark, f"note {mark}").apply(side)
        edits.set_field(side, "estimate", [estimate], "probability", chance).apply(side)
    merged = merge(made.analysis, ours, theirs)
    speaker = ConflictSpeaker(ours, theirs, revealed=True)
    said = {words.place: (words.ours, words.theirs) for words in map(speaker.words, merged.conflicts)}
    assert said == {
        "Case “The best case”, marks, Berta": ("4 · note 4", "1 · note 1"),
        "H1, stated by Ann, probability": ("probability 0.5", "probability 0.9"),
        "Round “First round”, state": ("revealed", "closed"),
    }


def test_the_same_mark_given_twice_is_no_conflict(made: PrivateRound) -> None:
    (written,) = made.analysis.cases
    sides = [made.analysis.snapshot(), made.analysis.snapshot()]
    for side, time in zip(sides, ("2026-11-26T12:00:00Z", "2026-11-26T13:00:00Z"), strict=True):
        new = CaseRating(by=made.ids["Cem"], mark=5, note="good", time=time)
        edits.set_field(side, "case", [written], "ratings", (*side.cases[written].ratings, new)).apply(side)
    for ours, theirs in (sides, sides[::-1]):
        merged = merge(made.analysis, ours, theirs)
        assert not merged.conflicts
        assert merged.analysis.cases[written].ratings[-1].time == "2026-11-26T13:00:00Z"
