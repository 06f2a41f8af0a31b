"""Several matrices: each edit is done, taken back and done again; ratings of what is left out stay in the file."""

from __future__ import annotations

import pytest
from helpers.analyses import do_undo_redo, small_case

from ach_desk.commands import command_from_json, edits, matrices, scenarios, trail
from ach_desk.model import Analysis


def names(analysis: Analysis) -> list[str]:
    return [matrix.name for matrix in analysis.matrices]


@pytest.mark.parametrize("ratings", [True, False])
def test_a_duplicate_stands_behind_its_original_and_shares_nothing_with_it(ratings: bool) -> None:
    case = small_case(rated=True)
    command = matrices.duplicate(case.analysis, case.matrix, "Branch", ratings=ratings)
    do_undo_redo(case.analysis, command, lambda: None)
    branch = case.analysis.matrices[1]
    assert names(case.analysis) == ["Matrix 1", "Branch"]
    assert (branch.evidence, branch.hypotheses) == (case.matrix.evidence, case.matrix.hypotheses)
    assert branch.sheets == (case.matrix.sheets if ratings else {case.analyst: {}})
    before = case.matrix.copy_of()
    edits.rate(case.analysis, branch, case.analyst, [(case.e(1), case.h(1))], None).apply(case.analysis)
    edits.move(branch, "evidence", [case.e(4)], 0).apply(case.analysis)
    assert case.matrix == before


def test_matrices_are_made_moved_and_deleted_and_the_last_one_stays() -> None:
    case = small_case(rated=True)
    analysis = case.analysis
    do_undo_redo(analysis, matrices.add(analysis, "New", case.matrix), lambda: None)
    assert names(analysis) == ["Matrix 1", "New"]
    assert analysis.matrices[1].evidence == []
    do_undo_redo(analysis, matrices.move(analysis, case.matrix, 1), lambda: None)
    assert names(analysis) == ["New", "Matrix 1"]
    scenarios.add(analysis, case.matrix, "S1 was lying").apply(analysis)
    do_undo_redo(analysis, matrices.remove(analysis, case.matrix), lambda: None)
    assert names(analysis) == ["New"]
    assert not analysis.scenarios
    assert matrices.remove(analysis, analysis.matrices[0]).is_no_op


def test_what_is_left_out_keeps_its_ratings_and_comes_back_with_them() -> None:
    case = small_case(rated=True)
    analysis, matrix = case.analysis, case.matrix
    sheets = matrix.copy_of().sheets
    gone = [case.e(1), case.e(3), case.e(4)]
    do_undo_redo(analysis, matrices.leave_out(analysis, matrix, "evidence", gone), lambda: None)
    assert case.labels("evidence") == ["E2"]
    assert matrices.not_in(analysis, matrix, "evidence") == gone
    assert matrix.sheets == sheets
    do_undo_redo(analysis, matrices.take_in(analysis, matrix, "evidence", [case.e(3), case.e(2)]), lambda: None)
    assert case.labels("evidence") == ["E2", "E3"]
    do_undo_redo(analysis, matrices.leave_out(analysis, matrix, "hypothesis", [case.h(2)]), lambda: None)
    assert case.labels("hypothesis") == ["H1", "H3"]
    assert matrix.sheets == sheets


def test_many_items_taken_in_can_be_led_back_from_the_trail() -> None:
    case = small_case(items=100)
    analysis = case.analysis
    matrices.add(analysis, "New", case.matrix).apply(analysis)
    count = len(analysis.trail)
    new = analysis.matrices[1]
    command = matrices.take_in(analysis, new, "evidence", case.matrix.evidence)
    trail.record(analysis, command.apply(analysis), "do", case.analyst, "2024-01-01T00:00:00Z")
    assert len(new.evidence) == 100
    earlier = trail.before_entries(analysis, count)
    assert not earlier.problems
    assert earlier.analysis.matrices[1].evidence == []


def test_the_trail_leads_back_over_matrices_made_and_moved() -> None:
    case = small_case(rated=True)
    analysis, counts = case.analysis, []
    for build in (
        lambda: matrices.duplicate(analysis, case.matrix, "Branch", ratings=True),
        lambda: matrices.move(analysis, case.matrix, 1),
        lambda: matrices.remove(analysis, case.matrix),
    ):
        counts.append((len(analysis.trail), names(analysis)))
        command = build()
        trail.record(analysis, command.apply(analysis), "do", case.analyst, "2024-01-01T00:00:00Z")
    for count, expected in counts:
        earlier = trail.before_entries(analysis, count)
        assert not earlier.problems
        assert names(earlier.analysis) == expected


def test_an_order_that_would_list_a_record_twice_is_refused() -> None:
    case = small_case()
    matrices.leave_out(case.analysis, case.matrix, "evidence", [case.e(1)]).apply(case.analysis)
    first = matrices.take_in(case.analysis, case.matrix, "evidence", [case.e(1)])
    first.apply(case.analysis)
    assert first.apply(case.analysis).skipped
    assert case.labels("evidence") == ["E2", "E3", "E4", "E1"]


def test_the_commands_survive_the_journal() -> None:
    case = small_case(rated=True)
    for command in (
        matrices.duplicate(case.analysis, case.matrix, "Branch", ratings=True),
        matrices.add(case.analysis, "New", case.matrix),
        matrices.leave_out(case.analysis, case.matrix, "evidence", [case.e(1), case.e(3)]),
        scenarios.add(case.analysis, case.matrix, "S1 was lying"),
    ):
        assert command_from_json(command.to_json()) == command
