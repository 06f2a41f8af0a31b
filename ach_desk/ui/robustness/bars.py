"""How often each hypothesis is first in the trials, as bars with their share in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

from ach_desk.i18n import _
from ach_desk.reporting.palette import Palette
from ach_desk.ui.text import explain, shown
from ach_desk.ui.widgets.labels import STEP, named

_BAR = STEP


@dataclass(frozen=True)
class ShareBar:
    """One bar: the hypothesis in words, how often it is first (0 to 1), and that share as it is said."""

    name: str
    share: float
    words: str


class ShareBars(QWidget):
    """The bars below each other, in the order in which they are given: name and share above, the bar below."""

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._palette = palette
        self._bars: tuple[ShareBar, ...] = ()
        self._margin = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        named(self, _("How often each is first when ratings slip"))

    def set_palette(self, palette: Palette) -> None:
        """Draw in the colours of another theme."""
        self._palette = palette
        self.update()

    def show_bars(self, bars: Sequence[ShareBar], margin: float) -> None:
        """Show these bars; `margin` is drawn as a thin line around the end of each."""
        self._bars, self._margin = tuple(bars), margin
        explain(self, "\n".join(f"{bar.name}: {bar.words}" for bar in bars))
        self.setVisible(bool(bars))
        self.updateGeometry()
        self.update()

    @property
    def texts(self) -> list[tuple[str, str]]:
        """Return what is written: name and share of each bar."""
        return [(bar.name, bar.words) for bar in self._bars]

    def sizeHint(self) -> QSize:
        return QSize(30 * STEP, len(self._bars) * self._pitch())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for number, bar in enumerate(self._bars):
            self._paint_bar(painter, number * self._pitch(), bar)

    def _pitch(self) -> int:
        return self.fontMetrics().height() + _BAR + STEP + STEP // 2

    def _paint_bar(self, painter: QPainter, top: int, bar: ShareBar) -> None:
        metrics, mirrored = self.fontMetrics(), self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        leading = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        trailing = Qt.AlignmentFlag.AlignLeft if mirrored else Qt.AlignmentFlag.AlignRight
        line = QRect(0, top, self.width(), metrics.height())
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        painter.drawText(line, trailing, bar.words)
        room = self.width() - metrics.horizontalAdvance(bar.words) - 2 * STEP
        name = metrics.elidedText(shown(bar.name), Qt.TextElideMode.ElideRight, max(room, 0))
        painter.drawText(line, leading, name)
        ground = QRect(0, line.bottom() + 1 + STEP // 2, self.width(), _BAR)
        painter.fillRect(ground, QColor(self._palette.line))
        painter.fillRect(self._span(ground, 0.0, bar.share, mirrored), QColor(self._palette.accent))
        if not self._margin:
            return
        low, high = max(bar.share - self._margin, 0.0), min(bar.share + self._margin, 1.0)
        whisker = self._span(ground, low, high, mirrored)
        painter.fillRect(
            QRect(whisker.left(), ground.center().y(), max(whisker.width(), 1), 1), QColor(self._palette.text)
        )

    def _span(self, ground: QRect, low: float, high: float, mirrored: bool) -> QRect:
        first, last = round(low * ground.width()), round(high * ground.width())
        left = ground.width() - last if mirrored else first
        return QRect(ground.left() + left, ground.top(), last - first, ground.height())
