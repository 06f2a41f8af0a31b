"""The panel of the history: filters, entries, and what can be done with the chosen one."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QItemSelectionModel, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ach_desk.commands import Change
from ach_desk.commands.private import Veil
from ach_desk.commands.trail_words import RATINGS, TEXTS, TrailRow
from ach_desk.i18n import _, ngettext
from ach_desk.model import Analysis
from ach_desk.ui.background import Background, Cancel, Ticket
from ach_desk.ui.history_panel.entries import EntryList
from ach_desk.ui.history_panel.model import Reading, TrailModel, read_trail
from ach_desk.ui.history_panel.restore import restoring
from ach_desk.ui.moments import day_of, day_words
from ach_desk.ui.selection import Selection
from ach_desk.ui.session import Session
from ach_desk.ui.widgets.labels import STEP, named, plain

_REST_MS = 60
"""A moment after the keyboard moved, so that the matrix is painted before the list follows."""
_RETURN = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class HistoryPanel(QWidget):
    """The trail. place_requested(evidence, hypothesis): an entry's place is to be shown; "" where it names none.

    earlier_requested(entry id): the matrix as of that moment is to be opened. `is_stale`: the trail has gone on since
    it was read; it is read again when the panel is next seen.
    """

    place_requested = Signal(str, str)
    earlier_requested = Signal(str)

    def __init__(self, session: Session, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("History"))
        self._session, self._background = session, background
        self._ticket: Ticket | None = None
        self._selection = Selection()
        self.is_stale = True
        self._reads_on = False
        self.model = TrailModel(session)
        self.entries = EntryList(self)
        self.entries.setModel(self.model)
        self.sort = named(QComboBox(), _("Sort of entry"))
        for text, key in ((_("Everything"), ""), (_("Ratings"), RATINGS), (_("Texts"), TEXTS)):
            self.sort.addItem(text, key)
        self.day = named(QComboBox(), _("Day"))
        self.only_selected = named(QCheckBox(_("Only what is selected in the matrix")), _("Only what is selected"))
        self.count = plain(muted=True)
        self.put_back = _button(_("Restore the value before"))
        self.put_forward = _button(_("Restore the value after"))
        self.earlier = _button(_("The matrix as of this moment"))
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self._read)
        self._refilter = QTimer(self)
        self._refilter.setSingleShot(True)
        self._refilter.setInterval(_REST_MS)
        self._refilter.timeout.connect(self._filter)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(STEP, STEP // 2, STEP, STEP)
        column.setSpacing(STEP // 2)
        filters = QHBoxLayout()
        filters.setSpacing(STEP)
        filters.addWidget(self.sort, 1)
        filters.addWidget(self.day, 1)
        column.addLayout(filters)
        for part in (self.only_selected, self.count):
            column.addWidget(part)
        column.addWidget(self.entries, 1)
        for button in (self.put_back, self.put_forward, self.earlier):
            column.addWidget(button)

    def _connect(self) -> None:
        self._session.changed.connect(self._follow)
        self._session.replaced.connect(self._start_anew)
        for box in (self.sort, self.day):
            box.activated.connect(self._filter)
        self.only_selected.toggled.connect(self._filter)
        self.entries.selectionModel().currentChanged.connect(self._show_current)
        self.entries.doubleClicked.connect(self._go_to_place)
        self.entries.installEventFilter(self)
        self.put_back.clicked.connect(lambda: self.restore(before=True))
        self.put_forward.clicked.connect(lambda: self.restore(before=False))
        self.earlier.clicked.connect(self.open_earlier)

    @property
    def current(self) -> TrailRow | None:
        """Return the chosen row; None when there is none."""
        return self.model.row(self.entries.currentIndex().row())

    def show_selection(self, selection: Selection) -> None:
        """Follow the selection of the matrix, which one of the filters asks about."""
        self._selection = selection
        if self.only_selected.isChecked():
            self._refilter.start()

    def restore(self, *, before: bool) -> None:
        """Put back what stood before the chosen entry, or after it, as an edit of its own."""
        row = self.current
        command = restoring(self._session.analysis, row, before=before) if row is not None else None
        if command is not None:
            self._session.execute(command)

    def open_earlier(self) -> None:
        """Ask for the matrix as it was after the chosen entry."""
        if self.current is not None:
            self.earlier_requested.emit(self.current.entry.id)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.entries and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event)
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        # A covered tab of a dock counts as visible to Qt; being painted is the proof that it can be seen.
        super().paintEvent(event)
        if self.is_stale:
            self._rest.start(0)

    def _key(self, event: QKeyEvent) -> bool:
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if event.key() in _RETURN and control:
            self.open_earlier()
        elif event.key() in _RETURN:
            self.restore(before=not shift)
        elif event.key() == Qt.Key.Key_Space:
            self._go_to_place()
        else:
            return False
        return True

    def _follow(self, change: Change) -> None:
        if change.touches("round"):
            self._filter()
        self._make_stale()

    def _make_stale(self) -> None:
        self.is_stale = True
        self.update()

    def _read(self) -> None:
        """Read what came since at once; the whole trail, the first time, away from the keyboard."""
        if not self.is_stale or self._ticket is not None:
            return
        chosen = self.current
        if self._reads_on and self.model.follow():
            self.is_stale = False
            self._list_days()
            self._show_rows(chosen)
            return
        snapshot = self._session.analysis.snapshot()
        job = partial(_read_job, snapshot)
        self._ticket = self._background.run(job, partial(self._take, snapshot), self._failed, owner=self)

    def _take(self, snapshot: Analysis, reading: Reading) -> None:
        self._ticket = None
        if snapshot.id != self._session.analysis.id:
            return  # another analysis stands here by now; its signal made the panel stale
        chosen = self.current
        self.model.take(reading)
        self._reads_on = True
        self.is_stale = not self.model.follow() and bool(self._session.analysis.trail)
        self._list_days()
        self._filter()
        self._choose(chosen)
        self.update()

    def _failed(self, error: Exception) -> None:
        self._ticket = None
        raise error

    def _start_anew(self) -> None:
        self._reads_on = False
        self._make_stale()

    def _show_rows(self, chosen: TrailRow | None) -> None:
        self._say_count()
        self._choose(chosen)

    def _choose(self, chosen: TrailRow | None) -> None:
        """Keep the chosen entry, so that reading on after an edit begins where one was; else the newest."""
        rows = range(self.model.rowCount())
        key = (chosen.entry.id, chosen.cell) if chosen is not None else None
        same = (number for number in rows if key == (self._row(number).entry.id, self._row(number).cell))
        index = self.model.index(next(same, 0), 0)
        self.entries.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.entries.scrollTo(index)
        self._show_current()

    def _row(self, number: int) -> TrailRow:
        row = self.model.row(number)
        if row is None:
            raise IndexError(number)
        return row

    def _list_days(self) -> None:
        """Offer the days of which there are entries, the newest first."""
        chosen = self.day.currentData()
        days = sorted(self.model.days, reverse=True)
        if [self.day.itemData(place) for place in range(1, self.day.count())] == days and self.day.count():
            return
        self.day.clear()
        self.day.addItem(_("All days"), None)
        for day in days:
            self.day.addItem(day_words(day), day)
        self.day.setCurrentIndex(max(self.day.findData(chosen), 0) if chosen is not None else 0)

    def _filter(self, *_chosen: object) -> None:
        sort, day, selection = self.sort.currentData(), self.day.currentData(), self._wanted()
        session = self._session
        veil = Veil.over(session.me, session.analysis)

        def passes(row: TrailRow) -> bool:
            return (
                (not sort or row.kind == sort)
                and (day is None or day_of(row.entry.time) == day)
                and (selection is None or row.concerns(*selection))
                and veil.may_tell(row.entry, session.analysis)
            )

        self.model.show_only(passes)
        self._say_count()
        self._show_current()

    def _say_count(self) -> None:
        count = self.model.rowCount()
        self.count.setText(
            ngettext("{count} entry", "{count} entries", count).format(count=count)
            if count
            else _("No edit is recorded here yet.")
        )

    def _wanted(self) -> tuple[str | None, str | None] | None:
        """Return (evidence, hypothesis) that the entries have to be about; None for all of them."""
        chosen = self._selection
        if not self.only_selected.isChecked() or not chosen.focus:
            return None
        evidence = chosen.evidence if chosen.focus in ("cell", "evidence") else None
        return evidence, chosen.hypothesis if chosen.focus in ("cell", "hypothesis") else None

    def _show_current(self, *_moved: object) -> None:
        row, analysis = self.current, self._session.analysis
        may = row is not None and not self._session.read_only
        for button, before in ((self.put_back, True), (self.put_forward, False)):
            button.setEnabled(bool(may and row and restoring(analysis, row, before=before)))
        self.earlier.setEnabled(row is not None)

    def _go_to_place(self, *_clicked: object) -> None:
        row = self.current
        if row is None:
            return
        if row.cell is not None:
            self.place_requested.emit(row.cell.evidence, row.cell.hypothesis)
        elif row.entry.what == "set" and row.entry.body[0] in ("evidence", "hypothesis"):
            kind, record_id = row.entry.body[:2]
            self.place_requested.emit(*((record_id, "") if kind == "evidence" else ("", record_id)))


def _read_job(snapshot: Analysis, _cancel: Cancel) -> Reading:
    return read_trail(snapshot)


def _button(text: str) -> QPushButton:
    button = named(QPushButton(text), text)
    button.setAutoDefault(False)
    return button
