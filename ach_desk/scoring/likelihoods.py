"""Stated likelihoods: whether they can add up, and where they depart from the matrix. They never come from a score."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from ach_desk.i18n import _
from ach_desk.model import Hypothesis
from ach_desk.model.conclusions import by_hypothesis
from ach_desk.model.judgement import Conclusion
from ach_desk.model.likelihood_words import Range, Term, range_of, terms_in
from ach_desk.scoring.assessment import Assessment

ROUNDING = 0.5
"""Points by which each number may be off because it is a rounded one: three times 33 is meant to be all."""


@dataclass(frozen=True)
class Sums:
    """The sums of the lowest and of the highest ends of ranges, in per cent, and of how many ranges."""

    lowest: float
    highest: float
    count: int

    @property
    def too_low(self) -> bool:
        """Return whether the ranges cannot reach 100 % even at their highest."""
        return self.count > 0 and self.highest < 100 - ROUNDING * self.count

    @property
    def too_high(self) -> bool:
        """Return whether the ranges add up to more than 100 % even at their lowest."""
        return self.lowest > 100 + ROUNDING * self.count


def sums(ranges: Collection[Range]) -> Sums:
    """Return what ranges add up to, at their lowest and at their highest."""
    return Sums(sum(low for low, _high in ranges), sum(high for _low, high in ranges), len(ranges))


def midpoint(around: Range) -> float:
    """Return the middle of a range, in per cent."""
    return (around[0] + around[1]) / 2


def concluded(assessment: Assessment) -> list[Hypothesis]:
    """Return the hypotheses that a conclusion is about, as they are shown: rejected ones last, headings left out."""
    listed = [assessment.hypotheses[column] for column in assessment.rated_columns()]
    return sorted(listed, key=lambda entry: not entry.is_active)


def stated_ranges(conclusion: Conclusion, hypotheses: Sequence[Hypothesis]) -> dict[str, Range]:
    """Return the range of each of the hypotheses of which a number is known, by id."""
    said, terms = by_hypothesis(conclusion), terms_in(conclusion)
    found = {entry.id: range_of(said[entry.id], terms) for entry in hypotheses if entry.id in said}
    return {entry: around for entry, around in found.items() if around is not None}


def sum_sentence(conclusion: Conclusion, hypotheses: Sequence[Hypothesis]) -> str:
    """Return in words that the ranges of hypotheses that exclude each other cannot add up to 100 %; "" if they can.

    That they reach too little is said only once every active hypothesis has a number.
    """
    if not conclusion.exclusive:
        return ""
    ranges = stated_ranges(conclusion, hypotheses)
    total = sums(ranges.values())
    if total.too_high:
        text = _("Even at their lowest these add up to {total} %, but with only one of them true it is 100 % at most.")
        return text.format(total=_whole(total.lowest))
    if total.too_low and all(entry.id in ranges for entry in hypotheses if entry.is_active):
        text = _("Even at their highest these reach only {total} %: what is the rest?")
        return text.format(total=_whole(total.highest))
    return ""


def _whole(percent: float) -> str:
    return f"{percent:.10g}"


@dataclass(frozen=True)
class Departure:
    """Two hypotheses: the conclusion calls the first one more likely, the matrix has less against the second one."""

    likelier: Hypothesis
    less_contradicted: Hypothesis


def departures(conclusion: Conclusion, assessment: Assessment) -> list[Departure]:
    """Return where the stated ranking is another one than that of the matrix, in the order of the statement.

    Ties of either side depart from nothing, nor does what cannot be compared yet.
    """
    middle = {key: midpoint(around) for key, around in stated_ranges(conclusion, assessment.hypotheses).items()}
    rank = _ranks(assessment)
    stated = sorted(
        (entry for entry in concluded(assessment) if entry.id in middle), key=lambda entry: -middle[entry.id]
    )
    return [
        Departure(first, second)
        for first in stated
        for second in stated
        if middle[first.id] > middle[second.id] and 0 < rank.get(second.id, 0) < rank.get(first.id, 0)
    ]


def _ranks(assessment: Assessment) -> Mapping[str, int]:
    comparable, ranks = assessment.comparable, assessment.standing.rank
    return {entry.id: int(ranks[column]) for column, entry in enumerate(assessment.hypotheses) if comparable[column]}


def departure_sentence(found: Sequence[Departure]) -> str:
    """Return in words where the stated ranking departs from the matrix; "" where it does not."""
    if not found:
        return ""
    first = found[0]
    text = _("{likelier} is called more likely than {other}, which has less against it in the matrix.")
    return text.format(likelier=first.likelier.label, other=first.less_contradicted.label)


def fits(around: Range, term: Term) -> bool:
    """Return whether numbers lie within what a word stands for."""
    return term.low <= around[0] and around[1] <= term.high
