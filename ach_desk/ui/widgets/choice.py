"""A drop-down list of values that only a person's choice reports; the mouse wheel does not change it in passing."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QIcon, QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget

SEPARATOR = (object(), "")
"""Among the entries, a line between those before and those after it."""


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
