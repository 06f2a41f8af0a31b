"""What-ifs on doubt in one step: an assumption is false, all that is suspect is left out."""

from __future__ import annotations

from collections.abc import Sequence

from ach_desk.commands import edits, scenarios
from ach_desk.i18n import _
from ach_desk.scoring import assumptions
from ach_desk.ui.session import Session
from ach_desk.ui.whatif.actions import create

_MOST_NAMED = 3


def assume_false(session: Session, items: Sequence[str]) -> None:
    """Take items as false in the what-if that is on, else in a new one that is turned on."""
    records = [session.analysis.evidence[entry] for entry in items]
    if session.scenario is not None:
        session.execute(scenarios.assume_false(session.analysis, session.scenario, items, on=True))
        return
    name = assumptions.false_name(records)
    if len(records) > _MOST_NAMED:
        name = _("{count} assumptions are false").format(count=len(records))
    create(session, name, assumptions_false=tuple(items))


def is_false(session: Session, item: str) -> bool:
    """Return whether the what-if that is on takes an item as false."""
    return session.scenario is not None and item in session.scenario.assumptions_false


def leave_out_suspects(session: Session) -> None:
    """Leave out the suspected items of the matrix and what rests on suspected sources alone, as `assume_false` does."""
    analysis = session.analysis
    items = tuple(item.id for item in session.as_rated.items if item.suspect)
    sources = tuple(source.id for source in analysis.sources.values() if source.suspect)
    scenario = session.scenario
    if scenario is None:
        create(session, _("all that is suspect were left out"), left_out=items, distrusted=sources)
        return
    wanted = {
        "left_out": tuple(dict.fromkeys((*scenario.left_out, *items))),
        "distrusted": tuple(dict.fromkeys((*scenario.distrusted, *sources))),
    }
    session.execute(edits.set_fields(analysis, "scenario", scenario.id, wanted, _("Leave out all that is suspect")))
