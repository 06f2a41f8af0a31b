"""The builders on how hypotheses stand to each other: do, look, undo to the byte, do again."""

from __future__ import annotations

import pytest
from helpers.analyses import Case, do_undo_redo, small_case

from ach_desk.commands import edits
from ach_desk.commands import hypotheses as kin
from ach_desk.model import RatingValue
from ach_desk.model.integrity import problems
from ach_desk.model.values import RelationKind


@pytest.fixture
def case() -> Case:
    return small_case(4)


def test_a_new_form_stands_under_its_heading(case: Case) -> None:
    command = kin.add_form(case.analysis, case.matrix, case.h(2), "A variant")
    do_undo_redo(case.analysis, command, lambda: None)
    assert (case.hypothesis(5).title, case.hypothesis(5).parent) == ("A variant", case.h(2))


def test_making_forms_leaves_out_what_cannot_be_one(case: Case) -> None:
    command = kin.set_parent(case.analysis, [case.h(1), case.h(2), case.h(3)], case.h(1))
    assert command.text == "Make H2 and H3 a form of H1"
    do_undo_redo(case.analysis, command, lambda: None)
    assert [case.hypothesis(number).parent for number in (1, 2, 3)] == [None, case.h(1), case.h(1)]
    assert kin.set_parent(case.analysis, [case.h(1)], case.h(2)).is_no_op, "no ring"
    command = kin.set_parent(case.analysis, [case.h(2)], None)
    assert command.text == "Lift H2 out"
    do_undo_redo(case.analysis, command, lambda: None)
    assert case.hypothesis(2).parent is None


def test_a_new_relation_takes_the_place_of_the_old_one_at_either_end(case: Case) -> None:
    do_undo_redo(case.analysis, kin.relate(case.analysis, case.h(1), RelationKind.OVERLAPS, case.h(2)), lambda: None)
    do_undo_redo(case.analysis, kin.relate(case.analysis, case.h(2), RelationKind.SUBSUMES, case.h(1)), lambda: None)
    assert case.hypothesis(1).relations == ()
    assert [(entry.kind, entry.other) for entry in case.hypothesis(2).relations] == [(RelationKind.SUBSUMES, case.h(1))]
    do_undo_redo(case.analysis, kin.unrelate(case.analysis, case.h(1), case.h(2)), lambda: None)
    assert case.hypothesis(2).relations == ()


def test_confirming_suggestions_is_one_step(case: Case) -> None:
    wanted = [((case.e(1), case.h(4)), RatingValue.CONSISTENT), ((case.e(2), case.h(4)), RatingValue.INCONSISTENT)]
    command = kin.confirm_derived(case.analysis, case.matrix, case.analyst, wanted)
    assert command.text == "Confirm 2 suggestions"
    do_undo_redo(case.analysis, command, lambda: None)
    assert (case.value(1, 4), case.value(2, 4)) == (RatingValue.CONSISTENT, RatingValue.INCONSISTENT)


def test_answers_of_the_check_keep_their_order_and_vanish_when_they_say_nothing(case: Case) -> None:
    for key in ("exclusive", "null"):
        do_undo_redo(case.analysis, kin.answer_check(case.analysis, key, "yes"), lambda: None)
    do_undo_redo(case.analysis, kin.answer_check(case.analysis, "exclusive", note="since June"), lambda: None)
    assert [(entry.question, entry.answer, entry.note) for entry in case.analysis.hypothesis_check] == [
        ("exclusive", "yes", "since June"),
        ("null", "yes", ""),
    ]
    do_undo_redo(case.analysis, kin.answer_check(case.analysis, "exclusive", "", ""), lambda: None)
    assert [entry.question for entry in case.analysis.hypothesis_check] == ["null"]


def test_deleting_a_heading_lifts_its_forms_out(case: Case) -> None:
    kin.set_parent(case.analysis, [case.h(2), case.h(3)], case.h(1)).apply(case.analysis)
    kin.relate(case.analysis, case.h(4), RelationKind.SUBSUMES, case.h(1)).apply(case.analysis)
    do_undo_redo(case.analysis, edits.remove(case.analysis, "hypothesis", [case.h(1)]), lambda: None)
    assert [case.hypothesis(number).parent for number in (2, 3)] == [None, None]
    assert not problems(case.analysis)
