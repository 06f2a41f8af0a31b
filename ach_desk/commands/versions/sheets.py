"""The rating sheets of one matrix merged: different cells silently, the same cell of the same analyst is asked."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from ach_desk.commands.versions.conflicts import Asked, Conflict, Side, Sort
from ach_desk.model import Matrix, Rating
from ach_desk.model.analysis import RatingSheet

_NO_ROW: Mapping[str, Rating] = {}


@dataclasses.dataclass(frozen=True)
class Lost:
    """Ids of items, hypotheses and analysts that go with their ratings, and of those that stay although deleted."""

    gone: frozenset[str]
    kept: frozenset[str]


def merge_sheets(base: Matrix | None, ours: Matrix, theirs: Matrix, lost: Lost, asked: Asked) -> dict[str, RatingSheet]:
    """Return the sheets of the merged matrix; `lost` says what no longer exists and what stays after all."""
    was = base.sheets if base is not None else {}
    found: dict[str, RatingSheet] = {}
    for analyst in dict.fromkeys([*ours.sheets, *theirs.sheets]):
        mine, other = ours.sheets.get(analyst), theirs.sheets.get(analyst)
        if analyst in lost.gone:
            continue
        if analyst in lost.kept:  # with all that was in the sheet: whoever deleted the analyst did not empty cells
            mine, other = mine or other, other or mine
        before = was.get(analyst)
        only_one = before is not None and (mine is None or other is None)
        if only_one and (mine or other or {}) == before and analyst not in lost.kept:
            continue
        merge = _Sheet(ours.id, analyst, lost, asked)
        found[analyst] = merge.merged(before or {}, mine or {}, other or {})
    return found


@dataclasses.dataclass(frozen=True)
class _Sheet:
    matrix: str
    analyst: str
    lost: Lost
    asked: Asked

    def merged(self, base: RatingSheet, ours: RatingSheet, theirs: RatingSheet) -> RatingSheet:
        found: RatingSheet = {}
        for item in {**ours, **theirs}:
            if item in self.lost.gone:
                continue
            was, mine, other = (side.get(item, _NO_ROW) for side in (base, ours, theirs))
            if item in self.lost.kept:
                row = dict(mine or other)
            elif mine == other:
                row = dict(mine)
            elif mine == was or other == was:
                row = dict(other if mine == was else mine)
                if self.lost.kept:
                    row = self._row(item, was, mine, other)
            else:
                row = self._row(item, was, mine, other)
            for hypothesis in self.lost.gone.intersection(row):
                del row[hypothesis]
            if row:
                found[item] = row
        return found

    def _row(
        self, item: str, base: Mapping[str, Rating], ours: Mapping[str, Rating], theirs: Mapping[str, Rating]
    ) -> dict[str, Rating]:
        found: dict[str, Rating] = {}
        for hypothesis in {**ours, **theirs}:
            was, mine, other = base.get(hypothesis), ours.get(hypothesis), theirs.get(hypothesis)
            if hypothesis in self.lost.kept:
                rating = mine or other
            elif hypothesis in self.lost.gone or mine == other:
                rating = mine
            elif mine == was or other == was:
                rating = other if mine == was else mine
            else:
                rating = self._settled(item, hypothesis, was, mine, other)
            if rating is not None:
                found[hypothesis] = rating
        return found

    def _settled(
        self, item: str, hypothesis: str, base: Rating | None, ours: Rating | None, theirs: Rating | None
    ) -> Rating | None:
        if ours is not None and theirs is not None and dataclasses.replace(ours, time=theirs.time) == theirs:
            return max(ours, theirs, key=lambda rating: rating.time or "")  # the same judgement, entered twice
        part = (self.analyst, item, hypothesis)
        conflict = Conflict(Sort.RATING, "matrix", self.matrix, (), part, base, ours, theirs)
        return ours if self.asked.settle(conflict) is Side.OURS else theirs
