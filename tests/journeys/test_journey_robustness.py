"""An analyst asks what the order rests on, looks at it by another method, and changes a number behind it."""

from __future__ import annotations

from pathlib import Path

from helpers.running import Person, SavedAnalysis
from helpers.screen import Screen

CLEAN, DIRTY = r"rated\.ach\.json – ACH Desk", r"rated\.ach\.json\* – ACH Desk"


def test_what_the_order_rests_on_is_read_and_its_numbers_are_changed(
    screen: Screen, person: Person, rated: Path
) -> None:
    saved = SavedAnalysis(rated)
    program = person.start(rated)
    screen.wait_for_window(CLEAN)
    program.wait_to_hear("^Consistency$", role="page tab")
    screen.press("ctrl+6")
    program.wait_to_hear("^By weighted inconsistency and the present ratings H4 leads.$", role="label")
    program.wait_to_hear("^If E8 were left out, H3 would pass H4.$", role="label")
    program.wait_to_hear("Its lead is unresolved. This is not the probability that H4 is true.$", role="label")

    program.click("When ratings slip, folded", "push button")
    program.wait_to_hear("^10,000 trials with seed 1; each share is give or take 1.0 points.$", role="label")
    program.click("Weighted inconsistency", "combo box")
    screen.press("Down", "Down", "Return")
    program.wait_to_hear("^By Bayes and the present ratings H4 leads.$", role="label")
    program.wait_to_hear("^E11, E12, E14 and E15 may depend on each other and are in no group.", role="label")

    screen.press("ctrl+shift+p")
    screen.wait_for_window("All actions")
    screen.write("settings of the methods")
    screen.press("Return")
    screen.wait_for_window("Settings of the methods")
    program.click("Seed of chance", "spin box")
    screen.press("ctrl+a")
    screen.write("7")
    screen.press("Tab")
    program.wait_to_hear("^10,000 trials with seed 7; each share", role="label")
    screen.press("Escape")
    screen.wait_for_window(DIRTY)
    screen.press("ctrl+s")
    screen.wait_for_window(CLEAN)
    assert saved.content["matrices"][0]["method_settings"]["seed"] == 7
    screen.press("ctrl+z", "ctrl+s")
    program.wait_to_hear("^10,000 trials with seed 1; each share", role="label")
    screen.wait_for_window(CLEAN)
    assert "method_settings" not in saved.content["matrices"][0]
