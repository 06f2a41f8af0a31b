"""A button of several lines: words that wrap, muted ones below. Flat until the pointer or keyboard is on it."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QEnterEvent, QFontMetrics, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ach_desk.ui.widgets.focus import paint_focus
from ach_desk.ui.widgets.labels import STEP, strong_font

_HALF = STEP // 2


class RowButton(QPushButton):
    """A flat button that shows `words` (as a `link` in the colour of links) and, below them, `detail`: plain text."""

    def __init__(
        self,
        words: str,
        detail: str = "",
        *,
        strong: bool = False,
        link: bool = False,
        elide_detail: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._words, self._detail = words, detail
        self._strong, self._elide = strong, elide_detail
        self._words_role = QPalette.ColorRole.Link if link else QPalette.ColorRole.WindowText
        self.setAccessibleName(". ".join(part for part in (words, detail) if part))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @property
    def words(self) -> str:
        """Return the words on the button."""
        return self._words

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        inner = max(width - 2 * STEP, 24)
        height = self._wrapped(self._words_metrics(), self._words, inner) if self._words else 0
        if self._detail:
            line = self.fontMetrics().height()
            height += line if self._elide else self._wrapped(self.fontMetrics(), self._detail, inner)
        return height + STEP

    def sizeHint(self) -> QSize:
        widest = max(
            self._words_metrics().horizontalAdvance(self._words), self.fontMetrics().horizontalAdvance(self._detail)
        )
        width = min(widest, 320) + 2 * STEP
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(64, self.fontMetrics().height() + STEP)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        palette = self.palette()
        if self.underMouse() or self.isDown():
            ground = QPalette.ColorRole.Midlight if self.isEnabled() else QPalette.ColorRole.Window
            painter.fillRect(self.rect(), palette.color(ground))
        inner = self.rect().adjusted(STEP, _HALF, -STEP, -_HALF)
        words_height = self._wrapped(self._words_metrics(), self._words, inner.width()) if self._words else 0
        painter.setPen(palette.color(self._words_role))
        painter.setFont(strong_font(self.font()) if self._strong else self.font())
        painter.drawText(QRect(inner.topLeft(), QSize(inner.width(), words_height)), self._flags(), self._words)
        if self._detail:
            self._paint_detail(painter, inner.adjusted(0, words_height, 0, 0))
        paint_focus(self, painter)

    def _paint_detail(self, painter: QPainter, room: QRect) -> None:
        painter.setFont(self.font())
        role = QPalette.ColorRole.PlaceholderText if self._words else QPalette.ColorRole.WindowText
        painter.setPen(self.palette().color(role))
        text = self._detail
        if self._elide:
            text = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, room.width())
        painter.drawText(room, self._flags(), text)

    def _words_metrics(self) -> QFontMetrics:
        return QFontMetrics(strong_font(self.font())) if self._strong else self.fontMetrics()

    def _wrapped(self, metrics: QFontMetrics, text: str, width: int) -> int:
        return metrics.boundingRect(0, 0, width, 100_000, self._flags(), text).height()

    def _flags(self) -> int:
        side = Qt.AlignmentFlag.AlignRight if self.isRightToLeft() else Qt.AlignmentFlag.AlignLeft
        wrap = (
            Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere
            if self._has_long_word()
            else Qt.TextFlag.TextWordWrap
        )
        return int(wrap | side | Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignAbsolute)

    def _has_long_word(self) -> bool:
        return any(len(word) > 40 for word in f"{self._words} {self._detail}".split())
