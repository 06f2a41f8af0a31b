"""The mouse on the cells: a press selects, a drag makes a block and scrolls beyond the edge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QMouseEvent

from ach_desk.ui.matrix.axes import EVIDENCE
from ach_desk.ui.matrix.caret import Place

if TYPE_CHECKING:
    from ach_desk.ui.matrix.view import MatrixView

_REACH = 4
"""How far, in pixels, beyond the edge the mouse is taken to be at most: near enough for the cell next to it."""


def press(view: MatrixView, event: QMouseEvent) -> None:
    """Select the cell under the mouse; Shift extends the block, Ctrl adds. A right press inside it keeps the block."""
    place = view.place_at(event.position().toPoint())
    if place is None or event.button() == Qt.MouseButton.MiddleButton:
        return
    if event.button() == Qt.MouseButton.RightButton and place in view.caret.places():
        return
    if view.matrix.axes.lies_on_band(*place):
        view.caret.select_section(EVIDENCE, place[1] if view.matrix.axes.transposed else place[0])
        return
    if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
        view.caret.toggle(place)
    else:
        view.caret.go_to(place, extend=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))


def drag(view: MatrixView, event: QMouseEvent) -> None:
    """Extend the block to the cell under the mouse."""
    if not event.buttons() & Qt.MouseButton.LeftButton or view.caret.place is None or view.caret.header_kind:
        return
    inside, at = view.viewport().rect(), event.position().toPoint()
    at.setX(max(inside.left() - _REACH, min(at.x(), inside.right() + _REACH)))
    at.setY(max(inside.top() - _REACH, min(at.y(), inside.bottom() + _REACH)))
    place = _past_bands(view, view.caret.place, _nearest(view, at))
    if place != view.caret.place:
        view.caret.go_to(place, extend=True)


def _past_bands(view: MatrixView, start: Place, goal: Place) -> Place:
    """Return `goal`, or the cell beyond the bands that it lies on, seen from `start`; `start` where there is none."""
    axes = view.matrix.axes
    axis = int(axes.transposed)
    step = 1 if goal[axis] > start[axis] else -1
    place = goal
    while axes.lies_on_band(*place):
        place = (place[0], place[1] + step) if axis else (place[0] + step, place[1])
        if not 0 <= place[axis] < axes.shape[axis]:
            return start
    return place


def _nearest(view: MatrixView, at: QPoint) -> Place:
    """Return the cell at a point, or the one beside the edge that the point lies beyond."""
    rows, columns = view.visible_cells()
    inside, shape = view.viewport().rect(), view.matrix.axes.shape
    row, column = view.rowAt(at.y()), view.columnAt(at.x())
    if at.y() < inside.top():
        row = max(rows.start - 1, 0)
    elif at.y() > inside.bottom() or row < 0:
        row = min(rows.stop, shape[0] - 1)
    before = at.x() > inside.right() if view.isRightToLeft() else at.x() < inside.left()
    beyond = at.x() < inside.left() if view.isRightToLeft() else at.x() > inside.right()
    if before:
        column = max(columns.start - 1, 0)
    elif beyond or column < 0:
        column = min(columns.stop, shape[1] - 1)
    return row, column
