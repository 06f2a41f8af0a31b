"""The analysis' words made fit for paper: any script in its direction, long words that can wrap, nothing lost."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from itertools import pairwise

from ach_desk.reporting.glyphs import is_right_to_left

ZERO_WIDTH_SPACE = "\u200b"
SOFT_HYPHEN = "\u00ad"
_ELLIPSIS = "…"
_DOTTED_CIRCLE = "\u25cc"
_MOST_MARKS = 4
_LONGEST_PART = 5
_SHORTEST_PART = 3
_SYLLABLE = re.compile(r"[^\W\d_aeiouyäöüáéíóúàèìòùâêîôûå][aeiouyäöüáéíóúàèìòùâêîôûå]", re.IGNORECASE)
_LATIN_WORD = re.compile(r"[A-Za-z\u00c0-\u024f]{2}[A-Za-z\u00c0-\u024f]*[^\w]*$")
_STRETCH = re.compile(r"[^/\\_.:&=?,;@+|-]*[/\\_.:&=?,;@+|-]+(?=[^\W_])|.+", re.DOTALL)
_KEEP_TOGETHER = (range(0x1F1E6, 0x1F200), range(0x1F3FB, 0x1F400), range(0xE0000, 0xE0080))

PrintText = str | dict[str, object]
"""A text as the template takes it: a string, or ``{"text": ..., "rtl": true}`` for a right-to-left paragraph."""


def breakable(text: str, longest: int) -> str:
    """Return `text` with places to wrap (U+200B, U+00AD) in words that run on for more than `longest` characters.

    A long word may wrap after its punctuation (a path, an address); a stretch without any that is still too long may
    wrap every few characters. Other words are left whole. Nothing is put inside a grapheme cluster, so joined
    letters, accents, flags and emoji sequences stay as they are.
    """
    if len(text) <= longest:
        return text
    return re.sub(rf"\S{{{longest + 1},}}", lambda match: _with_breaks(match[0], longest), text)


def _with_breaks(word: str, longest: int) -> str:
    stretches = re.findall(_STRETCH, word)
    return ZERO_WIDTH_SPACE.join(_chopped(stretch) if len(stretch) > longest else stretch for stretch in stretches)


def _chopped(stretch: str) -> str:
    """Return the stretch with a possible wrap every few characters; Latin words wrap with a hyphen.

    There the place is before a consonant with a vowel behind it, which in most languages begins a syllable.
    """
    is_word = _LATIN_WORD.match(stretch) is not None
    parts: list[str] = []
    since = 0
    for index, (left, right) in enumerate(pairwise(stretch), start=1):
        parts.append(left)
        since += 1
        begins = is_word and since >= _SHORTEST_PART and _SYLLABLE.match(stretch, index) is not None
        if (begins or since >= _LONGEST_PART) and len(stretch) - index >= _SHORTEST_PART and _separable(left, right):
            parts.append(SOFT_HYPHEN if is_word else ZERO_WIDTH_SPACE)
            since = 0
    return "".join(parts) + stretch[-1]


def _separable(left: str, right: str) -> bool:
    return all(
        unicodedata.category(character)[0] in "LNPS" and not any(ord(character) in kept for kept in _KEEP_TOGETHER)
        for character in (left, right)
    )


def unstacked(text: str) -> str:
    """Return `text` with long runs of combining marks set side by side on dotted circles.

    A run of dozens would be drawn as a tower across the lines above or below.
    """
    if text.isascii():
        return text
    parts: list[str] = []
    marks = 0
    for character in text:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks > _MOST_MARKS:
            parts.append(_DOTTED_CIRCLE)
            marks = 1
        parts.append(character)
    return "".join(parts)


def shortened(text: str, most: int) -> str:
    """Return `text` in at most `most` characters, cut at a word where there is one and ended by an ellipsis."""
    if len(text) <= most:
        return text
    head = text[: most - 1]
    at_word = head.rsplit(None, 1)[0] if " " in head[most // 2 :] else head
    while at_word and (unicodedata.combining(text[len(at_word)]) or text[len(at_word)] in "\u200d\ufe0e\ufe0f"):
        at_word = at_word[:-1]
    return at_word.rstrip() + _ELLIPSIS


def single_line(text: str) -> str:
    """Return `text` with every run of blanks, tabs and line ends as one blank; other controls stay, to be shown."""
    return re.sub(r"[ \t\r\n\u2028\u2029]+", " ", text).strip(" ")


class Composer:
    """Prepares texts for the template with one substitution of characters that no font can show."""

    def __init__(self, printable: Callable[[str], str]) -> None:
        """`printable` returns a text with the characters that cannot be shown replaced by ones that can."""
        self._printable = printable

    def line(self, text: str, longest: int = 28, most: int | None = None) -> PrintText:
        """Return a text of one paragraph; `longest` as in `breakable`, `most` as in `shortened`."""
        text = single_line(text)
        if most is not None:
            text = shortened(text, most)
        return self._directed(breakable(unstacked(self._printable(text)), longest))

    def paragraphs(self, text: str, longest: int = 60) -> list[PrintText]:
        """Return the paragraphs of a text that may have several, without empty ones."""
        return [self.line(part, longest) for part in re.split(r"[\r\n\u2028\u2029]+", text) if part.strip()]

    @staticmethod
    def _directed(text: str) -> PrintText:
        return {"text": text, "rtl": True} if not text.isascii() and is_right_to_left(text) else text
