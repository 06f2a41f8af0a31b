"""Buttons of the guide's pages: the mouse leaves the keyboard where it is, and Enter on one presses it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from ach_desk.ui.widgets.labels import named

_RETURN = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def button(text: str, act: Callable[[], object], description: str = "") -> QPushButton:
    """Return a button that does `act`; it is reached with Tab, and a click does not take the keyboard."""
    made = QPushButton(text)
    made.setAutoDefault(False)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    made.clicked.connect(lambda _on=False: act())
    return named(made, text, description)


def presses_button(page: QWidget, event: QKeyEvent) -> bool:
    """Press the button of `page` that has the keyboard, if the key is Enter; return whether one was pressed."""
    focus = QApplication.focusWidget()
    if event.key() not in _RETURN or not isinstance(focus, QPushButton) or not page.isAncestorOf(focus):
        return False
    focus.click()
    return True
