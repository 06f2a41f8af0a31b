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
_OFF_LADDER_BYTE = 128
"""From here on a byte stands for a number below 0."""


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
    counted, active = np.flatnonzero(table.counted), np.flatnonzero(table.active)
    lines = _places(inputs)[np.ix_(counted, active)]
    group_of = group_of_items(groups)
    found = inputs.additive(method)
    items = []
    for chosen, near in _alike_rows(lines, cancelled):
        rows = tuple(int(counted[place]) for place in chosen)
        of = {group.id if (group := group_of.get(table.evidence_ids[row])) else None for row in rows}
        gone = np.zeros(len(table.counted), np.bool_)
        gone[list(rows[1:])] = True
        then = found.without(gone).leaders
        grouped = len(of) == 1 and None not in of
        items.append(ItemClones(rows, near, grouped, then if then != found.leaders and not near else None))
    columns = [
        HypothesisClones(tuple(int(active[place]) for place in chosen), near)
        for chosen, near in _alike_columns(lines.T)
    ]
    return Clones(tuple(items), tuple(columns))


def _places(inputs: Inputs) -> NDArray[np.int8]:
    """Return the step of each rated cell on the scale, side by side by item; others get numbers below 0."""
    codes = inputs.assessment.table.codes
    place_of = np.full(len(CODES), _OFF_LADDER)
    for place, value in enumerate(ladder(inputs)):
        place_of[CODES[value]] = place
    return np.ascontiguousarray(np.where(codes >= FIRST_RATED, place_of[codes], -2 - codes), dtype=np.int8)


_Alike = tuple[tuple[int, ...], bool]
"""Places of lines that are alike, and whether but for one step."""


def _alike_rows(lines: NDArray[np.int8], cancelled: Callable[[], bool]) -> list[_Alike]:
    """Return the rows that are alike, in order, and then the pairs that are nearly so: many short lines, by hashing."""
    by_line: dict[bytes, list[int]] = {}
    tells = (lines != lines[:, :1]).any(axis=1) & (lines >= 0).any(axis=1) if lines.size else np.zeros(0, np.bool_)
    for place in np.flatnonzero(tells).tolist():
        by_line.setdefault(lines[place].tobytes(), []).append(place)
    near = set[tuple[int, ...]]()
    for line, places in by_line.items():
        if cancelled():
            raise StoppedError
        for at, step in enumerate(line):
            if step < _OFF_LADDER_BYTE:
                other = by_line.get(line[:at] + bytes((step + 1,)) + line[at + 1 :])
                if other is not None:
                    near.add(tuple(sorted((places[0], other[0]))))
    return [
        *((tuple(places), False) for places in by_line.values() if len(places) > 1),
        *((p, True) for p in sorted(near)),
    ]


def _alike_columns(lines: NDArray[np.int8]) -> list[_Alike]:
    """Return the columns (here lines) that are alike, in order, and then the pairs nearly so: few long lines."""
    rated = np.flatnonzero((lines >= 0).any(axis=1)).tolist() if lines.size else []
    same, near, done = list[_Alike](), list[_Alike](), set[int]()
    for place in rated:
        if place in done:
            continue
        differs = lines != lines[place]
        twins = [other for other in rated if other > place and not differs[other].any()]
        done.update(twins)
        if twins:
            same.append(((place, *twins), False))
        for other in rated:
            if other > place and int(differs[other].sum()) == 1:
                at = int(differs[other].argmax())
                pair = lines[[place, other], at].astype(int)
                if (pair >= 0).all() and abs(int(pair[0] - pair[1])) == 1:
                    near.append(((place, other), True))
    return [*same, *near]


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
