"""Where a guided pass ends: what was rated, passed and skipped; for a re-rating, both ratings of every cell."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ach_desk.commands import edits
from ach_desk.i18n import _
from ach_desk.model import Retest, RetestCell
from ach_desk.ui.guided.buttons import button, presses_button
from ach_desk.ui.guided.parts import put_in_middle
from ach_desk.ui.guided.plan import Cell, GuidedPass
from ach_desk.ui.guided.words import cell_name, result_sentence, retest_sentence
from ach_desk.ui.session import Session
from ach_desk.ui.text import explain, shown
from ach_desk.ui.widgets.labels import STEP, heading, named, plain
from ach_desk.ui.widgets.rowbutton import RowButton

_WIDEST = 720
_MOST_LISTED = 200


class EndPage(QWidget):
    """closed(): back to the matrix. cell_requested(cell): back to the matrix, at this cell."""

    closed = Signal()
    cell_requested = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.takes: dict[Cell, QPushButton] = {}
        self.close_button = button(_("To the matrix"), self.closed.emit, _("Esc"))
        inner = QWidget()
        inner.setMaximumWidth(_WIDEST)
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(3 * STEP, 3 * STEP, 3 * STEP, 3 * STEP)
        self._column.setSpacing(STEP)
        put_in_middle(inner, self)

    def show_pass(self, guided: GuidedPass, standing: str) -> None:
        """Show what came of a pass, and in `standing` whether the standing is shown again."""
        self._column.addWidget(heading(_("The guided rating is complete")))
        self._column.addWidget(plain(result_sentence(guided)))
        self._column.addWidget(plain(standing, muted=True))
        self._offer_closing()
        self._list(_("Cannot be judged"), guided.not_judged())
        self._list(_("Skipped"), guided.left_skipped())
        self._column.addStretch(1)

    def show_retest(self, retest: Retest) -> None:
        """Show both ratings of every cell of a re-rating; where they differ, the second can be taken."""
        self._column.addWidget(heading(_("Rated twice")))
        self._column.addWidget(plain(retest_sentence(self._session.analysis, retest), strong=True))
        text = _("Nothing was changed. Where the two differ, the first rating stays unless you take the second.")
        self._column.addWidget(plain(text, muted=True))
        self._offer_closing()
        for cell in sorted(retest.cells, key=lambda cell: cell.first is cell.second):
            if (
                cell.evidence in self._session.analysis.evidence
                and cell.hypothesis in self._session.analysis.hypotheses
            ):
                self._column.addWidget(self._pair(cell))
        self._column.addStretch(1)

    def _pair(self, pair: RetestCell) -> QWidget:
        cell = (pair.evidence, pair.hypothesis)
        if pair.first is pair.second:
            text = _("{cell}: {value} both times")
        else:
            text = _("{cell}: first {first}, then {second}")
        name = cell_name(self._session.analysis, cell)
        words = text.format(cell=name, value=pair.first.value, first=pair.first.value, second=pair.second.value)
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(STEP)
        link = self._link(words, cell)
        explain(link, self._session.analysis.evidence[cell[0]].title)
        line.addWidget(link, 1)
        if pair.first is not pair.second:
            take = button(_("Take {value}").format(value=pair.second.value), lambda: self._take(pair))
            named(take, _("Rate {cell} {value}").format(cell=name, value=pair.second.value))
            take.setEnabled(self._may_take(pair))
            self.takes[cell] = take
            line.addWidget(take)
        return row

    def _may_take(self, pair: RetestCell) -> bool:
        rating = self._session.matrix.rating(self._session.analyst, pair.evidence, pair.hypothesis)
        return not self._session.read_only and (rating is None or rating.value is not pair.second)

    def _take(self, pair: RetestCell) -> None:
        session, cell = self._session, (pair.evidence, pair.hypothesis)
        session.execute(edits.rate(session.analysis, session.matrix, session.analyst, [cell], pair.second))
        self.takes[cell].setEnabled(False)
        self.close_button.setFocus()

    def _list(self, title: str, cells: Iterable[Cell]) -> None:
        cells = list(cells)
        if not cells:
            return
        self._column.addSpacing(STEP)
        self._column.addWidget(plain(title, strong=True))
        for cell in cells[:_MOST_LISTED]:
            item = self._session.analysis.evidence[cell[0]]
            self._column.addWidget(self._link(cell_name(self._session.analysis, cell), cell, shown(item.title)))
        if len(cells) > _MOST_LISTED:
            self._column.addWidget(plain(_("and {count} more").format(count=len(cells) - _MOST_LISTED), muted=True))

    def _link(self, words: str, cell: Cell, detail: str = "") -> RowButton:
        link = RowButton(words, detail, elide_detail=True)
        link.clicked.connect(lambda _on=False: self.cell_requested.emit(cell))
        return link

    def _offer_closing(self) -> None:
        """Put the way back above the lists, where it is seen however long they are."""
        self._column.addSpacing(STEP)
        self._column.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignLeading)
        self._column.addSpacing(STEP)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if presses_button(self, event):
            return
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.close_button.setFocus()
