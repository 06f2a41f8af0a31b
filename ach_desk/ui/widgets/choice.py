"""A drop-down list of values that only a person's choice reports; the mouse wheel does not change it in passing."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIcon, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QStyle, QStyleOptionComboBox, QStylePainter, QWidget

SEPARATOR = (object(), "")
"""Among the entries, a line between those before and those after it."""


_WIDEST_LIST = 480
_MARGIN = 4


class Choice(QComboBox):
    """One of several values. `chosen(value)`: the person picked another one."""

    chosen = Signal(object)

    def __init__(
        self, entries: Sequence[tuple[Hashable, str]], icons: Sequence[QIcon] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._values: list[object] = []
        self._entries: list[tuple[Hashable, str]] = []
        self.set_entries(entries, icons)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumContentsLength(6)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.activated.connect(lambda index: self.chosen.emit(self._values[index]))

    def set_entries(self, entries: Sequence[tuple[Hashable, str]], icons: Sequence[QIcon] = ()) -> None:
        """Offer these (value, text); nothing happens when they are offered already."""
        if list(entries) == self._entries:
            return
        self._entries = list(entries)
        self.clear()
        self._values = [value for value, _text in entries]
        for index, (value, text) in enumerate(entries):
            if value is SEPARATOR[0]:
                self.insertSeparator(index)
            else:
                self.addItem(icons[index] if index < len(icons) else QIcon(), text)

    @property
    def value(self) -> object:
        """Return the value shown; None also when several are."""
        index = self.currentIndex()
        return self._values[index] if index >= 0 else None

    def show_value(self, value: object) -> None:
        """Show `value` without reporting it; one that is not in the list shows nothing chosen."""
        self.setPlaceholderText("")
        self.setCurrentIndex(self._values.index(value) if value in self._values else -1)

    def show_several(self, text: str) -> None:
        """Show that the selected records differ."""
        self.setPlaceholderText(text)
        self.setCurrentIndex(-1)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class NameChoice(Choice):
    """A choice of names, which may be long: one that does not fit ends in an ellipsis, and the list is wide enough."""

    def showPopup(self) -> None:
        """Show the list as wide as its longest entry, within reason; the control itself may be narrower."""
        view = self.view()
        bar = view.verticalScrollBar().sizeHint().width()
        view.setMinimumWidth(min(view.sizeHintForColumn(0) + bar, _WIDEST_LIST))
        super().showPopup()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint as any such control, and end a text that does not fit in an ellipsis instead of within a letter."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        part = QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, self).width() - 2 * _MARGIN
        if not option.currentIcon.isNull():
            room -= option.iconSize.width() + _MARGIN
        option.currentText = self.fontMetrics().elidedText(option.currentText, Qt.TextElideMode.ElideRight, room)
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()
