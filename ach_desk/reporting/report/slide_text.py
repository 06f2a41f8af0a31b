"""How much room texts need on a slide, reckoned before PowerPoint sets them: a little more than it will take.

Measured with the condensed sans that the program brings; the letters of Arial, which the slides use, are narrower.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from ach_desk import paths

LINE = 1.2
"""Height of a line in sizes of its letters."""

_WORD = re.compile(r"\S+\s*|\s+")
_UNKNOWN, _WIDE = 0.7, 1.0


@dataclass(frozen=True)
class Run:
    """Letters of one look. colour: ``#rrggbb``, "" for that of the slide."""

    text: str
    bold: bool = False
    colour: str = ""
    strike: bool = False


@dataclass(frozen=True)
class Words:
    """A paragraph: its runs, without line ends. size, before, indent: in points. keep: stays with what follows."""

    runs: tuple[Run, ...]
    size: float
    before: float = 0.0
    indent: float = 0.0
    bullet: str = ""
    align: str = ""
    keep: bool = False

    @property
    def text(self) -> str:
        """Return its letters."""
        return "".join(run.text for run in self.runs)

    @property
    def is_bold(self) -> bool:
        """Return whether any of it is bold, by which it is measured."""
        return any(run.bold for run in self.runs)

    def lines(self, width: float) -> tuple[str, ...]:
        """Return its lines in a place of `width` points; together they are its text."""
        return wrapped(self.text, width - self.indent, self.size, self.is_bold)

    def height(self, width: float) -> float:
        """Return its height in points in a place of `width` points."""
        return self.before + max(len(self.lines(width)), 1) * self.size * LINE

    def cut(self, width: float, room: float) -> tuple[Words, Words] | None:
        """Return what of it fits into `room` points, and the rest; None where no line or all of it fits."""
        lines = self.lines(width)
        fitting = int((room - self.before) / (self.size * LINE))
        if fitting < 1 or fitting >= len(lines):
            return None
        at = sum(map(len, lines[:fitting]))
        return replace(self, runs=_slice(self.runs, 0, at)), replace(
            self, runs=_slice(self.runs, at, len(self.text)), before=0.0, bullet=""
        )


def height_of(paragraphs: Sequence[Words], width: float) -> float:
    """Return the height of paragraphs below each other in points."""
    return sum(words.height(width) for words in paragraphs)


def _slice(runs: Sequence[Run], start: int, end: int) -> tuple[Run, ...]:
    found, at = [], 0
    for run in runs:
        part = run.text[max(start - at, 0) : max(end - at, 0)]
        at += len(run.text)
        if part:
            found.append(replace(run, text=part))
    return tuple(found)


@lru_cache(maxsize=20_000)
def wrapped(text: str, width: float, size: float, bold: bool = False) -> tuple[str, ...]:
    """Return the lines of a text in a place of `width` points; together they are the text."""
    lines, line, used = [], "", 0.0
    for word in _WORD.findall(text):
        long = width_of(word.rstrip(), size, bold)
        if line and used + long > width:
            lines.append(line)
            line, used = "", 0.0
        if long > width:
            *full, word = _broken(word, width, size, bold)
            lines += full
        line += word
        used += width_of(word, size, bold)
    return (*lines, line) if line or not lines else tuple(lines)


def _broken(word: str, width: float, size: float, bold: bool) -> list[str]:
    """Return a word that is longer than a line as pieces that are not."""
    pieces, piece, used = [], "", 0.0
    for letter in word:
        wide = width_of(letter, size, bold)
        if piece and used + wide > width and not letter.isspace():
            pieces.append(piece)
            piece, used = "", 0.0
        piece += letter
        used += wide
    return [*pieces, piece]


def width_of(text: str, size: float, bold: bool = False) -> float:
    """Return the width of a text in one line in points."""
    known = _advances(bold)
    return size * sum(known[letter] if letter in known else _guessed(letter) for letter in text)


def _guessed(letter: str) -> float:
    if unicodedata.combining(letter):
        return 0.0
    return _WIDE if unicodedata.east_asian_width(letter) in "WF" else _UNKNOWN


@cache
def _advances(bold: bool) -> dict[str, float]:
    """Return the widths of the letters of the measuring font in sizes."""
    from fontTools.ttLib import TTFont

    name = "DejaVuSansCondensed-Bold.ttf" if bold else "DejaVuSansCondensed.ttf"
    with TTFont(paths.resources() / "fonts" / name, lazy=True) as font:
        units, widths = font["head"].unitsPerEm, font["hmtx"].metrics
        return {chr(code): widths[glyph][0] / units for code, glyph in (font.getBestCmap() or {}).items()}
