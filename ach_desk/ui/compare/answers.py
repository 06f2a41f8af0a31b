"""What the panel asks and is answered, as plain data; the answers are made away from the window."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from ach_desk.model import Analysis
from ach_desk.reporting.palette import apart_key
from ach_desk.scoring.compared import Compared, Pair, compare_analysts, pair_of, with_interval
from ach_desk.scoring.compared_words import ratings_words, state_words
from ach_desk.scoring.pooled import Pooling, pool_estimates
from ach_desk.scoring.raters import Sheets
from ach_desk.scoring.rounds import is_private
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
    """What is known; found is None while a round is private. pair: None where all are compared at once."""

    question: Question
    found: Compared | None
    pair: Pair | None
    pooling: Pooling | None

    @property
    def sheets(self) -> Sheets | None:
        """Return the sheets that are compared."""
        return self.pair.sheets if self.pair else self.found.sheets if self.found else None

    @property
    def spread(self) -> Spread | None:
        """Return how far they lie apart."""
        return self.pair.spread if self.pair else self.found.spread if self.found else None


def quick_answer(question: Question, _cancel: Cancel) -> Answer:
    """Return everything but the interval of alpha."""
    matrix = question.analysis.matrix(question.matrix)
    if is_private(question.analysis, matrix.id):
        return Answer(question, None, None, None)
    found = compare_analysts(question.analysis, matrix)
    rating = found.sheets.analysts
    one = question.first in rating and (question.second not in question.analysis.analysts or question.second in rating)
    pair = pair_of(found, question.first, question.second) if one and found.are_several else None
    return Answer(question, found, pair, pool_estimates(question.analysis, matrix))


def full_answer(answer: Answer, _cancel: Cancel) -> Answer:
    """Return the answer with the interval, which is drawn a thousand times."""
    return replace(answer, found=with_interval(answer.found)) if answer.found is not None else answer


def layer_of(answer: Answer) -> tuple[dict[tuple[str, str], str], dict[tuple[str, str], str]]:
    """Return how far each cell that two have rated lies apart, as a key of the palette, and who rated what in words."""
    sheets, spread = answer.sheets, answer.spread
    if sheets is None or spread is None or len(sheets.analysts) < 2:
        return {}, {}
    keys: dict[tuple[str, str], str] = {}
    said: dict[tuple[str, str], str] = {}
    analysis = answer.question.analysis
    for row, column in np.argwhere(sheets.places):
        cell = sheets.items[row].id, sheets.hypotheses[column].id
        state = spread.state(row, column)
        if state in (CellState.ALIKE, CellState.APART):
            keys[cell] = apart_key(float(np.nan_to_num(spread.spread[row, column])))
        if state is not CellState.UNRATED:
            parts = state_words(spread, row, column), ratings_words(analysis, sheets, row, column)
            said[cell] = "; ".join(parts)
    return keys, said
