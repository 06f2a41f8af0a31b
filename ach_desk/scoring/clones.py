"""Items and hypotheses that are rated alike, so that one thing may be counted as two. In words; nothing is merged.

Rows are compared over the hypotheses that take part, columns over the items that count. Alike is the same rating
everywhere; nearly alike differs by a single step of the scale in a single cell. Rows with the same rating under every
hypothesis tell nothing apart and are passed over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ach_desk.i18n import _, join_words, ngettext
from ach_desk.model import DependenceGroup
from ach_desk.model.method_settings import Method
from ach_desk.scoring.dependence import group_of_items
from ach_desk.scoring.left_out_parts import outcome_words
from ach_desk.scoring.methods import BAYESIAN, Inputs
from ach_desk.scoring.programme import StoppedError, never
from ach_desk.scoring.slip_cells import ladder
from ach_desk.scoring.table import CODES, FIRST_RATED

if TYPE_CHECKING:
    from numpy.typing import NDArray

_OFF_LADDER = -1


@dataclass(frozen=True)
class ItemClones:
    """Items (rows, in matrix order) that are rated alike, or but for one step in one cell (`near`: always two).

    grouped: all of them are in one dependence group. leaders: who leads if only the first of them counts; None where
    the leaders stay.
    """

    rows: tuple[int, ...]
    near: bool
    grouped: bool
    leaders: tuple[int, ...] | None = None


@dataclass(frozen=True)
class HypothesisClones:
    """Hypotheses (columns) that are rated alike on every counted item, or but for one step on one (`near`)."""

    columns: tuple[int, ...]
    near: bool


@dataclass(frozen=True)
class Clones:
    """What is rated alike. Items in order of the matrix, those alike everywhere before the near ones."""

    items: tuple[ItemClones, ...]
    hypotheses: tuple[HypothesisClones, ...]


def clones(
    inputs: Inputs,
    groups: Iterable[DependenceGroup],
    method: Method,
    *,
    cancelled: Callable[[], bool] = never,
) -> Clones:
    """Return the items and hypotheses that are rated alike. Raises StoppedError soon after `cancelled` holds."""
    table = inputs.assessment.table
    places = _places(inputs)
    counted, active = np.flatnonzero(table.counted), np.flatnonzero(table.active)
    group_of = group_of_items(groups)
    found = inputs.additive(method)
    items = []
    for chosen, near in _alike(places[np.ix_(counted, active)], _tells, cancelled):
        rows = tuple(int(counted[place]) for place in chosen)
        of = {group.id if (group := group_of.get(table.evidence_ids[row])) else None for row in rows}
        gone = np.zeros(len(table.counted), np.bool_)
        gone[list(rows[1:])] = True
        then = found.without(gone).leaders
        grouped = len(of) == 1 and None not in of
        items.append(ItemClones(rows, near, grouped, then if then != found.leaders and not near else None))
    columns = [
        HypothesisClones(tuple(int(active[place]) for place in chosen), near)
        for chosen, near in _alike(places[np.ix_(counted, active)].T, _is_rated, cancelled)
    ]
    return Clones(tuple(items), tuple(columns))


def _places(inputs: Inputs) -> NDArray[np.int64]:
    """Return the step of each rated cell on the scale; others get numbers below 0 that are no step from any."""
    codes = inputs.assessment.table.codes
    place_of = np.full(len(CODES), _OFF_LADDER)
    for place, value in enumerate(ladder(inputs)):
        place_of[CODES[value]] = place
    return np.where(codes >= FIRST_RATED, place_of[codes], -2 - 2 * codes.astype(np.int64))


def _tells(line: NDArray[np.int64]) -> bool:
    return _is_rated(line) and len(line) > 1 and bool((line != line[0]).any())


def _is_rated(line: NDArray[np.int64]) -> bool:
    return len(line) > 0 and bool((line >= 0).any())


def _alike(
    lines: NDArray[np.int64], takes_part: Callable[[NDArray[np.int64]], bool], cancelled: Callable[[], bool]
) -> list[tuple[tuple[int, ...], bool]]:
    """Return (places of lines that are alike, False) and then (two places nearly alike, True), each in order."""
    by_line: dict[tuple[int, ...], list[int]] = {}
    for place, line in enumerate(lines):
        if takes_part(line):
            by_line.setdefault(tuple(line.tolist()), []).append(place)
    same = [(tuple(places), False) for places in by_line.values() if len(places) > 1]
    near = []
    for line, places in by_line.items():
        if cancelled():
            raise StoppedError
        for at, step in enumerate(line):
            if step < 0:
                continue
            other = by_line.get((*line[:at], step + 1, *line[at + 1 :]))
            if other is not None:
                near.append((tuple(sorted((places[0], other[0]))), True))
    return [*same, *sorted(near)]


# In words


def item_clone_sentence(inputs: Inputs, found: ItemClones, method: Method) -> str:
    """Return for example "E4 and E9 are rated alike under every hypothesis: if they report the same thing, it ...".

    In a group, Bayes with sources and groups counts them as one or little more; the counting methods never do.
    """
    labels = join_words([inputs.assessment.items[row].label for row in found.rows])
    if found.near:
        text = _("{items} are rated alike but for one step under one hypothesis.")
        return text.format(items=labels)
    text = _("{items} are rated alike under every hypothesis: if they report the same thing, they count {times}.")
    said = text.format(items=labels, times=_times(len(found.rows)))
    if found.grouped and method is Method.BAYES_SOURCES:
        said = _("{items} are rated alike and are in one dependence group, which this method takes into account.")
        return said.format(items=labels)
    if found.leaders is not None:
        then = _("If they counted once, {outcome}.")
        said += " " + then.format(outcome=outcome_words(inputs, found.leaders))
    return said


def hypothesis_clone_sentence(inputs: Inputs, found: HypothesisClones, method: Method) -> str:
    """Return that hypotheses are rated alike, and what it does if they are one explanation."""
    labels = join_words([inputs.assessment.hypotheses[column].label for column in found.columns])
    if found.near:
        return _("{hypotheses} differ by one step on one item alone: little tells them apart.").format(
            hypotheses=labels
        )
    text = _("{hypotheses} are rated alike on every item: nothing here tells them apart.").format(hypotheses=labels)
    if method in BAYESIAN:
        text += " " + _("If they are one explanation, it gets the prior of each of them.")
    return text


def _times(count: int) -> str:
    if count == 2:
        return _("twice")
    return ngettext("{count} time", "{count} times", count).format(count=count)
