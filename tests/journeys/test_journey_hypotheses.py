"""A combination confirmed cell by cell, the question where parts differ, a heading folded, one rejected and shown."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from helpers.running import Person, Running, SavedAnalysis
from helpers.screen import Screen, wait_until

CLEAN, DIRTY = r"rated\.ach\.json – ACH Desk", r"rated\.ach\.json\* – ACH Desk"


def test_combining_confirming_folding_and_rejecting(screen: Screen, person: Person, rated: Path) -> None:
    program = person.start(rated)
    saved = SavedAnalysis(rated)
    before = saved.ratings()
    screen.wait_for_window(CLEAN)
    assert _columns(program) == ["H1", "H2", "H3", "H4"]

    # The header of H1, and H2 with it: a combination, which gets a title of its own.
    screen.press("ctrl+Home", "Up", "shift+Right", "ctrl+alt+j")
    program.wait_to_hear("H5 joins H1 . H2", role="status bar")
    screen.press("Return", "ctrl+a")
    screen.write("Backed from both sides")
    screen.press("Return")
    assert _columns(program) == ["H1", "H2", "H3", "H4", "H5"]

    agreeing = next(number for number, row in enumerate(before) if row[0] == row[1])
    differing = next(number for number, row in enumerate(before) if row[0] != row[1])
    screen.press("ctrl+1", "F6", "Down", "ctrl+Home", "End", *["Down"] * differing)
    program.wait_to_hear("Does the other part explain this, or does it speak against the combination all the same")
    screen.press("i")
    screen.press("ctrl+Home", "End", *["Down"] * agreeing, "k")

    # H1 becomes a form of H2, which folds and unfolds.
    screen.press("ctrl+Home", "Up")
    wait_until(lambda: "H1" in [one.name for one in program.controls()], "the inspector on H1")
    wait_until(lambda: np.array_equal(screen.picture(), screen.picture()), "a picture that stands still")
    unchanged = screen.picture()
    _run(screen, "make it a form of")
    wait_until(lambda: not np.array_equal(screen.picture(), unchanged), "the list of headings on the screen")
    screen.press("Return")
    program.wait_to_hear("H2 is now a heading", role="status bar")
    assert _columns(program) == ["H2", "H1", "H3", "H4", "H5"]
    screen.press("minus")
    program.wait_to_hear("H2 is folded and shows H1", role="status bar")
    assert _columns(program) == ["H2", "H3", "H4", "H5"]
    screen.press("plus")
    assert _columns(program) == ["H2", "H1", "H3", "H4", "H5"]

    # H3 is rejected, folds away at the end, and is shown again.
    screen.press("Right", "Right", "ctrl+r")
    screen.write("No motive was found")
    screen.press("Return")
    program.wait_to_hear("H3 is rejected and folded away at the end", role="status bar")
    assert _columns(program) == ["H2", "H1", "H4", "H5"]
    program.wait_to_hear("^1 rejected: H3")
    screen.press("ctrl+shift+j")
    assert _columns(program) == ["H2", "H1", "H4", "H5", "H3"]

    screen.press("ctrl+s")
    screen.wait_for_window(CLEAN)
    after = saved.ratings()
    assert after[agreeing][4] == before[agreeing][0]
    assert after[differing][4] == "I"
    assert sum(row[4] is not None for row in after) == 2, "what is not confirmed stays unrated"
    assert [row[:4] for row in after] == before
    records = {record["label"]: record for record in saved.content["hypotheses"]}
    assert records["H5"]["title"] == "Backed from both sides"
    assert records["H5"]["combines"] == [records["H1"]["id"], records["H2"]["id"]]
    assert records["H1"]["parent"] == records["H2"]["id"]
    assert (records["H3"]["status"], records["H3"]["status_reason"]) == ("rejected", "No motive was found")


def _run(screen: Screen, words: str) -> None:
    """Run an action from the searchable list."""
    screen.press("ctrl+shift+p")
    screen.wait_for_window("All actions")
    screen.write(words)
    screen.press("Return")
    screen.wait_for_window(DIRTY)


def _columns(program: Running) -> list[str]:
    """Return the labels of the columns, from the left."""

    def heard() -> list[str]:
        controls = program.controls("rated", tables=True)
        return [one.name.partition(",")[0] for one in controls if one.role == "column header"]

    return wait_until(heard, "columns of the matrix")
