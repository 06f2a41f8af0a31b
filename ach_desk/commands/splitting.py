"""Splitting and merging items and hypotheses: the originals stay, their ratings go on as suggestions to confirm."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from ach_desk.commands import edits
from ach_desk.commands.command import (
    AddRecords,
    Command,
    FieldChange,
    PlacedRating,
    PlacedRecord,
    Placement,
    SetFields,
    axis_order,
    collection_of,
    combined,
    ratings_of,
)
from ach_desk.i18n import _, join_words
from ach_desk.model import Analysis, EvidenceItem, Hypothesis, Rating, RatingRange, RatingValue, new_id, now
from ach_desk.model.labels import next_labels
from ach_desk.model.marking import side_by_side
from ach_desk.model.values import range_of

_DATE = ("event_date", "event_end", "event_words")
_OF_ITEM = (
    *("kind", *_DATE, "learned_date", "credibility", "relevance", "citations", "heading", "tags"),
    *("code", "marking", "handling"),
)
"""What the parts of an item take over from it."""


class Reshaped(NamedTuple):
    """The command and the ids of the records that it adds."""

    command: Command
    added: tuple[str, ...]


class Addition(NamedTuple):
    """A new record before it has an id and a label, with the suggestions for its cells."""

    fields: dict[str, Any]
    suggestions: Sequence[PlacedRating] = ()


def split_item(analysis: Analysis, item: str, titles: Sequence[str]) -> Reshaped:
    """Return the command that sets an item aside and puts one new item per title right below it, in every matrix.

    Each takes over kind, dates, grades, sources, heading, tags, code and marking, and the ratings as suggestions.
    """
    original = analysis.evidence[item]
    shared = {name: getattr(original, name) for name in _OF_ITEM}
    suggestions = _suggestions(analysis, "evidence", [item])
    additions = [Addition({**shared, "entered": now(), "title": title}, suggestions) for title in titles]
    adding, labels, added = placed_after(analysis, "evidence", additions, [item])
    aside = edits.set_aside(analysis, [item], _split_into(labels))
    return Reshaped(combined([*adding, aside], _split_text(original, labels)), added)


def split_hypothesis(analysis: Analysis, hypothesis: str, titles: Sequence[str], *, as_heading: bool) -> Reshaped:
    """Return the command that puts one new hypothesis per title right after one, in every matrix.

    The original is rejected with the reason, or becomes the heading over its parts. Their ratings are suggestions.
    """
    original = analysis.hypotheses[hypothesis]
    parent = original.id if as_heading else original.parent
    suggestions = _suggestions(analysis, "hypothesis", [hypothesis])
    additions = [Addition({"title": title, "parent": parent}, suggestions) for title in titles]
    adding, labels, added = placed_after(analysis, "hypothesis", additions, [hypothesis])
    ending = [] if as_heading else [edits.reject(analysis, [hypothesis], _split_into(labels))]
    return Reshaped(combined([*adding, *ending], _split_text(original, labels)), added)


def merge_items(analysis: Analysis, items: Sequence[str], title: str) -> Reshaped:
    """Return the command that sets items aside and puts one new item below the last of them, in every matrix.

    Details and notes are joined, sources and tags united, the highest marking is its own; what the items agree in is
    kept. Where all are rated, their ratings are a suggestion: one value where they agree, else a range.
    """
    originals = [analysis.evidence[item] for item in items]
    fields: dict[str, Any] = {name: _agreed(originals, name) for name in _OF_ITEM if _agreed(originals, name)}
    if any(_agreed(originals, name) != getattr(originals[0], name) for name in _DATE):
        fields = {name: value for name, value in fields.items() if name not in _DATE}
    fields |= {
        "title": title,
        "detail": _joined(original.detail for original in originals),
        "note": _joined(original.note for original in originals),
        "tags": tuple(dict.fromkeys(tag for original in originals for tag in original.tags)),
        "citations": _united_citations(originals),
        "marking": side_by_side(original.marking for original in originals),
        "entered": now(),
    }
    addition = Addition(fields, _suggestions(analysis, "evidence", items))
    adding, labels, added = placed_after(analysis, "evidence", [addition], items)
    aside = edits.set_aside(analysis, items, _("merged into {label}").format(label=labels[0]))
    return Reshaped(combined([*adding, aside], _merge_text(originals, labels[0])), added)


def merge_hypotheses(analysis: Analysis, hypotheses: Sequence[str], title: str) -> Reshaped:
    """Return the command that rejects hypotheses and puts one new one after the last of them, in every matrix.

    Statements and notes are joined; the ratings become suggestions as in `merge_items`.
    """
    originals = [analysis.hypotheses[hypothesis] for hypothesis in hypotheses]
    fields = {
        "title": title,
        "statement": _joined(original.statement for original in originals),
        "note": _joined(original.note for original in originals),
        "parent": _agreed(originals, "parent"),
    }
    addition = Addition(fields, _suggestions(analysis, "hypothesis", hypotheses))
    adding, labels, added = placed_after(analysis, "hypothesis", [addition], hypotheses)
    rejected = edits.reject(analysis, hypotheses, _("merged into {label}").format(label=labels[0]))
    return Reshaped(combined([*adding, rejected], _merge_text(originals, labels[0])), added)


def carried(ratings: Sequence[Rating | None]) -> RatingRange | None:
    """Return what several judgements suggest together; None where one is missing or N/A stands against a rating."""
    ends = [_ends(rating) for rating in ratings]
    known = [end for pair in ends if pair is not None for end in pair]
    if not ends or None in ends:
        return None
    if RatingValue.NOT_APPLICABLE in known:
        return (known[0], known[0]) if len(set(known)) == 1 else None
    return range_of(known)


def _ends(rating: Rating | None) -> RatingRange | None:
    if rating is None:
        return None
    if rating.value is None:
        return rating.suggested
    return rating.range or (rating.value, rating.value)


def _suggestions(analysis: Analysis, kind: str, ids: Sequence[str]) -> list[PlacedRating]:
    """Return a suggestion for every cell, of any analyst in any matrix, that the records have ratings for."""
    of_cell: dict[tuple[str, str, str], dict[str, Rating]] = {}
    for record_id, placed in ratings_of(analysis, kind, ids).items():
        for matrix, analyst, other, rating in placed:
            of_cell.setdefault((matrix, analyst, other), {})[record_id] = rating
    found = []
    for cell, ratings in of_cell.items():
        matrix = axis_order(analysis.matrix(cell[0]), kind)
        proposed = carried([ratings.get(record_id) for record_id in ids if record_id in matrix])
        if proposed is not None:
            found.append(PlacedRating(*cell, Rating(None, suggested=proposed)))
    return found


def placed_after(
    analysis: Analysis, kind: str, additions: Sequence[Addition], after: Sequence[str]
) -> tuple[list[Command], list[str], tuple[str, ...]]:
    """Return the commands that add the records after the last of `after` in each matrix; their labels; their ids."""
    labels, numbers = next_labels(analysis, kind, len(additions))
    record_type = EvidenceItem if kind == "evidence" else Hypothesis
    first = len(collection_of(analysis, kind))
    places = {
        matrix.id: 1 + max(order.index(entry) for entry in after if entry in order)
        for matrix in analysis.matrices
        for order in [axis_order(matrix, kind)]
        if not set(order).isdisjoint(after)
    }
    records = []
    for offset, (label, addition) in enumerate(zip(labels, additions, strict=True)):
        record = record_type.model_validate({"id": new_id(), "label": label, **addition.fields})
        placed = PlacedRecord(
            record=record.model_dump(mode="json", exclude_defaults=True),
            index=first + offset,
            placements=tuple(Placement(matrix, place + offset) for matrix, place in places.items()),
            ratings=tuple(addition.suggestions),
        )
        records.append(placed)
    count = FieldChange("analysis", analysis.id, "next_numbers", analysis.next_numbers, numbers)
    commands = [
        SetFields(changes=(count,), time=now()),
        AddRecords(kind=kind, records=tuple(records), time=now()),
    ]
    return commands, labels, tuple(placed.record["id"] for placed in records)


def _agreed(originals: Sequence[Any], name: str) -> Any:
    """Return the value that the field has in all of them; None where they differ."""
    values = [getattr(original, name) for original in originals]
    return values[0] if all(value == values[0] for value in values) else None


def _joined(texts: Iterable[str]) -> str:
    return "\n\n".join(dict.fromkeys(text.strip() for text in texts if text.strip()))


def _united_citations(originals: Iterable[EvidenceItem]) -> tuple[Any, ...]:
    """Return one citation per source, the first where several name it."""
    found: dict[str, Any] = {}
    for original in originals:
        for citation in original.citations:
            found.setdefault(citation.source, citation)
    return tuple(found.values())


def _split_into(labels: Sequence[str]) -> str:
    return _("split into {labels}").format(labels=", ".join(labels))


def _split_text(original: EvidenceItem | Hypothesis, labels: Sequence[str]) -> str:
    return _("Split {label} into {parts}").format(label=original.label, parts=join_words(labels))


def _merge_text(originals: Iterable[EvidenceItem | Hypothesis], label: str) -> str:
    names = join_words([original.label for original in originals])
    return _("Merge {labels} into {label}").format(labels=names, label=label)
