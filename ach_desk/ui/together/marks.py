"""The mark of a remark: a round one beside that of a challenge, filled while it is open, an outline once resolved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF
from PySide6.QtGui import QPainter, QPen

from ach_desk.ui.together.index import any_open

if TYPE_CHECKING:
    from ach_desk.ui.matrix.look import Look
    from ach_desk.ui.matrix.view import MatrixView

STEP = 11
"""How far from a challenge it stands, in pixels."""
_INSET, _RADIUS = 7, 3.5


def draw_mark(painter: QPainter, corner: QPoint, look: Look, *, is_open: bool) -> None:
    """Draw the mark into the upper left corner of what begins at `corner`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(look.colours["text"], 1))
    painter.setBrush(look.colours["text" if is_open else "base"])
    painter.drawEllipse(QPointF(corner) + QPointF(_INSET, _INSET), _RADIUS, _RADIUS)
    painter.restore()


def cells(painter: QPainter, view: MatrixView, rows: range, columns: range) -> None:
    """Paint the marks of the cells with remarks among these rows and columns."""
    model = view.matrix
    for cell, found in model.remarks.cells.items():
        place = model.axes.place(*cell)
        if place is not None and place[0] in rows and place[1] in columns:
            corner = view.rect_between(place, place).topLeft()
            beside = QPoint(STEP if cell in model.challenges.cells else 0, 0)
            draw_mark(painter, corner + beside, view.look, is_open=any_open(found))
