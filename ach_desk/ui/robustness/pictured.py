"""A fold of the panel with a chart in it: drawn to the width there is, saved and copied, and chosen from by a click."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from ach_desk.i18n import _
from ach_desk.reporting.palette import Palette
from ach_desk.ui.background import Background
from ach_desk.ui.charts.output import ChartOutput, chart_options, more_button
from ach_desk.ui.charts.picture import PictureView
from ach_desk.ui.robustness.worked import WorkedSection
from ach_desk.ui.session import Session
from ach_desk.ui.settings import SettingsStore
from ach_desk.ui.widgets.labels import STEP
from ach_desk.ui.widgets.menu import Menu

_NARROWEST = 320
_REST_MS = 100


class IndexedPicture(PictureView):
    """chosen(int): the number of the box that was clicked or Enter pressed on."""

    chosen = Signal(int)

    def choose(self, index: int) -> None:
        """Report the number of a box; -1 is none."""
        if index >= 0:
            self.chosen.emit(index)


class PicturedSection(WorkedSection):
    """For subclasses; `kind` is that of the chart. message(str) and briefed(Snapshot) as `ChartOutput` has them."""

    message = Signal(str)
    briefed = Signal(object)
    kind = ""

    def __init__(
        self, title: str, session: Session, background: Background, store: SettingsStore, palette: Palette
    ) -> None:
        super().__init__(title, session, background)
        self._store, self._palette = store, palette
        self._subject: Any = None
        self._drawn_width = 0
        self.picture = IndexedPicture(self)
        self.picture.setAccessibleName(title)
        self._output = ChartOutput(session, background, self)
        self._output.message.connect(self.message)
        self._output.briefed.connect(self.briefed)
        self.more = more_button(self._menu, self)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self.renew)
        self.picture.chosen.connect(self.choose)

    def choose(self, index: int) -> None:
        """Do what a click on a box does; for subclasses."""
        raise NotImplementedError

    def put_picture(self, after: QWidget) -> None:
        """Put the picture and its button below what is there already; the Tab key comes to them from `after`."""
        self.setTabOrder(after, self.picture)
        self.setTabOrder(self.picture, self.more)
        self.column.addWidget(self.picture)
        self.column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignTrailing)

    def set_palette(self, palette: Palette) -> None:
        """Draw in the colours of another theme."""
        self._palette = palette
        self.renew()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.is_open and self._width() != self._drawn_width:
            self._rest.start()

    def screen_options(self) -> Any:
        """Return the options of the picture in the panel, whose finding stands in words above it."""
        self._drawn_width = self._width()
        return self._options(self._palette.name, head=False)

    def show_drawn(self, subject: Any, picture: Any) -> None:
        """Show a picture and keep what it is of, for saving it."""
        self._subject = subject
        self.picture.show_picture(picture, self.devicePixelRatioF())

    def _width(self) -> int:
        return max(self.width() - STEP, _NARROWEST)

    def _options(self, palette: str, *, head: bool) -> Any:
        ratio = self.devicePixelRatioF()
        return chart_options(
            self._session,
            width_px=round(self._width() * ratio),
            scale=ratio,
            palette=palette,
            positive_scores=self._store.settings.score_sign == "positive",
            head=head,
        )

    def _menu(self, position: QPoint) -> None:
        menu = Menu(self)
        if self._subject is not None:
            options = self._options("light", head=True)
            subject = self._subject
            menu.addAction(_("Save chart ..."), lambda: self._output.save_as(self.kind, subject, options))
            menu.addAction(_("Copy chart"), lambda: self._output.copy(self.kind, subject, options))
            menu.addAction(_("Save data as CSV ..."), lambda: self._output.save_data(self.kind, subject, options))
            menu.exec(position)
        menu.deleteLater()
