"""A guided pass: which cells come in which order, how far it has come, what was answered. No Qt in here."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from enum import StrEnum
from itertools import chain, compress, groupby
from operator import itemgetter
from typing import Annotated, NamedTuple

import numpy as np
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer

from ach_desk.model import Analysis, Matrix, RatingValue, RetestCell
from ach_desk.scoring import Assessment
from ach_desk.scoring.rated_cells import cells_on_earlier_wording
from ach_desk.scoring.readings import asked_rows
from ach_desk.scoring.retest import FEWEST_TOLD
from ach_desk.scoring.table import UNRATED

Cell = tuple[str, str]
"""(evidence id, hypothesis id)."""

MOST_SEED = 999_999
SHARE_AGAIN = 0.1
"""The share of the rated cells that is rated again; never fewer than a sentence can be made of."""


class Which(StrEnum):
    """Which cells a pass is about."""

    OPEN = "unrated"
    SECOND = "new or reworded"
    EVERYTHING = "everything"
    AGAIN = "a tenth again"


class Options(BaseModel):
    """How a pass is made. one_by_one: one hypothesis on the page, else all that the item is to be rated under."""

    model_config = ConfigDict(frozen=True)

    which: Which = Which.OPEN
    random_items: bool = False
    random_hypotheses: bool = False
    one_by_one: bool = True
    hide_earlier: bool = True
    seed: Annotated[int, Field(ge=0, le=MOST_SEED)] = 0


class Place(NamedTuple):
    """Where a pass is: the number of the item of so many, of the hypothesis of so many; counted from 1."""

    item: int
    items: int
    hypothesis: int
    hypotheses: int


class Ground(NamedTuple):
    """What can be rated: counted items in matrix order, and the hypotheses that are ranked, as they are shown.

    combinations: those of the hypotheses that join others; they come after the single ones in every order.
    """

    items: tuple[str, ...]
    hypotheses: tuple[str, ...]
    combinations: frozenset[str]


def _rows_of(cells: Iterable[Cell]) -> list[str]:
    """Return the cells as "item hypothesis hypothesis ...", a text for each stretch of one item.

    A pass is written after every answer: as pairs, one of 100,000 cells takes half a second to write.
    """
    return [" ".join((item, *(cell[1] for cell in row))) for item, row in groupby(cells, itemgetter(0))]


def _rows_of_set(cells: set[Cell]) -> list[str]:
    rows: dict[str, list[str]] = {}
    for item, hypothesis in cells:
        rows.setdefault(item, [item]).append(hypothesis)
    return list(map(" ".join, rows.values()))


def _cells_of_rows(data: object) -> object:
    if not isinstance(data, list) or not all(isinstance(row, str) for row in data):
        return data
    parts = (row.split(" ") for row in data)
    return [(item, hypothesis) for item, *hypotheses in parts for hypothesis in hypotheses]


_InOrder = Annotated[list[Cell], BeforeValidator(_cells_of_rows), PlainSerializer(_rows_of)]
_Answered = Annotated[set[Cell], BeforeValidator(_cells_of_rows), PlainSerializer(_rows_of_set)]


class GuidedPass(BaseModel):
    """One pass of one analyst through one matrix; kept in the state folder, so that it goes on after a restart.

    scores_hidden: what the analyst had chosen about the standing before the pass.
    items, hypotheses: what the pass knows of; what is not among them has come since.
    cells: in the order in which they come; a skipped one moves to the end. at: the place of the current one.
    rated, cannot_judge, skipped: what was answered; an answer takes a cell out of the other two.
    first, second: for a re-rating, the values by "item hypothesis".
    """

    model_config = ConfigDict(extra="ignore")

    matrix: str
    analyst: str
    options: Options
    scores_hidden: bool | None = None
    items: list[str]
    hypotheses: list[str]
    cells: _InOrder
    at: Annotated[int, Field(ge=0)] = 0
    rated: _Answered = set()
    cannot_judge: _Answered = set()
    skipped: _Answered = set()
    first: dict[str, RatingValue] = {}
    second: dict[str, RatingValue] = {}

    @property
    def current(self) -> Cell | None:
        """Return the cell that is asked about; None when the pass is over."""
        return self.cells[self.at] if self.at < len(self.cells) else None

    @property
    def is_rerating(self) -> bool:
        """Return whether cells are rated again for comparison, so that no answer changes a rating."""
        return self.options.which is Which.AGAIN

    @property
    def place(self) -> Place:
        """Return where the pass is; after the end the place of the last cell."""
        if not self.cells:
            return Place(0, 0, 0, 0)
        cell = self.cells[min(self.at, len(self.cells) - 1)]
        items = list(dict.fromkeys(item for item, _hypothesis in self.cells))
        row = [other for other in self.cells if other[0] == cell[0]]
        return Place(items.index(cell[0]) + 1, len(items), row.index(cell) + 1, len(row))

    def row(self) -> list[Cell]:
        """Return the cells of the current item that come one after the other around the current one."""
        start, stop = self._row_bounds()
        return self.cells[start:stop]

    def hides_earlier(self, cell: Cell) -> bool:
        """Return whether what was entered before is kept from sight: until the cell is rated in this pass."""
        return self.is_rerating or (
            self.options.hide_earlier and self.options.which is not Which.OPEN and cell not in self.rated
        )

    def rate(self, value: RatingValue | None = None) -> None:
        """Note that the current cell is rated (for a re-rating, with what) and go on to the next open one."""
        cell = self.current
        if cell is None:
            return
        if self.is_rerating and value is not None:
            self.second[_key(cell)] = value
        self._answer(cell, self.rated)
        self._advance()

    def give_up(self) -> None:
        """Note that the current cell cannot be judged and go on to the next open one."""
        cell = self.current
        if cell is not None:
            self.second.pop(_key(cell), None)
            self._answer(cell, self.cannot_judge)
            self._advance()

    def skip(self) -> None:
        """Let the current cell come again at the end; one that did so already, or is the last, is left."""
        cell = self.current
        if cell is None:
            return
        comes_again = cell not in self.skipped and self.at + 1 < len(self.cells)
        self._answer(cell, self.skipped)
        if comes_again:
            self.cells.append(self.cells.pop(self.at))
            self._pass_answered()
        else:
            self._advance()

    def back(self) -> None:
        """Go back one cell."""
        self.at = max(self.at - 1, 0)

    def on(self) -> None:
        """Go on by one cell if the current one is answered."""
        if self.current in self.rated | self.cannot_judge:
            self.at += 1

    def go_to(self, cell: Cell) -> bool:
        """Make a cell the current one; return whether it belongs to the pass."""
        if cell in self.cells:
            self.at = self.cells.index(cell)
        return self.current == cell

    def reopen(self, cell: Cell) -> None:
        """Go back to a cell whose rating was taken back."""
        self.rated.discard(cell)
        self.go_to(cell)

    def note_rated(self, cells: Iterable[Cell]) -> None:
        """Take cells that were rated elsewhere meanwhile as rated, and go on to the next open one."""
        for cell in cells:
            self._answer(cell, self.rated)
        self._pass_answered()

    def follow(self, ground: Ground, open_cells: set[Cell]) -> bool:
        """Take over what was added, deleted, set aside and counted again; return whether the pass is another now.

        New items come at the end, and so do the cells of a new hypothesis; only cells that are still open do.
        """
        if (self.items, self.hypotheses) == (list(ground.items), list(ground.hypotheses)):
            return False
        self.keep_only(ground)
        if not self.is_rerating:
            new_items, new_hypotheses = set(ground.items) - {*self.items}, set(ground.hypotheses) - {*self.hypotheses}
            known = {*self.cells}
            found = {
                cell for cell in open_cells if (cell[0] in new_items or cell[1] in new_hypotheses) and cell not in known
            }
            self.cells += in_order(found, ground, self.options)
        self.items, self.hypotheses = list(ground.items), list(ground.hypotheses)
        return True

    def keep_only(self, ground: Ground) -> None:
        """Leave out the cells whose item or hypothesis can no longer be rated."""
        items, hypotheses = set(ground.items), set(ground.hypotheses)
        stay = [item in items and hypothesis in hypotheses for item, hypothesis in self.cells]
        self.at -= stay[: self.at].count(False)
        self.cells = [cell for cell, stays in zip(self.cells, stay, strict=True) if stays]
        for answers in (self.rated, self.cannot_judge, self.skipped):
            answers.intersection_update(self.cells)

    def left_skipped(self) -> list[Cell]:
        """Return the cells that were skipped and not answered later."""
        return [cell for cell in self.cells if cell in self.skipped]

    def not_judged(self) -> list[Cell]:
        """Return the cells that cannot be judged."""
        return [cell for cell in self.cells if cell in self.cannot_judge]

    def rated_twice(self) -> list[RetestCell]:
        """Return the cells of a re-rating with both values."""
        return [
            RetestCell(
                evidence=cell[0], hypothesis=cell[1], first=self.first[_key(cell)], second=self.second[_key(cell)]
            )
            for cell in self.cells
            if _key(cell) in self.first and _key(cell) in self.second
        ]

    def _answer(self, cell: Cell, answers: set[Cell]) -> None:
        for other in (self.rated, self.cannot_judge, self.skipped):
            other.discard(cell)
        answers.add(cell)

    def _row_bounds(self) -> tuple[int, int]:
        if self.current is None:
            return self.at, self.at
        item, start, stop = self.current[0], self.at, self.at + 1
        while start and self.cells[start - 1][0] == item:
            start -= 1
        while stop < len(self.cells) and self.cells[stop][0] == item:
            stop += 1
        return start, stop

    def _advance(self) -> None:
        """Go to the next open cell: of the same item first, then on; at the end, to one that was left out before."""
        start, stop = self._row_bounds()
        end, answered = len(self.cells), self.rated | self.cannot_judge
        coming = chain(
            ((place, True) for place in range(self.at + 1, stop)),
            ((place, False) for place in range(start, self.at)),
            ((place, True) for place in range(stop, end)),
            ((place, False) for place in range(start)),
        )
        self.at = next(
            (
                place
                for place, may_be_skipped in coming
                if self.cells[place] not in answered and (may_be_skipped or self.cells[place] not in self.skipped)
            ),
            end,
        )

    def _pass_answered(self) -> None:
        if self.current in self.rated | self.cannot_judge:
            self._advance()


def new_pass(analysis: Analysis, matrix: Matrix, analyst: str, assessment: Assessment, options: Options) -> GuidedPass:
    """Return a pass that begins; the same seed gives the same order for the same analysis."""
    ground = ground_of(assessment)
    cells = cells_for(analysis, matrix, analyst, assessment, options.which)
    first = {}
    if options.which is Which.AGAIN:
        cells = random.Random(f"{options.seed} again").sample(cells, again_size(len(cells)))
        ratings = ((cell, matrix.rating(analyst, *cell)) for cell in cells)
        first = {_key(cell): rating.value for cell, rating in ratings if rating is not None and rating.value}
    return GuidedPass(
        matrix=matrix.id,
        analyst=analyst,
        options=options,
        items=list(ground.items),
        hypotheses=list(ground.hypotheses),
        cells=in_order(cells, ground, options),
        first=first,
    )


def ground_of(assessment: Assessment) -> Ground:
    """Return what can be rated."""
    active, hypotheses = assessment.table.active, assessment.hypotheses
    columns = [hypotheses[column] for column in assessment.display_order() if active[column]]
    return Ground(
        tuple(compress(assessment.table.evidence_ids, asked_rows(assessment).tolist())),
        tuple(entry.id for entry in columns),
        frozenset(entry.id for entry in columns if entry.is_combination),
    )


def open_cells(assessment: Assessment) -> list[Cell]:
    """Return the unrated cells that would be counted, in matrix order."""
    return _cells_where(assessment, assessment.table.codes == UNRATED)


def cells_for(analysis: Analysis, matrix: Matrix, analyst: str, assessment: Assessment, which: Which) -> list[Cell]:
    """Return the cells that a pass can be about, in matrix order; for a re-rating those it is drawn from."""
    table = assessment.table
    if which is Which.OPEN:
        return open_cells(assessment)
    if which is Which.EVERYTHING:
        return _cells_where(assessment, np.ones(table.shape, np.bool_))
    if which is Which.AGAIN:
        return _cells_where(assessment, table.codes != UNRATED)
    reworded = set(cells_on_earlier_wording(analysis, matrix, analyst))
    wanted = reworded | set(open_cells(assessment))
    return [cell for cell in _cells_where(assessment, np.ones(table.shape, np.bool_)) if cell in wanted]


def again_size(rated: int) -> int:
    """Return how many of so many rated cells are rated again; 0 where there are too few to say anything."""
    return 0 if rated < FEWEST_TOLD else max(round(rated * SHARE_AGAIN), FEWEST_TOLD)


def in_order(cells: Iterable[Cell], ground: Ground, options: Options) -> list[Cell]:
    """Return the cells item by item, in matrix order or shuffled with the seed; combinations after single ones."""
    by_item: dict[str, set[str]] = {}
    for item, hypothesis in cells:
        by_item.setdefault(item, set()).add(hypothesis)
    items = [item for item in ground.items if item in by_item]
    if options.random_items:
        random.Random(f"{options.seed} items").shuffle(items)
    return [
        (item, hypothesis)
        for item in items
        for hypothesis in _hypotheses_in_order(item, ground, options)
        if hypothesis in by_item[item]
    ]


def _hypotheses_in_order(item: str, ground: Ground, options: Options) -> Sequence[str]:
    if not options.random_hypotheses:
        return ground.hypotheses
    shuffled = list(ground.hypotheses)
    random.Random(f"{options.seed} {item}").shuffle(shuffled)
    return sorted(shuffled, key=lambda hypothesis: hypothesis in ground.combinations)


def _cells_where(assessment: Assessment, chosen: np.ndarray) -> list[Cell]:
    table = assessment.table
    rows, columns = np.nonzero(chosen & asked_rows(assessment)[:, None] & table.active)
    return [
        (table.evidence_ids[row], table.hypothesis_ids[column])
        for row, column in zip(rows.tolist(), columns.tolist(), strict=True)
    ]


def _key(cell: Cell) -> str:
    return " ".join(cell)
