"""A report is composed with the keyboard, saved as a web page, and found again as it was composed."""

from __future__ import annotations

from pathlib import Path

from helpers.running import Person, SavedAnalysis
from helpers.screen import Screen, wait_until

CLEAN, DIRTY = r"june\.ach\.json – ACH Desk", r"june\.ach\.json\* – ACH Desk"


def test_a_report_is_composed_saved_and_found_again(screen: Screen, person: Person, june: Path) -> None:
    program = person.start(june)
    saved = SavedAnalysis(june)
    screen.wait_for_window(CLEAN)

    screen.press("ctrl+shift+o")
    screen.wait_for_window("Report")
    program.wait_for_keyboard("One page", "combo box")
    screen.press("End", "Up")
    program.wait_for_keyboard("Reviewer", "combo box")
    screen.press("Tab")
    program.wait_for_keyboard("Sections of the report", "list")

    # The answer goes to the very top.
    screen.press("Down", "alt+Up")

    report = person.folder / "june.html"
    screen.press("alt+s")
    screen.wait_for_window("Save report")
    screen.press("ctrl+a")
    screen.write(f"{report}\n")
    wait_until(report.exists, "the saved report")
    page = report.read_text("utf-8")
    assert page.index('id="answer"') < page.index('id="front"') < page.index('id="appendix"')

    screen.wait_for_window("Report")
    screen.press("Escape")
    screen.wait_for_window(DIRTY)
    screen.press("ctrl+s")
    screen.wait_for_window(CLEAN)
    assert saved.content["report"]["preset"] == "reviewer"
    assert saved.content["report"]["sections"][:2] == ["answer", "front"]

    # Opened again, it is as it was; one step takes the choice back.
    screen.press("ctrl+shift+o")
    screen.wait_for_window("Report")
    program.wait_for_keyboard("Own choice", "combo box")
    screen.press("Escape")
    screen.wait_for_window(CLEAN)
    screen.press("ctrl+z")
    screen.wait_for_window(DIRTY)
    screen.press("ctrl+s")
    screen.wait_for_window(CLEAN)
    assert "report" not in saved.content
