"""A chart on its way out of the program: saved as SVG, PDF or PNG, or put on the clipboard. Drawn in the background."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QMimeData, QPoint, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QToolButton, QWidget

from ach_desk.commands import snapshots
from ach_desk.i18n import _
from ach_desk.model import Snapshot, SnapshotKind, now
from ach_desk.storage.errors import StorageError
from ach_desk.storage.files import write_bytes_atomically
from ach_desk.ui import messages
from ach_desk.ui.background import Background, Cancel
from ach_desk.ui.session import Session

_FORMATS = ("svg", "pdf", "png")


class ChartOutput(QWidget):
    """Saves and copies the charts of one panel; stands in it unseen, so that dialogs belong to its window.

    subject: returns what the charts are of, if not of the assessment.
    message(str): a line for the status bar. briefed(Snapshot): the state that a saved chart shows.
    """

    message = Signal(str)
    briefed = Signal(object)

    def __init__(
        self, session: Session, background: Background, parent: QWidget, subject: Callable[[], Any] | None = None
    ) -> None:
        super().__init__(parent)
        self.hide()
        self._session = session
        self._subject = subject or (lambda: session.assessment)
        self._background = background

    def save_as(self, kind: str, options: Any) -> None:
        """Ask for a file and write the chart as SVG, PDF or PNG."""
        filters = ";;".join(_("{name} (*.{ending})").format(name=f.upper(), ending=f) for f in _FORMATS)
        path = messages.save_file(self.parentWidget(), _("Save chart"), f"{kind}.svg", filters)
        if path is None:
            return
        ending = path.suffix.lstrip(".").lower()
        if ending not in _FORMATS:
            self.message.emit(
                _("Charts are saved as .svg, .pdf or .png; {name} was not written.").format(name=path.name)
            )
            return
        session = self._session
        state = snapshots.snapshot_of(session.analysis, session.matrix, session.analyst, SnapshotKind.EXPORTED)
        self._background.run(
            partial(_save_job, kind, self._subject(), options, ending, path),
            partial(self._saved, state, path),
            self.say_why,
            owner=self,
            must_finish=True,
        )

    def _saved(self, state: Snapshot, path: Path, _result: object) -> None:
        self.briefed.emit(state)
        self.message.emit(_("Chart saved as {path}.").format(path=path))

    def copy(self, kind: str, options: Any) -> None:
        """Put the chart on the clipboard as a picture, with an SVG beside it; the marking is part of both."""
        self._background.run(
            partial(_copy_job, kind, self._subject(), options), self._to_clipboard, self.say_why, owner=self
        )

    def _to_clipboard(self, pictures: tuple[Any, bytes]) -> None:
        picture, svg = pictures
        image = QImage(picture.rgba, picture.width, picture.height, QImage.Format.Format_RGBA8888).copy()
        data = QMimeData()
        data.setImageData(image)
        data.setData("image/svg+xml", QByteArray(svg))
        QApplication.clipboard().setMimeData(data)
        self.message.emit(_("Chart copied."))

    def say_why(self, error: Exception) -> None:
        """Say in the status bar why a file could not be written; any other error is raised."""
        if isinstance(error, StorageError):
            self.message.emit(str(error))
        else:
            raise error


def chart_options(session: Session, **more: Any) -> Any:
    """Return the options of a chart of a session with marking, notice, analyst and date; `more` are others."""
    from ach_desk.reporting.chart_options import ChartOptions

    analysis = session.analysis
    notice = " · ".join(part for part in (session.front_note, analysis.notice) if part)
    return ChartOptions(marking=analysis.marking, notice=notice, analyst=session.analyst_name, date=now()[:10], **more)


def more_button(menu: Callable[[QPoint], object], parent: QWidget) -> QToolButton:
    """Return the button "Save or copy"; `menu(place)` shows the menu at a place of the screen."""
    button = QToolButton(parent)
    button.setText(_("Save or copy"))
    button.setAccessibleName(_("Save or copy the chart"))
    button.setAutoRaise(True)
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    button.clicked.connect(lambda: menu(button.mapToGlobal(button.rect().bottomLeft())))
    return button


def draw_job(kind: str, assessment: Any, options: Any, _cancel: Cancel) -> Any:
    """Return the picture of a chart; a job for the background."""
    from ach_desk.reporting import charts

    return charts.draw(kind, assessment, options)


def _save_job(kind: str, assessment: Any, options: Any, ending: str, path: Path, _cancel: Cancel) -> None:
    from ach_desk.reporting import charts

    write_bytes_atomically(path, charts.save(kind, assessment, options, ending))


def _copy_job(kind: str, assessment: Any, options: Any, _cancel: Cancel) -> tuple[Any, bytes]:
    from ach_desk.reporting import charts

    return charts.draw(kind, assessment, options), charts.save(kind, assessment, options, "svg")
