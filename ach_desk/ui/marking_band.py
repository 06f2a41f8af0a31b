"""The marking of the analysis across the top of its window, above everything that shows what it is about."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QLayout, QMainWindow, QSizePolicy, QToolBar

from ach_desk.i18n import _
from ach_desk.model.marking import Marking, parse
from ach_desk.reporting.marking_tones import marking_tone
from ach_desk.reporting.palette import Palette
from ach_desk.ui.text import single_line
from ach_desk.ui.widgets.labels import STEP, strong_font

_MOST_LINES = 3
_WRAPPED = int(Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere)
_TOP = Qt.ToolBarArea.TopToolBarArea


class MarkingBand(QToolBar):
    """A line in the colour of the marking, which says it in words; absent while there is none."""

    def __init__(self, window: QMainWindow, palette: Palette) -> None:
        super().__init__(window)
        self._palette = palette
        self._marking = Marking("")
        self.setObjectName("marking")
        self.setMovable(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.toggleViewAction().setVisible(False)
        self.label = QLabel(self)
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.label.setFont(strong_font(self.label.font()))
        self.label.setWordWrap(True)
        self.label.setContentsMargins(STEP, STEP // 4, STEP, STEP // 4)
        self.label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.label.setMinimumWidth(1)  # a marking without end never makes the window wider
        self.addWidget(self.label)
        cast(QLayout, self.layout()).setContentsMargins(0, 0, 0, 0)
        window.addToolBar(_TOP, self)
        self.hide()

    def show_marking(self, text: str) -> None:
        """Show this marking; "" for none."""
        self._marking = parse(text)
        self.label.setText(single_line(text.strip()))
        self.label.setAccessibleName(_("Marking: {marking}").format(marking=self.label.text()))
        self._colour()
        self._fit()
        self.setVisible(bool(self.label.text()))

    def set_palette(self, palette: Palette) -> None:
        """Take another theme over."""
        self._palette = palette
        self._colour()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Give a long marking the lines it needs, which a tool bar does not do by itself."""
        metrics = self.label.fontMetrics()
        lines = metrics.boundingRect(0, 0, max(self.width() - 2 * STEP, 1), 0, _WRAPPED, self.label.text()).height()
        self.label.setFixedHeight(min(lines, _MOST_LINES * metrics.lineSpacing()) + STEP // 2)

    def _colour(self) -> None:
        tone = marking_tone(self._palette, self._marking)
        self.label.setStyleSheet(f"color: {tone.text}; background: {tone.fill};")
