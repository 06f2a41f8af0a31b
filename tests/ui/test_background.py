"""Work away from the window: answers come in its thread, stale ones never, failures always, and nothing is left."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QObject, QThread
from pytestqt.qtbot import QtBot

from ach_desk.ui.background import Background, Cancel

PATIENCE = 10


class Gate:
    """A job that waits until it is let through."""

    def __init__(self, answer: object = None) -> None:
        self.begun = threading.Event()
        self.open = threading.Event()
        self.answer = answer
        self.cancelled: bool | None = None

    def __call__(self, cancel: Cancel) -> object:
        self.begun.set()
        assert self.open.wait(PATIENCE)
        self.cancelled = bool(cancel)
        return self.answer


@pytest.fixture
def background(qapp: object) -> Iterator[Background]:
    made = Background()
    yield made
    made.shut_down()


def _idle(background: Background, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not background.is_busy)


def test_the_answer_comes_in_the_thread_of_the_window(background: Background, qtbot: QtBot) -> None:
    threads: list[QThread] = []
    answers: list[object] = []

    def job(_cancel: Cancel) -> int:
        threads.append(threading.current_thread())
        return 42

    def done(answer: object) -> None:
        threads.append(threading.current_thread())
        answers.append(answer)

    background.run(job, done)
    _idle(background, qtbot)
    assert answers == [42]
    assert threads[0] is not threading.current_thread()
    assert threads[1] is threading.current_thread()


def test_a_failure_is_handed_over(background: Background, qtbot: QtBot) -> None:
    failures: list[Exception] = []
    background.run(lambda _cancel: 1 / 0, pytest.fail, failures.append)
    _idle(background, qtbot)
    assert isinstance(failures[0], ZeroDivisionError)


@pytest.mark.logs_error("a background job failed")
def test_a_failure_that_nobody_takes_is_logged(background: Background, qtbot: QtBot) -> None:
    background.run(lambda _cancel: 1 / 0, pytest.fail)
    _idle(background, qtbot)


def test_only_the_newest_job_of_a_lane_answers(background: Background, qtbot: QtBot) -> None:
    answers: list[object] = []
    old, new, other = Gate("old"), Gate("new"), Gate("other")
    background.run(old, answers.append, lane="chart")
    assert old.begun.wait(PATIENCE)
    background.run(new, answers.append, lane="chart")
    new.open.set()
    qtbot.waitUntil(lambda: answers == ["new"])
    other.open.set()
    background.run(other, answers.append, lane="another chart")
    qtbot.waitUntil(lambda: answers == ["new", "other"])
    old.open.set()
    _idle(background, qtbot)
    assert answers == ["new", "other"]
    assert old.cancelled is True
    assert new.cancelled is False


def test_failures_of_a_stale_job_are_dropped_as_well(background: Background, qtbot: QtBot) -> None:
    gate = Gate()
    background.run(lambda cancel: gate(cancel) or 1 / 0, pytest.fail, pytest.fail, lane="chart")
    assert gate.begun.wait(PATIENCE)
    background.run(lambda _cancel: None, lambda _answer: None, lane="chart")
    gate.open.set()
    _idle(background, qtbot)


def test_a_job_that_was_cancelled_before_it_began_does_not_run(background: Background, qtbot: QtBot) -> None:
    gates = [Gate(), Gate()]
    for gate in gates:
        background.run(gate, lambda _answer: None)
    for gate in gates:
        assert gate.begun.wait(PATIENCE)
    ran: list[object] = []
    ticket = background.run(ran.append, pytest.fail)
    ticket.cancel.set()
    for gate in gates:
        gate.open.set()
    _idle(background, qtbot)
    assert ran == []


def test_busy_is_said_once_at_either_end(background: Background, qtbot: QtBot) -> None:
    said: list[bool] = []
    background.busy_changed.connect(said.append)
    gates = [Gate(), Gate()]
    for gate in gates:
        background.run(gate, lambda _answer: None)
    assert said == [True]
    assert background.is_busy
    for gate in gates:
        gate.open.set()
    _idle(background, qtbot)
    assert said == [True, False]


def test_an_answer_for_an_owner_who_is_gone_is_dropped(background: Background, qtbot: QtBot) -> None:
    owner = QObject()
    gate = Gate()
    background.run(gate, pytest.fail, pytest.fail, owner=owner)
    assert gate.begun.wait(PATIENCE)
    owner.deleteLater()
    qtbot.waitSignal(owner.destroyed).wait()
    gate.open.set()
    _idle(background, qtbot)


def test_a_job_that_is_done_keeps_nothing_alive(background: Background, qtbot: QtBot) -> None:
    class Analysis:
        pass

    analysis = Analysis()
    reference = weakref.ref(analysis)
    background.run(lambda _cancel, held=analysis: held, lambda _answer, held=analysis: None, lane="chart")
    _idle(background, qtbot)
    del analysis

    def is_gone() -> bool:
        gc.collect()
        return reference() is None

    qtbot.waitUntil(is_gone)


def _waiting(cancel: Cancel) -> None:
    ended = threading.Event()
    while not cancel:
        ended.wait(0.001)


def test_shutting_down_ends_what_runs_and_answers_nothing(qapp: QCoreApplication) -> None:
    background = Background()
    for _number in range(6):
        background.run(_waiting, pytest.fail, pytest.fail)
    background.shut_down()
    assert not background.is_busy
    qapp.processEvents()
    assert background._pool.activeThreadCount() == 0


@pytest.mark.parametrize("finish", [True, False])
def test_shutting_down_finishes_only_what_must_be_finished(finish: bool, qapp: QCoreApplication) -> None:
    background = Background()
    ran: list[str] = []
    for _number in range(2):
        background.run(_waiting, pytest.fail)
    job: Callable[[Cancel], None] = lambda _cancel: ran.append("written")  # noqa: E731
    background.run(job, pytest.fail, must_finish=finish)
    background.shut_down()
    qapp.processEvents()
    assert ran == (["written"] if finish else [])


def test_shutting_down_twice_does_no_harm(qapp: QCoreApplication) -> None:
    background = Background()
    background.shut_down()
    background.shut_down()
