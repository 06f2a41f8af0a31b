"""The panel with the checklist on deception."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ach_desk.commands import deception
from ach_desk.i18n import _
from ach_desk.scoring.deception_check import answer_to, deception_questions, summary
from ach_desk.ui.checklist import Checklist, Sheet
from ach_desk.ui.session import Session


class DeceptionCheck(Checklist):
    """Eight questions, and in a sentence what the answers amount to."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, _sheet(session), parent)


def _sheet(session: Session) -> Sheet:
    return Sheet(
        _("Checklist on deception"),
        _(
            "Could somebody want us to see what we see? Nothing has to be answered, and no answer proves anything. "
            "After the checklists on motive, practice, sources and evidence in Heuer and Pherson, "
            "Structured Analytic Techniques."
        ),
        lambda: deception_questions(session.analysis),
        lambda key: answer_to(session.analysis, key),
        lambda key, answer, note: deception.answer(session.analysis, key, answer, note),
        lambda: summary(session.analysis),
    )
