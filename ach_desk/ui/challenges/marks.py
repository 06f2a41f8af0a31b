"""The mark of a challenge: a diamond in a corner, filled while it is open, an outline once it is settled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRect
from PySide6.QtGui import QPainter, QPen, QPolygonF

from ach_desk.ui.challenges.index import any_open

if TYPE_CHECKING:
    from ach_desk.ui.matrix.look import Look
    from ach_desk.ui.matrix.view import MatrixView

_INSET, _RADIUS = 7, 4


def draw_mark(painter: QPainter, corner: QPoint, look: Look, *, is_open: bool) -> None:
    """Draw the mark into the upper left corner of what begins at `corner`: the reason has the right one everywhere."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    middle = QPointF(corner) + QPointF(_INSET, _INSET)
    painter.setPen(QPen(look.colours["text"], 1))
    painter.setBrush(look.colours["text" if is_open else "base"])
    points = [QPointF(0, -_RADIUS), QPointF(_RADIUS, 0), QPointF(0, _RADIUS), QPointF(-_RADIUS, 0)]
    painter.drawPolygon(QPolygonF([middle + point for point in points]))
    painter.restore()


def room(start: QPoint) -> QRect:
    """Return the rectangle whose mark begins at `start`, at half its height."""
    return QRect(start.x() - (_INSET - _RADIUS), start.y() - _INSET, 2 * _INSET, 2 * _INSET)


def cells(painter: QPainter, view: MatrixView, rows: range, columns: range) -> None:
    """Paint the marks of the challenged cells among these rows and columns."""
    model = view.matrix
    if not model.challenges.cells:
        return
    for (evidence, hypothesis), found in model.challenges.cells.items():
        place = model.axes.place(evidence, hypothesis)
        if place is not None and place[0] in rows and place[1] in columns:
            corner = view.rect_between(place, place).topLeft()
            draw_mark(painter, corner, view.look, is_open=any_open(found))
