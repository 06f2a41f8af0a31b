"""Contending cases: the best case for each hypothesis, each by one person, read and rated by the others."""

from __future__ import annotations

from ach_desk.commands import edits
from ach_desk.commands.command import AddRecords, Command, SetFields
from ach_desk.commands.people import adding
from ach_desk.i18n import _
from ach_desk.model import Analysis, Case, CaseRating, new_id, now


def write(analysis: Analysis, hypothesis: str, text: str, by: str) -> AddRecords:
    """Return the command that adds a best case for a hypothesis."""
    record = Case(id=new_id(), hypothesis=hypothesis, text=text, by=by, time=now())
    label = analysis.hypotheses[hypothesis].label
    return adding(analysis, "case", record, _("Write the case for {label}").format(label=label))


def rewrite(analysis: Analysis, case_id: str, text: str) -> SetFields:
    """Return the command that puts other words; the marks that readers gave stay, with the time at which they did."""
    words = _("Edit the case for {label}").format(label=label_of(analysis, analysis.cases[case_id]))
    return edits.set_fields(analysis, "case", case_id, {"text": text, "time": now()}, words)


def mark(analysis: Analysis, case_id: str, by: str, value: int | None, note: str = "") -> SetFields:
    """Return the command that gives a case a mark from 1 to 5 with a note, one per reader; None takes it away.

    Raises ValueError when the author marks the own case, and ValidationError for another mark.
    """
    found = analysis.cases[case_id]
    if by == found.by:
        raise ValueError("authors do not mark their own case")
    rest = tuple(entry for entry in found.ratings if entry.by != by)
    new = (CaseRating(by=by, mark=value, note=note, time=now()),) if value is not None else ()
    words = _("Rate the case for {label}").format(label=label_of(analysis, found))
    return edits.set_fields(analysis, "case", case_id, {"ratings": (*rest, *new)}, words)


def delete(analysis: Analysis, case_id: str) -> Command:
    """Return the command that deletes a case."""
    words = _("Delete the case for {label}").format(label=label_of(analysis, analysis.cases[case_id]))
    return edits.remove(analysis, "case", [case_id]).model_copy(update={"text": words})


def label_of(analysis: Analysis, case: Case) -> str:
    """Return the label of the hypothesis that a case speaks for; "?" when that was deleted."""
    known = analysis.hypotheses.get(case.hypothesis)
    return known.label if known is not None else "?"


def cases_for(analysis: Analysis, hypothesis: str) -> list[Case]:
    """Return the cases for a hypothesis, the earliest first."""
    return [case for case in analysis.cases.values() if case.hypothesis == hypothesis]
