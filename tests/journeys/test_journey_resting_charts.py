"""An analyst looks at what the order rests on in charts, follows a block into the matrix, and saves a picture."""

from __future__ import annotations

from pathlib import Path

from helpers.running import Person
from helpers.screen import Screen, wait_until

CLEAN = r"rated\.ach\.json – ACH Desk"


def test_charts_are_unfolded_chosen_followed_and_saved(screen: Screen, person: Person, rated: Path) -> None:
    program = person.start(rated)
    screen.wait_for_window(CLEAN)
    program.wait_to_hear("^Consistency$", role="page tab")
    screen.press("ctrl+6")
    program.wait_to_hear("This is not the probability that H4 is true.$", role="label")
    program.click("Leave this matrix as it is, and do not say this again", "push button")  # makes room below
    program.wait_for_silence("^This matrix goes by")
    program.click("Charts, folded", "push button")
    program.wait_to_hear("^Where each hypothesis stands by each way of adding up the same ratings.$", role="label")
    shown = "Ways of adding up"
    for name, sentence in (
        ("Weight of each item", "^How much each item weighs for H4 against H3 by Bayes, the heaviest first.$"),
        ("Ranks when ratings slip", "^How often each hypothesis takes each rank by weighted inconsistency in trials"),
        ("Lead without the strongest items", "as the items that hold its lead up most are left out one by one.$"),
        ("What-ifs side by side", "^The standing as rated, and under each what-if that was saved"),
    ):
        program.click(shown, "combo box")
        screen.press("Down", "Return")
        program.wait_to_hear(sentence, role="label")
        shown = name

    program.click(shown, "combo box")
    screen.press("Home", "Down", "Return")
    program.wait_to_hear("^How much each item weighs for H4 against H3 by Bayes, the heaviest first.$", role="label")
    screen.press("Tab", "Tab")
    program.wait_for_keyboard("Chart picture", "filler")
    screen.press("Down", "Down", "Return")
    program.wait_to_hear("^E6 under H4$", role="label")

    screen.press("Tab")
    program.wait_for_keyboard("Save or copy the chart", "push button")
    screen.press("space", "Down", "Return")
    screen.wait_for_window("Save chart")
    target = person.folder / "weights.svg"
    screen.press("ctrl+a")
    screen.write(str(target))
    screen.press("Return")
    svg = wait_until(lambda: target.is_file() and target.read_text(encoding="utf-8"), "the saved picture")
    assert "speaks for H4" in svg
    assert "10 times" in svg

    charts = [one for one in program.controls(whole=True) if one.name == "Chart picture"]
    screen.click(*next(one.centre for one in charts if one.centre[0] > 0))
    program.wait_for_silence("^E6 under H4$")
