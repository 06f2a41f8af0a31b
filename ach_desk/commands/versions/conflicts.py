"""What two versions say differently, and who decides: a person one by one, or a rule. Never silently."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any


class Side(StrEnum):
    """One of the two versions: the one at hand, and the other."""

    OURS = "ours"
    THEIRS = "theirs"


class Rule(StrEnum):
    """How every conflict is decided at once."""

    OURS = "ours"
    THEIRS = "theirs"
    NEWER = "newer"


class Sort(StrEnum):
    """What a conflict is about."""

    RATING = "rating"
    FIELD = "field"
    DELETION = "deletion"
    ORDER = "order"
    LABELS = "labels"


class _Missing:
    """Stands for what is not there: a record that was deleted, a part of a list that one version has not."""

    def __repr__(self) -> str:
        return "MISSING"


MISSING = _Missing()
Key = tuple[str, ...]


@dataclass(frozen=True)
class Conflict:
    """One point on which the versions differ and both changed it.

    kind, id: the record, "matrix" or "analysis". fields: those that are decided together. part: of a rating the
    analyst, item and hypothesis; of a list of parts the one part meant. base, ours, theirs: for a field the values of
    `fields`; for a rating the Rating or None; for a deletion the record or MISSING; for an order the ids.
    ours_time, theirs_time: when each was entered, "" where that is not known. decided: None while nobody decided;
    then the result holds what ours says.
    """

    sort: Sort
    kind: str
    id: str
    fields: tuple[str, ...] = ()
    part: tuple[str, ...] = ()
    base: Any = field(default=MISSING, compare=False)
    ours: Any = field(default=MISSING, compare=False)
    theirs: Any = field(default=MISSING, compare=False)
    ours_time: str = field(default="", compare=False)
    theirs_time: str = field(default="", compare=False)
    decided: Side | None = field(default=None, compare=False)

    @property
    def key(self) -> Key:
        """Return what names this conflict; the same versions have the same conflicts whenever they are compared."""
        return (self.sort.value, self.kind, self.id, *self.fields, "/", *self.part)

    def side(self, side: Side) -> Any:
        """Return what one version says."""
        return self.ours if side is Side.OURS else self.theirs

    @property
    def newer(self) -> Side | None:
        """Return the version that was entered later; None where that is not known."""
        if not self.ours_time or not self.theirs_time or self.ours_time == self.theirs_time:
            return None
        return Side.OURS if self.ours_time > self.theirs_time else Side.THEIRS


Decide = Callable[[Conflict], Side | None]
Times = Callable[[Conflict], tuple[str, str]]


def nobody(_conflict: Conflict) -> Side | None:
    """Decide nothing."""
    return None


def by_rule(rule: Rule) -> Decide:
    """Return what decides every conflict by one rule; "newer" leaves open where the times do not tell."""
    if rule is Rule.NEWER:
        return lambda conflict: conflict.newer
    return lambda _conflict: Side(rule.value)


def from_choices(choices: Mapping[Key, Side]) -> Decide:
    """Return what decides as a person chose, conflict by conflict; others stay open."""
    return lambda conflict: choices.get(conflict.key)


class Asked:
    """Collects the conflicts of one merge, each once, and says which side is taken."""

    def __init__(self, decide: Decide, times: Times) -> None:
        self._decide, self._times = decide, times
        self.conflicts: dict[Key, Conflict] = {}

    def settle(self, conflict: Conflict) -> Side:
        """Note the conflict and return the side that the result follows; ours while nobody decided."""
        known = self.conflicts.get(conflict.key)
        if known is None:
            ours_time, theirs_time = self._times(conflict)
            known = replace(conflict, ours_time=ours_time, theirs_time=theirs_time)
            known = replace(known, decided=self._decide(known))
            self.conflicts[known.key] = known
        return known.decided or Side.OURS
