"""A foreign sheet as a table to look at: its first rows, each column headed by what it is taken for."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont, QGuiApplication, QPalette

from ach_desk.exchange.book import letters
from ach_desk.exchange.sheet_guess import Rows
from ach_desk.exchange.sheet_mapping import Role, SheetMapping, role_words
from ach_desk.ui.text import shortened, single_line

MOST_ROWS = 500
MOST_COLUMNS = 120
_LONGEST_CELL = 120
_NOWHERE = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex


class SheetModel(QAbstractTableModel):
    """The cells of a sheet as its mapping sees them: turned where the items stand side by side."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: Rows = []
        self._mapping = SheetMapping(0, ())
        self._width = 0
        self._words = role_words()

    def show_sheet(self, rows: Rows, mapping: SheetMapping) -> None:
        """Show other cells."""
        self.beginResetModel()
        self._rows, self._mapping = rows[:MOST_ROWS], mapping
        self._width = min(max(map(len, self._rows), default=0), MOST_COLUMNS)
        self.endResetModel()

    def show_mapping(self, mapping: SheetMapping) -> None:
        """Head the same cells by another mapping."""
        self._mapping = mapping
        if self._width:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self._width - 1)
            last = self.index(self.rowCount() - 1, self._width - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else self._width

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            row = self._rows[index.row()]
            return shortened(single_line(row[index.column()]), _LONGEST_CELL) if index.column() < len(row) else ""
        if role == Qt.ItemDataRole.FontRole and index.row() == self._mapping.header:
            font = QFont()
            font.setBold(True)
            return font
        if role == Qt.ItemDataRole.ForegroundRole and not self._is_used(index):
            return QGuiApplication.palette().color(QPalette.ColorRole.PlaceholderText)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        is_column = (orientation is Qt.Orientation.Horizontal) is not self._mapping.transposed
        name = letters(section) if is_column else str(section + 1)
        return f"{name}\n{self._words[self.role_of(section)]}" if orientation is Qt.Orientation.Horizontal else name

    def _is_used(self, index: _Index) -> bool:
        return self.role_of(index.column()) is not Role.UNUSED and index.row() >= self._mapping.header

    def role_of(self, column: int) -> Role:
        """Return what a column is taken for."""
        return self._mapping.roles[column] if column < len(self._mapping.roles) else Role.UNUSED
