"""A table to read: as high as its rows, nothing in it is edited or selected."""

from __future__ import annotations

from abc import abstractmethod

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QWidget

from ach_desk.ui.widgets.labels import STEP, named


class StillTable(QTableWidget):
    """Called `name` to a screen reader. It scrolls sideways where there are many columns, and never down.

    The first column holds names, the others a figure each; subclasses say how wide they are to be.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, name)
        self.verticalHeader().hide()
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    @abstractmethod
    def widths(self, room: int, figures: int) -> tuple[int, int]:
        """Return the width of the names and the least one of each of the `figures` columns, in pixels, of `room`."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.fit()

    def fit(self) -> None:
        """Share out the width, and be as high as the rows, which are as high as their names need."""
        count = self.columnCount() - 1
        if count < 0:
            return
        room = self.viewport().width()
        name, least = self.widths(room, count)
        self.setColumnWidth(0, name)
        for column in range(1, count + 1):
            self.setColumnWidth(column, max((room - name) // count, least))
        self.resizeRowsToContents()
        for row in range(self.rowCount()):
            self.setRowHeight(row, self.rowHeight(row) + STEP // 2)
        rows = sum(self.rowHeight(row) for row in range(self.rowCount()))
        bar = self.horizontalScrollBar().sizeHint().height() if self.horizontalHeader().length() > self.width() else 0
        self.setFixedHeight(self.horizontalHeader().sizeHint().height() + rows + bar + 2 * self.frameWidth())
