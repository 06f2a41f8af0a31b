"""A small made-up analysis, and what two analyses have to share to be the same in every respect."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ach_desk.commands import Change, Command, edits
from ach_desk.model import Analysis, EvidenceItem, Hypothesis, Matrix, RatingValue, new_analysis
from ach_desk.scoring import assess
from ach_desk.scoring.methods import Inputs, inputs
from ach_desk.storage.codec import encode


@dataclass(frozen=True)
class Case:
    """An analysis with its one matrix and analyst, and short ways to its ids: `h(1)` is that of H1, `e(2)` of E2."""

    analysis: Analysis
    matrix: Matrix
    analyst: str

    def h(self, number: int) -> str:
        """Return the id of the hypothesis labelled H`number`."""
        return next(entry.id for entry in self.analysis.hypotheses.values() if entry.label == f"H{number}")

    def e(self, number: int) -> str:
        """Return the id of the item labelled E`number`."""
        return next(entry.id for entry in self.analysis.evidence.values() if entry.label == f"E{number}")

    def hypothesis(self, number: int) -> Hypothesis:
        """Return the hypothesis labelled H`number`."""
        return self.analysis.hypotheses[self.h(number)]

    def item(self, number: int) -> EvidenceItem:
        """Return the item labelled E`number`."""
        return self.analysis.evidence[self.e(number)]

    def labels(self, kind: str) -> list[str]:
        """Return the labels along an axis of the matrix, in its order."""
        records = self.analysis.hypotheses if kind == "hypothesis" else self.analysis.evidence
        order = self.matrix.hypotheses if kind == "hypothesis" else self.matrix.evidence
        return [records[entry].label for entry in order]

    def value(self, item: int, hypothesis: int) -> RatingValue | None:
        """Return the value in the cell of E`item` under H`hypothesis`."""
        rating = self.matrix.rating(self.analyst, self.e(item), self.h(hypothesis))
        return rating.value if rating else None


def rated_case(*lines: str) -> Case:
    """Return an analysis with a row per line, each with a rating per hypothesis; "." and "-" are unrated."""
    cells = [line.split() for line in lines]
    case = small_case(len(cells[0]), len(cells))
    wanted = [
        ((case.e(item), case.h(column)), RatingValue(value))
        for item, row in enumerate(cells, 1)
        for column, value in enumerate(row, 1)
        if value not in (".", "-")
    ]
    edits.rate_each(case.analysis, case.matrix, case.analyst, wanted, "Rate").apply(case.analysis)
    return case


def inputs_of(case: Case) -> Inputs:
    """Return what the methods read of a case as it is rated now."""
    return inputs(case.analysis, case.matrix, case.analyst, assess(case.analysis, case.matrix, case.analyst))


def small_case(hypotheses: int = 3, items: int = 4, *, rated: bool = False) -> Case:
    """Return an analysis made through commands; `rated` fills the cells with values that differ."""
    analysis = new_analysis("What happened?")
    matrix = analysis.matrices[0]
    analyst = next(iter(analysis.analysts))
    titles = [{"title": f"Explanation {number}"} for number in range(1, hypotheses + 1)]
    edits.add_hypotheses(analysis, matrix, titles).apply(analysis)
    reports = [{"title": f"Report {number}"} for number in range(1, items + 1)]
    edits.add_items(analysis, matrix, reports).apply(analysis)
    if rated:
        values = list(RatingValue)
        wanted = [
            ((item, hypothesis), values[(row * 5 + column) % len(values)])
            for row, item in enumerate(matrix.evidence)
            for column, hypothesis in enumerate(matrix.hypotheses)
        ]
        edits.rate_each(analysis, matrix, analyst, wanted, "").apply(analysis)
    return Case(analysis, matrix, analyst)


def state_of(analysis: Analysis) -> bytes:
    """Return everything an analysis holds, the order of everything included, but for how it came about."""
    return encode(analysis.model_copy(update={"trail": []}))


def do_undo_redo(analysis: Analysis, command: Command, then: Callable[[], None]) -> tuple[Change, Change]:
    """Do the command, check with `then`, take it back, do it again; return the changes of doing and taking back.

    Fails unless taking it back restores the analysis to the byte and doing it again gives what doing it gave.
    """
    before = state_of(analysis)
    done = command.apply(analysis)
    then()
    after = state_of(analysis)
    assert before != after
    undone = command.revert(analysis)
    assert state_of(analysis) == before
    again = command.apply(analysis)
    then()
    assert state_of(analysis) == after
    assert again == done
    assert not done.skipped
    assert not undone.skipped
    return done, undone
