"""A list of places in texts, each with what would become of it: the old words struck out, the new ones after them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPalette, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import (
    QApplication,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ach_desk.commands.replacing import Hit
from ach_desk.i18n import _
from ach_desk.ui.text import shown
from ach_desk.ui.widgets.labels import STEP, named, strong_font

_HIT = Qt.ItemDataRole.UserRole
_PLACE = Qt.ItemDataRole.UserRole + 1
_BEFORE, _AFTER, _LONGEST = 32, 80, 200
_LINES = 5
_THIN_SPACE = "\u2009"
"""Keeps the struck words and the new ones apart."""


class HitList(QListWidget):
    """Shows hits with their context; `show_replacement` says by what each would be replaced."""

    MOST = 1000
    """No more are listed; nobody reads on, and each costs time at every key press."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.replacement = ""
        named(self, _("Places found"))
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_HitDelegate(self))
        self.setFixedHeight(_LINES * (self.fontMetrics().height() + STEP) + 2 * self.frameWidth())

    def show_hits(self, hits: Sequence[tuple[str, Hit]]) -> None:
        """List hits, each with the name of its place, and choose the first."""
        blocked = self.blockSignals(True)
        self.clear()
        for name, hit in hits:
            item = QListWidgetItem(f"{shown(name)}: {''.join(context(hit))}")
            item.setData(_HIT, hit)
            item.setData(_PLACE, name)
            self.addItem(item)
        self.blockSignals(blocked)
        self.setCurrentRow(0 if hits else -1)

    def show_replacement(self, text: str) -> None:
        """Show what would stand in the place of every hit."""
        self.replacement = text
        self.viewport().update()

    def hit_of(self, item: QListWidgetItem | None) -> Hit | None:
        """Return the hit that a line of the list stands for; None for no line."""
        return item.data(_HIT) if item is not None else None


def context(hit: Hit) -> tuple[str, str, str]:
    """Return what stands before the hit, the hit and what follows, as one line and no longer than a line."""
    start, end = max(hit.start - _BEFORE, 0), min(hit.end + _AFTER, len(hit.text))
    before = ("…" if start else "") + shown(hit.text[start : hit.start])
    after = shown(hit.text[hit.end : end]) + ("…" if end < len(hit.text) else "")
    return before, shown(hit.text[hit.start : hit.end][:_LONGEST]), after


class _HitDelegate(QStyledItemDelegate):
    """Draws the place, then the context as one text layout, so that every script comes out right."""

    def __init__(self, hits: HitList) -> None:
        super().__init__(hits)
        self._hits = hits

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, self._hits.fontMetrics().height() + STEP)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        style = self._hits.style() or QApplication.style()
        style.drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, self._hits)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        role = QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.Text
        inside = option.rect.adjusted(STEP, 0, -STEP, 0)
        painter.save()
        painter.setPen(option.palette.color(role))
        painter.setClipRect(inside)
        name, font = shown(index.data(_PLACE)), strong_font(self._hits.font())
        room = QFontMetrics(font).horizontalAdvance(name) + 2 * STEP
        # Apart from each other, because in one line a place and a text of another script would change places.
        direction = self._hits.layoutDirection()
        side = (
            Qt.AlignmentFlag.AlignRight if direction == Qt.LayoutDirection.RightToLeft else Qt.AlignmentFlag.AlignLeft
        )
        painter.setFont(font)
        painter.drawText(inside, side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter, name)
        rest = QStyle.visualRect(direction, inside, inside.adjusted(room, 0, 0, 0))
        painter.setClipRect(rest)
        self._layout(index, rest.size()).draw(painter, QPointF(rest.topLeft()))
        painter.restore()

    def _layout(self, index: QModelIndex | QPersistentModelIndex, room: QSize) -> QTextLayout:
        before, old, after = context(index.data(_HIT))
        new = shown(self._hits.replacement[:_LONGEST])
        old += _THIN_SPACE if new else ""
        layout = QTextLayout(f"{before}{old}{new}{after}", self._hits.font())
        wrap = QTextOption()
        wrap.setWrapMode(QTextOption.WrapMode.NoWrap)
        wrap.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        layout.setTextOption(wrap)
        struck, bold = QTextCharFormat(), QTextCharFormat()
        struck.setFontStrikeOut(True)
        bold.setFontWeight(strong_font(QFont()).weight())
        start = _units(before)
        layout.setFormats(
            [_range(start, _units(old.rstrip(_THIN_SPACE)), struck), _range(start + _units(old), _units(new), bold)]
        )
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(room.width())
        line.setPosition(QPointF(0, (room.height() - line.height()) / 2))
        layout.endLayout()
        return layout


def _units(text: str) -> int:
    """Return the length as Qt counts it, a character beyond U+FFFF as two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _range(start: int, length: int, look: QTextCharFormat) -> QTextLayout.FormatRange:
    found = QTextLayout.FormatRange()
    found.start, found.length, found.format = start, length, look
    return found
