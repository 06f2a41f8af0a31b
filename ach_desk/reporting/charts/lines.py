"""Rows of a chart: label and full title at the left, or above on a narrow sheet, and room for what is drawn beside."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ach_desk.reporting.charts.scene import Rule
from ach_desk.reporting.charts.sheet import Sheet
from ach_desk.reporting.charts.typography import drawable

_PAD = 7.0
_GAP = 16.0
_MEASURED = 400
_USUAL_SHARE = 0.36
_MOST_WIDTH = 400.0
_MOST_SHARE = 0.48


@dataclass(frozen=True)
class Line:
    """A row: its label and title, a muted note below, and what it stands for.

    height: what is drawn beside it needs, in logical pixels. text: what the row says when it is pointed at. before:
    words of a section that begins with this row.
    """

    label: str
    title: str
    height: float
    text: str
    note: str = ""
    evidence: str | None = None
    hypothesis: str | None = None
    before: str = ""


class Lines:
    """The rows of one chart. What is drawn beside them lies between `left` and `right`."""

    def __init__(self, sheet: Sheet, lines: Sequence[Line]) -> None:
        """Take the sheet to draw on and all rows of the chart."""
        self.sheet = sheet
        self.lines = lines
        self.labels = [sheet.label(line.label) for line in lines]
        widest = max(map(sheet.bold.width, self.labels), default=0.0)
        self.label_width = widest + 8 if widest else 0.0
        self.right = sheet.right
        if sheet.is_narrow:
            self.title_width, self.left = sheet.width - self.label_width, sheet.left
        else:
            self.title_width = self._title_width()
            self.left = round(sheet.left + self.label_width + self.title_width + _GAP)

    def _title_width(self) -> float:
        plain = self.sheet.plain
        texts = [drawable(text[:_MEASURED]) for line in self.lines for text in (line.title, line.note) if text]
        whole = max(map(plain.width, texts), default=0.0)
        word = max(map(plain.longest_word, texts), default=0.0)
        usual = min(_USUAL_SHARE * self.sheet.width, _MOST_WIDTH)
        return max(min(whole, usual), min(word, _MOST_SHARE * self.sheet.width)) + 1

    @property
    def room(self) -> float:
        """Return the width beside the titles."""
        return self.right - self.left

    def put_all(self, put: Callable[[int, float], None], stretch: float) -> None:
        """Put every row; `put(number, middle)` draws what stands beside the title, around a height `middle`."""
        for number in range(len(self.lines)):
            self._put(number, put, stretch)

    def _put(self, number: int, put: Callable[[int, float], None], stretch: float) -> None:
        sheet, line = self.sheet, self.lines[number]
        if line.before:
            self._put_section(line.before)
        sheet.scene.rule(sheet.thin, sheet.left, sheet.y, sheet.right, sheet.y)
        titles = sheet.title_lines(line.title, self.title_width, len(self.lines))
        notes = sheet.plain.wrap(drawable(line.note), self.title_width) if line.note else []
        text_height = (len(titles) + len(notes)) * sheet.plain.line_height
        top, first = sheet.y, len(sheet.scene.hits)
        if sheet.is_narrow:
            height = text_height + line.height + 2 * _PAD + 4 + stretch
            text_top, middle = top + _PAD, top + height - _PAD - line.height / 2
        else:
            height = max(text_height, line.height) + 2 * _PAD + stretch
            middle = top + height / 2
            text_top = middle - text_height / 2
        start = sheet.left + self.label_width
        scene, palette = sheet.scene, sheet.palette
        scene.text(sheet.left, sheet.bold.baseline(text_top), self.labels[number], sheet.bold, palette.text)
        sheet.lines(titles, sheet.plain, palette.text, start, text_top, self.title_width)
        below = text_top + len(titles) * sheet.plain.line_height
        sheet.lines(notes, sheet.plain, palette.muted, start, below, self.title_width)
        put(number, middle)
        scene.hit((sheet.left, top, sheet.width, height), line.evidence, line.hypothesis, line.text, first)
        sheet.y = top + height

    def _put_section(self, words: str) -> None:
        sheet = self.sheet
        sheet.y += 10
        sheet.scene.rule(Rule(sheet.palette.strong_line, 1.0), sheet.left, sheet.y, sheet.right, sheet.y)
        sheet.y += 5
        sheet.paragraph(drawable(words), sheet.plain, sheet.palette.muted)
        sheet.y += 2

    def put_ends(self, left: str, right: str) -> None:
        """Put the words for both ends above what is drawn beside the titles, each with an arrow."""
        sheet = self.sheet
        start, end = drawable(f"← {left}"), drawable(f"{right} →")
        half = self.room / 2 - 4
        columns = [sheet.plain.wrap(text, half) for text in (start, end)]
        for texts, x, anchor in zip(columns, (self.left, self.right), ("left", "right"), strict=True):
            for place, text in enumerate(texts):
                baseline = sheet.plain.baseline(sheet.y + place * sheet.plain.line_height)
                sheet.scene.text(x, baseline, text, sheet.plain, sheet.palette.muted, anchor)
        sheet.y += max(map(len, columns)) * sheet.plain.line_height + 4
