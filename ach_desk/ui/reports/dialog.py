"""The report dialog: its sections on the left with what to look at before it leaves, on the right what it is like."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QLocale, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ach_desk.commands import reports, snapshots
from ach_desk.i18n import _
from ach_desk.model import SnapshotKind
from ach_desk.model.report_plan import ReportPlan
from ach_desk.reporting.palette import Palette
from ach_desk.reporting.print_options import PrintOptions, paper_for_locale
from ach_desk.reporting.report.file_options import FileError
from ach_desk.reporting.report.formats import FORMATS, format_of
from ach_desk.reporting.report.model import CancelledError
from ach_desk.reporting.report.preset_names import PRESETS
from ach_desk.reporting.report.presets import kept_plan, known_sections, plan_of, preset_titles
from ach_desk.storage.errors import StorageError
from ach_desk.ui import messages
from ach_desk.ui.background import Background
from ach_desk.ui.help import give_help_key
from ach_desk.ui.reports.jobs import Request, Shown, preview_job, save_job, text_job
from ach_desk.ui.reports.preview import ReportView
from ach_desk.ui.reports.sections import SectionList
from ach_desk.ui.reports.template import TemplateButton
from ach_desk.ui.session import Session
from ach_desk.ui.widgets.labels import STEP, caption, named, plain
from ach_desk.ui.widgets.work import DialogWork

_REST_MS = 150
"""After this long without another change the preview is made anew."""

_SIDE = 320


class ReportDialog(QDialog):
    """Composes a report of the state at its opening.

    message(str): what was saved or copied. briefed(Snapshot): the state that left the program. shown(): the preview
    shows the present choice. template_chosen(Path | None): another house template for Word.
    """

    message = Signal(str)
    briefed = Signal(object)
    shown = Signal()
    template_chosen = Signal(object)

    def __init__(
        self,
        session: Session,
        background: Background,
        suggested_name: str,
        palette: Palette,
        *,
        positive_scores: bool,
        template: Path | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Report"))
        give_help_key(self)
        self._session = session
        self._suggested_name, self._palette = suggested_name, palette
        analysis = session.shown_analysis()
        self._request = Request(
            analysis,
            session.matrix.id,
            session.analyst,
            kept_plan(session.analysis, session.matrix.id),
            PrintOptions(paper=paper_for_locale(QLocale.system().name()), positive_scores=positive_scores),
            template,
        )
        self._build(background)
        self.resize(1040, 680)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self._ask_preview)
        self._show_plan()
        self._rest.start(0)

    @property
    def plan(self) -> ReportPlan:
        """Return the present choice."""
        return self._request.plan

    def save(self) -> None:
        """Ask for a file and write the report there in the format of its ending, else in the chosen one."""
        wanted = next(entry for entry in FORMATS if entry.name == self.format.currentData())
        filters = _("{title} (*{ending})").format(title=wanted.title, ending=wanted.ending)
        path = messages.save_file(self, _("Save report"), self._suggested_name + wanted.ending, filters)
        if path is not None:
            self._keep()
            wanted = format_of(path.suffix) or wanted
            self._work.run(partial(save_job, self._now(), wanted.name, path), partial(self._saved, path))
            self._status.setText(_("Writing the report ..."))

    def copy_text(self) -> None:
        """Put the report on the clipboard as plain text."""
        self._keep()
        self._work.run(partial(text_job, self._now()), self._copied)

    def stop(self) -> None:
        """Give up what is under way."""
        self._work.drop()
        self._status.setText(_("Cancelled."))

    def closeEvent(self, event: QCloseEvent) -> None:
        self._leave()
        super().closeEvent(event)

    def done(self, result: int) -> None:
        self._leave()
        super().done(result)

    def _build(self, background: Background) -> None:
        self.preset = named(QComboBox(), _("Kind of report"))
        for name, title in preset_titles().items():
            self.preset.addItem(title, name)
        self.preset.addItem(_("Own choice"), "")
        self.sections = SectionList()
        self.points = named(QListWidget(), _("Before it leaves the program"))
        self.points.setWordWrap(True)
        self.points.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.points.setMaximumHeight(112)
        self.view = ReportView()
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * STEP, 2 * STEP, 2 * STEP, 2 * STEP)
        row.setSpacing(2 * STEP)
        side = QWidget()
        side.setFixedWidth(_SIDE)
        side.setLayout(self._side())
        row.addWidget(side)
        row.addLayout(self._preview_side(background), 1)
        self.preset.currentIndexChanged.connect(self._take_preset)
        self.sections.changed.connect(self._take_sections)

    def _side(self) -> QVBoxLayout:
        self._check_title: QLabel = caption(_("Before it leaves the program"), self.points)
        self.all_well = plain(_("Nothing to mend that the program can see."), muted=True)
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(STEP)
        column.addWidget(caption(_("&Kind of report"), self.preset))
        column.addWidget(self.preset)
        column.addWidget(caption(_("S&ections, in their order"), self.sections.list))
        column.addWidget(self.sections, 1)
        column.addWidget(self._check_title)
        column.addWidget(self.points)
        column.addWidget(self.all_well)
        return column

    def _preview_side(self, background: Background) -> QVBoxLayout:
        self._status = plain(muted=True)
        self._work = DialogWork(background, self._failed, self)
        self._work.progress.setFixedWidth(96)
        self._work.cancel.clicked.connect(self.stop)
        state = QHBoxLayout()
        state.setSpacing(STEP)
        for widget, share in ((self._status, 1), (self._work.progress, 0), (self._work.cancel, 0)):
            state.addWidget(widget, share)
        column = QVBoxLayout()
        column.setSpacing(STEP)
        column.addWidget(self.view, 1)
        column.addLayout(state)
        column.addLayout(self._buttons())
        return column

    def _buttons(self) -> QHBoxLayout:
        self.format = named(QComboBox(), _("Format"))
        for entry in FORMATS:
            self.format.addItem(_("{title} (*{ending})").format(title=entry.title, ending=entry.ending), entry.name)
        self.template = TemplateButton(self._request.template)
        self.template.changed.connect(self._take_template)
        self.format.currentIndexChanged.connect(self._show_template)
        self._show_template()
        self.save_button = _button(_("&Save ..."), self.save)
        self.save_button.setDefault(True)
        self.copy_button = _button(_("&Copy as text"), self.copy_text)
        row = QHBoxLayout()
        row.setSpacing(STEP)
        row.addWidget(self.format)
        row.addWidget(self.template)
        row.addStretch(1)
        for button in (self.copy_button, self.save_button, _button(_("Close"), self.reject)):
            row.addWidget(button)
        return row

    def _show_template(self) -> None:
        wanted = next(entry for entry in FORMATS if entry.name == self.format.currentData())
        self.template.setVisible(wanted.takes_template)

    def _take_template(self) -> None:
        self._request = replace(self._request, template=self.template.path)
        self.template_chosen.emit(self.template.path)

    def _show_plan(self) -> None:
        self.sections.show_sections(known_sections(self.plan))
        self._show_preset()

    def _show_preset(self) -> None:
        is_preset = PRESETS.get(self.plan.preset) == known_sections(self.plan)
        self.preset.blockSignals(True)
        self.preset.setCurrentIndex(self.preset.findData(self.plan.preset if is_preset else ""))
        self.preset.blockSignals(False)

    def _take_preset(self) -> None:
        name = self.preset.currentData()
        if name:
            self._choose(plan_of(name).sections, name)
            self.sections.show_sections(known_sections(self.plan))

    def _take_sections(self) -> None:
        self._choose(self.sections.chosen, self.plan.preset)
        self._show_preset()

    def _choose(self, sections: tuple[str, ...], preset: str) -> None:
        """Take another choice; what a newer version put into the plan stays in it."""
        unknown = tuple(name for name in self.plan.sections if name not in known_sections(self.plan))
        plan = self.plan.model_copy(update={"preset": preset, "sections": (*sections, *unknown)})
        self._request = replace(self._request, plan=plan)
        self._rest.start(_REST_MS)

    def _ask_preview(self) -> None:
        self._work.run(partial(preview_job, self._now(), self._palette.name), self._show)

    def _show(self, shown: Shown) -> None:
        self.view.show_report(shown)
        self.points.clear()
        self.points.addItems(list(shown.points))
        self._check_title.setVisible(bool(shown.points))
        self.points.setVisible(bool(shown.points))
        self.all_well.setVisible(not shown.points)
        self._status.setText("")
        self.shown.emit()

    def _now(self) -> Request:
        return replace(self._request, options=replace(self._request.options, printed=datetime.now().astimezone()))

    def _saved(self, path: Path, _result: object) -> None:
        made = self._request
        matrix = made.analysis.matrix(made.matrix)
        self.briefed.emit(snapshots.snapshot_of(made.analysis, matrix, made.analyst, SnapshotKind.EXPORTED))
        self._say(_("Report saved as {path}.").format(path=path))

    def _copied(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self._say(_("The report is on the clipboard as text."))

    def _say(self, text: str) -> None:
        self._status.setText(text)
        self.message.emit(text)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, StorageError | FileError):
            self._status.setText(str(error))
        elif not isinstance(error, CancelledError):
            raise error

    def _keep(self) -> None:
        """Keep the choice with the analysis, as an edit that can be taken back; not of one that nobody edits."""
        if not self._session.read_only and self.plan != kept_plan(self._session.analysis, self._request.matrix):
            self._session.execute(reports.choose(self._session.analysis, self.plan))

    def _leave(self) -> None:
        self._rest.stop()
        self._work.drop()
        self._keep()


def _button(text: str, run: Callable[[], object]) -> QPushButton:
    button = named(QPushButton(text), text.replace("&", "").replace(" ...", ""))
    button.setAutoDefault(False)
    button.clicked.connect(run)
    return button
