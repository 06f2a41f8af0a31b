"""What several analysts say beyond their ratings, taken in from a returned file: estimates, remarks, best cases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from ach_desk.commands.additions import appending
from ach_desk.commands.command import Command, FieldChange, SetFields, collection_of
from ach_desk.model import Analysis, Case, Estimate, Record

_REFERENCES = ("matrix", "evidence", "hypothesis", "analyst", "answers", "by", "resolved_by", "round")
_MAY_BE_NAMES = ("by", "resolved_by")
_OF_ESTIMATES = ("probability", "complement", "confidence", "time")


class RecordsOfFile:
    """Reads them from `theirs`. ids: id there -> id here, of all that is known; people: ids here of whose file it is.

    counted: by kind, how many are new or changed, after `commands` was run through; "left": how many are about
    something that is not here.
    """

    def __init__(self, analysis: Analysis, theirs: Analysis, ids: Mapping[str, str], people: Collection[str]) -> None:
        self._analysis, self._theirs = analysis, theirs
        self._ids = {**ids, **{entry: entry for entry in analysis.rounds}}
        self._people = people
        self.counted: Counter[str] = Counter()

    def commands(self) -> Iterator[Command]:
        """Yield the steps; each is to be done before the next is asked for."""
        yield from self._estimates()
        for kind in ("remark", "case", "retest"):
            new = list(self._new(kind))
            self.counted[kind] += len(new)
            yield appending(self._analysis, kind, _fields(new))
        yield from self._marks()

    def _estimates(self) -> Iterator[Command]:
        known = {_key(entry): entry for entry in self._analysis.estimates.values()}
        new, changes = [], list[FieldChange]()
        for record in self._theirs.estimates.values():
            estimate = self._here(record)
            self.counted["left"] += estimate is None
            if estimate is None or estimate.analyst not in self._people:
                continue
            mine = self._analysis.estimates.get(estimate.id) or known.get(_key(estimate))
            if mine is None:
                new.append(estimate)
            elif not _is_older(estimate, mine):
                changes += _changes(mine, estimate)
        self.counted["estimate"] += len(new) + len({change.id for change in changes})
        yield appending(self._analysis, "estimate", _fields(new))
        yield SetFields(changes=tuple(changes))

    def _new(self, kind: str) -> Iterator[Any]:
        """Yield the records of `kind` that are not here and are about what is here, each after what it answers."""
        ours = collection_of(self._analysis, kind)
        for record in collection_of(self._theirs, kind).values():
            if record.id in ours:
                continue
            here = self._here(record)
            self.counted["left"] += here is None
            if here is not None and (kind != "retest" or here.analyst in self._people):
                self._ids[record.id] = record.id
                yield here

    def _here(self, record: Any) -> Any:
        """Return a record with the ids that hold here; None where it is about something that is not here."""
        fields = record.model_dump(mode="json", exclude_defaults=True)
        for name in _REFERENCES:
            entry = fields.get(name)
            if not entry:
                continue
            if entry in self._ids:
                fields[name] = self._ids[entry]
            elif name in _MAY_BE_NAMES:
                continue
            elif name in ("answers", "round"):
                del fields[name]
            else:
                return None
        cells = [self._cell(cell) for cell in fields.get("cells", ())]
        if cells:
            fields["cells"] = [cell for cell in cells if cell is not None]
        return type(record).model_validate(fields)

    def _cell(self, cell: dict[str, Any]) -> dict[str, Any] | None:
        item, hypothesis = self._ids.get(cell["evidence"]), self._ids.get(cell["hypothesis"])
        return {**cell, "evidence": item, "hypothesis": hypothesis} if item and hypothesis else None

    def _marks(self) -> Iterator[Command]:
        """Yield the step that adds what these people made of the best cases that are here already."""
        changes = []
        for case in self._theirs.cases.values():
            mine = self._analysis.cases.get(case.id)
            ratings = tuple(self._marks_of(case)) if mine is not None else ()
            if mine is None or not ratings:
                continue
            by = {rating.by for rating in ratings}
            new = (*(rating for rating in mine.ratings if rating.by not in by), *ratings)
            if set(new) != set(mine.ratings):
                changes.append(FieldChange("case", mine.id, "ratings", mine.ratings, new))
                self.counted["case"] += 1
        yield SetFields(changes=tuple(changes))

    def _marks_of(self, case: Case) -> Iterator[Any]:
        for rating in case.ratings:
            by = self._ids.get(rating.by, rating.by)
            if by in self._people:
                yield rating.model_copy(update={"by": by})


def _fields(records: Iterable[Record]) -> list[dict[str, Any]]:
    return [record.model_dump(mode="json", exclude_defaults=True) for record in records]


def _key(estimate: Estimate) -> Sequence[str | None]:
    return estimate.matrix, estimate.analyst, estimate.hypothesis, estimate.round


def _is_older(estimate: Estimate, mine: Estimate) -> bool:
    return bool(estimate.time and mine.time and estimate.time < mine.time)


def _changes(mine: Estimate, new: Estimate) -> list[FieldChange]:
    """Return what another estimate changes; nothing where it says the same at another time."""
    if all(getattr(mine, name) == getattr(new, name) for name in _OF_ESTIMATES[:-1]):
        return []
    return [
        FieldChange("estimate", mine.id, name, getattr(mine, name), getattr(new, name))
        for name in _OF_ESTIMATES
        if getattr(mine, name) != getattr(new, name)
    ]
