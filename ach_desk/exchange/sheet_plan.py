"""The workbook of a matrix as plain rows, before it is an Excel or an OpenDocument file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ach_desk.exchange import own_book as own
from ach_desk.exchange.book import letters
from ach_desk.exchange.csv_columns import Field, join_sources
from ach_desk.exchange.matrix_table import field_texts
from ach_desk.exchange.sheet_mapping import ID_HEADING, Role
from ach_desk.i18n import _
from ach_desk.model import (
    Analysis,
    EvidenceItem,
    EvidenceKind,
    EvidenceStatus,
    Hypothesis,
    Level,
    Matrix,
    Rating,
    RatingValue,
)
from ach_desk.model.method_settings import kept
from ach_desk.model.values import SCALE_STEPS
from ach_desk.model.words import honest_note, rating_meaning, rating_question
from ach_desk.scoring import build_table, shown_records, standing
from ach_desk.scoring.inconsistency import points_of


@dataclass(frozen=True)
class Formula:
    """A cell that is calculated: the formula in English without its =, and what it shows at the moment."""

    text: str
    value: str | float


Cell = str | float | Formula | None
MOST_LINES, _LINES_BESIDE = 12, 3
"""A row is no higher than so many lines: for what is printed, for what stands beside that."""


@dataclass(frozen=True)
class ColumnPlan:
    """A column: its width in characters, how its cells are set ("text", "short", "rating", "number"), if it is seen."""

    width: float
    style: str = "short"
    is_hidden: bool = False


@dataclass(frozen=True)
class Choices:
    """Cells (row, column, row, column; from 0, ends included) in which one of these is chosen from a list."""

    area: tuple[int, int, int, int]
    values: tuple[str, ...]


@dataclass
class SheetPlan:
    """One sheet: its cells, how its first rows are set, how many rows and columns stay in sight, what is chosen.

    row_styles: row -> "marking", "question", "score", "label", "heading" or "hidden". rated: the cells with ratings.
    printed: the last row and column that belong on paper; None: all of them.
    """

    name: str
    columns: list[ColumnPlan]
    rows: list[list[Cell]]
    row_styles: dict[int, str] = field(default_factory=dict)
    frozen: tuple[int, int] = (1, 0)
    choices: list[Choices] = field(default_factory=list)
    rated: tuple[int, int, int, int] | None = None
    printed: tuple[int, int] | None = None

    def lines(self, row: int) -> int:
        """Return how many lines the row needs so that its wrapped texts can be read, up to `MOST_LINES`."""
        style = self.row_styles.get(row)
        if style is not None and style != "heading":
            return 1
        last = self.printed[1] if self.printed is not None else len(self.columns)
        most = 1
        for place, (column, cell) in enumerate(zip(self.columns, self.rows[row], strict=False)):
            text = cell.value if isinstance(cell, Formula) else cell
            if not isinstance(text, str) or column.is_hidden or not (style or column.style == "text"):
                continue
            if len(text) > column.width or "\n" in text:
                needed = text.count("\n") + 1 + int(len(text) / column.width)
                most = max(most, needed if place <= last else min(needed, _LINES_BESIDE))
        return min(most, MOST_LINES)


@dataclass(frozen=True)
class BookPlan:
    """All sheets, the marking for every page, the title, and the names that formulas use: name -> cells."""

    sheets: list[SheetPlan]
    marking: str
    title: str
    names: Mapping[str, str]


INCONSISTENCY_ROW, WEIGHTED_ROW, RANKED_ROW, LABEL_ROW, MARKER_ROW, HEADING_ROW, FIRST_ROW = 2, 3, 4, 5, 6, 7, 8
ID_COLUMN, LABEL_COLUMN, TEXT_COLUMN, CREDIBILITY_COLUMN, RELEVANCE_COLUMN, FIRST_HYPOTHESIS = range(6)
_KEYS, _AGAINST, _POINTS, _SQUARES, _RATED = "ach_rating", "ach_against", "ach_points", "ach_squares", "ach_rated"


def plan_book(analysis: Analysis, matrix: Matrix, analyst: str) -> BookPlan:
    """Return the plan of a matrix with the ratings of `analyst` (an id); what is withheld must be out already."""
    items, hypotheses = shown_records(analysis, matrix)
    scale, names = _scale_sheet()
    sheets = [
        _Matrix(analysis, matrix, analyst, items, hypotheses).plan(),
        _hypotheses_sheet(hypotheses),
        _items_sheet(items),
        _sources_sheet(analysis),
        _ratings_sheet(matrix, analyst, items, hypotheses),
        _about_sheet(analysis, matrix),
        scale,
    ]
    return BookPlan(sheets, " ".join(analysis.marking.split()), " ".join(analysis.question.split()), names)


class _Matrix:
    """Makes the first sheet: the matrix, its scores and its diagnosticity."""

    def __init__(
        self,
        analysis: Analysis,
        matrix: Matrix,
        analyst: str,
        items: Sequence[EvidenceItem],
        hypotheses: Sequence[Hypothesis],
    ) -> None:
        self._analysis, self._matrix, self._items, self._hypotheses = analysis, matrix, items, hypotheses
        self._sheet = matrix.sheets.get(analyst, {})
        self._table = build_table(analysis, matrix, analyst)
        self._standing = standing(self._table)
        self._after = FIRST_HYPOTHESIS + len(hypotheses)
        self._last_row = FIRST_ROW + len(items) - 1
        self._weight = letters(self._after + 1)
        self._status = letters(self._after + 3)

    def plan(self) -> SheetPlan:
        """Return the sheet."""
        rows = [*self._head(), *map(self._row, range(len(self._items)))]
        count = len(self._hypotheses)
        columns = [
            *(ColumnPlan(4, is_hidden=True), ColumnPlan(7), ColumnPlan(52, "text"), ColumnPlan(11), ColumnPlan(11)),
            *[ColumnPlan(14, "rating")] * count,
            *(ColumnPlan(13, "number"), ColumnPlan(9, "number"), ColumnPlan(13), ColumnPlan(11)),
            *(ColumnPlan(28, "text"), ColumnPlan(14), ColumnPlan(40, "text")),
        ]
        styles = {0: "marking", 1: "question", INCONSISTENCY_ROW: "score", WEIGHTED_ROW: "score", LABEL_ROW: "label"}
        styles |= {RANKED_ROW: "hidden", MARKER_ROW: "hidden", HEADING_ROW: "heading"}
        rated = (FIRST_ROW, FIRST_HYPOTHESIS, self._last_row, self._after - 1) if self._items and count else None
        frozen, printed = (FIRST_ROW, FIRST_HYPOTHESIS - 2), (len(rows) - 1, self._after + 1)
        return SheetPlan(own.MATRIX, columns, rows, styles, frozen, self._choices(), rated, printed)

    def _choices(self) -> list[Choices]:
        if not self._items:
            return []
        levels = tuple(level.value for level in Level)
        steps = (*(step.value for step in SCALE_STEPS[self._matrix.scale]), RatingValue.NOT_APPLICABLE.value)
        wanted = [
            (CREDIBILITY_COLUMN, RELEVANCE_COLUMN, levels),
            (self._after + 2, self._after + 2, tuple(kind.value for kind in EvidenceKind)),
            (self._after + 3, self._after + 3, (EvidenceStatus.COUNTED.value, EvidenceStatus.SET_ASIDE.value)),
        ]
        if self._hypotheses:
            wanted.append((FIRST_HYPOTHESIS, self._after - 1, steps))
        return [Choices((FIRST_ROW, first, self._last_row, last), values) for first, last, values in wanted]

    def _head(self) -> list[list[Cell]]:
        before: list[Cell] = [None, None]
        count = len(self._hypotheses)
        marks = [own.MARKER, Role.LABEL.value, Role.TEXT.value, Role.CREDIBILITY.value, Role.RELEVANCE.value]
        marks += [own.HYPOTHESIS_MARK + hypothesis.id for hypothesis in self._hypotheses]
        marks += [own.CALCULATED, own.CALCULATED, Role.KIND.value, Role.STATUS.value, Role.SOURCE.value]
        marks += [Role.DATE.value, Role.NOTE.value]
        headings = [ID_HEADING, _("Label"), Field.EVIDENCE.value, Field.CREDIBILITY.value, Field.RELEVANCE.value]
        headings += [hypothesis.title for hypothesis in self._hypotheses]
        headings += [_("Diagnosticity"), _("Weight"), Field.KIND.value, _("Counts"), Field.SOURCE.value]
        headings += [Field.DATE.value, Field.NOTE.value]
        scores = self._standing
        return [
            [None, self._analysis.marking],
            [None, self._analysis.question],
            [*before, _("Inconsistency"), None, None, *self._scores(scores.inconsistency, weighted=False)],
            [
                *before,
                _("Weighted inconsistency"),
                None,
                None,
                *self._scores(scores.weighted_inconsistency, weighted=True),
            ],
            [*before, _("Ranked"), None, None, *[float(active) for active in self._table.active[:count]]],
            [*before, None, None, None, *[hypothesis.label for hypothesis in self._hypotheses]],
            list(marks),
            list(headings),
        ]

    def _scores(self, values: Iterable[float], *, weighted: bool) -> list[Cell]:
        if not self._items:
            return [0.0 for _value in values]
        weights = f"${self._weight}${FIRST_ROW + 1}:${self._weight}${self._last_row + 1}"
        factor = weights if weighted else f"({weights}>0)"
        cells: list[Cell] = []
        for place, value in enumerate(values):
            column = letters(FIRST_HYPOTHESIS + place)
            area = f"{column}{FIRST_ROW + 1}:{column}{self._last_row + 1}"
            cells.append(Formula(f"SUMPRODUCT(SUMIF({_KEYS},{area},{_AGAINST})*{factor})", float(value)))
        return cells

    def _row(self, place: int) -> list[Cell]:
        item = self._items[place]
        title, kind, credibility, relevance, source, date, note = field_texts(self._analysis, item)
        cells = self._sheet.get(item.id, {})
        ratings = [_rating_text(cells.get(hypothesis.id)) for hypothesis in self._hypotheses]
        row = FIRST_ROW + place + 1
        weight = float(self._table.weights[place]) if item.is_counted else 0.0
        return [
            *(item.id, item.label, title, credibility, relevance),
            *ratings,
            self._diagnosticity(row, float(self._standing.diagnosticity[place])),
            Formula(
                f'IF({self._status}{row}="{EvidenceStatus.SET_ASIDE.value}",0,'
                f'2^((D{row}="high")/2-(D{row}="low")/2+(E{row}="high")/2-(E{row}="low")/2))',
                weight,
            ),
            *(kind, item.status.value, source, date, note),
        ]

    def _diagnosticity(self, row: int, value: float) -> Cell:
        if not self._hypotheses:
            return None
        first, last = letters(FIRST_HYPOTHESIS), letters(self._after - 1)
        active = f"{first}${RANKED_ROW + 1}:{last}${RANKED_ROW + 1}"
        number, total, squares = (
            f"SUMPRODUCT(SUMIF({_KEYS},{first}{row}:{last}{row},{name})*{active})"
            for name in (_RATED, _POINTS, _SQUARES)
        )
        text = f'IF({number}<2,"",SQRT(MAX(0,{number}*{squares}-{total}^2))/{number})'
        return Formula(text, "" if np.isnan(value) else value)


def _rating_text(rating: Rating | None) -> str | None:
    return rating.value.value if rating is not None and rating.value is not None else None


def _scale_sheet() -> tuple[SheetPlan, dict[str, str]]:
    """Return the sheet with what each rating counts, and the names under which formulas find its columns."""
    head = [_("Rating"), _("Meaning"), _("Counts against"), _("Points"), _("Squared"), _("Rated")]
    rows: list[list[Cell]] = [list(head)]
    for value in RatingValue:
        if value.is_on_scale:
            against, points = points_of(value)
            rows.append([value.value, rating_meaning(value), against, points, points * points, 1.0])
    columns = [ColumnPlan(9), ColumnPlan(52, "text"), *[ColumnPlan(15, "number")] * 4]
    places = {_KEYS: "A", _AGAINST: "C", _POINTS: "D", _SQUARES: "E", _RATED: "F"}
    names = {name: f"{own.SCALE}!${column}$2:${column}${len(rows)}" for name, column in places.items()}
    return SheetPlan(own.SCALE, columns, rows, {0: "heading"}), names


def _hypotheses_sheet(hypotheses: Sequence[Hypothesis]) -> SheetPlan:
    rows: list[list[Cell]] = [[ID_HEADING, _("Label"), _("Hypothesis"), *own.HYPOTHESIS_FIELDS]]
    for place, hypothesis in enumerate(hypotheses):
        title = Formula(f'{own.MATRIX}!{letters(FIRST_HYPOTHESIS + place)}{HEADING_ROW + 1}&""', hypothesis.title)
        rows.append([hypothesis.id, hypothesis.label, title, *_texts(hypothesis, own.HYPOTHESIS_FIELDS)])
    return _list_sheet(own.HYPOTHESES, rows, [40, 60])


def _items_sheet(items: Sequence[EvidenceItem]) -> SheetPlan:
    rows: list[list[Cell]] = [[ID_HEADING, _("Label"), _("Evidence"), *own.ITEM_FIELDS]]
    for place, item in enumerate(items):
        title = Formula(f'{own.MATRIX}!C{FIRST_ROW + place + 1}&""', item.title)
        rows.append([item.id, item.label, title, *_texts(item, own.ITEM_FIELDS)])
    return _list_sheet(own.ITEMS, rows, [52, 40])


def _sources_sheet(analysis: Analysis) -> SheetPlan:
    rows: list[list[Cell]] = [[ID_HEADING, own.SOURCE_LABEL, own.SOURCE_NAME, *own.SOURCE_FIELDS]]
    for source in analysis.sources.values():
        rows.append([source.id, source.label, source.name, *_texts(source, own.SOURCE_FIELDS)])
    return _list_sheet(own.SOURCES, rows, [40])


def _ratings_sheet(
    matrix: Matrix, analyst: str, items: Sequence[EvidenceItem], hypotheses: Sequence[Hypothesis]
) -> SheetPlan:
    """Return the sheet of the ratings that say more than their value: a rationale, a range, a confidence."""
    rows: list[list[Cell]] = [[ID_HEADING, *own.RATING_COLUMNS, own.RATIONALE]]
    sheet = matrix.sheets.get(analyst, {})
    for at, item in enumerate(items):
        cells = sheet.get(item.id, {})
        for column, hypothesis in enumerate(hypotheses) if cells else ():
            rating = cells.get(hypothesis.id)
            if rating is None or not (rating.rationale or rating.confidence or rating.range):
                continue
            place = f'{own.MATRIX}!{letters(FIRST_HYPOTHESIS + column)}{FIRST_ROW + at + 1}&""'
            ends = [end.value for end in rating.range] if rating.range else [None, None]
            confidence = rating.confidence.value if rating.confidence else None
            value = Formula(place, _rating_text(rating) or "")
            rows.append(
                [item.id, hypothesis.id, item.label, hypothesis.label, value, *ends, confidence, rating.rationale]
            )
    widths = [ColumnPlan(4, is_hidden=True), ColumnPlan(4, is_hidden=True), ColumnPlan(8), ColumnPlan(12)]
    widths += [ColumnPlan(10), ColumnPlan(16), ColumnPlan(17), ColumnPlan(12), ColumnPlan(80, "text")]
    return SheetPlan(own.RATINGS, widths, rows, {0: "heading"})


def _about_sheet(analysis: Analysis, matrix: Matrix) -> SheetPlan:
    rows: list[list[Cell]] = [
        [heading, str(getattr(analysis, name) or "")] for heading, name in own.DOCUMENT_FIELDS.items()
    ]
    rows.append([own.SCALE_LINE, matrix.scale.value])
    rows.append([own.METHOD_LINE, kept(matrix.method_settings).method.value])
    rows += [[None, None], [_("The rating question"), rating_question()], [_("What the scores are"), honest_note()]]
    return SheetPlan(own.ABOUT, [ColumnPlan(26), ColumnPlan(100, "text")], rows, frozen=(0, 0))


def _list_sheet(name: str, rows: list[list[Cell]], wide: Sequence[float]) -> SheetPlan:
    """Return a sheet that lists records: the id hidden, a label, then the columns that say anything, the first wide."""
    said = [place for place in range(len(rows[0])) if place < 3 or any(row[place] is not None for row in rows[1:])]
    rows = [[row[place] for place in said] for row in rows]
    wide = wide[: len(said) - 2]
    further = len(said) - 2 - len(wide)
    columns = [ColumnPlan(4, is_hidden=True), ColumnPlan(7), *(ColumnPlan(width, "text") for width in wide)]
    return SheetPlan(name, [*columns, *[ColumnPlan(18, "text")] * further], rows, {0: "heading"}, (1, 3))


def _texts(record: Any, names: Mapping[str, str]) -> list[Cell]:
    return [_text_of(getattr(record, name)) for name in names.values()]


_WRITERS: Mapping[type, Callable[[Any], str | None]] = {
    bool: lambda value: own.YES if value else None,
    tuple: lambda value: join_sources(value) or None,
}


def _text_of(value: Any) -> str | None:
    if value is None or value == "":
        return None
    return _WRITERS.get(type(value), str)(value)
