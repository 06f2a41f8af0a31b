"""Builders for several matrices in one analysis: which there are, in which order, and what each of them holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ach_desk.commands import edits
from ach_desk.commands.command import (
    MATRIX_AXIS,
    MOST_ORDER_LOGGED,
    AddMatrix,
    Command,
    RemoveMatrix,
    Reorder,
    axis_order,
    collection_of,
    combined,
)
from ach_desk.i18n import _
from ach_desk.model import Analysis, Matrix, new_id, now


def add(analysis: Analysis, name: str, after: Matrix) -> AddMatrix:
    """Return the command that adds an empty matrix behind another one: same scale, method and analysts."""
    from ach_desk.scoring.group_sheet import GROUP

    matrix = Matrix(
        name=name,
        scale=after.scale,
        method_settings=after.method_settings,
        sheets={analyst: {} for analyst in after.sheets if analyst != GROUP},
    )
    return _adding(analysis, matrix, after, _("Add matrix {name}"))


def duplicate(analysis: Analysis, matrix: Matrix, name: str, *, ratings: bool, me: str = "") -> AddMatrix:
    """Return the command that adds a copy of a matrix behind it: with its ratings, or its items and hypotheses only.

    While a round on the matrix is private, only the ratings of `me` (an id) go along: the copy is in no round.
    """
    from ach_desk.scoring.group_sheet import GROUP
    from ach_desk.scoring.round_states import is_private

    copy = matrix.copy_of()
    copy.id, copy.name = new_id(), name
    private = is_private(analysis, matrix.id)
    taken = {analyst for analyst in copy.sheets if ratings and (analyst == me or not private)}
    copy.sheets = {key: sheet if key in taken else {} for key, sheet in copy.sheets.items() if key != GROUP}
    return _adding(analysis, copy, matrix, _("Duplicate as matrix {name}"))


def remove(analysis: Analysis, matrix: Matrix) -> Command:
    """Return the command that deletes a matrix with its ratings and its what-ifs; the last one cannot be deleted."""
    index = next(place for place, other in enumerate(analysis.matrices) if other.id == matrix.id)
    scenarios = [entry.id for entry in analysis.scenarios.values() if entry.matrix == matrix.id]
    parts: list[Command] = [edits.remove(analysis, "scenario", scenarios)] if scenarios else []
    if len(analysis.matrices) > 1:
        content = matrix.model_dump(mode="json")
        parts.append(RemoveMatrix(content=content, index=index, time=now()))
    else:
        parts.clear()
    return combined(parts, _("Delete matrix {name}").format(name=matrix.name))


def move(analysis: Analysis, matrix: Matrix, to: int) -> Reorder:
    """Return the command that gives a matrix the place `to` (0 .. length - 1) among the others."""
    old = [other.id for other in analysis.matrices]
    new = [entry for entry in old if entry != matrix.id]
    new.insert(to, matrix.id)
    text = _("Move matrix {name}").format(name=matrix.name)
    return Reorder(matrix="", axis=MATRIX_AXIS, start=0, old=tuple(old), new=tuple(new), text=text, time=now())


def not_in(analysis: Analysis, matrix: Matrix, kind: str) -> list[str]:
    """Return the ids of the hypotheses or items of the analysis that the matrix does not hold, in the file's order.

    Unsorted items are not among them: they wait for `capture.take_in`, which makes them count.
    """
    held, records = set(axis_order(matrix, kind)), collection_of(analysis, kind)
    missing = [entry for entry in records if entry not in held]  # asked behind every key press: mostly there is none
    return [entry for entry in missing if kind != "evidence" or not records[entry].is_unsorted]


def holding(analysis: Analysis, kind: str, record_id: str) -> list[Matrix]:
    """Return the matrices that hold a hypothesis or an item."""
    return [matrix for matrix in analysis.matrices if record_id in axis_order(matrix, kind)]


def take_in(analysis: Analysis, matrix: Matrix, kind: str, ids: Iterable[str]) -> Command:
    """Return the command that takes hypotheses or items of the analysis into the matrix, at the end."""
    missing = set(not_in(analysis, matrix, kind))
    wanted = [entry for entry in dict.fromkeys(ids) if entry in missing]
    parts = placing(matrix, kind, wanted, len(axis_order(matrix, kind)))
    return combined(parts, _("Take {names} into the matrix").format(names=names_of(analysis, kind, wanted)))


def placing(matrix: Matrix, kind: str, ids: Sequence[str], start: int) -> list[Reorder]:
    """Return the commands that put ids, which the matrix does not hold, at the place `start` of its order.

    In stretches that the trail keeps whole, so that the matrix as it was can be led back.
    """
    return [
        Reorder(
            matrix=matrix.id,
            axis=kind,
            start=start + done,
            old=(),
            new=tuple(ids[done : done + MOST_ORDER_LOGGED]),
            time=now(),
        )
        for done in range(0, len(ids), MOST_ORDER_LOGGED)
    ]


def leave_out(analysis: Analysis, matrix: Matrix, kind: str, ids: Sequence[str]) -> Command:
    """Return the command that leaves hypotheses or items out of the matrix; their ratings stay in the file."""
    order, gone = axis_order(matrix, kind), set(ids)
    # From the end, so that the places of the stretches before stay what they were.
    parts = [
        Reorder(matrix=matrix.id, axis=kind, start=start, old=tuple(order[start:stop]), new=(), time=now())
        for start, stop in reversed(list(_stretches(order, gone)))
    ]
    return combined(parts, _("Leave {names} out of the matrix").format(names=names_of(analysis, kind, ids)))


def _stretches(order: Sequence[str], wanted: set[str]) -> Iterator[tuple[int, int]]:
    start = None
    for place, entry in enumerate([*order, None]):
        if entry in wanted:
            start = place if start is None else start
        elif start is not None:
            yield start, place
            start = None


def _adding(analysis: Analysis, matrix: Matrix, after: Matrix, text: str) -> AddMatrix:
    index = next(place for place, other in enumerate(analysis.matrices) if other.id == after.id) + 1
    content = matrix.model_dump(mode="json")
    return AddMatrix(content=content, index=index, text=text.format(name=matrix.name), time=now())


def names_of(analysis: Analysis, kind: str, ids: Sequence[str]) -> str:
    """Return the labels of up to three hypotheses or items; of more, their number."""
    records = collection_of(analysis, kind)
    if len(ids) > 3:
        return str(len(ids))
    return ", ".join(records[entry].label for entry in ids if entry in records)
