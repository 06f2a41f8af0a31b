"""Measuring, wrapping and drawing text, with everything that is slow about it remembered.

matplotlib shapes and rasterises each glyph anew at every draw, which takes most of the time of a chart. Here the
width of a text, its line breaks and its picture are kept from one chart to the next.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.font_manager import FontProperties, fontManager, get_font
from numpy.typing import NDArray

from ach_desk.reporting.glyphs import (
    BUNDLED_FAMILY,
    REPLACEMENT,
    Coverage,
    faces_for,
    installed,
    is_right_to_left,
    printable,
)

SCREEN_DPI = 96.0
POINTS_PER_INCH = 72.0
ELLIPSIS = "…"
RIGHT_TO_LEFT_MARK = "\u200f"

_MOST_REMEMBERED = 8192
_MOST_MASK_BYTES = 12 * 2**20
_LINE_HEIGHT = 1.36
_CAP_HEIGHT = 0.73
_MOST_PER_EM = 8
_HAS_BOLD = re.compile(r"[ -~\u00a0-\u02e9\u0370-\u0481\u048a-\u0513\u2010-\u2027\u2030-\u205e\u200f]*")
"""Text that has bold letters everywhere; other scripts stay regular, because their bold fonts are often missing."""

_BREAKABLE = "\u1100-\u11ff\u2e80-\ua4cf\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff01-\uff60\U00020000-\U0003ffff"
_PIECE = re.compile(rf"[{_BREAKABLE}]\s*|[^\s{_BREAKABLE}/-]*[/-]+\s*|[^\s{_BREAKABLE}/-]+\s*|\s+")
"""The smallest parts that a line may end after: an ideograph, a word, a part of a word up to a hyphen or slash."""

_PICTURE = "[\u00a9\u00ae\u203c-\u3299\U0001f000-\U0001faff]\ufe0f?[\U0001f3fb-\U0001f3ff]?[\U000e0020-\U000e007f]*"
_EMOJI_SEQUENCE = re.compile(rf"[\U0001f1e6-\U0001f1ff]{{2}}|{_PICTURE}(?:\u200d{_PICTURE})*")
"""What is one picture although it is several characters (UTS #51, section 1.4.9, without its rare forms)."""


class Font:
    """One size and weight at one scale. Widths and heights are in logical pixels (96 to the inch)."""

    def __init__(self, family: str, points: float, bold: bool, scale: float) -> None:
        """Take the family to try first ("" for none), the size in points, and the pixels per logical pixel."""
        self._family = family
        self._bold = bold
        self._scale = scale
        self._measure = RendererAgg(8, 8, SCREEN_DPI * scale)
        self._remembered: dict[Hashable, Any] = {}
        self._masks: dict[str, tuple[NDArray[np.uint8], int, int]] = {}
        self._mask_bytes = 0
        self.points = points
        self.pixels = points * SCREEN_DPI / POINTS_PER_INCH
        self.line_height = round(self.pixels * _LINE_HEIGHT)

    def baseline(self, top: float) -> float:
        """Return the baseline of a line whose room begins at `top`."""
        return self.centre(top + self.line_height / 2)

    def centre(self, middle: float) -> float:
        """Return the baseline that puts capitals around the height `middle`."""
        return middle + self.pixels * _CAP_HEIGHT / 2

    def width(self, text: str) -> float:
        """Return how wide the text is."""
        return self._remember(("width", text), lambda: self._width(text)) if text else 0.0

    def wrap(self, text: str, width: float, most_lines: int = 1_000) -> list[str]:
        """Return the text in lines no wider than `width`; what exceeds `most_lines` ends in an ellipsis.

        Breaks at spaces, hyphens, slashes and between ideographs, and inside a word only if it is wider than a line.
        Lines of a right-to-left paragraph carry marks that keep its direction.
        """
        key = ("wrap", text, round(width), most_lines)
        return self._remember(key, lambda: self._wrap(text, max(width, self.pixels), most_lines))

    def wrap_evenly(self, text: str, width: float) -> list[str]:
        """Return the text on one line, or on two of about the same length, or on more where `width` asks for it."""
        if self.width(text) > width:
            width = min(width, self.two_line_width(text))
        return self.wrap(text, width)

    def elide(self, text: str, width: float) -> str:
        """Return the text on one line, its end replaced by an ellipsis where it is wider than `width`.

        It is cut at a letter and not at a word, so that lines below each other end at about the same place.
        """
        line = " ".join(text.split())
        key = ("elide", line, round(width))
        return self._remember(key, lambda: self._elided(line, max(width, self.pixels))) if line else ""

    def longest_word(self, text: str) -> float:
        """Return the width of the widest piece of the text that is not broken."""
        return max((self.width(piece.rstrip()) for piece in _pieces(text)), default=0.0)

    def two_line_width(self, text: str) -> float:
        """Return the least width in which the text takes at most two lines without breaking a word."""
        pieces = _pieces(text)
        splits = (("".join(pieces[:cut]), "".join(pieces[cut:])) for cut in range(1, len(pieces)))
        halves = (max(self.width(first.rstrip()), self.width(second)) for first, second in splits)
        return min(halves, default=self.width(text)) + 1

    def properties(self, text: str) -> FontProperties:
        """Return the font properties with the families that the text needs."""
        bold = self._bold and _HAS_BOLD.fullmatch(text) is not None
        return _properties(_families(text, self._family), self.points, bold)

    def mask(self, text: str) -> tuple[NDArray[np.uint8], int, int]:
        """Return the drawn text as opacity, rows from the bottom, and where its left and lower edge lie.

        The offsets are in pixels of the picture, from the left end of the text and from its baseline.
        """
        found = self._masks.get(text)
        if found is None:
            found = self._draw(text)
            if self._mask_bytes > _MOST_MASK_BYTES:
                self._masks.clear()
                self._mask_bytes = 0
            self._masks[text] = found
            self._mask_bytes += found[0].nbytes
        return found

    def _remember(self, key: Hashable, make: Callable[[], Any]) -> Any:
        found = self._remembered.get(key)
        if found is None:
            if len(self._remembered) >= _MOST_REMEMBERED:
                self._remembered.clear()
            found = self._remembered[key] = make()
        return found

    def _extent(self, text: str) -> tuple[float, float, float]:
        return self._measure.get_text_width_height_descent(text, self.properties(text), False)

    def _width(self, text: str) -> float:
        return self._extent(text)[0] / self._scale

    def _draw(self, text: str) -> tuple[NDArray[np.uint8], int, int]:
        width, height, descent = self._extent(text)
        edge = int(self.pixels * self._scale / 2) + 2
        below = int(descent) + edge
        renderer = RendererAgg(int(width) + 2 * edge, int(height) + 2 * edge, SCREEN_DPI * self._scale)
        context = renderer.new_gc()
        renderer.draw_text(context, edge, renderer.height - below, text, self.properties(text), 0)
        context.restore()
        rows = np.asarray(renderer.buffer_rgba())[::-1, :, 3]
        drawn = np.argwhere(rows)
        if not len(drawn):
            return rows[:1, :1].copy(), 0, 0
        (bottom, left), (top, right) = drawn.min(axis=0), drawn.max(axis=0) + 1
        return rows[bottom:top, left:right].copy(), int(left) - edge, int(bottom) - below

    def _wrap(self, text: str, width: float, most_lines: int) -> list[str]:
        lines: list[str] = []
        for paragraph in text.split("\n"):
            mark = RIGHT_TO_LEFT_MARK if is_right_to_left(paragraph) else ""
            for line in self._lines(paragraph.strip(), width):
                if len(lines) == most_lines:
                    lines[-1] = self._shortened(lines[-1].strip(RIGHT_TO_LEFT_MARK), width)
                    return lines
                lines.append(f"{mark}{line}{mark}")
        return lines

    def _shortened(self, line: str, width: float) -> str:
        room = width - self.width(ELLIPSIS)
        mark = RIGHT_TO_LEFT_MARK if is_right_to_left(line) else ""
        return f"{mark}{self._fitting(line, room).rstrip()}{ELLIPSIS}{mark}"

    def _elided(self, line: str, width: float) -> str:
        if self._exceeds(line, width):
            return self._shortened(line, width)
        mark = RIGHT_TO_LEFT_MARK if is_right_to_left(line) else ""
        return f"{mark}{line}{mark}"

    def _lines(self, paragraph: str, width: float) -> Iterator[str]:
        line, used, space = "", 0.0, self._space()
        for piece in _pieces(paragraph):
            word = piece.rstrip()
            if line and (self._exceeds(word, width) or used + self.width(word) > width):
                yield line.rstrip()
                line, used = "", 0.0
            while self._exceeds(word, width):
                part, sign = self._beginning(word, width)
                if part == word:
                    break
                yield part + sign
                piece, word = piece[len(part) :], word[len(part) :]
            line += piece
            used += self.width(word) + space * (len(piece) - len(word))
        if line:
            yield line.rstrip()

    def _beginning(self, word: str, width: float) -> tuple[str, str]:
        """Return what of a word too long for a line stands on it, and the hyphen that says that it goes on."""
        part = self._fitting(word, width - self.width("-"))
        if len(part) > 2 and part[-2:].isalpha() and word[len(part) : len(part) + 1].isalpha():
            return part, "-"
        return self._fitting(word, width) or word[:1], ""

    def _space(self) -> float:
        return self._advance(" ")

    def _advance(self, character: str) -> float:
        """Return how far a character moves what comes after it."""
        return self._remember(("advance", character), lambda: self._width(f"n{character}n") - self._width("nn"))

    def _exceeds(self, word: str, width: float) -> bool:
        """Return whether a word is wider than `width`, without shaping one that is far too long."""
        return len(word) > width / self.pixels * _MOST_PER_EM or self.width(word) > width

    def _fitting(self, text: str, width: float) -> str:
        """Return the beginning of the text that is no wider than `width`."""
        used = 0.0
        for position, character in enumerate(text):
            used += self._advance(character)
            if used > width:
                return text[:position]
        return text


@lru_cache(maxsize=16)
def font(family: str, points: float, bold: bool, scale: float) -> Font:
    """Return the font, the same object each time, so that what it remembers is used again."""
    return Font(family, points, bold, scale)


@lru_cache(maxsize=4096)
def drawable(text: str, layout: str = "\n") -> str:
    """Return the text with a sign for everything that matplotlib cannot draw with the installed fonts.

    What a person reads as one picture (a flag, a thumb with the colour of its skin) is one sign, not one for each
    of its parts.
    """
    fonts = installed(outlines_only=True)
    whole = _EMOJI_SEQUENCE.sub(lambda found: _whole_or_sign(found.group(), fonts), text)
    return printable(whole, fonts, layout)


def _whole_or_sign(sequence: str, fonts: Coverage) -> str:
    return REPLACEMENT if REPLACEMENT in printable(sequence, fonts) else sequence


def is_known_family(name: str) -> bool:
    """Return whether matplotlib has a font of that family."""
    return any(entry.name == name for entry in fontManager.ttflist)


def _pieces(text: str) -> list[str]:
    return _PIECE.findall(text)


@lru_cache(maxsize=64)
def _properties(families: tuple[str, ...], points: float, bold: bool) -> FontProperties:
    return FontProperties(family=list(families), size=points, weight="bold" if bold else "normal")


@lru_cache(maxsize=4096)
def _families(text: str, first: str) -> tuple[str, ...]:
    wanted = (first,) if first and _known(first) else ()
    others = (_family_of(face.path) for face in faces_for([text], installed(outlines_only=True)))
    return tuple(dict.fromkeys((*wanted, BUNDLED_FAMILY, *others)))


_known = cache(is_known_family)


@cache
def _family_of(path: Path) -> str:
    """Return the name by which matplotlib finds the font, which it may not have met before."""
    name = get_font(path).family_name
    if not is_known_family(name):
        fontManager.addfont(path)
    return name
