"""Classification and handling markings: what can be ordered is, what cannot is said to be so.

Two ladders are known: the Traffic Light Protocol (FIRST, TLP 2.0) and the classic classification, with caveats after
``//`` as in ``SECRET//NOFORN``. Anything else is free text and stays as it is; it stands on no ladder.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple


class Ladder(StrEnum):
    """An order of markings, the openest first."""

    TLP = "tlp"
    CLASSIFICATION = "classification"


STEPS: dict[Ladder, tuple[str, ...]] = {
    Ladder.TLP: ("TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED"),
    Ladder.CLASSIFICATION: ("UNCLASSIFIED", "RESTRICTED", "CONFIDENTIAL", "SECRET", "TOP SECRET"),
}
_TLP = re.compile(r"TLP\s*[: ]\s*(CLEAR|WHITE|GREEN|AMBER\s*\+\s*STRICT|AMBER|RED)")
_CAVEATS = "//"


class Marking(NamedTuple):
    """A marking as it was read. `ladder` is None for free text, which has no level.

    level: its place on the ladder, 0 the openest. caveats: what stands after ``//``.
    """

    text: str
    ladder: Ladder | None = None
    level: int = 0
    caveats: tuple[str, ...] = ()


@lru_cache(maxsize=1024)
def parse(text: str) -> Marking:
    """Return the marking that a text is; free text on no ladder when it is none of the known ones."""
    head, *caveats = (part.strip() for part in text.split(_CAVEATS))
    wanted = " ".join(head.upper().split())
    tlp = _TLP.fullmatch(wanted)
    ladder = Ladder.TLP if tlp else Ladder.CLASSIFICATION
    if tlp is not None:
        colour = "".join(tlp[1].split())
        wanted = f"TLP:{'CLEAR' if colour == 'WHITE' else colour}"
    if wanted not in STEPS[ladder]:
        return Marking(text.strip())
    return Marking(text.strip(), ladder, STEPS[ladder].index(wanted), tuple(filter(None, caveats)))


def covers(higher: str, lower: str) -> bool | None:
    """Return whether a document marked `higher` may hold an item marked `lower`; None: they cannot be ordered.

    It may where both stand on one ladder, not below it, with every caveat of the item, or where both say the same.
    Several markings of a document stand apart with ``;``: ``SECRET; TLP:AMBER``.
    """
    wanted = _plain(lower)
    parts = [part for part in higher.split(";") if part.strip()]
    if not wanted or wanted == _plain(higher) or wanted in map(_plain, parts):
        return True
    item = parse(lower)
    if item.ladder is None:
        return None
    if not parts:
        return False
    beside = [part for part in map(parse, parts) if part.ladder is item.ladder]
    return any(part.level >= item.level and _caveats(part) >= _caveats(item) for part in beside) if beside else None


def highest(texts: Iterable[str]) -> str | None:
    """Return the highest of several markings with the caveats of all; "" for none, None when they cannot be ordered."""
    known = [parse(text) for text in dict.fromkeys(texts) if text.strip()]
    if not known:
        return ""
    if len(known) == 1:
        return known[0].text
    ladders = {marking.ladder for marking in known}
    if len(ladders) > 1 or None in ladders:
        return None
    top = max(known, key=lambda marking: marking.level)
    caveats: dict[str, str] = {}
    for caveat in (caveat for marking in (top, *known) for caveat in marking.caveats):
        caveats.setdefault(caveat.casefold(), caveat)
    return joined(top._replace(caveats=tuple(caveats.values())))


def side_by_side(texts: Iterable[str]) -> str:
    """Return the highest of each ladder with every free text, apart with semicolons; "" for none."""
    groups: dict[object, list[str]] = {}
    for text in dict.fromkeys(texts):
        if text.strip():
            groups.setdefault(parse(text).ladder or _plain(text), []).append(text)
    return "; ".join(highest(group) or group[0] for group in groups.values())


def joined(marking: Marking) -> str:
    """Return a marking of a ladder as it is written: the step, then its caveats."""
    if marking.ladder is None:
        return marking.text
    return _CAVEATS.join((STEPS[marking.ladder][marking.level], *marking.caveats))


def _caveats(marking: Marking) -> set[str]:
    return {caveat.casefold() for caveat in marking.caveats}


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
