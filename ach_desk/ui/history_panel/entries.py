"""The list of entries: two lines each, when and by whom above what was done."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ach_desk.i18n import _
from ach_desk.ui.history_panel.model import HEAD
from ach_desk.ui.widgets.labels import STEP, named

_HALF = STEP // 2


class EntryList(QListView):
    """Thousands of entries, drawn as they come into view."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, _("Entries of the history"))
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QListView.Shape.NoFrame)
        self._lines = _TwoLines(self)
        self.setItemDelegate(self._lines)


class _TwoLines(QStyledItemDelegate):
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
            painter.drawText(place, flags | Qt.TextFlag.TextSingleLine, text)
