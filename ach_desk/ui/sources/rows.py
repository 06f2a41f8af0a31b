"""The list of sources: what stands in a row, and in which order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from ach_desk.i18n import _, ngettext
from ach_desk.model import Analysis, Source
from ach_desk.model.citing import cited_times
from ach_desk.model.grade_words import cannot_be_judged, source_grade, source_marks
from ach_desk.ui.text import shortened, single_line
from ach_desk.ui.widgets.titled import DETAIL, TITLE

ID = Qt.ItemDataRole.UserRole
BY_LABEL, BY_NAME, BY_GRADE, BY_ITEMS, BY_MARK = "label", "name", "grade", "items", "mark"
_LONGEST = 200

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class SourceRow:
    """One source as the list shows it."""

    source: Source
    grade: str
    is_unknown: bool
    items: int
    marks: tuple[str, ...]

    @property
    def name(self) -> str:
        """Return label and name in a line."""
        return f"{self.source.label}  {single_line(shortened(self.source.name, _LONGEST))}"

    @property
    def detail(self) -> str:
        """Return grade, marks, number of items and kind in a line: what may be long comes last."""
        count = ngettext("{count} item", "{count} items", self.items).format(count=self.items)
        parts = (self.grade, *self.marks, count, single_line(shortened(self.source.kind, _LONGEST)))
        return " · ".join(part for part in parts if part)


def source_rows(analysis: Analysis) -> list[SourceRow]:
    """Return a row for every source of the analysis, in the order of the file."""
    times = cited_times(analysis.evidence.values())
    rows = []
    for source in analysis.sources.values():
        grade = source_grade(source, analysis.grading)
        unknown = grade is not None and cannot_be_judged(grade)
        text = _("grade {grade}").format(grade=grade.value) if grade is not None else ""
        rows.append(SourceRow(source, text, unknown, times.get(source.id, 0), tuple(source_marks(source))))
    return rows


def orders() -> list[tuple[str, str]]:
    """Return the orders that the list can have, each with its words."""
    return [
        (BY_LABEL, _("by label")),
        (BY_NAME, _("by name")),
        (BY_GRADE, _("by grade")),
        (BY_ITEMS, _("most cited first")),
        (BY_MARK, _("marked first")),
    ]


def in_order(rows: Sequence[SourceRow], order: str) -> list[SourceRow]:
    """Return the rows in one of `orders`; of equal ones the order of the file stays.

    By grade: from the best to the worst, then what cannot be judged, then what is not graded.
    """
    keys: dict[str, Callable[[SourceRow], tuple]] = {
        BY_NAME: lambda row: (row.source.name.casefold(),),
        BY_GRADE: lambda row: (not row.grade, row.is_unknown, row.grade),
        BY_ITEMS: lambda row: (-row.items,),
        BY_MARK: lambda row: (not row.marks, row.marks),
    }
    return sorted(rows, key=keys[order]) if order in keys else list(rows)


def wanted(row: SourceRow, text: str) -> bool:
    """Return whether every word of `text` stands in the row, in any case."""
    held = f"{row.name} {row.detail} {row.source.note}".casefold()
    return all(word in held for word in text.casefold().split())


class SourceList(QAbstractListModel):
    """The rows that are shown."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[SourceRow] = []

    def show_rows(self, rows: Sequence[SourceRow]) -> None:
        """Show these rows; where their sources are the ones shown already, the choice and the place stay."""
        same = [row.source.id for row in rows] == [row.source.id for row in self.rows]
        if same:
            self.rows = list(rows)
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def place_of(self, source: str) -> int:
        """Return the row of a source (an id); -1 where it is not shown."""
        return next((place for place, row in enumerate(self.rows) if row.source.id == source), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == ID:
            return row.source.id
        if role == TITLE:
            return row.name
        if role == DETAIL:
            return row.detail
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{row.name}, {row.detail}"
        return None
