"""The one door for work away from the window: a plain function in a worker thread, its result back as a signal.

The function gets plain data and, if it wants, a `Cancel`; it never touches a widget. A newer job of the same lane
makes the answer of an older one stale: it is dropped. Failures are handed over, never swallowed.
"""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal

log = logging.getLogger(__name__)

_SWITCH_INTERVAL = 0.0005


class Cancel:
    """A flag that a job may look at between steps."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def set(self) -> None:
        """Ask the job to end."""
        self._event.set()

    def __bool__(self) -> bool:
        return self._event.is_set()


class _Delivery(QObject):
    done = Signal(object, object)
    failed = Signal(object, object)


class _Job(QRunnable):
    def __init__(self, function: Callable[[Cancel], Any], ticket: Ticket, delivery: _Delivery) -> None:
        super().__init__()
        self.function = function
        self.ticket = ticket
        self.delivery = delivery

    def run(self) -> None:
        function, ticket = self.function, self.ticket
        # The binding keeps a job for ever that is done before `QThreadPool.start` returns: it is to keep nothing else.
        del self.function, self.ticket
        if ticket.cancel:
            self.delivery.done.emit(ticket, None)
            return
        try:
            result = function(ticket.cancel)
        except Exception as error:  # noqa: BLE001 - every failure of a job is handed to the window
            self.delivery.failed.emit(ticket, error)
        else:
            self.delivery.done.emit(ticket, result)


class Ticket:
    """One submitted job; `cancel.set()` asks it to end, and its answer is then dropped."""

    def __init__(
        self,
        on_done: Callable[[Any], None],
        on_failed: Callable[[Exception], None] | None,
        *,
        lane: str | None = None,
        owner: QObject | None = None,
        must_finish: bool = False,
    ) -> None:
        self.cancel = Cancel()
        self.on_done = on_done
        self.on_failed = on_failed
        self.lane = lane
        self.owner = owner
        self.must_finish = must_finish

    @property
    def is_awaited(self) -> bool:
        """Return whether anybody is still there who wants the answer."""
        return not self.cancel and (self.owner is None or shiboken6.isValid(self.owner))


class Background(QObject):
    """Runs jobs in worker threads; `busy_changed(bool)` says whether any is under way."""

    busy_changed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # Python hands the interpreter over every 5 ms at most; a key press needs it some twenty times, and would
        # wait a tenth of a second behind a worker that draws a chart.
        sys.setswitchinterval(_SWITCH_INTERVAL)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(2)
        self._delivery = _Delivery()
        self._delivery.done.connect(self._finish, Qt.ConnectionType.QueuedConnection)
        self._delivery.failed.connect(self._fail, Qt.ConnectionType.QueuedConnection)
        self._newest: dict[str, Ticket] = {}
        self._open: set[Ticket] = set()

    def run(
        self,
        function: Callable[[Cancel], Any],
        on_done: Callable[[Any], None],
        on_failed: Callable[[Exception], None] | None = None,
        *,
        lane: str | None = None,
        owner: QObject | None = None,
        must_finish: bool = False,
    ) -> Ticket:
        """Run `function(cancel)` in a worker and call `on_done(result)` or `on_failed(error)` in the window's thread.

        With a `lane`, only the newest job of the lane answers; the ones before it are asked to end. With an `owner`,
        nothing is answered once that is deleted. A job that `must_finish`, such as writing a file that was asked for,
        is done even when the program ends meanwhile.
        """
        ticket = Ticket(on_done, on_failed, lane=lane, owner=owner, must_finish=must_finish)
        if lane is not None:
            older = self._newest.get(lane)
            if older is not None:
                older.cancel.set()
            self._newest[lane] = ticket
        self._open.add(ticket)
        if len(self._open) == 1:
            self.busy_changed.emit(True)
        self._pool.start(_Job(function, ticket, self._delivery))
        return ticket

    @property
    def is_busy(self) -> bool:
        """Return whether a job is under way or its answer not yet delivered."""
        return bool(self._open)

    def shut_down(self) -> None:
        """Ask every job to end that may, wait for the workers and drop the answers."""
        for ticket in self._open:
            if not ticket.must_finish:
                ticket.cancel.set()
        self._pool.waitForDone()
        for ticket in self._open:
            ticket.cancel.set()
        self._open.clear()
        self._newest.clear()

    def _finish(self, ticket: Ticket, result: Any) -> None:
        self._close(ticket)
        if ticket.is_awaited:
            ticket.on_done(result)

    def _fail(self, ticket: Ticket, error: Exception) -> None:
        self._close(ticket)
        if not ticket.is_awaited:
            return
        if ticket.on_failed is not None:
            ticket.on_failed(error)
        else:
            log.error("a background job failed", exc_info=error)

    def _close(self, ticket: Ticket) -> None:
        if ticket.lane is not None and self._newest.get(ticket.lane) is ticket:
            del self._newest[ticket.lane]  # else it would keep its owner, and with that an analysis, for ever
        if ticket not in self._open:
            return
        self._open.remove(ticket)
        if not self._open:
            self.busy_changed.emit(False)
