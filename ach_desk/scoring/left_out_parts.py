"""Who would lead without a whole source, a whole dependence group, or an assumption and all that rests on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from ach_desk.i18n import _, join_words
from ach_desk.model import Analysis, EvidenceKind, RatingSheet, Scenario
from ach_desk.model.citing import rests_alone_on
from ach_desk.model.method_settings import Method
from ach_desk.scoring.dependence import counted_rows
from ach_desk.scoring.leave_out import leave_each_out
from ach_desk.scoring.methods import Inputs
from ach_desk.scoring.resting import fall
from ach_desk.scoring.whatif import under


class PartKind(StrEnum):
    """What is left out as a whole."""

    SOURCE = "source"
    GROUP = "group"
    ASSUMPTION = "assumption"


@dataclass(frozen=True)
class PartLeftOut:
    """A part (the id of its record), and who leads without it (columns; none when nothing is ranked any more)."""

    kind: PartKind
    record: str
    leaders: tuple[int, ...]


@dataclass(frozen=True)
class PartsLeftOut:
    """How many parts of each kind were tried, and those without which the leaders are others, in the file's order."""

    tried: dict[PartKind, int]
    telling: tuple[PartLeftOut, ...]


def parts_left_out(
    analysis: Analysis,
    sheet: RatingSheet,
    inputs: Inputs,
    method: Method,
    *,
    cancelled: Callable[[], bool] = lambda: False,
) -> PartsLeftOut | None:
    """Return what leaving out each source, group and assumption does under `method`; None when cancelled.

    A source takes with it the items that nothing else bears out; an assumption takes what rests on it, and makes the
    cells that rest on it unrated.
    """
    found = inputs.additive(method)
    sources, groups = source_rows(analysis, inputs), group_rows(analysis, inputs)
    telling = [PartLeftOut(PartKind.SOURCE, *entry) for entry in leave_each_out(found, sources).items()]
    telling += [PartLeftOut(PartKind.GROUP, *entry) for entry in leave_each_out(found, groups).items()]
    assumptions = assumptions_of(analysis, sheet, inputs)
    for entry in assumptions:
        if cancelled():
            return None
        leaders = _leaders_if_false(analysis, sheet, inputs, method, entry)
        if leaders != found.leaders:
            telling.append(PartLeftOut(PartKind.ASSUMPTION, entry, leaders))
    tried = {PartKind.SOURCE: len(sources), PartKind.GROUP: len(groups), PartKind.ASSUMPTION: len(assumptions)}
    return PartsLeftOut(tried, tuple(telling))


def part_sentence(analysis: Analysis, inputs: Inputs, part: PartLeftOut) -> str:
    """Return what would be without a part: "If E4 were false, H1 and H2 would be tied in front."."""
    return _("{condition}, {outcome}.").format(
        condition=_condition(analysis, part), outcome=outcome_words(inputs, part.leaders)
    )


def _condition(analysis: Analysis, part: PartLeftOut) -> str:
    if part.kind is PartKind.SOURCE:
        return _("Without {source}").format(source=analysis.sources[part.record].label)
    if part.kind is PartKind.ASSUMPTION:
        return _("If {item} were false").format(item=analysis.evidence[part.record].label)
    group = analysis.groups[part.record]
    labels = join_words([analysis.evidence[entry].label for entry in group.items if entry in analysis.evidence])
    return _("Without the group “{name}” ({items})").format(name=group.name, items=labels)


def outcome_words(inputs: Inputs, leaders: tuple[int, ...]) -> str:
    """Return who would lead, without an end stop: "H3 would be in front"."""
    names = join_words([inputs.assessment.hypotheses[column].label for column in leaders])
    if not leaders:
        return _("nothing would be left to rank by")
    if len(leaders) == 1:
        return _("{name} would be in front").format(name=names)
    return _("{names} would be tied in front").format(names=names)


def source_rows(analysis: Analysis, inputs: Inputs) -> dict[str, list[int]]:
    """Return source id -> rows of the counted items that nothing bears out without it, in the order of the sources."""
    table, found = inputs.assessment.table, {entry: [] for entry in analysis.sources}
    for row in np.flatnonzero(table.counted):
        item = inputs.assessment.items[row]
        for source in {citation.source for citation in item.citations} & found.keys():
            if rests_alone_on(item, (source,), analysis.sources):
                found[source].append(int(row))
    return {source: rows for source, rows in found.items() if rows}


def group_rows(analysis: Analysis, inputs: Inputs) -> dict[str, list[int]]:
    """Return group id -> rows of its counted items, of the groups that have two of them."""
    return {
        group.id: [int(row) for row in rows]
        for group, rows in counted_rows(analysis.groups.values(), inputs.assessment.table)
    }


def assumptions_of(analysis: Analysis, sheet: RatingSheet, inputs: Inputs) -> list[str]:
    """Return the assumptions of the matrix that count, and whatever else something rests on, in the file's order."""
    counted = {inputs.assessment.items[row].id for row in np.flatnonzero(inputs.assessment.table.counted)}
    carrying = {entry for item in analysis.evidence.values() for entry in item.rests_on} | set(_resting_cells(sheet))
    kinds = {item.id for item in inputs.assessment.items if item.kind is EvidenceKind.ASSUMPTION}
    return [entry for entry in analysis.evidence if entry in (kinds & counted) | carrying]


def _resting_cells(sheet: RatingSheet) -> Iterator[str]:
    for row in sheet.values():
        for rating in row.values():
            yield from rating.rests_on


def _leaders_if_false(
    analysis: Analysis, sheet: RatingSheet, inputs: Inputs, method: Method, assumption: str
) -> tuple[int, ...]:
    scenario = Scenario(id=assumption, matrix=assumption, name=assumption, assumptions_false=(assumption,))
    then = under(analysis, inputs.assessment, scenario, fall(analysis, scenario.assumptions_false, sheet))
    return inputs.holding(then).additive(method).leaders
