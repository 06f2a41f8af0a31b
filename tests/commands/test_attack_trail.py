"""Trails made to do harm: nothing in one raises, replaces the analysis, or keeps its reader waiting."""

from __future__ import annotations

from typing import Any

import pytest
from helpers.analyses import Case, small_case

from ach_desk.commands import command_from_json, edits, matrices, trail
from ach_desk.commands.trail_words import TrailWords, rows_of
from ach_desk.model import TrailEntry
from ach_desk.ui.history_panel.restore import restoring

TIME = "2023-06-24T17:30:00Z"
JUNK: list[Any] = [
    *(None, 0, -1, 1.5, True, "", "x", [], {}, [[]], [None], [{}], [1, 2, 3, 4], {"id": "e1"}, 10**15),
    [{"record": {}}],
    [{"record": {"id": "e9", "label": ["x"]}, "index": 0}],
    [{"record": {"id": "e9", "label": 5, "title": {"a": 1}}, "index": "x"}],
    [{"record": {"id": "e9", "evidence": ["x"], "hypothesis": {"a": 1}}}],
    [["e1", "h1"]],
    [["e1", "h1", {"value": [1]}, {"value": "ZZ"}]],
    [["e1", "h1", "@@", "C@x@y"]],
    [["e1", "h1", {"rationale": 5}, {"confidence": []}]],
]
KINDS = ("evidence", "hypothesis", "challenge", "matrix", "analysis", "nothing", "", 5, None, [])


def with_trail(*bodies: list[Any]) -> Case:
    case = small_case(2, 2, rated=True)
    case.analysis.trail += [
        TrailEntry(f"t{number}", TIME, case.analyst, "do", what, body) for number, (what, *body) in enumerate(bodies)
    ]
    return case


@pytest.mark.parametrize("what", ["rate", "set", "add", "remove", "order", "unheard of"])
def test_entries_of_every_wrong_shape_are_told_led_back_and_restored_without_harm(what: str) -> None:
    shapes = [([junk], ["e1", junk], ["e1", "title", junk], [junk] * 3, ["e1", "title", junk, junk]) for junk in JUNK]
    case = with_trail(*([what, kind, *rest] for kind in KINDS for shape in shapes for rest in shape))
    analysis, words = case.analysis, TrailWords(case.analysis)
    for row in rows_of(analysis, analysis.trail):
        assert words.sentence(row)
        row.concerns("e1", "h1")
        for before in (True, False):
            command = restoring(analysis, row, before=before)
            if command is not None:
                trail.run(analysis.snapshot(), command, "do", case.analyst)
    earlier = trail.before_entries(analysis, 0)
    assert earlier.analysis.matrices
    assert earlier.problems


@pytest.mark.parametrize("field", ["matrices", "hypotheses", "evidence", "analysts", "trail", "challenges", "id"])
def test_no_entry_replaces_all_there_is_at_once(field: str) -> None:
    case = small_case(2, 2, rated=True)
    present = getattr(case.analysis, field)
    case.analysis.trail.append(
        TrailEntry(
            "t", TIME, case.analyst, "do", "set", ["analysis", case.analysis.id, field, type(present)(), present]
        )
    )
    (row,) = rows_of(case.analysis, case.analysis.trail)
    assert restoring(case.analysis, row, before=True) is None
    earlier = trail.before_entries(case.analysis, 0)
    assert len(earlier.problems) == 1
    assert earlier.analysis.matrices == case.analysis.matrices


def test_the_history_of_a_cell_goes_on_after_its_matrix_was_deleted() -> None:
    case = small_case(2, 2, rated=True)
    analysis = case.analysis
    copy = matrices.duplicate(analysis, case.matrix, "Branch", ratings=True)
    trail.run(analysis, copy, "do", case.analyst)
    branch = analysis.matrices[1]
    noted = edits.annotate(branch, case.analyst, [(case.e(1), case.h(1))], rationale="why")
    trail.run(analysis, noted, "do", case.analyst)
    before, after = (
        case.matrix.rating(case.analyst, case.e(1), case.h(1)),
        branch.rating(case.analyst, case.e(1), case.h(1)),
    )
    trail.run(analysis, matrices.remove(analysis, branch), "do", case.analyst)
    rows = rows_of(analysis, analysis.trail)
    (found,) = [row for row in rows if row.concerns(case.e(1), case.h(1))]
    assert (found.before, found.after) == (before, after)


def test_no_journal_replaces_the_sheets_of_a_matrix() -> None:
    change = ["matrix", "m1", "sheets", {}, {}]
    with pytest.raises(ValueError, match="no field"):
        command_from_json({"type": "set_fields", "changes": [change]})


def test_a_trail_that_says_the_last_matrix_was_added_leaves_it() -> None:
    case = with_trail()
    matrix = case.matrix
    body = ["matrix", [{"record": {"id": matrix.id, "name": matrix.name}, "index": 0}]]
    case.analysis.trail.append(TrailEntry("t", TIME, case.analyst, "do", "add", body))
    earlier = trail.before_entries(case.analysis, 0)
    assert [entry.id for entry in earlier.analysis.matrices] == [matrix.id]
    assert len(earlier.problems) == 1
