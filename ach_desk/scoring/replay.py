"""The same matrix as it was known on each day: items come in by the date they were learned, or by when they happened.

Two clocks (event time and the time it was learned). At each day the scores are those of the items known by then, with
the ratings of today: it shows what the evidence did to the order, not what the analyst thought at the time. A sum does
not depend on the order of what is added, so that the last step is always the present result.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from ach_desk.i18n import _, join_some, join_words, ngettext
from ach_desk.model import EvidenceItem, Matrix
from ach_desk.model.dates import in_words
from ach_desk.model.method_settings import Method
from ach_desk.model.spans import Span, day_text, event_span, learned_span
from ach_desk.scoring import bayes
from ach_desk.scoring.inconsistency import ranks
from ach_desk.scoring.methods import BAYESIAN, Inputs
from ach_desk.scoring.programme import never
from ach_desk.scoring.slip_cells import cells_of
from ach_desk.scoring.slips import Cells, shares

if TYPE_CHECKING:
    from numpy.typing import NDArray

SHARE_DRAWS = 2_000
"""Trials at each step; more than these change a share by a point at most."""
MOST_SHARE_STEPS = 40
_MOST_NAMED = 6


class Clock(StrEnum):
    """By which date items come in."""

    LEARNED = "learned"
    EVENT = "event"


_SPAN_OF: Mapping[Clock, Callable[[EvidenceItem], Span | None]] = {
    Clock.LEARNED: learned_span,
    Clock.EVENT: event_span,
}


@dataclass(frozen=True, eq=False)
class Replay:
    """The steps of one clock, in order of time; every array has a row per step and a column per hypothesis.

    days: ordinals of the dates, the last day of one that is known to the month or year only; None for the last step,
        in which the items without such a date come in. new: the rows that come in at each step, in matrix order.
    scores: float64, higher is better. rank: 0 = not ranked. posterior: for Bayes, else None.
    share: how often each is first in `SHARE_DRAWS` trials, NaN where a step was passed over; None while not worked out.
    """

    clock: Clock
    method: Method
    days: tuple[int | None, ...]
    new: tuple[tuple[int, ...], ...]
    scores: NDArray[np.float64]
    rank: NDArray[np.int64]
    posterior: NDArray[np.float64] | None = None
    share: NDArray[np.float64] | None = None

    @property
    def undated(self) -> tuple[int, ...]:
        """Return the rows of the items without such a date."""
        return self.new[-1] if self.days and self.days[-1] is None else ()

    def leaders(self, step: int) -> tuple[int, ...]:
        """Return the columns ranked first at a step."""
        return tuple(int(column) for column in np.flatnonzero(self.rank[step] == 1))

    def known(self, step: int) -> tuple[int, ...]:
        """Return the rows known at a step, in matrix order."""
        return tuple(sorted(row for rows in self.new[: step + 1] for row in rows))


def replay(inputs: Inputs, method: Method, clock: Clock) -> Replay:
    """Return how the order came about as the items that count came in; without any there is no step."""
    found = inputs.additive(method)
    spans = {int(row): _SPAN_OF[clock](inputs.assessment.items[row]) for row in np.flatnonzero(found.used)}
    dated: dict[int, list[int]] = {}
    for row, span in spans.items():
        if span is not None:
            dated.setdefault(span.last, []).append(row)
    days: list[int | None] = [*sorted(dated)]
    new = [tuple(dated[day]) for day in sorted(dated)]
    undated = tuple(row for row, span in spans.items() if span is None)
    if undated:
        days.append(None)
        new.append(undated)
    count = len(found.start)
    scores, rank = np.zeros((len(days), count)), np.zeros((len(days), count), np.int64)
    total, rated = found.start.copy(), np.zeros(count, np.bool_)
    for step, rows in enumerate(new):
        total = total + found.values[list(rows)].sum(axis=0)
        rated = rated | found.evidence[list(rows)].any(axis=0)
        scores[step], rank[step] = total + 0.0, ranks(total, found.active & rated)
    posterior = None
    if method in BAYESIAN:
        posterior = np.array([bayes.posterior(row, found.active) for row in scores]).reshape(scores.shape)
    return Replay(clock, method, tuple(days), tuple(new), scores, rank, posterior)


def with_rank_shares(
    found: Replay,
    inputs: Inputs,
    matrix: Matrix,
    analyst: str,
    *,
    seed: int,
    cancelled: Callable[[], bool] = never,
) -> Replay:
    """Return the same with how often each is first at each step when ratings slip; as it is when cancelled.

    Of many steps `MOST_SHARE_STEPS` at equal distances are tried, the last one always.
    """
    cells, start = cells_of(inputs, found.method, matrix, analyst), inputs.additive(found.method).start
    share = np.full(found.scores.shape, np.nan)
    steps = len(found.days)
    tried = np.unique(np.linspace(0, steps - 1, min(steps, MOST_SHARE_STEPS)).round().astype(int)) if steps else ()
    for step in tried:
        rows, ranked = list(found.known(step)), tuple(int(column) for column in np.flatnonzero(found.rank[step]))
        known = Cells(cells.values[rows], cells.chances[rows])
        made = shares(known, start, ranked, SHARE_DRAWS, seed, cancelled=cancelled)
        if made is None:
            return found
        share[step] = 0.0
        share[step, list(ranked)] = made.share[:, 0]
    return replace(found, share=share)


# In words


def day_words(found: Replay, step: int) -> str:
    """Return the date of a step as it is read; for the last one without a date that it has none."""
    day = found.days[step]
    return _("without a date") if day is None else in_words(day_text(day))


def undated_sentence(inputs: Inputs, found: Replay) -> str:
    """Return where the items without a date go; "" when there are none."""
    rows = found.undated
    if not rows:
        return ""
    names = _names(inputs, rows)
    learned = ngettext(
        "{items} has no date learned and comes in at the end.",
        "{items} have no date learned and come in at the end.",
        len(rows),
    )
    event = ngettext(
        "{items} has no date and comes in at the end.", "{items} have no date and come in at the end.", len(rows)
    )
    return (learned if found.clock is Clock.LEARNED else event).format(items=names)


def as_known_sentence(inputs: Inputs, found: Replay, step: int) -> str:
    """Return who led at a step and on how many items: "As known on 24 June 2023 (9 of 17 items) H3 led."."""
    count, total = len(found.known(step)), sum(len(rows) for rows in found.new)
    if step == len(found.days) - 1:
        text = _("With all {total} items {leaders}.")
        return text.format(total=total, leaders=_leading(inputs, found.leaders(step), now=True))
    text = (
        _("As known on {day} ({count} of {total} items) {leaders}.")
        if found.clock is Clock.LEARNED
        else _("By what had happened by {day} ({count} of {total} items) {leaders}.")
    )
    leaders = _leading(inputs, found.leaders(step), now=False)
    return text.format(day=day_words(found, step), count=count, total=total, leaders=leaders)


def turning_sentences(inputs: Inputs, found: Replay) -> list[str]:
    """Return each step at which others came to lead, with the items that came in at it, in order of time."""
    said, before = [], ()
    for step in range(len(found.days)):
        leaders = found.leaders(step)
        if leaders == before:
            continue
        text = _("{day}: {leaders}, with {items}.") if before else _("{day}: at first {leaders}, by {items}.")
        said.append(
            text.format(
                day=_capital(day_words(found, step)),
                leaders=_leading(inputs, leaders, now=False),
                items=_names(inputs, found.new[step]),
            )
        )
        before = leaders
    return said


def latest_turn(inputs: Inputs, found: Replay) -> str:
    """Return since when the present leaders lead, and with what: "H4 leads since 24 June 2023, with E5 and E6."."""
    steps = len(found.days)
    if not steps:
        return ""
    leaders = found.leaders(steps - 1)
    if not leaders:
        return _("Nothing is ranked.")
    since = max((step + 1 for step in range(steps - 1) if found.leaders(step) != leaders), default=0)
    text = _("{leaders} since {day}, with {items}.")
    if found.days[since] is None:
        text = _("{leaders} only with what has no date: {items}.")
    said = text.format(
        leaders=_leading(inputs, leaders, now=True),
        day=day_words(found, since),
        items=_names(inputs, found.new[since]),
    )
    return _capital(said)


def _leading(inputs: Inputs, leaders: tuple[int, ...], *, now: bool) -> str:
    names = join_words([inputs.assessment.hypotheses[column].label for column in leaders])
    if not leaders:
        return _("nothing is ranked") if now else _("nothing was ranked")
    if len(leaders) == 1:
        return (_("{names} leads") if now else _("{names} led")).format(names=names)
    return (_("{names} are tied in front") if now else _("{names} were tied in front")).format(names=names)


def _names(inputs: Inputs, rows: tuple[int, ...]) -> str:
    labels = [inputs.assessment.items[row].label for row in rows]
    return join_some(labels[:_MOST_NAMED], _MOST_NAMED, len(labels))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
