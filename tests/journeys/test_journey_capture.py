"""Somebody reads elsewhere, captures with one key, goes on rating, sorts later, and takes all of it back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from helpers.running import Person, SavedAnalysis
from helpers.screen import Screen

CLEAN, DIRTY = r"rated\.ach\.json – ACH Desk", r"rated\.ach\.json\* – ACH Desk"
WORDS = "The column turned back near Voronezh. Nobody says who gave the order, p. 3."


def test_from_the_clipboard_to_a_rated_item_and_back(screen: Screen, person: Person, rated: Path) -> None:
    saved = SavedAnalysis(rated)
    before, ratings = _kept(saved), saved.ratings()
    program = person.start(rated)
    screen.wait_for_window(CLEAN)
    screen.copy(f"{WORDS}\nhttps://www.example.org/news")
    screen.press("ctrl+Home", "ctrl+shift+v")
    program.wait_to_hear(r"^Unsorted \(1\)", role="page tab")
    screen.copy("[10:14] Ann: I saw the lamp go out.")
    screen.press("ctrl+shift+v")
    program.wait_to_hear(r"^Unsorted \(2\)", role="page tab")
    _save(screen)
    assert saved.ratings() == ratings, "what waits stands in no matrix"
    first, second = saved.content["evidence"][-2:]
    assert (first["status"], second["status"]) == ("unsorted", "unsorted")
    assert (first["title"], first["quotation"]) == ("The column turned back near Voronezh.", WORDS)
    assert (first["link"], first["page"]) == ("https://www.example.org/news", "3")
    assert [source["name"] for source in saved.content["sources"][-2:]] == ["example.org", "Ann"]
    screen.press("ctrl+alt+v")
    program.wait_for_keyboard("Captured items that wait", "list")
    screen.press("Home", "Return")
    program.wait_to_hear(r"^Unsorted \(1\)", role="page tab")
    screen.press("Delete", "F6", *"icni")
    program.wait_to_hear(r"^E19, H1: inconsistent", role="cell", tables=True)
    _save(screen)
    assert saved.ratings() == [*ratings, ["I", "C", "N", "I"]], "each key rates one cell and goes on to the next"
    assert "status" not in saved.content["evidence"][-1]
    assert len(saved.content["evidence"]) == len(before["evidence"]) + 1
    screen.press(*["ctrl+z"] * 8)
    _save(screen)
    assert _kept(saved) == before


def _save(screen: Screen) -> None:
    screen.wait_for_window(DIRTY)
    screen.press("ctrl+s")
    screen.wait_for_window(CLEAN)


def _kept(saved: SavedAnalysis) -> dict[str, Any]:
    return {key: value for key, value in saved.content.items() if key not in ("trail", "version", "next_numbers")}
