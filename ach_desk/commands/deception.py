"""The builder for the checklist on deception."""

from __future__ import annotations

from ach_desk.commands import edits
from ach_desk.commands.checks import Answer, answered
from ach_desk.commands.command import SetFields
from ach_desk.i18n import _
from ach_desk.model import Analysis


def answer(analysis: Analysis, question: str, given: Answer | None = None, note: str | None = None) -> SetFields:
    """Return the command that answers a question of the checklist on deception (None: keep answer, keep note)."""
    answers = answered(analysis.deception_check, question, given, note)
    text = _("Answer the checklist on deception")
    return edits.set_field(analysis, "analysis", [analysis.id], "deception_check", answers, text)
