"""A report as one web page that needs nothing else: no script, no file beside it, nothing from the network.

Texts reach the page through jinja2's automatic escaping; the charts stand in it as SVG with their text as text, in
colours that follow the reader's light or dark scheme. Wide charts come a second time in a narrow layout for phones.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from ach_desk import paths
from ach_desk.i18n import _
from ach_desk.model import RatingValue
from ach_desk.reporting.palette import DARK, PALETTES, WEB, colours, slug
from ach_desk.reporting.report.file_options import FileOptions
from ach_desk.reporting.report.model import Block, Picture, Pictures, Report

_WIDE_PX, _NARROW_PX = 880, 360
_NARROW_KINDS = frozenset({"consistency", "ranking"})
_PREVIEW_PX, _SHARP = 600, 2
_TAG = re.compile(r"<[^<>]+>")
_STYLE = re.compile(r'(?<= style=")[^"]*')
_COLOUR = re.compile(r"#[0-9a-f]{6}")
_NAME = re.compile(r'(?<= id=")|(?<=url\(#)|(?<=href="#)')
_LEFT_OUT = re.compile(r"\A.*?(?=<svg )|<metadata>.*?</metadata>\s*|<defs>\s*<style.*?</style>\s*</defs>\s*", re.DOTALL)
_SIZE = re.compile(r' (?:width|height)="[^"]*"')


def render(report: Report, pictures: Pictures, _options: FileOptions | None = None) -> bytes:
    """Return the page; raises what `pictures` raises."""
    numbers = iter(range(10_000))

    def drawn(picture: Picture) -> Markup:
        wide = _inline(picture, _WIDE_PX, next(numbers), pictures)
        if picture.kind not in _NARROW_KINDS:
            return Markup('<div class="chart scroll">{}</div>').format(wide)
        small = _inline(picture, _NARROW_PX, next(numbers), pictures)
        return Markup('<div class="wide">{}</div><div class="small">{}</div>').format(wide, small)

    style = Markup((paths.resources() / "report" / "page.css").read_text(encoding="utf-8"))
    return _page(
        "page.html.j2", report, drawn, style=style, light=colours(WEB), dark=colours(DARK), picture_width=0
    ).encode()


def preview(report: Report, pictures: Pictures, palette: str) -> tuple[str, dict[str, bytes]]:
    """Return the report as Qt's rich text shows it, in a palette of `PALETTES`, and its pictures as PNG by name."""
    drawings: dict[str, bytes] = {}

    def drawn(picture: Picture) -> str:
        options = replace(picture.options, palette=palette, width_px=_SHARP * _PREVIEW_PX, scale=_SHARP, marking="")
        name = f"chart:{len(drawings)}"
        drawings[name] = pictures(replace(picture, options=options), "png")
        return name

    page = _page("preview.html.j2", report, drawn, colours=colours(PALETTES[palette]), picture_width=_PREVIEW_PX)
    return page, drawings


def _page(template: str, report: Report, drawn: Callable[[Picture], str], **more: Any) -> str:
    environment = Environment(
        loader=FileSystemLoader(paths.resources() / "report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"drawn": drawn, "lines": _lines, "slug": slug, "kind": _kind, "css": _css_string}
    environment.globals |= {
        "ratings": [slug(value) for value in (*RatingValue, None)],
        "unrated": _("not rated"),
        "table_word": _("Table"),
        "contents_word": _("Contents"),
        "skip_word": _("Skip to the report"),
    }
    return environment.get_template(template).render(report=report, **more)


def _kind(block: Block) -> str:
    return type(block).__name__


def _lines(text: str) -> Markup:
    """Return a text escaped, with its line ends as breaks."""
    return Markup("<br>").join(escape(line) for line in text.split("\n"))


def _css_string(text: str) -> Markup:
    """Return a text as a string of a style sheet in which no character can mean anything else."""
    safe = "".join(char if char.isascii() and char.isalnum() else f"\\{ord(char):06x} " for char in text)
    return Markup(f'"{safe}"')


def _inline(picture: Picture, width: int, number: int, pictures: Pictures) -> Markup:
    """Return a picture as SVG inside the page: its names its own, its colours those of the page."""
    palette = picture.options.palette if picture.options.black_and_white else WEB.name
    options = replace(picture.options, palette=palette, width_px=width, marking="")
    svg = _LEFT_OUT.sub("", pictures(replace(picture, options=options), "svg").decode())
    start, rest = svg.split(">", 1)
    svg = f"{_SIZE.sub('', start)}>{rest}"
    # Only inside tags: what an analyst wrote stands between them, escaped, and is left alone.
    return Markup(_TAG.sub(lambda tag: _own(tag[0], number), svg))


def _own(tag: str, number: int) -> str:
    tag = _NAME.sub(f"c{number}-", tag)
    return _STYLE.sub(lambda style: _COLOUR.sub(_variable, style[0]), tag)


def _variable(colour: re.Match[str]) -> str:
    name = _VARIABLES.get(colour[0])
    return f"var(--{name})" if name is not None else colour[0]


_VARIABLES = {colour: name for name, colour in colours(WEB).items()}
