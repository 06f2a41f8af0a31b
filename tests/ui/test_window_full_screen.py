"""The whole screen for one analysis: by F11 and back, by Escape too, with the menus still there."""

from __future__ import annotations

import pytest
from helpers.desktop import running_desktop
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_F11])
def test_the_full_screen_is_left_by_key(qapp: QApplication, qtbot: QtBot, key: Qt.Key) -> None:
    with running_desktop(qapp) as desktop:
        desktop.open_practice()
        window = desktop.windows[0]
        action = window.actions_registry["full_screen"]
        action.trigger()
        qtbot.waitUntil(window.isFullScreen)
        window.actions_registry.refresh()
        assert action.isChecked()
        assert window.menuBar().isVisible()
        window.activateWindow()
        window.matrix.view.setFocus()
        qtbot.waitUntil(window.matrix.view.hasFocus)
        qtbot.keyClick(window.matrix.view, key)
        qtbot.waitUntil(lambda: not window.isFullScreen())


def test_the_full_screen_is_remembered(qapp: QApplication, qtbot: QtBot) -> None:
    with running_desktop(qapp) as desktop:
        desktop.open_practice()
        window = desktop.windows[0]
        window.toggle_full_screen()
        qtbot.waitUntil(window.isFullScreen)
        window.remember()
        window.toggle_full_screen()
        qtbot.waitUntil(lambda: not window.isFullScreen())
        window.restore(window.store.view_state(window.session.analysis.id))
        qtbot.waitUntil(window.isFullScreen)
