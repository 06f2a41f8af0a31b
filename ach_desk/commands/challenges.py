"""Challenges: objections that are kept, answered or accepted, and that never change a rating."""

from __future__ import annotations

from ach_desk.commands import edits
from ach_desk.commands.command import AddRecords, Command, PlacedRecord, SetFields
from ach_desk.i18n import _
from ach_desk.model import Analysis, Challenge, ChallengeState, RatingValue, new_id, now


def challenge(
    analysis: Analysis,
    text: str,
    by: str,
    *,
    matrix: str = "",
    evidence: str = "",
    hypothesis: str = "",
    value: RatingValue | None = None,
) -> AddRecords:
    """Return the command that adds a challenge to a cell (both ids and the matrix), an item or a hypothesis."""
    is_cell = bool(evidence and hypothesis)
    record = Challenge(
        id=new_id(),
        matrix=matrix if is_cell else None,
        evidence=evidence or None,
        hypothesis=hypothesis or None,
        text=text,
        by=by,
        time=now(),
        value=value if is_cell else None,
    )
    placed = PlacedRecord(record=record.model_dump(mode="json", exclude_defaults=True), index=len(analysis.challenges))
    words = _("Challenge {place}").format(place=place_of(analysis, record))
    return AddRecords(kind="challenge", records=(placed,), text=words, time=record.time)


def answer(analysis: Analysis, challenge_id: str, text: str, by: str) -> SetFields:
    """Return the command that writes the answer; an open challenge is answered by it, one emptied is open again."""
    found = analysis.challenges[challenge_id]
    state = found.state
    if state is not ChallengeState.ACCEPTED:
        state = ChallengeState.ANSWERED if text.strip() else ChallengeState.OPEN
    return _with(analysis, challenge_id, state, by, text, _("Answer the challenge to {place}"))


def accept(analysis: Analysis, challenge_id: str, by: str) -> SetFields:
    """Return the command that accepts a challenge: it was right. The rating stays until somebody changes it."""
    text = analysis.challenges[challenge_id].answer
    return _with(analysis, challenge_id, ChallengeState.ACCEPTED, by, text, _("Accept the challenge to {place}"))


def reopen(analysis: Analysis, challenge_id: str) -> SetFields:
    """Return the command that makes a challenge open again; its answer stays."""
    text = analysis.challenges[challenge_id].answer
    return _with(analysis, challenge_id, ChallengeState.OPEN, "", text, _("Reopen the challenge to {place}"))


def delete(analysis: Analysis, challenge_id: str) -> Command:
    """Return the command that deletes a challenge."""
    text = _("Delete the challenge to {place}").format(place=place_of(analysis, analysis.challenges[challenge_id]))
    return edits.remove(analysis, "challenge", [challenge_id]).model_copy(update={"text": text})


def place_of(analysis: Analysis, found: Challenge) -> str:
    """Return what a challenge is about by labels, "E4 / H2"; "" when that was deleted."""
    records = (analysis.evidence.get(found.evidence or ""), analysis.hypotheses.get(found.hypothesis or ""))
    return " / ".join(record.label for record in records if record is not None)


def on_cell(analysis: Analysis, matrix: str, evidence: str, hypothesis: str) -> list[Challenge]:
    """Return the challenges to a cell, in the order in which they were made."""
    wanted = (matrix, evidence, hypothesis)
    return [one for one in analysis.challenges.values() if (one.matrix, one.evidence, one.hypothesis) == wanted]


def on_record(analysis: Analysis, kind: str, record_id: str) -> list[Challenge]:
    """Return the challenges to an item ("evidence") or hypothesis as a whole, those to its cells left out."""
    wanted = (record_id, None) if kind == "evidence" else (None, record_id)
    return [one for one in analysis.challenges.values() if (one.evidence, one.hypothesis) == wanted]


def _with(
    analysis: Analysis, challenge_id: str, state: ChallengeState, by: str, answer_text: str, words: str
) -> SetFields:
    is_open = state is ChallengeState.OPEN
    values = {
        "answer": answer_text,
        "state": state,
        "answered_by": "" if is_open else by,
        "answered": None if is_open else now(),
    }
    place = place_of(analysis, analysis.challenges[challenge_id])
    return edits.set_fields(analysis, "challenge", challenge_id, values, words.format(place=place))
