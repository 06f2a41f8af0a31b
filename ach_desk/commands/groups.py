"""Builders for dependence groups. An item is in one group at most; a group of fewer than two items is dissolved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ach_desk.commands import edits
from ach_desk.commands.command import (
    AddRecords,
    Command,
    FieldChange,
    PlacedRecord,
    RemoveRecords,
    SetFields,
    combined,
)
from ach_desk.commands.shrinking import without_groups, without_items
from ach_desk.i18n import _, join_some
from ach_desk.model import Analysis, DependenceGroup, Source, new_id, now
from ach_desk.model.values import Dependence, GroupCause

_MOST_NAMED = 3


def group_of(analysis: Analysis, item: str) -> DependenceGroup | None:
    """Return the group that an item (an id) is in; None for none."""
    return next((group for group in analysis.groups.values() if item in group.items), None)


def proposed_name(analysis: Analysis, items: Sequence[str]) -> str:
    """Return a name for a group of these items: the source, else the tag, that all share; else "E3, E4"."""
    records = [analysis.evidence[entry] for entry in items if entry in analysis.evidence]
    for used in ([{use.source for use in item.citations} for item in records], [set(item.tags) for item in records]):
        shared = sorted(set.intersection(*used)) if used else []
        if shared:
            source = analysis.sources.get(shared[0])
            return _public_name(source) if source is not None else shared[0]
    return join_some([item.label for item in records], _MOST_NAMED)


def _public_name(source: Source) -> str:
    """Return what a source may be called on paper: the name of a group is printed."""
    return (source.public_description if source.withheld else source.name) or source.label


def make(
    analysis: Analysis,
    items: Sequence[str],
    name: str,
    *,
    strength: Dependence = Dependence.REDUNDANT,
    cause: GroupCause = GroupCause.ORIGIN,
    note: str = "",
) -> Command:
    """Return the command that makes a group of items (ids, two or more) and takes them out of the groups they are in.

    Where one of them is in a group already that keeps two other items, that stays without them.
    """
    ids = tuple(dict.fromkeys(items))
    taking = without_items(analysis, set(ids))
    group = DependenceGroup(id=new_id(), name=name, items=ids, strength=strength, cause=cause, note=note)
    index = len(analysis.groups) - sum(len(part.records) for part in taking if isinstance(part, RemoveRecords))
    placed = PlacedRecord(record=group.model_dump(mode="json", exclude_defaults=True), index=index)
    add = AddRecords(kind="group", records=(placed,), time=now())
    return combined([*taking, add], _("Group {names} as dependent").format(names=_names(analysis, ids)))


def put_in(analysis: Analysis, group: str, items: Sequence[str]) -> Command:
    """Return the command that takes items into a group (an id), out of the ones they are in."""
    present = analysis.groups[group]
    coming = [entry for entry in dict.fromkeys(items) if entry not in present.items]
    text = _("Put {names} into the group “{group}”")
    text = text.format(names=_names(analysis, coming), group=present.name)
    grow = FieldChange("group", group, "items", present.items, (*present.items, *coming)) if coming else None
    own = SetFields(changes=(grow,) if grow else (), time=now())
    return combined([*without_items(analysis, set(coming)), own], text)


def take_out(analysis: Analysis, items: Sequence[str]) -> Command:
    """Return the command that takes items out of their groups; a group left with one item is dissolved with it."""
    gone = [entry for entry in dict.fromkeys(items) if group_of(analysis, entry)]
    text = _("Take {names} out of the group").format(names=_names(analysis, gone))
    return combined(without_items(analysis, set(gone)), text)


def dissolve(analysis: Analysis, groups: Sequence[str]) -> Command:
    """Return the command that dissolves groups (ids); their items stay as they are."""
    names = join_some([_("“{text}”").format(text=analysis.groups[entry].name) for entry in groups], _MOST_NAMED)
    return combined([without_groups(analysis, groups)], _("Dissolve the group {names}").format(names=names))


def set_strength(analysis: Analysis, group: str, strength: Dependence) -> SetFields:
    """Return the command that says how far the items of a group repeat each other."""
    return edits.set_field(analysis, "group", [group], "strength", strength, _("Set the strength of the group"))


def set_cause(analysis: Analysis, group: str, cause: GroupCause) -> SetFields:
    """Return the command that says why the items of a group depend on each other."""
    return edits.set_field(analysis, "group", [group], "cause", cause, _("Set the cause of the group"))


def set_joint(analysis: Analysis, group: str, joint: Mapping[str, float]) -> SetFields:
    """Return the command that gives a group one P(e|H) per hypothesis (id) for the whole of it; none: by its items."""
    text = _("Enter P(e|H) of the group") if joint else _("Take P(e|H) of the group from its items")
    return edits.set_field(analysis, "group", [group], "joint", dict(joint), text)


def losing(analysis: Analysis, items: Sequence[str]) -> list[DependenceGroup]:
    """Return the groups that lose items when these go into a new one."""
    wanted = set(items)
    return [group for group in analysis.groups.values() if not wanted.isdisjoint(group.items)]


def _names(analysis: Analysis, items: Sequence[str]) -> str:
    return join_some([analysis.evidence[entry].label for entry in items if entry in analysis.evidence], _MOST_NAMED)
