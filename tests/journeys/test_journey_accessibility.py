"""What somebody hears who cannot see the window: every control has a name and a role, the matrix its headers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from helpers.running import Person, Running, SavedAnalysis
from helpers.screen import Control, Screen

JUNE = r"june\.ach\.json – ACH Desk"
RATED = r"rated\.ach\.json – ACH Desk"
_FEWEST = 1
"""Controls that every place has for the keyboard."""
_MARKUP = re.compile(r"</?[a-z]+>|&(amp|lt|gt);")
_CONTROLS = {
    "alert message",
    "cell",
    "check box",
    "column header",
    "combo box",
    "dialog",
    "frame",
    "page tab",
    "progress bar",
    "push button",
    "radio button",
    "row header",
    "table",
    "text",
    "toggle button",
    "tree",
    "tree table",
}
"""Roles that need a name also where the keyboard cannot go."""
_DIALOGS = {
    "settings": "Settings",
    "scale of": "Scale of this matrix",
    "split the item": "Split E1",
    "print": "Print",
    "about ach": "About ACH Desk",
}
"""What to type into the list of actions for each dialog, and its title."""
_PANELS = {
    "all sources": "Sources",
    "expected: what": "Expected",
    "watch: indicators": "Watch",
    "outcome and": "Outcome",
    "checklist on deception": "Deception",
    "conclusion": "Conclusion",
}
"""The same for each panel at the side, and what stands on its tab."""


def test_every_control_of_every_place_is_named(screen: Screen, person: Person, june: Path) -> None:
    program = person.start()
    screen.wait_for_window("ACH Desk")
    wrong = [f"{place}: {what}" for place, what in _walk(screen, person, program, june)]
    assert not wrong, "\n".join(wrong)


def _walk(screen: Screen, person: Person, program: Running, june: Path) -> Iterator[tuple[str, str]]:
    """Go from place to place by keyboard and yield what is wrong in each."""
    program.wait_to_hear("Worked examples", role="label")
    yield from _faults(program, "start page")
    screen.press("ctrl+n")
    screen.wait_for_window("New analysis")
    yield from _faults(program, "New analysis")
    screen.press("Escape")
    person.start(june).ended()
    screen.wait_for_window(JUNE)
    program.wait_to_hear("What speaks against each of 4 hypotheses", role="label")
    yield from _faults(program, "june")
    program.click("Inspector", "page tab")
    for tab in ("E1", "H1", "Analysis", "Rating"):
        program.click(tab, "page tab")
        yield from _faults(program, "june")
    screen.press("F6", "ctrl+f")
    program.wait_to_hear("Find in all texts", role="text")
    yield from _faults(program, "june")
    screen.press("Escape", "Return")
    program.wait_to_hear("Title of E1", role="text")
    yield from _faults(program, "june")
    screen.press("Escape")
    for action, title in _DIALOGS.items():
        screen.press("ctrl+shift+p")
        screen.wait_for_window("All actions")
        yield from _faults(program, "All actions")
        screen.write(action)
        screen.press("Return")
        screen.wait_for_window(title)
        yield from _faults(program, title)
        screen.press("Escape")
        screen.wait_for_window(JUNE)
    for action, title in _PANELS.items():
        screen.press("ctrl+shift+p")
        screen.wait_for_window("All actions")
        screen.write(action)
        screen.press("Return")
        screen.wait_for_window(JUNE)
        program.wait_to_hear(f"^{title}$", role="page tab")
        yield from _faults(program, "june")


def _faults(program: Running, window: str) -> Iterator[tuple[str, str]]:
    title = "ACH Desk" if window == "start page" else window
    heard = program.controls(title, whole=True)
    if sum("focusable" in control.states for control in heard) < _FEWEST:
        yield window, f"only {[control.name for control in heard]} is heard"
    for control in heard:
        what = f"{control.role} {control.name!r} at {control.centre}"
        if not control.role or control.role in ("unknown", "invalid"):
            yield window, f"{what} has no role"
        if not control.name.strip() and (control.role in _CONTROLS or "focusable" in control.states):
            yield window, f"{what} has no name"
        if _MARKUP.search(control.description) or _MARKUP.search(control.name):
            yield window, f"{what} is described with markup: {control.description}"


def test_the_matrix_is_a_table_with_headers_and_cells(screen: Screen, person: Person, rated: Path) -> None:
    program = person.start(rated)
    screen.wait_for_window(RATED)
    saved = SavedAnalysis(rated)
    heard = program.controls("rated", tables=True, whole=True)
    assert [control.name for control in heard if control.role == "table"] == ["Evidence matrix"]
    hypotheses, evidence = saved.titles("hypotheses"), saved.titles("evidence")
    for kind, titles in (("column header", hypotheses), ("row header", evidence)):
        headers = [control.name for control in heard if control.role == kind]
        assert len(headers) == len(titles)
        assert all(title in header for title, header in zip(titles, headers, strict=True))
    cells = [control.name for control in heard if control.role == "cell"]
    assert cells[0].startswith("E1, H1: neutral, confidence medium, reason: A backer")
    assert cells[2].startswith("E1, H3: very consistent")
    assert _with_keyboard(heard) == cells[:1]
    screen.press("Right", "Down")
    program.wait_to_hear("^E2, H2: inconsistent", role="cell", tables=True)
    assert _with_keyboard(program.controls("rated", tables=True))[0].startswith("E2, H2: inconsistent")


def _with_keyboard(heard: list[Control]) -> list[str]:
    return [control.name for control in heard if control.role == "cell" and "focused" in control.states]
