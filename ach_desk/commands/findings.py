"""Open points that the analyst sets aside with a reason, and takes up again."""

from __future__ import annotations

from ach_desk.commands import edits
from ach_desk.commands.command import AddRecords, Command, PlacedRecord
from ach_desk.i18n import _
from ach_desk.model import Analysis, FindingSetAside, new_id, now
from ach_desk.model.change_words import shortened
from ach_desk.scoring import Finding

MOST_NAMED = 20
"""So many of the records that a point is about are kept with it; ten thousand would only make the file long."""


def set_aside(analysis: Analysis, matrix: str, finding: Finding, reason: str, by: str = "") -> AddRecords:
    """Return the command that sets a finding on a matrix (an id) aside until its facts change."""
    record = FindingSetAside(
        id=new_id(),
        matrix=matrix,
        code=finding.code,
        hypotheses=finding.hypotheses[:MOST_NAMED],
        evidence=finding.evidence[:MOST_NAMED],
        facts=finding.facts,
        text=finding.text,
        reason=reason,
        by=by,
        time=now(),
    )
    placed = PlacedRecord(
        record=record.model_dump(mode="json", exclude_defaults=True), index=len(analysis.findings_set_aside)
    )
    text = _("Set the point aside: {text}").format(text=shortened(finding.text))
    return AddRecords(kind="finding_set_aside", records=(placed,), text=text, time=record.time)


def take_up(analysis: Analysis, record: FindingSetAside) -> Command:
    """Return the command that takes a point up again, which is open then if its facts still are these."""
    text = _("Take the point up again: {text}").format(text=shortened(record.text))
    return edits.remove(analysis, "finding_set_aside", [record.id]).model_copy(update={"text": text})
