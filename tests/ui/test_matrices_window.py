"""Several matrices in the window: tabs, names, what each holds, and where the keyboard is when one comes back."""

from __future__ import annotations

import pytest
from helpers.desktop import running_desktop
from helpers.matrix import go_to, labels, place, press, shown_panel, symbols
from helpers.sessions import small_session
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ach_desk.ui.dialogs.matrix import MatrixDialog
from ach_desk.ui.dialogs.take_in import TakeInDialog
from ach_desk.ui.matrix import MatrixPanel
from ach_desk.ui.session import Session


@pytest.fixture
def panel(qtbot: QtBot) -> MatrixPanel:
    return shown_panel(qtbot, small_session())


def run(panel: MatrixPanel, name: str) -> None:
    """Run an action of the panel."""
    spec = next(spec for spec in panel.action_specs() if spec.name == name)
    assert spec.enabled is None or spec.enabled(), name
    spec.run()


def can(panel: MatrixPanel, name: str) -> bool:
    spec = next(spec for spec in panel.action_specs() if spec.name == name)
    return spec.enabled is None or bool(spec.enabled())


def tabs(panel: MatrixPanel) -> list[str]:
    return [panel.front.tabs.tabText(number) for number in range(panel.front.tabs.count())]


def named(qtbot: QtBot, panel: MatrixPanel, name: str) -> None:
    """Type a name over the tab, whose field is open."""
    editor = panel.front.tabs.editor
    qtbot.waitUntil(editor.isVisible)
    editor.setText(name)
    qtbot.keyClick(editor, Qt.Key.Key_Return)


def test_a_duplicate_is_rated_on_its_own(qtbot: QtBot, panel: MatrixPanel) -> None:
    assert panel.front.tabs.isHidden()
    assert not can(panel, "matrix.delete")
    press(qtbot, panel, "C", "I")
    run(panel, "matrix.duplicate")
    named(qtbot, panel, "Second look")
    assert tabs(panel) == ["Matrix 1", "Second look"]
    qtbot.waitUntil(panel.view.hasFocus)
    assert symbols(panel)[0] == "C I"
    go_to(panel, 1, 1)
    press(qtbot, panel, "N")
    assert symbols(panel)[0] == "N I"
    run(panel, "matrix.next")
    assert symbols(panel)[0] == "C I"
    panel.front.tabs.setCurrentIndex(1)
    assert symbols(panel)[0] == "N I"
    panel.session.undo()
    panel.session.undo()
    assert tabs(panel) == ["Matrix 1", "Matrix 2"]


def test_each_matrix_remembers_where_the_keyboard_was(qtbot: QtBot, panel: MatrixPanel) -> None:
    go_to(panel, 3, 2)
    run(panel, "matrix.branch")
    named(qtbot, panel, "Other")
    go_to(panel, 2, 1)
    run(panel, "matrix.previous")
    assert place(panel) == (3, 2)
    run(panel, "matrix.previous")
    assert place(panel) == (2, 1)


def test_undo_leads_to_the_cell_in_its_matrix(qtbot: QtBot, panel: MatrixPanel) -> None:
    run(panel, "matrix.duplicate")
    named(qtbot, panel, "Other")
    go_to(panel, 2, 1)
    press(qtbot, panel, "C")
    run(panel, "matrix.previous")
    panel.session.undo()
    assert panel.session.matrix.name == "Other"
    assert place(panel) == (2, 1)
    assert symbols(panel)[1] == ". ."


def test_a_new_matrix_is_empty_and_takes_items_and_hypotheses_in(qtbot: QtBot, panel: MatrixPanel) -> None:
    run(panel, "matrix.new")
    named(qtbot, panel, "Other")
    assert not panel.has_cells
    for kind, numbers in (("evidence", (0, 2)), ("hypothesis", (0, 1))):
        dialog = TakeInDialog(panel.session, kind)
        qtbot.addWidget(dialog)
        assert not dialog.take.isEnabled()
        for number in numbers:
            dialog.list.item(number).setCheckState(Qt.CheckState.Checked)
        dialog.take.click()
    assert labels(panel, "evidence") == ["E1", "E3"]
    assert labels(panel, "hypothesis") == ["H1", "H2"]
    panel.edits.add("evidence", [{"title": "Only here"}])
    assert labels(panel, "evidence") == ["E1", "E3", "E4"]
    run(panel, "matrix.previous")
    assert labels(panel, "evidence") == ["E1", "E2", "E3"]


def test_leaving_out_keeps_the_ratings_and_deleting_says_that_it_concerns_all(qtbot: QtBot, panel: MatrixPanel) -> None:
    said: list[str] = []
    panel.message.connect(said.append)
    press(qtbot, panel, "C", "I")
    panel.select_records("evidence", [panel.session.matrix.evidence[0]])
    run(panel, "matrix.leave_item_out")
    assert labels(panel, "evidence") == ["E2", "E3"]
    assert said[-1] == "E1 was left out of this matrix; it stays in the analysis with its ratings."
    assert panel.focus == "evidence"
    panel.session.undo()
    assert symbols(panel)[0] == "C I"
    run(panel, "matrix.duplicate")
    named(qtbot, panel, "Other")
    panel.select_records("hypothesis", [panel.session.matrix.hypotheses[0]])
    run(panel, "edit.delete_hypothesis")
    assert said[-1] == "H1 was deleted from the analysis and so from 2 matrices; Undo brings it back."


def test_tabs_are_renamed_moved_and_deleted(qtbot: QtBot, panel: MatrixPanel) -> None:
    session = panel.session
    run(panel, "matrix.branch")
    named(qtbot, panel, "Other")
    qtbot.mouseDClick(panel.front.tabs, Qt.MouseButton.LeftButton, pos=panel.front.tabs.tabRect(1).center())
    assert panel.front.tabs.is_editing
    qtbot.keyClick(panel.front.tabs.editor, Qt.Key.Key_Escape)
    assert session.matrix.name == "Other"
    qtbot.keyClick(panel.front.tabs, Qt.Key.Key_F2)
    named(qtbot, panel, "A & B")
    assert tabs(panel) == ["Matrix 1", "A && B"]
    run(panel, "matrix.left")
    assert tabs(panel) == ["A && B", "Matrix 1"]
    assert panel.front.tabs.currentIndex() == 0
    assert not can(panel, "matrix.left")
    run(panel, "matrix.delete")
    assert panel.front.tabs.isHidden()
    assert session.matrix.name == "Matrix 1"
    session.undo()
    assert tabs(panel) == ["A && B", "Matrix 1"]


def test_a_dragged_tab_is_one_step(qtbot: QtBot, panel: MatrixPanel) -> None:
    for name in ("B", "C"):
        run(panel, "matrix.branch")
        named(qtbot, panel, name)
    bar, steps = panel.front.tabs, panel.session.history.stack.index()
    bar.moveTab(2, 0)
    qtbot.mouseRelease(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(0).center())
    assert [matrix.name for matrix in panel.session.analysis.matrices] == ["C", "Matrix 1", "B"]
    assert panel.session.history.stack.index() == steps + 1
    assert tabs(panel) == ["C", "Matrix 1", "B"]


def test_name_and_note_are_edited_in_a_dialog(qtbot: QtBot, panel: MatrixPanel) -> None:
    dialog = MatrixDialog(panel.session)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.keyClicks(dialog.panel.note.box, "For the branch")
    dialog.accept()
    assert panel.session.matrix.note == "For the branch"


def test_the_last_matrix_in_front_is_remembered(qtbot: QtBot, qapp: QApplication, panel: MatrixPanel) -> None:
    run(panel, "matrix.branch")
    named(qtbot, panel, "Other")
    state = panel.view_state()
    again = shown_panel(qtbot, Session(panel.session.analysis))
    assert again.session.matrix.name == "Matrix 1"
    again.restore(state)
    assert again.session.matrix.name == "Other"
    state = state.model_copy(update={"matrix": "gone"})
    again.restore(state)
    assert again.session.matrix.name == "Other"


def test_undo_of_the_first_edit_takes_a_new_matrix_away(qapp: QApplication) -> None:
    with running_desktop(qapp) as desktop:
        desktop.open_practice()
        window = desktop.windows[0]
        window.actions_registry["matrix.duplicate"].trigger()
        assert len(window.session.analysis.matrices) == 2
        window.session.undo()  # the file is clean again, and the window looks at everything at once
        assert window.session.matrix is window.session.analysis.matrices[0]
        assert not window.actions_registry["matrix.right"].isEnabled()


def test_many_tabs_keep_their_names_and_scroll(panel: MatrixPanel) -> None:
    for _number in range(11):
        run(panel, "matrix.duplicate")
        panel.front.tabs.editor.hide()
    bar = panel.front.tabs
    for number in range(bar.count()):
        assert bar.tabRect(number).width() > bar.fontMetrics().horizontalAdvance(bar.tabText(number))


def test_the_field_for_a_name_stays_on_its_tab_when_the_page_grows(qtbot: QtBot, panel: MatrixPanel) -> None:
    run(panel, "matrix.new")
    bar = panel.front.tabs
    qtbot.waitUntil(bar.editor.isVisible)
    panel.resize(panel.width(), panel.height() + 40)
    qtbot.waitUntil(lambda: bar.editor.y() == bar.mapTo(panel, bar.tabRect(bar.currentIndex()).topLeft()).y())
