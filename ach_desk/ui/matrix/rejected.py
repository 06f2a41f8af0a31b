"""The line below the table that stands for the rejected hypotheses and shows or hides them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ach_desk.i18n import _
from ach_desk.ui.matrix.look import LEFT, PAD, RIGHT, RTL, Look
from ach_desk.ui.matrix.model import MatrixModel
from ach_desk.ui.matrix.section_marks import draw_triangle
from ach_desk.ui.text import explain
from ach_desk.ui.widgets.focus import paint_focus
from ach_desk.ui.widgets.labels import named
from ach_desk.ui.widgets.painting import fill


class RejectedLine(QAbstractButton):
    """ "2 rejected: H4, H6" with a triangle; hidden while no hypothesis is rejected."""

    def __init__(self, model: MatrixModel, look: Callable[[], Look], parent: QWidget) -> None:
        super().__init__(parent)
        self._model, self._look = model, look
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        for signal in (model.columnsInserted, model.columnsRemoved, model.rowsInserted, model.rowsRemoved):
            signal.connect(self.refresh)
        for signal in (model.layoutChanged, model.modelReset):
            signal.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show how many hypotheses are rejected, and whether they are shown."""
        text = self._model.family.rejected_line()
        self.setText(text)
        tip = _("Fold the rejected hypotheses away") if self._is_open else _("Show the rejected hypotheses")
        named(self, f"{text}. {tip}")
        explain(self, tip)
        self.setVisible(bool(text))
        self.updateGeometry()
        self.update()

    @property
    def _is_open(self) -> bool:
        return self._model.folding.rejected_shown

    def sizeHint(self) -> QSize:
        """Return the room for one line."""
        look = self._look()
        return QSize(look.width_of(self.text()) + 4 * PAD, look.line + PAD)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a thin line, the triangle and the words."""
        look = self._look()
        painter = QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())
        fill(painter, self.rect(), look.colours["selection"] if self.underMouse() else look.header_ground)
        painter.setPen(QPen(look.colours["strong_line"], 1))
        painter.drawLine(self.rect().topLeft(), self.rect().topRight())
        size = look.line
        triangle = QRect(PAD, (self.height() - size) // 2, size, size)
        words = QRect(PAD + size + PAD // 2, 0, self.width() - size - 3 * PAD, self.height())
        flags = LEFT
        if self.layoutDirection() == RTL:
            flags = RIGHT
            triangle.moveRight(self.width() - 1 - triangle.left())
            words.moveRight(self.width() - 1 - words.left())
        draw_triangle(painter, triangle, look.colours["muted"], folded=not self._is_open)
        painter.setFont(look.small)
        painter.setPen(look.colours["muted"])
        text = look.small_text.metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, words.width())
        look.draw(painter, words, text, flags)
        paint_focus(self, painter)
        painter.end()
