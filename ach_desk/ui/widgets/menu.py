"""A menu that keeps plain keys to itself while it is open."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu

from ach_desk.ui.widgets.listening import listen

_COMMAND_KEYS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


class Menu(QMenu):
    """A menu in which a letter picks an entry, and never rates the cell behind it.

    Qt asks shortcuts before the open menu, and a shortcut of the matrix is one letter.
    """

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        listen(self, _keep_plain_keys)


def _keep_plain_keys(event: QEvent) -> bool:
    is_key = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
    if is_key and not event.modifiers() & _COMMAND_KEYS:
        event.accept()
        return True
    return False
