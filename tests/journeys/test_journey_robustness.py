"""An analyst asks what the order rests on, looks at it by another method, and changes a number behind it.

A beginner asks it of a new analysis while rating.
"""

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

    program.click("Weighted inconsistency", "combo box")
    screen.press("Down", "Down", "Return")
    program.wait_to_hear("^By Bayes and the present ratings H4 leads.$", role="label")
    program.wait_to_hear("^E11, E12, E14 and E15 may depend on each other and are in no group.", role="label")
    program.wait_for_silence("^The trials are running")  # nothing moves any more
    program.click("When ratings slip, folded", "push button")
    program.wait_to_hear("^10,000 trials with seed 1; each share is give or take 1.0 points.$", role="label")

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


def test_a_beginner_is_told_what_is_missing_and_whom_the_matrix_puts_first(
    screen: Screen, person: Person, tmp_path: Path
) -> None:
    program = person.start()
    screen.wait_for_window("ACH Desk")
    program.wait_to_hear("New …", role="push button")
    screen.press("ctrl+n")
    screen.wait_for_window("New analysis")
    screen.write("Who knew the price?")
    screen.press("Tab")
    screen.write("A leak\nCollusion")
    screen.press("Tab")
    screen.write("The tender closed early\nTwo bidders knew it\nA clerk resigned")
    screen.press("ctrl+Return")
    screen.wait_for_window(r"Who knew the price\?\* – ACH Desk")
    program.wait_to_hear("Standing appears when all items are rated")
    screen.press("i", "n", "shift+c", "n", "shift+c")
    program.wait_to_hear("1 cell unrated", role="label")
    program.click("Show now", "push button")
    screen.press("ctrl+6")
    program.wait_to_hear(
        "^By Bayes with sources and groups, on the present ratings, H1 leads. The ranking", role="label"
    )
    program.wait_to_hear("Left out: E3 \\(not rated under H2\\).$", role="label")
    program.wait_to_hear("^Asks how likely each item would be under each hypothesis;", role="label")

    screen.press("Escape", "n")
    program.wait_to_hear("All cells judged", role="label")
    program.wait_for_silence("Left out: E3")
    program.wait_to_hear("weighted inconsistency\\): there H2 is first.$", role="label")
    screen.press("ctrl+s")
    screen.wait_for_window("Save as")
    screen.write(str(tmp_path / "price.ach.json"))
    screen.press("Return")
    screen.wait_for_window(r"price\.ach\.json – ACH Desk")
    assert SavedAnalysis(tmp_path / "price.ach.json").content["matrices"][0]["method_settings"] == {
        "method": "bayes_sources"
    }


def test_who_keeps_the_method_of_an_older_file_is_not_told_again(screen: Screen, person: Person, rated: Path) -> None:
    before = rated.read_bytes()
    program = person.start(rated)
    screen.wait_for_window(CLEAN)
    screen.press("ctrl+6")
    program.wait_to_hear("^This matrix goes by weighted inconsistency. New analyses go by Bayes with", role="label")
    program.click("Leave this matrix as it is, and do not say this again", "push button")
    program.wait_for_silence("^This matrix goes by weighted inconsistency")
    screen.wait_for_window(CLEAN)
    person.end()
    program = person.start(rated)
    screen.wait_for_window(CLEAN)
    screen.press("ctrl+6")
    program.wait_to_hear("^If E8 were left out, H3 would pass H4.$", role="label")
    program.wait_for_silence("^This matrix goes by weighted inconsistency")
    assert rated.read_bytes() == before
