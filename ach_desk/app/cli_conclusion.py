"""The conclusion and the outcome of one matrix for ``ach score``: as lines, and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ach_desk.i18n import _
from ach_desk.model import Analysis, Conclusion, Hypothesis, Matrix
from ach_desk.model.conclusions import by_hypothesis, conclusion_on, confidence_sentence, likelihood_words
from ach_desk.model.likelihood_words import range_of, terms_in
from ach_desk.scoring import Assessment
from ach_desk.scoring.likelihoods import concluded


def conclusion_lines(analysis: Analysis, matrix: Matrix, assessment: Assessment) -> Iterator[str]:
    """Yield the conclusion upon a matrix in its order, confidence in a sentence of its own; nothing without one."""
    conclusion = conclusion_on(analysis, matrix.id)
    if conclusion is None:
        return
    yield _("Conclusion:")
    if conclusion.answer:
        yield from conclusion.answer.split("\n")
    if conclusion.no_judgement:
        yield _("No judgement is possible yet: {reason}").format(reason=conclusion.no_judgement_reason)
    else:
        for hypothesis in concluded(assessment):
            yield _likelihood_line(conclusion, hypothesis)
        yield from _confidence_lines(conclusion)
    if conclusion.would_change:
        yield _("What would change our mind: {text}").format(text=conclusion.would_change)
    yield ""


def _likelihood_line(conclusion: Conclusion, hypothesis: Hypothesis) -> str:
    said = by_hypothesis(conclusion).get(hypothesis.id)
    words = likelihood_words(said, terms_in(conclusion)) if said else ""
    if not hypothesis.is_active:
        words = ", ".join(filter(None, (_("rejected"), words)))
    reason = (said.reason if said else "") or hypothesis.status_reason
    line = _("- {label} {title}: {words}").format(
        label=hypothesis.label, title=hypothesis.title, words=words or _("nothing said")
    )
    return f"{line}. {reason}" if reason else line


def _confidence_lines(conclusion: Conclusion) -> Iterator[str]:
    parts = [conclusion.source_base, conclusion.gaps, conclusion.agreement]
    text = " ".join(part for part in (confidence_sentence(conclusion.confidence), *parts) if part)
    if text:
        yield text
    if conclusion.departure:
        yield _("Why the order is another one than that of the matrix: {text}").format(text=conclusion.departure)


def conclusion_json(analysis: Analysis, matrix: Matrix, assessment: Assessment) -> dict[str, Any] | None:
    """Return the conclusion upon a matrix with exact numbers; None where there is none."""
    conclusion = conclusion_on(analysis, matrix.id)
    if conclusion is None:
        return None
    said, terms = by_hypothesis(conclusion), terms_in(conclusion)
    likelihoods = []
    for hypothesis in concluded(assessment):
        entry = said.get(hypothesis.id)
        around = range_of(entry, terms) if entry else None
        likelihoods.append(
            {
                "label": hypothesis.label,
                "word": entry.word if entry else "",
                "low": around[0] if around else None,
                "high": around[1] if around else None,
                "reason": entry.reason if entry else "",
            }
        )
    return {
        "answer": conclusion.answer,
        "no_judgement": conclusion.no_judgement,
        "no_judgement_reason": conclusion.no_judgement_reason,
        "scale": conclusion.scale,
        "exclusive": conclusion.exclusive,
        "likelihoods": likelihoods,
        "confidence": conclusion.confidence,
        "would_change": conclusion.would_change,
        "date": conclusion.date,
    }
