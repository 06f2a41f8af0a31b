"""What stands in the header of the items: label, text, columns and marks, down or across."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QPainter

from ach_desk.i18n import _
from ach_desk.model import EvidenceItem, EvidenceKind
from ach_desk.ui.doubt import marks as doubt_marks
from ach_desk.ui.groups.bracket import BracketLane
from ach_desk.ui.groups.index import Bracket
from ach_desk.ui.matrix import bands, columns, wording
from ach_desk.ui.matrix.axes import EVIDENCE
from ach_desk.ui.matrix.look import (
    ITEM_TITLE_LINES,
    LEFT,
    PAD,
    RIGHT,
    RTL,
    STRIPE,
    Look,
)
from ach_desk.ui.matrix.model import DIMMED, STRONG, MatrixModel
from ach_desk.ui.matrix.section_marks import draw_flag, draw_triangle
from ach_desk.ui.matrix.sections import BAR, HORIZONTAL, VERTICAL, Caption, Sections, SectionState
from ach_desk.ui.mirrored import visual_rect
from ach_desk.ui.text import single_line
from ach_desk.ui.widgets.painting import fill

_MARK_GAP = 4
"""The space after each mark of an item."""


class ItemSections(Sections):
    """Evidence items."""

    kind = EVIDENCE

    def __init__(self, model: MatrixModel, look: Look) -> None:
        self.columns: list[columns.ItemColumn] = []
        self._lane = BracketLane(model.grouped, look)
        self._widest_marks = 0
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
            fill(painter, self._mirrored(painter, rect, strip), self.look.colours["strong_line"])
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
        track = QRect(number.right() + PAD, rect.center().y() - BAR // 2, 0, BAR)
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
