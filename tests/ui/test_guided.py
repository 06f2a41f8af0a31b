"""Guided rating in the window: keys, what stays out of sight, undo, interruption, the end, and the next question."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from helpers.accessible import nameless_controls
from helpers.desktop import running_desktop
from helpers.sessions import hypothesis, item, small_analysis
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDockWidget, QLabel, QStackedWidget, QWidget
from pytestqt.qtbot import QtBot

from ach_desk.commands import edits
from ach_desk.model import Analysis, Level, RatingValue
from ach_desk.model.values import Scale
from ach_desk.reporting.palette import DARK
from ach_desk.ui.application import Desktop
from ach_desk.ui.guided.asking import ask_next
from ach_desk.ui.guided.end_page import EndPage
from ach_desk.ui.guided.page import RatingPage
from ach_desk.ui.guided.plan import Options, Which
from ach_desk.ui.guided.start_page import StartPage
from ach_desk.ui.guided.state import keep_pass, kept_pass
from ach_desk.ui.widgets.quietstrip import QuietStrip
from ach_desk.ui.widgets.rowbutton import RowButton
from ach_desk.ui.window import AnalysisWindow

K = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
C, N, I, II = (RatingValue(symbol) for symbol in ("C", "N", "I", "II"))  # noqa: E741


@pytest.fixture
def desktop(qapp: QApplication) -> Iterator[Desktop]:
    with running_desktop(qapp) as desktop:
        yield desktop


def opened(desktop: Desktop, qtbot: QtBot, analysis: Analysis) -> AnalysisWindow:
    window = desktop.open_untitled(analysis, dirty=False)
    qtbot.waitExposed(window)
    window.activateWindow()
    return window


@pytest.fixture
def window(desktop: Desktop, qtbot: QtBot) -> AnalysisWindow:
    """Return the window of an unrated analysis of 3 items and 2 hypotheses."""
    return opened(desktop, qtbot, small_analysis(3, 2))


def rated_analysis(items: int = 12, hypotheses: int = 2) -> Analysis:
    analysis = small_analysis(items, hypotheses)
    matrix, analyst = analysis.matrices[0], next(iter(analysis.analysts))
    values = (C, I, N, II)
    wanted = [
        ((entry, under), values[(row + 2 * column) % 4])
        for row, entry in enumerate(matrix.evidence)
        for column, under in enumerate(matrix.hypotheses)
    ]
    edits.rate_each(analysis, matrix, analyst, wanted, "").apply(analysis)
    return analysis


def current_page(window: AnalysisWindow) -> QWidget:
    room = window.guide.room
    assert isinstance(room, QStackedWidget)
    return room.currentWidget()


def page(window: AnalysisWindow, kind: type = RatingPage):
    found = current_page(window)
    assert isinstance(found, kind)
    return found


def press(qtbot: QtBot, window: AnalysisWindow, *keys: Qt.Key | tuple[Qt.Key, Qt.KeyboardModifier]) -> None:
    for key in keys:
        code, modifier = key if isinstance(key, tuple) else (key, Qt.KeyboardModifier.NoModifier)
        qtbot.keyClick(current_page(window), code, modifier)


def begin(window: AnalysisWindow, **options: object) -> RatingPage:
    window.guide.begin(Options.model_validate(options))
    return page(window)


def values(window: AnalysisWindow) -> list[str]:
    """Return the stored values, row by row, "." for an unrated cell."""
    session = window.session
    ratings = [
        session.matrix.rating(session.analyst, entry, under)
        for entry in session.matrix.evidence
        for under in session.matrix.hypotheses
    ]
    return [rating.value.value if rating and rating.value else "." for rating in ratings]


def asked(window: AnalysisWindow) -> str:
    """Return the cell that is asked about, as "E1/H2"."""
    cell = window.guide.flow.guided.current if window.guide.flow else None
    analysis = window.session.analysis
    return f"{analysis.evidence[cell[0]].label}/{analysis.hypotheses[cell[1]].label}" if cell else ""


def test_it_begins_with_what_is_unrated_at_enter(window: AnalysisWindow, qtbot: QtBot) -> None:
    window.actions_registry["guide.start"].trigger()
    start = page(window, StartPage)
    assert start.which[Which.OPEN].isChecked()
    assert not start.which[Which.AGAIN].isEnabled()
    assert nameless_controls(start) == []
    press(qtbot, window, K.Key_Return)
    assert page(window).place.text() == "Item 1 of 3 · hypothesis 1 of 2"
    assert page(window).question.text().startswith("Suppose this hypothesis were true")
    assert nameless_controls(page(window)) == []


def test_keys_rate_and_go_across(window: AnalysisWindow, qtbot: QtBot) -> None:
    begin(window)
    press(qtbot, window, K.Key_C, (K.Key_I, SHIFT), K.Key_N)
    assert values(window) == ["C", "II", "N", ".", ".", "."]
    assert asked(window) == "E2/H2"
    assert [entry.how for entry in window.session.analysis.trail] == ["do"] * 3
    press(qtbot, window, K.Key_A, (K.Key_C, SHIFT), K.Key_I)
    assert values(window) == ["C", "II", "N", "N/A", "CC", "I"]
    assert "6 cells rated." in [label.text() for label in page(window, EndPage).findChildren(QLabel)]


def test_the_keys_are_those_of_the_scale(window: AnalysisWindow, qtbot: QtBot) -> None:
    window.session.matrix.scale = Scale.THREE
    begin(window)
    press(qtbot, window, (K.Key_C, SHIFT), (K.Key_I, SHIFT))
    assert values(window)[0] == "."
    assert list(page(window).answers) == [C, N, I, RatingValue.NOT_APPLICABLE]


def test_an_answer_can_be_clicked(window: AnalysisWindow, qtbot: QtBot) -> None:
    shown = begin(window)
    qtbot.mouseClick(shown.answers[I], Qt.MouseButton.LeftButton)
    assert values(window)[0] == "I"
    assert asked(window) == "E1/H2"


def test_undo_goes_back_to_the_cell(window: AnalysisWindow, qtbot: QtBot) -> None:
    begin(window)
    press(qtbot, window, K.Key_C, K.Key_N)
    window.actions_registry["undo"].trigger()
    assert values(window)[:2] == ["C", "."]
    assert asked(window) == "E1/H2"
    window.actions_registry["redo"].trigger()
    assert values(window)[:2] == ["C", "N"]
    assert asked(window) == "E2/H1"


def test_back_skip_and_cannot_judge(window: AnalysisWindow, qtbot: QtBot) -> None:
    begin(window)
    press(qtbot, window, K.Key_S)
    assert asked(window) == "E1/H2"
    press(qtbot, window, K.Key_C, K.Key_X)
    assert asked(window) == "E2/H2"
    press(qtbot, window, K.Key_Backspace, K.Key_Backspace)
    assert asked(window) == "E1/H2"
    assert page(window).answers[C].isChecked()
    press(qtbot, window, K.Key_Down)
    assert asked(window) == "E2/H1"
    press(qtbot, window, K.Key_Down, K.Key_C, K.Key_C, K.Key_C)
    assert asked(window) == "E1/H1"
    assert page(window).place.text().endswith("skipped before")
    press(qtbot, window, K.Key_S)
    end = page(window, EndPage)
    assert values(window) == [".", "C", ".", "C", "C", "C"]
    assert "4 cells rated, 1 cannot be judged, 1 skipped." in [label.text() for label in end.findChildren(QLabel)]
    assert [button.words for button in end.findChildren(RowButton)] == ["E2 under H1", "E1 under H1"]


def test_confidence_and_rating_are_one_step(window: AnalysisWindow, qtbot: QtBot) -> None:
    shown = begin(window)
    press(qtbot, window, K.Key_3)
    assert shown.levels[Level.LOW].isChecked()
    press(qtbot, window, K.Key_I)
    session = window.session
    rating = session.matrix.rating(session.analyst, item(session, 1).id, hypothesis(session, 1).id)
    assert rating is not None
    assert (rating.value, rating.confidence) == (I, Level.LOW)
    assert not shown.levels[Level.LOW].isChecked()
    session.undo()
    assert session.matrix.rating(session.analyst, item(session, 1).id, hypothesis(session, 1).id) is None


def test_a_reason_is_written_from_the_keyboard(window: AnalysisWindow, qtbot: QtBot) -> None:
    shown = begin(window)
    press(qtbot, window, K.Key_F2)
    qtbot.waitUntil(shown.reason.box.hasFocus)
    qtbot.keyClicks(shown.reason.box, "Could not be CC")
    qtbot.keyClick(shown.reason.box, K.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(shown.hasFocus)
    press(qtbot, window, K.Key_C)
    session = window.session
    rating = session.matrix.rating(session.analyst, item(session, 1).id, hypothesis(session, 1).id)
    assert rating is not None
    assert (rating.value, rating.rationale) == (C, "Could not be CC")
    assert shown.reason.box.text == ""


def test_all_hypotheses_stand_below_each_other_on_request(window: AnalysisWindow, qtbot: QtBot) -> None:
    shown = begin(window, one_by_one=False)
    assert [row.title.text() for row in shown.rows] == ["H1  Hypothesis 1", "H2  Hypothesis 2"]
    assert [row.is_current for row in shown.rows] == [True, False]
    qtbot.mouseClick(shown.rows[1], Qt.MouseButton.LeftButton)
    assert asked(window) == "E1/H2"
    press(qtbot, window, K.Key_I)
    assert asked(window) == "E1/H1"  # what was left out of the item comes before the next one


def test_the_standing_is_out_of_sight_and_comes_back(desktop: Desktop, qtbot: QtBot) -> None:
    window = opened(desktop, qtbot, rated_analysis(3, 2))
    assert window.matrix.scores_shown
    begin(window, which="everything")
    assert not window.matrix.scores_shown
    assert not window.matrix.isVisible()
    assert not any(
        dock.isVisible() for dock in (window.side.charts_dock, window.side.inspector_dock, window.side.rail_dock)
    )
    assert "Scores hidden" in [label.text() for label in window.statusBar().findChildren(QLabel)]
    registry = window.actions_registry
    for name in ("view.scores", "edit.set_aside", "insert.item", "print", "show_charts", "guide.next_question"):
        assert not registry[name].isEnabled()
    press(qtbot, window, *[K.Key_C] * 6)
    page(window, EndPage)
    assert window.matrix.scores_shown
    press(qtbot, window, K.Key_Return)
    assert window.matrix.isVisible()
    assert window.side.rail_dock.isVisible()
    assert registry["print"].isEnabled()


def test_nothing_on_the_past_can_be_looked_at_meanwhile(desktop: Desktop, qtbot: QtBot) -> None:
    window = opened(desktop, qtbot, rated_analysis(3, 2))
    review = window.review
    assert review is not None
    strip = QuietStrip("Last worked on 3 days ago.", [("Changes since", review.show_changes)])
    window.show_strip(strip)
    docks = window.findChildren(QDockWidget)
    for dock in docks:
        dock.show()
    begin(window, which="everything")
    assert not strip.isVisible()
    assert not [dock.objectName() for dock in docks if dock.isVisible() or dock.toggleViewAction().isEnabled()]
    names = ("review.history", "review.cell_history", "review.changes", "whatif.new", "print", "view.scores")
    assert not [name for name in names if window.actions_registry[name].isEnabled()]
    press(qtbot, window, K.Key_Escape)
    assert strip.isVisible()
    assert all(dock.toggleViewAction().isEnabled() for dock in docks)


def test_scores_that_were_hidden_stay_hidden_afterwards(desktop: Desktop, qtbot: QtBot) -> None:
    window = opened(desktop, qtbot, rated_analysis(3, 2))
    window.matrix.set_scores_hidden(True)
    begin(window, which="everything")
    press(qtbot, window, *[K.Key_C] * 6)
    assert not window.matrix.scores_shown


def test_what_cannot_be_judged_counts_as_passed_for_the_standing(window: AnalysisWindow, qtbot: QtBot) -> None:
    assert not window.matrix.scores_shown
    begin(window)
    press(qtbot, window, K.Key_X, *[K.Key_C] * 5)
    assert window.matrix.scores_shown


def test_earlier_ratings_are_hidden_until_the_cell_is_rated(desktop: Desktop, qtbot: QtBot) -> None:
    window = opened(desktop, qtbot, rated_analysis(3, 2))
    session = window.session
    cell = (item(session, 1).id, hypothesis(session, 1).id)
    session.execute(edits.annotate(session.matrix, session.analyst, [cell], rationale="Because", confidence=Level.LOW))
    shown = begin(window, which="everything")
    assert not any(answer.isChecked() for answer in shown.answers.values())
    assert not shown.levels[Level.LOW].isChecked()
    assert shown.reason.isHidden()
    assert shown.reason.box.text == ""
    assert not shown.reason_hidden.isHidden()
    press(qtbot, window, K.Key_F2, K.Key_I, K.Key_Backspace)
    assert shown.answers[I].isChecked()
    assert shown.reason.box.text == "Because"
    rating = session.matrix.rating(session.analyst, *cell)
    assert rating is not None
    assert (rating.value, rating.rationale) == (I, "Because")


def test_a_second_pass_may_show_what_was_rated_on_earlier_wording(desktop: Desktop, qtbot: QtBot) -> None:
    window = opened(desktop, qtbot, rated_analysis(3, 2))
    session = window.session
    session.execute(edits.set_field(session.analysis, "evidence", [item(session, 2).id], "title", "Another report"))
    shown = begin(window, which="new or reworded", hide_earlier=False)
    assert asked(window) == "E2/H1"
    assert shown.rows[0].aside.text() == "Rated I on earlier wording. K confirms it."
    press(qtbot, window, K.Key_K, K.Key_C)
    page(window, EndPage)
    assert not [finding for finding in session.findings if finding.code == "earlier_wording"]


def test_interrupted_it_is_offered_again(desktop: Desktop, qtbot: QtBot) -> None:
    analysis = small_analysis(3, 2)
    window = opened(desktop, qtbot, analysis)
    begin(window, random_items=True, seed=4)
    press(qtbot, window, K.Key_C, K.Key_C, K.Key_N)
    cell = asked(window)
    press(qtbot, window, K.Key_Escape)
    assert window.matrix.isVisible()
    assert window.matrix.selection().evidence == window.guide.interrupted.cells[3][0]
    assert not window.matrix.scores_shown
    assert window.side.rail is not None
    window.side.rail.open_step(3)
    assert "Go on with the guided rating (item 2 of 3)" in [
        button.words for button in window.side.rail.bodies[3].findChildren(RowButton)
    ]
    assert window.actions_registry["guide.go_on"].text().endswith("item 2 of 3")
    window.close_for_good()

    again = opened(desktop, qtbot, analysis)
    assert "item 2 of 3" in again.statusBar().currentMessage()
    assert not again.matrix.scores_shown
    again.actions_registry["guide.start"].trigger()
    assert page(again, StartPage).go_on.text() == "Go on with the guided rating (item 2 of 3)"
    press(qtbot, again, K.Key_Return)
    assert asked(again) == cell
    press(qtbot, again, K.Key_C, K.Key_C, K.Key_C)
    page(again, EndPage)
    assert kept_pass(desktop.store, analysis.id) is None
    assert again.matrix.scores_shown


def test_every_answer_is_kept_at_once(window: AnalysisWindow, desktop: Desktop, qtbot: QtBot) -> None:
    begin(window)
    press(qtbot, window, K.Key_C)

    def is_kept() -> bool:
        kept = kept_pass(desktop.store, window.session.analysis.id)
        return kept is not None and kept.at == 1

    qtbot.waitUntil(is_kept)


def test_given_up_it_shows_the_standing_again(desktop: Desktop, qtbot: QtBot) -> None:
    window = opened(desktop, qtbot, rated_analysis(3, 2))
    begin(window, which="everything")
    press(qtbot, window, K.Key_Escape)
    window.guide.open_start()
    page(window, StartPage).give_up.click()
    assert window.guide.interrupted is None
    assert window.matrix.scores_shown
    assert window.matrix.isVisible()


def test_rating_in_the_matrix_meanwhile_is_taken_over(window: AnalysisWindow, qtbot: QtBot) -> None:
    begin(window)
    press(qtbot, window, K.Key_C, K.Key_Escape)
    session = window.session
    cell = (item(session, 1).id, hypothesis(session, 2).id)
    session.execute(edits.rate(session.analysis, session.matrix, session.analyst, [cell], I))
    window.guide.go_on()
    assert asked(window) == "E2/H1"


def test_a_rerating_changes_nothing_until_the_second_is_taken(desktop: Desktop, qtbot: QtBot) -> None:
    window = opened(desktop, qtbot, rated_analysis(12, 2))
    before = values(window)
    shown = begin(window, which="a tenth again", seed=2)
    assert shown.reason.isHidden()
    assert shown.confidence.isHidden()
    press(qtbot, window, *[K.Key_C] * 20)
    end = page(window, EndPage)
    assert values(window) == before
    (retest,) = window.session.analysis.retests.values()
    assert len(retest.cells) == 20
    assert retest.seed == 2
    said = next(label.text() for label in end.findChildren(QLabel) if label.text().startswith("Same "))
    same = sum(cell.first is C for cell in retest.cells)
    assert said.startswith(f"Same {same}, one step apart ")
    assert len(end.takes) == 20 - same
    cell, take = next(iter(end.takes.items()))
    take.click()
    rating = window.session.matrix.rating(window.session.analyst, *cell)
    assert rating is not None
    assert rating.value is C
    assert not take.isEnabled()
    assert sum(first != now for first, now in zip(before, values(window), strict=True)) == 1


def test_earlier_reratings_can_be_looked_at_again(desktop: Desktop, qtbot: QtBot) -> None:
    window = opened(desktop, qtbot, rated_analysis(12, 2))
    begin(window, which="a tenth again", seed=2)
    press(qtbot, window, *[K.Key_C] * 20, K.Key_Escape)
    window.guide.open_start()
    next(iter(page(window, StartPage).findChildren(RowButton))).click()
    end = page(window, EndPage)
    first = end.findChildren(RowButton)[0]
    first.click()
    assert window.matrix.isVisible()
    assert window.matrix.focus == "cell"


def test_too_few_rated_again_is_said(desktop: Desktop, qtbot: QtBot) -> None:
    window = opened(desktop, qtbot, rated_analysis(12, 2))
    begin(window, which="a tenth again")
    press(qtbot, window, *[K.Key_X] * 5, *[K.Key_C] * 15)
    said = [label.text() for label in page(window, EndPage).findChildren(QLabel)]
    assert "15 cells were rated twice: too few to say how far your ratings repeat." in said


def test_the_next_question_goes_to_its_cell(desktop: Desktop, qtbot: QtBot) -> None:
    window = opened(desktop, qtbot, rated_analysis(3, 2))
    ask_next(window)
    assert window.statusBar().currentMessage() == "No cell is unrated or uncertain."
    session = window.session
    cell = (item(session, 2).id, hypothesis(session, 2).id)
    session.execute(edits.annotate(session.matrix, session.analyst, [cell], confidence=Level.LOW))
    window.actions_registry["guide.next_question"].trigger()
    assert window.statusBar().currentMessage().startswith("E2 under H2: if it were ")
    assert (window.matrix.selection().evidence, window.matrix.selection().hypothesis) == cell
    window.matrix.set_scores_hidden(True)
    ask_next(window)
    assert window.statusBar().currentMessage() == "E2 under H2 matters most for the standing."


def test_a_read_only_analysis_is_not_rated(window: AnalysisWindow) -> None:
    window.session.read_only = True
    window.refresh()
    assert not window.actions_registry["guide.start"].isEnabled()
    assert window.guide.offer == ""


def test_another_analysis_in_the_window_ends_it(window: AnalysisWindow) -> None:
    begin(window)
    window.session.replace_analysis(small_analysis(2, 2), dirty=False)
    assert not window.guide.is_open
    assert window.matrix.isVisible()
    assert window.guide.interrupted is None


def test_it_follows_the_theme(window: AnalysisWindow) -> None:
    shown = begin(window)
    window.set_palette(DARK)
    assert shown.rows[0]._colours is DARK


def test_enter_on_a_button_presses_it_and_a_click_leaves_the_keyboard(window: AnalysisWindow, qtbot: QtBot) -> None:
    shown = begin(window)
    qtbot.waitUntil(shown.hasFocus)
    qtbot.mouseClick(shown.buttons["skip"], Qt.MouseButton.LeftButton)
    assert asked(window) == "E1/H2"
    assert shown.hasFocus()
    shown.buttons["give_up"].setFocus()
    qtbot.keyClick(shown.buttons["give_up"], K.Key_Return)
    assert asked(window) == "E2/H1"
    qtbot.keyClick(shown.buttons["give_up"], K.Key_I)
    assert values(window)[2] == "I"


def test_an_answer_that_is_clicked_while_a_reason_is_written_takes_the_reason(
    window: AnalysisWindow, qtbot: QtBot
) -> None:
    shown = begin(window)
    press(qtbot, window, K.Key_F2)
    qtbot.waitUntil(shown.reason.box.hasFocus)
    qtbot.keyClicks(shown.reason.box, "Seen by two")
    qtbot.mouseClick(shown.answers[N], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(shown.hasFocus)
    session = window.session
    rating = session.matrix.rating(session.analyst, item(session, 1).id, hypothesis(session, 1).id)
    assert rating is not None
    assert (rating.value, rating.rationale) == (N, "Seen by two")


def test_the_start_page_is_left_with_escape_and_its_buttons(window: AnalysisWindow, qtbot: QtBot) -> None:
    window.guide.open_start()
    start = page(window, StartPage)
    start.cancel.setFocus()
    qtbot.keyClick(start.cancel, K.Key_Return)
    assert not window.guide.is_open
    window.guide.open_start()
    press(qtbot, window, K.Key_Escape)
    assert not window.guide.is_open
    assert window.guide.interrupted is None


def test_in_a_rerating_undo_goes_back_and_touches_nothing(desktop: Desktop, qtbot: QtBot) -> None:
    window = opened(desktop, qtbot, rated_analysis(12, 2))
    session = window.session
    cell = (item(session, 1).id, hypothesis(session, 1).id)
    session.execute(edits.rate(session.analysis, session.matrix, session.analyst, [cell], N))
    before = values(window)
    begin(window, which="a tenth again", seed=2)
    first = asked(window)
    press(qtbot, window, K.Key_C)
    assert not window.actions_registry["undo"].isEnabled()
    press(qtbot, window, (K.Key_Z, Qt.KeyboardModifier.ControlModifier))
    assert asked(window) == first
    assert page(window).answers[C].isChecked()
    assert values(window) == before


def test_a_pass_that_names_what_is_not_there_goes_on_without_it(desktop: Desktop, qtbot: QtBot) -> None:
    analysis = small_analysis(2, 2)
    window = opened(desktop, qtbot, analysis)
    begin(window)
    press(qtbot, window, K.Key_C, K.Key_Escape)
    kept = kept_pass(desktop.store, analysis.id)
    assert kept is not None
    kept.cells.insert(1, ("nothing", "at all"))
    keep_pass(desktop.store, analysis.id, kept)
    window.guide.look_for_interrupted()
    window.guide.go_on()
    assert asked(window) == "E1/H2"


def test_what_the_parts_of_a_combination_suggest_can_be_taken(desktop: Desktop, qtbot: QtBot) -> None:
    analysis = small_analysis(2, 3)
    window = opened(desktop, qtbot, analysis)
    session = window.session
    parts = tuple(session.matrix.hypotheses[:2])
    session.execute(edits.set_field(session.analysis, "hypothesis", [session.matrix.hypotheses[2]], "combines", parts))
    shown = begin(window)
    press(qtbot, window, K.Key_C, K.Key_C)
    assert shown.rows[0].aside.text() == "Suggested: C. It counts as unrated; K takes it."
    press(qtbot, window, K.Key_K)
    assert values(window)[:3] == ["C", "C", "C"]
    press(qtbot, window, K.Key_C, K.Key_I)
    assert shown.rows[0].aside.text() == "Suggested: C to I. It counts as unrated."
    press(qtbot, window, K.Key_K)
    assert values(window)[3:] == ["C", "I", "."]
