"""The chapter on the keyboard names every action of the window with its key, and no key that does not exist."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from helpers.desktop import running_desktop
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication

from ach_desk import paths
from ach_desk.ui.actions import Actions
from ach_desk.ui.dialogs.action_list import action_text, menu_path

MENUS = (
    "File",
    "File, Import",
    "File, Export",
    "Edit",
    "Edit, Item",
    "Edit, Item, Readings",
    "Edit, Hypothesis",
    "Edit, Move",
    "Edit, Sources and grades",
    "Insert",
    "Insert, Capture",
    "Rate",
    "Rate, Undecided",
    "Rate, Confidence",
    "Review",
    "Review, Steps",
    "Review, Robustness",
    "Review, What changed",
    "Review, Conclusion",
    "Review, Work with others",
    "Review, Matrices",
    "Review, What-if",
    "View",
    "View, Charts and gallery",
    "View, Columns",
    "View, Sort items",
    "View, Sort items, Then by",
    "View, Order of hypotheses",
    "View, Rows",
    "View, Zoom and text",
    "Help",
)
CHAPTERS = sorted(path.name for path in paths.manual().glob("*.md"))

_CHORD = re.compile(r"\b(?:(?:Ctrl|Alt|Shift)\+)+(?!Shift\+)[A-Z0-9]\w*|\bF\d{1,2}\b")
_SECTION = re.compile(r"^## (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Entry:
    """A line of the chapter's tables, or an action of the window: where it stands, its text and its keys."""

    menu: str
    text: str
    keys: frozenset[str]


def _chapter(name: str) -> str:
    return (paths.manual() / name).read_text(encoding="utf-8")


def _sections() -> dict[str, str]:
    parts = _SECTION.split(_chapter("keyboard.md"))
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def _rows(section: str) -> list[list[str]]:
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def _named(keys: str) -> frozenset[str]:
    """Return the keys of a cell as Qt writes them; "-" stands for none, and "Minus" for the key."""
    if keys == "-":
        return frozenset()
    return frozenset(key.strip().replace("Enter", "Return").replace("Minus", "-") for key in keys.split(","))


@pytest.fixture(scope="module")
def written() -> list[Entry]:
    """Return what the chapter says stands in the menus."""
    sections = _sections()
    return [Entry(menu, row[1], _named(row[0])) for menu in MENUS for row in _rows(sections[menu])]


@pytest.fixture
def registry(qapp: QApplication) -> Iterator[Actions]:
    """Give the actions of a window of the program."""
    with running_desktop(qapp) as desktop:
        desktop.open_practice()  # scores are hidden there, so no chart is drawn
        yield desktop.windows[0].actions_registry


def test_the_chapter_and_the_menus_hold_the_same_actions_with_the_same_keys(
    registry: Actions, written: list[Entry]
) -> None:
    platform = {
        key.toString(): frozenset(binding.toString() for binding in QKeySequence.keyBindings(standard))
        for standard in QKeySequence.StandardKey
        for key in [QKeySequence(standard)]
        if not key.isEmpty()
    }
    chosen = {(entry.menu, entry.text): entry.keys for entry in written}
    there = {}
    for action in registry.all():
        place = menu_path(action).replace(" › ", ", "), action_text(action)
        keys = frozenset(key.toString() for key in action.shortcuts() if not key.isEmpty())
        said = chosen.get(place, frozenset())
        # A desktop has its own key for some of these: the chapter may name any that the toolkit knows.
        if len(keys) == len(said) == 1 and said < platform.get(*keys, frozenset()):
            keys = said
        there[place] = keys
    assert there == chosen
    assert len(written) == len(chosen)


def test_every_menu_of_the_chapter_is_one_of_the_window() -> None:
    assert tuple(_sections())[: len(MENUS)] == MENUS


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_key_that_a_chapter_names_stands_in_the_chapter_on_the_keyboard(name: str, written: list[Entry]) -> None:
    known = {key for entry in written for key in entry.keys}
    for row in _rows(_sections()["Keys that stand in no menu"]):
        known |= _named(row[1])
    arrows = {key.replace("arrows", arrow) for key in known for arrow in ("Up", "Down", "Left", "Right")}
    named = {chord.replace("Enter", "Return").replace("Minus", "-") for chord in _CHORD.findall(_chapter(name))}
    assert named - known - arrows == set()
