"""What each chart is called. Plain words, so that a window can offer the charts without drawing one."""

from __future__ import annotations

from ach_desk.i18n import _

OF_MATERIAL = ("methods", "waterfall", "rank-shares", "margin", "scenarios")
"""The charts of what the order rests on that are drawn from `chart_material.Material`."""
OF_RESULTS = ("tornado", "trajectories")
"""Those of what is worked out from it, each with a subject of its own (`chart_subjects.subject_from`)."""
RESTING = (*OF_MATERIAL, *OF_RESULTS)
"""All charts of what the order rests on."""


def chart_name(kind: str) -> str:
    """Return the name of a kind of chart as a heading; raises KeyError for an unknown kind."""
    return {
        "consistency": _("Consistency"),
        "ranking": _("Ranking"),
        "heatmap": _("Heat map"),
        "timeline": _("Timeline"),
        "methods": _("Ways of adding up"),
        "waterfall": _("Weight of each item"),
        "rank-shares": _("Ranks when ratings slip"),
        "margin": _("Lead without the strongest items"),
        "scenarios": _("What-ifs side by side"),
        "tornado": _("What the lead hangs on"),
        "trajectories": _("How the order came about"),
        "disagreement": _("Where the analysts differ"),
    }[kind]
