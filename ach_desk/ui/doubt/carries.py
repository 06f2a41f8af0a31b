"""The section "What rests on it" of an assumption: items and cells to go to, and what if it were false."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from ach_desk.i18n import _, ngettext
from ach_desk.model import Analysis, EvidenceItem, EvidenceKind
from ach_desk.scoring.assumptions import if_false
from ach_desk.scoring.resting import Cell, resting_on
from ach_desk.ui.doubt.whatif import assume_false
from ach_desk.ui.session import Session
from ach_desk.ui.text import shortened, shown
from ach_desk.ui.widgets.flow import take_all
from ach_desk.ui.widgets.labels import STEP, named, plain
from ach_desk.ui.widgets.rowbutton import RowButton

_MOST_ROWS = 60
_MOST = 80


class CarriesSection(QWidget):
    """Absent for an item that is no assumption while nothing rests on it.

    item_requested(id), cell_requested(item, hypothesis): the person wants to see what rests on it.
    """

    item_requested = Signal(str)
    cell_requested = Signal(str, str)

    def __init__(self, session: Session, record: Callable[[], EvidenceItem | None]) -> None:
        super().__init__()
        self._session, self._record = session, record
        self.scores_shown = True
        self._shown: tuple[str, ...] | None = None
        self.head = plain(muted=True)
        self.rows = QWidget()
        self._list = QVBoxLayout(self.rows)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(0)
        self.sentence = plain()
        self.button = named(QPushButton(_("What if it is false?")), _("What if this assumption is false?"))
        self.button.setAutoDefault(False)
        self.button.clicked.connect(self._assume)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(STEP // 2)
        for part in (self.head, self.rows, self.sentence):
            column.addWidget(part)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeading)

    def refresh(self) -> None:
        """Show what rests on the present item, and what would change if it were false."""
        item = self._record()
        if item is None:
            return
        session = self._session
        sheet = session.matrix.sheets.get(session.analyst, {})
        is_assumption = item.kind is EvidenceKind.ASSUMPTION
        items, cells = resting_on(session.analysis, sheet, item.id)
        self.setVisible(is_assumption or bool(items or cells))
        if self.isHidden():
            return
        self._show_rows(items, cells)
        count = len(items) + len(cells)
        nothing = _("Nothing rests on it yet. Say so at an item or rating, under More.")
        self.head.setText(_("What rests on it") if count else nothing)
        self.sentence.setText(shown(if_false(session.analysis, session.as_rated, sheet, item)))
        self.sentence.setVisible(self.scores_shown and bool(session.as_rated.comparable.any()))
        is_false = session.scenario is not None and item.id in session.scenario.assumptions_false
        self.button.setVisible(not is_false)
        self.button.setEnabled(not session.read_only)

    def _show_rows(self, items: list[str], cells: list[Cell]) -> None:
        analysis = self._session.analysis
        texts = [_item_entry(analysis.evidence[entry]) for entry in items]
        texts += [_cell_entry(analysis, cell) for cell in cells]
        targets: list[str | Cell] = [*items, *cells]
        if tuple(texts) == self._shown:
            return
        self._shown = tuple(texts)
        take_all(self._list)
        for text, target in list(zip(texts, targets, strict=True))[:_MOST_ROWS]:
            row = RowButton("", text, elide_detail=True)
            named(row, _("Go to {label}").format(label=text))
            row.clicked.connect(lambda _checked=False, target=target: self._go(target))
            self._list.addWidget(row)
            row.show()
        if len(texts) > _MOST_ROWS:
            rest = len(texts) - _MOST_ROWS
            more = ngettext("and {count} more", "and {count} more", rest).format(count=rest)
            self._list.addWidget(plain(more, muted=True))
        self.rows.setVisible(bool(texts))
        self.rows.updateGeometry()

    def _go(self, target: str | Cell) -> None:
        if isinstance(target, str):
            self.item_requested.emit(target)
        else:
            self.cell_requested.emit(*target)

    def _assume(self) -> None:
        item = self._record()
        if item is not None:
            assume_false(self._session, [item.id])


def _item_entry(item: EvidenceItem) -> str:
    return shortened(f"{item.label}  {shown(item.title)}", _MOST)


def _cell_entry(analysis: Analysis, cell: Cell) -> str:
    text = _("{item} under {hypothesis}")
    return text.format(item=analysis.evidence[cell[0]].label, hypothesis=analysis.hypotheses[cell[1]].label)
