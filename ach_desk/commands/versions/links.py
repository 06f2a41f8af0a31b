"""What links records after a merge: to nothing that is gone, both ways where it must be, and never in a ring."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ach_desk.commands.command import SetFields
from ach_desk.commands.edits import unlinking
from ach_desk.commands.shrinking import FEWEST, without_items
from ach_desk.commands.versions.conflicts import Asked, Conflict, Side, Sort
from ach_desk.i18n import _
from ach_desk.model import Analysis
from ach_desk.model.resting import in_rings
from ach_desk.model.tree import own_ancestors


def mend_links(
    result: Analysis, ours: Analysis, theirs: Analysis, gone: Mapping[str, set[str]], asked: Asked
) -> list[str]:
    """Mend the links of the merged analysis in place and return what was mended, in sentences."""
    for kind in ("hypothesis", "source", "evidence"):
        if gone.get(kind):
            SetFields(changes=tuple(unlinking(result, kind, gone[kind]))).apply(result)
    if gone.get("evidence"):
        for command in without_items(result, gone["evidence"]):
            command.apply(result)
    for matrix in result.matrices:
        matrix.evidence[:] = [entry for entry in matrix.evidence if not _is_unsorted(result, entry)]
    _one_group_each(result, ours, theirs, asked)
    _break_rings(result, ours, theirs, asked)
    return list(_one_sided_readings(result))


def _one_group_each(result: Analysis, ours: Analysis, theirs: Analysis, asked: Asked) -> None:
    """Leave each item in one group; into which of two, put there by two people, is asked."""
    groups: dict[str, list[str]] = {}
    for group in result.groups.values():
        for item in group.items:
            groups.setdefault(item, []).append(group.id)
    for item, found in groups.items():
        if len(found) < 2:
            continue
        sides = [_group_of(side, item) for side in (ours, theirs)]
        mine, other = (side if side in found else found[0] for side in sides)
        taken = mine
        if mine != other:
            names = [(result.groups[entry].name,) for entry in (mine, other)]
            conflict = Conflict(Sort.FIELD, "evidence", item, ("group",), (), ("",), names[0], names[1])
            taken = mine if asked.settle(conflict) is Side.OURS else other
        for entry in found:
            if entry != taken:
                group = result.groups[entry]
                rest = tuple(member for member in group.items if member != item)
                result.groups[entry] = group.model_copy(update={"items": rest})
    for entry, group in list(result.groups.items()):
        before = [side.groups[entry] for side in (ours, theirs) if entry in side.groups]
        if len(group.items) < FEWEST and any(len(one.items) >= FEWEST for one in before):
            del result.groups[entry]


def _is_unsorted(analysis: Analysis, item: str) -> bool:
    return item in analysis.evidence and analysis.evidence[item].is_unsorted


def _group_of(analysis: Analysis, item: str) -> str:
    return next((group.id for group in analysis.groups.values() if item in group.items), "")


def _break_rings(result: Analysis, ours: Analysis, theirs: Analysis, asked: Asked) -> None:
    """Take the links of one side where those of both together lead round in a ring."""
    for entry in sorted(own_ancestors(result.hypotheses)):
        _take_one(result.hypotheses, ours.hypotheses, theirs.hypotheses, "hypothesis", entry, "parent", asked)
    for entry in sorted({entry for ring in in_rings(result.evidence) for entry in ring}):
        _take_one(result.evidence, ours.evidence, theirs.evidence, "evidence", entry, "rests_on", asked)


def _take_one(result: dict, ours: dict, theirs: dict, kind: str, entry: str, field: str, asked: Asked) -> None:
    if entry not in ours or entry not in theirs:
        return
    mine, other = getattr(ours[entry], field), getattr(theirs[entry], field)
    if mine == other:
        return
    conflict = Conflict(Sort.FIELD, kind, entry, (field,), (), (None,), (mine,), (other,))
    value = mine if asked.settle(conflict) is Side.OURS else other
    result[entry] = result[entry].model_copy(update={field: value})


def _one_sided_readings(result: Analysis) -> Iterator[str]:
    for item in list(result.evidence.values()):
        other = result.evidence.get(item.twin) if item.twin else None
        if other is not None and other.twin != item.id:
            result.evidence[item.id] = item.model_copy(update={"twin": None})
            text = _("{label} is no longer the other reading of {other}, which became that of another item.")
            yield text.format(label=item.label, other=other.label)
