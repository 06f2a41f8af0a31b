"""What a chart is asked for and what comes back. Plain data, so that the window can name it without matplotlib."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ach_desk.reporting.chart_names import OF_MATERIAL, OF_RESULTS

if TYPE_CHECKING:
    from ach_desk.model import Matrix

OF_SCORES = ("consistency", "ranking", "heatmap")
KINDS = (*OF_SCORES, "timeline")
"""The charts that are drawn from an assessment alone."""
OF_ANALYSTS = ("disagreement",)
"""The charts of several analysts, drawn from `chart_material.Material` as those of what the order rests on."""
FROM_MATERIAL = (*OF_MATERIAL, *OF_ANALYSTS)
ALL_KINDS = (*KINDS, *FROM_MATERIAL)
EVERY_KIND = (*ALL_KINDS, *OF_RESULTS)
AS_IN_MATRIX = "matrix"
"""`ChartOptions.order` of hypotheses that stand as they do in the matrix, and not the least contradicted first."""
LONGEST_FIRST = "longest"
"""`ChartOptions.order` of items with a bar beside them: the longest bar first, and not as in the matrix."""
TRACKS = ("event", "learned")
"""The dates of a timeline: when something happened, and when the analyst could first know it."""
FORMATS = ("svg", "pdf", "png")
DATA = "csv"
"""The format of the numbers behind a chart."""


def kinds_for(matrix: Matrix) -> tuple[str, ...]:
    """Return the kinds that are offered for a matrix: those of several analysts only where several have rated."""
    has_several = sum(any(sheet.values()) for sheet in matrix.sheets.values()) > 1
    return tuple(kind for kind in EVERY_KIND if has_several or kind not in OF_ANALYSTS)


@dataclass(frozen=True)
class ChartOptions:
    """How a chart is drawn.

    width_px: width of the picture in its own pixels, at least 320 logical ones. height_px: it becomes at least so high
    where its rows can take the room; None is the natural height. A picture grows to what it has to show: nothing in it
    is ever cut.
    scale: pixels of the picture per logical pixel of the screen (1 at 96 dpi, 2 on a high-resolution screen).
    palette: "light", "dark" or "print"; `black_and_white` draws patterns in place of colours instead.
    hues: a pair of `hues.HUES` for what fits and what contradicts, "" for blue and orange.
    marking: on top and bottom of the picture; notice: under the title; analyst and date: in the footer; "" for none.
    is_group: `analyst` is no person but the median of several.
    show_weights: blocks are as wide as their item weighs; else all are alike.
    labels: blocks carry the label of their item, and the cells of a heat map their symbol, where it fits.
    order: "" for what is usual; else `AS_IN_MATRIX` in charts of hypotheses, `LONGEST_FIRST` in those with bars beside
        items.
    rows: which rows of a chart of hypotheses are drawn, from (0 is the first) and up to; None is all of them. Bars are
        as long as they would be beside the others.
    positive_scores: scores are written without their minus sign.
    hide_totals: nothing that gives the standing away is drawn (consistency and ranking say so instead).
    font_family: tried before the bundled font; "" for none. font_size: in points, of the larger of two text sizes.
    outlines: an SVG draws its text as shapes, which look the same wherever they are shown, instead of as text.
    head: whether title and notice stand above; a window that says both itself has more room for the rest.
    tracks: which of `TRACKS` a timeline shows. period: the part of time it shows, from and to as days (the fraction of
        a day counts) in the numbering of `date.toordinal`; None is all of it.
    """

    width_px: int = 900
    height_px: int | None = None
    scale: float = 1.0
    palette: str = "light"
    black_and_white: bool = False
    hues: str = ""
    marking: str = ""
    notice: str = ""
    analyst: str = ""
    is_group: bool = False
    date: str = ""
    show_weights: bool = True
    labels: bool = True
    order: str = ""
    rows: tuple[int, int] | None = None
    positive_scores: bool = False
    hide_totals: bool = False
    font_family: str = ""
    font_size: float = 10.0
    outlines: bool = False
    head: bool = True
    tracks: tuple[str, ...] = TRACKS
    period: tuple[float, float] | None = None


@dataclass(frozen=True)
class HitBox:
    """A rectangle of the picture, in its pixels from the top left, and what it shows, in words.

    A box that stands for a whole row names only its hypothesis or only its item.
    """

    x: float
    y: float
    width: float
    height: float
    evidence_id: str | None
    hypothesis_id: str | None
    text: str


@dataclass(frozen=True)
class TimeAxis:
    """Where the time of a timeline lies in its picture, in pixels: `start` at `left` and `end` at `right`, as days.

    tracks: name, top and bottom of each. is_whole: all of time is shown.
    """

    left: float
    right: float
    start: float
    end: float
    tracks: tuple[tuple[str, float, float], ...]
    is_whole: bool

    def day_at(self, x: float) -> float:
        """Return the moment, as a day with its fraction, at a place between or beside the ends."""
        return self.start + (x - self.left) / (self.right - self.left) * (self.end - self.start)

    def place_of(self, day: float) -> float:
        """Return where a moment is."""
        return self.left + (day - self.start) / (self.end - self.start) * (self.right - self.left)


@dataclass(frozen=True)
class Picture:
    """A drawn chart. axis: of a timeline that shows any date.

    rgba: width x height pixels, 4 bytes each, row by row from the top, not premultiplied.
    caption: what the chart shows and its finding, in one sentence. alt_text: the same with its rows, for those who
    cannot see it. subject: what the chart shows without the finding, which is its title.
    """

    width: int
    height: int
    rgba: bytes
    hits: tuple[HitBox, ...]
    caption: str
    alt_text: str
    subject: str
    axis: TimeAxis | None = None
