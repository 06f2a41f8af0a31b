"""Snapshots: a state of one matrix that was frozen, printed or exported, and the way back to it."""

from __future__ import annotations

from ach_desk.commands.command import AddRecords, PlacedRecord
from ach_desk.commands.trail import Earlier, as_of_entry, as_of_time
from ach_desk.i18n import _
from ach_desk.model import Analysis, Matrix, Snapshot, SnapshotKind, new_id, now
from ach_desk.model.records import StandingLine
from ach_desk.scoring import assess, headline

_DECIMALS = 3


def snapshot_of(
    analysis: Analysis, matrix: Matrix, analyst: str, kind: SnapshotKind, *, name: str = "", note: str = ""
) -> Snapshot:
    """Return what is kept of the present state: when it was, and what the ratings of the analyst amounted to."""
    assessment = assess(analysis, matrix, analyst)
    ranks, comparable = assessment.standing.rank, assessment.comparable
    scores = assessment.standing.weighted_inconsistency
    lines = tuple(
        StandingLine(
            label=assessment.hypotheses[column].label,
            score=round(float(scores[column]), _DECIMALS) + 0.0,
            rank=int(ranks[column]) if comparable[column] else None,
        )
        for column in assessment.ranked_order()
    )
    return Snapshot(
        id=new_id(),
        kind=kind,
        matrix=matrix.id,
        name=name,
        note=note,
        time=now(),
        by=analyst,
        after=analysis.trail[-1].id if analysis.trail else "",
        headline=headline(assessment),
        items=assessment.counted_items,
        standing=lines,
    )


def keep(analysis: Analysis, snapshot: Snapshot) -> AddRecords:
    """Return the command that adds the snapshot to the analysis."""
    placed = PlacedRecord(record=snapshot.model_dump(mode="json", exclude_defaults=True), index=len(analysis.snapshots))
    text = _("Freeze “{name}”").format(name=snapshot.name)
    return AddRecords(kind="snapshot", records=(placed,), text=text, author=snapshot.by, time=snapshot.time)


def as_of_snapshot(analysis: Analysis, snapshot: Snapshot) -> Earlier:
    """Return the analysis as it was when the snapshot was taken.

    An entry that a recovery wrote anew has another id; then the moment of the snapshot decides.
    """
    try:
        return as_of_entry(analysis, snapshot.after)
    except KeyError:
        return as_of_time(analysis, snapshot.time)
