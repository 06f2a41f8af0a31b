"""What stands behind a row: date in words, tag, marking, which the analysis takes over and every copy carries."""

from __future__ import annotations

from pathlib import Path

from helpers.running import Person, SavedAnalysis
from helpers.screen import Screen

CLEAN, DIRTY = r"rated\.ach\.json – ACH Desk", r"rated\.ach\.json\* – ACH Desk"


def test_date_tag_and_marking_of_an_item(screen: Screen, person: Person, rated: Path) -> None:
    program = person.start(rated)
    saved = SavedAnalysis(rated)
    screen.wait_for_window(CLEAN)

    _run(screen, "date of the item", CLEAN)
    program.wait_for_keyboard("Happened", "text")
    screen.press("ctrl+a")
    screen.write("mid-June 2023")
    program.wait_to_hear("^That is: 11 to 20 June 2023$", role="label")
    screen.press("Escape")
    screen.wait_for_window(DIRTY)

    _run(screen, "tags of the items", DIRTY)
    program.wait_for_keyboard("Tags", "text")
    screen.press("ctrl+a")
    screen.write("T1059")
    program.click("Write attack:T1059", "push button")
    screen.press("Escape")

    _run(screen, "marking of the items", DIRTY)
    program.wait_for_keyboard("Marking", "text")
    screen.write("TLP:RED")
    screen.press("Escape")
    program.wait_to_hear("^E1 is marked TLP:RED, the analysis has no marking.$", role="label")
    program.click("Mark the analysis TLP:RED", "push button")
    program.wait_to_hear("^Marking: TLP:RED$", role="label")

    screen.press("ctrl+s")
    screen.wait_for_window(CLEAN)
    item = saved.content["evidence"][0]
    kept = [item[name] for name in ("event_date", "event_end", "event_words", "tags", "marking")]
    assert kept == ["2023-06-11", "2023-06-20", "mid-June 2023", ["attack:T1059"], "TLP:RED"]
    assert saved.content["marking"] == "TLP:RED"

    _run(screen, "copy the whole matrix", CLEAN)
    program.wait_to_hear("The whole matrix was copied", role="status bar")
    text = screen.clipboard
    first, second = text.splitlines()[:2]
    assert first == "TLP:RED"
    assert second.startswith("Evidence\t")
    assert "mid-June 2023" in text
    before = saved.ratings()
    screen.press("ctrl+Home", "ctrl+v")
    program.wait_to_hear("Nothing was changed by the paste", role="status bar")
    assert saved.ratings() == before


def _run(screen: Screen, words: str, window: str) -> None:
    """Run an action from the searchable list."""
    screen.press("ctrl+shift+p")
    screen.wait_for_window("All actions")
    screen.write(words)
    screen.press("Return")
    screen.wait_for_window(window)
