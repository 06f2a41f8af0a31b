"""The disagreement map: how far the analysts lie apart in each cell, and beside each item on average.

A cell that nobody or one alone has rated is empty or outlined: it is no consensus.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ach_desk.i18n import _
from ach_desk.reporting.chart_material import Material
from ach_desk.reporting.charts import disagreement_words as says
from ach_desk.reporting.charts.heatmap import MOST_ITEMS, HeatMap
from ach_desk.reporting.charts.scene import Style
from ach_desk.reporting.charts.sheet import Sheet
from ach_desk.reporting.palette import APART, apart_key
from ach_desk.scoring.spread import CellState

_WIDEST = 4.0
"""From CC to II, in steps."""

_SINGLE = "1"
_NOT_APPLICABLE = "N/A"


def lay_out(sheet: Sheet, found: Material, stretch: float) -> int:
    """Put the chart on the sheet, each row `stretch` higher than need be; return the number of rows."""
    if says.is_empty(found):
        sheet.sentence_alone(says.empty_sentence(found))
        return 0
    return _Map(sheet, found).put(stretch)


class _Map(HeatMap):
    """Cells coloured by the distance of the ratings, which stands in them as a number of steps."""

    def __init__(self, sheet: Sheet, found: Material) -> None:
        self.compared = found.compared
        self.found = found
        super().__init__(sheet, self.compared.view.assessment, _most_apart(says.of_items(found)))
        self._apart = {key: Style(tone.fill) for key, tone in sheet.palette.apart.items()}

    def bar_head(self) -> str:
        return _("Steps apart")

    def left_out_words(self) -> str:
        return _("Of {total} items, the {count} on which the analysts differ most are shown.")

    def row_text(self, row: int) -> str:
        return says.item_text(self.found, row)

    def cell_text(self, row: int, column: int) -> str:
        return says.cell_text(self.found, row, column)

    def cell(self, row: int, column: int) -> tuple[Style, str, str]:
        if not self.compared.sheets.places[row, column]:
            return self._blank(), "", self.sheet.palette.muted
        state, muted = self.compared.spread.state(row, column), self.sheet.palette.muted
        if state in (CellState.UNRATED, CellState.SINGLE):
            return self._blank(), _SINGLE if state is CellState.SINGLE else "", muted
        if state is CellState.DISPUTED:
            return self._disputed(), _NOT_APPLICABLE, muted
        steps = float(np.nan_to_num(self.compared.spread.spread[row, column]))
        key = apart_key(steps)
        return self._apart[key], says.steps(steps), self.sheet.palette.apart[key].text

    def _blank(self) -> Style:
        tone = self.sheet.palette.ratings[None]
        return Style(tone.fill, tone.line)

    def _disputed(self) -> Style:
        tone = self.sheet.palette.ratings[None]
        return Style(tone.fill, tone.line, pattern="lines")

    def bar(self, row: int) -> float:
        return float(says.of_items(self.found)[row]) / _WIDEST

    def legend(self) -> Sequence[tuple[Style, str, str, str]]:
        tones, muted = self.sheet.palette.apart, self.sheet.palette.muted
        meanings = (
            _("rated alike"),
            _("up to one step apart"),
            _("up to two steps"),
            _("more than two steps"),
        )
        steps = ("0", "1.0", "2.0", "3.0")
        ramp = [
            (self._apart[key], step, tones[key].text, meaning)
            for key, step, meaning in zip(APART, steps, meanings, strict=True)
        ]
        return [
            *ramp,
            (self._blank(), _SINGLE, muted, _("rated by one alone")),
            (self._blank(), "", muted, _("not rated")),
            (self._disputed(), _NOT_APPLICABLE, muted, _("one says N/A")),
        ]


def _most_apart(mean: np.ndarray) -> list[int]:
    """Return the rows that are shown, in matrix order: all, or those furthest apart where there are too many."""
    if len(mean) <= MOST_ITEMS:
        return list(range(len(mean)))
    order = np.argsort(-np.nan_to_num(mean, nan=-1.0), kind="stable")
    return sorted(int(row) for row in order[:MOST_ITEMS])
