"""The steps of the method and what is open in each, in plain words. No widgets: the rail shows what this returns."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ach_desk.i18n import _
from ach_desk.model import Analysis
from ach_desk.scoring import Finding
from ach_desk.scoring.conclusion_findings import CONCLUSION_CODES, CONCLUSION_STANDING_CODES

QUESTION, HYPOTHESES, EVIDENCE, RATE, REFINE, COMPARE, WHAT_IF, CONCLUDE, WATCH = range(9)

_STEP_OF_CODE = {
    "no_question": QUESTION,
    "few_hypotheses": HYPOTHESES,
    "overlap": HYPOTHESES,
    "duplicate": HYPOTHESES,
    "check_no": HYPOTHESES,
    "no_evidence": EVIDENCE,
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
    "tie": COMPARE,
    "combination_ahead": COMPARE,
    "challenge": WHAT_IF,
    "both_readings": REFINE,
    "lone_reading": REFINE,
    "suspect": REFINE,
    "resting_ring": REFINE,
    "reading_unrated": RATE,
    "reading_decides": WHAT_IF,
    "deception_hypothesis": HYPOTHESES,
    **dict.fromkeys(CONCLUSION_CODES, CONCLUDE),
}
STANDING_CODES = CONCLUSION_STANDING_CODES | {
    *("tie", "combination_ahead", "few_ratings", "no_ratings", "groups_change", "reading_decides")
}
"""Findings that give the standing away while scores are hidden."""


@dataclass
class Step:
    """One step: its name, what to do in it, Heuer's number (0: ours), and the points that are open.

    by_hand: what to do for a step that the program does not lead through; "" for the others.
    offer: what the program offers to do in the step, as the text of a button; "" for nothing.
    link: a place of the step that is no open point: its text says what is there.
    """

    name: str
    purpose: str
    heuer: int
    by_hand: str = ""
    offer: str = ""
    points: list[Finding] = field(default_factory=list)
    link: Finding | None = None

    @property
    def is_open(self) -> bool:
        """Return whether the program sees something open in the step."""
        return bool(self.points)


def steps(analysis: Analysis, findings: Iterable[Finding], *, scores_shown: bool) -> list[Step]:
    """Return the nine steps in order with the open points of each; the standing is left out while it is hidden."""
    result = _blank_steps()
    for finding in (*_beginnings(analysis), *findings):
        if scores_shown or finding.code not in STANDING_CODES:
            result[_STEP_OF_CODE.get(finding.code, COMPARE)].points.append(finding)
    return result


def next_open(listed: list[Step]) -> int:
    """Return the position of the first step with an open point; -1 when the program sees none."""
    return next((number for number, step in enumerate(listed) if step.is_open), -1)


def _beginnings(analysis: Analysis) -> Iterable[Finding]:
    """Yield what is missing before there is anything to rate."""
    if not analysis.question.strip():
        yield Finding("no_question", _("The question is not written yet."))
    active = [hypothesis for hypothesis in analysis.hypotheses.values() if hypothesis.is_active]
    if len(active) < 2:
        text = _("Comparing needs at least two hypotheses.")
        yield Finding("few_hypotheses", text, hypotheses=tuple(hypothesis.id for hypothesis in active))
    if not analysis.evidence:
        yield Finding("no_evidence", _("There is no evidence item yet."))


def _blank_steps() -> list[Step]:
    return [
        Step(_("Question"), _("Write one question that the hypotheses answer."), 0),
        Step(
            _("Hypotheses"),
            _("List every explanation worth testing, also the unlikely ones."),
            1,
            link=Finding("hypothesis_check", _("Check whether they make a fair test together")),
        ),
        Step(_("Evidence"), _("List evidence, assumptions, and what is absent though it would be expected."), 2),
        Step(_("Rate"), _("Take one item at a time and rate it under each hypothesis."), 3),
        Step(_("Refine"), _("Look at what separates the hypotheses; reword, add, set aside."), 4),
        Step(_("Compare"), _("See which hypothesis has the least against it. Try to disprove, not to prove."), 5),
        Step(
            _("What if wrong?"),
            _("Ask what the standing rests on, and what if that were wrong, misread or meant to deceive."),
            6,
            _("What-ifs (Ctrl+4): leave out what carries most, one item at a time, and look whether the order stays."),
        ),
        Step(
            _("Conclude"),
            _("Report how likely each hypothesis is, not only the first, and why others were rejected."),
            7,
            link=Finding("conclusion", _("The conclusion, in your own words")),
        ),
        Step(
            _("Watch"),
            _("Name what would show that events take another course."),
            8,
            _("By hand: list in the note of each hypothesis what you would then expect to see, and by when."),
        ),
    ]
