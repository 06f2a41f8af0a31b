"""The disagreement map in the panel: drawn in the background to the width there is, when its fold is open."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent

from ach_desk.i18n import _
from ach_desk.reporting.palette import Palette
from ach_desk.ui.background import Background, Ticket
from ach_desk.ui.charts.output import ChartOutput, chart_options, draw_job, more_button
from ach_desk.ui.charts.picture import PictureView
from ach_desk.ui.compare.answers import Answer
from ach_desk.ui.session import Session
from ach_desk.ui.widgets.foldsection import FoldSection
from ach_desk.ui.widgets.labels import STEP
from ach_desk.ui.widgets.menu import Menu

_KIND = "disagreement"
_NARROWEST = 320
_REST_MS = 100


class MapSection(FoldSection):
    """activated(evidence, hypothesis): a cell was clicked. message, briefed: as `ChartOutput` has them."""

    activated = Signal(str, str)
    message = Signal(str)
    briefed = Signal(object)
    drawn = Signal()

    def __init__(self, session: Session, background: Background, palette: Palette) -> None:
        super().__init__()
        self._session, self._background, self._palette = session, background, palette
        self._answer: Answer | None = None
        self._ticket: Ticket | None = None
        self._drawn_width = 0
        self.picture = PictureView(self)
        self.picture.setAccessibleName(_("Map of where the analysts differ"))
        self.picture.activated.connect(self.activated)
        self._output = ChartOutput(session, background, self)
        self._output.message.connect(self.message)
        self._output.briefed.connect(self.briefed)
        self.more = more_button(self._menu, self)
        self.column.addWidget(self.picture)
        self.column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignTrailing)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._draw)
        self.set_title(_("Map of all analysts"))

    def show_answer(self, answer: Answer) -> None:
        """Draw an answer: now if the section is open, else when it is opened."""
        self._answer = answer
        self._drawn_width = 0
        self.fill()

    def set_palette(self, palette: Palette) -> None:
        """Draw in the colours of another theme."""
        self._palette = palette
        self._drawn_width = 0
        self.fill()

    def fill(self) -> None:
        if self.is_open and self._answer is not None and self._drawn_width != self._width():
            self._rest.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fill()

    def _draw(self) -> None:
        if self._ticket is not None:
            self._ticket.cancel.set()
        self._drawn_width = self._width()
        options = self._options(self._palette.name, head=False)
        self._ticket = self._background.run(
            partial(draw_job, _KIND, self._subject(), options), self._show_picture, self._failed, owner=self
        )

    def _show_picture(self, picture: Any) -> None:
        self._ticket = None
        self.picture.show_picture(picture, self.devicePixelRatioF())
        self.drawn.emit()

    def _failed(self, error: Exception) -> None:
        self._ticket = None
        self.picture.show_sentence(_("The chart could not be drawn."))
        self._output.say_why(error)

    def _subject(self) -> Any:
        from ach_desk.reporting.chart_material import material

        assert self._answer is not None
        question = self._answer.question
        return material(question.analysis, question.analysis.matrix(question.matrix), self._session.analyst)

    def _width(self) -> int:
        return max(self.width() - STEP, _NARROWEST)

    def _options(self, palette: str, *, head: bool) -> Any:
        ratio = self.devicePixelRatioF()
        return chart_options(
            self._session, width_px=round(self._width() * ratio), scale=ratio, palette=palette, head=head
        )

    def _menu(self, position: QPoint) -> None:
        menu = Menu(self)
        if self._answer is not None:
            subject, options = self._subject(), self._options("light", head=True)
            menu.addAction(_("Save chart ..."), lambda: self._output.save_as(_KIND, subject, options))
            menu.addAction(_("Copy chart"), lambda: self._output.copy(_KIND, subject, options))
            menu.addAction(_("Save data as CSV ..."), lambda: self._output.save_data(_KIND, subject, options))
            menu.exec(position)
        menu.deleteLater()
