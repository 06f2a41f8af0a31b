"""The order if a source, or a suspect item, were deceptive.

An item taken as deceptive counts with the ratings of its deceptive reading (Heuer's advice: enter it twice); one
without such a reading in the matrix is left out, and said to be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from ach_desk.i18n import _, join_some, ngettext
from ach_desk.model import Analysis, Reading
from ach_desk.model.method_settings import Method
from ach_desk.model.readings import twin_of
from ach_desk.scoring.additive import first_of
from ach_desk.scoring.left_out_parts import outcome_words, source_rows
from ach_desk.scoring.methods import Inputs
from ach_desk.scoring.programme import StoppedError, never
from ach_desk.scoring.suspicion import suspects

if TYPE_CHECKING:
    from numpy.typing import NDArray

_MOST_NAMED = 6


class Deceiver(StrEnum):
    """What is taken as deceptive."""

    SOURCE = "source"
    ITEM = "item"
    ALL = "all suspects"


@dataclass(frozen=True, eq=False)
class Deceived:
    """The order if `record` (the id of a source or item; "" for all suspects) were deceptive.

    twins: rows of the deceptive readings that count then. left_out: rows that have none, and are left out. replaced:
    the rows that the twins stand for. rank: per hypothesis, 0 = not ranked. leaders: columns. changes: whether others
    lead than now.
    """

    kind: Deceiver
    record: str
    label: str
    twins: tuple[int, ...]
    replaced: tuple[int, ...]
    left_out: tuple[int, ...]
    rank: NDArray[np.int64]
    leaders: tuple[int, ...]
    changes: bool


def if_deceptive(
    analysis: Analysis, inputs: Inputs, method: Method, *, cancelled: Callable[[], bool] = never
) -> tuple[Deceived, ...]:
    """Return the order if each source, each suspect item, and all suspect items at once, were deceptive.

    A source takes with it the items that nothing else bears out. Suspect is what is marked as such, what rests on
    suspect sources alone, and what has a deceptive reading. Raises StoppedError soon after `cancelled` holds.
    """
    bench = _Bench(analysis, inputs, method)
    found = []
    for source, rows in source_rows(analysis, inputs).items():
        if cancelled():
            raise StoppedError
        found.append(bench.deceived(Deceiver.SOURCE, source, analysis.sources[source].label, rows))
    doubted = _doubted_rows(analysis, inputs)
    for row in doubted:
        if cancelled():
            raise StoppedError
        item = inputs.assessment.items[row]
        found.append(bench.deceived(Deceiver.ITEM, item.id, item.label, [row]))
    if len(doubted) > 1:
        found.append(bench.deceived(Deceiver.ALL, "", _("All suspect items"), doubted))
    return tuple(found)


def _doubted_rows(analysis: Analysis, inputs: Inputs) -> list[int]:
    items, counted = inputs.assessment.items, inputs.assessment.table.counted
    suspect = {item.id for item in suspects(analysis, items)}
    twins = _deceptive_twins(analysis, inputs)
    return [row for row in np.flatnonzero(counted).tolist() if items[row].id in suspect or row in twins]


def _deceptive_twins(analysis: Analysis, inputs: Inputs) -> dict[int, int]:
    """Return row -> row of its deceptive reading, for the items that are not the deceptive reading themselves."""
    rows = {item.id: row for row, item in enumerate(inputs.assessment.items)}
    found = {}
    for row, item in enumerate(inputs.assessment.items):
        if item.twin is None or item.reading is Reading.DECEPTIVE:
            continue
        twin = twin_of(analysis.evidence, item)
        if twin is not None and twin.reading is Reading.DECEPTIVE and twin.id in rows:
            found[row] = rows[twin.id]
    return found


class _Bench:
    """Takes rows as deceptive."""

    def __init__(self, analysis: Analysis, inputs: Inputs, method: Method) -> None:
        self._inputs, self._method = inputs, method
        self._twins = _deceptive_twins(analysis, inputs)
        self._now = inputs.additive(method)

    def deceived(self, kind: Deceiver, record: str, label: str, rows: Iterable[int]) -> Deceived:
        """Return the order if these counted rows were deceptive; the deceptive reading of a pair stays as it is."""
        items = self._inputs.assessment.items
        honest = [row for row in rows if items[row].reading is not Reading.DECEPTIVE]
        replaced = [row for row in honest if row in self._twins]
        left_out = [row for row in honest if row not in self._twins]
        twins = [self._twins[row] for row in replaced]
        rank = self._rank_with(twins, honest) if twins else self._now.rank_without(left_out)
        return Deceived(
            kind,
            record,
            label,
            tuple(twins),
            tuple(replaced),
            tuple(left_out),
            rank,
            first_of(rank),
            first_of(rank) != self._now.leaders,
        )

    def _rank_with(self, twins: list[int], honest: list[int]) -> NDArray[np.int64]:
        """Return the rank where the deceptive readings count in the place of what they are readings of."""
        assessment = self._inputs.assessment
        counted = assessment.table.counted.copy()
        counted[honest], counted[twins] = False, True
        then = replace(assessment, table=replace(assessment.table, counted=counted))
        return self._inputs.holding(then).additive(self._method).rank


# In words


def deception_sentence(inputs: Inputs, found: Deceived) -> str:
    """Return who would lead, and how the items were taken: "If S15 were deceptive, H3 would be in front; E16 ..."."""
    outcome = outcome_words(inputs, found.leaders) if found.changes else _("nothing would change in front")
    if found.kind is Deceiver.ALL:
        text = _("If all suspect items were deceptive, {outcome}; {how}.")
        return text.format(outcome=outcome, how=how_words(inputs, found))
    text = _("If {what} were deceptive, {outcome}; {how}.")
    return text.format(what=found.label, outcome=outcome, how=how_words(inputs, found))


def how_words(inputs: Inputs, found: Deceived) -> str:
    """Return how its items were taken: which count by their deceptive reading, and which are left out."""
    items, parts = inputs.assessment.items, []
    for row, twin in zip(found.replaced, found.twins, strict=True):
        text = _("{item} counts as {twin}, read as deceptive")
        parts.append(text.format(item=items[row].label, twin=items[twin].label))
    if found.left_out:
        labels = [items[row].label for row in found.left_out]
        text = ngettext(
            "{items} has no deceptive reading and is left out",
            "{items} have no deceptive reading and are left out",
            len(labels),
        )
        parts.append(text.format(items=join_some(labels[:_MOST_NAMED], _MOST_NAMED, len(labels))))
    return ", ".join(parts) or _("it counts as deceptive already")
