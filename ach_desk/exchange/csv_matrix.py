"""A matrix as CSV, both ways: one row per item, one column per hypothesis, one analyst's ratings in the cells."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from pydantic import ValidationError

from ach_desk.exchange.csv_columns import (
    Field,
    field_of,
    hypothesis_heading,
    hypothesis_title,
    join_sources,
    split_sources,
)
from ach_desk.exchange.csv_text import (
    MAX_BYTES,
    MAX_CELLS,
    MAX_COLUMNS,
    UnreadableMatrixError,
    guarded,
    read_rows,
    unguarded,
)
from ach_desk.exchange.left_out import left_out
from ach_desk.i18n import _, join_words
from ach_desk.model import (
    Analysis,
    Citation,
    EvidenceItem,
    EvidenceKind,
    Hypothesis,
    Level,
    Matrix,
    Numbers,
    Rating,
    RatingValue,
    Source,
    checked,
    new_analysis,
    new_id,
    now,
)
from ach_desk.scoring import shown_records

__all__ = ["CellProblem", "ExportResult", "ImportResult", "UnreadableMatrixError", "read_matrix", "write_matrix"]

_RATINGS: Mapping[str, RatingValue | None] = {
    "": None,
    "na": RatingValue.NOT_APPLICABLE,
    **{value.value.casefold(): value for value in RatingValue},
}
_KINDS: Mapping[str, EvidenceKind] = {"": EvidenceKind.EVIDENCE, **{kind.value: kind for kind in EvidenceKind}}
_LEVELS: Mapping[str, Level | None] = {"": None, "not set": None, **{level.value: level for level in Level}}
_LONGEST_QUOTE = 60
_SURROGATE = re.compile("[\ud800-\udfff]")

T = TypeVar("T")


@dataclass(frozen=True)
class CellProblem:
    """A cell that was not understood: row and column as a spreadsheet numbers them, from 1, and what is wrong."""

    row: int
    column: int
    heading: str
    text: str

    def sentence(self) -> str:
        """Return the place and what is wrong there."""
        place = _("Row {row}, column {column}").format(row=self.row, column=column_name(self.column, self.heading))
        return f"{place}: {self.text}"


@dataclass(frozen=True)
class ImportResult:
    """What became of a file: `analysis` is None when it was refused; `problems` are the cells not understood.

    `notes` are sentences about what was taken differently from how it stands in the file.
    """

    analysis: Analysis | None
    problems: tuple[CellProblem, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class ExportResult:
    """The file's bytes (UTF-8); `left_out`: sentences on what a CSV file does not hold.

    `problems` are sentences on what will not be read back as it is.
    """

    data: bytes
    left_out: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


def column_name(column: int, heading: str) -> str:
    """Return for example ``3 (C, “Coup”)``: number and letters as a spreadsheet counts, and the heading."""
    letters, rest = "", column
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(ord("A") + letter) + letters
    if not heading:
        return f"{column} ({letters})"
    return _("{number} ({letters}, “{heading}”)").format(number=column, letters=letters, heading=_short(heading))


def read_matrix(data: bytes, name: str, *, skip_bad: bool = False, analyst_name: str | None = None) -> ImportResult:
    """Return the analysis that the CSV bytes describe, with the ratings of one analyst called `analyst_name`.

    `name` is the file's name for sentences. A cell that is not understood is a problem, and there is no analysis then
    unless `skip_bad`, which leaves such cells empty. Headings that contradict each other are never skipped. Raises
    UnreadableMatrixError for what is no table of text.
    """
    rows = read_rows(data, name)
    start = next((index for index, row in enumerate(rows) if any(cell.strip() for cell in row)), 0)
    reading = _Reading(_headings(rows[start] if rows else []), [], [])
    _check_headings(reading, start + 1)
    if reading.problems:
        return ImportResult(None, tuple(reading.problems))
    drafts = [
        _draft(reading, row, number)
        for number, row in enumerate(rows[start + 1 :], start + 2)
        if any(cell.strip() for cell in row)
    ]
    if reading.problems and not skip_bad:
        return ImportResult(None, tuple(reading.problems), tuple(reading.notes))
    analysis = _built(reading, drafts, _("Analyst 1") if analyst_name is None else analyst_name)
    return ImportResult(analysis, tuple(reading.problems), tuple(reading.notes))


@dataclass(frozen=True)
class _Heading:
    """A column: the field it holds, or the title of its hypothesis; both None for a column without heading."""

    field: Field | None
    title: str | None

    @property
    def shown(self) -> str:
        return self.field.value if self.field else self.title or ""


@dataclass(frozen=True)
class _Reading:
    headings: list[_Heading]
    problems: list[CellProblem]
    notes: list[str]

    def report(self, row: int, index: int, text: str) -> None:
        heading = self.headings[index].shown if index < len(self.headings) else ""
        self.problems.append(CellProblem(row, index + 1, heading, text))


@dataclass
class _Draft:
    """A row before it is an item; `values` has one entry per hypothesis."""

    title: str = ""
    kind: EvidenceKind = EvidenceKind.EVIDENCE
    levels: dict[Field, Level | None] = field(default_factory=dict)
    sources: list[str] = field(default_factory=list)
    date: str | None = None
    note: str = ""
    values: list[RatingValue | None] = field(default_factory=list)


def _headings(row: Sequence[str]) -> list[_Heading]:
    found = []
    for cell in row:
        known = field_of(cell)
        blank = not unguarded(cell).strip()
        found.append(_Heading(known, None if known or blank else hypothesis_title(cell)))
    return found


def _check_headings(reading: _Reading, row: int) -> None:
    """Report a missing Evidence column and every heading given twice, naming both columns."""
    seen: dict[_Heading, int] = {}
    for index, heading in enumerate(reading.headings):
        if heading == _Heading(None, None):
            continue
        first = seen.setdefault(heading, index)
        if first != index:
            text = _("columns {first} and {second} have the same heading; give one of them another one.")
            names = [column_name(place + 1, heading.shown) for place in (first, index)]
            reading.report(row, index, text.format(first=names[0], second=names[1]))
    if _Heading(Field.EVIDENCE, None) not in seen:
        text = _("no column is headed “Evidence”; the first row must name the columns, separated by , or ; or tab.")
        reading.problems.append(CellProblem(row, 1, reading.headings[0].shown if reading.headings else "", text))


def _draft(reading: _Reading, row: Sequence[str], number: int) -> _Draft:
    draft = _Draft()
    cells = [*row, *[""] * (len(reading.headings) - len(row))]
    for index, cell in enumerate(map(unguarded, cells)):
        heading = reading.headings[index] if index < len(reading.headings) else _Heading(None, None)
        if heading.field is not None:
            _take_field(draft, heading.field, cell, (reading, number, index))
        elif heading.title is not None:
            refusal = _("“{cell}” is not a rating; write CC, C, N, I, II, N/A or nothing.")
            draft.values.append(_one_of(_RATINGS, cell, None, refusal, (reading, number, index)))
        elif cell.strip():
            text = _("“{cell}” stands in a column without a heading.")
            reading.report(number, index, text.format(cell=_short(cell)))
    if not draft.title:
        text = _("Row {row} has no text under Evidence; its item has an empty title.")
        reading.notes.append(text.format(row=number))
    return draft


_Place = tuple[_Reading, int, int]


def _take_field(draft: _Draft, name: Field, cell: str, place: _Place) -> None:
    match name:
        case Field.EVIDENCE:
            draft.title = cell
        case Field.NOTE:
            draft.note = cell
        case Field.SOURCE:
            draft.sources = split_sources(cell)
        case Field.KIND:
            refusal = _("“{cell}” is not a kind; write evidence, assumption, deduction or absence of evidence.")
            draft.kind = _one_of(_KINDS, cell, EvidenceKind.EVIDENCE, refusal, place)
        case Field.CREDIBILITY | Field.RELEVANCE:
            refusal = _("“{cell}” is not a grade; write high, medium, low or nothing.")
            draft.levels[name] = _one_of(_LEVELS, cell, None, refusal, place)
        case Field.DATE:
            draft.date = _date(cell, place)


def _one_of(members: Mapping[str, T], cell: str, otherwise: T, refusal: str, place: _Place) -> T:
    key = " ".join(cell.split()).casefold()
    if key in members:
        return members[key]
    _misunderstood(cell, refusal, place)
    return otherwise


def _date(cell: str, place: _Place) -> str | None:
    if not cell.strip():
        return None
    try:
        return checked(EvidenceItem, "event_date", cell.strip())
    except ValidationError:
        _misunderstood(cell, _("“{cell}” is not a date; write 2023, 2023-06 or 2023-06-23."), place)
        return None


def _misunderstood(cell: str, refusal: str, place: _Place) -> None:
    reading, row, index = place
    reading.report(row, index, refusal.format(cell=_short(cell)))


def _built(reading: _Reading, drafts: Sequence[_Draft], analyst_name: str) -> Analysis:
    analysis = new_analysis(analyst_name=analyst_name)
    matrix = analysis.matrices[0]
    sheet = matrix.sheets[next(iter(analysis.analysts))]
    titles = [heading.title for heading in reading.headings if heading.title is not None]
    for number, title in enumerate(titles, 1):
        hypothesis = Hypothesis(id=new_id(), label=f"H{number}", title=title)
        analysis.hypotheses[hypothesis.id] = hypothesis
    sources = _sources(drafts)
    analysis.sources.update({source.id: source for source in sources.values()})
    columns = list(analysis.hypotheses)
    entered = now()
    for number, draft in enumerate(drafts, 1):
        item = _item(draft, number, sources, entered)
        analysis.evidence[item.id] = item
        row = {hypothesis: Rating(value) for hypothesis, value in zip(columns, draft.values, strict=True) if value}
        if row:
            sheet[item.id] = row
    matrix.hypotheses.extend(columns)
    matrix.evidence.extend(analysis.evidence)
    analysis.next_numbers = Numbers(hypothesis=len(columns) + 1, evidence=len(drafts) + 1, source=len(sources) + 1)
    return analysis


def _sources(drafts: Sequence[_Draft]) -> dict[str, Source]:
    """Return one source per name, numbered in the order in which the rows name them."""
    names = dict.fromkeys(name for draft in drafts for name in draft.sources)
    return {name: Source(id=new_id(), label=f"S{number}", name=name) for number, name in enumerate(names, 1)}


def _item(draft: _Draft, number: int, sources: Mapping[str, Source], entered: str) -> EvidenceItem:
    return EvidenceItem(
        id=new_id(),
        label=f"E{number}",
        title=draft.title,
        kind=draft.kind,
        event_date=draft.date,
        entered=entered,
        credibility=draft.levels.get(Field.CREDIBILITY),
        relevance=draft.levels.get(Field.RELEVANCE),
        citations=tuple(Citation(source=sources[name].id) for name in draft.sources),
        note=draft.note,
    )


def write_matrix(analysis: Analysis, matrix: Matrix, analyst: str, *, byte_order_mark: bool = False) -> ExportResult:
    """Return the matrix with the ratings of `analyst` (an id) as CSV, and what that leaves out.

    Comma-separated UTF-8; with `byte_order_mark` for programs that need one to recognise UTF-8. `read_matrix` gives
    equal titles, order, kinds, credibility, relevance, source names, dates, notes and ratings, except where
    `problems` says otherwise.
    """
    items, hypotheses = shown_records(analysis, matrix)
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([*Field, *(hypothesis_heading(hypothesis.title) for hypothesis in hypotheses)])
    sheet = matrix.sheets.get(analyst, {})
    for item in items:
        row = sheet.get(item.id, {})
        ratings = [_rating_text(row.get(hypothesis.id)) for hypothesis in hypotheses]
        writer.writerow([*map(guarded, _fields(analysis, item)), *ratings])
    text, encoding = out.getvalue(), "utf-8-sig" if byte_order_mark else "utf-8"
    data = _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text).encode(encoding)
    problems = list(_export_problems(analysis, items, hypotheses, len(data)))
    return ExportResult(data, tuple(left_out(analysis, matrix, analyst)), tuple(problems))


def _fields(analysis: Analysis, item: EvidenceItem) -> list[str]:
    """Return the texts of the item in the order of `Field`."""
    cited = (analysis.sources.get(citation.source) for citation in item.citations)
    return [
        item.title,
        item.kind.value,
        item.credibility.value if item.credibility else "",
        item.relevance.value if item.relevance else "",
        join_sources(source.name for source in cited if source is not None and source.name),
        item.event_date or "",
        item.note,
    ]


def _rating_text(rating: Rating | None) -> str:
    return rating.value.value if rating is not None and rating.value is not None else ""


def _export_problems(
    analysis: Analysis, items: Sequence[EvidenceItem], hypotheses: Sequence[Hypothesis], size: int
) -> Iterator[str]:
    """Yield why the exported file cannot be read back, or not as it is."""
    labels: dict[str, list[str]] = {}
    for hypothesis in hypotheses:
        labels.setdefault(hypothesis.title, []).append(hypothesis.label)
    for same in (names for names in labels.values() if len(names) > 1):
        text = _("{labels} have the same title; change one of them, or the file cannot be imported.")
        yield text.format(labels=join_words(same))
    texts = {hypothesis.label: [hypothesis.title] for hypothesis in hypotheses}
    texts |= {item.label: _fields(analysis, item) for item in items}
    broken = [label for label, parts in texts.items() if any(map(_SURROGATE.search, parts))]
    if broken:
        text = _("{labels}: half characters, which no CSV file can hold, were written as U+FFFD.")
        yield text.format(labels=join_words(broken))
    columns, cells = len(Field) + len(hypotheses), (len(Field) + len(hypotheses)) * (len(items) + 1)
    if size > MAX_BYTES or columns > MAX_COLUMNS or cells > MAX_CELLS:
        yield _("The file is too large to be imported again.")


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1] + "…"
