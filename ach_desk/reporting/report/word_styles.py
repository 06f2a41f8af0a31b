"""The styles of a Word file: those of a template as they are, the program's own where there is none."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from ach_desk.reporting.palette import Palette
from ach_desk.reporting.report.word_parts import element, new

FONT = "Arial"
"""Every system has it, or one of the same widths."""

CELL, HEAD, SMALL, ANSWER, NOTICE, CONTENTS = "ACH Cell", "ACH Column", "ACH Note", "ACH Answer", "ACH Notice", "toc 1"
_NEEDED = ("Title", "Heading 1", "Heading 2", "Heading 3", "Caption", "List Bullet", "List Number", "Quote")
_SIZES = {"Title": 20, "Heading 1": 14, "Heading 2": 11.5, "Heading 3": 10.5, "Caption": 9}
_BRIEF = 0.88


def prepare(document: Any, palette: Palette, language: str, *, own: bool, brief: bool) -> dict[str, str]:
    """Give the document all styles that a report uses; return their ids by name.

    own: there is no house template, so the program's own look is given to all of them.
    """
    _complete(document)
    if own:
        _dress(document, palette, _BRIEF if brief else 1.0)
    size = _size(document)
    _added(document, CELL, size - 1)
    _added(document, HEAD, size - 2, bold=True)
    _added(document, SMALL, size - 1.5, colour=palette.muted)
    _added(document, ANSWER, size + 2, colour=palette.accent, bold=True)
    _ruled(_added(document, NOTICE, size), palette)
    _added(document, CONTENTS, size, after=2)
    if brief:
        _close_up(document)
    _speak(document, language)
    return {style.name: style.style_id for style in document.styles if style.type == WD_STYLE_TYPE.PARAGRAPH}


def _complete(document: Any) -> None:
    """Take the styles that the document does not have from the library's own document."""
    import docx

    have = {style.name for style in document.styles}
    missing = [name for name in _NEEDED if name not in have]
    if missing:
        ours = docx.Document()
        for name in missing:
            copied = deepcopy(ours.styles[name].element)
            for numbering in list(copied.iter(qn("w:numPr"))):  # the number of a list that the document does not have
                numbering.getparent().remove(numbering)
            document.styles.element.append(copied)


def _dress(document: Any, palette: Palette, scale: float) -> None:
    normal = document.styles["Normal"]
    _set_font(normal, 10 * scale, palette.text)
    normal.paragraph_format.space_after = Pt(5 * scale)
    normal.paragraph_format.space_before = Pt(0)
    normal.paragraph_format.line_spacing = 1.08
    for name, size in _SIZES.items():
        style = document.styles[name]
        _set_font(style, size * scale, palette.muted if name == "Caption" else palette.text)
        style.font.bold = name != "Caption"
        style.paragraph_format.keep_with_next = True
        style.paragraph_format.space_before = Pt(
            {"Heading 1": 16, "Heading 2": 11, "Heading 3": 8}.get(name, 4) * scale
        )
        style.paragraph_format.space_after = Pt(4 * scale)
        for border in list(style.element.iter(qn("w:pBdr"))):
            border.getparent().remove(border)
    for name in ("Header", "Footer"):
        _set_font(document.styles[name], 8, palette.muted)
    document.styles["Title"].font.size = Pt(20 * (scale if scale == 1 else 0.75))


def _set_font(style: Any, size: float, colour: str) -> None:
    style.font.name = FONT
    fonts = style.element.rPr.find(qn("w:rFonts"))
    for name in list(fonts.attrib):
        if "heme" in name:
            del fonts.attrib[name]
    for name in ("w:ascii", "w:hAnsi", "w:cs"):
        fonts.set(qn(name), FONT)
    style.font.size = Pt(size)
    style.font.color.rgb = RGBColor.from_string(colour.removeprefix("#").upper())


def _size(document: Any) -> float:
    """Return the size of ordinary text in points."""
    size = document.styles["Normal"].font.size
    return size.pt if size is not None else 11.0


def _added(
    document: Any, name: str, size: float, *, colour: str = "", bold: bool = False, after: float | None = None
) -> Any:
    if name in {style.name for style in document.styles}:
        return document.styles[name]
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    style.font.size = Pt(size)
    style.font.bold = bold or None
    if colour:
        style.font.color.rgb = RGBColor.from_string(colour.removeprefix("#").upper())
    style.paragraph_format.space_after = Pt(0 if name in (CELL, HEAD) else after if after is not None else 4)
    return style


def _ruled(style: Any, palette: Palette) -> None:
    """Give a style a ground and a rule at the beginning of its lines."""
    properties = style.element.get_or_add_pPr()
    borders = new("pBdr")
    element(borders, "left", val="single", sz=24, space=6, color=palette.accent.removeprefix("#"))
    shade = new("shd", val="clear", color="auto", fill="F2F2F2")
    spacing = properties.find(qn("w:spacing"))
    for made in (borders, shade):
        spacing.addprevious(made) if spacing is not None else properties.append(made)


def _close_up(document: Any) -> None:
    """Make the distances small: everything belongs on one page."""
    for name, before, after in (("Heading 1", 6, 2), ("Title", 0, 2), ("Normal", 0, 2), ("Caption", 2, 2)):
        document.styles[name].paragraph_format.space_before = Pt(before)
        document.styles[name].paragraph_format.space_after = Pt(after)
    document.styles["Normal"].paragraph_format.line_spacing = 1.0


def _speak(document: Any, language: str) -> None:
    """Say the language of the texts, for spelling and for screen readers."""
    for found in document.styles.element.iter(qn("w:lang")):
        found.set(qn("w:val"), language.replace("_", "-"))
