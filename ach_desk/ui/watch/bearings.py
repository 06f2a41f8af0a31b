"""A row of rating cells: how the sighting of an indicator would be rated under each hypothesis."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QToolButton, QWidget

from ach_desk.i18n import _
from ach_desk.model import Hypothesis, RatingValue, Scale
from ach_desk.model.words import rating_meaning, rating_order, rating_symbol
from ach_desk.reporting.palette import Palette
from ach_desk.ui.matrix.foot import RATING_KEYS
from ach_desk.ui.matrix.keyboard import key_name
from ach_desk.ui.text import explain, single_line
from ach_desk.ui.widgets.flow import FlowLayout, take_all
from ach_desk.ui.widgets.focus import paint_focus
from ach_desk.ui.widgets.labels import STEP, named, strong_font
from ach_desk.ui.widgets.menu import Menu

_TAKES_AWAY = ("Del", "Backspace")
_LEAST_WIDTH = 6 * STEP


class BearingRow(QWidget):
    """The cells side by side. chosen(hypothesis, RatingValue | None): one is to be rated so, None: not judged.

    A rating key rates the cell with the keyboard and goes on to the next, as in the matrix; a click offers the ratings,
    and the keys rate the cell while they are offered too.
    """

    chosen = Signal(str, object)

    def __init__(self, palette: Palette, before: QWidget) -> None:
        """Tab goes from `before` to the first cell."""
        super().__init__()
        self._palette, self._before = palette, before
        self._scale = Scale.FIVE
        self.cells: list[BearingCell] = []
        self._offered: Menu | None = None
        self._offered_to = 0
        self._flow = FlowLayout(self, gap=STEP // 2)

    def set_palette(self, palette: Palette) -> None:
        """Show the cells in the colours of `palette`."""
        self._palette = palette
        for cell in self.cells:
            cell.set_palette(palette)

    def show_bearings(
        self,
        hypotheses: Sequence[Hypothesis],
        values: Mapping[str, RatingValue],
        scale: Scale,
        *,
        may_edit: bool,
    ) -> None:
        """Show a cell for each hypothesis, with the value that is there."""
        self._scale = scale
        if [cell.hypothesis for cell in self.cells] != list(hypotheses):
            self._rebuild(hypotheses)
        for cell in self.cells:
            cell.show_value(values.get(cell.hypothesis.id))
            cell.setEnabled(may_edit)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Rate with the keys of the matrix, and go from cell to cell with the arrows."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if watched is self._offered:
            return self._take_rating(self._offered_to, key_name(event))
        place = next((place for place, cell in enumerate(self.cells) if cell is watched), None)
        return place is not None and self._take_key(place, event)

    def _take_key(self, place: int, event: QKeyEvent) -> bool:
        key = key_name(event)
        if key in ("Left", "Right"):
            forward = (key == "Right") != self.isRightToLeft()
            self._focus(place + (1 if forward else -1))
            return True
        return self._take_rating(place, key)

    def _take_rating(self, place: int, key: str) -> bool:
        found = next((value for value in rating_order(self._scale) if RATING_KEYS[value] == key), "")
        if key not in _TAKES_AWAY and not isinstance(found, RatingValue):
            return False
        menu, self._offered = self._offered, None
        if menu is not None:
            menu.close()
        if isinstance(found, RatingValue):
            self._rate(place, found)
            self._focus(place + 1)
        else:
            self._rate(place, None)
        return True

    def _focus(self, place: int) -> None:
        if 0 <= place < len(self.cells):
            self.cells[place].setFocus(Qt.FocusReason.OtherFocusReason)

    def _rate(self, place: int, value: RatingValue | None) -> None:
        self.chosen.emit(self.cells[place].hypothesis.id, value)

    def _rebuild(self, hypotheses: Sequence[Hypothesis]) -> None:
        take_all(self._flow)
        self.cells = []
        for place, hypothesis in enumerate(hypotheses):
            cell = BearingCell(hypothesis, self._palette)
            cell.clicked.connect(partial(self._offer, place))
            cell.installEventFilter(self)
            self.cells.append(cell)
            self._flow.addWidget(cell)
            cell.show()
        for before, after in pairwise([self._before, *self.cells]):
            QWidget.setTabOrder(before, after)
        self.updateGeometry()

    def _offer(self, place: int) -> None:
        cell = self.cells[place]
        menu = Menu(cell)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for value in rating_order(self._scale):
            text = _("{symbol}: {meaning}").format(symbol=rating_symbol(value), meaning=rating_meaning(value))
            action = menu.addAction(text, partial(self._rate, place, value))
            action.setCheckable(True)
            action.setChecked(value == cell.value)
        menu.aboutToHide.connect(self._forget_offer)
        menu.installEventFilter(self)
        self._offered, self._offered_to = menu, place
        menu.popup(cell.mapToGlobal(cell.rect().bottomLeft()))

    def _forget_offer(self) -> None:
        self._offered = None


class BearingCell(QToolButton):
    """One hypothesis: its label over what the sighting would be rated, in the colour of the matrix."""

    def __init__(self, hypothesis: Hypothesis, palette: Palette) -> None:
        super().__init__()
        self.hypothesis = hypothesis
        self.value: RatingValue | None = None
        self._tones = palette.ratings
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._name()

    def set_palette(self, palette: Palette) -> None:
        """Take the colours of `palette`."""
        self._tones = palette.ratings
        self.update()

    def show_value(self, value: RatingValue | None) -> None:
        """Show this value; None is not judged."""
        if value is not self.value:
            self.value = value
            self._name()
            self.update()

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        label = metrics.horizontalAdvance(self.hypothesis.label) + 2 * STEP
        return QSize(
            max(label, metrics.horizontalAdvance("N/A") + 2 * STEP, _LEAST_WIDTH), 2 * metrics.height() + 2 * STEP
        )

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        line = self.fontMetrics().height()
        label = QRect(0, 0, self.width(), line + STEP // 2)
        painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
        painter.drawText(label, Qt.AlignmentFlag.AlignCenter, self.hypothesis.label)
        box = self.rect().adjusted(0, label.height(), -1, -1)
        tone = self._tones[self.value]
        painter.fillRect(box, QColor(tone.fill))
        painter.setPen(self._outline())
        painter.drawRect(box)
        if self.value is not None:
            painter.setFont(strong_font(self.font()))
            painter.setPen(QColor(tone.text))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, rating_symbol(self.value))
        paint_focus(self, painter)

    def _outline(self) -> QColor:
        roles = QPalette.ColorRole
        if self.underMouse() and self.isEnabled():
            return self.palette().color(roles.Highlight)
        return (
            self.palette().color(roles.PlaceholderText) if self.value is None else QColor(self._tones[self.value].line)
        )

    def _name(self) -> None:
        label, title = self.hypothesis.label, single_line(self.hypothesis.title)
        text = _("{label}: {symbol}, {meaning}")
        text = text.format(label=label, symbol=rating_symbol(self.value), meaning=rating_meaning(self.value))
        named(self, text)
        explain(self, f"{label} {title}")
