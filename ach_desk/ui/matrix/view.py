"""The table of ratings: one QTableView that paints its own cells, with items and hypotheses as its headers."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import SIGNAL, QEvent, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QMoveEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView, QWidget

from ach_desk.i18n import _
from ach_desk.reporting.palette import Palette
from ach_desk.ui.challenges import marks
from ach_desk.ui.compare.layer import paint_apart
from ach_desk.ui.doubt.paint import fallen_rows
from ach_desk.ui.matrix import bands, keyboard, mouse, paint, whatif
from ach_desk.ui.matrix.axes import EVIDENCE, HYPOTHESIS
from ach_desk.ui.matrix.caret import Caret, Place
from ach_desk.ui.matrix.corner import Corner
from ach_desk.ui.matrix.header import MatrixHeader
from ach_desk.ui.matrix.header_mouse import HeaderMouse
from ach_desk.ui.matrix.hypothesis_sections import HypothesisSections
from ach_desk.ui.matrix.item_sections import ItemSections
from ach_desk.ui.matrix.look import AUTOMATIC, Look, ViewScale
from ach_desk.ui.matrix.model import MatrixModel
from ach_desk.ui.matrix.sections import HORIZONTAL, VERTICAL, Sections
from ach_desk.ui.together import marks as remark_marks
from ach_desk.ui.widgets.listening import listen
from ach_desk.ui.widgets.own_viewport import give_viewport
from ach_desk.ui.widgets.painting import fill

_EM_TEXT_NARROW, _EM_TEXT_LEAST, _EM_TEXT_MOST = 6, 13, 44
_EM_COLUMN = (5.3, 8, 14)
"""Widths in ems of the font: text of the header at the left, and a column of ratings."""

_MOST_DRAGGED = 2000
_COLUMNS_WHEN_EMPTY = 3
_WHEEL_STEP = 120


class MatrixView(QTableView):
    """Shows a `MatrixModel`; moving and selecting happens in `caret`, every other key in `keys`."""

    edit_requested = Signal(str, str)
    dropped = Signal(str, int)
    fold_requested = Signal(str)
    band_requested = Signal(str)
    cell_menu_requested = Signal(QPoint)
    header_menu_requested = Signal(str, QPoint)
    corner_menu_requested = Signal(QPoint)
    sort_requested = Signal(str, bool)
    zoom_requested = Signal(int)
    reason_requested = Signal()
    layout_changed = Signal()
    placed = Signal()

    def __init__(self, model: MatrixModel, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        give_viewport(self, QPalette.ColorRole.Base)
        self.matrix = model
        self.keys: Callable[[], Mapping[str, Callable[[], object]]] = dict
        self.text_width: int | None = None
        self.column_width: int | None = None
        self._columns: list[str] = []
        self._marked: tuple[Place, Place] | None = None
        self._current: Place = (0, 0)
        self._turned = 0
        self._down = MatrixHeader(VERTICAL, self)
        self._across = MatrixHeader(HORIZONTAL, self)
        self._corner = Corner(self)
        self._scale = ViewScale()
        self._look = Look(palette, self.font(), self.devicePixelRatioF())
        self._sections: dict[str, Sections] = {}
        self._set_up()
        self.setModel(model)
        self._spare_layouts()
        self.caret = Caret(model, self.selectionModel(), self)
        self._connect()
        self._restyle()
        listen(self, self._follow_look)

    def _set_up(self) -> None:
        self.setVerticalHeader(self._down)
        self.setHorizontalHeader(self._across)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWordWrap(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(_("Evidence matrix"))
        self.setAccessibleDescription(_("Evidence items and hypotheses with a rating in each cell."))

    def _spare_layouts(self) -> None:
        """Leave header data to the headers' own slot, which repaints the sections that changed.

        Besides it, Qt lays table and headers out anew and repaints all of them, which makes a key press several times
        as slow.
        """
        for part in (self, self._down, self._across):
            QObject.disconnect(
                self.matrix,
                SIGNAL("headerDataChanged(Qt::Orientation,int,int)"),
                part,
                None,  # pyright: ignore[reportArgumentType, reportCallIssue] - every slot; the stubs leave it out
            )
        for header in (self._down, self._across):
            self.matrix.headerDataChanged.connect(header.headerDataChanged)

    def _connect(self) -> None:
        for header in (self._down, self._across):
            HeaderMouse(self, header)
            header.text_width_dragged.connect(self._drag_text_width)
            header.width_dragged.connect(self._drag_column_width)
            header.widths_reset.connect(self.reset_widths)
        self._corner.clicked.connect(self.caret.select_all)
        self._corner.menu_requested.connect(self.corner_menu_requested)
        self._corner.sort_requested.connect(self.sort_requested)
        self.caret.changed.connect(self._show_caret)
        for signal in (self.matrix.rowsInserted, self.matrix.rowsRemoved, self.matrix.columnsInserted):
            signal.connect(self.fit)
        self.matrix.columnsRemoved.connect(self.fit)
        self.matrix.layoutChanged.connect(self.fit)
        self.matrix.modelReset.connect(self._rebuild)
        self.matrix.headerDataChanged.connect(self._mark_combinations)
        self.matrix.regrouped.connect(self.fit)

    # Looks

    @property
    def look(self) -> Look:
        """Return the fonts, measures and colours in use."""
        return self._look

    def set_palette(self, palette: Palette) -> None:
        """Show the matrix in the colours of `palette`."""
        self._look = Look(palette, self.font(), self.devicePixelRatioF(), self._scale)
        self._restyle()

    @property
    def scale(self) -> ViewScale:
        """Return how large everything is."""
        return self._scale

    def set_scale(self, scale: ViewScale) -> None:
        """Show everything larger or smaller; the current cell stays in sight."""
        if scale != self._scale:
            self._scale = scale
            self.set_palette(self._look.palette)
            self.show_caret()

    def set_columns(self, keys: list[str]) -> None:
        """Show these columns beside the text of the items."""
        self._columns = list(keys)
        self._rebuild()

    def sections_of(self, kind: str) -> Sections:
        """Return the painter of one kind's header sections."""
        return self._sections[kind]

    def header_of(self, kind: str) -> MatrixHeader:
        """Return the header that shows a kind at present."""
        return self._across if self.matrix.axes.across == kind else self._down

    def _restyle(self) -> None:
        colours = self._look.colours
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Base, colours["base"])
        palette.setColor(QPalette.ColorRole.Window, colours["window"])
        palette.setColor(QPalette.ColorRole.Text, colours["text"])
        self.setPalette(palette)
        self._rebuild()

    def _rebuild(self) -> None:
        items = ItemSections(self.matrix, self._look)
        items.set_columns(self._columns)
        self._sections = {EVIDENCE: items, HYPOTHESIS: HypothesisSections(self.matrix, self._look)}
        self.fit()

    def fit(self) -> None:
        """Give text and columns the room there is, as far as the analyst has not chosen widths."""
        for sections in self._sections.values():
            sections.measure()
        axes, em, zoom = self.matrix.axes, self._look.unit, self._scale.zoom / 100
        down, across = self._sections[axes.down], self._sections[axes.across]
        count = len(axes.records(axes.across)) or _COLUMNS_WHEN_EMPTY
        room = self.width() - self.verticalScrollBar().sizeHint().width() - down.fixed_width()
        if axes.transposed:
            room -= len(axes.band_places()) * bands.band_size(self.matrix, self._look, HORIZONTAL)
        least, usual, most = (round(ems * em) for ems in _EM_COLUMN)
        text = _between(room - count * usual, _EM_TEXT_LEAST * em, _EM_TEXT_MOST * em)
        text = min(text, max(room - least, _EM_TEXT_NARROW * em))  # so that zoomed, too, some cell can be seen
        text = round((self.text_width or 0) * zoom) or text
        down.text_width = text
        width = round((self.column_width or 0) * zoom) or _between((room - text) // max(count, 1), least, most)
        if self._scale.rows == AUTOMATIC:
            self._look.fit_rows(self._titles_down(), text)
        for header, sections, size in (
            (self._down, down, self._look.row_height),
            (self._across, across, width),
        ):
            header.sections = sections
            if header.defaultSectionSize() != size:
                header.setDefaultSectionSize(size)
        for header in (self._down, self._across):
            bands.apply_sizes(header, self.matrix, bands.band_size(self.matrix, self._look, header.orientation()))
        self._corner.set_sections(down, across)
        self.verticalScrollBar().setSingleStep(self._look.row_height)
        self.horizontalScrollBar().setSingleStep(max(width // 3, 1))
        self._mark_combinations()
        self.updateGeometries()
        for widget in (self._down.viewport(), self._across.viewport(), self.viewport(), self._corner):
            widget.update()
        self.layout_changed.emit()

    def _titles_down(self) -> list[str]:
        kind = self.matrix.axes.down
        return [self.matrix.record(kind, place).title for place in self.matrix.axes.record_places(kind).tolist()]

    def updateGeometries(self) -> None:
        """Lay out headers and scroll bars, with the corner over the table's own."""
        super().updateGeometries()
        across, down = self._across.geometry(), self._down.geometry()
        self._corner.setGeometry(down.left(), across.top(), down.width(), across.height())
        self._corner.raise_()

    def _mark_combinations(self) -> None:
        lines = self.matrix.section_lines()
        for header in (self._down, self._across):
            header.separators = lines if self.matrix.kind_of(header.orientation()) == HYPOTHESIS else []

    def show_order(self) -> None:
        """Show anew what the captions and hypotheses say of the order."""
        for widget in (self._corner, self._down.viewport(), self._across.viewport()):
            widget.update()

    def reset_widths(self) -> None:
        """Go back to automatic widths."""
        self.text_width = self.column_width = None
        self.fit()

    def _drag_text_width(self, width: int) -> None:
        self.text_width = round(_between(width, 4 * self._look.unit, _MOST_DRAGGED) * 100 / self._scale.zoom)
        self.fit()

    def _drag_column_width(self, width: int) -> None:
        self.column_width = round(_between(width, 3 * self._look.unit, _MOST_DRAGGED) * 100 / self._scale.zoom)
        self.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new room out."""
        super().resizeEvent(event)
        self.fit()
        self.placed.emit()

    def moveEvent(self, event: QMoveEvent) -> None:
        """Say so."""
        super().moveEvent(event)
        self.placed.emit()

    def showEvent(self, event: QShowEvent) -> None:
        """Say so."""
        super().showEvent(event)
        self.placed.emit()

    def _follow_look(self, event: QEvent) -> bool:
        """Follow a new font, and a move to a screen of another density."""
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.DevicePixelRatioChange) and self._sections:
            self.set_palette(self._look.palette)
        return False

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the cells that the event touches, then selection and current cell over them."""
        painter = QPainter(self.viewport())
        fill(painter, event.rect(), self._look.colours["window"])
        rows, columns = self._shown(event.rect())
        paint.cells(painter, self, rows, columns)
        whatif.paint_overrides(painter, self, rows, columns)
        fallen_rows(painter, self, rows, columns)
        paint_apart(painter, self, rows, columns)
        paint.nothing_left(painter, self)
        marks.cells(painter, self, rows, columns)
        remark_marks.cells(painter, self, rows, columns)
        paint.separators(painter, self)
        paint.selection(painter, self)
        painter.end()

    def _shown(self, rect: QRect) -> tuple[range, range]:
        count = self.matrix.axes.shape
        if not count[0] or not count[1]:
            return range(0), range(0)
        left, right = self.columnAt(rect.left()), self.columnAt(rect.right())
        if self.isRightToLeft():
            left, right = right, left
        return _span(self.rowAt(rect.top()), self.rowAt(rect.bottom()), count[0]), _span(left, right, count[1])

    def rect_between(self, first: Place, last: Place) -> QRect:
        """Return where the cells between two corners are, in the coordinates of the viewport."""
        one = self.visualRect(self.matrix.index(*first))
        return one.united(self.visualRect(self.matrix.index(*last))) if first != last else one

    def visible_cells(self) -> tuple[range, range]:
        """Return the rows and columns of which something can be seen."""
        return self._shown(self.viewport().rect())

    # Headers

    def _show_caret(self) -> None:
        caret = self.caret
        section = caret.header_section
        if section is not None:
            self._scroll_to_section(self.header_of(caret.header_kind), section)
            self._tell_section(section)
        before, self._marked = self._marked, None if caret.header_kind else caret.bounds()
        if before is None or self._marked is None:
            for widget in (self._down.viewport(), self._across.viewport(), self.viewport()):
                widget.update()
            return
        place = caret.place or self._marked[0]
        for corners in (before, self._marked, (place, place), (self._current, self._current)):
            self._update_between(*corners)
        self._current = place

    def _tell_section(self, section: int) -> None:
        """Let a screen reader know that the keyboard is on a header; for cells Qt does that itself."""
        from PySide6.QtGui import QAccessible, QAccessibleEvent

        if self.hasFocus() and QAccessible.isActive():
            event = QAccessibleEvent(self, QAccessible.Event.Focus)
            event.setChild(self.accessible_child(self.caret.header_kind, section))
            QAccessible.updateAccessibility(event)

    def accessible_child(self, kind: str, section: int) -> int:
        """Return which child of the table, for a screen reader, the header of a record is.

        Qt counts line by line from the corner: the corner, the column headers, then each row after its header.
        """
        if kind == self.matrix.axes.across:
            return section + 1
        return (section + 1) * (self.matrix.axes.shape[1] + 1)

    def _update_between(self, first: Place, last: Place) -> None:
        """Paint a block of cells and its header sections anew."""
        rect = self.rect_between(first, last)
        self.viewport().update(rect.adjusted(-1, -1, 1, 1))
        self._down.viewport().update(QRect(0, rect.top(), self._down.width(), rect.height()))
        self._across.viewport().update(QRect(rect.left(), 0, rect.width(), self._across.height()))

    def _scroll_to_section(self, header: MatrixHeader, section: int) -> None:
        bar = self.verticalScrollBar() if header is self._down else self.horizontalScrollBar()
        length = self.viewport().height() if header is self._down else self.viewport().width()
        start, size = header.sectionPosition(section), header.sectionSize(section)
        if start < header.offset():
            bar.setValue(start)
        elif start + size > header.offset() + length:
            bar.setValue(start + size - length)

    def show_section(self, kind: str, section: int) -> None:
        """Scroll until the header of a record can be seen."""
        self._scroll_to_section(self.header_of(kind), section)

    def show_caret(self) -> None:
        """Scroll until the current cell, or item or hypothesis, can be seen."""
        index = self.currentIndex()
        if index.isValid():
            self.scrollTo(index)
        self._show_caret()

    def text_rect(self, kind: str, section: int) -> QRect:
        """Return where the title of a record stands, in the coordinates of this view."""
        header = self.header_of(kind)
        rect = header.text_rect(section)
        return QRect(header.viewport().mapTo(self, rect.topLeft()), rect.size())

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Run what the key is for, or move."""
        run = self.keys().get(keyboard.key_name(event))
        if run is not None:
            run()
        elif not keyboard.move(self, event):
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the current cell in the colour of the keyboard."""
        super().focusInEvent(event)
        self._show_caret()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show the current cell as one that keys do not reach."""
        super().focusOutEvent(event)
        self._show_caret()

    def page_rows(self) -> int:
        """Return how many rows a page key moves."""
        return max(self.viewport().height() // self._look.row_height - 1, 1)

    # The mouse on cells

    def place_at(self, at: QPoint) -> Place | None:
        """Return the cell at a point of the viewport; None beside the cells."""
        row, column = self.rowAt(at.y()), self.columnAt(at.x())
        return (row, column) if row >= 0 and column >= 0 else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select a cell; Shift extends the block, Ctrl adds."""
        mouse.press(self, event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Extend the block to the mouse, scrolling beyond the edge."""
        mouse.drag(self, event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Do nothing more: pressing and moving have selected already."""

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Ask for the reason of the cell."""
        if event.button() == Qt.MouseButton.LeftButton and self.place_at(event.position().toPoint()) is not None:
            self.reason_requested.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl, else scroll."""
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
            return
        self._turned += event.angleDelta().y()
        steps = int(self._turned / _WHEEL_STEP)
        self._turned -= steps * _WHEEL_STEP
        if steps:
            self.zoom_requested.emit(steps)
        event.accept()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the cells, or of the selected records when the key was pressed on them."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        caret = self.caret
        at = event.globalPos()
        if by_key and caret.header_kind and caret.header_section is not None:
            at = self.mapToGlobal(self.text_rect(caret.header_kind, caret.header_section).center())
            self.header_menu_requested.emit(caret.header_kind, at)
        elif caret.place is not None:
            if by_key:
                at = self.viewport().mapToGlobal(self.rect_between(caret.place, caret.place).center())
            self.cell_menu_requested.emit(at)

    def sizeHint(self) -> QSize:
        """Return room for four hypotheses and ten items."""
        em = self._look.line
        return QSize(60 * em, 12 * self._look.row_height)


def _span(first: int, last: int, count: int) -> range:
    return range(max(first, 0), (last if last >= 0 else count - 1) + 1)


def _between(value: int, least: int, most: int) -> int:
    return max(least, min(value, most))
