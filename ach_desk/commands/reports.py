"""The builder for what a report of the analysis holds."""

from __future__ import annotations

from ach_desk.commands import edits
from ach_desk.commands.command import SetFields
from ach_desk.i18n import _
from ach_desk.model import Analysis
from ach_desk.model.report_plan import ReportPlan


def choose(analysis: Analysis, plan: ReportPlan) -> SetFields:
    """Return the command that keeps the choice with the analysis; it changes nothing where it is kept already."""
    return edits.set_field(analysis, "analysis", [analysis.id], "report", plan, _("Choose what the report holds"))
