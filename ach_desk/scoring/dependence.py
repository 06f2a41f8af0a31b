"""What dependence groups make their items count, and what that changes. Pure functions.

The inconsistency scores themselves stay as published, each item counted in full (PARC ACH): what is computed here
stands beside them. Tempering: the weights of a group's n counted items are multiplied by one factor, so that together
they count as something between one item (fully redundant) and n (independent). In between the convention is equal
steps: each further item adds a third (strongly dependent) or two thirds (weakly dependent) of an item.
docs/adr/0020 says why.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ach_desk.model import DependenceGroup
from ach_desk.model.values import Dependence
from ach_desk.scoring import comparison
from ach_desk.scoring.assessment import Assessment
from ach_desk.scoring.inconsistency import INCONSISTENCY_POINTS, ranks
from ach_desk.scoring.table import RatingTable

if TYPE_CHECKING:
    from numpy.typing import NDArray

FURTHER_ITEM: dict[Dependence, float] = {
    Dependence.REDUNDANT: 0.0,
    Dependence.STRONG: 1 / 3,
    Dependence.WEAK: 2 / 3,
    Dependence.INDEPENDENT: 1.0,
}
"""What each item after the first adds to the total of its group, in items."""


def total_weight(strength: Dependence, number: int) -> float:
    """Return as how many items `number` counted items of a group count together: 1 to `number`; 0 for none."""
    return 1 + FURTHER_ITEM[strength] * (number - 1) if number else 0.0


def group_of_items(groups: Iterable[DependenceGroup]) -> dict[str, DependenceGroup]:
    """Return item id -> its group. An item that a damaged file has in several is of the first."""
    found: dict[str, DependenceGroup] = {}
    for group in groups:
        for item in group.items:
            found.setdefault(item, group)
    return found


def factors(groups: Iterable[DependenceGroup], table: RatingTable) -> NDArray[np.float64]:
    """Return per item of the table what its weight, or the exponent of its likelihood, is multiplied by.

    1 without a group; else the total of its group divided by the number of the group's items that count in the table.
    """
    result = np.ones(len(table.evidence_ids))
    for group, rows in counted_rows(groups, table):
        result[rows] = total_weight(group.strength, len(rows)) / len(rows)
    return result


def counted_rows(
    groups: Iterable[DependenceGroup], table: RatingTable
) -> Iterator[tuple[DependenceGroup, NDArray[np.intp]]]:
    """Yield each group with the rows of its items that count in the table; none with fewer than two of them."""
    groups = list(groups)
    if not groups:
        return
    rows = {entry: row for row, entry in enumerate(table.evidence_ids)}
    of_item = group_of_items(groups)
    for group in groups:
        found = [rows[item] for item in dict.fromkeys(group.items) if item in rows and of_item[item] is group]
        found = [row for row in found if table.counted[row]]
        if len(found) > 1:
            yield group, np.array(sorted(found), np.intp)


class Effect(NamedTuple):
    """What it changes to count items as dependent on each other.

    items: ids of those that count, in the order of the matrix. counts_as: as how many items they count together.
    statement: what changes, as the end of a sentence ("H3 draws level with H4"). extent: 0 no rank changes, 1 the
    order behind changes, 2 others have the least evidence against them. moved: the most that a score changes by.
    """

    items: tuple[str, ...]
    counts_as: float
    statement: str
    extent: int
    moved: float


def effect(assessment: Assessment, groups: Iterable[DependenceGroup]) -> Effect:
    """Return what counting the items of all these groups as dependent changes against the assessment as it stands."""
    return _effect(assessment, list(counted_rows(groups, assessment.table)))


def effects(
    assessment: Assessment, groups: Iterable[DependenceGroup], *, least: int = 0
) -> list[tuple[DependenceGroup, Effect]]:
    """Return each group that has two counted items with what it would change by itself, of `least` extent."""
    return [
        (group, _effect(assessment, [(group, rows)]))
        for group, rows in counted_rows(groups, assessment.table)
        if not least or _extent(assessment, _moved(assessment, _tempered(assessment, group.strength, rows))) >= least
    ]


def moved_by(assessment: Assessment, strength: Dependence, rows: Sequence[int]) -> float:
    """Return the most that a score would change by if these counted rows depended on each other."""
    return float(_tempered(assessment, strength, np.array(rows, np.intp)).max(initial=0.0))


def rank_change(assessment: Assessment, strength: Dependence, rows: Sequence[int]) -> int:
    """Return what that would do to the ranks, as `Effect.extent` says it."""
    change = _tempered(assessment, strength, np.array(rows, np.intp))
    return _extent(assessment, _moved(assessment, change))


def with_groups(assessment: Assessment, groups: Iterable[DependenceGroup]) -> Assessment:
    """Return the assessment with the groups counted as dependent: other weighted scores, ranks and ties."""
    found = list(counted_rows(groups, assessment.table))
    return _moved(assessment, _change(assessment, found)) if found else assessment


_Rows = tuple[DependenceGroup, "NDArray[np.intp]"]


def _effect(assessment: Assessment, found: Sequence[_Rows]) -> Effect:
    change = _change(assessment, found)
    other = _moved(assessment, change)
    ids = assessment.table.evidence_ids
    return Effect(
        items=tuple(ids[row] for row in sorted(int(row) for _group, rows in found for row in rows)),
        counts_as=sum(total_weight(group.strength, len(rows)) for group, rows in found),
        statement=comparison.effect_words(assessment, other),
        extent=_extent(assessment, other),
        moved=float(change.max(initial=0.0)),
    )


def _change(assessment: Assessment, found: Sequence[_Rows]) -> NDArray[np.float64]:
    """Return per hypothesis by how much its weighted score comes nearer to zero; no score gets worse."""
    return sum(
        (_tempered(assessment, group.strength, rows) for group, rows in found), np.zeros(assessment.table.shape[1])
    )


def _tempered(assessment: Assessment, strength: Dependence, rows: NDArray[np.intp]) -> NDArray[np.float64]:
    table = assessment.table
    factor = total_weight(strength, len(rows)) / len(rows)
    return (factor - 1) * (table.weights[rows] @ INCONSISTENCY_POINTS.take(table.codes[rows]))


def _moved(assessment: Assessment, change: NDArray[np.float64]) -> Assessment:
    before = assessment.standing
    # A score that is zero but for rounding must not rank above zero. Adding zero makes 0.0 of -0.0.
    scores = np.minimum(before.weighted_inconsistency + change, 0.0) + 0.0
    rank = ranks(scores, before.rank > 0)
    tied = (rank > 0) & (np.bincount(rank, minlength=1)[rank] > 1)
    return replace(assessment, standing=replace(before, weighted_inconsistency=scores, rank=rank, tied=tied))


def _extent(assessment: Assessment, other: Assessment) -> int:
    before, after = assessment.standing.rank, other.standing.rank
    if np.array_equal(before, after):
        return 0
    compared = assessment.comparable
    return 1 if np.array_equal(_first(before, compared), _first(after, compared)) else 2


def _first(rank: NDArray[np.int64], compared: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return a bool per hypothesis: has the least against it among those that can be compared."""
    return compared & (rank == rank[compared].min(initial=len(rank) + 1))
