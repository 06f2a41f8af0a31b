"""An analyst asks what the lead hangs on, who would lead if a source deceived, and what was known on a day."""

from __future__ import annotations

from pathlib import Path

from helpers.running import Person, Running
from helpers.screen import Control, Screen, wait_until

CLEAN = r"june\.ach\.json – ACH Desk"


def test_a_lead_is_shaken_from_three_sides(screen: Screen, person: Person, june: Path) -> None:
    content = june.read_bytes()
    program = person.start(june)
    screen.wait_for_window(CLEAN)
    program.wait_to_hear("^Consistency$", role="page tab")
    screen.press("ctrl+6")
    program.wait_to_hear("^By weighted inconsistency and the present ratings H4 leads.$", role="label")

    program.wait_to_hear("This is not the probability that H4 is true.$", role="label")
    program.click("What the lead hangs on, folded", "push button")
    program.wait_to_hear("^The lead of H4 over H3 hangs most on E7; if E7 were II under H4, H3 would", role="label")
    wait_until(lambda: "ahead" in _picture(program).description, "the bars")
    screen.press("Tab", "Tab")  # to the rival, and on to the bars
    program.wait_for_keyboard("What the lead hangs on", "filler")
    screen.press("Down", "Return")  # the left end of the widest bar
    screen.press("shift+Tab", "shift+Tab", "space")
    program.wait_to_hear("^What the lead hangs on, folded$", role="push button")
    screen.press("ctrl+1")
    program.wait_to_hear("^E7 under H4$", role="label")
    screen.press("ctrl+6")

    program.click("If a source or item were deceptive, folded", "push button")
    program.wait_to_hear("^If any one of S1, S15 and S16 were deceptive, nothing would change in front.$", role="label")
    program.wait_to_hear("are left out where they are taken as deceptive.$", role="label")
    screen.press("space")  # folds it away again

    program.wait_for_silence("^If any one of S1")
    program.click("As known on a date, folded", "push button")
    program.wait_to_hear("^With all 17 items H4 leads.$", role="label")
    screen.press("Tab", "Tab", "Tab", "Home", "Down", "Down")
    program.wait_to_hear("^As known on 23 June 2023 .3 of 17 items. H1, H3 and H4 were tied in front.$", role="label")
    screen.press("Tab", "space", "ctrl+1")
    program.wait_to_hear("^3 items$", role="label")
    screen.press("ctrl+q")
    assert program.ended() == 0
    assert june.read_bytes() == content


def _picture(program: Running) -> Control:
    found = [one for one in program.controls(whole=True) if one.name == "What the lead hangs on"]
    return next(one for one in found if one.role != "push button")
