"""What the panel asks and is answered, as plain data; the answers are made away from the window."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from math import isnan

from ach_desk.model import Analysis
from ach_desk.model.labels import PREFIXES, label_index, records_of
from ach_desk.reporting.palette import apart_key
from ach_desk.scoring.compared import Compared, Pair, compare_analysts, pair_of, with_interval
from ach_desk.scoring.compared_words import ratings_words, state_words
from ach_desk.scoring.pooled import Pooling, pool_estimates
from ach_desk.scoring.raters import Sheets
from ach_desk.scoring.round_states import is_private
from ach_desk.scoring.spread import CellState, Spread
from ach_desk.ui.background import Cancel

EVERYBODY = ""
"""In the place of an analyst: all at once."""


@dataclass(frozen=True)
class Question:
    """The analysts of a matrix are compared in this state, which later edits do not touch.

    first: an analyst (an id) or `EVERYBODY`; second: another one or `group_sheet.GROUP`, the median of all others.
    """

    analysis: Analysis
    matrix: str
    first: str
    second: str


@dataclass(frozen=True)
class Answer:
    """What is known; found is None while a round is private. pair: None where all are compared at once.

    labels: `label_index` of the analysis of the question.
    """

    question: Question
    found: Compared | None
    pair: Pair | None
    pooling: Pooling | None
    labels: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def sheets(self) -> Sheets | None:
        """Return the sheets that are compared."""
        return self.pair.sheets if self.pair else self.found.sheets if self.found else None

    @property
    def spread(self) -> Spread | None:
        """Return how far they lie apart."""
        return self.pair.spread if self.pair else self.found.spread if self.found else None


def quick_answer(question: Question, before: Answer | None, _cancel: Cancel) -> Answer:
    """Return everything but the interval of alpha. before: an earlier answer, of which is kept what still holds."""
    matrix = question.analysis.matrix(question.matrix)
    if is_private(question.analysis, matrix.id):
        return Answer(question, None, None, None)
    found = compare_analysts(question.analysis, matrix, before=before.found if before is not None else None)
    rating = found.sheets.analysts
    one = question.first in rating and (question.second not in question.analysis.analysts or question.second in rating)
    pair = pair_of(found, question.first, question.second) if one and found.are_several else None
    pooling = pool_estimates(question.analysis, matrix)
    return Answer(question, found, pair, pooling, _labels(question.analysis, before))


def _labels(analysis: Analysis, before: Answer | None) -> Mapping[str, tuple[str, str]]:
    if before is not None and before.labels:
        kept = before.question.analysis
        pairs = ((records_of(kept, kind), records_of(analysis, kind)) for kind in PREFIXES)
        if all(one == other for one, other in pairs):
            return before.labels
    return label_index(analysis)


def full_answer(answer: Answer, _cancel: Cancel) -> Answer:
    """Return the answer with the interval, which is drawn a thousand times."""
    return replace(answer, found=with_interval(answer.found)) if answer.found is not None else answer


class Layer:
    """What is shown of each cell of an answer: how far it lies apart, and who rated what. Asked cell by cell."""

    def __init__(self, answer: Answer, sheets: Sheets, spread: Spread) -> None:
        self._analysis, self._sheets, self._spread = answer.question.analysis, sheets, spread

    def key(self, evidence: str, hypothesis: str) -> str | None:
        """Return the key of the palette for a cell that two have rated on the scale; None for any other."""
        place = self._place(evidence, hypothesis)
        if place is None or self._spread.state(*place) not in (CellState.ALIKE, CellState.APART):
            return None
        steps = self._spread.spread.item(place)
        return apart_key(0.0 if isnan(steps) else steps)

    def words(self, evidence: str, hypothesis: str) -> str:
        """Return how far a cell lies apart and who rated what; "" for one that nobody rated or that is not compared."""
        place = self._place(evidence, hypothesis)
        if place is None or self._spread.state(*place) is CellState.UNRATED:
            return ""
        return "; ".join((state_words(self._spread, *place), ratings_words(self._analysis, self._sheets, *place)))

    def _place(self, evidence: str, hypothesis: str) -> tuple[int, int] | None:
        place = self._sheets.cell(evidence, hypothesis)
        return place if place is not None and self._sheets.places[place] else None


def layer_of(answer: Answer) -> Layer | None:
    """Return what the matrix shows of an answer; None where fewer than two are compared."""
    sheets, spread = answer.sheets, answer.spread
    if sheets is None or spread is None or len(sheets.analysts) < 2:
        return None
    return Layer(answer, sheets, spread)
