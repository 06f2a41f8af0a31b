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


def is_own_ancestor(hypotheses: Mapping[Id, Hypothesis], hypothesis: Id) -> bool:
    """Return whether following the parents leads back to the hypothesis itself."""
    *_between, last = (hypothesis, *ancestors(hypotheses, hypothesis))
    return hypotheses[last].parent == hypothesis


def depth(hypotheses: Mapping[Id, Hypothesis], hypothesis: Id) -> int:
    """Return how many headings stand above a hypothesis; 0 for one that is a form of nothing."""
    return sum(1 for _entry in ancestors(hypotheses, hypothesis))


def may_be_parent(hypotheses: Mapping[Id, Hypothesis], child: Id, parent: Id) -> bool:
    """Return whether `child` can become a form of `parent`: not of itself or of one of its own forms."""
    if child == parent or hypotheses[child].is_combination or hypotheses[parent].is_combination:
        return False
    return child not in ancestors(hypotheses, parent)
