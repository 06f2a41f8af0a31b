"""Builders for rounds of rating: begun in private, revealed on purpose, closed with what everybody had rated."""

from __future__ import annotations

from ach_desk.commands import edits
from ach_desk.commands.command import AddRecords, SetFields
from ach_desk.commands.people import adding
from ach_desk.i18n import _
from ach_desk.model import Analysis, Matrix, Round, RoundState, new_id, now
from ach_desk.scoring.round_states import rounds_on, running_round
from ach_desk.scoring.rounds import values_now


def start(analysis: Analysis, matrix: Matrix, name: str = "") -> AddRecords:
    """Return the command that begins a round in private; raises ValueError while another one is not closed.

    A round that starts by itself keeps what was rated: an analyst changes what they would rate otherwise by now.
    """
    if running_round(analysis, matrix.id) is not None:
        raise ValueError("a round is running")
    number = len(rounds_on(analysis, matrix.id)) + 1
    name = name.strip() or usual_name(number)
    record = Round(id=new_id(), matrix=matrix.id, name=name, opened=now())
    return adding(analysis, "round", record, _("Begin the round “{name}”").format(name=name))


def usual_name(number: int) -> str:
    """Return the name of the first round, and of each that follows a discussion."""
    if number == 1:
        return _("First round")
    return _("Round {number}, after discussion").format(number=number)


def reveal(analysis: Analysis, round_id: str, by: str) -> SetFields:
    """Return the command after which everybody sees what the others rated; `by` is who decided it (an id)."""
    values = {"state": RoundState.REVEALED, "revealed": now(), "revealed_by": by}
    text = _("Reveal the ratings of the round “{name}”").format(name=analysis.rounds[round_id].name)
    return edits.set_fields(analysis, "round", round_id, values, text)


def close(analysis: Analysis, round_id: str) -> SetFields:
    """Return the command that closes a round and keeps with it what every analyst has rated; raises KeyError."""
    found = analysis.rounds[round_id]
    values = {"sheets": values_now(analysis.matrix(found.matrix)), "state": RoundState.CLOSED, "closed": now()}
    text = _("Close the round “{name}”").format(name=found.name)
    return edits.set_fields(analysis, "round", round_id, values, text)
