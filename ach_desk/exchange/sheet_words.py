"""The spellings of ratings and grades in foreign sheets: letters, signs, numbers, words in English and German."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ach_desk.exchange.sheet_mapping import Scheme, SheetMapping
from ach_desk.model import EvidenceKind, EvidenceStatus, Level, RatingValue

_CC, _C, _N, _I, _II = (
    RatingValue.VERY_CONSISTENT,
    RatingValue.CONSISTENT,
    RatingValue.NEUTRAL,
    RatingValue.INCONSISTENT,
    RatingValue.VERY_INCONSISTENT,
)
_STEPS = (_CC, _C, _N, _I, _II)

_WORDS: dict[RatingValue | None, tuple[str, ...]] = {
    _CC: (
        *("vc", "very consistent", "strongly consistent", "highly consistent", "strongly supports", "strong support"),
        *(
            "sehr konsistent",
            "stark konsistent",
            "hoch konsistent",
            "sehr stimmig",
            "spricht stark dafür",
            "stützt stark",
            "sehr vereinbar",
        ),
    ),
    _C: (
        *("consistent", "supports", "support", "supporting"),
        *("konsistent", "stimmig", "spricht dafür", "stützt", "vereinbar", "passt"),
    ),
    RatingValue.SLIGHTLY_CONSISTENT: (
        "slightly consistent",
        "somewhat consistent",
        "weakly consistent",
        "leicht konsistent",
        "eher konsistent",
        "etwas konsistent",
    ),
    _N: ("neutral", "neither", "ambiguous", "unentschieden", "weder noch"),
    RatingValue.SLIGHTLY_INCONSISTENT: (
        *("slightly inconsistent", "somewhat inconsistent", "weakly inconsistent"),
        *("eher inkonsistent", "etwas inkonsistent", "leicht inkonsistent"),
    ),
    _I: (
        *("inconsistent", "contradicts", "contradicting", "refutes"),
        *("inkonsistent", "unstimmig", "spricht dagegen", "widerspricht", "widerspruch", "unvereinbar", "passt nicht"),
    ),
    _II: (
        *("vi", "very inconsistent", "strongly inconsistent", "highly inconsistent", "strongly contradicts"),
        *(
            "sehr inkonsistent",
            "stark inkonsistent",
            "hoch inkonsistent",
            "spricht stark dagegen",
            "widerspricht stark",
            "sehr unstimmig",
        ),
    ),
    RatingValue.NOT_APPLICABLE: (
        *("na", "n.a.", "n. a.", "n.a", "not applicable", "does not apply", "inapplicable"),
        *("nicht anwendbar", "entfällt", "trifft nicht zu", "nicht zutreffend"),
    ),
    None: ("", "–", "—", "?", "unrated", "not rated", "tbd", "offen", "unbewertet", "nicht bewertet", "k.a.", "k. a."),
}
_LETTERS: dict[str, RatingValue | None] = {
    **{word: value for value, words in _WORDS.items() for word in words},
    **{value.value.casefold(): value for value in RatingValue},
}
_NUMBERS = {str(step): value for step, value in zip((2, 1, 0, -1, -2), _STEPS, strict=True)}
_SCHEMES: dict[Scheme, dict[str, RatingValue | None]] = {
    Scheme.LETTERS: {},
    Scheme.SIGNS: {"++": _CC, "+": _C, "0": _N, "o": _N, "+/-": _N, "±": _N, "-": _I, "--": _II},
    Scheme.MINUS_TWO_TO_TWO: {**_NUMBERS, "+2": _CC, "+1": _C},
    Scheme.FIVE_IS_CONSISTENT: {str(5 - place): value for place, value in enumerate(_STEPS)},
    Scheme.ONE_IS_CONSISTENT: {str(1 + place): value for place, value in enumerate(_STEPS)},
}
_CODE = "(?P<code>cc|c-?|n|ii|i-?|n/a|na)"
_CODE_FIRST = re.compile(rf"{_CODE} ?[-:=–.)] ?(?P<words>.+)")
_CODE_LAST = re.compile(rf"(?P<words>.+?) ?[(\[]{_CODE}[)\]]")
_DOUBLED = re.compile(r"([ci+-]) \1")
_WHOLE = re.compile(r"([+-]?\d{1,2})[.,]0+", re.ASCII)
_SHORTEST_LONG_FORM = 3
_DASHES = str.maketrans({"\N{MINUS SIGN}": "-", "\N{EN DASH}": "-", "\N{FULLWIDTH PLUS SIGN}": "+"})

LEVELS: Mapping[str, Level | None] = {
    **dict.fromkeys(("high", "h", "hoch", "strong", "gut", "sehr hoch"), Level.HIGH),
    **dict.fromkeys(("medium", "m", "med", "mittel", "moderate", "average"), Level.MEDIUM),
    **dict.fromkeys(("low", "l", "niedrig", "gering", "weak", "schwach"), Level.LOW),
    **dict.fromkeys(("", "not set", "-", "–", "?", "n/a", "unknown", "unbekannt"), None),
}
KINDS: Mapping[str, EvidenceKind] = {
    **{kind.value: kind for kind in EvidenceKind},
    **dict.fromkeys(("", "fact", "evidence item", "beleg", "hinweis"), EvidenceKind.EVIDENCE),
    **dict.fromkeys(("annahme", "assumptions"), EvidenceKind.ASSUMPTION),
    **dict.fromkeys(("schlussfolgerung", "ableitung", "inference", "logical deduction"), EvidenceKind.DEDUCTION),
    **dict.fromkeys(("absence", "fehlen", "fehlender beleg", "missing evidence"), EvidenceKind.ABSENCE),
}
STATUSES: Mapping[str, EvidenceStatus] = {
    **dict.fromkeys(("", "counted", "yes", "ja", "gezählt"), EvidenceStatus.COUNTED),
    **dict.fromkeys(("set aside", "no", "nein", "ausgenommen"), EvidenceStatus.SET_ASIDE),
}


def word_of(cell: str) -> str:
    """Return what a word in a cell is compared by: small letters, single spaces, one kind of minus.

    What says the same twice or more widely is the short word: ``C C``, ``+ +``, ``-1.0``, ``Consistent (C)``.
    """
    key = " ".join(cell.split()).casefold()
    if len(key) > 1:
        key = key.translate(_DASHES)
    return key if len(key) < _SHORTEST_LONG_FORM else _short_form(key)


def _short_form(key: str) -> str:
    doubled = _DOUBLED.fullmatch(key)
    if doubled:
        return 2 * doubled[1]
    number = _WHOLE.fullmatch(key)
    if number:
        return number[1]
    both = _CODE_FIRST.fullmatch(key) or _CODE_LAST.fullmatch(key)
    if both and _LETTERS.get(both["words"], False) == _LETTERS[both["code"]]:
        return both["code"]
    return key


def meanings(mapping: SheetMapping) -> Mapping[str, RatingValue | None]:
    """Return what each known spelling stands for under the mapping; None is unrated."""
    known = dict(_LETTERS)
    known.update(_with_minus(_SCHEMES[mapping.scheme]))
    known.update({word: RatingValue(value) if value else None for word, value in mapping.spellings.items()})
    return known


def _with_minus(words: Mapping[str, RatingValue | None]) -> dict[str, RatingValue | None]:
    """Return the words with a dash alone in all its kinds, which `word_of` leaves apart: it may stand for nothing."""
    more = {dash: words["-"] for dash in "\N{MINUS SIGN}\N{EN DASH}" if "-" in words}
    return {**words, **more}


@dataclass(frozen=True)
class Spelling:
    """A word that stands in rating cells: as it is written, how often, what it is read as (`is_known`: at all)."""

    written: str
    word: str
    count: int
    value: RatingValue | None
    is_known: bool


def spellings(cells: Iterable[str], mapping: SheetMapping) -> list[Spelling]:
    """Return the words that stand in rating cells: what is not understood first, then the commonest; no blank ones."""
    written: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for cell, count in Counter(cells).items():
        word = word_of(cell)
        if word:
            written.setdefault(word, cell.strip())
            counts[word] += count
    known = meanings(mapping)
    found = [
        Spelling(written[word], word, count, known.get(word), word in known) for word, count in counts.most_common()
    ]
    return sorted(found, key=lambda one: one.is_known)


def scheme_of(cells: Iterable[str]) -> Scheme:
    """Return how ratings seem to be written. Numbers from 1 to 5 could be either way: 5 is taken for consistent."""
    words = {word_of(cell) for cell in cells}
    words.discard("")
    letters = sum(1 for word in words if word in _LETTERS)
    if words & {"++", "+", "--", "+/-", "±"}:
        return Scheme.SIGNS
    if letters == len(words):
        return Scheme.LETTERS
    numbers = {word for word in words if word.lstrip("+-").isdigit() and len(word) <= 2}
    if len(numbers) < len(words) - letters or not numbers:
        return Scheme.LETTERS
    if numbers & {"3", "4", "5"} and not any(word.startswith("-") for word in numbers):
        return Scheme.FIVE_IS_CONSISTENT
    return Scheme.MINUS_TWO_TO_TWO


def looks_rated(cells: Iterable[str]) -> float:
    """Return which part of the cells that say something could be ratings, 0 to 1; 0 where none says anything."""
    filled = [word for word in map(word_of, cells) if word]
    if not filled:
        return 0.0
    every = _EVERY_RATING
    return sum(1 for word in filled if word in every) / len(filled)


_EVERY_RATING = frozenset(word for words in (_LETTERS, *_SCHEMES.values()) for word in words)
