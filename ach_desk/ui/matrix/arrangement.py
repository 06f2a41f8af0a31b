"""Which items and hypotheses are shown, and in which order: display alone, the analysis keeps its own.

What was asked for (`item_filter`, `item_order`, `hypothesis_order`) counts from `apply` to `apply`: an item that no
longer fits the filter stays, and what is sorted stays where it is, until the person asks for it anew. Records that
came since then are shown, behind the sorted ones.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Literal

from ach_desk.scoring import Assessment
from ach_desk.scoring.assessment import in_tree_order
from ach_desk.ui.matrix.facts import Facts
from ach_desk.ui.matrix.item_filter import ItemFilter, matching_rows
from ach_desk.ui.matrix.item_order import STANDING, SortKey, alphabetical, sorted_rows

SCORE = "score"
"""What stands for the scores of the hypotheses where columns are named."""

HypothesisOrder = Literal["entry", "score", "title"]


class Arrangement:
    """Filter and order of one matrix; `items` and `hypotheses` give the ids as they are shown."""

    def __init__(self) -> None:
        self.item_filter = ItemFilter()
        self.item_order: tuple[SortKey, ...] = ()
        self.hypothesis_order: HypothesisOrder = "entry"
        self._hidden: set[str] = set()
        self._item_ranks: dict[str, int] = {}
        self._hypothesis_ranks: dict[str, int] = {}

    @property
    def is_plain(self) -> bool:
        """Return whether everything is shown in entry order."""
        return self.item_filter.is_empty and not self.item_order and self.hypothesis_order == "entry"

    @property
    def tells_standing(self) -> bool:
        """Return whether filter or order give away what the ratings say, which hidden scores must not."""
        return (
            self.item_filter.separates is not None
            or any(key.column in STANDING for key in self.item_order)
            or self.hypothesis_order == "score"
        )

    def without_standing(self) -> None:
        """Ask for nothing any more that gives away what the ratings say."""
        self.item_filter = replace(self.item_filter, separates=None)
        self.item_order = tuple(key for key in self.item_order if key.column not in STANDING)
        if self.hypothesis_order == "score":
            self.hypothesis_order = "entry"

    def apply(self, facts: Facts) -> None:
        """Filter and sort anew by the present state."""
        ids = facts.assessment.table.evidence_ids
        rows = range(len(ids))
        if self.item_filter.is_empty:
            self._hidden = set()
        else:
            rows = matching_rows(self.item_filter, facts)
            self._hidden = set(ids).difference(ids[row] for row in rows)
        ordered = sorted_rows(rows, self.item_order, facts) if self.item_order else ()
        self._item_ranks = {ids[row]: place for place, row in enumerate(ordered)}
        self._hypothesis_ranks = self._ranked(facts.assessment)

    def _ranked(self, assessment: Assessment) -> dict[str, int]:
        hypotheses = assessment.hypotheses
        if self.hypothesis_order == "entry":
            return {}
        if self.hypothesis_order == "title":
            columns = sorted(range(len(hypotheses)), key=lambda column: alphabetical(hypotheses[column].title))
            return {hypotheses[column].id: place for place, column in enumerate(columns)}
        places = {column: place for place, column in enumerate(assessment.ranked_order())}
        for column, hypothesis in enumerate(hypotheses):
            best = assessment.best_child(column) if hypothesis.id in assessment.headings else None
            if best is not None:
                places[column] = places[best]
        return {hypotheses[column].id: place for column, place in places.items()}

    def reveal(self, items: Iterable[str]) -> bool:
        """Show items although the filter hides them, until it is applied anew; return whether any was hidden."""
        hidden = self._hidden.intersection(items)
        self._hidden -= hidden
        return bool(hidden)

    def items(self, assessment: Assessment) -> list[str]:
        """Return the ids of the items as they are shown; one that a damaged file lists twice is shown once."""
        ids = list(dict.fromkeys(assessment.table.evidence_ids))
        if self._hidden:
            ids = [entry for entry in ids if entry not in self._hidden]
        if self._item_ranks:
            ids.sort(key=lambda entry: self._item_ranks.get(entry, len(self._item_ranks)))
        return ids

    def hypotheses(self, assessment: Assessment) -> list[str]:
        """Return the ids of the hypotheses as they are shown: forms after their heading, combinations at the end."""
        columns = assessment.display_order()
        if self._hypothesis_ranks:
            every, ranks = assessment.hypotheses, self._hypothesis_ranks
            columns.sort(key=lambda column: (every[column].is_combination, ranks.get(every[column].id, len(ranks))))
            columns = in_tree_order(every, columns)
        return list(dict.fromkeys(assessment.table.hypothesis_ids[column] for column in columns))

    def mark_of(self, column: str) -> tuple[int, bool] | None:
        """Return (1 for the first key, 2 for the second; whether descending) of a column sorted by; else None."""
        if column == SCORE and self.hypothesis_order == "score":
            return 1, False
        for number, key in enumerate(self.item_order, 1):
            if key.column == column:
                return number, key.descending
        return None
