"""Where a key leads from a cell, as in a spreadsheet. Positions are (row, column); no Qt in here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

Place = tuple[int, int]
Key = Literal["left", "right", "up", "down", "home", "end", "page_up", "page_down", "next", "previous"]

_ONWARD: dict[Key, tuple[Key, ...]] = {
    "home": ("right", "down"),
    "end": ("left", "up"),
    "page_up": ("down",),
    "page_down": ("up",),
}
"""Where a key goes on from a cell that is closed to keys, if not in its own direction."""

_DIRECTIONS: dict[str, Place] = {"left": (0, -1), "right": (0, 1), "up": (-1, 0), "down": (1, 0)}


def target(key: Key, place: Place, shape: Place, *, ctrl: bool, page: int, is_filled: Callable[[Place], bool]) -> Place:
    """Return the cell that `key` leads to from `place` in a matrix of `shape`; `page` is a page's rows.

    With Ctrl, arrows go to the edge of the filled stretch, Home and End to the corners of the matrix; "next" and
    "previous" (Tab) go on in the next or previous row at the end of one.
    """
    row, column = place
    rows, columns = shape
    if key in _DIRECTIONS:
        return _jump(place, shape, _DIRECTIONS[key], is_filled) if ctrl else _step(place, shape, _DIRECTIONS[key])
    if key == "home":
        return (0, 0) if ctrl else (row, 0)
    if key == "end":
        return (rows - 1, columns - 1) if ctrl else (row, columns - 1)
    if key in ("page_up", "page_down"):
        down = page if key == "page_down" else -page
        return (min(max(row + down, 0), rows - 1), column)
    number = row * columns + column + (1 if key == "next" else -1)
    return divmod(min(max(number, 0), rows * columns - 1), columns)


def beyond(goal: Place, key: Key, shape: Place, is_closed: Callable[[Place], bool]) -> Place | None:
    """Return the cell at which `key`, which leads to `goal`, ends: past cells that are closed; None where all are.

    Arrows and Tab go on in their direction, the other keys inwards.
    """
    for onward in _ONWARD.get(key, (key,)):
        place = goal
        while is_closed(place):
            further = target(onward, place, shape, ctrl=False, page=1, is_filled=bool)
            if further == place:
                break
            place = further
        else:
            return place
    return None


def _step(place: Place, shape: Place, direction: Place) -> Place:
    row, column = place[0] + direction[0], place[1] + direction[1]
    return (min(max(row, 0), shape[0] - 1), min(max(column, 0), shape[1] - 1))


def _jump(place: Place, shape: Place, direction: Place, is_filled: Callable[[Place], bool]) -> Place:
    """Return the last filled cell of the stretch, else the next filled one, else the edge."""
    following = _step(place, shape, direction)
    if following == place:
        return place
    inside = is_filled(place) and is_filled(following)
    while True:
        further = _step(following, shape, direction)
        if further == following or (not is_filled(further) if inside else is_filled(following)):
            return following
        following = further
