"""The picture of a timeline: hovering, zooming, moving along, and brushing over a stretch of days.

It knows days and places; which items those are, its panel knows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from ach_desk.model.spans import Span
from ach_desk.ui.charts.picture import PictureView

if TYPE_CHECKING:
    from ach_desk.reporting.chart_options import Picture, TimeAxis

ZOOM_STEP = 1.5
_TURN = 120
_PAGE = 0.25
_TINT = 40
_MOST_TICKS = 500
_Key = Qt.Key


class Brush(NamedTuple):
    """A stretch of days on a track."""

    track: str
    span: Span


class TimelinePicture(PictureView):
    """Shows a timeline. brushed(Brush): a stretch was chosen. cleared(): none any more.

    zoomed(factor, day): show 1/factor of the time, the day staying where it is. moved(share): show what lies a share of
    the present period on. whole(): show all of time. left(): the keyboard belongs back to the matrix.
    """

    brushed = Signal(object)
    cleared = Signal()
    zoomed = Signal(float, float)
    moved = Signal(float)
    whole = Signal()
    left = Signal()

    def __init__(self, span_of: Callable[[str, str], Span | None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._span_of = span_of
        self.brush: Brush | None = None
        self._selected: dict[str, None] = {}
        self._press: QPointF | None = None
        self._pan: QPointF | None = None
        self._anchor = -1
        self._turned = 0

    def show_picture(self, picture: Picture, ratio: float) -> None:
        """Show `picture`, drawn with `ratio` device pixels per logical pixel."""
        self._anchor = -1
        super().show_picture(picture, ratio)

    def show_selected(self, items: Iterable[str]) -> None:
        """Mark these items."""
        self._selected = dict.fromkeys(items)
        self.update()

    def show_brush(self, brush: Brush | None) -> None:
        """Mark a stretch of days, or none."""
        self.brush = brush
        if brush is None:
            self._anchor = -1
        self.update()

    # Days and places

    @property
    def _axis(self) -> TimeAxis | None:
        return self.picture.axis if self.picture is not None and not self.is_saying else None

    def day_at(self, x: float) -> float:
        """Return the moment at a place, in pixels of this widget; 0 while no timeline is shown."""
        return self._axis.day_at(x * self.ratio) if self._axis is not None else 0.0

    def place_of(self, day: float) -> float:
        """Return where a moment is, in pixels of this widget; 0 while no timeline is shown."""
        return self._axis.place_of(day) / self.ratio if self._axis is not None else 0.0

    def track_at(self, y: float) -> str:
        """Return the track at a height, the nearest where it lies between or beside them; "" when there is none."""
        tracks = self._axis.tracks if self._axis is not None else ()
        at = y * self.ratio
        return min(tracks, key=lambda track: max(track[1] - at, at - track[2], 0.0), default=("", 0, 0))[0]

    def _between(self, one: QPointF, other: QPointF) -> Brush:
        first, last = sorted((self.day_at(one.x()), self.day_at(other.x())))
        return Brush(self.track_at(one.y()), Span(int(first), int(last)))

    def _brush_of(self, index: int) -> Brush | None:
        """Return the days of what a box shows: an item, or the items that a bar counts."""
        if not 0 <= index < len(self.hits):
            return None
        box = self.hits[index]
        rect = self.rect_of(box)
        track = self.track_at(rect.center().y())
        if box.evidence_id is None:
            first, last = self.day_at(rect.left() + 1), self.day_at(rect.right() - 1)
            return Brush(track, Span(int(first), max(int(last), int(first))))
        span = self._span_of(box.evidence_id, track)
        return None if span is None else Brush(track, span)

    def choose(self, index: int) -> None:
        """Select the item of a box; of one that counts items, its days."""
        brush = self._brush_of(index)
        if brush is not None and self.hits[index].evidence_id is None:
            self._choose(brush)
        else:
            super().choose(index)

    def _choose(self, brush: Brush) -> None:
        self.show_brush(brush)
        self.brushed.emit(brush)

    # The mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold: of a stretch with the left button, of the picture with the middle one."""
        at = event.position()
        if event.button() == Qt.MouseButton.LeftButton and self._axis is not None:
            self._press = at
        elif event.button() == Qt.MouseButton.MiddleButton and self._axis is not None:
            self._pan = at
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Mark the stretch, or name what is under the pointer."""
        if self._press is not None and self._is_drag(event.position()):
            self.show_brush(self._between(self._press, event.position()))
        elif self._pan is None:
            super().mouseMoveEvent(event)

    def _is_drag(self, at: QPointF) -> bool:
        return self._press is not None and abs(at.x() - self._press.x()) >= QApplication.startDragDistance() / 2

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose the stretch that was marked; without one, what was clicked."""
        press, pan, self._press, self._pan = self._press, self._pan, None, None
        if pan is not None:
            self.unsetCursor()
            self.moved.emit((pan.x() - event.position().x()) / max(self._length(), 1.0))
        elif press is not None and abs(event.position().x() - press.x()) >= QApplication.startDragDistance() / 2:
            self._choose(self._between(press, event.position()))
        else:
            super().mouseReleaseEvent(event)

    def _length(self) -> float:
        return (self._axis.right - self._axis.left) / self.ratio if self._axis is not None else 0.0

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl, move along with Shift or a wheel that turns sideways; else let the panel scroll."""
        turned, sideways = event.angleDelta().y(), event.angleDelta().x()
        modifiers = event.modifiers()
        if self._axis is None or not (modifiers & (_CTRL | _SHIFT) or sideways):
            event.ignore()
        elif modifiers & _CTRL:
            self.zoomed.emit(ZOOM_STEP ** (turned / _TURN), self.day_at(event.position().x()))
            event.accept()
        else:
            self.moved.emit(-(turned or sideways) / _TURN * _PAGE / 2)
            event.accept()

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk from item to item; with Shift brush, with Ctrl move along; zoom; Escape gives up the stretch."""
        key, modifiers = event.key(), event.modifiers()
        step = {_Key.Key_Left: -1, _Key.Key_Right: 1}.get(_Key(key)) if key in (_Key.Key_Left, _Key.Key_Right) else None
        if step is not None and modifiers & _CTRL:
            self.moved.emit(step * _PAGE)
        elif step is not None and modifiers & _SHIFT:
            self._extend(step)
        elif key in (_Key.Key_Plus, _Key.Key_Equal):
            self.zoomed.emit(ZOOM_STEP, self._middle())
        elif key == _Key.Key_Minus:
            self.zoomed.emit(1 / ZOOM_STEP, self._middle())
        elif key == _Key.Key_0:
            self.whole.emit()
        elif key == _Key.Key_Escape:
            (self.cleared if self.brush is not None else self.left).emit()
        else:
            super().keyPressEvent(event)

    def _middle(self) -> float:
        """Return what a key zooms at: what is pointed at, else the middle."""
        brush = self._brush_of(self.hit)
        if brush is not None:
            return (brush.span.first + brush.span.last + 1) / 2
        axis = self._axis
        return (axis.start + axis.end) / 2 if axis is not None else 0.0

    def _extend(self, step: int) -> None:
        """Brush from the item where that began to the next one of its track, in the order of time."""
        goal = self.hit + step if self.hit >= 0 else 0
        if self._anchor < 0 or self.brush is None:
            self._anchor = max(self.hit, 0)
        start, end = self._brush_of(self._anchor), self._brush_of(goal)
        if start is None or end is None or start.track != end.track:
            return
        self.point_at_and_say(goal)
        span = Span(min(start.span.first, end.span.first), max(start.span.last, end.span.last))
        self._choose(Brush(start.track, span))

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture, then the stretch and what is selected over it."""
        super().paintEvent(event)
        if self._axis is None:
            return
        painter = QPainter(self)
        accent = self.palette().highlight().color()
        if self.brush is not None:
            self._paint_brush(painter, self.brush, accent)
        painter.setPen(QPen(accent, 2))
        shown = {box.evidence_id for box in self.hits}
        for box in self.hits:
            if box.evidence_id in self._selected:
                painter.drawRoundedRect(self.rect_of(box).adjusted(0, 0, -1, -1), 3, 3)
        self._paint_ticks(painter, [entry for entry in self._selected if entry not in shown][:_MOST_TICKS])
        painter.end()

    def _paint_brush(self, painter: QPainter, brush: Brush, accent: QColor) -> None:
        rect = self._rect_of_brush(brush)
        tint = QColor(accent)
        tint.setAlpha(_TINT)
        painter.fillRect(rect, tint)
        painter.setPen(QPen(accent, 1))
        painter.drawLine(rect.topLeft(), rect.bottomLeft())
        painter.drawLine(rect.topRight(), rect.bottomRight())

    def _rect_of_brush(self, brush: Brush) -> QRectF:
        axis = self._axis
        if axis is None:
            return QRectF()
        left, right = self.place_of(brush.span.first), self.place_of(brush.span.last + 1)
        left, right = max(left, axis.left / self.ratio), min(right, axis.right / self.ratio)
        top, bottom = next(((top, bottom) for name, top, bottom in axis.tracks if name == brush.track), (0.0, 0.0))
        return QRectF(left, top / self.ratio, max(right - left, 1.0), (bottom - top) / self.ratio)

    def _paint_ticks(self, painter: QPainter, items: Iterable[str]) -> None:
        """Mark where selected items are that are counted and not drawn: a stroke at the foot of the track."""
        axis = self._axis
        for name, _top, bottom in axis.tracks if axis is not None else ():
            for entry in items:
                span = self._span_of(entry, name)
                if span is not None:
                    x = round(self.place_of((span.first + span.last + 1) / 2))
                    foot = round(bottom / self.ratio)
                    painter.drawLine(QPoint(x, foot - 8), QPoint(x, foot))


_CTRL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
