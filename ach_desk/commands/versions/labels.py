"""Labels of two versions: given once, so that what two people both called E21 gets two, and links in texts follow."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ach_desk.commands.command import FieldChange, SetFields
from ach_desk.commands.edits import relabelled_texts, renumbered_rationales
from ach_desk.commands.versions.conflicts import Asked, Conflict, Side, Sort
from ach_desk.i18n import _
from ach_desk.model import Analysis, Numbers
from ach_desk.model.labels import PREFIXES, records_of

_NUMBERED = re.compile(r"[HES]([1-9]\d{0,17})", re.ASCII)
Labels = dict[str, dict[str, str]]
"""Kind -> id -> label."""


def merged_labels(
    base: Analysis, ours: Analysis, theirs: Analysis, gone: Mapping[str, set[str]], asked: Asked
) -> tuple[Labels, Numbers, list[str]]:
    """Return the label of every record, the counters after them, and a sentence on each label given twice."""
    found: Labels = {}
    notes: list[str] = []
    numbers = ours.next_numbers
    for kind in PREFIXES:
        labels = {
            entry: _label(entry, kind, (base, ours, theirs), asked)
            for entry in {**records_of(ours, kind), **records_of(theirs, kind)}
            if entry not in gone.get(kind, ())
        }
        first = max(getattr(side.next_numbers, kind) for side in (ours, theirs))
        twice = _given_twice(kind, labels, base, ours, theirs)
        if twice:
            first = max(first, 1 + max(map(_number, labels.values())))
        for entry, other in twice:
            text = _("{label} was given twice: “{kept}” keeps it, “{other}” is now {new}.")
            new = f"{PREFIXES[kind]}{first}"
            names = {"kept": _title(other, kind, ours, theirs), "other": _title(entry, kind, ours, theirs)}
            notes.append(text.format(label=labels[entry], new=new, **names))
            labels[entry] = new
            first += 1
        if first != getattr(numbers, kind):
            numbers = numbers.model_copy(update={kind: first})
        found[kind] = labels
    return found, numbers, notes


def with_labels(analysis: Analysis, labels: Labels) -> Analysis:
    """Return the version with those labels, the links in all its texts carried over; itself where none is another."""
    changes = [
        FieldChange(kind, entry, "label", record.label, labels[kind][entry])
        for kind in PREFIXES
        for entry, record in records_of(analysis, kind).items()
        if labels[kind].get(entry, record.label) != record.label
    ]
    if not changes:
        return analysis
    mapping = {change.old: change.new for change in changes}
    copy = analysis.snapshot()
    command = SetFields(changes=(*changes, *relabelled_texts(analysis, mapping.get)))
    for rationales in renumbered_rationales(copy, SetFields(changes=tuple(changes))):
        rationales.apply(copy)
    command.apply(copy)
    return copy


def _label(entry: str, kind: str, sides: tuple[Analysis, ...], asked: Asked) -> str:
    records = [records_of(side, kind).get(entry) for side in sides]
    base, ours, theirs = (record.label if record is not None else None for record in records)
    if theirs is None or ours == theirs:
        return ours or ""
    if ours is None:
        return theirs
    if base is None:
        return max(ours, theirs, key=lambda label: (_number(label), label))  # merging gave one of them the higher one
    if base in (ours, theirs):
        return theirs if ours == base else ours
    return ours if asked.settle(Conflict(Sort.LABELS, "analysis", sides[1].id)) is Side.OURS else theirs


def _given_twice(
    kind: str, labels: Mapping[str, str], base: Analysis, ours: Analysis, theirs: Analysis
) -> list[tuple[str, str]]:
    """Return (the later one, which gets another label, the one that keeps it) for each label of two records.

    One file that gives a label twice by itself was made so by hand, and stays so.
    """
    by_label: dict[str, list[str]] = {}
    for entry, label in labels.items():
        by_label.setdefault(label, []).append(entry)
    double = [entries for entries in by_label.values() if len(entries) > 1]
    double = [
        entries for entries in double if not any(records_of(s, kind).keys() >= set(entries) for s in (ours, theirs))
    ]
    if not double:
        return []
    added = _times_added(kind, ours, theirs)
    known = records_of(base, kind)
    found = []
    for entries in double:
        first, *others = sorted(entries, key=lambda entry: (entry not in known, added.get(entry, ""), entry))
        found += [(entry, first) for entry in others]
    return sorted(found, key=lambda pair: (added.get(pair[0], ""), pair[0]))


def _times_added(kind: str, ours: Analysis, theirs: Analysis) -> dict[str, str]:
    """Return id -> when the record was added, as far as the trails or the record itself know it."""
    found: dict[str, str] = {}
    for side in (ours, theirs):
        for entry, record in records_of(side, kind).items():
            if entered := getattr(record, "entered", None):
                found[entry] = entered
        for act in side.trail:
            if act.what == "add" and len(act.body) == 2 and act.body[0] == kind and isinstance(act.body[1], list):
                for part in act.body[1]:
                    record = part.get("record") if isinstance(part, dict) else None
                    if isinstance(record, dict) and isinstance(record.get("id"), str):
                        found.setdefault(record["id"], act.time)
    return found


def _number(label: str) -> int:
    match = _NUMBERED.fullmatch(label)
    return int(match[1]) if match else 0


def _title(entry: str, kind: str, ours: Analysis, theirs: Analysis) -> str:
    record = records_of(ours, kind).get(entry) or records_of(theirs, kind)[entry]
    return getattr(record, "title", "") or getattr(record, "name", "")
