"""Looking at part of a case and in another order: filter, rate, clear with one key; sort and back; remembered."""

from __future__ import annotations

from pathlib import Path

from helpers.running import Person, Running, SavedAnalysis
from helpers.screen import Screen, wait_until

CLEAN, DIRTY = r"rated\.ach\.json – ACH Desk", r"rated\.ach\.json\* – ACH Desk"


def test_filter_rate_and_clear_then_sort_and_back(screen: Screen, person: Person, rated: Path) -> None:
    program = person.start(rated)
    saved = SavedAnalysis(rated)
    before = saved.ratings()
    order = saved.titles("evidence")
    screen.wait_for_window(CLEAN)

    screen.press("ctrl+shift+f")
    program.wait_for_keyboard("Filter items by text", "text")
    screen.write("spares him")
    program.wait_to_hear("^1 of 18 items$", role="label")
    assert _rows(program) == ["E10"]
    screen.press("Return", "shift+i")  # to the matrix: the filtered row's first cell is under the keyboard
    screen.wait_for_window(DIRTY)
    screen.press("shift+Escape")
    program.wait_for_silence("of 18 items$")
    assert len(_rows(program)) == 18
    screen.press("ctrl+s")
    screen.wait_for_window(CLEAN)
    assert saved.ratings() == [*before[:9], ["II", *before[9][1:]], *before[10:]]

    _run(screen, "sort items diagnosticity")
    program.wait_to_hear("^Items sorted by Diagnosticity ↓.$", role="label")
    assert _rows(program)[0] == "E7"
    screen.press("alt+Up")
    program.wait_to_hear("They are shown sorted and cannot be moved", role="status bar")
    screen.press("alt+Home")
    program.wait_for_silence("^Items sorted by")
    assert _rows(program)[:3] == ["E1", "E2", "E3"]
    assert saved.titles("evidence") == order


def test_filter_order_and_zoom_are_there_when_the_file_is_opened_again(
    screen: Screen, person: Person, rated: Path
) -> None:
    program = person.start(rated)
    content = rated.read_bytes()
    screen.wait_for_window(CLEAN)
    _run(screen, "sort items credibility")
    screen.press("ctrl+equal", "ctrl+equal", "ctrl+shift+f")
    screen.write("prigozhin")
    heard = program.wait_to_hear(r"^\d of 18 items$", role="label").name
    rows = _rows(program)
    screen.press("Return", "ctrl+q")
    assert program.ended() == 0
    assert rated.read_bytes() == content

    again = person.start(rated)
    screen.wait_for_window(CLEAN)
    again.wait_to_hear(f"^{heard}$", role="label")
    again.wait_to_hear("^Items sorted by Credibility ↓.$", role="label")
    assert _rows(again) == rows
    screen.press("ctrl+0")
    again.wait_to_hear("^Zoom 100 %$", role="status bar")


def _run(screen: Screen, words: str) -> None:
    """Run an action from the searchable list."""
    screen.press("ctrl+shift+p")
    screen.wait_for_window("All actions")
    screen.write(words)
    screen.press("Return")
    screen.wait_for_window(CLEAN)


def _rows(program: Running) -> list[str]:
    """Return the labels of the rows, from the top."""

    def heard() -> list[str]:
        controls = program.controls("rated", tables=True)
        return [one.name.partition(",")[0].partition(" ")[0] for one in controls if one.role == "row header"]

    return wait_until(heard, "rows of the matrix")
