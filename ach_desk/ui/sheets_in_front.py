"""Whose ratings are in front: mine, another analyst's, or the group's; and that nobody rates for somebody else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ach_desk.i18n import _
from ach_desk.model import Analysis, Analyst, Matrix
from ach_desk.scoring.group_sheet import GROUP, group_record, group_sheet
from ach_desk.scoring.round_states import is_private

if TYPE_CHECKING:
    from ach_desk.commands import Change, Command


def own_or_first(analysis: Analysis, matrix: Matrix, analyst: str) -> str:
    """Return the analyst (an id) if there is such a one, else the first who has a sheet; "" where nobody is."""
    if analyst and analyst in analysis.analysts:
        return analyst
    sheets = [entry for entry in matrix.sheets if entry in analysis.analysts] or [*matrix.sheets]
    return next(iter(sheets), next(iter(analysis.analysts), ""))


def analyst_of(analysis: Analysis, matrix: Matrix, sheet: str) -> Analyst | None:
    """Return whose sheet it is; for the group's a record with a name that says so, None for nobody known."""
    return group_record(analysis, matrix) if sheet == GROUP else analysis.analysts.get(sheet)


def matrix_for(analysis: Analysis, matrix: Matrix, sheet: str) -> Matrix:
    """Return the matrix to be shown: itself, or for the group a copy that has the group's sheet beside the others."""
    if sheet != GROUP:
        return matrix
    return matrix.model_copy(update={"sheets": {**matrix.sheets, GROUP: group_sheet(analysis, matrix)}})


def for_front(copy: Analysis, me: str, sheet: str, shown: Matrix | None = None) -> Analysis:
    """Put into a copy of an analysis what the front shows, and out of it what is private; return it.

    Where a round is private, nothing that others rate or state stays; else each matrix gets the group's sheet if that
    is in front. shown: the matrix in front as `matrix_for` made it, from whose ratings those of the copy do not differ.
    """
    private = {matrix.id for matrix in copy.matrices if is_private(copy, matrix.id)}
    if private:
        from ach_desk.commands.private import Veil

        Veil.over(me, copy).lifted(copy)
    known = {shown.id: shown.sheets[GROUP]} if shown is not None and GROUP in shown.sheets else {}
    for matrix in copy.matrices:
        if sheet == GROUP and matrix.id not in private:
            matrix.sheets[GROUP] = known.get(matrix.id) or group_sheet(copy, matrix)
    if sheet == GROUP:
        copy.analysts[GROUP] = group_record(copy, copy.matrices[0])
    return copy


def rates_for_another(command: Command, me: str, sheet: str) -> bool:
    """Return whether a command rates for somebody else, or would reach the sheet in front, which is not mine.

    What changes items or hypotheses may take the ratings of all along, from where my own sheet is in front.
    """
    from ach_desk.commands.command import SetRatings

    parts = list(_parts(command))
    others = {part.analyst for part in parts if isinstance(part, SetRatings) and part.analyst != me}
    return bool(others) and (sheet in others or all(isinstance(part, SetRatings) for part in parts))


def refusal(name: str, *, known: bool) -> str:
    """Return why a rating was not taken; `name` is whose sheet is in front."""
    if not known:
        return _("Say first who you are: Review, Work with others, Analysts.")
    if name:
        return _("These are the ratings of {name}. Bring your own sheet to the front to rate.").format(name=name)
    return _("Nobody rates for somebody else.")


def is_touched(change: Change, sheet: str) -> bool:
    """Return whether an edit can change which sheet is in front, or the group's where that is."""
    people = any(ref.kind in ("analyst", "round") for ref in (*change.added, *change.removed))
    ratings = change.cells or change.added or change.removed or change.reordered or change.touches("matrix")
    return people or change.touches("round") or (sheet == GROUP and bool(ratings))


def _parts(command: Command) -> Iterator[Command]:
    from ach_desk.commands.command import Composite

    if isinstance(command, Composite):
        for part in command.commands:
            yield from _parts(part)
    else:
        yield command
