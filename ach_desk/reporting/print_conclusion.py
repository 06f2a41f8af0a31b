"""The conclusion in the printed document: answer, every hypothesis, confidence apart, what would change it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ach_desk.i18n import _
from ach_desk.model import Analysis, Conclusion, Hypothesis, Matrix, Outcome
from ach_desk.model.conclusions import (
    by_hypothesis,
    conclusion_on,
    confidence_hint,
    confidence_sentence,
    likelihood_words,
    outcome_of,
)
from ach_desk.model.likelihood_words import scale_name, terms_in
from ach_desk.model.prompts import prompts
from ach_desk.model.values import LikelihoodScale
from ach_desk.reporting.print_text import Composer
from ach_desk.scoring import Assessment
from ach_desk.scoring.likelihoods import concluded, departure_sentence, departures, sum_sentence
from ach_desk.scoring.postmortem import proved_true

_LONGEST_NAME = 24


def conclusion_data(
    analysis: Analysis, matrix: Matrix, assessment: Assessment, text: Composer
) -> dict[str, Any] | None:
    """Return the conclusion upon a matrix with the outcome, as far as it is known; None where neither was begun."""
    conclusion, outcome = conclusion_on(analysis, matrix.id), outcome_of(analysis, matrix.id)
    if conclusion is None and outcome is None:
        return None
    listed = concluded(assessment)
    return {
        "title": _("Conclusion"),
        **(_said(conclusion, assessment, listed, text) if conclusion is not None else _NOTHING),
        "outcome": _outcome(outcome, listed, text) if outcome is not None else [],
    }


_NOTHING: dict[str, Any] = {"answer": [], "rows": [], "headings": [], "notes": [], "sections": [], "date": ""}


def _said(conclusion: Conclusion, assessment: Assessment, listed: list[Hypothesis], text: Composer) -> dict[str, Any]:
    judged = not conclusion.no_judgement
    answer = text.paragraphs(conclusion.answer)
    if not judged:
        answer.append(text.line(_("No judgement is possible yet."), longest=40))
        answer += text.paragraphs(conclusion.no_judgement_reason)
    return {
        "date": _("Concluded on {date}").format(date=conclusion.date) if conclusion.date else "",
        "answer": answer,
        "headings": [_("Hypothesis"), _("How likely"), _("Why")],
        "rows": [_row(conclusion, entry, text) for entry in listed] if judged else [],
        "notes": _notes(conclusion, assessment, listed, text) if judged else [],
        "sections": _sections(conclusion, text, judged=judged),
    }


def _row(conclusion: Conclusion, hypothesis: Hypothesis, text: Composer) -> dict[str, Any]:
    said = by_hypothesis(conclusion).get(hypothesis.id)
    words = likelihood_words(said, terms_in(conclusion)) if said else ""
    reason = said.reason if said else ""
    if not hypothesis.is_active:
        words = ", ".join(filter(None, (_("rejected"), words)))
        reason = reason or hypothesis.status_reason
    return {
        "label": text.line(hypothesis.label, longest=_LONGEST_NAME),
        "title": text.line(hypothesis.title, longest=_LONGEST_NAME),
        "words": text.line(words.replace(" %", "\N{NO-BREAK SPACE}%") or "–", longest=_LONGEST_NAME),
        "reason": text.paragraphs(reason, longest=36),
        "rejected": not hypothesis.is_active,
    }


def _notes(conclusion: Conclusion, assessment: Assessment, listed: list[Hypothesis], text: Composer) -> list[Any]:
    """Return what belongs under the table: whose words, whether one excludes the others, what does not add up."""
    scale = conclusion.scale
    notes = []
    if scale is LikelihoodScale.ICD_203 or scale is LikelihoodScale.PHIA:
        notes.append(_("Words for likelihood: {scale}.").format(scale=scale_name(scale)))
    if conclusion.exclusive is not None:
        one, several = _("Only one of them can be true."), _("More than one of them can be true.")
        notes.append(one if conclusion.exclusive else several)
    notes.append(sum_sentence(conclusion, listed))
    notes.append(departure_sentence(departures(conclusion, assessment)))
    return [text.line(note, longest=40) for note in notes if note]


def _sections(conclusion: Conclusion, text: Composer, *, judged: bool) -> list[dict[str, Any]]:
    confidence = []
    if judged:
        confidence = _confidence(conclusion)
    answers = {entry.question: entry.note for entry in conclusion.prompts}
    asked = [f"{question} {answers[key]}" for key, question in prompts().items() if answers.get(key)]
    sections = [
        ("departure", _("Why the order is another one than that of the matrix"), [conclusion.departure] * judged),
        ("confidence", _("Confidence"), confidence),
        ("change", _("What would change our mind"), [conclusion.would_change]),
        ("questions", _("Questions against oneself"), asked),
    ]
    return _filled(sections, text)


def _filled(sections: Sequence[tuple[str, str, Sequence[str]]], text: Composer) -> list[dict[str, Any]]:
    """Return of (name, title, texts) those with any text."""
    return [
        {"name": name, "title": title, "text": [part for entry in entries for part in text.paragraphs(entry)]}
        for name, title, entries in sections
        if any(entry.strip() for entry in entries)
    ]


def _confidence(conclusion: Conclusion) -> list[str]:
    """Return how sure of the judgement, what the grade means, and its grounds by name."""
    level = conclusion.confidence
    meaning = f"{confidence_sentence(level)} {confidence_hint(level)}" if level else ""
    grounds = (
        (conclusion.source_base, _("Sources: {text}")),
        (conclusion.gaps, _("Missing: {text}")),
        (conclusion.agreement, _("Agreement: {text}")),
    )
    return [meaning, *(words.format(text=text) for text, words in grounds if text.strip())]


def _outcome(outcome: Outcome, listed: list[Hypothesis], text: Composer) -> list[dict[str, Any]]:
    true = proved_true(outcome)
    names = ", ".join(f"{entry.label} {entry.title}" for entry in listed if entry.id in true)
    came = _("None of them proved true.") if outcome.none_of_them else ""
    came = came or (_("Proved true: {names}.").format(names=names) if names else "")
    since = _("Known since {date}.").format(date=outcome.known) if outcome.known else ""
    sections = [
        ("outcome", _("What turned out to be so"), [outcome.text, came, since, outcome.grounds]),
        ("lessons", _("Lessons"), [outcome.lessons]),
    ]
    return _filled(sections, text)
