"""Two readings of one item: made, linked and unlinked, and one of them counts at a time."""

from __future__ import annotations

import pytest
from helpers.analyses import Case, do_undo_redo, small_case
from hypothesis import given, settings
from hypothesis import strategies as st

from ach_desk.commands import Command, assumptions, duplicates, edits, matrices, readings, restoring, splitting
from ach_desk.model import EvidenceStatus, RatingValue, Reading
from ach_desk.model.integrity import problems
from ach_desk.model.readings import pairs
from ach_desk.scoring import all_findings, assess


def do(case: Case, command: Command) -> None:
    if not command.is_no_op:
        do_undo_redo(case.analysis, command, lambda: None)


def paired(*, rated: bool = True) -> Case:
    """Return four items of which E2 has the deceptive reading E5."""
    case = small_case(rated=rated)
    do(case, readings.duplicate_as_deceptive(case.analysis, case.e(2)).command)
    return case


def counting(case: Case, *numbers: int) -> list[bool]:
    return [case.item(number).is_counted for number in numbers]


def codes(case: Case) -> list[str]:
    assessment = assess(case.analysis, case.matrix, case.analyst)
    return [finding.code for finding in all_findings(case.analysis, case.matrix, case.analyst, assessment)]


def test_the_deceptive_reading_stands_below_with_the_same_texts_unrated_and_set_aside() -> None:
    case = small_case(rated=True)
    edits.set_fields(
        case.analysis, "evidence", case.e(2), {"detail": "by radio", "quotation": "“all is well”", "suspect": True}, ""
    ).apply(case.analysis)
    made = readings.duplicate_as_deceptive(case.analysis, case.e(2))
    do(case, made.command)
    assert made.command.text == "Read E2 as deceptive too, as E5"
    assert case.labels("evidence") == ["E1", "E2", "E5", "E3", "E4"]
    item, twin = case.item(2), case.item(5)
    assert (twin.title, twin.detail, twin.quotation) == (item.title, "by radio", "“all is well”")
    assert (item.twin, twin.twin, item.reading, twin.reading) == (twin.id, item.id, Reading.TRUE, Reading.DECEPTIVE)
    assert (twin.status, twin.status_reason) == (EvidenceStatus.SET_ASIDE, "the other reading counts")
    assert (item.suspect, twin.suspect) == (True, False)
    assert all(case.value(5, column) is None for column in (1, 2, 3))
    assert problems(case.analysis) == []
    with pytest.raises(ValueError, match="two readings already"):
        readings.duplicate_as_deceptive(case.analysis, case.e(2))


def test_the_deceptive_reading_comes_into_every_matrix_that_holds_the_item() -> None:
    case = small_case()
    case.analysis.matrices[0].evidence.remove(case.e(4))
    matrices.duplicate(case.analysis, case.matrix, "Second", ratings=False).apply(case.analysis)
    readings.duplicate_as_deceptive(case.analysis, case.e(1)).command.apply(case.analysis)
    for matrix in case.analysis.matrices:
        assert matrix.evidence[:2] == [case.e(1), case.e(5)]


def test_one_step_switches_which_reading_counts() -> None:
    case = paired()
    command = readings.count(case.analysis, case.e(5))
    do(case, command)
    assert (command.text, counting(case, 2, 5)) == ("Count E5 and not E2", [False, True])
    assert case.item(2).status_reason == "the other reading counts"
    do(case, readings.count(case.analysis, case.e(2)))
    assert counting(case, 2, 5) == [True, False]
    assert readings.count(case.analysis, case.e(2)).is_no_op


def test_two_items_that_are_there_are_linked_and_unlinked() -> None:
    case = small_case(rated=True)
    do(case, readings.link(case.analysis, case.e(1), case.e(3)))
    assert counting(case, 1, 3) == [True, False]
    assert (case.item(1).reading, case.item(3).reading) == (Reading.TRUE, Reading.DECEPTIVE)
    do(case, readings.read(case.analysis, case.e(1), Reading.DECEPTIVE))
    assert (case.item(1).reading, case.item(3).reading) == (Reading.DECEPTIVE, Reading.TRUE)
    do(case, readings.link(case.analysis, case.e(1), case.e(4)))
    assert [case.item(number).twin for number in (1, 3, 4)] == [case.e(4), None, case.e(1)]
    assert case.item(3).status_reason == "was the other reading of an item"
    assert problems(case.analysis) == []
    do(case, readings.unlink(case.analysis, case.e(4)))
    assert [case.item(number).reading for number in (1, 4)] == [None, None]
    assert not case.item(4).is_counted, "what was set aside stays so"


def test_linking_keeps_the_one_that_counts() -> None:
    case = small_case()
    do(case, edits.set_aside(case.analysis, [case.e(1)], "doubtful"))
    do(case, readings.link(case.analysis, case.e(1), case.e(2)))
    assert counting(case, 1, 2) == [False, True]
    assert case.item(1).status_reason == "doubtful"


def test_a_copy_of_a_reading_is_no_reading() -> None:
    case = paired()
    command, (copy,) = duplicates.duplicate(
        case.analysis, case.matrix, case.analyst, "evidence", [case.e(5)], with_ratings=True
    )
    do(case, command)
    assert (case.analysis.evidence[copy].twin, case.analysis.evidence[copy].reading) == (None, None)
    assert problems(case.analysis) == []


@pytest.mark.parametrize("deleted", [2, 5])
def test_a_deleted_reading_that_is_restored_is_one_again(deleted: int) -> None:
    case = paired()
    gone, stays = case.e(deleted), case.e(7 - deleted)
    do(case, edits.remove(case.analysis, "evidence", [gone]))
    assert case.analysis.evidence[stays].twin is None
    assert ("lone_reading" in codes(case)) == (deleted == 2)
    command = restoring.restore_records(case.analysis, "evidence", _trailed(case, gone))
    assert command is not None
    do(case, command)
    assert (case.analysis.evidence[gone].twin, case.analysis.evidence[stays].twin) == (stays, gone)
    assert problems(case.analysis) == []


def _trailed(case: Case, gone: str) -> list:
    """Return what the trail would hold of the deletion of a reading: its record with the link still in it."""
    stays = next(item for item in case.analysis.evidence.values() if item.reading is not None)
    other = Reading.DECEPTIVE if stays.reading is Reading.TRUE else Reading.TRUE
    record = {"id": gone, "label": "E9", "title": "back", "twin": stays.id, "reading": other.value}
    return [{"record": record, "index": 0, "placements": [], "ratings": []}]


def test_restored_items_rest_on_what_is_still_there_alone() -> None:
    case = small_case()
    record = {"id": "back", "label": "E9", "title": "back", "rests_on": [case.e(1), "gone"], "twin": case.e(2)}
    command = restoring.restore_records(
        case.analysis, "evidence", [{"record": record, "index": 0, "placements": [], "ratings": []}]
    )
    assert command is not None
    do(case, command)
    assert case.analysis.evidence["back"].rests_on == (case.e(1),)
    assert case.analysis.evidence["back"].twin is None, "E2 is no reading"
    assert problems(case.analysis) == []


_STEPS = st.lists(
    st.tuples(
        st.sampled_from(["twin", "count", "link", "unlink", "take back", "set aside", "merge", "delete"]),
        st.integers(0, 5),
        st.integers(0, 5),
    ),
    max_size=12,
)


@given(_STEPS)
@settings(max_examples=60, deadline=None)
def test_whatever_is_done_one_reading_counts_or_a_finding_says_that_both_do(steps: list) -> None:
    case = small_case(items=3)
    values = {(case.e(row), case.h(column)): RatingValue.NEUTRAL for row in (1, 2, 3) for column in (1, 2, 3)}
    edits.rate_each(case.analysis, case.matrix, case.analyst, values.items(), "").apply(case.analysis)
    before: set[str] = set()
    for act, one, two in steps:
        _step(case, act, one, two)
        both = [pair for pair in pairs(case.analysis.evidence.values()) if all(item.is_counted for item in pair)]
        assert codes(case).count("both_readings") == len(both)
        now = {item.id for pair in both for item in pair}
        assert now <= before or act == "take back", "nothing else lets both readings count"
        before = now
        assert problems(case.analysis) == []
    for true, _deceptive in [pair for pair in pairs(case.analysis.evidence.values()) if pair[0].id in before]:
        readings.count(case.analysis, true.id).apply(case.analysis)
    assert "both_readings" not in codes(case)


def _step(case: Case, act: str, one: int, two: int) -> None:
    ids = list(case.analysis.evidence)
    if len(ids) < 2 or len(ids) > 7:
        return
    first, second = ids[one % len(ids)], ids[two % len(ids)]
    analysis = case.analysis
    if act == "twin" and analysis.evidence[first].twin is None:
        readings.duplicate_as_deceptive(analysis, first).command.apply(analysis)
    elif act == "count":
        readings.count(analysis, first).apply(analysis)
    elif act == "link" and first != second:
        readings.link(analysis, first, second).apply(analysis)
    elif act == "unlink":
        readings.unlink(analysis, first).apply(analysis)
    elif act == "take back":
        edits.take_back(analysis, [first, second]).apply(analysis)
    elif act == "set aside":
        edits.set_aside(analysis, [first], "doubtful").apply(analysis)
    elif act == "merge" and first != second:
        splitting.merge_items(analysis, [first, second], "Both").command.apply(analysis)
    elif act == "delete":
        edits.remove(analysis, "evidence", [first]).apply(analysis)


def test_one_link_alone_is_not_restored_and_no_ring_is_closed() -> None:
    case = paired()
    assert restoring.restore_field(case.analysis, "evidence", case.e(2), "twin", None) is None
    assumptions.rest_items(case.analysis, [case.e(3)], case.e(1)).apply(case.analysis)
    wanted = [case.e(3), case.e(4), "gone"]
    command = restoring.restore_field(case.analysis, "evidence", case.e(1), "rests_on", wanted)
    assert command is not None
    do(case, command)
    assert case.item(1).rests_on == (case.e(4),)
