"""A panel that asks in the background: the quick answer first, then the whole one; nothing of an earlier state."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from ach_desk.ui.background import Ticket
from ach_desk.ui.widgets.asking import AskingPanel, Job


class Door:
    """Takes jobs as `Background` does, and does them when the test says so."""

    def __init__(self) -> None:
        self.jobs: list[tuple[Job, Ticket]] = []

    def run(
        self,
        function: Job,
        on_done: Callable[[Any], None],
        on_failed: Callable[[Exception], None] | None = None,
        *,
        owner: QObject | None = None,
    ) -> Ticket:
        """Take a job."""
        ticket = Ticket(on_done, on_failed, owner=owner)
        self.jobs.append((function, ticket))
        return ticket

    def do(self) -> None:
        """Do the oldest job and hand its answer over, if it is still awaited."""
        function, ticket = self.jobs.pop(0)
        found = function(ticket.cancel)
        if ticket.is_awaited:
            ticket.on_done(found)


class Echo(AskingPanel):
    """Answers with the number of the state, then with that number made whole."""

    PAUSE_MS = 0

    def __init__(self, door: Door) -> None:
        super().__init__(door)  # pyright: ignore[reportArgumentType] - does what a Background does
        self.state, self.allowed = 1, True
        self.shown: list[tuple[str, bool]] = []

    @property
    def may_tell(self) -> bool:
        return self.allowed

    def quick_job(self) -> Job:
        state = self.state
        return lambda _cancel: f"{state}"

    def full_job(self) -> Job | None:
        answer = self.answer
        return None if "!" in answer or "none" in answer else lambda _cancel: answer + "!"

    def take(self, *, last: bool) -> None:
        self.shown.append((self.answer, last))


@pytest.fixture
def door() -> Door:
    return Door()


@pytest.fixture
def panel(qtbot: QtBot, door: Door) -> Echo:
    panel = Echo(door)
    qtbot.addWidget(panel)
    return panel


def asked(qtbot: QtBot, panel: Echo, door: Door) -> None:
    """Show the panel, so that it asks."""
    panel.show()
    qtbot.waitUntil(lambda: len(door.jobs) == 1)


def test_what_takes_long_comes_after_what_is_found_soon(qtbot: QtBot, panel: Echo, door: Door) -> None:
    assert not panel.is_settled
    asked(qtbot, panel, door)
    door.do()
    assert panel.shown == [("1", False)]
    assert panel.is_working
    qtbot.waitUntil(lambda: len(door.jobs) == 1)
    door.do()
    assert panel.shown[1:] == [("1!", True)]
    assert panel.is_settled


def test_an_answer_to_an_earlier_state_is_not_shown(qtbot: QtBot, panel: Echo, door: Door) -> None:
    asked(qtbot, panel, door)
    panel.state = 2
    panel.refresh()
    assert door.jobs[0][1].cancel
    door.do()
    assert not panel.shown
    qtbot.waitUntil(lambda: len(door.jobs) == 1)
    door.do()
    assert panel.shown == [("2", False)]


def test_what_is_put_in_its_place_stays_although_an_answer_was_awaited(qtbot: QtBot, panel: Echo, door: Door) -> None:
    asked(qtbot, panel, door)
    panel.put("none")
    door.do()
    assert panel.shown == [("none", True)]


def test_nothing_is_asked_while_nothing_may_be_told_or_seen(qtbot: QtBot, panel: Echo, door: Door) -> None:
    panel.refresh()
    qtbot.waitUntil(lambda: not panel._rest.isActive())
    assert not door.jobs
    panel.allowed = False
    panel.show()
    qtbot.waitExposed(panel)
    panel.refresh()
    qtbot.waitUntil(lambda: not panel._rest.isActive())
    assert not door.jobs
    panel.allowed = True
    panel.refresh()
    qtbot.waitUntil(lambda: len(door.jobs) == 1)


def test_stopped_it_goes_on_when_it_is_told_to(qtbot: QtBot, panel: Echo, door: Door) -> None:
    asked(qtbot, panel, door)
    door.do()
    panel.stop()
    assert panel.is_settled
    panel.go_on()
    door.do()
    assert panel.shown[-1] == ("1!", True)


def test_after_an_edit_it_rests_the_longer_the_longer_its_answer_took(
    qtbot: QtBot, panel: Echo, door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked(qtbot, panel, door)
    door.do()
    rests: list[int] = []
    for took in (0.01, 0.4, 60.0):
        monkeypatch.setattr(panel, "_took", took)
        panel.refresh_after_edit()
        rests.append(panel._rest.interval())
    panel.stop()
    assert rests == [150, 800, 2000]
