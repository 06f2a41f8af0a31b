"""Everything that is said about several analysts beside each other, in one frozen result. Never a score of a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from ach_desk.model import Analysis, Matrix, RatingSheet, Round, Scale
from ach_desk.model.method_settings import Method
from ach_desk.scoring.analysts import AnalystLeftOut, leave_each_out
from ach_desk.scoring.concordance import DRAWS, SEED, Alpha, Icc, Pairs, alpha_of, icc, kendall_w, pairs_of
from ach_desk.scoring.group import GroupView, against_group, group_view
from ach_desk.scoring.group_sheet import GROUP
from ach_desk.scoring.methods import kept_method
from ach_desk.scoring.raters import Sheets, sheets_of
from ach_desk.scoring.retest import Agreement, agreement
from ach_desk.scoring.spread import Spread, spread_of
from ach_desk.scoring.talk import TalkCell, talk_cells


@dataclass(frozen=True)
class Blindness:
    """How much of a sheet was rated while a round was private: `blind` of `rated`; known: there was any such round."""

    known: bool
    blind: int
    rated: int


@dataclass(frozen=True, eq=False)
class Compared:
    """The analysts of one matrix beside each other.

    alpha: its interval is there after `with_interval`. kendall_w: None where undefined; ranked: the analysts whose
    orders it compares. icc: over the cells that all have rated. left_out: who leads without each; none with fewer than
    three. repeats: analyst -> how far that one's own ratings repeat, from cells rated twice. blind: per analyst.
    pairs: what alpha is made of. rounds: those held on the matrix.
    """

    sheets: Sheets
    spread: Spread
    pairs: Pairs
    alpha: Alpha
    icc: Icc | None
    kendall_w: float | None
    ranked: tuple[str, ...]
    view: GroupView
    talk: Sequence[TalkCell]
    left_out: tuple[AnalystLeftOut, ...]
    repeats: dict[str, Agreement]
    rounds: tuple[Round, ...]
    blind: dict[str, Blindness]

    @property
    def are_several(self) -> bool:
        """Return whether there is anything to compare."""
        return len(self.sheets.analysts) > 1


def compare_analysts(
    analysis: Analysis, matrix: Matrix, method: Method | None = None, before: Compared | None = None
) -> Compared:
    """Return the analysts of a matrix beside each other, by `method` (of `methods.SUMS`; None: the one it keeps).

    before: what was returned for an earlier state. What an edit left as it was is taken from it, and not read anew;
    the answer is the same.
    """
    sheets = sheets_of(analysis, matrix, before.sheets if before else None)
    spread = spread_of(sheets, before.spread if before else None)
    view = group_view(analysis, matrix, sheets, method or kept_method(matrix))
    ranked, ranks = _rankings(sheets, view)
    pairs = pairs_of(_steps(sheets), before.pairs if before else None)
    rounds = tuple(entry for entry in analysis.rounds.values() if entry.matrix == matrix.id)
    return Compared(
        sheets=sheets,
        spread=spread,
        pairs=pairs,
        alpha=alpha_of(pairs),
        icc=icc(pairs.steps.reshape(len(sheets.analysts), sheets.places.size)),
        kendall_w=kendall_w(ranks),
        ranked=ranked,
        view=view,
        talk=talk_cells(sheets, spread, view),
        left_out=_left_out(sheets, view),
        repeats=_repeats(analysis, matrix, sheets),
        rounds=rounds,
        blind=_blindness_of_all(sheets, rounds, before),
    )


def _steps(sheets: Sheets) -> np.ndarray:
    """Return the ratings between which agreement is reckoned as steps, NaN for all others."""
    return np.where(sheets.places, sheets.steps, np.nan)


def _left_out(sheets: Sheets, view: GroupView) -> tuple[AnalystLeftOut, ...]:
    codes = dict(zip(sheets.analysts, sheets.codes, strict=True))
    return leave_each_out(codes, view.inputs, view.method) if len(codes) > 2 else ()


def with_interval(found: Compared, *, draws: int = DRAWS, seed: int = SEED) -> Compared:
    """Return the same with the interval of alpha; takes longest, so it comes after."""
    return replace(found, alpha=alpha_of(found.pairs, draws=draws, seed=seed))


@dataclass(frozen=True, eq=False)
class Pair:
    """Two sheets beside each other, the second of which may be the median of all others (`GROUP`)."""

    sheets: Sheets
    spread: Spread
    alpha: Alpha
    talk: Sequence[TalkCell]


def pair_of(found: Compared, first: str, second: str) -> Pair:
    """Return two analysts (ids) beside each other, or with `GROUP` one against the others; raises ValueError."""
    sheets = beside(found.sheets, first, second)
    spread = spread_of(sheets)
    return Pair(sheets, spread, alpha_of(pairs_of(_steps(sheets))), talk_cells(sheets, spread, found.view))


def beside(sheets: Sheets, first: str, second: str) -> Sheets:
    """Return two sheets; `second` may be `GROUP`, the median of all others. Raises ValueError for one not there."""
    return against_group(sheets, first) if second == GROUP else sheets.only((first, second))


def _rankings(sheets: Sheets, view: GroupView) -> tuple[tuple[str, ...], np.ndarray]:
    """Return who ranks, and their ranks of the hypotheses that all of them rank."""
    ranking = [place for place, row in enumerate(view.ranks) if (row > 0).any()]
    ranks = view.ranks[ranking] if ranking else np.zeros((0, len(sheets.hypotheses)), np.int64)
    shared = ranks[:, (ranks > 0).all(axis=0)] if ranking else ranks
    return tuple(sheets.analysts[place] for place in ranking), shared.astype(np.float64)


def _repeats(analysis: Analysis, matrix: Matrix, sheets: Sheets) -> dict[str, Agreement]:
    found = {}
    for analyst in sheets.analysts:
        cells = [
            cell
            for retest in analysis.retests.values()
            if (retest.matrix, retest.analyst) == (matrix.id, analyst)
            for cell in retest.cells
        ]
        if cells:
            found[analyst] = agreement(cells, Scale(matrix.scale))
    return found


def _blindness_of_all(sheets: Sheets, rounds: tuple[Round, ...], before: Compared | None) -> dict[str, Blindness]:
    """Return it of each analyst; of before where neither the sheet nor the rounds have changed."""
    known = dict[str, tuple[RatingSheet, Blindness]]()
    if before is not None and before.rounds == rounds:
        known = {
            analyst: (sheet, before.blind[analyst])
            for analyst, sheet in zip(before.sheets.analysts, before.sheets.read, strict=True)
        }
    found = {}
    for analyst, sheet in zip(sheets.analysts, sheets.read, strict=True):
        read, blind = known.get(analyst, (None, None))
        found[analyst] = blind if blind is not None and read == sheet else _blindness(sheet, rounds)
    return found


def _blindness(sheet: RatingSheet, rounds: tuple[Round, ...]) -> Blindness:
    """Return how many ratings, by their own times, were made between the opening of a round and its revealing."""
    spans = [(entry.opened or "", entry.revealed or "9") for entry in rounds]
    times = [rating.time for row in sheet.values() for rating in row.values() if rating.value]
    blind = sum(1 for time in times if time and any(first <= time <= last for first, last in spans))
    return Blindness(bool(rounds), blind, len(times))
