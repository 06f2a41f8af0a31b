"""Rank-share bars: how often each hypothesis takes rank 1, 2 ... in trials in which ratings slip.

Rank acceptability as SMAA-2 has it (Lahdelma & Salminen 2001). It is not the probability of a hypothesis.
"""

from __future__ import annotations

from dataclasses import dataclass

from ach_desk.reporting.chart_material import Material
from ach_desk.reporting.charts import rank_shares_words as says
from ach_desk.reporting.charts.lines import Line, Lines
from ach_desk.reporting.charts.scene import Style
from ach_desk.reporting.charts.sheet import Sheet
from ach_desk.reporting.charts.telling import empty_sentence
from ach_desk.reporting.charts.typography import drawable
from ach_desk.reporting.palette import Palette
from ach_desk.scoring.robustness import rounded_share

_LEAST_SHOWN = 1.0
_TEXT_PAD = 8.0


@dataclass(frozen=True)
class _Step:
    """How the segment of a rank looks: darker, the better the rank, also in black and white."""

    fill: str
    text: str


def lay_out(sheet: Sheet, found: Material, stretch: float) -> int:
    """Put the chart on the sheet, each row `stretch` higher than need be; return the number of rows."""
    trials = found.trials
    if trials is None or trials.shares is None:
        sheet.sentence_alone(empty_sentence(found))
        return 0
    sheet.paragraph(drawable(says.not_a_probability(trials)), sheet.bold, sheet.palette.text)
    sheet.y += 8
    return _RankShares(sheet, found).put(stretch)


class _RankShares:
    """One chart being put on a sheet."""

    def __init__(self, sheet: Sheet, found: Material) -> None:
        self.sheet = sheet
        self.bands = says.bands(found)
        self.rows = says.rows_of(found)
        self.height = sheet.plain.line_height + 8.0
        lines = [Line(row.label, row.title, self.height, row.text, hypothesis=row.hypothesis) for row in self.rows]
        self.lines = Lines(sheet, lines)
        self.steps = _steps(sheet.palette)

    def put(self, stretch: float) -> int:
        self._put_legend()
        self.lines.put_all(self._put_row, stretch)
        return len(self.rows)

    def _put_legend(self) -> None:
        """Put which shade is which rank, as many to a line as have room."""
        sheet, size = self.sheet, self.sheet.plain.line_height - 6.0
        x = self.lines.left
        for band, name in enumerate(self.bands):
            text = drawable(name)
            width = size + 6 + sheet.plain.width(text)
            if x > self.lines.left and x + width > self.lines.right:
                x, sheet.y = self.lines.left, sheet.y + sheet.plain.line_height + 2
            style = Style(self.steps[band].fill, sheet.palette.strong_line, 1.0)
            sheet.scene.box(style, x, sheet.y + 3, size, size)
            sheet.scene.text(x + size + 6, sheet.plain.baseline(sheet.y), text, sheet.plain, sheet.palette.muted)
            x += width + 16
        sheet.y += sheet.plain.line_height + 8

    def _put_row(self, number: int, middle: float) -> None:
        sheet, row, x = self.sheet, self.rows[number], self.lines.left
        top = middle - self.height / 2
        for band, share in enumerate(row.shares):
            width = share * self.lines.room
            if width < _LEAST_SHOWN:
                x += width
                continue
            step = self.steps[band]
            sheet.scene.box(Style(step.fill, sheet.palette.strong_line, 1.0), x, top, width, self.height)
            words = drawable(rounded_share(share))
            if sheet.plain.width(words) + _TEXT_PAD <= width:
                centre = sheet.plain.centre(middle)
                sheet.scene.text(x + width / 2, centre, words, sheet.plain, step.text, "center")
            sheet.scene.hit(
                (x, top, width, self.height), None, row.hypothesis, says.band_text(row, self.bands[band], share)
            )
            x += width


def _steps(palette: Palette) -> tuple[_Step, ...]:
    return (
        _Step(palette.strong_line, palette.base),
        _Step(palette.bar.fill, palette.bar.text),
        _Step(palette.line, palette.text),
        _Step(palette.base, palette.text),
    )
