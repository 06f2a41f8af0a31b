"""A chart on its way out of the program: saved as SVG, PDF or PNG, or put on the clipboard. Drawn in the background."""

from __future__ import annotations

import dataclasses
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
from ach_desk.scoring.group_sheet import GROUP
from ach_desk.storage.errors import StorageError
from ach_desk.storage.files import write_bytes_atomically
from ach_desk.ui import messages
from ach_desk.ui.background import Background, Cancel
from ach_desk.ui.session import Session

_FORMATS = ("svg", "pdf", "png")
_DATA = "csv"


class ChartOutput(QWidget):
    """Saves and copies the charts of one panel; stands in it unseen, so that dialogs belong to its window.

    message(str): a line for the status bar. briefed(Snapshot): the state that a saved chart shows.
    """

    message = Signal(str)
    briefed = Signal(object)

    def __init__(self, session: Session, background: Background, parent: QWidget) -> None:
        super().__init__(parent)
        self.hide()
        self._session = session
        self._background = background

    def save_as(self, kind: str, subject: Any, options: Any) -> None:
        """Ask for a file and write the chart as SVG, PDF or PNG; `subject` is what it is drawn from."""
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
        self._save(kind, subject, options, ending, path)

    def save_data(self, kind: str, subject: Any, options: Any) -> None:
        """Ask for a file and write the numbers behind the chart as CSV."""
        filters = _("{name} (*.{ending})").format(name=_DATA.upper(), ending=_DATA)
        path = messages.save_file(self.parentWidget(), _("Save data as CSV"), f"{kind}.{_DATA}", filters)
        if path is None:
            return
        if path.suffix.lower() != f".{_DATA}":
            self.message.emit(_("Data are saved as .csv; {name} was not written.").format(name=path.name))
            return
        self._save(kind, subject, options, _DATA, path)

    def _save(self, kind: str, subject: Any, options: Any, ending: str, path: Path) -> None:
        session = self._session
        state = snapshots.snapshot_of(session.analysis, session.matrix, session.analyst, SnapshotKind.EXPORTED)
        self._background.run(
            partial(_save_job, kind, subject, options, ending, path),
            partial(self._saved, state, path),
            self.say_why,
            owner=self,
            must_finish=True,
        )

    def _saved(self, state: Snapshot, path: Path, _result: object) -> None:
        self.briefed.emit(state)
        text = _("Data saved as {path}.") if path.suffix.lower() == f".{_DATA}" else _("Chart saved as {path}.")
        self.message.emit(text.format(path=path))

    def copy(self, kind: str, subject: Any, options: Any) -> None:
        """Put the chart on the clipboard as a picture, with an SVG beside it; the marking is part of both."""
        self._background.run(partial(_copy_job, kind, subject, options), self._to_clipboard, self.say_why, owner=self)

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
    own = {"marking": analysis.marking, "notice": notice, "date": now()[:10]}
    return ChartOptions(**own, analyst=session.analyst_name, is_group=session.analyst == GROUP, **more)


def more_button(menu: Callable[[QPoint], object], parent: QWidget) -> QToolButton:
    """Return the button "Save or copy"; `menu(place)` shows the menu at a place of the screen."""
    button = QToolButton(parent)
    button.setText(_("Save or copy"))
    button.setAccessibleName(_("Save or copy the chart"))
    button.setAutoRaise(True)
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    button.clicked.connect(lambda: menu(button.mapToGlobal(button.rect().bottomLeft())))
    return button


def draw_job(kind: str, subject: Any, options: Any, cancel: Cancel) -> Any:
    """Return the picture of a chart, None where there is nothing to show; it ends early when it is cancelled."""
    from ach_desk.reporting import charts

    if isinstance(subject, charts.Material):
        subject = dataclasses.replace(subject, cancelled=cancel.__bool__)
    ready = _worked_out(kind, subject)
    return None if ready is None else charts.draw(kind, ready, options)


def _worked_out(kind: str, subject: Any) -> Any | None:
    """Return what the chart is drawn from, which for some is still to be worked out; None: there is nothing to show."""
    from ach_desk.reporting.chart_material import Material
    from ach_desk.reporting.chart_subjects import subject_from

    return subject_from(kind, subject) if isinstance(subject, Material) else subject


def _save_job(kind: str, subject: Any, options: Any, ending: str, path: Path, _cancel: Cancel) -> None:
    from ach_desk.reporting import charts

    write_bytes_atomically(path, charts.save(kind, _worked_out(kind, subject), options, ending))


def _copy_job(kind: str, subject: Any, options: Any, _cancel: Cancel) -> tuple[Any, bytes]:
    from ach_desk.reporting import charts

    ready = _worked_out(kind, subject)
    return charts.draw(kind, ready, options), charts.save(kind, ready, options, "svg")
