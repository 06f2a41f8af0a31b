"""Points of the steps set aside and back by themselves; what should be seen and is not; an indicator that was seen."""

from __future__ import annotations

from pathlib import Path

from helpers.running import Person, SavedAnalysis
from helpers.screen import Screen

CLEAN, DIRTY = r"rated\.ach\.json – ACH Desk", r"rated\.ach\.json\* – ACH Desk"
POINT = "E4, E5, E13 and E16 do not separate the hypotheses: each is rated the same throughout."


def test_a_point_is_set_aside_with_a_reason_and_returns_when_its_facts_change(
    screen: Screen, person: Person, rated: Path
) -> None:
    program = person.start(rated)
    saved = SavedAnalysis(rated)
    screen.wait_for_window(CLEAN)
    program.click("Show the steps", "push button")
    program.click("Refine: 2 open points", "push button")
    program.click(f"Set aside: {POINT}", "push button")
    program.wait_for_keyboard(f"Reason for setting aside: {POINT}", "text")
    screen.write("A reader shall see that we looked")
    screen.press("Return")
    screen.wait_for_window(DIRTY)
    program.wait_to_hear("^1 set aside, folded")
    program.wait_to_hear("^Refine: 1 open point")
    screen.press("ctrl+s")
    screen.wait_for_window(CLEAN)
    (record,) = saved.content["findings_set_aside"]
    assert (record["code"], record["text"]) == ("not_diagnostic", POINT)
    assert record["reason"] == "A reader shall see that we looked"

    # E4 separates them now: what is left is another point, and nobody has set that aside.
    screen.press("F6", "ctrl+Home", "Down", "Down", "Down", "i")
    program.wait_to_hear("^E5, E13 and E16 do not separate the hypotheses")
    program.wait_for_silence("1 set aside, folded")
    screen.press("ctrl+z")
    program.wait_to_hear("^1 set aside, folded")


def test_what_should_be_seen_and_is_not_becomes_an_item_in_one_step(
    screen: Screen, person: Person, rated: Path
) -> None:
    program = person.start(rated)
    saved = SavedAnalysis(rated)
    items = len(saved.content["evidence"])
    screen.wait_for_window(CLEAN)
    screen.press("ctrl+7")
    program.wait_for_keyboard("What should be seen", "text")
    program.wait_to_hear("^What should we see if H1 were true")
    screen.write("Letters to a foreign service\nMoney that reached the force in June\n\n")
    program.wait_to_hear("^What should we see if H2 were true")
    screen.write("\n\n")
    program.wait_to_hear("^What should we see if H1 were true")
    program.click("Not seen", "push button")
    program.wait_to_hear("^E19, not seen")
    screen.press("F6", "ctrl+z")
    program.wait_for_silence("^E19, not seen")
    screen.press("ctrl+shift+z")
    program.wait_to_hear("^E19, not seen")
    screen.press("ctrl+s")
    screen.wait_for_window(CLEAN)
    content = saved.content
    assert len(content["evidence"]) == items + 1
    made = content["evidence"][-1]
    assert (made["title"], made["kind"]) == ("Not seen: Letters to a foreign service", "absence of evidence")
    first, second = content["expectations"]
    assert (first["made"], first["record"]) == ("absence of evidence", made["id"])
    assert (second["text"], second.get("made")) == ("Money that reached the force in June", None)


def test_an_overdue_indicator_is_said_at_the_start_and_becomes_an_item_when_it_was_seen(
    screen: Screen, person: Person, rated: Path
) -> None:
    program = person.start(rated)
    saved = SavedAnalysis(rated)
    screen.wait_for_window(CLEAN)
    screen.press("ctrl+i")
    program.wait_for_keyboard("New: what would you see if events took that course?", "text")
    screen.write("Wagner gets its heavy weapons back\n")
    program.wait_to_hear("^H1: –, not judged yet")
    screen.press("Tab", "Tab", "Tab")
    program.wait_for_keyboard("H1: –, not judged yet", "push button")
    screen.press("i", "shift+c")
    program.wait_to_hear("^It tells H2 from H1 strongly")
    program.click("Expected by", "text")
    screen.write("2023-07")
    screen.press("ctrl+s", "F6")
    screen.wait_for_window(CLEAN)
    screen.press("ctrl+q")
    program.ended()

    program = person.start(rated)
    screen.wait_for_window(CLEAN)
    program.wait_to_hear(
        "^1 indicator is overdue. Expected by 2023-07 and still open: Wagner gets its heavy weapons back"
    )
    program.click("Watch", "push button")
    program.click("Seen: make it an item", "push button")
    program.wait_to_hear("^observed, ")
    program.click("Go to the item", "push button")
    screen.press("F6", "Right")
    screen.press("k")
    screen.press("ctrl+s")
    screen.wait_for_window(CLEAN)
    content = saved.content
    made = content["evidence"][-1]
    (indicator,) = content["indicators"]
    assert (indicator["state"], indicator["item"]) == ("observed", made["id"])
    assert made["title"] == "Wagner gets its heavy weapons back"
    matrix = content["matrices"][0]
    row = matrix["sheets"][0]["ratings"][made["id"]]
    first, second = matrix["hypotheses"][:2]
    assert (row[first]["value"], row[first].get("suggested")) == ("I", None)
    assert (row[second].get("value"), row[second]["suggested"]) == (None, ["CC", "CC"])
