"""What changes did to the standing, and which of them: each is taken back alone, and the ranking reckoned anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from ach_desk.i18n import _, join_words
from ach_desk.model import Analysis, Matrix
from ach_desk.scoring import Assessment, assess, standing
from ach_desk.scoring.table import RatingTable, active_columns, code_of, shown_records, table_of, weight_of

MOST_TRIED = 400
_MOST_TOLD = 3
_NEAR = 1e-9


@dataclass(frozen=True)
class Turn:
    """A single change: what it was, of which item or hypothesis, and how far taking it back helps the old leader."""

    what: str
    evidence: str = ""
    hypothesis: str = ""
    gain: float = 0.0


@dataclass(frozen=True)
class Effect:
    """What became of the standing.

    restoring: the changes of which each alone, taken back, makes the old leaders lead again; where there are none,
    `strongest` has those that help them most. Both are empty while the leaders are the same.
    reordering: while they are, the changes of which each alone, taken back, brings the old order back.
    """

    headline: str
    orders: tuple[str, str]
    old_leaders: str
    restoring: tuple[Turn, ...] = ()
    strongest: tuple[Turn, ...] = ()
    reordering: tuple[Turn, ...] = ()
    too_many: bool = False


def effect_of(before: Analysis, old: Matrix, after: Analysis, matrix: Matrix, analyst: str) -> Effect:
    """Return the effect on the ranking of `matrix` (`old` before) as rated by the analyst (an id)."""
    was, now = assess(before, old, analyst), assess(after, matrix, analyst)
    first, second = leaders(was), leaders(now)
    labels = _labels(was) | _labels(now)
    effect = Effect(
        _headline(first, second, was, now, labels), (_order(was), _order(now)), _names(first, labels) if first else ""
    )
    if not first or effect.orders[0] == effect.orders[1]:
        return effect
    union = _Union(before, old, after, matrix, analyst)
    turns = list(union.turns())
    if len(turns) > MOST_TRIED:
        return replace(effect, too_many=True)
    found = [union.without(turn, undo, first) for turn, undo in turns]
    if first == second:
        return replace(effect, reordering=tuple(turn for turn, then in found if _order(then) == effect.orders[0]))
    restoring = tuple(turn for turn, then in found if leaders(then) == first)
    strongest = sorted((turn for turn, _then in found if turn.gain > _NEAR), key=lambda turn: -turn.gain)
    return replace(effect, restoring=restoring, strongest=() if restoring else tuple(strongest[:_MOST_TOLD]))


def leaders(assessment: Assessment) -> frozenset[str]:
    """Return the ids of the comparable hypotheses with the least against them; none when nothing is rated."""
    columns = np.flatnonzero(assessment.comparable)
    if not len(columns):
        return frozenset()
    scores = assessment.standing.weighted_inconsistency
    best = scores[columns].max()
    return frozenset(assessment.hypotheses[column].id for column in columns if best - scores[column] <= _NEAR)


def _headline(
    first: frozenset[str], second: frozenset[str], was: Assessment, now: Assessment, labels: dict[str, str]
) -> str:
    if not second:
        return _("Nothing can be ranked now.")
    names = _names(second, labels)
    if not first:
        return _("{names} is first now.").format(names=names) if len(second) == 1 else _tied(names)
    if first == second:
        return _still(names, second, was, now)
    before = _("{names} was first") if len(first) == 1 else _("{names} were tied")
    ending = _("now {names} is") if len(second) == 1 else _("now {names} are tied")
    return _("{before}; {ending}.").format(
        before=before.format(names=_names(first, labels)), ending=ending.format(names=names)
    )


def _still(names: str, first: frozenset[str], was: Assessment, now: Assessment) -> str:
    if len(first) > 1:
        return _("{names} are still tied.").format(names=names)
    then, today = _lead(was, first), _lead(now, first)
    if then is None or today is None or abs(then - today) <= _NEAR:
        return _("{names} is still first.").format(names=names)
    text = _("{names} is still first; its lead was {before} points and is {after}.")
    return text.format(names=names, before=f"{then:.1f}", after=f"{today:.1f}")


def _tied(names: str) -> str:
    return _("{names} are tied now.").format(names=names)


def _lead(assessment: Assessment, first: frozenset[str]) -> float | None:
    """Return how far the best of `first` stands before the best of the others; None where there is nobody else."""
    scores = assessment.standing.weighted_inconsistency
    own = np.fromiter((entry.id in first for entry in assessment.hypotheses), np.bool_, len(assessment.hypotheses))
    mine, others = assessment.comparable & own, assessment.comparable & ~own
    if not mine.any() or not others.any():
        return None
    return float(scores[mine].max() - scores[others].max())


def _labels(assessment: Assessment) -> dict[str, str]:
    return {entry.id: entry.label for entry in assessment.hypotheses}


def _names(ids: frozenset[str], labels: dict[str, str]) -> str:
    return join_words([label for entry, label in labels.items() if entry in ids])


def _order(assessment: Assessment) -> str:
    """Return the compared hypotheses from least to most contradicted, ties with an equals sign: "H2 = H3, H1"."""
    rank = assessment.standing.rank
    compared = sorted(np.flatnonzero(assessment.comparable), key=lambda column: rank[column])
    groups: dict[int, list[str]] = {}
    for column in compared:
        groups.setdefault(int(rank[column]), []).append(assessment.hypotheses[column].label)
    return ", ".join(" = ".join(labels) for labels in groups.values())


class _Union:
    """Both states in one table: what was deleted is there and does not count, so that it can be put back alone."""

    def __init__(self, before: Analysis, old: Matrix, after: Analysis, matrix: Matrix, analyst: str) -> None:
        items, hypotheses = shown_records(after, matrix)
        old_items, old_hypotheses = shown_records(before, old)
        self._now = {item.id: item for item in items}
        self._was = {item.id: item for item in old_items}
        self._hypotheses_now = {entry.id: entry for entry in hypotheses}
        self._hypotheses_were = {entry.id: entry for entry in old_hypotheses}
        items += [item for item in old_items if item.id not in self._now]
        hypotheses += [entry for entry in old_hypotheses if entry.id not in self._hypotheses_now]
        self._old_sheet = old.sheets.get(analyst, {})
        self._sheet = matrix.sheets.get(analyst, {})
        self._items, self._hypotheses = tuple(items), tuple(hypotheses)
        active_then = dict(zip(self._hypotheses_were, active_columns(old_hypotheses), strict=True))
        active_now = dict(
            zip(self._hypotheses_now, active_columns(hypotheses[: len(self._hypotheses_now)]), strict=True)
        )
        self._active = [(active_then.get(entry.id, False), active_now.get(entry.id, False)) for entry in hypotheses]
        self._table = self._joined()
        self._present = self._assessed(self._table)

    def _joined(self) -> RatingTable:
        sheet = {
            item.id: {
                entry.id: rating
                for entry in self._hypotheses
                if (rating := self._rating_now(item.id, entry.id)) is not None
            }
            for item in self._items
        }
        table = table_of(self._items, self._hypotheses, sheet)
        for row, item in enumerate(self._items):
            table.counted[row] = item.id in self._now and item.is_counted
        table.active[:] = [now for _then, now in self._active]
        return table

    def _rating_now(self, item: str, hypothesis: str):
        """Return the present rating, or the last one of a cell whose item or hypothesis was deleted."""
        gone = item not in self._now or hypothesis not in self._hypotheses_now
        return (self._old_sheet if gone else self._sheet).get(item, {}).get(hypothesis)

    def _assessed(self, table: RatingTable) -> Assessment:
        return Assessment(self._items, self._hypotheses, table, standing(table))

    def without(
        self, turn: Turn, undo: Callable[[RatingTable], None], first: frozenset[str]
    ) -> tuple[Turn, Assessment]:
        """Return the change with what taking it back gains the old leaders, and the assessment without it."""
        table = self._table.copy()
        undo(table)
        assessment = self._assessed(table)
        before, after = _lead(self._present, first), _lead(assessment, first)
        gain = after - before if before is not None and after is not None else 0.0
        return replace(turn, gain=gain), assessment

    def turns(self) -> Iterator[tuple[Turn, Callable[[RatingTable], None]]]:
        """Yield every single change that can matter to the ranking, with what takes it back in a table."""
        for row, item in enumerate(self._items):
            yield from self._turns_of_item(row, item.id)
        for column, entry in enumerate(self._hypotheses):
            then, now = self._active[column]
            if then != now:
                turn = Turn(self._word_of(entry.id, now), hypothesis=entry.id)
                yield turn, lambda table, column=column, then=then: table.active.__setitem__(column, then)

    def _word_of(self, hypothesis: str, active_now: bool) -> str:
        if hypothesis not in self._hypotheses_were:
            return "new hypothesis"
        if hypothesis not in self._hypotheses_now:
            return "deleted hypothesis"
        return "reinstated" if active_now else "rejected"

    def _turns_of_item(self, row: int, item: str) -> Iterator[tuple[Turn, Callable[[RatingTable], None]]]:
        was, now = self._was.get(item), self._now.get(item)
        counted_then, counted_now = was is not None and was.is_counted, now is not None and now.is_counted
        if counted_then != counted_now:
            if was is None or now is None:
                what = "new" if was is None else "deleted"
            else:
                what = "counted" if counted_now else "aside"
            yield Turn(what, item), lambda table: table.counted.__setitem__(row, counted_then)
        if was is None or now is None or not counted_now:
            return
        if weight_of(was) != weight_of(now):
            yield Turn("weight", item), lambda table: table.weights.__setitem__(row, weight_of(was))
        for column, entry in enumerate(self._hypotheses):
            if entry.id in self._hypotheses_now and entry.id in self._hypotheses_were:
                old = self._old_sheet.get(item, {}).get(entry.id)
                code = code_of(old)
                if code != self._table.codes[row, column]:
                    yield (
                        Turn("rated", item, entry.id),
                        lambda table, column=column, code=code: table.codes.__setitem__((row, column), code),
                    )
