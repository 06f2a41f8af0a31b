"""The pieces of a PowerPoint file, made element by element: a text is only ever the text of an element."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lxml.etree import SubElement, _Element
from pptx.oxml.ns import qn

from ach_desk.reporting.glyphs import is_right_to_left
from ach_desk.reporting.report.slide_flow import PADDING, TableCell, TablePiece
from ach_desk.reporting.report.slide_text import Run, Words

EMU_PER_POINT = 12700
NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""PowerPoint's name for a table without any look of its own."""

_THIN, _STRONG = 6350, 12700
_TAGS = {name: qn(f"a:{name}") for name in ("p", "pPr", "r", "rPr", "t", "solidFill", "srgbClr", "endParaRPr")}


def emu(points: float) -> Any:
    """Return a length in the unit of the file."""
    return round(points * EMU_PER_POINT)


def fill_body(body: _Element, paragraphs: Sequence[Words], colour: str) -> None:
    """Put paragraphs into a body of text in place of what it has. colour: of runs that have none."""
    for old in body.findall(_TAGS["p"]):
        body.remove(old)
    for words in paragraphs:
        _paragraph(body, words, colour)
    if not paragraphs:
        SubElement(body, _TAGS["p"])


def _paragraph(body: _Element, words: Words, colour: str) -> None:
    made = SubElement(body, _TAGS["p"])
    properties = SubElement(made, _TAGS["pPr"])
    rtl = not words.text.isascii() and is_right_to_left(words.text)
    if words.indent:
        properties.set("marR" if rtl else "marL", str(emu(words.indent)))
        properties.set("indent", str(-emu(words.indent) if words.bullet else 0))
    if align := words.align or ("r" if rtl else ""):
        properties.set("algn", align)
    if rtl:
        properties.set("rtl", "1")
    if words.before:
        before = SubElement(properties, qn("a:spcBef"))
        SubElement(before, qn("a:spcPts"), val=str(round(100 * words.before)))
    if words.bullet == "–":
        SubElement(properties, qn("a:buChar"), char="–")
    elif words.bullet:
        SubElement(properties, qn("a:buAutoNum"), type="arabicPeriod", startAt=words.bullet.rstrip("."))
    else:
        SubElement(properties, qn("a:buNone"))
    for run in words.runs:
        _run(made, run, words.size, colour)
    SubElement(made, _TAGS["endParaRPr"], sz=_size(words.size))


def _run(made: _Element, run: Run, size: float, colour: str) -> None:
    if not run.text:
        return
    part = SubElement(made, _TAGS["r"])
    properties = SubElement(part, _TAGS["rPr"], sz=_size(size), b=str(int(run.bold)), dirty="0")
    if run.strike:
        properties.set("strike", "sngStrike")
    _paint(properties, run.colour or colour)
    SubElement(part, _TAGS["t"]).text = run.text


def _size(points: float) -> str:
    return str(round(100 * points))


def _paint(parent: _Element, colour: str) -> None:
    SubElement(SubElement(parent, _TAGS["solidFill"]), _TAGS["srgbClr"], val=colour.removeprefix("#").upper())


def fill_table(table: _Element, piece: TablePiece, text: str, rules: tuple[str, str]) -> None:
    """Put rows into a table (``a:tbl``) that has as many. text: colour of letters; rules: of thin and strong lines."""
    properties = table.find(qn("a:tblPr"))
    properties.attrib.clear()
    properties.set("firstRow", "1")
    style = properties.find(qn("a:tableStyleId"))
    style.text = NO_STYLE
    for column, width in zip(table.find(qn("a:tblGrid")), piece.widths, strict=True):
        column.set("w", str(emu(width)))
    for number, (line, row) in enumerate(zip(table.findall(qn("a:tr")), piece.rows, strict=True)):
        line.set("h", str(emu(row.height)))
        for place, cell in zip(line.findall(qn("a:tc")), row.cells, strict=True):
            _fill_cell(place, cell, text, rules, is_head=number == 0)


def _fill_cell(place: _Element, cell: TableCell, text: str, rules: tuple[str, str], *, is_head: bool) -> None:
    fill_body(place.find(qn("a:txBody")), cell.paragraphs, text)
    properties = place.find(qn("a:tcPr"))
    if properties is None:
        properties = SubElement(place, qn("a:tcPr"))
    for side in ("marL", "marR", "marT", "marB"):
        properties.set(side, str(emu(PADDING)))
    properties.set("anchor", "b" if is_head else "ctr")
    line = SubElement(properties, qn("a:lnB"), w=str(_STRONG if is_head else _THIN))
    _paint(line, rules[is_head])
    if cell.fill:
        _paint(properties, cell.fill)
    else:
        SubElement(properties, qn("a:noFill"))
