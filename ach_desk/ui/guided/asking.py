"""The next question: to the cell whose rating could change the standing most, with a sentence that says how."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ach_desk.i18n import _
from ach_desk.scoring.next_question import next_question, next_question_sentence
from ach_desk.ui.guided.words import cell_name

if TYPE_CHECKING:
    from ach_desk.ui.window import AnalysisWindow


def ask_next(window: AnalysisWindow) -> None:
    """Say which cell matters most and go there; who would lead is not said while the standing is hidden."""
    session = window.session
    question = next_question(session.assessment, session.matrix, session.analyst)
    if question is None:
        window.show_message(_("No cell is unrated or uncertain."))
        return
    cell = (session.assessment.items[question.row].id, session.assessment.hypotheses[question.column].id)
    window.matrix.select_cell(*cell)
    window.matrix.setFocus()
    if window.matrix.scores_shown:
        window.show_message(next_question_sentence(session.assessment, question))
    else:
        name = cell_name(session.analysis, cell)
        window.show_message(_("{cell} matters most for the standing.").format(cell=name))
