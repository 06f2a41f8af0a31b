"""Reads OpenDocument spreadsheets as texts. Nothing is calculated, followed or run."""

from __future__ import annotations

from ach_desk.exchange.book import MAX_COLUMNS, MAX_ROWS, Book, Cells, Sheet, Watch
from ach_desk.exchange.xlsx_in import plain_number
from ach_desk.exchange.xml_parts import Parts
from ach_desk.i18n import _

_URN = "urn:oasis:names:tc:opendocument:xmlns:"
_TABLE, _TEXT, _OFFICE = f"{_URN}table:1.0 ", f"{_URN}text:1.0 ", f"{_URN}office:1.0 "
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_CONTENT = "content.xml"
_SCRIPTS = ("Basic/", "Scripts/")


def read_ods(data: bytes, name: str, watch: Watch) -> Book:
    """Return the sheets of an OpenDocument spreadsheet; raises RefusedFileError with a sentence."""
    parts = Parts(data, name, watch)
    if not parts.has(_CONTENT):
        parts.refuse(_("{file} is no OpenDocument spreadsheet; perhaps its ending is wrong."))
    _refuse_encrypted(parts)
    parts.expect(_CONTENT)
    reader = _Reader(name)
    parts.parse(_CONTENT, reader.start, reader.end, reader.text)
    scripts = any(parts.beginning_with(prefix) for prefix in _SCRIPTS)
    notes = (_("The file holds macros. They were not read and not run."),) if scripts else ()
    return Book(tuple(reader.sheets), notes)


def _refuse_encrypted(parts: Parts) -> None:
    def start(tag: str, _attributes: dict[str, str]) -> None:
        if tag.endswith(" encryption-data"):
            parts.refuse(_("{file} is protected with a password. Save it without one and try again."))

    if parts.has("META-INF/manifest.xml"):
        parts.parse("META-INF/manifest.xml", start, lambda _tag: None, lambda _text: None)


class _Reader:
    """Takes the cells of every sheet as the XML names them; a repeated cell counts only where it says something."""

    def __init__(self, file: str) -> None:
        self.sheets: list[Sheet] = []
        self._file = file
        self._cells: Cells | None = None
        self._row = self._column = 0
        self._row_repeat = self._repeat = 1
        self._value = ""
        self._is_calculated = False
        self._pieces: list[str] | None = None
        self._paragraphs: list[str] = []
        self._row_cells: list[tuple[int, str, bool]] = []
        self._depth_of_note = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Begin an element."""
        if self._depth_of_note or tag == f"{_OFFICE}annotation":
            self._depth_of_note += 1
        elif tag in _CELLS:
            self._begin_cell(attributes)
        elif tag == f"{_TEXT}p" or tag == f"{_TEXT}h":
            self._pieces = []
        elif self._pieces is not None and tag.startswith(_TEXT):
            self._pieces.append(_spacing(tag.removeprefix(_TEXT), attributes))
        elif tag == f"{_TABLE}table-row":
            self._row_repeat = _count(attributes.get(f"{_TABLE}number-rows-repeated"))
            self._column, self._row_cells = 0, []
        elif tag == f"{_TABLE}table" and self._cells is None:
            self._cells = Cells(self._file, attributes.get(f"{_TABLE}name", ""))
            self._row = 0

    def end(self, tag: str) -> None:
        """End an element."""
        if self._depth_of_note:
            self._depth_of_note -= 1
        elif tag in _CELLS:
            self._end_cell()
        elif tag == f"{_TEXT}p" or tag == f"{_TEXT}h":
            self._paragraphs.append("".join(self._pieces or ()))
            self._pieces = None
        elif tag == f"{_TABLE}table-row":
            self._end_row()
        elif tag == f"{_TABLE}table" and self._cells is not None:
            self.sheets.append(self._cells.sheet_of())
            self._cells = None

    def text(self, piece: str) -> None:
        """Take characters; those between paragraphs say nothing."""
        if self._pieces is not None and not self._depth_of_note:
            self._pieces.append(piece)

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        self._repeat = _count(attributes.get(f"{_TABLE}number-columns-repeated"))
        self._is_calculated = f"{_TABLE}formula" in attributes
        self._paragraphs = []
        match attributes.get(f"{_OFFICE}value-type"):
            case "float" | "percentage" | "currency":
                self._value = plain_number(attributes.get(f"{_OFFICE}value", ""))
            case "date":
                self._value = attributes.get(f"{_OFFICE}date-value", "").partition("T")[0]
            case "boolean":
                self._value = attributes.get(f"{_OFFICE}boolean-value", "").upper()
            case _:
                self._value = ""

    def _end_cell(self) -> None:
        shown = self._value or "\n".join(self._paragraphs)
        if shown or self._is_calculated:
            for column in range(self._column, min(self._column + self._repeat, MAX_COLUMNS + 1)):
                self._row_cells.append((column, shown, self._is_calculated))
        self._column += self._repeat

    def _end_row(self) -> None:
        cells = self._cells
        if cells is not None and self._row_cells:
            for row in range(self._row, min(self._row + self._row_repeat, MAX_ROWS + 1)):
                for column, shown, is_calculated in self._row_cells:
                    cells.put(row, column, shown, is_calculated=is_calculated)
        self._row += self._row_repeat


def _count(text: str | None) -> int:
    return int(text) if text is not None and text.isascii() and text.isdigit() and 0 < len(text) < 10 else 1


def _spacing(tag: str, attributes: dict[str, str]) -> str:
    """Return the characters that an element inside a paragraph stands for."""
    match tag:
        case "s":
            return " " * min(_count(attributes.get(f"{_TEXT}c")), 1_000)
        case "tab":
            return "\t"
        case "line-break":
            return "\n"
        case _:
            return ""
