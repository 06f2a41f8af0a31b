"""Find: every text, in reading order, quickly."""

from __future__ import annotations

import pytest
from helpers.accessible import nameless_controls
from helpers.sessions import hypothesis, item, small_analysis, small_session
from helpers.timing import cpu_seconds
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ach_desk.commands import edits
from ach_desk.model import Rating, RatingValue
from ach_desk.ui.dialogs.find import FindBar, FindTarget, find_all
from ach_desk.ui.session import Session


@pytest.fixture
def session() -> Session:
    return small_session()


@pytest.fixture
def bar(session: Session, qtbot: QtBot) -> FindBar:
    bar = FindBar(session)
    qtbot.addWidget(bar)
    bar.open()
    qtbot.waitExposed(bar)
    return bar


def find(session: Session, text: str) -> list[FindTarget]:
    return find_all(session.analysis, session.matrix, session.analyst, text)


def put(session: Session, kind: str, record: str, field: str, value: object) -> None:
    session.execute(edits.set_field(session.analysis, kind, [record], field, value))


@pytest.mark.parametrize("field", ["title", "detail", "note", "status_reason"])
def test_texts_of_an_item_are_found(session: Session, field: str) -> None:
    entry = item(session, 2).id
    put(session, "evidence", entry, field, "Straße NEEDLE")
    assert find(session, "strasse needle") == [FindTarget("evidence", entry, evidence=entry)]


def test_tags_dates_and_labels_are_found(session: Session) -> None:
    entry = item(session, 2).id
    put(session, "evidence", entry, "tags", ("air", "needle"))
    put(session, "evidence", entry, "event_date", "1987-06")
    target = [FindTarget("evidence", entry, evidence=entry)]
    assert find(session, "needle") == find(session, "1987") == find(session, "e2") == target


def test_other_texts_are_found_in_reading_order(session: Session) -> None:
    put(session, "analysis", session.analysis.id, "description", "needle")
    put(session, "hypothesis", hypothesis(session, 2).id, "statement", "needle")
    put(session, "evidence", item(session, 1).id, "detail", "needle")
    command, source = edits.add_source(session.analysis, "needle", [])
    session.execute(command)
    cells = [(item(session, 1).id, hypothesis(session, column).id) for column in (2, 1)]
    for cell in cells:
        session.execute(edits.annotate(session.matrix, session.analyst, [cell], rationale="a needle"))
    assert [(target.kind, target.id or (target.evidence, target.hypothesis)) for target in find(session, "needle")] == [
        ("analysis", session.analysis.id),
        ("hypothesis", hypothesis(session, 2).id),
        ("evidence", item(session, 1).id),
        ("cell", cells[1]),
        ("cell", cells[0]),
        ("source", source),
    ]


def test_nothing_is_found_for_nothing(session: Session) -> None:
    assert find(session, "") == []
    assert find(session, "nowhere at all") == []


def test_the_bar_goes_to_the_first_place_while_one_types(bar: FindBar, session: Session, qtbot: QtBot) -> None:
    with qtbot.waitSignal(bar.found) as heard:
        qtbot.keyClicks(bar.entry, "item")
    assert heard.args[0].id == item(session, 1).id
    assert bar.count.text() == "1 of 3"


def test_next_and_previous_go_round(bar: FindBar, session: Session, qtbot: QtBot) -> None:
    places: list[str] = []
    bar.found.connect(lambda target: places.append(target.id))
    qtbot.keyClicks(bar.entry, "ITEM")
    qtbot.keyClick(bar.entry, Qt.Key.Key_Return)
    qtbot.keyClick(bar.entry, Qt.Key.Key_Return)
    bar.next.click()
    qtbot.keyClick(bar.entry, Qt.Key.Key_F3)
    qtbot.keyClick(bar.entry, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    bar.previous.click()
    assert places == [item(session, number).id for number in (1, 2, 3, 1, 3, 2)]
    assert bar.count.text() == "2 of 3"


def test_not_found_is_said(bar: FindBar, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(bar.found):
        qtbot.keyClicks(bar.entry, "zzz")
        qtbot.waitUntil(lambda: bar.count.text() == "not found")
    assert not bar.next.isEnabled()


def test_edits_are_seen_by_the_next_step(bar: FindBar, session: Session, qtbot: QtBot) -> None:
    qtbot.keyClicks(bar.entry, "item")
    bar.step(1)
    put(session, "evidence", item(session, 2).id, "title", "renamed")
    bar.step(1)
    assert bar.count.text() == "2 of 2"
    assert [target.id for target in bar.hits] == [item(session, 1).id, item(session, 3).id]


def test_escape_closes_the_bar(bar: FindBar, qtbot: QtBot) -> None:
    with qtbot.waitSignal(bar.closed):
        qtbot.keyClick(bar.entry, Qt.Key.Key_Escape)
    assert not bar.isVisible()


def test_ten_thousand_items_are_searched_in_about_a_key_press() -> None:
    analysis = small_analysis(10_000, 10)
    matrix = analysis.matrices[0]
    (analyst,) = analysis.analysts
    rating = Rating(RatingValue.CONSISTENT, "because of a reason of some length that is written here")
    for row in matrix.evidence:
        for column in matrix.hypotheses:
            matrix.set_rating(analyst, row, column, rating)
    assert len(find_all(analysis, matrix, analyst, "Item 9999")) == 1
    taken = cpu_seconds(lambda: find_all(analysis, matrix, analyst, "Item 9999"))
    assert taken < 0.25  # 0.08 s alone on the machine that this was written on


def test_every_control_of_the_bar_has_a_name(bar: FindBar) -> None:
    assert nameless_controls(bar) == []
