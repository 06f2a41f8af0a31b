"""The charts: pictures with hit boxes for the window, and the same charts as SVG, PDF and PNG.

Importing this package is cheap; matplotlib is imported with the first chart.
"""

from __future__ import annotations

from dataclasses import replace

from ach_desk.reporting.chart_options import FORMATS, KINDS, ChartOptions, HitBox, Picture, TimeAxis
from ach_desk.scoring import Assessment

__all__ = ["FORMATS", "KINDS", "ChartOptions", "HitBox", "Picture", "TimeAxis", "caption", "draw", "save"]

_FINE = 8


def draw(kind: str, assessment: Assessment, options: ChartOptions) -> Picture:
    """Return the chart of a kind in `KINDS` as pixels with hit boxes; raises ValueError for another kind.

    Meant for a worker thread: it touches no state but caches of its own, and no single call into C is long.
    """
    from ach_desk.reporting.charts.compose import compose
    from ach_desk.reporting.charts.paint import pixels

    chart = compose(kind, assessment, options)
    width, height, rgba = pixels(chart.scene, options.scale)
    hits = tuple(chart.scene.hits_at(options.scale))
    return Picture(
        width, height, rgba, hits, chart.caption, chart.alt_text, chart.subject, chart.scene.axis_at(options.scale)
    )


def save(kind: str, assessment: Assessment, options: ChartOptions, fmt: str) -> bytes:
    """Return the chart as a file of a format in `FORMATS`; raises ValueError for another kind or format.

    The same chart gives the same bytes: no date, person, machine or path is written into them. SVG keeps text as
    text, PDF embeds its fonts.
    """
    from ach_desk.reporting.charts.compose import compose
    from ach_desk.reporting.charts.files import file_bytes

    laid_out = options if fmt == "png" else _finely_measured(options)
    return file_bytes(compose(kind, assessment, laid_out), options, fmt)


def _finely_measured(options: ChartOptions) -> ChartOptions:
    """Return options for the same layout, whose texts are measured at a size at which pixels do not count.

    Text of a few pixels is up to 6 % wider or narrower on a screen than in a vector format, and lines would be cut.
    """
    height = None if options.height_px is None else options.height_px * _FINE
    return replace(options, width_px=options.width_px * _FINE, height_px=height, scale=options.scale * _FINE)


def caption(kind: str, assessment: Assessment) -> str:
    """Return what the chart shows in one sentence, without drawing it; raises ValueError for an unknown kind."""
    from ach_desk.reporting.charts.compose import words_of

    if kind not in KINDS:
        raise ValueError(kind)
    return words_of(kind).caption(kind, assessment)
