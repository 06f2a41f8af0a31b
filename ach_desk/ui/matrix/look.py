"""How the matrix looks: fonts, measures, colours, and the pictures of cells, made once for each kind of cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPixmap, QPolygon

from ach_desk.model import Level, Rating, RatingRange, RatingValue
from ach_desk.model.words import range_mark
from ach_desk.reporting.palette import Palette
from ach_desk.ui.text import TextLines
from ach_desk.ui.widgets.painting import fill

PAD = 8
"""The grid's step in pixels."""

STRIPE = 4
EARLIER_SIZE = 10
"""The mark of a rating on earlier wording is larger than that of a reason, and in another corner."""
TITLE_LINES = 3
ITEM_TITLE_LINES = 4
_SMALL = 0.88
_LOW_ALPHA, _SELECTED_ALPHA = 80, 38
_QUIET_SHARE, _CURRENT_SHARE, _CHOSEN_SHARE = 0.45, 0.5, 0.85
_PALE_SHARE = 0.35
_BAND_SHARE = 0.7
_MOST_PICTURES = 800
_HATCH_STEP = 7

_SINGLE = int(Qt.TextFlag.TextSingleLine)
_MIDDLE = _SINGLE | int(Qt.AlignmentFlag.AlignVCenter)
_LEFT, _RIGHT = int(Qt.AlignmentFlag.AlignLeft), int(Qt.AlignmentFlag.AlignRight)
LEFT = _MIDDLE | _LEFT | int(Qt.AlignmentFlag.AlignAbsolute)
RIGHT = _MIDDLE | _RIGHT | int(Qt.AlignmentFlag.AlignAbsolute)
CHANCE_CORNER = _SINGLE | _RIGHT | int(Qt.AlignmentFlag.AlignAbsolute) | int(Qt.AlignmentFlag.AlignBottom)
CHANCE_SIGN = "%"
"""The mark of a cell whose P(e|H) was entered."""
CENTRE = _MIDDLE | int(Qt.AlignmentFlag.AlignHCenter)
_RIGHT_TO_LEFT = int(Qt.TextFlag.TextForceRightToLeft)
_LEFT_TO_RIGHT = int(Qt.TextFlag.TextForceLeftToRight)


ZOOM = (70, 80, 90, 100, 110, 125, 150, 175, 200, 250)
"""The steps of the zoom in per cent."""

TEXT_SIZES = (85, 100, 125)
ROW_LINES: Mapping[str, int] = {"compact": 1, "normal": 2, "tall": 3}
"""Lines of text in a row, by the height of rows that was chosen."""

AUTOMATIC = "automatic"
_MOST_FIT = 0.9


class ViewScale(NamedTuple):
    """How large everything is: zoom of texts and widths, size of the texts alone (per cent), height of the rows."""

    zoom: int = 100
    text: int = 100
    rows: str = "normal"

    def zoomed(self, steps: int) -> ViewScale:
        """Return the scale that many steps of the zoom larger (smaller when negative)."""
        nearest = min(range(len(ZOOM)), key=lambda place: abs(ZOOM[place] - self.zoom))
        return self._replace(zoom=ZOOM[min(max(nearest + steps, 0), len(ZOOM) - 1)])


class CellKind(NamedTuple):
    """What decides how a cell looks, besides its size.

    around: both ends of an undecided judgement. suggested: what is proposed for a cell that nobody has rated.
    earlier: the judgement was made on earlier wording. chance: P(e|H) was entered.
    """

    value: RatingValue | None
    reason: bool
    unsure: bool
    dimmed: bool
    aside: bool
    around: RatingRange | None = None
    suggested: RatingRange | None = None
    earlier: bool = False
    chance: bool = False

    @property
    def symbol(self) -> str:
        """Return what is written in the cell: "I", "N–I" while undecided, "C?" where it is only suggested."""
        if self.value is None:
            return range_mark(self.suggested) + "?" if self.suggested else ""
        return range_mark(self.around) if self.around else self.value.value


def cell_kind(
    rating: Rating | None,
    dimmed: bool,
    aside: bool,
    *,
    earlier: bool = False,
    derived: RatingRange | None = None,
) -> CellKind:
    """Return the kind of look of a cell; `earlier`: its rating was made on earlier wording.

    derived: what follows from other cells (the parts of a combination) and is shown as a suggestion while the cell is
    neither rated nor holds a suggestion of its own.
    """
    if rating is None:
        return CellKind(None, False, False, dimmed, aside, None, derived)
    return CellKind(
        rating.value,
        bool(rating.rationale),
        rating.confidence is Level.LOW,
        dimmed,
        aside,
        rating.range,
        (rating.suggested or derived) if rating.value is None else None,
        earlier,
        rating.likelihood is not None,
    )


def blended(colour: str, ground: str, share: float) -> QColor:
    """Return `share` (0 to 1) of `colour` on `ground`."""
    top, below = QColor(colour), QColor(ground)
    pairs = ((top.red(), below.red()), (top.green(), below.green()), (top.blue(), below.blue()))
    return QColor(*(round(share * first + (1 - share) * second) for first, second in pairs))


def _scaled(font: QFont, factor: float) -> QFont:
    scaled = QFont(font)
    if factor != 1.0:
        scaled.setPointSizeF(max(font.pointSizeF() * factor, 5.0))
    return scaled


class Look:
    """Fonts, measures and colours for one palette and font; painting helpers that both headers and cells use."""

    def __init__(self, palette: Palette, font: QFont, ratio: float = 1.0, scale: ViewScale | None = None) -> None:
        self.palette = palette
        self.ratio = ratio
        scale = scale or ViewScale()
        self.row_lines = ROW_LINES.get(scale.rows, ROW_LINES["normal"])
        self.unit = QFontMetrics(_scaled(font, scale.zoom / 100)).height()
        self.font = font = _scaled(font, scale.zoom * scale.text / 10_000)
        self.bold = QFont(font)
        self.bold.setWeight(QFont.Weight.DemiBold)
        self.small = QFont(font)
        self.small.setPointSizeF(max(font.pointSizeF() * _SMALL, 6.0))
        self.struck = QFont(font)
        self.struck.setStrikeOut(True)
        self.text = TextLines(self.font)
        self.bold_text = TextLines(self.bold)
        self.small_text = TextLines(self.small)
        self.line = QFontMetrics(self.font).height()
        self.small_line = QFontMetrics(self.small).height()
        self.colours: dict[str, QColor] = {
            name: QColor(getattr(palette, name))
            for name in ("window", "base", "text", "muted", "line", "strong_line", "accent", "selection")
        }
        self.bar = QColor(palette.bar.fill)
        self.tint = QColor(palette.accent)
        self.tint.setAlpha(_SELECTED_ALPHA)
        self.header_ground = self.colours["window"]
        self.band_ground = blended(palette.line, palette.window, _BAND_SHARE)
        self.header_current = blended(palette.selection, palette.window, _CURRENT_SHARE)
        self.header_selected = blended(palette.selection, palette.window, _CHOSEN_SHARE)
        self._pictures: dict[tuple[CellKind, int, int], QPixmap] = {}

    @property
    def row_height(self) -> int:
        """Return the height of a row."""
        return self.row_lines * self.line + PAD

    def fit_rows(self, titles: Sequence[str], width: int) -> None:
        """Let rows have the lines that most of these titles need at this width: one to three."""
        letters = width / max(self.text.metrics.averageCharWidth(), 1)
        needed = sorted(len(title) / letters for title in titles)
        usual = needed[int(len(needed) * _MOST_FIT)] if needed else 1
        self.row_lines = 1 if usual <= 1 else 2 if usual <= 2 else 3

    def width_of(self, text: str, *, small: bool = False, bold: bool = False) -> int:
        """Return the width of a text in pixels."""
        lines = self.small_text if small else self.bold_text if bold else self.text
        return lines.metrics.horizontalAdvance(text)

    def draw(self, painter: QPainter, rect: QRect, text: str, flags: int, right_to_left: bool = False) -> None:
        """Draw one line of text in its own direction, so that punctuation stays in place.

        A right-to-left text starts at the right edge.
        """
        if right_to_left and flags & _LEFT:
            flags = (flags & ~_LEFT) | _RIGHT
        painter.drawText(rect, flags | (_RIGHT_TO_LEFT if right_to_left else _LEFT_TO_RIGHT), text)

    def draw_lines(
        self, painter: QPainter, rect: QRect, text: str, lines: TextLines, count: int, *, centred: bool = False
    ) -> None:
        """Draw a text in up to `count` lines from the top of `rect` (or in its middle)."""
        broken, right_to_left = lines.lines(text, rect.width(), count)
        height = lines.metrics.height()
        top = rect.top() + (max(rect.height() - len(broken) * height, 0) // 2 if centred else 0)
        for number, line in enumerate(broken):
            place = QRect(rect.left(), top + number * height, rect.width(), height)
            self.draw(painter, place, line, RIGHT if painter.layoutDirection() == RTL else LEFT, right_to_left)

    def cell(self, kind: CellKind, size: QSize) -> QPixmap:
        """Return the picture of a cell, its lower and right line included."""
        key = (kind, size.width(), size.height())
        picture = self._pictures.get(key)
        if picture is None:
            if len(self._pictures) >= _MOST_PICTURES:
                self._pictures.clear()
            picture = self._pictures[key] = self._new_picture(kind, size)
        return picture

    def _new_picture(self, kind: CellKind, size: QSize) -> QPixmap:
        picture = QPixmap(size * self.ratio)
        picture.setDevicePixelRatio(self.ratio)
        picture.fill(self.colours["line"])
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRect(0, 0, size.width() - 1, size.height() - 1)
        ground = self._paint_ground(painter, rect, kind)
        colour = self._ink(kind)
        if kind.unsure and kind.value is not None:
            self._hatch(painter, rect, QColor(colour), ground, kind.symbol)
        if kind.symbol:
            painter.setFont(self._symbol_font(kind))
            painter.setPen(colour)
            painter.drawText(rect, CENTRE, kind.symbol)
            if kind.aside:
                self._strike(painter, rect, painter.fontMetrics().horizontalAdvance(kind.symbol))
        painter.setPen(Qt.PenStyle.NoPen)
        if kind.reason:
            painter.setBrush(colour)
            draw_corner(painter, rect.topRight() + QPoint(1, 0), -PAD, PAD)
        if kind.earlier:
            painter.setBrush(self.colours["accent"])
            draw_corner(painter, rect.bottomLeft() + QPoint(0, 1), EARLIER_SIZE, -EARLIER_SIZE)
        if kind.chance:
            painter.setFont(self.small)
            painter.setPen(colour)
            painter.drawText(rect.adjusted(0, 0, -PAD // 2, -1), CHANCE_CORNER, CHANCE_SIGN)
        painter.end()
        return picture

    def _ink(self, kind: CellKind) -> QColor:
        if kind.dimmed or kind.aside or kind.suggested:
            return self.colours["muted"]
        return self.colours["text"] if kind.around else QColor(self.palette.ratings[kind.value].text)

    def _paint_ground(self, painter: QPainter, rect: QRect, kind: CellKind) -> QColor:
        """Fill the cell and return the colour that lies under its symbol.

        An undecided judgement has the colours of both its ends, a suggestion a pale one within a dashed frame.
        """
        share = _PALE_SHARE if kind.suggested else _QUIET_SHARE if kind.dimmed or kind.aside else 1.0
        ends = kind.suggested or kind.around or (kind.value, kind.value)
        first, last = (blended(self.palette.ratings[end].fill, self.palette.base, share) for end in ends)
        fill(painter, rect, first)
        if last != first:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(last)
            right, bottom = rect.right() + 1, rect.bottom() + 1
            painter.drawPolygon(QPolygon([QPoint(right, 0), QPoint(right, bottom), QPoint(0, bottom)]))
            painter.setBrush(Qt.BrushStyle.NoBrush)
        if kind.suggested:
            painter.setPen(QPen(self.colours["muted"], 1, Qt.PenStyle.DashLine))
            painter.drawRect(QRectF(rect).adjusted(2.5, 2.5, -2.5, -2.5))
        return blended(first.name(), last.name(), 0.5)

    @staticmethod
    def _strike(painter: QPainter, rect: QRect, width: int) -> None:
        """Draw a line across the cell that leaves the symbol, `width` pixels wide, legible."""
        middle, gap = rect.center(), width // 2 + PAD // 2
        for start, end in ((rect.left(), middle.x() - gap), (middle.x() + gap, rect.right())):
            painter.drawLine(QPointF(start, middle.y() + 0.5), QPointF(end, middle.y() + 0.5))

    def _symbol_font(self, kind: CellKind) -> QFont:
        if kind.value is RatingValue.NOT_APPLICABLE:
            return self.small
        if kind.suggested or kind.around:
            return self.font
        strong = kind.value in (RatingValue.VERY_CONSISTENT, RatingValue.VERY_INCONSISTENT)
        return self.bold if strong else self.font

    def _hatch(self, painter: QPainter, rect: QRect, colour: QColor, ground: QColor, symbol: str) -> None:
        """Draw thin lines over the cell, leaving the place of the symbol free so that it is read without effort."""
        colour.setAlpha(_LOW_ALPHA)
        painter.setPen(QPen(colour, 1))
        painter.save()
        painter.setClipRect(QRectF(rect))
        for start in range(-rect.height(), rect.width(), _HATCH_STEP):
            painter.drawLine(QPointF(start, rect.height()), QPointF(start + rect.height(), 0))
        middle = QRectF(0, 0, max(map(self.width_of, ("N/A", symbol))) + PAD // 2, self.line)
        middle.moveCenter(QRectF(rect).center())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(middle, PAD // 2, PAD // 2)
        painter.restore()


def draw_corner(painter: QPainter, corner: QPoint, along: int, down: int) -> None:
    """Draw a filled triangle in a corner, so far along its horizontal and its vertical side."""
    painter.drawPolygon(QPolygon([corner + QPoint(along, 0), corner, corner + QPoint(0, down)]))


RTL = Qt.LayoutDirection.RightToLeft
