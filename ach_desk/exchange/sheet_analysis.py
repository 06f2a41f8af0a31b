"""A new analysis made from what a sheet says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from ach_desk.exchange.csv_scale import scale_of
from ach_desk.exchange.formats import Report
from ach_desk.exchange.sheet_draft import DraftHypothesis, DraftItem, SheetDraft, short
from ach_desk.i18n import _, ngettext
from ach_desk.model import (
    Analysis,
    Citation,
    EvidenceItem,
    Hypothesis,
    Numbers,
    Rating,
    Scale,
    Source,
    new_analysis,
    new_id,
    now,
)
from ach_desk.model.analysis import OwnFields
from ach_desk.model.method_settings import going_by, method_named

_LABEL = re.compile(r"(?:[EeHh][-. ]?)?0*([1-9]\d{0,8})\.?", re.ASCII)
_ID = re.compile(r"[A-Za-z0-9_.:-]{1,128}", re.ASCII)


def built(draft: SheetDraft, analyst_name: str) -> tuple[Analysis, list[str]]:
    """Return the analysis with one analyst's ratings, and sentences on the labels that had to be given anew."""
    analysis = new_analysis(analyst_name=analyst_name)
    changed: list[str] = []
    taken: set[str] = set()
    _add_hypotheses(analysis, draft.hypotheses, taken, changed)
    sources = _add_sources(analysis, draft, taken, changed)
    _add_items(analysis, draft.items, sources, taken, changed)
    matrix = analysis.matrices[0]
    sheet = matrix.sheets[next(iter(analysis.analysts))]
    matrix.hypotheses.extend(analysis.hypotheses)
    matrix.evidence.extend(analysis.evidence)
    for entry, item in zip(analysis.evidence, draft.items, strict=True):
        row = _row(item, matrix.hypotheses, changed)
        if row:
            sheet[entry] = row
    values = {value for item in draft.items for value in item.ratings if value is not None}
    matrix.scale = Scale(draft.scale) if draft.scale in set(Scale) else scale_of(values)
    if draft.method:
        matrix.method_settings = going_by(method_named(draft.method))
    _set_document(analysis, draft.document, changed)
    analysis.next_numbers = Numbers(
        hypothesis=_next(analysis.hypotheses.values()),
        evidence=_next(analysis.evidence.values()),
        source=_next(analysis.sources.values()),
    )
    return analysis, changed


def _set_document(analysis: Analysis, document: Mapping[str, Any], changed: list[str]) -> None:
    """Set what a workbook of ours says of the analysis; what somebody changed so that it cannot be is named."""
    for name, value in document.items():
        try:
            setattr(analysis, name, getattr(OwnFields.model_validate({name: value}), name))
        except ValidationError:
            text = _("What the file says of the analysis was not understood and left out: {field}: “{value}”.")
            changed.append(text.format(field=name, value=short(str(value))))


def _row(item: DraftItem, hypotheses: Sequence[str], changed: list[str]) -> dict[str, Rating]:
    if not item.further:
        return {
            entry: Rating(value) for entry, value in zip(hypotheses, item.ratings, strict=True) if value is not None
        }
    ratings = {}
    for column, (entry, value) in enumerate(zip(hypotheses, item.ratings, strict=True)):
        rating = rating_of(value, item.further.get(column, {}), item.place, changed)
        if not rating.is_empty:
            ratings[entry] = rating
    return ratings


def rating_of(value: object, further: dict[str, Any], place: str, changed: list[str]) -> Rating:
    """Return the rating of a cell with what a list of ratings says of it; what does not fit is left out and named."""
    held: dict[str, Any] = {"value": value, **further}
    try:
        return Rating.parse(held)
    except ValueError:
        lost = [name for name, said in further.items() if not _fits({"value": value, name: said})]
        changed.append(_not_understood(place, lost))
        return Rating.parse({name: said for name, said in held.items() if name not in lost})


def _fits(held: dict[str, Any]) -> bool:
    try:
        Rating.parse(held)
    except ValueError:
        return False
    return True


def _not_understood(place: str, names: Iterable[str]) -> str:
    text = _("{place}: what the file says of these was not understood and left out: {fields}.")
    return text.format(place=place, fields=", ".join(sorted(names)))


def _add_hypotheses(analysis: Analysis, drafts: Sequence[DraftHypothesis], taken: set[str], changed: list[str]) -> None:
    ids = [usable_id(draft.id, taken) for draft in drafts]
    labels = _labels([draft.label for draft in drafts], "H", [draft.place for draft in drafts], changed)
    for entry, label, draft in zip(ids, labels, drafts, strict=True):
        certain = {"id": entry, "label": label, "title": draft.title}
        analysis.hypotheses[entry] = _checked(Hypothesis, certain, draft.fields, changed)


def _add_sources(analysis: Analysis, draft: SheetDraft, taken: set[str], changed: list[str]) -> dict[str, str]:
    """Add a source per name and return name -> id; those that no item cites stand behind."""
    names = dict.fromkeys(name for item in draft.items for name in item.sources)
    names.update(dict.fromkeys(draft.sources))
    fields = [dict(draft.sources.get(name, {})) for name in names]
    labels = _labels([entry.pop("label", "") for entry in fields], "S", [], [])
    found = {}
    for name, label, further in zip(names, labels, fields, strict=True):
        entry = usable_id(further.pop("id", ""), taken)
        analysis.sources[entry] = _checked(Source, {"id": entry, "label": label, "name": name}, further, changed)
        found[name] = entry
    return found


def _add_items(
    analysis: Analysis, drafts: Sequence[DraftItem], sources: dict[str, str], taken: set[str], changed: list[str]
) -> None:
    labels = _labels([draft.label for draft in drafts], "E", [draft.place for draft in drafts], changed)
    entered = now()
    for label, draft in zip(labels, drafts, strict=True):
        entry = usable_id(draft.id, taken)
        further = dict(draft.fields)
        if draft.label and label_of(draft.label, "E") == "":
            further.setdefault("code", draft.label)
        certain = {
            "id": entry,
            "label": label,
            "title": draft.title,
            "entered": entered,
            "citations": tuple(Citation(source=sources[name]) for name in draft.sources),
        }
        analysis.evidence[entry] = _checked(EvidenceItem, certain, further, changed)


def _checked(kind: Any, certain: dict[str, Any], further: dict[str, Any], changed: list[str]) -> Any:
    """Return the record; fields that it cannot hold, which only an edited file of ours has, are left out and named."""
    try:
        return kind(**{**certain, **further})
    except ValidationError as error:
        kept = _without_bad(further, error)
        changed.append(_not_understood(certain["label"], further.keys() - kept.keys()))
        return kind(**{**certain, **kept})


def usable_fields(
    kind: type[Hypothesis] | type[EvidenceItem], fields: dict[str, Any], place: str, changed: list[str]
) -> dict[str, Any]:
    """Return those of the fields that a record of that kind can hold, as it holds them; the others are named."""
    if not fields:
        return fields
    lost: list[str] = []
    record = _checked(kind, {"id": new_id(), "label": "E1", "title": ""}, fields, lost)
    kept = {name: getattr(record, name) for name in fields if name in record.model_fields_set}
    if lost:
        changed.append(_not_understood(place, fields.keys() - kept.keys()))
    return kept


def _without_bad(fields: dict[str, Any], error: ValidationError) -> dict[str, Any]:
    bad = {str(place["loc"][0]) for place in error.errors() if place["loc"]}
    return {name: value for name, value in fields.items() if name not in bad}


def usable_id(wanted: str, taken: set[str]) -> str:
    """Return an id from a file where it can be one and is not taken yet, else a new one; it is taken from then on."""
    entry = wanted if _ID.fullmatch(wanted) and wanted not in taken else new_id()
    taken.add(entry)
    return entry


def label_of(text: str, letter: str) -> str:
    """Return the label that a cell gives ("7" and "E07" are E7); "" for one of another kind."""
    found = _LABEL.fullmatch(text.strip())
    is_other = found is not None and text.strip()[0].isalpha() and text.strip()[0].upper() != letter
    return f"{letter}{found[1]}" if found is not None and not is_other else ""


def _labels(wanted: Sequence[str], letter: str, places: Sequence[str], changed: list[str]) -> list[str]:
    """Return a label for each: the one wanted where it is one and the first of its kind, else the next free one."""
    pattern = re.compile(rf"{letter}[1-9]\d{{0,8}}")
    found = [text if pattern.fullmatch(text) else label_of(text, letter) for text in wanted]
    seen: set[str] = set()
    for place, label in enumerate(found):
        if label in seen:
            found[place] = ""
        seen.add(label)
    number = 0
    for place, label in enumerate(found):
        if label:
            continue
        number += 1
        while f"{letter}{number}" in seen:
            number += 1
        found[place] = f"{letter}{number}"
        seen.add(found[place])
        if wanted[place] and places:
            text = _("{place}: the label “{label}” became {new}.")
            changed.append(text.format(place=places[place], label=wanted[place], new=found[place]))
    return found


def _next(records: Iterable[Any]) -> int:
    return 1 + max((int(record.label[1:]) for record in records), default=0)


def report_of(draft: SheetDraft, notes: Sequence[str], changed: Sequence[str]) -> Report:
    """Return what was taken, changed and left out, in sentences with places."""
    taken = []
    if draft.hypotheses:
        count = len(draft.hypotheses)
        text = ngettext("{count} hypothesis, from {first}", "{count} hypotheses, from {first} to {last}", count)
        taken.append(text.format(count=count, first=draft.hypotheses[0].place, last=draft.hypotheses[-1].place))
    if draft.items:
        count = len(draft.items)
        text = ngettext("{count} item, from {first}", "{count} items, from {first} to {last}", count)
        taken.append(text.format(count=count, first=draft.items[0].place, last=draft.items[-1].place))
    rated = sum(1 for item in draft.items for value in item.ratings if value is not None)
    if rated:
        taken.append(ngettext("{count} rating", "{count} ratings", rated).format(count=rated))
    return Report(tuple(taken), (*notes, *draft.changed, *changed), tuple(draft.skipped))
