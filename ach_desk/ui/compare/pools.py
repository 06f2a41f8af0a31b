"""Stated and pooled probabilities in a table: people first, then the ways of pooling, equal weights first of these."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QTableWidgetItem, QWidget

from ach_desk.i18n import _
from ach_desk.model import Analysis
from ach_desk.scoring.compared_words import name_of
from ach_desk.scoring.pooled import Pool, Pooling
from ach_desk.scoring.pooling_words import about
from ach_desk.scoring.robustness import rounded_share
from ach_desk.ui.text import single_line, tooltip
from ach_desk.ui.widgets.labels import STEP, strong_font
from ach_desk.ui.widgets.still_table import StillTable

_NARROWEST_NAME, _WIDEST_NAME = 10 * STEP, 26 * STEP
_LONGEST_NAME = 22
_LONGEST_FIGURE = "under 8 %"


def shortened(name: str) -> str:
    """Return a name that takes no more than two lines of the table; the tooltip has the whole."""
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1].rstrip() + "…"


class PoolTable(StillTable):
    """As high as its rows; it scrolls sideways where there are many hypotheses."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Stated and pooled probabilities"), parent)

    def show_pooling(self, analysis: Analysis, found: Pooling) -> None:
        """Show what people stated, made to add up, and what pooling makes of it, rounded to five points."""
        rows = [
            (
                shortened(name_of(analysis, one.analyst)),
                "\n".join((name_of(analysis, one.analyst), _("made to add up by dividing by the sum"))),
                one.coherent,
            )
            for one in found.people
        ]
        ways = [(about(way, found), values) for way, values in found.pools.items()]
        rows += [(way.name, "\n".join((way.formula, way.source, way.caution)), values) for way, values in ways]
        self.setColumnCount(1 + len(found.hypotheses))
        self.setRowCount(len(rows))
        for column, entry in enumerate([None, *found.hypotheses]):
            head = QTableWidgetItem(single_line(entry.label) if entry else _("Who, or how"))
            head.setToolTip(tooltip(entry.title) if entry else "")
            if not column:
                head.setTextAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
            self.setHorizontalHeaderItem(column, head)
        first = len(found.people) if Pool.LINEAR in found.pools else -1
        for row, (name, more, values) in enumerate(rows):
            self._put_row(row, name, more, [rounded_share(float(value)) for value in values], strong=row == first)
        self.setVisible(bool(rows))
        self.fit()

    def _put_row(self, row: int, name: str, more: str, texts: list[str], *, strong: bool) -> None:
        for column, text in enumerate([single_line(name), *texts]):
            entry = QTableWidgetItem(text)
            entry.setFlags(Qt.ItemFlag.ItemIsEnabled)
            entry.setToolTip(tooltip(more))
            if column:
                entry.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
            if strong:
                entry.setFont(strong_font(self.font()))
            self.setItem(row, column, entry)

    def widths(self, room: int, figures: int) -> tuple[int, int]:
        """Return what the figures leave to the names, within bounds, and what a figure needs."""
        least = QFontMetrics(strong_font(self.font())).horizontalAdvance(_LONGEST_FIGURE) + STEP
        return min(max(room - figures * least, _NARROWEST_NAME), _WIDEST_NAME), least
