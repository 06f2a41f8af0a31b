"""Groups of items in the matrix panel: keys, mouse, folding, rating, copying, and what is remembered."""

from __future__ import annotations

import pytest
from helpers.accessible import nameless_controls
from helpers.matrix import place, press, shown_panel, symbols, typed
from helpers.sessions import item, rate, small_session, stored_rating
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from ach_desk.commands import edits
from ach_desk.model import RatingValue
from ach_desk.ui.matrix import MatrixPanel
from ach_desk.ui.matrix.axes import EVIDENCE
from ach_desk.ui.matrix.editor import InPlaceEditor
from ach_desk.ui.matrix.item_filter import ItemFilter
from ach_desk.ui.matrix.item_order import SortKey
from ach_desk.ui.session import Session

C, AGAINST = RatingValue.CONSISTENT, RatingValue.INCONSISTENT
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def panel(qtbot: QtBot) -> MatrixPanel:
    """Return a matrix of six items: E1 E4 under Talks, E2 E3 E5 under March, E6 under no heading."""
    session = small_session(6, 3)
    for heading, numbers in {"Talks": (1, 4), "March": (2, 3, 5)}.items():
        put_under(session, heading, *numbers)
    panel = shown_panel(qtbot, session)
    panel.groups.group_by("heading")
    return panel


def put_under(session: Session, heading: str, *numbers: int) -> None:
    ids = [item(session, number).id for number in numbers]
    session.execute(edits.set_field(session.analysis, EVIDENCE, ids, "heading", heading))


def rows(panel: MatrixPanel) -> list[str]:
    """Return what stands along the axis of the items: labels, and the titles of bands with < when folded."""
    model, found = panel.model, []
    for number, entry in enumerate(model.axes.ids[EVIDENCE]):
        if model.axes.is_band(EVIDENCE, number):
            found.append(model.group_words.title(entry) + " <" * model.grouping.is_folded(entry))
        else:
            found.append(model.item(number).label)
    return found


ALL = ["Talks · 2 items", "E1", "E4", "March · 3 items", "E2", "E3", "E5", "No heading · 1 item", "E6"]


def on_band(panel: MatrixPanel) -> str:
    """Return the name of the group whose band the keyboard is on; "" for none."""
    band = panel.view.caret.band
    return panel.model.grouping.bands[band].name if band else ""


def test_groups_stand_under_their_bands_and_go_away_again(panel: MatrixPanel) -> None:
    assert rows(panel) == ALL
    assert nameless_controls(panel) == []
    panel.groups.group_by("")
    assert rows(panel) == ["E1", "E2", "E3", "E4", "E5", "E6"]
    heights = {panel.view.rowHeight(row) for row in range(6)}
    assert heights == {panel.view.look.row_height}


def test_only_bands_are_lower_than_a_row(panel: MatrixPanel) -> None:
    def heights() -> list[bool]:
        return [panel.view.rowHeight(row) < panel.view.look.row_height for row in range(panel.model.rowCount())]

    assert heights() == [True, False, False, True, False, False, False, True, False]
    panel.groups.fold_all()
    assert heights() == [True, True, True]
    panel.groups.unfold_all()
    assert heights() == [True, False, False, True, False, False, False, True, False]


def test_keys_walk_over_bands(qtbot: QtBot, panel: MatrixPanel) -> None:
    press(qtbot, panel, "Ctrl+Home")
    assert place(panel) == (2, 1)
    press(qtbot, panel, "Down", "Down")
    assert place(panel) == (5, 1)
    press(qtbot, panel, "Up", "Up")
    assert place(panel) == (2, 1)
    press(qtbot, panel, "Ctrl+End")
    assert place(panel) == (9, 3)
    press(qtbot, panel, "Shift+Up")
    assert panel.selection().items == (item(panel.session, 5).id, item(panel.session, 6).id)


def test_rating_moves_on_past_the_band_and_never_rates_one(qtbot: QtBot, panel: MatrixPanel) -> None:
    press(qtbot, panel, "Ctrl+Home", "Down", "C", "C", "C")
    assert place(panel) == (5, 1)
    press(qtbot, panel, "Ctrl+A", "I")
    assert symbols(panel) == [". . .", *["I I I"] * 2, ". . .", *["I I I"] * 3, ". . .", "I I I"]
    sheet = panel.session.matrix.sheets[panel.session.analyst]
    assert set(sheet) == set(panel.session.matrix.evidence)


def test_folding_with_the_keys_of_the_header(qtbot: QtBot, panel: MatrixPanel) -> None:
    press(qtbot, panel, "Ctrl+Home", "Left", "Up")
    assert on_band(panel) == "Talks"
    assert panel.selection().items == ()
    press(qtbot, panel, "C", "Del", "Return")
    assert not any(map(stored, panel.session.matrix.evidence, [panel.session] * 6))
    press(qtbot, panel, "Left")
    assert rows(panel) == ["Talks · 2 items <", *ALL[3:]]
    assert on_band(panel) == "Talks"
    press(qtbot, panel, "Left", "Down", "Down")
    assert panel.selection().evidence == item(panel.session, 2).id
    press(qtbot, panel, "Up", "Up", "Right")
    assert rows(panel) == ALL
    press(qtbot, panel, "Right")
    assert place(panel) == (2, 1)


def stored(entry: str, session: Session) -> bool:
    return entry in session.matrix.sheets.get(session.analyst, {})


def test_minus_folds_the_group_of_the_current_item_and_plus_unfolds_it(qtbot: QtBot, panel: MatrixPanel) -> None:
    panel.view.caret.go_to((5, 1))
    press(qtbot, panel, "-")
    assert rows(panel)[3:] == ["March · 3 items <", *ALL[7:]]
    assert on_band(panel) == "March"
    press(qtbot, panel, "+")
    assert rows(panel) == ALL


def test_all_groups_fold_and_unfold(qtbot: QtBot, panel: MatrixPanel) -> None:
    panel.view.caret.go_to((4, 0))
    press(qtbot, panel, "Alt+-")
    assert rows(panel) == ["Talks · 2 items <", "March · 3 items <", "No heading · 1 item <"]
    assert on_band(panel) == "March"
    press(qtbot, panel, "Right")
    assert rows(panel)[1:5] == ["March · 3 items", "E2", "E3", "E5"]
    press(qtbot, panel, "Alt++")
    assert rows(panel) == ALL


def test_the_mouse_folds_by_the_triangle_and_by_a_double_click(qtbot: QtBot, panel: MatrixPanel) -> None:
    header = panel.view.verticalHeader().viewport()
    fold = panel.view.header_of(EVIDENCE).sections.fold_rect(  # pyright: ignore[reportOptionalMemberAccess]
        panel.view.header_of(EVIDENCE).section_rect(3), 3, Qt.Orientation.Vertical, Qt.LayoutDirection.LeftToRight
    )
    qtbot.mouseClick(header, LEFT, NONE, fold.center())
    assert rows(panel)[3] == "March · 3 items <"
    qtbot.mouseDClick(header, LEFT, NONE, QPoint(200, fold.center().y()))
    assert rows(panel) == ALL
    cell = panel.view.visualRect(panel.model.index(3, 1)).center()
    qtbot.mouseClick(panel.view.viewport(), LEFT, NONE, cell)
    assert on_band(panel) == "March"


def test_a_drag_over_a_band_selects_the_items_on_both_sides(qtbot: QtBot, panel: MatrixPanel) -> None:
    at = lambda row: panel.view.visualRect(panel.model.index(row, 0)).center()  # noqa: E731
    viewport = panel.view.viewport()
    qtbot.mousePress(viewport, LEFT, NONE, at(2))
    qtbot.mouseMove(viewport, at(3))
    assert panel.selection().items in (
        (item(panel.session, 4).id,),
        (item(panel.session, 4).id, item(panel.session, 2).id),
    )
    panel.view.caret.go_to((4, 0), extend=True)
    qtbot.mouseRelease(viewport, LEFT, NONE, at(4))
    assert panel.selection().items == (item(panel.session, 4).id, item(panel.session, 2).id)


def test_a_folded_group_says_how_many_speak_against_each_hypothesis(panel: MatrixPanel) -> None:
    session = panel.session
    rate(session, 2, 1, AGAINST)
    rate(session, 3, 1, RatingValue.VERY_INCONSISTENT)
    rate(session, 5, 1, C)
    rate(session, 2, 2, C)
    panel.set_scores_hidden(False)
    panel.groups.fold_all()
    assert symbols(panel)[1] == "2 against 0 against ."
    rate(session, 5, 1, AGAINST)
    assert symbols(panel)[1] == "3 against 0 against ."
    session.execute(edits.set_aside(session.analysis, [item(session, 2).id], ""))
    assert symbols(panel)[1] == "2 against . ."
    panel.set_scores_hidden(True)
    assert symbols(panel)[1] == "2 of 2 rated 0 of 2 rated 0 of 2 rated"
    said = panel.model.data(panel.model.index(1, 0), Qt.ItemDataRole.AccessibleTextRole)
    assert said == "H1: 2 of 2 counted items of the group are rated."
    header = panel.model.headerData(1, Qt.Orientation.Vertical, Qt.ItemDataRole.AccessibleTextRole)
    assert header == "March · 3 items, group, folded"


def test_an_item_goes_to_its_new_group_at_once_with_the_keyboard(panel: MatrixPanel) -> None:
    panel.view.caret.go_to((1, 1))
    put_under(panel.session, "March", 1)
    assert rows(panel)[:3] == ["March · 4 items", "E1", "E2"]
    assert panel.selection().evidence == item(panel.session, 1).id
    panel.groups.fold_all()
    put_under(panel.session, "Talks", 1)
    assert rows(panel) == ["Talks · 2 items", "E1", "E4", "March · 3 items <", "No heading · 1 item <"]
    panel.session.undo()
    assert panel.model.grouping.band_of(item(panel.session, 1).id).endswith("March")


def test_new_and_deleted_items_keep_the_groups(qtbot: QtBot, panel: MatrixPanel) -> None:
    panel.records.new(EVIDENCE)
    typed(qtbot, panel, "A new one")
    press(qtbot, panel, "Return")
    assert rows(panel)[-2:] == ["E6", "E7"]
    assert panel.selection().evidence == item(panel.session, 7).id
    press(qtbot, panel, "Ctrl+Del")
    assert rows(panel) == ALL
    panel.session.undo()
    assert rows(panel)[-2:] == ["E6", "E7"]


def test_filter_and_order_work_inside_the_groups(panel: MatrixPanel) -> None:
    panel.arranging.sort_by("label")
    panel.arranging.reverse()
    assert panel.model.arrangement.item_order == (SortKey("label", descending=True),)
    assert rows(panel)[:7] == ["Talks · 2 items", "E4", "E1", "March · 3 items", "E5", "E3", "E2"]
    panel.arranging.set_filter(ItemFilter(text="Item 3"))
    assert rows(panel) == ["March · 1 item", "E3"]
    panel.groups.fold_all()
    assert panel.arranging.bar.count.text() == "1 of 6 items"
    panel.select_records(EVIDENCE, [item(panel.session, 4).id])
    assert rows(panel) == ["Talks · 1 item", "E4", "March · 1 item <"]


def test_a_cell_in_a_folded_group_is_shown_when_it_is_gone_to(qtbot: QtBot, panel: MatrixPanel) -> None:
    for number in range(1, 6):
        for column in range(1, 4):
            rate(panel.session, number, column, C)
    panel.groups.fold_all()
    press(qtbot, panel, "Ctrl+U")
    assert panel.selection().evidence == item(panel.session, 6).id
    assert rows(panel) == ["Talks · 2 items <", "March · 3 items <", "No heading · 1 item", "E6"]


def test_copying_leaves_bands_out_and_takes_folded_items_along(qtbot: QtBot, panel: MatrixPanel) -> None:
    rate(panel.session, 4, 1, C)
    rate(panel.session, 2, 1, AGAINST)
    panel.view.caret.select_block((2, 0), (4, 1))
    press(qtbot, panel, "Ctrl+C")
    assert QGuiApplication.clipboard().text() == "C\t\nI\t"
    panel.groups.fold_all()
    titles = [line[1] for line in panel.clipboard.whole()[1:]]
    assert len(titles) == 6


def test_pasting_goes_on_below_a_band(qtbot: QtBot, panel: MatrixPanel) -> None:
    panel.view.caret.go_to((2, 0))
    panel.clipboard.paste("C\tC\nI\tI", "")
    assert [stored_rating(panel.session, 4, 1), stored_rating(panel.session, 2, 2)] == [C, AGAINST]
    panel.view.caret.go_to((8, 0))
    panel.clipboard.paste("C\nI", "")
    assert stored_rating(panel.session, 6, 1) is C


def test_filling_down_takes_the_item_before_the_band(qtbot: QtBot, panel: MatrixPanel) -> None:
    rate(panel.session, 4, 1, AGAINST)
    panel.view.caret.go_to((4, 0))
    panel.blocks.fill("down")
    assert stored_rating(panel.session, 2, 1) is AGAINST
    rate(panel.session, 1, 1, C)
    panel.view.caret.go_to((1, 0))
    panel.blocks.fill("down")
    assert stored_rating(panel.session, 1, 1) is C


def test_items_are_moved_within_their_group(qtbot: QtBot, panel: MatrixPanel) -> None:
    panel.view.caret.go_to((6, 0))
    press(qtbot, panel, "Alt+Up")
    assert rows(panel)[4:7] == ["E2", "E5", "E3"]
    press(qtbot, panel, "Alt+Up", "Alt+Up")
    assert rows(panel) == [*ALL[:4], "E5", "E2", "E3", *ALL[7:]]
    press(qtbot, panel, "Alt+Down", "Alt+Down", "Alt+Down", "Alt+Down")
    assert rows(panel) == ALL


def test_transposed_groups_stand_across(qtbot: QtBot, panel: MatrixPanel) -> None:
    panel.looks.set_transposed(True)
    assert panel.model.columnCount() == 9
    narrow, usual = panel.view.columnWidth(0), panel.view.columnWidth(1)
    assert narrow < usual == panel.view.columnWidth(2)
    press(qtbot, panel, "Ctrl+Home")
    assert place(panel) == (1, 2)
    press(qtbot, panel, "Right", "Right")
    assert place(panel) == (1, 5)
    press(qtbot, panel, "Up", "Left")
    assert on_band(panel) == "March"
    press(qtbot, panel, "Up")
    assert rows(panel)[3] == "March · 3 items <"
    press(qtbot, panel, "Down")
    assert rows(panel) == ALL


def test_grouping_is_remembered_with_what_is_folded(qtbot: QtBot, panel: MatrixPanel) -> None:
    panel.view.caret.go_to((4, 0))
    panel.groups.fold()
    other = shown_panel(qtbot, panel.session)
    assert other.groups.by == ""
    other.restore(panel.view_state())
    assert rows(other) == rows(panel) == [*ALL[:3], "March · 3 items <", *ALL[7:]]


def test_a_heading_is_typed_for_the_selected_items(qtbot: QtBot, panel: MatrixPanel) -> None:
    panel.groups.group_by("")
    said: list[str] = []
    panel.message.connect(said.append)
    panel.select_records(EVIDENCE, [item(panel.session, 1).id, item(panel.session, 4).id])
    panel.groups.ask_heading()
    editor = panel.focusWidget()
    assert isinstance(editor, InPlaceEditor)
    assert editor.toPlainText() == "Talks"
    typed(qtbot, panel, "After the talks")
    press(qtbot, panel, "Return")
    assert [item(panel.session, number).heading for number in (1, 4)] == ["After the talks"] * 2
    assert said[-1].startswith("2 items stand under “After the talks”.")
    panel.session.undo()
    assert item(panel.session, 1).heading == "Talks"
