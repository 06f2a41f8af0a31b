"""An analyst asks what to find out next, goes to the item, says what finding out costs, and asks again by cost."""

from __future__ import annotations

from pathlib import Path

from helpers.running import Person, SavedAnalysis
from helpers.screen import Screen

CLEAN, DIRTY = r"june\.ach\.json – ACH Desk", r"june\.ach\.json\* – ACH Desk"
AIR_FORCE = "It becomes known that the air force was told to hold its fire on 24 June"


def test_what_to_find_out_next_is_read_followed_and_weighed_against_its_cost(
    screen: Screen, person: Person, june: Path
) -> None:
    saved = SavedAnalysis(june)
    program = person.start(june)
    screen.wait_for_window(CLEAN)
    program.wait_to_hear("^Consistency$", role="page tab")
    screen.press("ctrl+6")
    program.wait_to_hear("This is not the probability that H4 is true.$", role="label")  # nothing moves any more
    program.click("Find out next, folded", "push button")
    program.wait_to_hear(f"^Finding out whether “{AIR_FORCE}” comes about would tell H4 from H3 best.$", role="label")
    first = program.wait_to_hear(
        f"^{AIR_FORCE}. Tells H4 from H3, the most of all. If it is seen: H4", role="push button"
    )
    second = program.wait_to_hear("^E7 Russian military aircraft.*If it holds: H3", role="push button")
    program.wait_to_hear("^Starts from what Bayes with sources and groups makes of the present ratings", role="label")

    program.click(first.name, "push button")
    program.click("Who watches", "text")
    screen.press("Tab", "Tab", "Tab", "Tab", "Tab")
    program.wait_for_keyboard("Show more fields", "push button")
    screen.press("space", "shift+Tab", "shift+Tab")
    program.wait_for_keyboard("Cost of finding out", "text")
    screen.write("20")
    screen.wait_for_window(DIRTY)

    screen.press("ctrl+6")
    program.wait_to_hear("^On top$", role="label")
    program.wait_for_silence("^The trials are running")
    program.click("What would tell most", "combo box")
    screen.press("Down", "Return")
    program.wait_to_hear("^E7 Russian military aircraft.*no cost given", role="push button")
    program.click(second.name.replace("much less than the first", "no cost given"), "push button")
    screen.press("F6", "ctrl+1")
    program.wait_to_hear("^E7$", role="label")
    screen.press("ctrl+s")
    screen.wait_for_window(CLEAN)
    costs = {entry["text"]: entry.get("cost") for entry in saved.content["indicators"]}
    assert costs[AIR_FORCE] == 20
