"""Rounds of rating: which one runs, what moved from one to the next, and whether the movement looks like a herd.

Groups of one mind that talked over a matrix amplified the bias they began with (Convertino et al. 2008);
that is why a round begins in private, and why what moved afterwards is looked at. The rule on herding is plain and
says nothing about a person: a change goes *with the others* when it ends nearer to the middle of what the others had
rated in that cell in the earlier round than it began. Herding is pointed out when at least `LEAST_MOVES` ratings
changed, by at least two analysts, and `HERD_SHARE` of these changes or more went with the others. In the same way it
is pointed out when they went towards one analyst, who moved no more than a tenth of what the others moved; of the two
ways to say it, the one that more of the changes bear out is taken.
Good reasons can move everybody to the same side as well: the sentence asks, it does not judge.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ach_desk.i18n import _, ngettext
from ach_desk.model import Analysis, Matrix, RatingValue
from ach_desk.model.values import step_of
from ach_desk.model.words import rating_symbol

Values = Mapping[str, Mapping[str, Mapping[str, RatingValue]]]
"""What each analyst had rated: analyst -> item -> hypothesis -> value."""

LEAST_MOVES = 4
HERD_SHARE = 0.8
_STAYED = 0.1
"""A person towards whom others move has moved no more than this share of the cells that moved."""


class Move(NamedTuple):
    """One rating that is another one in the later round. before, after: None is an empty cell."""

    analyst: str
    evidence: str
    hypothesis: str
    before: RatingValue | None
    after: RatingValue | None

    @property
    def steps(self) -> int | None:
        """Return by how many steps it moved, positive towards consistent; None where one end is on no scale."""
        if not _on_scale(self.before) or not _on_scale(self.after):
            return None
        assert self.before is not None
        assert self.after is not None
        return step_of(self.before) - step_of(self.after)


class Herding(NamedTuple):
    """How many changes went with the others. moves: those on the scale, in cells that another analyst had rated too.

    toward: the analyst (an id) towards whom they went, "" for the middle of the others. is_herd: it is to be pointed
    out.
    """

    moves: int
    with_others: int
    movers: int
    toward: str = ""
    is_herd: bool = False


def values_now(matrix: Matrix) -> dict[str, dict[str, dict[str, RatingValue]]]:
    """Return what every analyst has rated in a matrix, as a round keeps it."""
    found: dict[str, dict[str, dict[str, RatingValue]]] = {}
    for analyst, sheet in matrix.sheets.items():
        rows = {item: _values(row) for item, row in sheet.items()}
        found[analyst] = {item: row for item, row in rows.items() if row}
    return {analyst: rows for analyst, rows in found.items() if rows}


def moves(before: Values, after: Values) -> list[Move]:
    """Return every rating that is another one in `after`, of the analysts who rated in both.

    What somebody rated only once, because a new item came in between, is no movement.
    """
    return [
        Move(analyst, *cell, old.get(cell), new.get(cell))
        for analyst in before
        if analyst in after
        for old, new in [(dict(_cells(before[analyst])), dict(_cells(after[analyst])))]
        for cell in old
        if old[cell] != new.get(cell)
    ]


def herding(before: Values, found: list[Move]) -> Herding:
    """Return how many of the moves went with the others, by the rule at the head of this module."""
    counted = [move for move in found if move.steps and _others(before, move)]
    return max(
        (_towards(before, counted, ""), *(_towards(before, counted, entry) for entry in before)),
        key=lambda herd: (herd.is_herd, herd.with_others / max(herd.moves, 1), bool(herd.toward) is herd.is_herd),
        default=Herding(0, 0, 0),
    )


def _towards(before: Values, counted: list[Move], toward: str) -> Herding:
    """Return the same for the middle of the others (""), or for one analyst who is not among those who move."""
    targets = {move: _target(before, move, toward) for move in counted if move.analyst != toward}
    known = {move: target for move, target in targets.items() if target is not None}
    nearer = sum(_goes_to(move, target) for move, target in known.items())
    movers = len({move.analyst for move in known})
    is_herd = len(known) >= LEAST_MOVES and movers >= 2 and nearer >= HERD_SHARE * len(known)
    if toward:  # one to whom everybody comes, and who comes to nobody; among two that would say nothing new
        own = sum(move.analyst == toward for move in counted)
        is_herd = is_herd and own <= _STAYED * len(known) and len(known) == len(targets)
    return Herding(len(known), nearer, movers, toward, is_herd)


def movement_words(analysis: Analysis, found: list[Move]) -> list[str]:
    """Return one line for each move, in the order of the cells: "E4 under H2, B: C → I"."""
    return [
        _("{item} under {hypothesis}, {analyst}: {before} → {after}").format(
            item=_label(analysis.evidence, move.evidence),
            hypothesis=_label(analysis.hypotheses, move.hypothesis),
            analyst=analyst_name(analysis, move.analyst),
            before=rating_symbol(move.before),
            after=rating_symbol(move.after),
        )
        for move in found
    ]


def herding_words(analysis: Analysis, herd: Herding) -> str:
    """Return what is to be said of the direction of the movement; "" when nothing moved in cells that others rated."""
    if not herd.moves:
        return ""
    if not herd.is_herd:
        text = _("{count} of {moves} changes went towards what the others had rated. That is no herd.")
        return text.format(count=herd.with_others, moves=herd.moves)
    where = (
        _("towards the ratings of {name}, who hardly moved").format(name=analyst_name(analysis, herd.toward))
        if herd.toward
        else _("towards what the others had rated")
    )
    text = _(
        "{count} of {moves} changes went {where}. Was it the arguments, or the company? "
        "Ask what was said that was not known in the earlier round."
    )
    return text.format(count=herd.with_others, moves=herd.moves, where=where)


def summary_words(analysis: Analysis, found: list[Move]) -> str:
    """Return how much moved, and by whom: "5 ratings moved: A 3, B 2"."""
    if not found:
        return _("No rating moved.")
    counts: dict[str, int] = {}
    for move in found:
        counts[move.analyst] = counts.get(move.analyst, 0) + 1
    text = ngettext("{count} rating moved: {who}.", "{count} ratings moved: {who}.", len(found))
    who = ", ".join(f"{analyst_name(analysis, entry)} {count}" for entry, count in counts.items())
    return text.format(count=len(found), who=who)


def analyst_name(analysis: Analysis, analyst: str) -> str:
    """Return the name of an analyst (an id); what is no id of one, such as a name typed in, stands as it is."""
    known = analysis.analysts.get(analyst)
    return known.name if known is not None else analyst


def _values(row: Mapping[str, object]) -> dict[str, RatingValue]:
    rated = {hypothesis: getattr(rating, "value", None) for hypothesis, rating in row.items()}
    return {hypothesis: value for hypothesis, value in rated.items() if value is not None}


def _cells(sheet: Mapping[str, Mapping[str, RatingValue]]) -> Iterator[tuple[tuple[str, str], RatingValue]]:
    for item, row in sheet.items():
        for hypothesis, value in row.items():
            yield (item, hypothesis), value


def _others(before: Values, move: Move) -> list[int]:
    """Return the steps at which the others had rated the cell of a move."""
    found = (sheet.get(move.evidence, {}).get(move.hypothesis) for by, sheet in before.items() if by != move.analyst)
    return [step_of(value) for value in found if value is not None and value.is_on_scale]


def _middle(steps: list[int]) -> float:
    steps = sorted(steps)
    return (steps[(len(steps) - 1) // 2] + steps[len(steps) // 2]) / 2


def _target(before: Values, move: Move, toward: str) -> float | None:
    if not toward:
        return _middle(_others(before, move))
    value = before[toward].get(move.evidence, {}).get(move.hypothesis)
    return step_of(value) if value is not None and value.is_on_scale else None


def _goes_to(move: Move, target: float) -> bool:
    assert move.before is not None
    assert move.after is not None
    return abs(step_of(move.after) - target) < abs(step_of(move.before) - target)


def _on_scale(value: RatingValue | None) -> bool:
    return value is not None and value.is_on_scale


def _label(records: Mapping[str, object], record_id: str) -> str:
    return getattr(records.get(record_id), "label", "?")
