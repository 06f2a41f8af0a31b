"""Reads Excel workbooks as texts. Nothing is calculated, followed or run: formulas count by what they last showed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from posixpath import join, normpath

from ach_desk.exchange.book import Book, Cells, Sheet, Watch
from ach_desk.exchange.xml_parts import Parts
from ach_desk.i18n import _, ngettext

_MAIN = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main ",
    "http://purl.oclc.org/ooxml/spreadsheetml/main ",
)
_RELATION_ID = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships id",
    "http://purl.oclc.org/ooxml/officeDocument/relationships id",
)
_MOST_SHEETS = 200
_DATE_FORMATS = frozenset((*range(14, 18), 22, *range(27, 37), *range(50, 59)))
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


@dataclass(frozen=True)
class _SheetPart:
    name: str
    part: str
    is_hidden: bool


def read_xlsx(data: bytes, name: str, watch: Watch) -> Book:
    """Return the sheets of an Excel workbook; raises RefusedFileError with a sentence."""
    parts = Parts(data, name, watch)
    workbook = next((part for part in ("xl/workbook.xml", "workbook.xml") if parts.has(part)), "")
    if not workbook:
        parts.refuse(_("{file} is no Excel workbook; perhaps its ending is wrong."))
    sheets, is_1904, main = _sheets(parts, workbook)
    folder = workbook.rpartition("/")[0]
    strings, styles = join(folder, "sharedStrings.xml"), join(folder, "styles.xml")
    parts.expect(strings, styles, *(sheet.part for sheet in sheets))
    shared = _shared_strings(parts, strings) if parts.has(strings) else []
    dated = _date_styles(parts, styles) if parts.has(styles) else frozenset()
    read = [_read_sheet(parts, sheet, _Values(shared, dated, is_1904, main)) for sheet in sheets]
    return Book(tuple(read), tuple(_notes(parts, folder)))


def _notes(parts: Parts, folder: str) -> list[str]:
    notes = []
    if parts.has(join(folder, "vbaProject.bin")) or parts.beginning_with(join(folder, "macrosheets/")):
        notes.append(_("The file holds macros. They were not read and not run."))
    links = len([part for part in parts.beginning_with(join(folder, "externalLinks/")) if part.endswith(".xml")])
    if links:
        text = ngettext(
            "The file links to {count} other file. It was not opened.",
            "The file links to {count} other files. They were not opened.",
            links,
        )
        notes.append(text.format(count=links))
    return notes


def _sheets(parts: Parts, workbook: str) -> tuple[list[_SheetPart], bool, str]:
    """Return where the sheets are, in order, whether days are counted from 1904, and the vocabulary of the file."""
    targets: dict[str, str] = {}
    found: list[tuple[str, str, bool]] = []
    since_1904: list[bool] = []
    main = _MAIN[0]

    def relation(tag: str, attributes: dict[str, str]) -> None:
        if tag.endswith(" Relationship") and attributes.get("TargetMode") != "External":
            targets[attributes.get("Id", "")] = attributes.get("Target", "")

    def entry(tag: str, attributes: dict[str, str]) -> None:
        nonlocal main
        if tag in (f"{namespace}workbook" for namespace in _MAIN):
            main = tag.removesuffix("workbook")
        elif tag.endswith(" sheet"):
            key = next((attributes[name] for name in _RELATION_ID if name in attributes), "")
            found.append((attributes.get("name", ""), key, attributes.get("state", "visible") != "visible"))
        elif tag.endswith(" workbookPr"):
            since_1904.append(attributes.get("date1904", "0") in ("1", "true"))

    folder, _slash, file = workbook.rpartition("/")
    parts.parse(join(folder, "_rels", file + ".rels"), relation, _nothing, _nothing)
    parts.parse(workbook, entry, _nothing, _nothing)
    sheets = [
        _SheetPart(name, _resolved(folder, targets[key]), is_hidden) for name, key, is_hidden in found if key in targets
    ]
    return [sheet for sheet in sheets if parts.has(sheet.part)][:_MOST_SHEETS], any(since_1904), main


def _resolved(folder: str, target: str) -> str:
    return normpath(target.lstrip("/") if target.startswith("/") else join(folder, target))


def _nothing(*_args: object) -> None:
    """Take no interest in this part of the XML."""


def _plain(tag: str) -> str:
    """Return the name of an element of the spreadsheet's own vocabulary, "" for any other."""
    return tag.rpartition(" ")[2] if tag.startswith(_MAIN) else ""


def _shared_strings(parts: Parts, part: str) -> list[str]:
    strings: list[str] = []
    pieces: list[str] = []
    taking = phonetic = False

    def start(tag: str, _attributes: dict[str, str]) -> None:
        nonlocal taking, phonetic
        tag = _plain(tag)
        if tag == "si":
            pieces.clear()
        elif tag == "rPh":
            phonetic = True
        taking = tag == "t" and not phonetic

    def end(tag: str) -> None:
        nonlocal taking, phonetic
        tag = _plain(tag)
        taking = False
        if tag == "rPh":
            phonetic = False
        elif tag == "si":
            strings.append(unescaped("".join(pieces)))

    def text(piece: str) -> None:
        if taking:
            pieces.append(piece)

    parts.parse(part, start, end, text)
    return strings


def unescaped(text: str) -> str:
    """Return a text of a workbook with the characters that XML cannot hold: ``_x0009_`` is a tab."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _date_styles(parts: Parts, part: str) -> frozenset[int]:
    """Return the numbers of the cell styles that show a number as a day."""
    codes: dict[int, str] = {}
    used: list[int] = []
    inside = False

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal inside
        tag = _plain(tag)
        if tag == "numFmt":
            codes[_whole(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
        elif tag == "cellXfs":
            inside = True
        elif tag == "xf" and inside:
            used.append(_whole(attributes.get("numFmtId")))

    def end(tag: str) -> None:
        nonlocal inside
        if _plain(tag) == "cellXfs":
            inside = False

    parts.parse(part, start, end, _nothing)
    return frozenset(
        place for place, code in enumerate(used) if code in _DATE_FORMATS or _shows_a_day(codes.get(code, ""))
    )


def _shows_a_day(code: str) -> bool:
    plain = _QUOTED.sub("", code).casefold()
    return "d" in plain or "y" in plain or "j" in plain


def _whole(text: str | None) -> int:
    return int(text) if text is not None and text.isascii() and text.isdigit() and len(text) < 10 else -1


@dataclass(frozen=True)
class _Values:
    """What is needed to say what a cell shows."""

    shared: Sequence[str]
    dated: frozenset[int]
    is_1904: bool
    main: str

    def shown(self, kind: str, style: str, raw: str) -> str:
        """Return the text of a cell of that kind and style whose content is `raw`."""
        if kind == "s":
            place = _whole(raw.strip())
            return self.shared[place] if 0 <= place < len(self.shared) else ""
        if kind in ("str", "inlineStr"):
            return unescaped(raw)
        if kind == "b":
            return "TRUE" if raw.strip() == "1" else "FALSE"
        if kind in ("e", "d"):
            return raw.strip()
        return self._number(raw.strip(), style)

    def _number(self, raw: str, style: str) -> str:
        if style and self.dated and _whole(style) in self.dated:
            return _day(raw, self.is_1904)
        if raw.isdigit():
            return raw
        return plain_number(raw)


def plain_number(raw: str) -> str:
    """Return a number as people write it: ``1`` for 1.0; another text as it is."""
    try:
        number = float(raw)
    except ValueError:
        return raw
    return str(int(number)) if abs(number) < 1e15 and number == int(number) else f"{number:.12g}"


def _day(raw: str, is_1904: bool) -> str:
    """Return the day that a number stands for, as 2023-06-24; the number where there is no such day."""
    try:
        days = int(float(raw))
        first = date(1904, 1, 1) if is_1904 else date(1899, 12, 30 if days >= 60 else 31)
        return (first + timedelta(days=days)).isoformat() if days >= 1 else raw
    except (ValueError, OverflowError):
        return raw


class _SheetReader:
    """Takes the cells of one sheet as the XML names them."""

    def __init__(self, cells: Cells, values: _Values) -> None:
        self._cells = cells
        self._values = values
        self._cell, self._row_tag, self._value, self._text, self._formula, self._phonetic = (
            values.main + name for name in ("c", "row", "v", "t", "f", "rPh")
        )
        self._row, self._column = -1, -1
        self._kind = self._style = ""
        self._pieces: list[str] = []
        self._is_calculated = self._taking = self._in_phonetic = False
        self._columns: dict[str, int] = {}

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == self._cell:
            self._place(attributes.get("r", ""))
            self._kind, self._style = attributes.get("t", "n"), attributes.get("s", "")
            self._pieces = []
            self._is_calculated = False
        elif tag == self._value or (tag == self._text and not self._in_phonetic):
            self._taking = True
        elif tag == self._formula:
            self._is_calculated = True
        elif tag == self._row_tag:
            given = _whole(attributes.get("r"))
            self._row = given - 1 if given > 0 else self._row + 1
            self._column = -1
        elif tag == self._phonetic:
            self._in_phonetic = True

    def end(self, tag: str) -> None:
        if tag == self._value or tag == self._text:
            self._taking = False
        elif tag == self._cell:
            if self._pieces or self._is_calculated:
                self._finish()
        elif tag == self._phonetic:
            self._in_phonetic = False

    def text(self, piece: str) -> None:
        if self._taking:
            self._pieces.append(piece)

    def _place(self, reference: str) -> None:
        found = _REFERENCE.fullmatch(reference)
        if found is None:
            self._column += 1
            return
        word = found[1]
        column = self._columns.get(word)
        if column is None:
            column = self._columns[word] = _column_of(word)
        self._column, self._row = column, int(found[2]) - 1

    def _finish(self) -> None:
        shown = self._values.shown(self._kind, self._style, "".join(self._pieces))
        if shown or self._is_calculated:
            self._cells.put(max(self._row, 0), self._column, shown, is_calculated=self._is_calculated)


def _column_of(word: str) -> int:
    number = 0
    for letter in word:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _read_sheet(parts: Parts, sheet: _SheetPart, values: _Values) -> Sheet:
    cells = Cells(parts.name, sheet.name)
    reader = _SheetReader(cells, values)
    parts.parse(sheet.part, reader.start, reader.end, reader.text)
    return cells.sheet_of(is_hidden=sheet.is_hidden)
