"""Entries of a list as two lines: a muted one on when, who or where, and what it is below."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ach_desk.ui.text import direction_of
from ach_desk.ui.widgets.labels import STEP

HEAD = Qt.ItemDataRole.UserRole
"""The role of the muted line."""

_HALF = STEP // 2


class TwoLines(QStyledItemDelegate):
    """Draws the text of the role `HEAD`, muted, and below it the text itself; both are cut where they are too long."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(8 * STEP, 2 * option.fontMetrics.height() + STEP)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        roles, palette = QPalette.ColorRole, option.palette
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(option.rect, palette.color(roles.Highlight))
        height = option.fontMetrics.height()
        inner = option.rect.adjusted(STEP, _HALF, -STEP, -_HALF)
        side = Qt.AlignmentFlag.AlignRight if option.direction == Qt.LayoutDirection.RightToLeft else None
        flags = int(
            (side or Qt.AlignmentFlag.AlignLeft) | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
        )
        lines = ((HEAD, roles.PlaceholderText), (Qt.ItemDataRole.DisplayRole, roles.WindowText))
        for number, (role, colour) in enumerate(lines):
            place = QRect(inner.left(), inner.top() + number * height, inner.width(), height)
            text = option.fontMetrics.elidedText(index.data(role), Qt.TextElideMode.ElideRight, place.width())
            painter.setPen(palette.color(roles.HighlightedText if chosen else colour))
            painter.drawText(place, flags | Qt.TextFlag.TextSingleLine | direction_of(index.data(role)), text)
