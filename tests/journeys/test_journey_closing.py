"""Leaving with unsaved edits: Save, Discard and Cancel each do what they say, and a name is given by keyboard."""

from __future__ import annotations

from pathlib import Path

from helpers.running import Person, SavedAnalysis
from helpers.screen import Screen, wait_until

CLEAN, DIRTY = r"rated\.ach\.json – ACH Desk", r"rated\.ach\.json\* – ACH Desk"


def test_cancel_stays_and_save_keeps(screen: Screen, person: Person, rated: Path) -> None:
    program = person.start(rated)
    screen.wait_for_window(CLEAN)
    before = rated.read_bytes()
    screen.press("i", "alt+F4")
    program.wait_to_hear(r"Save the changes to .?rated\.ach\.json", "ACH Desk", role="label")
    screen.press("Escape")
    screen.wait_for_window(DIRTY)

    screen.press("ctrl+shift+s")
    screen.wait_for_window("Save as")
    screen.press("ctrl+a")
    screen.write(str(rated.with_name("second")))
    screen.press("Return")
    screen.wait_for_window(r"second\.ach\.json – ACH Desk")
    second = SavedAnalysis(rated.with_name("second.ach.json"))
    assert second.ratings()[0][:2] == ["I", "N"]
    assert rated.read_bytes() == before

    screen.press("shift+i", "alt+F4")
    program.wait_to_hear(r"Save the changes to .?second\.ach\.json", "ACH Desk", role="label")
    screen.press("Return")
    assert program.ended() == 0
    assert second.ratings()[0][:2] == ["I", "II"]
    assert rated.read_bytes() == before
    _nothing_remains(person, rated.parent)


def test_discard_leaves_the_file_as_it_was(screen: Screen, person: Person, rated: Path) -> None:
    program = person.start(rated)
    screen.wait_for_window(CLEAN)
    before = rated.read_bytes()
    screen.press("i")
    screen.wait_for_window(DIRTY)
    wait_until(person.journals, "the edit on the disk")
    screen.press("alt+F4")
    program.wait_to_hear("Save the changes", "ACH Desk", role="label")
    screen.press("Tab", "space")
    assert program.ended() == 0
    assert rated.read_bytes() == before
    _nothing_remains(person, rated.parent)


def test_a_title_half_typed_is_saved_and_asked_about(screen: Screen, person: Person, rated: Path) -> None:
    program = person.start(rated)
    screen.wait_for_window(CLEAN)
    saved = SavedAnalysis(rated)
    title = saved.titles("evidence")[0]
    screen.press("Return", "End")
    screen.write(", later")
    screen.press("ctrl+s")
    wait_until(lambda: saved.titles("evidence")[0] == f"{title}, later", "the title in the file")

    screen.press("Return", "End")
    screen.write(" too")
    screen.press("alt+F4")
    program.wait_to_hear("Save the changes", "ACH Desk", role="label")
    screen.press("Return")
    assert program.ended() == 0
    assert saved.titles("evidence")[0] == f"{title}, later too"


def _nothing_remains(person: Person, folder: Path) -> None:
    assert not person.journals()
    assert not list(folder.glob(".*.lock"))
