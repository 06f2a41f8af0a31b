"""What the panel says of set-valued belief: what it cannot tell, the conflict, belief and plausibility of each."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from ach_desk.i18n import _
from ach_desk.model import Analysis
from ach_desk.scoring.frames import SetBelief, belief_sentences
from ach_desk.scoring.robustness import rounded_share
from ach_desk.ui.robustness.sentences import Sentences
from ach_desk.ui.text import shown
from ach_desk.ui.widgets.flow import take_all
from ach_desk.ui.widgets.foldsection import FoldSection
from ach_desk.ui.widgets.labels import STEP, named, plain


class BeliefSection(FoldSection):
    """Absent unless it was chosen for the matrix. The hypotheses stand in matrix order: there is no ranking in it.

    link_activated(kind, id): an item that a sentence names was followed.
    """

    link_activated = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.set_title(_("Belief and plausibility"))
        self.explained_in("frames.md#belief-and-plausibility")
        self.set_open(True)
        self.sentences = Sentences()
        self.sentences.link_activated.connect(self.link_activated)
        self.column.addWidget(self.sentences)
        self._table = QWidget()
        self._grid = QGridLayout(self._table)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(2 * STEP)
        self._grid.setVerticalSpacing(STEP // 2)
        self._grid.setColumnStretch(0, 1)
        self.rows: list[tuple[str, str, str]] = []
        self.column.addWidget(self._table)
        self.hide()

    def show_belief(self, found: SetBelief | None, analysis: Analysis) -> None:
        """Show what is found; None hides the section."""
        self.setVisible(found is not None)
        if found is None:
            return
        self.sentences.show_texts(belief_sentences(found), analysis)
        rows = _rows(found)
        if rows != self.rows:
            self.rows = rows
            self._fill()
        self._table.setVisible(bool(rows))

    def _fill(self) -> None:
        take_all(self._grid)
        for column, head in enumerate((_("Hypothesis"), _("Belief"), _("Plausibility"))):
            self._put(plain(head, muted=True, wrap=column == 0), 0, column)
        for row, (name, belief, plausibility) in enumerate(self.rows, 1):
            said = _("{name}: belief {belief}, plausibility {plausibility}")
            label = plain(shown(name))
            self._put(named(label, said.format(name=name, belief=belief, plausibility=plausibility)), row, 0)
            for column, words in enumerate((belief, plausibility), 1):
                self._put(plain(words, wrap=False), row, column)

    def _put(self, label: QLabel, row: int, column: int) -> None:
        side = Qt.AlignmentFlag.AlignTrailing if column else Qt.AlignmentFlag(0)
        self._grid.addWidget(label, row, column, side)
        label.show()


def _rows(found: SetBelief) -> list[tuple[str, str, str]]:
    if found.found is None:
        return []
    return [
        (f"{entry.label}  {entry.title}", rounded_share(float(belief)), rounded_share(float(plausibility)))
        for entry, belief, plausibility in zip(
            found.hypotheses, found.found.belief, found.found.plausibility, strict=True
        )
    ]
