"""How far the ratings of each cell lie apart, split into level (one rates harsher throughout) and pattern (the rest).

The level of an analyst is fitted by least squares: rating = cell + analyst + rest, over the cells that two or more have
rated. The squares of what lies within the cells are then the sum of those of the levels and those of the rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from ach_desk.scoring.raters import Sheets

if TYPE_CHECKING:
    from numpy.typing import NDArray

_ALIKE = 1e-9


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

    number, not_applicable: int: how many rated it on the scale, and how many said N/A.
    spread: mean distance of any two ratings. level: what of it the levels of its raters alone would make; pattern: what
    is left once each one's level is taken out. The two need not add up in a single cell; over all they do, as squares.
    levels: per analyst, how much harsher (towards II) than the others; NaN without a cell in common with anybody.
    level_share: share of the squares that is level, 0 to 1; None where nobody differs.
    """

    number: NDArray[np.int64]
    not_applicable: NDArray[np.int64]
    spread: NDArray[np.float64]
    level: NDArray[np.float64]
    pattern: NDArray[np.float64]
    levels: NDArray[np.float64]
    level_share: float | None

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


def spread_of(sheets: Sheets) -> Spread:
    """Return how far the sheets lie apart; the levels are fitted over `sheets.places`."""
    steps = sheets.steps
    levels, share = _levels(np.where(sheets.places, steps, np.nan))
    fitted = np.where(np.isnan(steps), np.nan, np.nan_to_num(levels)[:, None, None])
    return Spread(
        number=(~np.isnan(steps)).sum(axis=0),
        not_applicable=sheets.not_applicable.sum(axis=0),
        spread=mean_gap(steps),
        level=mean_gap(fitted),
        pattern=mean_gap(steps - fitted),
        levels=levels,
        level_share=share,
    )


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
