"""A workshop: items on the projector by keyboard, a rating form from the printer, a clean copy for somebody else."""

from __future__ import annotations

import subprocess
from pathlib import Path

from helpers.running import Person, SavedAnalysis
from helpers.screen import Screen, wait_until

CLEAN = r"june\.ach\.json – ACH Desk"


def test_items_are_shown_one_by_one_and_revealed(screen: Screen, person: Person, june: Path) -> None:
    before = june.read_bytes()
    program = person.start(june)
    screen.wait_for_window(CLEAN)

    screen.press("shift+F11")
    screen.wait_for_window("Projector")
    program.wait_to_hear(r"Item 1 of 20.*H3 Personal grievance: hidden", "Projector", role="label")
    screen.press("space")
    program.wait_to_hear(r"Item 1 of 20.*H3 Personal grievance: CC, certainly", "Projector", role="label")
    screen.press("Right")
    program.wait_to_hear(r"Item 2 of 20.*H3 Personal grievance: hidden", "Projector", role="label")
    screen.press("End", "space")
    program.wait_to_hear(r"Item 20 of 20.*H1 .*: C, ", "Projector", role="label")
    screen.press("Escape")
    screen.wait_for_window(CLEAN)
    screen.press("ctrl+q")
    assert program.ended() == 0
    assert june.read_bytes() == before


def test_a_rating_form_and_a_clean_copy_are_given_away(screen: Screen, person: Person, june: Path) -> None:
    program = person.start(june)
    screen.wait_for_window(CLEAN)

    screen.press("ctrl+p")
    screen.wait_for_window("Print")
    program.wait_to_hear("^Page 1 of ", "Print", role="label")
    program.wait_for_keyboard("One-page report", "combo box")
    screen.write("rating")
    program.wait_to_hear("^A line for name and date$", "Print", role="check box")
    program.wait_to_hear("^Page 1 of 2$", "Print", role="label")  # laid out anew
    form = person.folder / "form.pdf"
    screen.press("alt+d")
    screen.wait_for_window("Export PDF")
    screen.press("ctrl+a")
    screen.write(f"{form}\n")
    wait_until(form.exists, "the rating form")
    text = subprocess.run(["pdftotext", str(form), "-"], capture_output=True, check=True).stdout.decode()
    assert "Would you expect to see it?" in text
    assert "Analyst A" not in text
    screen.wait_for_window("Print")
    screen.press("Escape")
    screen.wait_for_window(r"june\.ach\.json\*? – ACH Desk")

    screen.press("ctrl+shift+p")
    screen.wait_for_window("All actions")
    screen.write("clean copy")
    screen.press("Return")
    screen.wait_for_window("Save a clean copy")
    copy = person.folder / "given.ach.json"
    screen.press("alt+s")
    screen.wait_for_window("Save the clean copy as")
    screen.press("ctrl+a")
    screen.write(f"{copy}\n")
    wait_until(copy.exists, "the clean copy")
    screen.wait_for_window(r"june\.ach\.json\*? – ACH Desk")
    given, own = SavedAnalysis(copy).content, SavedAnalysis(june).content
    assert [analyst["name"] for analyst in given["analysts"]] == ["Analyst 1"]
    assert own["analysts"][0]["name"] not in copy.read_text(encoding="utf-8")
    assert len(given["evidence"]) == 17
    assert "trail" not in given
