"""The replace line: every place listed as it would become, one at a time or all."""

from __future__ import annotations

import pytest
from helpers.accessible import nameless_controls
from helpers.desktop import running_desktop
from helpers.sessions import hypothesis, item, rate, small_session
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ach_desk.commands import edits
from ach_desk.model import RatingValue
from ach_desk.ui.dialogs.find import FindBar, FindTarget
from ach_desk.ui.dialogs.hits import context
from ach_desk.ui.dialogs.replace import ReplaceBar
from ach_desk.ui.session import Session


@pytest.fixture
def session() -> Session:
    return small_session()


@pytest.fixture
def bar(session: Session, qtbot: QtBot) -> ReplaceBar:
    bar = ReplaceBar(session)
    qtbot.addWidget(bar)
    bar.resize(900, 240)
    bar.open()
    qtbot.waitExposed(bar)
    bar.activateWindow()
    bar.entry.setFocus()
    qtbot.waitUntil(bar.entry.hasFocus)
    return bar


def titles(session: Session) -> list[str]:
    return [item(session, number).title for number in (1, 2, 3)]


def listed(bar: ReplaceBar) -> list[str]:
    return [bar.list.item(row).text() for row in range(bar.list.count())]


def test_places_are_listed_while_one_types_and_shown(bar: ReplaceBar, session: Session, qtbot: QtBot) -> None:
    with qtbot.waitSignal(bar.found) as heard:
        qtbot.keyClicks(bar.entry, "item")
    assert heard.args[0] == FindTarget("evidence", item(session, 1).id, item(session, 1).id)
    assert listed(bar) == ["E1, title: Item 1", "E2, title: Item 2", "E3, title: Item 3"]
    assert bar.count.text() == "3 places"


def test_replacing_one_goes_on_to_the_next(bar: ReplaceBar, session: Session, qtbot: QtBot) -> None:
    qtbot.keyClicks(bar.entry, "item")
    bar.by.setText("An item")
    bar.by.setFocus()
    qtbot.keyClick(bar.by, Qt.Key.Key_Return)
    assert titles(session) == ["An item 1", "Item 2", "Item 3"]
    assert bar.list.currentRow() == 1
    bar.replace_button.click()
    assert titles(session) == ["An item 1", "An item 2", "Item 3"]
    session.undo()
    assert titles(session) == ["An item 1", "Item 2", "Item 3"]


def test_replacing_all_is_counted_and_one_step(bar: ReplaceBar, session: Session, qtbot: QtBot) -> None:
    qtbot.keyClicks(bar.entry, "item")
    bar.by.setText("Fact")
    with qtbot.waitSignal(bar.message) as said:
        qtbot.keyClick(bar.by, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert said.args == ["3 places replaced."]
    assert titles(session) == ["Fact 1", "Fact 2", "Fact 3"]
    assert bar.count.text() == "not found"
    assert not bar.list.isVisible()
    session.undo()
    qtbot.waitUntil(lambda: bar.count.text() == "3 places")
    assert titles(session) == ["Item 1", "Item 2", "Item 3"]


def test_a_title_that_would_be_empty_is_left_and_said(bar: ReplaceBar, session: Session, qtbot: QtBot) -> None:
    qtbot.keyClicks(bar.entry, "Item 2")
    qtbot.waitUntil(bar.all_button.isEnabled)
    with qtbot.waitSignal(bar.message) as said:
        bar.all_button.click()
    assert said.args == ["0 places replaced. 1 place was left: a title cannot be empty."]
    with qtbot.waitSignal(bar.message) as said:
        bar.replace_button.click()
    assert said.args == ["A title cannot be empty; the old one was kept."]
    assert titles(session)[1] == "Item 2"
    assert not session.is_dirty


def test_reasons_are_found_by_item_and_hypothesis(bar: ReplaceBar, session: Session, qtbot: QtBot) -> None:
    cell = (item(session, 2).id, hypothesis(session, 1).id)
    session.execute(edits.annotate(session.matrix, session.analyst, [cell], rationale="a needle"))
    with qtbot.waitSignal(bar.found) as heard:
        qtbot.keyClicks(bar.entry, "needle")
    assert heard.args[0] == FindTarget("cell", "", *cell)
    assert listed(bar) == ["E2 under H1, reason for the rating: a needle"]


def test_switches_look_anew(bar: ReplaceBar, qtbot: QtBot) -> None:
    qtbot.keyClicks(bar.entry, "iTem")
    qtbot.waitUntil(lambda: bar.list.count() == 3)
    bar.match_case.click()
    qtbot.waitUntil(lambda: bar.count.text() == "not found")
    bar.match_case.click()
    bar.whole_words.click()
    qtbot.waitUntil(lambda: bar.list.count() == 3)


def test_an_edit_elsewhere_is_seen(bar: ReplaceBar, session: Session, qtbot: QtBot) -> None:
    qtbot.keyClicks(bar.entry, "item")
    qtbot.waitUntil(lambda: bar.list.count() == 3)
    session.execute(edits.remove(session.analysis, "evidence", [item(session, 1).id]))
    qtbot.waitUntil(lambda: bar.list.count() == 2)


def test_the_context_is_one_line_around_the_hit(session: Session, bar: ReplaceBar, qtbot: QtBot) -> None:
    text = "a" * 100 + "\nneedle " + "b" * 200
    session.execute(edits.set_field(session.analysis, "evidence", [item(session, 1).id], "detail", text))
    qtbot.keyClicks(bar.entry, "needle")
    qtbot.waitUntil(lambda: bar.list.count() == 1)
    hit = bar.list.hit_of(bar.list.item(0))
    assert hit is not None
    before, found, after = context(hit)
    assert (before[0], found, after[-1]) == ("…", "needle", "…")
    assert "\n" not in before + after
    bar.by.setText("thread")
    assert bar.list.grab().toImage() != _with(bar, "other")


def _with(bar: ReplaceBar, text: str) -> object:
    bar.by.setText(text)
    return bar.list.grab().toImage()


def test_a_read_only_analysis_is_not_changed(bar: ReplaceBar, session: Session, qtbot: QtBot) -> None:
    qtbot.keyClicks(bar.entry, "item")
    session.read_only = True
    bar.look()
    assert not bar.replace_button.isEnabled()
    assert not bar.all_button.isEnabled()
    bar.replace_one()
    bar.replace_all()
    assert not session.is_dirty


def test_every_control_of_the_bar_has_a_name(bar: ReplaceBar) -> None:
    assert nameless_controls(bar) == []


def test_find_and_replace_take_each_others_place(qapp: QApplication, qtbot: QtBot) -> None:
    with running_desktop(qapp) as desktop:
        desktop.open_practice()
        window = desktop.windows[0]
        actions = window.actions_registry
        actions["find"].trigger()
        (find_bar,) = window.findChildren(FindBar)
        assert find_bar.isVisible()
        actions["replace"].trigger()
        (bar,) = window.findChildren(ReplaceBar)
        assert bar.isVisible()
        assert not find_bar.isVisible()
        actions["find"].trigger()
        assert not bar.isVisible()
        window.session.read_only = True
        actions.refresh()
        assert not actions["replace"].isEnabled()


def test_ratings_stay_when_their_reason_is_replaced(bar: ReplaceBar, session: Session, qtbot: QtBot) -> None:
    rate(session, 1, 1, RatingValue.INCONSISTENT)
    cell = (item(session, 1).id, hypothesis(session, 1).id)
    session.execute(edits.annotate(session.matrix, session.analyst, [cell], rationale="needle"))
    qtbot.keyClicks(bar.entry, "needle")
    qtbot.waitUntil(bar.all_button.isEnabled)
    bar.all_button.click()
    rating = session.matrix.rating(session.analyst, *cell)
    assert rating is not None
    assert (rating.value, rating.rationale) == (RatingValue.INCONSISTENT, "")
