"""Revealing a round, which is asked for, and what moved between rounds."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from ach_desk.commands import rounds
from ach_desk.i18n import _
from ach_desk.model import Round
from ach_desk.scoring.round_states import rounds_on, running_round
from ach_desk.scoring.rounds import (
    Values,
    herding,
    herding_words,
    movement_words,
    moves,
    summary_words,
    values_now,
)
from ach_desk.ui import messages
from ach_desk.ui.session import Session
from ach_desk.ui.text import shown, single_line
from ach_desk.ui.widgets.choice import Choice
from ach_desk.ui.widgets.dialog import PlainDialog
from ach_desk.ui.widgets.labels import caption, named, plain

_CELL = Qt.ItemDataRole.UserRole
NOW = ""
"""In the place of a round: what is rated at present."""


def ask_to_reveal(session: Session, parent: QWidget) -> None:
    """Ask, and reveal the round if that is wanted: what was seen cannot be unseen."""
    running = running_round(session.analysis, session.matrix.id)
    if running is None:
        return
    analysts = session.analysis.analysts
    unrated = [entry.name for key, entry in analysts.items() if not session.matrix.sheets.get(key)]
    detail = [_("Everybody sees everybody's ratings from then on. Who revealed it, and when, stays in the history.")]
    if unrated:
        detail.append(_("Nothing rated yet: {names}.").format(names=", ".join(unrated)))
    choices = [("ok", _("Reveal")), ("cancel", _("Not yet"))]
    question = _("Reveal the ratings of “{name}”?").format(name=running.name)
    if messages.ask(parent, question, " ".join(detail), choices, "cancel") == "ok":
        session.execute(rounds.reveal(session.analysis, running.id, session.me))


class MovementDialog(PlainDialog):
    """What moved from one round to a later one, cell by cell, and the direction of it in a sentence.

    A row leads to its cell in the matrix.
    """

    def __init__(self, session: Session, go: Callable[[str, str], object], parent: QWidget | None = None) -> None:
        super().__init__(_("What moved between rounds"), parent, width=560)
        self._session, self._go = session, go
        kept = [entry for entry in rounds_on(session.analysis, session.matrix.id) if entry.sheets]
        entries = [(entry.id, single_line(entry.name)) for entry in kept]
        self.before = Choice(entries)
        self.after = Choice([*entries[1:], (NOW, _("what is rated now"))])
        self.before.show_value(kept[-1].id if len(kept) == 1 else kept[-2].id)
        self.after.show_value(self._usual_end(kept))
        self.summary = plain(strong=True)
        self.direction = plain()
        self.list = named(QListWidget(), _("What moved"))
        self.list.setWordWrap(True)
        self.column.addWidget(caption(_("From"), self.before))
        self.column.addWidget(self.before)
        self.column.addWidget(caption(_("To"), self.after))
        self.column.addWidget(self.after)
        for part in (self.summary, self.direction, self.list):
            self.column.addWidget(part)
        self.before.chosen.connect(lambda _value: self.refresh())
        self.after.chosen.connect(lambda _value: self.refresh())
        self.list.itemActivated.connect(self._follow)
        session.changed.connect(lambda _change: self.refresh())
        session.replaced.connect(self.reject)
        self.refresh()
        self.resize(560, 520)

    def refresh(self) -> None:
        """Compare the chosen rounds."""
        analysis = self._session.analysis
        before, after = self._values(self.before.value), self._values(self.after.value)
        found = moves(before, after)
        self.summary.setText(shown(summary_words(analysis, found)))
        self.direction.setText(shown(herding_words(analysis, herding(before, found))))
        self.direction.setVisible(bool(self.direction.text()))
        self.list.clear()
        for move, words in zip(found, movement_words(analysis, found), strict=True):
            row = QListWidgetItem(shown(words))
            row.setData(_CELL, (move.evidence, move.hypothesis))
            self.list.addItem(row)
        self.list.setVisible(bool(found))

    def _usual_end(self, kept: list[Round]) -> str:
        """Return the last closed round where nothing is under way since, else the present."""
        running = running_round(self._session.analysis, self._session.matrix.id)
        return kept[-1].id if running is None and len(kept) > 1 else NOW

    def _values(self, chosen: object) -> Values:
        known = self._session.analysis.rounds.get(str(chosen))
        return known.sheets if known is not None else values_now(self._session.analysis.matrix(self._session.matrix.id))

    def _follow(self, row: QListWidgetItem) -> None:
        self._go(*row.data(_CELL))
