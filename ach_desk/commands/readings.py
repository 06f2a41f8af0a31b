"""Builders for the two readings of an item, as true and as deceptive: made, linked, and which of them counts."""

from __future__ import annotations

from ach_desk.commands.command import FieldChange, SetFields, combined
from ach_desk.commands.splitting import Addition, Reshaped, placed_after
from ach_desk.i18n import _
from ach_desk.model import Analysis, EvidenceItem, EvidenceStatus, Reading, now
from ach_desk.model.readings import OTHER, twin_of

_NOT_COPIED = {
    *("id", "label", "entered", "twin", "reading", "rests_on", "suspect", "suspect_reason", "flag", "wording"),
    *("status", "status_reason", "status_date"),
}


def other_counts() -> str:
    """Return why the one reading of an item is set aside."""
    return _("the other reading counts")


def duplicate_as_deceptive(analysis: Analysis, item: str) -> Reshaped:
    """Return the command that puts the deceptive reading of an item right below it, in every matrix.

    It has the same texts and no rating, because the question is another one now, and is set aside at first: the item
    itself becomes the reading as true and goes on counting. Raises ValueError for an item that has two readings.
    """
    original = analysis.evidence[item]
    if original.twin is not None:
        raise ValueError("the item has two readings already")
    fields = {
        **original.model_dump(mode="json", exclude_defaults=True, exclude=_NOT_COPIED),
        "entered": now(),
        "twin": item,
        "reading": Reading.DECEPTIVE,
        **_aside(),
    }
    adding, labels, added = placed_after(analysis, "evidence", [Addition(fields)], [item])
    changes = _changes(original, {"twin": added[0], "reading": Reading.TRUE})
    text = _("Read {label} as deceptive too, as {twin}").format(label=original.label, twin=labels[0])
    return Reshaped(combined([*adding, SetFields(changes=changes, time=now())], text), added)


def link(analysis: Analysis, true: str, deceptive: str) -> SetFields:
    """Return the command that makes two items the readings of one; where both count, `true` goes on counting.

    Items that have another reading already give it up first: that one stands alone again.
    """
    known = analysis.evidence
    first, second = known[true], known[deceptive]
    wanted = {
        true: {"twin": deceptive, "reading": Reading.TRUE},
        deceptive: {"twin": true, "reading": Reading.DECEPTIVE},
    }
    if first.is_counted and second.is_counted:
        wanted[deceptive] |= _aside()
    for item in (first, second):
        former = twin_of(known, item)
        if former is not None and former.id not in wanted:
            wanted[former.id] = _alone(former)
    text = _("{true} and {deceptive} are two readings of one item").format(true=first.label, deceptive=second.label)
    changes = [change for entry, fields in wanted.items() for change in _changes(known[entry], fields)]
    return SetFields(changes=tuple(changes), text=text, time=now())


def unlink(analysis: Analysis, item: str) -> SetFields:
    """Return the command that lets an item and its other reading stand alone again; what is set aside stays so."""
    record = analysis.evidence[item]
    other = twin_of(analysis.evidence, record)
    parts = [record] if other is None else [record, other]
    changes = [change for part in parts for change in _changes(part, _alone(part))]
    text = _("{label} and its other reading are two items again").format(label=record.label)
    return SetFields(changes=tuple(changes), text=text, time=now())


def count(analysis: Analysis, item: str) -> SetFields:
    """Return the command that counts this reading and sets the other one aside; one without another just counts."""
    record = analysis.evidence[item]
    other = twin_of(analysis.evidence, record)
    counted = {"status": EvidenceStatus.COUNTED, "status_reason": "", "status_date": None}
    changes = list(_changes(record, counted))
    text = _("Count {label}").format(label=record.label)
    if other is not None:
        text = _("Count {label} and not {other}").format(label=record.label, other=other.label)
        changes += _changes(other, _aside()) if other.is_counted else ()
    return SetFields(changes=tuple(changes), text=text, time=now())


def read(analysis: Analysis, item: str, reading: Reading) -> SetFields:
    """Return the command that says how an item is read; its other reading is then read the other way."""
    record = analysis.evidence[item]
    other = twin_of(analysis.evidence, record)
    changes = list(_changes(record, {"reading": reading}))
    changes += _changes(other, {"reading": OTHER[reading]}) if other is not None else ()
    text = _("Read {label} the other way").format(label=record.label)
    return SetFields(changes=tuple(changes), text=text, time=now())


def _aside() -> dict[str, object]:
    return {"status": EvidenceStatus.SET_ASIDE, "status_reason": other_counts(), "status_date": now()[:10]}


def _alone(item: EvidenceItem) -> dict[str, object]:
    """Return the fields of an item that is no reading any more; why it was set aside is then no longer true."""
    fields: dict[str, object] = {"twin": None, "reading": None}
    if not item.is_counted and item.status_reason == other_counts():
        fields["status_reason"] = _("was the other reading of an item")
    return fields


def _changes(item: EvidenceItem, fields: dict[str, object]) -> tuple[FieldChange, ...]:
    """Return the changes that give an item these values, without those that it has."""
    return tuple(
        FieldChange("evidence", item.id, name, getattr(item, name), value)
        for name, value in fields.items()
        if getattr(item, name) != value
    )
