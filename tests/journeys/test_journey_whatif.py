"""An analyst asks what would change, compares the answers, and takes a second look in a matrix beside the first."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from helpers.running import Person, SavedAnalysis
from helpers.screen import Screen, wait_until

from ach_desk.reporting.palette import LIGHT

CLEAN, DIRTY = r"rated\.ach\.json – ACH Desk", r"rated\.ach\.json\* – ACH Desk"
FIRST, SECOND = "S1 was lying", "E1 was misread"


def _sheets(saved: SavedAnalysis) -> list[Any]:
    return [matrix["sheets"] for matrix in saved.content["matrices"]]


def _in_scenario(name: str) -> str:
    return rf"What-if: {name} – rated\.ach\.json\*? – ACH Desk"


def _band_is_seen(screen: Screen) -> bool:
    """Return whether a stripe in the colour of the band goes across the picture."""
    colour = np.array([int(LIGHT.what_if.fill[start : start + 2], 16) for start in (1, 3, 5)])
    picture = screen.picture().astype(int)
    same = (abs(picture - colour).max(axis=2) <= 2).sum(axis=1)
    return bool((same > 500).sum() >= 8)


def test_two_what_ifs_are_made_compared_and_left_and_no_rating_is_touched(
    screen: Screen, person: Person, rated: Path
) -> None:
    program = person.start(rated)
    saved = SavedAnalysis(rated)
    sheets = _sheets(saved)
    screen.wait_for_window(CLEAN)
    assert not _band_is_seen(screen)

    # The first by keyboard: its name, then a rating key in the matrix.
    screen.press("ctrl+4")
    program.wait_for_keyboard("New: what if …", "text")
    screen.write(FIRST)
    screen.press("Return")
    screen.wait_for_window(_in_scenario(FIRST))
    wait_until(lambda: _band_is_seen(screen), "the band across the matrix")
    screen.press("shift+i")
    program.wait_to_hear("E1, H1: very inconsistent.*in the what-if; as rated: N", tables=True)
    program.wait_to_hear("E1 under H1: II, as rated N")

    # The second with the mouse, from the band of the first: left, typed, and an item set aside.
    program.click("Leave what-if", "push button")
    screen.wait_for_window(DIRTY)
    wait_until(lambda: not _band_is_seen(screen), "no band")
    screen.press("ctrl+4")
    screen.press("ctrl+4")
    program.wait_for_keyboard("New: what if …", "text")
    screen.write(SECOND)
    screen.press("Return")
    screen.wait_for_window(_in_scenario(SECOND))
    screen.press("ctrl+d")
    program.wait_to_hear("does not count")

    # Side by side, in sentences; then the way back by key, and it is in the file.
    program.wait_to_hear(rf"As rated, [^\0]*If {FIRST}, [^\0]*If {SECOND}, ")
    program.click("Copy the comparison", "push button")
    wait_until(lambda: screen.clipboard.startswith("Hypothesis\tAs rated\tRank"), "the comparison on the clipboard")
    assert FIRST in screen.clipboard.splitlines()[0]
    screen.press("F6", "shift+F4")
    screen.wait_for_window(DIRTY)
    screen.press("ctrl+s")
    screen.wait_for_window(CLEAN)
    assert _sheets(saved) == sheets
    *_of_the_seed, first, second = saved.content["scenarios"]
    assert (first["name"], [entry["value"] for entry in first["overrides"]]) == (FIRST, ["II"])
    assert (second["name"], len(second["left_out"])) == (SECOND, 1)


def test_a_second_matrix_is_rated_differently_and_undo_goes_through_both(
    screen: Screen, person: Person, rated: Path
) -> None:
    program = person.start(rated)
    saved = SavedAnalysis(rated)
    (sheet,) = _sheets(saved)
    screen.wait_for_window(CLEAN)
    screen.press("ctrl+shift+p")
    program.wait_for_keyboard("Search actions", "text")
    screen.write("Duplicate the matrix with its")
    screen.press("Return")
    program.wait_for_keyboard("Name of the matrix", "text")
    screen.write("Second look")
    screen.press("Return")
    program.wait_to_hear("Second look", role="page tab")
    screen.wait_for_window(DIRTY)

    screen.press("ctrl+Home", "shift+i")
    program.wait_to_hear("E1, H1: very inconsistent", tables=True)
    program.click("Matrix 1", "page tab")
    program.wait_to_hear("E1, H1: neutral", tables=True)
    screen.press("F6", "ctrl+Home", "c")
    program.wait_to_hear("E1, H1: consistent", tables=True)

    # Undo takes back the edit in the first, then the one in the second, which comes to the front.
    screen.press("ctrl+z")
    program.wait_to_hear("E1, H1: neutral", tables=True)
    screen.press("ctrl+z")
    screen.press("ctrl+shift+z")
    program.wait_to_hear("E1, H1: very inconsistent", tables=True)
    screen.press("ctrl+Prior")
    program.wait_to_hear("E1, H1: neutral", tables=True)
    screen.press("ctrl+s")
    screen.wait_for_window(CLEAN)
    first, second = saved.content["matrices"]
    assert second["name"] == "Second look"
    assert first["sheets"] == sheet
    assert second["evidence"] == first["evidence"]
    differing = [
        (item, hypothesis)
        for item, row in second["sheets"][0]["ratings"].items()
        for hypothesis, rating in row.items()
        if rating.get("value") != first["sheets"][0]["ratings"][item][hypothesis].get("value")
    ]
    assert differing == [(first["evidence"][0], first["hypotheses"][0])]
