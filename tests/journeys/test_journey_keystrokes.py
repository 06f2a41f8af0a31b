"""The case that is compared with a spreadsheet, typed, rated and re-ordered through the real window, and counted."""

from __future__ import annotations

from pathlib import Path

from helpers.running import Person, Running, SavedAnalysis
from helpers.screen import Control, Screen, wait_until

from benchmarks.keystrokes import desk
from benchmarks.keystrokes.acts import total
from benchmarks.keystrokes.case import EVIDENCE, HYPOTHESES, MOVED_FROM, MOVED_TO, QUESTION, RATINGS, moved
from benchmarks.keystrokes.comparison import comparisons
from benchmarks.keystrokes.hands import Hands, Point

_BORDER = 10
"""How far above the middle of a row it is dropped before it, in pixels."""

WINDOW = r"Why did the harbour .*\* – ACH Desk"


def test_fewer_than_half_of_the_keys_in_a_spreadsheet_and_no_more_to_enter() -> None:
    counts = {one.name: one.counts for one in comparisons()}
    assert counts == {
        "entering": (25, 25),
        "rating and re-ordering, formulas": (86, 279),
        "rating and re-ordering, no formulas": (83, 184),
        "the same in digits, formulas": (86, 232),
        "the same in digits, no formulas": (83, 168),
    }
    assert all(one.is_kept for one in comparisons())


def test_the_case_takes_the_keys_that_are_counted(screen: Screen, person: Person, tmp_path: Path) -> None:
    program = person.start()
    screen.wait_for_window("ACH Desk")
    stages = [desk.enter(), desk.rate(), desk.order()]
    eyes = _Eyes(program)
    hands = Hands(screen.environment, eyes.where, eyes.see)
    hands.do(stages)
    assert hands.count == total(stages)

    path = tmp_path / "harbour.ach.json"
    screen.press("ctrl+s")
    screen.wait_for_window("Save as")
    screen.press("ctrl+a")
    screen.write(str(path))
    screen.press("Return")
    wait_until(path.exists, "the file")
    saved = SavedAnalysis(path)
    assert saved.content["question"] == QUESTION
    assert saved.titles("hypotheses") == list(HYPOTHESES)
    assert saved.titles("evidence") == moved(EVIDENCE)
    assert saved.ratings() == [list(row) for row in moved(RATINGS)]


class _Eyes:
    """What a person sees of the window: where things are, and whether what they wait for is there."""

    def __init__(self, program: Running) -> None:
        self._program = program
        self._screen = program.screen

    def see(self, what: str) -> None:
        """Wait for it."""
        match what:
            case "new":
                self._screen.wait_for_window("New analysis")
            case "matrix":
                self._screen.wait_for_window(WINDOW)
            case "rated":
                self._program.wait_to_hear("All cells judged", role="label")
            case "moved":
                order = [f"E{number}" for number in range(1, len(EVIDENCE) + 1)]
                order.insert(MOVED_TO - 1, order.pop(MOVED_FROM - 1))
                wait_until(lambda: self._labels("row header") == order, "the item in its new place")
            case "sorted":
                self._program.wait_to_hear("^Items sorted by Diagnosticity", role="label")
            case "ordered":
                wait_until(lambda: self._labels("column header") == ["H4", "H3", "H1", "H2"], "the order of the scores")
            case "entry order":
                self._program.wait_for_silence("^Items sorted by")
                wait_until(lambda: self._labels("column header") == ["H1", "H2", "H3", "H4"], "the order of entry")

    def where(self, place: str) -> Point:
        """Return where the place is; what lies above the visible part is scrolled to."""
        if place == f"header of E{MOVED_FROM}":
            return wait_until(lambda: self._row(f"E{MOVED_FROM}"), "the row of the item")
        if place == f"border above E{MOVED_TO}":
            return self._scrolled_up_to(f"E{MOVED_TO}")
        if place == "caption of the scores":
            first, second = self._headers("column header")[:2]
            half = (second.centre[0] - first.centre[0]) // 2
            return first.centre[0] - half - 40, first.centre[1] + 32
        return wait_until(lambda: self._in_menus(place), f"{place} in a menu").centre

    def _scrolled_up_to(self, label: str) -> Point:
        """Hold the mouse above the rows until the first can be seen, and return the border above the labelled one."""
        x, y = self._headers("row header")[0].centre[0], self._headers("column header")[0].centre[1]
        self._screen.hover(x, y)
        wait_until(lambda: (first := self._row("E1")) and first[1] > y, "the first item")
        return x, wait_until(lambda: self._row(label), label)[1] - _BORDER

    def _row(self, label: str) -> Point | None:
        """Return where the header of a row is, by its cell: Qt tells where headers are as if nothing were scrolled."""
        cells = [one for one in self._headers("cell") if one.name.startswith(f"{label}, ")]
        return (self._headers("row header")[0].centre[0], cells[0].centre[1]) if cells else None

    def _labels(self, role: str) -> list[str]:
        return [one.name.partition(",")[0].partition(" ")[0] for one in self._headers(role)]

    def _headers(self, role: str) -> list[Control]:
        return [one for one in self._program.controls(tables=True, whole=True) if one.role == role]

    def _in_menus(self, name: str) -> Control | None:
        controls = self._screen.controls(self._program.process.pid, closed=("table",), whole=True)
        return next((one for one in controls if (one.name, one.role) == (name, "menu item")), None)
