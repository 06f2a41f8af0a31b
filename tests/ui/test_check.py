"""The hypothesis check in the window: answers and notes are kept and undone; only a "no" becomes an open point."""

from __future__ import annotations

import pytest
from helpers.accessible import nameless_controls
from helpers.desktop import running_desktop
from helpers.sessions import hypothesis, small_analysis, small_session
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ach_desk.commands import edits
from ach_desk.scoring import Finding
from ach_desk.scoring.hypothesis_check import answer_to
from ach_desk.ui.check import HypothesisCheck
from ach_desk.ui.session import Session
from ach_desk.ui.steps import HYPOTHESES, steps


@pytest.fixture
def session() -> Session:
    return small_session(2, 3)


@pytest.fixture
def check(session: Session, qtbot: QtBot) -> HypothesisCheck:
    check = HypothesisCheck(session)
    qtbot.addWidget(check)
    check.resize(392, 640)
    check.show()
    qtbot.waitExposed(check)
    return check


def answer(check: HypothesisCheck, number: int, value: str) -> None:
    choice = check.questions[number].choice
    index = next(place for place in range(choice.count()) if choice.itemText(place) == value)
    choice.setCurrentIndex(index)
    choice.activated.emit(index)


def points(session: Session) -> list[str]:
    listed = steps(session.analysis, session.findings, scores_shown=True)[HYPOTHESES]
    return [point.text for point in listed.points]


def test_a_no_is_an_open_point_and_yes_or_nothing_is_none(check: HypothesisCheck, session: Session) -> None:
    assert points(session) == []
    answer(check, 0, "yes")
    answer(check, 3, "no")
    assert points(session) == ["Is there one in which somebody wants us to see what we see? Answered no."]
    session.undo()
    assert points(session) == []
    assert answer_to(session.analysis, "exclusive").answer == "yes"


def test_hints_follow_the_hypotheses(check: HypothesisCheck, session: Session, qtbot: QtBot) -> None:
    hint = check.questions[5].hint
    assert hint.text() == "H1, H2 and H3 have no statement."
    for number in (1, 2, 3):
        command = edits.set_field(session.analysis, "hypothesis", [hypothesis(session, number).id], "statement", "so")
        session.execute(command)
    qtbot.waitUntil(lambda: hint.isHidden())


def test_a_note_is_taken_over_and_undone_as_one_step(check: HypothesisCheck, session: Session, qtbot: QtBot) -> None:
    box = check.questions[1].note.box
    qtbot.keyClicks(box, "see the memo of June")
    check.flush()
    assert answer_to(session.analysis, "exhaustive").note == "see the memo of June"
    session.undo()
    assert session.analysis.hypothesis_check == ()
    qtbot.waitUntil(lambda: not box.text)


def test_every_control_has_a_name(check: HypothesisCheck) -> None:
    assert not nameless_controls(check)


def test_a_read_only_analysis_takes_no_answer(check: HypothesisCheck, session: Session) -> None:
    session.read_only = True
    check.refresh()
    assert not any(row.choice.isEnabled() for row in check.questions)


def test_the_step_and_the_menu_lead_to_the_check(qapp: QApplication, qtbot: QtBot) -> None:
    with running_desktop(qapp) as desktop:
        window = desktop.open_untitled(small_analysis(), dirty=False)
        qtbot.waitExposed(window)
        assert not window.side.check_dock.isVisible()
        assert not window.side.is_built("check")
        window.go_to(Finding("hypothesis_check", ""))
        qtbot.waitUntil(window.side.check_dock.isVisible)
        assert window.side.check.isVisible()
        window.actions_registry["hypothesis_check"].trigger()
        assert not window.side.check_dock.isVisible()
