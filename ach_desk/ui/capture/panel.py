"""The panel "Unsorted": what was captured and waits, to be looked over, taken into the matrix, or thrown away."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelectionModel, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from ach_desk.commands import Change, capture
from ach_desk.i18n import _, join_words
from ach_desk.model import Analysis, EvidenceItem
from ach_desk.ui.capture.item import UnsortedItem
from ach_desk.ui.moments import moment_words
from ach_desk.ui.selection import Selection
from ach_desk.ui.session import Session
from ach_desk.ui.text import shown, single_line, tooltip
from ach_desk.ui.widgets.flow import FlowLayout
from ach_desk.ui.widgets.labels import STEP, named, plain
from ach_desk.ui.widgets.panel import scrolled
from ach_desk.ui.widgets.twolines import HEAD, TwoLines

_ID = Qt.ItemDataRole.UserRole + 1
_REST_MS = 30
_MOST_ROWS = 5


class UnsortedPanel(QWidget):
    """What waits. taken_in(ids): these stand in the matrix in front now. left(): the keyboard belongs to the matrix.

    link_activated(kind, id), source_requested(id): the person wants to go there.
    """

    taken_in = Signal(list)
    left = Signal()
    link_activated = Signal(str, str)
    source_requested = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Unsorted"))
        self._session = session
        self._before = ""
        self.hint = plain(muted=True)
        self.list = named(QListWidget(), _("Captured items that wait"))
        self.take = _button(_("Take in"), _("Take in at the end of the matrix (Enter)"))
        self.take_before = _button(_("Take in before"), _("Take in before the current row (Shift+Enter)"))
        self.discard = _button(_("Throw away"), _("Throw away; Undo brings it back (Del)"))
        self.item = UnsortedItem(session)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._lay_out()
        self._connect()
        self.refresh()

    def _lay_out(self) -> None:
        lines = self.list
        lines.setItemDelegate(TwoLines(lines))
        lines.setUniformItemSizes(True)
        lines.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        lines.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        lines.setFrameShape(QListWidget.Shape.NoFrame)
        row = QWidget()
        flow = FlowLayout(row, gap=STEP // 2)
        for button in (self.take, self.take_before, self.discard):
            flow.addWidget(button)
        head = QWidget()
        column = QVBoxLayout(head)
        column.setContentsMargins(STEP, STEP // 2, STEP, 0)
        column.setSpacing(STEP // 2)
        for part in (self.hint, lines, row):
            column.addWidget(part)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(head)
        whole.addWidget(scrolled(self.item), 1)
        self.setFocusProxy(lines)

    def _connect(self) -> None:
        session = self._session
        self.list.installEventFilter(self)
        self.list.currentItemChanged.connect(lambda *_rows: self._rest.start())
        self.list.itemSelectionChanged.connect(self._show_buttons)
        self.take.clicked.connect(lambda: self.take_in())
        self.take_before.clicked.connect(lambda: self.take_in(before=True))
        self.discard.clicked.connect(self.throw_away)
        self.item.link_activated.connect(self.link_activated)
        self.item.source_requested.connect(self.source_requested)
        self._rest.timeout.connect(self._show_current)
        session.changed.connect(self._follow)
        session.replaced.connect(self._start_anew)
        session.turned.connect(self._show_buttons)

    @property
    def chosen(self) -> list[str]:
        """Return the ids of the selected items, in the order of the list."""
        rows = (self.list.item(row) for row in range(self.list.count()))
        return [str(row.data(_ID)) for row in rows if row.isSelected()]

    def go_to(self, item: str, *, take_keyboard: bool = True) -> None:
        """Choose an item ("": the present one, else the first), and put the keyboard into the list."""
        self._fill()
        wanted = item or self._current_id()
        row = next((row for row in range(self.list.count()) if self.list.item(row).data(_ID) == wanted), 0)
        if self.list.count():
            self._choose(row)
        if take_keyboard:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_current()

    def set_current_row(self, selection: Selection) -> None:
        """Note the row of the matrix before which items can be taken in."""
        self._before = selection.evidence or ""
        self._show_buttons()

    def take_in(self, *, before: bool = False) -> None:
        """Take the chosen items into the matrix in front: at its end, or before its current row."""
        self.item.flush()
        session, ids = self._session, self.chosen
        at = self._place() if before else None
        if not ids or (before and at is None):
            return
        row = self.list.currentRow()
        if not session.execute(capture.take_in(session.analysis, session.matrix, ids, at)).is_empty:
            self._choose(row)
            self.taken_in.emit(ids)

    def throw_away(self) -> None:
        """Delete the chosen items; Undo brings them back."""
        self.item.flush()
        ids, row = self.chosen, self.list.currentRow()
        if ids:
            labels = join_words([self._session.analysis.evidence[entry].label for entry in ids[:3]])
            self._session.execute(capture.throw_away(self._session.analysis, ids))
            self._choose(row)
            text = _("{labels} thrown away; Undo brings it back.")
            self._session.notice.emit(text.format(labels=labels if len(ids) <= 3 else str(len(ids))))

    def flush(self) -> None:
        """Take over what is typed into the fields."""
        self.item.flush()

    def refresh(self) -> None:
        """Show everything as it is now."""
        self._fill()
        self._show_current()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter takes in, with Shift before the current row; Del throws away; F2 goes to the title; Escape leaves."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.take_in(before=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif event.key() == Qt.Key.Key_Delete:
            self.throw_away()
        elif event.key() == Qt.Key.Key_F2:
            self.item.title.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            return False
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape in a field goes back to the list."""
        if event.key() == Qt.Key.Key_Escape:
            self.item.flush()
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)

    def _choose(self, row: int) -> None:
        """Choose one row and nothing else; the last one where there are no more so many."""
        self.list.setCurrentRow(min(row, self.list.count() - 1), QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _place(self) -> int | None:
        order = self._session.matrix.evidence
        return order.index(self._before) if self._before in order else None

    def _current_id(self) -> str:
        row = self.list.currentItem()
        return str(row.data(_ID)) if row is not None else ""

    def _follow(self, change: Change) -> None:
        if change.touches("evidence") or change.touches("source", "name"):
            self._fill()
            self._rest.start()

    def _start_anew(self) -> None:
        self.item.forget()
        self.item.ids = ()
        self.refresh()

    def _fill(self) -> None:
        analysis = self._session.analysis
        waiting = capture.waiting(analysis)
        chosen, current = set(self.chosen), self._current_id()
        blocked = self.list.blockSignals(True)
        while self.list.count() > len(waiting):
            self.list.takeItem(self.list.count() - 1)
        while self.list.count() < len(waiting):
            self.list.addItem(QListWidgetItem())
        for row, item in enumerate(waiting):
            self._show_row(self.list.item(row), analysis, item)
        place = next((row for row, item in enumerate(waiting) if item.id == current), 0)
        if waiting:
            self.list.setCurrentRow(place)
        for row, item in enumerate(waiting):
            self.list.item(row).setSelected(item.id in chosen or (row == place and not chosen & set(_ids(waiting))))
        self.list.blockSignals(blocked)
        line = self.list.sizeHintForRow(0) if waiting else self.fontMetrics().height()
        self.list.setFixedHeight(min(max(len(waiting), 1), _MOST_ROWS) * line + STEP)
        self.list.setVisible(bool(waiting))
        self.hint.setText(_hint() if waiting else _nothing())
        self._show_buttons()

    @staticmethod
    def _show_row(row: QListWidgetItem, analysis: Analysis, item: EvidenceItem) -> None:
        head = shown(_head(analysis, item))
        row.setData(_ID, item.id)
        row.setData(HEAD, head)
        row.setText(single_line(item.title))
        row.setToolTip(tooltip(item.title))
        row.setData(Qt.ItemDataRole.AccessibleTextRole, f"{single_line(item.title)}, {head}")

    def _show_buttons(self) -> None:
        may_edit = not self._session.read_only and bool(self.chosen)
        place = self._place()
        self.take.setEnabled(may_edit)
        self.discard.setEnabled(may_edit)
        self.take_before.setVisible(place is not None and bool(self.list.count()))
        if place is not None:
            label = self._session.analysis.evidence[self._before].label
            self.take_before.setText(_("Take in before {label}").format(label=label))
            self.take_before.setAccessibleName(self.take_before.text())
        self.take_before.setEnabled(may_edit)
        for button in (self.take, self.discard):
            button.setVisible(bool(self.list.count()))

    def _show_current(self) -> None:
        self._rest.stop()
        current = self._current_id() if self.list.count() else ""
        self.item.setVisible(bool(current))
        if current:
            self.item.show_records([current])


def _ids(items: list[EvidenceItem]) -> list[str]:
    return [item.id for item in items]


def _head(analysis: Analysis, item: EvidenceItem) -> str:
    names = [analysis.sources[entry.source].name for entry in item.citations if entry.source in analysis.sources]
    when = moment_words(item.entered) if item.entered else ""
    return " · ".join(part for part in (item.label, ", ".join(names), when) if part)


def _hint() -> str:
    return _("Captured, in no matrix, counted nowhere. Enter takes it in, Del throws it away.")


def _nothing() -> str:
    return _("Nothing waits. Ctrl+Shift+V captures what lies on the clipboard; files and links can be dropped here.")


def _button(text: str, description: str) -> QPushButton:
    button = named(QPushButton(text), text, description)
    button.setAutoDefault(False)
    return button
