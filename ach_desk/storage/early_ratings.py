"""Ratings made while the text is parsed, so that a large sheet never exists as 100,000 dictionaries first.

Freed dictionaries do not give their memory back: strings that stay lie between them. What merely looks like a rating
elsewhere in the file, under a key that this version does not know, is made an object again before anybody sees it.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from typing import Any

from ach_desk.model import Rating
from ach_desk.storage.json_text import Pairs, plain_object

_FIELDS = ("value", "rationale", "confidence", "time", "item_wording", "hypothesis_wording")
"""As they are written; a rating with a range or a suggestion, which few have, is made later."""
_SHAPES = frozenset(shape for count in range(1, len(_FIELDS) + 1) for shape in combinations(_FIELDS, count))
_WAY_TO_ROWS = ("matrices", None, "sheets", None, "ratings", None)
_MOST_KNOWN = 1000


def rating_maker() -> Callable[[Pairs], Any]:
    """Return a function that makes of an object's pairs a Rating, where that is no loss, or else a dictionary.

    A Rating it is when `to_json` gives back the same object. Equal ones without a rationale are one and the same
    Rating: a sheet that was imported has a handful of them. Raises what `plain_object` raises.
    """
    known: dict[tuple[tuple[str, Any], ...], Rating] = {}
    parse = Rating.parse

    def made_of(pairs: Pairs) -> Any:
        if not pairs or pairs[0][0] not in _FIELDS:
            return plain_object(pairs)
        key = tuple(pairs)
        try:
            made = known.get(key)
        except TypeError:  # a list or an object is in it
            return plain_object(pairs)
        if made is not None:
            return made
        try:
            if len(pairs) == 2 and pairs[0][0] == "value" and pairs[1][0] == "time" and pairs[0][1] and pairs[1][1]:
                made = Rating.judged(pairs[0][1], pairs[1][1])
            else:
                found = plain_object(pairs)
                if tuple(found) not in _SHAPES or not all(found.values()) or 1 in map(found.get, _FIELDS[-2:]):
                    return found
                made = parse(found)
        except ValueError:
            return plain_object(
                pairs
            )  # A defect if it is a rating at all: who reads the sheet says so, with its place.
        if not made.rationale:
            if len(known) >= _MOST_KNOWN:
                known.clear()
            known[key] = made
        return made

    return made_of


def put_back(container: Any, *, but_sheets: bool) -> None:
    """Make the Ratings in the lists and objects of `container` objects again, in place.

    With `but_sheets`, `container` is a document, and the rows of its sheets are left as they are.
    """
    waiting: list[tuple[Any, tuple[str | None, ...]]] = [(container, _WAY_TO_ROWS if but_sheets else ())]
    while waiting:
        container, way = waiting.pop()
        for key, entry in container.items() if isinstance(container, dict) else enumerate(container):
            if isinstance(entry, Rating):
                container[key] = entry.to_json()
            elif isinstance(entry, (dict, list)):
                rest = way[1:] if way and way[0] in (None, key) else None
                if rest != ():
                    waiting.append((entry, rest or ()))
