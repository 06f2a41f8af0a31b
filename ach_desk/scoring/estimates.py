"""Probabilities asked one by one: the questions in random order, and what the answers say about each other.

Asked about one hypothesis at a time and about its opposite apart, people state numbers that need not add up. How far
they do not is worth knowing (Mandel, Karvetski & Dhami 2018), so nothing is corrected here: the sums are shown, and
what follows from them is the analyst's decision.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ach_desk.i18n import _
from ach_desk.model import Analysis, Estimate, Hypothesis

_CLOSE = 0.005
"""Sums that differ from 1 by less are taken for 1: percentages are whole numbers, mostly."""


@dataclass(frozen=True)
class Question:
    """How probable a hypothesis (an id) is; complement: that it is false."""

    hypothesis: str
    complement: bool


def questions(hypotheses: Sequence[Hypothesis], seed: str) -> list[Question]:
    """Return both questions for each active hypothesis, shuffled by `seed`; the same seed gives the same order.

    The two questions on one hypothesis do not follow each other where there is another one to put in between.
    """
    active = [entry.id for entry in hypotheses if entry.is_active]
    listed = [Question(entry, complement) for entry in active for complement in (False, True)]
    dice = random.Random(seed)
    dice.shuffle(listed)
    if len(active) > 2:
        while any(one.hypothesis == two.hypothesis for one, two in pairwise(listed)):
            dice.shuffle(listed)
    return listed


def estimates_of(analysis: Analysis, matrix: str, analyst: str, round_id: str | None) -> list[Estimate]:
    """Return what one analyst stated on a matrix in a round (ids; None: in no round), once for each hypothesis.

    Of two that were stated on copies of the file, which merging keeps both, the later one counts.
    """
    every = sorted(every_estimate_of(analysis, matrix, analyst, round_id), key=lambda entry: entry.time or "")
    last = {entry.hypothesis: entry.id for entry in every}
    return [entry for entry in analysis.estimates.values() if last.get(entry.hypothesis) == entry.id]


def every_estimate_of(analysis: Analysis, matrix: str, analyst: str, round_id: str | None) -> list[Estimate]:
    """Return all that one analyst stated on a matrix in a round, also twice on the same hypothesis."""
    return [
        entry
        for entry in analysis.estimates.values()
        if (entry.matrix, entry.analyst, entry.round) == (matrix, analyst, round_id)
    ]


def total(found: Iterable[Estimate]) -> float | None:
    """Return the sum of the probabilities; None where one is missing."""
    stated = [entry.probability for entry in found]
    known = [value for value in stated if value is not None]
    return sum(known) if known and len(known) == len(stated) else None


def coherence_words(analysis: Analysis, found: Sequence[Estimate], *, may_be_several: bool) -> list[str]:
    """Return how the stated probabilities stand to each other, in sentences.

    may_be_several: several hypotheses can be true at once, so that their probabilities need not add up to 100 %.
    """
    said = []
    whole = total(found)
    if whole is None:
        said.append(_("Not every hypothesis has a probability, so there is no sum."))
    elif may_be_several:
        text = _("Yours add up to {sum}. Several can be true at once here, so they need not add up to 100 %.")
        said.append(text.format(sum=percent(whole)))
    elif abs(whole - 1) < _CLOSE:
        said.append(_("Yours add up to 100 %, as they have to when exactly one hypothesis is true."))
    else:
        text = _("Yours add up to {sum}. If exactly one of these hypotheses is true, they should add up to 100 %.")
        said.append(text.format(sum=percent(whole)))
    return said + [text for entry in found if (text := _pair_words(analysis, entry))]


def percent(value: float) -> str:
    """Return a probability, or a sum of them, as the analyst typed it: "12.5 %"."""
    return f"{round(100 * value, 1):g} %"


def _pair_words(analysis: Analysis, entry: Estimate) -> str:
    known = analysis.hypotheses.get(entry.hypothesis)
    if known is None or entry.probability is None or entry.complement is None:
        return ""
    both = entry.probability + entry.complement
    if abs(both - 1) < _CLOSE:
        return ""
    text = _("{label}: {true} that it is true and {false} that it is false make {sum}, not 100 %.")
    return text.format(
        label=known.label, true=percent(entry.probability), false=percent(entry.complement), sum=percent(both)
    )
