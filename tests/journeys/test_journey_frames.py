"""A combination raises a question that is answered; P(e|H) is entered by keyboard; the June case is seen as causes."""

from __future__ import annotations

from pathlib import Path

from helpers.running import Person, SavedAnalysis
from helpers.screen import Screen

CLEAN, DIRTY = r"rated\.ach\.json – ACH Desk", r"rated\.ach\.json\* – ACH Desk"


def test_a_combination_is_made_the_question_answered_and_the_causes_are_read(
    screen: Screen, person: Person, rated: Path
) -> None:
    saved = SavedAnalysis(rated)
    program = person.start(rated)
    screen.wait_for_window(CLEAN)
    screen.press("ctrl+Home", "Up", "shift+Right", "ctrl+alt+j")
    program.wait_to_hear("^Can more than one of these be true at the same time", role="label")
    program.click("Yes, several may act together", "push button")
    program.wait_for_silence("^Can more than one of these be true")
    screen.press("ctrl+6")
    program.wait_to_hear("^H4 and H5 are combinations and no causes of their own", role="label")
    program.wait_to_hear("^The most probable combination is H1 with H2 with H3, with about", role="label")

    # The field for P(e|H): a range by keyboard, back to the matrix, and saved.
    screen.press("F6", "Down", "ctrl+Home", "ctrl+shift+e")
    program.wait_for_keyboard("P(e|H): how probable is the item if the hypothesis is true?", "text")
    screen.write("20-40 %")
    program.wait_to_hear("^0.2 to 0.4: Bayes takes the middle, 0.3", role="label")
    screen.press("Escape", "ctrl+s")
    screen.wait_for_window(CLEAN)
    matrix = saved.content["matrices"][0]
    assert matrix["frame"] == "independent causes"
    (sheet,) = matrix["sheets"]
    assert sheet["ratings"][matrix["evidence"][0]][matrix["hypotheses"][0]]["likelihood"] == [0.2, 0.4]
    screen.press("ctrl+z", "ctrl+z", "ctrl+z", "ctrl+s")
    screen.wait_for_window(CLEAN)
    matrix = saved.content["matrices"][0]
    assert "frame" not in matrix
    assert len(matrix["hypotheses"]) == 4


def test_the_june_case_is_seen_as_exclusive_and_as_causes(screen: Screen, person: Person, june: Path) -> None:
    program = person.start(june)
    screen.wait_for_window(r"june\.ach\.json – ACH Desk")
    screen.press("ctrl+6")
    program.wait_to_hear("^By weighted inconsistency and the present ratings H4 leads.$", role="label")
    program.wait_for_silence("^The most probable combination")
    screen.press("F6", "ctrl+Next")
    program.wait_to_hear("^The most probable combination is H2 with H3, with about 80 %.$", role="label")
    program.wait_to_hear("^A further cause can only make an item more probable here", role="label")
    screen.press("F6", "ctrl+Prior")
    program.wait_for_silence("^The most probable combination")
