"""What stands in a header: items with their columns, hypotheses with score, rank and bar, down or across.

One painter for each kind serves both headers, so that transposing only swaps them. "Thickness" is the width of a
vertical header and the height of a horizontal one; rectangles are those of one section.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygon

from ach_desk.i18n import _
from ach_desk.model import Challenge, EvidenceItem, EvidenceKind, Hypothesis
from ach_desk.reporting.palette import stripe
from ach_desk.ui.challenges import marks
from ach_desk.ui.challenges.index import any_open
from ach_desk.ui.doubt import marks as doubt_marks
from ach_desk.ui.groups.bracket import BracketLane
from ach_desk.ui.groups.index import Bracket
from ach_desk.ui.matrix import bands, columns, wording
from ach_desk.ui.matrix.arrangement import SCORE
from ach_desk.ui.matrix.axes import EVIDENCE, HYPOTHESIS
from ach_desk.ui.matrix.item_order import rating_column
from ach_desk.ui.matrix.look import (
    ITEM_TITLE_LINES,
    LEFT,
    PAD,
    RIGHT,
    RTL,
    STRIPE,
    TITLE_LINES,
    Look,
)
from ach_desk.ui.matrix.model import DIMMED, STRONG, MatrixModel
from ach_desk.ui.mirrored import visual_rect
from ach_desk.ui.text import single_line
from ach_desk.ui.together import index
from ach_desk.ui.together import marks as remark_marks

ARROW = 8
_BAR = 6
_BAND = STRIPE + 2
"""How far a form is set in from its heading."""

_MARK_GAP = 4
"""The space after each mark of an item."""

_BAR_COLUMN = 56
_LONGEST_LABEL = 12
_FIGURES_SAMPLE = wording.MINUS + "88.88"
VERTICAL, HORIZONTAL = Qt.Orientation.Vertical, Qt.Orientation.Horizontal


class SectionState(NamedTuple):
    """How a section is meant at this moment."""

    selected: bool = False
    focused: bool = False
    current: bool = False


class Caption(NamedTuple):
    """What stands in the corner for one column or line; `column` is what a click sorts by ("": nothing)."""

    column: str
    text: str
    rect: QRect
    flags: int


class Sections(ABC):
    """The look of one axis."""

    kind: str

    def __init__(self, model: MatrixModel, look: Look) -> None:
        self.model = model
        self.look = look
        self.text_width = 240
        self.label_width = 0
        self.measure()

    def measure(self) -> None:
        """Take the measures that depend on the labels and the font."""
        longest = single_line(self.model.longest_label(self.kind)[:_LONGEST_LABEL])
        self.label_width = self.look.width_of(longest if len(longest) > 2 else "E88", bold=True)

    @property
    def text_left(self) -> int:
        """Return where the text begins in a vertical header, from its leading edge."""
        return STRIPE + PAD + self.label_width + self._marks_width() + PAD

    def _marks_width(self) -> int:
        """Return the room beside the label for marks that have none below it."""
        return 0

    @property
    def text_right(self) -> int:
        """Return where the text ends in a vertical header: the border that can be dragged."""
        return self.text_left + self.text_width + PAD

    @abstractmethod
    def fixed_width(self) -> int:
        """Return the width of a vertical header without its text."""

    def bracket_at(
        self, at: QPoint, rect: QRect, section: int, orientation: Qt.Orientation, direction: Qt.LayoutDirection
    ) -> Bracket | None:
        """Return the bracket of a dependence group that lies under a point of a section; None for none."""
        return None

    def fold_rect(self, rect: QRect, section: int, orientation: Qt.Orientation, direction: Qt.LayoutDirection) -> QRect:
        """Return where in a section a click folds what belongs to it; empty where nothing does."""
        return QRect()

    @abstractmethod
    def height(self) -> int:
        """Return the height of a horizontal header."""

    @abstractmethod
    def paint(
        self, painter: QPainter, rect: QRect, section: int, orientation: Qt.Orientation, state: SectionState
    ) -> None:
        """Paint one section."""

    @abstractmethod
    def captions(self, corner: QRect, orientation: Qt.Orientation, direction: Qt.LayoutDirection) -> list[Caption]:
        """Return what stands in the corner for the columns or lines of this header."""

    def paint_caption(self, painter: QPainter, caption: Caption) -> None:
        """Paint a caption, with an arrow where the items are sorted by its column."""
        self._caption(painter, caption.rect, caption.text, caption.flags)
        mark = self.model.arrangement.mark_of(caption.column)
        if mark is None:
            return
        width = min(self.look.width_of(caption.text, small=True), caption.rect.width())
        middle = caption.rect.center().y()
        if caption.flags == LEFT:
            draw_arrow(painter, QPoint(caption.rect.left() + width + ARROW, middle), mark, self.look)
        else:
            draw_arrow(painter, QPoint(caption.rect.right() - width - ARROW, middle), mark, self.look)

    def paint_challenge(self, painter: QPainter, rect: QRect, section: int, orientation: Qt.Orientation) -> None:
        """Paint the mark of a challenge to what a section shows, where there is one."""
        found = self._challenges(self.model.axes.ids[self.kind][section])
        if found:
            place = self._mirrored(painter, rect, marks.room(self._challenge_place(rect, section, orientation)))
            marks.draw_mark(painter, place.topLeft(), self.look, is_open=any_open(found))
        said = self.model.remarks.records.get(self.model.axes.ids[self.kind][section])
        if said:
            beside = QPoint(remark_marks.STEP if found else 0, 0)
            start = self._challenge_place(rect, section, orientation) + beside
            place = self._mirrored(painter, rect, marks.room(start))
            remark_marks.draw_mark(painter, place.topLeft(), self.look, is_open=index.any_open(said))

    def _challenges(self, record_id: str) -> Sequence[Challenge]:
        """Return the challenges to an item or hypothesis."""
        return self.model.challenges.records.get(record_id, ())

    @abstractmethod
    def _challenge_place(self, rect: QRect, section: int, orientation: Qt.Orientation) -> QPoint:
        """Return where the mark of a challenge begins, at half its height: below the label, in a column beside it."""

    def _below_label(self, rect: QRect, label: QPoint) -> QPoint:
        """Return the same in a row whose label stands at `label`; a row of one line has only the margin before it."""
        if self.look.row_lines == 1:
            return QPoint(rect.left() + STRIPE, rect.center().y())
        return label + QPoint(0, self.look.line + self.look.line // 2)

    def thickness(self, orientation: Qt.Orientation) -> int:
        """Return the width of a vertical, the height of a horizontal header."""
        return self.fixed_width() + self.text_width if orientation == VERTICAL else self.height()

    def text_rect(self, rect: QRect, orientation: Qt.Orientation, direction: Qt.LayoutDirection) -> QRect:
        """Return where the title stands in a section: the place of the editor."""
        if orientation == VERTICAL:
            left = rect.left() + self.text_left - PAD // 2
            inner = QRect(left, rect.top(), self.text_width + PAD, rect.height() - 1)
            return visual_rect(direction, rect, inner)
        return rect.adjusted(PAD // 2, STRIPE + PAD // 2 + self.look.line, -PAD // 2, -PAD)

    def _ground(
        self,
        painter: QPainter,
        rect: QRect,
        state: SectionState,
        orientation: Qt.Orientation,
        plain: QColor | None = None,
    ) -> None:
        colours = self.look.colours
        ground = self.look.header_current if state.current else plain or self.look.header_ground
        painter.fillRect(rect, self.look.header_selected if state.selected else ground)
        painter.setPen(QPen(colours["line"], 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if orientation == HORIZONTAL:
            left = painter.layoutDirection() == RTL
            x = rect.left() if left else rect.right()
            painter.drawLine(QPoint(x, rect.top()), QPoint(x, rect.bottom()))
        if state.focused:
            painter.setPen(QPen(colours["accent"], 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(1, 1, -2, -2))

    def _mirrored(self, painter: QPainter, rect: QRect, inner: QRect) -> QRect:
        return visual_rect(painter.layoutDirection(), rect, inner)

    def _label(self, painter: QPainter, rect: QRect, text: str, colour: QColor) -> None:
        painter.setFont(self.look.bold)
        painter.setPen(colour)
        flags = RIGHT if painter.layoutDirection() == RTL else LEFT
        self.look.draw(painter, rect, single_line(text), flags)

    def _bar(self, painter: QPainter, rect: QRect, share: float) -> None:
        """Draw a bar on its track; `share` is 0 to 1."""
        painter.fillRect(rect, self.look.colours["line"])
        if share > 0:
            filled = QRect(rect.left(), rect.top(), max(round(rect.width() * min(share, 1.0)), 2), rect.height())
            painter.fillRect(self._mirrored(painter, rect, filled), self.look.bar)

    def _caption(self, painter: QPainter, rect: QRect, text: str, flags: int) -> None:
        painter.setFont(self.look.small)
        painter.setPen(self.look.colours["muted"])
        elided = self.look.small_text.metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        self.look.draw(painter, rect, elided, flags)


class ItemSections(Sections):
    """Evidence items."""

    kind = EVIDENCE

    def __init__(self, model: MatrixModel, look: Look) -> None:
        self.columns: list[columns.ItemColumn] = []
        self._lane = BracketLane(model.grouped, look)
        super().__init__(model, look)

    def set_columns(self, keys: list[str]) -> None:
        """Show these columns after the text."""
        self.columns = columns.chosen(keys)

    def column_width(self, column: columns.ItemColumn) -> int:
        """Return the width of a column, its space included."""
        widest = max(self.look.width_of(column.sample), self.look.width_of(column.caption, small=True))
        return widest + 2 * PAD

    @property
    def text_left(self) -> int:
        """Return where the text begins in a vertical header: after the brackets of dependence groups."""
        return self._lane.thickness(VERTICAL) + super().text_left

    def bracket_at(
        self, at: QPoint, rect: QRect, section: int, orientation: Qt.Orientation, direction: Qt.LayoutDirection
    ) -> Bracket | None:
        """Return the bracket of a dependence group that lies under a point of a section; None for none."""
        return self._lane.bracket_at(at, rect, section, orientation, direction)

    def _inside(self, rect: QRect, orientation: Qt.Orientation) -> QRect:
        """Return a section, written from left to right, without the room of the brackets."""
        lane = self._lane.thickness(orientation)
        return rect.adjusted(lane, 0, 0, 0) if orientation == VERTICAL else rect.adjusted(0, lane, 0, 0)

    def text_rect(self, rect: QRect, orientation: Qt.Orientation, direction: Qt.LayoutDirection) -> QRect:
        """Return where the title stands in a section: the place of the editor."""
        inside = self._inside(rect, orientation) if orientation == HORIZONTAL else rect
        return super().text_rect(inside, orientation, direction)

    def fixed_width(self) -> int:
        """Return the width of a vertical header without its text."""
        return self.text_left + PAD + sum(map(self.column_width, self.columns))

    def height(self) -> int:
        """Return the height of a horizontal header."""
        lines = (1 + ITEM_TITLE_LINES) * self.look.line + self._foot_lines() * self.look.small_line
        return self._lane.thickness(HORIZONTAL) + STRIPE + PAD + lines + PAD

    def _foot_lines(self) -> int:
        """Return how many small lines a horizontal header has: the columns, and room for the corner's captions."""
        return len(self.columns) + 1 if self.columns else 0

    def paint(
        self, painter: QPainter, rect: QRect, section: int, orientation: Qt.Orientation, state: SectionState
    ) -> None:
        """Paint one item, or the band of a group of items."""
        if self.model.axes.is_band(EVIDENCE, section):
            self._paint_band(painter, rect, section, orientation, state)
            return
        self._ground(painter, rect, state, orientation)
        item, emphasis = self.model.item(section), self.model.emphasis(section)
        quiet = emphasis == DIMMED or not item.is_counted
        colour = self.look.colours["muted" if quiet else "text"]
        if emphasis == STRONG and item.is_counted:
            inside = self._inside(rect, orientation)
            strip = QRect(inside.left(), inside.top(), STRIPE - 1, inside.height() - 1)
            if orientation == HORIZONTAL:
                strip = QRect(inside.left(), inside.top(), inside.width() - 1, STRIPE - 1)
            painter.fillRect(self._mirrored(painter, rect, strip), self.look.colours["strong_line"])
        if orientation == VERTICAL:
            self._paint_row(painter, rect, section, item, colour)
        else:
            self._paint_column(painter, self._inside(rect, orientation), section, item, colour)
        self._lane.paint(painter, rect, section, orientation)

    def fold_rect(self, rect: QRect, section: int, orientation: Qt.Orientation, direction: Qt.LayoutDirection) -> QRect:
        """Return where the triangle of a band is, with room around it; empty for items."""
        if not self.model.axes.is_band(EVIDENCE, section):
            return QRect()
        inside = visual_rect(direction, rect, self._inside(rect, orientation))
        return bands.fold_rect(inside, self.look, orientation, direction)

    def _paint_band(
        self, painter: QPainter, rect: QRect, section: int, orientation: Qt.Orientation, state: SectionState
    ) -> None:
        band = self.model.axes.ids[EVIDENCE][section]
        self._ground(painter, rect, state, orientation, self.look.band_ground)
        inside = self._mirrored(painter, rect, self._inside(rect, orientation))
        bands.paint_title(painter, inside, self.look, self.model.group_words.title(band), orientation)
        self._lane.paint(painter, rect, section, orientation)
        fold = self.fold_rect(rect, section, orientation, painter.layoutDirection())
        folded = self.model.grouping.is_folded(band)
        draw_triangle(painter, fold, self.look.colours["text"], folded=folded)

    def _paint_row(self, painter: QPainter, rect: QRect, section: int, item: EvidenceItem, colour: QColor) -> None:
        look = self.look
        inner = rect.adjusted(0, 0, 0, -1)
        marked, below = self._has_marks(item), look.row_lines > 1
        block = self._row_block(item)
        top = inner.top() + (inner.height() - block) // 2
        label = QRect(self._inside(rect, VERTICAL).left() + STRIPE + PAD, top, self.label_width, look.line)
        self._label(painter, self._mirrored(painter, rect, label), item.label, colour)
        if marked:
            beside = QRect(label.right() + PAD // 2, top, self._marks_width(), look.line)
            place = label.translated(0, look.line) if below else beside
            self._marks(painter, self._mirrored(painter, rect, place), item)
        painter.setFont(look.text.font if item.is_counted else look.struck)
        painter.setPen(colour)
        text = QRect(rect.left() + self.text_left, top, self.text_width, block)
        look.draw_lines(painter, self._mirrored(painter, rect, text), item.title, look.text, self.look.row_lines)
        left = rect.left() + self.text_right
        for column in self.columns:
            width = self.column_width(column)
            place = QRect(left, inner.top(), width - PAD, inner.height())
            self._value(painter, self._mirrored(painter, rect, place), column, section, colour)
            left += width

    def _row_block(self, item: EvidenceItem) -> int:
        """Return the height of label and title of a row, and of the marks below the label."""
        lines, _right_to_left = self.look.text.lines(item.title, self.text_width, self.look.row_lines)
        marked = self._has_marks(item) or self._challenges(item.id) or item.id in self.model.remarks.records
        return max(len(lines), 2 if marked and self.look.row_lines > 1 else 1) * self.look.line

    def _challenge_place(self, rect: QRect, section: int, orientation: Qt.Orientation) -> QPoint:
        item = self.model.item(section)
        rect = self._inside(rect, orientation)
        away = self._size_of_marks(item)
        if orientation == HORIZONTAL:
            top = rect.top() + STRIPE + PAD // 2
            return QPoint(rect.left() + 2 * PAD + self.label_width + away, top + self.look.line // 2)
        top = rect.top() + (rect.height() - 1 - self._row_block(item)) // 2
        return self._below_label(rect, QPoint(rect.left() + STRIPE + PAD + away, top))

    def _paint_column(self, painter: QPainter, rect: QRect, section: int, item: EvidenceItem, colour: QColor) -> None:
        look = self.look
        inner = rect.adjusted(PAD, STRIPE + PAD // 2, -PAD, 0)
        label = QRect(inner.left(), inner.top(), inner.width(), look.line)
        self._label(painter, label, item.label, colour)
        if self._has_marks(item):
            beside = label.adjusted(self.label_width + PAD, 0, 0, 0)
            self._marks(painter, self._mirrored(painter, label, beside), item)
        painter.setFont(look.text.font if item.is_counted else look.struck)
        painter.setPen(colour)
        text = QRect(inner.left(), label.bottom() + 1, inner.width(), ITEM_TITLE_LINES * look.line)
        look.draw_lines(painter, text, item.title, look.text, ITEM_TITLE_LINES)
        painter.setFont(look.small)
        flags = RIGHT if painter.layoutDirection() == RTL else LEFT
        for line, column in zip(self._value_lines(inner), self.columns, strict=True):
            value = single_line(column.text(self.model, section))
            elided = look.small_text.metrics.elidedText(value, Qt.TextElideMode.ElideRight, line.width())
            look.draw(painter, line, elided, flags)

    def _value_lines(self, rect: QRect) -> list[QRect]:
        height = self.look.small_line
        top = rect.bottom() - PAD + 1 - self._foot_lines() * height
        return [QRect(rect.left(), top + number * height, rect.width(), height) for number in range(len(self.columns))]

    def _value(self, painter: QPainter, rect: QRect, column: columns.ItemColumn, section: int, colour: QColor) -> None:
        painter.setFont(self.look.font)
        painter.setPen(colour)
        if column.share is None:
            self.look.draw_lines(
                painter, rect, column.text(self.model, section), self.look.text, self.look.row_lines, centred=True
            )
            return
        number = QRect(rect.left(), rect.top(), self.look.width_of(column.sample), rect.height())
        flags = RIGHT if painter.layoutDirection() == RTL else LEFT
        self.look.draw(painter, self._mirrored(painter, rect, number), column.text(self.model, section), flags)
        track = QRect(number.right() + PAD, rect.center().y() - _BAR // 2, 0, _BAR)
        track.setRight(rect.right())
        self._bar(painter, self._mirrored(painter, rect, track), column.share(self.model, section))

    def measure(self) -> None:
        """Take the measures that depend on the items and the font."""
        super().measure()
        self._widest_marks = max(map(self._size_of_marks, self.model.one_of_each(_marks_shape)), default=0)

    def _marks_width(self) -> int:
        if self.look.row_lines == 1:
            return self._widest_marks
        return max(self._widest_marks - self.label_width - PAD // 2, 0)

    @staticmethod
    def _has_marks(item: EvidenceItem) -> bool:
        return item.flag or item.kind in wording.KIND_MARKS or doubt_marks.has_mark(item)

    def _size_of_marks(self, item: EvidenceItem) -> int:
        """Return the room that the marks of an item take, the space after each of them included."""
        return sum(width + _MARK_GAP for width, _draw in self._marks_of(item))

    def _marks_of(self, item: EvidenceItem) -> list[tuple[int, Callable[[QPainter, QRect], None]]]:
        """Return each mark of an item: its width, and what draws it in its place."""
        found: list[tuple[int, Callable[[QPainter, QRect], None]]] = []
        signs = [wording.KIND_MARKS.get(item.kind, ""), doubt_marks.SUSPECT if item.suspect else ""]
        for sign in filter(None, signs):
            found.append((self.look.width_of(sign), partial(self._draw_sign, sign)))
        if item.twin is not None:
            found.append((doubt_marks.RINGS, lambda painter, rect: doubt_marks.draw_rings(painter, rect, self.look)))
        if item.flag:
            away = QPoint(0, self.look.line // 4)
            found.append((PAD, lambda painter, rect: draw_flag(painter, rect.topLeft() + away, self.look)))
        return found

    def _draw_sign(self, sign: str, painter: QPainter, rect: QRect) -> None:
        painter.setFont(self.look.font)
        painter.setPen(self.look.colours["muted"])
        self.look.draw(painter, rect, sign, LEFT)

    def _marks(self, painter: QPainter, rect: QRect, item: EvidenceItem) -> None:
        left = rect.left()
        for width, draw in self._marks_of(item):
            place = QRect(left, rect.top(), width, rect.height())
            draw(painter, self._mirrored(painter, rect, place))
            left += width + _MARK_GAP

    def captions(self, corner: QRect, orientation: Qt.Orientation, direction: Qt.LayoutDirection) -> list[Caption]:
        """Return the captions of the columns along the foot of the corner, or of the lines at its trailing edge."""
        if orientation == HORIZONTAL:
            flags = LEFT if direction == RTL else RIGHT
            lines = self._value_lines(corner.adjusted(PAD, 0, -PAD, 0))
            return [
                Caption(column.key, column.caption, line, flags)
                for line, column in zip(lines, self.columns, strict=True)
            ]
        flags = RIGHT if direction == RTL else LEFT
        height = self.look.small_line
        top = corner.bottom() - height - 1
        places = [("title", _("Evidence"), QRect(corner.left() + self.text_left, top, self.text_width, height))]
        left = corner.left() + self.text_right
        for column in self.columns:
            width = self.column_width(column)
            places.append((column.key, column.caption, QRect(left, top, width - PAD, height)))
            left += width
        return [Caption(key, text, visual_rect(direction, corner, rect), flags) for key, text, rect in places]


def _marks_shape(item: EvidenceItem) -> tuple[bool, bool, bool, EvidenceKind]:
    """Return all that the marks of an item depend on."""
    return item.suspect, item.twin is not None, item.flag, item.kind


class HypothesisSections(Sections):
    """Hypotheses with their standing."""

    kind = HYPOTHESIS

    def __init__(self, model: MatrixModel, look: Look) -> None:
        self._fitted: tuple[list[wording.Figures], int, bool] | None = None
        super().__init__(model, look)

    @property
    def text_left(self) -> int:
        """Return where the text begins in a vertical header: after the bands and triangles of headings."""
        return super().text_left + (self._most_indent + self._fold_size if self._most_indent else 0)

    @property
    def _fold_size(self) -> int:
        return self.look.line + PAD // 2

    @property
    def _most_indent(self) -> int:
        return self.model.family.depth * _BAND

    def _indent(self, hypothesis: Hypothesis) -> int:
        return len(self.model.family.over(hypothesis.id)) * _BAND

    def fold_rect(self, rect: QRect, section: int, orientation: Qt.Orientation, direction: Qt.LayoutDirection) -> QRect:
        """Return where the triangle of a heading is, with room around it; empty for other hypotheses."""
        hypothesis = self.model.hypothesis(section)
        if not self.model.family.is_heading(hypothesis.id):
            return QRect()
        size = self._fold_size
        if orientation == VERTICAL:
            label = self.look.width_of(single_line(hypothesis.label), bold=True)
            left = rect.left() + STRIPE + PAD + self._indent(hypothesis) + min(label, self.label_width)
            top = rect.top() + (rect.height() - 1 - self._row_block(hypothesis)) // 2
            inner = QRect(left, top - PAD // 4, size, size)
        else:
            top = rect.top() + self._indent(hypothesis) + STRIPE + PAD // 2
            inner = QRect(rect.right() - PAD // 2 - size, top - PAD // 4, size, size)
        return visual_rect(direction, rect, inner)

    def fixed_width(self) -> int:
        """Return the width of a vertical header without its text."""
        return self.text_left + PAD + self._figures_width() + PAD + _BAR_COLUMN + PAD

    def _figures_width(self) -> int:
        score, rank = self._score_width(), self.look.width_of(_("rank {rank}, tied").format(rank=88), small=True) + 2
        return score + PAD + rank if self.look.row_lines == 1 else max(score, rank)

    def _score_width(self) -> int:
        return self.look.width_of(_FIGURES_SAMPLE, bold=True)

    def height(self) -> int:
        """Return the height of a horizontal header."""
        lines = (2 + TITLE_LINES) * self.look.line
        return STRIPE + PAD // 2 + self._most_indent + lines + self._bar_room() + 2

    def _bar_room(self) -> int:
        """Return the room below the figures of a horizontal header: the bar, beside it the captions of the columns."""
        return max(PAD + _BAR + 2, self.look.small_line)

    def paint(
        self, painter: QPainter, rect: QRect, section: int, orientation: Qt.Orientation, state: SectionState
    ) -> None:
        """Paint one hypothesis."""
        self._ground(painter, rect, state, orientation)
        hypothesis = self.model.hypothesis(section)
        colour = self.look.colours["text" if hypothesis.is_active else "muted"]
        self._stripes(painter, rect, hypothesis, orientation)
        if orientation == VERTICAL:
            self._paint_row(painter, rect, section, colour)
        else:
            self._paint_column(painter, rect, section, colour)
        fold = self.fold_rect(rect, section, orientation, painter.layoutDirection())
        if not fold.isEmpty():
            folded = self.model.family.is_folded(hypothesis.id)
            draw_triangle(painter, fold, self.look.colours["text"], folded=folded)

    def _stripes(self, painter: QPainter, rect: QRect, hypothesis: Hypothesis, orientation: Qt.Orientation) -> None:
        """Paint the stripe of a hypothesis, and outside it those of its headings: brackets around their forms."""
        for number, entry in enumerate((*self.model.family.over(hypothesis.id), hypothesis)):
            away = number * _BAND
            own = entry is hypothesis and not self._is_open_heading(entry)
            place = QRect(rect.left(), rect.top() + away, rect.width() - own, STRIPE)
            if orientation == VERTICAL:
                place = QRect(rect.left() + away, rect.top(), STRIPE, rect.height() - own)
            painter.fillRect(self._mirrored(painter, rect, place), self._colour(entry))

    def _is_open_heading(self, hypothesis: Hypothesis) -> bool:
        family = self.model.family
        return family.is_heading(hypothesis.id) and not family.is_folded(hypothesis.id)

    def _colour(self, hypothesis: Hypothesis) -> QColor:
        column = self.model.session.column_of(hypothesis.id) or 0
        colour = QColor(hypothesis.colour or stripe(wording.number_of(hypothesis, column)))
        if not hypothesis.is_active:
            colour.setAlpha(90)
        return colour

    def _paint_column(self, painter: QPainter, rect: QRect, section: int, colour: QColor) -> None:
        look, hypothesis = self.look, self.model.hypothesis(section)
        inner = rect.adjusted(PAD, STRIPE + PAD // 2 + self._indent(hypothesis), -PAD, 0)
        label = QRect(inner.left(), inner.top(), inner.width(), look.line)
        self._label(painter, label, hypothesis.label, colour)
        self._rating_arrow(painter, label, hypothesis)
        beside = self._beside_label(hypothesis)
        if beside:
            fold = self._fold_size if self.model.family.is_heading(hypothesis.id) else 0
            marked = bool(self._challenges(hypothesis.id)) + (hypothesis.id in self.model.remarks.records)
            mark = 2 * PAD * marked
            room = label.adjusted(look.width_of(hypothesis.label, bold=True) + PAD + mark, 0, -fold, 0)
            flags = LEFT if painter.layoutDirection() == RTL else RIGHT
            fits = look.width_of(beside[0], small=True) <= room.width()
            self._caption(painter, self._mirrored(painter, label, room), beside[0 if fits else 1], flags)
        painter.setFont(look.font)
        painter.setPen(colour)
        text = QRect(inner.left(), label.bottom() + 1, inner.width(), TITLE_LINES * look.line)
        look.draw_lines(painter, text, hypothesis.title, look.text, TITLE_LINES)
        inner.setTop(rect.top())
        figures = self.model.figures(section)
        foot = self._figures_line(inner)
        self._score(painter, foot, figures.score, hypothesis.is_active)
        room = foot.adjusted(look.width_of(figures.score, bold=True) + PAD, 0, 0, 0)
        flags = LEFT if painter.layoutDirection() == RTL else RIGHT
        rank = figures.rank if self._long_ranks_fit(inner.width()) else figures.short_rank
        self._caption(painter, self._mirrored(painter, foot, room), rank, flags)
        bar = QRect(inner.left(), foot.bottom() + 3, inner.width(), _BAR)
        if self.model.scores_shown and hypothesis.is_active and not self._is_open_heading(hypothesis):
            self._bar(painter, bar, figures.share)

    def _challenge_place(self, rect: QRect, section: int, orientation: Qt.Orientation) -> QPoint:
        hypothesis = self.model.hypothesis(section)
        indent = self._indent(hypothesis)
        if orientation == HORIZONTAL:
            label = self.look.width_of(single_line(hypothesis.label), bold=True)
            top = rect.top() + STRIPE + PAD // 2 + indent
            return QPoint(rect.left() + PAD + label + 2 * PAD, top + self.look.line // 2)
        top = rect.top() + (rect.height() - 1 - self._row_block(hypothesis)) // 2
        return self._below_label(rect, QPoint(rect.left() + STRIPE + PAD + indent, top))

    def _beside_label(self, hypothesis: Hypothesis) -> tuple[str, str] | None:
        """Return what a header says of a combination or a folded heading, and a shorter form of it.

        That is its parts, or the form it shows.
        """
        if hypothesis.is_combination:
            parts = wording.combined_labels(hypothesis, self.model.session.analysis)
            return " + ".join(parts), "+".join(parts)
        best = self.model.family.best(hypothesis.id)
        return None if best is None else (_("best: {label}").format(label=best.label), best.label)

    def _rating_arrow(self, painter: QPainter, label: QRect, hypothesis: Hypothesis) -> None:
        """Draw beside the label that the items are sorted by the ratings under this hypothesis."""
        mark = self.model.arrangement.mark_of(rating_column(hypothesis.id))
        if mark is not None:
            away = self.look.width_of(single_line(hypothesis.label), bold=True) + ARROW
            x = label.right() - away if painter.layoutDirection() == RTL else label.left() + away
            draw_arrow(painter, QPoint(x, label.center().y()), mark, self.look)

    def _long_ranks_fit(self, width: int) -> bool:
        """Return whether every rank fits beside its score in words, so that all are written alike."""
        figures = self.model.all_figures()
        if self._fitted is None or self._fitted[0] is not figures or self._fitted[1] != width:
            look = self.look
            widest = max(
                (look.width_of(entry.score, bold=True) + look.width_of(entry.rank, small=True) for entry in figures),
                default=0,
            )
            self._fitted = figures, width, widest + PAD < width
        return self._fitted[2]

    def _figures_line(self, rect: QRect) -> QRect:
        top = rect.bottom() + 1 - self._bar_room() - self.look.line
        return QRect(rect.left(), top, rect.width(), self.look.line)

    def _paint_row(self, painter: QPainter, rect: QRect, section: int, colour: QColor) -> None:
        look, hypothesis, figures = self.look, self.model.hypothesis(section), self.model.figures(section)
        inner = rect.adjusted(0, 0, 0, -1)
        top = inner.top() + (inner.height() - self._row_block(hypothesis)) // 2
        label = QRect(rect.left() + STRIPE + PAD + self._indent(hypothesis), top, self.label_width, look.line)
        self._label(painter, self._mirrored(painter, rect, label), hypothesis.label, colour)
        self._rating_arrow(painter, self._mirrored(painter, rect, label), hypothesis)
        painter.setFont(look.font)
        painter.setPen(colour)
        text = QRect(rect.left() + self.text_left, top, self.text_width, self._row_block(hypothesis))
        lines = self._title_lines(hypothesis)
        look.draw_lines(painter, self._mirrored(painter, rect, text), hypothesis.title, look.text, lines)
        best = self.model.family.best(hypothesis.id)
        if best is not None and self.look.row_lines > 1:
            below = QRect(text.left(), text.bottom() + 1 - look.small_line, text.width(), look.small_line)
            flags = RIGHT if painter.layoutDirection() == RTL else LEFT
            words = _("best: {label}").format(label=best.label)
            self._caption(painter, self._mirrored(painter, rect, below), words, flags)
        width = self._figures_width()
        left = rect.left() + self.text_right
        score, rank = self._figures_places(QRect(left, inner.top(), width, inner.height()))
        self._score(painter, self._mirrored(painter, rect, score), figures.score, hypothesis.is_active)
        flags = RIGHT if painter.layoutDirection() == RTL else LEFT
        fits = look.width_of(figures.rank, small=True) <= rank.width()
        rank_text = figures.rank if fits else figures.short_rank
        self._caption(painter, self._mirrored(painter, rect, rank), rank_text, flags)
        bar = QRect(left + width + PAD, inner.center().y() - _BAR // 2, _BAR_COLUMN, _BAR)
        if self.model.scores_shown and hypothesis.is_active and not self._is_open_heading(hypothesis):
            self._bar(painter, self._mirrored(painter, rect, bar), figures.share)

    def _title_lines(self, hypothesis: Hypothesis) -> int:
        """Return how many lines the title of a row may take: a folded heading leaves one for the form it shows."""
        lines = self.look.row_lines
        return lines - 1 if lines > 1 and self.model.family.best(hypothesis.id) is not None else lines

    def _row_block(self, hypothesis: Hypothesis) -> int:
        """Return the height of label and title of a row, with the line below them where there is one."""
        most = self._title_lines(hypothesis)
        lines, _right_to_left = self.look.text.lines(hypothesis.title, self.text_width, most)
        below = self.look.small_line if most < self.look.row_lines else 0
        marked = self._challenges(hypothesis.id) or hypothesis.id in self.model.remarks.records
        least = 2 if most > 1 and marked else 1
        return max(len(lines), least) * self.look.line + below

    def _figures_places(self, rect: QRect) -> tuple[QRect, QRect]:
        """Return where score and rank stand in a row: one below the other, in a single line side by side."""
        line, small = self.look.line, self.look.small_line
        if self.look.row_lines == 1:
            top, score = rect.top() + (rect.height() - line) // 2, self._score_width()
            return (
                QRect(rect.left(), top, score, line),
                QRect(rect.left() + score + PAD, top, rect.width() - score - PAD, line),
            )
        top = rect.top() + (rect.height() - line - small) // 2
        return QRect(rect.left(), top, rect.width(), line), QRect(rect.left(), top + line, rect.width(), small)

    def _score(self, painter: QPainter, rect: QRect, text: str, active: bool) -> None:
        painter.setFont(self.look.bold)
        painter.setPen(self.look.colours["text" if active else "muted"])
        flags = RIGHT if painter.layoutDirection() == RTL else LEFT
        self.look.draw(painter, rect, text, flags)

    def captions(self, corner: QRect, orientation: Qt.Orientation, direction: Qt.LayoutDirection) -> list[Caption]:
        """Return what the figures are: at the trailing edge of their line, or along the foot of the corner."""
        if orientation == HORIZONTAL:
            flags = LEFT if direction == RTL else RIGHT
            line = self._figures_line(corner.adjusted(PAD, 0, -PAD, 0))
            some = bool(self.model.axes.ids[HYPOTHESIS])
            return [Caption(SCORE, _("Weighted inconsistency, rank"), line, flags)] if some else []
        flags = RIGHT if direction == RTL else LEFT
        height = self.look.small_line
        top = corner.bottom() - height - 1
        left = corner.left() + self.text_right
        places = (
            ("", _("Hypotheses"), QRect(corner.left() + self.text_left, top, self.text_width, height)),
            (SCORE, _("Weighted inconsistency"), QRect(left, top, corner.right() - left, height)),
        )
        return [Caption(column, text, visual_rect(direction, corner, rect), flags) for column, text, rect in places]


def draw_arrow(painter: QPainter, at: QPoint, mark: tuple[int, bool], look: Look) -> None:
    """Draw around `at` that a column is sorted by: up or down, filled for the first key, hollow for the second."""
    number, descending = mark
    half, down = ARROW // 2, 1 if descending else -1
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(look.colours["accent"], 1))
    painter.setBrush(look.colours["accent"] if number == 1 else Qt.BrushStyle.NoBrush)
    tip, base = QPoint(at.x(), at.y() + half * down), at.y() - half * down
    painter.drawPolygon(QPolygon([tip, QPoint(at.x() - half, base), QPoint(at.x() + half, base)]))
    painter.restore()


def draw_triangle(painter: QPainter, rect: QRect, colour: QColor, *, folded: bool) -> None:
    """Draw in the middle of `rect` the triangle of a heading: pointing on while it is folded, down while it is open."""
    half, middle = max(rect.height() // 4, 3), rect.center()
    along = -half if painter.layoutDirection() == RTL else half
    points = [QPoint(-half, -half // 2), QPoint(half, -half // 2), QPoint(0, half // 2 + 1)]
    if folded:
        points = [QPoint(-along // 2, -half), QPoint(-along // 2, half), QPoint(along // 2, 0)]
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawPolygon(QPolygon([middle + point for point in points]))
    painter.restore()


def draw_flag(painter: QPainter, at: QPoint, look: Look) -> None:
    """Draw a small flag with its staff's top at `at`."""
    painter.save()
    height = look.line // 2 + 2
    painter.setPen(QPen(look.colours["accent"], 1))
    painter.drawLine(at, at + QPoint(0, height))
    painter.setBrush(look.colours["accent"])
    painter.drawPolygon(QPolygon([at, at + QPoint(PAD, height // 4), at + QPoint(0, height // 2)]))
    painter.restore()
