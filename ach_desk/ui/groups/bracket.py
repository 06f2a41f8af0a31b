"""The bracket at the outer side of the items: a thin line joining a group's rows, a numbered tick at each of them.

It is told apart without colour: thick for items that repeat each other fully, dashed for weakly dependent ones.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QPen

from ach_desk.model.values import Dependence
from ach_desk.ui.groups.index import Bracket, Grouped
from ach_desk.ui.matrix.look import LEFT, RIGHT, RTL, Look
from ach_desk.ui.mirrored import visual_pos, visual_rect

_EDGE, _TRACK, _GAP = 4, 7, 2
_REACH = 4
_PENS = {
    Dependence.REDUNDANT: (2, Qt.PenStyle.SolidLine),
    Dependence.STRONG: (1, Qt.PenStyle.SolidLine),
    Dependence.WEAK: (1, Qt.PenStyle.DashLine),
}
VERTICAL = Qt.Orientation.Vertical


class BracketLane:
    """The room of the brackets in the header of the items: its width, or height when items are the columns."""

    def __init__(self, grouped: Grouped, look: Look) -> None:
        self._grouped, self._look = grouped, look

    def thickness(self, orientation: Qt.Orientation) -> int:
        """Return how much of the header the brackets take; 0 while there is none."""
        brackets = self._grouped.brackets
        if not brackets.of_place:
            return 0
        room = self._number_width() if orientation == VERTICAL else self._look.small_line
        return _EDGE + brackets.tracks * _TRACK + room + 2 * _GAP

    def paint(self, painter: QPainter, rect: QRect, place: int, orientation: Qt.Orientation) -> None:
        """Paint what passes the section of one item, given as `rect`."""
        brackets = self._grouped.brackets
        for bracket in brackets.crossing(place):
            self._line(painter, rect, place, bracket, orientation)
        own = brackets.of_place.get(place)
        if own is not None:
            self._tick(painter, rect, own, orientation)

    def bracket_at(
        self, at: QPoint, rect: QRect, place: int, orientation: Qt.Orientation, direction: Qt.LayoutDirection
    ) -> Bracket | None:
        """Return the bracket under a point of a section: its own, else the one whose line passes there."""
        brackets = self._grouped.brackets
        at = visual_pos(direction, rect, at)
        along = at.x() - rect.left() if orientation == VERTICAL else at.y() - rect.top()
        if along >= self.thickness(orientation):
            return None
        passing = [found for found in brackets.crossing(place) if abs(along - self._offset(found.track)) <= _REACH]
        return brackets.of_place.get(place) or (passing[0] if passing else None)

    def _number_width(self) -> int:
        return self._look.width_of("8" * len(str(self._grouped.most_number)), small=True)

    def _offset(self, track: int) -> int:
        """Return how far from the outer edge the line of a track is."""
        return _EDGE + (self._grouped.brackets.tracks - 1 - track) * _TRACK

    def _line(self, painter: QPainter, rect: QRect, place: int, bracket: Bracket, orientation: Qt.Orientation) -> None:
        painter.setPen(self._pen(bracket))
        offset = self._offset(bracket.track)
        first, last = place == bracket.places[0], place == bracket.places[-1]
        if orientation == VERTICAL:
            x, middle = rect.left() + offset, rect.center().y()
            line = QRect(QPoint(x, middle if first else rect.top()), QPoint(x, middle if last else rect.bottom()))
        else:
            y, middle = rect.top() + offset, rect.center().x()
            line = QRect(QPoint(middle if first else rect.left(), y), QPoint(middle if last else rect.right(), y))
        line = visual_rect(painter.layoutDirection(), rect, line)
        painter.drawLine(line.topLeft(), line.bottomRight())

    def _tick(self, painter: QPainter, rect: QRect, bracket: Bracket, orientation: Qt.Orientation) -> None:
        look, direction = self._look, painter.layoutDirection()
        start, end = self._offset(bracket.track), _EDGE + self._grouped.brackets.tracks * _TRACK - _GAP
        across = orientation == VERTICAL
        if bracket.track >= 0:
            painter.setPen(self._pen(bracket, solid=True))
            middle = rect.center()
            tick = (
                QRect(QPoint(rect.left() + start, middle.y()), QPoint(rect.left() + end - 1, middle.y()))
                if across
                else QRect(QPoint(middle.x(), rect.top() + start), QPoint(middle.x(), rect.top() + end - 1))
            )
            tick = visual_rect(direction, rect, tick)
            painter.drawLine(tick.topLeft(), tick.bottomRight())
        painter.setFont(look.small)
        painter.setPen(look.colours["text"])
        if across:
            place = QRect(rect.left() + end + _GAP, rect.top(), self._number_width(), rect.height())
            flags = RIGHT if direction == RTL else LEFT
        else:
            place = QRect(rect.left(), rect.top() + end + _GAP, rect.width(), look.small_line)
            flags = int(Qt.AlignmentFlag.AlignCenter)
        look.draw(painter, visual_rect(direction, rect, place), str(bracket.number), flags)

    def _pen(self, bracket: Bracket, *, solid: bool = False) -> QPen:
        width, style = _PENS[bracket.group.strength]
        pen = QPen(self._look.colours["muted"], width, Qt.PenStyle.SolidLine if solid else style)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        return pen
