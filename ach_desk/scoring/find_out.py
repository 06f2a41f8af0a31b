"""What to find out next: the expected value of evidence that is not there yet (Nelson 2005; Karvetski et al. 2013).

Not the discriminating power of a row, which needs no prior, nor its current influence, which looks back. Three kinds
can be found out: whether an indicator will be seen, whether an item that nobody judged yet holds, and whether an item
that was reported is so. docs/adr/0031 says where each P(e|H) comes from.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from ach_desk.model import Analysis, IndicatorState, RatingRange, RatingSheet, RatingValue
from ach_desk.model.method_settings import Method, MethodSettings
from ach_desk.scoring import bayes
from ach_desk.scoring.information import (
    expected_information_gain,
    most_separated,
    outcomes_of,
    posteriors,
    probability_gain,
)
from ach_desk.scoring.methods import Inputs, result
from ach_desk.scoring.table import NOT_APPLICABLE, UNRATED

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST_CERTAIN = 0.99
"""Nothing is expected more firmly: as far from certain as II is from impossible, so that no absence decides alone."""


class Kind(StrEnum):
    """What is to be found out."""

    INDICATOR = "indicator"
    UNRATED = "unrated item"
    REPORTED = "reported item"


@dataclass(frozen=True)
class Prospect:
    """Something that can be found out, and what that can be expected to tell.

    record: id of the item or indicator; label: E12, "" for an indicator; text: what it says.
    information: expected information gain in bits. probability: by how much the chance to name the right hypothesis
        rises, 0 to 1. chance: how likely it is to be seen, or to hold.
    tells: columns of the two hypotheses it tells apart most, first the one that leads one to expect it; None: none.
    if_so, if_not: probability per hypothesis of the matrix afterwards. cost: in any unit; None: none given.
    """

    kind: Kind
    record: str
    label: str
    text: str
    information: float
    probability: float
    chance: float
    tells: tuple[int, int] | None
    if_so: tuple[float, ...]
    if_not: tuple[float, ...]
    cost: float | None = None

    @property
    def per_cost(self) -> float | None:
        """Return bits per unit of cost; infinite where it costs nothing, None where no cost is given."""
        if self.cost is None:
            return None
        return self.information / self.cost if self.cost else float("inf")


@dataclass(frozen=True)
class Wanting:
    """Something that cannot be worked out: columns where it is not rated, and where it is N/A."""

    kind: Kind
    record: str
    label: str
    text: str
    unrated: tuple[int, ...]
    not_applicable: tuple[int, ...] = ()


@dataclass(frozen=True)
class FindOut:
    """What can be found out, what tells most first; what cannot be worked out; and the probabilities it starts from."""

    labels: tuple[str, ...]
    prior: tuple[float, ...]
    prospects: tuple[Prospect, ...] = ()
    wanting: tuple[Wanting, ...] = ()

    def by_cost(self) -> tuple[Prospect, ...]:
        """Return the prospects by what they tell per cost; those without a cost last, in the order they have."""
        return tuple(
            sorted(self.prospects, key=lambda entry: -1.0 if entry.per_cost is None else entry.per_cost, reverse=True)
        )


@dataclass(frozen=True)
class _Asked:
    """One thing and what is known of it: P(seen | H) per active hypothesis, NaN where nothing is."""

    kind: Kind
    record: str
    label: str
    text: str
    cost: float | None
    present: NDArray[np.float64]
    not_applicable: NDArray[np.bool_]


def find_out(analysis: Analysis, inputs: Inputs, sheet: RatingSheet) -> FindOut:
    """Return what finding out each open indicator and each counted item can be expected to tell.

    The starting point is what Bayes with sources and groups makes of the present ratings. Empty with fewer than two
    active hypotheses: there is nothing to tell apart. Dependence between what is asked and what is there is left out.
    """
    hypotheses = inputs.assessment.hypotheses
    active = inputs.assessment.table.active
    labels = tuple(entry.label for entry in hypotheses)
    prior = result(inputs, Method.BAYES_SOURCES).scores
    if active.sum() < 2:
        return FindOut(labels, tuple(prior.tolist()))
    columns = np.flatnonzero(active)
    asked = [*_indicators(analysis, inputs, columns), *_items(inputs, sheet, columns)]
    complete = [entry for entry in asked if not np.isnan(entry.present).any()]
    wanting = [_wanting(entry, columns) for entry in asked if np.isnan(entry.present).any()]
    return FindOut(labels, tuple(prior.tolist()), _prospects(complete, prior, columns), tuple(wanting))


def _prospects(asked: Sequence[_Asked], prior: NDArray[np.float64], columns: NDArray[np.intp]) -> tuple[Prospect, ...]:
    if not asked:
        return ()
    present = np.clip(np.array([entry.present for entry in asked]), bayes.SMALLEST, MOST_CERTAIN)
    start = prior[columns]
    outcomes = outcomes_of(present)
    after = np.zeros((len(asked), 2, len(prior)))
    after[..., columns] = posteriors(start, outcomes)
    information, probability = expected_information_gain(start, outcomes), probability_gain(start, outcomes)
    chances, pairs = present @ start, columns[most_separated(start, present)]
    order = np.argsort(-np.round(information, 12), kind="stable")
    return tuple(
        Prospect(
            kind=entry.kind,
            record=entry.record,
            label=entry.label,
            text=entry.text,
            information=float(information[place]),
            probability=float(probability[place]),
            chance=float(chances[place]),
            tells=None if pairs[place, 0] == pairs[place, 1] else (int(pairs[place, 0]), int(pairs[place, 1])),
            if_so=tuple(after[place, 0].tolist()),
            if_not=tuple(after[place, 1].tolist()),
            cost=entry.cost,
        )
        for place, entry in ((int(place), asked[place]) for place in order)
    )


def _wanting(entry: _Asked, columns: NDArray[np.intp]) -> Wanting:
    silent: NDArray[np.bool_] = np.isnan(entry.present)
    return Wanting(
        entry.kind,
        entry.record,
        entry.label,
        entry.text,
        unrated=tuple(int(column) for column in columns[silent & ~entry.not_applicable]),
        not_applicable=tuple(int(column) for column in columns[silent & entry.not_applicable]),
    )


def _indicators(analysis: Analysis, inputs: Inputs, columns: NDArray[np.intp]) -> Iterator[_Asked]:
    """Yield the open indicators; P(seen | H) is what its rating under H stands for."""
    hypotheses = [inputs.assessment.hypotheses[column] for column in columns]
    for indicator in analysis.indicators.values():
        if indicator.state is not IndicatorState.OPEN:
            continue
        said = {entry.hypothesis: entry.value for entry in indicator.bearings}
        values = [said.get(entry.id) for entry in hypotheses]
        present = np.array([_probability(inputs.settings, value) for value in values])
        silent = np.array([value is RatingValue.NOT_APPLICABLE for value in values])
        yield _Asked(Kind.INDICATOR, indicator.id, "", indicator.text, indicator.cost, present, silent)


def _items(inputs: Inputs, sheet: RatingSheet, columns: NDArray[np.intp]) -> Iterator[_Asked]:
    """Yield the counted items.

    One that is rated throughout is known as a report e*: P(e | H, e*) = h p / (f + (h - f) p), with p = P(e | H). Of
    one that is not, p is taken from ratings, likelihoods entered by hand, and suggested ratings not yet confirmed.
    """
    assessment = inputs.assessment
    table, items = assessment.table, assessment.items
    cells = bayes.cell_likelihoods(table, inputs.settings, inputs.direct)[:, columns]
    silent = np.equal(table.codes[:, columns], NOT_APPLICABLE)
    rated: NDArray[np.bool_] = np.logical_not(np.isnan(cells).any(axis=1))
    hit, false_alarm = (part[:, None] for part in bayes.reports_of(items, inputs.settings))
    told = np.maximum(false_alarm + (hit - false_alarm) * cells, bayes.SMALLEST)
    holds = hit * cells / told
    joint = {row for rows in inputs.joints for row in rows}
    for row in np.flatnonzero(table.counted):
        item, kind, present = items[row], Kind.REPORTED, holds[row]
        if not rated[row]:
            if row in joint:
                continue
            kind, present = Kind.UNRATED, _expected(inputs, sheet, int(row), cells[row], columns)
        yield _Asked(kind, item.id, item.label, item.title, item.cost, present, silent[row])


def _expected(
    inputs: Inputs, sheet: RatingSheet, row: int, cells: NDArray[np.float64], columns: NDArray[np.intp]
) -> NDArray[np.float64]:
    """Return P(e|H) of an item with unrated cells, from the suggested ratings where there are any."""
    assessment, found = inputs.assessment, cells.copy()
    ratings = sheet.get(assessment.items[row].id, {})
    for place, column in enumerate(columns):
        rating = ratings.get(assessment.hypotheses[column].id)
        if assessment.table.codes[row, column] == UNRATED and np.isnan(found[place]) and rating is not None:
            found[place] = _of_range(inputs.settings, rating.suggested)
    return found


def _of_range(settings: MethodSettings, around: RatingRange | None) -> float:
    """Return the P(e|H) of a suggested rating: of a range the geometric middle of its ends; NaN for none."""
    if around is None:
        return float("nan")
    low, high = (_probability(settings, value) for value in around)
    return float(np.sqrt(low * high))


def _probability(settings: MethodSettings, value: RatingValue | None) -> float:
    found = settings.likelihoods.get(value) if value is not None else None
    return float("nan") if found is None else found
