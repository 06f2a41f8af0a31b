"""The titles of sections and presets, and the plan that a report is made by."""

from __future__ import annotations

from ach_desk.i18n import _
from ach_desk.model import Analysis
from ach_desk.model.conclusions import conclusion_on
from ach_desk.model.report_plan import ReportPlan
from ach_desk.reporting.report.preset_names import ONE_PAGE, PRESETS, REVIEWER, SECTIONS, SHORT


def section_titles() -> dict[str, str]:
    """Return the title of every section."""
    return {
        "front": _("About this analysis"),
        "answer": _("Answer"),
        "likelihoods": _("How likely each hypothesis is"),
        "confidence": _("Confidence"),
        "hypotheses": _("The hypotheses and how they stand"),
        "chart": _("What speaks against each hypothesis"),
        "matrix": _("Matrix"),
        "telling": _("The items that separate most"),
        "diagnostic": _("Most and least diagnostic items"),
        "rests": _("What it rests on"),
        "robustness": _("How firmly the order stands"),
        "assumptions": _("Assumptions"),
        "sources": _("Sources"),
        "challenges": _("Challenges"),
        "cases": _("The best case for each hypothesis"),
        "findings": _("Open points, and points set aside"),
        "disagreement": _("Where the analysts differ"),
        "indicators": _("What to watch for"),
        "change": _("What would change the conclusion"),
        "questions": _("Questions against oneself"),
        "outcome": _("What came in the end"),
        "method": _("Method"),
        "appendix": _("Appendix: every rating and its reason"),
    }


def preset_titles() -> dict[str, str]:
    """Return the title of every preset, in the order in which they are offered."""
    return {ONE_PAGE: _("One page"), SHORT: _("Short"), REVIEWER: _("Reviewer")}


def plan_of(preset: str) -> ReportPlan:
    """Return the plan that is a preset; raises KeyError for an unknown one."""
    return ReportPlan(preset=preset, sections=PRESETS[preset])


def kept_plan(analysis: Analysis, matrix: str) -> ReportPlan:
    """Return the plan that is kept with the analysis; else one page where an answer is written, or everything."""
    if analysis.report is not None:
        return analysis.report
    conclusion = conclusion_on(analysis, matrix)
    return plan_of(ONE_PAGE if conclusion is not None and conclusion.answer.strip() else REVIEWER)


def known_sections(plan: ReportPlan) -> tuple[str, ...]:
    """Return the sections of a plan that this version knows, each once, in their order."""
    return tuple(name for name in dict.fromkeys(plan.sections) if name in SECTIONS)


def is_brief(sections: tuple[str, ...]) -> bool:
    """Return whether a report of these sections is meant for one page: it has none but those of that preset."""
    return set(sections) <= set(PRESETS[ONE_PAGE])
