"""The page of a chart: marking, title and notice above, footer and marking below, and a pen that moves down."""

from __future__ import annotations

from collections.abc import Sequence

from ach_desk.reporting.chart_options import ChartOptions
from ach_desk.reporting.charts.scene import Rule, Scene
from ach_desk.reporting.charts.typography import RIGHT_TO_LEFT_MARK, Font, drawable, font
from ach_desk.reporting.hues import HUES, in_hues
from ach_desk.reporting.palette import MONOCHROME, PALETTES, Palette

NARROW = 56.0
"""Below this width, in points of the font size, titles stand above their bars and not beside them."""

_HEADLINE = 1.2
_TEXT = 0.9
_MOST_LINES = 400
"""What all titles of a chart may take together; only titles of absurd length end in an ellipsis."""

_LEAST_TITLE_LINES = 8
_MOST_MARKING_LINES = 3
_MOST_PARAGRAPH_LINES = 12
_LONGEST_LABEL = 80.0
_LEAST_WIDTH = 320.0


class Sheet:
    """A scene under construction with the fonts and colours of its options. `y` is where the next thing begins."""

    def __init__(self, options: ChartOptions) -> None:
        """Take the options; raises ValueError for a palette that is not there."""
        self.options = options
        self.palette = _palette(options)
        family, points, scale = options.font_family, options.font_size, options.scale
        self.headline = font(family, points * _HEADLINE, True, scale)
        self.plain = font(family, points * _TEXT, False, scale)
        self.bold = font(family, points * _TEXT, True, scale)
        self.scene = Scene(max(options.width_px / scale, _LEAST_WIDTH), self.palette.base)
        self.is_narrow = self.scene.width < NARROW * points
        self.left = 10.0 if self.is_narrow else 16.0
        self.right = self.scene.width - self.left
        self.thin = Rule(self.palette.line, 1.0)
        self.y = self.left * 0.75

    @property
    def width(self) -> float:
        """Return the width between the margins."""
        return self.right - self.left

    def head(self, title: str) -> None:
        """Put the marking, and title and notice unless the options leave them out."""
        self._marking()
        if not self.options.head:
            return
        self.paragraph(drawable(title), self.headline, self.palette.text)
        if self.options.notice:
            self.y += 2
            self.paragraph(drawable(self.options.notice), self.plain, self.palette.muted)
        self.y += 12

    def foot(self, sentences: Sequence[str]) -> None:
        """Put the sentences and the marking, and give the scene its height."""
        self.y += 8
        self.scene.rule(self.thin, self.left, self.y, self.right, self.y)
        self.y += 6
        self.paragraph(drawable(" ".join(sentences)), self.plain, self.palette.muted)
        if self.options.marking:
            self.y += 8
            self._marking()
            self.y -= 8
        self.scene.height = self.y + self.left * 0.5

    def _marking(self) -> None:
        for line in self.bold.wrap(drawable(self.options.marking), self.width, _MOST_MARKING_LINES):
            self.scene.text(
                self.scene.width / 2, self.bold.baseline(self.y), line, self.bold, self.palette.text, "center"
            )
            self.y += self.bold.line_height
        if self.options.marking:
            self.y += 8

    def paragraph(self, text: str, face: Font, colour: str, x: float | None = None) -> None:
        """Put the wrapped text from `x` (the margin) to the right margin and move down."""
        start = self.left if x is None else x
        lines = face.wrap(text, self.right - start, _MOST_PARAGRAPH_LINES)
        self.lines(lines, face, colour, start, self.y, self.right - start)
        self.y += len(lines) * face.line_height

    def lines(self, lines: Sequence[str], face: Font, colour: str, x: float, top: float, width: float) -> None:
        """Put lines of text; those of a right-to-left paragraph end at the right of `width`."""
        for number, line in enumerate(lines):
            baseline = face.baseline(top + number * face.line_height)
            if line.startswith(RIGHT_TO_LEFT_MARK):
                self.scene.text(x + width, baseline, line, face, colour, "right")
            else:
                self.scene.text(x, baseline, line, face, colour)

    def title_lines(self, title: str, width: float, number: int) -> list[str]:
        """Return a full title in lines, at least one; `number` is how many titles the chart has."""
        most = max(_LEAST_TITLE_LINES, _MOST_LINES // max(number, 1))
        return self.plain.wrap(drawable(title.strip()), width, most) or [""]

    def label(self, label: str) -> str:
        """Return a label such as H1 as it is drawn: on one line, and not wider than a label may be."""
        return self.bold.elide(drawable(label, ""), _LONGEST_LABEL)

    def sentence_alone(self, text: str) -> None:
        """Put a sentence in the middle, in the place of a chart."""
        self.y += 28
        lines = self.plain.wrap(text, min(self.width, 460.0))
        for line in lines:
            middle = self.scene.width / 2
            self.scene.text(middle, self.plain.baseline(self.y), line, self.plain, self.palette.muted, "center")
            self.y += self.plain.line_height
        self.y += 28


def _palette(options: ChartOptions) -> Palette:
    if options.black_and_white:
        return MONOCHROME
    if options.palette not in PALETTES or options.hues not in ("", *HUES):
        raise ValueError(f"{options.palette} {options.hues}")
    return in_hues(options.palette, options.hues)
