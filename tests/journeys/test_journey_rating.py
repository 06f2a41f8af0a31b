"""An analyst opens the June 2023 case, rates by keyboard, changes their mind, pastes, copies, saves."""

from __future__ import annotations

from pathlib import Path

from helpers.running import Person, SavedAnalysis
from helpers.screen import Screen, wait_until

CLEAN, DIRTY = r"rated\.ach\.json – ACH Desk", r"rated\.ach\.json\* – ACH Desk"
LINES = "A convoy turned back\nThe radio was silent\nNobody was dismissed"


def test_typed_and_pasted_ratings_are_in_the_file(screen: Screen, person: Person, rated: Path) -> None:
    person.start(rated)
    saved = SavedAnalysis(rated)
    before = saved.ratings()
    screen.wait_for_window(CLEAN)

    # One key a cell, and the cursor goes on by itself: E1 whole, and two cells of E2.
    screen.press("i", "shift+i", "c", "shift+c", "a", "Delete")
    screen.press("ctrl+z", "ctrl+z", "ctrl+shift+z")
    screen.wait_for_window(DIRTY)
    assert saved.ratings() == before, "nothing is in the file before it is saved"
    screen.press("ctrl+s")
    screen.wait_for_window(CLEAN)
    assert saved.ratings() == [["I", "II", "C", "CC"], ["N/A", *before[1][1:]], *before[2:]]

    _copy_and_paste_blocks(screen, saved)
    _paste_lines(screen, saved)


def _copy_and_paste_blocks(screen: Screen, saved: SavedAnalysis) -> None:
    after_e2 = saved.ratings()[2:]
    screen.press("ctrl+Home", "shift+Right", "shift+Down", "ctrl+c")
    wait_until(lambda: screen.clipboard == "I\tII\nN/A\tI", f"the block on the clipboard, not {screen.clipboard!r}")
    screen.copy("n\tNA\r\nii\t\r\n")
    screen.press("ctrl+v")
    screen.wait_for_window(DIRTY)
    screen.press("ctrl+s")
    screen.wait_for_window(CLEAN)
    assert saved.ratings()[:2] == [["N", "N/A", "C", "CC"], ["II", None, "C", "C"]]
    assert saved.ratings()[2:] == after_e2


def _paste_lines(screen: Screen, saved: SavedAnalysis) -> None:
    titles = saved.titles("evidence")
    screen.copy(LINES)
    screen.press("ctrl+v")
    screen.wait_for_window(DIRTY)
    screen.press("ctrl+z")
    screen.wait_for_window(CLEAN)  # one step took all three back
    screen.press("ctrl+shift+z", "ctrl+s")
    wait_until(lambda: saved.titles("evidence") == [*titles, *LINES.splitlines()], "the lines as items in the file")
    screen.wait_for_window(CLEAN)


def test_a_letter_in_an_open_menu_picks_an_entry_and_rates_nothing(screen: Screen, person: Person, rated: Path) -> None:
    person.start(rated)
    saved = SavedAnalysis(rated)
    before = saved.ratings()
    screen.wait_for_window(CLEAN)
    screen.press("alt+v", "i", "F6", "ctrl+End", "shift+i")
    screen.wait_for_window(DIRTY)
    screen.press("ctrl+s")
    screen.wait_for_window(CLEAN)
    assert saved.ratings() == [*before[:-1], [*before[-1][:-1], "II"]]
