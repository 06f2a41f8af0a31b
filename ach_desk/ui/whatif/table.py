"""The comparison as a table: a row per hypothesis, a column per what-if; a click on a column shows it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from ach_desk.i18n import _
from ach_desk.scoring.comparison import Comparison, Entry, change_words, rank_words, side_name
from ach_desk.ui.matrix.wording import score_texts
from ach_desk.ui.text import TextLines, single_line, tooltip
from ach_desk.ui.widgets.labels import named, strong_font

_WIDEST, _NARROWEST, _FIRST = 168, 96, 44
_HEAD_LINES = 3
_LEFT_TO_RIGHT = "\u200e"


class ComparisonTable(QTableWidget):
    """Shows one comparison. `side_chosen(kind, id)` when a column was clicked or Enter pressed in it."""

    side_chosen = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.comparison: Comparison | None = None
        self._heads: list[QTableWidgetItem] = []
        named(self, _("Comparison of what-ifs"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(True)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().setHighlightSections(False)
        self.verticalHeader().setHighlightSections(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumWidth(_FIRST)
        self.horizontalHeader().sectionClicked.connect(self._choose)
        self.cellClicked.connect(lambda _row, column: self._choose(column))
        self.cellActivated.connect(lambda _row, column: self._choose(column))

    def show_comparison(self, comparison: Comparison, sign: str, shown: tuple[str, str]) -> None:
        """Show the table; `sign` is that of the scores, `shown` (kind, id) of the side that is in front."""
        self.comparison = comparison
        self.clear()
        self.clearSpans()
        line = comparison.first_combination
        self.setColumnCount(len(comparison.sides))
        self.setRowCount(len(comparison.hypotheses) + (line is not None))
        self._put_heads(comparison, shown)
        scores = [entry.score or 0.0 for row in comparison.entries for entry in row]
        texts = iter(score_texts(scores, sign))
        for number, (hypothesis, entries) in enumerate(zip(comparison.hypotheses, comparison.entries, strict=True)):
            row = number + (line is not None and number >= line)
            head = QTableWidgetItem(single_line(hypothesis.label))
            head.setToolTip(tooltip(hypothesis.title))
            self.setVerticalHeaderItem(row, head)
            for column, (entry, text) in enumerate(zip(entries, texts, strict=False)):
                self.setItem(row, column, self._cell(entry, text))
        if line is not None:
            self._put_line(line)
        self._fit()

    def _put_heads(self, comparison: Comparison, shown: tuple[str, str]) -> None:
        self._heads = []
        for column, (side, sentence) in enumerate(zip(comparison.sides, comparison.sentences, strict=True)):
            name = single_line(side_name(side))
            head = QTableWidgetItem(name)
            head.setFont(strong_font(self.font()) if (side.kind, side.id) == shown else self.font())
            head.setToolTip(tooltip("\n".join((name, sentence))))
            self.setHorizontalHeaderItem(column, head)
            self._heads.append(head)

    def _cell(self, entry: Entry, score: str) -> QTableWidgetItem:
        if entry.score is None:
            text = _("not compared")
        else:
            # Among words that run from right to left, the sign would stand behind its number.
            score = _LEFT_TO_RIGHT + score if self.isRightToLeft() else score
            text = _("{score} · rank {rank}").format(score=score, rank=rank_words(entry))
            text = "\n".join(part for part in (text, change_words(entry)) if part)
        cell = QTableWidgetItem(text)
        cell.setToolTip(text)
        if entry.rank == 1:
            cell.setFont(strong_font(self.font()))
        return cell

    def _put_line(self, row: int) -> None:
        """Put the line under which the combinations stand."""
        self.setSpan(row, 0, 1, self.columnCount())
        words = QTableWidgetItem(_("Combinations"))
        words.setFlags(Qt.ItemFlag.ItemIsEnabled)
        self.setItem(row, 0, words)
        self.setVerticalHeaderItem(row, QTableWidgetItem(""))

    def _fit(self) -> None:
        line = self.fontMetrics().height()
        heads = 1
        for column, head in enumerate(self._heads):
            self.setColumnWidth(column, self._width(column, head.text()))
            # A header breaks no lines of its own.
            broken, _right_to_left = TextLines(head.font()).lines(
                head.text(), self.columnWidth(column) - 16, _HEAD_LINES
            )
            head.setText("\n".join(broken))
            heads = max(heads, len(broken))
        self.horizontalHeader().setFixedHeight(heads * line + 8)
        for row in range(self.rowCount()):
            single = self.columnSpan(row, 0) > 1 or not any(
                "\n" in self._text(row, c) for c in range(self.columnCount())
            )
            self.setRowHeight(row, (1 if single else 2) * line + 8)
        rows = sum(self.rowHeight(row) for row in range(self.rowCount()))
        bar = self.horizontalScrollBar().sizeHint().height()
        self.setFixedHeight(self.horizontalHeader().height() + rows + bar + 2 * self.frameWidth())

    def _text(self, row: int, column: int) -> str:
        cell = self.item(row, column)
        return cell.text() if cell is not None else ""

    def _width(self, column: int, name: str) -> int:
        metrics = self.fontMetrics()
        texts = [line for row in range(self.rowCount()) for line in self._text(row, column).split("\n")]
        widest = max((metrics.horizontalAdvance(text) for text in texts), default=0)
        least = max(round(widest * 1.08), metrics.horizontalAdvance(name) // 2, _NARROWEST - 16)
        return min(least + 16, _WIDEST)

    def _choose(self, column: int) -> None:
        if self.comparison is not None and 0 <= column < len(self.comparison.sides):
            side = self.comparison.sides[column]
            self.side_chosen.emit(side.kind, side.id)
