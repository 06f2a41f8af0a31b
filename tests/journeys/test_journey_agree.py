"""Three analysts have rated: compare them, see where they differ, and what their probabilities come to."""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers.running import Person
from helpers.screen import Screen
from helpers.together import rated_by, state

from ach_desk.storage.files import write_document

CLEAN = r"three\.ach\.json – ACH Desk"


@pytest.fixture
def three(tmp_path: Path) -> Path:
    """Return a file of three analysts who differ most on E2 under H1."""
    ada, ben = ["C I II", "C N -", "C C N", "C C C"], ["C I II", "II N -", "C C N", "C C C"]
    case = rated_by({"Ada": ada, "Ben": ben, "Cem": ["C II II", "C N C", "C C N", "C N C"]})
    state(case, "Ada", (0.6, 0.5, 0.4))
    state(case, "Ben", (0.5, 0.3, 0.2))
    file = tmp_path / "three.ach.json"
    write_document(file, case.analysis, expected=None, overwrite=False)
    return file


def test_three_are_compared_in_the_panel_and_in_the_matrix(screen: Screen, person: Person, three: Path) -> None:
    program = person.start(three)
    screen.wait_for_window(CLEAN)
    screen.press("ctrl+alt+a")
    program.wait_for_keyboard("all analysts at once", "combo box")
    program.wait_to_hear("Under the median of the group H1 leads", role="label")
    program.wait_to_hear("95 % interval", role="label")
    program.wait_to_hear("that is no consensus", role="label")

    # The differences stand in the matrix, in words too.
    screen.press("ctrl+alt+d", "F6", "ctrl+Home", "Down")
    program.wait_to_hear("E2, H1.*analysts: 2.0 steps apart on average; A C, B II, C C", tables=True)

    # One against the others.
    screen.press("ctrl+alt+a", "ctrl+alt+a")
    program.wait_for_keyboard("all analysts at once", "combo box")
    screen.press("Down", "Down")
    program.wait_to_hear("E2 under H1: B II, the others \\(median\\) C", role="label")

    # What they stated, made to add up and pooled.
    screen.press("F6", "ctrl+Home")
    program.click("Pooled probabilities, folded", "push button")
    program.wait_to_hear("What Ada stated sums to 150 %", role="label")
