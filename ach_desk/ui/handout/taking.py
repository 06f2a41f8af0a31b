"""Returned files on their way in: read away from the window, shown, and taken in as one step."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ach_desk.commands.collecting import Collected, Collecting, Proposal
from ach_desk.i18n import _, ngettext
from ach_desk.model import Analysis
from ach_desk.storage.errors import StorageError
from ach_desk.storage.folder import Found
from ach_desk.storage.together import read_returned, returned_files
from ach_desk.ui import messages
from ach_desk.ui.background import Cancel, Ticket
from ach_desk.ui.handout.report import CollectDialog

if TYPE_CHECKING:
    from ach_desk.ui.window import AnalysisWindow


class _Steps(QObject):
    """Says from the worker how many files are done, of how many."""

    done = Signal(int, int)


class Taking(QObject):
    """Takes one lot of files into a window. Made for it, gone with its dialog."""

    def __init__(self, window: AnalysisWindow, paths: list[Path]) -> None:
        super().__init__(window)
        self._window, self._paths = window, paths
        self._files: list[Found] = []
        self._ticket: Ticket | None = None
        self.dialog = CollectDialog(window)

    def start(self) -> None:
        """Open the dialog and begin to read."""
        self.dialog.chosen.connect(self._take)
        self.dialog.finished.connect(self._end)
        self.dialog.open()
        self._run(partial(_look_job, self._paths), self._looked)

    def _run(self, job: Callable[..., object], done: Callable[..., None]) -> None:
        """Run a job that is given the analysis as it stands, where to say how far it is, and when to stop."""
        steps = _Steps()
        steps.done.connect(self.dialog.show_step)
        self._ticket = self._window.background.run(
            partial(job, self._window.session.snapshot(), steps), done, self._failed, owner=self.dialog
        )

    def _looked(self, result: tuple[list[Found], Collected] | None) -> None:
        if result is not None:
            self._files, collected = result
            self.dialog.show_found(collected.files)

    def _take(self) -> None:
        self.dialog.show_busy()
        self._run(partial(_take_job, self._files, frozenset(self.dialog.accepted_keys)), self._taken)

    def _taken(self, collected: Collected | None) -> None:
        if collected is None:
            return
        if not collected.command.is_no_op:
            self._window.session.execute(collected.command, every_sheet=True)
        count = sum(not entry.refusal for entry in collected.files)
        text = ngettext("{count} file was collected.", "{count} files were collected.", count)
        if collected.command.is_no_op:
            text = _("Nothing new was in the files.")
        self._window.show_message(text.format(count=count))
        self.dialog.accept()

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, StorageError):
            raise error
        self.dialog.reject()
        messages.tell(self._window, error.sentence)

    def _end(self, result: int) -> None:
        if self._ticket is not None and not result:
            self._ticket.cancel.set()
        self.deleteLater()


def _look_job(
    paths: list[Path], analysis: Analysis, steps: _Steps, cancel: Cancel
) -> tuple[list[Found], Collected] | None:
    """Return the files and what they hold, nothing that is proposed taken; None when it was cancelled."""
    meant = returned_files(paths)
    files = []
    for found in read_returned(meant):
        files.append(found)
        steps.done.emit(len(files), 2 * len(meant))
        if cancel:
            return None
    collected = _collected(files, lambda _proposal: False, analysis, steps, cancel)
    return (files, collected) if collected is not None else None


def _take_job(
    files: list[Found], accepted: frozenset[str], analysis: Analysis, steps: _Steps, cancel: Cancel
) -> Collected | None:
    return _collected(files, lambda proposal: proposal.key in accepted, analysis, steps, cancel)


def _collected(
    files: list[Found], accept: Callable[[Proposal], bool], analysis: Analysis, steps: _Steps, cancel: Cancel
) -> Collected | None:
    collecting = Collecting(analysis, accept)
    for number, found in enumerate(files, 1):
        if cancel:
            return None
        if found.analysis is None:
            collecting.refuse(found.name, found.problem)
        else:
            collecting.add(found.name, found.analysis)
        steps.done.emit(len(files) + number, 2 * len(files))
    return collecting.collected()
