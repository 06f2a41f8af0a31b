"""An analyst grades a source, asks what would be without it, retracts it and changes their mind."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from helpers.running import Person, SavedAnalysis
from helpers.screen import Screen, wait_until
from helpers.sourced import cite, rated_case

from ach_desk.storage.codec import encode

CLEAN, DIRTY = r"sourced\.ach\.json – ACH Desk", r"sourced\.ach\.json\* – ACH Desk"
EFFECT = "Without S1, H1 draws level with H2."


@pytest.fixture
def sourced(tmp_path: Path) -> Path:
    """Return a file in which H2 leads by E1 and E2, S1 alone says E2, and S1 and S2 say E1."""
    case = rated_case()
    cite(case, "The barman", 1, 2)
    cite(case, "The harbour log", 1)
    path = tmp_path / "sourced.ach.json"
    path.write_bytes(encode(case.analysis))
    return path


def _source(saved: SavedAnalysis) -> dict[str, Any]:
    return saved.content["sources"][0]


def _item(saved: SavedAnalysis, number: int) -> dict[str, Any]:
    return saved.content["evidence"][number - 1]


def _save(screen: Screen) -> None:
    screen.press("ctrl+s")
    screen.wait_for_window(CLEAN)


def test_a_source_is_graded_distrusted_retracted_and_believed_again(
    screen: Screen, person: Person, sourced: Path
) -> None:
    program = person.start(sourced)
    saved = SavedAnalysis(sourced)
    screen.wait_for_window(CLEAN)
    program.wait_to_hear("H2 has the least evidence against it")

    # Graded: the list, then the grade of the one that is chosen.
    screen.press("ctrl+alt+s")
    program.wait_to_hear(f"^{EFFECT}$")
    program.wait_to_hear("Cited by 2 items:")
    program.click("not graded", "combo box")
    screen.press("D", "Return")
    screen.wait_for_window(DIRTY)
    program.wait_to_hear("Significant doubt about authenticity")
    _save(screen)
    assert _source(saved)["reliability"] == "D"

    # Distrusted: only in a what-if, which is left again.
    program.wait_to_hear("^E2$|Go to E2: Report 2")
    program.click("Go to E2: Report 2", "push button")
    screen.press("F6")
    screen.press("ctrl+shift+p")
    screen.wait_for_window("All actions")
    screen.write("Distrust the sources")
    screen.press("Return")
    screen.wait_for_window(r"What-if: S1 could not be trusted – sourced\.ach\.json\* – ACH Desk")
    screen.press("shift+F4")
    screen.wait_for_window(DIRTY)
    _save(screen)
    assert saved.content["scenarios"][0]["distrusted"] == [_source(saved)["id"]]
    assert "status" not in _item(saved, 2)

    # Retracted: one step that sets E2 aside, marks E1, and says what it changed.
    program.click("Retract", "push button")
    program.wait_to_hear("What rests on S1 alone is set aside: E2. Only marked: E1.")
    screen.write("He was at sea that night.")
    screen.press("ctrl+Return")
    screen.wait_for_window(DIRTY)
    program.wait_to_hear("Retracted on .*: He was at sea that night.")
    program.wait_to_hear(f"^{EFFECT}$")
    _save(screen)
    assert _source(saved)["retracted"]
    assert (_item(saved, 2)["status"], _item(saved, 1).get("status")) == ("set aside", None)
    assert [entry.get("retracted", False) for entry in _item(saved, 1)["citations"]] == [True, False]

    # Undone, by the one key.
    screen.press("F6")
    screen.press("ctrl+z")
    screen.wait_for_window(DIRTY)
    program.wait_for_silence("Retracted on ")
    _save(screen)
    assert "retracted" not in _source(saved)
    assert "status" not in _item(saved, 2)
    wait_until(lambda: all("retracted" not in entry for entry in _item(saved, 1)["citations"]), "no mark is left")
