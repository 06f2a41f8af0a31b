"""The panel "Changes since": choose a start, read what changed and what it did, go to the place, copy, print."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QDate, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QPaintEvent
from PySide6.QtWidgets import (
    QDateEdit,
    QHBoxLayout,
    QListView,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ach_desk.commands import Change
from ach_desk.commands.trail import Earlier
from ach_desk.i18n import _, ngettext
from ach_desk.model import Analysis
from ach_desk.reporting.comparison import Comparison, Sentence, compare, effect_title
from ach_desk.storage.errors import StorageError
from ach_desk.storage.files import OpenedFile, read_document
from ach_desk.ui import messages
from ach_desk.ui.background import Background, Cancel, Ticket
from ach_desk.ui.marked import marked_text
from ach_desk.ui.session import Session
from ach_desk.ui.since.starts import DATE, FILE, Start, start_of_day, start_of_file, starts
from ach_desk.ui.since.worked import Worked
from ach_desk.ui.text import single_line
from ach_desk.ui.widgets.choice import Choice
from ach_desk.ui.widgets.labels import STEP, caption, named, plain, strong_font

_MOST_SHOWN = 500
"""Sentences of one group that are laid out; copying and printing has all of them."""
_PLACE = Qt.ItemDataRole.UserRole
_REST_MS = 300


class SincePanel(QWidget):
    """What changed. place_requested(evidence, hypothesis, source): a sentence was chosen; "" where it names none.

    earlier_requested(Earlier, when): the state itself is to be opened. print_requested(title, Comparison).
    """

    place_requested = Signal(str, str, str)
    earlier_requested = Signal(object, str)
    print_requested = Signal(str, object)
    compared = Signal()

    def __init__(
        self, session: Session, background: Background, worked: Callable[[], Worked], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Changes since"))
        self._session, self._background, self._worked = session, background, worked
        self._starts: dict[str, Start] = {}
        self._key = ""
        self._ticket: Ticket | None = None
        self._stale = True
        self._scores_shown = True
        self.earlier: Earlier | None = None
        self.comparison: Comparison | None = None
        self.start = Choice([])
        self.start.chosen.connect(self._chosen)
        self.day = named(QDateEdit(QDate.currentDate()), _("Day"))
        self.day.setCalendarPopup(True)
        self.day.setMaximumDate(QDate.currentDate())
        self.problem = plain(muted=True)
        self.list = named(QListWidget(), _("What changed"))
        self.copy_button = _button(_("Copy as text"))
        self.print_button = _button(_("Print ..."))
        self.open_button = _button(_("Open the state of then"))
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self._compare)
        self._lay_out()
        self._connect()
        self.offer()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(STEP, STEP // 2, STEP, STEP)
        column.setSpacing(STEP // 2)
        column.addWidget(caption(_("Since"), self.start))
        for part in (self.start, self.day, self.problem):
            column.addWidget(part)
        self.list.setFrameShape(QListWidget.Shape.NoFrame)
        self.list.setWordWrap(True)
        self.list.setSpacing(STEP // 4)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column.addWidget(self.list, 1)
        row = QHBoxLayout()
        row.setSpacing(STEP)
        row.addWidget(self.copy_button)
        row.addWidget(self.print_button)
        column.addLayout(row)
        column.addWidget(self.open_button)

    def _connect(self) -> None:
        self._session.changed.connect(self._follow)
        self._session.replaced.connect(lambda: self._follow())
        self.day.dateChanged.connect(self._make_stale)
        self.list.itemActivated.connect(self._go_to)
        self.list.itemClicked.connect(self._go_to)
        self.copy_button.clicked.connect(self.copy)
        self.print_button.clicked.connect(self.print_it)
        self.open_button.clicked.connect(self._open_state)

    @property
    def title(self) -> str:
        """Return the heading: what the present is compared with."""
        return _("Changes since {start}").format(start=self._start().words)

    def offer(self, key: str = "") -> None:
        """Offer the starts there are, and choose the one of that key; "" keeps the present choice or the first."""
        other = self._starts.get(FILE)
        self._starts = {start.key: start for start in starts(self._session.analysis, self._worked())}
        if other is not None:
            self._starts[FILE] = other
        wanted = key or self._key
        entries = [(key, start.words) for key, start in self._starts.items() if key != FILE]
        entries += [(DATE, _("a day ...")), (FILE, other.words if other is not None else _("another file ..."))]
        self.start.set_entries(entries)
        self._key = wanted if wanted in dict(entries) else str(entries[0][0])
        self.start.show_value(self._key)
        self._show_fields()
        self._make_stale()

    def compare_with(self, start: Start) -> None:
        """Compare with a start that is not in the list, such as a file that was read."""
        self._starts[start.key] = start
        self.offer(start.key)

    def set_scores_shown(self, scores_shown: bool) -> None:
        """Show or leave out what happened to the standing."""
        if scores_shown != self._scores_shown:
            self._scores_shown = scores_shown
            self._fill()

    def copy(self) -> None:
        """Put everything on the clipboard as text."""
        if self.comparison is not None:
            text = self.comparison.as_text(self.title, with_effect=self._scores_shown)
            QGuiApplication.clipboard().setText(marked_text(text, self._session.analysis.marking))

    def print_it(self) -> None:
        """Ask for the preview of the printed list."""
        if self.comparison is not None:
            groups = self.comparison.groups
            effect = self.comparison.effect if self._scores_shown else ()
            self.print_requested.emit(self.title, Comparison(groups, effect))

    def paintEvent(self, event: QPaintEvent) -> None:
        # A covered tab of a dock counts as visible to Qt; being painted is the proof that it can be seen.
        super().paintEvent(event)
        if self._stale and not self._rest.isActive():
            self._rest.start(0)

    def _start(self) -> Start:
        if self._key == DATE:
            return start_of_day(self.day.date())
        return self._starts.get(self._key) or start_of_day(self.day.date())

    def _chosen(self, key: object) -> None:
        if key == FILE:
            self._ask_file()
            return
        self._key = str(key)
        self._show_fields()
        self._make_stale()

    def _show_fields(self) -> None:
        self.day.setVisible(self._key == DATE)

    def _ask_file(self) -> None:
        chosen = messages.open_analysis(self, "")
        if not chosen:
            self.start.show_value(self._key)
            return
        path = chosen[0]
        self._background.run(lambda _cancel: read_document(path), partial(self._read, path), self._not_read, owner=self)

    def _read(self, path: Path, opened: OpenedFile) -> None:
        self.compare_with(start_of_file(path.name, opened.loaded.analysis))

    def _not_read(self, error: Exception) -> None:
        if not isinstance(error, StorageError):
            raise error
        self.problem.setText(str(error))
        self.start.show_value(self._key)

    def _follow(self, change: Change | None = None) -> None:
        if change is None or change.touches("snapshot"):
            self.offer()
        self._stale = True
        if self.isVisible():
            self._rest.start(_REST_MS)

    def _make_stale(self, *_changed: object) -> None:
        self._stale = True
        self.update()

    def _compare(self) -> None:
        """Compare away from the keyboard; an answer to an older question is dropped."""
        if not self._stale or self.visibleRegion().isEmpty():
            return
        self._stale = False
        if self._ticket is not None:
            self._ticket.cancel.set()
        session = self._session
        job = partial(_compare_job, session.front_copy(), self._start().state, session.matrix.id, session.analyst)
        self._ticket = self._background.run(job, self._answered, self._failed, owner=self)

    def _answered(self, answer: tuple[Earlier, Comparison]) -> None:
        self._ticket = None
        self.earlier, self.comparison = answer
        count = len(self.earlier.problems)
        text = ngettext("{count} change could not be led back.", "{count} changes could not be led back.", count)
        self.problem.setText(text.format(count=count) if count else "")
        self._fill()
        self.compared.emit()

    def _failed(self, error: Exception) -> None:
        self._ticket = None
        raise error

    def _fill(self) -> None:
        self.problem.setVisible(bool(self.problem.text()))
        self.list.clear()
        comparison = self.comparison
        if comparison is None:
            return
        if comparison.is_empty:
            self._add_heading(_("Nothing has changed."))
        for group in comparison.groups:
            self._add_group(group.title, group.sentences)
        if self._scores_shown and comparison.effect:
            self._add_group(effect_title(), comparison.effect)

    def _add_group(self, title: str, sentences: Sequence[Sentence]) -> None:
        self._add_heading(title)
        for sentence in sentences[:_MOST_SHOWN]:
            item = QListWidgetItem(single_line(sentence.text))
            item.setData(_PLACE, (sentence.evidence, sentence.hypothesis, sentence.source))
            self.list.addItem(item)
        rest = len(sentences) - _MOST_SHOWN
        if rest > 0:
            self._add_heading(ngettext("and {count} more", "and {count} more", rest).format(count=rest))

    def _add_heading(self, title: str) -> None:
        item = QListWidgetItem(title)
        item.setFont(strong_font(self.list.font()))
        item.setFlags(Qt.ItemFlag.ItemIsEnabled)
        self.list.addItem(item)

    def _go_to(self, item: QListWidgetItem) -> None:
        place = item.data(_PLACE)
        if place and any(place):
            self.place_requested.emit(*place)

    def _open_state(self) -> None:
        if self.earlier is not None:
            self.earlier_requested.emit(self.earlier, self._start().when)


def _compare_job(
    present: Analysis, state: Callable[[Analysis], Earlier], matrix_id: str, analyst: str, _cancel: Cancel
) -> tuple[Earlier, Comparison]:
    earlier = state(present)
    return earlier, compare(earlier.analysis, present, present.matrix(matrix_id), analyst)


def _button(text: str) -> QPushButton:
    button = named(QPushButton(text), text.replace(" ...", ""))
    button.setAutoDefault(False)
    return button
