"""Builders for the conclusion and the outcome of a matrix. None of them reads a score: a person concludes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ach_desk.commands import edits
from ach_desk.commands.command import AddRecords, Command, PlacedRecord, SetFields, collection_of
from ach_desk.i18n import _
from ach_desk.model import Analysis, Matrix, new_id, now, replace
from ach_desk.model.conclusions import by_hypothesis
from ach_desk.model.judgement import Conclusion, Likelihood, LikelihoodTerm, Outcome
from ach_desk.model.likelihood_words import Range, Term, covering, in_second_row, stated_range, term_of, terms_in
from ach_desk.model.records import CheckAnswer, Record
from ach_desk.model.values import LikelihoodScale

REASON, PROMPT = "likelihoods", "prompts"
"""Fields that hold several texts: the reason of each hypothesis, the answer to each question."""


def begin(analysis: Analysis, matrix: Matrix, analyst: str, scale: LikelihoodScale) -> AddRecords:
    """Return the command that adds an empty conclusion upon a matrix, in the words of `scale`."""
    record = Conclusion(id=new_id(), matrix=matrix.id, scale=scale, by=analyst, date=now()[:10])
    return _adding(analysis, "conclusion", record, _("Begin the conclusion"))


def begin_outcome(analysis: Analysis, matrix: Matrix, analyst: str) -> AddRecords:
    """Return the command that adds an empty outcome to a matrix."""
    record = Outcome(id=new_id(), matrix=matrix.id, by=analyst, time=now())
    return _adding(analysis, "outcome", record, _("Begin the outcome"))


def added_id(command: AddRecords) -> str:
    """Return the id of the record that `begin` or `begin_outcome` adds."""
    return str(command.records[0].record["id"])


def delete(analysis: Analysis, kind: str, record_id: str) -> Command:
    """Return the command that deletes a conclusion or an outcome."""
    text = _("Delete the conclusion") if kind == "conclusion" else _("Delete the outcome")
    return edits.remove(analysis, kind, [record_id]).model_copy(update={"text": text})


def set_field(analysis: Analysis, kind: str, record_id: str, field: str, value: Any) -> SetFields:
    """Return the command that sets one field; raises ValidationError when it cannot hold the value."""
    text = _("Edit the conclusion") if kind == "conclusion" else _("Edit the outcome")
    return edits.set_field(analysis, kind, [record_id], field, value, text)


def set_scale(analysis: Analysis, conclusion: Conclusion, scale: LikelihoodScale) -> SetFields:
    """Return the command that chooses other words. What was said stays as it is until it is chosen anew."""
    text = _("Choose the words for likelihood")
    return edits.set_field(analysis, "conclusion", [conclusion.id], "scale", scale, text)


def set_own_terms(analysis: Analysis, conclusion: Conclusion, terms: Sequence[LikelihoodTerm]) -> SetFields:
    """Return the command that sets the analyst's own words, and with them the scale."""
    values = {"scale": LikelihoodScale.OWN, "own_terms": tuple(terms)}
    return edits.set_fields(analysis, "conclusion", conclusion.id, values, _("Choose the words for likelihood"))


def set_word(analysis: Analysis, conclusion: Conclusion, hypothesis: str, word: str) -> SetFields:
    """Return the command that says how likely a hypothesis is in a word of the scale; "" takes the word away.

    Its numbers come with it, unless narrower ones stand there that fit; "" leaves the numbers.
    """
    terms = terms_in(conclusion)
    term, said = term_of(word, terms), _said(conclusion, hypothesis)
    around = stated_range(said)
    fields: dict[str, Any] = {"word": word}
    if term is not None and (around is None or covering(around, (term,)) is None):
        fields |= {"low": term.low, "high": term.high}
    return _set_likelihood(analysis, conclusion, replace(said, **fields))


def set_numbers(analysis: Analysis, conclusion: Conclusion, hypothesis: str, around: Range | None) -> SetFields:
    """Return the command that says how likely a hypothesis is in numbers; None takes them away. The word stays."""
    low, high = around if around is not None else (None, None)
    said = _said(conclusion, hypothesis)
    return _set_likelihood(analysis, conclusion, replace(said, low=low, high=high))


def fit_word(analysis: Analysis, conclusion: Conclusion, hypothesis: str) -> SetFields:
    """Return the command that lets the word follow the numbers, once they are typed.

    A word that fits, if only in part, stays. Else the one that covers the numbers takes its place, from the row of
    synonyms that is in use; where none does, there is no word. Nothing changes without numbers or a scale.
    """
    terms, said = terms_in(conclusion), _said(conclusion, hypothesis)
    around, word = stated_range(said), said.word
    if around is not None and terms and not _touches(word, around, terms):
        found = covering(around, terms)
        rows = [in_second_row(entry.word, terms) for entry in conclusion.likelihoods if term_of(entry.word, terms)]
        word = "" if found is None else found.synonym if found.synonym and rows and all(rows) else found.word
    return _set_likelihood(analysis, conclusion, replace(said, word=word))


def _touches(word: str, around: Range, terms: Sequence[Term]) -> bool:
    """Return whether a word of the scale stands there that numbers reach into; a border belongs to the upper one."""
    term = term_of(word, terms)
    if term is None:
        return False
    if around[0] == around[1]:
        return covering(around, terms) is term
    return around[0] < term.high and around[1] > term.low


def set_reason(analysis: Analysis, conclusion: Conclusion, hypothesis: str, reason: str) -> SetFields:
    """Return the command that sets why a hypothesis is judged so."""
    said = _said(conclusion, hypothesis)
    return _set_likelihood(analysis, conclusion, replace(said, reason=reason))


def answer_prompt(analysis: Analysis, conclusion: Conclusion, question: str, note: str) -> SetFields:
    """Return the command that answers one of the questions against oneself; "" takes the answer out."""
    rest = [entry for entry in conclusion.prompts if entry.question != question]
    place = next((at for at, entry in enumerate(conclusion.prompts) if entry.question == question), len(rest))
    present = next((entry for entry in conclusion.prompts if entry.question == question), None)
    new = (present or CheckAnswer(question=question)).model_copy(update={"note": note})
    if new.note or new.answer:
        rest.insert(place, new)
    return set_field(analysis, "conclusion", conclusion.id, PROMPT, tuple(rest))


def nested_texts(conclusion: Conclusion) -> Iterator[tuple[str, str]]:
    """Yield (place, text) of the reasons and answers in a conclusion; `with_text` knows the places."""
    for likelihood in conclusion.likelihoods:
        yield f"{REASON}/{likelihood.hypothesis}", likelihood.reason
    for answer in conclusion.prompts:
        yield f"{PROMPT}/{answer.question}", answer.note


def with_text(conclusion: Conclusion, place: str, text: str) -> tuple[str, tuple[Any, ...]]:
    """Return (field, value) with another text at a place that `nested_texts` named."""
    field, _slash, key = place.partition("/")
    if field == REASON:
        return field, tuple(
            entry.model_copy(update={"reason": text}) if entry.hypothesis == key else entry
            for entry in conclusion.likelihoods
        )
    return field, tuple(
        entry.model_copy(update={"note": text}) if entry.question == key else entry for entry in conclusion.prompts
    )


def _said(conclusion: Conclusion, hypothesis: str) -> Likelihood:
    return by_hypothesis(conclusion).get(hypothesis) or Likelihood(hypothesis=hypothesis)


def _set_likelihood(analysis: Analysis, conclusion: Conclusion, new: Likelihood) -> SetFields:
    """Return the command that puts one entry in; an entry that says nothing any more is taken out."""
    present = conclusion.likelihoods
    at = next((place for place, entry in enumerate(present) if entry.hypothesis == new.hypothesis), len(present))
    says = new != Likelihood(hypothesis=new.hypothesis)
    value = (*present[:at], *((new,) if says else ()), *present[at + 1 :])
    known = analysis.hypotheses.get(new.hypothesis)
    text = _("Judge {name}").format(name=known.label if known else "")
    return edits.set_field(analysis, "conclusion", [conclusion.id], REASON, value, text)


def _adding(analysis: Analysis, kind: str, record: Record, text: str) -> AddRecords:
    data = record.model_dump(mode="json", exclude_defaults=True)
    placed = PlacedRecord(record=data, index=len(collection_of(analysis, kind)))
    return AddRecords(kind=kind, records=(placed,), text=text, time=now())
