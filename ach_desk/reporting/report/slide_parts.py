"""The pieces of a PowerPoint file as XML: every text is escaped, so that it is only ever the text of an element.

Written as strings and parsed once a table: made element by element, a long report took twice as long.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape

from pptx.oxml import parse_xml
from pptx.oxml.ns import qn

from ach_desk.reporting.glyphs import is_right_to_left
from ach_desk.reporting.report.slide_flow import PADDING, TableCell, TablePiece
from ach_desk.reporting.report.slide_text import Run, Words

EMU_PER_POINT = 12700
_NAMESPACE = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
_NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""PowerPoint's name for a table without any look of its own."""

_THIN, _STRONG = 6350, 12700


def emu(points: float) -> Any:
    """Return a length in the unit of the file."""
    return round(points * EMU_PER_POINT)


def fill_body(body: Any, paragraphs: Sequence[Words], colour: str) -> None:
    """Put paragraphs into a body of text in place of what it has. colour: of runs that have none."""
    for old in body.findall(qn("a:p")):
        body.remove(old)
    body.extend(list(parse_xml(f"<a:txBody {_NAMESPACE}>{_paragraphs(paragraphs, colour)}</a:txBody>")))


def _paragraphs(paragraphs: Sequence[Words], colour: str) -> str:
    return "".join(_paragraph(words, colour) for words in paragraphs) or "<a:p/>"


def _paragraph(words: Words, colour: str) -> str:
    rtl = not words.text.isascii() and is_right_to_left(words.text)
    looks = ""
    if words.indent:
        looks += f' mar{"R" if rtl else "L"}="{emu(words.indent)}"'
        looks += f' indent="{-emu(words.indent) if words.bullet else 0}"'
    if align := words.align or ("r" if rtl else ""):
        looks += f' algn="{align}"'
    if rtl:
        looks += ' rtl="1"'
    before = f'<a:spcBef><a:spcPts val="{round(100 * words.before)}"/></a:spcBef>' if words.before else ""
    runs = "".join(_run(run, words.size, colour) for run in words.runs)
    end = f'<a:endParaRPr sz="{round(100 * words.size)}"/>'
    return f"<a:p><a:pPr{looks}>{before}{_mark(words.bullet)}</a:pPr>{runs}{end}</a:p>"


def _mark(bullet: str) -> str:
    if not bullet:
        return "<a:buNone/>"
    if bullet == "–":
        return '<a:buChar char="–"/>'
    return f'<a:buAutoNum type="arabicPeriod" startAt="{int(bullet.rstrip("."))}"/>'


def _run(run: Run, size: float, colour: str) -> str:
    if not run.text:
        return ""
    strike = ' strike="sngStrike"' if run.strike else ""
    looks = f'sz="{round(100 * size)}" b="{int(run.bold)}"{strike}'
    return f"<a:r><a:rPr {looks}>{_paint(run.colour or colour)}</a:rPr><a:t>{escape(run.text)}</a:t></a:r>"


def _paint(colour: str) -> str:
    """Return a ground or a colour of letters; it comes from a palette, never from the analysis."""
    return f'<a:solidFill><a:srgbClr val="{colour.removeprefix("#").upper()}"/></a:solidFill>'


def table(piece: TablePiece, text: str, rules: tuple[str, str]) -> Any:
    """Return a table (``a:tbl``). text: colour of letters; rules: of thin and of strong lines."""
    grid = "".join(f'<a:gridCol w="{emu(width)}"/>' for width in piece.widths)
    rows = []
    for number, row in enumerate(piece.rows):
        cells = "".join(_cell(cell, text, rules, is_head=number == 0) for cell in row.cells)
        rows.append(f'<a:tr h="{emu(row.height)}">{cells}</a:tr>')
    looks = f'<a:tblPr firstRow="1"><a:tableStyleId>{_NO_STYLE}</a:tableStyleId></a:tblPr>'
    return parse_xml(f"<a:tbl {_NAMESPACE}>{looks}<a:tblGrid>{grid}</a:tblGrid>{''.join(rows)}</a:tbl>")


def _cell(cell: TableCell, text: str, rules: tuple[str, str], *, is_head: bool) -> str:
    margins = " ".join(f'mar{side}="{emu(PADDING)}"' for side in "LRTB")
    line = f'<a:lnB w="{_STRONG if is_head else _THIN}">{_paint(rules[is_head])}</a:lnB>'
    ground = _paint(cell.fill) if cell.fill else "<a:noFill/>"
    return (
        f"<a:tc><a:txBody><a:bodyPr/><a:lstStyle/>{_paragraphs(cell.paragraphs, text)}</a:txBody>"
        f'<a:tcPr {margins} anchor="{"b" if is_head else "ctr"}">{line}{ground}</a:tcPr></a:tc>'
    )
