"""The searchable list of all actions."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from helpers.accessible import nameless_controls
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QMenu
from pytestqt.qtbot import QtBot

from ach_desk.ui.dialogs.action_list import ActionList, action_text, match_rank, menu_path


class Window(QMainWindow):
    """A window with a few actions that remember what ran."""

    def __init__(self) -> None:
        super().__init__()
        self.ran: list[str] = []
        file = self.menuBar().addMenu("&File")
        view = self.menuBar().addMenu("&View")
        columns = view.addMenu("&Columns")
        self.list_of = [
            self._action(file, "&New ...", "Ctrl+N"),
            self._action(file, "Print && &export", ""),
            self._action(view, "Hide &scores", "Ctrl+H"),
            self._action(columns, "Cre&dibility", ""),
        ]

    def _action(self, menu: QMenu, text: str, keys: str) -> QAction:
        action = QAction(text, self)
        action.setShortcut(keys)
        action.triggered.connect(lambda: self.ran.append(action_text(action)))
        menu.addAction(action)
        return action


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[Window]:
    window = Window()
    qtbot.addWidget(window)
    return window


@pytest.fixture
def actions(window: Window, qtbot: QtBot) -> ActionList:
    dialog = ActionList(window.list_of, window)
    dialog.show()
    qtbot.waitExposed(dialog)
    return dialog


def listed(dialog: ActionList) -> list[str]:
    return [dialog.list.topLevelItem(row).text(0) for row in range(dialog.list.topLevelItemCount())]


def test_all_actions_are_listed_with_menu_and_keys(actions: ActionList) -> None:
    rows = [actions.list.topLevelItem(row) for row in range(4)]
    assert [[row.text(column) for column in range(3)] for row in rows] == [
        ["New", "File", "Ctrl+N"],
        ["Print & export", "File", ""],
        ["Hide scores", "View", "Ctrl+H"],
        ["Credibility", "View › Columns", ""],
    ]


def test_typing_narrows_the_list(actions: ActionList, qtbot: QtBot) -> None:
    qtbot.keyClicks(actions.entry, "view")
    assert listed(actions) == ["Hide scores", "Credibility"]
    actions.entry.setText("sco hid")
    assert listed(actions) == ["Hide scores"]
    actions.entry.setText("hsc")
    assert listed(actions) == ["Hide scores"]
    actions.entry.setText("qqq")
    assert listed(actions) == []
    assert actions.nothing.isVisible()


def test_of_equal_fits_the_one_in_the_menu_itself_comes_first(window: Window, qtbot: QtBot) -> None:
    in_submenu, in_menu = window.list_of[3], window.list_of[2]
    in_submenu.setText("Sources")
    in_menu.setText("Sources ...")
    dialog = ActionList([in_submenu, in_menu], window)
    qtbot.addWidget(dialog)
    assert listed(dialog) == ["Sources", "Sources"]
    qtbot.keyClicks(dialog.entry, "sources")
    assert dialog.list.currentItem().text(1) == "View"


def test_enter_runs_the_chosen_action(actions: ActionList, window: Window, qtbot: QtBot) -> None:
    qtbot.keyClick(actions.entry, Qt.Key.Key_Down)
    qtbot.keyClick(actions.entry, Qt.Key.Key_Down)
    qtbot.keyClick(actions.entry, Qt.Key.Key_Return)
    assert window.ran == ["Hide scores"]
    assert not actions.isVisible()


def test_escape_runs_nothing(actions: ActionList, window: Window, qtbot: QtBot) -> None:
    qtbot.keyClick(actions.entry, Qt.Key.Key_Escape)
    assert window.ran == []
    assert not actions.isVisible()


def test_what_cannot_work_now_is_dimmed_and_does_nothing(window: Window, qtbot: QtBot) -> None:
    window.list_of[2].setEnabled(False)
    dialog = ActionList(window.list_of, window)
    dialog.show()
    dialog.entry.setText("hide")
    assert dialog.list.topLevelItem(0).isDisabled()
    qtbot.keyClick(dialog.entry, Qt.Key.Key_Return)
    assert window.ran == []
    assert dialog.isVisible()
    dialog.reject()


def test_the_best_match_stands_first() -> None:
    assert match_rank("", "New", "File") == 0
    ranks = [
        match_rank("sco", "Scores", ""),
        match_rank("sco", "Hide scores", ""),
        match_rank("cor", "Hide scores", ""),
        match_rank("view", "Hide scores", "View"),
        match_rank("hsc", "Hide scores", ""),
        match_rank("xyz", "Hide scores", ""),
    ]
    assert ranks == [0, 1, 2, 3, 4, None]


def test_names_without_mnemonics(window: Window) -> None:
    assert [action_text(action) for action in window.list_of[:2]] == ["New", "Print & export"]
    assert menu_path(window.list_of[3]) == "View › Columns"
    assert menu_path(QAction("alone", window)) == ""


def test_every_control_of_the_list_has_a_name(actions: ActionList) -> None:
    assert nameless_controls(actions) == []
