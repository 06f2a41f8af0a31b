"""What a sentence of the answer should not do: join likelihood and confidence, or leave a word without its number.

ICD 203 D.6.e.(2)(b): a level of confidence and a degree of likelihood do not stand in one sentence, because readers
take the one for the other. Words alone are misread, so that a number stands beside them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ach_desk.i18n import _
from ach_desk.model.likelihood_words import ICD_203, PHIA, shown_word

_SENTENCE = re.compile(r"(?<=[.!?…])\s+(?=\W*[^\W\d_a-zß-öø-ÿ]|\W*\d)|[\r\n\u2028\u2029]+")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?\s*(?:%|per\s?cent)", re.IGNORECASE)
_LIKELIHOOD = "likely, unlikely, probable, probably, improbable, likelihood, probability, even chance, no chance"
_CONFIDENCE = "confidence, confident"
_ALSO_OTHERWISE = {"", "remote"}
"""Words of a scale that say something else in most sentences."""


def sentences(text: str) -> list[str]:
    """Return the sentences of a text, as far as full stops and line ends tell them apart."""
    return [part.strip() for part in _SENTENCE.split(text) if part.strip()]


def joined_sentence(text: str) -> str:
    """Return the first sentence that speaks of likelihood and of confidence at once; "" where none does."""
    return next((part for part in sentences(text) if _likelihood_in(part) and _confidence_in(part)), "")


def word_without_number(text: str) -> str:
    """Return the first likelihood word that stands in a sentence without any per cent; "" where none does."""
    found = ((_likelihood_in(part), part) for part in sentences(text))
    return next((word for word, part in found if word and _NUMBER.search(part) is None), "")


def _likelihood_in(sentence: str) -> str:
    terms = {word for term in (*ICD_203, *PHIA) for word in (term.word, term.synonym)} - _ALSO_OTHERWISE
    own = _("likely, unlikely, probable, probably, improbable, likelihood, probability, even chance, no chance")
    words = (*terms, *map(shown_word, terms), *_listed(_LIKELIHOOD), *_listed(own))
    return _first(words, sentence)


def _confidence_in(sentence: str) -> str:
    return _first((*_listed(_CONFIDENCE), *_listed(_("confidence, confident"))), sentence)


def _listed(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]


def _first(words: Iterable[str], sentence: str) -> str:
    """Return the longest of the words that stand in a sentence as words of their own, as they stand there."""
    every = sorted(set(words), key=len, reverse=True)
    match = re.search(rf"(?<!\w)(?:{'|'.join(map(re.escape, every))})(?!\w)", sentence, re.IGNORECASE)
    return match[0] if match else ""
