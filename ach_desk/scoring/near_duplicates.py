"""Items that may say the same thing twice: nearly the same words, one quotation, one link, one source alone.

What is found is a question to the analyst, never a grouping by itself. Time is bounded: words are compared only where
a rare one is shared, and a word in more than `_MOST_SHARING` texts is no longer rare.
"""

from __future__ import annotations

import math
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import combinations

from ach_desk.model import EvidenceItem

ALIKE = 0.8
"""Texts with this share of their different words in common (Jaccard) are nearly the same."""

_FEWEST_WORDS = 4
"""Shorter texts share words by chance."""

_MOST_SHARING = 16
_MOST_KEPT = 1024
"""So many texts' words are kept: those of a matrix that is compared at every edit, not those of 10,000 items."""

_WORD = re.compile(r"\w+")
_DIGIT = re.compile(r"\d")
Words = tuple[str, ...]
"""The different words of a text, by alphabet."""

_SCHEME = re.compile(r"^\s*https?://(www\.)?", re.IGNORECASE)


class Likeness(StrEnum):
    """Why items may depend on each other."""

    WORDS = "words"
    QUOTATION = "quotation"
    LINK = "link"
    SOURCE = "source"


@dataclass(frozen=True)
class Alike:
    """Items (ids, in the order given) that may depend on each other; `source` is the id of the one they rest on."""

    why: Likeness
    items: tuple[str, ...]
    source: str = ""


def find_alike(items: Sequence[EvidenceItem]) -> list[Alike]:
    """Return the sets of items that are alike, each set once, the plainest reason first."""
    found: dict[tuple[str, ...], Alike] = {}
    for one in (*_same(items), *_worded_alike(items), *_one_source(items)):
        found.setdefault(one.items, one)
    return list(found.values())


def say_the_same(items: Sequence[EvidenceItem], others: Sequence[EvidenceItem]) -> bool:
    """Return whether both are the same items, saying the same, so that `find_alike` finds the same."""
    if items is others:
        return True
    if len(items) != len(others):
        return False
    return all(one is other or _said(one) == _said(other) for one, other in zip(items, others, strict=True))


def _said(item: EvidenceItem) -> tuple[object, ...]:
    return item.id, item.title, item.detail, item.quotation, item.link, item.citations


def _same(items: Sequence[EvidenceItem]) -> Iterator[Alike]:
    for why, key in ((Likeness.QUOTATION, _quotation), (Likeness.LINK, _link)):
        for alike in _by_key((item.id, key(item)) for item in items):
            yield Alike(why, alike)


def _one_source(items: Sequence[EvidenceItem]) -> Iterator[Alike]:
    places: dict[str, list[str]] = {}
    for item in items:
        sources = {citation.source for citation in item.citations if not citation.retracted}
        if len(sources) == 1:
            places.setdefault(sources.pop(), []).append(item.id)
    yield from (Alike(Likeness.SOURCE, tuple(ids), source) for source, ids in places.items() if len(ids) > 1)


def _worded_alike(items: Sequence[EvidenceItem]) -> Iterator[Alike]:
    titles = {item.id: _in_order(item.title) for item in items}
    whole = {item.id: _in_order(f"{item.title} {item.detail}") for item in items if item.detail}
    pairs = [*_pairs(titles), *_pairs(whole)]
    order = {item.id: place for place, item in enumerate(items)}
    for group in _joined(pairs):
        yield Alike(Likeness.WORDS, tuple(sorted(group, key=order.__getitem__)))


@lru_cache(maxsize=_MOST_KEPT)
def words_of(text: str) -> frozenset[str]:
    """Return the different words of a text, in lower case; a word is one object however many texts it is in."""
    return frozenset(map(sys.intern, _WORD.findall(text.casefold())))


def _in_order(text: str) -> Words:
    """Return the different words of a text; of 10,000 texts, tuples take a fourth of the room of sets."""
    return tuple(sorted(words_of(text)))


def _quotation(item: EvidenceItem) -> object:
    words = tuple(_WORD.findall(item.quotation.casefold())) if item.quotation else ()
    return words if len(words) >= _FEWEST_WORDS else None


def _link(item: EvidenceItem) -> object:
    """Return the address without what does not tell pages apart."""
    return _SCHEME.sub("", item.link).partition("#")[0].rstrip("/ ") or None if item.link else None


def _by_key(keyed: Iterable[tuple[str, object]]) -> list[tuple[str, ...]]:
    """Return the ids that have a key in common, two or more; None is no key."""
    places: dict[object, list[str]] = {}
    for entry, key in keyed:
        if key is not None:
            places.setdefault(key, []).append(entry)
    return [tuple(ids) for ids in places.values() if len(ids) > 1]


def _pairs(texts: Mapping[str, Words]) -> Iterator[tuple[str, str]]:
    """Yield ids whose texts are nearly the same. Equal ones are chained, so that they cost nothing however many."""
    first: dict[Words, str] = {}
    for entry, words in texts.items():
        if len(words) >= _FEWEST_WORDS:
            before = first.setdefault(words, entry)
            if before != entry:
                yield before, entry
    different = list(first)
    for one, other in _candidates(different):
        if _is_alike(frozenset(different[one]), frozenset(different[other])):
            yield first[different[one]], first[different[other]]


def _candidates(texts: Sequence[Words]) -> set[tuple[int, int]]:
    """Return pairs of places that share one of their rarest words.

    Two sets that have the share `ALIKE` of their words in common share one of the rarest n - ceil(ALIKE n) + 1 words
    of either (prefix filtering); of these the ones in too many texts are passed over.
    """
    number = Counter(word for words in texts for word in words)
    places: dict[str, list[int]] = {}
    for place, words in enumerate(texts):
        rarest = sorted(words, key=lambda word: (number[word], word))
        for word in rarest[: len(words) - _least_shared(len(words)) + 1]:
            if 1 < number[word] <= _MOST_SHARING:
                places.setdefault(word, []).append(place)
    return {pair for found in places.values() for pair in combinations(found, 2)}


def _least_shared(count: int) -> int:
    return math.ceil(ALIKE * count)


def _is_alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Return whether most words are the same; other numbers say another thing in the same words."""
    if min(len(one), len(other)) < ALIKE * max(len(one), len(other)):
        return False
    common = len(one & other)
    if common < ALIKE * (len(one) + len(other) - common):
        return False
    return not (_numbers(one - other) and _numbers(other - one))


def _numbers(words: frozenset[str]) -> list[str]:
    return [word for word in words if _DIGIT.search(word)]


def _joined(pairs: Iterable[tuple[str, str]]) -> list[set[str]]:
    """Return what hangs together through the pairs."""
    group_of: dict[str, set[str]] = {}
    for one, other in pairs:
        left, right = group_of.get(one, {one}), group_of.get(other, {other})
        if left is not right:
            small, large = sorted((left, right), key=len)
            large |= small
            group_of.update(dict.fromkeys((*small, one, other), large))
    return list({id(group): group for group in group_of.values()}.values())
