"""The section "Two readings" of the inspector: the other reading, which one counts, and the standing both ways."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from ach_desk.commands import Command, readings
from ach_desk.i18n import _
from ach_desk.model import EvidenceItem, Reading
from ach_desk.model.readings import OTHER, twin_of
from ach_desk.model.words import reading_word
from ach_desk.scoring.readings import BothWays, both_ways, both_ways_words, column_name
from ach_desk.ui.matrix.wording import figures
from ach_desk.ui.session import Session
from ach_desk.ui.text import shortened, shown
from ach_desk.ui.widgets.flow import FlowLayout, take_all
from ach_desk.ui.widgets.labels import STEP, named, plain
from ach_desk.ui.widgets.rowbutton import RowButton

_MOST = 80


class ReadingsSection(QWidget):
    """Absent for an item that has one reading. `item_requested(id)`: the person wants to see the other one."""

    item_requested = Signal(str)

    def __init__(self, session: Session, record: Callable[[], EvidenceItem | None]) -> None:
        super().__init__()
        self._session, self._record = session, record
        self.scores_shown = True
        self._other = ""
        self._rows: list[tuple[str, ...]] = []
        self.head = plain(strong=True)
        self.state = plain(muted=True)
        self.other = RowButton("", "", elide_detail=True)
        self.other_place = QVBoxLayout()
        self.count = _button(_("Count this reading"), self._count)
        self.count_other = _button(_("Count the other reading"), self._count_other)
        self.swap = _button(_("Swap the readings"), self._swap)
        self.unlink = _button(_("Two items again"), self._unlink)
        self.sentence = plain()
        self.table = QWidget()
        self._grid = QGridLayout(self.table)
        self._lay_out()
        self.setVisible(False)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(STEP // 2)
        column.addWidget(self.head)
        column.addWidget(self.state)
        column.addLayout(self.other_place)
        row = QWidget()
        flow = FlowLayout(row, gap=STEP // 2)
        for button in (self.count, self.count_other, self.swap, self.unlink):
            flow.addWidget(button)
        column.addWidget(row)
        column.addWidget(self.sentence)
        column.addWidget(self.table)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(2 * STEP)
        self._grid.setVerticalSpacing(STEP // 2)
        self._grid.setColumnStretch(3, 1)

    def refresh(self) -> None:
        """Show the pair that the present item belongs to."""
        item = self._record()
        other = twin_of(self._session.analysis.evidence, item) if item is not None else None
        self.setVisible(other is not None)
        if item is None or other is None:
            return
        self._show_state(item, other)
        self._show_other(other)
        ways = both_ways(self._session.as_rated, item.id) if self.scores_shown else None
        self.sentence.setVisible(ways is not None)
        self.table.setVisible(ways is not None and not ways.unrated)
        if ways is not None:
            self.sentence.setText(shown(both_ways_words(ways)))
            self._fill_table(ways)

    def _show_state(self, item: EvidenceItem, other: EvidenceItem) -> None:
        word = reading_word(item.reading) if item.reading is not None else ""
        self.head.setText(_("Read {reading}").format(reading=word) if word else _("One of two readings"))
        state = {
            (True, False): _("This reading counts, {other} does not."),
            (False, True): _("{other} counts, this reading does not."),
            (True, True): _("Both readings count. Choose which one counts."),
            (False, False): _("Neither reading counts."),
        }[item.is_counted, other.is_counted]
        self.state.setText(state.format(other=other.label))
        # A what-if has no place for it: which reading counts is decided in the ratings.
        may_edit = not self._session.read_only and self._session.scenario is None
        self.count.setVisible(not item.is_counted or other.is_counted)
        self.count_other.setText(_("Count {label}").format(label=other.label))
        self.count_other.setVisible(item.is_counted or not other.is_counted)
        named(self.count_other, self.count_other.text())
        self.swap.setVisible(item.reading is not None)
        for button in (self.count, self.count_other, self.swap, self.unlink):
            button.setEnabled(may_edit)

    def _show_other(self, other: EvidenceItem) -> None:
        word = reading_word(other.reading) if other.reading is not None else _("the other reading")
        text = shortened(f"{other.label}  {word}: {shown(other.title)}", _MOST)
        if text == self._other:
            return
        self._other = text
        take_all(self.other_place)
        self.other = RowButton("", text, elide_detail=True)
        named(self.other, _("Go to {label}").format(label=text))
        self.other.clicked.connect(lambda: self.item_requested.emit(other.id))
        self.other_place.addWidget(self.other)
        self.other.show()

    def _fill_table(self, ways: BothWays) -> None:
        rows = _rows(ways)
        if rows == self._rows:
            return
        self._rows = rows
        take_all(self._grid)
        for row, texts in enumerate(rows):
            for place, text in enumerate(texts):
                differs = row > 0 and place == len(texts) - 1 and texts[1] != texts[2]
                self._put(text, row, place, muted=row == 0, strong=differs)

    def _put(self, text: str, row: int, place: int, *, muted: bool = False, strong: bool = False) -> None:
        label = plain(shown(text), muted=muted, strong=strong, wrap=False)
        self._grid.addWidget(label, row, place)
        label.show()

    def _count(self) -> None:
        self._do(lambda item, _other: readings.count(self._session.analysis, item.id))

    def _count_other(self) -> None:
        self._do(lambda _item, other: readings.count(self._session.analysis, other.id))

    def _swap(self) -> None:
        self._do(
            lambda item, _other: readings.read(
                self._session.analysis, item.id, OTHER[item.reading or Reading.DECEPTIVE]
            )
        )

    def _unlink(self) -> None:
        self._do(lambda item, _other: readings.unlink(self._session.analysis, item.id))

    def _do(self, build: Callable[[EvidenceItem, EvidenceItem], Command]) -> None:
        item = self._record()
        other = twin_of(self._session.analysis.evidence, item) if item is not None else None
        if item is not None and other is not None:
            self._session.execute(build(item, other))
            self.refresh()


def _rows(ways: BothWays) -> list[tuple[str, ...]]:
    """Return the table: who it is about, and score and rank with each reading counting."""
    first, second = ways.assessments
    found = zip(first.hypotheses, figures(first, "negative"), figures(second, "negative"), strict=True)
    heads = (_("Hypothesis"), *map(column_name, ways.items))
    return [heads, *((one.label, *(f"{side.score}, {side.rank}" for side in sides)) for one, *sides in found)]


def _button(text: str, run: Callable[[], None]) -> QPushButton:
    button = named(QPushButton(text), text)
    button.setAutoDefault(False)
    button.clicked.connect(lambda _checked=False: run())
    return button
