"""The corner between the headers: says what the columns of the items and the figures of the hypotheses are.

A click on a caption sorts by its column, with Shift as the second key; a click elsewhere selects everything. A small
button opens the menu of the columns.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QToolButton, QToolTip, QWidget

from ach_desk.i18n import _
from ach_desk.ui.matrix.look import PAD
from ach_desk.ui.matrix.sections import HORIZONTAL, VERTICAL, Caption, Sections
from ach_desk.ui.text import tooltip
from ach_desk.ui.widgets.labels import named
from ach_desk.ui.widgets.listening import listen
from ach_desk.ui.widgets.painting import fill


class Corner(QWidget):
    """Lies over the table's own corner. sort_requested(column, second): a caption was clicked."""

    clicked = Signal()
    menu_requested = Signal(QPoint)
    sort_requested = Signal(str, bool)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.down: Sections | None = None
        self.across: Sections | None = None
        self.setMouseTracking(True)
        self.setAccessibleName(_("Select all cells"))
        self.button = named(QToolButton(self), _("Choose columns"), _("Choose columns"))
        self.button.setText(_("Columns ▾"))
        self.button.setAutoRaise(True)
        self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.button.clicked.connect(self._ask_menu)
        listen(self, self._explain)

    def set_sections(self, down: Sections, across: Sections) -> None:
        """Show the captions of these headers."""
        self.down, self.across = down, across
        self.button.setFont(down.look.small)
        self._place_button()
        self.update()

    def _place_button(self) -> None:
        size = self.button.sizeHint()
        self.button.resize(size)
        x = self.width() - size.width() - PAD // 2 if self.isRightToLeft() else PAD // 2
        self.button.move(x, PAD // 2)
        captions = self._captions()
        first = min((caption.rect.top() for caption in captions), default=self.height())
        self.button.setVisible(size.width() + PAD <= self.width() and self.button.geometry().bottom() < first)

    def _captions(self) -> list[Caption]:
        if self.down is None or self.across is None:
            return []
        sides = ((self.across, HORIZONTAL), (self.down, VERTICAL))
        return [
            caption
            for sections, orientation in sides
            for caption in sections.captions(self.rect(), orientation, self.layoutDirection())
        ]

    def _column_at(self, at: QPoint) -> Caption | None:
        return next((one for one in self._captions() if one.column and one.rect.contains(at)), None)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the captions of both headers."""
        if self.down is None or self.across is None:
            return
        colours = self.down.look.colours
        painter = QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())
        fill(painter, self.rect(), self.down.look.header_ground)
        for caption in self._captions():
            self.down.paint_caption(painter, caption)
        painter.setPen(QPen(colours["strong_line"], 1))
        edge = self.rect().left() if self.isRightToLeft() else self.rect().right()
        painter.drawLine(edge, 0, edge, self.height())
        painter.drawLine(0, self.rect().bottom(), self.width(), self.rect().bottom())
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the button at the leading edge."""
        super().resizeEvent(event)
        self._place_button()

    def _explain(self, event: QEvent) -> bool:
        """Say what a click does here."""
        if event.type() != QEvent.Type.ToolTip or not isinstance(event, QHelpEvent):
            return False
        caption = self._column_at(event.pos())
        text = _("Select all cells")
        if caption is not None:
            text = _("Sort by “{column}”; with Shift as the second key").format(column=caption.text)
        QToolTip.showText(event.globalPos(), tooltip(text), self)
        return True

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show where a click sorts."""
        on_caption = self._column_at(event.position().toPoint()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if on_caption else Qt.CursorShape.ArrowCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Sort by the caption under the mouse, or select everything."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        caption = self._column_at(event.position().toPoint())
        if caption is None:
            self.clicked.emit()
        else:
            self.sort_requested.emit(caption.column, bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the columns."""
        self.menu_requested.emit(event.globalPos())

    def _ask_menu(self) -> None:
        self.menu_requested.emit(self.button.mapToGlobal(QPoint(0, self.button.height())))
