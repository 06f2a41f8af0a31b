"""How the bands of item groups look: a line across the whole matrix with name, number and fold mark."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle

from ach_desk.i18n import ngettext
from ach_desk.ui.matrix.look import CENTRE, LEFT, PAD, RIGHT, RTL, STRIPE, Look
from ach_desk.ui.text import single_line

if TYPE_CHECKING:
    from ach_desk.ui.matrix.header import MatrixHeader
    from ach_desk.ui.matrix.model import MatrixModel
    from ach_desk.ui.matrix.view import MatrixView

_VERTICAL = Qt.Orientation.Vertical


def band_size(model: MatrixModel, look: Look, orientation: Qt.Orientation) -> int:
    """Return the height of a band that is a row, or the width of one that is a column."""
    if orientation == _VERTICAL or not model.grouping.folded:
        return look.line + PAD
    widest = ngettext("{count} against", "{count} against", 88).format(count=88)
    return look.width_of(widest, small=True) + PAD


def apply_sizes(header: MatrixHeader, model: MatrixModel, size: int) -> None:
    """Give the bands on a header their own size; every other section has the default one."""
    for section in model.axes.band_places():
        if header.sectionSize(section) != size:
            header.resizeSection(section, size)


def fold_rect(rect: QRect, look: Look, orientation: Qt.Orientation, direction: Qt.LayoutDirection) -> QRect:
    """Return where in a band a click folds or unfolds its group: the triangle with room around it."""
    side = look.line + PAD // 2
    if orientation == _VERTICAL:
        inner = QRect(rect.left() + STRIPE, rect.top() + (rect.height() - side) // 2, side, side)
        return QStyle.visualRect(direction, rect, inner)
    return QRect(rect.left() + (rect.width() - side) // 2, rect.top() + STRIPE, side, side)


def paint_title(painter: QPainter, rect: QRect, look: Look, title: str, orientation: Qt.Orientation) -> None:
    """Paint name and number of a band in its header, after the triangle; upright in a column."""
    mark = fold_rect(rect, look, orientation, Qt.LayoutDirection.LeftToRight)
    painter.setFont(look.bold)
    painter.setPen(look.colours["text"])
    if orientation == _VERTICAL:
        _paint_along(painter, rect, look, title, mark.right() + PAD // 2 - rect.left())
        return
    painter.save()
    painter.translate(rect.left(), rect.bottom() - PAD)
    painter.rotate(-90)
    length = rect.bottom() - PAD - mark.bottom() - PAD // 2
    _draw(painter, QRect(0, 0, length, rect.width()), look, title, LEFT)
    painter.restore()


def _paint_along(painter: QPainter, rect: QRect, look: Look, title: str, start: int) -> None:
    inner = QRect(rect.left() + start, rect.top(), rect.width() - start - PAD, rect.height() - 1)
    flags = RIGHT if painter.layoutDirection() == RTL else LEFT
    _draw(painter, QStyle.visualRect(painter.layoutDirection(), rect, inner), look, title, flags)


def _draw(painter: QPainter, rect: QRect, look: Look, title: str, flags: int) -> None:
    text = single_line(title)
    elided = look.bold_text.metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    look.draw(painter, rect, elided, flags, painter.layoutDirection() == RTL)


def paint_cell(painter: QPainter, view: MatrixView, place: tuple[int, int], rect: QRect) -> None:
    """Paint a cell of a band: the ground, and in a folded group its summary under the hypothesis."""
    look, model = view.look, view.matrix
    painter.fillRect(rect, look.band_ground)
    painter.setPen(QPen(look.colours["line"], 1))
    painter.drawLine(rect.bottomLeft(), rect.bottomRight())
    if model.axes.transposed:
        edge = rect.left() if view.isRightToLeft() else rect.right()
        painter.drawLine(QPoint(edge, rect.top()), QPoint(edge, rect.bottom()))
    text = model.group_words.summary(*model.axes.cell(*place))
    if text:
        painter.setFont(look.small)
        painter.setPen(look.colours["text"])
        width = rect.width() - 4
        elided = look.small_text.metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
        painter.drawText(rect, CENTRE, elided)
