"""The case in ACH Desk, from its start page on."""

from __future__ import annotations

from collections.abc import Mapping

from benchmarks.keystrokes.acts import Act, Click, Drag, Key, Stage, Text, Wait, between
from benchmarks.keystrokes.case import EVIDENCE, HYPOTHESES, MOVED_FROM, MOVED_TO, QUESTION, RATINGS

KEYS: Mapping[str, str] = {"CC": "shift+c", "C": "c", "N": "n", "I": "i", "II": "shift+i"}


def enter() -> Stage:
    """Return the typing of all texts; the keyboard is on the first cell to rate then."""
    texts = [*between(HYPOTHESES, "Return"), Key("Tab"), *between(EVIDENCE, "Return")]
    question: list[Act] = [Text(QUESTION), Key("Return"), Wait("new")]
    return Stage("entering", [*question, *texts, Key("ctrl+Return"), Wait("matrix")])


def rate() -> Stage:
    """Return the rating of every cell; the keyboard goes on by itself."""
    return Stage("rating", [*(Key(KEYS[value]) for row in RATINGS for value in row), Wait("rated")])


def order_without_items() -> Stage:
    """Return the re-ordering without that of the items, as it is compared with a sheet without formulas."""
    back: list[Act] = [Key("alt+Home"), Wait("entry order")]
    return Stage("re-ordering", [*_move_item(), *_order_hypotheses(), *back])


def order() -> Stage:
    """Return the whole re-ordering."""
    sort: list[Act] = [Click(place) for place in ("View", "Sort items", "Diagnosticity")]
    back: list[Act] = [Key("alt+Home"), Wait("entry order")]
    return Stage("re-ordering", [*_move_item(), *sort, Wait("sorted"), *_order_hypotheses(), *back])


def _move_item() -> list[Act]:
    return [Drag(f"header of E{MOVED_FROM}", f"border above E{MOVED_TO}"), Wait("moved")]


def _order_hypotheses() -> list[Act]:
    return [Click("caption of the scores"), Wait("ordered")]
