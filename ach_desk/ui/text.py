"""Text from an analysis on its way to the screen: nothing invisible, nothing taken for markup, cut where it must be.

What each character becomes is decided in `reporting.glyphs`, as for charts and paper; here Qt itself is asked
whether it has a glyph, so that no font file needs to be read for the window.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics, QTextLayout, QTextOption
from PySide6.QtGui import Qt as RichText
from PySide6.QtWidgets import QWidget

from ach_desk.reporting.glyphs import Coverage, is_right_to_left, missing, printable

if TYPE_CHECKING:
    from ach_desk.scoring import Finding

MOST_SHOWN = 4_000
"""Characters of one text that are ever laid out for a place of a few lines."""

_TOOLTIP_LENGTH = 1_500
_LONGEST_NAME = 120
_WRAPPED = RichText.WhiteSpaceMode.WhiteSpaceNormal


class _QtCoverage(Coverage):
    """What Qt finds a glyph for in the program's font and the ones it falls back to."""

    def __init__(self) -> None:
        self._known: dict[str, bool] = {}

    def covers(self, character: str) -> bool:
        """Return whether Qt draws the character with a glyph of its own."""
        known = self._known.get(character)
        if known is None:
            known = self._known[character] = _has_glyph(character)
        return known


_coverage = _QtCoverage()


def glyph_findings(texts: Iterable[str]) -> list[Finding]:
    """Return one finding for each script that holds characters no installed font has, naming the font package."""
    from ach_desk.scoring import Finding

    doubtful = {text for text in texts if not text.isascii()}
    return [
        Finding("missing_glyphs", entry.sentence(), turns_on=(entry.script,)) for entry in missing(doubtful, _coverage)
    ]


def shown(text: str, layout: str = "") -> str:
    """Return `text` as it is shown: control characters as symbols, characters no font has as U+FFFD.

    The characters in `layout` (a newline, a tab) stay as they are. Needs a QGuiApplication.
    """
    if text.isascii() and text.isprintable():
        return text
    return _shown(text, layout)


@lru_cache(maxsize=4096)
def _shown(text: str, layout: str) -> str:
    return printable(text, _coverage, layout)


def _has_glyph(character: str) -> bool:
    if "\ud800" <= character <= "\udfff":
        return False
    text = QTextLayout(character, QFont())
    text.beginLayout()
    text.createLine()
    text.endLayout()
    runs = text.glyphRuns()
    return bool(runs) and all(0 not in run.glyphIndexes() for run in runs)


def tooltip(text: str) -> str:
    """Return `text` for a tooltip: wrapped by Qt, never read as markup, cut when it is very long; "" stays ""."""
    if len(text) > _TOOLTIP_LENGTH:
        text = text[:_TOOLTIP_LENGTH].rstrip() + " …"
    return RichText.convertFromPlainText(shown(text, "\n\t"), _WRAPPED) if text else ""


def explain(widget: QWidget, text: str) -> None:
    """Give a widget its tooltip, and the same in plain words to a screen reader, which would read the markup out."""
    widget.setToolTip(tooltip(text))
    widget.setAccessibleDescription(shown(text[:_TOOLTIP_LENGTH], "\n"))


def single_line(text: str) -> str:
    """Return the shown form of a text that stands in one paragraph, such as a title."""
    return shown(text[:MOST_SHOWN])


def direction_of(text: str) -> Qt.TextFlag:
    """Return the flag that paints a text in its own direction, so that a cut text has its dots at its end."""
    flags = Qt.TextFlag
    return flags.TextForceRightToLeft if is_right_to_left(text) else flags.TextForceLeftToRight


def shortened(text: str, most: int = _LONGEST_NAME) -> str:
    """Return `text` in at most `most` characters, with an ellipsis where it goes on."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


class TextLines:
    """Texts broken into lines for one font; the last line is elided. Results are kept, since painting asks often."""

    def __init__(self, font: QFont, most_kept: int = 4096) -> None:
        self.font = font
        self.metrics = QFontMetrics(font)
        self._most = most_kept
        self._kept: dict[tuple[str, int, int], tuple[tuple[str, ...], bool]] = {}

    def lines(self, text: str, width: int, count: int) -> tuple[tuple[str, ...], bool]:
        """Return at most `count` lines no wider than `width` pixels, and whether the text runs right to left."""
        key = (text, width, count)
        found = self._kept.get(key)
        if found is None:
            if len(self._kept) >= self._most:
                self._kept.clear()
            found = self._kept[key] = self._broken(single_line(text), width, count)
        return found

    def _broken(self, text: str, width: int, count: int) -> tuple[tuple[str, ...], bool]:
        right_to_left = not text.isascii() and is_right_to_left(text)
        if width <= 0 or not text:
            return (), right_to_left
        # A character is hardly ever narrower than a fifth of the font's height.
        text = text[: count * (8 + 5 * width // max(self.metrics.height(), 1))]
        units = text.encode("utf-16-le", "surrogatepass")
        starts = self._line_starts(text, width, count, right_to_left)
        parts = [
            units[2 * start : 2 * stop].decode("utf-16-le", "surrogatepass")
            for start, stop in zip(starts, [*starts[1:], len(units) // 2], strict=True)
        ]
        if len(parts) > count:
            parts = [*parts[: count - 1], "".join(parts[count - 1 :])]
        lines = [part.rstrip(" ") for part in parts]
        lines[-1] = self.metrics.elidedText(lines[-1], Qt.TextElideMode.ElideRight, width)
        return tuple(lines), right_to_left

    def _line_starts(self, text: str, width: int, count: int, right_to_left: bool) -> list[int]:
        layout = QTextLayout(text, self.font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        direction = Qt.LayoutDirection.RightToLeft if right_to_left else Qt.LayoutDirection.LeftToRight
        option.setTextDirection(direction)
        layout.setTextOption(option)
        layout.beginLayout()
        starts: list[int] = []
        while len(starts) <= count:
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(width)
            starts.append(line.textStart())
        layout.endLayout()
        return starts or [0]
