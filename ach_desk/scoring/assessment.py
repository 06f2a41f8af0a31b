"""Everything the window, the charts, the command line and the printed page say about one matrix, in one place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

import numpy as np

from ach_desk.i18n import _, join_words, ngettext
from ach_desk.model import Analysis, EvidenceItem, Hypothesis, Matrix, RatingValue, Scale
from ach_desk.model.tree import ancestors
from ach_desk.model.values import SCALE_STEPS
from ach_desk.scoring.inconsistency import INCONSISTENCY_POINTS, TIE_TOLERANCE, Standing, standing
from ach_desk.scoring.table import CODES, VALUES, RatingTable, headings, shown_records, table_of

CLOSE_MARGIN = 1.0
"""Hypotheses within one inconsistent rating of a medium item behind the leader are called close."""

COMPARABLE_SHARE = 0.5
"""A hypothesis with fewer rated cells than this share of the best covered one cannot be compared yet."""

STRONG_SPREAD = 0.85
"""From this diagnosticity on an item stands out: one hypothesis in four rated I where the others are rated C."""

_MOST_LEVELS = 100
_AGAINST = np.flatnonzero(INCONSISTENCY_POINTS < 0)


@dataclass(frozen=True, eq=False)
class Assessment:
    """One analyst's matrix with its records, numeric table and standing, all in matrix order."""

    items: tuple[EvidenceItem, ...]
    hypotheses: tuple[Hypothesis, ...]
    table: RatingTable
    standing: Standing
    scale: Scale = Scale.FIVE

    @property
    def legend(self) -> tuple[RatingValue, ...]:
        """Return the ratings that a legend explains: the steps of the scale and what else occurs, in order; N/A."""
        present = {VALUES[code] for code in np.unique(self.table.codes)}
        every = *SCALE_STEPS[Scale.SEVEN], RatingValue.NOT_APPLICABLE
        known = *SCALE_STEPS[self.scale], RatingValue.NOT_APPLICABLE
        return tuple(value for value in every if value in known or value in present)

    @property
    def counted_items(self) -> int:
        """Return how many items are scored."""
        return int(np.count_nonzero(self.table.counted))

    @property
    def open_cells(self) -> int:
        """Return how many cells of counted items under active hypotheses are unrated."""
        return int(self.standing.unrated[self.table.active].sum())

    @property
    def comparable(self) -> np.ndarray:
        """Return a bool per hypothesis: ranked, and rated on enough items to be set beside the others."""
        rated = self.standing.rated
        ranked = self.standing.rank > 0
        most = rated[ranked].max() if ranked.any() else 0
        return ranked & (rated >= COMPARABLE_SHARE * most)

    @property
    def tied(self) -> np.ndarray:
        """Return a bool per hypothesis: comparable, and sharing its rank with another comparable one.

        `standing.tied` follows the formula alone; in words a hypothesis that cannot be compared yet ties with nobody.
        """
        comparable, rank = self.comparable, self.standing.rank
        shared = np.bincount(rank[comparable], minlength=int(rank.max(initial=0)) + 1)
        return comparable & (shared[rank] > 1)

    @property
    def headings(self) -> frozenset[str]:
        """Return the ids of the hypotheses that stand as headings over others; they are neither rated nor ranked."""
        return headings(self.hypotheses)

    @cached_property
    def _by_id(self) -> dict[str, Hypothesis]:
        return {entry.id: entry for entry in self.hypotheses}

    def lineage(self, column: int) -> list[Hypothesis]:
        """Return the active headings that a hypothesis is a form of, the outermost first, and the hypothesis itself.

        Of more levels than anybody has, which only a damaged file can have, the nearest are named.
        """
        by_id = self._by_id
        over = (by_id[entry] for entry in islice(ancestors(by_id, self.hypotheses[column].id), _MOST_LEVELS))
        return [*[entry for entry in over if entry.is_active][::-1], self.hypotheses[column]]

    def label_of(self, column: int) -> str:
        """Return the label by which a hypothesis can be placed where it stands alone: "H1 › H5" for a form of H1."""
        if self.hypotheses[column].parent is None:
            return self.hypotheses[column].label
        return " › ".join(entry.label for entry in self.lineage(column))

    def best_child(self, column: int) -> int | None:
        """Return the column of the least contradicted comparable form of a heading; None when none can be compared.

        A form that is a heading itself stands for its own best form. Of equals the first in the matrix.
        """
        scores, comparable = self.standing.weighted_inconsistency, self.comparable
        found = [form for form in self._rated_forms(column) if comparable[form]]
        return max(found, key=lambda form: scores[form], default=None)

    def _rated_forms(self, column: int) -> Iterator[int]:
        """Yield the active forms of a heading that are no headings, at any depth, each once also in a ring."""
        forms: dict[str | None, list[int]] = {}
        for child, hypothesis in enumerate(self.hypotheses):
            if hypothesis.is_active:
                forms.setdefault(hypothesis.parent, []).append(child)
        seen, waiting = {column}, [column]
        while waiting:
            form = waiting.pop()
            below = forms.get(self.hypotheses[form].id, [])
            if not below and form != column:
                yield form
            waiting += [child for child in reversed(below) if child not in seen]
            seen.update(below)

    def display_order(self) -> list[int]:
        """Return the columns as they are shown: single explanations in matrix order, each form after its heading.

        Combinations stand after them.
        """
        order = sorted(range(len(self.hypotheses)), key=lambda column: self.hypotheses[column].is_combination)
        return in_tree_order(self.hypotheses, order)

    def rated_columns(self) -> list[int]:
        """Return `display_order` without the headings, whose forms stand for them wherever ratings are shown."""
        over = self.headings
        return [column for column in self.display_order() if self.hypotheses[column].id not in over]

    def ranked_order(self) -> list[int]:
        """Return the columns from least to most contradicted; the unranked last, combinations after singles.

        Headings are left out: their forms stand for them.
        The order inside a tie is the order of the matrix.
        """
        rank, over = self.standing.rank, self.headings
        return sorted(
            (column for column, hypothesis in enumerate(self.hypotheses) if hypothesis.id not in over),
            key=lambda column: (
                self.hypotheses[column].is_combination,
                not self.hypotheses[column].is_active,
                rank[column] == 0,
                rank[column],
            ),
        )


def assess(analysis: Analysis, matrix: Matrix, analyst: str) -> Assessment:
    """Return the assessment of `matrix` as rated by `analyst` (an id)."""
    items, hypotheses = shown_records(analysis, matrix)
    table = table_of(items, hypotheses, matrix.sheets.get(analyst, {}))
    return Assessment(tuple(items), tuple(hypotheses), table, standing(table), matrix.scale)


def in_tree_order(hypotheses: Sequence[Hypothesis], order: Iterable[int]) -> list[int]:
    """Return the columns of `order` with every form right after the hypothesis it is a form of, at any depth.

    A parent that is not there, or a ring of parents, which only a damaged file has, counts as none.
    """
    order = list(order)
    column_of = {hypotheses[column].id: column for column in order}
    children: dict[int | None, list[int]] = {}
    for column in order:
        parent = hypotheses[column].parent
        children.setdefault(column_of.get(parent) if parent else None, []).append(column)
    found: dict[int, None] = {}
    waiting = children.get(None, [])[::-1]
    while waiting:
        column = waiting.pop()
        if column not in found:
            found[column] = None
            waiting += children.get(column, [])[::-1]
    return [*found, *(column for column in order if column not in found)]


def first_columns(assessment: Assessment) -> tuple[int, ...]:
    """Return the columns that the headline names first: the best of those that can be compared; () for none."""
    columns = np.flatnonzero(assessment.comparable)
    scores = assessment.standing.weighted_inconsistency[columns]
    return tuple(columns[scores.max() - scores <= TIE_TOLERANCE].tolist()) if len(columns) else ()


def headline(assessment: Assessment) -> str:
    """Return the finding with its limit in one sentence: who has the least against it, who ties, who is close.

    A hypothesis that cannot be compared yet is never called leading.
    """
    comparable = assessment.comparable
    if not comparable.any():
        if assessment.hypotheses and not assessment.table.active.any():
            return _("Every hypothesis is rejected; there is nothing to rank.")
        return _("Nothing is rated yet.")
    scores = assessment.standing.weighted_inconsistency
    columns = np.flatnonzero(comparable)
    behind = scores[columns].max() - scores[columns]
    first = first_columns(assessment)
    close = columns[(behind > TIE_TOLERANCE) & (behind <= CLOSE_MARGIN + TIE_TOLERANCE)].tolist()
    names = join_words([assessment.hypotheses[column].label for column in first])
    if len(columns) == 1:
        if np.count_nonzero(assessment.standing.rank) > 1:
            return _("Only {name} is rated on enough items to be compared.").format(name=names)
        return _("Only {name} is rated; there is nothing to compare it with.").format(name=names)
    if len(first) == len(columns):
        return _("{names} are tied: the ratings do not tell them apart.").format(names=names)
    if len(first) > 1:
        sentence = _("{names} are tied with the least evidence against them").format(names=names)
    else:
        sentence = _("{name} has the least evidence against it").format(name=names)
    if close:
        others = join_words([assessment.hypotheses[column].label for column in close])
        ending = _("{names} is close") if len(close) == 1 else _("{names} are close")
        sentence += "; " + ending.format(names=others)
    return sentence + "."


def standing_sentence(assessment: Assessment, column: int) -> str:
    """Return in words how much speaks against one hypothesis, or why it is not compared."""
    hypothesis = assessment.hypotheses[column]
    if hypothesis.is_active and hypothesis.id in assessment.headings:
        return _("{label} is a heading; its sub-hypotheses are rated and ranked.").format(label=hypothesis.label)
    if not hypothesis.is_active:
        return _("{label} is rejected and not ranked.").format(label=hypothesis.label)
    rated = int(assessment.standing.rated[column])
    if not assessment.comparable[column]:
        text = _("{label} is rated on {rated} of {total} items and cannot be compared yet.")
        return text.format(label=hypothesis.label, rated=rated, total=assessment.counted_items)
    return _("{label}: {against}.").format(label=hypothesis.label, against=against_words(assessment, column))


def against_words(assessment: Assessment, column: int) -> str:
    """Return for example "5 against, 2 of them strongly"; "nothing against" when no counted item contradicts."""
    codes = assessment.table.codes[assessment.table.counted, column]
    strongly = int(np.count_nonzero(codes == CODES[RatingValue.VERY_INCONSISTENT]))
    against = int(np.count_nonzero(np.isin(codes, _AGAINST)))
    if not against:
        return _("nothing against")
    text = ngettext("{count} against", "{count} against", against).format(count=against)
    if not strongly:
        return text
    if strongly == against:
        return (
            _("{against}, strongly").format(against=text)
            if against == 1
            else _("{against}, all strongly").format(against=text)
        )
    return ngettext("{against}, {count} of them strongly", "{against}, {count} of them strongly", strongly).format(
        against=text, count=strongly
    )
