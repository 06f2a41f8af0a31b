"""Files from anywhere made harmless before anybody reads them: unpacked, decoded and parsed within bounds.

Each function returns plain data or raises `RefusedFileError` with a sentence. Nothing outside the bytes is ever
looked up: no entity, no document type, no link.
"""

from __future__ import annotations

import json
import re
import zlib
from typing import Any
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from ach_desk.exchange.book import LONGEST_TEXT
from ach_desk.exchange.formats import MAX_BYTES, RefusedFileError
from ach_desk.i18n import _

MAX_ELEMENTS = 1_000_000
"""XML elements; together with the next number they bound the memory that a parsed file takes."""

MAX_MARKS = 4 * MAX_ELEMENTS
"""Commas and brackets in JSON, as many as there are values in it."""

MAX_DEPTH = 50
"""The files that are known nest four deep."""

_GZIP = b"\x1f\x8b"
_LONGEST_NUMBER = 18
_JSON_MARKS = (",", "{", "[")
_WITHOUT_MARK = (
    (b"\x00<", "utf-16-be"),
    (b"<\x00", "utf-16-le"),
    (b"\x00{", "utf-16-be"),
    (b"{\x00", "utf-16-le"),
    (b"\x00[", "utf-16-be"),
    (b"[\x00", "utf-16-le"),
)
_NOT_IN_XML = dict.fromkeys([*range(9), 11, 12, *range(14, 32)])
"""Control characters, which XML does not allow even as references, and which old programs write all the same."""
_NOT_IN_TEXT = {**_NOT_IN_XML, **dict.fromkeys(range(0x7F, 0xA0))}
_HALVES = re.compile("[\ud800-\udfff]")


def unpacked(data: bytes, name: str) -> bytes:
    """Return what gzip packed, or `data` itself where it is not packed.

    Raises RefusedFileError for a damaged packing, and for one that holds more than a file may: it is not unpacked
    further than that.
    """
    if not data.startswith(_GZIP):
        return data
    out = bytearray()
    rest = data
    try:
        while rest.startswith(_GZIP):
            unpacker = zlib.decompressobj(wbits=31)
            out += unpacker.decompress(rest, MAX_BYTES + 1 - len(out))
            if len(out) > MAX_BYTES or unpacker.unconsumed_tail:
                text = _("{file} unpacks to more than {limit} MB and was not read.")
                raise RefusedFileError(text.format(file=name, limit=MAX_BYTES // 2**20))
            if not unpacker.eof:
                raise zlib.error
            rest = unpacker.unused_data
    except zlib.error:
        text = _("{file} is damaged: its packing (gzip) ends early or is broken. Ask for the file once more.")
        raise RefusedFileError(text.format(file=name)) from None
    return bytes(out)


def decoded(data: bytes, name: str) -> str:
    """Return the text of a file in UTF-8 or UTF-16, with or without a byte order mark; RefusedFileError for others."""
    if len(data) > MAX_BYTES:
        text = _("{file} is larger than {limit} MB and was not read.")
        raise RefusedFileError(text.format(file=name, limit=MAX_BYTES // 2**20))
    try:
        return data.decode(_encoding(data))
    except UnicodeDecodeError as error:
        text = _("{file} is neither UTF-8 nor UTF-16 text (byte {position}) and was not read.")
        raise RefusedFileError(text.format(file=name, position=error.start + 1)) from None


def _encoding(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    start = data[:64].lstrip(b" \t\r\n")
    return next((encoding for mark, encoding in _WITHOUT_MARK if start.startswith(mark)), "utf-8-sig")


def parsed_xml(text: str, name: str) -> Element:
    """Return the root of an XML text; what it says of its encoding does not matter any more.

    Raises RefusedFileError for text that is not well formed, that declares entities or reaches for other files, and
    for more elements or a deeper nesting than bounded memory allows.
    """
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import XMLParser

    if text.count("<") > 2 * MAX_ELEMENTS:
        _refuse_size(name)
    parser = XMLParser(target=_BoundedBuilder(name), forbid_entities=True, forbid_external=True)
    try:
        parser.feed(text.translate(_NOT_IN_XML))
        return parser.close()
    except DefusedXmlException:
        sentence = _("{file} declares entities or reaches for other files, as hostile XML does, and was not read.")
        raise RefusedFileError(sentence.format(file=name)) from None
    except ParseError as error:
        line, column = error.position
        sentence = _("{file} is no sound XML (line {line}, column {column}) and was not read.")
        raise RefusedFileError(sentence.format(file=name, line=line, column=column + 1)) from None


class _BoundedBuilder:
    """Builds the tree and stops where it becomes too large."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._tree = TreeBuilder()
        self._depth = self._count = 0

    def start(self, tag: str, attributes: dict[str, str]) -> Element:
        self._depth += 1
        self._count += 1
        if self._depth > MAX_DEPTH or self._count > MAX_ELEMENTS:
            _refuse_size(self._name)
        return self._tree.start(tag, attributes)

    def end(self, tag: str) -> Element:
        self._depth -= 1
        return self._tree.end(tag)

    def data(self, text: str) -> None:
        self._tree.data(text)

    def close(self) -> Element:
        return self._tree.close()


def parsed_json(data: bytes, name: str, first_line: int = 1) -> Any:
    """Return the value of a JSON text; a number that is no ordinary one (NaN, 1e999) is None.

    `first_line`: where in the file the text begins. Raises RefusedFileError for text that is no JSON, and for more
    values or a deeper nesting than is read.
    """
    text = decoded(data, name)
    if json_marks(text) > MAX_MARKS:
        _refuse_size(name)
    try:
        return json.loads(text, parse_int=_whole, parse_float=_number, parse_constant=lambda _constant: None)
    except RecursionError:
        _refuse_size(name)
    except json.JSONDecodeError as error:
        sentence = _("{file} is no sound JSON (line {line}, column {column}) and was not read.")
        line = error.lineno + first_line - 1
        raise RefusedFileError(sentence.format(file=name, line=line, column=error.colno)) from None


def json_marks(text: str) -> int:
    """Return how many values a JSON text holds at most, counted without reading it."""
    return sum(map(text.count, _JSON_MARKS))


def _whole(digits: str) -> int | float | None:
    return int(digits) if len(digits) <= _LONGEST_NUMBER else _number(digits)


def _number(digits: str) -> float | None:
    value = float(digits)
    return value if abs(value) < float("inf") else None


def _refuse_size(name: str) -> None:
    text = _("{file} holds more, or is nested deeper, than any analysis would be, and was not read.")
    raise RefusedFileError(text.format(file=name))


def clean(text: object) -> str:
    """Return a text from a file as the program keeps it; "" for what is no text.

    Half characters and control characters go, line ends are made one kind, space around goes, and what is longer
    than any text of an analysis is cut, with an ellipsis.
    """
    if not isinstance(text, str):
        return ""
    text = text[: LONGEST_TEXT + 1].replace("\r\n", "\n").replace("\r", "\n")
    if not text.isprintable():
        text = _HALVES.sub("\N{REPLACEMENT CHARACTER}", text.translate(_NOT_IN_TEXT))
    text = text.strip()
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…"


def is_cut(text: object) -> bool:
    """Return whether `clean` had to cut this text."""
    return isinstance(text, str) and len(text) == LONGEST_TEXT and text.endswith("…")


def clean_line(text: object) -> str:
    """Return a text as `clean` does, in one line: for titles and names."""
    return " ".join(clean(text).split())
