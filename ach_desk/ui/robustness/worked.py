"""A fold of the panel whose content is worked out in the background when it is open; stale answers are dropped."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton

from ach_desk.i18n import _
from ach_desk.scoring.programme import StoppedError
from ach_desk.ui.background import Background, Cancel, Ticket
from ach_desk.ui.robustness.answers import Answer, Question
from ach_desk.ui.session import Session
from ach_desk.ui.widgets.foldsection import FoldSection
from ach_desk.ui.widgets.labels import STEP, named, plain

Job = Callable[[Cancel], Any]


class WorkedSection(FoldSection):
    """For subclasses, which say what is to be done (`job`) and show what came of it (`show_result`).

    cell_chosen(evidence, hypothesis): ids, either "" for none. records_chosen(kind, ids): several of one kind.
    worked(): what was to be shown is shown.
    """

    cell_chosen = Signal(str, str)
    records_chosen = Signal(str, list)
    worked = Signal()

    def __init__(self, title: str, session: Session, background: Background) -> None:
        super().__init__()
        self._session, self._background = session, background
        self._answer: Answer | None = None
        self._stale = True
        self._ticket: Ticket | None = None
        self._state = plain(_("Being worked out ..."), muted=True)
        self._progress = named(QProgressBar(), _("{title}: being worked out").format(title=title))
        self._progress.setRange(0, 0)
        self._progress.setTextVisible(False)
        self._progress.setFixedHeight(STEP)
        self.stop_button = named(QPushButton(_("Stop")), _("{title}: stop").format(title=title))
        self.stop_button.setAutoDefault(False)
        self.stop_button.clicked.connect(self.stop)
        self.go_on_button = named(QPushButton(_("Work it out")), _("{title}: work it out").format(title=title))
        self.go_on_button.setAutoDefault(False)
        self.go_on_button.clicked.connect(self.work)
        row = QHBoxLayout()
        row.setSpacing(STEP)
        row.addWidget(self._state, 2)
        row.addWidget(self._progress, 1)
        row.addWidget(self.stop_button)
        row.addWidget(self.go_on_button)
        self.column.addLayout(row)
        self.set_title(title)
        self._show_state()

    @property
    def is_settled(self) -> bool:
        """Return whether nothing is being worked out."""
        return self._ticket is None

    def show_answer(self, answer: Answer) -> None:
        """Work out what belongs to a new answer: now if the section is open, else when it is opened."""
        same = self._answer is not None and self._answer.question is answer.question
        self._answer = answer
        self.setVisible(bool(answer.found.leaders))
        if not same:
            self.renew()

    def renew(self) -> None:
        """What is shown no longer holds: work it out anew as soon as it can be seen."""
        self._drop()
        self._stale = True
        if self.is_open:
            self.work()

    def fill(self) -> None:
        if self._stale:
            self.work()

    def work(self) -> None:
        """Work it out, in the background."""
        answer = self._answer
        if answer is None or not answer.found.leaders:
            return
        self._drop()
        self._stale = False
        job = self.job(answer)

        def run(cancel: Cancel) -> Any:
            try:
                return answer.question, job(cancel)
            except StoppedError:
                return answer.question, None

        self._ticket = self._background.run(run, self._take, self._failed, owner=self)
        self._show_state()

    def job(self, answer: Answer) -> Job:
        """Return what is to be done away from the window; for subclasses."""
        raise NotImplementedError

    def show_result(self, answer: Answer, result: Any) -> None:
        """Show what came of the job; for subclasses."""
        raise NotImplementedError

    def stop(self) -> None:
        """Leave it undone."""
        self._drop()
        self._stale = True
        self._show_state()

    def _drop(self) -> None:
        if self._ticket is not None:
            self._ticket.cancel.set()
            self._ticket = None

    def _take(self, found: tuple[Question, Any]) -> None:
        self._ticket = None
        self._show_state()
        if self._answer is not None and found[1] is not None:
            self.show_result(self._answer, found[1])
            self.worked.emit()

    def _failed(self, error: Exception) -> None:
        self._ticket = None
        self._show_state()
        raise error

    def _show_state(self) -> None:
        busy = self._ticket is not None
        for part in (self._state, self._progress, self.stop_button):
            part.setVisible(busy)
        self.go_on_button.setVisible(not busy and self._stale and self._answer is not None)
