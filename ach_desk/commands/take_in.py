"""A whole matrix from elsewhere put into an analysis: what is known is matched, what is new is added, one step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from ach_desk.commands.additions import Additions, additions
from ach_desk.commands.command import Command, collection_of, combined
from ach_desk.commands.edits import Cell, rate_each
from ach_desk.i18n import _, join_words, ngettext
from ach_desk.model import Analysis, EvidenceItem, Matrix, RatingValue, new_id, now
from ach_desk.scoring.table import headings, shown_records


@dataclass(frozen=True)
class IncomingHypothesis:
    """A column: its heading, and where it stands in words ("Column 3")."""

    title: str
    place: str


@dataclass(frozen=True)
class IncomingItem:
    """A row: title, further fields of an item, names of sources, a rating (None: empty) per incoming hypothesis."""

    title: str
    place: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    sources: tuple[str, ...] = ()
    ratings: tuple[RatingValue | None, ...] = ()


@dataclass(frozen=True)
class TakenIn:
    """The one step, what it adds and changes, and in sentences what it leaves out.

    hypotheses, items: ids of what is added. entered: how many cells are rated that were not. changed: how many get
    another rating than they had.
    """

    command: Command
    hypotheses: tuple[str, ...]
    items: tuple[str, ...]
    entered: int
    changed: int
    skipped: tuple[str, ...]


Incoming = TypeVar("Incoming", IncomingHypothesis, IncomingItem)


def take_in(
    analysis: Analysis,
    matrix: Matrix,
    analyst: str,
    hypotheses: Sequence[IncomingHypothesis],
    items: Sequence[IncomingItem],
) -> TakenIn:
    """Return the step that takes a matrix in.

    Hypotheses and items are matched by label, then by title, letter case and space aside. What is matched keeps its
    texts and gets the ratings; an empty cell leaves the rating that is there, and a heading is not rated. Raises
    ValidationError for fields that an item cannot hold.
    """
    skipped: list[str] = []
    columns = _matched(analysis, matrix, "hypothesis", hypotheses, skipped)
    rows = _matched(analysis, matrix, "evidence", items, skipped)
    for row, item in zip(rows, items, strict=True):
        skipped += _kept_fields(analysis, row, item) if row else ()
    added = _added(analysis, matrix, _new(columns, hypotheses), _new(rows, items))
    fresh = iter(added.ids["hypothesis"]), iter(added.ids["evidence"])
    column_ids = [next(fresh[0]) if entry == "" else entry for entry in _ratable(analysis, matrix, columns)]
    skipped += _refused_headings(analysis, columns, column_ids, hypotheses, items)
    row_ids = [next(fresh[1]) if entry == "" else entry for entry in rows]
    wanted: dict[Cell, RatingValue] = {
        (row, column): value
        for row, item in zip(row_ids, items, strict=True)
        for column, value in zip(column_ids, item.ratings, strict=True)
        if row is not None and column is not None and value is not None
    }
    rating = rate_each(analysis, matrix, analyst, wanted.items(), "")
    values = [wanted[cell.evidence, cell.hypothesis] for cell in rating.cells]
    before = [cell.old.value if cell.old is not None else None for cell in rating.cells]
    return TakenIn(
        combined([*added.commands, rating], _("Paste a matrix")),
        added.ids["hypothesis"],
        added.ids["evidence"],
        before.count(None),
        sum(1 for old, value in zip(before, values, strict=True) if old is not None and old is not value),
        tuple(skipped),
    )


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
    for entry in dict.fromkeys(order):
        record = records[entry]
        labels[_folded(record.label)] = entry
        known.setdefault(_folded(record.title), []).append(entry)
    found: list[str | None] = []
    taken: dict[str, str] = {}
    for one in incoming:
        key = _folded(one.title)
        candidates = [labels[key]] if key in labels else known.get(key, []) or _labelled(key, labels, records)
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


def _added(
    analysis: Analysis, matrix: Matrix, hypotheses: Sequence[IncomingHypothesis], items: Sequence[IncomingItem]
) -> Additions:
    """Return the edits for what is new; a source of a name that there is already is that source."""
    sources = {source.name: source.id for source in reversed(analysis.sources.values())}
    missing = list(dict.fromkeys(name for item in items for name in item.sources if name not in sources))
    sources.update((name, new_id()) for name in missing)
    time = now()
    return additions(
        analysis,
        matrix,
        {
            "hypothesis": [{"title": one.title} for one in hypotheses],
            "source": [{"id": sources[name], "name": name} for name in missing],
            "evidence": [
                {
                    "title": item.title,
                    "entered": time,
                    **item.fields,
                    "citations": [{"source": sources[name]} for name in item.sources],
                }
                for item in items
            ],
        },
    )


def _kept_fields(analysis: Analysis, record_id: str, incoming: IncomingItem) -> list[str]:
    """Return a sentence when the row says of a known item something else than the item itself."""
    item: EvidenceItem = analysis.evidence[record_id]
    words = {
        "kind": _("kind"),
        "credibility": _("credibility"),
        "relevance": _("relevance"),
        "event_date": _("date"),
        "event_end": _("date"),
        "event_words": _("date"),
        "note": _("note"),
    }
    differs = (name for name, value in incoming.fields.items() if value and getattr(item, name) != value)
    other = list(dict.fromkeys(words[name] for name in differs))
    cited = {
        analysis.sources[citation.source].name for citation in item.citations if citation.source in analysis.sources
    }
    if not cited.issuperset(incoming.sources):
        other.append(_("sources"))
    if not other:
        return []
    text = _("{place}: {name} keeps what it has; left out: {parts}.")
    return [text.format(place=incoming.place, name=item.label, parts=join_words(other))]
