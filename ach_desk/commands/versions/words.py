"""Conflicts in words: what each is about, and what stood there and stands there on both sides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ach_desk.commands.private import Veil
from ach_desk.commands.trail import json_of
from ach_desk.commands.trail_words import TrailWords
from ach_desk.commands.versions.conflicts import MISSING, Conflict, Side, Sort
from ach_desk.i18n import _, join_some
from ach_desk.model import COLLECTIONS, Analysis, CaseRating, Rating
from ach_desk.model.change_words import field_word, shortened
from ach_desk.model.words import level_word, range_symbol, rating_symbol

_MOST_NAMED = 12
_LONG = 400


@dataclass(frozen=True)
class ConflictWords:
    """One conflict in words; `before` is "" where nobody knows what stood there."""

    place: str
    before: str
    ours: str
    theirs: str

    def side(self, side: Side) -> str:
        """Return what one version says."""
        return self.ours if side is Side.OURS else self.theirs


class ConflictSpeaker:
    """Says conflicts in words; knows what things are called in both versions.

    me: who reads this (an id). While a round is private, what others rated or stated is not told, only where.
    """

    def __init__(self, ours: Analysis, theirs: Analysis, me: str = "", *, revealed: bool = False) -> None:
        self._versions = ours, theirs
        self._veil = Veil("", {}) if revealed else Veil.over(me, ours, theirs)
        self._words = TrailWords(ours), TrailWords(theirs)

    def words(self, conflict: Conflict) -> ConflictWords:
        """Return the conflict in words; of what is hidden only the place."""
        if self.hides(conflict):
            hidden = _("hidden while the round is private")
            return ConflictWords(self._place(conflict), "", hidden, hidden)
        return ConflictWords(
            self._place(conflict),
            self._before(conflict),
            self._said(conflict, conflict.ours),
            self._said(conflict, conflict.theirs),
        )

    def hides(self, conflict: Conflict) -> bool:
        """Return whether what the two versions say is not told, because a round is private."""
        if conflict.sort is Sort.RATING:
            return self._veil.hides_sheet(conflict.id, conflict.part[0])
        if conflict.kind == "case" and conflict.fields == ("ratings",):
            return self._veil.hides_marks(conflict.part[0] if conflict.part else "")
        name = COLLECTIONS.get(conflict.kind, "")
        records = (getattr(version, name).get(conflict.id) for version in self._versions if name)
        return any(self._veil.hides(conflict.kind, record) for record in records if record is not None)

    def _before(self, conflict: Conflict) -> str:
        known = conflict.base if isinstance(conflict.base, tuple) else (conflict.base,)
        if conflict.sort not in (Sort.RATING, Sort.FIELD) or any(value in (MISSING, None) for value in known):
            return ""
        return self._said(conflict, conflict.base)

    def _place(self, conflict: Conflict) -> str:
        if conflict.sort is Sort.LABELS:
            return _("Labels: both renumbered")
        if conflict.sort is Sort.RATING:
            return self._cell(conflict)
        if conflict.sort is Sort.ORDER:
            axes = {"hypothesis": _("Order of the hypotheses"), "evidence": _("Order of the evidence items")}
            text = axes.get(conflict.fields[0], _("Order of the matrices"))
            many = len(self._versions[0].matrices) > 1 and conflict.id
            name = self._matrix(conflict.id)
            return _("{order}, {matrix}").format(order=text, matrix=name) if many else text
        name = self._name(conflict.kind, conflict.id)
        if conflict.sort is Sort.DELETION:
            return _("{name}: deleted, and worked on").format(name=name)
        field = _("dependence group") if conflict.fields == ("group",) else field_word(conflict.fields[0])
        part = self._part(conflict)
        text = _("{name}, {field}, {part}") if part else _("{name}, {field}")
        return text.format(name=name, field=field, part=part)

    def _cell(self, conflict: Conflict) -> str:
        analyst, item, hypothesis = conflict.part
        text = _("{item} under {hypothesis}")
        text = text.format(item=self._label(item), hypothesis=self._label(hypothesis))
        every = {**self._versions[1].analysts, **self._versions[0].analysts}
        if len(every) > 1 and analyst in every:
            text = _("{place}, rated by {name}").format(place=text, name=every[analyst].name)
        if len(self._versions[0].matrices) > 1:
            text = _("{order}, {matrix}").format(order=text, matrix=self._matrix(conflict.id))
        return text

    def _label(self, record_id: str) -> str:
        labels = [words.label(record_id) for words in self._words]
        return next((label for label in labels if label != "?"), "?")

    def _name(self, kind: str, record_id: str) -> str:
        if kind == "estimate":
            return self._estimate(record_id)
        names = [words.name(kind, record_id) for words in self._words]
        if kind == "matrix":
            return self._matrix(record_id)
        return next((name for name in names if name != "?"), "?")

    def _estimate(self, record_id: str) -> str:
        found = next(side.estimates[record_id] for side in self._versions if record_id in side.estimates)
        text = _("{hypothesis}, stated by {name}")
        return text.format(hypothesis=self._label(found.hypothesis), name=self._person(found.analyst))

    def _person(self, analyst: str) -> str:
        known = (side.analysts[analyst].name for side in self._versions if analyst in side.analysts)
        return next(known, shortened(analyst))

    def _matrix(self, matrix_id: str) -> str:
        found = (matrix.name for side in self._versions for matrix in side.matrices if matrix.id == matrix_id)
        return next(found, matrix_id)

    def _part(self, conflict: Conflict) -> str:
        named = []
        for entry in conflict.part:
            for name in entry.split("|"):
                label = self._label(name)
                named.append(label if label != "?" else self._person(name))
        return " / ".join(named)

    def _said(self, conflict: Conflict, value: Any) -> str:
        if conflict.sort is Sort.RATING:
            return self._rating(None if value is MISSING else value)
        if conflict.sort is Sort.DELETION:
            return self._record(conflict, value)
        if conflict.sort is Sort.ORDER:
            return join_some([self._label(entry) for entry in value[:_MOST_NAMED]], _MOST_NAMED, len(value))
        if conflict.sort is Sort.LABELS:
            return ""
        values = [self._value(field, entry) for field, entry in zip(conflict.fields, value, strict=True)]
        if len(values) == 1:
            return values[0]
        if conflict.kind == "round":
            return values[conflict.fields.index("state")]
        told = zip(conflict.fields, conflict.ours, conflict.theirs, values, strict=True)
        return "; ".join(
            _("{field} {value}").format(field=field_word(field), value=said)
            for field, mine, other, said in told
            if mine != other
        )

    def _value(self, field: str, value: Any) -> str:
        if value is MISSING:
            return _("nothing")
        if isinstance(value, CaseRating):
            return " · ".join(filter(None, (str(value.mark), shortened(value.note))))
        if isinstance(value, str) and self._label(value) == "?" and len(value) > 1 and field not in _CLOSED:
            return _("“{text}”").format(text=value if len(value) <= _LONG else value[:_LONG] + "…")
        return self._words[0].value(field, json_of(value))

    def _record(self, conflict: Conflict, value: Any) -> str:
        if value is MISSING:
            return _("deleted")
        title = getattr(value, "title", "") or getattr(value, "name", "") or getattr(value, "text", "")
        if value == conflict.base:
            return _("kept, with what refers to it: “{text}”").format(text=shortened(title))
        return _("worked on: “{text}”").format(text=shortened(title)) if title else _("worked on")

    def _rating(self, rating: Rating | None) -> str:
        if rating is None:
            return _("unrated")
        parts = [range_symbol(rating.range) if rating.range is not None else rating_symbol(rating.value)]
        if rating.confidence is not None:
            parts.append(_("confidence {level}").format(level=level_word(rating.confidence)))
        if rating.rationale:
            parts.append(_("“{text}”").format(text=shortened(rating.rationale)))
        if rating.rests_on:
            names = join_some(list(map(self._label, rating.rests_on)), _MOST_NAMED, len(rating.rests_on))
            parts.append(_("rests on {names}").format(names=names))
        return ", ".join(parts)


_CLOSED = frozenset(
    {"credibility", "relevance", "status", "state", "reading", "reliability", "evaluation", "kind"}
    | {"method_settings"}
)
