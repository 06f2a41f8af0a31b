"""Remarks: what is said about a cell, an item, a hypothesis or the whole, with answers, open until it is resolved."""

from __future__ import annotations

from collections.abc import Iterable

from ach_desk.commands import edits
from ach_desk.commands.command import AddRecords, Command, SetFields
from ach_desk.commands.people import adding
from ach_desk.i18n import _
from ach_desk.model import Analysis, Remark, new_id, now


def remark(
    analysis: Analysis, text: str, by: str, *, matrix: str = "", evidence: str = "", hypothesis: str = ""
) -> AddRecords:
    """Return the command that adds a remark on a cell (both ids and the matrix), an item, a hypothesis or the whole."""
    is_cell = bool(evidence and hypothesis)
    record = Remark(
        id=new_id(),
        matrix=matrix if is_cell else None,
        evidence=evidence or None,
        hypothesis=hypothesis or None,
        text=text,
        by=by,
        time=now(),
    )
    return adding(analysis, "remark", record, _("Remark on {place}").format(place=place_of(analysis, record)))


def answer(analysis: Analysis, remark_id: str, text: str, by: str) -> AddRecords:
    """Return the command that answers a remark; an answer to an answer stands under the remark that began it."""
    first = analysis.remarks[remark_id]
    record = Remark(
        id=new_id(),
        matrix=first.matrix,
        evidence=first.evidence,
        hypothesis=first.hypothesis,
        text=text,
        by=by,
        time=now(),
        answers=first.answers or first.id,
    )
    words = _("Answer the remark on {place}").format(place=place_of(analysis, first))
    return adding(analysis, "remark", record, words)


def resolve(analysis: Analysis, remark_id: str, by: str) -> SetFields:
    """Return the command that calls a remark resolved."""
    return _settled(analysis, remark_id, now(), by, _("Resolve the remark on {place}"))


def reopen(analysis: Analysis, remark_id: str) -> SetFields:
    """Return the command that makes a remark open again."""
    return _settled(analysis, remark_id, None, "", _("Open the remark on {place} again"))


def delete(analysis: Analysis, remark_id: str) -> Command:
    """Return the command that deletes a remark with its answers."""
    text = _("Delete the remark on {place}").format(place=place_of(analysis, analysis.remarks[remark_id]))
    ids = [remark_id, *(entry.id for entry in answers_to(analysis, remark_id))]
    return edits.remove(analysis, "remark", ids).model_copy(update={"text": text})


def place_of(analysis: Analysis, found: Remark) -> str:
    """Return what a remark is about by labels, "E4 / H2"; "the analysis" for the whole, or when that was deleted."""
    records = (analysis.evidence.get(found.evidence or ""), analysis.hypotheses.get(found.hypothesis or ""))
    return " / ".join(record.label for record in records if record is not None) or _("the analysis")


def answers_to(analysis: Analysis, remark_id: str) -> list[Remark]:
    """Return the answers to a remark, the earliest first."""
    return sorted((one for one in analysis.remarks.values() if one.answers == remark_id), key=lambda one: one.time)


def threads(analysis: Analysis, matrix: str) -> list[Remark]:
    """Return the remarks that begin something and can be seen in a matrix (an id); an orphaned answer begins too."""
    known = analysis.remarks
    return [
        one
        for one in known.values()
        if (one.answers is None or one.answers not in known) and one.matrix in (None, matrix)
    ]


def on_place(analysis: Analysis, matrix: str, evidence: str | None, hypothesis: str | None) -> list[Remark]:
    """Return the remarks on exactly this cell (both ids), item, hypothesis, or the whole (neither)."""
    return [one for one in threads(analysis, matrix) if (one.evidence, one.hypothesis) == (evidence, hypothesis)]


def open_among(found: Iterable[Remark]) -> int:
    """Return how many of the remarks are open."""
    return sum(one.resolved is None for one in found)


def _settled(analysis: Analysis, remark_id: str, when: str | None, by: str, words: str) -> SetFields:
    place = place_of(analysis, analysis.remarks[remark_id])
    values = {"resolved": when, "resolved_by": by}
    return edits.set_fields(analysis, "remark", remark_id, values, words.format(place=place))
