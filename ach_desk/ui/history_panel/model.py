"""The rows of the history as a Qt list: made in words only when they are shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from ach_desk.commands.trail_words import TrailRow, TrailWords, rows_of
from ach_desk.i18n import _
from ach_desk.model import Analysis, TrailEntry
from ach_desk.ui.moments import clock, day_of, day_words
from ach_desk.ui.session import Session
from ach_desk.ui.text import shown, tooltip
from ach_desk.ui.widgets.twolines import HEAD

_ROLE = Qt.ItemDataRole
ROW = _ROLE.UserRole + 1
_NO_PARENT = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex


class Reading(NamedTuple):
    """A trail that was read: its rows, their words, the days of which there are entries, and how far it went."""

    rows: list[TrailRow]
    words: TrailWords
    days: set[date]
    length: int
    last: TrailEntry | None


def read_trail(analysis: Analysis) -> Reading:
    """Return the whole trail as rows. Takes most of a second for 25,000 entries: hand a snapshot to the background."""
    trail = analysis.trail
    rows = rows_of(analysis, trail)
    return Reading(rows, TrailWords(analysis), _days(trail), len(trail), trail[-1] if trail else None)


class TrailModel(QAbstractListModel):
    """The rows that pass the filter, newest first."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._reading = Reading([], TrailWords(session.analysis), set(), 0, None)
        self._shown: list[TrailRow] = []
        self._passes: Callable[[TrailRow], bool] = lambda _row: True

    @property
    def days(self) -> set[date]:
        """Return the days of which there are entries."""
        return self._reading.days

    def take(self, reading: Reading) -> None:
        """Show a trail that was read."""
        self._reading = reading
        self.show_only(self._passes)

    def follow(self) -> bool:
        """Read what came since, and return whether that was possible; else the trail has to be read as a whole.

        Typing that goes on exchanges the last entry for a longer one.
        """
        analysis, read = self._session.analysis, self._reading
        trail, start = analysis.trail, read.length
        if read.last is None or start > len(trail) or trail[start - 1].id != read.last.id:
            return False
        goes_on = trail[start - 1] is not read.last
        if goes_on:
            start -= 1
            while read.rows and read.rows[-1].entry.id == read.last.id:
                read.rows.pop()
        added = rows_of(analysis, trail[start:])
        read.words.go_on(analysis, trail[start:])
        read.rows.extend(added)
        days = read.days | _days(trail[start:])
        self._reading = read._replace(days=days, length=len(trail), last=trail[-1])
        if goes_on:
            self.show_only(self._passes)
        else:
            self._insert([row for row in reversed(added) if self._passes(row)])
        return True

    def _insert(self, rows: list[TrailRow]) -> None:
        if rows:
            self.beginInsertRows(_NO_PARENT, 0, len(rows) - 1)
            self._shown[:0] = rows
            self.endInsertRows()

    def show_only(self, passes: Callable[[TrailRow], bool]) -> None:
        """Show the rows that pass."""
        self._passes = passes
        self.beginResetModel()
        self._shown = [row for row in reversed(self._reading.rows) if passes(row)]
        self.endResetModel()

    def row(self, number: int) -> TrailRow | None:
        """Return a row of the list; None beyond it."""
        return self._shown[number] if 0 <= number < len(self._shown) else None

    def sentence(self, row: TrailRow) -> str:
        """Return a row in words."""
        return self._reading.words.sentence(row)

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: _Index, role: int = _ROLE.DisplayRole) -> Any:
        row = self.row(index.row())
        if row is None:
            return ""
        if role == _ROLE.DisplayRole:
            return shown(self._reading.words.sentence(row))
        if role == HEAD:
            return shown(self._head(row))
        if role == _ROLE.ToolTipRole:
            return tooltip(f"{self._head(row)}\n{self._reading.words.sentence(row)}")
        if role == _ROLE.AccessibleTextRole:
            return shown(f"{self._head(row)}: {self._reading.words.sentence(row)}")
        return row if role == ROW else None

    def _head(self, row: TrailRow) -> str:
        day = day_of(row.entry.time)
        who = self._reading.words.who(row) or _("somebody")
        return f"{day_words(day) if day else ''} {clock(row.entry.time)} · {who}".strip()


def _days(entries: Iterable[TrailEntry]) -> set[date]:
    hours = {entry.time[:13]: entry.time for entry in entries}
    return {day for time in hours.values() if (day := day_of(time)) is not None}
