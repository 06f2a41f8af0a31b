"""The corner between the headers: says what the columns of the items and the figures of the hypotheses are."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ach_desk.i18n import _
from ach_desk.ui.matrix.sections import HORIZONTAL, VERTICAL, Sections


class Corner(QWidget):
    """Lies over the table's own corner; a click selects everything."""

    clicked = Signal()
    menu_requested = Signal(QPoint)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.down: Sections | None = None
        self.across: Sections | None = None
        self.setToolTip(_("Select all cells"))
        self.setAccessibleName(_("Select all cells"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the captions of both headers."""
        if self.down is None or self.across is None:
            return
        colours = self.down.look.colours
        painter = QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())
        painter.fillRect(self.rect(), self.down.look.header_ground)
        self.across.paint_captions(painter, self.rect(), HORIZONTAL)
        self.down.paint_captions(painter, self.rect(), VERTICAL)
        painter.setPen(QPen(colours["strong_line"], 1))
        edge = self.rect().left() if self.isRightToLeft() else self.rect().right()
        painter.drawLine(edge, 0, edge, self.height())
        painter.drawLine(0, self.rect().bottom(), self.width(), self.rect().bottom())
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select everything."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the columns."""
        self.menu_requested.emit(event.globalPos())
