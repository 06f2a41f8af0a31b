"""Filter, order and size of the matrix through its panel: what is shown, where the keyboard is, what is remembered."""

from __future__ import annotations

import pytest
from helpers.accessible import nameless_controls
from helpers.matrix import block, go_to, labels, place, press, shown_panel, symbols, typed
from helpers.sessions import hypothesis, item, rate, small_session
from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ach_desk.commands import edits
from ach_desk.model import Rating, RatingValue
from ach_desk.ui.matrix import MatrixPanel
from ach_desk.ui.matrix.axes import EVIDENCE, HYPOTHESIS
from ach_desk.ui.matrix.filter_bar import Chip
from ach_desk.ui.matrix.item_filter import ItemFilter
from ach_desk.ui.matrix.item_order import SortKey, rating_column
from ach_desk.ui.matrix.look import ZOOM
from ach_desk.ui.matrix.sections import HORIZONTAL, VERTICAL
from ach_desk.ui.session import Session

C, AGAINST = RatingValue.CONSISTENT, RatingValue.INCONSISTENT
LEFT, SHIFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def panel(qtbot: QtBot) -> MatrixPanel:
    return shown_panel(qtbot, small_session(12, 3))


def items(panel: MatrixPanel) -> list[str]:
    return labels(panel, EVIDENCE)


def show_only(panel: MatrixPanel, text: str) -> None:
    panel.arranging.set_filter(ItemFilter(text=text))


def said_by(panel: MatrixPanel) -> list[str]:
    said: list[str] = []
    panel.message.connect(said.append)
    return said


def click_caption(qtbot: QtBot, panel: MatrixPanel, column: str, keys: Qt.KeyboardModifier = NONE) -> None:
    corner = panel.view._corner
    sections = panel.view.sections_of(EVIDENCE)
    captions = sections.captions(corner.rect(), VERTICAL, corner.layoutDirection())
    at = next(caption.rect.center() for caption in captions if caption.column == column)
    qtbot.mouseClick(corner, LEFT, keys, at)


# The filter


def test_the_filter_is_absent_until_it_is_opened(qtbot: QtBot, panel: MatrixPanel) -> None:
    assert "bar" not in panel.arranging.__dict__
    press(qtbot, panel, "Ctrl+Shift+F")
    assert panel.arranging.bar.isVisible()
    assert panel.arranging.bar.entry.hasFocus()
    assert panel.arranging.bar.count.text() == "12 of 12 items"
    assert nameless_controls(panel) == []


def test_typing_filters_and_escape_shows_everything_and_goes_back(qtbot: QtBot, panel: MatrixPanel) -> None:
    press(qtbot, panel, "Ctrl+Shift+F")
    typed(qtbot, panel, "item 1")
    qtbot.waitUntil(lambda: items(panel) == ["E1", "E10", "E11", "E12"])
    assert panel.arranging.bar.count.text() == "4 of 12 items"
    press(qtbot, panel, "Return")
    assert panel.view.hasFocus()
    assert panel.arranging.bar.isVisible()
    panel.arranging.open_bar()
    press(qtbot, panel, "Esc")
    assert len(items(panel)) == 12
    assert panel.view.hasFocus()
    assert not panel.arranging.bar.isVisible()


def test_one_key_in_the_matrix_shows_everything(qtbot: QtBot, panel: MatrixPanel) -> None:
    show_only(panel, "item 12")
    assert panel.arranging.bar.isVisible()
    press(qtbot, panel, "Shift+Esc")
    assert len(items(panel)) == 12
    assert not panel.arranging.bar.isVisible()


def test_a_date_that_is_none_changes_nothing(qtbot: QtBot, panel: MatrixPanel) -> None:
    panel.arranging.open_bar()
    panel.arranging.bar.since.setFocus()
    said = said_by(panel)
    typed(qtbot, panel, "2099-13")
    press(qtbot, panel, "Return")
    assert len(items(panel)) == 12
    assert said == ["Not taken over: write a day that exists as 2023-06-23, 2023-06 or 2023."]
    assert panel.arranging.bar.since.hasFocus()
    press(qtbot, panel, "Backspace")
    typed(qtbot, panel, "2")
    press(qtbot, panel, "Return")
    assert items(panel) == []


def chip(panel: MatrixPanel, caption: str) -> Chip:
    """Return the condition of the filter line that is captioned so."""
    return next(one for one in panel.arranging.bar.chips if one.caption == caption)


def test_a_chip_says_what_is_chosen(qtbot: QtBot, panel: MatrixPanel) -> None:
    panel.session.execute(edits.set_fields(panel.session.analysis, EVIDENCE, item(panel.session, 2).id, TAGS, "x"))
    panel.arranging.open_bar()
    kind, tag, source, state = (chip(panel, name) for name in ("Kind", "Tag", "Source", "State"))
    assert (kind.isVisible(), tag.isVisible(), source.isVisible(), state.isVisible()) == (False, True, False, True)
    tag.menu().aboutToShow.emit()
    next(action for action in tag.menu().actions() if action.text() == "R&&D").trigger()
    assert items(panel) == ["E2"]
    assert tag.text() == "Tag: R&&D ▾"
    state.menu().aboutToShow.emit()
    next(action for action in state.menu().actions() if action.text() == "flagged").trigger()
    assert items(panel) == []


TAGS = {"tags": ("R&D",)}


def test_a_new_tag_is_offered_at_once(panel: MatrixPanel) -> None:
    panel.arranging.open_bar()
    tag = chip(panel, "Tag")
    assert tag.isHidden()
    panel.session.execute(edits.set_fields(panel.session.analysis, EVIDENCE, item(panel.session, 2).id, TAGS, "x"))
    assert not tag.isHidden()


@pytest.mark.qt_log_ignore("^This plugin does not support grabbing the keyboard")
def test_a_chip_opens_its_menu_by_key(qtbot: QtBot, panel: MatrixPanel) -> None:
    panel.arranging.open_bar()
    state = chip(panel, "State")
    state.setFocus()
    state.menu().aboutToShow.connect(lambda: QTimer.singleShot(0, state.menu().close))
    press(qtbot, panel, "Down")
    assert "flagged" in [action.text() for action in state.menu().actions()]
    assert panel.focusWidget() is state


def test_rated_rows_stay_under_the_keyboard_until_refresh(qtbot: QtBot, panel: MatrixPanel) -> None:
    panel.arranging.set_filter(ItemFilter(unrated=True))
    go_to(panel, 1, 1)
    press(qtbot, panel, "C", "C", "C")
    assert len(items(panel)) == 12
    assert place(panel) == (2, 1)
    press(qtbot, panel, "F5")
    assert items(panel)[0] == "E2"
    assert place(panel) == (1, 1)


def test_keys_walk_over_what_is_shown(qtbot: QtBot, panel: MatrixPanel) -> None:
    session = panel.session
    session.execute(edits.set_aside(session.analysis, [item(session, 10).id], ""))
    show_only(panel, "item 1")
    go_to(panel, 1, 3)
    press(qtbot, panel, "C")
    assert (items(panel)[place(panel)[0] - 1], place(panel)[1]) == ("E11", 1)
    press(qtbot, panel, "Ctrl+End")
    assert place(panel) == (4, 3)
    press(qtbot, panel, "Ctrl+U")
    assert place(panel) == (1, 1)
    press(qtbot, panel, "Ctrl+A", "N")
    assert symbols(panel) == ["N N N"] * 4
    panel.arranging.clear_filter()
    assert symbols(panel)[1] == ". . ."


def test_when_only_hidden_cells_are_unrated_it_is_said(qtbot: QtBot, panel: MatrixPanel) -> None:
    show_only(panel, "item 12")
    press(qtbot, panel, "Ctrl+A", "C")
    said = said_by(panel)
    press(qtbot, panel, "Ctrl+U")
    assert said == ["Every cell shown is rated; the filter hides unrated ones. Shift+Esc shows all items."]


def test_copying_takes_what_is_shown_in_the_order_shown(qtbot: QtBot, panel: MatrixPanel) -> None:
    rate(panel.session, 12, 1, C)
    rate(panel.session, 11, 1, RatingValue.NEUTRAL)
    rate(panel.session, 10, 1, AGAINST)
    show_only(panel, "item 1")
    panel.arranging.sort_by("title")
    panel.arranging.reverse()
    block(panel, (1, 1), (3, 1))
    press(qtbot, panel, "Ctrl+C")
    assert QGuiApplication.clipboard().text() == "C\nN\nI"


def test_filtered_items_are_scored_all_the_same(panel: MatrixPanel) -> None:
    rate(panel.session, 1, 1, AGAINST)
    before = panel.session.assessment.standing.inconsistency.tolist()
    show_only(panel, "item 12")
    assert panel.session.assessment.standing.inconsistency.tolist() == before
    assert panel.model.figures(0).score == "−1" or not panel.scores_shown


def test_a_new_item_is_shown_until_the_filter_is_applied_anew(qtbot: QtBot, panel: MatrixPanel) -> None:
    show_only(panel, "item 12")
    press(qtbot, panel, "Ctrl+E")
    typed(qtbot, panel, "something else")
    press(qtbot, panel, "Return")
    assert items(panel) == ["E12", "E13"]
    assert place(panel) == (2, 1)
    assert panel.arranging.bar.count.text() == "2 of 13 items"
    press(qtbot, panel, "F5")
    assert items(panel) == ["E12"]


def test_undo_shows_a_row_that_the_filter_hides(qtbot: QtBot, panel: MatrixPanel) -> None:
    go_to(panel, 5, 2)
    press(qtbot, panel, "C")
    show_only(panel, "item 12")
    press(qtbot, panel, "Home")
    panel.session.undo()
    assert items(panel) == ["E5", "E12"]
    assert place(panel) == (1, 2)
    assert panel.arranging.bar.count.text() == "2 of 12 items"


def test_going_to_an_item_shows_it_although_the_filter_hides_it(panel: MatrixPanel) -> None:
    show_only(panel, "item 12")
    assert panel.select_records(EVIDENCE, [item(panel.session, 3).id])
    assert items(panel) == ["E3", "E12"]
    assert panel.select_cell(item(panel.session, 4).id, hypothesis(panel.session, 1).id)
    assert items(panel) == ["E3", "E4", "E12"]


def test_the_selection_stays_with_its_records_while_they_are_shown(panel: MatrixPanel) -> None:
    go_to(panel, 12, 2)
    show_only(panel, "item 1")
    assert place(panel) == (4, 2)
    show_only(panel, "item 3")
    assert place(panel) == (1, 1)
    show_only(panel, "nothing of the kind")
    assert (place(panel), panel.focus) == ((0, 0), "")
    panel.arranging.clear_filter()
    assert len(items(panel)) == 12


def test_a_filter_that_leaves_nothing_says_so_and_not_that_the_matrix_is_empty(panel: MatrixPanel) -> None:
    before = panel.grab().toImage()
    show_only(panel, "nothing of the kind")
    assert panel.arranging.bar.count.text() == "0 of 12 items"
    assert not panel._editor._hint.isVisible()
    assert panel.grab().toImage() != before


def test_another_state_of_the_file_is_filtered_too(panel: MatrixPanel) -> None:
    show_only(panel, "item 3")
    panel.session.replace_analysis(small_session(4, 2).analysis, dirty=False)
    assert items(panel) == ["E3"]
    assert panel.arranging.bar.count.text() == "1 of 4 items"


def test_a_filtered_matrix_can_be_turned(panel: MatrixPanel) -> None:
    show_only(panel, "item 1")
    go_to(panel, 3, 2)
    panel.looks.set_transposed(True)
    assert place(panel) == (2, 3)
    assert panel.model.axes.shape == (3, 4)
    show_only(panel, "item 11")
    assert panel.model.axes.shape == (3, 1)


def test_moving_among_filtered_items_passes_the_hidden_ones(qtbot: QtBot, panel: MatrixPanel) -> None:
    show_only(panel, "item 1")
    go_to(panel, 2, 1)
    press(qtbot, panel, "Alt+Up")
    assert items(panel) == ["E10", "E1", "E11", "E12"]


# The order


def test_a_click_on_a_caption_sorts_and_a_third_goes_back(qtbot: QtBot, panel: MatrixPanel) -> None:
    click_caption(qtbot, panel, "title")
    assert items(panel)[:4] == ["E1", "E10", "E11", "E12"]
    assert panel.arranging.bar.order.text() == "Items sorted by Text ↑."
    click_caption(qtbot, panel, "title")
    assert items(panel)[0] == "E9"
    click_caption(qtbot, panel, "title")
    assert items(panel)[:3] == ["E1", "E2", "E3"]
    assert not panel.arranging.bar.isVisible()


def test_shift_click_adds_a_second_key(qtbot: QtBot, panel: MatrixPanel) -> None:
    for number in range(1, 13):
        fields = {"title": "same" if number % 2 else "other", "credibility": ("low", "high", "medium")[number % 3]}
        session = panel.session
        session.execute(edits.set_fields(session.analysis, EVIDENCE, item(session, number).id, fields, "x"))
    click_caption(qtbot, panel, "title")
    click_caption(qtbot, panel, "credibility", SHIFT)
    assert items(panel)[:3] == ["E4", "E10", "E2"]
    assert panel.arranging.bar.order.text() == "Items sorted by Text ↑, then Credibility ↓."
    assert panel.model.arrangement.item_order == (
        SortKey(column="title"),
        SortKey(column="credibility", descending=True),
    )
    click_caption(qtbot, panel, "credibility", SHIFT)
    assert items(panel)[:3] == ["E6", "E12", "E2"]


def test_the_back_link_and_the_key_return_to_entry_order(qtbot: QtBot, panel: MatrixPanel) -> None:
    panel.arranging.sort_by("title")
    panel.arranging.order_hypotheses("title")
    qtbot.mouseClick(panel.arranging.bar.back_button, LEFT)
    assert items(panel)[:2] == ["E1", "E2"]
    panel.arranging.sort_by("title")
    panel.view.setFocus()
    press(qtbot, panel, "Alt+Home")
    assert items(panel)[:2] == ["E1", "E2"]
    assert not panel.arranging.is_sorted


def test_sorting_changes_nothing_in_the_analysis(panel: MatrixPanel) -> None:
    before = list(panel.session.matrix.evidence)
    panel.arranging.sort_by("title")
    panel.arranging.order_hypotheses("title")
    assert panel.session.matrix.evidence == before
    assert not panel.session.is_dirty


def test_the_arrow_stands_where_the_sort_is(qtbot: QtBot, panel: MatrixPanel) -> None:
    corner = panel.view._corner
    before = corner.grab().toImage()
    panel.arranging.sort_by("title")
    up = corner.grab().toImage()
    panel.arranging.reverse()
    assert len({before.cacheKey(), up.cacheKey()}) == 2
    assert before != up
    assert corner.grab().toImage() not in (before, up)


def test_sorted_by_the_ratings_rows_stay_while_rating(qtbot: QtBot, panel: MatrixPanel) -> None:
    session = panel.session
    rate(session, 3, 2, AGAINST)
    panel.arranging.sort_by(rating_column(hypothesis(session, 2).id))
    assert items(panel)[:2] == ["E3", "E1"]
    assert panel.arranging.bar.order.text() == "Items sorted by Rating under H2 ↓."
    go_to(panel, 5, 2)
    press(qtbot, panel, "Shift+I")
    assert items(panel)[:2] == ["E3", "E1"]
    press(qtbot, panel, "F5")
    assert items(panel)[:2] == ["E5", "E3"]


def test_sorted_records_are_not_moved_and_the_way_back_is_said(qtbot: QtBot, panel: MatrixPanel) -> None:
    panel.arranging.sort_by("title")
    said = said_by(panel)
    go_to(panel, 2, 1)
    press(qtbot, panel, "Alt+Down")
    assert said == ["They are shown sorted and cannot be moved. Alt+Home goes back to entry order."]
    panel.records.drop(EVIDENCE, 0)
    assert not panel.session.is_dirty
    press(qtbot, panel, "Alt+Right")
    assert labels(panel, HYPOTHESIS) == ["H2", "H1", "H3"]
    panel.arranging.order_hypotheses("title")
    press(qtbot, panel, "Alt+Right")
    assert said[-1].startswith("They are shown sorted")


def test_the_order_of_hypotheses_is_applied_and_said(panel: MatrixPanel) -> None:
    session = panel.session
    for number, title in ((1, "c"), (2, "b"), (3, "a")):
        session.execute(edits.set_field(session.analysis, HYPOTHESIS, [hypothesis(session, number).id], "title", title))
    go_to(panel, 1, 1)
    panel.arranging.order_hypotheses("title")
    assert labels(panel, HYPOTHESIS) == ["H3", "H2", "H1"]
    assert place(panel) == (1, 3)
    assert panel.arranging.bar.order.text() == "Hypotheses sorted by alphabet."


def test_hidden_scores_end_an_order_that_gives_them_away(qtbot: QtBot, panel: MatrixPanel) -> None:
    panel.set_scores_hidden(False)
    panel.arranging.order_hypotheses("score")
    panel.arranging.sort_by("diagnosticity")
    said = said_by(panel)
    press(qtbot, panel, "F9")
    assert not panel.arranging.is_sorted
    assert said == ["Scores are hidden, and so is the order that gives them away."]
    specs = {spec.name: spec for spec in panel.action_specs()}
    for name in ("hypotheses_order.score", "sort.diagnosticity"):
        enabled = specs[name].enabled
        assert enabled is not None
        assert not enabled()


def test_a_click_on_the_caption_of_the_scores_sorts_the_hypotheses(qtbot: QtBot, panel: MatrixPanel) -> None:
    corner = panel.view._corner
    for column, value in ((1, AGAINST), (2, C), (3, C)):
        rate(panel.session, 1, column, value)
    captions = panel.view.sections_of(HYPOTHESIS).captions(corner.rect(), HORIZONTAL, corner.layoutDirection())
    at = captions[0].rect.center()
    panel.set_scores_hidden(True)
    said = said_by(panel)
    qtbot.mouseClick(corner, LEFT, pos=at)
    assert labels(panel, HYPOTHESIS) == ["H1", "H2", "H3"]
    assert said == ["Scores are hidden, and so is an order that gives them away."]
    panel.set_scores_hidden(False)
    qtbot.mouseClick(corner, LEFT, pos=at)
    assert labels(panel, HYPOTHESIS) == ["H2", "H3", "H1"]
    qtbot.mouseClick(corner, LEFT, pos=at)
    assert labels(panel, HYPOTHESIS) == ["H1", "H2", "H3"]


def test_sorting_anew_is_not_passing_a_cell_by(panel: MatrixPanel) -> None:
    for row in range(1, 13):
        for column in range(1, 4):
            if (row, column) != (1, 1):
                rate(panel.session, row, column, C)
    go_to(panel, 1, 1)
    assert not panel.scores_shown
    panel.arranging.sort_by("title")
    panel.arranging.reverse()
    assert not panel.scores_shown
    go_to(panel, 1, 1)
    assert panel.scores_shown


# Size


def test_zoom_by_keys_and_wheel_stays_within_its_bounds(qtbot: QtBot, panel: MatrixPanel) -> None:
    height, width = panel.view.look.row_height, panel.view.header_of(HYPOTHESIS).defaultSectionSize()
    press(qtbot, panel, *["Ctrl++"] * 12)
    assert panel.view.scale.zoom == ZOOM[-1]
    assert panel.view.look.row_height > 2 * height
    assert panel.view.header_of(HYPOTHESIS).defaultSectionSize() > width
    press(qtbot, panel, "Ctrl+0")
    assert (panel.view.scale.zoom, panel.view.look.row_height) == (100, height)
    for _turn in range(12):
        turn_wheel(panel, -120, Qt.KeyboardModifier.ControlModifier)
    assert panel.view.scale.zoom == ZOOM[0]
    assert panel.view.look.row_height < height


def turn_wheel(panel: MatrixPanel, angle: int, keys: Qt.KeyboardModifier) -> None:
    port = panel.view.viewport()
    at = QPointF(port.rect().center())
    event = QWheelEvent(
        at, port.mapToGlobal(at), QPoint(), QPoint(0, angle), Qt.MouseButton.NoButton, keys, Qt.ScrollPhase(0), False
    )
    QApplication.sendEvent(port, event)


def test_the_wheel_without_ctrl_scrolls(qtbot: QtBot) -> None:
    panel = shown_panel(qtbot, small_session(60, 3))
    turn_wheel(panel, -120, NONE)
    assert panel.view.verticalScrollBar().value() > 0
    assert panel.view.scale.zoom == 100


def test_text_size_leaves_the_widths(qtbot: QtBot, panel: MatrixPanel) -> None:
    width, line = panel.view.header_of(HYPOTHESIS).defaultSectionSize(), panel.view.look.line
    panel.looks.set_scale(panel.view.scale._replace(text=125))
    assert panel.view.look.line > line
    assert abs(panel.view.header_of(HYPOTHESIS).defaultSectionSize() - width) < 40


def test_widths_chosen_by_dragging_follow_the_zoom(panel: MatrixPanel) -> None:
    panel.view._drag_column_width(90)
    panel.looks.zoom(10)
    assert panel.view.header_of(HYPOTHESIS).defaultSectionSize() == 225
    panel.view._drag_column_width(200)
    panel.looks.set_scale(panel.view.scale._replace(zoom=100))
    assert panel.view.header_of(HYPOTHESIS).defaultSectionSize() == 80


@pytest.mark.parametrize(("rows", "lines"), [("compact", 1), ("normal", 2), ("tall", 3), ("automatic", 1)])
def test_rows_have_the_height_that_was_chosen(panel: MatrixPanel, rows: str, lines: int) -> None:
    panel.looks.set_scale(panel.view.scale._replace(rows=rows))
    look = panel.view.look
    assert panel.view.header_of(EVIDENCE).defaultSectionSize() == look.row_height == lines * look.line + 8


def test_automatic_rows_grow_with_long_texts(panel: MatrixPanel) -> None:
    session = panel.session
    for number in range(1, 13):
        fields = {"title": "a text that is long enough to need the full height of a row, whatever the width" * 3}
        session.execute(edits.set_fields(session.analysis, EVIDENCE, item(session, number).id, fields, "x"))
    panel.looks.set_scale(panel.view.scale._replace(rows="automatic"))
    assert panel.view.look.row_lines == 3


@pytest.mark.parametrize("transposed", [False, True])
@pytest.mark.parametrize("rows", ["compact", "tall"])
def test_compact_and_tall_rows_are_painted_both_ways(panel: MatrixPanel, rows: str, transposed: bool) -> None:
    session = panel.session
    fields = {"kind": "assumption", "flag": True}
    session.execute(edits.set_fields(session.analysis, EVIDENCE, item(session, 1).id, fields, "x"))
    panel.looks.set_transposed(transposed)
    panel.looks.set_scale(panel.view.scale._replace(rows=rows))
    panel.arranging.sort_by(rating_column(hypothesis(session, 1).id))
    assert not panel.grab().toImage().isNull()


def test_some_cell_is_seen_at_the_largest_zoom(panel: MatrixPanel) -> None:
    panel.looks.zoom(20)
    column = panel.view.header_of(HYPOTHESIS).defaultSectionSize()
    assert panel.view.viewport().width() >= column


def test_the_foot_does_not_grow_with_the_zoom(panel: MatrixPanel) -> None:
    before = panel._foot.sizeHint().height()
    panel.looks.zoom(5)
    assert panel._foot.sizeHint().height() == before


# Columns


def test_a_button_in_the_corner_opens_the_columns(qtbot: QtBot, panel: MatrixPanel) -> None:
    asked: list[QPoint] = []
    panel.view.corner_menu_requested.disconnect()
    panel.view.corner_menu_requested.connect(asked.append)
    button = panel.view._corner.button
    assert button.isVisible()
    qtbot.mouseClick(button, LEFT)
    assert len(asked) == 1
    assert panel.view.caret.places() == [(0, 0)]


def test_flag_and_entered_are_columns(panel: MatrixPanel) -> None:
    fields = {"flag": True, "entered": "2023-06-24T10:00:00Z"}
    panel.session.execute(edits.set_fields(panel.session.analysis, EVIDENCE, item(panel.session, 1).id, fields, "x"))
    panel.looks.toggle_column("flag")
    panel.looks.toggle_column("entered")
    shown = [column.text(panel.model, 0) for column in panel.view.sections_of(EVIDENCE).columns]
    assert shown == ["flagged", "2023-06-24"]


# Remembered


def test_filter_order_and_size_come_back(qtbot: QtBot, panel: MatrixPanel) -> None:
    session = panel.session
    panel.arranging.set_filter(ItemFilter(text="item 1", counted=True))
    panel.arranging.sort_by("title")
    panel.arranging.reverse()
    panel.arranging.order_hypotheses("title")
    panel.looks.set_scale(panel.view.scale._replace(zoom=150, text=125, rows="compact"))
    state = panel.view_state()
    again = shown_panel(qtbot, Session(session.analysis))
    again.restore(type(state).model_validate_json(state.model_dump_json()))
    assert items(again) == ["E12", "E11", "E10", "E1"]
    assert again.arranging.bar.count.text() == "4 of 12 items"
    assert again.arranging.bar.entry.text() == "item 1"
    assert again.model.arrangement.hypothesis_order == "title"
    assert again.view.scale == panel.view.scale


def test_a_remembered_order_that_gives_hidden_scores_away_is_dropped(qtbot: QtBot, panel: MatrixPanel) -> None:
    panel.set_scores_hidden(False)
    panel.arranging.order_hypotheses("score")
    state = panel.view_state().model_copy(update={"scores_hidden": True})
    again = shown_panel(qtbot, Session(panel.session.analysis))
    again.restore(state)
    assert not again.arranging.is_sorted


def test_ratings_with_reasons_are_found_after_they_were_written(panel: MatrixPanel) -> None:
    session = panel.session
    cell = (item(session, 7).id, hypothesis(session, 1).id)
    session.matrix.set_rating(session.analyst, *cell, Rating(C, "seen twice"))
    show_only(panel, "SEEN twice")
    assert items(panel) == ["E7"]


def test_a_line_that_only_says_what_is_sorted_offers_what_there_is_once_the_filter_is_opened(
    panel: MatrixPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    refresh = Chip.refresh
    monkeypatch.setattr(Chip, "refresh", lambda _chip: pytest.fail("put together for a line that is not shown"))
    panel.arranging.sort_by("title")
    panel.arranging.reverse()
    assert panel.arranging.bar.order_line.isVisible()
    monkeypatch.setattr(Chip, "refresh", refresh)
    panel.session.execute(edits.set_fields(panel.session.analysis, EVIDENCE, item(panel.session, 2).id, TAGS, "x"))
    panel.arranging.open_bar()
    assert chip(panel, "Tag").isVisible()
    assert chip(panel, "Tag").text() == "Tag ▾"
