"""How the hypotheses stand, as the printed document and reports show it: in rank order, with reasons."""

from __future__ import annotations

from typing import Any

from ach_desk.i18n import _
from ach_desk.model import Analysis, RatingValue
from ach_desk.reporting.print_matrix import rank_text, score_text
from ach_desk.reporting.print_options import PrintOptions
from ach_desk.reporting.print_text import Composer
from ach_desk.scoring import Assessment, against_words

_LONG_HYPOTHESIS = 1500
"""Characters of title and statement from which a hypothesis' row may be cut by the end of the page."""


def extent_words(assessment: Assessment) -> str:
    """Return how many items count, how many are set aside, and how many hypotheses there are."""
    text = _("{items} items counted, {aside} set aside; {hypotheses} hypotheses")
    return text.format(
        items=assessment.counted_items,
        aside=len(assessment.items) - assessment.counted_items,
        hypotheses=len(assessment.hypotheses),
    )


def joins(assessment: Assessment, column: int) -> bool:
    """Return whether the hypothesis of a column is a combination of others."""
    return assessment.hypotheses[column].is_combination


def front_order(assessment: Assessment) -> list[int]:
    """Return the ranked order with those that cannot be compared yet behind the others."""
    return sorted(
        assessment.ranked_order(), key=lambda column: (joins(assessment, column), not assessment.comparable[column])
    )


def hypothesis_data(
    analysis: Analysis, assessment: Assessment, column: int, options: PrintOptions, text: Composer
) -> dict[str, Any]:
    """Return a hypothesis with its statement, its place in the order and what speaks against it, or why it has none."""
    hypothesis = assessment.hypotheses[column]
    compared = bool(assessment.comparable[column])
    joined = [analysis.hypotheses[part].label for part in hypothesis.combines if part in analysis.hypotheses]
    return {
        "label": text.line(assessment.label_of(column), longest=24),
        "title": text.line(hypothesis.title, longest=30),
        "statement": text.paragraphs(hypothesis.statement, longest=36),
        "joins": text.line(
            _("joins {parts}").format(parts=", ".join(joined)) if joined else _form_of(assessment, column)
        ),
        "rank": str(assessment.standing.rank[column]) if compared else "–",
        "tall": len(hypothesis.title) + len(hypothesis.statement) > _LONG_HYPOTHESIS,
        "tied": bool(assessment.tied[column]),
        "against": against_words(assessment, column) if compared else "",
        "score": score_text(assessment, column, options) if compared else "–",
        "why_not": text.line(_why_not_ranked(assessment, column), longest=30) if not compared else "",
        "standing": rank_text(assessment, column),
    }


def _form_of(assessment: Assessment, column: int) -> str:
    """Return what a hypothesis is a form of, with the title, which stands nowhere else; "" for one on its own."""
    *over, _own = assessment.lineage(column)
    names = "; ".join(f"{entry.label} {entry.title}" for entry in over)
    return _("a form of {names}").format(names=names) if over else ""


def _why_not_ranked(assessment: Assessment, column: int) -> str:
    hypothesis = assessment.hypotheses[column]
    if not hypothesis.is_active:
        start = _("Rejected")
        if hypothesis.status_date:
            start = _("Rejected on {date}").format(date=hypothesis.status_date)
        return f"{start}: {hypothesis.status_reason}" if hypothesis.status_reason else start
    rated = int(assessment.standing.rated[column])
    if not rated:
        return _("Not ranked: not rated on any item")
    text = _("Not compared yet: rated on {rated} of {total} items")
    return text.format(rated=rated, total=assessment.counted_items)


def score_note(assessment: Assessment) -> str:
    """Return what the numbers under the hypotheses are; of I- only where it is known here."""
    if RatingValue.SLIGHTLY_INCONSISTENT in assessment.legend:
        return _(
            "The number under a hypothesis is its weighted inconsistency: the sum of its I-, I and II ratings, "
            "weighted by credibility and relevance. Nearest to zero is least contradicted."
        )
    return _(
        "The number under a hypothesis is its weighted inconsistency: the sum of its I and II ratings, weighted by "
        "credibility and relevance. Nearest to zero is least contradicted."
    )
