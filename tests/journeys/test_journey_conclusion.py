"""A conclusion written with the keyboard: told that it cannot add up, mended, printed; and what came of it."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from helpers.running import Person, Running, SavedAnalysis
from helpers.screen import Screen, wait_until
from helpers.tools import needs_tool

CLEAN, DIRTY = r"rated\.ach\.json – ACH Desk", r"rated\.ach\.json\* – ACH Desk"
ANSWER = "The march was a bid to keep Wagner in one hand."
REASON = "It has least to explain away."


@pytest.fixture
def open_case(rated: Path) -> Path:
    """Return the rated case without a conclusion and without an outcome."""
    content = json.loads(rated.read_text("utf-8"))
    for name in ("conclusions", "outcomes"):
        content.pop(name, None)
    rated.write_text(json.dumps(content), "utf-8")
    return rated


def test_a_conclusion_is_written_mended_and_printed(screen: Screen, person: Person, open_case: Path) -> None:
    needs_tool("pdftotext")
    program = person.start(open_case)
    saved = SavedAnalysis(open_case)
    screen.wait_for_window(CLEAN)

    # The words are asked once; the page behind the answer is empty.
    screen.press("ctrl+8")
    wait_until(lambda: _has_keyboard(program, "ICD 203 (United States)"), "the keyboard on the first scale")
    screen.press("space")
    program.wait_for_keyboard("The answer in one sentence", "text")
    screen.write(ANSWER)

    # Every hypothesis, by Tab: the word is passed, numbers and reason are typed.
    screen.press("Tab", "Tab", "Tab")
    for label, numbers in (("H1", "5-10"), ("H2", "5-10"), ("H3", "20-40"), ("H4", "10-20")):
        program.wait_for_keyboard("no word", "combo box")
        screen.press("Tab")
        program.wait_for_keyboard(f"{label}, in per cent", "text")
        screen.write(numbers)
        screen.press("Tab")
        program.wait_for_keyboard(f"{label}, reason", "text")
        screen.write(REASON)
        screen.press("Tab")
    program.wait_for_keyboard("not said", "combo box")
    screen.press("Down")
    program.wait_to_hear("^Even at their highest these reach only 80 %: what is the rest")

    # Mended: back by Shift+Tab to the numbers of H4.
    screen.press("shift+Tab", "shift+Tab")
    program.wait_for_keyboard("H4, in per cent", "text")
    screen.press("ctrl+a")
    screen.write("20-40")
    screen.press("Tab")
    program.wait_for_silence("^Even at their highest")

    screen.press("ctrl+s")
    screen.wait_for_window(CLEAN)
    (conclusion,) = saved.content["conclusions"]
    assert (conclusion["answer"], conclusion["exclusive"]) == (ANSWER, True)
    assert [(one["word"], one["low"], one["high"]) for one in conclusion["likelihoods"]] == [
        ("very unlikely", 5.0, 10.0),
        ("very unlikely", 5.0, 10.0),
        ("unlikely", 20.0, 40.0),
        ("unlikely", 20.0, 40.0),
    ]

    text = _printed(screen, program, person.folder / "report.pdf")
    parts = (ANSWER, "very unlikely (5–10 %)", "unlikely (20–40 %)", "least evidence against")
    places = [text.index(part) for part in parts]
    assert places == sorted(places)
    assert text.count(REASON) == 4


def test_what_came_is_held_against_it(screen: Screen, person: Person, open_case: Path) -> None:
    program = person.start(open_case)
    saved = SavedAnalysis(open_case)
    screen.wait_for_window(CLEAN)
    screen.press("ctrl+9")
    program.wait_for_keyboard("Enter what turned out", "push button")
    screen.press("space")
    program.wait_for_keyboard("What turned out to be so", "text")
    screen.write("Made up for a test")
    screen.press("Tab", "space")
    program.wait_to_hear("^No likelihoods were stated that it could be held against")
    program.wait_to_hear(r"spoke against H1 \(I")
    screen.press("ctrl+s")
    screen.wait_for_window(CLEAN)
    (outcome,) = saved.content["outcomes"]
    assert outcome["true"] == [saved.content["matrices"][0]["hypotheses"][0]]


def _has_keyboard(program: Running, start: str) -> bool:
    return any(one.name.startswith(start) and "focused" in one.states for one in program.controls())


def _printed(screen: Screen, program: Running, path: Path) -> str:
    screen.press("ctrl+p")
    screen.wait_for_window("Print")
    program.wait_to_hear("^Page 1 of 1$", "Print", role="label")
    program.wait_for_keyboard("One-page report", "combo box")
    screen.write("whole")
    program.wait_to_hear("^Page 1 of ([2-9]|1[0-9])$", "Print", role="label")
    screen.press("alt+d")
    screen.wait_for_window("Export PDF")
    screen.press("ctrl+a")
    screen.write(str(path))
    screen.press("Return")
    program.wait_to_hear("PDF saved as", "Print", role="label")
    done = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True)
    return " ".join(done.stdout.split())
