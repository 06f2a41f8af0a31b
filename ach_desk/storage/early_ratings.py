"""Ratings made while the text is parsed, so that a large sheet never exists as 100,000 dictionaries first.

Freed dictionaries do not give their memory back: strings that stay lie between them. What merely looks like a rating
elsewhere in the file, under a key that this version does not know, is made an object again before anybody sees it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations
from typing import Any, NamedTuple

from ach_desk.model import Rating
from ach_desk.storage.json_text import Pairs, plain_object

_FIELDS = ("value", "rationale", "confidence", "time", "item_wording", "hypothesis_wording")
"""As they are written; a rating with a range or a suggestion, which few have, is made later."""
_SHAPES = frozenset(shape for count in range(1, len(_FIELDS) + 1) for shape in combinations(_FIELDS, count))
_WAY_TO_ROWS = ("matrices", None, "sheets", None, "ratings", None)
_MOST_KNOWN = 1000


class Maker(NamedTuple):
    """Makes Ratings: `made_of(pairs)` is for the parser, `given()` says how often that gave a Rating."""

    made_of: Callable[[Pairs], Any]
    given: Callable[[], int]


def rating_maker() -> Maker:
    """Return what makes of an object's pairs a Rating, where that is no loss, or else a dictionary.

    A Rating it is when `to_json` gives back the same object. Equal ones without a rationale are one and the same
    Rating where they are close together: a sheet that was imported has a handful of them. Raises what `plain_object`
    raises.
    """
    known: dict[tuple[tuple[str, Any], ...], Rating] = {}
    of_last: dict[object, Rating] = {}
    last_time: object = None
    judged = Rating.judged
    given = 0

    def made_of(pairs: Pairs) -> Any:
        nonlocal given
        if len(pairs) == 2 and pairs[0][0] == "value" and pairs[1][0] == "time":
            make: Callable[[Pairs], Rating | None] = of_two
        elif pairs and pairs[0][0] in _FIELDS:
            make = of_more
        else:
            return plain_object(pairs)
        try:
            made = make(pairs)
        except (TypeError, ValueError):
            # A list or an object is in it, or a defect if it is a rating at all: who reads the sheet says so.
            made = None
        if made is None:
            return plain_object(pairs)
        given += 1
        return made

    def of_two(pairs: Pairs) -> Rating:
        """Nearly all are like that: nothing is remembered but what the ratings of one moment share."""
        nonlocal last_time
        value, time = pairs[0][1], pairs[1][1]
        if time != last_time:
            of_last.clear()
            last_time = time
        made = of_last.get(value)
        if made is None:
            made = of_last[value] = judged(value, time)
        return made

    def of_more(pairs: Pairs) -> Rating | None:
        key = tuple(pairs)
        made = known.get(key)
        if made is None:
            made = _parsed(pairs)
            if made is not None and not made.rationale:
                if len(known) >= _MOST_KNOWN:
                    known.clear()
                known[key] = made
        return made

    return Maker(made_of, lambda: given)


def _parsed(pairs: Pairs) -> Rating | None:
    """Return the Rating that the pairs stand for; None where it would not give them back. Raises ValueError."""
    found = plain_object(pairs)
    if tuple(found) not in _SHAPES or not all(found.values()) or 1 in map(found.get, _FIELDS[-2:]):
        return None
    return Rating.parse(found)


def ratings_in_sheets(document: dict[str, Any]) -> int:
    """Return how many Ratings stand where a sheet of `document` has its ratings, whatever else is wrong with it."""
    return sum(
        list(map(type, row.values())).count(Rating)
        for matrix in _objects(document.get("matrices"))
        for sheet in _objects(matrix.get("sheets"))
        for row in _rows(sheet.get("ratings"))
    )


def _objects(entries: Any) -> Iterator[dict[str, Any]]:
    return (entry for entry in entries if isinstance(entry, dict)) if isinstance(entries, list) else iter(())


def _rows(ratings: Any) -> Iterator[dict[str, Any]]:
    return (row for row in ratings.values() if isinstance(row, dict)) if isinstance(ratings, dict) else iter(())


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
