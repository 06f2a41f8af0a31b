"""The keys that move: over the cells as in a spreadsheet, into the headers and along them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from ach_desk.ui.matrix import movement
from ach_desk.ui.matrix.caret import Place

if TYPE_CHECKING:
    from ach_desk.ui.matrix.view import MatrixView

_KEYS: Mapping[int, movement.Key] = {
    Qt.Key.Key_Left: "left",
    Qt.Key.Key_Right: "right",
    Qt.Key.Key_Up: "up",
    Qt.Key.Key_Down: "down",
    Qt.Key.Key_Home: "home",
    Qt.Key.Key_End: "end",
    Qt.Key.Key_PageUp: "page_up",
    Qt.Key.Key_PageDown: "page_down",
    Qt.Key.Key_Tab: "next",
    Qt.Key.Key_Backtab: "previous",
}
_MIRRORED: Mapping[movement.Key, movement.Key] = {"left": "right", "right": "left"}
_NOT_OURS = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


def key_name(event: QKeyEvent) -> str:
    """Return the key with its modifiers as Qt writes shortcuts ("Shift+C"); the number pad's keys as the others."""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    key = event.key()
    if key == Qt.Key.Key_Enter:
        key = Qt.Key.Key_Return
    return QKeySequence(int(modifiers.value) | int(key)).toString(QKeySequence.SequenceFormat.PortableText)


def move(view: MatrixView, event: QKeyEvent) -> bool:
    """Move as the key says; return False when it is no such key, or Tab has nowhere to go and leaves the table."""
    key = _KEYS.get(event.key())
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if key is None or modifiers & _NOT_OURS:
        return False
    if view.isRightToLeft():
        key = _MIRRORED.get(key, key)
    extend = bool(modifiers & Qt.KeyboardModifier.ShiftModifier) and key != "previous"
    ctrl = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
    if view.caret.header_kind:
        return _move_along_header(view, key, extend=extend, ctrl=ctrl)
    if view.caret.place is None:
        return _enter(view)
    return _move_over_cells(view, view.caret.place, key, extend=extend, ctrl=ctrl)


def _move_over_cells(view: MatrixView, place: Place, key: movement.Key, *, extend: bool, ctrl: bool) -> bool:
    axes, model = view.matrix.axes, view.matrix
    goal = movement.target(key, place, axes.shape, ctrl=ctrl, page=view.page_rows(), is_filled=model.is_rated)
    if not extend:
        goal = movement.beyond(goal, key, axes.shape, lambda at: not model.is_open_to_keys(at)) or place
    else:
        goal = movement.beyond(goal, key, axes.shape, lambda at: axes.lies_on_band(*at)) or place
    if not extend and not ctrl and goal == place and key in ("left", "up"):
        view.caret.select_section(*((axes.down, place[0]) if key == "left" else (axes.across, place[1])))
        return True
    if goal == place and key in ("next", "previous"):
        return False
    view.caret.go_to(goal, extend=extend)
    if key == "home" and goal != (0, 0):
        _show_headings_before(view, goal)
    return True


def _show_headings_before(view: MatrixView, place: Place) -> None:
    """Scroll to the headings that stand before the first cell that keys stop at."""
    axes, model = view.matrix.axes, view.matrix
    hypothesis, kind = (place[0], axes.down) if axes.transposed else (place[1], axes.across)
    if all(model.family.is_heading(entry) for entry in axes.ids[kind][:hypothesis]):
        view.show_section(kind, 0)


def _move_along_header(view: MatrixView, key: movement.Key, *, extend: bool, ctrl: bool) -> bool:
    caret, axes = view.caret, view.matrix.axes
    down = caret.header_kind == axes.down
    back, along = ("right", ("up", "down")) if down else ("down", ("left", "right"))
    section = caret.header_section
    if caret.band and _fold(view, key, back):
        return True
    if section is None or key == back or key in ("next", "previous"):
        caret.leave_header()
        return caret.place is not None
    if ctrl and not extend and key in ("home", "end") and caret.place is not None and not caret.band:
        return _move_over_cells(view, caret.place, key, extend=False, ctrl=True)
    last = len(axes.ids[caret.header_kind]) - 1
    steps = {along[0]: -1, along[1]: 1, "page_up": -view.page_rows(), "page_down": view.page_rows()}
    if key in ("home", "end"):
        section = 0 if key == "home" else last
    elif key in steps:
        section += steps[key] * (last if ctrl and key in along else 1)
    caret.select_section(caret.header_kind, min(max(section, 0), last), extend=extend)
    return True


def _fold(view: MatrixView, key: movement.Key, onward: movement.Key) -> bool:
    """Fold the current band with the key that leads away from the cells, unfold it with the one to them.

    Return False for every other key, and where the key has nothing to fold or unfold.
    """
    band = view.caret.band
    folded = view.matrix.grouping.is_folded(band)
    away: movement.Key = "left" if onward == "right" else "up"
    if key == (onward if folded else away):
        view.band_requested.emit(band)
        return True
    return key == away


def _enter(view: MatrixView) -> bool:
    """Put the keyboard on the first cell, or on the first record of a matrix without cells."""
    axes = view.matrix.axes
    rows, columns = axes.shape
    if rows and columns:
        view.caret.go_to_start()
    elif rows or columns:
        view.caret.select_section(axes.down if rows else axes.across, 0)
    return bool(rows or columns)
