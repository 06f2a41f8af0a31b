"""Every action of the window in one searchable list, for the keyboard alone."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QDialog, QHeaderView, QLineEdit, QMenu, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from ach_desk.i18n import _
from ach_desk.ui.help import give_help_key
from ach_desk.ui.widgets.labels import STEP, named, plain

_WALK = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)
_INDEX = Qt.ItemDataRole.UserRole
_INTO = " › "


def action_text(action: QAction) -> str:
    """Return the action's text without mnemonics and trailing dots."""
    return action.text().replace("&&", "\0").replace("&", "").replace("\0", "&").rstrip(".…").strip()


def menu_path(action: QAction) -> str:
    """Return the menus that lead to the action, such as "View › Columns"; "" when it is in none."""
    titles: list[str] = []
    present: QAction | None = action
    while present is not None:
        menu = next((owner for owner in present.associatedObjects() if isinstance(owner, QMenu)), None)
        if menu is None:
            break
        present = menu.menuAction()
        titles.append(action_text(present))
    return _INTO.join(filter(None, reversed(titles)))  # the menu bar keeps its own nameless menu for lack of room


def match_rank(query: str, text: str, path: str) -> int | None:
    """Return how well the query fits: 0 best, None not at all.

    Every word of the query must stand somewhere in text or menu path; failing that, its letters must follow each
    other in the text, as in "hsc" for "Hide scores".
    """
    words = query.casefold().split()
    name = text.casefold()
    whole = f"{name} {path.casefold()}"
    if not words:
        return 0
    if all(word in whole for word in words):
        if name.startswith(words[0]):
            return 0
        starts = name.split()
        if all(any(part.startswith(word) for part in starts) for word in words):
            return 1
        return 2 if all(word in name for word in words) else 3
    letters = iter(name)
    return 4 if all(letter in letters for letter in "".join(words)) else None


def _is_listed(action: QAction) -> bool:
    return bool(action.text()) and action.isVisible()


class ActionList(QDialog):
    """Type a few letters, choose with the arrow keys, run with Enter. Actions that cannot work now are dimmed."""

    def __init__(self, actions: Sequence[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("All actions"))
        self.setAccessibleName(_("All actions"))
        give_help_key(self)
        self._entries = [(action, action_text(action), menu_path(action)) for action in actions if _is_listed(action)]
        self.entry = named(QLineEdit(), _("Search actions"))
        self.entry.setPlaceholderText(_("What do you want to do?"))
        self.entry.setClearButtonEnabled(True)
        self.list = named(QTreeWidget(), _("Actions"))
        self.nothing = plain(_("No action is called that."), muted=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(STEP, STEP, STEP, STEP)
        column.setSpacing(STEP)
        for part in (self.entry, self.list, self.nothing):
            column.addWidget(part)
        self._prepare_list()
        self.entry.textChanged.connect(self._filter)
        self.entry.returnPressed.connect(self.run_current)
        self.list.itemActivated.connect(lambda _item, _column: self.run_current())
        self.entry.installEventFilter(self)
        self._filter("")
        self.resize(560, 440)

    def run_current(self) -> None:
        """Close the list and run the chosen action; one that cannot work now does nothing and the list stays."""
        item = self.list.currentItem()
        action = self._entries[item.data(0, _INDEX)][0] if item is not None else None
        if action is None or not action.isEnabled():
            return
        self.accept()
        action.trigger()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        pressed = watched is self.entry and event.type() == QEvent.Type.KeyPress
        if pressed and isinstance(event, QKeyEvent) and event.key() in _WALK:
            self.list.keyPressEvent(event)
            return True
        return super().eventFilter(watched, event)

    def _prepare_list(self) -> None:
        self.list.setColumnCount(3)
        self.list.setHeaderHidden(True)
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setAllColumnsShowFocus(True)
        header = self.list.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)

    def _filter(self, query: str) -> None:
        # Of equal fits, one that stands in a menu itself comes before one of a submenu.
        ranked = [
            (rank, path.count(_INTO) if query.strip() else 0, index)
            for index, (_action, text, path) in enumerate(self._entries)
            if (rank := match_rank(query, text, path)) is not None
        ]
        self.list.clear()
        first: QTreeWidgetItem | None = None
        for _rank, _depth, index in sorted(ranked):
            item = self._item(index)
            self.list.addTopLevelItem(item)
            if first is None and not item.isDisabled():
                first = item
        if first is not None:
            self.list.setCurrentItem(first)
        self.list.setVisible(bool(ranked))
        self.nothing.setVisible(not ranked)

    def _item(self, index: int) -> QTreeWidgetItem:
        action, text, path = self._entries[index]
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        item = QTreeWidgetItem([("✓ " if action.isChecked() else "") + text, path, keys])
        item.setData(0, _INDEX, index)
        item.setDisabled(not action.isEnabled())
        muted = self.palette().placeholderText()
        height = self.fontMetrics().height() + STEP
        item.setSizeHint(0, QSize(0, height))
        for column, words in ((1, path), (2, keys)):
            item.setForeground(column, muted)
            item.setSizeHint(column, QSize(self.fontMetrics().horizontalAdvance(words) + 3 * STEP, height))
        return item
