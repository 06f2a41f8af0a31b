"""What each hypothesis leads one to expect: of which it can be asked, and what became of the answers."""

from __future__ import annotations

from ach_desk.model import Analysis, EvidenceItem, Expectation, ExpectationKind, Hypothesis, Indicator
from ach_desk.scoring.assessment import Assessment


def asked_for(assessment: Assessment) -> list[Hypothesis]:
    """Return the hypotheses of which can be asked what should be seen if they were true.

    Of "none of the above" nothing follows; combinations and headings are asked for through their parts.
    """
    over = assessment.headings
    return [
        entry
        for entry in assessment.hypotheses
        if entry.is_active and not entry.catch_all and not entry.is_combination and entry.id not in over
    ]


def made_record(analysis: Analysis, expectation: Expectation) -> EvidenceItem | Indicator | None:
    """Return the item or indicator that an expectation was made; None for an open one, and when that was deleted."""
    if expectation.made is ExpectationKind.INDICATOR:
        return analysis.indicators.get(expectation.record or "")
    return analysis.evidence.get(expectation.record or "") if expectation.made is not None else None


def is_open(analysis: Analysis, expectation: Expectation) -> bool:
    """Return whether nothing came of an expectation of a hypothesis that is there and active."""
    hypothesis = analysis.hypotheses.get(expectation.hypothesis)
    return hypothesis is not None and hypothesis.is_active and made_record(analysis, expectation) is None


def expectations_of(analysis: Analysis, hypothesis: str) -> list[Expectation]:
    """Return what was written down for a hypothesis (an id), in that order."""
    return [entry for entry in analysis.expectations.values() if entry.hypothesis == hypothesis]


def expectations_of_others(analysis: Analysis, assessment: Assessment) -> list[Expectation]:
    """Return what was written down for hypotheses that are not asked about any more: rejected, deleted, headings."""
    asked = {entry.id for entry in asked_for(assessment)}
    return [entry for entry in analysis.expectations.values() if entry.hypothesis not in asked]
