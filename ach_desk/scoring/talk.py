"""The cells where talking would pay: how far the analysts are apart, times what that does to the order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, overload

import numpy as np

from ach_desk.scoring.group import GroupView, with_codes
from ach_desk.scoring.inconsistency import TIE_TOLERANCE
from ach_desk.scoring.raters import Sheets
from ach_desk.scoring.spread import CellState, Spread
from ach_desk.scoring.table import UNRATED, VALUES

if TYPE_CHECKING:
    from numpy.typing import NDArray

_DISPUTED_STEPS = 1.0
"""What it counts when one says N/A and a single other one rates: a step, as no distance is defined."""


@dataclass(frozen=True)
class TalkCell:
    """A cell on which the analysts differ.

    disagreement: in steps. influence: how far its ratings, taken one for the other, move its hypothesis, over 1 + what
    separates that from the lead. worth: the product. changes: one of the ratings, taken by the group, would change who
    is in front.
    """

    row: int
    column: int
    disagreement: float
    influence: float
    changes: bool

    @property
    def worth(self) -> float:
        """Return disagreement times influence."""
        return self.disagreement * self.influence


class TalkCells(Sequence[TalkCell]):
    """Cells on which the analysts differ, each made when it is asked for: there may be very many.

    places: int, cells x 2: row and column. facts: the other fields of `TalkCell`, each as an array of the cells.
    """

    def __init__(self, places: NDArray[np.intp], *facts: NDArray[np.generic]) -> None:
        self._fields = (places[:, 0], places[:, 1], *facts)

    def __len__(self) -> int:
        return len(self._fields[0])

    @overload
    def __getitem__(self, at: int) -> TalkCell: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[TalkCell]: ...
    def __getitem__(self, at: int | slice) -> TalkCell | Sequence[TalkCell]:
        if isinstance(at, slice):
            return tuple(map(TalkCell, *(values[at].tolist() for values in self._fields)))
        return TalkCell(*(values[at].item() for values in self._fields))

    def __iter__(self) -> Iterator[TalkCell]:
        return iter(self[:])


def talk_cells(sheets: Sheets, spread: Spread, view: GroupView) -> Sequence[TalkCell]:
    """Return every cell on which they differ, most worth talking about first; those that would change the lead before.

    Cells that nobody or one alone has rated are not among them: there is nothing to differ about yet.
    """
    states = tuple(CellState).index(CellState.APART), tuple(CellState).index(CellState.DISPUTED)
    differ = np.isin(spread.states, states) & sheets.places
    if not differ.any():
        return ()
    low, high = _ends(sheets, view)
    apart = np.where(np.isnan(spread.spread), _DISPUTED_STEPS, spread.spread)
    influence = (high - low) / (1 + _gaps(view))[None, :]
    changes = _changes(view, low) | _changes(view, high)
    places = np.argwhere(differ)
    facts = apart[differ], influence[differ], changes[differ]
    order = np.lexsort((-facts[0], -facts[0] * facts[1], ~facts[2]))
    return TalkCells(places[order], *(values[order] for values in facts))


def _ends(sheets: Sheets, view: GroupView) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return per cell the least and the most that a rating of it, taken for the group's, would add to the score."""
    low, high = np.full(sheets.places.shape, np.inf), np.full(sheets.places.shape, -np.inf)
    for code in range(UNRATED + 1, len(VALUES)):
        given = (sheets.codes == code).any(axis=0)
        if given.any():
            everywhere = np.full(sheets.places.shape, code, np.int8)
            adds = with_codes(view.inputs, everywhere).additive(view.method).values
            low, high = np.where(given, np.minimum(low, adds), low), np.where(given, np.maximum(high, adds), high)
    found = view.additive
    known = np.isfinite(low) & found.used[:, None]
    least, most = (np.where(known, end, found.values) - found.values for end in (low, high))
    return least, most


def _gaps(view: GroupView) -> NDArray[np.float64]:
    """Return what separates each hypothesis from the lead; for a sole leader, from the one behind it."""
    return np.abs(view.additive.scores - _best_other(view))


def _best_other(view: GroupView) -> NDArray[np.float64]:
    """Return per hypothesis the best score among the other ranked ones; its own where there is no other."""
    found = view.additive
    scores = np.where(found.ranked, found.scores, -np.inf)
    best = np.array([np.delete(scores, column).max(initial=-np.inf) for column in range(len(scores))])
    return np.where(np.isfinite(best), best, found.scores)


def _changes(view: GroupView, moved: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return per cell whether its hypothesis, moved by so much, would change to being in front, tied or behind."""
    ahead = view.additive.scores - _best_other(view)
    return (_side(ahead + moved) != _side(ahead)) & view.additive.ranked


def _side(ahead: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.where(np.abs(ahead) <= TIE_TOLERANCE, 0.0, np.sign(ahead))
