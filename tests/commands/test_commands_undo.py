"""Undo touches only what still holds what the command wrote; the rest it leaves and names. And merging, and failing."""

from __future__ import annotations

import pytest
from helpers.analyses import Case, small_case, state_of

from ach_desk.commands import AddRecords, Change, Composite, SetFields, combined, edits, merged
from ach_desk.model import RatingValue
from ach_desk.model.integrity import problems

I, C, N = RatingValue.INCONSISTENT, RatingValue.CONSISTENT, RatingValue.NEUTRAL  # noqa: E741


@pytest.fixture
def case() -> Case:
    return small_case()


def _rate(case: Case, item: int, hypothesis: int, value: RatingValue | None) -> Change:
    cell = (case.e(item), case.h(hypothesis))
    return edits.rate(case.analysis, case.matrix, case.analyst, [cell], value).apply(case.analysis)


def test_undo_leaves_a_cell_that_somebody_else_rated_since(case: Case) -> None:
    cells = [(case.e(1), case.h(1)), (case.e(2), case.h(1))]
    command = edits.rate(case.analysis, case.matrix, case.analyst, cells, I)
    command.apply(case.analysis)
    _rate(case, 2, 1, C)
    change = command.revert(case.analysis)
    assert (case.value(1, 1), case.value(2, 1)) == (None, C)
    assert [cell.evidence for cell in change.cells] == [case.e(1)]
    assert change.skipped == ("The rating of E2 under H1 was changed elsewhere and was left.",)


def test_redo_leaves_a_cell_that_somebody_else_rated_since(case: Case) -> None:
    command = edits.rate(case.analysis, case.matrix, case.analyst, [(case.e(1), case.h(1))], I)
    command.apply(case.analysis)
    command.revert(case.analysis)
    _rate(case, 1, 1, N)
    change = command.apply(case.analysis)
    assert case.value(1, 1) is N
    assert change.is_empty
    assert len(change.skipped) == 1


def test_undo_does_not_rate_an_item_that_somebody_else_deleted(case: Case) -> None:
    _rate(case, 1, 1, I)
    command = edits.rate(case.analysis, case.matrix, case.analyst, [(case.e(1), case.h(1))], None)
    command.apply(case.analysis)
    edits.remove(case.analysis, "evidence", [case.e(1)]).apply(case.analysis)
    change = command.revert(case.analysis)
    assert change.is_empty
    assert change.skipped
    assert not problems(case.analysis)


def test_undo_leaves_a_field_that_somebody_else_changed_since(case: Case) -> None:
    command = edits.set_field(case.analysis, "evidence", [case.e(1), case.e(2)], "title", "New")
    command.apply(case.analysis)
    edits.set_field(case.analysis, "evidence", [case.e(2)], "title", "Theirs").apply(case.analysis)
    change = command.revert(case.analysis)
    assert (case.item(1).title, case.item(2).title) == ("Report 1", "Theirs")
    assert change.skipped == ("E2: the field title was changed elsewhere and was left.",)


def test_undo_leaves_a_field_of_a_record_that_is_gone(case: Case) -> None:
    command = edits.set_field(case.analysis, "evidence", [case.e(1)], "title", "New")
    command.apply(case.analysis)
    edits.remove(case.analysis, "evidence", [case.e(1)]).apply(case.analysis)
    change = command.revert(case.analysis)
    assert change.is_empty
    assert len(change.skipped) == 1


def test_undo_of_adding_leaves_a_record_that_somebody_else_edited_and_redo_does_not_add_it_twice(case: Case) -> None:
    command = edits.add_items(case.analysis, case.matrix, [{"title": "Mine"}, {"title": "Mine too"}])
    command.apply(case.analysis)
    edits.set_field(case.analysis, "evidence", [case.e(5)], "title", "Theirs").apply(case.analysis)
    change = command.revert(case.analysis)
    assert case.labels("evidence") == ["E1", "E2", "E3", "E4", "E5"]
    assert change.skipped == ("E5 was changed elsewhere and was left.",)
    again = command.apply(case.analysis)
    assert case.labels("evidence").count("E5") == 1
    assert case.item(5).title == "Theirs"
    assert "E5 was changed elsewhere and was left." in again.skipped
    assert not problems(case.analysis)


@pytest.mark.parametrize("kind", ["evidence", "hypothesis"])
def test_undo_of_adding_leaves_a_record_that_somebody_else_rated(kind: str, case: Case) -> None:
    add = edits.add_items if kind == "evidence" else edits.add_hypotheses
    command = add(case.analysis, case.matrix, [{"title": "Mine"}])
    command.apply(case.analysis)
    _rate(case, *((5, 1) if kind == "evidence" else (1, 4)), I)
    before = len(list(case.analysis.rating_cells()))
    change = command.revert(case.analysis)
    assert len(change.skipped) == 1
    assert len(list(case.analysis.rating_cells())) == before == 1
    assert len(case.labels(kind)) == len(set(case.labels(kind)))


def test_undo_of_adding_leaves_what_a_combination_or_an_item_refers_to_since(case: Case) -> None:
    hypothesis = edits.add_hypotheses(case.analysis, case.matrix, [{"title": "Part"}])
    hypothesis.apply(case.analysis)
    whole = [{"title": "Whole", "combines": [case.h(1), case.h(4)]}]
    edits.add_hypotheses(case.analysis, case.matrix, whole).apply(case.analysis)
    source, source_id = edits.add_source(case.analysis, "Paper")
    source.apply(case.analysis)
    edits.set_citations(case.analysis, case.e(1), [source_id]).apply(case.analysis)
    assert (
        hypothesis.revert(case.analysis).skipped
        == (
            "analysis: the field next_numbers was changed elsewhere and was left.",
            "H4 was changed elsewhere and was left.",
        )[::-1]
    )
    assert source.revert(case.analysis).skipped == ("S1 was changed elsewhere and was left.",)
    assert not problems(case.analysis)


def test_undo_of_deleting_leaves_a_record_that_somebody_else_brought_back(case: Case) -> None:
    command = edits.remove(case.analysis, "evidence", [case.e(2)])
    command.apply(case.analysis)
    command.revert(case.analysis)
    edits.set_field(case.analysis, "evidence", [case.e(2)], "title", "Theirs").apply(case.analysis)
    change = command.revert(case.analysis)
    assert (change.is_empty, len(change.skipped)) == (True, 1)
    assert case.item(2).title == "Theirs"
    assert case.labels("evidence") == ["E1", "E2", "E3", "E4"]


def test_redo_of_deleting_leaves_a_record_with_a_rating_that_was_not_there(case: Case) -> None:
    command = edits.remove(case.analysis, "evidence", [case.e(2)])
    command.apply(case.analysis)
    command.revert(case.analysis)
    _rate(case, 2, 3, I)
    assert command.apply(case.analysis).skipped == ("E2 was changed elsewhere and was left.",)
    assert case.value(2, 3) is I


def test_undo_of_deleting_leaves_out_ratings_under_a_hypothesis_that_is_gone() -> None:
    case = small_case(rated=True)
    command = edits.remove(case.analysis, "evidence", [case.e(2)])
    command.apply(case.analysis)
    edits.remove(case.analysis, "hypothesis", [case.h(1)]).apply(case.analysis)
    command.revert(case.analysis)
    assert case.value(2, 2) is not None
    assert not problems(case.analysis)


def test_undo_leaves_an_order_that_somebody_else_changed(case: Case) -> None:
    command = edits.move(case.matrix, "evidence", [case.e(4)], 0)
    command.apply(case.analysis)
    edits.move(case.matrix, "evidence", [case.e(1)], 0).apply(case.analysis)
    before = case.labels("evidence")
    change = command.revert(case.analysis)
    assert case.labels("evidence") == before
    assert change == Change(skipped=("The order was changed elsewhere and was left.",))


def test_undo_restores_an_order_although_something_after_it_moved(case: Case) -> None:
    command = edits.move(case.matrix, "evidence", [case.e(2)], 0)
    command.apply(case.analysis)
    edits.move(case.matrix, "evidence", [case.e(4)], 2).apply(case.analysis)
    assert command.revert(case.analysis).skipped == ()
    assert case.labels("evidence") == ["E1", "E2", "E4", "E3"]


def test_a_step_that_fails_half_way_leaves_nothing_of_itself(case: Case) -> None:
    before = state_of(case.analysis)
    rating = edits.rate(case.analysis, case.matrix, case.analyst, [(case.e(1), case.h(1))], I)
    broken = rating.model_copy(update={"matrix": "missing"})
    step = Composite(commands=(rating, broken))
    with pytest.raises(KeyError):
        step.apply(case.analysis)
    assert state_of(case.analysis) == before
    rating.apply(case.analysis)
    with pytest.raises(KeyError):
        Composite(commands=(broken, rating)).revert(case.analysis)
    assert case.value(1, 1) is I


def test_adding_to_a_matrix_that_is_missing_adds_nothing(case: Case) -> None:
    before = state_of(case.analysis)
    command = edits.add_items(case.analysis, case.matrix.model_copy(update={"id": "missing"}), [{"title": "x"}])
    with pytest.raises(KeyError):
        command.apply(case.analysis)
    assert state_of(case.analysis) == before


def test_typing_in_a_field_is_one_step(case: Case) -> None:
    first = edits.set_field(case.analysis, "evidence", [case.e(1)], "title", "R")
    first.apply(case.analysis)
    second = edits.set_field(case.analysis, "evidence", [case.e(1)], "title", "Re")
    second.apply(case.analysis)
    both = merged(first, second)
    assert both is not None
    assert (both.changes[0].old, both.changes[0].new, both.text) == ("Report 1", "Re", "Edit E1")
    both.revert(case.analysis)
    assert case.item(1).title == "Report 1"


def test_typing_back_to_where_it_began_is_no_step(case: Case) -> None:
    first = edits.set_field(case.analysis, "evidence", [case.e(1)], "title", "R")
    first.apply(case.analysis)
    second = edits.set_field(case.analysis, "evidence", [case.e(1)], "title", "Report 1")
    assert merged(first, second).is_no_op


def test_typing_a_reason_is_one_step(case: Case) -> None:
    cell = [(case.e(1), case.h(1))]
    first = edits.annotate(case.matrix, case.analyst, cell, rationale="be")
    first.apply(case.analysis)
    second = edits.annotate(case.matrix, case.analyst, cell, rationale="because")
    second.apply(case.analysis)
    both = merged(first, second)
    assert both.cells[0].old is None
    both.revert(case.analysis)
    assert case.matrix.rating(case.analyst, *cell[0]) is None


def test_other_edits_do_not_merge(case: Case) -> None:
    title = edits.set_field(case.analysis, "evidence", [case.e(1)], "title", "R")
    note = edits.set_field(case.analysis, "evidence", [case.e(1)], "note", "R")
    other = edits.set_field(case.analysis, "evidence", [case.e(2)], "title", "R")
    cell = edits.annotate(case.matrix, case.analyst, [(case.e(1), case.h(1))], rationale="x")
    cell_2 = edits.annotate(case.matrix, case.analyst, [(case.e(2), case.h(1))], rationale="x")
    elsewhere = cell.model_copy(update={"analyst": "somebody"})
    move = edits.move(case.matrix, "evidence", [case.e(1)], 3)
    for first, second in [
        (title, note),
        (title, other),
        (title, cell),
        (cell, cell_2),
        (cell, elsewhere),
        (move, move),
    ]:
        assert merged(first, second) is None


def test_edits_with_somebody_elses_in_between_do_not_merge(case: Case) -> None:
    first = edits.set_field(case.analysis, "evidence", [case.e(1)], "title", "mine")
    first.apply(case.analysis)
    edits.set_field(case.analysis, "evidence", [case.e(1)], "title", "theirs").apply(case.analysis)
    second = edits.set_field(case.analysis, "evidence", [case.e(1)], "title", "mine again")
    assert merged(first, second) is None
    cell = [(case.e(1), case.h(1))]
    third = edits.rate(case.analysis, case.matrix, case.analyst, cell, I)
    third.apply(case.analysis)
    _rate(case, 1, 1, C)
    assert merged(third, edits.rate(case.analysis, case.matrix, case.analyst, cell, N)) is None


def test_combined_drops_what_changes_nothing_and_keeps_a_single_command_as_it_is(case: Case) -> None:
    nothing = edits.move(case.matrix, "evidence", [], 0)
    rating = edits.rate(case.analysis, case.matrix, case.analyst, [(case.e(1), case.h(1))], I)
    assert combined([nothing], "x").is_no_op
    single = combined([nothing, rating], "Only this")
    assert (single.cells, single.text) == (rating.cells, "Only this")
    both = combined([rating, rating], "Both")
    assert isinstance(both, Composite)
    assert both.text == "Both"


def test_a_change_says_what_it_touches(case: Case) -> None:
    change = edits.set_field(case.analysis, "evidence", [case.e(1)], "title", "x").apply(case.analysis)
    assert change.touches("evidence")
    assert change.touches("evidence", "title", "note")
    assert not change.touches("evidence", "note")
    assert not change.touches("hypothesis")
    added = edits.add_hypotheses(case.analysis, case.matrix, [{"title": "x"}]).apply(case.analysis)
    assert added.touches("hypothesis", "title")
    both = change + added
    assert both.touches("evidence")
    assert both.touches("hypothesis")
    assert not both.is_empty
    assert Change(skipped=("left",)).is_empty


def test_commands_cannot_be_changed(case: Case) -> None:
    command = edits.set_field(case.analysis, "evidence", [case.e(1)], "title", "x")
    with pytest.raises(ValueError, match="frozen"):
        command.text = "other"
    assert isinstance(command, SetFields)
    parts = edits.add_items(case.analysis, case.matrix, [{"title": "x"}]).commands
    assert isinstance(parts[1], AddRecords)
