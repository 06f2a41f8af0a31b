"""The choice of what a report holds is an edit: undone, kept in the file, told in the history."""

from __future__ import annotations

from helpers.analyses import do_undo_redo, small_case

from ach_desk.commands import reports
from ach_desk.model.report_plan import ReportPlan
from ach_desk.storage.codec import decode, encode

PLAN = ReportPlan(preset="short", sections=("answer", "of a later version", "method"))


def test_a_choice_is_made_undone_and_made_again() -> None:
    case = small_case()

    def then() -> None:
        assert case.analysis.report == PLAN

    do_undo_redo(case.analysis, reports.choose(case.analysis, PLAN), then)


def test_the_same_choice_again_changes_nothing() -> None:
    case = small_case()
    reports.choose(case.analysis, PLAN).apply(case.analysis)
    assert reports.choose(case.analysis, PLAN.model_copy()).apply(case.analysis).is_empty


def test_it_survives_the_file_with_sections_that_are_not_known_here() -> None:
    case = small_case()
    reports.choose(case.analysis, PLAN).apply(case.analysis)
    assert decode(encode(case.analysis), "case").analysis.report == PLAN
