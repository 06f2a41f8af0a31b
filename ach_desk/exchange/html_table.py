"""The table in HTML from a spreadsheet or word processor as rows of cells: their texts only, within bounds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html.parser import HTMLParser
from typing import NamedTuple

from ach_desk.exchange.csv_text import MAX_CELLS, MAX_COLUMNS

MAX_CHARACTERS = 8 * 1024 * 1024
"""Longer HTML is not read."""

_UNSEEN = frozenset({"script", "style", "title", "template", "noscript", "object", "svg", "xml", "comment"})
_BLOCKS = frozenset({"p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6"})
_SPACE = re.compile(r"[ \t\n\r\f]+")
_DIGITS = re.compile(r"\s*(\d{1,5})")


class _Cell(NamedTuple):
    text: str
    wide: int
    high: int


class _Tables(HTMLParser):
    """Collects the cells of outermost tables. What a cell was calculated from are attributes, which are not read."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[_Cell]] = []
        self.tables = 0
        self.has_text_beside = False
        self._depth = 0
        self._unseen = ""
        self._texts: list[str] | None = None
        self._has_words = False
        self._span = (1, 1)

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        if self._unseen:
            return
        if tag in _UNSEEN:
            self._unseen = tag
        elif tag == "table":
            self._depth += 1
            self.tables += self._depth == 1
        elif self._depth == 1 and tag == "tr":
            self._end_cell()
            self.rows.append([])
        elif self._depth == 1 and tag in ("td", "th"):
            self._end_cell()
            named = dict(attrs)
            self._texts, self._has_words = [], False
            self._span = (_count(named.get("colspan")), _count(named.get("rowspan")))
        elif self._texts is not None and (tag == "br" or (tag in _BLOCKS and self._has_words)):
            self._texts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if self._unseen:
            self._unseen = "" if tag == self._unseen else self._unseen
        elif tag == "table" and self._depth:
            if self._depth == 1:
                self._end_cell()
            self._depth -= 1
        elif self._depth == 1 and tag in ("td", "th", "tr"):
            self._end_cell()

    def handle_data(self, data: str) -> None:
        if self._unseen:
            return
        if self._texts is not None:
            self._has_words = self._has_words or bool(data.strip())
            self._texts.append(_SPACE.sub(" ", data))  # a line end in the source is space; breaks of the text are tags
        elif not self._depth and data.strip():
            self.has_text_beside = True

    def _end_cell(self) -> None:
        if self._texts is None:
            return
        if not self.rows:
            self.rows.append([])
        lines = "".join(self._texts).replace("\N{NO-BREAK SPACE}", " ").split("\n")
        text = "\n".join(" ".join(line.split()) for line in lines).strip("\n")
        self.rows[-1].append(_Cell(text, *self._span))
        self._texts = None


def read_html_table(text: str) -> list[list[str]] | None:
    """Return the cells of the table that `text` is; None for more than one table, or one beyond all bounds.

    A cell over several columns or rows gives its text to the first place and leaves the others empty.
    """
    if len(text) > MAX_CHARACTERS or "<t" not in text.lower():
        return None
    tables = _Tables()
    try:
        tables.feed(text)  # never closed: what is cut off at the end is no cell
    except AssertionError:  # how the parser refuses a broken declaration such as <![what
        return None
    return _laid_out(tables.rows) if tables.tables == 1 and not tables.has_text_beside else None


def _laid_out(rows: Sequence[Sequence[_Cell]]) -> list[list[str]] | None:
    lines: list[list[str]] = []
    total = 0
    hanging: dict[int, int] = {}  # column -> how many more rows a cell above reaches down
    for row in rows:
        line: list[str] = []
        below: dict[int, int] = {}
        for cell in row:
            _leave_covered(line, hanging)
            below.update((len(line) + number, cell.high - 1) for number in range(cell.wide if cell.high > 1 else 0))
            line += [cell.text, *[""] * (cell.wide - 1)]
        _leave_covered(line, hanging)
        hanging.update(below)
        total += len(line)
        if len(line) > MAX_COLUMNS or total > MAX_CELLS:
            return None
        lines.append(line)
    return lines


def _leave_covered(line: list[str], hanging: dict[int, int]) -> None:
    while hanging.get(len(line), 0):
        hanging[len(line)] -= 1
        line.append("")


def _count(span: str | None) -> int:
    found = _DIGITS.match(span or "")
    return min(max(int(found[1]), 1), MAX_COLUMNS + 1) if found else 1
