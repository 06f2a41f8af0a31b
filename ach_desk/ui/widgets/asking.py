"""A panel that asks in the background for what it shows: what is found soon first, then what takes long."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ach_desk.ui.background import Background, Cancel, Ticket
from ach_desk.ui.widgets.foldsection import FoldSection
from ach_desk.ui.widgets.labels import STEP
from ach_desk.ui.widgets.panel import scrolled

Job = Callable[[Cancel], Any]

_REST_MS = 150
_LONGEST_REST_MS = 2000
"""After an edit the panel rests twice as long as its last answer took, so that whoever types is not held up."""


class AskingPanel(QWidget):
    """For subclasses, which say what is asked (`quick_job`, `full_job`), whether it may be, and show the answer.

    Nothing is asked before the panel can be seen, and an answer to what is no longer the present state is dropped.
    What is left to subclasses raises NotImplementedError, as Qt's classes have a metaclass that takes no ABC beside it.
    left(): the keyboard goes back to the matrix.
    """

    left = Signal()

    PAUSE_MS = 400
    """After this long without an edit what takes long begins; what is found soon does not wait for it."""

    def __init__(self, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self._stale = True
        self._ticket: Ticket | None = None
        self._asked_at = self._took = 0.0
        self.answer: Any = None
        self._rest, self._pause = self._timer(self._ask), self._timer(self.go_on)
        self._content = _Content()
        self._content.painted.connect(self._seen)
        self.column = QVBoxLayout(self._content)
        self.column.setContentsMargins(STEP, STEP, STEP, STEP)
        self.column.setSpacing(STEP)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(self._content))

    # What subclasses say

    @property
    def may_tell(self) -> bool:
        """Return whether anything may be asked and shown at present; for subclasses."""
        raise NotImplementedError

    @property
    def is_wanted(self) -> bool:
        """Return whether the answer is looked at: the panel can be seen. A covered tab counts as visible to Qt."""
        return not self._content.visibleRegion().isEmpty()

    def quick_job(self) -> Job:
        """Return what finds the answer that is there soon; for subclasses."""
        raise NotImplementedError

    def full_job(self) -> Job | None:
        """Return what makes `answer` whole and takes long, None where nothing is left to find; for subclasses."""
        raise NotImplementedError

    def take(self, *, last: bool) -> None:
        """Show `answer`; last: nothing more is to come. For subclasses."""
        raise NotImplementedError

    def show_progress(self) -> None:
        """Show whether something is being worked out; for subclasses that say so."""

    # When it is asked

    @property
    def is_settled(self) -> bool:
        """Return whether nothing is asked any more: all that can be answered has been."""
        return not (self._stale or self._rest.isActive() or self.is_working)

    @property
    def is_working(self) -> bool:
        """Return whether an answer is awaited, or what takes long is about to begin."""
        return self._pause.isActive() or self._ticket is not None

    def refresh(self) -> None:
        """Ask anew as soon as the answer is wanted; the one that is still awaited is dropped."""
        self._stale = True
        self._drop()
        self._rest.start(0)

    def refresh_after_edit(self) -> None:
        """Ask anew when nothing has been edited for a moment."""
        self.refresh()
        self._rest.start(round(min(max(2000 * self._took, _REST_MS), _LONGEST_REST_MS)))

    def stop(self) -> None:
        """Leave undone what is still awaited."""
        self._drop()
        self.show_progress()

    def go_on(self) -> None:
        """Begin what takes long."""
        job = self.full_job() if self.answer is not None and not self._stale else None
        if job is not None:
            self._ticket = self._background.run(job, self._take_full, self._failed, owner=self)
            self.show_progress()

    def put(self, answer: Any) -> None:
        """Show an answer that is known without being asked for, in the place of any that is still awaited."""
        self._drop()
        self._take_full(answer)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _timer(self, run: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(run)
        return timer

    def _drop(self) -> None:
        self._rest.stop()
        self._pause.stop()
        if self._ticket is not None:
            self._ticket.cancel.set()
            self._ticket = None

    def _seen(self) -> None:
        if self._stale and self.may_tell and not self._rest.isActive():
            self._rest.start(0)

    def _ask(self) -> None:
        if self._stale and self.may_tell and self.is_wanted:
            self._stale = False
            self._asked_at = time.monotonic()
            self._ticket = self._background.run(self.quick_job(), self._take_quick, self._failed, owner=self)

    def _take_quick(self, answer: Any) -> None:
        self._took = time.monotonic() - self._asked_at
        self._ticket = None
        self.answer = answer
        is_more = self.full_job() is not None
        if is_more:
            self._pause.start(self.PAUSE_MS)
        self.take(last=not is_more)

    def _take_full(self, answer: Any) -> None:
        self._ticket = None
        self.answer = answer
        self.take(last=True)

    def _failed(self, error: Exception) -> None:
        self._ticket = None
        self.show_progress()
        raise error


class _Content(QWidget):
    """painted(): it can be seen. A covered tab of a dock counts as visible to Qt; being painted is the proof."""

    painted = Signal()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self.painted.emit()


def folded(title: str, *parts: QWidget) -> FoldSection:
    """Return a section that is folded away under its title, with the parts in it."""
    fold = FoldSection()
    fold.set_title(title)
    for part in parts:
        fold.column.addWidget(part)
    return fold
