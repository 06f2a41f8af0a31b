"""A line for new entries, the list of those there are, and below it the one that is chosen, to be edited."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from ach_desk.ui.session import Session
from ach_desk.ui.text import shortened, single_line, tooltip
from ach_desk.ui.widgets.following import FollowingPanel
from ach_desk.ui.widgets.labels import STEP, named, strong_font
from ach_desk.ui.widgets.panel import Panel, scrolled
from ach_desk.ui.widgets.titled import DETAIL, TITLE, TitleAndDetail

_ID = Qt.ItemDataRole.UserRole
_REST_MS = 120
_MOST_ROWS = 7
_LONGEST_ROW = 160
_LONGEST_ENTRY = 2_000


class ListPanel(FollowingPanel):
    """What the panels of expectations and of indicators share; each says what it lists and what Enter adds.

    message(str): a line for the status bar. link_activated(kind, id): a record is to be shown.
    """

    message = Signal(str)
    link_activated = Signal(str, str)

    def __init__(self, session: Session, details: Panel, name: str, parent: QWidget | None = None) -> None:
        super().__init__(session, _REST_MS, parent)
        self.details = details
        self.setAccessibleName(name)
        self.entry = QLineEdit()
        self.entry.setMaxLength(_LONGEST_ENTRY)
        self.list = named(QListWidget(), name)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setItemDelegate(TitleAndDetail(self.list))
        self.column = QVBoxLayout()
        self.column.setContentsMargins(STEP, STEP, STEP, STEP)
        self.column.setSpacing(STEP)
        inner = QWidget()
        inner.setLayout(self.column)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(inner))
        self.setFocusProxy(self.entry)
        self._connect()

    def _connect(self) -> None:
        session = self.session
        self.entry.returnPressed.connect(self._enter)
        self.list.installEventFilter(self)
        self.list.currentItemChanged.connect(self._choose)
        self.details.link_activated.connect(self.link_activated)
        session.turned.connect(self._rest.start)
        session.turning.connect(self.flush)
        session.replaced.connect(self._start_anew)

    @property
    def chosen(self) -> str:
        """Return the id of the entry that is chosen; "" without one."""
        row = self.list.currentItem()
        return str(row.data(_ID)) if row is not None else ""

    @abstractmethod
    def entries(self) -> Sequence[Any]:
        """Return the records to list, in order."""

    @abstractmethod
    def row_words(self, record: Any) -> tuple[str, bool]:
        """Return the second line of a record's row and whether the row stands out."""

    @abstractmethod
    def add(self, text: str) -> str:
        """Add what was typed and return its id; "" when that could not be done."""

    @abstractmethod
    def delete_chosen(self) -> None:
        """Delete the entry that is chosen."""

    def flush(self) -> None:
        """Take over what is being typed into the fields."""
        self.details.flush()

    def choose(self, record: str) -> None:
        """Choose an entry (an id), if it is listed."""
        for number in range(self.list.count()):
            if self.list.item(number).data(_ID) == record:
                self.list.setCurrentRow(number)

    def refresh(self) -> None:
        """Show the entries as they are now; the chosen one stays."""
        self._rest.stop()
        self.entry.setEnabled(not self.session.read_only)
        self._fill()
        self._show_chosen()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the list Del deletes and Enter goes to the fields."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if watched is self.list and event.key() == Qt.Key.Key_Delete:
            if self.chosen and not self.session.read_only:
                self.delete_chosen()
                self.refresh()
            return True
        if watched is self.list and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.list.focusNextChild()
            return True
        return False

    def _fill(self) -> None:
        chosen, present = self.chosen, list(self.entries())
        blocked = self.list.blockSignals(True)
        self.list.clear()
        for record in present:
            self._add_row(record, is_current=record.id == chosen)
        if self.list.currentRow() < 0 and present:
            self.list.setCurrentRow(0)
        self.list.blockSignals(blocked)
        self.list.setVisible(bool(present))
        height = self.list.sizeHintForRow(0) if present else 0
        rows = min(len(present), _MOST_ROWS)
        self.list.setFixedHeight(rows * height + 2 * self.list.frameWidth())

    def _add_row(self, record: Any, *, is_current: bool) -> None:
        words, stands_out = self.row_words(record)
        title = single_line(shortened(record.text, _LONGEST_ROW))
        row = QListWidgetItem(f"{title}\n{single_line(words)}")
        row.setData(_ID, record.id)
        row.setData(TITLE, title)
        row.setData(DETAIL, single_line(words))
        row.setToolTip(tooltip(f"{record.text}\n{words}"))
        if stands_out:
            row.setFont(strong_font(self.list.font()))
        self.list.addItem(row)
        if is_current:
            self.list.setCurrentItem(row)

    def _choose(self, _row: QListWidgetItem | None, _before: QListWidgetItem | None = None) -> None:
        self._show_chosen()

    def _show_chosen(self) -> None:
        chosen = self.chosen
        self.details.setVisible(bool(chosen))
        self.details.show_records([chosen] if chosen else [])

    def _enter(self) -> None:
        text = self.entry.text().strip()
        if text and not self.session.read_only:
            self.flush()
            added = self.add(text)
            if added:
                self.entry.clear()
                self.refresh()
                self.choose(added)

    def _start_anew(self) -> None:
        self.details.forget()
        self.details.ids = ()
        self.refresh()
