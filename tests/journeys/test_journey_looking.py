"""Looking at the same analysis in other ways: without scores, the other way round, found, dark; and the manual."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from helpers.running import Person, Running
from helpers.screen import Screen, wait_until

RATED = r"rated\.ach\.json – ACH Desk"


def test_scores_transposing_finding_and_the_list_of_actions(screen: Screen, person: Person, rated: Path) -> None:
    program = person.start(rated)
    screen.wait_for_window(RATED)
    assert all("weighted inconsistency" in header for header in _headers(program, "column"))

    screen.press("F9")
    program.wait_to_hear("Scores hidden", role="label")
    assert not any("inconsistency" in header for header in _headers(program, "column"))
    program.wait_to_hear("Charts appear together with the scores", role="label")
    screen.press("F9")
    program.wait_to_hear("least evidence against it", role="label")

    screen.press("ctrl+t")
    program.wait_to_hear("^H4, Grievance", role="row header", tables=True)
    assert _headers(program, "column")[0].startswith("E1, Earlier public conflict")
    screen.press("ctrl+t")
    program.wait_to_hear("^H4, Grievance", role="column header", tables=True)

    screen.press("ctrl+f")
    screen.write("spares him")
    program.wait_to_hear("^1 of 1$", role="label")
    screen.press("Escape")
    program.wait_for_silence("^1 of 1$")
    screen.press("Right", "F2")  # from the item found to its first cell, and to the reason in it
    program.wait_to_hear("^E10 under H1$", role="label")
    program.wait_for_keyboard("Rationale", "text")

    screen.press("ctrl+shift+p")
    screen.wait_for_window("All actions")
    screen.write("heat")
    screen.press("Return")
    screen.wait_for_window(RATED)
    program.wait_to_hear("^How each of 18 items fits", role="label")

    screen.press("F1")
    screen.wait_for_window("Manual – ACH Desk")
    program.wait_to_hear("Chapters", "Manual", role="list")
    screen.press("alt+F4")
    screen.wait_for_window(RATED)


def test_dark_and_light_at_once_in_every_window(screen: Screen, person: Person, rated: Path, unrated: Path) -> None:
    program = person.start(rated, unrated)
    screen.wait_for_window(r"unrated\.ach\.json – ACH Desk")
    screen.press("ctrl+shift+p")
    screen.wait_for_window("All actions")
    screen.write("settings")
    screen.press("Return")
    screen.wait_for_window("Settings")
    program.click("as the desktop", "combo box")
    screen.press("End", "Return")
    wait_until(lambda: _brightness(screen) < 90, "a dark desktop")
    screen.press("Escape")
    screen.wait_for_window(r"unrated\.ach\.json – ACH Desk")
    screen.press("alt+F4")
    screen.wait_for_window(RATED)
    wait_until(lambda: _brightness(screen) < 90, "the other window in dark")


def _brightness(screen: Screen) -> float:
    """Return the median brightness of the screen, 0 to 255."""
    return float(np.median(screen.picture()))


def _headers(program: Running, kind: str) -> list[str]:
    return [one.name for one in program.controls("rated", tables=True) if one.role == f"{kind} header"]
