"""A file of another program on its way in: read away from the window, shown, and put where the person wants it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from ach_desk.commands.merging import Merged, goes_into_a_matrix, merge
from ach_desk.exchange.formats import Incoming, RefusedFileError, Report, format_of, read_bytes
from ach_desk.exchange.refused_endings import refusal
from ach_desk.i18n import _
from ach_desk.model import Analysis
from ach_desk.ui import messages
from ach_desk.ui.background import Cancel, Ticket
from ach_desk.ui.dialogs.report import show_report
from ach_desk.ui.exchange.dialog import FileImportDialog, Target
from ach_desk.ui.exchange.words import lines_of, summary
from ach_desk.ui.session import Session
from ach_desk.ui.text import single_line

if TYPE_CHECKING:
    from ach_desk.ui.application import Desktop
    from ach_desk.ui.window import AnalysisWindow


class Importing(QObject):
    """Takes one file into a window, or opens it as a new analysis. Made for the file, gone with its dialog."""

    def __init__(self, window: AnalysisWindow, desktop: Desktop, path: Path) -> None:
        super().__init__(window)
        self._window, self._desktop, self._path = window, desktop, path
        self._ticket: Ticket | None = None
        self._incoming: Incoming | None = None
        self.dialog: FileImportDialog | None = None

    def start(self) -> None:
        """Open the dialog and begin to read; a file of no known kind is refused with a sentence."""
        found = format_of(self._path.name)
        if found is None or not found.read:
            messages.tell(self._window, unknown_sentence(self._path))
            self.deleteLater()
            return
        self.dialog = FileImportDialog(self._path, found.title(), self._window)
        self.dialog.chosen.connect(self._take)
        self.dialog.finished.connect(self._end)
        self.dialog.open()
        self._ticket = self._window.background.run(
            partial(read_job, self._path), self._read, self._not_read, owner=self.dialog
        )

    def _read(self, incoming: Incoming) -> None:
        if self.dialog is None:
            return
        if incoming.analysis is None:
            self._not_read(RefusedFileError(_("{file} holds nothing to analyse.").format(file=self._path.name)))
            return
        self._incoming = incoming
        theirs, session = incoming.analysis, self._window.session
        self.dialog.show_read(incoming, session.matrix.name, self._refusals(theirs), _likely(session, theirs))

    def _refusals(self, theirs: Analysis) -> dict[Target, str]:
        """Return the targets that cannot be chosen, with the reason in words."""
        session = self._window.session
        if session.read_only:
            why = _("This analysis is open read-only.")
            return {Target.MATRIX: why, Target.BESIDE: why}
        if session.scenario is not None:
            why = _("A what-if is on. Turn it off first.")
            return {Target.MATRIX: why, Target.BESIDE: why}
        if not goes_into_a_matrix(theirs):
            return {Target.MATRIX: _("The file holds several matrices, or several people's ratings; they stay apart.")}
        return {}

    def _not_read(self, error: Exception) -> None:
        if self.dialog is not None:
            self.dialog.reject()
        tell_refusal(self._window, error)

    def _take(self, target: Target) -> None:
        if self._incoming is None or self._incoming.analysis is None or self.dialog is None:
            return
        if target is Target.NEW:
            self.dialog.accept()
            open_as_new(self._desktop, self._path, self._incoming)
            return
        self._window.flush()
        session = self._window.session
        self.dialog.show_busy()
        self._ticket = self._window.background.run(
            partial(
                _merge_job,
                session.snapshot(),
                self._incoming.analysis,
                session.matrix.id if target is Target.MATRIX else "",
                session.me,
            ),
            self._merged,
            self._not_read,
            owner=self.dialog,
        )

    def _merged(self, merged: Merged) -> None:
        assert self._incoming is not None
        window = self._window
        if self.dialog is not None:
            self.dialog.accept()
        if not merged.command.is_no_op:
            window.session.execute(merged.command, every_sheet=True)
            self._show(merged)
        read = self._incoming.report
        report = Report(merged.taken, (*read.changed, *merged.changed), (*read.skipped, *merged.skipped))
        show_outcome(window, self._path, report)

    def _show(self, merged: Merged) -> None:
        """Bring what is new to the front: the first new matrix, else the first new item."""
        window = self._window
        if merged.matrices:
            window.session.show_matrix(merged.matrices[0])
        elif merged.items or merged.hypotheses:
            kind = "evidence" if merged.items else "hypothesis"
            window.matrix.select_records(kind, (merged.items or merged.hypotheses)[:1])

    def _end(self, _result: int) -> None:
        if self._ticket is not None and self.dialog is not None and not self.dialog.result():
            self._ticket.cancel.set()
        self.dialog = None
        self.deleteLater()


def _likely(session: Session, theirs: Analysis) -> Target:
    """Return the matrix in front for a file of items, or of hypotheses that stand there; else a matrix beside it."""
    mine = {single_line(entry.title).casefold() for entry in session.analysis.hypotheses.values()}
    known = any(single_line(entry.title).casefold() in mine for entry in theirs.hypotheses.values())
    same_ids = not session.analysis.hypotheses.keys().isdisjoint(theirs.hypotheses)
    return Target.MATRIX if known or same_ids or not theirs.hypotheses or not mine else Target.BESIDE


def read_job(path: Path, _cancel: Cancel) -> Incoming:
    """Return what a file of another program holds; a job for the background. Raises RefusedFileError."""
    found = format_of(path.name)
    if found is None or not found.read:
        raise RefusedFileError(unknown_sentence(path))
    return found.reader()(read_bytes(path), path.name)


def _merge_job(analysis: Analysis, theirs: Analysis, matrix: str, analyst: str, _cancel: Cancel) -> Merged:
    return merge(analysis, theirs, analysis.matrix(matrix) if matrix else None, analyst)


def unknown_sentence(path: Path) -> str:
    """Return why a file of no known kind is not read, and which kinds are."""
    return refusal(path.name, written=False)


def open_as_new(desktop: Desktop, path: Path, incoming: Incoming) -> None:
    """Open what was read in a window of its own, unsaved, with the report beside it."""
    assert incoming.analysis is not None
    name = path.name.partition(".")[0]
    window = desktop.open_untitled(incoming.analysis, dirty=True, suggested_name=name)
    show_outcome(window, path, incoming.report)


def open_foreign(desktop: Desktop, path: Path) -> None:
    """Read a file of another program and open it as a new analysis, with its report; a refused one is told."""

    def failed(error: Exception) -> None:
        tell_refusal(desktop.app.activeWindow(), error)
        if not desktop.windows:
            desktop.show_start()

    def read(incoming: Incoming) -> None:
        if incoming.analysis is None:
            failed(RefusedFileError(_("{file} holds nothing to analyse.").format(file=path.name)))
        else:
            open_as_new(desktop, path, incoming)

    desktop.background.run(partial(read_job, path), read, failed)


def show_outcome(window: AnalysisWindow, path: Path, report: Report) -> None:
    """Say what became of a file; line by line where anything was changed or left out."""
    sentence = summary(report)
    window.show_message(_("{file}: {what}").format(file=path.name, what=sentence))
    lines = lines_of(report)
    if lines:
        show_report(_("Imported from {file}").format(file=path.name), sentence, lines, window)


def tell_refusal(window: QWidget | None, error: Exception) -> None:
    """Say why a file was refused; any other error is raised."""
    if not isinstance(error, RefusedFileError):
        raise error
    messages.tell(window, str(error))
