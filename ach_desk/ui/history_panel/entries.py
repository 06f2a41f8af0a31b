"""The list of entries: two lines each, when and by whom above what was done."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListView, QWidget

from ach_desk.i18n import _
from ach_desk.ui.widgets.labels import named
from ach_desk.ui.widgets.twolines import TwoLines


class EntryList(QListView):
    """Thousands of entries, drawn as they come into view."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, _("Entries of the history"))
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QListView.Shape.NoFrame)
        self._lines = TwoLines(self)
        self.setItemDelegate(self._lines)
