"""A report as a Word file: real headings, a contents field, tables that repeat their heads, pictures with their text.

Texts are only ever the text of an element; fields are ours alone.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Emu, Mm

from ach_desk.i18n import _
from ach_desk.model import RatingValue
from ach_desk.reporting.document import CHART_FONT_SIZE
from ach_desk.reporting.palette import Palette
from ach_desk.reporting.print_colours import paper_palette
from ach_desk.reporting.print_options import PAPER_SIZES
from ach_desk.reporting.report import word_frame, word_styles
from ach_desk.reporting.report.file_options import FileOptions
from ach_desk.reporting.report.model import (
    Align,
    Block,
    BulletList,
    Callout,
    Cell,
    Fact,
    FactList,
    Heading,
    Paragraph,
    Picture,
    Pictures,
    Report,
    Row,
    Section,
    Style,
    Table,
)
from ach_desk.reporting.report.office import sealed, sign
from ach_desk.reporting.report.tables import has_tall, parts, tables
from ach_desk.reporting.report.word_lists import Lists
from ach_desk.reporting.report.word_parts import (
    BOLD,
    PLAIN,
    CellLook,
    Look,
    RowLook,
    bookmarked,
    close_field,
    field,
    link,
    open_field,
    paragraph,
    run,
    table,
)
from ach_desk.reporting.report.word_template import opened

_MARGIN_MM, _BRIEF_MARGIN_MM = 20, 15
_TWIPS_PER_PX = 15
_EMU_PER_TWIP = 635
_SHARP = 3
_MOST_COLUMNS, _MOST_COLUMNS_SIDEWAYS = 9, 16
_TWIPS_PER_CHARACTER = 95
_HIGHEST = 0.72
"""A picture is at most this share of the page's height."""
_BRIEF_PX, _BRIEF_SHARE = 820, 0.92
"""Where everything belongs on one page: a chart is drawn so wide that it is low, and then made smaller."""
_BOLD = (RatingValue.VERY_CONSISTENT, RatingValue.INCONSISTENT, RatingValue.VERY_INCONSISTENT)
_ALIGN = {Align.START: "", Align.CENTER: "center", Align.END: "right"}


def render(report: Report, pictures: Pictures, options: FileOptions) -> bytes:
    """Return the file; raises what `pictures` raises, CancelledError, and FileError for a template that is refused."""
    document = opened(options.template)
    palette = paper_palette(options.black_and_white)
    own = options.template is None
    ids = word_styles.prepare(document, palette, report.language, own=own, brief=report.is_brief)
    if own:
        _set_page(document, report, options)
    _Writer(document, report, pictures, options, palette, ids).write()
    word_frame.frame(document, report)
    sign(document, report)
    target = io.BytesIO()
    document.save(target)
    return sealed(target.getvalue())


def _set_page(document: Any, report: Report, options: FileOptions) -> None:
    width, height = PAPER_SIZES[options.paper]
    section = document.sections[-1]
    section.page_width, section.page_height = Mm(width), Mm(height)
    margin = Mm(_BRIEF_MARGIN_MM if report.is_brief else _MARGIN_MM)
    section.left_margin = section.right_margin = margin
    section.top_margin = section.bottom_margin = Mm(_MARGIN_MM)
    section.header_distance = section.footer_distance = Mm(9)


class _Writer:
    """Writes the body, one block after the other."""

    def __init__(
        self,
        document: Any,
        report: Report,
        pictures: Pictures,
        options: FileOptions,
        palette: Palette,
        ids: dict[str, str],
    ) -> None:
        self._document, self._report, self._pictures, self._options = document, report, pictures, options
        self._palette, self._ids = palette, ids
        self._muted = Look(colour=palette.muted)
        self._hint = Look(colour=palette.muted, size=7)
        self._lists = Lists(document)
        self._counts = {"Table": 0, "Figure": 0}
        self._body = document.element.body
        self._sideways = False

    def write(self) -> None:
        """Write the whole report."""
        report = self._report
        run(self._paragraph("Title", report.title), report.title)
        run(self._paragraph(word_styles.SMALL, report.byline), report.byline)
        if report.notice:
            run(self._paragraph(word_styles.NOTICE, report.notice), report.notice)
        if not report.is_brief and len(report.sections) > 2:
            self._contents()
        for number, section in enumerate(report.sections):
            self._options.go_on()
            self._section(section, number)

    def _paragraph(self, style: str, text: str = "", *, keep: bool | None = None, align: str = "") -> Any:
        made = paragraph(self._body, self._ids[style], text, keep=keep, align=align)
        self._before_set_up(made)
        return made

    def _before_set_up(self, made: Any) -> None:
        self._body.sectPr.addprevious(made)

    def _contents(self) -> None:
        """Write the contents: a field of Word's that is complete as it is, each entry leading to its section.

        It has no page numbers: only Word can know them, and it would ask about "other files" on opening to find out.
        When the person has the field updated (F9), Word puts them in.
        """
        run(self._paragraph(word_styles.ANSWER), _("Contents"))
        for number, section in enumerate(self._report.sections):
            entry = self._paragraph(word_styles.CONTENTS, section.title)
            if number == 0:
                open_field(entry, r'TOC \o "1-1" \h \z \u')
            link(entry, _bookmark(number), section.title)
        close_field(self._paragraph(word_styles.CONTENTS))

    def _section(self, section: Section, number: int) -> None:
        self._turn(any(entry.is_wide for entry in tables(section)))
        bookmarked(self._paragraph("Heading 1", section.title), _bookmark(number), number + 1, section.title)
        for block in section.blocks:
            self._block(block)

    def _turn(self, sideways: bool) -> None:
        """Begin a section of the file with its paper turned, where it is not so already."""
        if sideways == self._sideways:
            return
        self._sideways = sideways
        section = self._document.add_section()
        section.page_width, section.page_height = section.page_height, section.page_width
        section.orientation = WD_ORIENT.LANDSCAPE if sideways else WD_ORIENT.PORTRAIT

    def _block(self, block: Block) -> None:
        match block:
            case Heading():
                style = f"Heading {min(block.level - 1, 3)}"
                run(self._paragraph(style, block.text), block.text)
            case Paragraph():
                self._text(block)
            case BulletList():
                self._list(block)
            case FactList():
                self._facts(block.facts)
            case Table():
                most = _MOST_COLUMNS_SIDEWAYS if self._sideways else _MOST_COLUMNS
                for part in parts(block, most):
                    self._table(part)
            case Picture():
                self._picture(block)
            case Callout():
                run(self._paragraph(word_styles.NOTICE, block.title, keep=True), block.title, BOLD)
                for part in block.paragraphs:
                    run(self._paragraph(word_styles.NOTICE, part), part)

    def _text(self, block: Paragraph) -> None:
        styles = {Style.ANSWER: word_styles.ANSWER, Style.NOTE: word_styles.SMALL, Style.QUOTE: "Quote"}
        made = self._paragraph(styles.get(block.style, "Normal"), block.lead or block.text)
        self._said(made, block.lead, block.text)

    def _said(self, made: Any, lead: str, text: str) -> None:
        run(made, lead, BOLD)
        run(made, f" {text}" if lead and text else text)

    def _list(self, block: BulletList) -> None:
        number = self._lists.start(numbered=block.numbered)
        for entry in block.entries:
            made = self._paragraph("List Number" if block.numbered else "List Bullet", entry.lead or entry.text)
            self._lists.mark(made, number)
            self._said(made, entry.lead, entry.text)
            if entry.note:
                run(made, f"\n{entry.note}", self._muted)

    def _facts(self, facts: Sequence[Fact]) -> None:
        width = self._width()
        rows = [RowLook((CellLook((((fact.name, self._muted),),)), CellLook(_lines(fact.value)))) for fact in facts]
        self._put_table((width * 2 // 9, width - width * 2 // 9), rows, "")

    def _put_table(self, widths: Sequence[int], rows: Sequence[RowLook], alt: str) -> None:
        colours = (self._palette.line, self._palette.strong_line)
        styles = (self._ids[word_styles.CELL], self._ids[word_styles.HEAD])
        made = table(self._body, widths, rows, styles, colours, alt)
        self._before_set_up(made)
        self._paragraph(word_styles.CELL)  # two tables without anything between them would become one

    def _table(self, block: Table) -> None:
        if block.caption:
            self._caption("Table", _("Table"), block.caption, keep=True)
        total, width = sum(column.width for column in block.columns), self._width()
        widths = [round(column.width / total * width) for column in block.columns]
        heads = [
            CellLook(_lines(column.title) + _lines(column.hint, self._hint), _ALIGN[column.align])
            for column in block.columns
        ]
        lines = [max(one // _TWIPS_PER_CHARACTER, 1) for one in widths]
        rows = [RowLook(heads, head=True), *(self._row(block, row, lines) for row in block.rows)]
        self._put_table(widths, rows, block.caption)

    def _row(self, block: Table, row: Row, lines: Sequence[int]) -> RowLook:
        cells = [
            self._cell(cell, row, _ALIGN[column.align], is_heading=number < block.row_headings)
            for number, (cell, column) in enumerate(zip(row.cells, block.columns, strict=True))
        ]
        return RowLook(cells, tall=has_tall(row, lines))

    def _cell(self, cell: Cell, row: Row, align: str, *, is_heading: bool) -> CellLook:
        if cell.is_rating:
            tone = self._palette.ratings[cell.rating]
            look = Look(bold=cell.rating in _BOLD, colour=self._palette.muted if row.aside else tone.text)
            return CellLook(_lines(cell.text, look), align, "" if row.aside else tone.fill)
        look = Look(cell.strong, self._palette.muted if row.aside else "", strike=row.aside and is_heading)
        return CellLook(_lines(cell.text, look) + _lines(cell.note, self._muted), align)

    def _caption(self, name: str, word: str, text: str, *, keep: bool) -> None:
        """Write a caption; that of a table stays with what comes next, that of a chart ends what belongs together."""
        self._counts[name] += 1
        made = self._paragraph("Caption", text, keep=keep)
        run(made, f"{word} ")
        field(made, rf"SEQ {name} \* ARABIC", str(self._counts[name]))
        run(made, f". {text}")

    def _picture(self, picture: Picture) -> None:
        width = self._width()
        drawn = replace(
            picture.options,
            width_px=_SHARP * (_BRIEF_PX if self._report.is_brief else round(width / _TWIPS_PER_PX)),
            scale=_SHARP,
            palette="print",
            black_and_white=self._options.black_and_white,
            marking="",
            font_size=CHART_FONT_SIZE,
        )
        data = self._pictures(replace(picture, options=drawn), "png")
        across, down = _size_of(data)
        share = min(_BRIEF_SHARE if self._report.is_brief else 1.0, _HIGHEST * self._height() / (width * down / across))
        made = self._document.add_paragraph()
        if self._report.is_brief:
            made.alignment = 1
        made.paragraph_format.keep_with_next = True
        made.add_run().add_picture(io.BytesIO(data), width=Emu(round(share * width * _EMU_PER_TWIP)))
        for shown in made._p.iter(qn("wp:docPr")):
            shown.set("descr", picture.alternative)
            shown.set("name", _("Chart"))
        self._caption("Figure", _("Figure"), picture.caption, keep=False)

    def _width(self) -> int:
        """Return the width of the text in twentieths of a point."""
        section = self._document.sections[-1]
        return (section.page_width - section.left_margin - section.right_margin) // _EMU_PER_TWIP

    def _height(self) -> int:
        section = self._document.sections[-1]
        return (section.page_height - section.top_margin - section.bottom_margin) // _EMU_PER_TWIP


def _bookmark(number: int) -> str:
    return f"_Toc{number + 1:06}"


def _lines(text: str, look: Look = PLAIN) -> list[list[tuple[str, Look]]]:
    return [[(line, look)] for line in text.split("\n")] if text else []


def _size_of(png: bytes) -> tuple[int, int]:
    return struct.unpack(">II", png[16:24])
