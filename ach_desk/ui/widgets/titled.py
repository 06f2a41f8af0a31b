"""Entries of a list as a title with a detail below it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ach_desk.ui.text import direction_of
from ach_desk.ui.widgets.labels import STEP, strong_font

TITLE, DETAIL = Qt.ItemDataRole.UserRole + 1, Qt.ItemDataRole.UserRole + 2

Index = QModelIndex | QPersistentModelIndex


class TitleAndDetail(QStyledItemDelegate):
    """Paints a row in two lines: the title, and below it the detail, muted unless the row has a heavier font."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.initStyleOption(option, index)
        option.text = ""
        style = option.widget.style() if option.widget is not None else QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        group = QPalette.ColorGroup.Active
        text_role = QPalette.ColorRole.HighlightedText if chosen else QPalette.ColorRole.Text
        stands_out = option.font.weight() > QFont.Weight.Normal
        muted_role = text_role if chosen or stands_out else QPalette.ColorRole.PlaceholderText
        rect = option.rect.adjusted(STEP, STEP // 2, -STEP, -STEP // 2)
        half = rect.height() // 2
        rtl = option.direction == Qt.LayoutDirection.RightToLeft
        side = Qt.AlignmentFlag.AlignAbsolute
        side |= Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft
        painter.save()
        for part, role, colour, font in (
            (QRect(rect.x(), rect.y(), rect.width(), half), TITLE, text_role, strong_font(option.font)),
            (QRect(rect.x(), rect.y() + half, rect.width(), half), DETAIL, muted_role, option.font),
        ):
            painter.setFont(font)
            painter.setPen(option.palette.color(group, colour))
            whole = str(index.data(role))
            text = QFontMetrics(font).elidedText(whole, Qt.TextElideMode.ElideRight, part.width())
            painter.drawText(part, side | Qt.AlignmentFlag.AlignVCenter | direction_of(whole), text)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line = QFontMetrics(strong_font(option.font)).height()
        return QSize(160, 2 * line + STEP + STEP // 2)
