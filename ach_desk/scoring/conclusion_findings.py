"""What the program points out about the conclusion: what is not said yet, and what cannot be as it stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ach_desk.i18n import _, join_some, ngettext
from ach_desk.model import Analysis, Hypothesis, Matrix
from ach_desk.model.conclusions import by_hypothesis, conclusion_on
from ach_desk.model.judgement import Conclusion, Likelihood
from ach_desk.model.likelihood_words import mixes_rows, range_of, shown_word, stated_range, term_of, terms_in
from ach_desk.model.percent import range_words
from ach_desk.scoring.answer_check import joined_sentence, word_without_number
from ach_desk.scoring.assessment import Assessment
from ach_desk.scoring.findings import Finding
from ach_desk.scoring.likelihoods import concluded, departure_sentence, departures, fits, sum_sentence

CONCLUSION_CODES = frozenset(
    {
        "conclusion_missing",
        "conclusion_no_answer",
        "conclusion_no_reason",
        "conclusion_not_mentioned",
        "conclusion_exclusive",
        "conclusion_sum",
        "conclusion_departs",
        "conclusion_one_sentence",
        "conclusion_word_alone",
        "conclusion_other_scale",
        "conclusion_word_and_number",
        "conclusion_rows_mixed",
        "conclusion_confidence",
        "conclusion_would_change",
    }
)
"""The codes of these findings; each leads to the page of the conclusion."""

CONCLUSION_STANDING_CODES = frozenset({"conclusion_departs"})
"""Those that give the standing away."""

_MOST_NAMED = 6
_LEAST_COMPARED = 2


def conclusion_findings(analysis: Analysis, matrix: Matrix, assessment: Assessment) -> list[Finding]:
    """Return the findings on the conclusion upon a matrix; without one, that it is missing once all is rated."""
    conclusion = conclusion_on(analysis, matrix.id)
    if conclusion is None:
        return list(_missing(assessment))
    if conclusion.no_judgement:
        return list(_no_judgement(conclusion))
    listed = concluded(assessment)
    return [
        *_answer(conclusion),
        *_not_mentioned(conclusion, listed),
        *_adding_up(conclusion, listed),
        *_departing(conclusion, assessment),
        *_words(conclusion, listed),
        *_confidence(conclusion),
    ]


def _missing(assessment: Assessment) -> Iterator[Finding]:
    if assessment.counted_items and not assessment.open_cells and assessment.comparable.sum() >= _LEAST_COMPARED:
        yield Finding("conclusion_missing", _("Everything is rated, and no conclusion is written."))


def _no_judgement(conclusion: Conclusion) -> Iterator[Finding]:
    if not conclusion.no_judgement_reason.strip():
        yield Finding("conclusion_no_reason", _("Why no judgement is possible yet is not said."))


def _answer(conclusion: Conclusion) -> Iterator[Finding]:
    answer = conclusion.answer
    if not answer.strip():
        yield Finding("conclusion_no_answer", _("The conclusion has no answer in one sentence yet."))
    if joined := joined_sentence(answer):
        text = _("Likelihood and confidence stand in one sentence and are easily taken for each other: “{sentence}”")
        yield Finding("conclusion_one_sentence", text.format(sentence=joined))
    if word := word_without_number(answer):
        text = _("“{word}” stands in the answer without a number; readers take such words very differently.")
        yield Finding("conclusion_word_alone", text.format(word=word))


def _not_mentioned(conclusion: Conclusion, listed: Sequence[Hypothesis]) -> Iterator[Finding]:
    said = by_hypothesis(conclusion)
    missing = [entry for entry in listed if not _is_mentioned(entry, said.get(entry.id))]
    if missing:
        text = ngettext(
            "The conclusion says nothing of {names}.", "The conclusion says nothing of {names}.", len(missing)
        )
        names = join_some([entry.label for entry in missing[:_MOST_NAMED]], _MOST_NAMED, len(missing))
        yield _about("conclusion_not_mentioned", text.format(names=names), missing)


def _is_mentioned(hypothesis: Hypothesis, likelihood: Likelihood | None) -> bool:
    if not hypothesis.is_active and hypothesis.status_reason.strip():
        return True
    return likelihood is not None and bool(likelihood.word or stated_range(likelihood) or likelihood.reason.strip())


def _adding_up(conclusion: Conclusion, listed: Sequence[Hypothesis]) -> Iterator[Finding]:
    terms = terms_in(conclusion)
    numbered = [entry for entry in conclusion.likelihoods if range_of(entry, terms) is not None]
    if conclusion.exclusive is None and len(numbered) >= _LEAST_COMPARED:
        yield Finding("conclusion_exclusive", _("It is not said whether only one of the hypotheses can be true."))
    if text := sum_sentence(conclusion, listed):
        yield Finding("conclusion_sum", text)


def _departing(conclusion: Conclusion, assessment: Assessment) -> Iterator[Finding]:
    found = departures(conclusion, assessment)
    if found and not conclusion.departure.strip():
        text = _("{where} Say why; that is allowed.").format(where=departure_sentence(found))
        yield _about("conclusion_departs", text, [found[0].likelier, found[0].less_contradicted])


def _words(conclusion: Conclusion, listed: Sequence[Hypothesis]) -> Iterator[Finding]:
    said, terms = by_hypothesis(conclusion), terms_in(conclusion)
    worded = [(entry, said[entry.id]) for entry in listed if entry.id in said and said[entry.id].word]
    if other := [entry for entry, likelihood in worded if term_of(likelihood.word, terms) is None]:
        text = _("The words for {names} are not of the scale that is chosen; choose anew.")
        yield _about("conclusion_other_scale", text.format(names=_labels(other)), other)
    for entry, likelihood in worded:
        term, around = term_of(likelihood.word, terms), stated_range(likelihood)
        if term is not None and around is not None and not fits(around, term):
            text = _("{label}: “{word}” stands for {range}, and the number is another one.")
            text = text.format(label=entry.label, word=shown_word(likelihood.word), range=range_words(term.range))
            yield _about("conclusion_word_and_number", text, [entry])
    if mixes_rows((likelihood.word for _entry, likelihood in worded), terms):
        text = _("Words of both rows of the scale are mixed (such as likely and probable); keep to one row.")
        yield Finding("conclusion_rows_mixed", text)


def _confidence(conclusion: Conclusion) -> Iterator[Finding]:
    if not conclusion.answer.strip():
        return
    if conclusion.confidence is None:
        yield Finding("conclusion_confidence", _("How confident you are in the judgement is not said."))
    elif not any(part.strip() for part in (conclusion.source_base, conclusion.gaps, conclusion.agreement)):
        yield Finding("conclusion_confidence", _("What the confidence rests on is not said."))
    if not conclusion.would_change.strip():
        yield Finding("conclusion_would_change", _("What would change the conclusion is not said."))


def _labels(listed: Sequence[Hypothesis]) -> str:
    return join_some([entry.label for entry in listed[:_MOST_NAMED]], _MOST_NAMED, len(listed))


def _about(code: str, text: str, listed: Sequence[Hypothesis]) -> Finding:
    return Finding(code, text, hypotheses=tuple(entry.id for entry in listed))
