"""A whole analysis from elsewhere put into another one as one step: what is known is matched, what is new is added.

Into a matrix, or as further matrices beside those that are there. What is matched keeps its texts; ratings come with
their rationale; an empty cell leaves the rating that is there.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ach_desk.commands.additions import additions, appending
from ach_desk.commands.command import (
    AddMatrix,
    CellChange,
    Command,
    SetRatings,
    axis_order,
    collection_of,
    combined,
)
from ach_desk.commands.edits import TEXT_FIELDS
from ach_desk.commands.matching import Matches, matches_of
from ach_desk.commands.matrices import placing
from ach_desk.i18n import _, ngettext
from ach_desk.model import Analysis, Matrix, Rating, new_id, now
from ach_desk.model.labels import next_labels, relabelled
from ach_desk.model.marking import covers, parse
from ach_desk.scoring.table import headings, shown_records

_LABELLED = ("source", "hypothesis", "evidence")
_FURTHER = ("group", "expectation", "indicator", "conclusion", "outcome", "challenge", "scenario")
"""Kinds that come after matrices and items, which they refer to."""


_REFERENCES = frozenset(
    {"source", "combines", "parent", "other", "twin", "rests_on", "items", "hypothesis", "hypotheses", "evidence"}
    | {"record", "item", "matrix", "left_out", "distrusted", "assumptions_false", "true", "by"}
)
_KEYED_BY_ID = frozenset({"joint", "priors"})


@dataclass(frozen=True)
class Merged:
    """The one step, and in sentences what it does and what it leaves out.

    matrices: ids of the matrices that are added. hypotheses, items: ids of what is added.
    """

    command: Command
    taken: tuple[str, ...]
    changed: tuple[str, ...]
    skipped: tuple[str, ...]
    matrices: tuple[str, ...]
    hypotheses: tuple[str, ...]
    items: tuple[str, ...]


def merge(analysis: Analysis, incoming: Analysis, into: Matrix | None, analyst: str) -> Merged:
    """Return the step that takes `incoming` in: into the matrix `into`, or with None as further matrices.

    `analyst` (an id): whose ratings those of the only analyst of the file become, unless that one is known by name.
    Raises ValueError for what only goes beside the matrices that are there (see `goes_into_a_matrix`).
    """
    if into is not None and not goes_into_a_matrix(incoming):
        raise ValueError("an analysis with several matrices or analysts goes beside the matrices that are there")
    return _Merge(analysis, incoming, into, analyst).merged()


def goes_into_a_matrix(incoming: Analysis) -> bool:
    """Return whether an analysis may be put into a matrix: it has one at most, rated by one analyst at most.

    Several people's ratings stay apart, each in a sheet of their own.
    """
    sheets = [sheet for matrix in incoming.matrices for sheet in matrix.sheets.values() if sheet]
    return len(incoming.matrices) <= 1 and len(sheets) <= 1


class _Merge:
    def __init__(self, analysis: Analysis, incoming: Analysis, into: Matrix | None, analyst: str) -> None:
        self._analysis, self._incoming, self._into = analysis, incoming, into
        self._matches: Matches = matches_of(analysis, incoming, into, analyst)
        self._ids: dict[str, str] = dict(self._matches.ids)
        self._time = now()
        self._changed: list[str] = list(self._matches.changed)
        self._skipped: list[str] = list(self._matches.kept)
        self._entered = self._rerated = 0
        self._must_mark = _must_mark(analysis.marking, incoming.marking)
        self._matrices: list[Matrix] = []
        for kind, records in self._matches.new.items():
            for record in records:
                self._ids[record.id] = self._free(kind, record.id)
        for matrix in incoming.matrices:
            self._ids[matrix.id] = into.id if into is not None else self._free("matrix", matrix.id)
        self._labels = dict(self._new_labels())

    def merged(self) -> Merged:
        """Return the step with its report."""
        added = additions(
            self._analysis, self._into, {kind: list(map(self._fields, self._new(kind))) for kind in _LABELLED}
        )
        parts = [*self._analysts(), *added.commands, *self._placed(), *self._ratings_or_matrices(), *self._further()]
        self._report_of_file()
        text = _("Import {count} items").format(count=len(self._incoming.evidence))
        return Merged(
            combined(parts, text),
            tuple(self._taken()),
            tuple(self._changed),
            tuple(dict.fromkeys(self._skipped)),
            tuple(matrix.id for matrix in self._matrices),
            added.ids["hypothesis"],
            added.ids["evidence"],
        )

    def _new(self, kind: str) -> Sequence[Any]:
        return self._matches.new.get(kind, ())

    def _free(self, kind: str, record_id: str) -> str:
        """Return the id that a new record keeps, so that the same file is known again; another one if it is taken."""
        taken = (
            any(matrix.id == record_id for matrix in self._analysis.matrices)
            if kind == "matrix"
            else record_id in collection_of(self._analysis, kind)
        )
        return new_id() if taken else record_id

    def _new_labels(self) -> Iterator[tuple[str, str]]:
        """Yield which label of the file is which one here, for the labels that stand in texts."""
        for kind in _LABELLED:
            labels, _numbers = next_labels(self._analysis, kind, len(self._new(kind)))
            yield from zip((record.label for record in self._new(kind)), labels, strict=True)
            mine = collection_of(self._analysis, kind)
            for record in collection_of(self._incoming, kind).values():
                known = self._matches.ids.get(record.id)
                if known is not None:
                    yield record.label, mine[known].label

    def _fields(self, record: Any) -> dict[str, Any]:
        """Return the fields of a new record, with the ids and labels that hold here."""
        kind = next(kind for kind in _LABELLED if record.id in collection_of(self._incoming, kind))
        fields = self._translated(record, kind)
        if kind == "evidence":
            fields["entered"] = fields.get("entered") or self._time
            if not record.marking and self._must_mark:
                fields["marking"] = self._incoming.marking
        return fields

    def _translated(self, record: Any, kind: str) -> dict[str, Any]:
        fields = self._with_ids(record.model_dump(mode="json", exclude_defaults=True))
        fields["id"] = self._ids.get(record.id, record.id)
        for name in TEXT_FIELDS.get(kind, ()):
            if fields.get(name):
                fields[name] = relabelled(fields[name], self._labels.get)
        return fields

    def _with_ids(self, held: Any, name: str = "") -> Any:
        """Return what stands under `name` with the ids that hold here, where records are referred to."""
        if isinstance(held, dict):
            keys = self._ids if name in _KEYED_BY_ID else {}
            return {keys.get(key, key): self._with_ids(value, key) for key, value in held.items()}
        if isinstance(held, list):
            return [self._with_ids(value, name) for value in held]
        return self._ids.get(held, held) if name in _REFERENCES and isinstance(held, str) else held

    def _analysts(self) -> Iterator[Command]:
        new = self._new("analyst")
        if new:
            yield appending(self._analysis, "analyst", [self._translated(entry, "analyst") for entry in new])

    def _placed(self) -> Iterator[Command]:
        """Yield the steps that take what is known, and stands in another matrix, into this one."""
        if self._into is None:
            return
        for kind in ("hypothesis", "evidence"):
            order = axis_order(self._into, kind)
            held = set(order)
            ids = (self._matches.ids.get(entry) for entry in collection_of(self._incoming, kind))
            missing = [entry for entry in dict.fromkeys(ids) if entry is not None and entry not in held]
            yield from placing(self._into, kind, missing, len(order) + len(self._new(kind)))

    def _ratings_or_matrices(self) -> Iterator[Command]:
        for number, matrix in enumerate(self._incoming.matrices):
            if self._into is None:
                self._matrices.append(self._matrix(matrix))
                content = self._matrices[-1].model_dump(mode="json")
                yield AddMatrix(content=content, index=len(self._analysis.matrices) + number, time=self._time)
            else:
                yield from self._ratings(matrix, self._into)

    def _matrix(self, matrix: Matrix) -> Matrix:
        """Return a matrix of the file as one of this analysis; its ratings count as made on the present wordings."""
        copy = Matrix.model_validate(self._translated(matrix, "matrix"))
        copy.sheets = {}
        for analyst, sheet in matrix.sheets.items():
            copy.sheets[self._ids.get(analyst, analyst)] = {
                self._ids.get(item, item): {
                    self._ids.get(hypothesis, hypothesis): self._rating(rating, item, hypothesis)
                    for hypothesis, rating in row.items()
                }
                for item, row in sheet.items()
            }
            self._entered += sum(rating.value is not None for row in sheet.values() for rating in row.values())
        return copy

    def _rating(self, rating: Rating, item: str, hypothesis: str) -> Rating:
        """Return a rating of the file as one of this analysis: ids and labels that hold here, on present wordings."""
        mine = self._analysis.evidence.get(self._ids[item]) or self._incoming.evidence[item]
        other = self._analysis.hypotheses.get(self._ids[hypothesis]) or self._incoming.hypotheses[hypothesis]
        known = self._matches.ids
        return dataclasses.replace(
            rating,
            time=rating.time or self._time,
            rationale=relabelled(rating.rationale, self._labels.get),
            rests_on=tuple(self._ids.get(entry, entry) for entry in rating.rests_on),
            item_wording=mine.wording if item in known else rating.item_wording,
            hypothesis_wording=other.wording if hypothesis in known else rating.hypothesis_wording,
        )

    def _ratings(self, matrix: Matrix, into: Matrix) -> Iterator[Command]:
        over = headings(shown_records(self._analysis, into)[1])
        for analyst, sheet in matrix.sheets.items():
            mine = self._ids.get(analyst, analyst)
            changes = []
            for item, row in sheet.items():
                for hypothesis, rating in row.items():
                    cell = self._ids[item], self._ids[hypothesis]
                    if cell[1] in over:
                        text = _("{name} is a heading over others and is not rated; its ratings were left out.")
                        self._skipped.append(text.format(name=self._label("hypothesis", cell[1])))
                        continue
                    change = self._change(into.rating(mine, *cell), self._rating(rating, item, hypothesis), *cell)
                    changes += [change] if change is not None else []
            yield SetRatings(matrix=into.id, analyst=mine, cells=tuple(changes), author=mine, time=self._time)

    def _change(self, old: Rating | None, new: Rating, item: str, hypothesis: str) -> CellChange | None:
        """Return what becomes of a cell; None where the file says nothing that the cell does not say."""
        if old is not None and new.value is None and not (new.rationale and not old.rationale):
            return None
        if old is not None and new.value is None:
            new = dataclasses.replace(old, rationale=new.rationale)
        elif old is not None:
            new = dataclasses.replace(new, rationale=new.rationale or old.rationale)
            if dataclasses.replace(new, time=old.time) == old:
                return None
        if old is None or old.value is None:
            self._entered += new.value is not None
        elif old.value is not new.value and new.value is not None:
            self._rerated += 1
            text = _("{item} under {hypothesis}: {old} became {new}.")
            labels = self._label("evidence", item), self._label("hypothesis", hypothesis)
            self._changed.append(text.format(item=labels[0], hypothesis=labels[1], old=old.value, new=new.value))
        return CellChange(item, hypothesis, old, new)

    def _label(self, kind: str, record_id: str) -> str:
        return collection_of(self._analysis, kind)[record_id].label

    def _further(self) -> Iterator[Command]:
        """Yield the steps that add groups, conclusions and the like, where what they are about came along."""
        for kind in _FURTHER:
            mine = collection_of(self._analysis, kind)
            new = []
            for record in collection_of(self._incoming, kind).values():
                bound_to_matrix = getattr(record, "matrix", None) is not None
                if record.id in mine or (bound_to_matrix and self._into is not None):
                    continue
                new.append(self._translated(record, kind))
            left = len(collection_of(self._incoming, kind)) - len(new)
            if left:
                text = ngettext(
                    "{count} record there already, or of a whole matrix: {kind}.",
                    "{count} records there already, or of a whole matrix: {kind}.",
                    left,
                )
                self._skipped.append(text.format(count=left, kind=kind))
            if new:
                yield appending(self._analysis, kind, new)

    def _report_of_file(self) -> None:
        mine, theirs = self._analysis, self._incoming
        for name, words in (
            ("question", _("The question there: “{text}”.")),
            ("description", _("The description there: “{text}”.")),
        ):
            text = getattr(theirs, name)
            if text and text != getattr(mine, name):
                self._skipped.append(words.format(text=text if len(text) < 200 else text[:199] + "…"))
        if self._must_mark:
            text = _(
                "The file is marked {marking}, which the marking of this analysis does not cover; "
                "its new items carry it."
            )
            self._changed.append(text.format(marking=theirs.marking))

    def _taken(self) -> Iterator[str]:
        for count, text in (
            (len(self._matrices), ngettext("{count} new matrix", "{count} new matrices", len(self._matrices))),
            (
                len(self._new("hypothesis")),
                ngettext("{count} new hypothesis", "{count} new hypotheses", len(self._new("hypothesis"))),
            ),
            (len(self._new("evidence")), ngettext("{count} new item", "{count} new items", len(self._new("evidence")))),
            (len(self._new("source")), ngettext("{count} new source", "{count} new sources", len(self._new("source")))),
            (self._entered, ngettext("{count} cell rated", "{count} cells rated", self._entered)),
            (self._rerated, ngettext("{count} rating changed", "{count} ratings changed", self._rerated)),
        ):
            if count:
                yield text.format(count=count)


def _must_mark(mine: str, theirs: str) -> bool:
    """Return whether new items have to carry the marking of the file: unless ours covers it, or it is the lowest."""
    if not theirs or covers(mine, theirs) is True:
        return False
    marking = parse(theirs)
    return bool(mine) or marking.ladder is None or marking.level > 0 or bool(marking.caveats)
