"""The analyst's own words for likelihood as lines of text, "rather likely: 55-80", and back."""

from __future__ import annotations

from collections.abc import Sequence

from ach_desk.model import LikelihoodTerm
from ach_desk.model.percent import range_from, typed


def terms_to_text(terms: Sequence[LikelihoodTerm]) -> str:
    """Return a line for each word with its range."""
    return "\n".join(f"{term.word}: {typed((term.low, term.high))}" for term in terms)


def text_to_terms(text: str) -> tuple[LikelihoodTerm, ...]:
    """Return the words in the lines of a text; raises ValueError for a line that is no word with a range."""
    return tuple(_term(line) for line in text.splitlines() if line.strip())


def _term(line: str) -> LikelihoodTerm:
    word, colon, numbers = line.rpartition(":")
    around = range_from(numbers)
    if not colon or not word.strip() or around is None:
        raise ValueError(line)
    return LikelihoodTerm(word=word.strip(), low=around[0], high=around[1])
