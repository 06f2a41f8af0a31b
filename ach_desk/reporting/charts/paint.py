"""Painting a scene on any matplotlib renderer, and on pixels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil
from typing import Any

import numpy as np
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.colors import to_rgb
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Affine2D, IdentityTransform

from ach_desk.reporting.charts.scene import Rectangle, Rule, Scene, Style, TextRun
from ach_desk.reporting.charts.typography import POINTS_PER_INCH, SCREEN_DPI

_MOST_AT_ONCE = 400
"""Boxes per call: a call into C keeps the keyboard waiting while it lasts."""

_PATTERN_STEP = 5.0
_PATTERN_LINE = 0.9
_DOT = 1.0
_BOX_CODES = [Path.MOVETO, Path.LINETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY]


def pixels(scene: Scene, scale: float) -> tuple[int, int, bytes]:
    """Return the scene as (width, height, RGBA bytes) with `scale` pixels per logical pixel."""
    width, height = ceil(scene.width * scale), ceil(scene.height * scale)
    renderer = RendererAgg(width, height, SCREEN_DPI * scale)
    paint(scene, renderer, scale, height)
    return width, height, bytes(renderer.buffer_rgba())


def paint(scene: Scene, renderer: Any, scale: float, height: float) -> None:
    """Paint the scene on a matplotlib renderer whose canvas is `height` units high, `scale` units per logical pixel.

    Pixels get text as remembered masks; other renderers get it as text.
    """
    place = Affine2D.from_values(scale, 0, 0, -scale, 0, height)
    _paint_boxes(renderer, place, Style(scene.background), [(0, 0, scene.width, scene.height)])
    for style in sorted(scene.boxes, key=lambda style: style.layer):
        for some in _chunks(scene.boxes[style]):
            _paint_boxes(renderer, place, style, some)
    for rule, ends in scene.rules.items():
        _paint_rules(renderer, place, rule, ends)
    for run in scene.texts:
        if isinstance(renderer, RendererAgg):
            _paint_mask(renderer, run, scale, height)
        else:
            _paint_text(renderer, run, scale, height)


def _chunks(boxes: Sequence[Rectangle]) -> Iterator[Sequence[Rectangle]]:
    for start in range(0, len(boxes), _MOST_AT_ONCE):
        yield boxes[start : start + _MOST_AT_ONCE]


def _paint_boxes(renderer: Any, place: Affine2D, style: Style, boxes: Sequence[Rectangle]) -> None:
    context = _context(renderer, style.line or style.fill, style.line_width if style.line else 0.0)
    renderer.draw_path(context, _box_path(boxes), place, to_rgb(style.fill) if style.fill else None)
    context.restore()
    if style.pattern == "dots" and style.line:
        dots = [dot for box in boxes for dot in _dots(box)]
        _paint_boxes(renderer, place, Style(style.line), dots or [(0, 0, 0, 0)])
    elif style.pattern == "lines" and style.line:
        ends = [line for box in boxes for line in _slanted_lines(box)]
        context = _context(renderer, style.line, _PATTERN_LINE)
        context.set_snap(False)
        renderer.draw_path(context, _line_path(ends), place)
        context.restore()


def _box_path(boxes: Sequence[Rectangle]) -> Path:
    x, y, width, height = np.array(boxes, float).T
    corners = np.stack([x, y, x + width, y, x + width, y + height, x, y + height, x, y], axis=1)
    return Path(corners.reshape(-1, 2), np.tile(_BOX_CODES, len(boxes)))


def _line_path(ends: Sequence[Rectangle]) -> Path:
    return Path(np.array(ends, float).reshape(-1, 2), [Path.MOVETO, Path.LINETO] * len(ends))


def _slanted_lines(box: Rectangle) -> Iterator[Rectangle]:
    """Yield the ends of the lines that hatch a box, clipped to it; those of neighbours run on."""
    x, y, width, height = box
    first = -(x + y) % _PATTERN_STEP
    for distance in np.arange(first, width + height, _PATTERN_STEP):
        yield (
            x + min(distance, width),
            y + max(distance - width, 0.0),
            x + max(distance - height, 0.0),
            y + min(distance, height),
        )


def _dots(box: Rectangle) -> Iterator[Rectangle]:
    """Yield the small squares that dot a box, every second row shifted by half a step."""
    x, y, width, height = box
    for number, top in enumerate(np.arange(y + 2.0, y + height - 2.0, _PATTERN_STEP / 2)):
        for left in np.arange(x + 2.0 + number % 2 * _PATTERN_STEP / 2, x + width - 2.0, _PATTERN_STEP):
            yield float(left), float(top), _DOT, _DOT


def _paint_rules(renderer: Any, place: Affine2D, rule: Rule, ends: Sequence[Rectangle]) -> None:
    context = _context(renderer, rule.colour, rule.width)
    renderer.draw_path(context, _line_path(ends), place)
    context.restore()


def _context(renderer: Any, colour: str | None, width: float) -> Any:
    """Return a graphics context for lines of `width` logical pixels; renderers take points."""
    context = renderer.new_gc()
    context.set_foreground(colour or "none")
    context.set_linewidth(width * POINTS_PER_INCH / SCREEN_DPI)
    context.set_capstyle("butt")
    context.set_joinstyle("miter")
    context.set_snap(True)
    return context


def _paint_mask(renderer: RendererAgg, run: TextRun, scale: float, height: float) -> None:
    mask, left, lower = run.font.mask(run.text)
    if run.upright:
        mask, left, lower = np.rot90(mask[::-1])[::-1], -lower - len(mask), left
    picture = np.empty((*mask.shape, 4), np.uint8)
    picture[..., :3] = np.round(np.array(to_rgb(run.colour)) * 255)
    picture[..., 3] = mask
    context = renderer.new_gc()
    x = round(_left_end(run) * scale) + left
    renderer.draw_image(context, x, round(height - run.baseline * scale) + lower, picture)
    context.restore()


def _paint_text(renderer: Any, run: TextRun, scale: float, height: float) -> None:
    context = _context(renderer, run.colour, 0.0)
    anchor = Text(run.x * scale, height - run.baseline * scale, run.text, ha=run.anchor, transform=IdentityTransform())
    y = run.baseline * scale if renderer.flipy() else height - run.baseline * scale
    properties, angle = run.font.properties(run.text), 90 if run.upright else 0
    renderer.draw_text(context, _left_end(run) * scale, y, run.text, properties, angle, ismath=False, mtext=anchor)
    context.restore()


def _left_end(run: TextRun) -> float:
    share = {"left": 0.0, "center": 0.5, "right": 1.0}[run.anchor]
    return run.x - share * run.font.width(run.text) if share else run.x
