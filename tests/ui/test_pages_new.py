"""A new analysis on one page."""

from __future__ import annotations

import pytest
from helpers.accessible import nameless_controls
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ach_desk.model import Analysis
from ach_desk.model.integrity import problems
from ach_desk.ui.pages import NewPage, analysis_from_lines
from ach_desk.ui.pages.new import advice
from ach_desk.ui.settings import SettingsStore


@pytest.fixture
def page(qtbot: QtBot) -> NewPage:
    page = NewPage(SettingsStore())
    qtbot.addWidget(page)
    page.show()
    qtbot.waitExposed(page)
    return page


def test_a_question_that_is_known_stands_there_and_the_hypotheses_come_next(qtbot: QtBot) -> None:
    page = NewPage(SettingsStore(), question="Why?")
    qtbot.addWidget(page)
    page.show()
    qtbot.waitExposed(page)
    assert page.question.text == "Why?"
    assert page.focusWidget() is page.hypotheses


def titles(analysis: Analysis, kind: str) -> list[tuple[str, str]]:
    matrix = analysis.matrices[0]
    order = matrix.hypotheses if kind == "hypotheses" else matrix.evidence
    return [(getattr(analysis, kind)[entry].label, getattr(analysis, kind)[entry].title) for entry in order]


def test_lines_become_hypotheses_and_items_in_order() -> None:
    analysis = analysis_from_lines(" Why? ", ["One", "", "  Two "], ["a", "b", " ", "c"], " Ann ")
    assert analysis.question == "Why?"
    assert titles(analysis, "hypotheses") == [("H1", "One"), ("H2", "Two")]
    assert titles(analysis, "evidence") == [("E1", "a"), ("E2", "b"), ("E3", "c")]
    assert [analyst.name for analyst in analysis.analysts.values()] == ["Ann"]
    assert all(item.entered for item in analysis.evidence.values())
    assert problems(analysis) == []


def test_everything_may_come_later() -> None:
    analysis = analysis_from_lines("", [], [])
    assert not analysis.hypotheses
    assert not analysis.evidence
    assert [analyst.name for analyst in analysis.analysts.values()] == ["Analyst 1"]


def test_a_person_types_the_page_and_creates_with_the_keyboard(page: NewPage, qtbot: QtBot) -> None:
    page.question.setFocus()
    for text in ("What happened?", "Coup\nShow\nBoth", "March\nDeal"):
        for number, line in enumerate(text.split("\n")):
            if number:
                qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Return)
            qtbot.keyClicks(page.focusWidget(), line)
        qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Tab)
    with qtbot.waitSignal(page.created) as heard:
        qtbot.keyClick(page.hypotheses, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    (analysis,) = heard.args
    assert analysis.question == "What happened?"
    assert titles(analysis, "hypotheses") == [("H1", "Coup"), ("H2", "Show"), ("H3", "Both")]
    assert titles(analysis, "evidence") == [("E1", "March"), ("E2", "Deal")]
    assert not page.isVisible()


def test_the_name_from_the_settings_is_used(qtbot: QtBot) -> None:
    store = SettingsStore()
    store.settings.analyst_name = "Ann"
    page = NewPage(store)
    qtbot.addWidget(page)
    with qtbot.waitSignal(page.created) as heard:
        page.create_button.click()
    assert [analyst.name for analyst in heard.args[0].analysts.values()] == ["Ann"]


def test_escape_creates_nothing(page: NewPage, qtbot: QtBot) -> None:
    qtbot.keyClicks(page.question, "Why?")
    with qtbot.assertNotEmitted(page.created):
        qtbot.keyClick(page.question, Qt.Key.Key_Escape)
    assert not page.isVisible()


def test_advice_points_out_and_never_forbids(page: NewPage, qtbot: QtBot) -> None:
    assert page.hint.text() == "Everything can be changed and added to later."
    page.hypotheses.put("Only one")
    assert page.hint.text().startswith("1 hypothesis so far. Comparing needs at least two")
    assert page.create_button.isEnabled()
    page.hypotheses.put("Twice\nTwice")
    assert page.hint.text() == "“Twice” stands there twice."
    assert advice("Q", "a\nb", "c") == "2 hypotheses, 1 item. Ctrl+Return creates the analysis."


def test_the_page_fits_a_small_screen(page: NewPage) -> None:
    page.hypotheses.put("\n".join(f"Hypothesis {number}" for number in range(60)))
    page.evidence.put("\n".join(f"Item {number} " * 40 for number in range(60)))
    assert page.height() <= 700
    assert page.sizeHint().height() <= 700


def test_every_control_of_the_new_page_has_a_name(page: NewPage) -> None:
    assert nameless_controls(page) == []
