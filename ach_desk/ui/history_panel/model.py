"""The rows of the history as a Qt list: made in words only when they are shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from ach_desk.commands.trail_words import TrailRow, TrailWords, rows_of
from ach_desk.i18n import _
from ach_desk.ui.moments import clock, day_of, day_words
from ach_desk.ui.session import Session
from ach_desk.ui.text import shown, tooltip

_ROLE = Qt.ItemDataRole
HEAD = _ROLE.UserRole
"""When and by whom; the display text is what was done."""
ROW = _ROLE.UserRole + 1
_NO_PARENT = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex


class TrailModel(QAbstractListModel):
    """The rows that pass the filter, newest first."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._rows: list[TrailRow] = []
        self._shown: list[TrailRow] = []
        self._words = TrailWords(session.analysis)
        self._passes: Callable[[TrailRow], bool] = lambda _row: True

    @property
    def all_rows(self) -> list[TrailRow]:
        """Return every row there is, oldest first."""
        return self._rows

    def read(self) -> None:
        """Read the trail anew."""
        analysis = self._session.analysis
        self._words = TrailWords(analysis)
        self._rows = rows_of(analysis, analysis.trail)
        self.show_only(self._passes)

    def show_only(self, passes: Callable[[TrailRow], bool]) -> None:
        """Show the rows that pass."""
        self._passes = passes
        self.beginResetModel()
        self._shown = [row for row in reversed(self._rows) if passes(row)]
        self.endResetModel()

    def row(self, number: int) -> TrailRow | None:
        """Return a row of the list; None beyond it."""
        return self._shown[number] if 0 <= number < len(self._shown) else None

    def sentence(self, row: TrailRow) -> str:
        """Return a row in words."""
        return self._words.sentence(row)

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: _Index, role: int = _ROLE.DisplayRole) -> Any:
        row = self.row(index.row())
        if row is None:
            return ""
        if role == _ROLE.DisplayRole:
            return shown(self._words.sentence(row))
        if role == HEAD:
            return shown(self._head(row))
        if role == _ROLE.ToolTipRole:
            return tooltip(f"{self._head(row)}\n{self._words.sentence(row)}")
        if role == _ROLE.AccessibleTextRole:
            return shown(f"{self._head(row)}: {self._words.sentence(row)}")
        return row if role == ROW else None

    def _head(self, row: TrailRow) -> str:
        day = day_of(row.entry.time)
        who = self._words.who(row) or _("somebody")
        return f"{day_words(day) if day else ''} {clock(row.entry.time)} · {who}".strip()
