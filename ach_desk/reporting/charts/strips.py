"""Strips: per row where each hypothesis stands between least and most contradicted, ties in one frame.

A row is a way of adding up, or a what-if; so what moves from row to row is seen at once. No hypothesis has a colour.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil, sqrt

from ach_desk.i18n import _
from ach_desk.reporting.charts.lines import Line, Lines
from ach_desk.reporting.charts.scene import Style
from ach_desk.reporting.charts.sheet import Sheet
from ach_desk.reporting.charts.timescale import lanes
from ach_desk.reporting.charts.typography import drawable

_CELL_PAD = 5.0
_GROUP_GAP = 6.0
_LANE_GAP = 3.0
_MOST_ACROSS = 8


@dataclass(frozen=True)
class Strip:
    """A row of the chart.

    name, note: at its left. ranks: column -> rank. places: column -> 0 (least contradicted) to 1. texts: column -> what
    the mark says. before: words of a section that begins with this row. apart: said beside it in place of marks.
    """

    name: str
    note: str
    ranks: Mapping[int, int]
    places: Mapping[int, float]
    texts: Mapping[int, str] = field(default_factory=dict)
    before: str = ""
    apart: str = ""

    def groups(self) -> list[list[int]]:
        """Return the columns by rank, those that tie together."""
        by_rank: dict[int, list[int]] = {}
        for column, rank in self.ranks.items():
            by_rank.setdefault(rank, []).append(column)
        return [by_rank[rank] for rank in sorted(by_rank)]


@dataclass(frozen=True)
class _Group:
    """Hypotheses of one rank in one strip: where the frame lies, and how many stand in a line of it."""

    columns: Sequence[int]
    left: float
    width: float
    across: int
    lane: int

    @property
    def lines(self) -> int:
        return ceil(len(self.columns) / self.across)


class Strips:
    """The strips of one chart being put on a sheet."""

    def __init__(
        self, sheet: Sheet, strips: Sequence[Strip], labels: Mapping[int, str], ids: Mapping[int, str]
    ) -> None:
        """Take the sheet, the rows, and label and id of each column."""
        self.sheet = sheet
        self.strips = strips
        self.ids = ids
        self.labels = {column: sheet.label(label) for column, label in labels.items()}
        self.cell = max(map(sheet.bold.width, self.labels.values()), default=0.0) + 2 * _CELL_PAD
        self.line_height = sheet.plain.line_height + 3.0
        self.tied = drawable(_("tied"))
        bare = Lines(sheet, [self._line(strip, 0.0) for strip in strips])
        self.placed = [self._place(strip, bare.left, bare.room) for strip in strips]
        self.lane_heights = [_lane_heights(groups, self.line_height) for groups in self.placed]
        self.lines = Lines(
            sheet,
            [
                self._line(strip, max(sum(heights) + _LANE_GAP * max(len(heights) - 1, 0), self.line_height))
                for strip, heights in zip(strips, self.lane_heights, strict=True)
            ],
        )

    def _line(self, strip: Strip, height: float) -> Line:
        said = [", ".join(self.labels[column] for column in group) for group in strip.groups()]
        order = "; ".join(f"{number}. {names}" for number, names in enumerate(said, 1))
        text = "\n".join(part for part in (strip.name, strip.apart or order) if part)
        return Line("", strip.name, height, text, note=strip.note, before=strip.before)

    def put(self, left: str, right: str, stretch: float) -> int:
        """Put the words for both ends and all strips; return how many."""
        self.lines.put_ends(left, right)
        self.lines.put_all(self._put_strip, stretch)
        return len(self.strips)

    def _place(self, strip: Strip, start: float, room: float) -> list[_Group]:
        groups = strip.groups()
        sizes = [self._size(len(group), room) for group in groups]
        span = room - max((width for _across, width in sizes), default=0.0)
        lefts = [start + strip.places[group[0]] * span for group in groups]
        extents = [(left, left + width) for left, (_across, width) in zip(lefts, sizes, strict=True)]
        found = lanes(extents, _GROUP_GAP)
        return [
            _Group(group, left, width, across, lane)
            for group, left, (across, width), lane in zip(groups, lefts, sizes, found, strict=True)
        ]

    def _size(self, count: int, room: float) -> tuple[int, float]:
        """Return how many of a group stand in a line, and how wide the group is with the word "tied"."""
        word = self.sheet.plain.width(self.tied) + _CELL_PAD if count > 1 else 0.0
        most = max(1, int((room - word) / self.cell))
        across = min(count if count <= 4 else ceil(sqrt(count) * 1.5), most, _MOST_ACROSS)
        return across, across * self.cell + word

    def _put_strip(self, number: int, middle: float) -> None:
        sheet, strip = self.sheet, self.strips[number]
        heights = self.lane_heights[number]
        if not heights:
            lines = sheet.plain.wrap(drawable(strip.apart), self.lines.room, 1)
            sheet.scene.text(
                self.lines.left, sheet.plain.centre(middle), "".join(lines), sheet.plain, sheet.palette.muted
            )
            return
        top = middle - (sum(heights) + _LANE_GAP * (len(heights) - 1)) / 2
        tops = [top + sum(heights[:lane]) + _LANE_GAP * lane for lane in range(len(heights))]
        self._put_line(self.placed[number], tops[0] + self.line_height / 2)
        for place, group in enumerate(self.placed[number]):
            self._put_group(strip, group, tops[group.lane], is_first=place == 0)

    def _put_line(self, groups: Sequence[_Group], y: float) -> None:
        """Put the line of the scale, from group to group of the topmost lane: it runs through no label."""
        at = self.lines.left
        for group in sorted((group for group in groups if group.lane == 0), key=lambda group: group.left):
            if group.left > at:
                self.sheet.scene.rule(self.sheet.thin, at, y, group.left, y)
            at = group.left + group.width
        if at < self.lines.right:
            self.sheet.scene.rule(self.sheet.thin, at, y, self.lines.right, y)

    def _put_group(self, strip: Strip, group: _Group, top: float, *, is_first: bool) -> None:
        sheet, palette = self.sheet, self.sheet.palette
        width, height = group.across * self.cell, group.lines * self.line_height
        line = Style(palette.base, palette.text if is_first else palette.bar.line, 2.0 if is_first else 1.0, layer=1)
        sheet.scene.box(line, group.left, top, width, height)
        face = sheet.bold if is_first else sheet.plain
        for place, column in enumerate(group.columns):
            x = group.left + place % group.across * self.cell
            y = top + place // group.across * self.line_height
            baseline = face.centre(y + self.line_height / 2)
            sheet.scene.text(x + self.cell / 2, baseline, self.labels[column], face, palette.text, "center")
            area = (x, y, self.cell, self.line_height)
            sheet.scene.hit(area, None, self.ids[column], strip.texts.get(column, self.labels[column]))
        if len(group.columns) > 1:
            baseline = sheet.plain.centre(top + self.line_height / 2)
            sheet.scene.text(group.left + width + _CELL_PAD, baseline, self.tied, sheet.plain, palette.muted)


def _lane_heights(groups: Sequence[_Group], line_height: float) -> list[float]:
    heights: dict[int, float] = {}
    for group in groups:
        heights[group.lane] = max(heights.get(group.lane, 0.0), group.lines * line_height)
    return [heights[lane] for lane in sorted(heights)]
