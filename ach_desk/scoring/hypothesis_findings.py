"""What the program points out about how the hypotheses stand to each other, and what the check answered "no" to."""

from __future__ import annotations

from collections.abc import Iterator

from ach_desk.i18n import _
from ach_desk.model import Analysis
from ach_desk.model.values import RelationKind
from ach_desk.scoring.assessment import Assessment
from ach_desk.scoring.findings import Finding
from ach_desk.scoring.hypothesis_check import answered_no, related_pairs


def hypothesis_findings(analysis: Analysis, assessment: Assessment) -> list[Finding]:
    """Return the findings on relations between ranked hypotheses and on the hypothesis check."""
    return [*_relations(assessment), *_check(analysis)]


def _relations(assessment: Assessment) -> Iterator[Finding]:
    ranked = [
        entry for entry, rank in zip(assessment.hypotheses, assessment.standing.rank, strict=True) if int(rank) > 0
    ]
    for pair in related_pairs(ranked):
        code, text = "overlap", _("{one} and {other} overlap: evidence for one is no evidence against the other.")
        if pair.kind is RelationKind.DUPLICATES:
            code, text = "duplicate", _("{one} and {other} are duplicates: keep one.")
        text = text.format(one=pair.first.label, other=pair.second.label)
        yield Finding(code, text, hypotheses=(pair.first.id, pair.second.id))


def _check(analysis: Analysis) -> Iterator[Finding]:
    for key, question, note in answered_no(analysis):
        text = _("{question} Answered no: {note}") if note.strip() else _("{question} Answered no.")
        yield Finding("check_no", text.format(question=question, note=note.strip()), turns_on=(key,))
