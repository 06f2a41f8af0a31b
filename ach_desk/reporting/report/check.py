"""What to look at before a report leaves the program, in sentences. It never holds an export back."""

from __future__ import annotations

from collections.abc import Iterator

from ach_desk.i18n import _
from ach_desk.model import Conclusion
from ach_desk.model.conclusions import conclusion_on
from ach_desk.model.report_plan import ReportPlan
from ach_desk.reporting.report.material import Material
from ach_desk.reporting.report.presets import known_sections
from ach_desk.scoring import Finding
from ach_desk.scoring.answer_check import joined_sentence, word_without_number
from ach_desk.scoring.conclusion_findings import CONCLUSION_CODES

_TOLD = CONCLUSION_CODES | {
    *("unrated", "suggested", "few_ratings", "no_ratings", "weak_source_decides", "marking_lower", "marking_apart"),
    *("challenge", "source_still_named"),
}
"""The findings that a reader of the report would have to know of; what was set aside with a reason is not told."""


def check(made: Material, plan: ReportPlan) -> list[Finding]:
    """Return what to mend or to know before a report of this plan is handed on, the gravest first.

    Raises `CancelledError` when nobody waits any more.
    """
    told = [finding for finding in made.points.open if finding.code in _TOLD]
    return [*_words(made), *_sections(plan), *_lead(made), *told]


def _words(made: Material) -> Iterator[Finding]:
    """Yield what the other texts say as the answer should not; the answer itself has findings of its own."""
    conclusion = conclusion_on(made.analysis, made.matrix.id)
    texts = [made.analysis.description, *(_texts(conclusion) if conclusion is not None else [])]
    joined = next(filter(None, map(joined_sentence, texts)), "")
    if joined:
        text = _("Likelihood and confidence stand in one sentence and are easily taken for each other: “{sentence}”")
        yield Finding("report_one_sentence", text.format(sentence=joined))
    word = next(filter(None, map(word_without_number, texts)), "")
    if word:
        text = _("“{word}” stands in a text without a number; readers take such words very differently.")
        yield Finding("report_word_alone", text.format(word=word))


def _texts(conclusion: Conclusion) -> list[str]:
    own = (conclusion.source_base, conclusion.gaps, conclusion.agreement, conclusion.departure)
    return [*own, conclusion.would_change, *(entry.reason for entry in conclusion.likelihoods)]


def _sections(plan: ReportPlan) -> Iterator[Finding]:
    names = set(known_sections(plan))
    if not names:
        yield Finding("report_empty", _("No section is chosen: the report would be empty."))
        return
    if "likelihoods" in names and "confidence" not in names:
        yield Finding(
            "report_confidence", _("Likelihoods are in the report, and how sure the analyst is of them is not.")
        )
    if not names & {"hypotheses", "likelihoods", "chart"}:
        yield Finding("report_hypotheses", _("No chosen section names all hypotheses."))


def _lead(made: Material) -> Iterator[Finding]:
    found = made.robustness
    if not found.leaders or not found.is_unresolved:
        return
    names = [made.assessment.hypotheses[column].label for column in found.leaders]
    if len(names) > 1:
        yield Finding(
            "report_unresolved", _("The lead is shared, so it is unresolved; the report should not name a winner.")
        )
        return
    text = _("The lead of {name} is unresolved: it does not survive small changes of the ratings.")
    yield Finding("report_unresolved", text.format(name=names[0]))
