"""What is open in the steps of the method beside the ratings. Nothing is asked for before it can be of use.

What a newcomer does not need stays away until the basics are there: two hypotheses, and every cell judged.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import compress

from ach_desk.i18n import _, join_some, ngettext
from ach_desk.model import Analysis, EvidenceKind, Matrix
from ach_desk.scoring import hypothesis_check
from ach_desk.scoring.assessment import Assessment
from ach_desk.scoring.expectations import asked_for, is_open
from ach_desk.scoring.findings import Finding
from ach_desk.scoring.indicators import overdue, overdue_sentence

_MOST_NAMED = 4
_LEAST_HYPOTHESES = 2

OVERDUE = "indicator_overdue"
"""The code of an indicator that is open after the time by which it was expected; `others` names it."""


def step_findings(analysis: Analysis, matrix: Matrix, assessment: Assessment, today: date) -> list[Finding]:
    """Return what is open in the steps of a matrix on a day, in the order of the steps."""
    found = [*_beginnings(analysis), *_expectations_open(analysis), *overdue_findings(analysis, today)]
    if basics_are_there(assessment):
        found += [
            *_date_of_information(analysis, assessment),
            *_hypotheses(analysis, assessment),
            *_sources(assessment),
            *_expectations_not_asked(analysis, assessment),
            *_what_if(analysis, matrix),
            *_nothing_to_watch(analysis),
        ]
    return found


def basics_are_there(assessment: Assessment) -> bool:
    """Return whether there are two hypotheses and an item, and every cell of them is judged."""
    active = int(assessment.table.active.sum())
    return active >= _LEAST_HYPOTHESES and assessment.counted_items > 0 and assessment.open_cells == 0


def _beginnings(analysis: Analysis) -> Iterator[Finding]:
    """Yield what is missing before there is anything to rate."""
    if not analysis.question.strip():
        yield Finding("no_question", _("The question is not written yet."))
    active = [hypothesis for hypothesis in analysis.hypotheses.values() if hypothesis.is_active]
    if len(active) < _LEAST_HYPOTHESES:
        text = _("Comparing needs at least two hypotheses.")
        yield Finding("few_hypotheses", text, hypotheses=tuple(hypothesis.id for hypothesis in active))
    if all(item.is_unsorted for item in analysis.evidence.values()):
        yield Finding("no_evidence", _("There is no evidence item yet."))


def _date_of_information(analysis: Analysis, assessment: Assessment) -> Iterator[Finding]:
    if analysis.as_of is None and any(item.event_date or item.learned_date for item in assessment.items):
        yield Finding("no_as_of", _("Items have dates, but the analysis does not say up to when its information goes."))


def _hypotheses(analysis: Analysis, assessment: Assessment) -> Iterator[Finding]:
    left = hypothesis_check.unanswered(analysis)
    if "exhaustive" in left and not any(entry.catch_all and entry.is_active for entry in assessment.hypotheses):
        left.remove("exhaustive")
        text = _("Is everything covered that could be the answer? No hypothesis stands for what is not listed.")
        yield Finding("no_catch_all", text)
    if left:
        text = ngettext(
            "{count} question of the hypothesis check is not answered.",
            "{count} questions of the hypothesis check are not answered.",
            len(left),
        )
        yield Finding("check_open", text.format(count=len(left)), turns_on=tuple(left))


def _sources(assessment: Assessment) -> Iterator[Finding]:
    bare = [
        item
        for item in compress(assessment.items, assessment.table.counted.tolist())
        if not item.citations and item.kind is EvidenceKind.EVIDENCE
    ]
    if bare:
        text = ngettext("{items} names no source.", "{items} name no source.", len(bare))
        names = join_some([item.label for item in bare[:_MOST_NAMED]], _MOST_NAMED, len(bare))
        unused = ("none",) if not any(item.citations for item in assessment.items) else None
        ids = tuple(item.id for item in bare)
        yield Finding("no_source", text.format(items=names), evidence=ids, turns_on=unused)


def _expectations_not_asked(analysis: Analysis, assessment: Assessment) -> Iterator[Finding]:
    asked = {entry.hypothesis for entry in analysis.expectations.values()}
    rest = [entry for entry in asked_for(assessment) if entry.id not in asked]
    if rest:
        names = join_some([entry.label for entry in rest[:_MOST_NAMED]], _MOST_NAMED, len(rest))
        text = _("What should we see if it were true, and do we? Not asked yet of {names}.").format(names=names)
        unused = ("none",) if not asked else None
        ids = tuple(entry.id for entry in rest)
        yield Finding("no_expectation", text, hypotheses=ids, turns_on=unused)


def _expectations_open(analysis: Analysis) -> Iterator[Finding]:
    waiting = [entry for entry in analysis.expectations.values() if is_open(analysis, entry)]
    if waiting:
        text = ngettext(
            "{count} thing that should be seen is neither an item nor watched for.",
            "{count} things that should be seen are neither items nor watched for.",
            len(waiting),
        )
        yield Finding("expectation_open", text.format(count=len(waiting)), others=tuple(entry.id for entry in waiting))


def _what_if(analysis: Analysis, matrix: Matrix) -> Iterator[Finding]:
    if not any(entry.matrix == matrix.id for entry in analysis.scenarios.values()):
        yield Finding("no_what_if", _("No what-if has been tried on this matrix."))


def overdue_findings(analysis: Analysis, today: date) -> Iterator[Finding]:
    """Yield a finding for each indicator that is overdue on a day, the longest overdue first."""
    for entry in overdue(analysis, today):
        facts = (entry.id, entry.expected_by or "")
        yield Finding(OVERDUE, overdue_sentence(entry), others=(entry.id,), turns_on=facts)


def _nothing_to_watch(analysis: Analysis) -> Iterator[Finding]:
    if not analysis.indicators:
        yield Finding("no_indicator", _("Nothing is written down that would show that events take another course."))
