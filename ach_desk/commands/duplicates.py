"""Copies of hypotheses and items, with or without the ratings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from ach_desk.commands.additions import additions
from ach_desk.commands.command import CellChange, Command, SetRatings, axis_order, collection_of, combined
from ach_desk.i18n import _, join_some
from ach_desk.model import Analysis, Matrix, now

_OF_ITS_OWN = {"id", "label", "entered", "colour", "catch_all", "twin", "reading"}
_MOST_NAMED = 3


def duplicate(
    analysis: Analysis, matrix: Matrix, analyst: str, kind: str, ids: Iterable[str], *, with_ratings: bool
) -> tuple[Command, tuple[str, ...]]:
    """Return the command that adds copies of records after the last of them, and the ids of the copies.

    Texts, grades, tags and sources are copied. `with_ratings` copies what `analyst` has entered, reasons included;
    what others judged of the original is no judgement of the copy.
    """
    records = collection_of(analysis, kind)
    order = axis_order(matrix, kind)
    wanted = set(ids)
    originals = [entry for entry in dict.fromkeys(order) if entry in wanted]
    time = now()
    fields = [
        {
            **records[entry].model_dump(mode="json", exclude_defaults=True, exclude=_OF_ITS_OWN),
            **({"entered": time} if kind == "evidence" else {}),
        }
        for entry in originals
    ]
    at = 1 + max((order.index(entry) for entry in originals), default=-1)
    added = additions(analysis, matrix, {kind: fields}, {kind: at})
    copies = added.ids[kind]
    parts: list[Command] = list(added.commands)
    if with_ratings:
        cells = tuple(_copied(matrix, analyst, kind, dict(zip(originals, copies, strict=True)), time))
        parts.append(SetRatings(matrix=matrix.id, analyst=analyst, cells=cells, author=analyst, time=time))
    return combined(parts, _named(_("Duplicate {names}"), [records[entry].label for entry in originals])), copies


def _copied(matrix: Matrix, analyst: str, kind: str, copy_of: Mapping[str, str], time: str) -> Iterator[CellChange]:
    for evidence, row in matrix.sheets.get(analyst, {}).items():
        for hypothesis, rating in row.items():
            copy = copy_of.get(evidence if kind == "evidence" else hypothesis)
            if copy is not None:
                cell = (copy, hypothesis) if kind == "evidence" else (evidence, copy)
                yield CellChange(*cell, None, replace(rating, time=time))


def _named(text: str, labels: Sequence[str]) -> str:
    return text.format(names=join_some(labels, _MOST_NAMED))
