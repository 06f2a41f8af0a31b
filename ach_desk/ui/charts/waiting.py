"""What stands below a chart that takes long to draw: that it is being drawn, Stop, and how to go on."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QWidget

from ach_desk.i18n import _
from ach_desk.ui.widgets.labels import STEP, named

_LATE_MS = 400
"""A drawing that is done sooner shows nothing of this."""


class Waiting(QWidget):
    """stopped(): the drawing is not wanted any more. wanted(): it is wanted after all."""

    stopped = Signal()
    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._progress = named(QProgressBar(), _("The chart is being drawn"))
        self._progress.setRange(0, 0)
        self._progress.setTextVisible(False)
        self._progress.setFixedHeight(STEP)
        self.stop_button = named(QPushButton(_("Stop")), _("Stop drawing the chart"))
        self.draw_button = named(QPushButton(_("Draw it")), _("Draw the chart"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(STEP)
        row.addWidget(self._progress, 1)
        for button in (self.stop_button, self.draw_button):
            button.setAutoDefault(False)
            row.addWidget(button)
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(_LATE_MS)
        self._late.timeout.connect(self.show)
        self.stop_button.clicked.connect(self._stop)
        self.draw_button.clicked.connect(self.wanted)
        self.end()

    def begin(self) -> None:
        """A drawing has begun: say so as soon as it takes long."""
        self._show_parts(stopped=False)
        if self.isHidden():
            self._late.start()

    def end(self) -> None:
        """The drawing is done, or is no more."""
        self._late.stop()
        self.hide()

    def _stop(self) -> None:
        self._show_parts(stopped=True)
        self.stopped.emit()

    def _show_parts(self, *, stopped: bool) -> None:
        self._progress.setVisible(not stopped)
        self.stop_button.setVisible(not stopped)
        self.draw_button.setVisible(stopped)
