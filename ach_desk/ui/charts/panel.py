"""The charts panel. Charts are drawn away from the keyboard; only the newest state is drawn."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from ach_desk.i18n import _
from ach_desk.reporting.chart_names import RESTING
from ach_desk.reporting.palette import Palette
from ach_desk.ui.background import Background, Ticket
from ach_desk.ui.charts.chooser import ChartChooser
from ach_desk.ui.charts.output import ChartOutput, chart_options, draw_job, more_button
from ach_desk.ui.charts.picture import PictureView
from ach_desk.ui.charts.waiting import Waiting
from ach_desk.ui.session import Session
from ach_desk.ui.settings import SettingsStore
from ach_desk.ui.text import shown
from ach_desk.ui.widgets.menu import Menu

_RESIZE_PAUSE_MS = 60
_LATE_MS = 300
"""A picture of an older state stands this long at most; usually the new one is there before, and nothing flickers."""

_NARROWEST = 320
_MOST_PIXELS_WIDE = 2400


class ChartsPanel(QWidget):
    """Three charts on tabs, and those of what the order rests on.

    With `only_resting` it shows only the latter, at their full height, to stand inside a larger panel. method: asked
    which way of adding up they are about, "" for the one that the matrix keeps.

    activated(evidence_id, hypothesis_id): a block was clicked. briefed(Snapshot): the state that a saved chart shows.
    """

    activated = Signal(str, str)
    message = Signal(str)
    briefed = Signal(object)
    drawn = Signal(str)

    def __init__(
        self,
        session: Session,
        background: Background,
        store: SettingsStore,
        palette: Palette,
        parent: QWidget | None = None,
        *,
        only_resting: bool = False,
        method: Callable[[], str] = lambda: "",
    ) -> None:
        super().__init__(parent)
        self._is_inside, self._method = only_resting, method
        self._material: Any = None
        self._session = session
        self._background = background
        self._store = store
        self._palette = palette
        self._stale = True
        self._is_of_older_state = True
        self._drawing: Ticket | None = None
        self._scores_shown = True
        self.chooser = ChartChooser(self, with_tabs=not only_resting)
        self.picture = PictureView(self)
        self.picture.setAccessibleName(_("Chart picture"))
        self._is_empty = False
        self.waiting = Waiting(self)
        self.waiting.stopped.connect(self._stop)
        self.waiting.wanted.connect(self.refresh)
        self._more = more_button(self._menu, self)
        self._output = ChartOutput(session, background, self)
        self._output.message.connect(self.message)
        self._output.briefed.connect(self.briefed)
        self._caption = QLabel(self)
        self._caption.setTextFormat(Qt.TextFormat.PlainText)
        self._caption.setWordWrap(True)
        self._caption.setProperty("role", "muted")
        self._area = QScrollArea(self)
        self._area.setWidget(self.picture)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QScrollArea.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the picture in it has the keyboard
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        if only_resting:
            self._area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # The room of the bar is kept free: a picture that makes it appear would else lose its right edge to it.
        self._area.setMinimumWidth(_NARROWEST + self._bar_width())
        self._build_layout()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._draw)
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(_LATE_MS)
        self._late.timeout.connect(self._say_drawing)
        self.chooser.changed.connect(self.refresh)
        self.picture.activated.connect(self.activated)
        self.picture.stepped.connect(self._bring_into_view)
        for signal in (session.changed, session.replaced, session.turned):
            signal.connect(self._follow)

    @property
    def kind(self) -> str:
        """Return the kind of the chart that is shown."""
        return self.chooser.kind

    def show_kind(self, kind: str) -> None:
        """Bring a chart to the front."""
        self.chooser.show_kind(kind)

    def set_palette(self, palette: Palette) -> None:
        """Draw in the colours of another theme."""
        self._palette = palette
        self.refresh()

    def set_scores_shown(self, shown_now: bool) -> None:
        """Hide the charts while scores are hidden: they would give the standing away."""
        if shown_now != self._scores_shown:
            self._scores_shown = shown_now
            self.refresh()

    def method_changed(self) -> None:
        """Draw anew by the way of adding up that holds now."""
        self._follow()

    def _follow(self, *_changed: object) -> None:
        self._material = None
        self.refresh()

    def refresh(self, *_changed: object) -> None:
        """Draw anew, at once when the panel can be seen, else when it is next shown."""
        self._stale = self._is_of_older_state = True
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
            self._pause.start(_RESIZE_PAUSE_MS)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self._scores_shown:
            self._menu(event.globalPos())

    def save_as(self) -> None:
        """Ask for a file and write the chart as SVG, PDF or PNG."""
        if not self._is_hidden():
            self._output.save_as(self.kind, self._subject(), self._options("light"))

    def copy(self) -> None:
        """Put the chart on the clipboard as a picture, with an SVG beside it; the marking is part of both."""
        if not self._is_hidden():
            self._output.copy(self.kind, self._subject(), self._options("light"))

    def save_data(self) -> None:
        """Ask for a file and write the numbers behind the chart as CSV."""
        if not self._is_hidden():
            self._output.save_data(self.kind, self._subject(), self._options("light"))

    def _is_hidden(self) -> bool:
        """Return whether scores are hidden, which a chart would give away, or there is no chart; and say so."""
        if not self._scores_shown:
            self.message.emit(_hidden_text())
        elif self._is_empty:
            self.message.emit(_nothing_text())
        return not self._scores_shown or self._is_empty

    def _build_layout(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*((0, 0, 0, 0) if self._is_inside else (8, 0, 8, 8)))
        layout.setSpacing(4)
        layout.addWidget(self.chooser)
        layout.addWidget(self._area, 1)
        layout.addWidget(self.waiting)
        layout.addWidget(self._caption)
        layout.addWidget(self._more, 0, Qt.AlignmentFlag.AlignRight)

    def _menu(self, position: QPoint) -> None:
        menu = Menu(self)
        menu.addAction(_("Save chart ..."), self.save_as)
        menu.addAction(_("Copy chart"), self.copy)
        menu.addAction(_("Save data as CSV ..."), self.save_data)
        menu.exec(position)
        menu.deleteLater()

    def _draw(self) -> None:
        if self.visibleRegion().isEmpty():
            return
        self._stale = False
        self._drop()
        self._area.setVisible(self._scores_shown)
        self._more.setEnabled(self._scores_shown)
        if not self._scores_shown:
            self._late.stop()
            self.waiting.end()
            self._caption.setText(_hidden_text())
            return
        if self._caption.text() in ("", _hidden_text()):
            self._say_drawing()
        elif self._is_of_older_state and not self._late.isActive():
            self._late.start()
        kind, ratio = self.kind, self.devicePixelRatioF()
        self.waiting.begin()
        self._drawing = self._background.run(
            partial(draw_job, kind, self._subject(), self._options(self._palette.name)),
            partial(self._show, kind, ratio, self._session.front_note),
            self._say_not_drawn,
            owner=self,
        )

    def _subject(self) -> Any:
        """Return what the chart is drawn from; the material is kept until something changes."""
        if self.kind not in RESTING:
            return self._session.assessment
        self._offer_rivals()
        if self._material is None:
            self._material = _material_of(self._session, self._method())
        if self._material.rival != self.chooser.rival_id:
            self._material = dataclasses.replace(self._material, rival=self.chooser.rival_id)
        return self._material

    def _offer_rivals(self) -> None:
        assessment = self._session.assessment
        columns = [column for column in assessment.rated_columns() if assessment.hypotheses[column].is_active]
        text = _("against {label} {title}")
        hypotheses = [assessment.hypotheses[column] for column in columns]
        self.chooser.offer_rivals(
            [(entry.id, shown(text.format(label=entry.label, title=entry.title))) for entry in hypotheses]
        )

    def _show(self, kind: str, ratio: float, note: str, picture: Any) -> None:
        self._drawing = None
        self._late.stop()
        self.waiting.end()
        self._is_of_older_state = self._pause.isActive()
        self._is_empty = picture is None
        if picture is None:
            self._say_instead(_nothing_text())
            return
        self.picture.show_picture(picture, ratio)
        caption = _("{what_if}. {subject}").format(what_if=note.rstrip("."), subject=picture.subject)
        self._caption.setText(shown(caption if note else picture.subject))
        if self._is_inside:
            self._area.setFixedHeight(self.picture.height())
        self.drawn.emit(kind)

    def _drop(self) -> None:
        if self._drawing is not None:
            self._drawing.cancel.set()
            self._drawing = None

    def _stop(self) -> None:
        """Leave the chart undrawn until something changes or it is wanted after all."""
        self._drop()
        self._late.stop()
        self._say_instead(_("The chart was not drawn."))

    def _say_drawing(self) -> None:
        self._say_instead(_("Drawing the chart ..."))

    def _say_instead(self, sentence: str) -> None:
        self.picture.show_sentence(sentence)
        self._caption.setText("")

    def _say_not_drawn(self, error: Exception) -> None:
        self._drawing = None
        self._late.stop()
        self.waiting.end()
        self._say_instead(_("The chart could not be drawn."))
        self._output.say_why(error)

    def _bring_into_view(self, box: QRectF) -> None:
        middle, room = box.center().toPoint(), round(box.height() / 2) + 8
        around = _area_around(self) if self._is_inside else self._area
        content = around.widget() if around is not None else None
        if around is not None and content is not None:
            place = self.picture.mapTo(content, middle)
            around.ensureVisible(place.x(), place.y(), 0, room)

    def _bar_width(self) -> int:
        return 0 if self._is_inside else self._area.verticalScrollBar().sizeHint().width()

    def _options(self, palette: str) -> Any:
        ratio = self.devicePixelRatioF()
        width = self._area.width() - self._bar_width()
        return chart_options(
            self._session,
            width_px=min(round(width * ratio), _MOST_PIXELS_WIDE),
            scale=ratio,
            palette=palette,
            positive_scores=self._store.settings.score_sign == "positive",
        )


def _material_of(session: Session, method: str) -> Any:
    """Return the material of a copy of the state that is shown, which later edits do not touch."""
    from ach_desk.reporting.chart_material import material

    analysis = session.front_copy()
    return material(analysis, analysis.matrix(session.matrix.id), session.analyst, session.assessment, method=method)


def _area_around(widget: QWidget) -> QScrollArea | None:
    """Return the scroll area that a widget stands in."""
    parent = widget.parentWidget()
    while parent is not None and not isinstance(parent, QScrollArea):
        parent = parent.parentWidget()
    return parent


def _nothing_text() -> str:
    return _("There is nothing yet that this chart could show.")


def _hidden_text() -> str:
    return _("Charts appear together with the scores.")
