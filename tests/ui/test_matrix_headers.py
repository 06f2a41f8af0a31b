"""The headers under the mouse: selecting, dragging, widths, menus; and editing over them."""

from __future__ import annotations

import pytest
from helpers.matrix import go_to, labels, place, press, shown_panel, typed
from helpers.sessions import hypothesis, item, small_session
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from ach_desk.commands import edits
from ach_desk.model import new_analysis
from ach_desk.ui.matrix import MatrixPanel
from ach_desk.ui.matrix.axes import EVIDENCE, HYPOTHESIS
from ach_desk.ui.matrix.editor import InPlaceEditor
from ach_desk.ui.matrix.header import MatrixHeader
from ach_desk.ui.matrix.hint import EmptyHint
from ach_desk.ui.session import Session

LEFT = Qt.MouseButton.LeftButton
menus_grab_the_keyboard = pytest.mark.qt_log_ignore("^This plugin does not support grabbing the keyboard")
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def panel(qtbot: QtBot) -> MatrixPanel:
    return shown_panel(qtbot, small_session(5, 4))


def middle(header: MatrixHeader, section: int) -> QPoint:
    return header.section_rect(section - 1).center()


def click(qtbot: QtBot, header: MatrixHeader, section: int, keys: Qt.KeyboardModifier | None = None) -> None:
    qtbot.mouseClick(header.viewport(), LEFT, keys or Qt.KeyboardModifier.NoModifier, middle(header, section))


def drag(qtbot: QtBot, header: MatrixHeader, start: QPoint, end: QPoint) -> None:
    port = header.viewport()
    qtbot.mousePress(port, LEFT, pos=start)
    for share in (0.3, 0.7, 1.0):
        qtbot.mouseMove(port, start + (end - start) * share)
    qtbot.mouseRelease(port, LEFT, pos=end)


def editor_of(panel: MatrixPanel) -> InPlaceEditor:
    return panel.findChild(InPlaceEditor)


def open_menu() -> QMenu:
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def choose(menu: QMenu, text: str) -> None:
    next(action for action in menu.actions() if action.text() == text).trigger()
    menu.close()


def test_a_click_selects_an_item_and_shift_and_ctrl_add(qtbot: QtBot, panel: MatrixPanel) -> None:
    header = panel.view.header_of(EVIDENCE)
    click(qtbot, header, 2)
    assert panel.selection().items == (item(panel.session, 2).id,)
    click(qtbot, header, 4, SHIFT)
    assert panel.selection().items == tuple(item(panel.session, row).id for row in (2, 3, 4))
    click(qtbot, header, 3, CTRL)
    assert panel.selection().items == tuple(item(panel.session, row).id for row in (2, 4))
    click(qtbot, header, 2)
    assert panel.selection().items == (item(panel.session, 2).id,)


def test_dragging_an_item_moves_it(qtbot: QtBot, panel: MatrixPanel) -> None:
    header = panel.view.header_of(EVIDENCE)
    drag(qtbot, header, middle(header, 1), middle(header, 3) + QPoint(0, 10))
    assert labels(panel, EVIDENCE) == ["E2", "E3", "E1", "E4", "E5"]
    panel.session.undo()
    assert labels(panel, EVIDENCE) == ["E1", "E2", "E3", "E4", "E5"]


def test_dragging_one_of_several_moves_them_all(qtbot: QtBot, panel: MatrixPanel) -> None:
    header = panel.view.header_of(EVIDENCE)
    click(qtbot, header, 1)
    click(qtbot, header, 2, SHIFT)
    drag(qtbot, header, middle(header, 2), middle(header, 5) + QPoint(0, 10))
    assert labels(panel, EVIDENCE) == ["E3", "E4", "E5", "E1", "E2"]
    assert len(panel.selection().items) == 2


def test_dragging_a_hypothesis_moves_it(qtbot: QtBot, panel: MatrixPanel) -> None:
    header = panel.view.header_of(HYPOTHESIS)
    drag(qtbot, header, middle(header, 3), middle(header, 1) - QPoint(20, 0))
    assert labels(panel, HYPOTHESIS) == ["H3", "H1", "H2", "H4"]


def test_a_single_explanation_does_not_move_behind_a_combination(qtbot: QtBot, panel: MatrixPanel) -> None:
    session = panel.session
    parts = (hypothesis(session, 1).id, hypothesis(session, 2).id)
    session.execute(edits.set_field(session.analysis, HYPOTHESIS, [hypothesis(session, 4).id], "combines", parts))
    header = panel.view.header_of(HYPOTHESIS)
    with qtbot.waitSignal(panel.message) as said:
        drag(qtbot, header, middle(header, 3), middle(header, 4) + QPoint(20, 0))
    assert said.args == ["Combinations stand after the single explanations."]
    assert labels(panel, HYPOTHESIS) == ["H1", "H2", "H3", "H4"]


def test_a_drag_that_ends_where_it_began_changes_nothing(qtbot: QtBot, panel: MatrixPanel) -> None:
    header = panel.view.header_of(EVIDENCE)
    drag(qtbot, header, middle(header, 2), middle(header, 2) + QPoint(60, 2))
    assert not panel.session.history.stack.canUndo()


def test_nothing_is_dragged_in_an_analysis_that_is_read_only(qtbot: QtBot, panel: MatrixPanel) -> None:
    panel.session.read_only = True
    header = panel.view.header_of(EVIDENCE)
    drag(qtbot, header, middle(header, 1), middle(header, 4))
    assert labels(panel, EVIDENCE) == ["E1", "E2", "E3", "E4", "E5"]


def test_dragging_the_border_of_the_text_makes_it_wider_until_a_double_click(qtbot: QtBot, panel: MatrixPanel) -> None:
    header = panel.view.header_of(EVIDENCE)
    sections = panel.view.sections_of(EVIDENCE)
    before, width = header.width(), sections.text_width
    border = QPoint(sections.text_right, middle(header, 2).y())
    drag(qtbot, header, border, border + QPoint(-50, 0))
    assert panel.view.sections_of(EVIDENCE).text_width == width - 50
    assert header.width() == before - 50
    assert panel.view_state().model_extra["text_width"] == width - 50
    qtbot.mouseDClick(header.viewport(), LEFT, pos=QPoint(panel.view.sections_of(EVIDENCE).text_right, border.y()))
    assert header.width() == before


def test_dragging_the_border_of_a_column_changes_all_of_them(qtbot: QtBot, panel: MatrixPanel) -> None:
    header = panel.view.header_of(HYPOTHESIS)
    rect = header.section_rect(0)
    border = QPoint(rect.right(), rect.center().y())
    drag(qtbot, header, border, border + QPoint(40, 0))
    assert {header.sectionSize(section) for section in range(4)} == {rect.width() + 39}
    restored = shown_panel(qtbot, panel.session)
    restored.restore(panel.view_state())
    assert restored.view.header_of(HYPOTHESIS).sectionSize(2) == rect.width() + 39


def test_a_double_click_edits_a_title(qtbot: QtBot, panel: MatrixPanel) -> None:
    header = panel.view.header_of(HYPOTHESIS)
    qtbot.mouseDClick(header.viewport(), LEFT, pos=middle(header, 2))
    typed(qtbot, panel, "A feint")
    press(qtbot, panel, "Return")
    assert hypothesis(panel.session, 2).title == "A feint"


def test_going_elsewhere_keeps_what_was_typed(qtbot: QtBot, panel: MatrixPanel) -> None:
    press(qtbot, panel, "Return")
    typed(qtbot, panel, "Seen from the air")
    panel.view.setFocus()
    assert item(panel.session, 1).title == "Seen from the air"
    assert not editor_of(panel).isVisible()


def test_what_nobody_touched_in_a_title_stays_as_it_was(qtbot: QtBot, panel: MatrixPanel) -> None:
    odd = "a\u00a0b\r\nc\x07"
    session = panel.session
    session.execute(edits.set_field(session.analysis, EVIDENCE, [item(session, 1).id], "title", odd))
    press(qtbot, panel, "Return", "End")
    typed(qtbot, panel, "!")
    press(qtbot, panel, "Return")
    assert item(session, 1).title == odd + "!"


def test_lines_pasted_into_a_title_become_one(qtbot: QtBot, panel: MatrixPanel) -> None:
    QApplication.clipboard().setText("two\nlines")
    press(qtbot, panel, "Return")
    qtbot.keyClick(panel.focusWidget(), Qt.Key.Key_V, CTRL)
    press(qtbot, panel, "Return")
    assert item(panel.session, 1).title == "two lines"


def test_the_editor_grows_and_stays_inside_the_matrix(qtbot: QtBot, panel: MatrixPanel) -> None:
    go_to(panel, 5, 4)
    press(qtbot, panel, "Ctrl+Return")
    typed(qtbot, panel, "a long title " * 20)
    editor = editor_of(panel)
    assert panel.view.geometry().contains(editor.geometry())
    press(qtbot, panel, "Escape", "Ctrl+E")
    assert panel.view.geometry().contains(editor.geometry())
    press(qtbot, panel, "Escape")


def test_a_new_item_is_written_below_the_last_row(qtbot: QtBot) -> None:
    panel = shown_panel(qtbot, small_session(60, 3))
    press(qtbot, panel, "Ctrl+E")
    header, editor = panel.view.header_of(EVIDENCE), editor_of(panel)
    last = header.viewport().mapTo(panel, header.section_rect(59).bottomLeft()).y()
    assert abs(editor.y() - last) <= 4
    press(qtbot, panel, "Escape")
    bar = panel.view.verticalScrollBar()
    assert bar.maximum() == header.length() - panel.view.viewport().height()


@menus_grab_the_keyboard
def test_the_menu_of_an_item_sets_it_aside(qtbot: QtBot, panel: MatrixPanel) -> None:
    header = panel.view.header_of(EVIDENCE)
    at = middle(header, 3)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, header.viewport().mapToGlobal(at))
    QApplication.sendEvent(header.viewport(), event)
    assert panel.selection().items == (item(panel.session, 3).id,)
    menu = open_menu()
    enabled = {action.text(): action.isEnabled() for action in menu.actions() if action.text()}
    assert enabled["Set the item aside"]
    assert not enabled["Count the item again"]
    choose(menu, "Set the item aside")
    press(qtbot, panel, "Return")
    assert not item(panel.session, 3).is_counted


@menus_grab_the_keyboard
def test_the_menu_of_a_hypothesis_moves_and_deletes_it(qtbot: QtBot, panel: MatrixPanel) -> None:
    header = panel.view.header_of(HYPOTHESIS)
    at = middle(header, 2)
    for text, left in (
        ("Move the column left", ["H2", "H1", "H3", "H4"]),
        ("Delete the hypothesis", ["H1", "H3", "H4"]),
    ):
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, header.viewport().mapToGlobal(at))
        QApplication.sendEvent(header.viewport(), event)
        choose(open_menu(), text)
        assert labels(panel, HYPOTHESIS) == left
        at = middle(header, 1)


@menus_grab_the_keyboard
def test_the_menu_key_opens_the_menu_of_the_cell(qtbot: QtBot, panel: MatrixPanel) -> None:
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(5, 5), QPoint(5, 5))
    QApplication.sendEvent(panel.view.viewport(), event)
    texts = [action.text() for action in open_menu().actions()]
    assert texts[0] == "CC: certainly, its absence would be odd"
    choose(open_menu(), "N: no more than its opposite, could be either")
    assert place(panel) == (1, 2)


@menus_grab_the_keyboard
def test_the_menu_of_the_corner_shows_columns(qtbot: QtBot, panel: MatrixPanel) -> None:
    panel.view.corner_menu_requested.emit(panel.mapToGlobal(QPoint(5, 5)))
    choose(open_menu(), "Date")
    assert panel.looks.columns == ["event_date"]
    assert panel.view.header_of(EVIDENCE).width() > 0
    panel.looks.toggle_column("event_date")
    assert panel.looks.columns == []


def test_columns_in_use_show_by_themselves(qtbot: QtBot, panel: MatrixPanel) -> None:
    assert panel.looks.columns == []
    session = panel.session
    session.execute(edits.set_field(session.analysis, EVIDENCE, [item(session, 1).id], "credibility", "high"))
    assert panel.looks.columns == ["credibility"]
    panel.looks.toggle_column("credibility")
    session.execute(edits.set_field(session.analysis, EVIDENCE, [item(session, 2).id], "credibility", "low"))
    assert panel.looks.columns == []


# The mouse on cells


def cell_middle(panel: MatrixPanel, row: int, column: int) -> QPoint:
    return panel.view.visualRect(panel.model.index(row - 1, column - 1)).center()


def test_the_mouse_selects_cells_and_blocks(qtbot: QtBot, panel: MatrixPanel) -> None:
    port = panel.view.viewport()
    qtbot.mouseClick(port, LEFT, pos=cell_middle(panel, 2, 2))
    assert place(panel) == (2, 2)
    qtbot.mouseClick(port, LEFT, SHIFT, cell_middle(panel, 3, 4))
    assert len(panel.selection().cells) == 6
    qtbot.mouseClick(port, LEFT, CTRL, cell_middle(panel, 5, 1))
    assert len(panel.selection().cells) == 7
    qtbot.mousePress(port, LEFT, pos=cell_middle(panel, 1, 1))
    qtbot.mouseMove(port, cell_middle(panel, 2, 3))
    qtbot.mouseRelease(port, LEFT, pos=cell_middle(panel, 2, 3))
    assert len(panel.selection().cells) == 6


def test_a_drag_beyond_the_edge_scrolls(qtbot: QtBot) -> None:
    panel = shown_panel(qtbot, small_session(60, 3))
    port = panel.view.viewport()
    qtbot.mousePress(port, LEFT, pos=cell_middle(panel, 1, 1))
    for _step in range(20):
        qtbot.mouseMove(port, QPoint(20, port.height() + 50))
        qtbot.mouseMove(port, QPoint(21, port.height() + 51))
    qtbot.mouseRelease(port, LEFT, pos=QPoint(20, port.height() + 50))
    assert place(panel)[0] > 20
    assert panel.view.verticalScrollBar().value() > 0


def test_a_double_click_on_a_cell_asks_for_the_reason(qtbot: QtBot, panel: MatrixPanel) -> None:
    with qtbot.waitSignal(panel.edit_rationale_requested):
        qtbot.mouseDClick(panel.view.viewport(), LEFT, pos=cell_middle(panel, 2, 2))


# Nothing yet


def test_an_empty_matrix_says_what_comes_first_and_begins_there(qtbot: QtBot) -> None:
    panel = shown_panel(qtbot, Session(new_analysis("q")))
    hint = panel.findChild(EmptyHint)
    assert hint.isVisible()
    qtbot.mouseClick(hint.buttons[HYPOTHESIS], LEFT)
    typed(qtbot, panel, "It was planned")
    press(qtbot, panel, "Return", "Ctrl+E")
    assert hint.isVisible()
    typed(qtbot, panel, "A letter")
    press(qtbot, panel, "Return")
    assert not hint.isVisible()
    assert (labels(panel, HYPOTHESIS), labels(panel, EVIDENCE)) == (["H1"], ["E1"])
    assert place(panel) == (1, 1)


def test_items_can_be_reached_before_there_is_a_hypothesis(qtbot: QtBot) -> None:
    panel = shown_panel(qtbot, small_session(3, 0))
    press(qtbot, panel, "Down", "Down")
    assert panel.selection().items == (item(panel.session, 2).id,)
    press(qtbot, panel, "Return")
    typed(qtbot, panel, "Renamed")
    press(qtbot, panel, "Return", "Alt+Down")
    assert item(panel.session, 3).title == "Renamed"
    panel.session.undo()
    panel.session.undo()
    panel.session.execute(edits.remove(panel.session.analysis, EVIDENCE, list(panel.session.matrix.evidence)))
    assert panel.selection().focus == ""


def test_an_empty_read_only_matrix_offers_nothing(qtbot: QtBot) -> None:
    session = Session(new_analysis("q"))
    session.read_only = True
    panel = shown_panel(qtbot, session)
    hint = panel.findChild(EmptyHint)
    assert hint.isVisible()
    assert not any(button.isVisible() for button in hint.buttons.values())
