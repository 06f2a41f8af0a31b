"""Words for likelihood and the numbers they stand for: the scales an analyst can choose between. No score is in here.

ICD 203 (Intelligence Community Directive 203, "Analytic Standards", D.6.e.(2)(a)): seven terms in two rows of
synonyms, which one product does not mix; its bands touch, and a number on a border belongs to the upper band.

PHIA (Professional Head of Intelligence Analysis, "Explaining Uncertainty in UK Intelligence Assessment", 24 March
2025): seven terms with gaps between them on purpose. Only partly verified: that there are seven ranges, and the upper
bounds of the four lowest, were read; the other numbers are from memory.

A word is stored as the directive spells it and translated where it is shown; one that no scale has is text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ach_desk.i18n import _
from ach_desk.model.judgement import Conclusion, Likelihood, LikelihoodTerm
from ach_desk.model.values import LikelihoodScale

Range = tuple[float, float]
"""(lowest, highest) in per cent."""


class Term(NamedTuple):
    """A word of a scale, the range it stands for in per cent, and its synonym in the other row ("": none)."""

    word: str
    low: float
    high: float
    synonym: str = ""

    @property
    def range(self) -> Range:
        """Return the range in per cent, both ends included."""
        return self.low, self.high


ICD_203 = (
    Term("almost no chance", 1, 5, "remote"),
    Term("very unlikely", 5, 20, "highly improbable"),
    Term("unlikely", 20, 45, "improbable"),
    Term("roughly even chance", 45, 55, "roughly even odds"),
    Term("likely", 55, 80, "probable"),
    Term("very likely", 80, 95, "highly probable"),
    Term("almost certain", 95, 99, "nearly certain"),
)
PHIA = (
    Term("remote chance", 0, 5),
    Term("highly unlikely", 10, 20),
    Term("unlikely", 25, 35),
    Term("realistic possibility", 40, 50),
    Term("likely or probable", 55, 75),
    Term("highly likely", 80, 90),
    Term("almost certain", 95, 100),
)


def terms_of(scale: LikelihoodScale | None, own: Iterable[LikelihoodTerm] = ()) -> tuple[Term, ...]:
    """Return the terms of a scale from the least likely on; none where words are not used or not chosen yet."""
    if scale is LikelihoodScale.OWN:
        found = [Term(term.word, min(term.low, term.high), max(term.low, term.high)) for term in own if term.word]
        return tuple(sorted(found, key=lambda term: term.range))
    return {LikelihoodScale.ICD_203: ICD_203, LikelihoodScale.PHIA: PHIA}.get(scale, ()) if scale else ()


def term_of(word: str, terms: Sequence[Term]) -> Term | None:
    """Return the term that a word is, in either row; None for a word that the scale does not have."""
    return next((term for term in terms if word and word in (term.word, term.synonym)), None)


def in_second_row(word: str, terms: Sequence[Term]) -> bool:
    """Return whether a word is one of the second row of synonyms."""
    return any(word and word == term.synonym for term in terms)


def mixes_rows(words: Iterable[str], terms: Sequence[Term]) -> bool:
    """Return whether words of both rows of synonyms are used, which the directive advises against."""
    known = [word for word in words if term_of(word, terms) is not None]
    rows = {in_second_row(word, terms) for word in known if _has_synonym(word, terms)}
    return len(rows) > 1


def _has_synonym(word: str, terms: Sequence[Term]) -> bool:
    term = term_of(word, terms)
    return term is not None and bool(term.synonym)


def covering(around: Range, terms: Sequence[Term]) -> Term | None:
    """Return the term that a range lies in, of two the upper one; None where no term covers all of it.

    A single number on the border of two bands that touch belongs to the upper one; one in a gap has no term.
    """
    return next((term for term in reversed(terms) if term.low <= around[0] and around[1] <= term.high), None)


def nearest(percent: float, terms: Sequence[Term]) -> Term | None:
    """Return the term whose band is nearest to a number, of two equally near the upper one; None without terms."""
    return min(reversed(terms), key=lambda term: max(term.low - percent, percent - term.high, 0), default=None)


def stated_range(likelihood: Likelihood) -> Range | None:
    """Return the range stated in numbers, the ends in order; None where no number is stated."""
    ends = [end for end in (likelihood.low, likelihood.high) if end is not None]
    return (min(ends), max(ends)) if ends else None


def range_of(likelihood: Likelihood, terms: Sequence[Term]) -> Range | None:
    """Return the range stated in numbers, else the one that its word stands for; None where it says no number."""
    stated = stated_range(likelihood)
    if stated is not None:
        return stated
    term = term_of(likelihood.word, terms)
    return term.range if term else None


def terms_in(conclusion: Conclusion) -> tuple[Term, ...]:
    """Return the terms that a conclusion chooses from."""
    return terms_of(conclusion.scale, conclusion.own_terms)


def scale_name(scale: LikelihoodScale) -> str:
    """Return the name of a scale."""
    return {
        LikelihoodScale.ICD_203: _("ICD 203 (United States)"),
        LikelihoodScale.PHIA: _("PHIA yardstick (United Kingdom)"),
        LikelihoodScale.OWN: _("Words of my own"),
        LikelihoodScale.NONE: _("No words, numbers only"),
    }[scale]


def scale_note(scale: LikelihoodScale) -> str:
    """Return where a scale comes from and what is particular about it, in a sentence or two."""
    return {
        LikelihoodScale.ICD_203: _(
            "Seven words from “almost no chance” to “almost certain”, without gaps. A number on a border belongs "
            "to the upper word. Source: Intelligence Community Directive 203, D.6.e.(2)(a)."
        ),
        LikelihoodScale.PHIA: _(
            "Seven words from “remote chance” to “almost certain”, with gaps between them on purpose. Source: UK "
            "government, “Explaining Uncertainty in UK Intelligence Assessment”, 2025; of its numbers only some "
            "could be checked."
        ),
        LikelihoodScale.OWN: _("You write the words and the range that each of them stands for."),
        LikelihoodScale.NONE: _("Ranges such as 55-80 %, without words."),
    }[scale]


def shown_word(word: str) -> str:
    """Return a word of a scale in the program's language; any other word as it is."""
    return {
        "almost no chance": _("almost no chance"),
        "remote": _("remote"),
        "very unlikely": _("very unlikely"),
        "highly improbable": _("highly improbable"),
        "unlikely": _("unlikely"),
        "improbable": _("improbable"),
        "roughly even chance": _("roughly even chance"),
        "roughly even odds": _("roughly even odds"),
        "likely": _("likely"),
        "probable": _("probable"),
        "very likely": _("very likely"),
        "highly probable": _("highly probable"),
        "almost certain": _("almost certain"),
        "nearly certain": _("nearly certain"),
        "remote chance": _("remote chance"),
        "highly unlikely": _("highly unlikely"),
        "realistic possibility": _("realistic possibility"),
        "likely or probable": _("likely or probable"),
        "highly likely": _("highly likely"),
    }.get(word, word)
