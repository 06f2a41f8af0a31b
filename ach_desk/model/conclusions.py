"""The conclusion and the outcome of a matrix, and what a conclusion says of one hypothesis."""

from __future__ import annotations

from collections.abc import Mapping

from ach_desk.i18n import _
from ach_desk.model.analysis import Analysis
from ach_desk.model.judgement import Conclusion, Likelihood, Outcome
from ach_desk.model.likelihood_words import Term, range_of, shown_word
from ach_desk.model.percent import range_words
from ach_desk.model.values import Level


def conclusion_on(analysis: Analysis, matrix: str) -> Conclusion | None:
    """Return the conclusion upon a matrix (an id), the first one of several; None when none was begun."""
    return next((entry for entry in analysis.conclusions.values() if entry.matrix == matrix), None)


def outcome_of(analysis: Analysis, matrix: str) -> Outcome | None:
    """Return what turned out to be so for the question of a matrix (an id); None while that is not known."""
    return next((entry for entry in analysis.outcomes.values() if entry.matrix == matrix), None)


def by_hypothesis(conclusion: Conclusion) -> Mapping[str, Likelihood]:
    """Return what is said of each hypothesis, by its id; the first entry of several counts."""
    found: dict[str, Likelihood] = {}
    for likelihood in conclusion.likelihoods:
        found.setdefault(likelihood.hypothesis, likelihood)
    return found


def likelihood_words(likelihood: Likelihood, terms: tuple[Term, ...]) -> str:
    """Return word and numbers together, "likely (55–80 %)", the numbers alone, or a word no number is known of."""
    around = range_of(likelihood, terms)
    numbers = range_words(around) if around is not None else ""
    word = shown_word(likelihood.word)
    if word and numbers:
        return _("{word} ({numbers})").format(word=word, numbers=numbers)
    return word or numbers


def confidence_word(level: Level | None) -> str:
    """Return the word for analytic confidence, of which the middle grade is called moderate; "" for none."""
    return {Level.HIGH: _("high"), Level.MEDIUM: _("moderate"), Level.LOW: _("low"), None: ""}[level]


def confidence_hint(level: Level) -> str:
    """Return by what a grade of confidence is known, after Joint Publication 2-0 and ICD 203."""
    return {
        Level.HIGH: _(
            "Well-corroborated information from proven sources, few assumptions, strong inferences, no or minor gaps."
        ),
        Level.MEDIUM: _(
            "Partly corroborated information from good sources, several assumptions, strong and weak inferences "
            "mixed, few gaps."
        ),
        Level.LOW: _(
            "Uncorroborated information from good or marginal sources, many assumptions, mostly weak inferences, "
            "glaring gaps."
        ),
    }[level]


def confidence_sentence(level: Level | None) -> str:
    """Return analytic confidence as a sentence of its own; "" for none."""
    if level is None:
        return ""
    return _("Confidence in this judgement is {level}.").format(level=confidence_word(level))
