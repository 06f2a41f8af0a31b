"""The words of the printed document as they are: a report's renderers break lines and escape characters themselves."""

from __future__ import annotations

import re

from ach_desk.reporting.glyphs import visible
from ach_desk.reporting.print_text import Composer, shortened, single_line

_LINE_END = re.compile(r"[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")


def clean(text: str) -> str:
    """Return `text` in one line; what no format can hold, or could make it read as another one, is seen as a sign."""
    return visible(single_line(_LINE_END.sub(" ", text)))


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text, cleaned, without empty ones."""
    return [part for part in map(clean, _LINE_END.split(text)) if part]


class PlainWords(Composer):
    """Returns texts as strings without marks of where to break them."""

    def __init__(self) -> None:
        super().__init__(clean)

    def line(self, text: str, longest: int = 0, most: int | None = None) -> str:
        """Return a text of one paragraph; `most` as in `shortened`."""
        del longest
        return clean(text) if most is None else shortened(clean(text), most)

    def paragraphs(self, text: str, longest: int = 0) -> list[str]:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Return the paragraphs of a text that may have several, without empty ones."""
        del longest
        return paragraphs(text)
