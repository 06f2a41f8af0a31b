"""Two analysts at one machine: rate in private, change places, reveal, look at each other's sheets, remark."""

from __future__ import annotations

from pathlib import Path

from helpers.running import Person, Running, SavedAnalysis
from helpers.screen import Screen

CLEAN, DIRTY = r"unrated\.ach\.json – ACH Desk", r"unrated\.ach\.json\* – ACH Desk"


def _run(screen: Screen, words: str) -> None:
    """Run an action from the searchable list."""
    screen.press("ctrl+shift+p")
    screen.wait_for_window("All actions")
    screen.write(words)
    screen.press("Return")


def _become(screen: Screen, program: Running, down: int) -> None:
    _run(screen, "analysts")
    screen.wait_for_window("Analysts")
    program.wait_for_keyboard("New analyst", "text")
    screen.press("Tab", "Home", *["Down"] * down)
    program.click("This is me", "push button")
    screen.press("Escape")
    screen.wait_for_window(DIRTY)


def test_two_rate_in_private_and_talk_afterwards(screen: Screen, person: Person, unrated: Path) -> None:
    program = person.start(unrated)
    saved = SavedAnalysis(unrated)
    screen.wait_for_window(CLEAN)

    # A brings B in, begins a round and rates.
    _run(screen, "analysts")
    screen.wait_for_window("Analysts")
    program.wait_for_keyboard("New analyst", "text")
    screen.write("Berta")
    screen.press("Return", "Escape")
    screen.wait_for_window(DIRTY)
    program.click("Begin a round in private", "push button")
    program.wait_to_hear("“First round” is private", role="label")
    screen.press("F6", "c", "i")
    program.wait_to_hear("E1, H1: consistent", tables=True)

    # B takes the place, sees an empty sheet, rates, and asks to reveal.
    _become(screen, program, 1)
    screen.press("F6", "ctrl+Home")
    program.wait_to_hear("E1, H1: not rated", tables=True)
    screen.press("i", "i")
    program.wait_to_hear("E1, H1: inconsistent", tables=True)
    program.click("Reveal", "push button")
    screen.wait_for_window("^ACH Desk$")
    screen.press("Tab", "Return")
    program.wait_to_hear("“First round” is revealed", role="label")

    # B looks at A's sheet, cannot rate there, and remarks.
    screen.press("F6", "ctrl+alt+n", "ctrl+alt+n")
    program.wait_to_hear("^The ratings of .*, read-only", role="label")
    program.wait_to_hear("E1, H1: consistent", tables=True)
    screen.press("ctrl+Home", "a")
    program.wait_to_hear("E1, H1: consistent", tables=True)
    screen.press("ctrl+Home", "ctrl+alt+r")
    screen.wait_for_window("Remark on E1 / H1")
    screen.write("Why would that be expected?")
    screen.press("ctrl+Return")
    program.wait_to_hear("Remark, open: Why would that be expected", tables=True)

    # Back on the own sheet: resolved, the round closed, the next one private again.
    screen.press("ctrl+alt+m")
    _run(screen, "All remarks")
    program.click("Resolved: Why would that be expected?", "push button")
    program.wait_to_hear("^0 open of 1$", role="label")
    program.click("Close the round", "push button")
    program.click("Begin a round in private", "push button")
    program.wait_to_hear("“Round 2, after discussion” is private", role="label")
    screen.press("ctrl+s")
    screen.wait_for_window(CLEAN)
    content = saved.content
    first, second = content["rounds"]
    assert (first["state"], second.get("state", "private")) == ("closed", "private")
    item, column = content["matrices"][0]["evidence"][0], content["matrices"][0]["hypotheses"][0]
    kept = {analyst: rows[item][column] for analyst, rows in first["sheets"].items()}
    assert sorted(kept.values()) == ["C", "I"]
    assert first["revealed_by"] == content["analysts"][1]["id"]
    (remark,) = content["remarks"]
    assert remark["resolved_by"] == content["analysts"][1]["id"]
