"""Builders for what holds only if an assumption does: items and cells that rest on it, and whether it is suspected."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence

from ach_desk.commands import edits
from ach_desk.commands.additions import additions
from ach_desk.commands.command import CellChange, Command, FieldChange, SetFields, SetRatings, combined
from ach_desk.commands.edits import Cell
from ach_desk.i18n import _, join_some
from ach_desk.model import Analysis, EvidenceKind, Matrix, Rating, now
from ach_desk.model.resting import supports

_MOST_NAMED = 3


def rest_items(analysis: Analysis, items: Iterable[str], assumption: str) -> SetFields:
    """Return the command that lets items rest on an assumption; those that would close a ring are left as they are."""
    known = analysis.evidence
    ring = {assumption, *supports(known, assumption)}
    able = [item for item in items if item not in ring]
    return _set_items(analysis, able, assumption, on=True)


def free_items(analysis: Analysis, items: Iterable[str], assumption: str) -> SetFields:
    """Return the command after which items no longer rest on an assumption."""
    return _set_items(analysis, items, assumption, on=False)


def rest_cells(analysis: Analysis, matrix: Matrix, analyst: str, cells: Iterable[Cell], assumption: str) -> SetRatings:
    """Return the command that lets ratings rest on an assumption. Unrated cells, and those of its own row, stay."""
    return _set_cells(analysis, matrix, analyst, cells, assumption, on=True)


def free_cells(analysis: Analysis, matrix: Matrix, analyst: str, cells: Iterable[Cell], assumption: str) -> SetRatings:
    """Return the command after which ratings no longer rest on an assumption."""
    return _set_cells(analysis, matrix, analyst, cells, assumption, on=False)


def new_for_items(analysis: Analysis, matrix: Matrix, title: str, items: Sequence[str]) -> Command:
    """Return the command that adds an assumption, at the end of the matrix, and lets items rest on it, as one step."""
    adding, assumption = _new(analysis, matrix, title)
    changes = tuple(
        FieldChange("evidence", item, "rests_on", old, (*old, assumption))
        for item in items
        for old in [analysis.evidence[item].rests_on]
    )
    return combined([*adding, SetFields(changes=changes, time=now())], _adding_text(title))


def new_for_cells(analysis: Analysis, matrix: Matrix, analyst: str, title: str, cells: Iterable[Cell]) -> Command:
    """Return the command that adds an assumption and lets ratings rest on it, as one step."""
    adding, assumption = _new(analysis, matrix, title)
    changes = tuple(_cell_changes(matrix, analyst, cells, assumption, on=True))
    rating = SetRatings(matrix=matrix.id, analyst=analyst, cells=changes, author=analyst, time=now())
    return combined([*adding, rating], _adding_text(title))


def suspect(analysis: Analysis, kind: str, ids: Sequence[str], *, on: bool) -> SetFields:
    """Return the command that marks items ("evidence") or sources ("source") as suspect, or no longer."""
    text = _("Suspect {names}") if on else _("No longer suspect {names}")
    records = analysis.evidence if kind == "evidence" else analysis.sources
    names = join_some([records[entry].label for entry in ids], _MOST_NAMED)
    return edits.set_field(analysis, kind, ids, "suspect", on, text.format(names=names))


def _new(analysis: Analysis, matrix: Matrix, title: str) -> tuple[Sequence[Command], str]:
    fields = {"title": title, "kind": EvidenceKind.ASSUMPTION, "entered": now()}
    added = additions(analysis, matrix, {"evidence": [fields]})
    return added.commands, added.ids["evidence"][0]


def _adding_text(title: str) -> str:
    return _("Add the assumption “{title}”").format(title=title if len(title) <= 60 else title[:59] + "…")


def _set_items(analysis: Analysis, items: Iterable[str], assumption: str, *, on: bool) -> SetFields:
    known = analysis.evidence
    changes = []
    for item in items:
        old = known[item].rests_on
        new = _with(tuple(entry for entry in old if entry in known), assumption, on=on)
        if new != old and (assumption in old) != on:
            changes.append(FieldChange("evidence", item, "rests_on", old, new))
    names = join_some([known[change.id].label for change in changes], _MOST_NAMED)
    return SetFields(changes=tuple(changes), text=_text(analysis, names, assumption, on=on), time=now())


def _set_cells(
    analysis: Analysis, matrix: Matrix, analyst: str, cells: Iterable[Cell], assumption: str, *, on: bool
) -> SetRatings:
    changes = tuple(_cell_changes(matrix, analyst, cells, assumption, on=on))
    items, hypotheses = analysis.evidence, analysis.hypotheses
    names = [
        _("{item} under {hypothesis}").format(
            item=items[change.evidence].label, hypothesis=hypotheses[change.hypothesis].label
        )
        for change in changes[:_MOST_NAMED]
    ]
    text = _text(analysis, join_some(names, _MOST_NAMED, len(changes)), assumption, on=on)
    return SetRatings(matrix=matrix.id, analyst=analyst, cells=changes, text=text, author=analyst, time=now())


def _cell_changes(
    matrix: Matrix, analyst: str, cells: Iterable[Cell], assumption: str, *, on: bool
) -> Iterable[CellChange]:
    for evidence, hypothesis in cells:
        old = matrix.rating(analyst, evidence, hypothesis)
        if old is None or evidence == assumption or (assumption in old.rests_on) == on:
            continue
        if on and old.value is None:
            continue
        new: Rating = dataclasses.replace(old, rests_on=_with(old.rests_on, assumption, on=on))
        yield CellChange(evidence, hypothesis, old, None if new.is_empty else new)


def _with(present: tuple[str, ...], assumption: str, *, on: bool) -> tuple[str, ...]:
    rest = tuple(entry for entry in present if entry != assumption)
    return (*rest, assumption) if on else rest


def _text(analysis: Analysis, names: str, assumption: str, *, on: bool) -> str:
    text = _("Let {names} rest on {assumption}") if on else _("{names} no longer rests on {assumption}")
    return text.format(names=names, assumption=analysis.evidence[assumption].label)
