"""The score ranking: the weighted inconsistency of each hypothesis as a bar, the shortest first."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ach_desk.i18n import _
from ach_desk.reporting.charts import words
from ach_desk.reporting.charts.rows import HypothesisRows, Row
from ach_desk.reporting.charts.scene import Rule, Style
from ach_desk.reporting.charts.sheet import Sheet
from ach_desk.reporting.charts.typography import drawable
from ach_desk.scoring import Assessment

_ROW_PAD = 8.0
_GAP = 6.0
_ZERO_LINE = 2.0


def lay_out(sheet: Sheet, assessment: Assessment, stretch: float) -> int:
    """Put the chart on the sheet, each row `stretch` higher than need be; return the number of rows."""
    rows = HypothesisRows(sheet, assessment)
    if not rows.columns:
        sheet.sentence_alone(words.empty_sentence(assessment))
        return 0
    scale = _("Weighted inconsistency: the shorter the bar, the less speaks against the hypothesis.")
    sheet.paragraph(drawable(scale), sheet.plain, sheet.palette.muted)
    sheet.y += 6
    chart = _RankingChart(sheet, assessment, rows)
    placed = rows.put_all(chart.put_row, stretch)
    chart.put_zero_line(placed)
    rows.put_ties(placed)
    rows.put_left_out()
    return len(placed)


class _RankingChart:
    """One chart being put on a sheet. On a narrow one titles stand above their bar."""

    def __init__(self, sheet: Sheet, assessment: Assessment, rows: HypothesisRows) -> None:
        self.sheet = sheet
        self.rows = rows
        self.bar_height = float(sheet.plain.line_height)
        start = sheet.left + rows.gutter + rows.label_width
        self.scores = assessment.standing.weighted_inconsistency
        shown = self.scores[rows.columns]
        self.is_whole = bool(np.all(np.abs(shown - np.round(shown)) < 1e-9))
        if sheet.is_narrow:
            self.title_width, self.zero = sheet.right - start, start
        else:
            self.title_width = rows.title_width(min(0.42 * sheet.width, 460.0), 0.5 * sheet.width)
            self.zero = round(start + self.title_width + 16)
        longest = float(-shown.min())
        room = sheet.right - self.zero - max(sheet.plain.width(self._score(column)) for column in rows.columns) - _GAP
        self.unit = room / longest if longest else 0.0

    def put_zero_line(self, placed: Sequence[Row]) -> None:
        """Put the strong line that the bars begin at; on a narrow sheet only beside the bars."""
        rule = Rule(self.sheet.palette.text, _ZERO_LINE)
        for row in placed:
            top, bottom = row.top, row.bottom
            if self.sheet.is_narrow:
                bottom -= _ROW_PAD - 4
                top = bottom - self.bar_height - 8
            self.sheet.scene.rule(rule, self.zero, top, self.zero, bottom)

    def put_row(self, column: int, stretch: float) -> Row:
        """Put a hypothesis at the present height of the sheet; return where it lies."""
        sheet = self.sheet
        lines = self.rows.title_lines(column, self.title_width)
        title_height = self.rows.title_height(column, lines, self.title_width)
        if sheet.is_narrow:
            height = title_height + self.bar_height + 3 * _ROW_PAD + stretch
            title_top = sheet.y + _ROW_PAD
            middle = sheet.y + height - _ROW_PAD - self.bar_height / 2
        else:
            height = max(title_height, self.bar_height) + 2 * _ROW_PAD + stretch
            middle = sheet.y + height / 2
            title_top = middle - title_height / 2
        self.rows.put_title(column, lines, title_top, self.title_width)
        self._put_bar(column, middle)
        return Row(column, sheet.y, sheet.y + height)

    def _put_bar(self, column: int, middle: float) -> None:
        sheet, tone = self.sheet, self.sheet.palette.bar
        length = float(-self.scores[column]) * self.unit
        if length:
            sheet.scene.box(Style(tone.fill), self.zero, middle - self.bar_height / 2, length, self.bar_height)
        text, x = self._score(column), self.zero + length + _GAP
        sheet.scene.text(x, sheet.plain.centre(middle), text, sheet.plain, sheet.palette.text)

    def _score(self, column: int) -> str:
        return words.score(self.scores[column], positive=self.sheet.options.positive_scores, whole=self.is_whole)
