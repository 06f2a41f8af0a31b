"""Tornado: how far the lead over the nearest rival swings when one judgement alone is another one.

margin = score of the leader - score of the rival, in points of the method; for Bayes log10 of the odds between the two.
Everything else stays as it is (one at a time; Eschenbach 1992, Interfaces 22/6). Ranges of priors are a convention of
the program: the odds of one hypothesis against all others halved and doubled.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from ach_desk.i18n import _
from ach_desk.model import Analysis, Rating, RatingSheet
from ach_desk.model.method_settings import Method
from ach_desk.model.values import in_range
from ach_desk.model.words import level_word
from ach_desk.scoring.inconsistency import TIE_TOLERANCE
from ach_desk.scoring.left_out_parts import source_rows
from ach_desk.scoring.levels import LEVELS, WEIGHTED, at_level
from ach_desk.scoring.methods import BAYESIAN, Inputs
from ach_desk.scoring.rating_steps import Steps
from ach_desk.scoring.robustness import PRIOR_FACTOR
from ach_desk.scoring.slip_cells import ladder, log10_of, rated_cells, steps_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ach_desk.scoring.additive import Additive


class SwingKind(StrEnum):
    """What is another one alone."""

    ITEM = "item"
    SOURCE = "source"
    PRIOR = "prior"


@dataclass(frozen=True)
class End:
    """One end of a bar: the margin there, and under which condition, in words that follow on "the lead is ...".

    evidence, hypothesis: ids of the cell that is rated otherwise; "" for others, and where no change goes that way.
    """

    margin: float
    words: str
    evidence: str = ""
    hypothesis: str = ""


@dataclass(frozen=True)
class Swing:
    """One bar. label: of the item, source or hypothesis `record` (an id). low, high: the ends, low the smaller one.

    items: ids of the items that the bar is about.
    """

    kind: SwingKind
    record: str
    label: str
    low: End
    high: End
    items: tuple[str, ...] = ()

    @property
    def width(self) -> float:
        """Return how far the margin swings."""
        return self.high.margin - self.low.margin

    @property
    def overturns(self) -> bool:
        """Return whether the rival is level or in front at the low end."""
        return self.low.margin <= TIE_TOLERANCE


@dataclass(frozen=True)
class Tornado:
    """The swings of the lead of column `first` over column `second`, the widest first; those that move nothing not.

    still: how many items, sources and priors were tried and move nothing.
    """

    method: Method
    first: int
    second: int
    margin: float
    swings: tuple[Swing, ...]
    still: int


def nearest_rival(found: Additive) -> tuple[int, int] | None:
    """Return the leader and the ranked hypothesis next to it (of equals the first in the matrix); None without both."""
    ranked = np.flatnonzero(found.ranked)
    if len(ranked) < 2:
        return None
    order = sorted(ranked.tolist(), key=lambda column: (int(found.rank[column]), column))
    return order[0], order[1]


def tornado(
    analysis: Analysis, sheet: RatingSheet, inputs: Inputs, method: Method, *, rival: int | None = None
) -> Tornado | None:
    """Return the swings of the lead over the nearest rival, or over the column `rival`; None where nobody has one."""
    found = inputs.additive(method)
    pair = nearest_rival(found)
    if pair is None or (rival is not None and (rival == pair[0] or not found.ranked[rival])):
        return None
    first, second = pair if rival is None else (pair[0], rival)
    scores = found.scores
    bench = _Bench(inputs, method, found, first, second, float(scores[first] - scores[second]))
    tried = [*bench.items(sheet), *bench.sources(analysis), *bench.priors()]
    telling = [swing for swing in tried if swing.width > TIE_TOLERANCE]
    telling.sort(key=lambda swing: (-round(swing.width, 9), round(swing.low.margin, 9)))
    return Tornado(method, first, second, bench.margin, tuple(telling), len(tried) - len(telling))


@dataclass(frozen=True)
class _Move:
    """A cell of one of the two rated otherwise: its row, what the margin gains, and the rating in words."""

    row: int
    gain: float
    column: int
    to: str


@dataclass(frozen=True, eq=False)
class _Bench:
    """What the swings are measured with."""

    inputs: Inputs
    method: Method
    found: Additive
    first: int
    second: int
    margin: float

    def items(self, sheet: RatingSheet) -> Iterator[Swing]:
        """Yield a swing for each used item: the cell of the two, and the rating in it, that moves the margin most."""
        moves: dict[int, list[_Move]] = {}
        for move in self._moves(sheet):
            moves.setdefault(move.row, []).append(move)
        as_rated = _("as rated")
        for row in np.flatnonzero(self.found.used).tolist():
            item = self.inputs.assessment.items[row]
            found = moves.get(row, [])
            low = min((move for move in found if move.gain < -TIE_TOLERANCE), key=lambda m: m.gain, default=None)
            high = max((move for move in found if move.gain > TIE_TOLERANCE), key=lambda m: m.gain, default=None)
            ends = [End(self.margin, as_rated) if move is None else self._end(move) for move in (low, high)]
            yield Swing(SwingKind.ITEM, item.id, item.label, ends[0], ends[1], (item.id,))

    def _end(self, move: _Move) -> End:
        item = self.inputs.assessment.items[move.row]
        hypothesis = self.inputs.assessment.hypotheses[move.column]
        text = _("if {item} were {value} under {hypothesis}")
        words = text.format(item=item.label, value=move.to, hypothesis=hypothesis.label)
        return End(self.margin + move.gain, words, item.id, hypothesis.id)

    def _moves(self, sheet: RatingSheet) -> Iterator[_Move]:
        rungs = ladder(self.inputs)
        steps = steps_of(self.inputs, self.method, self.found.used)
        stated = {(row, column): rating for row, column, rating in rated_cells(self.inputs, sheet)}
        for column, sign in ((self.first, 1.0), (self.second, -1.0)):
            for row in np.flatnonzero(self.found.used).tolist():
                rating = stated.get((row, column))
                if steps.places[row, column] >= 0:
                    for place in _places(steps, row, column, rating, rungs):
                        gain = sign * float(steps.values[row, place] - steps.values[row, steps.places[row, column]])
                        yield _Move(row, gain, column, rungs[place].value)
                elif rating is not None and rating.likelihood is not None:
                    yield from self._likelihoods(row, column, sign, rating)

    def _likelihoods(self, row: int, column: int, sign: float, rating: Rating) -> Iterator[_Move]:
        """Yield the ends of a range of P(e|H) that was entered by hand."""
        if self.method not in BAYESIAN or rating.likelihood is None or rating.likelihood[0] == rating.likelihood[1]:
            return
        if any(row in rows for rows in self.inputs.joints) and self.method is Method.BAYES_SOURCES:
            return
        ends = log10_of(self.inputs, self.method, np.array([rating.likelihood]), np.array([row]))[0]
        for value, chance in zip(ends, rating.likelihood, strict=True):
            gain = sign * float(value - self.found.values[row, column])
            yield _Move(row, gain, column, _("{percent} % probable").format(percent=_percent(chance)))

    def sources(self, analysis: Analysis) -> Iterator[Swing]:
        """Yield a swing for each source: the items that nothing else bears out at low, medium and high credibility."""
        rows = source_rows(analysis, self.inputs)
        if not rows:
            return
        leads = self._leads_by_level()
        items = self.inputs.assessment.items
        for source, its in rows.items():
            now = self._lead(self.found)[its].sum()
            label = analysis.sources[source].label
            margins = [self.margin + float(lead[its].sum() - now) for lead in leads]
            ends = []
            for place in (int(np.argmin(margins)), int(np.argmax(margins))):
                text = _("if what {source} alone says had {level} credibility")
                ends.append(End(margins[place], text.format(source=label, level=level_word(LEVELS[place]))))
            yield Swing(SwingKind.SOURCE, source, label, ends[0], ends[1], tuple(items[row].id for row in its))

    def _leads_by_level(self) -> list[NDArray[np.float64]]:
        """Return per level what each item adds to the margin if its credibility were that."""
        if self.method not in WEIGHTED:
            return [self._lead(self.found) for _level in LEVELS]
        return [self._lead(at_level(self.inputs, level).additive(self.method)) for level in LEVELS]

    def _lead(self, found: Additive) -> NDArray[np.float64]:
        return np.where(found.used, found.values[:, self.first] - found.values[:, self.second], 0.0)

    def priors(self) -> Iterator[Swing]:
        """Yield, for Bayes, a swing for the prior of each of the two."""
        if self.method not in BAYESIAN:
            return
        gain = float(np.log10(PRIOR_FACTOR))
        for column, sign in ((self.first, 1.0), (self.second, -1.0)):
            hypothesis = self.inputs.assessment.hypotheses[column]
            now = float(self.inputs.prior[column])
            if not 0 < now < 1:
                continue
            ends = []
            for change in (-sign, sign):
                odds = now / (1 - now) * PRIOR_FACTOR**change
                text = _("if the prior of {hypothesis} were {percent} %")
                words = text.format(hypothesis=hypothesis.label, percent=_percent(odds / (1 + odds)))
                ends.append(End(self.margin + sign * change * gain, words, "", hypothesis.id))
            yield Swing(SwingKind.PRIOR, hypothesis.id, hypothesis.label, ends[0], ends[1])


def _places(steps: Steps, row: int, column: int, rating: Rating | None, rungs: Sequence) -> Iterator[int]:
    """Yield the steps that a cell could be at instead: within its stated range, else a step to either side."""
    here = int(steps.places[row, column])
    if rating is not None and rating.range is not None:
        yield from (place for place, value in enumerate(rungs) if place != here and in_range(value, rating.range))
        return
    yield from (place for place in (here - 1, here + 1) if 0 <= place < len(rungs))


def _percent(share: float) -> str:
    return f"{100 * share:.2g}"


# In words


def swing_name(swing: Swing) -> str:
    """Return what a bar is about: the label of an item or source, or whose prior it is."""
    if swing.kind is SwingKind.PRIOR:
        return _("prior of {label}").format(label=swing.label)
    return swing.label


def _in_sentence(swing: Swing) -> str:
    return _("the prior of {label}").format(label=swing.label) if swing.kind is SwingKind.PRIOR else swing.label


def lead_words(inputs: Inputs, found: Tornado, margin: float) -> str:
    """Return how far the first is ahead of the second at a margin: "H4 1.4 ahead", "level", "H3 0.2 ahead"."""
    if abs(margin) <= TIE_TOLERANCE:
        return _("level")
    column = found.first if margin > 0 else found.second
    label = inputs.assessment.hypotheses[column].label
    if found.method in BAYESIAN:
        return _("{name} {odds} : 1 ahead").format(name=label, odds=odds_words(margin))
    return _("{name} {points:.2f} ahead").format(name=label, points=abs(margin))


def odds_words(margin: float) -> str:
    """Return 10 to the power of a margin for people: two digits, and no more than "over 1000"."""
    odds = 10 ** min(abs(margin), 4)
    if odds > 1000:
        return _("over 1000")
    return f"{odds:.0f}" if odds >= 10 else f"{odds:.1f}"


def tornado_sentence(inputs: Inputs, found: Tornado) -> str:
    """Return what the bars say in one sentence: on what the lead hangs most, and how many would overturn it."""
    names = [inputs.assessment.hypotheses[column].label for column in (found.first, found.second)]
    if not found.swings:
        return _("No single change moves the lead of {first} over {second}.").format(first=names[0], second=names[1])
    turning = [swing for swing in found.swings if swing.overturns]
    if found.margin <= TIE_TOLERANCE:
        text = _("{first} and {second} are level; {what} moves the balance most.")
        return text.format(first=names[0], second=names[1], what=_in_sentence(found.swings[0]))
    if not turning:
        text = _("No single change brings {second} level with {first}; the lead hangs most on {what}.")
        return text.format(first=names[0], second=names[1], what=_in_sentence(found.swings[0]))
    text = _("The lead of {first} over {second} hangs most on {what}; {condition}, {outcome}.")
    low = min(turning, key=lambda swing: swing.low.margin).low
    outcome = _("they would be level") if low.margin >= -TIE_TOLERANCE else _("{name} would be ahead of it")
    return text.format(
        first=names[0],
        second=names[1],
        what=_in_sentence(found.swings[0]),
        condition=low.words,
        outcome=outcome.format(name=names[1]),
    )
