"""How the matrix is laid on the sheet: which way up, which columns, how wide, in how many groups of hypotheses.

Plain arithmetic in millimetres, so that the page count can be estimated without setting the document.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from ach_desk.i18n import _
from ach_desk.model import EvidenceItem
from ach_desk.model.words import level_word
from ach_desk.reporting.print_options import PAPER_SIZES, Orientation, PrintOptions
from ach_desk.scoring import Assessment

MARGIN = 15.0
HEADER_HEIGHT = 19.5
FOOTER_HEIGHT = 16.0

CHARACTER_WIDTH = 1.28
"""Mean width in millimetres of a character of DejaVu Sans Condensed at 8 pt in running English text (measured)."""

WIDE_CHARACTER_WIDTH = 1.9
"""The same for words of capitals, which a column has to hold too."""

LABEL_WIDTH = 12.0
_INSET = 2.2
_DATE_WIDTH = 17.5
_LEVEL_WIDTH = 15.5
_NARROWEST_TITLE = 44.0
_WIDEST_TITLE = 120.0
_NARROWEST_CELL = 15.5
_WIDEST_CELL = 34.0
_COMFORTABLE_CELL = 16.5
_TITLE_SHARE = 0.42
_FITTING_SCALES = (0.9, 0.8, 0.7, 0.6, 0.5)


@dataclass(frozen=True)
class Sheet:
    """The turned sheet, and the area inside its margins, in millimetres."""

    page_width: float
    page_height: float

    @property
    def width(self) -> float:
        """Return the width of a line."""
        return self.page_width - 2 * MARGIN

    @property
    def height(self) -> float:
        """Return the height between head and foot of a page without a notice."""
        return self.page_height - HEADER_HEIGHT - FOOTER_HEIGHT


def page_data(sheet: Sheet) -> dict[str, float]:
    """Return the sheet and its margins in millimetres, as the templates of printed documents read them."""
    return {
        "width": sheet.page_width,
        "height": sheet.page_height,
        "margin": MARGIN,
        "top": HEADER_HEIGHT,
        "bottom": FOOTER_HEIGHT,
    }


@dataclass(frozen=True)
class MatrixLayout:
    """The columns of the printed matrix.

    extras: the item columns beside label and title that at least one item fills ("date", "credibility",
    "relevance"). groups: the hypothesis columns of each page-wide part, as indices into the assessment, in the order
    shown. title, cell: widths in millimetres before everything in the matrix is made `scale` times as large; a cell is
    as wide in every group.
    """

    sheet: Sheet
    extras: tuple[str, ...]
    groups: tuple[tuple[int, ...], ...]
    title: float
    cell: float
    scale: float = 1.0


_EXTRA_WIDTHS = {"date": _DATE_WIDTH, "credibility": _LEVEL_WIDTH, "relevance": _LEVEL_WIDTH}


def extra_heading(name: str) -> str:
    """Return the heading of one of `MatrixLayout.extras`."""
    return {"date": _("Date"), "credibility": _("Credibility"), "relevance": _("Relevance")}[name]


def extra_width(name: str) -> float:
    """Return the width in millimetres of one of `MatrixLayout.extras`."""
    return _EXTRA_WIDTHS[name]


def extra_value(item: EvidenceItem, name: str) -> str:
    """Return what the item's cell in one of `MatrixLayout.extras` says; "" where nothing is set."""
    if name == "date":
        return _days(item.event_date or "", item.event_end)
    level = getattr(item, name)
    return "" if level is None else level_word(level)


def _days(start: str, end: str | None) -> str:
    """Return a stretch of time as short as a narrow column needs it: the year once where it is the same."""
    if end is None:
        return start
    return f"{start} – {end[5:] if end[:4] == start[:4] and len(end) > 4 else end}"


def longest_word(width: float) -> int:
    """Return how many characters a word in a column of `width` millimetres may have and be sure to fit."""
    return max(3, int((width - _INSET) / WIDE_CHARACTER_WIDTH))


def line_length(width: float) -> int:
    """Return how many characters of running text a line of a column of `width` millimetres holds."""
    return max(3, int((width - _INSET) / CHARACTER_WIDTH))


def matrix_layout(assessment: Assessment, options: PrintOptions) -> MatrixLayout:
    """Return the layout of the matrix on the chosen paper.

    Left to itself the sheet stays upright while all hypotheses fit side by side in comfortable cells.
    """
    extras = tuple(name for name in _EXTRA_WIDTHS if any(extra_value(item, name) for item in assessment.items))
    columns = assessment.rated_columns()
    upright = _best(_sheet(options, flipped=False), extras, columns, options)
    if options.orientation is Orientation.PORTRAIT:
        return upright
    comfortable = len(upright.groups) == 1 and upright.cell >= _COMFORTABLE_CELL and upright.scale == 1.0
    if options.orientation is Orientation.AUTO and (comfortable or not options.matrix):
        return upright
    return _best(_sheet(options, flipped=True), extras, columns, options)


def _best(sheet: Sheet, extras: tuple[str, ...], columns: list[int], options: PrintOptions) -> MatrixLayout:
    """Return the layout at full size, or if it is to fit the largest one with all hypotheses side by side."""
    full = _fit(sheet, extras, columns)
    if len(full.groups) == 1 or not options.fit:
        return full
    smaller = (_fit(sheet, extras, columns, scale) for scale in _FITTING_SCALES)
    return next((layout for layout in smaller if len(layout.groups) == 1), full)


def sheet_of_paper(options: PrintOptions, *, flipped: bool) -> Sheet:
    """Return the sheet of the chosen paper, upright or turned sideways."""
    return _sheet(options, flipped=flipped)


def _sheet(options: PrintOptions, *, flipped: bool) -> Sheet:
    width, height = PAPER_SIZES[options.paper]
    if flipped:
        width, height = height, width
    return Sheet(width, height)


def _fit(sheet: Sheet, extras: tuple[str, ...], columns: list[int], scale: float = 1.0) -> MatrixLayout:
    room = sheet.width / scale - LABEL_WIDTH - sum(_EXTRA_WIDTHS[name] for name in extras)
    most = max(1, math.floor((room - _NARROWEST_TITLE) / _NARROWEST_CELL))
    parts = max(1, math.ceil(len(columns) / most))
    size = math.ceil(len(columns) / parts)
    groups = tuple(tuple(columns[start : start + size]) for start in range(0, len(columns), size or 1)) or ((),)
    # Some two fifths of the room for the titles read well; cells take what they can use of the rest.
    title = min(max(room * _TITLE_SHARE, _NARROWEST_TITLE), _WIDEST_TITLE)
    cell = min(max((room - title) / max(size, 1), _NARROWEST_CELL), _WIDEST_CELL)
    return MatrixLayout(sheet, extras, groups, min(room - size * cell, _WIDEST_TITLE), cell, scale)
