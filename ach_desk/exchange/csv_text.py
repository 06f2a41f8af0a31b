"""The bytes of a CSV file as rows of cells: encoding, delimiter, quotation marks, and bounds for hostile files."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from typing import NoReturn

from ach_desk.exchange.formats import MAX_BYTES, RefusedFileError
from ach_desk.i18n import _
from ach_desk.model.spreadsheet_cells import COMMENT, unguarded

MAX_COLUMNS = 1_000
MAX_CELLS = 2_000_000
MAX_SEPARATORS = 10_000_000
"""More delimiters or line ends than this are not parsed at all: they bound the memory that parsing can take."""

KEY_HEADING = "evidence"
"""The heading (in any letter case) that every matrix has; it tells the encoding and the delimiter."""

DELIMITERS = (",", ";", "\t")
_KEY_IN_UTF_16 = b"v\0i\0d\0e\0n\0c\0e"
_DELIMITER_LINE = re.compile(r'\A"?sep=[,;\t]"?(?=[\r\n])', re.IGNORECASE)  # Excel writes and hides it.
_WORKBOOK_STARTS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


class UnreadableMatrixError(RefusedFileError):
    """The bytes are no table of text. ``str()`` is a sentence that names file, place and remedy."""


def is_comment(row: Sequence[str]) -> bool:
    """Return whether a row is one cell that begins with #, as the marking does."""
    return bool(row) and row[0].startswith(COMMENT.strip()) and not any(cell.strip() for cell in row[1:])


def comment_of(rows: Sequence[Sequence[str]]) -> str:
    """Return the text of the comment above the headings; "" where there is none."""
    first = next((row for row in rows if any(cell.strip() for cell in row)), [])
    return first[0].removeprefix("#").strip() if is_comment(first) else ""


def read_rows(data: bytes, name: str) -> list[list[str]]:
    """Return the cells of every row, blank rows as empty lists, so that index + 1 is a spreadsheet's row number.

    `name` is the file's name for the sentences. Raises UnreadableMatrixError for what is no text, too large, or
    wrongly quoted.
    """
    return rows_of(decoded(data, name), name)


def rows_of(text: str, name: str, delimiter: str = "") -> list[list[str]]:
    """Return the cells of a text as `read_rows` does; without a delimiter it is told from the heading Evidence."""
    text = _DELIMITER_LINE.sub("", text, count=1)
    if max(text.count(mark) for mark in (*DELIMITERS, "\n", "\r")) > MAX_SEPARATORS:
        _refuse_size(name)
    lines = io.StringIO(text, newline="")
    delimiter = delimiter or _delimiter(lines)
    lines.seek(0)
    rows: list[list[str]] = []
    cells = 0
    allow_long_cells(MAX_BYTES)
    try:
        for row in csv.reader(lines, delimiter=delimiter, strict=True):
            rows.append(row)
            cells += max(len(row), 1)
            if cells > MAX_CELLS or len(row) > MAX_COLUMNS:
                _refuse_size(name)
    except csv.Error:
        text = _(
            "{file} cannot be read as a table: in row {row} a quotation mark is not closed, or text follows a closing "
            "one. Write a quotation mark inside a quoted cell twice."
        )
        raise UnreadableMatrixError(text.format(file=name, row=len(rows) + 1)) from None
    return rows


def decoded(data: bytes, name: str) -> str:
    """Return the text of the bytes; raises UnreadableMatrixError for a workbook, and what is not UTF-8 or UTF-16."""
    if len(data) > MAX_BYTES:
        text = _("{file} is larger than {limit} MB and was not read. Split the matrix into smaller files.")
        raise UnreadableMatrixError(text.format(file=name, limit=MAX_BYTES // 2**20))
    if data.startswith(_WORKBOOK_STARTS):
        text = _("{file} is a spreadsheet workbook. Save the sheet there as CSV (UTF-8) and import that file.")
        raise UnreadableMatrixError(text.format(file=name))
    try:
        return data.decode(_encoding(data))
    except UnicodeDecodeError as error:
        text = _("{file} is neither UTF-8 nor UTF-16 text (byte {position}). Save it as CSV in UTF-8 and try again.")
        raise UnreadableMatrixError(text.format(file=name, position=error.start + 1)) from None


def _encoding(data: bytes) -> str:
    """Return the codec: by the byte order mark, else by how the heading Evidence lies in the first bytes."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    position = data[: 2**20].lower().find(_KEY_IN_UTF_16)
    if position >= 0:
        return "utf-16-le" if position % 2 == 0 else "utf-16-be"
    return "utf-8-sig"


def _delimiter(lines: io.StringIO) -> str:
    """Return the delimiter that makes Evidence a cell of its own in the first row; only one can.

    Without that heading one under which the row is wrongly quoted, which is then what must be said; else the comma.
    """
    otherwise = DELIMITERS[0]
    allow_long_cells(MAX_BYTES)
    for delimiter in DELIMITERS:
        lines.seek(0)
        try:
            rows = csv.reader(lines, delimiter=delimiter, strict=True)
            header = next((row for row in rows if any(cell.strip() for cell in row) and not is_comment(row)), [])
        except csv.Error:
            otherwise = delimiter
            continue
        if any(heading_key(cell) == KEY_HEADING for cell in header):
            return delimiter
    return otherwise


def heading_key(cell: str) -> str:
    """Return what a heading is compared by: without the guarding apostrophe, surrounding space and letter case."""
    return unguarded(cell).strip().casefold()


def _refuse_size(name: str) -> NoReturn:
    text = _(
        "{file} has more than {columns} columns or {cells} cells and was not read. Split the matrix into smaller files."
    )
    raise UnreadableMatrixError(text.format(file=name, columns=MAX_COLUMNS, cells=MAX_CELLS))


def allow_long_cells(length: int) -> None:
    """Let the csv module read cells of so many characters. Its limit holds for the whole process; it is only raised."""
    csv.field_size_limit(max(csv.field_size_limit(), length))
