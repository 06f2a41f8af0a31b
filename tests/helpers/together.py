"""Analyses that several people have rated, made of one line per item and analyst."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ach_desk.model import Analyst, Estimate, Rating, RatingValue, new_id
from ach_desk.model.together import Round
from ach_desk.model.values import RoundState
from helpers.analyses import Case, small_case

TIME = "2024-01-01T10:00:00Z"


def rated_by(sheets: Mapping[str, Sequence[str]]) -> Case:
    """Return a case rated by several: name -> one line per item such as "C II -", a dash for a cell left unrated."""
    lines = next(iter(sheets.values()))
    case = small_case(len(lines[0].split()), len(lines))
    case.analysis.analysts = {}
    case.matrix.sheets = {}
    for name, rows in sheets.items():
        person = Analyst(id=new_id(), name=name, initials=name[:1])
        case.analysis.analysts[person.id] = person
        case.matrix.sheets[person.id] = {}
        for number, row in enumerate(rows, 1):
            for column, word in enumerate(row.split(), 1):
                if word != "-":
                    rating = Rating(RatingValue(word), time=TIME)
                    case.matrix.set_rating(person.id, case.e(number), case.h(column), rating)
    return Case(case.analysis, case.matrix, next(iter(case.analysis.analysts)))


def person(case: Case, name: str) -> str:
    """Return the id of an analyst by name."""
    return next(key for key, entry in case.analysis.analysts.items() if entry.name == name)


def state(case: Case, name: str, probabilities: Sequence[float], complements: Sequence[float | None] = ()) -> None:
    """Let an analyst state how likely H1, H2 ... are, and, where given, how likely their opposites."""
    for number, value in enumerate(probabilities, 1):
        entry = Estimate(
            id=new_id(),
            matrix=case.matrix.id,
            analyst=person(case, name),
            hypothesis=case.h(number),
            probability=value,
            complement=complements[number - 1] if complements else None,
            time=TIME,
        )
        case.analysis.estimates[entry.id] = entry


def open_round(case: Case, state: RoundState = RoundState.PRIVATE) -> Round:
    """Add a round to the matrix of the case and return it."""
    entry = Round(
        id=new_id(),
        matrix=case.matrix.id,
        name="First",
        state=state,
        opened="2024-01-01T09:00:00Z",
        revealed=None if state is RoundState.PRIVATE else "2024-01-02T09:00:00Z",
    )
    case.analysis.rounds[entry.id] = entry
    return entry
