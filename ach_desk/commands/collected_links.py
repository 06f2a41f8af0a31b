"""How new records of a returned file hang together: what leads round in a ring, or one way only, does not come in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ach_desk.model import Analysis, EvidenceItem, Hypothesis
from ach_desk.model.resting import in_rings
from ach_desk.model.tree import own_ancestors

Fields = dict[str, Any]


def without_rings(analysis: Analysis, hypotheses: Iterable[Fields], items: Iterable[Fields]) -> None:
    """Take out of the fields of new records the links that an analysis must not have."""
    _of_hypotheses(analysis, {fields["id"]: fields for fields in hypotheses})
    _of_items(analysis, {fields["id"]: fields for fields in items})


def _of_hypotheses(analysis: Analysis, new: dict[str, Fields]) -> None:
    for key, fields in new.items():
        if key in fields.get("combines", ()):
            fields["combines"] = [entry for entry in fields["combines"] if entry != key]
        if "relations" in fields:
            fields["relations"] = [entry for entry in fields["relations"] if entry["other"] != key]
    every = {**analysis.hypotheses, **{key: Hypothesis.model_validate(fields) for key, fields in new.items()}}
    combined = {key for key, entry in every.items() if entry.is_combination}
    astray = own_ancestors(every)
    for key, fields in new.items():
        if key in astray or key in combined or fields.get("parent") in combined:
            fields.pop("parent", None)


def _of_items(analysis: Analysis, new: dict[str, Fields]) -> None:
    for key, fields in new.items():
        other = new.get(fields.get("twin") or "")
        if other is None or other.get("twin") != key or other is fields:
            fields.pop("twin", None)
            fields.pop("reading", None)
    for key in _in_rings(analysis, new):
        new[key].pop("rests_on", None)


def _in_rings(analysis: Analysis, new: dict[str, Fields]) -> list[str]:
    """Return the new items without whose links nothing rests on itself any more."""
    items = {key: EvidenceItem.model_validate(fields) for key, fields in new.items()}
    found: list[str] = []
    while True:
        rings = in_rings({**analysis.evidence, **items})
        broken = [next((key for key in ring if key in items and items[key].rests_on), "") for ring in rings]
        if not any(broken):
            return found
        for key in filter(None, broken):
            items[key] = items[key].model_copy(update={"rests_on": ()})
            found.append(key)
