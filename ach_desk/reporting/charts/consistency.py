"""The consistency chart: what speaks against each hypothesis, and apart from it what would be expected anyway.

A diverging stacked bar chart (Heiberger & Robbins 2014, Journal of Statistical Software 57/5) with one block per item
and no net bar: consistent evidence never makes up for inconsistent evidence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ach_desk.i18n import _
from ach_desk.model import RatingValue
from ach_desk.reporting.charts import words
from ach_desk.reporting.charts.blocks import AGAINST, COUNTED_APART, EXPECTED, Blocks, Run
from ach_desk.reporting.charts.rows import HypothesisRows, Row
from ach_desk.reporting.charts.scene import Rectangle, Rule, Style
from ach_desk.reporting.charts.sheet import Sheet
from ach_desk.reporting.charts.typography import Font, drawable
from ach_desk.scoring import Assessment

_WIDEST_UNIT = 46.0
_LEVEL_SHARE = 0.75
_GAP = 6.0
_ROW_PAD = 9.0
_ZERO_LINE = 2.0
_WORDS_GAP = 3.0
_HEADS_GAP = 6.0
_COURSE_PAD = 4.0
_COURSE_GAP = 2.0
_WORTH_IT = 0.6
"""Words move above the bars where blocks would else have less than this share of their possible width."""


@dataclass(frozen=True)
class _Plan:
    """Where the columns of the chart lie; `unit` is the width of a block of weight 1, `counts` are middles.

    words_above: the words stand over the bar and not beside it, which leaves it more room.
    """

    title_width: float
    plot: float
    plot_end: float
    zero: float
    unit: float
    counts: tuple[float, ...]
    count_width: float
    words_above: bool


@dataclass(frozen=True)
class _Head:
    """Words over a column."""

    lines: Sequence[str]
    x: float
    anchor: str
    face: Font
    colour: str


def lay_out(sheet: Sheet, assessment: Assessment, stretch: float) -> int:
    """Put the chart on the sheet, each row `stretch` higher than need be; return the number of rows."""
    rows = HypothesisRows(sheet, assessment)
    if not rows.columns:
        sheet.sentence_alone(words.empty_sentence(assessment))
        return 0
    chart = _ConsistencyChart(sheet, assessment, rows)
    chart.put_heads()
    placed = rows.put_all(chart.put_row, stretch)
    chart.put_zero_line(placed)
    rows.put_ties(placed)
    rows.put_left_out()
    return len(placed)


class _ConsistencyChart:
    """One chart being put on a sheet. On a narrow one titles stand above their bar."""

    def __init__(self, sheet: Sheet, assessment: Assessment, rows: HypothesisRows) -> None:
        self.sheet = sheet
        self.assessment = assessment
        self.rows = rows
        self.styles = block_styles(sheet)
        self.count_heads = [drawable(text) for text in (_("Neutral"), _("N/A"), _("Not rated"))]
        self.blocks = Blocks(assessment, sheet.options)
        self.course_height = 2.0 * sheet.plain.line_height - 2
        self.plan = self._plan()
        self.is_upright = self._level_labels(self.plan.unit) < _LEVEL_SHARE * len(assessment.items)
        if self.plan.words_above:
            self._try_two_courses()
        self.block_height = self.blocks.courses * (self.course_height + _COURSE_GAP) - _COURSE_GAP
        self._middles: dict[int, float] = {}

    def _try_two_courses(self) -> None:
        """Halve the length of the bars where there is little room, if that turns labels level or labels more blocks."""
        one = self.plan.unit
        if self.is_upright:
            least = max(int(np.count_nonzero(self.blocks.weights * one >= self.sheet.plain.pixels)), 1)
        else:
            least = self._level_labels(one) + 1
        if self._level_labels(min(2 * one, _WIDEST_UNIT)) < least:
            return
        before = self.blocks, self.plan
        self.blocks = Blocks(self.assessment, self.sheet.options, courses=2)
        self.plan = self._plan()
        if self._level_labels(self.plan.unit) < least:
            self.blocks, self.plan = before
            return
        self.is_upright = False
        self.course_height = self.sheet.plain.line_height + _COURSE_PAD

    def _plan(self) -> _Plan:
        sheet, gutter = self.sheet, self.rows.gutter
        count_width = max(max(map(sheet.plain.longest_word, self.count_heads)) + 10, 30)
        counts_start = sheet.right - 3 * count_width
        start = sheet.left + gutter + self.rows.label_width
        if sheet.is_narrow:
            title_width, plot, plot_end = counts_start - start - 8, sheet.left + gutter, sheet.right
        else:
            title_width = self.rows.title_width(min(0.27 * sheet.width, 340.0), 0.36 * sheet.width)
            plot, plot_end = start + title_width + 16, counts_start - 12
        beside, above = self._scale(plot, plot_end, False), self._scale(plot, plot_end, True)
        words_above = sheet.is_narrow or beside[1] < _WORTH_IT * above[1]
        zero, unit = above if words_above else beside
        counts = tuple(counts_start + (number + 0.5) * count_width for number in range(3))
        return _Plan(title_width, plot, plot_end, zero, unit, counts, count_width, words_above)

    def _scale(self, plot: float, plot_end: float, words_above: bool) -> tuple[float, float]:
        """Return the x of the zero line, and the widest unit with which each bar and its words have room."""
        columns, room = self.rows.columns, plot_end - plot
        against = np.array([self.blocks.length(column, AGAINST) for column in columns])
        said = np.array([0.0 if words_above else self._words_width(column) + _GAP for column in columns])
        expected = max(self.blocks.length(column, EXPECTED) for column in columns)
        least_left, least_right = (self._head_room(head) for head in self._axis_heads())
        both = np.min((room - said) / np.maximum(against + expected, 1e-9))
        left_only = np.min((room - least_right - said) / np.maximum(against, 1e-9))
        right_only = (room - max(least_left, float(said.max()))) / max(expected, 1e-9)
        unit = float(max(min(both, left_only, right_only, _WIDEST_UNIT), 0.0))
        left = max(float(np.max(against * unit + said)), least_left)
        spare = room - left - max(expected * unit, least_right)
        return round(plot + left + max(spare, 0.0) / 2), unit

    def _axis_heads(self) -> tuple[str, str]:
        return drawable(_("Speaks against it")), drawable(_("Would be expected anyway"))

    def _head_room(self, head: str) -> float:
        return self.sheet.bold.two_line_width(head) + _GAP

    def _words_width(self, column: int) -> float:
        return max(self.sheet.plain.width(line) for line in words.bar_words(self.assessment, column))

    def put_heads(self) -> None:
        """Put the words over titles, axis and count columns."""
        sheet, plan, muted = self.sheet, self.plan, self.sheet.palette.muted
        left, right = self._axis_heads()
        bold, plain, text = sheet.bold, sheet.plain, sheet.palette.text
        sides = [
            _Head(bold.wrap_evenly(left, plan.zero - plan.plot - _GAP), plan.zero - _GAP, "right", bold, text),
            _Head(bold.wrap_evenly(right, plan.plot_end - plan.zero - _GAP), plan.zero + _GAP, "left", bold, text),
        ]
        start = sheet.left + self.rows.gutter
        room = self.rows.label_width + plan.title_width
        others = [_Head(plain.wrap(drawable(self.rows.head()), room), start, "left", plain, muted)]
        for x, head in zip(plan.counts, self.count_heads, strict=True):
            others.append(_Head(plain.wrap(head, plan.count_width - 4), x, "center", plain, muted))
        if sheet.is_narrow:
            self._put_heads(others)
            sheet.y += _HEADS_GAP
            self._put_heads(sides)
        else:
            self._put_heads([*others, *sides])
        sheet.y += 4

    def _put_heads(self, heads: Sequence[_Head]) -> None:
        """Put words side by side, their last lines on one line, and move down."""
        line_height = self.sheet.plain.line_height
        height = max(len(head.lines) for head in heads) * line_height
        for head in heads:
            top = self.sheet.y + height - len(head.lines) * line_height
            for number, line in enumerate(head.lines):
                baseline = head.face.baseline(top + number * line_height)
                self.sheet.scene.text(head.x, baseline, line, head.face, head.colour, head.anchor)
        self.sheet.y += height

    def put_zero_line(self, placed: Sequence[Row]) -> None:
        """Put the strong line that both sides begin at; only beside the bars where words stand over them."""
        rule = Rule(self.sheet.palette.text, _ZERO_LINE)
        for row in placed:
            top, bottom = row.top, row.bottom
            if self.plan.words_above:
                bottom = self._middles[row.column] + self.block_height / 2 + 4
                top = bottom - self.block_height - 8
            self.sheet.scene.rule(rule, self.plan.zero, top, self.plan.zero, bottom)

    def put_row(self, column: int, stretch: float) -> Row:
        """Put a hypothesis at the present height of the sheet; return where it lies."""
        sheet, plan = self.sheet, self.plan
        lines = self.rows.title_lines(column, plan.title_width)
        title_height = self.rows.title_height(column, lines, plan.title_width)
        line_height = sheet.plain.line_height
        bar_height = self.block_height + line_height + _WORDS_GAP if plan.words_above else self.block_height
        if sheet.is_narrow:
            height = title_height + bar_height + 3 * _ROW_PAD + stretch
            title_top = sheet.y + _ROW_PAD
            counts_middle = title_top + line_height / 2
            middle = sheet.y + height - _ROW_PAD - self.block_height / 2
        else:
            height = max(title_height, bar_height, 2 * line_height) + 2 * _ROW_PAD + stretch
            counts_middle = sheet.y + height / 2
            title_top = counts_middle - title_height / 2
            middle = counts_middle + (bar_height - self.block_height) / 2
        self._middles[column] = middle
        self.rows.put_title(column, lines, title_top, plan.title_width)
        self._put_words(column, middle)
        self._put_side(column, AGAINST, middle, -1)
        self._put_side(column, EXPECTED, middle, 1)
        self._put_counts(column, counts_middle)
        return Row(column, sheet.y, sheet.y + height)

    def _put_words(self, column: int, middle: float) -> None:
        """Put how much speaks against the hypothesis at the left end of its bar, beside or above."""
        sheet, plain, plan = self.sheet, self.sheet.plain, self.plan
        length = self.blocks.length(column, AGAINST)
        colour = sheet.palette.text if length else sheet.palette.muted
        lines = words.bar_words(self.assessment, column)
        end = plan.zero - length * plan.unit
        if plan.words_above:
            text = " ".join(lines)
            x = max(plan.plot, min(end, plan.plot_end - plain.width(text)))
            top = middle - self.block_height / 2 - _WORDS_GAP - plain.line_height
            sheet.scene.text(x, plain.baseline(top), text, plain, colour)
            return
        top = middle - len(lines) * plain.line_height / 2
        for number, line in enumerate(lines):
            baseline = plain.baseline(top + number * plain.line_height)
            sheet.scene.text(end - _GAP, baseline, line, plain, colour, "right")

    def _put_counts(self, column: int, middle: float) -> None:
        sheet = self.sheet
        for x, value in zip(self.plan.counts, COUNTED_APART, strict=True):
            number = len(self.blocks.items(column, value))
            colour = sheet.palette.text if number else sheet.palette.muted
            sheet.scene.text(x, sheet.plain.centre(middle), str(number or "–"), sheet.plain, colour, "center")

    def _put_side(self, column: int, values: Sequence[RatingValue], middle: float, direction: int) -> None:
        """Put the blocks of one side, from the zero line outwards."""
        height, first = self.course_height, middle - self.block_height / 2
        for number, runs in self.blocks.runs(column, values, self.plan.unit):
            x, top = self.plan.zero + direction * _ZERO_LINE / 2, first + number * (height + _COURSE_GAP)
            for value, run in runs:
                area = (x if direction > 0 else x - run.width, top, run.width, height)
                gap = min(1.0, run.width / 6)
                self.sheet.scene.box(self.styles[value], area[0] + gap, top, run.width - 2 * gap, height)
                self._hit_blocks(column, value, run, x, top, direction)
                if len(run.rows) == 1:
                    self._put_block_label(run.rows[0], value, area)
                x += direction * run.width

    def _hit_blocks(self, column: int, value: RatingValue, run: Run, start: float, top: float, direction: int) -> None:
        """Name the items of a run, from the zero line outwards."""
        hypothesis, scene = self.assessment.hypotheses[column], self.sheet.scene
        if not run.is_pointed_at_singly:
            left = start if direction > 0 else start - run.width
            text = words.run_text(len(run.rows), value, self.assessment.label_of(column))
            scene.hit((left, top, run.width, self.course_height), None, hypothesis.id, text)
            return
        x = start
        for row, width in zip(run.rows, run.widths, strict=True):
            left = x if direction > 0 else x - width
            text = words.block_text(self.assessment, row, column)
            scene.hit((left, top, width, self.course_height), self.assessment.items[row].id, hypothesis.id, text)
            x += direction * width

    def _level_labels(self, unit: float) -> int:
        """Return how many items have a block that is wide enough for a level label."""
        plain, widths = self.sheet.plain, self.blocks.weights * unit
        if not np.any(widths >= plain.pixels):
            return 0
        labels = (plain.width(self.sheet.label(item.label)) for item in self.assessment.items)
        return sum(label + 4 <= width for label, width in zip(labels, widths, strict=True))

    def _put_block_label(self, row: int, value: RatingValue, area: Rectangle) -> None:
        """Put the label of the item into its block where it fits."""
        sheet, plain = self.sheet, self.sheet.plain
        x, y, width, height = area
        if width < plain.pixels or not sheet.options.labels:
            return
        label = sheet.label(self.assessment.items[row].label)
        length, thickness = plain.width(label), plain.pixels
        middle_x, middle_y = x + width / 2, y + height / 2
        colour = sheet.palette.blocks[value].text
        if self.is_upright and length + 5 <= height:
            self._put_plate(value, (middle_x - thickness / 2, middle_y - length / 2 - 1, thickness, length + 2))
            baseline = middle_y + length / 2
            sheet.scene.text(plain.centre(middle_x), baseline, label, plain, colour, upright=True)
        elif length + 4 <= width:
            self._put_plate(value, (middle_x - length / 2 - 1, middle_y - thickness / 2, length + 2, thickness))
            sheet.scene.text(middle_x, plain.centre(middle_y), label, plain, colour, "center")

    def _put_plate(self, value: RatingValue, area: Rectangle) -> None:
        """Put a ground under a label that would else stand on a pattern."""
        if self.styles[value].pattern:
            self.sheet.scene.box(Style(self.sheet.palette.base, layer=1), *area)


def block_styles(sheet: Sheet) -> dict[RatingValue, Style]:
    """Return how the blocks of each rating look.

    Without colour: solid II, hatched I, dotted CC, white C; grey with an outline what is only slight.
    """
    patterns = {RatingValue.INCONSISTENT: "lines", RatingValue.VERY_CONSISTENT: "dots"}
    framed = {*EXPECTED, RatingValue.SLIGHTLY_INCONSISTENT} if sheet.options.black_and_white else set(EXPECTED)
    styles = {}
    for value, tone in sheet.palette.blocks.items():
        pattern = patterns.get(value, "") if sheet.options.black_and_white else ""
        outlined = value in framed or bool(pattern)
        styles[value] = Style(tone.fill, tone.line if outlined else None, 1.0, pattern)
    return styles
