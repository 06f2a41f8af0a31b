"""A whole matrix from elsewhere put into an analysis: what is known is matched, what is new is added, one step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from ach_desk.commands.additions import Additions, additions
from ach_desk.commands.command import CellChange, Command, SetRatings, collection_of, combined
from ach_desk.commands.edits import Cell, rate_each, set_fields
from ach_desk.i18n import _, join_words, ngettext
from ach_desk.model import Analysis, Citation, EvidenceItem, Matrix, Rating, RatingValue, new_id, now
from ach_desk.model.public import public_source
from ach_desk.scoring.table import headings, shown_records


@dataclass(frozen=True)
class IncomingHypothesis:
    """A column: its heading, where it stands in words ("Column 3"), and what else is said; id and label if known."""

    title: str
    place: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    id: str = ""
    label: str = ""


@dataclass(frozen=True)
class IncomingItem:
    """A row: title, further fields of an item, names of sources, a rating (None: empty) per incoming hypothesis.

    further: by number of the hypothesis, a rating with the rationale, confidence and range that the cell gets.
    """

    title: str
    place: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    sources: tuple[str, ...] = ()
    ratings: tuple[RatingValue | None, ...] = ()
    id: str = ""
    label: str = ""
    further: Mapping[int, Rating] = field(default_factory=dict)


@dataclass(frozen=True)
class TakenIn:
    """The one step, what it adds and changes, and in sentences what it leaves out.

    hypotheses, items: ids of what is added. entered: how many cells are rated that were not. changed: how many get
    another rating than they had. updated: sentences on known hypotheses and items that get other texts.
    """

    command: Command
    hypotheses: tuple[str, ...]
    items: tuple[str, ...]
    entered: int
    changed: int
    skipped: tuple[str, ...]
    updated: tuple[str, ...] = ()


Incoming = TypeVar("Incoming", IncomingHypothesis, IncomingItem)


def take_in(
    analysis: Analysis,
    matrix: Matrix,
    analyst: str,
    hypotheses: Sequence[IncomingHypothesis],
    items: Sequence[IncomingItem],
    *,
    update: bool = False,
    text: str | None = None,
) -> TakenIn:
    """Return the step that takes a matrix in.

    Hypotheses and items are matched by id where they have one, else by label and title, then by title, letter case
    and space aside. What is matched keeps its texts, or with `update` gets those that are not blank, and gets the
    ratings; an empty cell leaves the rating that is there, and a heading is not rated. Raises ValidationError for
    fields that an item cannot hold.
    """
    skipped: list[str] = []
    columns = _matched(analysis, matrix, "hypothesis", hypotheses, skipped)
    rows = _matched(analysis, matrix, "evidence", items, skipped)
    new_items = _new(rows, items)
    sources, missing = _sources(analysis, items if update else new_items)
    updates: list[Command] = []
    updated: list[str] = []
    if update:
        updates, updated = _updates(analysis, zip([*columns, *rows], [*hypotheses, *items], strict=True), sources)
    else:
        for row, item in zip(rows, items, strict=True):
            skipped += _kept_fields(analysis, row, item) if row else ()
    added = _added(analysis, matrix, _new(columns, hypotheses), new_items, sources, missing)
    fresh = iter(added.ids["hypothesis"]), iter(added.ids["evidence"])
    column_ids = [next(fresh[0]) if entry == "" else entry for entry in _ratable(analysis, matrix, columns)]
    skipped += _refused_headings(analysis, columns, column_ids, hypotheses, items)
    row_ids = [next(fresh[1]) if entry == "" else entry for entry in rows]
    rating, entered, changed = _rated(analysis, matrix, analyst, row_ids, column_ids, items)
    return TakenIn(
        combined([*added.commands, *updates, rating], _("Paste a matrix") if text is None else text),
        added.ids["hypothesis"],
        added.ids["evidence"],
        entered,
        changed,
        tuple(skipped),
        tuple(updated),
    )


def _rated(
    analysis: Analysis,
    matrix: Matrix,
    analyst: str,
    rows: Sequence[str | None],
    columns: Sequence[str | None],
    items: Sequence[IncomingItem],
) -> tuple[SetRatings, int, int]:
    """Return the edit that rates the cells, how many of them were not rated yet, and how many get another rating."""
    wanted: dict[Cell, RatingValue] = {
        (row, column): value
        for row, item in zip(rows, items, strict=True)
        for column, value in zip(columns, item.ratings, strict=True)
        if row is not None and column is not None and value is not None
    }
    rating = rate_each(analysis, matrix, analyst, wanted.items(), "")
    before = [(cell.old.value if cell.old else None, wanted[cell.evidence, cell.hypothesis]) for cell in rating.cells]
    entered = sum(1 for old, _value in before if old is None)
    changed = sum(1 for old, value in before if old is not None and old is not value)
    return _with_further(matrix, rating, rows, columns, items), entered, changed


def _with_further(
    matrix: Matrix,
    rating: SetRatings,
    rows: Sequence[str | None],
    columns: Sequence[str | None],
    items: Sequence[IncomingItem],
) -> SetRatings:
    """Return the command with the rationales, confidences and ranges that come beside the ratings."""
    cells = {(cell.evidence, cell.hypothesis): cell for cell in rating.cells}
    for row, item in zip(rows, items, strict=True):
        for place, further in item.further.items():
            column = columns[place]
            if row is None or column is None:
                continue
            old = matrix.rating(rating.analyst, row, column)
            cell = cells.get((row, column), CellChange(row, column, old, old))
            new = replace(
                cell.new or Rating(None, time=rating.time),
                **{name: value for name in ("rationale", "confidence", "range") if (value := getattr(further, name))},
            )
            if new != cell.new:
                cells[row, column] = cell._replace(new=new)
    return rating.model_copy(update={"cells": tuple(cells.values())})


def _updates(
    analysis: Analysis,
    pairs: Iterable[tuple[str | None, IncomingHypothesis | IncomingItem]],
    sources: Mapping[str, str],
) -> tuple[list[Command], list[str]]:
    """Return the edits by which known records get what is said of them elsewhere, and a sentence for each."""
    commands: list[Command] = []
    said = []
    for record_id, one in pairs:
        if not record_id:
            continue
        kind = "evidence" if isinstance(one, IncomingItem) else "hypothesis"
        record = collection_of(analysis, kind)[record_id]
        title = {"title": one.title} if one.id == record_id and one.title.strip() else {}
        wanted = {**title, **one.fields}
        if isinstance(one, IncomingItem):
            wanted |= _further_citations(record, one, sources)
        command = set_fields(analysis, kind, record_id, wanted, "")
        if command.changes:
            commands.append(command)
            words = _field_words()
            names = dict.fromkeys(words.get(change.field, change.field) for change in command.changes)
            names.pop("wording", None)
            text = _("{place}: {name} got another {parts}.")
            said.append(text.format(place=one.place, name=record.label, parts=join_words(list(names))))
    return commands, said


def _further_citations(record: EvidenceItem, one: IncomingItem, sources: Mapping[str, str]) -> dict[str, Any]:
    """Return the citations with those sources that are not cited yet; nothing where none is missing."""
    cited = {citation.source for citation in record.citations}
    missing = [entry for entry in dict.fromkeys(sources[name] for name in one.sources) if entry not in cited]
    return {"citations": (*record.citations, *(Citation(source=entry) for entry in missing))} if missing else {}


def known_sources(analysis: Analysis) -> dict[str, str]:
    """Return name -> id for the sources there are; a withheld one is known by its public description too."""
    every = list(reversed(analysis.sources.values()))
    return {public_source(source).name: source.id for source in every} | {source.name: source.id for source in every}


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def _matched(
    analysis: Analysis, matrix: Matrix, kind: str, incoming: Sequence[Incoming], skipped: list[str]
) -> list[str | None]:
    """Return for each the id of the record it is, "" for a new one, None where that cannot be told (and say so)."""
    records = collection_of(analysis, kind)
    order = matrix.hypotheses if kind == "hypothesis" else matrix.evidence
    known: dict[str, list[str]] = {}
    labels: dict[str, str] = {}
    here = set(order)
    for entry in dict.fromkeys(order):
        record = records[entry]
        labels[_folded(record.label)] = entry
        known.setdefault(_folded(record.title), []).append(entry)
    found: list[str | None] = []
    taken: dict[str, str] = {}
    for one in incoming:
        candidates = [one.id] if one.id in here else _candidates(one, labels, known, records)
        match = candidates[0] if candidates else ""
        if len(candidates) > 1:
            names = join_words([records[entry].label for entry in candidates])
            text = _("{place}: {names} have the same title, so it was left out. Write the label instead.")
            skipped.append(text.format(place=one.place, names=names))
            found.append(None)
        elif match and match in taken:
            text = _("{place}: {name} stands in the pasted matrix twice; only the first was used ({first}).")
            skipped.append(text.format(place=one.place, name=records[match].label, first=taken[match]))
            found.append(None)
        else:
            taken[match] = one.place
            found.append(match)
    return found


def _candidates(
    one: Incoming, labels: Mapping[str, str], known: Mapping[str, Sequence[str]], records: Mapping[str, Any]
) -> Sequence[str]:
    """Return the records that one can be, by label and title; the label alone only where it stands for the title."""
    key = _folded(one.title)
    if one.label:
        entry = labels.get(_folded(one.label))
        is_it = entry is not None and _folded(records[entry].title) == key
        return [entry] if entry is not None and is_it else known.get(key, [])
    return [labels[key]] if key in labels else known.get(key, []) or _labelled(key, labels, records)


def _labelled(key: str, labels: Mapping[str, str], records: Mapping[str, Any]) -> list[str]:
    """Return the record that a text such as "h1 coup" or "h1: coup" names by label and title."""
    label, _space, title = key.partition(" ")
    entry = labels.get(label.rstrip(":.,;)"))
    return [entry] if entry is not None and title.lstrip("-–— ") == _folded(records[entry].title) else []


def _ratable(analysis: Analysis, matrix: Matrix, matches: Sequence[str | None]) -> list[str | None]:
    """Return the matches without those that are headings: not they are rated, but what stands under them."""
    over = headings(shown_records(analysis, matrix)[1])
    return [None if match in over else match for match in matches]


def _refused_headings(
    analysis: Analysis,
    matches: Sequence[str | None],
    rated: Sequence[str | None],
    hypotheses: Sequence[IncomingHypothesis],
    items: Sequence[IncomingItem],
) -> Iterator[str]:
    """Yield a sentence for each heading that came with ratings."""
    for column, (match, kept) in enumerate(zip(matches, rated, strict=True)):
        count = sum(1 for item in items if item.ratings[column] is not None)
        if match and kept is None and count:
            text = ngettext(
                "{place}: {name} is a heading over others and is not rated; {count} rating was left out.",
                "{place}: {name} is a heading over others and is not rated; {count} ratings were left out.",
                count,
            )
            name = analysis.hypotheses[match].label
            yield text.format(place=hypotheses[column].place, name=name, count=count)


def _new(matches: Sequence[str | None], incoming: Sequence[Incoming]) -> list[Incoming]:
    return [one for match, one in zip(matches, incoming, strict=True) if match == ""]


def _sources(analysis: Analysis, items: Sequence[IncomingItem]) -> tuple[dict[str, str], list[str]]:
    """Return name -> id of the sources that the items cite, and the names of those that there are not yet."""
    sources = known_sources(analysis)
    missing = list(dict.fromkeys(name for item in items for name in item.sources if name not in sources))
    sources.update((name, new_id()) for name in missing)
    return sources, missing


def _added(
    analysis: Analysis,
    matrix: Matrix,
    hypotheses: Sequence[IncomingHypothesis],
    items: Sequence[IncomingItem],
    sources: Mapping[str, str],
    missing: Sequence[str],
) -> Additions:
    """Return the edits for what is new; `sources` has the ids also of those that are `missing` yet."""
    time = now()
    return additions(
        analysis,
        matrix,
        {
            "hypothesis": [{**_own_id(analysis, one), "title": one.title, **one.fields} for one in hypotheses],
            "source": [{"id": sources[name], "name": name} for name in missing],
            "evidence": [
                {
                    **_own_id(analysis, item),
                    "title": item.title,
                    "entered": time,
                    **item.fields,
                    "citations": [{"source": sources[name]} for name in item.sources],
                }
                for item in items
            ],
        },
    )


def _own_id(analysis: Analysis, one: IncomingHypothesis | IncomingItem) -> dict[str, str]:
    """Return the id that it comes with, unless something in the analysis has it."""
    taken = any(one.id in collection_of(analysis, kind) for kind in ("hypothesis", "evidence", "source"))
    return {} if not one.id or taken else {"id": one.id}


def _kept_fields(analysis: Analysis, record_id: str, incoming: IncomingItem) -> list[str]:
    """Return a sentence when the row says of a known item something else than the item itself."""
    item: EvidenceItem = analysis.evidence[record_id]
    words = _field_words()
    differs = (name for name, value in incoming.fields.items() if value and getattr(item, name) != value)
    other = list(dict.fromkeys(words.get(name, name) for name in differs))
    cited = {
        analysis.sources[citation.source].name for citation in item.citations if citation.source in analysis.sources
    }
    if not cited.issuperset(incoming.sources):
        other.append(_("sources"))
    if not other:
        return []
    text = _("{place}: {name} keeps what it has; left out: {parts}.")
    return [text.format(place=incoming.place, name=item.label, parts=join_words(other))]


def _field_words() -> dict[str, str]:
    """Return what the fields that can come from elsewhere are called."""
    return {
        "title": _("text"),
        "detail": _("detail"),
        "statement": _("statement"),
        "kind": _("kind"),
        "status": _("status"),
        "status_reason": _("reason"),
        "status_date": _("status"),
        "credibility": _("credibility"),
        "credibility_from_grades": _("credibility"),
        "relevance": _("relevance"),
        "event_date": _("date"),
        "event_end": _("date"),
        "event_words": _("date"),
        "learned_date": _("date"),
        "note": _("note"),
        "tags": _("tags"),
        "link": _("link"),
        "quotation": _("quotation"),
        "page": _("page"),
        "heading": _("heading"),
        "marking": _("marking"),
        "citations": _("sources"),
    }
