"""Which way of adding up new analyses go by: a rule on the figures that were kept, so that nobody's taste decides.

The rule, which docs/manual/methods.md states in words:

1. In question are the ways that rank, from the simplest to the least simple; net consistency is a contrast only.
2. One whose Brier score, averaged over the kinds of cases, is worse than that of a simpler one is out.
3. The best of the others ranks the truth first most often, averaged over the kinds of cases, one analyst each.
4. What differs from the best by no more than the error of the simulation is as good; of these the simplest is taken.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import fmean

from ach_desk.model.method_settings import Method
from benchmarks.decision_quality.run import Figures

BY_SIMPLICITY = (Method.INCONSISTENCY, Method.WEIGHTED, Method.BAYES, Method.BAYES_SOURCES)
"""Each needs what the one before it needs, and more: levels of items, then a table of likelihoods, then of sources."""
_SURE = 1.96


def chosen(found: Sequence[Figures], analysts: int = 1) -> Method:
    """Return the way of adding up that the rule picks from the figures of so many analysts."""
    held = [method for method in BY_SIMPLICITY if not _brier_is_against(found, method, analysts)]
    best = max(held, key=lambda method: first(found, method, analysts))
    return next(method for method in held if _as_good(found, method, best, analysts))


def first(found: Sequence[Figures], method: Method, analysts: int = 1) -> float:
    """Return how often a method ranked the truth first, averaged over the kinds of cases."""
    return fmean(entry.first for entry in _of(found, method, analysts))


def brier(found: Sequence[Figures], method: Method, analysts: int = 1) -> float:
    """Return the Brier score of a method on a fitted scale, averaged over the kinds of cases."""
    return fmean(entry.brier for entry in _of(found, method, analysts))


def error(found: Sequence[Figures], method: Method, other: Method, analysts: int = 1) -> float:
    """Return how far two averages of `first` may be apart by chance (95 %), erring on the large side.

    Taken as if all kinds of cases were one run, as they are made from the same seeds, and as if the two methods had
    judged different cases: both make it larger than it is.
    """
    pairs = zip(_of(found, method, analysts), _of(found, other, analysts), strict=True)
    return _SURE * fmean(
        math.sqrt(one.first * (1 - one.first) / one.cases + two.first * (1 - two.first) / two.cases)
        for one, two in pairs
    )


def _as_good(found: Sequence[Figures], method: Method, best: Method, analysts: int) -> bool:
    lead = first(found, best, analysts) - first(found, method, analysts)
    return method is best or lead <= error(found, method, best, analysts)


def _brier_is_against(found: Sequence[Figures], method: Method, analysts: int) -> bool:
    simpler = BY_SIMPLICITY[: BY_SIMPLICITY.index(method)]
    return any(brier(found, method, analysts) > brier(found, other, analysts) for other in simpler)


def _of(found: Sequence[Figures], method: Method, analysts: int) -> list[Figures]:
    return [entry for entry in found if entry.method == method and entry.analysts == analysts]
