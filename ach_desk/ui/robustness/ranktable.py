"""Ranks by hypothesis, one row per condition; a click on a row reports it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from ach_desk.i18n import _
from ach_desk.model import Hypothesis
from ach_desk.ui.matrix.wording import DASH
from ach_desk.ui.text import single_line, tooltip
from ach_desk.ui.widgets.labels import STEP, named, strong_font

_NARROWEST = 5 * STEP


@dataclass(frozen=True)
class RankRow:
    """A row: its name, the rank of each hypothesis (0: not ranked), and what the tooltip says."""

    name: str
    ranks: tuple[int, ...]
    said: str


class RankTable(QTableWidget):
    """As high as its rows. row_chosen(int): a row was clicked, or Enter pressed in it."""

    row_chosen = Signal(int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, name)
        self.verticalHeader().hide()
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setMinimumSectionSize(_NARROWEST)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.cellClicked.connect(lambda row, _column: self.row_chosen.emit(row))
        self.cellActivated.connect(lambda row, _column: self.row_chosen.emit(row))

    def show_rows(self, head: str, hypotheses: Sequence[Hypothesis], rows: Sequence[RankRow]) -> None:
        """Show these rows; `head` stands over their names."""
        self.setColumnCount(1 + len(hypotheses))
        self.setRowCount(len(rows))
        first = QTableWidgetItem(head)
        first.setTextAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        self.setHorizontalHeaderItem(0, first)
        self.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column, hypothesis in enumerate(hypotheses, 1):
            title = QTableWidgetItem(single_line(hypothesis.label))
            title.setToolTip(tooltip(hypothesis.title))
            self.setHorizontalHeaderItem(column, title)
        for number, row in enumerate(rows):
            self._put(number, 0, single_line(row.name), row)
            for column, rank in enumerate(row.ranks, 1):
                cell = self._put(number, column, str(rank) if rank else DASH, row)
                cell.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
                if rank == 1:
                    cell.setFont(strong_font(self.font()))
        self.setVisible(bool(rows))
        self._fit()

    def _put(self, row: int, column: int, text: str, entry: RankRow) -> QTableWidgetItem:
        cell = QTableWidgetItem(text)
        cell.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        cell.setToolTip(tooltip(entry.said))
        cell.setData(Qt.ItemDataRole.AccessibleTextRole, _("{name}: {text}").format(name=entry.name, text=text))
        self.setItem(row, column, cell)
        return cell

    def _fit(self) -> None:
        metrics = self.fontMetrics()
        for column in range(1, self.columnCount()):
            head = self.horizontalHeaderItem(column)
            width = metrics.horizontalAdvance(head.text()) if head is not None else 0
            self.setColumnWidth(column, max(width + 2 * STEP, _NARROWEST))
        height = metrics.height() + STEP
        for number in range(self.rowCount()):
            self.setRowHeight(number, height)
        bar = self.horizontalScrollBar().sizeHint().height() if self.horizontalHeader().length() > self.width() else 0
        head_height = self.horizontalHeader().sizeHint().height()
        self.setFixedHeight(head_height + height * self.rowCount() + bar + 2 * self.frameWidth())
