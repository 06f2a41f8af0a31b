"""The timeline: each item at its date, on one track for when it happened and one for when it was learned.

Few items are marks with their labels; where they would no longer be told apart, bars say how many there are.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from ach_desk.i18n import _, ngettext
from ach_desk.model.spans import Span
from ach_desk.reporting.chart_options import TimeAxis
from ach_desk.reporting.charts import timeline_words as says
from ach_desk.reporting.charts.scene import Rule, Style
from ach_desk.reporting.charts.sheet import Sheet
from ach_desk.reporting.charts.timescale import Bin, bins, lanes, ticks, whole_period, within_time
from ach_desk.reporting.charts.typography import drawable
from ach_desk.scoring import STRONG_SPREAD, Assessment

MOST_MARKS = 250
"""More items on a track than these are counted instead of drawn."""

_MOST_LANES = 14
_POINT = 9.0
_GAP = 4.0
_LANE_GAP = 6.0
_LONG_SHARE = 0.25
_TICK_GAP = 16.0
_TALLEST_BIN = 72.0
_LEAST_BIN_WIDTH = 6.0


class _Mark(NamedTuple):
    """An item on a track. left, right: of the mark itself; text_x: where its label begins."""

    row: int
    left: float
    right: float
    text_x: float
    is_point: bool

    def extent(self, text_width: float) -> tuple[float, float]:
        return min(self.left, self.text_x), max(self.right, self.text_x + text_width)


def lay_out(sheet: Sheet, assessment: Assessment, _stretch: float) -> int:
    """Put the timeline on the sheet; return the number of tracks that could be higher: none."""
    tracks = {track: _dated(assessment, track) for track in sheet.options.tracks}
    tracks = {track: found for track, found in tracks.items() if found}
    if not tracks:
        sheet.sentence_alone(says.empty_sentence(assessment))
        return 0
    _Timeline(sheet, assessment, tracks).put()
    return 0


def _dated(assessment: Assessment, track: str) -> dict[int, Span]:
    """Return the rows of the items with a date on the track."""
    spans = ((row, says.track_span(item, track)) for row, item in enumerate(assessment.items))
    return {row: span for row, span in spans if span is not None}


class _Timeline:
    """One timeline being put on a sheet."""

    def __init__(self, sheet: Sheet, assessment: Assessment, tracks: dict[str, dict[int, Span]]) -> None:
        self.sheet = sheet
        self.assessment = assessment
        self.tracks = tracks
        whole = whole_period([span for spans in tracks.values() for span in spans.values()])
        self.start, self.end = whole if sheet.options.period is None else within_time(*sheet.options.period)
        self.is_whole = sheet.options.period is None
        self.unit = sheet.width / (self.end - self.start)
        wide = sheet.plain.width("2023-06-23") + _TICK_GAP
        self.ticks = ticks(self.start, self.end, int(sheet.width / wide))
        spread = np.nan_to_num(assessment.standing.diagnosticity)
        hidden = sheet.options.hide_totals
        self.strong = np.zeros(len(spread), bool) if hidden else (spread >= STRONG_SPREAD) & assessment.table.counted
        self.labels: dict[int, str] = {}

    def put(self) -> None:
        """Put the tracks one below the other between two lines of days: a high picture is seen in part."""
        self._put_days()
        top = self.sheet.y
        places = []
        for track, spans in self.tracks.items():
            start = self.sheet.y
            self._put_head(track, spans)
            self._put_track(track, spans)
            self.sheet.y += 8
            places.append((track, start, self.sheet.y))
        sheet = self.sheet
        for tick in self.ticks:
            sheet.scene.rule(sheet.thin, self._x(tick.day), top, self._x(tick.day), sheet.y)
        sheet.scene.rule(Rule(sheet.palette.strong_line, 1.0), sheet.left, sheet.y, sheet.right, sheet.y)
        self._put_days()
        sheet.scene.axis = TimeAxis(sheet.left, sheet.right, self.start, self.end, tuple(places), self.is_whole)

    def _x(self, day: float) -> float:
        return self.sheet.left + (day - self.start) * self.unit

    def _is_seen(self, span: Span) -> bool:
        return span.last + 1 > self.start and span.first < self.end

    # The head and the axis

    def _put_head(self, track: str, spans: dict[int, Span]) -> None:
        sheet = self.sheet
        earlier = sum(1 for span in spans.values() if span.last + 1 <= self.start)
        later = sum(1 for span in spans.values() if span.first >= self.end)
        beyond = []
        if earlier:
            beyond.append(ngettext("{count} earlier", "{count} earlier", earlier).format(count=earlier))
        if later:
            beyond.append(ngettext("{count} later", "{count} later", later).format(count=later))
        text = drawable(says.track_title(track))
        sheet.lines([text], sheet.bold, sheet.palette.muted, sheet.left, sheet.y, sheet.width)
        note = drawable(" · ".join(beyond))
        sheet.scene.text(sheet.right, sheet.plain.baseline(sheet.y), note, sheet.plain, sheet.palette.muted, "right")
        sheet.y += sheet.bold.line_height + 4

    def _put_days(self) -> None:
        sheet = self.sheet
        for tick in self.ticks:
            half = sheet.plain.width(tick.text) / 2
            middle = min(max(self._x(tick.day), sheet.left + half), sheet.right - half)
            baseline = sheet.plain.baseline(sheet.y + 2)
            sheet.scene.text(middle, baseline, tick.text, sheet.plain, sheet.palette.muted, "center")
        sheet.y += sheet.plain.line_height + 4

    # The items

    def _put_track(self, track: str, spans: dict[int, Span]) -> None:
        seen = {row: span for row, span in spans.items() if self._is_seen(span)}
        if len(seen) <= MOST_MARKS:
            marks = [self._mark(row, span) for row, span in seen.items()]
            extents = [mark.extent(self._label_width(mark.row)) for mark in marks]
            placed = self._lanes(extents)
            if max(placed, default=0) < _MOST_LANES:
                self._put_marks(track, marks, extents, placed)
                return
        self._put_bins(seen)

    def _lanes(self, extents: Sequence[tuple[float, float]]) -> list[int]:
        """Return the line of each mark: long bars, which say little, stand below all others."""
        is_long = [right - left > _LONG_SHARE * self.sheet.width for left, right in extents]
        found = [0] * len(extents)
        first = 0
        for these in (False, True):
            numbers = [number for number in range(len(extents)) if is_long[number] == these]
            placed = lanes([extents[number] for number in numbers], _LANE_GAP)
            for number, lane in zip(numbers, placed, strict=True):
                found[number] = first + lane
            first += max(placed, default=-1) + 1
        return found

    def _mark(self, row: int, span: Span) -> _Mark:
        sheet, width = self.sheet, self._label_width(row)
        left, right = self._x(span.first), self._x(span.last + 1)
        is_point = span.is_day
        if is_point:
            middle = (left + right) / 2
            left, right = middle - _POINT / 2, middle + _POINT / 2
        else:
            left, right = max(left, sheet.left), min(max(right, left + _POINT), sheet.right)
            left = min(left, right - _GAP)
        if not is_point and width + 2 * _GAP <= right - left:
            text_x = left + _GAP
        elif right + _GAP + width <= sheet.right:
            text_x = right + _GAP
        else:
            text_x = left - _GAP - width
        return _Mark(row, left, right, text_x, is_point)

    def _label(self, row: int) -> str:
        if row not in self.labels:
            self.labels[row] = self.sheet.label(self.assessment.items[row].label)
        return self.labels[row]

    def _label_width(self, row: int) -> float:
        return self.sheet.bold.width(self._label(row))

    def _put_marks(
        self, track: str, marks: Sequence[_Mark], extents: Sequence[tuple[float, float]], placed: Sequence[int]
    ) -> None:
        sheet, height = self.sheet, self.sheet.plain.line_height + 3.0
        order = sorted(range(len(marks)), key=lambda number: (marks[number].left, placed[number]))
        for number in order:
            mark, top = marks[number], sheet.y + placed[number] * height
            self._put_mark(mark, top)
            left, right = max(extents[number][0] - 2, 0.0), min(extents[number][1] + 2, sheet.scene.width)
            item = self.assessment.items[mark.row]
            sheet.scene.hit((left, top, right - left, height), item.id, None, says.mark_text(item, track))
        sheet.y += (max(placed, default=-1) + 1) * height
        if not marks:
            self._put_nothing_here()

    def _put_mark(self, mark: _Mark, top: float) -> None:
        sheet, height = self.sheet, float(self.sheet.plain.line_height)
        middle = top + height / 2
        size = _POINT if mark.is_point else height - 2
        sheet.scene.box(self._style(mark), mark.left, middle - size / 2, mark.right - mark.left, size)
        inside = mark.left < mark.text_x < mark.right
        colour = self._text_on_bar(mark) if inside else sheet.palette.text
        if not self.assessment.items[mark.row].is_counted:
            colour = sheet.palette.muted
        sheet.scene.text(mark.text_x, sheet.bold.centre(middle), self._label(mark.row), sheet.bold, colour)

    def _style(self, mark: _Mark) -> Style:
        """Return how a mark looks: dark for an item that stands out, hollow for one set aside, pale for a bar."""
        palette = self.sheet.palette
        if not self.assessment.items[mark.row].is_counted:
            return Style(palette.base, palette.muted, 1.0, layer=1)
        if self.strong[mark.row]:
            return Style(palette.text if mark.is_point else palette.bar.fill, palette.text, 1.0, layer=1)
        if mark.is_point:
            return Style(palette.bar.fill, palette.bar.line, 1.0, layer=1)
        return Style(palette.window, palette.bar.line, 1.0, layer=1)

    def _text_on_bar(self, mark: _Mark) -> str:
        return self.sheet.palette.bar.text if self.strong[mark.row] else self.sheet.palette.text

    def _put_nothing_here(self) -> None:
        sheet = self.sheet
        text = drawable(_("Nothing in this period."))
        sheet.lines([text], sheet.plain, sheet.palette.muted, sheet.left, sheet.y, sheet.width)
        sheet.y += sheet.plain.line_height

    # Many items

    def _put_bins(self, seen: dict[int, Span]) -> None:
        sheet = self.sheet
        rows = np.fromiter(seen, np.int64, len(seen))
        firsts = np.array([span.first for span in seen.values()], np.int64)
        found = bins(firsts, self.strong[rows], self.start, self.end, int(sheet.width / _LEAST_BIN_WIDTH))
        most = max(one.number for one in found)
        bottom = sheet.y + _TALLEST_BIN
        for one in found:
            self._put_bin(one, most, bottom)
        text = ngettext("at most {count} item", "at most {count} items", most).format(count=most)
        sheet.scene.text(
            sheet.right, sheet.plain.baseline(sheet.y), drawable(text), sheet.plain, sheet.palette.muted, "right"
        )
        sheet.y = bottom

    def _put_bin(self, one: Bin, most: int, bottom: float) -> None:
        sheet, palette = self.sheet, self.sheet.palette
        left, right = max(self._x(one.first), sheet.left), min(self._x(one.last + 1), sheet.right)
        width = max(right - left - 1, 1.0)
        height = _TALLEST_BIN * one.number / most
        sheet.scene.box(Style(palette.bar.fill), left, bottom - height, width, height)
        if one.strong:
            dark = _TALLEST_BIN * one.strong / most
            sheet.scene.box(Style(palette.text, layer=1), left, bottom - dark, width, dark)
        text = says.bin_text(one.number, one.first, one.last)
        sheet.scene.hit((left, bottom - _TALLEST_BIN, width, _TALLEST_BIN), None, None, text)
