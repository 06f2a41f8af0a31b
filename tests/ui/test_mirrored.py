"""Ours mirrors as Qt does."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QStyle

from ach_desk.ui.mirrored import visual_pos, visual_rect

_NUMBER = st.integers(-2000, 2000)
_SIZE = st.integers(0, 2000)
_RECT = st.builds(QRect, _NUMBER, _NUMBER, _SIZE, _SIZE)
_DIRECTION = st.sampled_from([Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])


@given(_DIRECTION, _RECT, _RECT)
def test_a_rectangle_lies_where_qt_puts_it(direction: Qt.LayoutDirection, outer: QRect, inner: QRect) -> None:
    assert visual_rect(direction, outer, inner) == QStyle.visualRect(direction, outer, inner)


@given(_DIRECTION, _RECT, st.builds(QPoint, _NUMBER, _NUMBER))
def test_a_place_lies_where_qt_puts_it(direction: Qt.LayoutDirection, outer: QRect, at: QPoint) -> None:
    assert visual_pos(direction, outer, at) == QStyle.visualPos(direction, outer, at)
