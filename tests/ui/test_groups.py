"""Dependence groups in the window: bracket, column, filter, order, inspector, actions; nothing without a group."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from helpers.accessible import nameless_controls
from helpers.matrix import labels, press, shown_panel
from helpers.sessions import item, on_item, rate, small_session
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent, QImage, QMouseEvent
from PySide6.QtWidgets import QApplication, QPushButton, QToolTip
from pytestqt.qtbot import QtBot

from ach_desk.commands import edits, findings, groups
from ach_desk.model import RatingValue
from ach_desk.model.values import Dependence
from ach_desk.reporting.palette import DARK, LIGHT, Palette
from ach_desk.scoring.dependence_findings import hints
from ach_desk.ui.background import Background
from ach_desk.ui.groups.acts import GroupActs
from ach_desk.ui.groups.index import MOST_TRACKS, Grouped, bracket_numbers
from ach_desk.ui.inspector import Inspector
from ach_desk.ui.inspector.item import ItemPanel, SeveralItemsPanel
from ach_desk.ui.likeness import FEW
from ach_desk.ui.matrix import MatrixPanel
from ach_desk.ui.matrix.axes import EVIDENCE
from ach_desk.ui.matrix.header import MatrixHeader
from ach_desk.ui.matrix.item_filter import NONE, ItemFilter
from ach_desk.ui.selection import Selection
from ach_desk.ui.session import Session
from ach_desk.ui.settings import SettingsStore
from ach_desk.ui.widgets.askdialog import AskDialog

SAME = "The column was seen on the road to the north"


@pytest.fixture
def session(qapp: QApplication) -> Session:
    return small_session(8, 2)


@pytest.fixture
def panel(qtbot: QtBot, session: Session) -> MatrixPanel:
    return shown_panel(qtbot, session)


def _group(session: Session, *rows: int, name: str = "Wire report", strength: Dependence = Dependence.REDUNDANT) -> str:
    ids = [item(session, row).id for row in rows]
    session.execute(groups.make(session.analysis, ids, name, strength=strength))
    return list(session.analysis.groups)[-1]


def _header(panel: MatrixPanel) -> MatrixHeader:
    return panel.view.header_of(EVIDENCE)


def _image(panel: MatrixPanel) -> np.ndarray:
    image = _header(panel).grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    data = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
    return data[:, : image.width(), :3].astype(np.int16)


def _lane(panel: MatrixPanel) -> int:
    return panel.view.sections_of(EVIDENCE)._lane.thickness(_header(panel).orientation())


def _on_lane(panel: MatrixPanel, row: int) -> QPoint:
    rect = _header(panel).section_rect(row - 1)
    if panel.model.axes.transposed:
        return QPoint(rect.center().x(), rect.top() + _lane(panel) - 6)
    return QPoint(rect.left() + _lane(panel) - 6, rect.center().y())


def _click(header: MatrixHeader, at: QPoint) -> None:
    for kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease):
        where = QPointF(header.viewport().mapToGlobal(at))
        button = Qt.MouseButton.LeftButton
        event = QMouseEvent(kind, QPointF(at), where, button, button, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(header.viewport(), event)


def _tip(qtbot: QtBot, header: MatrixHeader, at: QPoint) -> str:
    QToolTip.hideText()
    event = QHelpEvent(QEvent.Type.ToolTip, at, header.viewport().mapToGlobal(at))
    QApplication.sendEvent(header.viewport(), event)
    qtbot.waitUntil(lambda: bool(QToolTip.text()))
    text = QToolTip.text()
    QToolTip.hideText()
    qtbot.waitUntil(lambda: not QToolTip.isVisible())
    return text


# The bracket


def test_without_a_group_no_pixel_is_another(panel: MatrixPanel, session: Session) -> None:
    before = _image(panel)
    _group(session, 1, 3)
    assert _lane(panel) > 0
    assert not np.array_equal(_image(panel), before)
    session.undo()
    assert _lane(panel) == 0
    np.testing.assert_array_equal(_image(panel), before)


def test_independent_items_have_no_bracket(panel: MatrixPanel, session: Session) -> None:
    before = _image(panel)
    _group(session, 1, 3, strength=Dependence.INDEPENDENT)
    np.testing.assert_array_equal(_image(panel), before)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_the_bracket_joins_rows_that_stand_apart(panel: MatrixPanel, session: Session, palette: Palette) -> None:
    panel.set_palette(palette)
    _group(session, 2, 5)
    image, header = _image(panel), _header(panel)
    x = _header(panel).section_rect(0).left() + 4
    inked = [
        bool((np.abs(image[header.section_rect(row - 1).center().y(), x] - image[2, x]).max() > 40).any())
        for row in range(1, 9)
    ]
    assert inked == [False, True, True, True, True, False, False, False]


def test_the_lines_of_two_groups_that_cross_lie_beside_each_other(session: Session) -> None:
    _group(session, 1, 6, name="long")
    _group(session, 2, 4, name="short")
    _group(session, 5, 7, name="other")
    grouped = Grouped(lambda: session.analysis, lambda: session.matrix.evidence)
    found = grouped.brackets
    assert found.tracks == 2
    assert {bracket.group.name: bracket.track for bracket in found.of_place.values()} == {
        "short": 0,
        "other": 0,
        "long": 1,
    }
    assert [bracket.number for bracket in found.crossing(2)] == [2, 1]
    assert [bracket.number for bracket in found.crossing(7)] == []


def test_more_groups_than_fit_beside_each_other_keep_their_numbers(qapp: QApplication) -> None:
    session = small_session(20, 2)
    for row in range(1, 7):
        _group(session, row, row + 10)
    grouped = Grouped(lambda: session.analysis, lambda: session.matrix.evidence)
    assert grouped.brackets.tracks == MOST_TRACKS
    assert sorted(bracket.number for bracket in grouped.brackets.of_place.values()) == sorted([*range(1, 7)] * 2)
    assert sum(bracket.track < 0 for bracket in grouped.brackets.of_place.values()) == 2 * 3


@pytest.mark.parametrize("transposed", [False, True], ids=["rows", "columns"])
@pytest.mark.parametrize("direction", list(Qt.LayoutDirection)[:2], ids=["ltr", "rtl"])
def test_a_click_on_the_bracket_selects_the_group(
    panel: MatrixPanel, session: Session, transposed: bool, direction: Qt.LayoutDirection, qtbot: QtBot
) -> None:
    panel.setLayoutDirection(direction)
    panel.looks.set_transposed(transposed)
    _group(session, 2, 4)
    at = _on_lane(panel, 4)
    if direction == Qt.LayoutDirection.RightToLeft and not transposed:
        at.setX(_header(panel).viewport().width() - 1 - at.x())
    _click(_header(panel), at)
    assert panel.selection().items == (item(session, 2).id, item(session, 4).id)
    tip = _tip(qtbot, _header(panel), at)
    assert "Group 1 “Wire report” with E2 and E4: fully redundant" in tip


def test_a_line_that_passes_a_row_belongs_to_its_group(panel: MatrixPanel, session: Session) -> None:
    _group(session, 2, 4)
    rect = _header(panel).section_rect(2)
    _click(_header(panel), QPoint(rect.left() + 4, rect.center().y()))
    assert panel.selection().items == (item(session, 2).id, item(session, 4).id)
    _click(_header(panel), QPoint(rect.left() + _lane(panel) + 20, rect.center().y()))
    assert panel.selection().items == (item(session, 3).id,)


def test_a_screen_reader_hears_the_group(panel: MatrixPanel, session: Session) -> None:
    _group(session, 2, 4)
    role, down = Qt.ItemDataRole.AccessibleTextRole, Qt.Orientation.Vertical
    assert "Group 1 “Wire report” with E4: fully redundant" in panel.model.headerData(1, down, role)
    assert "Group" not in panel.model.headerData(2, down, role)
    assert "depend on each other" in panel._foot.legend.accessibleDescription()


def test_the_editor_and_marks_stand_beside_the_bracket(panel: MatrixPanel, session: Session) -> None:
    before = _header(panel).text_rect(0).left()
    _group(session, 1, 2)
    assert _header(panel).text_rect(0).left() == before + _lane(panel)


# Column, order, filter


def test_members_stand_together_when_sorted_by_group(panel: MatrixPanel, session: Session) -> None:
    _group(session, 5, 8, name="b")
    _group(session, 2, 6, name="a")
    panel.arranging.sort_by("group")
    assert labels(panel, EVIDENCE) == ["E5", "E8", "E2", "E6", "E1", "E3", "E4", "E7"]
    assert panel.model.grouped.brackets.tracks == 1
    assert panel.arranging.order_text() == "Items sorted by Group ↑."
    panel.looks.choose_columns(["group"])
    column = panel.view.sections_of(EVIDENCE).columns[0]
    assert [column.text(panel.model, place) for place in range(5)] == ["b", "b", "a", "a", ""]


def test_the_filter_by_group(panel: MatrixPanel, session: Session) -> None:
    group = _group(session, 3, 7)
    panel.arranging.set_filter(ItemFilter(groups=frozenset({group})))
    assert labels(panel, EVIDENCE) == ["E3", "E7"]
    panel.arranging.set_filter(ItemFilter(groups=frozenset({NONE})))
    assert "E3" not in labels(panel, EVIDENCE)
    assert len(labels(panel, EVIDENCE)) == 6


def test_the_chip_comes_with_the_first_group(panel: MatrixPanel, session: Session) -> None:
    panel.arranging.open_bar()
    chip = next(one for one in panel.arranging.bar.chips if one.caption == "Group")
    assert chip.isHidden()
    _group(session, 3, 7)
    assert not chip.isHidden()
    chip.menu().aboutToShow.emit()
    assert [action.text() for action in chip.menu().actions()] == ["Wire report", "in no group"]


# Actions


def _specs(panel: MatrixPanel) -> dict:
    return {spec.name: spec for spec in panel.action_specs() if spec.name.startswith("dependence.")}


def test_the_actions_work_when_they_can(qtbot: QtBot, panel: MatrixPanel, session: Session) -> None:
    specs = _specs(panel)
    said: list[str] = []
    panel.message.connect(said.append)
    panel.select_records(EVIDENCE, [item(session, 1).id])
    assert not specs["dependence.group"].enabled()
    assert [name for name, spec in specs.items() if spec.visible is not None and spec.visible()] == []
    panel.select_records(EVIDENCE, [item(session, 1).id, item(session, 3).id])
    assert specs["dependence.group"].enabled()
    dialog = panel.dependence.ask()
    qtbot.addWidget(dialog)
    assert nameless_controls(dialog) == []
    assert dialog.values() == ["E1 and E3", "fully redundant", "shared origin"]
    dialog.fields[0].setText("Wire report")
    dialog._accept()
    (group,) = session.analysis.groups.values()
    assert (group.name, len(group.items)) == ("Wire report", 2)
    assert said[-1] == "E1 and E3 are grouped, fully redundant: 2 items count as 1."
    panel.select_records(EVIDENCE, [item(session, 3).id, item(session, 4).id])
    assert specs["dependence.join"].enabled()
    specs["dependence.join"].run()
    assert len(session.analysis.groups[group.id].items) == 3
    panel.select_records(EVIDENCE, [item(session, 1).id, item(session, 3).id])
    specs["dependence.take_out"].run()
    assert not session.analysis.groups
    assert said[-1] == "The group “Wire report” had no second item left and is dissolved."
    session.undo()
    assert len(session.analysis.groups) == 1
    specs["dependence.dissolve"].run()
    assert not session.analysis.groups


def test_moving_an_item_to_another_group_is_said(panel: MatrixPanel, session: Session) -> None:
    _group(session, 1, 2, 3, name="first")
    said: list[str] = []
    panel.message.connect(said.append)
    panel.dependence.make([item(session, 3).id, item(session, 4).id], "second", Dependence.WEAK)
    assert said[-1].endswith("E3 leaves the group “first”.")


def test_nothing_can_be_grouped_in_a_file_that_is_open_read_only(panel: MatrixPanel, session: Session) -> None:
    session.read_only = True
    panel.select_records(EVIDENCE, [item(session, 1).id, item(session, 3).id])
    assert not any(spec.enabled() for spec in _specs(panel).values())


def test_the_key_opens_the_dialog(qtbot: QtBot, panel: MatrixPanel, session: Session) -> None:
    panel.select_records(EVIDENCE, [item(session, 1).id, item(session, 3).id])
    press(qtbot, panel, "Ctrl+Alt+G")
    qtbot.waitUntil(lambda: bool(_dialogs()))
    _dialogs()[0].reject()
    assert not session.analysis.groups


def _dialogs() -> list:
    return [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, AskDialog) and widget.isVisible()]


# The inspector


@pytest.fixture
def inspector(session: Session, qtbot: QtBot) -> Inspector:
    inspector = Inspector(session, SettingsStore())
    qtbot.addWidget(inspector)
    inspector.resize(392, 900)
    inspector.show()
    qtbot.waitExposed(inspector)
    return inspector


def _show(inspector: Inspector, selection: Selection) -> ItemPanel | SeveralItemsPanel:
    inspector.show_selection(selection)
    inspector.catch_up()
    return inspector.several if len(selection.items) > 1 else inspector.item


def _press(widget: ItemPanel | SeveralItemsPanel, text: str) -> None:
    next(button for button in widget.findChildren(QPushButton) if button.text() == text and button.isVisible()).click()


def test_an_item_without_group_and_hint_shows_nothing(session: Session, inspector: Inspector) -> None:
    assert _show(inspector, on_item(session, 1)).dependence.isHidden()
    assert _show(inspector, on_item(session, 1, 2)).dependence.isHidden()


def test_the_inspector_shows_and_changes_the_group(session: Session, inspector: Inspector) -> None:
    for row, pair in enumerate(((True, False), (True, False), (False, True)), 1):
        for column, against in enumerate(pair, 1):
            rate(session, row, column, RatingValue.INCONSISTENT if against else RatingValue.CONSISTENT)
    group = _group(session, 1, 2)
    section = _show(inspector, on_item(session, 1, 2)).dependence
    assert section.fold.switch.text() == "Group 1, fully redundant: Wire report"
    assert section.group.counts.text() == "All say the same thing again. 2 items count as 1."
    assert section.group.standing.text() == "Counted so, H1 draws level with H2."
    assert nameless_controls(section) == []
    choice = section.group.strength.choice
    choice.chosen.emit(Dependence.WEAK)
    inspector.catch_up()
    assert session.analysis.groups[group].strength is Dependence.WEAK
    assert section.group.counts.text() == "Each further item adds two thirds of an item. 2 items count as 1.7."
    assert section.group.standing.text() == "Counted so, the order of the hypotheses stays."
    inspector.set_scores_shown(False)
    inspector.catch_up()
    assert section.group.standing.isHidden()
    session.undo()
    assert session.analysis.groups[group].strength is Dependence.REDUNDANT


def test_taking_one_item_out_in_the_inspector(session: Session, inspector: Inspector) -> None:
    group = _group(session, 1, 2, 3)
    shown = _show(inspector, on_item(session, 2))
    assert not shown.dependence.fold.is_open
    shown.dependence.fold.set_open(True)
    _press(shown, "Take out of the group")
    inspector.catch_up()
    assert session.analysis.groups[group].items == (item(session, 1).id, item(session, 3).id)
    assert shown.dependence.isHidden()


def test_what_is_typed_about_a_group_is_taken_over(session: Session, inspector: Inspector) -> None:
    group = _group(session, 1, 2)
    section = _show(inspector, on_item(session, 1, 2)).dependence
    section.group.note.box.setPlainText("both from one pool report")
    section.group.note.box.typed.emit()
    inspector.flush()
    assert session.analysis.groups[group].note == "both from one pool report"


def test_hints_are_grouped_in_one_step_or_called_independent(session: Session, inspector: Inspector) -> None:
    ids = [item(session, row).id for row in (2, 5)]
    session.execute(edits.set_field(session.analysis, "evidence", ids, "title", SAME))
    shown = _show(inspector, on_item(session, 2))
    count = session.history.stack.count()
    _press(shown, "Group them")
    inspector.catch_up()
    assert session.history.stack.count() == count + 1
    (group,) = session.analysis.groups.values()
    assert group.items == tuple(ids)
    assert group.strength is Dependence.REDUNDANT
    session.undo()
    inspector.catch_up()
    _press(shown, "They are independent")
    inspector.catch_up()
    (group,) = session.analysis.groups.values()
    assert group.strength is Dependence.INDEPENDENT
    assert bracket_numbers(session.analysis) == {}
    assert shown.dependence.hints.isHidden()


def test_what_was_set_aside_among_the_steps_is_no_hint_at_the_item(session: Session, inspector: Inspector) -> None:
    ids = [item(session, row).id for row in (2, 5)]
    session.execute(edits.set_field(session.analysis, "evidence", ids, "title", SAME))
    shown = _show(inspector, on_item(session, 2))
    assert not shown.dependence.hints.isHidden()
    (point,) = [one for one in session.findings if one.code == "may_depend"]
    session.execute(findings.set_aside(session.analysis, session.matrix.id, point, "two witnesses"))
    inspector.catch_up()
    assert shown.dependence.hints.isHidden()
    session.undo()
    inspector.catch_up()
    assert not shown.dependence.hints.isHidden()


def test_a_hint_joins_the_group_that_some_of_its_items_are_in(session: Session) -> None:
    command, _source = edits.add_source(session.analysis, "Paper", [item(session, row).id for row in (1, 2, 3)])
    session.execute(command)
    group = _group(session, 1, 2)
    hint = next(one for one in session.findings if one.code == "may_depend")
    assert hint.text.startswith("E1, E2 and E3 rest on S1 alone.")
    acts = GroupActs(session, Selection, lambda _text: None, None)  # pyright: ignore[reportArgumentType]
    (found,) = hints(session.analysis, session.assessment, session.likeness.alike())
    acts.take_up(found, dependent=True)
    assert len(session.analysis.groups[group].items) == 3


# Many items


@pytest.fixture
def background(qapp: QApplication) -> Iterator[Background]:
    background = Background()
    yield background
    background.shut_down()


def test_many_items_are_compared_away_from_the_window(qtbot: QtBot, background: Background) -> None:
    session = small_session(FEW + 10, 2)
    ids = [item(session, row).id for row in (2, 5)]
    session.execute(edits.set_field(session.analysis, "evidence", ids, "title", SAME))
    session.likeness.compare_in(background, session)
    assert [one for one in session.findings if one.code == "may_depend"] == []
    with qtbot.waitSignal(session.findings_changed):
        pass
    (hint,) = [one for one in session.findings if one.code == "may_depend"]
    assert hint.evidence == tuple(ids)
    with qtbot.assertNotEmitted(session.findings_changed, wait=200):
        rate(session, 1, 1, RatingValue.INCONSISTENT)
        assert len([one for one in session.findings if one.code == "may_depend"]) == 1
