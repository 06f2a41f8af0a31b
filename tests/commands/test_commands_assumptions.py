"""What holds only if an assumption does: set, refused where it closes a ring, undone; made in one step with it."""

from __future__ import annotations

from helpers.analyses import Case, do_undo_redo, small_case

from ach_desk.commands import assumptions, edits
from ach_desk.model import EvidenceKind, RatingValue


def rests_of(case: Case, item: int) -> list[str]:
    return [case.analysis.evidence[entry].label for entry in case.item(item).rests_on]


def cell_rests(case: Case, item: int, hypothesis: int) -> tuple[str, ...]:
    rating = case.matrix.rating(case.analyst, case.e(item), case.h(hypothesis))
    return rating.rests_on if rating else ()


def test_items_rest_on_an_assumption_and_no_longer() -> None:
    case = small_case()
    command = assumptions.rest_items(case.analysis, [case.e(1), case.e(2)], case.e(4))
    do_undo_redo(case.analysis, command, lambda: None)
    assert (rests_of(case, 1), rests_of(case, 2), rests_of(case, 3)) == (["E4"], ["E4"], [])
    assert command.text == "Let E1 and E2 rest on E4"
    assert assumptions.rest_items(case.analysis, [case.e(1)], case.e(4)).is_no_op
    free = assumptions.free_items(case.analysis, [case.e(1)], case.e(4))
    do_undo_redo(case.analysis, free, lambda: None)
    assert (rests_of(case, 1), free.text) == ([], "E1 no longer rests on E4")


def test_a_ring_is_refused() -> None:
    case = small_case()
    for item, on in ((1, 2), (2, 3)):
        assumptions.rest_items(case.analysis, [case.e(item)], case.e(on)).apply(case.analysis)
    assert assumptions.rest_items(case.analysis, [case.e(3)], case.e(1)).is_no_op
    assert assumptions.rest_items(case.analysis, [case.e(3)], case.e(3)).is_no_op
    mixed = assumptions.rest_items(case.analysis, [case.e(3), case.e(4)], case.e(1))
    assert [change.id for change in mixed.changes] == [case.e(4)]


def test_rated_cells_rest_on_an_assumption_and_keep_it_when_they_are_rated_anew() -> None:
    case = small_case(rated=True)
    edits.rate(case.analysis, case.matrix, case.analyst, [(case.e(2), case.h(1))], None).apply(case.analysis)
    place = (case.analysis, case.matrix, case.analyst)
    cells = [(case.e(1), case.h(1)), (case.e(2), case.h(1)), (case.e(4), case.h(1))]
    command = assumptions.rest_cells(*place, cells, case.e(4))
    do_undo_redo(case.analysis, command, lambda: None)
    assert cell_rests(case, 1, 1) == (case.e(4),)
    assert cell_rests(case, 2, 1) == cell_rests(case, 4, 1) == (), "unrated, or of the assumption itself"
    other = RatingValue.CONSISTENT if case.value(1, 1) is not RatingValue.CONSISTENT else RatingValue.INCONSISTENT
    edits.rate(*place, cells[:1], other).apply(case.analysis)
    assert cell_rests(case, 1, 1) == (case.e(4),)
    do_undo_redo(case.analysis, assumptions.free_cells(*place, cells, case.e(4)), lambda: None)
    assert cell_rests(case, 1, 1) == ()


def test_an_emptied_cell_rests_on_nothing() -> None:
    case = small_case(rated=True)
    place, cell = (case.analysis, case.matrix, case.analyst), (case.e(1), case.h(1))
    assumptions.rest_cells(*place, [cell], case.e(4)).apply(case.analysis)
    edits.rate(*place, [cell], None).apply(case.analysis)
    assert case.matrix.rating(case.analyst, *cell) is None


def test_a_new_assumption_is_made_and_rested_on_in_one_step() -> None:
    case = small_case(rated=True)
    command = assumptions.new_for_items(case.analysis, case.matrix, "The lines were not tapped", [case.e(1), case.e(3)])
    do_undo_redo(case.analysis, command, lambda: None)
    assert case.item(5).kind is EvidenceKind.ASSUMPTION
    assert case.labels("evidence")[-1] == "E5"
    assert rests_of(case, 1) == rests_of(case, 3) == ["E5"]
    cells = [(case.e(2), case.h(1)), (case.e(2), case.h(2))]
    place = (case.analysis, case.matrix, case.analyst)
    do_undo_redo(case.analysis, assumptions.new_for_cells(*place, "He meant it", cells), lambda: None)
    assert cell_rests(case, 2, 1) == cell_rests(case, 2, 2) == (case.e(6),)


def test_deleting_an_assumption_frees_what_rested_on_it() -> None:
    case = small_case(rated=True)
    assumptions.rest_items(case.analysis, [case.e(1)], case.e(4)).apply(case.analysis)
    place, cells = (case.analysis, case.matrix, case.analyst), [(case.e(2), case.h(1))]
    assumptions.rest_cells(*place, cells, case.e(4)).apply(case.analysis)
    do_undo_redo(case.analysis, edits.remove(case.analysis, "evidence", [case.e(4)]), lambda: None)
    assert case.item(1).rests_on == ()


def test_items_and_sources_are_suspected_and_no_longer() -> None:
    case = small_case()
    add, source = edits.add_source(case.analysis, "Somebody", [case.e(1)])
    add.apply(case.analysis)
    command = assumptions.suspect(case.analysis, "evidence", [case.e(1), case.e(2)], on=True)
    do_undo_redo(case.analysis, command, lambda: None)
    assert command.text == "Suspect E1 and E2"
    assert case.item(2).suspect
    do_undo_redo(case.analysis, assumptions.suspect(case.analysis, "source", [source], on=True), lambda: None)
    assert case.analysis.sources[source].suspect
    again = assumptions.suspect(case.analysis, "evidence", [case.e(1)], on=False)
    do_undo_redo(case.analysis, again, lambda: None)
    assert not case.item(1).suspect
