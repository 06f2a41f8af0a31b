"""The panel's answer made from the one before, through all that a session can do meanwhile, is that made anew."""

from __future__ import annotations

from typing import Any

import pytest
from helpers.comparing import everything
from helpers.together import rated_by
from hypothesis import given, settings
from hypothesis import strategies as st

from ach_desk.commands import edits, matrices, rounds
from ach_desk.model import RatingValue
from ach_desk.model.values import RoundState
from ach_desk.scoring.group_sheet import GROUP
from ach_desk.scoring.round_states import is_private, running_round
from ach_desk.ui.background import Cancel
from ach_desk.ui.compare import texts
from ach_desk.ui.compare.answers import EVERYBODY, Answer, Question, full_answer, layer_of, quick_answer
from ach_desk.ui.session import Session

LINES = ["C I II", "II N -", "N/A C N", "C C C", "I II C"]


class Person:
    """Works in a session as a person can."""

    def __init__(self, session: Session, draw: Any) -> None:
        self.session, self.draw = session, draw

    def act(self) -> None:
        """Do one thing of many."""
        often = [self.rate] * 4 + [self.undo, self.redo] * 2
        self.draw(
            st.sampled_from([*often, self.word, self.turn_sheet, self.be, self.go_on_with_round, self.other_matrix])
        )()

    def _one(self, ids: Any) -> str:
        return self.draw(st.sampled_from(list(ids)))

    def rate(self) -> None:
        """Rate a cell of my own sheet, or empty it."""
        matrix = self.session.matrix
        cell = self._one(matrix.evidence), self._one(matrix.hypotheses)
        self.session.rate([cell], self.draw(st.sampled_from([None, *RatingValue])))

    def undo(self) -> None:
        """Take back."""
        if self.session.history.stack.canUndo():
            self.session.history.undo()

    def redo(self) -> None:
        """Do again."""
        if self.session.history.stack.canRedo():
            self.session.history.redo()

    def word(self) -> None:
        """Word an item otherwise, or give it another label."""
        analysis = self.session.analysis
        field, value = self.draw(st.sampled_from([("title", "Other"), ("label", "E77"), ("note", "See E1.")]))
        item = self._one(self.session.matrix.evidence)
        self.session.execute(edits.set_field(analysis, "evidence", [item], field, value))

    def turn_sheet(self) -> None:
        """Bring another sheet, or the group's, to the front."""
        self.session.show_sheet(self._one([*self.session.analysis.analysts, GROUP]))

    def be(self) -> None:
        """Let another person work here."""
        self.session.be(self._one(self.session.analysis.analysts))

    def go_on_with_round(self) -> None:
        """Begin a round in private; reveal it; close it."""
        session = self.session
        running = running_round(session.analysis, session.matrix.id)
        if running is None:
            session.execute(rounds.start(session.analysis, session.matrix))
        elif running.state is RoundState.PRIVATE:
            session.execute(rounds.reveal(session.analysis, running.id, "lead"))
        else:
            session.execute(rounds.close(session.analysis, running.id))

    def other_matrix(self) -> None:
        """Look at a second matrix with the same ratings, or at the first again."""
        session = self.session
        if len(session.analysis.matrices) == 1:
            session.execute(matrices.duplicate(session.analysis, session.matrix, "Two", ratings=True, me=session.me))
        session.show_matrix(self._one([matrix.id for matrix in session.analysis.matrices]))


def said(answer: Answer) -> list[object]:
    """Return everything that the panel and the matrix show of an answer."""
    whole = full_answer(answer, Cancel())
    parts = (
        texts.main_sentences,
        texts.talk_sentences,
        texts.left_out_sentences,
        texts.who_sentences,
        texts.pool_sentences,
    )
    sheets, layer = answer.sheets, layer_of(answer)
    cells = [(item.id, hypothesis.id) for item in sheets.items for hypothesis in sheets.hypotheses] if sheets else []
    shown = [(layer.key(*cell), layer.words(*cell)) for cell in cells] if layer is not None else []
    return [*(part(whole) for part in parts), *(texts.cell_sentences(whole, *cell) for cell in cells), *shown]


@settings(max_examples=25)
@given(st.data())
@pytest.mark.usefixtures("qapp")
def test_from_the_answer_before_follows_what_follows_anew(data: st.DataObject) -> None:
    turned = [*LINES[1:], LINES[0]]
    session = Session(rated_by({"Ada": LINES, "Ben": turned, "Cem": LINES[::-1], "Dan": LINES}).analysis)
    person, before = Person(session, data.draw), None
    chosen = st.sampled_from([EVERYBODY, *session.analysis.analysts])
    others = st.sampled_from([GROUP, *session.analysis.analysts])
    for _step in range(6):
        # While scores are hidden nothing is asked: then several things are done before the next question.
        for _act in range(data.draw(st.integers(0, 3))):
            person.act()
        question = Question(session.front_copy(), session.matrix.id, data.draw(chosen), data.draw(others))
        again, anew = (quick_answer(question, known, Cancel()) for known in (before, None))
        assert (again.found is None) == (anew.found is None) == is_private(session.analysis, session.matrix.id)
        if again.found is not None and anew.found is not None:
            assert everything(again.found) == everything(anew.found)
        assert said(again) == said(anew)
        assert again.labels == anew.labels
        before = again
