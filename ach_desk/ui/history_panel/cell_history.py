"""The section "History of this cell" of the inspector: how the rating came about, where there is more than one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton

from ach_desk.commands import CellRef
from ach_desk.commands.trail import cells_of
from ach_desk.commands.trail_words import TrailRow, TrailWords, rows_of
from ach_desk.i18n import _, ngettext
from ach_desk.model import TrailEntry
from ach_desk.ui.history_panel.restore import restoring
from ach_desk.ui.moments import moment_words
from ach_desk.ui.session import Session
from ach_desk.ui.text import shown
from ach_desk.ui.widgets.flow import take_all
from ach_desk.ui.widgets.foldsection import FoldSection
from ach_desk.ui.widgets.labels import named
from ach_desk.ui.widgets.rowbutton import RowButton

MOST_LISTED = 20


class CellCounts:
    """How often the trail changed each cell. Reads on where it stopped, so that a key press costs one entry."""

    def __init__(self) -> None:
        self._trail: list[TrailEntry] | None = None
        self._read = 0
        self._counts: Counter[CellRef] = Counter()

    def of(self, trail: list[TrailEntry], cell: CellRef) -> int:
        """Return how many changes of the cell the trail holds."""
        if trail is not self._trail or len(trail) < self._read:
            self._trail, self._read = trail, 0
            self._counts.clear()
        for entry in trail[self._read :]:
            self._counts.update(cells_of(entry))
        self._read = len(trail)
        return self._counts[cell]


class CellHistory(FoldSection):
    """Absent when there is only the first rating. `history_requested()`: the whole history is wanted."""

    history_requested = Signal()

    def __init__(self, session: Session, cell: Callable[[], tuple[str, str]]) -> None:
        super().__init__()
        self._session, self._cell = session, cell
        self._counts = CellCounts()
        self._filled: tuple[CellRef, int] | None = None
        self.setVisible(False)

    def refresh(self) -> None:
        """Show how often the cell was changed, and what the changes were where the section is open."""
        key = self._key()
        count = self._counts.of(self._session.analysis.trail, key)
        self.setVisible(count > 1)
        title = ngettext("History of this cell: {count} change", "History of this cell: {count} changes", count)
        self.set_title(title.format(count=count))
        if self.is_open and self._filled != (key, count):
            self.fill()

    def fill(self) -> None:
        """List the last changes, the newest first; each puts back what stood before it."""
        key = self._key()
        self._filled = (key, self._counts.of(self._session.analysis.trail, key))
        take_all(self.column)
        rows = self._rows(key)
        words = TrailWords(self._session.analysis)
        for row in rows[: -MOST_LISTED - 1 : -1]:
            button = RowButton(shown(words.sentence(row)), shown(_head(words, row)))
            self._make_restoring(button, row)
            self.column.addWidget(button)
            button.show()
        more = QPushButton(_("Show in the history"))
        named(more, more.text()).setAutoDefault(False)
        more.clicked.connect(self.history_requested)
        self.column.addWidget(more)
        more.show()

    def _make_restoring(self, button: RowButton, row: TrailRow) -> None:
        command = restoring(self._session.analysis, row, before=True)
        button.setEnabled(command is not None and not self._session.read_only)
        tip = _("Puts back what stood before this change")
        button.setToolTip(tip)
        button.setAccessibleDescription(tip)
        button.clicked.connect(lambda _checked=False: self._restore(row))

    def _restore(self, row: TrailRow) -> None:
        command = restoring(self._session.analysis, row, before=True)
        if command is not None:
            self._session.execute(command)

    def _rows(self, key: CellRef) -> Sequence[TrailRow]:
        analysis = self._session.analysis
        entries = [entry for entry in analysis.trail if entry.what in ("add", "remove") or key in set(cells_of(entry))]
        return [row for row in rows_of(analysis, entries) if row.cell == key]

    def _key(self) -> CellRef:
        return CellRef(self._session.matrix.id, self._session.analyst, *self._cell())


def _head(words: TrailWords, row: TrailRow) -> str:
    return " · ".join(part for part in (moment_words(row.entry.time), words.who(row)) if part)
