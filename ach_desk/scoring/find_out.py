"""What to find out next: the expected value of evidence that is not there yet (Nelson 2005; Karvetski et al. 2013).

Not the discriminating power of a row, which needs no prior, nor its current influence, which looks back. Three kinds
can be found out: whether an indicator will be seen, whether an item that nobody judged yet holds, and whether an item
that was reported is so. docs/adr/0031 says where each P(e|H) comes from.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import compress
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ach_desk.model import Analysis, IndicatorState, Matrix, RatingRange, RatingSheet, RatingValue
from ach_desk.model.method_settings import MethodSettings
from ach_desk.scoring import bayes
from ach_desk.scoring.information import (
    expected_information_gain,
    outcomes_of,
    posteriors,
    probability_gain,
)
from ach_desk.scoring.methods import Inputs
from ach_desk.scoring.table import NOT_APPLICABLE, UNRATED
from ach_desk.scoring.worlds import Worlds, worlds_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

_AT_ONCE = 500
"""So many things are weighed at once: with ten causes that may act together, ten megabytes."""
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
    information: expected information gain in bits. probability: by how much the chance to name what is the case
        rises, 0 to 1. chance: how likely it is to be seen, or to hold.
    tells: columns of the two hypotheses it tells apart most, first the one that leads one to expect it; of causes that
        may act together the one of which it tells best whether it is at work; (): none.
    if_so, if_not: probability per hypothesis of the matrix afterwards. cost: in any unit; None: none given.
    """

    kind: Kind
    record: str
    label: str
    text: str
    information: float
    probability: float
    chance: float
    tells: tuple[int, ...]
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
    """What can be found out, what tells most first; what cannot be worked out; and the probabilities it starts from.

    together: the hypotheses are causes that may act together, so that probabilities need not sum to 1.
    """

    labels: tuple[str, ...]
    prior: tuple[float, ...]
    together: bool = False
    prospects: tuple[Prospect, ...] = ()
    wanting: tuple[Wanting, ...] = ()

    def by_cost(self) -> tuple[Prospect, ...]:
        """Return the prospects by what they tell per cost; those without a cost last, in the order they have."""
        return tuple(
            sorted(self.prospects, key=lambda entry: -1.0 if entry.per_cost is None else entry.per_cost, reverse=True)
        )


class _Asked(NamedTuple):
    """One thing and what is known of it: P(e|H) per hypothesis of the worlds, NaN where nothing is.

    report: (hit, false alarm) of the source that reported it; both 1 where nobody did, so that P(e|H) stays as it is.
    """

    kind: Kind
    record: str
    label: str
    text: str
    cost: float | None
    likelihoods: NDArray[np.float64]
    not_applicable: NDArray[np.bool_]
    report: tuple[float, float] = (1.0, 1.0)


def find_out(analysis: Analysis, matrix: Matrix, analyst: str, inputs: Inputs) -> FindOut:
    """Return what finding out each open indicator and each counted item can be expected to tell.

    The starting point is what Bayes with sources and groups makes of the present ratings, in the frame of the matrix.
    Empty where there is nothing to tell apart. Dependence between what is asked and what is there is left out.
    """
    labels = tuple(entry.label for entry in inputs.assessment.hypotheses)
    worlds = worlds_of(inputs, matrix)
    if worlds is None:
        return FindOut(labels, tuple(inputs.assessment.table.active.astype(np.float64).tolist()))
    sheet, columns = matrix.sheets.get(analyst, {}), worlds.columns
    asked = [*_indicators(analysis, inputs, columns), *_items(inputs, sheet, columns)]
    silent = np.isnan(np.array([entry.likelihoods for entry in asked]).reshape(len(asked), len(columns)))
    lacking: NDArray[np.bool_] = np.count_nonzero(silent, axis=1) > 0
    complete = [*compress(asked, (~lacking).tolist())]
    prospects = [
        found for start in range(0, len(complete), _AT_ONCE) for found in _weighed(complete[start:][:_AT_ONCE], worlds)
    ]
    return FindOut(
        labels,
        tuple(worlds.of_hypotheses(worlds.start).tolist()),
        worlds.together,
        tuple(sorted(prospects, key=lambda entry: -round(entry.information, 12))),
        tuple(_wanting([*compress(asked, lacking.tolist())], silent[lacking], columns)),
    )


def _weighed(asked: Sequence[_Asked], worlds: Worlds) -> Iterator[Prospect]:
    """Yield what each is worth.

    What is known of a reported item is the report e*: P(e | world, e*) = h p / (f + (h - f) p), with p = P(e | world).
    """
    expected = worlds.expected(np.clip(np.array([entry.likelihoods for entry in asked]), bayes.SMALLEST, 1.0))
    hit, false_alarm = (part[:, None] for part in np.array([entry.report for entry in asked]).T)
    told = np.maximum(false_alarm + (hit - false_alarm) * expected, bayes.SMALLEST)
    present = np.clip(hit * expected / told, bayes.SMALLEST, MOST_CERTAIN)
    outcomes = outcomes_of(present)
    after = worlds.of_hypotheses(posteriors(worlds.start, outcomes))
    information = expected_information_gain(worlds.start, outcomes)
    probability = probability_gain(worlds.start, outcomes)
    chances, told_of = present @ worlds.start, worlds.told(present, after)
    if_so, if_not = map(tuple, after[:, 0].tolist()), map(tuple, after[:, 1].tolist())
    worth = zip(information.tolist(), probability.tolist(), chances.tolist(), told_of, if_so, if_not, strict=True)
    for entry, (gain, better, chance, tells, so, otherwise) in zip(asked, worth, strict=True):
        named = entry.kind, entry.record, entry.label, entry.text
        yield Prospect(*named, gain, better, chance, tells, so, otherwise, entry.cost)


def _wanting(asked: Sequence[_Asked], silent: NDArray[np.bool_], columns: NDArray[np.intp]) -> Iterator[Wanting]:
    """Yield what is wanting of each; silent: things x hypotheses of the worlds: nothing is known of P(e|H)."""
    without = np.array([entry.not_applicable for entry in asked], np.bool_).reshape(silent.shape)
    named = columns.tolist()
    for entry, at, barred in zip(asked, silent.tolist(), (silent & without).tolist(), strict=True):
        found = tuple(compress(named, barred))
        rest = tuple(column for column in compress(named, at) if column not in found)
        yield Wanting(entry.kind, entry.record, entry.label, entry.text, rest, found)


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

    One that is rated throughout is known as a report. Of one that is not, P(e|H) is taken from ratings, likelihoods
    entered by hand, and suggested ratings not yet confirmed.
    """
    assessment = inputs.assessment
    table, items = assessment.table, assessment.items
    cells = bayes.cell_likelihoods(table, inputs.settings, inputs.direct)[:, columns]
    silent = np.equal(table.codes[:, columns], NOT_APPLICABLE)
    rated: NDArray[np.bool_] = np.logical_not(np.isnan(cells).any(axis=1))
    _fill_in_suggested(cells, inputs, sheet, columns)
    reports = [*zip(*(part.tolist() for part in bayes.reports_of(items, inputs.settings)), strict=True)]
    joint = {row for rows in inputs.joints for row in rows}
    for row in np.flatnonzero(table.counted).tolist():
        item = items[row]
        named = item.id, item.label, item.title, item.cost
        if rated[row]:
            yield _Asked(Kind.REPORTED, *named, cells[row], silent[row], reports[row])
        elif row not in joint:
            yield _Asked(Kind.UNRATED, *named, cells[row], silent[row])


def _fill_in_suggested(
    cells: NDArray[np.float64], inputs: Inputs, sheet: RatingSheet, columns: NDArray[np.intp]
) -> None:
    """Put P(e|H) into the unrated cells that have none, from the suggested ratings where there are any."""
    table = inputs.assessment.table
    rows, places = np.nonzero(np.equal(table.codes[:, columns], UNRATED) & np.isnan(cells))
    hypotheses = [table.hypothesis_ids[column] for column in columns]
    for row, place in zip(rows.tolist() if sheet else (), places.tolist() if sheet else (), strict=True):
        rating = sheet.get(table.evidence_ids[row], {}).get(hypotheses[place])
        if rating is not None:
            cells[row, place] = _of_range(inputs.settings, rating.suggested)


def _of_range(settings: MethodSettings, around: RatingRange | None) -> float:
    """Return the P(e|H) of a suggested rating: of a range the geometric middle of its ends; NaN for none."""
    if around is None:
        return float("nan")
    low, high = (_probability(settings, value) for value in around)
    return float(np.sqrt(low * high))


def _probability(settings: MethodSettings, value: RatingValue | None) -> float:
    found = settings.likelihoods.get(value) if value is not None else None
    return float("nan") if found is None else found
