"""P(e|H) as a person enters it: a word, a number or a range; what is stored, and what stands on the screen."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ach_desk.i18n import _
from ach_desk.model.method_settings import ChanceWord
from ach_desk.model.rating import Likelihood

_NUMBER = r"(\d{1,3}(?:[.,]\d+)?|[.,]\d+)\s*(%|per\s?cent)?"
_POINT = re.compile(_NUMBER, re.IGNORECASE)
_RANGE = re.compile(rf"{_NUMBER}\s*(?:-|–|—|to|\.\.)\s*{_NUMBER}", re.IGNORECASE)
_SAME = 1e-9


def chance_word(word: ChanceWord) -> str:
    """Return the word in the person's language."""
    return {
        ChanceWord.CERTAIN: _("practically certain"),
        ChanceWord.VERY_LIKELY: _("very likely"),
        ChanceWord.LIKELY: _("likely"),
        ChanceWord.EVEN: _("as likely as not"),
        ChanceWord.UNLIKELY: _("unlikely"),
        ChanceWord.VERY_UNLIKELY: _("very unlikely"),
        ChanceWord.HARDLY: _("hardly possible"),
    }[word]


def chance_from(text: str, words: Mapping[ChanceWord, float]) -> Likelihood | None:
    """Return what a person means by "0.3", "30 %", "0.2-0.4", "20-40 %", "likely"; None for an empty text.

    Numbers above 1 are per cent. Raises ValueError for anything else, and beyond 0 to 1.
    """
    text = " ".join(text.split())
    if not text:
        return None
    word = _word(text)
    if word is not None and word in words:
        return words[word], words[word]
    text = re.sub(rf"(?<!\w){re.escape(_('to'))}(?!\w)", "to", text, flags=re.IGNORECASE)
    ends = _read(text)
    if ends is None or not all(0 <= end <= 1 for end in ends):
        raise ValueError(text)
    return min(ends), max(ends)


def _word(text: str) -> ChanceWord | None:
    wanted = text.casefold()
    return next((word for word in ChanceWord if wanted in (word.value.casefold(), chance_word(word).casefold())), None)


def _read(text: str) -> tuple[float, float] | None:
    if match := _RANGE.fullmatch(text):
        ends = _value(match[1]), _value(match[3])
        percent = match[2] or match[4] or max(ends) > 1
        return (ends[0] / 100, ends[1] / 100) if percent else ends
    if match := _POINT.fullmatch(text):
        value = _value(match[1])
        value = value / 100 if match[2] or value > 1 else value
        return value, value
    return None


def _value(text: str) -> float:
    return float(text.replace(",", "."))


def chance_typed(likelihood: Likelihood | None) -> str:
    """Return P(e|H) exactly, as it is typed: "0.3", "0.2-0.4"; "" for none."""
    if likelihood is None:
        return ""
    low, high = (f"{end:.10g}" for end in likelihood)
    return low if low == high else f"{low}-{high}"


def chance_said(likelihood: Likelihood) -> str:
    """Return P(e|H) as it is shown: "0.3", "0.2 to 0.4"."""
    low, high = (f"{end:.3g}" for end in likelihood)
    return low if low == high else _("{low} to {high}").format(low=low, high=high)


def word_of(likelihood: Likelihood | None, words: Mapping[ChanceWord, float]) -> ChanceWord | None:
    """Return the word whose number this is; None for a range, and for a number that no word has."""
    if likelihood is None or likelihood[0] != likelihood[1]:
        return None
    return next((word for word in words if abs(words[word] - likelihood[0]) < _SAME), None)
