"""One version of an analysis becomes another one in one step, its trail included: what merging does in the window.

A command of its own and no composite of the others: what the other people did is already in their trail, with their
names and times, and must not stand there a second time as done by whoever merges.
"""

from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

from pydantic import BaseModel

from ach_desk.commands.base import BaseCommand
from ach_desk.commands.change import AxisRef, CellRef, Change, FieldRef, RecordRef
from ach_desk.i18n import _
from ach_desk.model import COLLECTIONS, RECORD_CLASSES, Analysis, Matrix, Rating, checked
from ach_desk.model.analysis import OwnFields
from ach_desk.model.trail import entry_from_json

_APART = frozenset({"id", "hypotheses", "evidence", "sheets"})
_AXES = {"hypothesis": "hypotheses", "evidence": "evidence"}


class RecordSwap(NamedTuple):
    """A record before and after as the file holds it; None where there is none."""

    kind: str
    id: str
    old: dict[str, Any] | None
    new: dict[str, Any] | None


class ValueSwap(NamedTuple):
    """A field of the analysis (`id` "") or of a matrix before and after."""

    id: str
    field: str
    old: Any
    new: Any


class CellSwap(NamedTuple):
    """A rating before and after; None is an empty cell."""

    matrix: str
    analyst: str
    evidence: str
    hypothesis: str
    old: Rating | None
    new: Rating | None


class OrderSwap(NamedTuple):
    """An order of ids before and after: of a matrix' axis or its sheets, of the records of a kind, of the matrices."""

    matrix: str
    kind: str
    old: tuple[str, ...]
    new: tuple[str, ...]


class TakeVersion(BaseCommand):
    """Everything that differs between two versions, and the entries that the trail of the new one has more."""

    type: Literal["take_version"] = "take_version"
    values: tuple[ValueSwap, ...] = ()
    records: tuple[RecordSwap, ...] = ()
    matrices: tuple[RecordSwap, ...] = ()
    cells: tuple[CellSwap, ...] = ()
    orders: tuple[OrderSwap, ...] = ()
    entries: tuple[list[Any], ...] = ()
    places: tuple[int, ...] = ()

    @property
    def is_no_op(self) -> bool:
        """Return whether the two versions are the same."""
        return not (self.values or self.records or self.matrices or self.cells or self.orders or self.entries)

    def _run(self, analysis: Analysis, *, forward: bool) -> Change:
        if not self._fits(analysis, forward=forward):
            return Change(skipped=(_("The analysis was changed meanwhile and was left."),))
        change = self._swap_records(analysis, forward=forward)
        change += self._swap_matrices(analysis, forward=forward)
        change += self._swap_values(analysis, forward=forward)
        for swap in self.cells:
            matrix = next((one for one in analysis.matrices if one.id == swap.matrix), None)
            if matrix is not None:
                matrix.set_rating(*swap[1:4], swap.new if forward else swap.old)
        self._swap_orders(analysis, forward=forward)
        self._swap_trail(analysis, forward=forward)
        axes = tuple(AxisRef(matrix.id, kind) for matrix in analysis.matrices for kind in _AXES)
        cells = tuple(CellRef(*swap[:4]) for swap in self.cells)
        return change + Change(cells=cells, reordered=axes)

    def _fits(self, analysis: Analysis, *, forward: bool) -> bool:
        """Return whether the trail ends as it did then: whatever was changed since is an entry of it."""
        held = {entry.id for entry in analysis.trail}
        brought = [entry[0] for entry in self.entries]
        if forward:
            return held.isdisjoint(brought)
        return held.issuperset(brought)

    def _swap_records(self, analysis: Analysis, *, forward: bool) -> Change:
        added, removed, fields = [], [], []
        for kind, record_id, old, new in self.records:
            before, after = (old, new) if forward else (new, old)
            collection = getattr(analysis, COLLECTIONS[kind])
            if after is None:
                collection.pop(record_id, None)
                removed.append(RecordRef(kind, record_id))
                continue
            record = RECORD_CLASSES[COLLECTIONS[kind]].model_validate(after)
            collection[record_id] = record
            if before is None:
                added.append(RecordRef(kind, record_id))
            else:
                fields += [FieldRef(kind, record_id, name) for name in _differing(before, after)]
        return Change(fields=tuple(fields), added=tuple(added), removed=tuple(removed))

    def _swap_matrices(self, analysis: Analysis, *, forward: bool) -> Change:
        added, removed = [], []
        for _kind, matrix_id, old, new in self.matrices:
            after = new if forward else old
            analysis.matrices[:] = [matrix for matrix in analysis.matrices if matrix.id != matrix_id]
            if after is None:
                removed.append(RecordRef("matrix", matrix_id))
            else:
                analysis.matrices.append(Matrix.model_validate(after))
                added.append(RecordRef("matrix", matrix_id))
        return Change(added=tuple(added), removed=tuple(removed))

    def _swap_values(self, analysis: Analysis, *, forward: bool) -> Change:
        fields = []
        for record_id, name, old, new in self.values:
            target = next((one for one in analysis.matrices if one.id == record_id), None) if record_id else analysis
            if target is None:
                continue
            kind: type[BaseModel] = type(target)
            value = new if forward else old
            setattr(target, name, checked(kind, name, value) if name in kind.model_fields else value)
            fields.append(FieldRef("matrix" if record_id else "analysis", target.id, name))
        return Change(fields=tuple(fields))

    def _swap_orders(self, analysis: Analysis, *, forward: bool) -> None:
        matrices = {matrix.id: matrix for matrix in analysis.matrices}
        for matrix, kind, old, new in self.orders:
            order = new if forward else old
            if matrix in matrices and kind == "analyst":
                sheets = matrices[matrix].sheets
                listed = {analyst: sheets.get(analyst, {}) for analyst in order}
                sheets.clear()
                sheets.update(listed)
            elif matrix in matrices:
                getattr(matrices[matrix], _AXES[kind])[:] = order
            elif kind == "matrix":
                places = {entry: at for at, entry in enumerate(order)}
                analysis.matrices.sort(key=lambda one, at=places: at.get(one.id, len(at)))
            elif kind in COLLECTIONS:
                collection = getattr(analysis, COLLECTIONS[kind])
                listed = {entry: collection[entry] for entry in order if entry in collection}
                rest = {entry: record for entry, record in collection.items() if entry not in listed}
                collection.clear()
                collection.update({**listed, **rest})

    def _swap_trail(self, analysis: Analysis, *, forward: bool) -> None:
        if not forward:
            brought = {entry[0] for entry in self.entries}
            analysis.trail[:] = [entry for entry in analysis.trail if entry.id not in brought]
            return
        entries = [entry_from_json(entry) for entry in self.entries]
        # In rising order, because each place is the one that the entry has in the end.
        for place, entry in sorted(zip(self.places, entries, strict=True), key=lambda pair: pair[0]):
            analysis.trail.insert(place, entry)


def take_version(ours: Analysis, merged: Analysis, text: str, author: str, time: str) -> TakeVersion:
    """Return the step from `ours` to `merged`, a version of the same analysis with the same trail and more."""
    known = {entry.id for entry in ours.trail}
    brought = [(place, entry) for place, entry in enumerate(merged.trail) if entry.id not in known]
    return TakeVersion(
        text=text,
        author=author,
        time=time,
        values=tuple(_values(ours, merged)),
        records=tuple(_records(ours, merged)),
        matrices=tuple(_whole_matrices(ours, merged)),
        cells=tuple(_cells(ours, merged)),
        orders=tuple(_orders(ours, merged)),
        entries=tuple(entry.to_json() for _place, entry in brought),
        places=tuple(place for place, _entry in brought),
    )


def _records(ours: Analysis, merged: Analysis) -> Iterator[RecordSwap]:
    for kind, name in COLLECTIONS.items():
        old, new = getattr(ours, name), getattr(merged, name)
        for entry in {**old, **new}:
            before, after = old.get(entry), new.get(entry)
            if before is not after and before != after:
                yield RecordSwap(kind, entry, _dumped(before), _dumped(after))


def _dumped(record: BaseModel | None) -> dict[str, Any] | None:
    return record.model_dump(mode="json", exclude_defaults=True) if record is not None else None


def _differing(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    return [name for name in {**before, **after} if before.get(name) != after.get(name)]


def _values(ours: Analysis, merged: Analysis) -> Iterator[ValueSwap]:
    for name in OwnFields.model_fields:
        if getattr(ours, name) != getattr(merged, name):
            yield ValueSwap("", name, getattr(ours, name), getattr(merged, name))
    others = {matrix.id: matrix for matrix in merged.matrices}
    for matrix in ours.matrices:
        other = others.get(matrix.id)
        for name in Matrix.model_fields if other is not None else ():
            if name not in _APART and getattr(matrix, name) != getattr(other, name):
                yield ValueSwap(matrix.id, name, getattr(matrix, name), getattr(other, name))


def _whole_matrices(ours: Analysis, merged: Analysis) -> Iterator[RecordSwap]:
    old, new = ({matrix.id: matrix for matrix in side.matrices} for side in (ours, merged))
    for entry in {**old, **new}:
        if entry not in old or entry not in new:
            yield RecordSwap("matrix", entry, _dumped(old.get(entry)), _dumped(new.get(entry)))


def _cells(ours: Analysis, merged: Analysis) -> Iterator[CellSwap]:
    others = {matrix.id: matrix for matrix in merged.matrices}
    for matrix in ours.matrices:
        other = others.get(matrix.id)
        if other is None:
            continue
        for analyst in dict.fromkeys([*matrix.sheets, *other.sheets]):
            old_sheet, new_sheet = matrix.sheets.get(analyst, {}), other.sheets.get(analyst, {})
            for item in dict.fromkeys([*old_sheet, *new_sheet]):
                old_row, new_row = old_sheet.get(item, {}), new_sheet.get(item, {})
                if old_row == new_row:
                    continue
                for hypothesis in dict.fromkeys([*old_row, *new_row]):
                    old, new = old_row.get(hypothesis), new_row.get(hypothesis)
                    if old != new:
                        yield CellSwap(matrix.id, analyst, item, hypothesis, old, new)


def _orders(ours: Analysis, merged: Analysis) -> Iterator[OrderSwap]:
    for kind, name in COLLECTIONS.items():
        old, new = tuple(getattr(ours, name)), tuple(getattr(merged, name))
        if old != new:
            yield OrderSwap("", kind, old, new)
    sides = [tuple(matrix.id for matrix in side.matrices) for side in (ours, merged)]
    if sides[0] != sides[1]:
        yield OrderSwap("", "matrix", *sides)
    others = {matrix.id: matrix for matrix in merged.matrices}
    for matrix in ours.matrices:
        if matrix.id not in others:
            continue
        old, new = tuple(matrix.sheets), tuple(others[matrix.id].sheets)
        if old != new:
            yield OrderSwap(matrix.id, "analyst", old, new)
        for kind, name in _AXES.items():
            old, new = tuple(getattr(matrix, name)), tuple(getattr(others[matrix.id], name))
            if old != new:
                yield OrderSwap(matrix.id, kind, old, new)
