"""What rests on what: items and cells hold only if certain assumptions do. A ring ends where it began."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ach_desk.model.evidence import EvidenceItem
from ach_desk.model.ids import Id
from ach_desk.model.values import EvidenceKind


def supports(evidence: Mapping[Id, EvidenceItem], item: Id) -> Iterator[Id]:
    """Yield everything that an item rests on, directly or through others, the nearest first; each once."""
    seen, waiting = {item}, [item]
    for at in waiting:
        for entry in evidence[at].rests_on:
            if entry in evidence and entry not in seen:
                seen.add(entry)
                waiting.append(entry)
                yield entry


def carried(evidence: Mapping[Id, EvidenceItem], item: Id) -> set[Id]:
    """Return what `item` can not rest on: itself, and everything that rests on it."""
    return {item, *falling(evidence, [item])}


def falling(evidence: Mapping[Id, EvidenceItem], false: Iterable[Id]) -> dict[Id, Id]:
    """Return the items that fall when those in `false` do not hold, each with what it rests on that fell before it.

    The false ones themselves are not among them. What rests on something that falls, falls too.
    """
    down = [entry for entry in dict.fromkeys(false) if entry in evidence]
    if not down:
        return {}
    resting: dict[Id, list[Id]] = {}
    for item in evidence.values():
        for entry in item.rests_on:
            resting.setdefault(entry, []).append(item.id)
    known = set(down)
    found: dict[Id, Id] = {}
    for at in down:
        for item in resting.get(at, ()):
            if item not in known:
                known.add(item)
                found[item] = at
                down.append(item)
    return found


def in_rings(evidence: Mapping[Id, EvidenceItem]) -> list[list[Id]]:
    """Return the items that rest on themselves through others, ring by ring, in time linear in their links.

    Where rings share items, one of them is found: without it the next one shows.
    """
    resting = {entry: item.rests_on for entry, item in evidence.items() if item.rests_on}
    done: set[Id] = set()
    found: list[list[Id]] = []
    for start in resting:
        found += _rings_from(resting, start, done)
    return found


def assumptions(evidence: Mapping[Id, EvidenceItem]) -> list[EvidenceItem]:
    """Return the items that are assumptions, in their order."""
    return [item for item in evidence.values() if item.kind is EvidenceKind.ASSUMPTION]


def _rings_from(resting: Mapping[Id, tuple[Id, ...]], start: Id, done: set[Id]) -> Iterator[list[Id]]:
    """Walk down from `start` and yield the stretch of the way that came back to itself, unless part of it was yielded.

    A file can close a long way ten thousand times over; each of its items is told once.
    """
    if start in done:
        return
    way, place, ahead = [start], {start: 0}, [iter(resting[start])]
    told = [-1]  # for each place of the way: the last place up to it that stood in a ring
    while way:
        entry = next(ahead[-1], None)
        if entry is None:
            ahead.pop()
            told.pop()
            done.add(way[-1])
            del place[way.pop()]
        elif entry in place:
            if told[-1] < place[entry]:
                yield way[place[entry] :]
                told[place[entry] :] = range(place[entry], len(way))
        elif entry in resting and entry not in done:
            place[entry] = len(way)
            way.append(entry)
            ahead.append(iter(resting[entry]))
            told.append(told[-1])
