"""How the bands of item groups look: a line across the whole matrix with name, number and fold mark."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QPen

from ach_desk.i18n import ngettext
from ach_desk.ui.matrix.axes import EVIDENCE
from ach_desk.ui.matrix.look import CENTRE, PAD, STRIPE, Look
from ach_desk.ui.mirrored import visual_rect
from ach_desk.ui.widgets.painting import fill

if TYPE_CHECKING:
    from ach_desk.ui.matrix.header import MatrixHeader
    from ach_desk.ui.matrix.model import MatrixModel
    from ach_desk.ui.matrix.view import MatrixView

_VERTICAL = Qt.Orientation.Vertical
_LINES_UPRIGHT = 2


def band_size(model: MatrixModel, look: Look, orientation: Qt.Orientation) -> int:
    """Return the height of a band that is a row, or the width of one that is a column."""
    if orientation == _VERTICAL:
        return look.line + PAD
    least = _LINES_UPRIGHT * look.line + PAD
    if not model.grouping.folded:
        return least
    widest = ngettext("{count} against", "{count} against", 88).format(count=88)
    return max(look.width_of(widest, small=True) + PAD, least)


def apply_sizes(header: MatrixHeader, model: MatrixModel, size: int) -> None:
    """Give the bands on a header their own size, and sections that were bands before, which Qt remembers, the usual."""
    bands = model.axes.band_places() if model.kind_of(header.orientation()) == EVIDENCE else []
    for section in header.sized.difference(bands):
        if section < header.count():
            header.resizeSection(section, header.defaultSectionSize())
    for section in bands:
        if header.sectionSize(section) != size:
            header.resizeSection(section, size)
    header.sized = set(bands)


def fold_rect(rect: QRect, look: Look, orientation: Qt.Orientation, direction: Qt.LayoutDirection) -> QRect:
    """Return where in a band a click folds or unfolds its group: the triangle with room around it."""
    side = look.line + PAD // 2
    if orientation == _VERTICAL:
        inner = QRect(rect.left() + STRIPE, rect.top() + (rect.height() - side) // 2, side, side)
        return visual_rect(direction, rect, inner)
    return QRect(rect.left() + (rect.width() - side) // 2, rect.top() + STRIPE, side, side)


def paint_title(painter: QPainter, rect: QRect, look: Look, title: str, orientation: Qt.Orientation) -> None:
    """Paint name and number of a band in its header, after the triangle; upright in a column."""
    mark = fold_rect(rect, look, orientation, Qt.LayoutDirection.LeftToRight)
    painter.setFont(look.bold)
    painter.setPen(look.colours["text"])
    if orientation == _VERTICAL:
        inner = rect.adjusted(mark.right() + PAD // 2 - rect.left(), 0, -PAD, -1)
        place = visual_rect(painter.layoutDirection(), rect, inner)
        look.draw_lines(painter, place, title, look.bold_text, 1, centred=True)
        return
    painter.save()
    painter.translate(rect.left(), rect.bottom() - PAD)
    painter.rotate(-90)
    upright = QRect(0, 0, rect.bottom() - PAD - mark.bottom() - PAD // 2, rect.width())
    look.draw_lines(painter, upright, title, look.bold_text, _LINES_UPRIGHT, centred=True)
    painter.restore()


def paint_cell(painter: QPainter, view: MatrixView, place: tuple[int, int], rect: QRect) -> None:
    """Paint a cell of a band: the ground, and in a folded group its summary under the hypothesis."""
    look, model = view.look, view.matrix
    fill(painter, rect, look.band_ground)
    painter.setPen(QPen(look.colours["line"], 1))
    painter.drawLine(rect.bottomLeft(), rect.bottomRight())
    if model.axes.transposed:
        edge = rect.left() if view.isRightToLeft() else rect.right()
        painter.drawLine(QPoint(edge, rect.top()), QPoint(edge, rect.bottom()))
    text = model.group_words.summary(*model.axes.cell(*place))
    if text:
        painter.setFont(look.small)
        painter.setPen(look.colours["text"])
        lines, right_to_left = look.small_text.lines(text, rect.width() - PAD // 2, 1)
        look.draw(painter, rect, lines[0] if lines else "", CENTRE, right_to_left)
