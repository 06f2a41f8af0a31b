"""What the order becomes when one item, or everything that hangs on one source or assumption, is left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ach_desk.scoring.additive import Additive, first_of
from ach_desk.scoring.inconsistency import TIE_TOLERANCE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray


@dataclass(frozen=True)
class LeftOut:
    """What is left out (a row, or a name), and who leads then (columns)."""

    row: int
    leaders: tuple[int, ...]


def leave_one_out(method: Additive) -> list[LeftOut]:
    """Return the used items without which the set of leaders is another one, in matrix order."""
    scores, present = method.scores, method.leaders
    rows = np.flatnonzero(method.used)
    without = scores - method.values[rows]
    ranked = method.active & (method.rated - method.evidence[rows] > 0)
    first = _first(without, ranked)
    now = np.zeros(len(scores), np.bool_)
    now[list(present)] = True
    changed = (first != now).any(axis=1)
    return [
        LeftOut(int(row), tuple(int(column) for column in np.flatnonzero(first[place])))
        for place, row in enumerate(rows)
        if changed[place]
    ]


def leave_each_out(method: Additive, bundles: Mapping[str, Sequence[int]]) -> dict[str, tuple[int, ...]]:
    """Return name -> leaders (columns) without the rows of that bundle, for the bundles that change the leaders."""
    then = {name: first_of(method.rank_without(rows)) for name, rows in bundles.items()}
    return {name: leaders for name, leaders in then.items() if leaders != method.leaders}


def _first(scores: NDArray[np.float64], ranked: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return who is ranked first in each row of scores (trials x hypotheses)."""
    held = np.where(ranked, scores, -np.inf)
    best = held.max(axis=1, keepdims=True, initial=-np.inf)  # of no hypotheses none is first
    return ranked & (held >= best - TIE_TOLERANCE)
