"""What the program points out in a large matrix: looked for behind the window, and never that of another state."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from helpers.sessions import item, rate, small_session
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ach_desk.commands import edits
from ach_desk.model import RatingValue
from ach_desk.ui import pointing
from ach_desk.ui.background import Background
from ach_desk.ui.likeness import FEW
from ach_desk.ui.rail import Rail
from ach_desk.ui.session import Session


class Door:
    """Takes jobs as `Background` does, and does them when the test says so."""

    def __init__(self) -> None:
        self.jobs: list[tuple[Callable[[Any], Any], Callable[[Any], None], str]] = []

    def run(
        self,
        function: Callable[[Any], Any],
        on_done: Callable[[Any], None],
        _on_failed: Callable[[Exception], None] | None = None,
        *,
        lane: str = "",
        owner: QObject | None = None,
    ) -> None:
        """Take a job."""
        assert owner is not None
        self.jobs.append((function, on_done, lane))

    def do(self) -> None:
        """Do the oldest job and hand its answer over."""
        function, on_done, _lane = self.jobs.pop(0)
        on_done(function(None))


@pytest.fixture
def door() -> Door:
    return Door()


@pytest.fixture
def session(door: Door, monkeypatch: pytest.MonkeyPatch) -> Session:
    monkeypatch.setattr(pointing, "FEW_CELLS", 0)
    session = small_session()
    session.likeness.compare_in(door, session)  # pyright: ignore[reportArgumentType] - does what a Background does
    return session


def fresh(session: Session) -> object:
    """Return the points of a session that was just opened on the same analysis."""
    other = Session(session.analysis.snapshot(), today=session.today)
    return other.points


def test_they_are_looked_for_behind_and_are_those_that_are_made_at_once(
    session: Session, door: Door, qtbot: QtBot
) -> None:
    assert session.pointing.soon() is None
    assert session.pointing.soon() is None
    assert len(door.jobs) == 1
    with qtbot.waitSignal(session.points_known):
        door.do()
    found = session.pointing.soon()
    assert found is not None
    assert found.open
    assert found == fresh(session)
    assert session.points is found
    assert not door.jobs


def test_an_answer_to_facts_that_an_edit_has_changed_is_dropped(session: Session, door: Door, qtbot: QtBot) -> None:
    session.pointing.soon()
    rate(session, 1, 1, RatingValue.INCONSISTENT)
    with qtbot.assertNotEmitted(session.points_known):
        door.do()
    assert session.pointing.soon() is None
    door.do()
    before = session.pointing.soon()
    assert before == fresh(session)
    rate(session, 2, 1, RatingValue.INCONSISTENT)
    assert session.pointing.soon() is before
    door.do()
    assert session.pointing.soon() == fresh(session) != before


def test_an_edit_while_they_are_looked_for_does_not_reach_what_is_looked_at(session: Session, door: Door) -> None:
    session.pointing.soon()
    function, _on_done, _lane = door.jobs[0]
    first = function(None)
    session.execute(edits.set_field(session.analysis, "evidence", [item(session, 1).id], "title", "Snow ☃"))
    rate(session, 1, 1, RatingValue.CONSISTENT)
    assert function(None) == first


def test_who_needs_them_now_gets_them_now(session: Session, door: Door, qtbot: QtBot) -> None:
    session.pointing.soon()
    now = session.points
    with qtbot.assertNotEmitted(session.points_known):
        door.do()
    assert session.points is now


def test_another_analysis_does_not_begin_with_the_points_of_this_one(session: Session, door: Door) -> None:
    session.pointing.soon()
    door.do()
    assert session.pointing.soon() is not None
    session.pointing.soon()
    session.replace_analysis(small_session(4, 3).analysis, dirty=False)
    assert session.pointing.soon() is None
    door.do()
    assert session.pointing.soon() == fresh(session)


def test_they_wait_until_it_is_known_what_is_alike(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pointing, "FEW_CELLS", 0)
    session = small_session(FEW + 1, 1)
    session.likeness.compare_in(door, session)  # pyright: ignore[reportArgumentType] - does what a Background does
    assert session.pointing.soon() is None
    assert [lane.partition("/")[0] for _function, _done, lane in door.jobs] == ["likeness"]
    door.do()
    assert session.pointing.soon() is None
    assert [lane.partition("/")[0] for _function, _done, lane in door.jobs] == ["points"]


def test_the_rail_says_nothing_of_what_is_not_known_yet_and_opens_the_next_step_when_it_is(
    session: Session, door: Door, qtbot: QtBot
) -> None:
    rail = Rail(session)
    qtbot.addWidget(rail)
    rail.show()
    rail.set_wide(True)
    assert rail.opened == -1
    assert [button.accessibleName() for button in rail.buttons[:2]] == ["Question", "Hypotheses"]
    door.do()
    listed = [number for number, button in enumerate(rail.buttons) if button.count]
    assert rail.opened == listed[0]
    assert rail.buttons[listed[0]].accessibleName().endswith("The next open step")
    assert not rail.bodies[rail.opened].isHidden()


def test_a_step_that_was_chosen_meanwhile_stays_open(session: Session, door: Door, qtbot: QtBot) -> None:
    rail = Rail(session)
    qtbot.addWidget(rail)
    rail.show()
    rail.set_wide(True)
    rail.open_step(7)
    door.do()
    assert rail.opened == 7


@pytest.fixture
def background(qapp: QApplication) -> Iterator[Background]:
    background = Background()
    yield background
    background.shut_down()


def test_a_worker_finds_them(background: Background, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pointing, "FEW_CELLS", 0)
    session = small_session()
    session.likeness.compare_in(background, session)
    with qtbot.waitSignal(session.points_known):
        assert session.pointing.soon() is None
    assert session.pointing.soon() == fresh(session)


def test_what_only_records_decide_is_found_once_until_one_of_them_changes(session: Session) -> None:
    asked: list[str] = []

    def titles() -> list[str]:
        asked.append("")
        return [entry.title for entry in session.assessment.items]

    def found() -> list[str]:
        return session.pointing.of_records("titles", titles)

    before = found()
    rate(session, 1, 1, RatingValue.INCONSISTENT)
    session.history.undo()
    assert found() is before
    assert len(asked) == 1
    session.execute(edits.set_field(session.analysis, "evidence", [item(session, 1).id], "title", "Another"))
    assert found()[0] == "Another"
    session.history.undo()
    assert found() == before
    session.execute(edits.add_items(session.analysis, session.matrix, [{"title": "Further"}]))
    assert found() == [*before, "Further"]
    session.replace_analysis(small_session(2, 2).analysis, dirty=False)
    assert len(found()) == 2
