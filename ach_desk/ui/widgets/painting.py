"""Painting that a first picture does not have to wait for."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QColor, QPainter


def fill(painter: QPainter, rect: QRect | QRectF, colour: QColor) -> None:
    """Fill a rectangle with a colour.

    For `QPainter.fillRect`, which takes gradients too, PySide first makes an enumeration of all 169 that have a name.
    """
    painter.setBackground(colour)
    painter.eraseRect(rect)
