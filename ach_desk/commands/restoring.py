"""Putting back what the trail remembers: new commands, which can be undone and are entries of their own."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Sequence
from typing import Any

from ach_desk.commands import capture, edits
from ach_desk.commands.change import CellRef
from ach_desk.commands.command import (
    AddRecords,
    CellChange,
    Command,
    FieldChange,
    PlacedRecord,
    SetFields,
    SetRatings,
    collection_of,
    combined,
    find,
)
from ach_desk.commands.shrinking import FEWEST
from ach_desk.i18n import _
from ach_desk.model import Analysis, EvidenceStatus, Rating, now
from ach_desk.model.labels import PREFIXES
from ach_desk.model.resting import carried


def restore_rating(analysis: Analysis, cell: CellRef, rating: Rating | None) -> SetRatings | None:
    """Return the command that gives a cell an earlier rating again, as of now; None where the cell is gone."""
    matrix = find(analysis, "matrix", cell.matrix)
    if matrix is None or cell.evidence not in analysis.evidence or cell.hypothesis not in analysis.hypotheses:
        return None
    old, time = matrix.rating(*cell[1:]), now()
    new = dataclasses.replace(rating, time=time) if rating is not None and rating.value is not None else rating
    if _without_time(old) == _without_time(new):
        new = old
    item, hypothesis = analysis.evidence[cell.evidence], analysis.hypotheses[cell.hypothesis]
    text = _("Restore {item} under {hypothesis}").format(item=item.label, hypothesis=hypothesis.label)
    change = CellChange(cell.evidence, cell.hypothesis, old, new)
    return SetRatings(
        matrix=cell.matrix, analyst=cell.analyst, cells=(change,), text=text, author=cell.analyst, time=time
    )


def restore_field(analysis: Analysis, kind: str, record_id: str, field: str, value: Any) -> Command | None:
    """Return the command that gives a field an earlier value again; None where its record is gone."""
    record = find(analysis, kind, record_id)
    if record is None:
        return None
    if kind in ("round", "estimate") or (kind, field) == ("case", "ratings"):
        return None  # a round is revealed on purpose alone, and what others said is not changed from a list
    if (kind, field) == ("evidence", "twin"):
        return None  # a link of two items, which one of them alone cannot take up again
    if (kind, field) == ("evidence", "rests_on"):
        ring = carried(analysis.evidence, record_id)
        value = tuple(entry for entry in value if entry in analysis.evidence and entry not in ring)
    if (kind, field) == ("group", "items"):
        value = _free_items(analysis, value, record_id)
        if len(value) < FEWEST:
            return None
    if (kind, field, value) == ("evidence", "status", EvidenceStatus.UNSORTED):
        return capture.put_back(analysis, [record_id])
    text = _("Restore {name}").format(name=getattr(record, "label", "") or _("an earlier text"))
    return edits.set_field(analysis, kind, [record_id], field, value, text)


def restore_records(analysis: Analysis, kind: str, placed: Sequence[Any]) -> Command | None:
    """Return the command that brings deleted records back with their ratings; None where all of them are there.

    Places and ratings in a matrix that is gone stay away, and a label that was given again since keeps its owner. So
    do items of a group that are deleted, or in another group by now. An item rests only on what is still there, and is
    a reading of another item again only where that stands alone.
    """
    matrices = {matrix.id for matrix in analysis.matrices}
    present = collection_of(analysis, kind)
    taken = {getattr(record, "label", None) for record in present.values()} if kind in PREFIXES else set()
    back = []
    for part in map(PlacedRecord.model_validate, placed):
        if part.record["id"] in present or part.record.get("label") in taken - {None}:
            continue
        if kind == "group":
            items = _free_items(analysis, part.record.get("items", ()), part.record["id"])
            if len(items) < FEWEST:
                continue
            part = part.model_copy(update={"record": {**part.record, "items": items}})
        placements = tuple(place for place in part.placements if place.matrix in matrices)
        ratings = tuple(entry for entry in part.ratings if entry.matrix in matrices)
        back.append(part.model_copy(update={"placements": placements, "ratings": ratings}))
    if not back:
        return None
    names = ", ".join(part.record["label"] for part in back[:3] if "label" in part.record)
    text = _("Restore {name}").format(name=names or _("what was deleted"))
    if kind != "evidence":
        return AddRecords(kind=kind, records=tuple(back), text=text, time=now())
    ids = {part.record["id"] for part in back}
    back = [part.model_copy(update={"record": _linked(analysis, part.record, ids)}) for part in back]
    adding = AddRecords(kind=kind, records=tuple(back), text=text, time=now())
    relinked = [
        FieldChange(kind, twin, "twin", None, part.record["id"])
        for part in back
        if (twin := part.record.get("twin")) is not None and twin in present
    ]
    return combined([adding, SetFields(changes=tuple(relinked), time=now())], text)


def _linked(analysis: Analysis, record: dict[str, Any], back: Collection[str]) -> dict[str, Any]:
    """Return an item that comes back without the links that would lead nowhere; `back`: what comes with it."""
    linked = dict(record)
    known = analysis.evidence
    rests_on = [entry for entry in record.get("rests_on", ()) if entry in known or entry in back]
    if "rests_on" in record:
        linked["rests_on"] = rests_on
    twin = record.get("twin")
    alone = twin in known and known[twin].twin is None and known[twin].reading is not None
    if not alone and twin not in back:
        linked.pop("twin", None)
    return linked


def _free_items(analysis: Analysis, items: Sequence[str], group: str) -> tuple[str, ...]:
    """Return the items that can be in a group: those that are there and in no other one."""
    taken = {entry for other in analysis.groups.values() if other.id != group for entry in other.items}
    return tuple(entry for entry in items if entry in analysis.evidence and entry not in taken)


def _without_time(rating: Rating | None) -> Rating | None:
    return None if rating is None else dataclasses.replace(rating, time=None)
