"""Pages on their way to a printer."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QByteArray, QRectF, QTimer
from PySide6.QtGui import QPageLayout, QPainter
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtSvg import QSvgRenderer

from ach_desk.reporting.typesetting import sizes_of


class PrintRun:
    """Paints page after page on the printer, one per turn of the event loop, so that the window goes on working."""

    def __init__(
        self, printer: QPrinter, pages: Sequence[bytes], numbers: Sequence[int], finished: Callable[[bool], None]
    ) -> None:
        """`numbers` are those of the pages that are printed, from 0."""
        self._printer = printer
        self._pages = pages
        self._sizes = sizes_of(pages)
        self._numbers = list(numbers)
        self._finished = finished
        self._painter = QPainter()
        self._first = True
        self._timer = QTimer()
        self._timer.timeout.connect(self._next)
        self._timer.start(0)

    def stop(self) -> None:
        """End before the last page; what the printer has is dropped."""
        self._timer.stop()
        if self._painter.isActive():
            self._printer.abort()
            self._painter.end()

    def _next(self) -> None:
        if self._numbers:
            self._turn_paper(self._numbers[0])
        if not self._painter.isActive() and not self._painter.begin(self._printer):
            self._timer.stop()
            self._finished(False)
            return
        if not self._numbers:
            self._timer.stop()
            self._finished(self._painter.end())
            return
        if not self._first and not self._printer.newPage():
            self.stop()
            self._finished(False)
            return
        self._first = False
        number = self._numbers.pop(0)
        area = QRectF(self._printer.pageLayout().fullRectPixels(self._printer.resolution()))
        QSvgRenderer(QByteArray(self._pages[number])).render(self._painter, area)

    def _turn_paper(self, number: int) -> None:
        """Have the paper of the page that comes next lie as the page does: wide tables are turned sideways."""
        width, height = self._sizes[number]
        sides = QPageLayout.Orientation
        self._printer.setPageOrientation(sides.Landscape if width > height else sides.Portrait)


def pages_in(text: str, count: int) -> list[int] | None:
    """Return the pages that "1-3, 5" names, from 0 and in that order, all of `count` for ""; None for anything else."""
    if not text.strip():
        return list(range(count))
    found: list[int] = []
    for part in text.replace("–", "-").split(","):
        ends = [end.strip() for end in part.split("-")]
        if len(ends) > 2 or not all(end.isdecimal() for end in ends):
            return None
        first, last = int(ends[0]), int(ends[-1])
        if not 1 <= first <= last <= count:
            return None
        found += range(first - 1, last)
    return list(dict.fromkeys(found))
