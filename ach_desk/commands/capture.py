"""Builders for what was captured: an item that waits unsorted, taken into a matrix later, or thrown away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ach_desk.commands import edits, matrices
from ach_desk.commands.additions import additions
from ach_desk.commands.command import Command, FieldChange, Reorder, SetFields, combined
from ach_desk.i18n import _, ngettext
from ach_desk.model import Analysis, Attachment, EvidenceItem, EvidenceStatus, Matrix, Source, new_id, now
from ach_desk.model.file_paths import domain_of


@dataclass(frozen=True)
class Captured:
    """What becomes one item: its fields (a title at least), and by name or web domain whom it comes from, if known."""

    fields: Mapping[str, Any] = field(default_factory=dict)
    source: str = ""
    domain: str = ""


def capture(analysis: Analysis, captured: Sequence[Captured]) -> tuple[Command, tuple[str, ...]]:
    """Return the one step that adds items which wait unsorted, and their ids; sources that are missing come with them.

    Raises ValidationError for fields that an item cannot hold.
    """
    time = now()
    sources: dict[str, str] = {}
    missing: list[Mapping[str, Any]] = []
    items = []
    for one in captured:
        name = one.source or one.domain
        source = _known_source(analysis, one) or sources.get(name)
        if source is None and name:
            source = sources[name] = new_id()
            missing.append({"id": source, "name": name})
        stamp = {"status": EvidenceStatus.UNSORTED, "entered": time, "retrieved": time[:10]}
        items.append({**stamp, "citations": [{"source": source}] if source else [], **one.fields})
    added = additions(analysis, None, {"source": missing, "evidence": items})
    text = ngettext("Capture {count} item", "Capture {count} items", len(items)).format(count=len(items))
    return combined(added.commands, text), added.ids["evidence"]


def _known_source(analysis: Analysis, captured: Captured) -> str | None:
    """Return the id of the source that something comes from: by its name, else by the domain in its link or name."""
    named = captured.source.casefold()
    for source in analysis.sources.values():
        if named and source.name.casefold() == named:
            return source.id
    matches = [source for source in analysis.sources.values() if _is_at(source, captured.domain)]
    return matches[0].id if matches and not named else None


def _is_at(source: Source, domain: str) -> bool:
    if not domain:
        return False
    words = {word.strip(".,;:()[]<>\"'").removeprefix("www.") for word in source.name.casefold().split()}
    known = {domain_of(source.link), *words} - {""}
    return domain in known or any("." in entry and domain.endswith(f".{entry}") for entry in known)


def waiting(analysis: Analysis) -> list[EvidenceItem]:
    """Return the items that wait unsorted, in the order of the file."""
    return [item for item in analysis.evidence.values() if item.is_unsorted]


def take_in(analysis: Analysis, matrix: Matrix, ids: Iterable[str], at: int | None = None) -> Command:
    """Return the step that makes unsorted items count, in the matrix before place `at` of its order (None: the end)."""
    wanted = _unsorted(analysis, ids)
    changes = tuple(
        FieldChange("evidence", entry, "status", EvidenceStatus.UNSORTED, EvidenceStatus.COUNTED) for entry in wanted
    )
    fresh = [entry for entry in wanted if entry not in matrix.evidence]
    start = len(matrix.evidence) if at is None else at
    text = _("Take {names} into the matrix").format(names=matrices.names_of(analysis, "evidence", wanted))
    status = SetFields(changes=changes, time=now())
    again = _listed_anew(matrix, [entry for entry in wanted if entry in matrix.evidence])
    return combined([status, *again, *matrices.placing(matrix, "evidence", fresh, start)], text)


def put_back(analysis: Analysis, ids: Iterable[str]) -> Command:
    """Return the step that makes items wait unsorted again, in no matrix; their ratings stay in the file."""
    wanted = [entry for entry in ids if entry in analysis.evidence]
    changes = tuple(
        FieldChange("evidence", entry, "status", analysis.evidence[entry].status, EvidenceStatus.UNSORTED)
        for entry in wanted
    )
    out = [matrices.leave_out(analysis, matrix, "evidence", wanted) for matrix in analysis.matrices]
    text = _("Put {names} back among the unsorted").format(names=matrices.names_of(analysis, "evidence", wanted))
    return combined([SetFields(changes=changes, time=now()), *out], text)


def throw_away(analysis: Analysis, ids: Iterable[str]) -> Command:
    """Return the step that deletes unsorted items."""
    wanted = _unsorted(analysis, ids)
    text = _("Throw {names} away").format(names=matrices.names_of(analysis, "evidence", wanted))
    return combined([edits.remove(analysis, "evidence", wanted)], text)


def attach(analysis: Analysis, item: str, attachments: Sequence[Attachment]) -> SetFields:
    """Return the command that makes `attachments` the files of an item."""
    text = _("Set the files of {name}").format(name=analysis.evidence[item].label)
    return edits.set_field(analysis, "evidence", [item], "attachments", tuple(attachments), text)


def _unsorted(analysis: Analysis, ids: Iterable[str]) -> list[str]:
    known = analysis.evidence
    return [entry for entry in dict.fromkeys(ids) if entry in known and known[entry].is_unsorted]


def _listed_anew(matrix: Matrix, ids: Sequence[str]) -> list[Reorder]:
    """Return the commands that say of items which a damaged file lists already that they stand in the matrix now."""
    return [
        step
        for entry in ids
        for place in [matrix.evidence.index(entry)]
        for step in (
            Reorder(matrix=matrix.id, axis="evidence", start=place, old=(entry,), new=(), time=now()),
            Reorder(matrix=matrix.id, axis="evidence", start=place, old=(), new=(entry,), time=now()),
        )
    ]
