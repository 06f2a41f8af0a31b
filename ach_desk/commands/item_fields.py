"""Builders of edits to the further fields of items: the date in words, and the tags that several items share."""

from __future__ import annotations

from collections.abc import Sequence

from ach_desk.commands import edits
from ach_desk.commands.command import FieldChange, SetFields
from ach_desk.i18n import _, ngettext
from ach_desk.model import Analysis, now
from ach_desk.model.dates import event_fields


def set_event_date(analysis: Analysis, item: str, words: str) -> SetFields:
    """Return the command that sets when it happened to what the words say; what is not understood stays in words."""
    text = _("Set the date of {name}").format(name=analysis.evidence[item].label)
    return edits.set_fields(analysis, "evidence", item, event_fields(words), text)


def shared_tags(analysis: Analysis, items: Sequence[str]) -> tuple[str, ...]:
    """Return the tags that every one of the items has, in the order of the first."""
    listed = [analysis.evidence[entry].tags for entry in items if entry in analysis.evidence]
    return tuple(tag for tag in listed[0] if all(tag in tags for tags in listed[1:])) if listed else ()


def set_shared_tags(analysis: Analysis, items: Sequence[str], tags: Sequence[str]) -> SetFields:
    """Return the command that makes `tags` the ones that the items share; the others of each item stay."""
    shared = shared_tags(analysis, items)
    changes = []
    for entry in items:
        old = analysis.evidence[entry].tags
        own = [tag for tag in old if tag not in shared]
        new = tuple(dict.fromkeys([*tags, *own]))
        if set(new) != set(old):
            changes.append(FieldChange("evidence", entry, "tags", old, new))
    return SetFields(changes=tuple(changes), text=_of_items(analysis, items, _("Set the tags")), time=now())


def set_of_items(analysis: Analysis, items: Sequence[str], field: str, value: object, text: str) -> SetFields:
    """Return the command that sets one field of one or several items, named `text`."""
    return edits.set_field(analysis, "evidence", items, field, value, _of_items(analysis, items, text))


def _of_items(analysis: Analysis, items: Sequence[str], what: str) -> str:
    if len(items) == 1:
        return _("{what} of {name}").format(what=what, name=analysis.evidence[items[0]].label)
    return ngettext("{what} of {count} item", "{what} of {count} items", len(items)).format(what=what, count=len(items))
