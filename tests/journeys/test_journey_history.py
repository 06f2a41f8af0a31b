"""Looking back: changes since a baseline, a value restored from the history, a challenge up to the printed page."""

from __future__ import annotations

import subprocess
from pathlib import Path

from helpers import needs_tool
from helpers.running import Person, Running, SavedAnalysis
from helpers.screen import Screen, wait_until

CLEAN, DIRTY = r"rated\.ach\.json – ACH Desk", r"rated\.ach\.json\* – ACH Desk"


def test_changes_since_a_baseline(screen: Screen, person: Person, rated: Path) -> None:
    program = person.start(rated)
    screen.wait_for_window(CLEAN)
    screen.press("ctrl+shift+b")
    screen.wait_for_window("Freeze a baseline")
    screen.write("Before lunch")
    screen.press("ctrl+Return")
    screen.wait_for_window(DIRTY)
    screen.press("shift+i", "ctrl+shift+g")
    _wait_for_line(program, "E1 under H1: N → II")
    _wait_for_line(program, "H4 is still first.")

    # To the list, past the heading, and to the place of the sentence.
    screen.press("Tab", "Down", "Return")
    program.wait_to_hear("E1, H1: very inconsistent", tables=True)
    screen.press("ctrl+s")
    screen.wait_for_window(CLEAN)
    names = [one["name"] for one in SavedAnalysis(rated).content["snapshots"]]
    assert names[-1] == "Before lunch"


def test_a_value_is_restored_from_the_history(screen: Screen, person: Person, rated: Path) -> None:
    program = person.start(rated)
    screen.wait_for_window(CLEAN)
    saved = SavedAnalysis(rated)
    before, entries = saved.ratings(), len(saved.content["trail"])
    screen.press("shift+i", "ctrl+5")
    _wait_for_line(program, "E1 under H1: N → II")
    screen.press("Return")
    _wait_for_line(program, "E1 under H1: II → N")
    screen.press("ctrl+s")
    screen.wait_for_window(CLEAN)
    assert saved.ratings() == before
    assert len(saved.content["trail"]) == entries + 2

    screen.press("ctrl+Return")
    screen.wait_for_window(r"rated\.ach\.json as of .* – ACH Desk")
    program.wait_to_hear("^State as of ", "as of", role="label")
    program.wait_to_hear("E1, H1: very inconsistent", "as of", tables=True)
    screen.press("c", "alt+F4")
    screen.wait_for_window(CLEAN)


def test_a_challenge_is_made_looked_at_answered_and_printed(screen: Screen, person: Person, rated: Path) -> None:
    needs_tool("pdftotext")
    program = person.start(rated)
    screen.wait_for_window(CLEAN)
    ratings = SavedAnalysis(rated).ratings()
    screen.press("ctrl+shift+k")
    screen.wait_for_window("Challenge E1 / H1")
    screen.write("The quarrel may have been staged")
    screen.press("Tab", "Tab", "Down", "Down", "Down", "ctrl+Return")
    screen.wait_for_window(DIRTY)
    program.wait_to_hear("Challenge, open: The quarrel may have been staged", tables=True)

    program.click("What if wrong?: 1 open point", "push button")
    program.click("A challenge to E1 / H1 is open: The quarrel may have been staged", "push button")
    program.wait_to_hear("^Challenges: 1 open, open$", role="push button")
    program.click("What if it holds?: The quarrel may have been staged", "push button")
    program.wait_to_hear("^If it holds: ", role="label")
    program.click("Answer: The quarrel may have been staged", "push button")
    screen.wait_for_window("Answer the challenge to E1 / H1")
    screen.write("Three people saw it")
    screen.press("ctrl+Return")
    program.wait_to_hear("^Answer: Three people saw it$", role="label")

    screen.press("ctrl+s")
    screen.wait_for_window(CLEAN)
    saved = SavedAnalysis(rated)
    assert saved.content["challenges"][-1]["state"] == "answered"
    assert saved.ratings() == ratings
    screen.press("ctrl+p")
    screen.wait_for_window("Print")
    program.wait_to_hear(r"Page 1 of \d", "Print", role="label")
    screen.press("alt+d")
    screen.wait_for_window("Export PDF")
    screen.press("ctrl+a")
    target = person.folder / "report.pdf"
    screen.write(str(target))
    screen.press("Return")
    program.wait_to_hear("PDF saved as", "Print", role="label")
    assert "Three people saw it" in _text_of(target)
    screen.press("Escape")
    screen.wait_for_window(DIRTY)
    screen.press("ctrl+s")
    screen.wait_for_window(CLEAN)
    assert saved.content["snapshots"][-1]["kind"] == "exported"


def _wait_for_line(program: Running, text: str) -> None:
    """Wait until a line of the list beside the matrix holds the text."""

    def lines() -> list[str]:
        controls = program.screen.controls(program.process.pid, closed=("menu bar", "table"))
        return [control.name for control in controls if control.role == "list item"]

    wait_until(lambda: any(text in line for line in lines()), f"{text!r} in a list")


def _text_of(path: Path) -> str:
    done = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True)
    return " ".join(done.stdout.split())
