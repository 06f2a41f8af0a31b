"""Two people work on copies of one file, each in a program of their own; one of them merges."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers.running import Person, Running, SavedAnalysis, person_at
from helpers.screen import Screen

MINE, MINE_DIRTY = r"rated\.ach\.json – ACH Desk", r"rated\.ach\.json\* – ACH Desk"
BOBS, BOBS_DIRTY = r"bob\.ach\.json – ACH Desk", r"bob\.ach\.json\* – ACH Desk"


@pytest.fixture
def bob(screen: Screen, tmp_path: Path) -> Iterator[Person]:
    """Return a second person at the same screen, with settings and state of their own."""
    folder = tmp_path / "bob"
    folder.mkdir()
    with person_at(screen, folder) as somebody:
        yield somebody


def test_two_programs_and_one_merge(screen: Screen, person: Person, bob: Person, rated: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copy(rated, tmp_path / "bob" / "bob.ach.json"))
    before = len(SavedAnalysis(rated).content["trail"])

    program_of_bob = bob.start(copy)
    screen.wait_for_window(BOBS)
    screen.press("shift+i")  # E1 under H1: very inconsistent, and on to H2
    screen.press("shift+i")
    _add_item(screen, program_of_bob, "What Bob heard")
    screen.wait_for_window(BOBS_DIRTY)
    screen.press("ctrl+s")
    screen.wait_for_window(BOBS)
    screen.press("ctrl+q")
    assert program_of_bob.ended() == 0

    program = person.start(rated)
    screen.wait_for_window(MINE)
    screen.press("c")  # the same cell otherwise
    screen.wait_for_window(MINE_DIRTY)
    screen.press("ctrl+shift+p")
    program.wait_for_keyboard("Search actions", "text")
    screen.write("merge with another")
    screen.press("Return")
    screen.wait_for_window("^Merge with another version$")
    screen.write(f"{copy}\n")
    program.wait_to_hear(r"^1 point was changed in both versions", role="label")
    program.wait_to_hear(r"^E1 under H1", tables=True)
    screen.press("alt+o")
    program.wait_to_hear("^Everything is decided", role="label")
    program.wait_for_keyboard("Merge", "push button")
    screen.press("Return")
    program.wait_to_hear("E1, H1: very inconsistent", tables=True)
    program.wait_to_hear("What Bob heard", tables=True)
    screen.press("ctrl+s")
    screen.wait_for_window(MINE)
    content = SavedAnalysis(rated).content
    assert "What Bob heard" in [item["title"] for item in content["evidence"]]
    assert len(content["trail"]) > before + 3
    screen.press("ctrl+z")
    screen.wait_for_window(MINE_DIRTY)
    program.wait_for_silence("What Bob heard", tables=True)


def _add_item(screen: Screen, program: Running, title: str) -> None:
    screen.press("ctrl+e")
    screen.write(title)
    screen.press("Return")
    program.wait_to_hear(title, tables=True)
