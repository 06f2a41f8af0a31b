"""The matrix under the keyboard: every key that rates, moves, selects or edits."""

from __future__ import annotations

import pytest
from helpers.matrix import block, go_to, labels, place, press, shown_panel, symbols, typed
from helpers.sessions import hypothesis, item, rate, small_session
from pytestqt.qtbot import QtBot

from ach_desk.commands import edits
from ach_desk.model import Rating, RatingValue
from ach_desk.ui.matrix import MatrixPanel
from ach_desk.ui.selection import Selection
from ach_desk.ui.settings import SettingsStore


@pytest.fixture
def panel(qtbot: QtBot) -> MatrixPanel:
    return shown_panel(qtbot, small_session(4, 3))


RATING_KEYS = {"Shift+C": "CC", "C": "C", "N": "N", "I": "I", "Shift+I": "II", "A": "N/A"}


@pytest.mark.parametrize(("key", "symbol"), RATING_KEYS.items())
def test_a_key_rates_the_cell_and_moves_on(qtbot: QtBot, panel: MatrixPanel, key: str, symbol: str) -> None:
    press(qtbot, panel, key)
    assert symbols(panel)[0] == f"{symbol} . ."
    assert place(panel) == (1, 2)


@pytest.mark.parametrize("key", ["Del", "Backspace"])
def test_delete_makes_a_cell_unrated_and_keeps_its_reason(qtbot: QtBot, panel: MatrixPanel, key: str) -> None:
    session = panel.session
    cell = (item(session, 1).id, hypothesis(session, 1).id)
    session.matrix.set_rating(session.analyst, *cell, Rating(RatingValue.CONSISTENT, "because"))
    press(qtbot, panel, key)
    left = session.matrix.rating(session.analyst, *cell)
    assert left is not None
    assert (left.value, left.rationale) == (None, "because")


def test_rating_goes_across_the_hypotheses_and_on_to_the_next_item(qtbot: QtBot, panel: MatrixPanel) -> None:
    press(qtbot, panel, *"CNI", "A")
    assert symbols(panel)[:2] == ["C N I", "N/A . ."]
    assert place(panel) == (2, 2)


def test_rating_goes_across_the_hypotheses_when_transposed_too(qtbot: QtBot, panel: MatrixPanel) -> None:
    panel.looks.set_transposed(True)
    go_to(panel, 1, 1)
    press(qtbot, panel, *"CNI", "A")
    assert symbols(panel) == ["C N/A . .", "N . . .", "I . . ."]
    assert place(panel) == (2, 2)


def test_rating_passes_over_items_set_aside_and_rejected_hypotheses(qtbot: QtBot, panel: MatrixPanel) -> None:
    session = panel.session
    session.execute(edits.set_aside(session.analysis, [item(session, 2).id], "old"))
    session.execute(edits.reject(session.analysis, [hypothesis(session, 2).id], "refuted"))
    assert labels(panel, "hypothesis") == ["H1", "H3", "H2"]
    go_to(panel, 1, 1)
    press(qtbot, panel, "C")
    assert place(panel) == (1, 2)
    press(qtbot, panel, "C")
    assert place(panel) == (3, 1)


def test_the_last_cell_keeps_the_keyboard_and_what_is_open_is_said(qtbot: QtBot, panel: MatrixPanel) -> None:
    go_to(panel, 4, 3)
    with qtbot.waitSignal(panel.message) as said:
        press(qtbot, panel, "C")
    assert said.args == ["This was the last cell. 11 cells are still open."]
    assert place(panel) == (4, 3)


@pytest.mark.parametrize(("after", "goal"), [("next_item", (2, 1)), ("stay", (1, 1)), ("next_hypothesis", (1, 2))])
def test_the_setting_says_where_rating_goes(qtbot: QtBot, after: str, goal: tuple[int, int]) -> None:
    store = SettingsStore()
    store.settings.after_rating = after
    panel = shown_panel(qtbot, small_session(4, 3), store=store)
    press(qtbot, panel, "C")
    assert place(panel) == goal


def test_rating_down_the_items_goes_on_with_the_next_hypothesis(qtbot: QtBot) -> None:
    store = SettingsStore()
    store.settings.after_rating = "next_item"
    panel = shown_panel(qtbot, small_session(2, 2), store=store)
    press(qtbot, panel, "C", "N", "I")
    assert symbols(panel) == ["C I", "N ."]
    assert place(panel) == (2, 2)


def test_a_block_is_rated_as_one_step(qtbot: QtBot, panel: MatrixPanel) -> None:
    block(panel, (1, 1), (2, 2))
    press(qtbot, panel, "N")
    assert symbols(panel) == ["N N .", "N N .", ". . .", ". . ."]
    assert place(panel) == (3, 1)
    panel.session.undo()
    assert symbols(panel) == [". . ."] * 4


def test_undo_and_redo_go_to_the_cell_they_changed(qtbot: QtBot, panel: MatrixPanel) -> None:
    press(qtbot, panel, "C", "I")
    go_to(panel, 4, 3)
    panel.session.undo()
    assert (symbols(panel)[0], place(panel)) == ("C . .", (1, 2))
    panel.session.undo()
    assert (symbols(panel)[0], place(panel)) == (". . .", (1, 1))
    panel.session.redo()
    panel.session.redo()
    assert (symbols(panel)[0], place(panel)) == ("C I .", (1, 2))


MOVES = [
    ("Right", (2, 2), (2, 3)),
    ("Left", (2, 2), (2, 1)),
    ("Up", (2, 2), (1, 2)),
    ("Down", (2, 2), (3, 2)),
    ("Right", (2, 3), (2, 3)),
    ("Down", (4, 3), (4, 3)),
    ("Home", (2, 3), (2, 1)),
    ("End", (2, 1), (2, 3)),
    ("Ctrl+Home", (3, 3), (1, 1)),
    ("Ctrl+End", (1, 1), (4, 3)),
    ("PgDown", (1, 2), (4, 2)),
    ("PgUp", (4, 2), (1, 2)),
    ("Tab", (1, 3), (2, 1)),
    ("Shift+Tab", (2, 1), (1, 3)),
    ("Tab", (1, 1), (1, 2)),
    ("Ctrl+Right", (1, 1), (1, 3)),
    ("Ctrl+Down", (1, 1), (4, 1)),
]


@pytest.mark.parametrize(("key", "start", "goal"), MOVES)
def test_keys_move_as_in_a_spreadsheet(
    qtbot: QtBot, panel: MatrixPanel, key: str, start: tuple[int, int], goal: tuple[int, int]
) -> None:
    go_to(panel, *start)
    press(qtbot, panel, key)
    assert place(panel) == goal


def test_ctrl_with_an_arrow_stops_at_the_edge_of_what_is_rated(qtbot: QtBot) -> None:
    session = small_session(1, 6)
    for column in (1, 2, 3, 6):
        rate(session, 1, column, RatingValue.NEUTRAL)
    panel = shown_panel(qtbot, session)
    go_to(panel, 1, 1)
    press(qtbot, panel, "Ctrl+Right")
    assert place(panel) == (1, 3)
    press(qtbot, panel, "Ctrl+Right")
    assert place(panel) == (1, 6)
    press(qtbot, panel, "Ctrl+Left")
    assert place(panel) == (1, 3)


def test_shift_with_arrows_selects_a_block_by_ids(qtbot: QtBot, panel: MatrixPanel) -> None:
    session = panel.session
    go_to(panel, 2, 2)
    press(qtbot, panel, "Shift+Down", "Shift+Right")
    selection = panel.selection()
    assert selection.items == (item(session, 2).id, item(session, 3).id)
    assert selection.hypotheses == (hypothesis(session, 2).id, hypothesis(session, 3).id)
    assert len(selection.cells) == 4
    press(qtbot, panel, "Shift+Up", "Shift+Left")
    assert panel.selection().cells == ((item(session, 2).id, hypothesis(session, 2).id),)


def test_ctrl_a_selects_every_cell(qtbot: QtBot, panel: MatrixPanel) -> None:
    press(qtbot, panel, "Ctrl+A")
    assert len(panel.selection().cells) == 12


def test_tab_leaves_the_table_after_the_last_cell(qtbot: QtBot, panel: MatrixPanel) -> None:
    go_to(panel, 4, 3)
    press(qtbot, panel, "Tab")
    assert place(panel) == (4, 3)
    assert not panel.view.hasFocus()


def test_left_and_up_of_the_first_cell_reach_the_headers(qtbot: QtBot, panel: MatrixPanel) -> None:
    session = panel.session
    go_to(panel, 2, 1)
    press(qtbot, panel, "Left")
    assert panel.selection() == Selection("evidence", item(session, 2).id, None, (), (item(session, 2).id,))
    press(qtbot, panel, "Shift+Down")
    assert panel.selection().items == (item(session, 2).id, item(session, 3).id)
    press(qtbot, panel, "Right")
    assert panel.selection().focus == "cell"
    go_to(panel, 1, 2)
    press(qtbot, panel, "Up", "Right")
    assert panel.selection().hypothesis == hypothesis(session, 3).id
    press(qtbot, panel, "Home", "Down")
    assert place(panel) == (1, 1)


def test_the_corners_are_cells_from_a_header_too(qtbot: QtBot, panel: MatrixPanel) -> None:
    for corner, at in (("Ctrl+Home", (1, 1)), ("Ctrl+End", (4, 3))):
        go_to(panel, 2, 1)
        press(qtbot, panel, "Left", corner)
        assert (panel.selection().focus, place(panel)) == ("cell", at)


def test_over_a_whole_row_no_question_about_one_cell_is_asked(qtbot: QtBot, panel: MatrixPanel) -> None:
    go_to(panel, 1, 1)
    assert "the cursor moves on by itself" in panel._foot.step.text
    press(qtbot, panel, "Left")
    assert panel._foot.step.text.startswith("0 of 12 cells rated")
    press(qtbot, panel, "Right")
    assert "the cursor moves on by itself" in panel._foot.step.text


def test_enter_edits_the_item_and_enter_commits(qtbot: QtBot, panel: MatrixPanel) -> None:
    press(qtbot, panel, "Return")
    typed(qtbot, panel, "Seen at dawn")
    press(qtbot, panel, "Return")
    assert item(panel.session, 1).title == "Seen at dawn"
    assert panel.view.hasFocus()
    panel.session.undo()
    assert item(panel.session, 1).title == "Item 1"


def test_escape_leaves_a_title_as_it_was(qtbot: QtBot, panel: MatrixPanel) -> None:
    press(qtbot, panel, "Return")
    typed(qtbot, panel, "something else")
    press(qtbot, panel, "Escape")
    assert item(panel.session, 1).title == "Item 1"
    assert not panel.session.history.stack.canUndo()
    assert panel.view.hasFocus()


@pytest.mark.parametrize("key", ["Ctrl+Return", "Alt+Return"])
def test_another_key_edits_the_hypothesis(qtbot: QtBot, panel: MatrixPanel, key: str) -> None:
    go_to(panel, 1, 2)
    press(qtbot, panel, key)
    typed(qtbot, panel, "A ruse")
    press(qtbot, panel, "Return")
    assert hypothesis(panel.session, 2).title == "A ruse"


def test_enter_on_a_hypothesis_edits_it(qtbot: QtBot, panel: MatrixPanel) -> None:
    press(qtbot, panel, "Up", "Return")
    typed(qtbot, panel, "A ruse")
    press(qtbot, panel, "Return")
    assert hypothesis(panel.session, 1).title == "A ruse"


def test_an_empty_title_is_refused(qtbot: QtBot, panel: MatrixPanel) -> None:
    press(qtbot, panel, "Return", "Del")
    with qtbot.waitSignal(panel.message):
        press(qtbot, panel, "Return")
    assert item(panel.session, 1).title == "Item 1"


def test_f2_asks_for_the_reason(qtbot: QtBot, panel: MatrixPanel) -> None:
    with qtbot.waitSignal(panel.edit_rationale_requested):
        press(qtbot, panel, "F2")


def test_ctrl_e_adds_an_item_as_one_step(qtbot: QtBot, panel: MatrixPanel) -> None:
    press(qtbot, panel, "Ctrl+E")
    typed(qtbot, panel, "A new report")
    press(qtbot, panel, "Return")
    assert item(panel.session, 5).title == "A new report"
    assert place(panel) == (5, 1)
    panel.session.undo()
    assert len(panel.session.matrix.evidence) == 4


def test_a_new_item_without_text_is_none(qtbot: QtBot, panel: MatrixPanel) -> None:
    press(qtbot, panel, "Ctrl+E", "Return")
    press(qtbot, panel, "Ctrl+E")
    typed(qtbot, panel, "given up")
    press(qtbot, panel, "Escape")
    assert len(panel.session.matrix.evidence) == 4
    assert not panel.session.history.stack.canUndo()


def test_ctrl_shift_h_adds_a_hypothesis(qtbot: QtBot, panel: MatrixPanel) -> None:
    press(qtbot, panel, "Ctrl+Shift+H")
    typed(qtbot, panel, "Chance")
    press(qtbot, panel, "Return")
    assert hypothesis(panel.session, 4).title == "Chance"
    assert panel.selection().hypotheses == (hypothesis(panel.session, 4).id,)


def test_delete_on_an_item_deletes_it_and_undo_brings_it_back(qtbot: QtBot, panel: MatrixPanel) -> None:
    session = panel.session
    press(qtbot, panel, *"CNI")
    go_to(panel, 1, 1)
    press(qtbot, panel, "Left")
    with qtbot.waitSignal(panel.message) as said:
        press(qtbot, panel, "Del")
    assert said.args == ["E1 was deleted; Undo brings it back."]
    assert labels(panel, "evidence") == ["E2", "E3", "E4"]
    assert panel.selection().items == (item(session, 1).id,)
    session.undo()
    assert labels(panel, "evidence") == ["E1", "E2", "E3", "E4"]
    assert symbols(panel)[0] == "C N I"


def test_ctrl_delete_deletes_the_item_of_a_cell_and_ctrl_shift_delete_the_hypothesis(
    qtbot: QtBot, panel: MatrixPanel
) -> None:
    go_to(panel, 2, 2)
    press(qtbot, panel, "Ctrl+Del")
    assert labels(panel, "evidence") == ["E1", "E3", "E4"]
    press(qtbot, panel, "Ctrl+Shift+Del")
    assert labels(panel, "hypothesis") == ["H1", "H3"]
    press(qtbot, panel, "Up", "Ctrl+Del")
    assert len(labels(panel, "hypothesis")) == 1


def test_alt_with_arrows_moves_rows_and_columns_and_the_keyboard_goes_along(qtbot: QtBot, panel: MatrixPanel) -> None:
    go_to(panel, 1, 1)
    press(qtbot, panel, "Alt+Down", "Alt+Right")
    assert labels(panel, "evidence") == ["E2", "E1", "E3", "E4"]
    assert labels(panel, "hypothesis") == ["H2", "H1", "H3"]
    assert place(panel) == (2, 2)
    press(qtbot, panel, "Alt+Up", "Alt+Left")
    assert labels(panel, "evidence") == ["E1", "E2", "E3", "E4"]
    assert labels(panel, "hypothesis") == ["H1", "H2", "H3"]
    press(qtbot, panel, "Alt+Up")
    assert place(panel) == (1, 1)


def test_ctrl_d_sets_an_item_aside_with_a_reason_and_counts_it_again(qtbot: QtBot, panel: MatrixPanel) -> None:
    press(qtbot, panel, "Ctrl+D")
    typed(qtbot, panel, "second hand")
    press(qtbot, panel, "Return")
    assert (item(panel.session, 1).is_counted, item(panel.session, 1).status_reason) == (False, "second hand")
    press(qtbot, panel, "Ctrl+Shift+D")
    assert item(panel.session, 1).is_counted


def test_a_reason_may_be_left_empty_and_escape_sets_nothing_aside(qtbot: QtBot, panel: MatrixPanel) -> None:
    press(qtbot, panel, "Ctrl+D", "Escape")
    assert item(panel.session, 1).is_counted
    press(qtbot, panel, "Ctrl+D", "Return")
    assert not item(panel.session, 1).is_counted


def test_ctrl_r_rejects_a_hypothesis_and_makes_it_active_again(qtbot: QtBot, panel: MatrixPanel) -> None:
    press(qtbot, panel, "Ctrl+R")
    typed(qtbot, panel, "refuted")
    press(qtbot, panel, "Return")
    assert hypothesis(panel.session, 1).status_reason == "refuted"
    assert labels(panel, "hypothesis") == ["H2", "H3"]
    press(qtbot, panel, "Ctrl+Shift+J")
    assert labels(panel, "hypothesis") == ["H2", "H3", "H1"]
    go_to(panel, 1, 3)
    press(qtbot, panel, "Ctrl+Shift+R")
    assert hypothesis(panel.session, 1).is_active


def test_ctrl_u_goes_round_the_unrated_cells(qtbot: QtBot, panel: MatrixPanel) -> None:
    press(qtbot, panel, *"CCCCCC")
    go_to(panel, 4, 3)
    press(qtbot, panel, "Ctrl+U")
    assert place(panel) == (3, 1)
    press(qtbot, panel, "Ctrl+U")
    assert place(panel) == (3, 2)


def test_ctrl_t_transposes_and_the_cell_stays(qtbot: QtBot, panel: MatrixPanel) -> None:
    go_to(panel, 3, 2)
    selection = panel.selection()
    press(qtbot, panel, "Ctrl+T")
    assert panel.looks.transposed
    assert place(panel) == (2, 3)
    assert panel.selection() == selection
    press(qtbot, panel, "Ctrl+T")
    assert place(panel) == (3, 2)


def test_a_block_and_an_item_survive_transposing(qtbot: QtBot, panel: MatrixPanel) -> None:
    block(panel, (1, 1), (2, 3))
    cells = set(panel.selection().cells)
    press(qtbot, panel, "Ctrl+T")
    assert set(panel.selection().cells) == cells
    panel.select_records("evidence", [item(panel.session, 2).id])
    press(qtbot, panel, "Ctrl+T")
    assert panel.selection().items == (item(panel.session, 2).id,)


def test_nothing_is_changed_in_an_analysis_that_is_read_only(qtbot: QtBot, panel: MatrixPanel) -> None:
    panel.session.read_only = True
    before = panel.session.analysis.model_dump()
    press(qtbot, panel, "C", "Shift+I", "Del", "Ctrl+Del", "Alt+Down", "Ctrl+E", "Return", "Ctrl+D", "Ctrl+V", "Ctrl+X")
    assert panel.session.analysis.model_dump() == before
    assert place(panel) == (1, 1)
    assert panel.focusWidget() is panel.view


def test_a_click_on_a_key_of_the_strip_rates(qtbot: QtBot, panel: MatrixPanel) -> None:
    panel.rate(RatingValue.INCONSISTENT)
    assert symbols(panel)[0] == "I . ."
    assert panel.key_strip_shown
