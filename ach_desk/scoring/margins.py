"""How the lead over each challenger shrinks as the items that hold it up most are left out one by one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ach_desk.scoring.additive import Additive
from ach_desk.scoring.inconsistency import TIE_TOLERANCE


@dataclass(frozen=True)
class Course:
    """What becomes of the lead over one challenger (a column).

    rows: the items in the order in which they are left out. margins: the lead as rated and after each of them, so one
    more than `rows`; negative once the challenger is in front. passes: it gets in front.
    """

    challenger: int
    rows: tuple[int, ...]
    margins: tuple[float, ...]

    @property
    def passes(self) -> bool:
        """Return whether the challenger gets in front."""
        return self.margins[-1] < -TIE_TOLERANCE

    @property
    def ties(self) -> bool:
        """Return whether the challenger draws level at the end, and no more."""
        return abs(self.margins[-1]) <= TIE_TOLERANCE


def courses(method: Additive) -> tuple[Course, ...]:
    """Return the course of each challenger, in matrix order.

    Left out is at each step the item that takes most off the lead; with one leader no smaller set of items does as much
    (exchange argument, `removals`). With several, the lead is that of the one that is furthest ahead, and the order is
    greedy only. It ends when the challenger is in front, or when no item takes anything off any more.
    """
    return tuple(_course(method, challenger) for challenger in method.challengers)


def _course(method: Additive, challenger: int) -> Course:
    ahead = method.deficits(challenger)
    leads = np.array([ahead[leader] for leader in ahead])
    rows = np.flatnonzero(method.used)
    gains = method.values[rows][:, list(ahead)] - method.values[rows][:, [challenger]]
    margins, chosen = [float(leads.max())], list[int]()
    left = np.ones(len(rows), np.bool_)
    while margins[-1] >= -TIE_TOLERANCE and left.any():
        after = np.where(left, (leads - gains).max(axis=1), np.inf)
        best = int(after.argmin())
        if after[best] >= margins[-1] - TIE_TOLERANCE:
            break
        leads, left[best] = leads - gains[best], False
        margins.append(float(after[best]))
        chosen.append(int(rows[best]))
    return Course(challenger, tuple(chosen), tuple(margins))
