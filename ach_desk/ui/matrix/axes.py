"""Which item and which hypothesis stand where. Plain Python: ids in, positions out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from ach_desk.scoring import Assessment
from ach_desk.ui.matrix.arrangement import Arrangement
from ach_desk.ui.matrix.folding import Folding

EVIDENCE = "evidence"
HYPOTHESIS = "hypothesis"


class Step(NamedTuple):
    """One structural step of an axis: "remove" or "insert" sections first..last, or "order" the ids anew."""

    how: str
    first: int
    last: int
    ids: tuple[str, ...] = ()


def shown_ids(
    assessment: Assessment, arrangement: Arrangement | None = None, folding: Folding | None = None
) -> dict[str, list[str]]:
    """Return the ids of both axes in the order of display; without an arrangement everything, in entry order.

    This is the one place that decides what is displayed. A record that a damaged file lists twice is shown once.
    """
    arrangement = arrangement or Arrangement()
    hypotheses = arrangement.hypotheses(assessment)
    if folding is not None:
        hypotheses = folding.arranged(hypotheses, assessment)
    return {EVIDENCE: arrangement.items(assessment), HYPOTHESIS: hypotheses}


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
    """The ids along both axes and which of them runs across. `on_change` is called when the ids are others."""

    def __init__(self) -> None:
        self.ids: dict[str, list[str]] = {EVIDENCE: [], HYPOTHESIS: []}
        self.transposed = False
        self.on_change: Callable[[], object] = lambda: None
        self._places: dict[str, dict[str, int]] = {}

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
        self._places.clear()
        self.on_change()

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
