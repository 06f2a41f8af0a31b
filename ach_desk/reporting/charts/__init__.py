"""The charts: pictures with hit boxes for the window, and the same charts as SVG, PDF and PNG.

Importing this package is cheap; matplotlib is imported with the first chart.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ach_desk.reporting.chart_material import Material
from ach_desk.reporting.chart_options import (
    ALL_KINDS,
    DATA,
    FORMATS,
    FROM_MATERIAL,
    KINDS,
    OF_MATERIAL,
    OF_RESULTS,
    ChartOptions,
    HitBox,
    Picture,
    TimeAxis,
)
from ach_desk.reporting.charts.table import Table

__all__ = [
    "ALL_KINDS",
    "DATA",
    "FORMATS",
    "FROM_MATERIAL",
    "KINDS",
    "OF_MATERIAL",
    "OF_RESULTS",
    "ChartOptions",
    "HitBox",
    "Material",
    "Picture",
    "Table",
    "TimeAxis",
    "alternative_text",
    "caption",
    "draw",
    "is_empty",
    "save",
    "table",
]

_FINE = 8


def draw(kind: str, subject: Any, options: ChartOptions) -> Picture:
    """Return the chart as pixels with hit boxes.

    subject: the assessment for a kind in `KINDS`, the material for one in `FROM_MATERIAL`, for one in `OF_RESULTS` the
    subject that its module names; raises ValueError for another kind or subject.

    Meant for a worker thread: it touches no state but caches of its own, and no single call into C is long.
    """
    from ach_desk.reporting.charts.compose import compose
    from ach_desk.reporting.charts.paint import pixels

    chart = compose(kind, subject, options)
    width, height, rgba = pixels(chart.scene, options.scale)
    hits = tuple(chart.scene.hits_at(options.scale))
    return Picture(
        width, height, rgba, hits, chart.caption, chart.alt_text, chart.subject, chart.scene.axis_at(options.scale)
    )


def save(kind: str, subject: Any, options: ChartOptions, fmt: str) -> bytes:
    """Return the chart as a file of a format in `FORMATS`, or the numbers behind it as `DATA`.

    Raises ValueError for another kind or format, or a subject that the kind is not drawn from.

    The same chart gives the same bytes: no date, person, machine or path is written into them. SVG keeps text as
    text, PDF embeds its fonts.
    """
    if fmt == DATA:
        return table(kind, subject).csv(options.marking)
    from ach_desk.reporting.charts.compose import compose
    from ach_desk.reporting.charts.files import file_bytes

    laid_out = options if fmt == "png" else _finely_measured(options)
    return file_bytes(compose(kind, subject, laid_out), options, fmt)


def _finely_measured(options: ChartOptions) -> ChartOptions:
    """Return options for the same layout, whose texts are measured at a size at which pixels do not count.

    Text of a few pixels is up to 6 % wider or narrower on a screen than in a vector format, and lines would be cut.
    """
    height = None if options.height_px is None else options.height_px * _FINE
    return replace(options, width_px=options.width_px * _FINE, height_px=height, scale=options.scale * _FINE)


def table(kind: str, subject: Any) -> Table:
    """Return the numbers behind the chart: a header, and rows of plain, exact values; raises ValueError as `draw`."""
    from ach_desk.reporting.charts.compose import check
    from ach_desk.reporting.charts.data import TABLES

    check(kind, subject)
    return TABLES[kind](subject)


def is_empty(kind: str, subject: Any) -> bool:
    """Return whether a chart of what the order rests on or of results has nothing to draw; raises as `draw`."""
    from ach_desk.reporting.charts.compose import check, words_of

    check(kind, subject)
    return words_of(kind).is_empty(subject)


def caption(kind: str, subject: Any) -> str:
    """Return what the chart shows in one sentence, without drawing it; raises ValueError as `draw`."""
    from ach_desk.reporting.charts.compose import check, words_of

    check(kind, subject)
    return words_of(kind).caption(kind, subject)


def alternative_text(kind: str, subject: Any) -> str:
    """Return the chart for those who cannot see it: its caption, then its rows; raises ValueError as `draw`."""
    from ach_desk.reporting.charts.compose import check, words_of

    check(kind, subject)
    return words_of(kind).alternative_text(kind, subject)
