"""The tree of hypotheses: which are forms of which. A ring, which only a damaged file has, ends where it began."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ach_desk.model.ids import Id
from ach_desk.model.records import Hypothesis


def ancestors(hypotheses: Mapping[Id, Hypothesis], hypothesis: Id) -> Iterator[Id]:
    """Yield the hypotheses that one is a form of, the nearest first; each once."""
    seen = {hypothesis}
    parent = hypotheses[hypothesis].parent
    while parent is not None and parent in hypotheses and parent not in seen:
        seen.add(parent)
        yield parent
        parent = hypotheses[parent].parent


def own_ancestors(hypotheses: Mapping[Id, Hypothesis]) -> set[Id]:
    """Return the hypotheses of which following the parents leads back to themselves, in time linear in their number."""
    found: set[Id] = set()
    begun_at: dict[Id, Id] = {}
    for start in hypotheses:
        at: Id | None = start
        while at is not None and at in hypotheses and at not in begun_at:
            begun_at[at] = start
            at = hypotheses[at].parent
        if at is not None and begun_at.get(at) == start:
            found |= {at, *ancestors(hypotheses, at)}
    return found


def may_be_parent(hypotheses: Mapping[Id, Hypothesis], child: Id, parent: Id) -> bool:
    """Return whether `child` can become a form of `parent`: not of itself or of one of its own forms."""
    if child == parent or hypotheses[child].is_combination or hypotheses[parent].is_combination:
        return False
    return child not in ancestors(hypotheses, parent)
