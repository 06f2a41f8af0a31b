"""Where something lies in a language that is written from right to left."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt


def visual_rect(direction: Qt.LayoutDirection, outer: QRect, inner: QRect) -> QRect:
    """Return where `inner`, reckoned from left to right, lies in `outer`.

    What QStyle.visualRect returns: to load QStyle with all that it names takes as long as painting the matrix once.
    """
    if direction == Qt.LayoutDirection.LeftToRight:
        return inner
    return inner.translated(outer.left() + outer.right() - inner.left() - inner.right(), 0)


def visual_pos(direction: Qt.LayoutDirection, outer: QRect, at: QPoint) -> QPoint:
    """Return where a place, reckoned from left to right, lies in `outer`: what QStyle.visualPos returns."""
    if direction == Qt.LayoutDirection.LeftToRight:
        return at
    return QPoint(outer.right() - at.x(), at.y())
