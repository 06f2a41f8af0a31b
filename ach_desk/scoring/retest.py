"""How far a judgement repeats: cells that one analyst rated twice. Never a score of a person."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import NamedTuple

from ach_desk.i18n import _, ngettext
from ach_desk.model import RatingValue, RetestCell
from ach_desk.model.values import SCALE_STEPS, Scale, step_of

FEWEST_TOLD = 20
"""Below this many cells rated twice the sentence says no more than that they are too few."""


class Agreement(NamedTuple):
    """How many cells were rated the same, one step apart, two or more apart, and N/A one time but not the other."""

    same: int
    one_step: int
    more: int
    once_not_applicable: int

    @property
    def cells(self) -> int:
        """Return how many cells were rated twice."""
        return sum(self)


def steps_apart(scale: Scale, first: RatingValue, second: RatingValue) -> int | None:
    """Return how many steps of the scale lie between two ratings; None between N/A and another value.

    A value that is no step of the scale, rated before another scale was chosen, counts on the seven-step scale, of
    which two steps are one.
    """
    if first is second:
        return 0
    if not (first.is_on_scale and second.is_on_scale):
        return None
    steps = SCALE_STEPS[scale]
    if first in steps and second in steps:
        return abs(steps.index(first) - steps.index(second))
    return math.ceil(abs(step_of(first) - step_of(second)) / 2)


def agreement(cells: Iterable[RetestCell], scale: Scale) -> Agreement:
    """Return how the second ratings compare with the first."""
    apart = [steps_apart(scale, cell.first, cell.second) for cell in cells]
    more = sum(1 for steps in apart if steps is not None and steps > 1)
    return Agreement(apart.count(0), apart.count(1), more, apart.count(None))


def agreement_sentence(found: Agreement) -> str:
    """Return "same 17, one step apart 3, two or more apart 0"; below `FEWEST_TOLD` cells that they are too few."""
    if found.cells < FEWEST_TOLD:
        text = ngettext(
            "{count} cell was rated twice: too few to say how far your ratings repeat.",
            "{count} cells were rated twice: too few to say how far your ratings repeat.",
            found.cells,
        )
        return text.format(count=found.cells)
    text = _("Same {same}, one step apart {one}, two or more apart {more}").format(
        same=found.same, one=found.one_step, more=found.more
    )
    if found.once_not_applicable:
        text += _(", N/A only once {count}").format(count=found.once_not_applicable)
    return text
