"""Sentences below each other, each of them a button that selects what it is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ach_desk.ui.text import single_line
from ach_desk.ui.widgets.flow import take_all
from ach_desk.ui.widgets.rowbutton import RowButton


@dataclass(frozen=True)
class Row:
    """A sentence, and the ids of the records of one kind that it selects."""

    text: str
    kind: str
    ids: tuple[str, ...]


class ChoiceRows(QWidget):
    """chosen(kind, ids): the records of a sentence are to be selected."""

    chosen = Signal(str, list)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Row, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    @property
    def texts(self) -> list[str]:
        """Return the sentences that are shown."""
        return [row.text for row in self._rows]

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows."""
        if tuple(rows) == self._rows:
            return
        self._rows = tuple(rows)
        take_all(self._column)
        for row in self._rows:
            button = RowButton("", single_line(row.text))
            button.clicked.connect(lambda _checked=False, row=row: self.chosen.emit(row.kind, list(row.ids)))
            self._column.addWidget(button)
            button.show()
        self.setVisible(bool(self._rows))
        self.updateGeometry()
