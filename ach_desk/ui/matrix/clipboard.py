"""Blocks of cells and lines of text on their way to and from the clipboard. Plain text in, plain data out; no Qt."""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Sequence
from dataclasses import dataclass

from ach_desk.exchange.bullets import without_bullets
from ach_desk.exchange.csv_text import allow_long_cells
from ach_desk.exchange.html_table import read_html_table
from ach_desk.exchange.rating_words import AMBIGUOUS, rating_words, word_key
from ach_desk.model import RatingValue
from ach_desk.model.spreadsheet_cells import guarded, unguarded

Rows = list[list[str]]

_TEXT_FORMAT = """sdnum="1033;0;@" style="mso-number-format:'\\@'\""""
"""How LibreOffice and Excel each say in HTML that a cell is text, whatever it begins with."""

_MOST_CHARACTERS = 16 * 1024 * 1024


@dataclass(frozen=True)
class PastedRatings:
    """A block of ratings; `misread` are (row, column, text) of cells that are no rating, counted from 1."""

    values: list[list[RatingValue | None]]
    misread: tuple[tuple[int, int, str], ...] = ()


def as_text(rows: Sequence[Sequence[str]]) -> str:
    """Return the cells as tab-separated lines; a cell is quoted where it must be and never taken for a formula."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter="\t", lineterminator="\n")
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return out.getvalue().removesuffix("\n")


def as_html(rows: Sequence[Sequence[str]]) -> str:
    """Return the cells as an HTML table of plain text, line breaks included; none is taken for a formula."""
    return "<table>" + "".join(f"<tr>{''.join(map(_html_cell, row))}</tr>" for row in rows) + "</table>"


def _html_cell(cell: str) -> str:
    as_text = f" {_TEXT_FORMAT}" if guarded(cell) != cell else ""
    return f"<td{as_text}>{html.escape(cell).replace(chr(10), '<br>')}</td>"


def read_pasted(text: str, markup: str) -> Rows:
    """Return the cells of what was pasted as plain text and, if not "", as HTML.

    The plain text is taken where both say the same, because it keeps every space. Where they differ, line breaks or
    quotation marks in cells have made the plain text ambiguous, and the HTML table is right.
    """
    rows = read_table(text, from_table="<t" in markup.lower())
    table = read_html_table(markup)
    if table is None:
        return rows
    return rows if _words(rows) == _words(table) else [[guarded(cell) for cell in row] for row in _trimmed(table)]


def _words(rows: Rows) -> list[list[str]]:
    """Return the cells as far as both kinds of text tell them: their lines without further space and apostrophes."""
    lines = []
    for row in _trimmed(rows):
        line = ["\n".join(" ".join(part.split()) for part in cell.lstrip("'").split("\n")) for cell in row]
        while line and not line[-1]:
            line.pop()
        lines.append(line)
    return lines


def _trimmed(rows: Rows) -> Rows:
    end = len(rows)
    while end and not any(cell.strip() for cell in rows[end - 1]):
        end -= 1
    return rows[:end]


def read_table(text: str, *, from_table: bool) -> Rows:
    """Return the cells of pasted text; empty lines at the end are dropped.

    `from_table` says that a spreadsheet or table put it there, so that quotation marks enclose cells; so they do
    where there are tabs. Otherwise each line is one cell, quotation marks and all.
    """
    text = text[:_MOST_CHARACTERS].replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    if from_table or "\t" in text:
        allow_long_cells(_MOST_CHARACTERS)
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter="\t"))
    else:
        rows = [[line] for line in text.split("\n")]
    while rows and not any(cell.strip() for cell in rows[-1]) and (len(rows) > 1 or not rows[-1][1:]):
        rows.pop()
    return rows


def as_ratings(rows: Rows) -> PastedRatings | None:
    """Return the rows as a block of ratings, short rows filled up; None when they are no such block.

    It is one when at least half of what is written in it are ratings; a lone - or 0 speaks neither for nor against it.
    """
    width = max(map(len, rows), default=0)
    words = rating_words(cell for row in rows for cell in row)
    written = misread = 0
    values, wrong = [], []
    for number, row in enumerate(rows, 1):
        line: list[RatingValue | None] = []
        for column, cell in enumerate([*row, *[""] * (width - len(row))], 1):
            key = word_key(cell)
            if key in words:
                written += bool(key)
            else:
                wrong.append((number, column, cell.strip()))
                misread += key not in AMBIGUOUS
            line.append(words.get(key))
        values.append(line)
    if not values or misread > written:
        return None
    return PastedRatings(values, tuple(wrong))


def as_records(rows: Rows) -> list[tuple[str, str]]:
    """Return (title, detail) of each line that says anything: the first cell, and the others as paragraphs.

    Bullets or numbers before every line of a list are no part of it.
    """
    records = []
    bare = without_bullets([unguarded(row[0]) if row else "" for row in rows])
    for row, first in zip(rows, bare, strict=True):
        cells = [first.strip(), *(unguarded(cell).strip() for cell in row[1:])] if row else []
        title, detail = (cells[0], "\n".join(filter(None, cells[1:]))) if cells else ("", "")
        if not title and detail:
            title, _newline, detail = detail.partition("\n")
        if title:
            records.append((" ".join(title.split("\n")), detail))
    return records
