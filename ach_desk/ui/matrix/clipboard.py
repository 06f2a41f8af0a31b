"""Blocks of cells and lines of text on their way to and from the clipboard. Plain text in, plain data out; no Qt."""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Sequence
from dataclasses import dataclass

from ach_desk.exchange.csv_text import guarded, unguarded
from ach_desk.model import RatingValue

Rows = list[list[str]]

_RATINGS: dict[str, RatingValue | None] = {value.value: value for value in RatingValue}
_RATINGS |= {"": None, "NA": RatingValue.NOT_APPLICABLE, "–": None}
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
    """Return the cells as an HTML table of plain text."""
    lines = ("".join(f"<td>{html.escape(cell)}</td>" for cell in row) for row in rows)
    return "<table>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>"


def read_table(text: str, *, from_table: bool) -> Rows:
    """Return the cells of pasted text; empty lines at the end are dropped.

    `from_table` says that a spreadsheet or table put it there, so that quotation marks enclose cells; so they do
    where there are tabs. Otherwise each line is one cell, quotation marks and all.
    """
    text = text[:_MOST_CHARACTERS].replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    if from_table or "\t" in text:
        csv.field_size_limit(_MOST_CHARACTERS)
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter="\t"))
    else:
        rows = [[line] for line in text.split("\n")]
    while rows and not any(cell.strip() for cell in rows[-1]) and (len(rows) > 1 or not rows[-1][1:]):
        rows.pop()
    return rows


def as_ratings(rows: Rows) -> PastedRatings | None:
    """Return the rows as a block of ratings, short rows filled up; None when they are no such block.

    It is one when at least half of what is written in it are ratings.
    """
    width = max(map(len, rows), default=0)
    written = misread = 0
    values, wrong = [], []
    for number, row in enumerate(rows, 1):
        line: list[RatingValue | None] = []
        for column, cell in enumerate([*row, *[""] * (width - len(row))], 1):
            key = unguarded(cell).strip().upper()
            written += bool(key)
            if key not in _RATINGS:
                misread += 1
                wrong.append((number, column, cell.strip()))
            line.append(_RATINGS.get(key))
        values.append(line)
    if not values or misread * 2 > written:
        return None
    return PastedRatings(values, tuple(wrong))


def as_records(rows: Rows) -> list[tuple[str, str]]:
    """Return (title, detail) of each line that says anything: the first cell, and the others as paragraphs."""
    records = []
    for row in rows:
        cells = [unguarded(cell).strip() for cell in row]
        title, detail = (cells[0], "\n".join(filter(None, cells[1:]))) if cells else ("", "")
        if not title and detail:
            title, _newline, detail = detail.partition("\n")
        if title:
            records.append((" ".join(title.split("\n")), detail))
    return records
