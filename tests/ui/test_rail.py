"""The steps rail: what is open, where, and never a verdict."""

from __future__ import annotations

import pytest
from helpers.accessible import nameless_controls
from helpers.sessions import item, rate, small_session
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from ach_desk.commands import conclusions, edits, findings, scenarios, watching
from ach_desk.commands.hypotheses import answer_check
from ach_desk.model import EvidenceKind, Level, LikelihoodScale, RatingValue, new_analysis
from ach_desk.scoring.hypothesis_check import unanswered
from ach_desk.ui.rail import NARROW, Rail
from ach_desk.ui.rail_body import PointRow
from ach_desk.ui.session import Session
from ach_desk.ui.steps import next_open, step_of, steps
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


def see_to_everything(session: Session) -> None:
    """Rate every cell and see to every point that the steps have then, so that nothing is open."""
    rate_everything(session)
    analysis, matrix = session.analysis, session.matrix
    for key in unanswered(analysis):
        session.execute(answer_check(analysis, key, "yes"))
    session.execute(edits.add_source(analysis, "Somebody", list(matrix.evidence))[0])
    for entry in matrix.hypotheses:
        session.execute(watching.expect(analysis, entry, "Smoke"))
    for entry in list(analysis.expectations):
        session.execute(watching.make_indicator(analysis, entry))
    session.execute(conclusions.begin(analysis, matrix, session.analyst, LikelihoodScale.NONE))
    for name, value in (("no_judgement", True), ("no_judgement_reason", "Too early.")):
        (conclusion,) = analysis.conclusions
        session.execute(conclusions.set_field(analysis, "conclusion", conclusion, name, value))
    session.execute(scenarios.add(analysis, matrix, "S1 lied"))


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
    see_to_everything(session)
    qtbot.waitUntil(lambda: not any(button.is_next for button in rail.buttons))
    session.undo()
    qtbot.waitUntil(lambda: rail.buttons[6].is_next)
    assert rail.buttons[6].count == 1


def test_it_never_says_done(rail: Rail, session: Session) -> None:
    see_to_everything(session)
    rail.set_wide(True)
    for number in (*range(7), 8):
        rail.open_step(number) if rail.opened != number else None
        words = [label.text() for label in rail.bodies[number].findChildren(QLabel) if label.isVisible()]
        assert "Nothing open that the program can see." in words
        assert "nothing open that the program can see" in rail.buttons[number].accessibleName()
    everything = " ".join(label.text() for label in rail.findChildren(QLabel)).casefold()
    assert "done" not in everything
    assert "complete" not in everything


def test_steps_lead_to_what_they_are_done_with(rail: Rail, qtbot: QtBot) -> None:
    links = {
        1: ["hypothesis_check"],
        2: ["expectations"],
        6: ["robustness", "what_ifs"],
        7: ["conclusion"],
        8: ["indicators"],
    }
    for number, codes in links.items():
        rail.open_step(number)
        buttons = [entry for entry in rail.bodies[number].findChildren(RowButton) if entry.isVisible()]
        for button, code in zip(buttons, codes, strict=True):
            with qtbot.waitSignal(rail.place_requested) as heard:
                button.click()
            assert heard.args[0].code == code


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


def row(rail: Rail, code: str) -> PointRow:
    return next(row for row in rail.bodies[rail.opened].rows if row.finding.code == code)


def test_a_point_is_set_aside_with_the_keyboard_and_a_reason(rail: Rail, session: Session, qtbot: QtBot) -> None:
    rail.set_wide(True)
    point = row(rail, "unrated")
    point.button.setFocus()
    qtbot.keyClick(point.button, Qt.Key.Key_Delete)
    assert point.reason.hasFocus()
    qtbot.keyClick(point.reason, Qt.Key.Key_Return)
    assert session.analysis.findings_set_aside == {}, "no reason, no setting aside"
    qtbot.keyClicks(point.reason, "waits for the report")
    qtbot.keyClick(point.reason, Qt.Key.Key_Return)
    (record,) = session.analysis.findings_set_aside.values()
    assert (record.code, record.reason) == ("unrated", "waits for the report")
    assert "unrated" not in [found.code for found in session.findings]
    session.undo()
    assert "unrated" in [found.code for found in session.findings]


def test_escape_leaves_the_point_open_and_the_rail_as_it_is(rail: Rail, session: Session, qtbot: QtBot) -> None:
    rail.set_wide(True)
    point = row(rail, "unrated")
    point.cross.click()
    qtbot.keyClicks(point.reason, "beca")
    qtbot.keyClick(point.reason, Qt.Key.Key_Escape)
    assert (rail.is_wide, point.is_asking, point.button.hasFocus()) == (True, False, True)
    assert session.analysis.findings_set_aside == {}


def test_a_reason_being_typed_outlives_edits_elsewhere(rail: Rail, session: Session, qtbot: QtBot) -> None:
    rail.set_wide(True)
    point = row(rail, "unrated")
    point.cross.click()
    qtbot.keyClicks(point.reason, "waits for")
    rate(session, 1, 1, RatingValue.NEUTRAL)
    qtbot.waitUntil(lambda: row(rail, "unrated") is not point)
    assert row(rail, "unrated").reason.text() == "waits for"
    assert rail.focusWidget() is row(rail, "unrated").reason


def test_what_was_set_aside_is_listed_folded_and_taken_up_again(rail: Rail, session: Session) -> None:
    rail.set_wide(True)
    count = rail.buttons[3].count
    row(rail, "unrated").reason_given.emit("waits for the report")
    section = rail.bodies[3].aside
    rail.open_step(3) if rail.opened != 3 else None
    assert (section.isVisible(), section.is_open, section.switch.text()) == (True, False, "1 set aside")
    assert rail.buttons[3].count == count - 1
    section.switch.click()
    words = [label.text() for label in section.findChildren(QLabel) if label.isVisible()]
    assert words == ["6 cells are unrated (E1, E2 and E3).", "waits for the report"]
    section.buttons[0].click()
    assert (rail.buttons[3].count, section.isVisible()) == (count, False)


def test_a_point_set_aside_returns_by_itself(rail: Rail, session: Session, qtbot: QtBot) -> None:
    rail.set_wide(True)
    row(rail, "unrated").reason_given.emit("waits for the report")
    assert not rail.bodies[3].aside.isHidden()
    session.execute(edits.add_items(session.analysis, session.matrix, [{"title": "Late"}]))
    qtbot.waitUntil(lambda: "unrated" in [found.finding.code for found in rail.bodies[3].rows])
    assert rail.bodies[3].aside.isHidden()


def test_nothing_is_set_aside_in_a_read_only_analysis(rail: Rail, session: Session, qtbot: QtBot) -> None:
    session.read_only = True
    rail.set_wide(True)
    point = row(rail, "unrated")
    assert not point.cross.isVisible()
    qtbot.keyClick(point.button, Qt.Key.Key_Delete)
    assert not point.is_asking


def test_what_was_set_aside_tells_no_standing_while_that_is_hidden(session: Session) -> None:
    for number in (1, 2, 3):
        for column in (1, 2):
            rate(session, number, column, RatingValue.NEUTRAL)
    tie = next(found for found in session.findings if found.code == "tie")
    session.execute(findings.set_aside(session.analysis, session.matrix.id, tie, "so be it"))
    aside = session.points.aside
    assert len(steps(session.analysis, session.findings, aside, scores_shown=True)[5].aside) == 1
    assert steps(session.analysis, session.findings, aside, scores_shown=False)[5].aside == []


@pytest.mark.parametrize(
    ("code", "step"),
    [("conclusion_no_answer", 7), ("deception_unchecked", 6), ("unsorted", 2), ("group_proposed", 4), ("strange", 5)],
)
def test_codes_of_other_parts_go_to_the_step_that_they_begin_with(code: str, step: int) -> None:
    assert step_of(code) == step


def test_tab_goes_from_a_step_to_its_points_and_on_to_the_next_step(rail: Rail, session: Session) -> None:
    rail.set_wide(True)
    rail.open_step(4)
    rows = rail.bodies[4].rows
    order, widget = [], rail.buttons[4]
    while widget is not rail.buttons[5]:
        order.append(widget)
        widget = widget.nextInFocusChain()
    wanted = [rail.buttons[4], *(part for found in rows for part in (found.button, found.cross))]
    assert [part for part in order if part in wanted] == wanted
