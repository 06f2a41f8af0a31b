"""Comparing again after an edit, from what is known already, says to the last bit what comparing anew says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from helpers.analyses import Case
from helpers.comparing import everything
from helpers.together import open_round, rated_by
from hypothesis import given, settings
from hypothesis import strategies as st

from ach_desk.commands import Command, edits
from ach_desk.model import EvidenceStatus, HypothesisStatus, Matrix, Rating, RatingValue, Scale, replace
from ach_desk.model.method_settings import Method, MethodSettings
from ach_desk.model.values import RoundState
from ach_desk.scoring.compared import Compared, compare_analysts

NAMES = ("Ada", "Ben", "Cem", "Dan")
ITEMS, HYPOTHESES = 6, 3
_VALUES = st.sampled_from([None, *RatingValue])


class Editor:
    """Edits an analysis at random as a person can, and takes edits back."""

    def __init__(self, case: Case, draw: Any) -> None:
        self.case, self.draw = case, draw
        self.people = [*case.analysis.analysts]
        self.done: list[Command] = []

    def step(self) -> None:
        """Do one edit."""
        often = [self.rate] * 3 + [self.undo] * 2
        others = [self.set_aside, self.reject, self.word, self.order, self.add]
        rarely = [self.retell, self.hold_round, self.add_up_otherwise, self.turn]
        act = self.draw(st.sampled_from([*often, *others, *rarely]))
        act()

    @property
    def matrix(self) -> Matrix:
        """Return the matrix that is edited."""
        return self.case.matrix

    def _do(self, command: Command) -> None:
        command.apply(self.case.analysis)
        self.done.append(command)

    def _one(self, ids: Sequence[str]) -> str:
        return self.draw(st.sampled_from(list(ids)))

    def rate(self) -> None:
        """Rate a cell, or empty it."""
        cells = [(self._one(self.matrix.evidence), self._one(self.matrix.hypotheses))]
        analyst = self._one(self.people)
        self._do(edits.rate(self.case.analysis, self.matrix, analyst, cells, self.draw(_VALUES)))

    def undo(self) -> None:
        """Take the last edit back."""
        if self.done:
            self.done.pop().revert(self.case.analysis)

    def _set(self, kind: str, record: str, field: str, value: object) -> None:
        self._do(edits.set_field(self.case.analysis, kind, [record], field, value))

    def set_aside(self) -> None:
        """Set an item aside, or count it again."""
        item = self._one(self.matrix.evidence)
        counted = self.case.analysis.evidence[item].is_counted
        self._set("evidence", item, "status", EvidenceStatus.SET_ASIDE if counted else EvidenceStatus.COUNTED)

    def reject(self) -> None:
        """Reject a hypothesis, or take it up again."""
        entry = self._one(self.matrix.hypotheses)
        active = self.case.analysis.hypotheses[entry].is_active
        self._set("hypothesis", entry, "status", HypothesisStatus.REJECTED if active else HypothesisStatus.ACTIVE)

    def word(self) -> None:
        """Word an item otherwise."""
        self._set("evidence", self._one(self.matrix.evidence), "title", self.draw(st.sampled_from(["One", "Two"])))

    def order(self) -> None:
        """Turn the order of the items round."""
        self.done.clear()
        self.matrix.evidence.reverse()

    def add(self) -> None:
        """Add an item."""
        self._do(edits.add_items(self.case.analysis, self.matrix, [{"title": "New"}]))

    def retell(self) -> None:
        """Put one's whole sheet in the place of what it was, as a returned file does."""
        self.done.clear()
        analyst, value = self._one(self.people), self.draw(_VALUES)
        self.matrix.sheets[analyst] = {}
        for item in self.matrix.evidence if value is not None else ():
            rating = Rating(value, time="2026-01-01T00:00:00Z")
            self.matrix.set_rating(analyst, item, self._one(self.matrix.hypotheses), rating)

    def hold_round(self) -> None:
        """Begin a round in private, or reveal the one under way."""
        self.done.clear()
        rounds = self.case.analysis.rounds
        under_way = [entry for entry in rounds.values() if entry.state is RoundState.PRIVATE]
        for entry in under_way:
            rounds[entry.id] = replace(entry, state=RoundState.REVEALED, revealed="2027-01-01T00:00:00Z")
        if not under_way:
            open_round(self.case)

    def add_up_otherwise(self) -> None:
        """Add up otherwise, on another scale."""
        self.matrix.method_settings = MethodSettings(method=self.draw(st.sampled_from([*Method])))
        self.matrix.scale = self.draw(st.sampled_from([*Scale]))

    def turn(self) -> None:
        """Look at another matrix, whose rows are the very same, with one hypothesis fewer."""
        self.done.clear()
        copy = self.matrix.copy_of()
        if len(copy.hypotheses) > 1:
            copy.hypotheses.pop()
        copy.id = f"{copy.id}x"
        self.case.analysis.matrices.insert(0, copy)
        self.case = Case(self.case.analysis, copy, self.case.analyst)


@settings(max_examples=25)
@given(st.data())
def test_from_what_is_known_follows_what_follows_anew(data: st.DataObject) -> None:
    words = st.sampled_from(["CC", "C", "N", "I", "II", "N/A", "-", "C-"])
    line = st.lists(words, min_size=HYPOTHESES, max_size=HYPOTHESES).map(" ".join)
    sheet = st.lists(line, min_size=ITEMS, max_size=ITEMS)
    editor = Editor(rated_by({name: data.draw(sheet) for name in NAMES}), data.draw)
    before: Compared | None = None
    for _step in range(5):
        copy = editor.case.analysis.snapshot()
        matrix = copy.matrix(editor.matrix.id)
        before = compare_analysts(copy, matrix, before=before)
        anew, again = everything(compare_analysts(copy, matrix)), everything(before)
        assert again.keys() == anew.keys()
        assert not [where for where, value in anew.items() if again[where] != value]
        editor.step()


def test_what_an_edit_left_alone_is_not_read_anew() -> None:
    lines = ["C I N", "I C N", "C C I", "N N C", "II C C"]
    case = rated_by({"Ada": lines, "Ben": lines[::-1]})
    ada, ben = case.analysis.analysts
    before = compare_analysts(case.analysis.snapshot(), case.matrix)
    case.matrix.set_rating(ada, case.e(2), case.h(1), Rating(RatingValue.VERY_INCONSISTENT))
    found = compare_analysts(case.analysis.snapshot(), case.matrix, before=before)
    rows = found.sheets.other_rows(before.sheets)
    assert rows is not None
    assert rows.tolist() == [1]
    assert found.sheets.plain is before.sheets.plain
    assert found.blind[ben] is before.blind[ben]
    assert found.blind[ada] is not before.blind[ada]
    assert before.sheets.codes[0, 1, 0] != found.sheets.codes[0, 1, 0]
