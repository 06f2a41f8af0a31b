"""Snapshots and challenges as commands."""

from __future__ import annotations

import pytest
from helpers.analyses import Case, do_undo_redo, small_case

from ach_desk.commands import challenges, edits, snapshots, trail
from ach_desk.model import ChallengeState, RatingValue, SnapshotKind
from ach_desk.storage.codec import decode, encode

BASELINE = SnapshotKind.BASELINE


@pytest.fixture
def case() -> Case:
    return small_case(3, 3, rated=True)


def _do(case: Case, command) -> None:
    trail.run(case.analysis, command, "do", case.analyst)


def test_a_baseline_holds_the_headline_and_the_ranks(case: Case) -> None:
    kept = snapshots.snapshot_of(case.analysis, case.matrix, case.analyst, BASELINE, name="Before", note="why")
    do_undo_redo(case.analysis, snapshots.keep(case.analysis, kept), lambda: None)
    (found,) = case.analysis.snapshots.values()
    assert (found.name, found.note, found.items) == ("Before", "why", 3)
    assert found.headline
    assert {line.label for line in found.standing} == {"H1", "H2", "H3"}
    assert decode(encode(case.analysis), "x").analysis.snapshots == case.analysis.snapshots


def test_the_state_of_a_baseline_comes_back(case: Case) -> None:
    _do(case, edits.rate(case.analysis, case.matrix, case.analyst, [(case.e(1), case.h(1))], RatingValue.NEUTRAL))
    kept = snapshots.snapshot_of(case.analysis, case.matrix, case.analyst, BASELINE)
    _do(case, snapshots.keep(case.analysis, kept))
    _do(case, edits.rate(case.analysis, case.matrix, case.analyst, [(case.e(1), case.h(1))], RatingValue.CONSISTENT))
    earlier = snapshots.as_of_snapshot(case.analysis, kept)
    assert earlier.problems == ()
    rating = earlier.analysis.matrices[0].rating(case.analyst, case.e(1), case.h(1))
    assert rating is not None
    assert rating.value is RatingValue.NEUTRAL
    assert case.value(1, 1) is RatingValue.CONSISTENT


def test_an_entry_that_is_gone_is_found_by_its_time(case: Case) -> None:
    kept = snapshots.snapshot_of(case.analysis, case.matrix, case.analyst, BASELINE)
    kept = kept.model_copy(update={"after": "lost", "time": "2999-01-01T00:00:00Z"})
    assert snapshots.as_of_snapshot(case.analysis, kept).analysis.matrices == case.analysis.matrices


def test_five_hundred_snapshots_stay_small(case: Case) -> None:
    before = len(encode(case.analysis))
    for _number in range(500):
        kept = snapshots.snapshot_of(case.analysis, case.matrix, case.analyst, SnapshotKind.PRINTED)
        snapshots.keep(case.analysis, kept).apply(case.analysis)
    assert len(encode(case.analysis)) - before < 300_000


def test_a_challenge_goes_its_way_and_never_changes_the_rating(case: Case) -> None:
    ratings = case.matrix.copy_of().sheets
    cell = {"matrix": case.matrix.id, "evidence": case.e(1), "hypothesis": case.h(2)}
    added = challenges.challenge(case.analysis, "Could be staged", "Ann", **cell, value=RatingValue.NEUTRAL)
    do_undo_redo(case.analysis, added, lambda: None)
    (found,) = challenges.on_cell(case.analysis, *cell.values())
    assert (found.text, found.by, found.value) == ("Could be staged", "Ann", RatingValue.NEUTRAL)
    assert challenges.on_record(case.analysis, "evidence", case.e(1)) == []

    def state() -> ChallengeState:
        return case.analysis.challenges[found.id].state

    do_undo_redo(case.analysis, challenges.answer(case.analysis, found.id, "Seen by two", "Bob"), lambda: None)
    assert state() is ChallengeState.ANSWERED
    do_undo_redo(case.analysis, challenges.accept(case.analysis, found.id, "Bob"), lambda: None)
    assert state() is ChallengeState.ACCEPTED
    do_undo_redo(case.analysis, challenges.reopen(case.analysis, found.id), lambda: None)
    assert state() is ChallengeState.OPEN
    assert case.analysis.challenges[found.id].answer == "Seen by two"
    do_undo_redo(case.analysis, challenges.delete(case.analysis, found.id), lambda: None)
    assert not case.analysis.challenges
    assert case.matrix.sheets == ratings


def test_a_challenge_to_an_item_has_no_other_rating(case: Case) -> None:
    challenges.challenge(case.analysis, "Old", "", evidence=case.e(2), value=RatingValue.NEUTRAL).apply(case.analysis)
    (found,) = challenges.on_record(case.analysis, "evidence", case.e(2))
    assert found.value is None
    assert challenges.place_of(case.analysis, found) == "E2"
