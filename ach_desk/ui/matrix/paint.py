"""Painting of the cells, of what is selected among them, and of the lines between kinds of hypotheses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from ach_desk.i18n import _
from ach_desk.model.wording import is_on_earlier_wording
from ach_desk.ui.matrix import bands
from ach_desk.ui.matrix.axes import EVIDENCE, HYPOTHESIS
from ach_desk.ui.matrix.look import cell_kind
from ach_desk.ui.matrix.model import DIMMED
from ach_desk.ui.widgets.painting import fill

if TYPE_CHECKING:
    from ach_desk.ui.matrix.view import MatrixView


def cells(painter: QPainter, view: MatrixView, rows: range, columns: range) -> None:
    """Paint the cells of these rows and columns, each a ready picture."""
    model, axes = view.matrix, view.matrix.axes
    items, others = (columns, rows) if axes.transposed else (rows, columns)
    known = model.session.analysis.hypotheses
    hypotheses = [(place, model.hypothesis(place)) for place in others]
    tops = {row: view.rowViewportPosition(row) for row in rows}
    lefts = {column: view.columnViewportPosition(column) for column in columns}
    size = QSize(view.header_of(axes.across).defaultSectionSize(), view.header_of(axes.down).defaultSectionSize())
    for place in items:
        if axes.is_band(EVIDENCE, place):
            _band(painter, view, place, others)
            continue
        item = model.item(place)
        ratings, aside = model.session.shown_row(item.id), not item.is_counted
        quiet = model.emphasis(place) == DIMMED
        for other, hypothesis in hypotheses:
            x, y = (lefts[place], tops[other]) if axes.transposed else (lefts[other], tops[place])
            shown = model.family.rated_as(hypothesis.id)
            if shown is None:
                _ground(painter, view, QRect(x, y, size.width(), size.height()))
                continue
            rating, judged = ratings.get(shown), known[shown]
            kind = cell_kind(
                rating,
                quiet or not hypothesis.is_active or judged is not hypothesis,
                aside,
                earlier=rating is not None and is_on_earlier_wording(rating, item, judged),
                derived=model.family.proposed(item.id, hypothesis.id),
            )
            painter.drawPixmap(x, y, view.look.cell(kind, size))


def _band(painter: QPainter, view: MatrixView, section: int, others: range) -> None:
    """Paint the cells of a band, which is less high (or wide) than an item."""
    for other in others:
        place = (other, section) if view.matrix.axes.transposed else (section, other)
        bands.paint_cell(painter, view, place, view.rect_between(place, place))


def _ground(painter: QPainter, view: MatrixView, rect: QRect) -> None:
    """Paint a cell of a heading that shows no form: nothing that could be rated."""
    fill(painter, rect, view.look.header_ground)
    painter.setPen(QPen(view.look.colours["line"], 1))
    painter.drawLine(rect.bottomLeft(), rect.bottomRight())


def nothing_left(painter: QPainter, view: MatrixView) -> None:
    """Say where cells would be that no item is left by the filter."""
    model = view.matrix
    if model.axes.ids[EVIDENCE] or not model.session.assessment.items:
        return
    painter.setFont(view.look.font)
    painter.setPen(view.look.colours["muted"])
    text = _("No item matches the filter. Shift+Esc shows all items.")
    painter.drawText(view.viewport().rect(), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, text)


def separators(painter: QPainter, view: MatrixView) -> None:
    """Paint the lines between single explanations, combinations and rejected ones."""
    for section in view.matrix.section_lines():
        _separator(painter, view, section)


def _separator(painter: QPainter, view: MatrixView, first: int) -> None:
    painter.setPen(QPen(view.look.colours["strong_line"], 2))
    size, items = view.viewport().rect(), view.header_of(EVIDENCE)
    end = items.length() - items.offset()
    if view.matrix.axes.transposed:
        y = view.rowViewportPosition(first)
        left, right = size.left(), min(size.right(), end)
        if view.isRightToLeft():
            left, right = max(size.right() - end, size.left()), size.right()
        painter.drawLine(left, y, right, y)
    else:
        x = view.columnViewportPosition(first)
        x += view.header_of(HYPOTHESIS).sectionSize(first) if view.isRightToLeft() else 0
        painter.drawLine(x, size.top(), x, min(size.bottom(), end))


def selection(painter: QPainter, view: MatrixView) -> None:
    """Paint selected blocks and the current cell; in grey while the keyboard is elsewhere."""
    caret, blocks = view.caret, view.caret.blocks()
    accent = view.look.colours["accent" if view.hasFocus() else "muted"]
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for block in blocks:
        first, last = (block.top(), block.left()), (block.bottom(), block.right())
        if first == last and len(blocks) == 1 and not caret.header_kind:
            continue  # the current cell by itself, which has its own frame
        rect = view.rect_between(first, last)
        fill(painter, rect, view.look.tint)
        painter.setPen(QPen(accent, 1))
        painter.drawRect(rect.adjusted(0, 0, -1, -1))
    if caret.place is not None and not caret.header_kind:
        _current(painter, view.rect_between(caret.place, caret.place), accent, view.look.colours["base"])


def _current(painter: QPainter, rect: QRect, accent: QColor, ground: QColor) -> None:
    """Paint a thick frame with a gap in the colour of the ground, which stands out on every cell colour."""
    painter.setPen(QPen(accent, 3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.SquareCap, Qt.PenJoinStyle.MiterJoin))
    painter.drawRect(rect.adjusted(1, 1, -3, -3))
    painter.setPen(QPen(ground, 1))
    painter.drawRect(rect.adjusted(3, 3, -5, -5))
