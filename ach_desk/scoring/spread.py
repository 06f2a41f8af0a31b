"""How far the ratings of each cell lie apart, split into level (one rates harsher throughout) and pattern (the rest).

The level of an analyst is fitted by least squares: rating = cell + analyst + rest, over the cells that two or more have
rated. The squares of what lies within the cells are then the sum of those of the levels and those of the rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from ach_desk.scoring.raters import STEP_OF_CODE, Sheets
from ach_desk.scoring.table import NOT_APPLICABLE

if TYPE_CHECKING:
    from numpy.typing import NDArray

_ALIKE = 1e-9
_Number = TypeVar("_Number", np.int64, np.float64)


class CellState(StrEnum):
    """What several sheets say of a cell. Unrated and single-rated ones are no consensus, nor can they be one."""

    UNRATED = "unrated"
    SINGLE = "rated by one"
    ALIKE = "rated alike"
    APART = "rated differently"
    DISPUTED = "one says that it does not apply"


_STATES = tuple(CellState)


@dataclass(frozen=True, eq=False)
class Spread:
    """Per cell (items x hypotheses), in steps of the five-step scale; NaN with fewer than two ratings on it.

    sheets: of which this is said. number, not_applicable: int: how many rated it on the scale, and how many said N/A.
    spread: mean distance of any two ratings.
    levels: per analyst, how much harsher (towards II) than the others; NaN without a cell in common with anybody.
    level_share: share of the squares that is level, 0 to 1; None where nobody differs.
    """

    sheets: Sheets
    number: NDArray[np.int64]
    not_applicable: NDArray[np.int64]
    spread: NDArray[np.float64]
    levels: NDArray[np.float64]
    level_share: float | None

    @cached_property
    def level(self) -> NDArray[np.float64]:
        """Return what of the spread of each cell the levels of its raters alone would make.

        This and the `pattern` need not add up to it in a single cell; over all they do, as squares.
        """
        return mean_gap(self._fitted)

    @cached_property
    def pattern(self) -> NDArray[np.float64]:
        """Return what is left of the spread of each cell once each one's level is taken out."""
        return mean_gap(self.sheets.steps - self._fitted)

    @property
    def _fitted(self) -> NDArray[np.float64]:
        return np.where(np.isnan(self.sheets.steps), np.nan, np.nan_to_num(self.levels)[:, None, None])

    def state(self, row: int, column: int) -> CellState:
        """Return what the sheets say of a cell."""
        return _STATES[self.states[row, column]]

    @cached_property
    def states(self) -> NDArray[np.int64]:
        """Return the state of every cell as its place in `CellState`."""
        number, without = self.number, self.not_applicable
        several = number + without > 1
        return np.select(
            [number + without == 0, ~several, (number > 0) & (without > 0), (number > 1) & (self.spread > _ALIKE)],
            [_place(CellState.UNRATED), _place(CellState.SINGLE), _place(CellState.DISPUTED), _place(CellState.APART)],
            _place(CellState.ALIKE),
        )

    def count(self, state: CellState, places: NDArray[np.bool_]) -> int:
        """Return how many of the `places` are in a state."""
        return int(np.count_nonzero((self.states == _place(state)) & places))


def _place(state: CellState) -> int:
    return _STATES.index(state)


def spread_of(sheets: Sheets, before: Spread | None = None) -> Spread:
    """Return how far the sheets lie apart; the levels are fitted over `sheets.places`.

    before: of an earlier state, from which the rows that are still the same are taken.
    """
    levels, share = _levels(np.where(sheets.places, sheets.steps, np.nan))
    rows = sheets.other_rows(before.sheets) if before is not None else None
    if before is None or rows is None:
        return Spread(sheets, *_cells(sheets.codes), levels, share)
    number, without, spread = _cells(sheets.codes[:, rows])
    return Spread(
        sheets,
        _renewed(before.number, rows, number),
        _renewed(before.not_applicable, rows, without),
        _renewed(before.spread, rows, spread),
        levels,
        share,
    )


def _renewed(before: NDArray[_Number], rows: NDArray[np.intp], of_rows: NDArray[_Number]) -> NDArray[_Number]:
    found = before.copy(order="K")
    found[rows] = of_rows
    return found


def _cells(codes: NDArray[np.int8]) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Return of each cell how many rated it on the scale, how many said N/A, and the mean distance of the ratings."""
    steps = STEP_OF_CODE[codes]
    return (~np.isnan(steps)).sum(axis=0), (codes == NOT_APPLICABLE).sum(axis=0), mean_gap(steps)


def mean_gap(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the mean distance of any two values along the first axis; NaN where fewer than two are there."""
    number = (~np.isnan(values)).sum(axis=0)
    ordered = np.nan_to_num(np.sort(values, axis=0))  # NaN is sorted to the end
    places = np.arange(len(values)).reshape(-1, *([1] * (values.ndim - 1)))
    signs = np.where(places < number, 2 * places + 1 - number, 0)
    pairs = number * (number - 1) / 2
    return np.where(pairs > 0, (signs * ordered).sum(axis=0) / np.maximum(pairs, 1), np.nan)


def _levels(steps: NDArray[np.float64]) -> tuple[NDArray[np.float64], float | None]:
    """Return the level of each analyst, and the share of the squares within cells that the levels make."""
    flat = steps.reshape(len(steps), steps.shape[1] * steps.shape[2])
    known = ~np.isnan(flat)
    flat, known = flat[:, known.sum(axis=0) > 1], known[:, known.sum(axis=0) > 1]
    if not flat.shape[1]:
        return np.full(len(steps), np.nan), None
    number = known.sum(axis=0)
    from_mean = np.where(known, flat - np.nansum(flat, axis=0) / number, 0.0)
    ties = np.diag(known.sum(axis=1)) - (known / number) @ known.T
    levels = np.linalg.pinv(ties.astype(np.float64), hermitian=True) @ from_mean.sum(axis=1)
    whole = float((from_mean**2).sum())
    of_levels = float(levels @ ties @ levels)
    share = min(max(of_levels / whole, 0.0), 1.0) if whole > _ALIKE else None
    return np.where(known.any(axis=1), np.where(np.abs(levels) < _ALIKE, 0.0, levels), np.nan), share
