"""The steps rail: what is open, where, and never a verdict."""

from __future__ import annotations

import pytest
from helpers.accessible import nameless_controls
from helpers.sessions import item, rate, small_session
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from ach_desk.commands import edits
from ach_desk.model import EvidenceKind, Level, RatingValue, new_analysis
from ach_desk.ui.rail import NARROW, Rail
from ach_desk.ui.session import Session
from ach_desk.ui.steps import CONCLUDE, next_open, steps
from ach_desk.ui.widgets.rowbutton import RowButton

NAMES = ["Question", "Hypotheses", "Evidence", "Rate", "Refine", "Compare", "What if wrong?", "Conclude", "Watch"]


@pytest.fixture
def session() -> Session:
    return small_session()


@pytest.fixture
def rail(session: Session, qtbot: QtBot) -> Rail:
    rail = Rail(session)
    qtbot.addWidget(rail)
    rail.resize(rail.width(), 700)
    rail.show()
    qtbot.waitExposed(rail)
    return rail


def points(rail: Rail) -> list[str]:
    return [button.words for button in rail.findChildren(RowButton) if button.isVisible()]


def rate_everything(session: Session) -> None:
    ids = list(session.matrix.evidence)
    for field in ("credibility", "relevance"):
        session.execute(edits.set_field(session.analysis, "evidence", ids, field, Level.MEDIUM))
    for row in (1, 2, 3):
        rate(session, row, 1, RatingValue.INCONSISTENT)
        rate(session, row, 2, RatingValue.CONSISTENT)


def test_the_steps_stand_in_heuers_order(session: Session) -> None:
    listed = steps(session.analysis, session.findings, scores_shown=True)
    assert [step.name for step in listed] == NAMES
    assert [step.heuer for step in listed] == list(range(9))


def test_folded_it_is_a_strip_of_numbers(rail: Rail) -> None:
    assert rail.width() == NARROW
    assert not rail.is_wide
    assert [button.is_next for button in rail.buttons] == [number == 3 for number in range(9)]
    assert rail.buttons[3].toolTip().endswith("(Heuer’s step 3)")
    assert rail.buttons[0].toolTip().endswith("(Not one of Heuer’s steps)")
    assert points(rail) == []


def test_opened_it_shows_the_next_open_step_only(rail: Rail) -> None:
    rail.switch.click()
    assert rail.opened == 3
    assert "6 cells are unrated (E1, E2 and E3)." in points(rail)


def test_a_point_leads_to_its_place(rail: Rail, session: Session, qtbot: QtBot) -> None:
    rail.set_wide(True)
    button = next(button for button in rail.findChildren(RowButton) if "unrated" in button.words)
    with qtbot.waitSignal(rail.place_requested) as heard:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    (finding,) = heard.args
    assert finding.code == "unrated"
    assert finding.evidence == tuple(session.matrix.evidence)


def test_it_follows_edits(rail: Rail, session: Session, qtbot: QtBot) -> None:
    rate_everything(session)
    qtbot.waitUntil(lambda: [button.is_next for button in rail.buttons].index(True) == CONCLUDE)
    session.undo()
    qtbot.waitUntil(lambda: rail.buttons[3].is_next)
    assert rail.buttons[3].count > 0


def test_it_never_says_done(rail: Rail, session: Session) -> None:
    rate_everything(session)
    rail.set_wide(True)
    for number in range(6):
        rail.open_step(number) if rail.opened != number else None
        words = [label.text() for label in rail.bodies[number].findChildren(QLabel) if label.isVisible()]
        assert "Nothing open that the program can see." in words
        assert "nothing open that the program can see" in rail.buttons[number].accessibleName()
    everything = " ".join(label.text() for label in rail.findChildren(QLabel)).casefold()
    assert "done" not in everything
    assert "complete" not in everything


def test_the_last_steps_say_with_what_or_that_by_hand(rail: Rail) -> None:
    for number, start in ((6, "What-ifs (Ctrl+4): "), (8, "By hand: ")):
        rail.open_step(number)
        words = [label.text() for label in rail.bodies[number].findChildren(QLabel) if label.isVisible()]
        assert any(text.startswith(start) for text in words)
        assert points(rail) == []


def test_the_step_conclude_leads_to_its_page(rail: Rail, qtbot: QtBot) -> None:
    rail.open_step(CONCLUDE)
    (button,) = [button for button in rail.bodies[CONCLUDE].findChildren(RowButton) if button.isVisible()]
    assert button.words == "The conclusion, in your own words"
    with qtbot.waitSignal(rail.place_requested) as heard:
        button.click()
    assert heard.args[0].code == "conclusion"


def test_a_step_opens_with_a_click_and_closes_with_the_next(rail: Rail) -> None:
    rail.buttons[1].click()
    assert (rail.is_wide, rail.opened) == (True, 1)
    rail.buttons[1].click()
    assert (rail.is_wide, rail.opened) == (True, -1)


def test_escape_folds_the_rail(rail: Rail, qtbot: QtBot) -> None:
    rail.set_wide(True)
    qtbot.keyClick(rail.buttons[0], Qt.Key.Key_Escape)
    assert rail.width() == NARROW


def test_an_empty_analysis_begins_at_the_question() -> None:
    session = Session(new_analysis())
    listed = steps(session.analysis, session.findings, scores_shown=True)
    assert next_open(listed) == 0
    assert [len(step.points) for step in listed[:3]] == [1, 1, 1]
    assert not listed[3].is_open


def test_the_standing_stays_hidden_with_the_scores(rail: Rail, session: Session) -> None:
    for row in (1, 2, 3):
        for column in (1, 2):
            rate(session, row, column, RatingValue.NEUTRAL)
    rail.set_scores_shown(True)
    assert rail.buttons[5].count == 1
    rail.set_scores_shown(False)
    assert rail.buttons[5].count == 0
    assert rail.buttons[4].count > 0


def test_another_analysis_is_looked_at_anew(rail: Rail, session: Session) -> None:
    session.replace_analysis(new_analysis(), dirty=False)
    assert rail.buttons[0].is_next


def test_a_kind_of_item_changes_nothing_that_is_open(rail: Rail, session: Session) -> None:
    before = [button.count for button in rail.buttons]
    session.execute(
        edits.set_field(session.analysis, "evidence", [item(session, 1).id], "kind", EvidenceKind.ASSUMPTION)
    )
    rail.refresh()
    assert [button.count for button in rail.buttons] == before


def test_every_control_of_the_rail_has_a_name(rail: Rail) -> None:
    rail.set_wide(True)
    assert nameless_controls(rail) == []
