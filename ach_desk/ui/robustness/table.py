"""The methods beside each other: score and rank of each hypothesis, one method per row."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableWidgetItem, QWidget

from ach_desk.i18n import _
from ach_desk.scoring.methods import MethodResult
from ach_desk.ui.robustness.answers import Answer
from ach_desk.ui.robustness.texts import method_name, score_words
from ach_desk.ui.text import tooltip
from ach_desk.ui.widgets.labels import STEP, strong_font
from ach_desk.ui.widgets.still_table import StillTable

_NAME_WIDTH = 14 * STEP
_LONGEST_FIGURE = "8. −8.88"
"""What a column holds in one line; longer words wrap."""


class MethodsTable(StillTable):
    """As high as its rows; it scrolls sideways where there are many hypotheses."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Score and rank by each way of adding up"), parent)

    def show_answer(self, answer: Answer) -> None:
        """Show what each method says of each hypothesis."""
        hypotheses = answer.found.inputs.assessment.hypotheses
        self.setColumnCount(1 + len(hypotheses))
        rows = _rows(answer)
        self.setRowCount(len(rows))
        heads = [(_("Way of adding up"), ""), *((entry.label, entry.title) for entry in hypotheses)]
        for column, (label, title) in enumerate(heads):
            head = QTableWidgetItem(label)
            head.setToolTip(tooltip(title))
            self.setHorizontalHeaderItem(column, head)
        for row, (name, result) in enumerate(rows):
            self._put_row(row, name, result)
        self.fit()

    def _put_row(self, row: int, text: str, result: MethodResult) -> None:
        name = QTableWidgetItem(text)
        name.setFlags(Qt.ItemFlag.ItemIsEnabled)
        self.setItem(row, 0, name)
        for column, rank in enumerate(result.rank.tolist()):
            score = score_words(result, column)
            text = _("{rank}. {score}").format(rank=rank, score=score) if rank else score
            entry = QTableWidgetItem(text)
            entry.setFlags(Qt.ItemFlag.ItemIsEnabled)
            entry.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
            if rank == 1:
                entry.setFont(strong_font(self.font()))
            self.setItem(row, 1 + column, entry)

    def widths(self, room: int, figures: int) -> tuple[int, int]:
        """Return the width of the names, which is always the same, and what a figure needs."""
        return _NAME_WIDTH, self.fontMetrics().horizontalAdvance(_LONGEST_FIGURE) + STEP


def _rows(answer: Answer) -> list[tuple[str, MethodResult]]:
    """Return the ways with their names; below one that leaves items out, what it says with their cells as neutral."""
    rows = []
    for method, result in answer.methods.items():
        rows.append((method_name(method), result))
        if method in answer.beside:
            text = _("{method}, missing cells as neutral")
            rows.append((text.format(method=method_name(method)), answer.beside[method]))
    return rows
