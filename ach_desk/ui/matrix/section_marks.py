"""Small signs in the headers of a matrix: the arrow of a sorted column, the triangle of a heading, a flag."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygon

from ach_desk.ui.matrix.look import (
    PAD,
    RTL,
    Look,
)

ARROW = 8


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
