"""Likelihoods in per cent: what a person types, what is stored, and what stands on screen and paper.

Shown numbers are rounded to five points: nobody judges finer. Exact ones stay in the file, in the field where they
were typed, and in exports.
"""

from __future__ import annotations

import re

from ach_desk.i18n import _
from ach_desk.model.likelihood_words import Range

_STEP = 5
_NUMBER = r"(\d{1,3}(?:[.,]\d+)?)\s*(?:%|per\s?cent)?"
_RANGE = re.compile(rf"{_NUMBER}\s*(?:-|–|—|to|\.\.)\s*{_NUMBER}", re.IGNORECASE)
_POINT = re.compile(rf"(?:about|around|roughly|ca\.?|~|≈)?\s*{_NUMBER}", re.IGNORECASE)
_UNDER = re.compile(rf"(?:under|below|less than|up to|at most|<|≤)\s*{_NUMBER}", re.IGNORECASE)
_OVER = re.compile(rf"(?:over|above|more than|at least|>|≥)\s*{_NUMBER}", re.IGNORECASE)


def range_from(text: str) -> Range | None:
    """Return what a person means by "55-80", "about 60 %", "60", "under 5 %"; None for an empty text.

    A single number is a range of no width. Raises ValueError for anything else, and beyond 0 to 100.
    """
    text = " ".join(text.split())
    if not text:
        return None
    found = _read(_in_english(text))
    if found is None or found[1] > 100:
        raise ValueError(text)
    return found


def _in_english(text: str) -> str:
    """Return the text with the words that the program itself writes, in its language, as their English ones."""
    for word, own in (("about", _("about")), ("under", _("under")), ("over", _("over")), ("to", _("to"))):
        text = re.sub(rf"(?<!\w){re.escape(own)}(?!\w)", word, text, flags=re.IGNORECASE)
    return text


def _read(text: str) -> Range | None:
    if match := _RANGE.fullmatch(text):
        ends = _number(match[1]), _number(match[2])
        return min(ends), max(ends)
    if match := _POINT.fullmatch(text):
        return _number(match[1]), _number(match[1])
    if match := _UNDER.fullmatch(text):
        return 0.0, _number(match[1])
    if match := _OVER.fullmatch(text):
        return _number(match[1]), 100.0
    return None


def _number(text: str) -> float:
    return float(text.replace(",", "."))


def typed(around: Range | None) -> str:
    """Return a range exactly, as it is typed: "55-80", "60"; "" for none."""
    if around is None:
        return ""
    low, high = (f"{end:.10g}" for end in around)
    return low if low == high else f"{low}-{high}"


def range_words(around: Range) -> str:
    """Return a range as it is shown: "55–80 %", "about 60 %", "under 5 %", "over 95 %"; rounded to five points."""
    low, high = around
    if high <= _STEP and low < _STEP:
        return _("under 5 %")
    if low >= 100 - _STEP and high > 100 - _STEP:
        return _("over 95 %")
    ends = rounded(low), rounded(high)
    if ends[0] == ends[1]:
        return _("about {percent} %").format(percent=ends[0])
    if ends[0] <= 0:
        return _("at most {percent} %").format(percent=ends[1])
    if ends[1] >= 100:
        return _("at least {percent} %").format(percent=ends[0])
    return _("{low}–{high} %").format(low=ends[0], high=ends[1])


def rounded(percent: float) -> int:
    """Return a number rounded to five points, halves upwards."""
    return int((percent + _STEP / 2) // _STEP) * _STEP
