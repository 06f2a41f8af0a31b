"""How the ratings of a foreign sheet are read, word by word, before anything is done; each can be corrected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ach_desk.exchange.sheet_mapping import SheetMapping, scheme_words
from ach_desk.exchange.sheet_words import Spelling
from ach_desk.i18n import _
from ach_desk.model import RatingValue
from ach_desk.ui.text import shortened, shown
from ach_desk.ui.widgets.choice import Choice
from ach_desk.ui.widgets.labels import STEP, caption, named, plain

_MOST_SHOWN = 200
_NOT_UNDERSTOOD = object()


class SpellingsPanel(QWidget):
    """The way of writing ratings, and a line for each word in the cells. `changed(mapping)`: it was corrected."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._mapping = SheetMapping(0, ())
        self._spellings: Sequence[Spelling] = ()
        self.scheme = named(Choice(list(scheme_words().items())), _("How ratings are written"))
        self.table = named(QTableWidget(0, 3), _("What stands in the cells, and what it is read as"))
        self.table.setHorizontalHeaderLabels([_("In the sheet"), _("Cells"), _("Read as")])
        self.table.verticalHeader().hide()
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setTabKeyNavigation(False)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.value = named(Choice(_values()), _("What the chosen word is read as"))
        self._about = plain(wrap=False)
        self._about.setBuddy(self.value)
        self.scheme.chosen.connect(self._set_scheme)
        self.value.chosen.connect(self._set_value)
        self.table.currentCellChanged.connect(lambda *_cells: self._show_current())
        self._lay_out()

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.addWidget(self._about)
        line.addWidget(self.value, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(STEP // 2)
        column.addWidget(caption(_("Ratings are &written as"), self.scheme))
        column.addWidget(self.scheme)
        column.addWidget(self.table, 1)
        column.addLayout(line)

    def show_spellings(self, mapping: SheetMapping, spellings: Sequence[Spelling]) -> None:
        """Show what stands in the cells and how it is read."""
        words = [spelling.word for spelling in spellings[:_MOST_SHOWN]]
        is_same = sorted(words) == sorted(spelling.word for spelling in self._spellings)
        current = self._current()
        kept = current.word if current is not None and is_same else ""
        self._mapping, self._spellings = mapping, spellings[:_MOST_SHOWN]
        self.scheme.show_value(mapping.scheme)
        self.table.setRowCount(len(self._spellings))
        for row, spelling in enumerate(self._spellings):
            texts = (shown(shortened(spelling.written)), f"{spelling.count:n}", _read_as(spelling))
            for column, text in enumerate(texts):
                cell = QTableWidgetItem(text)
                if not spelling.is_known:
                    font = cell.font()
                    font.setBold(True)
                    cell.setFont(font)
                self.table.setItem(row, column, cell)
        unknown = next((row for row, spelling in enumerate(self._spellings) if not spelling.is_known), 0)
        self.table.setCurrentCell(words.index(kept) if kept in words else unknown, 0)
        self._show_current()

    def _current(self) -> Spelling | None:
        row = self.table.currentRow()
        return self._spellings[row] if 0 <= row < len(self._spellings) else None

    def _show_current(self) -> None:
        spelling = self._current()
        self.value.setEnabled(spelling is not None)
        if spelling is None:
            self._about.setText(_("No ratings"))
            self.value.show_value(_NOT_UNDERSTOOD)
            return
        self._about.setText(_("“{word}” &is").format(word=shown(shortened(spelling.written, 16)).replace("&", "&&")))
        self.value.show_value(spelling.value if spelling.is_known else _NOT_UNDERSTOOD)

    def _set_scheme(self, scheme: object) -> None:
        self.changed.emit(replace(self._mapping, scheme=scheme))

    def _set_value(self, value: object) -> None:
        spelling = self._current()
        if spelling is not None:
            meant = value.value if isinstance(value, RatingValue) else ""
            self.changed.emit(replace(self._mapping, spellings={**self._mapping.spellings, spelling.word: meant}))


def _values() -> list[tuple[RatingValue | None, str]]:
    return [*((value, value.value) for value in RatingValue), (None, _("not rated"))]


def _read_as(spelling: Spelling) -> str:
    if not spelling.is_known:
        return _("not understood")
    return spelling.value.value if spelling.value is not None else _("not rated")
