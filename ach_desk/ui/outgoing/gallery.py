"""The chart gallery: every chart in one place, small and large, with what can be chosen before it is given away."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QIcon, QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QListView,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ach_desk.i18n import _
from ach_desk.reporting.chart_names import chart_name
from ach_desk.reporting.chart_options import kinds_for
from ach_desk.ui.background import Background, Cancel, Ticket
from ach_desk.ui.charts.output import ChartOutput, chart_options
from ach_desk.ui.charts.picture import PictureView
from ach_desk.ui.help import give_help_key
from ach_desk.ui.outgoing.gallery_options import GalleryOptions
from ach_desk.ui.session import Session
from ach_desk.ui.text import shown
from ach_desk.ui.widgets.labels import STEP, named, plain

_THUMBNAIL = QSize(176, 112)
_THUMBNAIL_WIDTH = 640
_PAUSE_MS = 150
_KIND = Qt.ItemDataRole.UserRole


class ChartGallery(QDialog):
    """The charts of the state that was shown when it was opened.

    message(str) and briefed(Snapshot) as `ChartOutput` has them. drawn(str): the chart of a kind stands there, large.
    """

    message = Signal(str)
    briefed = Signal(object)
    drawn = Signal(str)
    filled = Signal()

    def __init__(
        self, session: Session, background: Background, *, positive_scores: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Chart gallery"))
        give_help_key(self)
        self._session, self._background = session, background
        self._positive_scores = positive_scores
        self._analysis = session.shown_analysis()
        self.kinds = kinds_for(self._analysis.matrix(session.matrix.id))
        """What is offered, in its order."""
        self._subjects: dict[str, Any] = {}
        self._drawing: Ticket | None = None
        self._words = ""
        self._options = GalleryOptions(self)
        self.list = self._list()
        self.picture = PictureView(self)
        self.picture.setAccessibleName(_("Chart picture"))
        self._output = ChartOutput(session, background, self)
        self._output.message.connect(self._say)
        self._output.briefed.connect(self.briefed)
        self._caption = plain(muted=True)
        self._note = plain(muted=True)
        self._build()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._draw)
        self._options.changed.connect(lambda: self._pause.start(_PAUSE_MS))
        self.list.currentRowChanged.connect(self._turn)
        self.resize(1180, 690)
        self._waiting = list(self.kinds)
        self._next_thumbnail()
        self.list.setCurrentRow(0)
        self.list.setFocus()

    @property
    def kind(self) -> str:
        """Return the kind of the chart that is large."""
        item = self.list.currentItem()
        return self.kinds[0] if item is None else str(item.data(_KIND))

    @property
    def options(self) -> GalleryOptions:
        """Return what can be chosen."""
        return self._options

    def save_as(self) -> None:
        """Ask for a file and write the chart as SVG, PDF or PNG."""
        if self._subject is not None:
            self._output.save_as(self.kind, self._subject, self._chosen(for_file=True))

    def copy(self) -> None:
        """Put the chart on the clipboard as a picture, with an SVG beside it."""
        if self._subject is not None:
            self._output.copy(self.kind, self._subject, self._chosen(for_file=True))

    def copy_words(self) -> None:
        """Put the chart on the clipboard in words: what stands beside a picture for those who cannot see it."""
        QApplication.clipboard().setText(self._words)
        self._say(_("The chart is on the clipboard in words."))

    def save_data(self) -> None:
        """Ask for a file and write the numbers behind the chart as CSV."""
        if self._subject is not None:
            self._output.save_data(self.kind, self._subject, self._chosen(for_file=True))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._pause.start(_PAUSE_MS)

    @property
    def _subject(self) -> Any:
        return self._subjects.get(self.kind)

    def _list(self) -> QListWidget:
        widget = named(QListWidget(self), _("Charts"))
        widget.setViewMode(QListView.ViewMode.IconMode)
        widget.setFlow(QListView.Flow.TopToBottom)
        widget.setWrapping(False)
        widget.setMovement(QListView.Movement.Static)
        widget.setIconSize(_THUMBNAIL)
        widget.setFixedWidth(_THUMBNAIL.width() + 5 * STEP)
        widget.setWordWrap(True)
        widget.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        empty = QPixmap(_THUMBNAIL)
        empty.fill(Qt.GlobalColor.transparent)
        for kind in self.kinds:
            item = QListWidgetItem(QIcon(empty), chart_name(kind), widget)
            item.setData(_KIND, kind)
            item.setSizeHint(QSize(_THUMBNAIL.width() + STEP, _THUMBNAIL.height() + 6 * STEP))
        return widget

    def _build(self) -> None:
        area = QScrollArea(self)
        area.setWidget(self.picture)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area = area
        middle = QVBoxLayout()
        middle.setSpacing(STEP)
        middle.addWidget(area, 1)
        middle.addWidget(self._caption)
        side = QVBoxLayout()
        side.setSpacing(STEP)
        side.addWidget(self._options)
        side.addStretch(1)
        side.addWidget(self._note)
        self._buttons: list[QPushButton] = []
        for text, run in (
            (_("&Save chart ..."), self.save_as),
            (_("&Copy chart"), self.copy),
            (_("Copy in &words"), self.copy_words),
            (_("Save &data as CSV ..."), self.save_data),
        ):
            button = QPushButton(text, self)
            button.setAutoDefault(False)
            button.clicked.connect(run)
            self._buttons.append(button)
            side.addWidget(button)
        close = QPushButton(_("Close"), self)
        close.setAutoDefault(False)
        close.clicked.connect(self.reject)
        side.addWidget(close)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2 * STEP, 2 * STEP, 2 * STEP, 2 * STEP)
        layout.setSpacing(2 * STEP)
        layout.addWidget(self.list)
        layout.addLayout(middle, 1)
        layout.addLayout(side)

    def _turn(self, _row: int) -> None:
        self._options.show_for(self.kind)
        self._draw()

    def _next_thumbnail(self) -> None:
        """Make the small pictures one after the other, so that a large one never waits behind all of them."""
        if not self._waiting:
            self.filled.emit()
            return
        kind = self._waiting.pop(0)
        job = partial(_draw_job, self._given(kind), self._plain_options(_THUMBNAIL_WIDTH))
        self._background.run(job, partial(self._show_thumbnail, kind), owner=self)

    def _show_thumbnail(self, kind: str, answer: tuple[Any, Any]) -> None:
        subject, picture = answer
        self._subjects[kind] = subject
        item = self.list.item(self.kinds.index(kind))
        if picture is None:
            item.setText(_("{name} (nothing to show yet)").format(name=chart_name(kind)))
        else:
            image = QImage(picture.rgba, picture.width, picture.height, QImage.Format.Format_RGBA8888)
            item.setIcon(QIcon(_top_of(image)))
            item.setToolTip(shown(picture.caption))
            item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, picture.caption)
        self._next_thumbnail()

    def _draw(self) -> None:
        if self._drawing is not None:
            self._drawing.cancel.set()
        kind = self.kind
        job = partial(_draw_job, self._given(kind), self._chosen(for_file=False))
        self._drawing = self._background.run(job, partial(self._show, kind), owner=self)

    def _show(self, kind: str, answer: tuple[Any, Any]) -> None:
        self._drawing = None
        self._subjects[kind], picture = answer
        for button in self._buttons:
            button.setEnabled(picture is not None)
        if picture is None:
            self.picture.show_sentence(_("There is nothing yet that this chart could show."))
            self._caption.setText("")
        else:
            ratio = max(self.devicePixelRatioF(), picture.width / self._room)
            self.picture.show_picture(picture, ratio)
            self.picture.setFixedWidth(round(picture.width / ratio))
            self._caption.setText(shown(picture.caption))
            self._words = picture.alt_text
        self.drawn.emit(kind)

    def _given(self, kind: str) -> tuple[Any, ...]:
        """Return what a job needs to find the subject of a chart, or the subject that was found before."""
        session = self._session
        matrix = self._analysis.matrix(session.matrix.id)
        return kind, self._subjects.get(kind), self._analysis, matrix, session.analyst, session.assessment

    @property
    def _room(self) -> int:
        """Return the width for a chart; that of the bar, which a tall one makes appear, is kept free."""
        return max(self._area.width() - self._area.verticalScrollBar().sizeHint().width(), 1)

    def _plain_options(self, width: int) -> Any:
        return chart_options(self._session, width_px=width, palette="light", positive_scores=self._positive_scores)

    def _chosen(self, *, for_file: bool) -> Any:
        """Return the options as chosen; what is shown is laid out as the file and made smaller afterwards."""
        ratio = None if for_file else max(self.devicePixelRatioF(), 1.0)
        return chart_options(
            self._session, positive_scores=self._positive_scores, **self._options.chosen(screen_ratio=ratio)
        )

    def _say(self, text: str) -> None:
        self._note.setText(shown(text))
        self.message.emit(text)


def _top_of(image: QImage) -> QPixmap:
    """Return a picture as wide as a thumbnail, cut off below."""
    smooth = Qt.TransformationMode.SmoothTransformation
    scaled = image.copy().scaledToWidth(2 * _THUMBNAIL.width(), smooth)
    cut = scaled.copy(0, 0, scaled.width(), min(scaled.height(), 2 * _THUMBNAIL.height()))
    return QPixmap.fromImage(cut)


def _found(given: tuple[Any, ...]) -> Any:
    from ach_desk.reporting.chart_subjects import subject_of

    kind, subject, *where = given
    return subject if subject is not None else subject_of(kind, *where)


def _draw_job(given: tuple[Any, ...], options: Any, _cancel: Cancel) -> tuple[Any, Any]:
    """Return the subject of a chart and its picture; the latter is None where there is nothing to show."""
    from ach_desk.reporting import charts

    subject = _found(given)
    return subject, None if subject is None else charts.draw(given[0], subject, options)
