"""The focus frame of controls that paint themselves."""

from __future__ import annotations

from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionFocusRect, QWidget


def paint_focus(widget: QWidget, painter: QPainter) -> None:
    """Draw the style's focus frame around `widget`, if the keyboard is on it."""
    if widget.hasFocus():
        frame = QStyleOptionFocusRect()
        frame.initFrom(widget)
        widget.style().drawPrimitive(QStyle.PrimitiveElement.PE_FrameFocusRect, frame, painter, widget)
