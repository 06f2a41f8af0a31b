"""The registry of actions: menus, shortcuts and switches are made from it and follow the state."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow
from pytestqt.qtbot import QtBot

from ach_desk.ui.actions import Actions, ActionSpec


class State:
    """What the actions below ask and do."""

    def __init__(self) -> None:
        self.can_save = False
        self.wide = False
        self.ran: list[str] = []

    def widen(self) -> None:
        self.wide = not self.wide


@pytest.fixture
def state() -> State:
    return State()


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    window = QMainWindow()
    qtbot.addWidget(window)
    return window


@pytest.fixture
def actions(window: QMainWindow, state: State) -> Actions:
    actions = Actions(window)
    run = state.ran.append
    actions.add(
        [
            ActionSpec("open", "file", "&Open ...", lambda: run("open"), [QKeySequence.StandardKey.Open]),
            ActionSpec("save", "file", "&Save", lambda: run("save"), ["Ctrl+S", "F8"], enabled=lambda: state.can_save),
            ActionSpec("wide", "view", "&Wide", state.widen, checked=lambda: state.wide, separator=True),
            ActionSpec("note", "view/columns", "&Note", lambda: run("note"), separator=True),
        ]
    )
    return actions


def test_an_action_can_be_found_and_runs(actions: Actions, state: State) -> None:
    assert [action.objectName() for action in actions.all()] == ["open", "save", "wide", "note"]
    actions["open"].trigger()
    assert state.ran == ["open"]
    with pytest.raises(KeyError):
        actions["close"]


def test_an_action_is_enabled_only_when_it_can_work(actions: Actions, state: State) -> None:
    actions["save"].trigger()
    assert state.ran == []
    state.can_save = True
    actions.refresh()
    actions["save"].trigger()
    assert state.ran == ["save"]


def test_a_switch_shows_whether_it_is_on(actions: Actions, state: State) -> None:
    assert actions["wide"].isCheckable()
    actions["wide"].trigger()
    assert actions["wide"].isChecked() == state.wide is True
    state.wide = False
    actions.refresh()
    assert not actions["wide"].isChecked()


def test_menus_are_built_in_order_with_lines_and_submenus(actions: Actions, window: QMainWindow) -> None:
    menus = actions.build_menus(
        window.menuBar(), {"file": "&File", "view": "&View", "view/columns": "&Columns", "help": "&Help"}
    )
    assert [action.text() for action in window.menuBar().actions()] == ["&File", "&View", "&Help"]
    assert [action.text() for action in menus["file"].actions()] == ["&Open ...", "&Save"]
    assert [action.text() or "-" for action in menus["view"].actions()] == ["&Wide", "-", "&Columns"]
    assert [action.text() for action in menus["view/columns"].actions()] == ["&Note"]


def test_a_menu_asks_anew_when_it_opens(actions: Actions, window: QMainWindow, state: State) -> None:
    menus = actions.build_menus(window.menuBar(), {"file": "&File", "view": "&View", "view/columns": "&Columns"})
    state.can_save = True
    menus["file"].aboutToShow.emit()
    assert actions["save"].isEnabled()


def test_every_shortcut_of_an_action_works(actions: Actions, window: QMainWindow, state: State, qtbot: QtBot) -> None:
    state.can_save = True
    actions.refresh()
    window.show()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(window, Qt.Key.Key_F8)
    QTest.keyClick(window, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    assert state.ran == ["save", "save", "open"]


def test_a_shortcut_of_a_part_works_only_there(
    actions: Actions, window: QMainWindow, state: State, qtbot: QtBot
) -> None:
    part, other = QLineEdit(window), QLineEdit(window)
    other.move(0, 60)
    spec = ActionSpec(
        "rate", "file", "Rate", lambda: state.ran.append("rate"), ["F9"], context=Qt.ShortcutContext.WidgetShortcut
    )
    actions.add([spec], owner=part)
    window.show()
    qtbot.waitUntil(window.isActiveWindow)
    other.setFocus()
    QTest.keyClick(other, Qt.Key.Key_F9)
    assert state.ran == []
    part.setFocus()
    QTest.keyClick(part, Qt.Key.Key_F9)
    assert state.ran == ["rate"]


@pytest.mark.parametrize(
    ("key", "modifiers", "kept"),
    [
        (Qt.Key.Key_N, Qt.KeyboardModifier.NoModifier, True),
        (Qt.Key.Key_C, Qt.KeyboardModifier.ShiftModifier, True),
        (Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier, False),
        (Qt.Key.Key_V, Qt.KeyboardModifier.AltModifier, False),
    ],
)
def test_a_menu_keeps_plain_keys_from_the_shortcuts(
    actions: Actions, window: QMainWindow, key: Qt.Key, modifiers: Qt.KeyboardModifier, kept: bool
) -> None:
    menus = actions.build_menus(window.menuBar(), {"file": "&File", "view": "&View", "view/columns": "&Columns"})
    for menu in menus.values():
        event = QKeyEvent(QEvent.Type.ShortcutOverride, key, modifiers)
        event.ignore()
        QApplication.sendEvent(menu, event)
        assert event.isAccepted() == kept
