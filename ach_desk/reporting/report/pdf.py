"""A report as a tagged PDF, set by typst: PDF/UA-1 and PDF/A-2b at once, with bookmarks, fonts and vector charts.

Texts reach the template as JSON, never as markup. A character that no font has becomes a sign first; what gets past
that costs the file its claim to a standard, never the file.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Any

from ach_desk.i18n import _
from ach_desk.reporting import typesetting
from ach_desk.reporting.document import (
    CHART_FONT_SIZE,
    CHART_MARGIN,
    LONGEST_MARKING,
    LONGEST_RUNNING_NOTICE,
    LONGEST_RUNNING_TITLE,
    MILLIMETRES_PER_PIXEL,
    coverage,
)
from ach_desk.reporting.glyphs import printable
from ach_desk.reporting.print_colours import colours_data
from ach_desk.reporting.print_layout import MARGIN, Sheet, line_length, longest_word, page_data
from ach_desk.reporting.print_options import PAPER_SIZES, Orientation
from ach_desk.reporting.print_text import Composer, PrintText
from ach_desk.reporting.report.file_options import FileError, FileOptions
from ach_desk.reporting.report.model import (
    Block,
    BulletList,
    Callout,
    CancelledError,
    Cell,
    Entry,
    FactList,
    Heading,
    Paragraph,
    Picture,
    Pictures,
    Report,
    Row,
    Section,
    Table,
)
from ach_desk.reporting.report.tables import has_tall, parts, tables

STANDARDS: tuple[typesetting.PdfStandard, ...] = ("ua-1", "a-2b")
_MOST_COLUMNS, _MOST_COLUMNS_SIDEWAYS = 9, 16
_LONGEST_WORD = 60
_MOST_HELD_TOGETHER = 1000
"""Characters: what is longer may be cut by the end of a page."""

_MOST_ROWS_HELD_TOGETHER = 8


def render(report: Report, pictures: Pictures, options: FileOptions) -> bytes:
    """Return the PDF; raises what `pictures` raises, CancelledError, and FileError where typst cannot set it."""
    job = print_job(report, pictures, options)
    try:
        return typesetting.pdf(job, options.cancelled)
    except typesetting.TypesettingCancelledError:
        raise CancelledError from None
    except typesetting.TypesettingError as error:
        raise FileError(str(error)) from error


def print_job(
    report: Report, pictures: Pictures, options: FileOptions, *, for_screen: bool = False
) -> typesetting.PrintJob:
    """Return the report ready to be set; raises what `pictures` raises.

    for_screen: pictures of its pages are made too, by programs with other fonts: charts have their text as shapes then.
    """
    text = Composer(partial(printable, coverage=coverage()))
    width, height = PAPER_SIZES[options.paper]
    sheet = Sheet(height, width) if options.orientation is Orientation.LANDSCAPE else Sheet(width, height)
    made = _Maker(text, pictures, options, sheet, for_screen=for_screen)
    data: dict[str, Any] = {
        "language": report.language,
        "title": _string(text.line(report.title)),
        "authors": [_string(text.line(author)) for author in report.authors],
        "page": page_data(sheet),
        "palette": colours_data(options.black_and_white),
        "running": _running(report, text),
        "words": {"page": _("Page {page} of {pages}"), "contents": _("Contents")},
        "subject": text.line(report.subject),
        "question": text.line(report.title, longest=24),
        "byline": text.line(report.byline, longest=40),
        "brief": report.is_brief,
        "beyond": CHART_MARGIN * MILLIMETRES_PER_PIXEL,
        "sections": [made.section(section) for section in report.sections],
    }
    # The day, not the moment: the same report gives the same bytes.
    moment = int(datetime.fromisoformat(report.created).replace(tzinfo=UTC).timestamp())
    return typesetting.PrintJob(
        report.title, json.dumps(data, ensure_ascii=False), moment, template="report", standards=STANDARDS
    )


def _running(report: Report, text: Composer) -> dict[str, PrintText]:
    return {
        "marking": text.line(report.marking, most=LONGEST_MARKING),
        "notice": text.line(report.notice, longest=60),
        "notice_again": text.line(report.notice, longest=60, most=LONGEST_RUNNING_NOTICE),
        "title": text.line(report.title, most=LONGEST_RUNNING_TITLE),
        "byline": text.line(report.subject),
        "printed": text.line(f"{report.program}, {report.created}"),
    }


def _string(text: PrintText) -> str:
    return text if isinstance(text, str) else str(text["text"])


class _Maker:
    """Turns sections into what the template reads."""

    def __init__(
        self, text: Composer, pictures: Pictures, options: FileOptions, sheet: Sheet, *, for_screen: bool
    ) -> None:
        self._text, self._pictures, self._options, self._sheet = text, pictures, options, sheet
        self._for_screen = for_screen

    def section(self, section: Section) -> dict[str, Any]:
        """Return a section; with a wide table in it its pages are turned sideways."""
        self._options.go_on()
        wide = any(table.is_wide for table in tables(section))
        sideways = wide and self._options.orientation is Orientation.AUTO
        width = (self._sheet.page_height if sideways else self._sheet.page_width) - 2 * MARGIN
        is_broad = sideways or self._sheet.page_width > self._sheet.page_height
        most = _MOST_COLUMNS_SIDEWAYS if is_broad else _MOST_COLUMNS
        blocks: list[Block] = []
        for block in section.blocks:
            blocks += parts(block, most) if isinstance(block, Table) else [block]
        return {
            "title": self._text.line(section.title),
            "sideways": sideways,
            "blocks": [self._block(block, width) for block in blocks],
        }

    def _block(self, block: Block, width: float) -> dict[str, Any]:
        line = partial(self._text.line, longest=_LONGEST_WORD)
        match block:
            case Heading():
                # A section's title is the highest heading of a PDF: the title of the whole is none.
                found = {"kind": "heading", "text": line(block.text), "level": block.level - 1}
            case Paragraph():
                found = {"kind": block.style.value, "lead": line(block.lead), "text": line(block.text)}
            case BulletList():
                found = {"kind": "list", "numbered": block.numbered, "entries": [*map(self._entry, block.entries)]}
            case FactList():
                found = {"kind": "facts", "facts": [[line(fact.name), self._lines(fact.value)] for fact in block.facts]}
            case Table():
                found = self._table(block, width)
            case Picture():
                found = self._picture(block, width)
            case Callout():
                found = {
                    "kind": "callout",
                    "title": line(block.title),
                    "tone": block.tone.value,
                    "text": [line(part) for part in block.paragraphs],
                    "whole": sum(map(len, block.paragraphs)) <= _MOST_HELD_TOGETHER,
                }
        return found

    def _entry(self, entry: Entry) -> list[Any]:
        """Return lead, text and note of an entry, and whether it is short enough to be held together on one page."""
        line = partial(self._text.line, longest=_LONGEST_WORD)
        is_short = len(entry.lead) + len(entry.text) + len(entry.note) <= _MOST_HELD_TOGETHER
        return [line(entry.lead), line(entry.text), self._lines(entry.note), is_short]

    def _lines(self, text: str, longest: int = _LONGEST_WORD) -> list[PrintText]:
        return self._text.paragraphs(text, longest)

    def _table(self, block: Table, width: float) -> dict[str, Any]:
        total = sum(column.width for column in block.columns)
        widths = [column.width / total * width for column in block.columns]
        longest = [longest_word(one) for one in widths]
        return {
            "kind": "table",
            "caption": self._text.line(block.caption, longest=_LONGEST_WORD),
            "widths": [column.width for column in block.columns],
            "align": [column.align.value for column in block.columns],
            "heads": [
                [self._text.line(column.title, most_word), self._text.line(column.hint, most_word)]
                for column, most_word in zip(block.columns, longest, strict=True)
            ],
            "lead": block.row_headings,
            "whole": len(block.rows) <= _MOST_ROWS_HELD_TOGETHER,
            "rows": [self._row(row, longest, widths) for row in block.rows],
        }

    def _row(self, row: Row, longest: list[int], widths: list[float]) -> dict[str, Any]:
        tall = has_tall(row, [line_length(width) for width in widths])
        cells = [self._cell(cell, most) for cell, most in zip(row.cells, longest, strict=True)]
        return {"aside": row.aside, "tall": tall, "cells": cells}

    def _cell(self, cell: Cell, longest: int) -> dict[str, Any] | list[PrintText]:
        """Return a cell; of an ordinary one only its lines."""
        if cell.is_rating:
            value = "" if cell.rating is None else cell.rating.value
            return {"rating": value, "text": self._text.line(cell.text, longest)}
        lines = self._lines(cell.text, longest)
        if cell.note or cell.strong:
            return {"lines": lines, "note": self._lines(cell.note, longest), "strong": cell.strong}
        return lines

    def _picture(self, picture: Picture, width: float) -> dict[str, Any]:
        drawn = replace(
            picture.options,
            width_px=round(width / MILLIMETRES_PER_PIXEL) + 2 * CHART_MARGIN,
            palette="print",
            black_and_white=self._options.black_and_white,
            marking="",
            font_size=CHART_FONT_SIZE,
        )
        shapes = replace(drawn, outlines=True)
        return {
            "kind": "picture",
            "svg": self._pictures(replace(picture, options=drawn), "svg").decode(),
            "outlines": self._pictures(replace(picture, options=shapes), "svg").decode() if self._for_screen else "",
            "alt": printable(picture.alternative, coverage()),
            "caption": self._text.line(picture.caption, longest=_LONGEST_WORD),
        }
