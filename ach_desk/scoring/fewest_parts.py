"""The fewest sources, dependence groups or assumptions whose fall would let a challenger draw level or pass. Exact.

An item falls with a source only when nothing else bears it out, so that all its sources have to go; with an assumption
as soon as one of those that it rests on is false, and a single cell likewise. Third hypotheses are not considered.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ach_desk.i18n import _, join_words, ngettext
from ach_desk.model import Analysis, RatingSheet
from ach_desk.model.citing import supports as citations_for
from ach_desk.model.method_settings import Method
from ach_desk.model.resting import supports as rests_on
from ach_desk.scoring.additive import Additive
from ach_desk.scoring.left_out_parts import PartKind, assumptions_of, group_rows
from ach_desk.scoring.methods import BAYESIAN, Inputs
from ach_desk.scoring.programme import StoppedError, never
from ach_desk.scoring.removals import fewest_supports

_PATIENCE_S = 5.0
"""So long is looked for one kind of parts; items that share many of them can take hours."""
_MOST_NAMED = 3

Supports = Sequence[Sequence[str]]


@dataclass(frozen=True)
class FewestParts:
    """For one challenger (a column): how many parts of a kind must fall, None: none do it; and which (ids).

    records are those to pass, or to draw level where passing is impossible.
    """

    kind: PartKind
    challenger: int
    to_tie: int | None
    to_overtake: int | None
    records: tuple[str, ...]


@dataclass(frozen=True)
class Fewest:
    """What was found for each kind that bears on a counted item, by challenger; left_open: kinds that take too long."""

    parts: tuple[FewestParts, ...] = ()
    left_open: tuple[PartKind, ...] = ()


@dataclass(frozen=True, eq=False)
class _Bench:
    """What falls. rows, columns: of each piece its item, and its one hypothesis or -1 for all. on: what it rests on.

    together: it falls only when all of that falls.
    """

    rows: list[int]
    columns: list[int]
    on: Supports
    together: bool


def fewest_parts(
    analysis: Analysis,
    sheet: RatingSheet,
    inputs: Inputs,
    method: Method,
    *,
    cancelled: Callable[[], bool] = never,
) -> Fewest:
    """Return the fewest parts of each kind; nothing with several leaders.

    Raises StoppedError soon after `cancelled` holds.
    """
    found = inputs.additive(method)
    if len(found.leaders) != 1:
        return Fewest()
    result, left_open = list[FewestParts](), list[PartKind]()
    for kind, bench in _benches(analysis, sheet, inputs, method).items():
        until = time.monotonic() + _PATIENCE_S
        try:
            result += _of_kind(found, kind, bench, lambda until=until: cancelled() or time.monotonic() > until)
        except StoppedError:
            if cancelled():
                raise
            left_open.append(kind)
    return Fewest(tuple(result), tuple(left_open))


def _benches(analysis: Analysis, sheet: RatingSheet, inputs: Inputs, method: Method) -> dict[PartKind, _Bench]:
    rows = np.flatnonzero(inputs.additive(method).used).tolist()
    items = inputs.assessment.items
    grouped = {row: group for group, members in group_rows(analysis, inputs).items() for row in members}
    whole = [-1] * len(rows)
    sources = [list({entry.source: None for entry in citations_for(items[row], analysis.sources)}) for row in rows]
    known = [[entry for entry in cited if entry in analysis.sources] for cited in sources]
    # What also cites a source that is gone is still borne out by it.
    alone = [entry if len(entry) == len(cited) else [] for entry, cited in zip(known, sources, strict=True)]
    found = {
        PartKind.SOURCE: _Bench(rows, whole, alone, together=True),
        PartKind.GROUP: _Bench(rows, whole, [[grouped[row]] if row in grouped else [] for row in rows], together=False),
        PartKind.ASSUMPTION: _resting(analysis, sheet, inputs, method, rows),
    }
    return {kind: bench for kind, bench in found.items() if any(bench.on)}


def _resting(analysis: Analysis, sheet: RatingSheet, inputs: Inputs, method: Method, rows: Sequence[int]) -> _Bench:
    """Return what falls with assumptions: items, and cells by themselves; for Bayes a cell takes its item with it."""
    assumptions = dict.fromkeys(assumptions_of(analysis, sheet, inputs))
    hypotheses, active = inputs.assessment.hypotheses, inputs.assessment.table.active
    pieces: list[tuple[int, int, list[str]]] = []
    for row in rows:
        item = inputs.assessment.items[row].id
        whole = [entry for entry in (item, *rests_on(analysis.evidence, item)) if entry in assumptions]
        cells: dict[int, list[str]] = {}
        for column, hypothesis in enumerate(hypotheses):
            rating = sheet.get(item, {}).get(hypothesis.id)
            if rating is not None and rating.rests_on and active[column]:
                cells[column] = _with_theirs(analysis, rating.rests_on, assumptions)
        if method in BAYESIAN or not cells:
            pieces.append((row, -1, [*whole, *[entry for own in cells.values() for entry in own]]))
        else:
            pieces += [(row, column, [*whole, *cells.get(column, [])]) for column in range(len(hypotheses))]
    on = [list(dict.fromkeys(entries)) for _row, _column, entries in pieces]
    return _Bench([piece[0] for piece in pieces], [piece[1] for piece in pieces], on, together=False)


def _with_theirs(analysis: Analysis, entries: Sequence[str], assumptions: Mapping[str, None]) -> list[str]:
    """Return of these, and of what they rest on themselves, the assumptions."""
    every = [
        own for entry in entries if entry in analysis.evidence for own in (entry, *rests_on(analysis.evidence, entry))
    ]
    return [entry for entry in dict.fromkeys(every) if entry in assumptions]


def _of_kind(found: Additive, kind: PartKind, bench: _Bench, cancelled: Callable[[], bool]) -> list[FewestParts]:
    numbers = {entry: number for number, entry in enumerate(dict.fromkeys(e for on in bench.on for e in on))}
    records, supports = list(numbers), [[numbers[entry] for entry in on] for on in bench.on]
    (leader,) = found.leaders
    rows, columns = np.array(bench.rows), np.array(bench.columns)
    made = []
    for challenger in found.challengers:
        for_leader = np.where((columns == -1) | (columns == leader), found.values[rows, leader], 0.0)
        for_other = np.where((columns == -1) | (columns == challenger), found.values[rows, challenger], 0.0)
        gains, margin = for_leader - for_other, found.deficits(challenger)[leader]
        to_tie, to_overtake = (
            fewest_supports(gains, margin, supports, strictly=strictly, together=bench.together, cancelled=cancelled)
            for strictly in (False, True)
        )
        chosen = to_overtake if to_overtake is not None else to_tie
        named = tuple(records[number] for number in sorted(chosen or ()))
        made.append(FewestParts(kind, challenger, _size(to_tie), _size(to_overtake), named))
    return made


def _size(chosen: Sequence[int] | None) -> int | None:
    return None if chosen is None else len(chosen)


# In words


def fewest_sentences(analysis: Analysis, inputs: Inputs, leader: int, found: Fewest) -> list[str]:
    """Return for each kind what it takes to overturn the lead where one part alone does not do it."""
    said = [_left_open(kind) for kind in found.left_open]
    for kind in PartKind:
        own = [entry for entry in found.parts if entry.kind is kind]
        able = [entry for entry in own if entry.to_overtake is not None]
        best = min(able, key=lambda entry: entry.to_overtake or 0, default=None)
        if best is None:
            said += [_none_do(kind).format(leader=inputs.assessment.hypotheses[leader].label)] if own else []
        elif len(best.records) > 1:
            said.append(_sentence(analysis, inputs, leader, best))
    return said


def _left_open(kind: PartKind) -> str:
    return {
        PartKind.SOURCE: _("How few sources would overturn the lead together takes too long to work out."),
        PartKind.GROUP: _("How few dependence groups would overturn the lead together takes too long to work out."),
        PartKind.ASSUMPTION: _("How few assumptions would overturn the lead together takes too long to work out."),
    }[kind]


def _none_do(kind: PartKind) -> str:
    return {
        PartKind.SOURCE: _("Leaving out sources, however many, cannot overturn {leader}."),
        PartKind.GROUP: _("Leaving out dependence groups, however many, cannot overturn {leader}."),
        PartKind.ASSUMPTION: _("However many assumptions were false, that alone could not overturn {leader}."),
    }[kind]


def _sentence(analysis: Analysis, inputs: Inputs, leader: int, entry: FewestParts) -> str:
    labels = [inputs.assessment.hypotheses[column].label for column in (entry.challenger, leader)]
    count = len(entry.records)
    if count > _MOST_NAMED:
        text = {
            PartKind.SOURCE: ngettext("{count} source", "{count} sources", count),
            PartKind.GROUP: ngettext("{count} dependence group", "{count} dependence groups", count),
            PartKind.ASSUMPTION: ngettext("{count} assumption", "{count} assumptions", count),
        }[entry.kind].format(count=count)
        said = _("At least {parts} would have to fall before {name} would pass {leader}.")
        return said.format(parts=text, name=labels[0], leader=labels[1])
    text = {
        PartKind.SOURCE: _("Without {names}, {name} would pass {leader}; fewer sources do not do it."),
        PartKind.GROUP: _("Without the groups {names}, {name} would pass {leader}; fewer do not do it."),
        PartKind.ASSUMPTION: _("If {names} were false, {name} would pass {leader}; fewer do not do it."),
    }[entry.kind]
    names = names_of(analysis, entry)
    if entry.kind is PartKind.GROUP:
        names = [_("“{name}”").format(name=name) for name in names]
    return text.format(names=join_words(names), name=labels[0], leader=labels[1])


def names_of(analysis: Analysis, entry: FewestParts) -> list[str]:
    """Return the labels of the sources or assumptions, or the names of the groups."""
    if entry.kind is PartKind.SOURCE:
        return [analysis.sources[record].label for record in entry.records]
    if entry.kind is PartKind.GROUP:
        return [analysis.groups[record].name for record in entry.records]
    return [analysis.evidence[record].label for record in entry.records]
