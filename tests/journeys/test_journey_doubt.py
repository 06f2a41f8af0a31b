"""An analyst reads an item as deceptive, sees the standing both ways, and asks what falls with an assumption."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from helpers.running import Person, SavedAnalysis
from helpers.screen import Screen

CLEAN, DIRTY = r"rated\.ach\.json – ACH Desk", r"rated\.ach\.json\* – ACH Desk"


def _items(saved: SavedAnalysis) -> dict[str, dict[str, Any]]:
    return {item["label"]: item for item in saved.content["evidence"]}


def _run(screen: Screen, program: Any, action: str) -> None:
    """Choose an action from the searchable list."""
    screen.press("ctrl+shift+p")
    program.wait_for_keyboard("Search actions", "text")
    screen.write(action)
    screen.press("Return")


def test_an_item_is_read_both_ways_and_what_rests_on_an_assumption_falls(
    screen: Screen, person: Person, rated: Path
) -> None:
    program = person.start(rated)
    saved = SavedAnalysis(rated)
    screen.wait_for_window(CLEAN)

    # The twin comes below, set aside; its rows are rated as those of every item.
    screen.press("ctrl+Home")
    _run(screen, program, "Duplicate as deceptive")
    screen.wait_for_window(DIRTY)
    program.wait_to_hear("E19, Earlier public conflict.*read as deceptive; E1 is the other reading", tables=True)
    screen.press("ctrl+1")
    program.wait_to_hear("^Read as deceptive$")
    program.wait_to_hear("E1 counts, this reading does not")
    screen.press("F6", "Right", "shift+i", "n", "n", "n")
    program.wait_to_hear("E19, H1: very inconsistent", tables=True)
    program.wait_to_hear("E19, H4: neutral", tables=True)

    # Counted in one step, with the standing of both readings before the eyes.
    screen.press("Up")
    program.click("E19", "page tab")
    program.wait_to_hear(r"Read as true \(E1\), .* Read as deceptive \(E19\), ")
    program.wait_to_hear(r"^as deceptive \(E19\)$")
    program.click("Count this reading", "push button")
    program.wait_to_hear("This reading counts, E1 does not")
    program.wait_to_hear("E1, Earlier public conflict.*set aside: the other reading counts", tables=True)

    # E2 holds only if a new assumption does; when that is false it falls, and the ratings stay as they are.
    screen.press("F6", "ctrl+Home", "Down", "Down")
    _run(screen, program, "The item holds only if")
    program.wait_for_keyboard("Add an assumption it rests on", "combo box")
    screen.press("Down")
    screen.press("End", "Return")
    program.wait_for_keyboard("New assumption: Enter adds it", "text")
    screen.write("The order was meant")
    screen.press("Return")
    program.wait_to_hear("^Go to E20$")
    program.click("Go to E20", "push button")
    program.wait_to_hear("If E20 is false, 1 item falls: ")
    program.click("What if this assumption is false?", "push button")
    screen.wait_for_window(r"What-if: E20 is false – rated\.ach\.json\*? – ACH Desk")
    program.wait_to_hear("E2, .*set aside: What-if: E20 is false: rests on E20, which is false here", tables=True)
    screen.press("F6", "shift+F4")
    screen.wait_for_window(DIRTY)
    screen.press("ctrl+s")
    screen.wait_for_window(CLEAN)

    items = _items(saved)
    assert (items["E1"]["twin"], items["E19"]["twin"]) == (items["E19"]["id"], items["E1"]["id"])
    assert (items["E1"]["status"], items["E19"].get("status")) == ("set aside", None)
    assert items["E2"]["rests_on"] == [items["E20"]["id"]]
    assert items["E2"].get("status") is None
    assert saved.content["scenarios"][-1]["assumptions_false"] == [items["E20"]["id"]]
