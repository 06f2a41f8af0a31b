"""Copies of items and hypotheses."""

from __future__ import annotations

import pytest
from helpers.analyses import Case, do_undo_redo, small_case

from ach_desk.commands import edits
from ach_desk.commands.duplicates import duplicate
from ach_desk.model import Level
from ach_desk.model.integrity import problems


@pytest.fixture
def case() -> Case:
    case = small_case(rated=True)
    fields = {"detail": "long", "tags": ("a", "b"), "credibility": Level.LOW, "note": "see E2"}
    edits.set_fields(case.analysis, "evidence", case.e(1), fields, "").apply(case.analysis)
    edits.add_source(case.analysis, "Radio", [case.e(1)])[0].apply(case.analysis)
    cell = (case.e(1), case.h(2))
    edits.annotate(case.matrix, case.analyst, [cell], rationale="why", confidence=Level.HIGH).apply(case.analysis)
    return case


@pytest.mark.parametrize("with_ratings", [False, True])
def test_items_are_copied_after_the_last_of_them(case: Case, with_ratings: bool) -> None:
    ids = [case.e(2), case.e(1)]
    command, copies = duplicate(case.analysis, case.matrix, case.analyst, "evidence", ids, with_ratings=with_ratings)

    def check() -> None:
        assert case.labels("evidence") == ["E1", "E2", "E5", "E6", "E3", "E4"]
        assert copies == (case.e(5), case.e(6))
        same = {"id", "label", "entered"}
        assert case.item(5).model_dump(exclude=same) == case.item(1).model_dump(exclude=same)
        assert [case.value(5, n) == case.value(1, n) for n in (1, 2, 3)] == [with_ratings] * 3
        assert [case.value(5, n) is None for n in (1, 2, 3)] == [not with_ratings] * 3
        assert not problems(case.analysis)

    do_undo_redo(case.analysis, command, check)
    assert command.text == "Duplicate E1 and E2"
    if with_ratings:
        copy = case.matrix.rating(case.analyst, case.e(5), case.h(2))
        assert copy is not None
        assert (copy.rationale, copy.confidence) == ("why", Level.HIGH)


def test_a_hypothesis_is_copied_with_its_column(case: Case) -> None:
    edits.set_field(case.analysis, "hypothesis", [case.h(1)], "colour", "#112233").apply(case.analysis)
    command, _copies = duplicate(case.analysis, case.matrix, case.analyst, "hypothesis", [case.h(1)], with_ratings=True)

    def check() -> None:
        assert case.labels("hypothesis") == ["H1", "H4", "H2", "H3"]
        assert [case.value(n, 4) for n in (1, 2, 3, 4)] == [case.value(n, 1) for n in (1, 2, 3, 4)]
        assert (case.hypothesis(4).title, case.hypothesis(4).colour) == ("Explanation 1", None)

    do_undo_redo(case.analysis, command, check)


def test_what_others_judged_is_not_copied(case: Case) -> None:
    case.matrix.sheets["other"] = {case.e(1): dict(case.matrix.sheets[case.analyst][case.e(1)])}
    command, copies = duplicate(case.analysis, case.matrix, case.analyst, "evidence", [case.e(1)], with_ratings=True)
    command.apply(case.analysis)
    assert copies[0] not in case.matrix.sheets["other"]


def test_the_copy_of_a_form_is_a_form_of_the_same_heading(case: Case) -> None:
    edits.set_field(case.analysis, "hypothesis", [case.h(2)], "parent", case.h(1)).apply(case.analysis)
    command, (copy,) = duplicate(
        case.analysis, case.matrix, case.analyst, "hypothesis", [case.h(2)], with_ratings=False
    )
    command.apply(case.analysis)
    assert case.analysis.hypotheses[copy].parent == case.h(1)
    assert not problems(case.analysis)
