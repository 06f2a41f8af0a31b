"""Buttons that act on the entry that is chosen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QPushButton

from ach_desk.ui.widgets.labels import named


def act_button(text: str, run: Callable[[], object], description: str = "") -> QPushButton:
    """Return a button that does `run` when it is pressed."""
    button = named(QPushButton(text), text, description)
    button.setAutoDefault(False)
    button.clicked.connect(lambda _checked=False: run())
    return button
