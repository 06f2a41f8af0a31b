"""The steps of the method and what is open in each, in plain words. No widgets: the rail shows what this returns."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ach_desk.i18n import _, ngettext
from ach_desk.model import Analysis
from ach_desk.scoring import Finding, PointAside
from ach_desk.scoring.conclusion_findings import CONCLUSION_STANDING_CODES

QUESTION, HYPOTHESES, EVIDENCE, RATE, REFINE, COMPARE, WHAT_IF, CONCLUDE, WATCH = range(9)

_STEP_OF_CODE = {
    "no_question": QUESTION,
    "no_as_of": QUESTION,
    "few_hypotheses": HYPOTHESES,
    "overlap": HYPOTHESES,
    "duplicate": HYPOTHESES,
    "check_no": HYPOTHESES,
    "check_open": HYPOTHESES,
    "no_catch_all": HYPOTHESES,
    "no_evidence": EVIDENCE,
    "no_source": EVIDENCE,
    "no_expectation": EVIDENCE,
    "expectation_open": EVIDENCE,
    "marking_lower": EVIDENCE,
    "marking_apart": EVIDENCE,
    "unsorted": EVIDENCE,
    "unrated": RATE,
    "few_ratings": RATE,
    "no_ratings": RATE,
    "earlier_wording": RATE,
    "suggested": RATE,
    "off_scale": RATE,
    "not_diagnostic": REFINE,
    "credibility_not_set": REFINE,
    "relevance_not_set": REFINE,
    "may_depend": REFINE,
    "groups_change": WHAT_IF,
    "retracted_counts": REFINE,
    "credibility_stale": REFINE,
    "grades_clash": REFINE,
    "grades_diagonal": REFINE,
    "tie": COMPARE,
    "combination_ahead": COMPARE,
    "challenge": WHAT_IF,
    "open_remark": WHAT_IF,
    "both_readings": REFINE,
    "lone_reading": REFINE,
    "suspect": REFINE,
    "resting_ring": REFINE,
    "reading_unrated": RATE,
    "reading_decides": WHAT_IF,
    "weak_source_decides": WHAT_IF,
    "deception_hypothesis": HYPOTHESES,
    "no_what_if": WHAT_IF,
    "no_indicator": WATCH,
}
_STEP_OF_START = {
    "unsorted": EVIDENCE,
    "source": EVIDENCE,
    "expectation": EVIDENCE,
    "group": REFINE,
    "assumption": WHAT_IF,
    "deception": WHAT_IF,
    "conclusion": CONCLUDE,
    "indicator": WATCH,
    "outcome": WATCH,
}
"""What a code that is not listed above begins with, up to the first underscore -> its step."""

STANDING_CODES = CONCLUSION_STANDING_CODES | {
    *("tie", "combination_ahead", "few_ratings", "no_ratings", "groups_change", "reading_decides"),
    "weak_source_decides",
}
"""Findings that give the standing away while scores are hidden."""


@dataclass
class Step:
    """One step: its name, what to do in it, Heuer's number (0: ours), and the points that are open.

    offer: what the program offers to do in the step, as the text of a button; "" for nothing.
    aside: what was set aside with a reason and has not changed since.
    links: places of the step that are no open points: their texts say what is there.
    """

    name: str
    purpose: str
    heuer: int
    offer: str = ""
    points: list[Finding] = field(default_factory=list)
    aside: list[PointAside] = field(default_factory=list)
    links: tuple[Finding, ...] = ()

    @property
    def is_open(self) -> bool:
        """Return whether the program sees something open in the step."""
        return bool(self.points)


def steps(
    analysis: Analysis, findings: Iterable[Finding], aside: Iterable[PointAside] = (), *, scores_shown: bool
) -> list[Step]:
    """Return the nine steps in order with the points of each; the standing is left out while it is hidden."""
    result = _blank_steps(analysis)
    for finding in findings:
        if scores_shown or finding.code not in STANDING_CODES:
            result[step_of(finding.code)].points.append(finding)
    for point in aside:
        if scores_shown or point.finding.code not in STANDING_CODES:
            result[step_of(point.finding.code)].aside.append(point)
    return result


def step_of(code: str) -> int:
    """Return the step to which a finding of that code belongs."""
    start = code.partition("_")[0]
    return _STEP_OF_CODE.get(code, _STEP_OF_START.get(start, COMPARE))


def next_open(listed: list[Step]) -> int:
    """Return the position of the first step with an open point; -1 when the program sees none."""
    return next((number for number, step in enumerate(listed) if step.is_open), -1)


def _blank_steps(analysis: Analysis) -> list[Step]:
    return [
        Step(_("Question"), _("Write one question that the hypotheses answer."), 0),
        Step(
            _("Hypotheses"),
            _("List every explanation worth testing, also the unlikely ones."),
            1,
            links=(Finding("hypothesis_check", _("Check whether they make a fair test together")),),
        ),
        Step(
            _("Evidence"),
            _("List evidence, assumptions, and what is absent though it would be expected."),
            2,
            links=(Finding("expectations", _("Ask what should be seen if each were true")),),
        ),
        Step(_("Rate"), _("Take one item at a time and rate it under each hypothesis."), 3),
        Step(_("Refine"), _("Look at what separates the hypotheses; reword, add, set aside."), 4),
        Step(_("Compare"), _("See which hypothesis has the least against it. Try to disprove, not to prove."), 5),
        Step(
            _("What if wrong?"),
            _("Ask what the standing rests on, and what if that were wrong, misread or meant to deceive."),
            6,
            links=(
                Finding("robustness", _("See how little would overturn the order")),
                Finding("what_ifs", _("Leave out what carries most, and look whether the order stays")),
            ),
        ),
        Step(
            _("Conclude"),
            _("Report how likely each hypothesis is, not only the first, and why others were rejected."),
            7,
            links=(Finding("conclusion", _("The conclusion, in your own words")),),
        ),
        Step(
            _("Watch"),
            _("Name what would show that events take another course."),
            8,
            links=_watch_links(analysis),
        ),
    ]


def _watch_links(analysis: Analysis) -> tuple[Finding, ...]:
    """Return the way to the indicators and, once something was concluded, to what came of it."""
    watched = Finding("indicators", _watched(analysis))
    if not analysis.conclusions and not analysis.outcomes:
        return (watched,)
    return watched, Finding("outcome", _("Hold what turned out against the conclusion"))


def _watched(analysis: Analysis) -> str:
    count = len(analysis.indicators)
    if not count:
        return _("Write down what to watch for, and by when")
    return ngettext("{count} indicator to watch", "{count} indicators to watch", count).format(count=count)
