"""A matrix panel on the screen, and its cells in short: rows and columns counted from 1."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from pytestqt.qtbot import QtBot

from ach_desk.reporting.palette import LIGHT
from ach_desk.ui.matrix import MatrixPanel
from ach_desk.ui.session import Session
from ach_desk.ui.settings import SettingsStore


def shown_panel(
    qtbot: QtBot, session: Session, *, width: int = 942, height: int = 600, store: SettingsStore | None = None
) -> MatrixPanel:
    """Return the panel of a session, shown and with the keyboard."""
    panel = MatrixPanel(session, store or SettingsStore(), LIGHT)
    qtbot.addWidget(panel)
    panel.resize(width, height)
    panel.show()
    qtbot.waitExposed(panel)
    panel.activateWindow()
    panel.view.setFocus()
    qtbot.waitUntil(panel.view.hasFocus)
    return panel


def press(qtbot: QtBot, panel: MatrixPanel, *keys: str) -> None:
    """Press keys, written as shortcuts ("Shift+C"), on whatever has the keyboard."""
    for key in keys:
        combination = QKeySequence(key)[0]
        target = panel.focusWidget() if panel.focusWidget() is not None else panel.view
        qtbot.keyClick(target, combination.key(), combination.keyboardModifiers())


def typed(qtbot: QtBot, panel: MatrixPanel, text: str) -> None:
    """Type text into whatever has the keyboard."""
    qtbot.keyClicks(panel.focusWidget(), text)


def place(panel: MatrixPanel) -> tuple[int, int]:
    """Return the current cell as (row, column), counted from 1; (0, 0) when there is none."""
    here = panel.view.caret.place
    return (0, 0) if here is None else (here[0] + 1, here[1] + 1)


def go_to(panel: MatrixPanel, row: int, column: int) -> None:
    """Put the keyboard on a cell."""
    panel.view.caret.go_to((row - 1, column - 1))


def block(panel: MatrixPanel, first: tuple[int, int], last: tuple[int, int]) -> None:
    """Select the cells between two corners, the keyboard on the last."""
    go_to(panel, *first)
    panel.view.caret.go_to((last[0] - 1, last[1] - 1), extend=True)


def symbols(panel: MatrixPanel) -> list[str]:
    """Return the matrix as shown, a line per row: "C . II"; an unrated cell is a dot."""
    rows, columns = panel.model.rowCount(), panel.model.columnCount()
    display = Qt.ItemDataRole.DisplayRole
    return [
        " ".join(panel.model.data(panel.model.index(row, column), display) or "." for column in range(columns))
        for row in range(rows)
    ]


def labels(panel: MatrixPanel, kind: str) -> list[str]:
    """Return the labels along an axis as shown."""
    return [panel.model.record(kind, number).label for number in range(len(panel.model.axes.ids[kind]))]
