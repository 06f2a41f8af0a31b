"""The focus frame of controls that paint themselves."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget


def paint_focus(widget: QWidget, painter: QPainter) -> None:
    """Draw the style's focus frame around `widget`, if the keyboard is on it."""
    if widget.hasFocus():
        from PySide6.QtWidgets import QStyle, QStyleOptionFocusRect

        frame = QStyleOptionFocusRect()
        frame.initFrom(widget)
        widget.style().drawPrimitive(QStyle.PrimitiveElement.PE_FrameFocusRect, frame, painter, widget)


def chain_focus(first: QWidget, *following: QWidget) -> None:
    """Let Tab lead from `first` through the following ones, which may have been made later than what comes after."""
    for before, after in pairwise((first, *following)):
        QWidget.setTabOrder(before, after)
