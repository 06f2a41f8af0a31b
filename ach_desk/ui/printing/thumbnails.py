"""Small pictures of all pages beside the preview; the one that is read is framed, a click goes to another one."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ach_desk.i18n import _
from ach_desk.ui.printing.page_view import PageView

WIDTH = 136


class Thumbnails(PageView):
    """`picked(number)`: a page was chosen, counted from 1."""

    picked = Signal(int)
    SMALLEST = 0.02
    KEPT = 80
    """Pictures that are kept; small ones take little."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("All pages, small"))
        self.setFixedWidth(WIDTH)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._read = 1

    def mark(self, number: int, _total: int = 0) -> None:
        """Frame a page and bring it into view."""
        self._read = max(number, 1)
        if self._read > self.count:
            return  # those of the pages before; the new ones come at once
        place = self.rect_of(self._read - 1)
        if place.top() < 0 or place.bottom() > self.viewport().height():
            self.go_to(self._read)
        self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        hit = [index for index in range(self.count) if self.rect_of(index).contains(event.position())]
        if hit:
            self.picked.emit(hit[0] + 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._read <= self.count:
            painter = QPainter(self.viewport())
            painter.setPen(QPen(self.palette().highlight().color(), 3))
            painter.drawRect(QRectF(self.rect_of(self._read - 1)).adjusted(-2, -2, 2, 2))
            painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_PageDown: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageUp: -1}
        if event.key() in steps:
            self.pick_beside(steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def pick_beside(self, step: int) -> None:
        """Go to the page before or after the one that is read."""
        number = self._read + step
        if 1 <= number <= self.count:
            self.picked.emit(number)
