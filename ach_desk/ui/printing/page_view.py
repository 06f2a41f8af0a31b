"""Pages on screen, one below the other; only what can be seen is painted, so that a thousand pages open at once."""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Sequence
from itertools import accumulate

from PySide6.QtCore import QByteArray, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from ach_desk.i18n import _
from ach_desk.reporting.typesetting import sizes_of

GAP = 16
_ZOOM_STEP = 1.25
_LARGEST = 4.0
_PIXELS_PER_POINT = 96 / 72


class PageView(QAbstractScrollArea):
    """Shows SVG pages. `page_changed(number, total)`, numbers from 1."""

    page_changed = Signal(int, int)
    SMALLEST = 0.2
    KEPT = 12

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(_("Preview of the pages"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._pages: Sequence[bytes] = ()
        self._sizes: list[tuple[float, float]] = []
        self._above: list[float] = [0.0]
        self._widest = 595.0
        self._zoom: float | None = None
        self._images: OrderedDict[tuple[int, int], QImage] = OrderedDict()
        self._page = 0
        self.verticalScrollBar().valueChanged.connect(self._scrolled)

    def show_pages(self, pages: Sequence[bytes]) -> None:
        """Show the pages (SVG text) from the first on."""
        self._pages = pages
        self._page = 0
        self._images.clear()
        self._sizes = sizes_of(pages)
        self._above = [0.0, *accumulate(height for _width, height in self._sizes)]
        self._widest = max((width for width, _height in self._sizes), default=595.0)
        self.verticalScrollBar().setValue(0)
        self._lay_out()
        self._scrolled()

    @property
    def count(self) -> int:
        """Return the number of pages."""
        return len(self._pages)

    def zoom_in(self) -> None:
        """Show the pages larger."""
        self._set_zoom(self.zoom * _ZOOM_STEP)

    def zoom_out(self) -> None:
        """Show the pages smaller."""
        self._set_zoom(self.zoom / _ZOOM_STEP)

    def fit_width(self) -> None:
        """Show the pages as wide as the view."""
        self._zoom = None
        self._lay_out()

    @property
    def zoom(self) -> float:
        """Return the scale of a page, 1.0 being its size on paper."""
        if self._zoom is not None:
            return self._zoom
        width = self.viewport().width() - 2 * GAP
        return max(self.SMALLEST, min(_LARGEST, width / (self._widest * _PIXELS_PER_POINT)))

    def go_to(self, number: int) -> None:
        """Show the page with that number, counted from 1."""
        self.verticalScrollBar().setValue(round(self._top(min(max(number, 1), self.count) - 1)) - GAP)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
        if event.key() in steps:
            self.go_to(max(1, min(self.count, self._page + steps[Qt.Key(event.key())])))
        elif event.key() == Qt.Key.Key_Home:
            self.go_to(1)
        elif event.key() == Qt.Key.Key_End:
            self.go_to(self.count)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self.palette().mid())
        top = self.verticalScrollBar().value()
        for index in range(self._at(top), self.count):
            target = self.rect_of(index)
            if target.top() > self.viewport().height():
                break
            painter.drawImage(target, self._image(index, target))
        painter.end()

    @property
    def _scale(self) -> float:
        return self.zoom * _PIXELS_PER_POINT

    def _top(self, index: int) -> float:
        """Return where a page, counted from 0, begins below the upper edge of all."""
        return GAP * (index + 1) + self._above[index] * self._scale

    def _at(self, place: float) -> int:
        """Return the page, counted from 0, at so many pixels below the upper edge of all."""
        return max(0, min(bisect_right(range(self.count), place, key=self._top), self.count) - 1)

    def size_of(self, index: int) -> QSizeF:
        """Return width and height in points of a page, counted from 0."""
        return QSizeF(*self._sizes[index])

    def rect_of(self, index: int) -> QRectF:
        """Return where a page, counted from 0, lies in the view."""
        size = self.size_of(index) * self._scale
        widest = max(self.viewport().width(), self._widest * self._scale + 2 * GAP)
        left = (widest - size.width()) / 2 - self.horizontalScrollBar().value()
        return QRectF(left, self._top(index) - self.verticalScrollBar().value(), size.width(), size.height())

    def _image(self, index: int, target: QRectF) -> QImage:
        ratio = self.devicePixelRatioF()
        key = (index, round(target.width() * ratio))
        image = self._images.get(key)
        if image is None:
            image = QImage(round(target.width() * ratio), round(target.height() * ratio), QImage.Format.Format_RGB32)
            image.fill(QColor("white"))
            painter = QPainter(image)
            QSvgRenderer(QByteArray(self._pages[index])).render(painter, QRectF(image.rect()))
            painter.end()
            self._images[key] = image
            while len(self._images) > self.KEPT:
                self._images.popitem(last=False)
        else:
            self._images.move_to_end(key)
        return image

    def _set_zoom(self, zoom: float) -> None:
        self._zoom = max(self.SMALLEST, min(_LARGEST, zoom))
        self._lay_out()

    def _lay_out(self) -> None:
        height = self._top(self.count)
        bar = self.verticalScrollBar()
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(40)
        bar.setRange(0, max(0, round(height - self.viewport().height())))
        sideways = self.horizontalScrollBar()
        sideways.setPageStep(self.viewport().width())
        sideways.setRange(0, max(0, round(self._widest * self._scale + 2 * GAP - self.viewport().width())))
        self.viewport().update()

    def _scrolled(self, *_value: int) -> None:
        middle = self.verticalScrollBar().value() + self.viewport().height() / 2
        page = self._at(middle) + 1 if self.count else 0
        if page != self._page or not page:
            self._page = page
            self.page_changed.emit(page, self.count)
        self.viewport().update()
