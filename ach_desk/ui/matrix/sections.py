"""What the sections of both headers of a matrix have in common; `item_sections` and `hypothesis_sections` fill them.

One painter for each kind serves both headers, so that transposing only swaps them. "Thickness" is the width of a
vertical header and the height of a horizontal one; rectangles are those of one section.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from ach_desk.model import Challenge
from ach_desk.ui.challenges import marks
from ach_desk.ui.challenges.index import any_open
from ach_desk.ui.groups.index import Bracket
from ach_desk.ui.matrix.look import (
    LEFT,
    PAD,
    RIGHT,
    RTL,
    STRIPE,
    Look,
)
from ach_desk.ui.matrix.model import MatrixModel
from ach_desk.ui.matrix.section_marks import ARROW, draw_arrow
from ach_desk.ui.mirrored import visual_rect
from ach_desk.ui.text import single_line
from ach_desk.ui.together import index
from ach_desk.ui.together import marks as remark_marks
from ach_desk.ui.widgets.painting import fill

BAR = 6
"""The height of a bar."""

_LONGEST_LABEL = 12
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
    """The look of one axis; `measure` has to be called before it is painted."""

    kind: str

    def __init__(self, model: MatrixModel, look: Look) -> None:
        self.model = model
        self.look = look
        self.text_width = 240
        self.label_width = 0

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
        fill(painter, rect, self.look.header_selected if state.selected else ground)
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
        fill(painter, rect, self.look.colours["line"])
        if share > 0:
            filled = QRect(rect.left(), rect.top(), max(round(rect.width() * min(share, 1.0)), 2), rect.height())
            fill(painter, self._mirrored(painter, rect, filled), self.look.bar)

    def _caption(self, painter: QPainter, rect: QRect, text: str, flags: int) -> None:
        painter.setFont(self.look.small)
        painter.setPen(self.look.colours["muted"])
        elided = self.look.small_text.metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        self.look.draw(painter, rect, elided, flags)
