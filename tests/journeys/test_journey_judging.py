"""An analyst rewords an item and confirms, splits another, leaves a judgement undecided, and takes all of it back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from helpers.running import Person, Running, SavedAnalysis
from helpers.screen import Screen

CLEAN, DIRTY = r"rated\.ach\.json – ACH Desk", r"rated\.ach\.json\* – ACH Desk"
HALVES = ("The ministry gave the order", "The order had a date")
EDITS = 10


def test_words_parts_and_ranges_are_judged_anew_and_undone(screen: Screen, person: Person, rated: Path) -> None:
    saved = SavedAnalysis(rated)
    before, ratings = _without_trail(saved), saved.ratings()
    program = person.start(rated)
    screen.wait_for_window(CLEAN)
    _reword_and_confirm(screen, program, saved)
    _split_and_confirm(screen, program, saved, ratings[1])
    _leave_undecided(screen, program, saved)
    screen.press(*["ctrl+z"] * EDITS)
    _save(screen)
    assert _without_trail(saved) == before
    assert len(saved.content["trail"]) > 2 * EDITS, "what was taken back stays in the history"


def _reword_and_confirm(screen: Screen, program: Running, saved: SavedAnalysis) -> None:
    screen.press("ctrl+Home", "i", "ctrl+Home", "Return", "End")
    screen.write(" as corrected")
    screen.press("Return")
    program.wait_to_hear("^E1, H1: inconsistent, rated on earlier wording of E1", role="cell", tables=True)
    screen.press("ctrl+Home", "k")
    program.wait_for_silence("^E1, H1: .*earlier", tables=True)
    program.wait_to_hear("^E1, H2: .*rated on earlier wording of E1", role="cell", tables=True)
    _save(screen)
    row = _row(saved, 0)
    assert saved.content["evidence"][0]["wording"] == 2
    assert [rating.get("item_wording", 1) for rating in row] == [2, 1, 1, 1]
    assert row[0]["value"] == "I"


def _split_and_confirm(screen: Screen, program: Running, saved: SavedAnalysis, values: list[str | None]) -> None:
    screen.press("ctrl+Home", "Down", "ctrl+shift+p")
    screen.wait_for_window("All actions")
    screen.write("split the item")
    screen.press("Return")
    screen.wait_for_window("Split E2")
    screen.write(HALVES[0])
    screen.press("Return")
    screen.write(HALVES[1])
    screen.press("ctrl+Return")
    program.wait_to_hear("^E19, H1: suggested: .*; not rated until you confirm it", role="cell", tables=True)
    _save(screen)
    assert saved.titles("evidence")[2:4] == list(HALVES)
    assert saved.ratings()[2:4] == [[None] * 4] * 2, "a suggestion is no rating"
    assert [rating["suggested"] for rating in _row(saved, 3)] == [[value, value] for value in values]
    screen.press("k", "k", "k", "k", "ctrl+shift+p")
    screen.wait_for_window("All actions")
    screen.write("confirm all suggestions")
    screen.press("Return")
    program.wait_for_silence("suggested", tables=True)
    _save(screen)
    assert saved.ratings()[1:4] == [values] * 3
    assert saved.content["evidence"][1]["status_reason"] == "split into E19, E20"


def _leave_undecided(screen: Screen, program: Running, saved: SavedAnalysis) -> None:
    screen.press("ctrl+Home", "r", "i", "n")
    program.wait_to_hear("^E1, H1: undecided between neutral and inconsistent", role="cell", tables=True)
    _save(screen)
    cell = _row(saved, 0)[0]
    assert (cell["value"], cell["range"]) == ("I", ["N", "I"])


def _save(screen: Screen) -> None:
    screen.wait_for_window(DIRTY)
    screen.press("ctrl+s")
    screen.wait_for_window(CLEAN)


def _row(saved: SavedAnalysis, number: int) -> list[dict[str, Any]]:
    matrix = saved.content["matrices"][0]
    cells = matrix["sheets"][0]["ratings"][matrix["evidence"][number]]
    return [cells[entry] for entry in matrix["hypotheses"]]


def _without_trail(saved: SavedAnalysis) -> dict[str, Any]:
    return {key: value for key, value in saved.content.items() if key not in ("trail", "version")}
