"""Builder for stated probabilities: what one analyst answered in one sitting, taken over as it was said."""

from __future__ import annotations

from collections.abc import Mapping

from ach_desk.commands import edits
from ach_desk.commands.command import AddRecords, Command, PlacedRecord, combined
from ach_desk.i18n import _
from ach_desk.model import Analysis, Estimate, Level, Matrix, new_id, now
from ach_desk.scoring.estimates import Question, every_estimate_of


def state(
    analysis: Analysis,
    matrix: Matrix,
    analyst: str,
    round_id: str | None,
    answers: Mapping[Question, float],
    confidence: Level | None,
) -> Command:
    """Return the command that keeps the answers, as they are, in the place of the analyst's earlier ones in that round.

    A hypothesis that was skipped both ways gets no record.
    """
    old = [entry.id for entry in every_estimate_of(analysis, matrix.id, analyst, round_id)]
    gone = edits.remove(analysis, "estimate", old) if old else None
    time, records = now(), []
    for hypothesis in dict.fromkeys(question.hypothesis for question in answers):
        record = Estimate(
            id=new_id(),
            matrix=matrix.id,
            analyst=analyst,
            hypothesis=hypothesis,
            round=round_id,
            probability=answers.get(Question(hypothesis, complement=False)),
            complement=answers.get(Question(hypothesis, complement=True)),
            confidence=confidence,
            time=time,
        )
        index = len(analysis.estimates) - len(old) + len(records)
        records.append(PlacedRecord(record=record.model_dump(mode="json", exclude_defaults=True), index=index))
    added = AddRecords(kind="estimate", records=tuple(records), time=time)
    return combined([*([gone] if gone is not None else []), added], _("State how probable the hypotheses are"))
