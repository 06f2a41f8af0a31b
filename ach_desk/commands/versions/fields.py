"""Fields of one record merged: different ones silently, parts of a list part by part, the rest is asked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from ach_desk.commands.versions.conflicts import MISSING, Asked, Conflict, Side, Sort
from ach_desk.commands.versions.sequences import MergedOrder, merge_order
from ach_desk.model import CaseRating
from ach_desk.model.wording import WORDING_FIELDS

_STATUS = ("status", "status_reason", "status_date")
_SUSPECT = ("suspect", "suspect_reason")
_TOGETHER: dict[str, tuple[tuple[str, ...], ...]] = {
    "hypothesis": (_STATUS,),
    "evidence": (
        _STATUS,
        _SUSPECT,
        ("event_date", "event_end", "event_words"),
        ("credibility", "credibility_from_grades"),
        ("twin", "reading"),
    ),
    "source": (_SUSPECT, ("retracted", "retracted_reason", "retracted_date"), ("withheld", "public_description")),
    "challenge": (("state", "answer", "answered_by", "answered"),),
    "remark": (("resolved", "resolved_by"),),
    "indicator": (("state", "state_date", "item"),),
    "expectation": (("made", "record"),),
    "round": (("state", "revealed", "revealed_by", "closed", "sheets"),),
    "estimate": (("probability", "complement", "confidence", "time"),),
    "conclusion": (("no_judgement", "no_judgement_reason"), ("by", "date")),
    "outcome": (("true", "none_of_them"),),
    "matrix": (("priors", "priors_per_cause"),),
}
"""Fields that say something only together: half of one version and half of the other would be said by nobody."""

_KEYS: dict[str, tuple[str, ...]] = {
    "Citation": ("source",),
    "Relation": ("kind", "other"),
    "Override": ("evidence", "hypothesis"),
    "Bearing": ("hypothesis",),
    "Likelihood": ("hypothesis",),
    "LikelihoodTerm": ("word",),
    "CheckAnswer": ("question",),
    "Attachment": ("path",),
    "CaseRating": ("by",),
    "RetestCell": ("evidence", "hypothesis"),
}
"""By what one part of a list is known again."""

_DERIVED = {"id", "label", "wording", "next_numbers"}
"""Fields that are merged elsewhere, or follow from others."""


@dataclass(frozen=True)
class Place:
    """Where a value stands, for the conflict that it may be."""

    kind: str
    id: str
    fields: tuple[str, ...]
    part: tuple[str, ...] = ()

    def within(self, name: str) -> Place:
        """Return the place of one part of the value."""
        return Place(self.kind, self.id, self.fields, (*self.part, name))


@dataclass
class FieldMerger:
    """Merges values; `kept` are ids of records that stay although one side deleted them, and all links to them."""

    asked: Asked
    kept: Collection[str] = field(default_factory=frozenset)

    def record(self, kind: str, base: BaseModel | None, ours: Any, theirs: Any, names: Iterable[str] = ()) -> Any:
        """Return one record out of two versions; `names`: the fields looked at (none: all)."""
        updates = self.changes(kind, ours.id, base, ours, theirs, names)
        if "wording" in type(ours).model_fields:
            updates |= _wording({**_values(ours), **updates}, ours, theirs)
        return _with(ours, updates)

    def changes(
        self, kind: str, record_id: str, base: BaseModel | None, ours: Any, theirs: Any, names: Iterable[str] = ()
    ) -> dict[str, Any]:
        """Return field -> value where the merged record is another one than `ours` (MISSING: no such key)."""
        mine, other = _values(ours), _values(theirs)
        was = _values(base) if base is not None else None
        every = [name for name in (*mine, *(name for name in other if name not in mine)) if name not in _DERIVED]
        wanted = set(names)
        differing = [
            name
            for name in every
            if (not wanted or name in wanted) and mine.get(name, MISSING) != other.get(name, MISSING)
        ]
        found: dict[str, Any] = {}
        for group in _groups(kind, differing):
            place = Place(kind, record_id, group)
            sides = [
                None if side is None else tuple(side.get(name, MISSING) for name in group)
                for side in (was, mine, other)
            ]
            merged = self._group(place, *sides)
            found.update((name, value) for name, value in zip(group, merged, strict=True) if value != mine.get(name))
        return found

    def _group(self, place: Place, base: Any, ours: Any, theirs: Any) -> tuple[Any, ...]:
        if len(place.fields) == 1:
            return (self.value(place, base[0] if base is not None else MISSING, ours[0], theirs[0]),)
        if base is not None and (ours == base or theirs == base):
            return theirs if ours == base else ours
        if base is None and (not any(map(_says_something, ours)) or not any(map(_says_something, theirs))):
            return ours if any(map(_says_something, ours)) else theirs
        return self._ask(place, base, ours, theirs)

    def value(self, place: Place, base: Any, ours: Any, theirs: Any) -> Any:
        """Return one value out of two versions over `base` (MISSING: there was none)."""
        if ours == theirs:
            return ours
        if isinstance(base, str) and base in self.kept and None in (ours, theirs):
            return theirs if ours is None else ours
        merged = self._parts(place, base, ours, theirs)
        if merged is not MISSING:
            return merged
        if base is not MISSING and (ours == base or theirs == base):
            return theirs if ours == base else ours
        if base is MISSING and (not _says_something(ours) or not _says_something(theirs)):
            return ours if _says_something(ours) else theirs
        return self._ask_one(place, base, ours, theirs)

    def _parts(self, place: Place, base: Any, ours: Any, theirs: Any) -> Any:
        """Return the value merged part by part; MISSING where it has no parts that could be told apart."""
        if isinstance(ours, tuple) and isinstance(theirs, tuple):
            was = base if isinstance(base, tuple) else ()
            if all(isinstance(entry, str) for entry in (*was, *ours, *theirs)):
                return self._texts(place, was, ours, theirs)
            return self._listed(place, was, ours, theirs)
        if isinstance(ours, dict) and isinstance(theirs, dict):
            was = base if isinstance(base, dict) else {}
            return self._mapped(place, was, ours, theirs)
        if isinstance(ours, BaseModel) and type(ours) is type(theirs) and "id" not in type(ours).model_fields:
            was = base if type(base) is type(ours) else None
            return self._nested(place, was, ours, theirs)
        return MISSING

    def _nested(self, place: Place, base: BaseModel | None, ours: BaseModel, theirs: BaseModel) -> Any:
        """Return it field by field; MISSING for a mark with its note, which are one judgement."""
        if isinstance(ours, CaseRating) and isinstance(theirs, CaseRating):
            same = ours.model_copy(update={"time": theirs.time}) == theirs
            return max(ours, theirs, key=lambda mark: mark.time or "") if same else MISSING
        mine, other = _values(ours), _values(theirs)
        was = _values(base) if base is not None else {}
        updates = {
            name: self.value(
                place.within(name), was.get(name, MISSING), mine.get(name, MISSING), other.get(name, MISSING)
            )
            for name in (*mine, *(name for name in other if name not in mine))
        }
        return _with(ours, updates)

    def _texts(self, place: Place, base: tuple[str, ...], ours: tuple[str, ...], theirs: tuple[str, ...]) -> Any:
        merged = merge_order(base, ours, theirs, self.kept)
        if merged.other is None:
            return merged.ids
        return self._ask_one(place, base, merged.ids, merged.other)

    def _listed(self, place: Place, base: tuple[Any, ...], ours: tuple[Any, ...], theirs: tuple[Any, ...]) -> Any:
        keyed = [_keyed(side) for side in (base, ours, theirs)]
        if any(side is None for side in keyed):
            return MISSING
        was, mine, other = (side or {} for side in keyed)
        merged, order = self._parts_by_key(place, was, mine, other)
        if order.other is None:
            return tuple(merged.values())
        sides = (tuple(merged[key] for key in ids) for ids in (order.ids, order.other))
        return self._ask_one(place, base, *sides)

    def _mapped(
        self, place: Place, base: Mapping[str, Any], ours: Mapping[str, Any], theirs: Mapping[str, Any]
    ) -> dict[str, Any]:
        """Return what is known by a key, each part merged on its own; the order of a mapping says nothing."""
        merged, order = self._parts_by_key(place, base, ours, theirs)
        return {key: merged[key] for key in order.by_rule}

    def _parts_by_key(
        self, place: Place, base: Mapping[str, Any], ours: Mapping[str, Any], theirs: Mapping[str, Any]
    ) -> tuple[dict[str, Any], MergedOrder]:
        """Return what is known by a key, each part merged on its own, and its order."""
        found: dict[str, Any] = {}
        for key in dict.fromkeys([*ours, *theirs]):
            was, mine, other = (side.get(key, MISSING) for side in (base, ours, theirs))
            if MISSING in (mine, other) and was is not MISSING:
                merged = self._gone_or_changed(place.within(key), was, mine, other)
            elif MISSING in (mine, other):
                merged = other if mine is MISSING else mine
            else:
                merged = self.value(place.within(key), was, mine, other)
            if merged is not MISSING:
                found[key] = merged
        order = merge_order(tuple(base), tuple(ours), tuple(theirs), found.keys(), allowed=found.keys())
        return {key: found[key] for key in order.ids}, order

    def _gone_or_changed(self, place: Place, base: Any, ours: Any, theirs: Any) -> Any:
        """Return a part that one side took away: gone, unless the other changed it, or what it names stays."""
        left = theirs if ours is MISSING else ours
        if any(part in self.kept for part in place.part[-1].split(_BETWEEN)):
            return left
        return MISSING if left == base else self._ask_one(place, base, ours, theirs)

    def _ask_one(self, place: Place, base: Any, ours: Any, theirs: Any) -> Any:
        return self._ask(place, (base,), (ours,), (theirs,))[0]

    def _ask(self, place: Place, base: Any, ours: tuple[Any, ...], theirs: tuple[Any, ...]) -> tuple[Any, ...]:
        was = base if base is not None else tuple(MISSING for _value in ours)
        conflict = Conflict(Sort.FIELD, place.kind, place.id, place.fields, place.part, was, ours, theirs)
        return ours if self.asked.settle(conflict) is Side.OURS else theirs


_BETWEEN = "|"


def _values(record: BaseModel) -> dict[str, Any]:
    return {**record.__dict__, **(record.model_extra or {})}


def _with(record: Any, updates: Mapping[str, Any]) -> Any:
    """Return the record with other values; keys of other programs may also go."""
    if not updates:
        return record
    copy = record.model_copy(update={name: value for name, value in updates.items() if value is not MISSING})
    for name in (name for name, value in updates.items() if value is MISSING):
        (copy.__pydantic_extra__ or {}).pop(name, None)
    return copy


def _groups(kind: str, names: list[str]) -> list[tuple[str, ...]]:
    """Return the names, those that go together as one group, which then holds also what does not differ."""
    found: dict[tuple[str, ...], None] = {}
    together = {name: group for group in _TOGETHER.get(kind, ()) for name in group}
    for name in names:
        found[together.get(name, (name,))] = None
    return list(found)


def _keyed(parts: tuple[Any, ...]) -> dict[str, Any] | None:
    """Return the parts by what they are known by; None where that is not known or stands there twice."""
    found: dict[str, Any] = {}
    for part in parts:
        names = _KEYS.get(type(part).__name__)
        if names is None:
            return None
        found[_BETWEEN.join(str(getattr(part, name)) for name in names)] = part
    return found if len(found) == len(parts) else None


def _says_something(value: Any) -> bool:
    return value is not MISSING and value not in (None, "", (), {})


def _wording(merged: Mapping[str, Any], ours: Any, theirs: Any) -> dict[str, Any]:
    """Return the count of wordings: one more than either where the words are of both, so that nobody judged them."""
    if ours.wording == theirs.wording and _words(_values(ours)) == _words(_values(theirs)):
        return {}
    said = _words(merged)
    highest = max(ours.wording, theirs.wording)
    holders = [side.wording for side in (ours, theirs) if _words(_values(side)) == said]
    wording = highest if highest in holders else highest + 1
    return {"wording": wording} if wording != ours.wording else {}


def _words(values: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(values.get(name, "") for names in WORDING_FIELDS.values() for name in names)
