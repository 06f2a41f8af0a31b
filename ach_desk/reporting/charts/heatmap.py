"""The heat map: each rating in its colour, and beside each item how well it tells the hypotheses apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np

from ach_desk.i18n import _
from ach_desk.model import RatingValue
from ach_desk.reporting.chart_options import LONGEST_FIRST
from ach_desk.reporting.charts import words
from ach_desk.reporting.charts.scene import Rule, Style
from ach_desk.reporting.charts.sheet import Sheet
from ach_desk.reporting.charts.typography import ELLIPSIS, RIGHT_TO_LEFT_MARK, drawable
from ach_desk.scoring import Assessment
from ach_desk.scoring.table import VALUES

MOST_ITEMS = 250
"""More rows than this are unreadable and as heavy as a photograph: the ones that tell most are shown."""

MOST_CELLS_WITH_SYMBOLS = 500
GREATEST_SPREAD = 2.0

_WIDEST_CELL = 44.0
_WIDEST_NARROW_CELL = 30.0
_LEAST_CELL = 18.0
_LEAST_CELL_WITHOUT_SYMBOL = 14.0
_WIDEST_BAR = 180.0
_GAP = 12.0
_MEASURED = 200
_WIDEST_TITLED_CELL = 108.0
_NARROWEST_TITLED_CELL = 84.0
_NARROWEST_TITLES = 64.0
_MOST_HEADER_LINES = 6
_MOST_IN_ONE_COLUMN = 8


@dataclass(frozen=True)
class _Plan:
    """Where the columns lie."""

    labels: float
    title_width: float
    cells: float
    cell_width: float
    bars: float
    bar_width: float
    row_height: float
    has_titles: bool


def lay_out(sheet: Sheet, assessment: Assessment, stretch: float) -> int:
    """Put the chart on the sheet, each row `stretch` higher than need be; return the number of rows."""
    if not assessment.rated_columns() or not assessment.items:
        sheet.sentence_alone(words.empty_sentence(assessment))
        return 0
    return HeatMap(sheet, assessment, _most_telling(assessment)).put(stretch)


class HeatMap:
    """One chart being put on a sheet: cells of items under hypotheses, and a bar beside each item.

    Subclasses say what stands in a cell, how long a bar is, and what the colours mean.
    """

    def __init__(self, sheet: Sheet, assessment: Assessment, shown: list[int]) -> None:
        """Take the sheet, the assessment whose rows and columns are drawn, and the rows that are shown."""
        self.sheet = sheet
        self.assessment = assessment
        self.columns = assessment.rated_columns()
        self.shown = shown
        self.labels = [sheet.label(hypothesis.label) for hypothesis in assessment.hypotheses]
        self.cell_height = sheet.plain.line_height + 4.0
        fits = len(self.shown) * len(self.columns) <= MOST_CELLS_WITH_SYMBOLS
        self.has_symbols = fits and sheet.options.labels
        self.styles = cell_styles(sheet)
        self._fits: dict[str, bool] = {}

    def put(self, stretch: float) -> int:
        """Put the chart, each row `stretch` higher than need be; return the number of rows."""
        if self.sheet.options.order == LONGEST_FIRST:
            self.shown = sorted(self.shown, key=lambda row: -float(np.nan_to_num(self.bar(row), nan=-1.0)))
        self.plan = self._plan(stretch)
        self.put_what_is_left_out()
        self.put_header()
        self.put_rows()
        self.put_legend()
        self.put_key()
        return len(self.shown)

    def bar_head(self) -> str:
        """Return what stands over the bars."""
        return _("Tells them apart")

    def left_out_words(self) -> str:
        """Return which of the items are shown where not all are."""
        return _("Of {total} items, the {count} that tell the hypotheses apart best are shown.")

    def row_text(self, row: int) -> str:
        """Return what a row says."""
        return words.item_text(self.assessment, row)

    def cell_text(self, row: int, column: int) -> str:
        """Return what a cell says in words."""
        return words.block_text(self.assessment, row, column)

    def cell(self, row: int, column: int) -> tuple[Style, str, str]:
        """Return how a cell looks, its symbol ("" for none), and the colour of that."""
        value = VALUES[self.assessment.table.codes[row, column]]
        counted = self.assessment.items[row].is_counted
        colour = self.sheet.palette.ratings[value].text if counted else self.sheet.palette.muted
        return self.styles[value if counted else None], value or "", colour

    def bar(self, row: int) -> float:
        """Return the length of a bar, 0 to 1; NaN where it is undefined."""
        return float(self.assessment.standing.diagnosticity[row]) / GREATEST_SPREAD

    def legend(self) -> Sequence[tuple[Style, str, str, str]]:
        """Return look, symbol, its colour and meaning of everything that a legend explains."""
        tones = self.sheet.palette.ratings
        values = (*self.assessment.legend, None)
        return [(self.styles[value], value or "", tones[value].text, words.rating_meaning(value)) for value in values]

    def _plan(self, stretch: float) -> _Plan:
        sheet, number = self.sheet, len(self.columns)
        labels = max(sheet.bold.width(sheet.label(self.assessment.items[row].label)) for row in self.shown) + 8
        bar_width = 64.0 if sheet.is_narrow else 110.0
        room = sheet.width - labels - bar_width - 2 * _GAP
        titles = self._titles_width(room)
        least_cell = _LEAST_CELL if self.has_symbols else _LEAST_CELL_WITHOUT_SYMBOL
        share = 0.34 if sheet.is_narrow else 0.4
        title_width = min(titles, share * room, max(room - least_cell * number, 0.0))
        if title_width < min(titles, _NARROWEST_TITLES):
            title_width = titles = 0.0  # the first letters of a title say nothing
        cell = (room - title_width) / number
        has_titles = cell >= _NARROWEST_TITLED_CELL and not sheet.is_narrow
        widest = _WIDEST_NARROW_CELL if sheet.is_narrow else _WIDEST_CELL
        cell = min(cell, _WIDEST_TITLED_CELL if has_titles else widest)
        title_width = min(room - cell * number, titles)
        cells = sheet.left + labels + title_width + _GAP
        bars = cells + cell * number + _GAP
        return _Plan(
            labels=labels,
            title_width=title_width,
            cells=cells,
            cell_width=cell,
            bars=bars,
            bar_width=min(sheet.right - bars, _WIDEST_BAR),
            row_height=(self.cell_height if self.has_symbols else sheet.plain.line_height - 1.0) + stretch,
            has_titles=has_titles,
        )

    def _titles_width(self, most: float) -> float:
        """Return the width of the widest item title on one line, at most `most`."""
        width = 0.0
        for row in self.shown:
            width = max(width, self.sheet.plain.width(drawable(self.assessment.items[row].title[:_MEASURED])))
            if width >= most:
                return most
        return width

    def put_what_is_left_out(self) -> None:
        """Say so when only some of the items are shown."""
        total, shown = len(self.assessment.items), len(self.shown)
        if shown < total:
            text = self.left_out_words()
            self.sheet.paragraph(text.format(total=total, count=shown), self.sheet.plain, self.sheet.palette.muted)
            self.sheet.y += 6

    def put_header(self) -> None:
        """Put the labels of the hypotheses, with their titles where there is room, and the head of the bars."""
        sheet, plan = self.sheet, self.plan
        heads = [self._head_lines(column) for column in self.columns]
        bar_head = sheet.plain.wrap(self.bar_head(), plan.bar_width)
        is_upright = max(sheet.bold.width(self.labels[column]) for column in self.columns) + 2 > plan.cell_width
        plain, bold = sheet.plain, sheet.bold
        height = bold.line_height + max(len(lines) for lines in heads) * plain.line_height
        if is_upright:
            height = max(bold.width(label) for label in self.labels) + 4
        height = max(height, len(bar_head) * plain.line_height)
        bottom = sheet.y + height
        step = ceil(bold.pixels / plan.cell_width)
        for position, (column, lines) in enumerate(zip(self.columns, heads, strict=True)):
            middle = plan.cells + (position + 0.5) * plan.cell_width
            colour = sheet.palette.text if self.assessment.hypotheses[column].is_active else sheet.palette.muted
            if is_upright and position % step == 0:
                sheet.scene.text(bold.centre(middle), bottom - 3, self.labels[column], bold, colour, upright=True)
            elif not is_upright:
                self._put_head(self.labels[column], lines, middle, bottom, colour)
            area = (plan.cells + position * plan.cell_width, sheet.y, plan.cell_width, height)
            hypothesis = self.assessment.hypotheses[column]
            sheet.scene.hit(area, None, hypothesis.id, f"{self.assessment.label_of(column)} {hypothesis.title}")
        top = bottom - len(bar_head) * plain.line_height
        sheet.lines(bar_head, plain, sheet.palette.muted, plan.bars, top, plan.bar_width)
        sheet.y = bottom + 3

    def _head_lines(self, column: int) -> list[str]:
        if not self.plan.has_titles:
            return []
        title = drawable(" ".join(self.assessment.hypotheses[column].title.split("\n")))
        return self.sheet.plain.wrap(title, self.plan.cell_width - 8, _MOST_HEADER_LINES)

    def _put_head(self, label: str, lines: Sequence[str], middle: float, bottom: float, colour: str) -> None:
        sheet, plain = self.sheet, self.sheet.plain
        top = bottom - len(lines) * plain.line_height
        sheet.scene.text(
            middle,
            sheet.bold.baseline(top - sheet.bold.line_height),
            label,
            sheet.bold,
            colour,
            "center",
        )
        for number, line in enumerate(lines):
            sheet.scene.text(middle, plain.baseline(top + number * plain.line_height), line, plain, colour, "center")

    def put_rows(self) -> None:
        """Put the items with their cells and bars, and the lines between them."""
        sheet, plan = self.sheet, self.plan
        top = sheet.y
        for row in self.shown:
            self._put_row(row)
        sheet.scene.rule(Rule(sheet.palette.text, 1.5), plan.bars, top, plan.bars, sheet.y)
        combined = [self.assessment.hypotheses[column].is_combination for column in self.columns]
        if any(combined) and not all(combined):
            x = plan.cells + combined.index(True) * plan.cell_width
            sheet.scene.rule(Rule(sheet.palette.text, 1.5), x, top, x, sheet.y)

    def _put_row(self, row: int) -> None:
        sheet, plan = self.sheet, self.plan
        item = self.assessment.items[row]
        middle = sheet.y + plan.row_height / 2
        colour = sheet.palette.text if item.is_counted else sheet.palette.muted
        label = sheet.label(item.label)
        sheet.scene.text(sheet.left, sheet.bold.centre(middle), label, sheet.bold, colour)
        title = sheet.plain.elide(drawable(item.title), plan.title_width) if plan.title_width else ""
        sheet.lines(
            [title],
            sheet.plain,
            colour,
            sheet.left + plan.labels,
            middle - sheet.plain.line_height / 2,
            plan.title_width,
        )
        if not item.is_counted:
            end = sheet.left + plan.labels + sheet.plain.width(title)
            sheet.scene.rule(Rule(colour, 1.0), sheet.left, middle, end, middle)
        whole = (sheet.left, sheet.y, sheet.width, plan.row_height)
        sheet.scene.hit(whole, item.id, None, self.row_text(row))
        for position, column in enumerate(self.columns):
            self._put_cell(row, column, plan.cells + position * plan.cell_width)
        if item.is_counted:
            self._put_bar(row, middle)
        sheet.y += plan.row_height

    def _put_cell(self, row: int, column: int, x: float) -> None:
        sheet, plan = self.sheet, self.plan
        style, symbol, colour = self.cell(row, column)
        gap = 1.0 if plan.cell_width > 6 else 0.0
        sheet.scene.box(style, x + gap, sheet.y + gap, plan.cell_width - 2 * gap, plan.row_height - 2 * gap)
        area = (x, sheet.y, plan.cell_width, plan.row_height)
        hypothesis = self.assessment.hypotheses[column]
        sheet.scene.hit(area, self.assessment.items[row].id, hypothesis.id, self.cell_text(row, column))
        if self.has_symbols and symbol and self._has_room(symbol):
            baseline = sheet.plain.centre(sheet.y + plan.row_height / 2)
            sheet.scene.text(x + plan.cell_width / 2, baseline, symbol, sheet.plain, colour, "center")

    def _has_room(self, symbol: str) -> bool:
        if symbol not in self._fits:
            self._fits[symbol] = self.sheet.plain.width(symbol) + 2 <= self.plan.cell_width
        return self._fits[symbol]

    def _put_bar(self, row: int, middle: float) -> None:
        sheet, plan = self.sheet, self.plan
        share = self.bar(row)
        if np.isnan(share):
            x = plan.bars + 6
            sheet.scene.text(x, sheet.plain.centre(middle), "–", sheet.plain, sheet.palette.muted)
        elif share:
            height = plan.row_height * 0.5
            sheet.scene.box(
                Style(sheet.palette.bar.fill), plan.bars, middle - height / 2, share * plan.bar_width, height
            )

    def put_legend(self) -> None:
        """Put what each symbol and colour says."""
        sheet, entries = self.sheet, self.legend()
        sheet.y += 10
        x, swatch = sheet.left, max(sheet.plain.width(symbol) for _style, symbol, _colour, _meaning in entries) + 2
        for style, symbol, colour, text in entries:
            meaning = drawable(text)
            width = swatch + 5 + sheet.plain.width(meaning) + 14
            if x > sheet.left and x + width > sheet.right + 14:
                x, sheet.y = sheet.left, sheet.y + self.cell_height + 2
            middle = sheet.y + self.cell_height / 2
            sheet.scene.box(style, x + 1, sheet.y + 1, swatch + 2, self.cell_height - 2)
            baseline = sheet.plain.centre(middle)
            sheet.scene.text(x + 1 + swatch / 2 + 1, baseline, symbol, sheet.plain, colour, "center")
            sheet.scene.text(x + swatch + 8, baseline, meaning, sheet.plain, sheet.palette.muted)
            x += width
        sheet.y += self.cell_height

    def put_key(self) -> None:
        """Put the full titles of the hypotheses where the header has no room for them; many in two columns."""
        heads = [line for column in self.columns for line in self._head_lines(column)]
        if self.plan.has_titles and not any(line.strip(RIGHT_TO_LEFT_MARK).endswith(ELLIPSIS) for line in heads):
            return
        sheet, number = self.sheet, len(self.columns)
        sheet.y += 10
        if sheet.is_narrow or number <= _MOST_IN_ONE_COLUMN:
            sheet.y = self._put_key_column(self.columns, sheet.left, sheet.width)
            return
        width, half = (sheet.width - 24) / 2, (number + 1) // 2
        ends = (
            self._put_key_column(self.columns[:half], sheet.left, width),
            self._put_key_column(self.columns[half:], sheet.right - width, width),
        )
        sheet.y = max(ends)

    def _put_key_column(self, columns: Sequence[int], x: float, width: float) -> float:
        """Put labels with their titles below each other; return where they end."""
        sheet, y = self.sheet, self.sheet.y
        labels = {column: sheet.label(self.assessment.label_of(column)) for column in self.columns}
        indent = max(map(sheet.bold.width, labels.values())) + 8
        for column in columns:
            title = self.assessment.hypotheses[column].title
            lines = sheet.title_lines(title, width - indent, len(self.columns))
            sheet.scene.text(x, sheet.bold.baseline(y), labels[column], sheet.bold, sheet.palette.text)
            sheet.lines(lines, sheet.plain, sheet.palette.text, x + indent, y, width - indent)
            y += len(lines) * sheet.plain.line_height + 1
        return y


def cell_styles(sheet: Sheet) -> dict[RatingValue | None, Style]:
    """Return how a cell of each rating looks: unrated is an empty outline, N/A is hatched."""
    tones = sheet.palette.ratings
    styles = {value: Style(tone.fill) for value, tone in tones.items()}
    without = tones[RatingValue.NOT_APPLICABLE]
    styles[RatingValue.NOT_APPLICABLE] = Style(without.fill, without.line, pattern="lines")
    styles[None] = Style(tones[None].fill, tones[None].line)
    return styles


def _most_telling(assessment: Assessment) -> list[int]:
    """Return the rows that are shown, in matrix order: all of them, or the most diagnostic where there are too many."""
    number = len(assessment.items)
    if number <= MOST_ITEMS:
        return list(range(number))
    spread = np.where(assessment.table.counted, np.nan_to_num(assessment.standing.diagnosticity), -1.0)
    return sorted(int(row) for row in np.argsort(-spread, kind="stable")[:MOST_ITEMS])
