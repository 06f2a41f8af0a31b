"""An analyst is led through the rating, the machine dies, and it goes on; another rates the turned matrix."""

from __future__ import annotations

import json
from pathlib import Path

from helpers.running import Person, Running, SavedAnalysis
from helpers.screen import Screen, wait_until

CLEAN, DIRTY = r"unrated\.ach\.json – ACH Desk", r"unrated\.ach\.json\* – ACH Desk"


def kept(person: Person) -> dict[str, object]:
    """Return what is kept of the guided rating on the disk; empty when nothing is."""
    for path in (person.folder / "state" / "guided").glob("*.json"):
        return json.loads(path.read_text("utf-8"))
    return {}


def counted(saved: SavedAnalysis) -> list[int]:
    """Return the rows of the items that are scored."""
    content = saved.content
    aside = {record["id"] for record in content["evidence"] if record.get("status") == "set aside"}
    return [row for row, item in enumerate(content["matrices"][0]["evidence"]) if item not in aside]


def test_guided_rating_goes_on_after_a_kill(screen: Screen, person: Person, unrated: Path) -> None:
    program = person.start(unrated)
    screen.wait_for_window(CLEAN)
    saved = SavedAnalysis(unrated)
    items = len(counted(saved))

    screen.press("ctrl+g")
    program.wait_to_hear(r"^Begin$", role="push button")
    screen.press("Return")
    program.wait_to_hear(rf"Item 1 of {items} · hypothesis 1 of 4")
    # E1 whole, the second cell with little confidence; then E2 as far as its second cell, which cannot be judged.
    screen.press("c", "3", "i", "shift+i", "n", "n", "x")
    program.wait_to_hear(rf"Item 2 of {items} · hypothesis 3 of 4")
    assert not any("least evidence" in control.name for control in program.controls())
    wait_until(lambda: kept(person).get("at") == 6, "the place of the pass on the disk")
    wait_until(person.journals, "the ratings in the journal")
    wait_until(lambda: any(b'"II"' in path.read_bytes() for path in person.journals()), "every rating in the journal")
    program.kill()

    program = person.start()
    program.wait_to_hear(r"ended without saving \d+ edits of unrated\.ach\.json")
    screen.press("Return")
    screen.wait_for_window(DIRTY)
    program.wait_to_hear(r"Scores hidden")
    screen.press("ctrl+g")
    program.wait_to_hear(rf"Go on with the guided rating \(item 2 of {items}\)", role="push button")
    screen.press("Return")
    program.wait_to_hear(rf"Item 2 of {items} · hypothesis 3 of 4")
    screen.press("c", "ctrl+z", "i", "a")
    program.wait_to_hear(rf"Item 3 of {items} · hypothesis 1 of 4")
    screen.press("ctrl+s")
    screen.wait_for_window(CLEAN)
    assert saved.ratings()[:2] == [["C", "I", "II", "N"], ["N", None, "I", "N/A"]]
    assert {entry for row in saved.ratings()[2:] for entry in row} == {None}
    _to_the_end(screen, program, saved)


def _to_the_end(screen: Screen, program: Running, saved: SavedAnalysis) -> None:
    items = len(counted(saved))
    for number in range(3, items + 1):
        screen.press("c", "n", "i", "n")
        if number < items:
            program.wait_to_hear(rf"Item {number + 1} of {items} · hypothesis 1 of 4")
    program.wait_to_hear(r"The guided rating is complete")
    program.wait_to_hear(r"1 cannot be judged")
    screen.press("Return")
    program.wait_to_hear(r"least evidence against|tied")
    screen.press("ctrl+s")
    screen.wait_for_window(CLEAN)
    ratings = saved.ratings()
    assert [ratings[row] for row in counted(saved)[2:]] == [["C", "N", "I", "N"]] * (items - 2)


def test_the_turned_matrix_is_rated_across_the_hypotheses(screen: Screen, person: Person, unrated: Path) -> None:
    program = person.start(unrated)
    screen.wait_for_window(CLEAN)
    saved = SavedAnalysis(unrated)
    program.wait_to_hear(r"unrated")
    screen.press("ctrl+t", "ctrl+Home")
    # Hypotheses are the rows now; the keyboard still goes through those of one item.
    screen.press("c", "i", "shift+i", "n", "a", "c")
    screen.wait_for_window(DIRTY)
    screen.press("ctrl+z", "n", "ctrl+s")
    screen.wait_for_window(CLEAN)
    assert saved.ratings()[0] == ["C", "I", "II", "N"]
    assert saved.ratings()[1] == ["N/A", "N", None, None]
    screen.press("ctrl+g")
    program.wait_to_hear(r"^Begin$", role="push button")
    screen.press("Return")
    program.wait_to_hear(r"hypothesis 1 of 2")
    screen.press("i", "i", "Escape", "ctrl+s")
    screen.wait_for_window(CLEAN)
    assert saved.ratings()[1] == ["N/A", "N", "I", "I"]
