"""Builders for sources: how an item cites them, retracting, merging, and the credibility that grades propose."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ach_desk.commands import edits
from ach_desk.commands.command import Command, Composite, FieldChange, RemoveRecords, SetFields, combined
from ach_desk.i18n import _, ngettext
from ach_desk.model import Analysis, Citation, EvidenceItem, EvidenceStatus, GradingScheme, Source, now
from ach_desk.model.citing import citing, rests_alone_on
from ach_desk.model.grade_words import scheme_word
from ach_desk.scoring.credibility import grading_of, proposed_level

_FILLED = (
    *("kind", "link", "date", "reliability", "evaluation", "grade_reason", "access", "motive", "track_record", "note"),
    "public_description",
)
"""What a merged source takes over from the others where it has nothing itself."""
_MARKED = ("suspect", "withheld")


def set_citation(analysis: Analysis, item: str, source: str, **values: Any) -> SetFields:
    """Return the command that sets fields of an item's citation of a source; ValueError when they cannot be held."""
    record = analysis.evidence[item]
    changed = tuple(
        Citation.model_validate({**citation.model_dump(), **values}) if citation.source == source else citation
        for citation in record.citations
    )
    text = _("Edit how {item} cites {source}").format(item=record.label, source=analysis.sources[source].label)
    return edits.set_field(analysis, "evidence", [item], "citations", changed, text)


def set_scheme(analysis: Analysis, scheme: GradingScheme) -> SetFields:
    """Return the command that grades by another scheme; the grades of the other one are kept."""
    text = _("Grade by: {scheme}").format(scheme=scheme_word(scheme))
    return edits.set_field(analysis, "analysis", [analysis.id], "grading", scheme, text)


def retract(analysis: Analysis, source: str, reason: str) -> SetFields:
    """Return the step that takes back what a source said.

    Its citations are marked; counted items that nothing else bears out are set aside, the others go on counting. The
    reason stays with the source: an item that is printed must not tell it of one that is withheld.
    """
    record = analysis.sources[source]
    alone = [
        item.id
        for item, _citation in citing(analysis.evidence.values(), source)
        if item.is_counted and rests_alone_on(item, (source,), analysis.sources)
    ]
    aside = edits.set_aside(
        analysis, alone, _("Rests on {source} alone, which was retracted.").format(source=record.label)
    )
    values = {"retracted": True, "retracted_reason": reason, "retracted_date": now()[:10]}
    text = _("Retract {source}").format(source=record.label)
    changes = (*_fields(record, values), *_marked(analysis, source, None, on=True), *aside.changes)
    return SetFields(changes=changes, text=text, time=now())


def unretract(analysis: Analysis, source: str) -> SetFields:
    """Return the step that believes a source again: what retracting it marked and set aside is as before.

    Where the trail does not tell what that was, all its citations are unmarked and nothing is counted again.
    """
    record = analysis.sources[source]
    act = _last_retraction(analysis, source)
    counted = [item for item, reason in act.aside.items() if _is_aside(analysis.evidence.get(item), reason)]
    values = {"retracted": False, "retracted_reason": "", "retracted_date": None}
    text = _("Believe {source} again").format(source=record.label)
    back = edits.take_back(analysis, counted).changes
    changes = (*_fields(record, values), *_marked(analysis, source, act.marked, on=False), *back)
    return SetFields(changes=changes, text=text, time=now())


def merge(analysis: Analysis, kept: str, others: Sequence[str]) -> Command:
    """Return the step that makes several sources one: what cites `others` cites `kept`, and they are deleted.

    An item that cites both keeps its citation of `kept`. Fields that `kept` has empty are filled from the others.
    """
    gone = [analysis.sources[entry] for entry in others if entry != kept and entry in analysis.sources]
    ids = {source.id for source in gone}
    changes = [
        *_fields(analysis.sources[kept], _filled(analysis.sources[kept], gone)),
        *_pointed_to(analysis, kept, ids),
    ]
    removal = edits.remove(analysis, "source", [source.id for source in gone])
    parts = removal.commands if isinstance(removal, Composite) else (removal,)
    labels = ", ".join(source.label for source in gone)
    text = _("Merge {others} into {source}").format(others=labels, source=analysis.sources[kept].label)
    removals = [part for part in parts if isinstance(part, RemoveRecords)]
    return combined([SetFields(changes=tuple(changes), time=now()), *removals], text)


def take_proposals(analysis: Analysis, items: Iterable[str]) -> SetFields:
    """Return the step that gives items the credibility that their grades propose. Grades stay as they are.

    Items for which they propose nothing are left; but where the credibility came from grades, it is then not set.
    """
    grading = grading_of(analysis)
    changes: list[FieldChange] = []
    touched = 0
    for entry in items:
        item = analysis.evidence[entry]
        level = proposed_level(item, grading)
        if level is None and not item.credibility_from_grades:
            continue
        values = {"credibility": level, "credibility_from_grades": level is not None}
        found = list(_fields(item, values))
        changes += found
        touched += bool(found)
    text = ngettext(
        "Take the proposed credibility of {count} item", "Take the proposed credibility of {count} items", touched
    )
    return SetFields(changes=tuple(changes), text=text.format(count=touched), time=now())


@dataclass(frozen=True)
class _Retraction:
    """What retracting a source did: items whose citation it marked (None: not known), and item -> reason set aside."""

    marked: frozenset[str] | None
    aside: Mapping[str, str]


def _last_retraction(analysis: Analysis, source: str) -> _Retraction:
    """Return what the last retraction did, as the trail tells it: its entries stand together and have one time."""
    act = ["source", source, "retracted", False, True]
    trail = analysis.trail
    place = next((at for at in range(len(trail) - 1, -1, -1) if _is(trail[at].what, trail[at].body, act)), None)
    if place is None:
        return _Retraction(None, {})
    marked: set[str] = set()
    aside: dict[str, str] = {}
    for entry in trail[place:]:
        if entry.time != trail[place].time or entry.what != "set":
            break
        kind, record, field, before, after = entry.body
        if (kind, field) == ("evidence", "citations") and _retracts(source, before, after):
            marked.add(record)
        elif (kind, field) == ("evidence", "status_reason"):
            aside.setdefault(record, after)  # what is edited within the same second comes behind
    return _Retraction(frozenset(marked), aside)


def _retracts(source: str, before: list[Any], after: list[Any]) -> bool:
    """Return whether a change of citations, as the trail holds them, marked those of the source."""
    was, now_is = (
        [entry.get("retracted", False) for entry in cited if entry.get("source") == source] for cited in (before, after)
    )
    return not all(was) and all(now_is)


def _is(what: str, body: list[Any], wanted: list[Any]) -> bool:
    return what == "set" and body == wanted


def _is_aside(item: EvidenceItem | None, reason: str) -> bool:
    return item is not None and item.status is EvidenceStatus.SET_ASIDE and item.status_reason == reason


def _marked(analysis: Analysis, source: str, items: frozenset[str] | None, *, on: bool) -> Iterator[FieldChange]:
    """Yield what marks an item's citations of a source as retracted, or no longer, in `items` (None: in all)."""
    for item, _citation in citing(analysis.evidence.values(), source):
        if items is None or item.id in items:
            changed = tuple(
                citation.model_copy(update={"retracted": on}) if citation.source == source else citation
                for citation in item.citations
            )
            yield from _fields(item, {"citations": changed})


def _fields(record: Any, values: Mapping[str, Any]) -> Iterator[FieldChange]:
    """Yield the changes of those fields of a source or item that get another value."""
    kind = "source" if isinstance(record, Source) else "evidence"
    for field, value in values.items():
        old = getattr(record, field)
        if old != value:
            yield FieldChange(kind, record.id, field, old, value)


def _filled(kept: Source, others: Sequence[Source]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for field in _FILLED:
        found = next((value for other in others if (value := getattr(other, field))), None)
        if found and not getattr(kept, field):
            values[field] = found
    # A mark of caution is never lost in a merge.
    values |= {mark: True for mark in _MARKED if any(getattr(other, mark) for other in others)}
    return values


def _pointed_to(analysis: Analysis, kept: str, gone: set[str]) -> Iterator[FieldChange]:
    """Yield the changes after which items and what-ifs name `kept` where they named one of `gone`."""
    for item in analysis.evidence.values():
        if any(citation.source in gone for citation in item.citations):
            own = {citation.source for citation in item.citations}
            found: dict[str, Citation] = {}
            for citation in item.citations:
                if citation.source in gone:
                    if kept not in own:
                        found.setdefault(kept, citation.model_copy(update={"source": kept}))
                else:
                    found.setdefault(citation.source, citation)
            yield FieldChange("evidence", item.id, "citations", item.citations, tuple(found.values()))
    for scenario in analysis.scenarios.values():
        if not gone.isdisjoint(scenario.distrusted):
            named = tuple(dict.fromkeys(kept if entry in gone else entry for entry in scenario.distrusted))
            yield FieldChange("scenario", scenario.id, "distrusted", scenario.distrusted, named)
