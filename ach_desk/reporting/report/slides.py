"""A report as a PowerPoint file: tables and texts to edit, charts as pictures, the marking on every slide."""

from __future__ import annotations

import io
import struct
from dataclasses import replace
from functools import cache
from typing import Any

from lxml.etree import SubElement
from pptx import Presentation
from pptx.oxml.ns import qn

from ach_desk.i18n import _
from ach_desk.reporting.document import LONGEST_MARKING
from ach_desk.reporting.palette import Palette
from ach_desk.reporting.print_colours import paper_palette
from ach_desk.reporting.print_text import shortened
from ach_desk.reporting.report.file_options import FileOptions
from ach_desk.reporting.report.model import Paragraph, Picture, Pictures, Report, Section
from ach_desk.reporting.report.office import leaves_package, sealed, sign
from ach_desk.reporting.report.slide_flow import (
    ACROSS,
    HEIGHT,
    LEFT,
    WIDTH,
    PicturePiece,
    Slide,
    TablePiece,
    TextPiece,
    slides_of,
)
from ach_desk.reporting.report.slide_parts import emu, fill_body, table
from ach_desk.reporting.report.slide_text import Run, Words, height_of, width_of

FONT = b"Arial"
_TITLE_LAYOUT, _PLAIN_LAYOUT = 0, 5
_CHART_PX, _SHARP = 820, 2
_TITLE_TOP, _TITLE_HEIGHT, _TITLE_SIZE = 36.0, 46.0, 22.0
_QUESTION_SIZES = (36.0, 30.0, 24.0, 20.0, 16.0, 12.0)
_QUESTION_TOP, _QUESTION_HEIGHT, _BELOW_HEIGHT = 110.0, 200.0, 150.0
_MARKING_TOP, _FOOT_TOP, _RUNNING_HEIGHT = 8.0, 508.0, 20.0
_MARKING_SIZES, _SMALL = (11.0, 9.5, 8.0, 6.5), 9.0
_NARROW, _NUMBER_WIDTH = ACROSS / 3, 80.0
_LONGEST_TITLE, _LONGEST_LINE, _LONGEST_QUESTION = 48, 240, 600


def render(report: Report, pictures: Pictures, options: FileOptions) -> bytes:
    """Return the file; raises what `pictures` raises, and CancelledError."""
    palette = paper_palette(options.black_and_white)
    made = _Maker(report, palette)
    made.front()

    @cache
    def drawn(picture: Picture) -> tuple[bytes, float]:
        chosen = replace(
            picture.options,
            width_px=_SHARP * _CHART_PX,
            scale=_SHARP,
            palette="print",
            black_and_white=options.black_and_white,
            marking="",
        )
        data = pictures(replace(picture, options=chosen), "png")
        across, down = struct.unpack(">II", data[16:24])
        return data, down / across

    for section in report.sections:
        for slide in slides_of(section, palette, drawn):
            options.go_on()
            made.slide(slide)
    return made.file()


class _Maker:
    """Makes the slides of the file."""

    def __init__(self, report: Report, palette: Palette) -> None:
        self._report, self._palette = report, palette
        self._made: Any = Presentation()
        self._made.slide_width, self._made.slide_height = emu(WIDTH), emu(HEIGHT)
        layouts = list(self._made.slide_layouts)
        self._title, self._plain = layouts[_TITLE_LAYOUT], layouts[_PLAIN_LAYOUT]
        for layout in layouts:
            if layout not in (self._title, self._plain):
                self._made.slide_layouts.remove(layout)
        self._set_up()

    def front(self) -> None:
        """Make the first slide: the question, what this is, whose ratings, and the notice.

        What is too long for it stands on slides of its own behind it.
        """
        report = self._report
        question = _fitting(report.title)
        words = [
            Words((Run(report.subject, bold=True),), 18, align="l"),
            Words((Run(shortened(report.byline, _LONGEST_LINE), colour=self._palette.muted),), 14, 6, align="l"),
        ]
        notice = Words((Run(report.notice),), 14, 14, align="l")
        has_room = height_of([*words, notice], ACROSS) <= _BELOW_HEIGHT
        if report.notice and has_room:
            words.append(notice)
        slide = self._made.slides.add_slide(self._title)
        title, below = slide.shapes.title, slide.placeholders[1]
        fill_body(title._element.txBody, [question], self._palette.text)
        fill_body(below._element.txBody, words, self._palette.text)
        self._frame(slide)
        rest = [
            Section("", _("Question"), (Paragraph(report.title),)) if question.text != report.title else None,
            Section("", _("Notice"), (Paragraph(report.notice),)) if not has_room else None,
            Section("", _("Ratings"), (Paragraph(report.byline),)) if len(report.byline) > _LONGEST_LINE else None,
        ]
        for section in filter(None, rest):
            for content in slides_of(section, self._palette, _nothing_drawn):
                self.slide(content)

    def slide(self, content: Slide) -> None:
        """Make a slide."""
        slide = self._made.slides.add_slide(self._plain)
        title = Words((Run(content.title, bold=True),), _TITLE_SIZE)
        fill_body(slide.shapes.title._element.txBody, [title], self._palette.text)
        for piece in content.pieces:
            match piece:
                case TextPiece():
                    self._box(slide, LEFT, piece.top, ACROSS, piece.height, piece.paragraphs)
                case TablePiece():
                    self._table(slide, piece)
                case PicturePiece():
                    self._picture(slide, piece)
        self._frame(slide)

    def file(self) -> bytes:
        """Return the file."""
        sign(self._made, self._report)
        package = self._made.part.package
        for part, is_out in ((package, leaves_package), (self._made.part, _leaves_slides)):
            for key in [key for key, entry in part._rels.items() if is_out(entry.reltype)]:
                part._rels.pop(key)
        target = io.BytesIO()
        self._made.save(target)
        return sealed(target.getvalue())

    def _set_up(self) -> None:
        """Give master and layouts their place on the wide slide, left-aligned titles, and a font that all have."""
        master = self._made.slide_master
        theme = next(entry.target_part for entry in master.part.rels.values() if entry.reltype.endswith("/theme"))
        theme._blob = theme.blob.replace(b'typeface="Calibri"', b'typeface="' + FONT + b'"')
        level = master._element.find(f".//{qn('p:titleStyle')}/{qn('a:lvl1pPr')}")
        level.set("algn", "l")
        for shape in (*master.placeholders, *self._plain.placeholders, *self._title.placeholders):
            kind = shape.placeholder_format.type
            name = kind.name if kind is not None else ""
            _place(shape, *_PLACES.get(name, (LEFT, _TITLE_TOP, ACROSS, _TITLE_HEIGHT)))
        for shape in self._title.placeholders:
            if shape.placeholder_format.type.name == "CENTER_TITLE":
                shape._element.txBody.find(qn("a:bodyPr")).set("anchor", "b")

    def _box(self, slide: Any, left: float, top: float, width: float, height: float, words: Any, name: str = "") -> Any:
        box = slide.shapes.add_textbox(emu(left), emu(top), emu(width), emu(height))
        if name:
            box.name = name
        properties = box._element.txBody.find(qn("a:bodyPr"))
        properties.attrib.update({"wrap": "square", "lIns": "0", "rIns": "0", "tIns": "0", "bIns": "0"})
        fill_body(box._element.txBody, words, self._palette.text)
        return box

    def _table(self, slide: Any, piece: TablePiece) -> None:
        frame = slide.shapes.add_table(1, 1, emu(LEFT), emu(piece.top), emu(ACROSS), emu(piece.height))
        if piece.alternative:
            frame._element.nvGraphicFramePr.cNvPr.set("descr", piece.alternative)
        data = frame._element.graphic.graphicData
        data.replace(data.tbl, table(piece, self._palette.text, (self._palette.line, self._palette.strong_line)))

    @staticmethod
    def _picture(slide: Any, piece: PicturePiece) -> None:
        made = slide.shapes.add_picture(
            io.BytesIO(piece.data), emu(piece.left), emu(piece.top), emu(piece.width), emu(piece.height)
        )
        made._element.nvPicPr.cNvPr.set("descr", piece.alternative)
        made.name = _("Chart")

    def _frame(self, slide: Any) -> None:
        """Write the marking above and below, the question and the number of the slide."""
        marking = shortened(self._report.marking, LONGEST_MARKING)
        room = _marking_room(marking)
        if marking:
            words = [Words((Run(marking, bold=True),), _marking_size(marking, room), align="ctr")]
            self._box(slide, LEFT, _MARKING_TOP, ACROSS, _RUNNING_HEIGHT, words, _("Marking"))
            self._box(slide, (WIDTH - room) / 2, _FOOT_TOP, room, _RUNNING_HEIGHT, words, _("Marking"))
        if room == _NARROW:
            title = Run(shortened(self._report.title, _LONGEST_TITLE), colour=self._palette.muted)
            self._box(slide, LEFT, _FOOT_TOP, _NARROW, _RUNNING_HEIGHT, [Words((title,), _SMALL)])
        box = self._box(slide, *_PLACES["SLIDE_NUMBER"], [Words((), _SMALL, align="r")], _("Slide number"))
        _number(box._element.txBody, str(len(self._made.slides)))


_PLACES = {
    "CENTER_TITLE": (LEFT, _QUESTION_TOP, ACROSS, _QUESTION_HEIGHT),
    "SUBTITLE": (LEFT, _QUESTION_TOP + _QUESTION_HEIGHT + 16, ACROSS, _BELOW_HEIGHT),
    "BODY": (LEFT, 88.0, ACROSS, 400.0),
    "DATE": (LEFT, _FOOT_TOP, 200.0, _RUNNING_HEIGHT),
    "FOOTER": (LEFT + 240, _FOOT_TOP, 400.0, _RUNNING_HEIGHT),
    "SLIDE_NUMBER": (WIDTH - LEFT - _NUMBER_WIDTH, _FOOT_TOP, _NUMBER_WIDTH, _RUNNING_HEIGHT),
}


def _marking_room(marking: str) -> float:
    """Return the width of the marking at the foot: between question and number, or in place of the question."""
    return _NARROW if width_of(marking, _MARKING_SIZES[0], bold=True) <= _NARROW else ACROSS - 2 * _NUMBER_WIDTH


def _marking_size(marking: str, room: float) -> float:
    return next((size for size in _MARKING_SIZES if width_of(marking, size, bold=True) <= room), _MARKING_SIZES[-1])


def _place(shape: Any, left: float, top: float, width: float, height: float) -> None:
    shape.left, shape.top, shape.width, shape.height = emu(left), emu(top), emu(width), emu(height)
    properties = shape._element.txBody.find(qn("a:bodyPr"))
    properties.attrib.update({"lIns": "0", "rIns": "0", "tIns": "0", "bIns": "0"})


def _fitting(question: str) -> Words:
    """Return the question as large as it fits its place; its beginning where no size does."""
    texts = ((question, size) for size in _QUESTION_SIZES)
    found = (Words((Run(text, bold=True),), size) for text, size in texts)
    shorter = Words((Run(shortened(question, _LONGEST_QUESTION), bold=True),), _QUESTION_SIZES[-1])
    return next((words for words in found if height_of([words], ACROSS) <= _QUESTION_HEIGHT), shorter)


def _nothing_drawn(_picture: Picture) -> tuple[bytes, float]:
    raise AssertionError("there is no picture among texts")


def _leaves_slides(relationship: str) -> bool:
    return relationship.endswith("/printerSettings")


def _number(body: Any, shown: str) -> None:
    """Put the number of the slide into a box, as a field that PowerPoint keeps right."""
    paragraph = body.find(qn("a:p"))
    made = SubElement(paragraph, qn("a:fld"), id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}", type="slidenum")
    SubElement(made, qn("a:rPr"), sz="900")
    SubElement(made, qn("a:t")).text = shown
    end = paragraph.find(qn("a:endParaRPr"))
    paragraph.append(end)
