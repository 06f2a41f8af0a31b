"""What the printed document says of points set aside and of indicators."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from ach_desk.i18n import _
from ach_desk.model import Analysis, Indicator
from ach_desk.reporting.print_text import Composer
from ach_desk.scoring import Assessment, Finding, PointAside
from ach_desk.scoring.indicators import rated_under, separation_words, state_words, watch_order
from ach_desk.scoring.open_points import sorted_out
from ach_desk.scoring.step_findings import step_findings


def points_aside(
    analysis: Analysis, matrix: str, assessment: Assessment, found: Sequence[Finding], today: date
) -> Sequence[PointAside]:
    """Return what of `found` on a matrix (an id), and of the points of the steps, was set aside and still holds."""
    steps = step_findings(analysis, analysis.matrix(matrix), assessment, today)
    return sorted_out(analysis, matrix, [*found, *steps]).aside


def aside_data(points: Sequence[PointAside], text: Composer) -> list[dict[str, Any]]:
    """Return each point set aside with its reason."""
    return [
        {
            "text": text.line(point.finding.text, longest=40),
            "reason": text.line(point.record.reason, longest=40),
        }
        for point in points
    ]


def indicators_data(analysis: Analysis, assessment: Assessment, today: date, text: Composer) -> list[dict[str, Any]]:
    """Return every indicator with its state on a day and what its sighting would tell, the overdue first."""
    return [
        {
            "text": text.line(entry.text, longest=40),
            "about": text.line(_about(analysis, entry, today), longest=40),
            "telling": text.line(_telling(assessment, entry), longest=40),
            "note": text.paragraphs(entry.note),
        }
        for entry in watch_order(analysis, today)
    ]


def _about(analysis: Analysis, indicator: Indicator, today: date) -> str:
    item = analysis.evidence.get(indicator.item or "")
    return ", ".join(filter(None, (state_words(indicator, today), item.label if item else "", indicator.owner)))


def _telling(assessment: Assessment, indicator: Indicator) -> str:
    hypotheses = rated_under(assessment)
    labels = {entry.id: entry.label for entry in hypotheses}
    rated = [f"{labels[entry.hypothesis]} {entry.value}" for entry in indicator.bearings if entry.hypothesis in labels]
    words = separation_words(indicator, hypotheses)
    return _("If it is seen: {rated}; {words}").format(rated=", ".join(rated), words=words) if rated else words
