"""A coloured band across the top of a view that does not show the analysis as it is, with the one way out."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from ach_desk.i18n import _
from ach_desk.reporting.palette import Palette, Tone
from ach_desk.ui.text import single_line
from ach_desk.ui.widgets.labels import STEP, plain, strong_font

WHAT_IF, EARLIER = "what_if", "earlier"


class Band(QWidget):
    """Says in one or two lines what is shown instead. `left()`: the button was pressed, or Escape on it.

    kind: WHAT_IF for a what-if, EARLIER for a read-only earlier state; each has its own colour.
    """

    left = Signal()

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = WHAT_IF
        self._palette = palette
        self.label = plain()
        self.label.setFont(strong_font(self.label.font()))
        self.button = QPushButton(_("Leave"), self)
        self.button.setAccessibleName(self.button.text())
        self.button.setAutoDefault(False)
        self.button.clicked.connect(self.left)
        self.setAutoFillBackground(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * STEP, STEP // 2, STEP, STEP // 2)
        row.setSpacing(STEP)
        row.addWidget(self.label, 1)
        row.addWidget(self.button)
        self.hide()

    def show_what_if(self, text: str) -> None:
        """Say that a what-if is on."""
        self._show(WHAT_IF, text, _("Leave what-if"))

    def show_earlier(self, text: str) -> None:
        """Say that this is an earlier state."""
        self._show(EARLIER, text, _("Close"))

    def _show(self, kind: str, text: str, button: str) -> None:
        self.kind = kind
        self.label.setText(single_line(text))
        self.button.setText(button)
        self.button.setAccessibleName(button.replace("&", ""))
        self.setAccessibleName(self.label.text())
        self._colour()
        self.show()

    def set_palette(self, palette: Palette) -> None:
        """Take another theme over."""
        self._palette = palette
        self._colour()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _colour(self) -> None:
        tone = self._tone()
        own = self.palette()
        own.setColor(QPalette.ColorRole.Window, QColor(tone.fill))
        own.setColor(QPalette.ColorRole.WindowText, QColor(tone.text))
        self.setPalette(own)
        self.label.setPalette(own)

    def _tone(self) -> Tone:
        palette = self._palette
        return palette.what_if if self.kind == WHAT_IF else Tone(palette.text, palette.base, palette.text)
