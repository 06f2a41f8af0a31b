"""The hypothesis check: six questions in words, what the program can see of each, and the person's answers."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from ach_desk.commands.hypotheses import answer_check
from ach_desk.i18n import _
from ach_desk.scoring.hypothesis_check import answer_to, check_questions
from ach_desk.ui.checklist import Checklist, Sheet
from ach_desk.ui.session import Session
from ach_desk.ui.widgets.labels import named


class HypothesisCheck(Checklist):
    """The check, with a way from its question on deception to the checklist on that.

    deception_wanted(): the person wants to go through the checklist on deception.
    """

    deception_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, _sheet(session), parent)
        text = _("Checklist on deception")
        self.deception = named(QPushButton(text), text)
        self.deception.setAutoDefault(False)
        self.deception.clicked.connect(self.deception_wanted)
        row = next(row for row in self.questions if row.key == "deception")
        row.column.addWidget(self.deception, 0, Qt.AlignmentFlag.AlignLeading)


def _sheet(session: Session) -> Sheet:
    return Sheet(
        _("Hypothesis check"),
        _("Do the hypotheses together make a fair test? Nothing has to be answered; a “no” stays as an open point."),
        lambda: check_questions(session.assessment),
        lambda key: answer_to(session.analysis, key),
        lambda key, answer, note: answer_check(session.analysis, key, answer, note),
    )
