"""The pieces of a Word file, made element by element: a text is always the text of an element, never markup or code."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from lxml.etree import SubElement, _Element

from ach_desk.reporting.glyphs import is_right_to_left

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_TAGS = {name: qn(f"w:{name}") for name in ("p", "r", "t", "br", "rPr", "b", "tbl", "tr", "tc")}


@dataclass(frozen=True)
class Look:
    """How a run looks beside the style of its paragraph. size: in points, 0 for the style's; colour: ``#rrggbb``."""

    bold: bool = False
    colour: str = ""
    size: float = 0
    strike: bool = False


PLAIN = Look()
BOLD = Look(bold=True)


def element(parent: _Element, name: str, /, **attributes: str | int) -> _Element:
    """Append an element of WordprocessingML with attributes of it; return it."""
    return SubElement(parent, qn(f"w:{name}"), {qn(f"w:{key}"): str(value) for key, value in attributes.items()})


def new(name: str, /, **attributes: str | int) -> Any:
    """Return an element of WordprocessingML that stands nowhere yet."""
    made = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), str(value))
    return made


def paragraph(
    parent: _Element, style: str | None, text: str = "", *, keep: bool | None = None, align: str = ""
) -> _Element:
    """Append an empty paragraph in a style (an id); return it.

    text: what will stand in it, by which it is told whether it runs from right to left. keep: whether it stays with the
    next; None for what its style says.
    """
    made = SubElement(parent, _TAGS["p"])
    rtl = not text.isascii() and is_right_to_left(text)
    if style is not None or keep is not None or align or rtl:
        properties = element(made, "pPr")
        if style is not None:
            element(properties, "pStyle", val=style)
        if keep is not None:
            element(properties, "keepNext", val=int(keep))
        if rtl:
            element(properties, "bidi")
        if align:
            element(properties, "jc", val=align)
    return made


def run(parent: _Element, text: str, look: Look = PLAIN) -> None:
    """Append a text with its line ends."""
    if not text:
        return
    made = SubElement(parent, _TAGS["r"])
    _dress(made, look, rtl=not text.isascii() and is_right_to_left(text))
    for number, line in enumerate(text.split("\n")):
        if number:
            SubElement(made, _TAGS["br"])
        part = SubElement(made, _TAGS["t"], {_SPACE: "preserve"})
        part.text = line


def _dress(made: _Element, look: Look, rtl: bool = False) -> None:
    """Say how a run looks; the order of the properties is that of the schema."""
    if look == PLAIN and not rtl:
        return
    properties = SubElement(made, _TAGS["rPr"])
    if look.bold:
        SubElement(properties, _TAGS["b"])
    if look.strike:
        element(properties, "strike")
    if look.colour:
        element(properties, "color", val=look.colour.removeprefix("#"))
    if look.size:
        element(properties, "sz", val=round(2 * look.size))
        element(properties, "szCs", val=round(2 * look.size))
    if rtl:
        element(properties, "rtl")


def field(parent: _Element, code: str, shown: str, look: Look = PLAIN) -> None:
    """Append a field of ours with what it shows until it is reckoned anew."""
    _mark(parent, "begin")
    _code(parent, code)
    _mark(parent, "separate")
    run(parent, shown, look)
    _mark(parent, "end")


def open_field(parent: _Element, code: str) -> None:
    """Append the beginning of a field whose result is in several paragraphs; `close_field` ends it."""
    _mark(parent, "begin")
    _code(parent, code)
    _mark(parent, "separate")


def close_field(parent: _Element) -> None:
    """Append the end of the field that was opened."""
    _mark(parent, "end")


def _mark(parent: _Element, kind: str) -> None:
    element(element(parent, "r"), "fldChar", fldCharType=kind)


def _code(parent: _Element, code: str) -> None:
    part = element(element(parent, "r"), "instrText")
    part.set(_SPACE, "preserve")
    part.text = f" {code} "


def bookmarked(parent: _Element, name: str, number: int, text: str) -> None:
    """Append a text with a bookmark around it."""
    element(parent, "bookmarkStart", id=number, name=name)
    run(parent, text)
    element(parent, "bookmarkEnd", id=number)


def link(parent: _Element, bookmark: str, text: str) -> None:
    """Append a text that leads to a bookmark of the same file."""
    run(element(parent, "hyperlink", anchor=bookmark, history=1), text)


@dataclass(frozen=True)
class CellLook:
    """A cell of a table: its paragraphs, each of runs (text, look), its alignment and its ground (``#rrggbb``)."""

    paragraphs: Sequence[Sequence[tuple[str, Look]]]
    align: str = ""
    fill: str = ""
    bottom: bool = False


@dataclass(frozen=True)
class RowLook:
    """A row of a table. head: repeated on every page. tall: may be cut by the end of one."""

    cells: Sequence[CellLook]
    head: bool = False
    tall: bool = False


def table(
    parent: _Element,
    widths: Sequence[int],
    rows: Iterable[RowLook],
    styles: tuple[str, str],
    colours: tuple[str, str],
    alt: str,
) -> _Element:
    """Append a table of fixed column widths in twentieths of a point; return it.

    styles: of cells and of column heads (ids). colours: of thin and of strong rules. alt: what it shows, for those who
    cannot see it.
    """
    made = SubElement(parent, _TAGS["tbl"])
    _table_properties(made, sum(widths), colours[0], alt)
    grid = element(made, "tblGrid")
    for width in widths:
        element(grid, "gridCol", w=width)
    for entry in rows:
        _row(made, entry, widths, styles[entry.head], colours[1])
    return made


def _table_properties(made: _Element, width: int, colour: str, alt: str) -> None:
    properties = element(made, "tblPr")
    element(properties, "tblW", w=width, type="dxa")
    borders = element(properties, "tblBorders")
    for side in ("top", "bottom", "insideH"):
        element(borders, side, val="single", sz=4, space=0, color=colour.removeprefix("#"))
    element(properties, "tblLayout", type="fixed")
    margins = element(properties, "tblCellMar")
    for side, size in (("top", 40), ("left", 60), ("bottom", 40), ("right", 60)):
        element(margins, side, w=size, type="dxa")
    element(properties, "tblLook", val="0420", firstRow=1, lastRow=0, firstColumn=1, lastColumn=0, noHBand=0, noVBand=1)
    if alt:
        element(properties, "tblCaption", val=alt)


def _row(made: _Element, entry: RowLook, widths: Sequence[int], style: str, strong: str) -> None:
    line = SubElement(made, _TAGS["tr"])
    if entry.head or not entry.tall:
        properties = element(line, "trPr")
        if not entry.tall:
            element(properties, "cantSplit")
        if entry.head:
            element(properties, "tblHeader")
    for cell, width in zip(entry.cells, widths, strict=True):
        place = SubElement(line, _TAGS["tc"])
        properties = element(place, "tcPr")
        element(properties, "tcW", w=width, type="dxa")
        if entry.head:
            border = element(properties, "tcBorders")
            element(border, "bottom", val="single", sz=8, space=0, color=strong.removeprefix("#"))
        if cell.fill:
            element(properties, "shd", val="clear", color="auto", fill=cell.fill.removeprefix("#"))
        element(properties, "vAlign", val="bottom" if entry.head else "center")
        for words in cell.paragraphs or ((),):
            part = paragraph(place, style, words[0][0] if words else "", align=cell.align)
            for text, look in words:
                run(part, text, look)
