"""Reads comma- and tab-separated files as one sheet, also those of programs that say neither encoding nor delimiter."""

from __future__ import annotations

import csv
from collections import Counter

from ach_desk.exchange.book import LONGEST_TEXT, MAX_ROWS, Book, Sheet, Watch, too_many
from ach_desk.exchange.csv_text import (
    DELIMITERS,
    KEY_HEADING,
    UnreadableMatrixError,
    comment_of,
    decoded,
    heading_key,
    rows_of,
)
from ach_desk.exchange.formats import RefusedFileError
from ach_desk.i18n import _
from ach_desk.model.spreadsheet_cells import unguarded

_SAMPLE_LINES = 30


def read_text(data: bytes, name: str, watch: Watch) -> Book:
    """Return the one sheet of a csv or tsv file; raises RefusedFileError with a sentence."""
    notes = []
    try:
        text = decoded(data, name)
    except UnreadableMatrixError:
        if b"\0" in data[:4096] or data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
            raise
        text = data.decode("cp1252", "replace")
        notes.append(_("The file is not UTF-8; it was read as Western European (Windows-1252). Look at the umlauts."))
    if text[:4096].count("\0") > len(text[:4096]) // 10:
        raise RefusedFileError(_("{file} is no text, and was not read.").format(file=name))
    watch(0.5)
    delimiter = "\t" if name.casefold().endswith(".tsv") else _delimiter(text)
    rows = rows_of(text, name, delimiter)
    if len(rows) > MAX_ROWS:
        too_many(name)
    watch(1.0)
    return Book((_sheet(rows),), tuple(notes), comment_of(rows))


def _sheet(rows: list[list[str]]) -> Sheet:
    """Return the rows as a sheet: blank cells at the end of a row left away, texts that are too long cut."""
    cut = set()
    for place, row in enumerate(rows):
        cells = [unguarded(cell) for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        for column, cell in enumerate(cells):
            if len(cell) > LONGEST_TEXT:
                cells[column] = cell[: LONGEST_TEXT - 1] + "…"
                cut.add((place, column))
        rows[place] = cells
    return Sheet("", rows, cut=frozenset(cut))


def _delimiter(text: str) -> str:
    """Return the delimiter: one that makes Evidence a heading, else the one that cuts the first lines most evenly."""
    lines = text[:200_000].splitlines()[:_SAMPLE_LINES]
    cuts = {mark: _widths(lines, mark) for mark in DELIMITERS}
    for mark in DELIMITERS:
        if any(heading_key(cell) == KEY_HEADING for line in lines for cell in _cut(line, mark) or ()):
            return mark
    return max(DELIMITERS, key=lambda mark: cuts[mark])


def _widths(lines: list[str], mark: str) -> int:
    """Return how many lines have the same number of cells, more than one, when cut at `mark`."""
    widths = Counter(len(cells) for line in lines if (cells := _cut(line, mark)) is not None and len(cells) > 1)
    return max(widths.values(), default=0)


def _cut(line: str, mark: str) -> list[str] | None:
    try:
        return next(csv.reader([line], delimiter=mark), None)
    except csv.Error:
        return None
