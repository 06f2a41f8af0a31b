"""The header of one side of the matrix: paints its sections and takes the mouse on them.

A click selects, Shift and Ctrl add, a drag moves what is selected, a drag on a border changes a width.
"""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QBasicTimer, QEvent, QPoint, QRect, QSize, Qt, QTimerEvent, Signal
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QApplication, QHeaderView, QToolTip, QWidget

from ach_desk.ui.groups.index import Bracket
from ach_desk.ui.matrix.sections import HORIZONTAL, VERTICAL, Sections, SectionState
from ach_desk.ui.widgets.listening import listen
from ach_desk.ui.widgets.own_viewport import give_viewport
from ach_desk.ui.widgets.painting import fill

_REACH = 4
"""How near, in pixels, the mouse is at a border."""

_SCROLL_MS = 60

_Grip = Literal["", "text", "width", "section", "move"]


class MatrixHeader(QHeaderView):
    """A header that shows `sections`; what a section's state is it asks from `state_of`.

    sized: places of sections that have another size than the usual one.
    """

    pressed = Signal(int, object)
    released_on = Signal(int)
    dropped = Signal(int)
    fold_requested = Signal(int)
    group_requested = Signal(str)
    edit_requested = Signal(int)
    menu_requested = Signal(int, QPoint)
    text_width_dragged = Signal(int)
    width_dragged = Signal(int)
    widths_reset = Signal()

    def __init__(self, orientation: Qt.Orientation, parent: QWidget | None = None) -> None:
        super().__init__(orientation, parent)
        give_viewport(self, QPalette.ColorRole.Button)
        self.viewport().setMouseTracking(True)
        self.sections: Sections | None = None
        self.separators: list[int] = []
        self.sized: set[int] = set()
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.setHighlightSections(False)
        self._grip: _Grip = ""
        self._start = QPoint()
        self._section = -1
        self._drop = -1
        self._scroll_timer = QBasicTimer()
        listen(self.viewport(), self._explain_bracket)

    def state_of(self, section: int) -> SectionState:
        """Return how a section is painted; the view puts its own in the place of this."""
        return SectionState()

    def is_selected(self, section: int) -> bool:
        """Return whether a section is selected as an item or hypothesis."""
        return self.state_of(section).selected

    def sizeHint(self) -> QSize:
        """Return the thickness that the sections need."""
        thickness = self.sections.thickness(self.orientation()) if self.sections is not None else 24
        return QSize(thickness, 0) if self.orientation() == VERTICAL else QSize(0, thickness)

    def section_rect(self, section: int) -> QRect:
        """Return where a section is, in the coordinates of the viewport."""
        start, size = self.sectionViewportPosition(section), self.sectionSize(section)
        if self.orientation() == VERTICAL:
            return QRect(0, start, self.viewport().width(), size)
        return QRect(start, 0, size, self.viewport().height())

    def text_rect(self, section: int) -> QRect:
        """Return where the title of a section stands, in the coordinates of the viewport."""
        if self.sections is None:
            return QRect()
        return self.sections.text_rect(self.section_rect(section), self.orientation(), self.layoutDirection())

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the sections that the event touches."""
        if self.sections is None:
            return
        painter = QPainter(self.viewport())
        painter.setLayoutDirection(self.layoutDirection())
        fill(painter, event.rect(), self.sections.look.header_ground)
        for section in self._touched(event.rect()):
            self.sections.paint(
                painter, self.section_rect(section), section, self.orientation(), self.state_of(section)
            )
            self.sections.paint_challenge(painter, self.section_rect(section), section, self.orientation())
        self._paint_lines(painter)
        painter.end()

    def _touched(self, rect: QRect) -> range:
        if not self.count():
            return range(0)
        if self.orientation() == VERTICAL:
            ends = self.visualIndexAt(rect.top()), self.visualIndexAt(rect.bottom())
        else:
            ends = self.visualIndexAt(rect.left()), self.visualIndexAt(rect.right())
            if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
                ends = ends[1], ends[0]
        first = max(ends[0], 0)
        last = ends[1] if ends[1] >= 0 else self.count() - 1
        return range(first, last + 1)

    def _paint_lines(self, painter: QPainter) -> None:
        colours = self.sections.look.colours if self.sections is not None else {}
        size = self.viewport().rect()
        painter.setPen(QPen(colours["strong_line"], 1))
        if self.orientation() == VERTICAL:
            edge = size.left() if self.isRightToLeft() else size.right()
            painter.drawLine(edge, size.top(), edge, size.bottom())
        else:
            painter.drawLine(size.left(), size.bottom(), size.right(), size.bottom())
        painter.setPen(QPen(colours["strong_line"], 2))
        for section in self.separators:
            if section < self.count():
                self._line_before(painter, section)
        if self._grip == "move" and self._drop >= 0:
            painter.setPen(QPen(colours["accent"], 3))
            self._line_before(painter, self._drop)

    def _line_before(self, painter: QPainter, section: int) -> None:
        size = self.viewport().rect()
        place = self._edge(section)
        if self.orientation() == VERTICAL:
            painter.drawLine(size.left(), place, size.right(), place)
        else:
            painter.drawLine(place, size.top(), place, size.bottom())

    def _edge(self, section: int) -> int:
        """Return the pixel at which `section` (or the end) begins."""
        behind = section >= self.count()
        rect = self.section_rect(self.count() - 1 if behind else section)
        if self.orientation() == VERTICAL:
            return max((rect.bottom() + 1 if behind else rect.top()), 1)
        if behind == self.isRightToLeft():
            return max(rect.left(), 1)
        return rect.right()

    # The mouse

    def _grip_at(self, at: QPoint) -> _Grip:
        if self.sections is None:
            return ""
        if self.orientation() == VERTICAL:
            along = self.viewport().width() - at.x() if self.isRightToLeft() else at.x()
            return "text" if abs(along - self.sections.text_right) <= _REACH else "section"
        for x in (at.x() - _REACH, at.x() + _REACH):
            section = self.logicalIndexAt(QPoint(x, at.y()))
            if section >= 0 and section != self.logicalIndexAt(QPoint(2 * at.x() - x, at.y())):
                return "width"
        return "section"

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of a border or select a section."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        at = event.position().toPoint()
        self._start, self._grip = at, self._grip_at(at)
        self._section = self.logicalIndexAt(at)
        if self._is_on_fold(at):
            self._grip = ""
            self.fold_requested.emit(self._section)
            return
        bracket = self.bracket_at(at)
        if bracket is not None:
            self._grip = ""
            self.group_requested.emit(bracket.group.id)
            return
        if self._grip == "width":
            self._section = self._bordered(at)
        elif self._grip == "section":
            if self._section < 0:
                self._grip = ""
            elif event.modifiers() or not self.is_selected(self._section):
                self.pressed.emit(self._section, event.modifiers())

    def _is_on_fold(self, at: QPoint) -> bool:
        section = self.logicalIndexAt(at)
        if self.sections is None or section < 0:
            return False
        rect = self.section_rect(section)
        return self.sections.fold_rect(rect, section, self.orientation(), self.layoutDirection()).contains(at)

    def bracket_at(self, at: QPoint) -> Bracket | None:
        """Return the bracket of a dependence group under a point of the viewport; None for none."""
        section = self.logicalIndexAt(at)
        if self.sections is None or section < 0:
            return None
        rect = self.section_rect(section)
        return self.sections.bracket_at(at, rect, section, self.orientation(), self.layoutDirection())

    def tip_of(self, bracket: Bracket) -> str:
        """Return what is said over a bracket; the view puts its own in the place of this."""
        return bracket.group.name

    def _explain_bracket(self, event: QEvent) -> bool:
        """Say over a bracket which group it is; elsewhere what the model says of the section."""
        if event.type() != QEvent.Type.ToolTip or not isinstance(event, QHelpEvent):
            return False
        bracket = self.bracket_at(event.pos())
        if bracket is not None:
            QToolTip.showText(event.globalPos(), self.tip_of(bracket), self.viewport())
        return bracket is not None

    def _bordered(self, at: QPoint) -> int:
        back = _REACH if self.isRightToLeft() else -_REACH
        section = self.logicalIndexAt(QPoint(at.x() + back, at.y()))
        return section if section >= 0 else self.count() - 1

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show what can be dragged, or drag it."""
        at = event.position().toPoint()
        if not event.buttons() & Qt.MouseButton.LeftButton or not self._grip:
            self.viewport().setCursor(self._cursor_at(at))
        elif self._grip == "text":
            self._drag_text(at)
        elif self._grip == "width":
            rect = self.section_rect(self._section)
            self.width_dragged.emit(rect.right() - at.x() if self.isRightToLeft() else at.x() - rect.left())
        else:
            self._drag_section(at)

    def _cursor_at(self, at: QPoint) -> Qt.CursorShape:
        if self._grip_at(at) in ("text", "width"):
            return Qt.CursorShape.SplitHCursor
        return Qt.CursorShape.PointingHandCursor if self.bracket_at(at) else Qt.CursorShape.ArrowCursor

    def _drag_text(self, at: QPoint) -> None:
        if self.sections is not None:
            along = self.viewport().width() - at.x() if self.isRightToLeft() else at.x()
            self.text_width_dragged.emit(along - (self.sections.text_right - self.sections.text_width))

    def _drag_section(self, at: QPoint) -> None:
        if self._grip == "section":
            if (at - self._start).manhattanLength() < QApplication.startDragDistance():
                return
            self._grip = "move"
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
            self._scroll_timer.start(_SCROLL_MS, self)
        self._drop = self._drop_at(at)
        self.viewport().update()

    def _drop_at(self, at: QPoint) -> int:
        """Return the section before which a drop at this point goes; the number of sections means the end."""
        section = self.logicalIndexAt(at)
        if section < 0:
            start = at.y() if self.orientation() == VERTICAL else at.x()
            before = start > 0 if self.isRightToLeft() and self.orientation() == HORIZONTAL else start < 0
            return 0 if before else self.count()
        rect = self.section_rect(section)
        if self.orientation() == VERTICAL:
            return section + (at.y() > rect.center().y())
        behind = at.x() < rect.center().x() if self.isRightToLeft() else at.x() > rect.center().x()
        return section + behind

    def timerEvent(self, event: QTimerEvent) -> None:
        """Scroll while something is dragged beyond the edge."""
        if event.timerId() != self._scroll_timer.timerId():
            super().timerEvent(event)
            return
        at = self.viewport().mapFromGlobal(self.cursor().pos())
        view = self.parent()
        bars = getattr(view, "verticalScrollBar", None), getattr(view, "horizontalScrollBar", None)
        bar = bars[0] if self.orientation() == VERTICAL else bars[1]
        place, length = (at.y(), self.height()) if self.orientation() == VERTICAL else (at.x(), self.width())
        if bar is not None and not 0 <= place <= length:
            step = bar().singleStep() * (1 if (place > length) != (self._mirrored()) else -1)
            bar().setValue(bar().value() + step)
            self._drop = self._drop_at(at)

    def _mirrored(self) -> bool:
        return self.isRightToLeft() and self.orientation() == HORIZONTAL

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Drop what was dragged, or leave only the clicked section selected."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        grip, drop, self._grip, self._drop = self._grip, self._drop, "", -1
        self._scroll_timer.stop()
        self.viewport().unsetCursor()
        self.viewport().update()
        if grip == "move" and drop >= 0:
            self.dropped.emit(drop)
        elif grip == "section" and not event.modifiers():
            self.released_on.emit(self._section)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Edit a section's text; on a border, go back to automatic widths."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        at = event.position().toPoint()
        if self._grip_at(at) in ("text", "width"):
            self.widths_reset.emit()
        elif self.logicalIndexAt(at) >= 0 and not self._is_on_fold(at) and self.bracket_at(at) is None:
            self.edit_requested.emit(self.logicalIndexAt(at))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the section under the mouse."""
        section = self.logicalIndexAt(event.pos())
        if section >= 0:
            self.menu_requested.emit(section, event.globalPos())
