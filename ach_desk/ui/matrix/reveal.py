"""When scores are shown: in a new analysis not before each cell was rated or passed once. No Qt in here."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from ach_desk.scoring import Assessment

RATED_SHARE = 0.5
"""An analysis that comes with at least this share of its cells rated counts as rated."""

Cell = tuple[str, str]


class Reveal:
    """Decides whether scores are shown to whoever works here (`who`, an id).

    hidden: what the analyst chose; None leaves it to the program.
    revealed: whether the first pass is over; it is never taken back, so that a new item hides nothing again.
    """

    def __init__(self, who: str = "") -> None:
        self._who = who
        self.hidden: bool | None = None
        self.revealed = False
        self._passed: set[Cell] = set()

    def begin(self, assessment: Assessment, revealed: bool | None = None, passed: Iterable[Cell] = ()) -> None:
        """Start on an analysis; `revealed` and `passed` are remembered from an earlier session (None: not known)."""
        self._passed = set(passed)
        if revealed is None:
            total = assessment.counted_items * int(np.count_nonzero(assessment.table.active))
            revealed = total > 0 and total - assessment.open_cells >= RATED_SHARE * total
        self.revealed = revealed

    def begin_for(self, who: str, assessment: Assessment) -> None:
        """Start anew where somebody else works than before, with the assessment of their own sheet."""
        if who != self._who:
            self._who = who
            self.begin(assessment)

    def pass_by(self, cell: Cell) -> None:
        """Note that the keyboard left a cell."""
        if not self.revealed:
            self._passed.add(cell)

    def shown(self, assessment: Assessment, *, others_seen: bool = False) -> bool:
        """Return whether scores are shown now; notes the end of the first pass.

        others_seen: the ratings of the others were revealed, after which nothing is judged unseen any more.
        """
        self.revealed = self.revealed or others_seen or self._is_passed(assessment)
        return self.revealed if self.hidden is None else not self.hidden

    def open_passed(self, assessment: Assessment) -> list[Cell]:
        """Return the passed cells that are unrated and would be counted, in no particular order."""
        table = assessment.table
        rows = {entry: row for row, entry in enumerate(table.evidence_ids)}
        columns = {entry: column for column, entry in enumerate(table.hypothesis_ids)}
        return [
            (evidence, hypothesis)
            for evidence, hypothesis in self._passed
            if evidence in rows
            and hypothesis in columns
            and table.counted[rows[evidence]]
            and table.active[columns[hypothesis]]
            and table.codes[rows[evidence], columns[hypothesis]] == 0
        ]

    def _is_passed(self, assessment: Assessment) -> bool:
        still_open = assessment.open_cells
        if not assessment.standing.rated.any() or still_open > len(self._passed):
            return False
        return not still_open or len(self.open_passed(assessment)) == still_open
