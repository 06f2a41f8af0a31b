"""Builders: from what the analyst means to a command with the old values in it. None of them changes anything."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from ach_desk.commands.command import (
    AXIS_KINDS,
    AddRecords,
    CellChange,
    Command,
    FieldChange,
    PlacedRecord,
    Placement,
    RemoveRecords,
    Reorder,
    SetFields,
    SetRatings,
    axis_order,
    collection_of,
    combined,
    find,
    ratings_of,
)
from ach_desk.commands.shrinking import without_items
from ach_desk.i18n import _, ngettext
from ach_desk.model import (
    Analysis,
    EvidenceItem,
    EvidenceStatus,
    Hypothesis,
    HypothesisStatus,
    Level,
    Matrix,
    Rating,
    RatingRange,
    RatingValue,
    Source,
    TrailEntry,
    new_id,
    now,
)
from ach_desk.model.labels import PREFIXES, next_labels, records_of, relabelled
from ach_desk.model.values import in_range, nearest_neutral
from ach_desk.model.wording import WORDING_FIELDS, wordings_rated

Cell = tuple[str, str]
"""(evidence id, hypothesis id)."""

TEXT_FIELDS = {
    "analysis": ("question", "description", "notice"),
    "hypothesis": ("title", "statement", "status_reason", "note"),
    "evidence": ("title", "detail", "heading", "status_reason", "suspect_reason", "note"),
    "source": (
        *("name", "grade_reason", "access", "motive", "track_record", "suspect_reason", "retracted_reason"),
        *("public_description", "note"),
    ),
    "expectation": ("text", "note"),
    "indicator": ("text", "note"),
    "conclusion": (
        *("answer", "no_judgement_reason", "source_base", "gaps", "agreement", "departure", "would_change"),
    ),
    "outcome": ("text", "grounds", "lessons"),
}
"""Fields with text in which a label such as E7 is a link."""

_NAMED_FIELDS = ("name", "note")
_NAMED_KINDS = ("scenario", "group")
"""The same of matrices, what-ifs and groups, which have no labels themselves."""


def rate(
    analysis: Analysis, matrix: Matrix, analyst: str, cells: Iterable[Cell], value: RatingValue | None
) -> SetRatings:
    """Return the command that rates the cells with `value`; None makes them unrated and keeps their rationale."""
    wanted = [(cell, value) for cell in cells]
    if value is None:
        text = ngettext("Clear {count} rating", "Clear {count} ratings", len(wanted)).format(count=len(wanted))
    elif len(wanted) == 1:
        text = _("Rate {item} under {hypothesis} {value}").format(
            item=_label(analysis, "evidence", wanted[0][0][0]),
            hypothesis=_label(analysis, "hypothesis", wanted[0][0][1]),
            value=value.value,
        )
    else:
        text = ngettext("Rate {count} cell {value}", "Rate {count} cells {value}", len(wanted))
        text = text.format(count=len(wanted), value=value.value)
    return rate_each(analysis, matrix, analyst, wanted, text)


def rate_each(
    analysis: Analysis,
    matrix: Matrix,
    analyst: str,
    wanted: Iterable[tuple[Cell, RatingValue | None]],
    text: str,
) -> SetRatings:
    """Return the command that gives each cell its own value, as pasting a block does. Unchanged cells are left out.

    A value that stands already on earlier wording, or as what is scored of a range, is confirmed by being entered
    again: a cell that is given one value is decided.
    """
    time = now()
    changes = []
    for (evidence, hypothesis), value in wanted:
        old = matrix.rating(analyst, evidence, hypothesis)
        new = _revalued(old, value, time, *_wordings(analysis, evidence, hypothesis))
        if not _says_the_same(old, new):
            changes.append(CellChange(evidence, hypothesis, old, new))
    return SetRatings(matrix=matrix.id, analyst=analyst, cells=tuple(changes), text=text, author=analyst, time=time)


def rate_range(
    analysis: Analysis, matrix: Matrix, analyst: str, cells: Iterable[Cell], around: RatingRange | None
) -> SetRatings:
    """Return the command that marks cells as undecided within `around` (None: decided, with the value they have).

    A value outside the range, or none, becomes the member that claims least (`nearest_neutral`). With None, cells
    without a range are left as they are.
    """
    time = now()
    changes = []
    for evidence, hypothesis in cells:
        old = matrix.rating(analyst, evidence, hypothesis)
        new = _ranged(old, around, time, _wordings(analysis, evidence, hypothesis))
        if not _says_the_same(old, new):
            changes.append(CellChange(evidence, hypothesis, old, new))
    text = _("Mark as decided") if around is None else _("Rate {low} to {high}").format(low=around[0], high=around[1])
    return SetRatings(matrix=matrix.id, analyst=analyst, cells=tuple(changes), text=text, author=analyst, time=time)


def confirm(analysis: Analysis, matrix: Matrix, analyst: str, cells: Iterable[Cell]) -> SetRatings:
    """Return the command that confirms ratings on the present wording, and suggestions that name one value.

    Cells with neither, and suggestions of a range, which nobody has decided yet, stay as they are.
    """
    time = now()
    changes = []
    for evidence, hypothesis in cells:
        old = matrix.rating(analyst, evidence, hypothesis)
        if old is None:
            continue
        proposed = old.suggested[0] if old.suggested and old.suggested[0] is old.suggested[1] else None
        value = old.value or proposed
        wordings = _wordings(analysis, evidence, hypothesis)
        if value is None or (old.value and (old.item_wording, old.hypothesis_wording) == wordings):
            continue
        changes.append(CellChange(evidence, hypothesis, old, _revalued(old, value, time, *wordings)))
    text = ngettext("Confirm {count} rating", "Confirm {count} ratings", len(changes)).format(count=len(changes))
    return SetRatings(matrix=matrix.id, analyst=analyst, cells=tuple(changes), text=text, author=analyst, time=time)


def suggest(matrix: Matrix, analyst: str, wanted: Iterable[tuple[Cell, RatingRange | None]], text: str) -> SetRatings:
    """Return the command that puts suggestions into unrated cells; cells that are rated are left out."""
    changes = []
    for (evidence, hypothesis), proposed in wanted:
        old = matrix.rating(analyst, evidence, hypothesis)
        if old is not None and old.value is not None:
            continue
        new = dataclasses.replace(old or Rating(None), suggested=proposed)
        new_or_none = None if new.is_empty else new
        if new_or_none != old:
            changes.append(CellChange(evidence, hypothesis, old, new_or_none))
    return SetRatings(matrix=matrix.id, analyst=analyst, cells=tuple(changes), text=text, author=analyst, time=now())


def annotate(
    matrix: Matrix,
    analyst: str,
    cells: Iterable[Cell],
    *,
    rationale: str | None = None,
    confidence: Level | str | None = "keep",
) -> SetRatings:
    """Return the command that sets the rationale (None: keep) and the confidence ("keep": keep) of cells."""
    time = now()
    changes = []
    for evidence, hypothesis in cells:
        old = matrix.rating(analyst, evidence, hypothesis)
        base = old or Rating(None)
        new = dataclasses.replace(
            base,
            rationale=base.rationale if rationale is None else rationale,
            confidence=base.confidence if confidence == "keep" else Level(confidence) if confidence else None,
        )
        new_or_none = None if new.is_empty else new
        if new_or_none != old:
            changes.append(CellChange(evidence, hypothesis, old, new_or_none))
    text = _("Edit rationale") if rationale is not None else _("Set confidence")
    return SetRatings(matrix=matrix.id, analyst=analyst, cells=tuple(changes), text=text, author=analyst, time=time)


def set_field(
    analysis: Analysis,
    kind: str,
    ids: Sequence[str],
    field: str,
    value: Any,
    text: str | None = None,
    *,
    minor: bool = False,
) -> SetFields:
    """Return the command that sets one field of records to `value`; raises ValidationError when it cannot hold it.

    Other words for a rated item or hypothesis count its wording on, unless the change is `minor`.
    """
    changes = [FieldChange(kind, entry, field, getattr(find(analysis, kind, entry), field), value) for entry in ids]
    if not minor:
        changes += [found for change in changes for found in _reworded(analysis, change)]
    changes += [found for change in changes for found in _by_hand(analysis, change)]
    if text is None:
        names = _label(analysis, kind, ids[0]) if len(ids) == 1 else ""
        text = _("Edit {name}").format(name=names) if names else _("Edit {field}").format(field=field.replace("_", " "))
    command = SetFields(changes=tuple(changes), text=text, time=now())
    return command.model_copy(update={"changes": tuple(c for c in command.changes if c.old != c.new)})


def set_fields(analysis: Analysis, kind: str, record_id: str, values: Mapping[str, Any], text: str) -> SetFields:
    """Return the command that sets several fields of one record as one step; other words count its wording on."""
    target = find(analysis, kind, record_id)
    changes = [FieldChange(kind, record_id, field, getattr(target, field), value) for field, value in values.items()]
    changes += [found for change in changes for found in _reworded(analysis, change)][:1]
    changes += [found for change in changes for found in _by_hand(analysis, change)]
    command = SetFields(changes=tuple(changes), text=text, time=now())
    return command.model_copy(update={"changes": tuple(c for c in command.changes if c.old != c.new)})


def _by_hand(analysis: Analysis, change: FieldChange) -> Iterable[FieldChange]:
    """Yield that a credibility which is set by hand is no longer the one that grades proposed."""
    is_credibility = (change.kind, change.field) == ("evidence", "credibility")
    if is_credibility and analysis.evidence[change.id].credibility_from_grades:
        yield FieldChange(change.kind, change.id, "credibility_from_grades", True, False)


def declare_minor(analysis: Analysis, kind: str, record_id: str) -> SetFields:
    """Return the command that says that the last change of words changed no meaning: no rating is marked for it."""
    record = find(analysis, kind, record_id)
    rated = [wording for wording in wordings_rated(analysis, kind, record_id) if wording < record.wording]
    change = FieldChange(kind, record_id, "wording", record.wording, max(rated, default=record.wording))
    text = _("The change of {name} was minor").format(name=record.label)
    return SetFields(changes=(change,), text=text, time=now())


def _reworded(analysis: Analysis, change: FieldChange) -> Iterable[FieldChange]:
    """Yield the change of `wording` that other words for a record bring with them: none where nobody judged these.

    The words as they were before bring the earlier number back, so that typing back to the beginning marks nothing.
    """
    if change.field not in WORDING_FIELDS.get(change.kind, ()) or not isinstance(change.new, str):
        return
    if change.old.split() == change.new.split():
        return
    record = find(analysis, change.kind, change.id)
    latest = max(wordings_rated(analysis, change.kind, change.id), default=0)
    if latest >= record.wording:
        yield FieldChange(change.kind, change.id, "wording", record.wording, latest + 1)
    elif record.wording > 1:
        words, number = _words_before(analysis.trail, change, record.wording)
        if words.split() == change.new.split():
            yield FieldChange(change.kind, change.id, "wording", record.wording, number)


def _words_before(trail: Sequence[TrailEntry], change: FieldChange, wording: int) -> tuple[str, int]:
    """Return the words of a field and the number of the wording before the present one; ("", present) if not known."""
    counted = [change.kind, change.id, "wording"]
    for place in range(len(trail) - 1, 0, -1):
        entry, before = trail[place], trail[place - 1]
        if entry.what == "set" and entry.body[:3] == counted and entry.body[4] == wording:
            if before.what == "set" and before.body[:3] == [change.kind, change.id, change.field]:
                return before.body[3], entry.body[3]
            break
    return "", wording


def add_hypotheses(
    analysis: Analysis, matrix: Matrix, fields: Sequence[Mapping[str, Any]], at: int | None = None
) -> Command:
    """Return the command that adds hypotheses (each at least a title) before column `at` (None: at the end)."""
    text = ngettext("Add hypothesis", "Add {count} hypotheses", len(fields)).format(count=len(fields))
    return _add_labelled(analysis, matrix, "hypothesis", Hypothesis, fields, at, text)


def add_items(
    analysis: Analysis, matrix: Matrix, fields: Sequence[Mapping[str, Any]], at: int | None = None
) -> Command:
    """Return the command that adds evidence items (each at least a title) before row `at` (None: at the end)."""
    time = now()
    stamped = [{"entered": time, **entry} for entry in fields]
    text = ngettext("Add evidence item", "Add {count} evidence items", len(fields)).format(count=len(fields))
    return _add_labelled(analysis, matrix, "evidence", EvidenceItem, stamped, at, text)


def add_source(analysis: Analysis, name: str, cited_by: Sequence[str] = ()) -> tuple[Command, str]:
    """Return the command that adds a source, cited by the given items, and the id of the new source."""
    command = _add_labelled(analysis, None, "source", Source, [{"name": name}], None, _("Add source"))
    (added,) = (part for part in _parts(command) if isinstance(part, AddRecords))
    source = added.records[0].record["id"]
    cite = [
        FieldChange("evidence", item, "citations", old, (*old, {"source": source}))
        for item in cited_by
        for old in [analysis.evidence[item].citations]
    ]
    return combined([command, SetFields(changes=tuple(cite))], _("Add source")), source


def set_citations(analysis: Analysis, item: str, sources: Sequence[str]) -> SetFields:
    """Return the command that makes `sources` (ids, in order) the sources of the item; kept ones keep their data."""
    present = {citation.source: citation for citation in analysis.evidence[item].citations}
    value = tuple(present.get(source, {"source": source}) for source in sources)
    text = _("Set sources of {name}").format(name=analysis.evidence[item].label)
    return set_field(analysis, "evidence", [item], "citations", value, text)


def set_aside(analysis: Analysis, items: Sequence[str], reason: str) -> SetFields:
    """Return the command that sets items aside: they stay in the matrix and are not scored."""
    return _set_status(analysis, "evidence", items, EvidenceStatus.SET_ASIDE, reason, _("Set aside {names}"))


def take_back(analysis: Analysis, items: Sequence[str]) -> SetFields:
    """Return the command that counts items again."""
    return _set_status(analysis, "evidence", items, EvidenceStatus.COUNTED, "", _("Count {names} again"))


def reject(analysis: Analysis, hypotheses: Sequence[str], reason: str) -> SetFields:
    """Return the command that rejects hypotheses: they stay, with the reason, and are not ranked."""
    return _set_status(analysis, "hypothesis", hypotheses, HypothesisStatus.REJECTED, reason, _("Reject {names}"))


def reinstate(analysis: Analysis, hypotheses: Sequence[str]) -> SetFields:
    """Return the command that makes rejected hypotheses active again."""
    return _set_status(analysis, "hypothesis", hypotheses, HypothesisStatus.ACTIVE, "", _("Reinstate {names}"))


def remove(analysis: Analysis, kind: str, ids: Sequence[str]) -> Command:
    """Return the command that deletes records with their ratings and what refers to them."""
    gone = set(ids)
    collection = collection_of(analysis, kind)
    placements, ratings = _placements(analysis, kind, gone), ratings_of(analysis, kind, gone)
    placed = tuple(
        PlacedRecord(
            record=_record_data(collection[entry]),
            index=index,
            placements=tuple(placements[entry]),
            ratings=tuple(ratings[entry]),
        )
        for index, entry in enumerate(collection)
        if entry in gone
    )
    names = ", ".join(_label(analysis, kind, entry) for entry in ids) if len(ids) <= 3 else str(len(ids))
    text = _("Delete {names}").format(names=names)
    unlink = SetFields(changes=tuple(unlinking(analysis, kind, gone)), time=now())
    grouped = without_items(analysis, gone) if kind == "evidence" else ()
    return combined([*grouped, unlink, RemoveRecords(kind=kind, records=placed, time=now())], text)


def move(matrix: Matrix, axis: str, ids: Sequence[str], to: int) -> Reorder:
    """Return the command that moves ids of an axis, in their present order, before position `to` (0 .. length)."""
    order = axis_order(matrix, axis)
    moving = set(ids)
    block = [entry for entry in order if entry in moving]
    before = [entry for entry in order[:to] if entry not in moving]
    after = [entry for entry in order[to:] if entry not in moving]
    new = before + block + after
    changed = [index for index, (left, right) in enumerate(zip(order, new, strict=True)) if left != right]
    start, stop = (changed[0], changed[-1] + 1) if changed else (0, 0)
    text = _("Move hypotheses") if axis == "hypothesis" else _("Move evidence items")
    return Reorder(
        matrix=matrix.id,
        axis=axis,
        start=start,
        old=tuple(order[start:stop]),
        new=tuple(new[start:stop]),
        text=text,
        time=now(),
    )


def renumber(analysis: Analysis, matrix: Matrix) -> SetFields:
    """Return the command that numbers hypotheses and items 1, 2 ... in matrix order, links in every text included."""
    changes: list[FieldChange] = []
    mapping: dict[str, str] = {}
    numbers = analysis.next_numbers
    for kind in AXIS_KINDS:
        records = records_of(analysis, kind)
        listed = [entry for entry in axis_order(matrix, kind) if entry in records]
        order = list(dict.fromkeys([*listed, *records]))
        for number, entry in enumerate(order, 1):
            old, new = records[entry].label, f"{PREFIXES[kind]}{number}"
            mapping[old] = new
            if old != new:
                changes.append(FieldChange(kind, entry, "label", old, new))
        numbers = numbers.model_copy(update={kind: len(order) + 1})
    if changes:
        changes += relabelled_texts(analysis, mapping.get)
        changes.append(FieldChange("analysis", analysis.id, "next_numbers", analysis.next_numbers, numbers))
    return SetFields(changes=tuple(changes), text=_("Renumber"), time=now())


def renumbered_rationales(analysis: Analysis, renumbering: SetFields) -> list[SetRatings]:
    """Return the commands that carry the links in every rationale over to the labels of `renumbering`."""
    mapping = {change.old: change.new for change in renumbering.changes if change.field == "label"}
    commands = []
    for matrix in analysis.matrices:
        for analyst, sheet in matrix.sheets.items():
            cells = tuple(
                CellChange(evidence, hypothesis, rating, _with_rationale(rating, new))
                for evidence, row in sheet.items()
                for hypothesis, rating in row.items()
                if rating.rationale and (new := relabelled(rating.rationale, mapping.get)) != rating.rationale
            )
            if cells:
                commands.append(SetRatings(matrix=matrix.id, analyst=analyst, cells=cells, time=now()))
    return commands


def renumber_everything(analysis: Analysis, matrix: Matrix) -> Command:
    """Return `renumber` and the links in rationales as one step."""
    labels = renumber(analysis, matrix)
    return combined([labels, *renumbered_rationales(analysis, labels)], _("Renumber"))


def _wordings(analysis: Analysis, evidence: str, hypothesis: str) -> tuple[int, int]:
    item, other = analysis.evidence.get(evidence), analysis.hypotheses.get(hypothesis)
    return (item.wording if item else 1), (other.wording if other else 1)


def _revalued(
    old: Rating | None, value: RatingValue | None, time: str, item_wording: int, hypothesis_wording: int
) -> Rating | None:
    base = old or Rating(None)
    if value is None:
        new = Rating(None, base.rationale, None, time, base.extra)
        return None if new.is_empty else new
    wordings = item_wording, hypothesis_wording
    return Rating(
        value,
        base.rationale,
        base.confidence,
        time,
        base.extra,
        None,
        *wordings,
        rests_on=base.rests_on,
        likelihood=base.likelihood,
    )


def _ranged(old: Rating | None, around: RatingRange | None, time: str, wordings: tuple[int, int]) -> Rating | None:
    if around is None or around[0] is around[1]:
        return _revalued(dataclasses.replace(old, range=None), old.value, time, *wordings) if old and old.range else old
    held = old.value if old is not None else None
    value = held if held is not None and in_range(held, around) else nearest_neutral(around)
    rated = _revalued(old, value, time, *wordings)
    return dataclasses.replace(rated, range=around) if rated is not None else None


def _says_the_same(old: Rating | None, new: Rating | None) -> bool:
    """Return whether two ratings differ in nothing but the moment they were entered."""
    if old is None or new is None:
        return old is new
    return old == (new if new.time == old.time else dataclasses.replace(new, time=old.time))


def _with_rationale(rating: Rating, rationale: str) -> Rating:
    return dataclasses.replace(rating, rationale=rationale)


def _add_labelled(
    analysis: Analysis,
    matrix: Matrix | None,
    kind: str,
    record_type: type[Hypothesis] | type[EvidenceItem] | type[Source],
    fields: Sequence[Mapping[str, Any]],
    at: int | None,
    text: str,
) -> Command:
    labels, numbers = next_labels(analysis, kind, len(fields))
    first = len(collection_of(analysis, kind))
    position = 0 if matrix is None else len(axis_order(matrix, kind)) if at is None else at
    placed = []
    for offset, (label, entry) in enumerate(zip(labels, fields, strict=True)):
        record = record_type.model_validate({"id": new_id(), "label": label, **entry})
        placements = () if matrix is None else (Placement(matrix.id, position + offset),)
        placed.append(PlacedRecord(record=_record_data(record), index=first + offset, placements=placements))
    count = FieldChange("analysis", analysis.id, "next_numbers", analysis.next_numbers, numbers)
    return combined([SetFields(changes=(count,)), AddRecords(kind=kind, records=tuple(placed), time=now())], text)


def _parts(command: Command) -> Sequence[Command]:
    return getattr(command, "commands", (command,))


def _record_data(record: Any) -> dict[str, Any]:
    return record.model_dump(mode="json", exclude_defaults=True)


def _set_status(analysis: Analysis, kind: str, ids: Sequence[str], status: Any, reason: str, text: str) -> SetFields:
    at_rest = status in (EvidenceStatus.COUNTED, HypothesisStatus.ACTIVE)
    day = None if at_rest else now()[:10]
    changes = []
    for entry in ids:
        record = find(analysis, kind, entry)
        if record.status == status and record.status_reason == reason:
            continue
        for field, value in (("status", status), ("status_reason", reason), ("status_date", day)):
            changes.append(FieldChange(kind, entry, field, getattr(record, field), value))
    names = ", ".join(_label(analysis, kind, entry) for entry in ids[:3]) + (" ..." if len(ids) > 3 else "")
    return SetFields(changes=tuple(changes), text=text.format(names=names), time=now())


def _placements(analysis: Analysis, kind: str, ids: set[str]) -> dict[str, list[Placement]]:
    found: dict[str, list[Placement]] = {entry: [] for entry in ids}
    for matrix in analysis.matrices if kind in AXIS_KINDS else ():
        for index, entry in enumerate(axis_order(matrix, kind)):
            if entry in ids:
                found[entry].append(Placement(matrix.id, index))
    return found


def unlinking(analysis: Analysis, kind: str, gone: set[str]) -> Iterable[FieldChange]:
    """Yield what has to change in records that stay when those of `kind` with the ids in `gone` go."""
    if kind == "hypothesis":
        for hypothesis in analysis.hypotheses.values():
            if hypothesis.id not in gone:
                yield from _unlinked_hypothesis(hypothesis, gone)
    elif kind == "source":
        for item in analysis.evidence.values():
            rest = tuple(citation for citation in item.citations if citation.source not in gone)
            if rest != item.citations:
                yield FieldChange("evidence", item.id, "citations", item.citations, rest)
    elif kind == "evidence":
        yield from _unlinked_from_items(analysis, gone)


def _unlinked_from_items(analysis: Analysis, gone: set[str]) -> Iterable[FieldChange]:
    """Yield what has to change in items that stay: the other reading of a deleted one stands alone."""
    for item in analysis.evidence.values():
        if item.id not in gone and (item.rests_on or item.twin):
            rest = tuple(entry for entry in item.rests_on if entry not in gone)
            if rest != item.rests_on:
                yield FieldChange("evidence", item.id, "rests_on", item.rests_on, rest)
            if item.twin in gone:
                yield FieldChange("evidence", item.id, "twin", item.twin, None)


def _unlinked_hypothesis(hypothesis: Hypothesis, gone: set[str]) -> Iterable[FieldChange]:
    """Yield what has to change in a hypothesis that stays: a form of a deleted one becomes a form of nothing."""
    parts = tuple(part for part in hypothesis.combines if part not in gone)
    relations = tuple(relation for relation in hypothesis.relations if relation.other not in gone)
    parent = None if hypothesis.parent in gone else hypothesis.parent
    for field, rest in (("combines", parts), ("relations", relations), ("parent", parent)):
        old = getattr(hypothesis, field)
        if old != rest:
            yield FieldChange("hypothesis", hypothesis.id, field, old, rest)


def relabelled_texts(analysis: Analysis, new_label: Callable[[str], str | None]) -> Iterable[FieldChange]:
    """Yield the change of every text with a label that `new_label` maps to another one; not of rationales."""
    targets: list[tuple[str, Any]] = [("analysis", analysis)]
    kinds = [kind for kind in TEXT_FIELDS if kind != "analysis"]
    targets += [(kind, record) for kind in kinds for record in collection_of(analysis, kind).values()]
    targets += [("matrix", matrix) for matrix in analysis.matrices]
    targets += [(kind, record) for kind in _NAMED_KINDS for record in collection_of(analysis, kind).values()]
    for kind, record in targets:
        for field in TEXT_FIELDS.get(kind, _NAMED_FIELDS):
            old = getattr(record, field)
            new = relabelled(old, new_label)
            if new != old:
                yield FieldChange(kind, record.id, field, old, new)
    for conclusion in analysis.conclusions.values():
        for field, part in (("likelihoods", "reason"), ("prompts", "note")):
            old = getattr(conclusion, field)
            new = tuple(entry.model_copy(update={part: relabelled(getattr(entry, part), new_label)}) for entry in old)
            if new != old:
                yield FieldChange("conclusion", conclusion.id, field, old, new)


def _label(analysis: Analysis, kind: str, record_id: str) -> str:
    return getattr(find(analysis, kind, record_id), "label", "")
