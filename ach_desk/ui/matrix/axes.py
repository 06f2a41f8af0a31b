"""Which item and which hypothesis stand where. Plain Python: ids in, positions out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from ach_desk.model import Analysis
from ach_desk.scoring import Assessment
from ach_desk.ui.matrix.arrangement import Arrangement
from ach_desk.ui.matrix.folding import Folding
from ach_desk.ui.matrix.grouping import Grouping

EVIDENCE = "evidence"
HYPOTHESIS = "hypothesis"


class Step(NamedTuple):
    """One structural step of an axis: "remove" or "insert" sections first..last, or "order" the ids anew."""

    how: str
    first: int
    last: int
    ids: tuple[str, ...] = ()


def shown_ids(
    assessment: Assessment,
    arrangement: Arrangement | None = None,
    folding: Folding | None = None,
    grouping: tuple[Grouping, Analysis] | None = None,
) -> dict[str, list[str]]:
    """Return the ids of both axes in the order of display; without an arrangement everything, in entry order.

    Among those of the items stand the ids of the bands, where a grouping has any. This is the one place that decides
    what is displayed. A record that a damaged file lists twice is shown once.
    """
    arrangement = arrangement or Arrangement()
    hypotheses = arrangement.hypotheses(assessment)
    if folding is not None:
        hypotheses = folding.arranged(hypotheses, assessment)
    items = arrangement.items(assessment)
    if grouping is not None:
        items = grouping[0].arranged(items, assessment.items, grouping[1])
    return {EVIDENCE: items, HYPOTHESIS: hypotheses}


def steps_between(old: Sequence[str], new: Sequence[str]) -> Iterator[Step]:
    """Yield the steps that lead from the ids `old` to `new`: removals, then a new order, then insertions."""
    kept = set(new)
    present = list(old)
    for first, last in reversed(runs([place for place, entry in enumerate(present) if entry not in kept])):
        yield Step("remove", first, last)
        del present[first : last + 1]
    known = set(present)
    order = [entry for entry in new if entry in known]
    if order != present:
        yield Step("order", 0, len(order) - 1, tuple(order))
    for first, last in runs([place for place, entry in enumerate(new) if entry not in known]):
        yield Step("insert", first, last, tuple(new[first : last + 1]))


def runs(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Return the rising `numbers` as (first, last) of each stretch without a gap."""
    found: list[tuple[int, int]] = []
    for number in numbers:
        if found and number == found[-1][1] + 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found


def drop_position(order: Sequence[str], peers: Sequence[str], moving: set[str], to: int) -> int:
    """Return the place in the matrix' own `order` before which a dragged block goes.

    `peers` are the shown ids among which the block may move (singles stay before combinations), `to` the place among
    them (0 .. length) that was meant.
    """
    following = next((entry for entry in peers[to:] if entry not in moving), None)
    if following is not None:
        return order.index(following)
    others = [entry for entry in peers if entry not in moving]
    return order.index(others[-1]) + 1 if others else len(order)


class Axes:
    """The ids along both axes and which of them runs across. `on_change` is called when the ids are others.

    arranged: how often they have become others: what was made of them holds as long as that is the same.
    bands: those ids that stand for a group of items.
    """

    def __init__(self) -> None:
        self.ids: dict[str, list[str]] = {EVIDENCE: [], HYPOTHESIS: []}
        self.transposed = False
        self.arranged = 0
        self.on_change: Callable[[], object] = lambda: None
        self.bands: Collection[str] = ()
        self._places: dict[str, dict[str, int]] = {}
        self._records: list[str] | None = None

    @property
    def down(self) -> str:
        """Return the kind whose sections are rows."""
        return HYPOTHESIS if self.transposed else EVIDENCE

    @property
    def across(self) -> str:
        """Return the kind whose sections are columns."""
        return EVIDENCE if self.transposed else HYPOTHESIS

    @property
    def shape(self) -> tuple[int, int]:
        """Return (rows, columns)."""
        return len(self.ids[self.down]), len(self.ids[self.across])

    def changed(self) -> None:
        """Forget the positions; whoever changes `ids` calls this."""
        self.arranged += 1
        self._places.clear()
        self._records = None
        self.on_change()

    def records(self, kind: str) -> list[str]:
        """Return the ids along an axis that stand for records, in their order: those of no band."""
        if kind != EVIDENCE or not self.bands:
            return self.ids[kind]
        if self._records is None:
            self._records = [entry for entry in self.ids[EVIDENCE] if entry not in self.bands]
        return self._records

    def record_places(self, kind: str) -> np.ndarray:
        """Return the rising places of the records along an axis."""
        places = np.arange(len(self.ids[kind]))
        if kind != EVIDENCE or not self.bands:
            return places
        return np.delete(places, self.band_places())

    def band_places(self) -> list[int]:
        """Return the rising places of the bands on the axis of the items."""
        found = (self.section(EVIDENCE, band) for band in self.bands)
        return sorted(place for place in found if place is not None)

    def is_band(self, kind: str, section: int) -> bool:
        """Return whether a place of an axis is that of a band; raises IndexError beyond the axis."""
        return kind == EVIDENCE and bool(self.bands) and self.ids[EVIDENCE][section] in self.bands

    def lies_on_band(self, row: int, column: int) -> bool:
        """Return whether a cell is part of a band, and so none that holds a rating."""
        return self.is_band(EVIDENCE, column if self.transposed else row)

    def section(self, kind: str, record_id: str) -> int | None:
        """Return the place of a record on its axis; None when it is not shown."""
        places = self._places.get(kind)
        if places is None:
            places = self._places[kind] = {entry: place for place, entry in enumerate(self.ids[kind])}
        return places.get(record_id)

    def cell(self, row: int, column: int) -> tuple[str, str]:
        """Return (evidence id, hypothesis id) of a cell; raises IndexError beyond the matrix."""
        down, across = self.ids[self.down][row], self.ids[self.across][column]
        return (across, down) if self.transposed else (down, across)

    def place(self, evidence: str, hypothesis: str) -> tuple[int, int] | None:
        """Return (row, column) of a cell; None when either record is not shown."""
        item, other = self.section(EVIDENCE, evidence), self.section(HYPOTHESIS, hypothesis)
        if item is None or other is None:
            return None
        return (other, item) if self.transposed else (item, other)
