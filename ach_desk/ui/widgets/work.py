"""What a dialog has worked out away from the window: one job at a time, with progress and a way to cancel it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QProgressBar, QPushButton, QWidget

from ach_desk.i18n import _
from ach_desk.ui.background import Background, Cancel, Ticket
from ach_desk.ui.widgets.labels import named


class DialogWork(QObject):
    """The job of a dialog. A newer one takes the place of an older one, whose answer is then dropped.

    progress, cancel: for the dialog to place; they are seen only while something is under way. failed: told why a job
    failed. busy_changed(bool): something is under way, or nothing any more.
    """

    busy_changed = Signal(bool)

    def __init__(self, background: Background, failed: Callable[[Exception], None], dialog: QWidget) -> None:
        super().__init__(dialog)
        self._background, self._on_failure = background, failed
        self._ticket: Ticket | None = None
        self.progress = named(QProgressBar(dialog), _("Progress"))
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.cancel = QPushButton(_("Cancel"), dialog)
        self.cancel.setAutoDefault(False)
        self.show_busy(False)

    @property
    def is_busy(self) -> bool:
        """Return whether a job is under way."""
        return self._ticket is not None

    def run(self, job: Callable[[Cancel], object], on_done: Callable[[Any], None]) -> None:
        """Run `job(cancel)` in the background, then `on_done(result)`."""
        self.drop()
        self._ticket = self._background.run(job, partial(self._done, on_done), self._failed, owner=self)
        self.show_busy(True)

    def drop(self) -> bool:
        """Give up what is under way; return whether anything was."""
        ticket, self._ticket = self._ticket, None
        if ticket is not None:
            ticket.cancel.set()
        self.show_busy(False)
        return ticket is not None

    def show_busy(self, busy: bool) -> None:
        """Show, or hide, that something is under way, also of what is no job, such as printing."""
        self.progress.setVisible(busy)
        self.cancel.setVisible(busy)
        self.busy_changed.emit(busy)

    def _done(self, on_done: Callable[[Any], None], result: object) -> None:
        self._ticket = None
        self.show_busy(False)
        on_done(result)

    def _failed(self, error: Exception) -> None:
        self._ticket = None
        self.show_busy(False)
        self._on_failure(error)
