"""The commands: frozen, Qt-free, with old and new values inside, so that each can be undone and journalled.

A command swaps values: `apply` puts the new value where the old one still stands, `revert` the old one where the new
one still stands. Where something else stands by then (a colleague's merged change), the command leaves it and says so.
"""

from collections.abc import Collection, Iterable
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, field_validator

from ach_desk.commands.base import BaseCommand
from ach_desk.commands.change import AxisRef, CellRef, Change, FieldRef, RecordRef
from ach_desk.commands.take_version import TakeVersion
from ach_desk.i18n import _
from ach_desk.model import COLLECTIONS, RECORD_CLASSES, Analysis, Matrix, Rating, checked

RECORD_TYPES: dict[str, type[BaseModel]] = {
    "analysis": Analysis,
    "matrix": Matrix,
    **{kind: RECORD_CLASSES[name] for kind, name in COLLECTIONS.items()},
}
AXIS_KINDS = ("hypothesis", "evidence")
MATRIX_AXIS = "matrix"
_CONTAINERS: dict[str, frozenset[str]] = {
    "analysis": frozenset({*RECORD_CLASSES, "matrices", "trail"}),
    "matrix": frozenset({"hypotheses", "evidence", "sheets"}),
}
"""What the other commands change: as a field, a damaged trail or journal could replace it whole."""
_NOT_LOGGED = frozenset({"next_numbers", "sheets"})
"""Sheets: what a closed round keeps of every rating; the ratings themselves are in the trail already."""
_KINDS_NOT_LOGGED = frozenset({"snapshot", "retest"})
"""Records that are a history of their own."""
MOST_ORDER_LOGGED = 40
"""So long a stretch of a new order goes into the trail with its ids; of a longer one only that there was one."""


class CellChange(NamedTuple):
    """One cell's rating before and after; None is an empty cell."""

    evidence: str
    hypothesis: str
    old: Rating | None
    new: Rating | None


class FieldChange(NamedTuple):
    """One field's value before and after."""

    kind: str
    id: str
    field: str
    old: Any
    new: Any


class Placement(NamedTuple):
    """Where a hypothesis or item stands in the order of a matrix."""

    matrix: str
    position: int


class PlacedRating(NamedTuple):
    """A rating that goes with a hypothesis or item when that is removed; `other` is the id on the other axis."""

    matrix: str
    analyst: str
    other: str
    rating: Rating


class SetRatings(BaseCommand):
    """Ratings of one analyst's sheet."""

    type: Literal["set_ratings"] = "set_ratings"
    matrix: str
    analyst: str
    cells: tuple[CellChange, ...]

    @property
    def is_no_op(self) -> bool:
        """Return whether every cell stays as it is."""
        return all(cell.old == cell.new for cell in self.cells)

    def _run(self, analysis: Analysis, *, forward: bool) -> Change:
        matrix = analysis.matrix(self.matrix)
        done, skipped, logged = [], [], []
        for evidence, hypothesis, old, new in self.cells:
            before, after = (old, new) if forward else (new, old)
            exists = evidence in analysis.evidence and hypothesis in analysis.hypotheses
            if exists and matrix.rating(self.analyst, evidence, hypothesis) == before:
                matrix.set_rating(self.analyst, evidence, hypothesis, after)
                done.append(CellRef(self.matrix, self.analyst, evidence, hypothesis))
                logged.append((evidence, hypothesis, before, after))
            else:
                labels = (_label(analysis.evidence, evidence), _label(analysis.hypotheses, hypothesis))
                text = _("The rating of {item} under {hypothesis} was changed elsewhere and was left.")
                skipped.append(text.format(item=labels[0], hypothesis=labels[1]))
        log = [("rate", [self.matrix, self.analyst, logged])] if logged else []
        return Change(cells=tuple(done), skipped=tuple(skipped), log=tuple(log))


class SetFields(BaseCommand):
    """Fields of records, of a matrix or of the analysis."""

    type: Literal["set_fields"] = "set_fields"
    changes: tuple[FieldChange, ...]

    @field_validator("changes")
    @classmethod
    def _check_values(cls, changes: tuple[FieldChange, ...]) -> tuple[FieldChange, ...]:
        for change in changes:
            if change.field == "id" or change.field in _CONTAINERS.get(change.kind, ()):
                raise ValueError(f"{change.field} is no field that can be set")
        return tuple(
            change._replace(
                old=checked(RECORD_TYPES[change.kind], change.field, change.old),
                new=checked(RECORD_TYPES[change.kind], change.field, change.new),
            )
            for change in changes
        )

    @property
    def is_no_op(self) -> bool:
        """Return whether every field keeps its value."""
        return all(change.old == change.new for change in self.changes)

    def _run(self, analysis: Analysis, *, forward: bool) -> Change:
        done, skipped, log = [], [], []
        for change in self.changes if forward else reversed(self.changes):
            before, after = (change.old, change.new) if forward else (change.new, change.old)
            target = find(analysis, change.kind, change.id)
            if target is not None and getattr(target, change.field) == before:
                _set_field(analysis, change.kind, target, change.field, after)
                done.append(FieldRef(change.kind, change.id, change.field))
                if change.field not in _NOT_LOGGED:
                    log.append(("set", [change.kind, change.id, change.field, before, after]))
            else:
                name = getattr(target, "label", change.kind)
                text = _("{name}: the field {field} was changed elsewhere and was left.")
                skipped.append(text.format(name=name, field=change.field))
        return Change(fields=tuple(done), skipped=tuple(skipped), log=tuple(log))


class PlacedRecord(BaseModel):
    """A record with everything that comes and goes with it: its place in the file, in matrices, and its ratings."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    record: dict[str, Any]
    index: int
    placements: tuple[Placement, ...] = ()
    ratings: tuple[PlacedRating, ...] = ()


class _Records(BaseCommand):
    kind: str
    records: tuple[PlacedRecord, ...]

    @property
    def is_no_op(self) -> bool:
        """Return whether there is no record to add or remove."""
        return not self.records

    def _log(self, what: str, placed: list[PlacedRecord]) -> tuple[tuple[str, list[Any]], ...]:
        return ((what, [self.kind, placed]),) if placed and self.kind not in _KINDS_NOT_LOGGED else ()

    def _record(self, placed: PlacedRecord) -> Any:
        return RECORD_TYPES[self.kind].model_validate(placed.record)

    def _insert(self, analysis: Analysis) -> Change:
        collection = collection_of(analysis, self.kind)
        pairs = [(placed, self._record(placed)) for placed in self.records]
        skipped = [_left(self.kind, record) for _placed, record in pairs if record.id in collection]
        pairs = [(placed, record) for placed, record in pairs if record.id not in collection]
        # In rising order, because each index was taken while the ones before it were still there.
        places = sorted(
            (place.matrix, place.position, record.id) for placed, record in pairs for place in placed.placements
        )
        matrices = {matrix_id: analysis.matrix(matrix_id) for matrix_id, _index, _id in places}
        _insert_records(collection, [(placed.index, record) for placed, record in pairs])
        for matrix in analysis.matrices if self.kind == "analyst" else ():
            for _placed, record in pairs:
                matrix.sheets.setdefault(record.id, {})
        for matrix_id, index, record_id in places:
            axis_order(matrices[matrix_id], self.kind).insert(index, record_id)
        for placed, record in pairs:
            for matrix_id, analyst, other, rating in placed.ratings:
                cell = (record.id, other) if self.kind == "evidence" else (other, record.id)
                if cell[0] in analysis.evidence and cell[1] in analysis.hypotheses:
                    analysis.matrix(matrix_id).set_rating(analyst, *cell, rating)
        axes = {AxisRef(matrix_id, self.kind) for matrix_id in matrices}
        added = tuple(RecordRef(self.kind, record.id) for _placed, record in pairs)
        log = self._log("add", [placed for placed, _record in pairs])
        return Change(added=added, reordered=tuple(sorted(axes)), skipped=tuple(skipped), log=log)

    def _remove(self, analysis: Analysis) -> Change:
        collection = collection_of(analysis, self.kind)
        removed, skipped, axes, logged = [], [], set(), []
        expected = {record.id: record for record in map(self._record, self.records)}
        ratings = ratings_of(analysis, self.kind, expected)
        referred = _referred_to(analysis, self.kind, expected.keys())
        for placed, record in zip(self.records, expected.values(), strict=True):
            untouched = collection.get(record.id) == record and record.id not in referred
            if not untouched or _by_cell(placed.ratings) != _by_cell(ratings[record.id]):
                skipped.append(_left(self.kind, record))
                continue
            del collection[record.id]
            removed.append(RecordRef(self.kind, record.id))
            logged.append(placed)
        gone = {ref.id for ref in removed}
        for matrix in analysis.matrices if self.kind in AXIS_KINDS else ():
            order = axis_order(matrix, self.kind)
            if not gone.isdisjoint(order):
                order[:] = [entry for entry in order if entry not in gone]
                axes.add(AxisRef(matrix.id, self.kind))
            _drop_ratings(matrix, self.kind, gone)
        for matrix in analysis.matrices if self.kind == "analyst" else ():
            for analyst in gone:
                if not matrix.sheets.get(analyst, True):  # one with ratings in it is somebody's work
                    del matrix.sheets[analyst]
        log = self._log("remove", logged)
        return Change(removed=tuple(removed), reordered=tuple(sorted(axes)), skipped=tuple(skipped), log=log)


class AddRecords(_Records):
    """New hypotheses, items, sources or analysts."""

    type: Literal["add_records"] = "add_records"

    def _run(self, analysis: Analysis, *, forward: bool) -> Change:
        if forward:
            return self._insert(analysis)
        change = self._remove(analysis)
        if self.kind == "analyst":
            _drop_empty_sheets(analysis, {ref.id for ref in change.removed})
        return change


class RemoveRecords(_Records):
    """Records deleted with their ratings; undo brings all of it back."""

    type: Literal["remove_records"] = "remove_records"

    def _run(self, analysis: Analysis, *, forward: bool) -> Change:
        return self._remove(analysis) if forward else self._insert(analysis)


class Reorder(BaseCommand):
    """A new order for a stretch of an axis: the ids from `start` on were `old` and become `new`.

    `new` may hold more ids, which enter the matrix there, or fewer. With the axis "matrix" (and no matrix named) it is
    the order of the matrices themselves.
    """

    type: Literal["reorder"] = "reorder"
    matrix: str
    axis: str
    start: int
    old: tuple[str, ...]
    new: tuple[str, ...]

    @property
    def is_no_op(self) -> bool:
        """Return whether the order stays."""
        return self.old == self.new

    def _run(self, analysis: Analysis, *, forward: bool) -> Change:
        before, after = (self.old, self.new) if forward else (self.new, self.old)
        of_matrices = self.axis == MATRIX_AXIS
        order = (
            [matrix.id for matrix in analysis.matrices]
            if of_matrices
            else axis_order(analysis.matrix(self.matrix), self.axis)
        )
        stretch = slice(self.start, self.start + len(before))
        others = {*order[: stretch.start], *order[stretch.stop :]}
        if tuple(order[stretch]) != before or not others.isdisjoint(after):
            return Change(skipped=(_("The order was changed elsewhere and was left."),))
        order[stretch] = after
        if of_matrices:
            analysis.matrices.sort(key=lambda matrix: order.index(matrix.id))
        body: list[Any] = [self.matrix, self.axis]
        if len(after) <= MOST_ORDER_LOGGED:
            body += [self.start, before, after]
        return Change(reordered=(AxisRef(self.matrix, self.axis),), log=(("order", body),))


class _Matrices(BaseCommand):
    content: dict[str, Any]
    index: int

    def _matrix(self) -> Matrix:
        return Matrix.model_validate(self.content)

    def _insert(self, analysis: Analysis) -> Change:
        matrix = self._matrix()
        if any(other.id == matrix.id for other in analysis.matrices):
            return Change(skipped=(_left("matrix", matrix),))
        analysis.matrices.insert(self.index, matrix)
        log = ("add", ["matrix", [{"record": {"id": matrix.id, "name": matrix.name}, "index": self.index}]])
        return Change(added=(RecordRef("matrix", matrix.id),), log=(log,))

    def _remove(self, analysis: Analysis) -> Change:
        matrix = self._matrix()
        place = next((at for at, other in enumerate(analysis.matrices) if other.id == matrix.id), None)
        if place is None or analysis.matrices[place] != matrix or len(analysis.matrices) == 1:
            return Change(skipped=(_left("matrix", matrix),))
        del analysis.matrices[place]
        log = ("remove", ["matrix", [{"record": self.content, "index": place}]])
        return Change(removed=(RecordRef("matrix", matrix.id),), log=(log,))


class AddMatrix(_Matrices):
    """A further matrix with all that is in it; `content` is what `Matrix.model_dump` gives."""

    type: Literal["add_matrix"] = "add_matrix"

    def _run(self, analysis: Analysis, *, forward: bool) -> Change:
        return self._insert(analysis) if forward else self._remove(analysis)


class RemoveMatrix(_Matrices):
    """A matrix deleted with its ratings; hypotheses and items stay in the analysis."""

    type: Literal["remove_matrix"] = "remove_matrix"

    def _run(self, analysis: Analysis, *, forward: bool) -> Change:
        return self._remove(analysis) if forward else self._insert(analysis)


class Composite(BaseCommand):
    """Several commands as one step."""

    type: Literal["composite"] = "composite"
    commands: "tuple[Command, ...]"

    @property
    def is_no_op(self) -> bool:
        """Return whether no part changes anything."""
        return all(command.is_no_op for command in self.commands)

    def _run(self, analysis: Analysis, *, forward: bool) -> Change:
        change = Change()
        done: list[Command] = []
        try:
            for command in self.commands if forward else reversed(self.commands):
                change += command._run(analysis, forward=forward)
                done.append(command)
        except Exception:
            # All or nothing: half a step would stand in the analysis without anybody knowing of it.
            for command in reversed(done):
                command._run(analysis, forward=not forward)
            raise
        return change


Command = Annotated[
    SetRatings | SetFields | AddRecords | RemoveRecords | Reorder | AddMatrix | RemoveMatrix | TakeVersion | Composite,
    Field(discriminator="type"),
]
Composite.model_rebuild(force=False)
_command_adapter: TypeAdapter[Command] = TypeAdapter(Command, config=ConfigDict(defer_build=True))


def command_from_json(data: object) -> Command:
    """Return the command that `to_json` wrote; raises pydantic.ValidationError for anything else."""
    return _command_adapter.validate_python(data)


def find(analysis: Analysis, kind: str, record_id: str) -> Any:
    """Return the record, matrix or analysis of that kind and id; None when there is none."""
    if kind == "analysis":
        return analysis
    if kind == "matrix":
        return next((matrix for matrix in analysis.matrices if matrix.id == record_id), None)
    return collection_of(analysis, kind).get(record_id)


def collection_of(analysis: Analysis, kind: str) -> dict[str, Any]:
    """Return the analysis' records of `kind` by id; raises KeyError for an unknown kind."""
    return getattr(analysis, COLLECTIONS[kind])


def axis_order(matrix: Matrix, kind: str) -> list[str]:
    """Return the matrix' own list of ids along the axis of `kind` ("hypothesis" or "evidence")."""
    return matrix.hypotheses if kind == "hypothesis" else matrix.evidence


def _set_field(analysis: Analysis, kind: str, target: Any, field: str, value: Any) -> None:
    if kind in ("analysis", "matrix"):
        setattr(target, field, value)
    else:
        collection_of(analysis, kind)[target.id] = target.model_copy(update={field: value})


def _insert_records(collection: dict[str, Any], additions: list[tuple[int, Any]]) -> None:
    """Put records at their places in the insertion-ordered dictionary, which is their order in the file."""
    if all(index >= len(collection) + offset for offset, (index, _record) in enumerate(additions)):
        collection.update((record.id, record) for _index, record in additions)
        return
    entries = list(collection.items())
    for index, record in additions:
        entries.insert(index, (record.id, record))
    collection.clear()
    collection.update(entries)


def ratings_of(analysis: Analysis, kind: str, ids: Iterable[str]) -> dict[str, list[PlacedRating]]:
    """Return id -> every rating that goes with it, for hypotheses or items; nothing goes with other records."""
    found: dict[str, list[PlacedRating]] = {entry: [] for entry in ids}
    for matrix in analysis.matrices if kind in AXIS_KINDS else ():
        for analyst, sheet in matrix.sheets.items():
            if kind == "evidence":
                cells = ((entry, other, rating) for entry in found for other, rating in sheet.get(entry, {}).items())
            else:
                cells = ((entry, other, row[entry]) for other, row in sheet.items() for entry in found if entry in row)
            for entry, other, rating in cells:
                found[entry].append(PlacedRating(matrix.id, analyst, other, rating))
    return found


def _by_cell(ratings: Iterable[PlacedRating]) -> dict[tuple[str, ...], Rating]:
    return {placed[:3]: placed.rating for placed in ratings}


def _referred_to(analysis: Analysis, kind: str, ids: Collection[str]) -> set[str]:
    """Return those of `ids` that a record which stays refers to: deleting them would leave it pointing at nothing."""
    found: set[str] = set()
    if kind == "hypothesis":
        for hypothesis in analysis.hypotheses.values():
            if hypothesis.id not in ids:
                found.update(hypothesis.combines, [relation.other for relation in hypothesis.relations])
                found.update([hypothesis.parent] if hypothesis.parent else [])
    elif kind == "source":
        for item in analysis.evidence.values():
            found.update(citation.source for citation in item.citations)
    elif kind == "evidence":
        for item in analysis.evidence.values():
            if item.id not in ids:
                found.update(item.rests_on, [item.twin] if item.twin else [])
        for group in analysis.groups.values():
            found.update(group.items)
    return found.intersection(ids)


def _left(kind: str, record: Any) -> str:
    return _("{name} was changed elsewhere and was left.").format(name=getattr(record, "label", kind))


def _drop_ratings(matrix: Matrix, kind: str, gone: set[str]) -> None:
    for analyst, sheet in matrix.sheets.items():
        if kind == "evidence":
            for entry in gone:
                sheet.pop(entry, None)
            continue
        for evidence, row in list(sheet.items()):
            if not gone.isdisjoint(row):
                matrix.empty_cells(analyst, evidence, gone)


def _drop_empty_sheets(analysis: Analysis, analysts: set[str]) -> None:
    """Take away the sheets that analysts who are gone had got by ratings that were taken back before."""
    for matrix in analysis.matrices:
        for entry in analysts:
            if not matrix.sheets.get(entry, True):
                del matrix.sheets[entry]


def _label(records: dict[str, Any], record_id: str) -> str:
    record = records.get(record_id)
    return record.label if record is not None else record_id


def combined(commands: Iterable[Command], text: str) -> Command:
    """Return the commands that change something as one step named `text`; a single one is returned by itself."""
    effective = tuple(command for command in commands if not command.is_no_op)
    if len(effective) == 1:
        return effective[0].model_copy(update={"text": text})
    return Composite(commands=effective, text=text)


def merged(first: Command, second: Command) -> Command | None:
    """Return one command with the effect of both, when both edit the same fields or cells; else None.

    Typing in one field is one undo step although every pause in it is a command of its own. The second has to begin
    where the first ended: what somebody else entered in between must not vanish in the middle of a step.
    """
    if isinstance(first, SetFields) and isinstance(second, SetFields):
        return _merged_fields(first, second)
    if isinstance(first, SetRatings) and isinstance(second, SetRatings):
        same_sheet = (first.matrix, first.analyst) == (second.matrix, second.analyst)
        if not same_sheet or [(*c[:2], c.new) for c in first.cells] != [(*c[:2], c.old) for c in second.cells]:
            return None
        cells = zip(first.cells, second.cells, strict=True)
        return first.model_copy(
            update={"cells": tuple(early._replace(new=late.new) for early, late in cells), "time": second.time}
        )
    return None


def _merged_fields(first: SetFields, second: SetFields) -> SetFields | None:
    """Return both as one; the second may touch fewer fields, as later keys of one typing do not count a wording on."""
    later = {change[:3]: change for change in second.changes}
    standing = {change[:3]: change.new for change in first.changes}
    if not later or any(key not in standing or standing[key] != change.old for key, change in later.items()):
        return None
    changes = tuple(
        early._replace(new=later[early[:3]].new) if early[:3] in later else early for early in first.changes
    )
    return first.model_copy(update={"changes": changes, "time": second.time})
