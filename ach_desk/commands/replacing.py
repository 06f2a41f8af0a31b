"""Find a text in everything an analyst writes, and put another one in its place. Labels and ids are never touched."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from ach_desk.commands import conclusions
from ach_desk.commands.command import CellChange, Command, SetFields, SetRatings, collection_of, combined
from ach_desk.commands.edits import TEXT_FIELDS, set_fields
from ach_desk.i18n import _, ngettext
from ach_desk.model import Analysis, Matrix, now
from ach_desk.model.change_words import field_word

RATIONALE = "rationale"
_NEVER_BLANK = {"title", "name"}
_NEVER_BLANK_TEXT = {"expectation", "indicator"}


class TextPlace(NamedTuple):
    """A text: a field of a record or of the analysis; kind "cell" is the reason of a cell, its ids in `id`."""

    kind: str
    id: str | tuple[str, str]
    field: str


@dataclass(frozen=True)
class Hit:
    """What was looked for, from `start` to `end` of the text at `place`."""

    place: TextPlace
    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Wanted:
    """What to look for."""

    text: str
    match_case: bool = False
    whole_words: bool = False

    def pattern(self) -> re.Pattern[str] | None:
        """Return the pattern that finds it; None for an empty text, which is nowhere."""
        if not self.text:
            return None
        found = re.escape(self.text)
        if self.whole_words:
            found = rf"(?<!\w){found}(?!\w)"
        return re.compile(found, 0 if self.match_case else re.IGNORECASE)


@dataclass(frozen=True)
class Replacing:
    """The one step, how many places it changes, and how many stay because nothing would be left of a title."""

    command: Command
    replaced: int
    kept: int


def hits(analysis: Analysis, matrix: Matrix, analyst: str, wanted: Wanted) -> list[Hit]:
    """Return every place in reading order: analysis, hypotheses, items with the reasons of their rows, the rest."""
    pattern = wanted.pattern()
    if pattern is None:
        return []
    return [
        Hit(place, text, match.start(), match.end())
        for place, text in texts(analysis, matrix, analyst)
        if text
        for match in pattern.finditer(text)
    ]


def texts(analysis: Analysis, matrix: Matrix, analyst: str) -> Iterator[tuple[TextPlace, str]]:
    """Yield every text with its place, in reading order; the reasons are those of `analyst` in `matrix`."""
    yield from _of("analysis", analysis)
    for entry in _in_order(matrix.hypotheses, analysis.hypotheses):
        yield from _of("hypothesis", analysis.hypotheses[entry])
    sheet = matrix.sheets.get(analyst, {})
    columns = [entry for entry in dict.fromkeys(matrix.hypotheses) if entry in analysis.hypotheses]
    for entry in _in_order(matrix.evidence, analysis.evidence):
        yield from _of("evidence", analysis.evidence[entry])
        row = sheet.get(entry)
        for column in columns if row else ():
            rating = row.get(column) if row else None
            if rating is not None and rating.rationale:
                yield TextPlace("cell", (entry, column), RATIONALE), rating.rationale
    for kind in ("source", "expectation", "indicator"):
        for record in collection_of(analysis, kind).values():
            yield from _of(kind, record)
    for conclusion in analysis.conclusions.values():
        yield from _of("conclusion", conclusion)
        for place, text in conclusions.nested_texts(conclusion):
            yield TextPlace("conclusion", conclusion.id, place), text
    for outcome in analysis.outcomes.values():
        yield from _of("outcome", outcome)


def _of(kind: str, record: Any) -> Iterator[tuple[TextPlace, str]]:
    for name in TEXT_FIELDS[kind]:
        yield TextPlace(kind, record.id, name), getattr(record, name)


def _in_order(order: Sequence[str], records: Mapping[str, Any]) -> Iterable[str]:
    """Return the ids in matrix order, then the records that stand in no matrix."""
    return dict.fromkeys([*(entry for entry in order if entry in records), *records])


def replace_hits(analysis: Analysis, matrix: Matrix, analyst: str, found: Sequence[Hit], by: str) -> Replacing:
    """Return the step that puts `by` in the place of hits, which are in the order that `hits` gave."""
    by_place: dict[TextPlace, list[Hit]] = {}
    for hit in found:
        by_place.setdefault(hit.place, []).append(hit)
    records: dict[tuple[str, str], dict[str, Any]] = {}
    cells: list[CellChange] = []
    kept = 0
    for place, there in by_place.items():
        text = _replaced(there, by)
        if _needs_words(place) and not text.strip():
            kept += len(there)
        elif isinstance(place.id, tuple):
            rating = matrix.rating(analyst, *place.id)
            if rating is not None:
                new = replace(rating, rationale=text)
                cells.append(CellChange(*place.id, rating, None if new.is_empty else new))
        else:
            fields_of = records.setdefault((place.kind, place.id), {})
            field, value = _value(analysis, place, fields_of, text)
            fields_of[field] = value
    count = len(found) - kept
    time = now()
    # Record by record, because other words for one count its wording on.
    fields = [
        change
        for (kind, record_id), values in records.items()
        for change in set_fields(analysis, kind, record_id, values, "").changes
    ]
    parts: list[Command] = [SetFields(changes=tuple(fields), time=time)] if fields else []
    if cells:
        parts.append(SetRatings(matrix=matrix.id, analyst=analyst, cells=tuple(cells), author=analyst, time=time))
    text = ngettext("Replace {count} place", "Replace {count} places", count).format(count=count)
    return Replacing(combined(parts, text), count, kept)


def _needs_words(place: TextPlace) -> bool:
    return place.field in _NEVER_BLANK or (place.field == "text" and place.kind in _NEVER_BLANK_TEXT)


def _value(analysis: Analysis, place: TextPlace, values: Mapping[str, Any], text: str) -> tuple[str, Any]:
    """Return (field, value) for a text; one inside a conclusion takes those replaced before it along."""
    if place.kind != "conclusion" or "/" not in place.field:
        return place.field, text
    conclusion = analysis.conclusions[str(place.id)]
    return conclusions.with_text(conclusion.model_copy(update=dict(values)), place.field, text)


def _replaced(there: Sequence[Hit], by: str) -> str:
    parts, end = [], 0
    for hit in there:
        parts += [hit.text[end : hit.start], by]
        end = hit.end
    return "".join(parts) + there[0].text[end:]


def field_name(place: TextPlace) -> str:
    """Return in a word what kind of text stands there."""
    words = {
        "status_reason": _("reason"),
        RATIONALE: _("reason for the rating"),
        conclusions.REASON: _("reason"),
        conclusions.PROMPT: _("questions against oneself"),
    }
    field = place.field.partition("/")[0]
    return words.get(field) or field_word(field)
