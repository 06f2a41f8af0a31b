"""One answer to the rating question: its symbol and its words, wrapped, as a radio button."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QRadioButton, QSizePolicy, QStyle, QWidget

from ach_desk.ui.widgets.focus import paint_focus
from ach_desk.ui.widgets.labels import STEP, strong_font

_FLAGS = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
_HALF = STEP // 2


class Answer(QRadioButton):
    """A radio button whose words stand beside its symbol and wrap. `aimed_at()`: it is pressed with the mouse."""

    aimed_at = Signal()

    def __init__(self, symbol: str, meaning: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._symbol, self._meaning = symbol, meaning
        self.setAccessibleName(f"{symbol}: {meaning}")
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        words = self.fontMetrics().boundingRect(
            0, 0, max(width - self._words_left() - _HALF, 24), 100_000, _FLAGS, self._meaning
        )
        return max(words.height() + STEP, self._indicator().height() + STEP)

    def sizeHint(self) -> QSize:
        width = self._words_left() + self.fontMetrics().horizontalAdvance(self._meaning) + STEP
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._words_left() + 48, self._indicator().height() + STEP)

    def hitButton(self, position: QPoint) -> bool:
        return self.rect().contains(position)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.aimed_at.emit()
        super().mousePressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        box = self._indicator()
        line = self.fontMetrics().height()
        self._paint_ring(painter, QRect(_HALF, _HALF + (line - box.height()) // 2, box.width(), box.height()))
        self._paint_words(painter, line)
        paint_focus(self, painter)

    def _paint_ring(self, painter: QPainter, box: QRect) -> None:
        """Draw ring and dot ourselves: the ring of Qt's own style can hardly be seen on a dark ground."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ring = QRectF(self._placed(box)).adjusted(1.5, 1.5, -1.5, -1.5)
        accent = self.palette().color(QPalette.ColorRole.Highlight)
        painter.setPen(accent if self.isChecked() else self.palette().color(QPalette.ColorRole.PlaceholderText))
        painter.setBrush(self.palette().color(QPalette.ColorRole.Base))
        painter.drawEllipse(ring)
        if self.isChecked():
            inner = ring.width() / 4
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(accent)
            painter.drawEllipse(ring.adjusted(inner, inner, -inner, -inner))
        painter.restore()

    def _paint_words(self, painter: QPainter, line: int) -> None:
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        symbol = QRect(self._symbol_left(), _HALF, self._words_left() - self._symbol_left(), line)
        painter.setFont(strong_font(self.font()))
        painter.drawText(self._placed(symbol), self._flags(), self._symbol)
        painter.setFont(self.font())
        words = QRect(self._words_left(), _HALF, self.width() - self._words_left() - _HALF, self.height() - _HALF)
        painter.drawText(self._placed(words), self._flags(), self._meaning)

    def _flags(self) -> int:
        side = Qt.AlignmentFlag.AlignRight if self.isRightToLeft() else Qt.AlignmentFlag.AlignLeft
        return int(Qt.TextFlag.TextWordWrap | side | Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignAbsolute)

    def _placed(self, rect: QRect) -> QRect:
        return QStyle.visualRect(self.layoutDirection(), self.rect(), rect)

    def _indicator(self) -> QSize:
        style = self.style()
        metrics = QStyle.PixelMetric
        return QSize(
            style.pixelMetric(metrics.PM_ExclusiveIndicatorWidth, None, self),
            style.pixelMetric(metrics.PM_ExclusiveIndicatorHeight, None, self),
        )

    def _symbol_left(self) -> int:
        return _HALF + self._indicator().width() + STEP

    def _words_left(self) -> int:
        return self._symbol_left() + QFontMetrics(strong_font(self.font())).horizontalAdvance("N/A") + STEP
