"""The panel "Timeline": items along time, drawn away from the keyboard; a stretch of days selects rows."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QToolButton, QVBoxLayout, QWidget

from ach_desk.commands import Change
from ach_desk.i18n import _
from ach_desk.model.spans import Span, day_text
from ach_desk.reporting.palette import Palette
from ach_desk.ui.background import Background, Ticket
from ach_desk.ui.charts.output import ChartOutput, chart_options, draw_job, more_button
from ach_desk.ui.selection import Selection
from ach_desk.ui.session import Session
from ach_desk.ui.text import explain, shown
from ach_desk.ui.timeline.dates import EVENT, LEARNED, chosen_words, span_on, touching
from ach_desk.ui.timeline.picture import ZOOM_STEP, Brush, TimelinePicture
from ach_desk.ui.timeline.undated import UndatedList
from ach_desk.ui.widgets.choice import Choice
from ach_desk.ui.widgets.labels import STEP, named, plain
from ach_desk.ui.widgets.menu import Menu

_PAUSE_MS, _REST_MS = 80, 150
_NARROWEST = 320
_MOST_PIXELS_WIDE = 4000
_KIND = "timeline"


class TimelinePanel(QWidget):
    """Items along time.

    activated(id): an item was chosen. picked(list): the items of a stretch of days. filter_wanted(track, first, last):
    only those days are to be shown, "" for no beginning. left(): the keyboard belongs back to the matrix.
    """

    activated = Signal(str)
    picked = Signal(list)
    filter_wanted = Signal(str, str, str)
    left = Signal()
    message = Signal(str)
    briefed = Signal(object)
    drawn = Signal()

    def __init__(
        self, session: Session, background: Background, palette: Palette, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Timeline"))
        self._session, self._background, self._palette = session, background, palette
        self._period: tuple[float, float] | None = None
        self._scores_shown = True
        self._stale = self._is_list_stale = True
        self._drawing: Ticket | None = None
        self._output = ChartOutput(session, background, self)
        self.picture = TimelinePicture(self._span_of, self)
        self.picture.setAccessibleName(_("Timeline picture"))
        self.picture.show_sentence(_("Drawing the timeline ..."))
        self.tracks = Choice(
            [
                ((EVENT, LEARNED), _("Both dates")),
                ((EVENT,), _("When it happened")),
                ((LEARNED,), _("When it was learned")),
            ]
        )
        self.zoom_in = _tool("+", _("Zoom in"))
        self.zoom_out = _tool("−", _("Zoom out"))
        self.all = _tool(_("All"), _("Show all of time"))
        self.keep = _tool(_("Show only these"), _("Filter the matrix by the marked days"))
        self.known = _tool(
            _("Only what was known by then"), _("Filter the matrix by what was learned by the last marked day")
        )
        self.undated = UndatedList(self)
        self.said = plain(muted=True)
        self._area = QScrollArea(self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._draw)
        self._lay_out()
        self._connect()
        self._show_brush(None)

    def _lay_out(self) -> None:
        named(self.tracks, _("Dates shown"))
        self._area.setWidget(self.picture)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QScrollArea.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setMinimumWidth(_NARROWEST)
        self.setFocusProxy(self.picture)
        row = QHBoxLayout()
        row.setSpacing(STEP // 2)
        for part in (self.tracks, self.zoom_in, self.zoom_out, self.all, self.keep, self.known):
            row.addWidget(part)
        row.addStretch(1)
        row.addWidget(more_button(self._menu, self))
        middle = QHBoxLayout()
        middle.setSpacing(STEP)
        middle.addWidget(self._area, 1)
        middle.addWidget(self.undated)
        column = QVBoxLayout(self)
        column.setContentsMargins(STEP, STEP // 2, STEP, STEP // 2)
        column.setSpacing(STEP // 2)
        column.addLayout(row)
        column.addLayout(middle, 1)
        column.addWidget(self.said)

    def _connect(self) -> None:
        session, picture = self._session, self.picture
        session.changed.connect(self._follow)
        for signal in (session.replaced, session.turned):
            signal.connect(self._start_anew)
        picture.activated.connect(lambda evidence, _hypothesis: self.activated.emit(evidence) if evidence else None)
        picture.stepped.connect(self._bring_into_view)
        picture.brushed.connect(self._show_brush)
        picture.cleared.connect(lambda: self._show_brush(None))
        picture.zoomed.connect(self._zoom)
        picture.moved.connect(self._move)
        picture.whole.connect(self.show_all)
        picture.left.connect(self.left)
        self.undated.activated.connect(self.activated)
        self.undated.left.connect(self.left)
        self.tracks.chosen.connect(self._start_anew)
        self.zoom_in.clicked.connect(lambda: self._zoom(ZOOM_STEP, None))
        self.zoom_out.clicked.connect(lambda: self._zoom(1 / ZOOM_STEP, None))
        self.all.clicked.connect(self.show_all)
        self.keep.clicked.connect(self._keep_as_filter)
        self.known.clicked.connect(self._known_by_then)
        self._output.message.connect(self.message)
        self._output.briefed.connect(self.briefed)

    # What the window says

    def set_palette(self, palette: Palette) -> None:
        """Draw in the colours of another theme."""
        self._palette = palette
        self.refresh()

    def set_scores_shown(self, shown_now: bool) -> None:
        """Show or hide which items tell the hypotheses apart: that would give the standing away."""
        if shown_now != self._scores_shown:
            self._scores_shown = shown_now
            self.refresh()

    def show_selection(self, selection: Selection) -> None:
        """Mark the items that are selected in the matrix."""
        self.picture.show_selected(selection.items)

    # What is chosen

    def _span_of(self, evidence: str, track: str) -> Span | None:
        item = self._session.analysis.evidence.get(evidence)
        return None if item is None else span_on(item, track)

    def _show_brush(self, brush: Brush | None) -> None:
        self.picture.show_brush(brush)
        self.keep.setEnabled(brush is not None)
        self.known.setEnabled(brush is not None)
        self.known.setVisible(brush is not None and brush.track == LEARNED)
        if brush is None:
            self._say_what_is_shown()
            return
        items = self._session.assessment.items
        self._say(chosen_words(items, brush.track, brush.span))
        ids = touching(items, brush.track, brush.span)
        if ids:
            self.picked.emit(ids)

    def _keep_as_filter(self) -> None:
        brush = self.picture.brush
        if brush is not None:
            self.filter_wanted.emit(brush.track, day_text(brush.span.first), day_text(brush.span.last))

    def _known_by_then(self) -> None:
        brush = self.picture.brush
        if brush is not None:
            self.filter_wanted.emit(LEARNED, "", day_text(brush.span.last))

    def _say(self, text: str) -> None:
        self.said.setText(shown(text))

    def _say_what_is_shown(self) -> None:
        picture = self.picture.picture
        self._say(picture.caption if picture is not None else "")

    # The period

    def show_all(self) -> None:
        """Show all of time."""
        self._show_period(None)

    def _zoom(self, factor: float, day: float | None) -> None:
        axis = self.picture.picture.axis if self.picture.picture is not None else None
        if axis is None:
            return
        start, end = self._period or (axis.start, axis.end)
        day = (start + end) / 2 if day is None else day
        self._show_period((day - (day - start) / factor, day + (end - day) / factor))

    def _move(self, share: float) -> None:
        axis = self.picture.picture.axis if self.picture.picture is not None else None
        if axis is None:
            return
        start, end = self._period or (axis.start, axis.end)
        away = share * (end - start)
        self._show_period((start + away, end + away))

    def _show_period(self, period: tuple[float, float] | None) -> None:
        self._period = period
        self.refresh()

    # Drawing

    def _follow(self, change: Change) -> None:
        """Draw what an edit changed once the keyboard rests."""
        self._is_list_stale = self._is_list_stale or change.touches("evidence") or bool(change.reordered)
        self._stale = True
        if self.isVisible():
            self._pause.start(_REST_MS)

    def _start_anew(self, *_changed: object) -> None:
        self._is_list_stale = True
        self.refresh()

    def refresh(self, *_changed: object) -> None:
        """Draw anew, at once when the panel can be seen, else when it is next shown."""
        self._stale = True
        if self.isVisible():
            self._pause.start(0)

    def paintEvent(self, event: QPaintEvent) -> None:
        # A covered tab of a dock counts as visible to Qt; being painted is the proof that it can be seen.
        super().paintEvent(event)
        if self._stale and not self._pause.isActive():
            self._pause.start(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._stale = True
        if self.isVisible():
            self._pause.start(_PAUSE_MS)

    def _draw(self) -> None:
        if self.visibleRegion().isEmpty():
            return
        self._stale = False
        if self._drawing is not None:
            self._drawing.cancel.set()
        if self._is_list_stale:
            self._is_list_stale = False
            self.undated.show_items(self._session.assessment.items, self._tracks)
        self._drawing = self._background.run(
            partial(draw_job, _KIND, self._session.assessment, self._options(self._palette.name, head=False)),
            partial(self._show, self.devicePixelRatioF()),
            self._say_not_drawn,
            owner=self,
        )

    def _show(self, ratio: float, picture: Any) -> None:
        self._drawing = None
        self._period = None if picture.axis is None or picture.axis.is_whole else (picture.axis.start, picture.axis.end)
        self.picture.show_picture(picture, ratio)
        self.all.setEnabled(self._period is not None)
        if self.picture.brush is None:
            self._say_what_is_shown()
        self.drawn.emit()

    def _say_not_drawn(self, error: Exception) -> None:
        self._drawing = None
        self.picture.show_sentence(_("The chart could not be drawn."))
        self._output.say_why(error)

    @property
    def _tracks(self) -> tuple[str, ...]:
        tracks = self.tracks.value
        return tracks if isinstance(tracks, tuple) else (EVENT, LEARNED)

    def _options(self, palette: str, *, head: bool = True) -> Any:
        ratio = self.devicePixelRatioF()
        width = self._area.width() - self._area.verticalScrollBar().sizeHint().width()
        return chart_options(
            self._session,
            width_px=min(round(width * ratio), _MOST_PIXELS_WIDE),
            scale=ratio,
            palette=palette,
            head=head,
            hide_totals=not self._scores_shown,
            tracks=self._tracks,
            period=self._period,
        )

    def _bring_into_view(self, box: QRectF) -> None:
        middle = box.center().toPoint()
        self._area.ensureVisible(middle.x(), middle.y(), 0, round(box.height() / 2) + STEP)

    # Saving

    def save_as(self) -> None:
        """Ask for a file and write the timeline as SVG, PDF or PNG."""
        self._output.save_as(_KIND, self._session.assessment, self._options("light"))

    def copy(self) -> None:
        """Put the timeline on the clipboard as a picture."""
        self._output.copy(_KIND, self._session.assessment, self._options("light"))

    def save_data(self) -> None:
        """Ask for a file and write the dates of the items as CSV."""
        self._output.save_data(_KIND, self._session.assessment, self._options("light"))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self._menu(event.globalPos())

    def _menu(self, position: QPoint) -> None:
        menu = Menu(self)
        menu.addAction(_("Save chart ..."), self.save_as)
        menu.addAction(_("Copy chart"), self.copy)
        menu.addAction(_("Save data as CSV ..."), self.save_data)
        menu.exec(position)
        menu.deleteLater()


def _tool(text: str, name: str) -> QToolButton:
    button = named(QToolButton(), name)
    button.setText(text)
    explain(button, name)
    button.setAutoRaise(True)
    return button
