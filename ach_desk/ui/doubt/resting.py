"""Of what a list of assumptions is: of an item, or of the ratings of cells; how it is read and edited."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ach_desk.commands import Command, assumptions, edits
from ach_desk.model import Analysis, EvidenceItem, Matrix
from ach_desk.model.resting import assumptions as all_assumptions
from ach_desk.model.resting import carried
from ach_desk.scoring.resting import cell_reason, reason
from ach_desk.ui.session import Session


@dataclass(frozen=True)
class Resting:
    """What rests on assumptions at present.

    present: their ids. offered: the assumptions that it could rest on too. falls: why it falls in the what-if that is
    on, as the end of a sentence; "" when it does not. add, remove, new: the edits, by id or by title.
    """

    present: Callable[[], Sequence[str]]
    offered: Callable[[], Sequence[EvidenceItem]]
    falls: Callable[[], str]
    add: Callable[[str], Command]
    remove: Callable[[str], Command]
    new: Callable[[str], Command]


def of_item(session: Session, item: Callable[[], str]) -> Resting:
    """Return what an item rests on."""

    def present() -> Sequence[str]:
        return session.analysis.evidence[item()].rests_on

    def offered() -> list[EvidenceItem]:
        return _offered(session, present(), carried(session.analysis.evidence, item()))

    return Resting(
        present,
        offered,
        lambda: reason(session.analysis, session.fallen, item()) if item() in session.fallen.rows else "",
        lambda one: assumptions.rest_items(session.analysis, [item()], one),
        lambda one: assumptions.free_items(session.analysis, [item()], one),
        lambda title: assumptions.new_for_items(session.analysis, session.matrix, title, [item()]),
    )


def of_cells(session: Session, cell: Callable[[], edits.Cell], cells: Callable[[], Sequence[edits.Cell]]) -> Resting:
    """Return what the rating of `cell` rests on; edits are for all of `cells`."""

    def present() -> Sequence[str]:
        rating = session.matrix.rating(session.analyst, *cell())
        return rating.rests_on if rating is not None else ()

    def place() -> tuple[Analysis, Matrix, str]:
        return session.analysis, session.matrix, session.analyst

    return Resting(
        present,
        lambda: _offered(session, present(), {cell()[0]}),
        lambda: cell_reason(session.analysis, session.fallen, cell()) if session.falls(*cell()) else "",
        lambda one: assumptions.rest_cells(*place(), cells(), one),
        lambda one: assumptions.free_cells(*place(), cells(), one),
        lambda title: assumptions.new_for_cells(*place(), title, cells()),
    )


def _offered(session: Session, present: Sequence[str], barred: set[str]) -> list[EvidenceItem]:
    out = barred.union(present)
    every = session.pointing.of_records("assumptions", lambda: all_assumptions(session.analysis.evidence))
    return [item for item in every if item.id not in out]
