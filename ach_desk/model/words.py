"""The words for the closed lists of the method, the same in every panel, menu and tooltip and on paper."""

from __future__ import annotations

from ach_desk.i18n import _
from ach_desk.model.values import EvidenceKind, EvidenceStatus, HypothesisStatus, Level, RatingValue

RATING_ORDER: tuple[RatingValue | None, ...] = (*RatingValue, None)
"""The scale from "certainly" to "hardly possible", then "not applicable" and "not judged yet"."""


def rating_question() -> str:
    """Return the one question that every rating answers."""
    return _("Suppose this hypothesis were true, and this item is as reported. Would you expect to see it?")


def rating_reminder() -> str:
    """Return the sentence that stands below the scale."""
    return _("Trust in the source is set separately. “Does not contradict” alone is N, not C.")


def rating_symbol(value: RatingValue | None) -> str:
    """Return what a cell shows; an unrated one shows a dash where a name is needed."""
    return "–" if value is None else value.value


def rating_meaning(value: RatingValue | None) -> str:
    """Return the answer to the rating question that `value` stands for."""
    return {
        RatingValue.VERY_CONSISTENT: _("certainly, its absence would be odd"),
        RatingValue.CONSISTENT: _("yes, rather"),
        RatingValue.NEUTRAL: _("no more than its opposite, could be either"),
        RatingValue.INCONSISTENT: _("no, it would surprise me"),
        RatingValue.VERY_INCONSISTENT: _("hardly possible, it would need a special explanation"),
        RatingValue.NOT_APPLICABLE: _("the question makes no sense here"),
        None: _("not judged yet"),
    }[value]


def level_word(level: Level | None) -> str:
    """Return the word for a grade of credibility, relevance or confidence."""
    return {Level.HIGH: _("high"), Level.MEDIUM: _("medium"), Level.LOW: _("low"), None: _("not set")}[level]


def kind_word(kind: EvidenceKind) -> str:
    """Return the word for what stands in a row of the matrix."""
    return {
        EvidenceKind.EVIDENCE: _("evidence"),
        EvidenceKind.ASSUMPTION: _("assumption"),
        EvidenceKind.DEDUCTION: _("deduction"),
        EvidenceKind.ABSENCE: _("absence of evidence"),
    }[kind]


def status_word(status: EvidenceStatus | HypothesisStatus) -> str:
    """Return the word for the status of an item or hypothesis."""
    return {
        EvidenceStatus.COUNTED: _("counted"),
        EvidenceStatus.SET_ASIDE: _("set aside"),
        HypothesisStatus.ACTIVE: _("active"),
        HypothesisStatus.REJECTED: _("rejected"),
    }[status]


def honest_note() -> str:
    """Return what the method can and cannot do, in the words that every place uses."""
    return _(
        "ACH makes reasoning explicit; it is not a proven way of being right. Scores summarise your own ratings: "
        "they depend on the hypotheses you thought of, and they are no measurement of the world."
    )
