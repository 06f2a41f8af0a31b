"""Somebody who comes from a spreadsheet: a matrix pasted, filled, undone, worded anew, saved; rows moved by mouse."""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers.running import Person, Running, SavedAnalysis
from helpers.screen import Control, Screen, wait_until

from ach_desk.model import new_analysis
from ach_desk.storage.codec import encode

CLEAN, DIRTY = r"empty\.ach\.json – ACH Desk", r"empty\.ach\.json\* – ACH Desk"

# As LibreOffice Calc puts it on the clipboard.
TABLE = """<!DOCTYPE html>
<html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"/><title></title>
<meta name="generator" content="LibreOffice 7.6.7.2 (Linux)"/>
<style type="text/css">body,div,table,td { font-family:"Liberation Sans"; font-size:x-small }</style></head>
<body><table cellspacing="0" border="0"><colgroup span="4" width="85"></colgroup>
<tr><td align="left">Evidence</td><td align="left">Source</td><td align="left">A bluff</td><td>A coup</td></tr>
<tr><td align="left">A column turned back</td><td>Radio</td><td>++</td><td>N/A</td></tr>
<tr><td align="left">The column&nbsp;was<br>paid</td><td></td><td><br></td><td align="left">ii</td></tr>
<tr><td align="left">Nobody was dismissed</td><td>Radio</td><td align="right"
sdval="0" sdnum="1033;">0</td><td></td></tr>
</table></body></html>"""


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """Return the file of an analysis with nothing but a question."""
    path = tmp_path / "empty.ach.json"
    path.write_bytes(encode(new_analysis("What happened?")))
    return path


def test_a_matrix_from_a_spreadsheet(screen: Screen, person: Person, empty: Path) -> None:
    program = person.start(empty)
    saved = SavedAnalysis(empty)
    screen.wait_for_window(CLEAN)
    screen.copy(TABLE, "text/html")
    screen.press("ctrl+v")
    screen.wait_for_window(DIRTY)
    program.wait_to_hear("4 of 6 cells rated")

    # The keyboard is on the first cell: its rating goes down the column, then both steps are taken back.
    screen.press("shift+Down", "shift+Down", "ctrl+j")
    program.wait_to_hear("5 of 6 cells rated")
    screen.press("ctrl+z", "ctrl+z")
    screen.wait_for_window(CLEAN)
    screen.press("ctrl+shift+z", "ctrl+shift+z")
    screen.wait_for_window(DIRTY)

    screen.press("ctrl+h")
    screen.write("column")
    program.wait_to_hear("2 places", role="label")
    screen.press("Tab")
    screen.write("convoy")
    screen.press("ctrl+Return")
    program.wait_to_hear("not found", role="label")
    screen.press("Escape", "ctrl+s")
    screen.wait_for_window(CLEAN)

    assert saved.titles("hypotheses") == ["A bluff", "A coup"]
    assert saved.titles("evidence") == ["A convoy turned back", "The convoy was\npaid", "Nobody was dismissed"]
    assert saved.ratings() == [["CC", "N/A"], ["CC", "II"], ["CC", None]]
    assert [source["name"] for source in saved.content["sources"]] == ["Radio"]


def test_rows_are_selected_and_moved_with_the_mouse(screen: Screen, person: Person, rated: Path) -> None:
    program = person.start(rated)
    saved = SavedAnalysis(rated)
    before = saved.titles("evidence")
    screen.wait_for_window(r"rated\.ach\.json – ACH Desk")
    rows = _row_headers(program)
    screen.click(*rows[1])
    screen.click(*rows[2], holding="shift")
    screen.click(*rows[4], holding="ctrl")
    program.wait_to_hear("3 items", role="page tab")
    height = rows[1][1] - rows[0][1]
    screen.drag(rows[2], (rows[0][0], rows[0][1] - height // 3))
    screen.wait_for_window(r"rated\.ach\.json\* – ACH Desk")
    screen.press("ctrl+s")
    screen.wait_for_window(r"rated\.ach\.json – ACH Desk")
    moved = [before[number] for number in (1, 2, 4)]
    assert saved.titles("evidence") == [*moved, *(title for title in before if title not in moved)]


def test_a_block_is_selected_with_the_mouse_and_filled(screen: Screen, person: Person, rated: Path) -> None:
    program = person.start(rated)
    saved = SavedAnalysis(rated)
    before = saved.ratings()
    screen.wait_for_window(r"rated\.ach\.json – ACH Desk")
    screen.drag(_cell(program, 1, 1), _cell(program, 2, 2))
    program.wait_to_hear("4 cells selected")
    screen.press("ctrl+l")
    screen.click(*_cell(program, 3, 1))
    screen.click(*_cell(program, 4, 2), holding="shift")
    program.wait_to_hear("4 cells selected")
    screen.click(*_cell(program, 1, 1), holding="ctrl")
    program.wait_to_hear("5 cells selected")
    screen.press("n", "ctrl+s")
    screen.wait_for_window(r"rated\.ach\.json – ACH Desk")
    after = saved.ratings()
    assert [row[:2] for row in after[:4]] == [["N", before[0][0]], [before[1][0]] * 2, ["N", "N"], ["N", "N"]]
    assert after[4:] == before[4:]


def _row_headers(program: Running) -> list[tuple[int, int]]:
    return [control.centre for control in _in_table(program, "row header")]


def _cell(program: Running, row: int, column: int) -> tuple[int, int]:
    """Return where a cell is, rows and columns counted from 1."""
    across = _in_table(program, "column header")[column - 1].centre[0]
    return across, _row_headers(program)[row - 1][1]


def _in_table(program: Running, role: str) -> list[Control]:
    def listen() -> list[Control]:
        return [one for one in program.controls(tables=True, whole=True) if one.role == role]

    return wait_until(listen, f"the {role}s of the matrix")
