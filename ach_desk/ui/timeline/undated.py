"""The items that have no place on the timeline, in a list beside it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from ach_desk.i18n import _, ngettext
from ach_desk.model import EvidenceItem
from ach_desk.ui.text import shown, single_line, tooltip
from ach_desk.ui.timeline.dates import LEARNED, undated, used_tracks
from ach_desk.ui.widgets.labels import STEP, named, plain

_MOST_LISTED = 500
_WIDTH = 208


class UndatedList(QWidget):
    """Not shown while every item has its dates. activated(id): an item was chosen. left(): back to the matrix."""

    activated = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = plain(muted=True)
        self.list = named(_List(), _("Items without a date"))
        self.list.left.connect(self.left)
        self.list.itemActivated.connect(self._choose)
        self.list.itemClicked.connect(self._choose)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(STEP // 2)
        column.addWidget(self.title)
        column.addWidget(self.list, 1)
        self.setFixedWidth(_WIDTH)
        self.hide()

    def show_items(self, items: Sequence[EvidenceItem], tracks: Sequence[str]) -> None:
        """List the items of the matrix that lack one of the dates shown."""
        tracks = used_tracks(items, tracks)
        missing = {track: undated(items, track) for track in tracks}
        every = list(dict.fromkeys(item.id for found in missing.values() for item in found))
        known = {item.id: item for found in missing.values() for item in found}
        without = {track: {item.id for item in found} for track, found in missing.items()}
        text = ngettext("{count} item without a date", "{count} items without a date", len(every))
        self.title.setText(text.format(count=len(every)))
        self.list.clear()
        for entry in every[:_MOST_LISTED]:
            only_learned = all(track == LEARNED for track in tracks if entry in without[track]) and len(tracks) > 1
            self._add(known[entry], only_learned)
        self.setVisible(bool(every))

    def _add(self, item: EvidenceItem, only_learned: bool) -> None:
        label = _("{label} (date learned)").format(label=item.label) if only_learned else item.label
        row = QListWidgetItem(shown(single_line(f"{label}  {item.title}")))
        row.setToolTip(tooltip(item.title))
        row.setData(Qt.ItemDataRole.UserRole, item.id)
        self.list.addItem(row)

    def _choose(self, row: QListWidgetItem) -> None:
        self.activated.emit(row.data(Qt.ItemDataRole.UserRole))


class _List(QListWidget):
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back to the matrix on Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
