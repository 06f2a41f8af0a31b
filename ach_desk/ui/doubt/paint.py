"""What falls with a false assumption, in the matrix: slanting lines over cells and rows, and the own rating struck."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from ach_desk.model import RatingValue
from ach_desk.model.words import rating_symbol
from ach_desk.ui.matrix.axes import EVIDENCE
from ach_desk.ui.matrix.look import CENTRE, PAD
from ach_desk.ui.widgets.painting import fill

if TYPE_CHECKING:
    from ach_desk.ui.matrix.look import Look
    from ach_desk.ui.matrix.view import MatrixView

_STEP = 6
_STRENGTH = 130


def fallen_rows(painter: QPainter, view: MatrixView, rows: range, columns: range) -> None:
    """Paint slanting lines over the cells of the items that fall in the what-if."""
    model = view.matrix
    fallen = model.session.fallen.rows
    if not fallen or not rows or not columns:
        return
    transposed = model.axes.transposed
    for place in columns if transposed else rows:
        if model.axes.ids[EVIDENCE][place] in fallen:
            ends = (rows[0], place), (rows[-1], place)
            if not transposed:
                ends = (place, columns[0]), (place, columns[-1])
            _lines(painter, view.look, view.rect_between(*ends).adjusted(0, 0, -1, -1))


def paint_fallen(painter: QPainter, look: Look, rect: QRect, own: RatingValue | None) -> None:
    """Paint a cell that counts as unrated because of what it rests on: empty ground, lines, the own rating struck."""
    fill(painter, rect, look.colours["base"])
    _lines(painter, look, rect)
    painter.setFont(look.struck)
    symbol = rating_symbol(own)
    room = QRectF(0, 0, look.width_of(symbol) + PAD, look.line)
    room.moveCenter(QRectF(rect).center())
    fill(painter, room, look.colours["base"])
    painter.setPen(look.colours["muted"])
    painter.drawText(rect, CENTRE, symbol)


def _lines(painter: QPainter, look: Look, rect: QRect) -> None:
    colour = QColor(look.colours["muted"])
    colour.setAlpha(_STRENGTH)
    painter.save()
    painter.setClipRect(rect)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, 1, Qt.PenStyle.SolidLine))
    height = rect.height()
    # They lean the other way than those of low confidence. Those of all cells meet: they start at multiples of the
    # step from the left edge of the viewport.
    start = rect.left() - height - (rect.left() - height) % _STEP
    for x in range(start, rect.right() + _STEP, _STEP):
        painter.drawLine(QPointF(x, rect.top()), QPointF(x + height, rect.bottom() + 1))
    painter.restore()
