"""A matrix as rows of cells, whichever program they come from: headings, items, and the rating in each cell."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from ach_desk.exchange.csv_columns import Field, field_of, hypothesis_title, split_sources
from ach_desk.exchange.csv_text import KEY_HEADING, heading_key, is_comment
from ach_desk.exchange.rating_words import AMBIGUOUS, rating_words, word_key
from ach_desk.i18n import _
from ach_desk.model import EvidenceKind, Level, RatingValue
from ach_desk.model.dates import event_fields
from ach_desk.model.spreadsheet_cells import unguarded

_KINDS: Mapping[str, EvidenceKind] = {"": EvidenceKind.EVIDENCE, **{kind.value: kind for kind in EvidenceKind}}
_LEVELS: Mapping[str, Level | None] = {"": None, "not set": None, **{level.value: level for level in Level}}
_LONGEST_QUOTE = 60

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


@dataclass
class ItemDraft:
    """A row before it is an item; `row` counts from 1, `values` has one entry per hypothesis.

    date: the fields of an item that its date stands for.
    """

    row: int
    title: str = ""
    kind: EvidenceKind = EvidenceKind.EVIDENCE
    levels: dict[Field, Level | None] = field(default_factory=dict)
    sources: list[str] = field(default_factory=list)
    date: dict[str, str | None] = field(default_factory=dict)
    note: str = ""
    values: list[RatingValue | None] = field(default_factory=list)


@dataclass(frozen=True)
class MatrixRows:
    """What rows of cells say: the hypotheses, an item per row with a value per hypothesis, and what was not understood.

    hypotheses: (column, title), columns counted from 1. notes: sentences about what was taken differently.
    """

    hypotheses: tuple[tuple[int, str], ...]
    items: tuple[ItemDraft, ...]
    problems: tuple[CellProblem, ...] = ()
    notes: tuple[str, ...] = ()
    headings_refused: bool = False


def with_headings(rows: Sequence[Sequence[str]]) -> list[list[str]] | None:
    """Return the rows when the first that is not blank names the columns of a matrix; None when it does not.

    One of several columns is headed Evidence. In a spreadsheet that corner is often left blank: it is filled in when
    what stands below the other headings are ratings.
    """
    start = _heading_row(rows, len(rows))
    first = list(rows[start]) if start < len(rows) else []
    if len(first) < 2:
        return None
    if not any(heading_key(cell) == KEY_HEADING for cell in first):
        corner, *others = map(word_key, first)
        words = rating_words(cell for row in rows for cell in row)
        if corner or not words.keys().isdisjoint(filter(None, others)):
            return None
        if not _are_ratings(words, (row[1:] for row in rows[start + 1 :])):
            return None
        first[0] = Field.EVIDENCE.value
    return [*map(list, rows[:start]), first, *map(list, rows[start + 1 :])]


def _heading_row(rows: Sequence[Sequence[str]], otherwise: int) -> int:
    """Return which row is the first that says anything and is no comment."""
    return next(
        (at for at, row in enumerate(rows) if any(cell.strip() for cell in row) and not is_comment(row)), otherwise
    )


def _are_ratings(words: Collection[str], rows: Iterable[Sequence[str]]) -> bool:
    written = [
        key for row in rows for cell in row if (key := word_key(cell)) and (key in words or key not in AMBIGUOUS)
    ]
    return 2 * sum(1 for key in written if key in words) > len(written)


def read_matrix_rows(rows: Sequence[Sequence[str]]) -> MatrixRows:
    """Return what the rows say; the first that is neither blank nor a comment has the headings.
    Blank rows are passed over.

    A cell that is not understood is a problem and stays empty. Headings that contradict each other, or lack Evidence,
    are problems too; nothing is read below them then.
    """
    start = _heading_row(rows, 0)
    headings = _headings(rows[start] if start < len(rows) else [])
    reading = _Reading(headings, [], [], _words(headings, rows[start + 1 :]))
    _check_headings(reading, start + 1)
    titles = tuple(
        (column, heading.title) for column, heading in enumerate(reading.headings, 1) if heading.title is not None
    )
    if reading.problems:
        return MatrixRows(titles, (), tuple(reading.problems), headings_refused=True)
    drafts = [
        _draft(reading, row, number)
        for number, row in enumerate(rows[start + 1 :], start + 2)
        if any(cell.strip() for cell in row)
    ]
    return MatrixRows(titles, tuple(drafts), tuple(reading.problems), tuple(reading.notes))


def column_name(column: int, heading: str) -> str:
    """Return for example ``3 (C, “Coup”)``: number and letters as a spreadsheet counts, and the heading."""
    letters, rest = "", column
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(ord("A") + letter) + letters
    if not heading:
        return f"{column} ({letters})"
    return _("{number} ({letters}, “{heading}”)").format(number=column, letters=letters, heading=_short(heading))


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
    words: Mapping[str, RatingValue | None]

    def report(self, row: int, index: int, text: str) -> None:
        heading = self.headings[index].shown if index < len(self.headings) else ""
        self.problems.append(CellProblem(row, index + 1, heading, text))


def _headings(row: Sequence[str]) -> list[_Heading]:
    found = []
    for cell in row:
        known = field_of(cell)
        blank = not unguarded(cell).strip()
        found.append(_Heading(known, None if known or blank else hypothesis_title(cell)))
    return found


def _words(headings: Sequence[_Heading], rows: Sequence[Sequence[str]]) -> Mapping[str, RatingValue | None]:
    columns = [index for index, heading in enumerate(headings) if heading.title is not None]
    return rating_words(row[index] for row in rows for index in columns if index < len(row))


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


def _draft(reading: _Reading, row: Sequence[str], number: int) -> ItemDraft:
    draft = ItemDraft(number)
    cells = [*row, *[""] * (len(reading.headings) - len(row))]
    for index, cell in enumerate(map(unguarded, cells)):
        heading = reading.headings[index] if index < len(reading.headings) else _Heading(None, None)
        if heading.field is not None:
            _take_field(draft, heading.field, cell, (reading, number, index))
        elif heading.title is not None:
            refusal = _("“{cell}” is not a rating; write CC, C, C-, N, I-, I, II, N/A or nothing.")
            draft.values.append(_one_of(reading.words, cell, None, refusal, (reading, number, index)))
        elif cell.strip():
            text = _("“{cell}” stands in a column without a heading.")
            reading.report(number, index, text.format(cell=_short(cell)))
    if not draft.title:
        text = _("Row {row} has no text under Evidence; its item has an empty title.")
        reading.notes.append(text.format(row=number))
    return draft


_Place = tuple[_Reading, int, int]


def _take_field(draft: ItemDraft, name: Field, cell: str, place: _Place) -> None:
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
    key = word_key(cell)
    if key in members:
        return members[key]
    _misunderstood(cell, refusal, place)
    return otherwise


def _date(cell: str, place: _Place) -> dict[str, str | None]:
    """Return the fields of an item that a date in words stands for; none for a blank or misunderstood cell."""
    fields = event_fields(cell)
    if fields["event_date"]:
        return {name: value for name, value in fields.items() if value}
    if cell.strip():
        _misunderstood(cell, _("“{cell}” is not a date; write 2023, 2023-06 or 2023-06-23."), place)
    return {}


def _misunderstood(cell: str, refusal: str, place: _Place) -> None:
    reading, row, index = place
    reading.report(row, index, refusal.format(cell=_short(cell)))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1] + "…"
