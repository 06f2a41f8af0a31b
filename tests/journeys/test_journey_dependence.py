"""Two items are two sides of one event: grouped, bracketed, counted once, weighed otherwise, and taken back."""

from __future__ import annotations

from pathlib import Path

from helpers.running import Person, Running, SavedAnalysis
from helpers.screen import Control, Screen, wait_until

LANE = slice(53, 57)
"""Where, on a full screen, the line of the first bracket is; what else marks a row is further in or out."""

CLEAN, DIRTY = r"rated\.ach\.json – ACH Desk", r"rated\.ach\.json\* – ACH Desk"


def test_items_are_grouped_weighed_and_taken_back(screen: Screen, person: Person, rated: Path) -> None:
    saved = SavedAnalysis(rated)
    program = person.start(rated)
    screen.wait_for_window(CLEAN)
    screen.press("F11")
    wait_until(lambda: not _has_bracket(screen, program), "a matrix without a bracket")
    _group(screen, program)
    program.wait_to_hear("Group 1 “One settlement” with E10: fully redundant", role="row header", tables=True)
    wait_until(lambda: _has_bracket(screen, program), "the bracket beside E9, which is not in the group")
    _weigh(screen, program)
    screen.press("ctrl+s")
    screen.wait_for_window(CLEAN)
    (group,) = saved.content["groups"]
    assert (group["name"], group["strength"], group["cause"]) == ("One settlement", "weakly dependent", "shared cause")
    labels = {entry["id"]: entry["label"] for entry in saved.content["evidence"]}
    assert [labels[entry] for entry in group["items"]] == ["E8", "E10"]
    screen.press("F6", "ctrl+z", "ctrl+z")
    program.wait_for_silence("Group 1", tables=True)
    screen.press("ctrl+s")
    screen.wait_for_window(CLEAN)
    assert not saved.content.get("groups")


def test_what_may_depend_is_grouped_from_the_steps(screen: Screen, person: Person, rated: Path) -> None:
    saved = SavedAnalysis(rated)
    program = person.start(rated)
    screen.wait_for_window(CLEAN)
    program.click("Refine: 2 open points", "push button")
    program.click("E11, E12, E14 and E15 rest on S1 alone. Do they depend on each other?", "push button")
    program.wait_to_hear("^4 items$", role="page tab")
    button = program.wait_to_hear("^Group them: E11, E12", role="push button").name
    program.click(button, "push button")
    screen.wait_for_window(DIRTY)
    program.wait_to_hear("are grouped, strongly dependent: 4 items count as 2", role="status bar")
    program.wait_for_silence("rest on S1 alone")
    screen.press("ctrl+s")
    screen.wait_for_window(CLEAN)
    assert len(saved.content["groups"][0]["items"]) == 4


def _group(screen: Screen, program: Running) -> None:
    screen.click(*_row(program, "E8").centre)
    screen.click(*_row(program, "E10").centre, holding="ctrl")
    screen.press("ctrl+alt+g")
    screen.wait_for_window("Group E8 and E10 as dependent")
    screen.write("One settlement")
    screen.press("Tab", "Tab", "Down", "ctrl+Return")
    screen.wait_for_window(DIRTY)
    program.wait_to_hear("^E8 and E10 are grouped, fully redundant: 2 items count as 1", role="status bar")


def _weigh(screen: Screen, program: Running) -> None:
    """Read in the inspector what the standing would be, then say that the two depend weakly."""
    _run(screen, "inspector", DIRTY)
    program.wait_to_hear("^Counted so, H3 has the least evidence against it, in place of H4.$", role="label")
    program.click("fully redundant", "combo box")
    screen.press("Down", "Down", "Return")
    program.wait_to_hear("adds two thirds of an item. 2 items count as 1.7.$", role="label")


def _row(program: Running, label: str) -> Control:
    def found() -> Control | None:
        controls = program.controls("rated", tables=True, whole=True)
        return next((one for one in controls if one.role == "row header" and one.name.startswith(f"{label}")), None)

    return wait_until(found, f"the row {label}")


def _run(screen: Screen, words: str, window: str) -> None:
    screen.press("ctrl+shift+p")
    screen.wait_for_window("All actions")
    screen.write(words)
    screen.press("Return")
    screen.wait_for_window(window)


def _has_bracket(screen: Screen, program: Running) -> bool:
    """Return whether a line passes the row of E9 at the outer side: dark where without a group nothing is."""
    beside = screen.picture()[_row(program, "E9").centre[1], LANE].astype(int)
    return bool((beside.max(axis=1) < 160).any())
