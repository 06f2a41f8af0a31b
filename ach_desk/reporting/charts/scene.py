"""A chart as a list of boxes, rules and texts in logical pixels from the top left, before anything is drawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from ach_desk.reporting.chart_options import HitBox, TimeAxis
from ach_desk.reporting.charts.typography import Font

Rectangle = tuple[float, float, float, float]
"""x, y, width, height."""


@dataclass(frozen=True)
class Style:
    """How a box looks. Boxes of a higher layer lie over those of a lower one.

    pattern: "lines", "dots" or "" for none, drawn in the colour of the line.
    """

    fill: str | None = None
    line: str | None = None
    line_width: float = 1.0
    pattern: str = ""
    layer: int = 0


@dataclass(frozen=True)
class Rule:
    """How a straight line looks."""

    colour: str
    width: float = 1.0


@dataclass(frozen=True)
class TextRun:
    """A line of text; `baseline` is its y, and `x` its left end, middle or right end as `anchor` says.

    An upright one reads from bottom to top: `baseline` is then the y of its left end, and `x` that of its baseline.
    """

    x: float
    baseline: float
    text: str
    font: Font
    colour: str
    anchor: str = "left"
    upright: bool = False


@dataclass
class Scene:
    """What is drawn. Things of one style are kept together, so that each style is one call to the renderer."""

    width: float
    background: str
    height: float = 0.0
    boxes: dict[Style, list[Rectangle]] = field(default_factory=dict)
    rules: dict[Rule, list[Rectangle]] = field(default_factory=dict)
    texts: list[TextRun] = field(default_factory=list)
    hits: list[HitBox] = field(default_factory=list)
    axis: TimeAxis | None = None

    def box(self, style: Style, x: float, y: float, width: float, height: float) -> None:
        """Add a rectangle."""
        self.boxes.setdefault(style, []).append((x, y, width, height))

    def rule(self, rule: Rule, x: float, y: float, x_end: float, y_end: float) -> None:
        """Add a straight line between two points."""
        self.rules.setdefault(rule, []).append((x, y, x_end, y_end))

    def text(
        self,
        x: float,
        baseline: float,
        text: str,
        font: Font,
        colour: str,
        anchor: str = "left",
        *,
        upright: bool = False,
    ) -> None:
        """Add a line of text; an empty one is nothing."""
        if text:
            self.texts.append(TextRun(x, baseline, text, font, colour, anchor, upright))

    def hit(
        self, area: Rectangle, evidence: str | None, hypothesis: str | None, text: str, position: int | None = None
    ) -> None:
        """Name what an area shows; in the order of reading, `position` is its place among the others."""
        box = HitBox(*area, evidence, hypothesis, text)
        self.hits.insert(len(self.hits) if position is None else position, box)

    def hits_at(self, scale: float) -> Iterator[HitBox]:
        """Yield the hit boxes in pixels of a picture of that scale."""
        for hit in self.hits:
            yield replace(hit, x=hit.x * scale, y=hit.y * scale, width=hit.width * scale, height=hit.height * scale)

    def axis_at(self, scale: float) -> TimeAxis | None:
        """Return the axis of time in pixels of a picture of that scale; None for a chart without one."""
        axis = self.axis
        if axis is None:
            return None
        tracks = tuple((name, top * scale, bottom * scale) for name, top, bottom in axis.tracks)
        return replace(axis, left=axis.left * scale, right=axis.right * scale, tracks=tracks)


@dataclass(frozen=True)
class Chart:
    """A laid-out chart with its words."""

    scene: Scene
    title: str
    caption: str
    alt_text: str
    subject: str
