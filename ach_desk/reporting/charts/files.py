"""A chart as the bytes of an SVG, PDF or PNG file, without date, person, machine or path."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from threading import Lock
from typing import Any
from xml.sax.saxutils import escape

import numpy as np
from matplotlib import rc_context
from matplotlib.artist import Artist
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from ach_desk.reporting.chart_options import FORMATS, ChartOptions
from ach_desk.reporting.charts.paint import paint, pixels
from ach_desk.reporting.charts.scene import Chart, Scene
from ach_desk.reporting.charts.typography import POINTS_PER_INCH, SCREEN_DPI, drawable

PROGRAM = "ACH Desk"

_SETTINGS: dict[Any, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": PROGRAM,
    "pdf.fonttype": 42,
    "pdf.use14corefonts": False,
}
_settings_lock = Lock()
"""matplotlib reads these from its one table of settings, which two threads must not change at once."""

_SVG_START = re.compile(rb"<!DOCTYPE[^>]*>\s*|(<svg [^>]*>)")
_SVG_FAMILIES = re.compile(rb"<text [^<>]*font-family: [^;\"<>]*")


def file_bytes(chart: Chart, options: ChartOptions, fmt: str) -> bytes:
    """Return the chart in a format of `FORMATS`; raises ValueError for another one."""
    if fmt not in FORMATS:
        raise ValueError(fmt)
    writers: dict[str, Callable[[Chart, ChartOptions], bytes]] = {"svg": _svg, "pdf": _pdf, "png": _png}
    return writers[fmt](chart, options)


class _SceneArtist(Artist):
    """Lets a figure draw a scene, whatever the renderer."""

    def __init__(self, scene: Scene) -> None:
        super().__init__()
        self._scene = scene

    def draw(self, renderer: Any) -> None:
        scale = POINTS_PER_INCH / SCREEN_DPI
        paint(self._scene, renderer, scale, self._scene.height * scale)


def _figure(scene: Scene) -> Figure:
    figure = Figure(figsize=(scene.width / SCREEN_DPI, scene.height / SCREEN_DPI), frameon=False)
    figure.add_artist(_SceneArtist(scene))
    return figure


def _svg(chart: Chart, options: ChartOptions) -> bytes:
    file = BytesIO()
    metadata = {"Title": drawable(chart.title), "Creator": PROGRAM, "Date": None}
    settings = {**_SETTINGS, "svg.fonttype": "path"} if options.outlines else _SETTINGS
    with _settings_lock, rc_context(settings):
        FigureCanvasSVG(_figure(chart.scene)).print_svg(file, metadata=metadata)
    return _SVG_START.sub(_described(chart), _SVG_FAMILIES.sub(rb"\g<0>, sans-serif", file.getvalue()), count=2)


def _described(chart: Chart) -> Callable[[re.Match[bytes]], bytes]:
    """Return the replacement that drops the document type and gives the picture a text for readers."""
    words = f"\n <desc>{escape(drawable(chart.alt_text))}</desc>"

    def replacement(match: re.Match[bytes]) -> bytes:
        return match[1].replace(b"<svg ", b'<svg role="img" ', 1) + words.encode() if match[1] else b""

    return replacement


def _pdf(chart: Chart, _options: ChartOptions) -> bytes:
    from matplotlib.backends.backend_pdf import FigureCanvasPdf  # slow to load, and few charts are saved so

    file = BytesIO()
    metadata = {
        "Title": drawable(chart.title),
        "Subject": drawable(chart.caption),
        "Creator": PROGRAM,
        "Producer": None,
    }
    with _settings_lock, rc_context(_SETTINGS):
        FigureCanvasPdf(_figure(chart.scene)).print_pdf(file, metadata={**metadata, "CreationDate": None})
    return file.getvalue()


def _png(chart: Chart, options: ChartOptions) -> bytes:
    from matplotlib.image import imsave

    file = BytesIO()
    width, height, rgba = pixels(chart.scene, options.scale)
    metadata = {"Title": drawable(chart.title), "Description": drawable(chart.alt_text), "Software": None}
    rows = np.frombuffer(rgba, np.uint8).reshape(height, width, 4)
    imsave(file, rows, format="png", dpi=round(SCREEN_DPI * options.scale), metadata=metadata)
    return file.getvalue()
