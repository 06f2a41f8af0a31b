"""What a foreign sheet says under a mapping: hypotheses, items and ratings, and what was not understood, by address."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ach_desk.exchange.book import LONGEST_TEXT, Sheet, address
from ach_desk.exchange.csv_columns import after_prefix, split_sources
from ach_desk.exchange.csv_text import is_comment
from ach_desk.exchange.sheet_guess import Rows, turned
from ach_desk.exchange.sheet_mapping import Role, Scheme, SheetMapping, role_of_heading, scheme_words, split_label
from ach_desk.exchange.sheet_words import KINDS, LEVELS, STATUSES, meanings, word_of
from ach_desk.i18n import _, join_some
from ach_desk.model import EvidenceKind, EvidenceStatus, RatingValue
from ach_desk.model.dates import event_fields

_LONGEST_QUOTE = 60
_MOST_NAMED = 8
_PLAIN_FIELDS = {
    Role.DETAIL: "detail",
    Role.NOTE: "note",
    Role.LINK: "link",
    Role.QUOTATION: "quotation",
    Role.PAGE: "page",
    Role.HEADING: "heading",
    Role.MARKING: "marking",
}
_TAG_ENDS = re.compile(r"[;,\n]")


@dataclass
class DraftHypothesis:
    """A hypothesis before it is one: where it stands, and what the sheet says of it."""

    place: str
    title: str
    label: str = ""
    id: str = ""
    fields: dict[str, Any] = field(default_factory=dict)


@dataclass
class DraftItem:
    """An item before it is one; `ratings` has one entry per hypothesis, `further` what a cell says beyond it."""

    place: str
    title: str = ""
    label: str = ""
    id: str = ""
    fields: dict[str, Any] = field(default_factory=dict)
    sources: tuple[str, ...] = ()
    ratings: list[RatingValue | None] = field(default_factory=list)
    further: dict[int, dict[str, Any]] = field(default_factory=dict)


@dataclass
class SheetDraft:
    """What a sheet says. changed, skipped: sentences with places. sources: by name, what the file says of them.

    document: fields of the analysis. is_own: the sheet was written by this program, with ids.
    """

    hypotheses: list[DraftHypothesis] = field(default_factory=list)
    items: list[DraftItem] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    sources: dict[str, dict[str, Any]] = field(default_factory=dict)
    document: dict[str, Any] = field(default_factory=dict)
    scale: str = ""
    method: str = ""
    is_own: bool = False


def read_draft(sheet: Sheet, mapping: SheetMapping, calculated: Collection[int] = ()) -> SheetDraft:
    """Return what the sheet says under the mapping. Blank cells say nothing; nothing is taken that is not named.

    Columns that are `calculated` follow from the others: nobody needs to be told that they are not used.
    """
    return _Reading(sheet, mapping, calculated).draft()


class _Reading:
    """One sheet being read; rows and columns are those of the mapping, addresses those of the sheet."""

    def __init__(self, sheet: Sheet, mapping: SheetMapping, calculated: Collection[int]) -> None:
        self._rows: Rows = turned(sheet.rows) if mapping.transposed else sheet.rows
        self._sheet = sheet
        self._calculated = calculated
        self._mapping = mapping
        self._words = meanings(mapping)
        self._hypotheses = mapping.columns(Role.HYPOTHESIS)
        self._single = {role: columns[0] for role in Role if (columns := mapping.columns(role))}
        self._draft = SheetDraft()
        self._used_rows = {mapping.header}

    def draft(self) -> SheetDraft:
        headings = self._rows[self._mapping.header] if 0 <= self._mapping.header < len(self._rows) else []
        self._draft.hypotheses = [self._hypothesis(headings, column) for column in self._hypotheses]
        for at in range(self._mapping.header + 1, len(self._rows)):
            row = self._rows[at]
            if any(row) and not is_comment(row):
                item = self._item(at, row)
                if item is not None:
                    self._draft.items.append(item)
                    self._used_rows.add(at)
        if self._mapping.scheme is not Scheme.LETTERS and self._hypotheses:
            text = _("Ratings were read as: {way}.")
            self._draft.changed.append(text.format(way=scheme_words()[self._mapping.scheme]))
        self._say_of_formulas()
        self._say_of_cuts()
        self._say_of_unused(headings)
        return self._draft

    def _hypothesis(self, headings: Sequence[str], column: int) -> DraftHypothesis:
        heading = headings[column] if column < len(headings) else ""
        place = self._place(max(self._mapping.header, 0), column)
        title = after_prefix(heading)
        if title is not None:
            return DraftHypothesis(place, title)
        label, title = split_label(heading)
        return DraftHypothesis(place, title, label)

    def _item(self, at: int, row: Sequence[str]) -> DraftItem | None:
        text_column = self._single.get(Role.TEXT, 0)
        item = DraftItem(self._place(at, text_column))
        says_nothing = True
        for role, column in self._single.items():
            cell = row[column] if column < len(row) else ""
            if cell and role not in (Role.HYPOTHESIS, Role.UNUSED):
                says_nothing = False
                self._take(item, role, cell, (at, column))
        problems: list[str] = []
        item.ratings = [self._rating(row, at, column, problems) for column in self._hypotheses]
        is_blank = not (item.title.strip() or item.label or item.id)
        says_nothing = says_nothing and not any(item.ratings)
        is_sum = role_of_heading(item.title or item.label) is Role.UNUSED and not any(item.ratings) and bool(problems)
        if (is_blank and says_nothing) or is_sum:
            if is_sum or problems:
                text = _("{place}: a line without an item was left out.")
                self._draft.skipped.append(text.format(place=item.place))
            return None
        if is_blank:
            text = _("{place}: the item has no text.")
            self._draft.changed.append(text.format(place=item.place))
        self._draft.skipped += problems
        return item

    def _rating(self, row: Sequence[str], at: int, column: int, problems: list[str]) -> RatingValue | None:
        cell = row[column] if column < len(row) else ""
        if not cell:
            return None
        word = word_of(cell)
        if word in self._words:
            return self._words[word]
        text = _("{place}: “{cell}” is not understood as a rating; the cell was left empty.")
        problems.append(text.format(place=self._place(at, column), cell=short(cell)))
        return None

    def _take(self, item: DraftItem, role: Role, cell: str, place: tuple[int, int]) -> None:
        match role:
            case Role.TEXT:
                item.title = cell
            case Role.LABEL:
                item.label = cell.strip()
            case Role.ID:
                item.id = cell.strip()
            case Role.SOURCE:
                item.sources = tuple(split_sources(cell))
            case Role.TAGS:
                tags = cell.split(" | ") if " | " in cell else _TAG_ENDS.split(cell)
                item.fields["tags"] = tuple(dict.fromkeys(tag.strip() for tag in tags if tag.strip()))
            case Role.DATE:
                self._take_date(item, cell, place)
            case Role.CREDIBILITY | Role.RELEVANCE:
                self._take_known(item, role.value, cell, LEVELS, place)
            case Role.KIND:
                self._take_known(item, "kind", cell, KINDS, place)
            case Role.STATUS:
                self._take_known(item, "status", cell, STATUSES, place)
            case _:
                item.fields[_PLAIN_FIELDS[role]] = cell

    def _take_date(self, item: DraftItem, cell: str, place: tuple[int, int]) -> None:
        fields = event_fields(cell)
        item.fields.update({name: value for name, value in fields.items() if value})
        if not fields["event_date"] and cell.strip():
            text = _("{place}: “{cell}” is no date that the program knows; it was kept as words.")
            self._draft.changed.append(text.format(place=self._place(*place), cell=short(cell)))

    def _take_known(
        self, item: DraftItem, name: str, cell: str, members: Mapping[str, object], place: tuple[int, int]
    ) -> None:
        word = word_of(cell)
        if word not in members:
            text = _("{place}: “{cell}” was not understood and left out.")
            self._draft.skipped.append(text.format(place=self._place(*place), cell=short(cell)))
        elif members[word] not in (None, EvidenceKind.EVIDENCE, EvidenceStatus.COUNTED):
            item.fields[name] = members[word]

    def _place(self, row: int, column: int) -> str:
        return address(column, row) if self._mapping.transposed else address(row, column)

    def _say_of_formulas(self) -> None:
        """Say which of the used cells are formulas, and which of them show nothing because nobody calculated them."""
        used = {column for column, role in enumerate(self._mapping.roles) if role is not Role.UNUSED}
        formulas = sorted(
            (row, column)
            for place in self._sheet.formulas
            for row, column in [place[::-1] if self._mapping.transposed else place]
            if column in used and row in self._used_rows
        )
        blank = [place for place in formulas if not _cell(self._rows, *place)]
        shown = [place for place in formulas if _cell(self._rows, *place)]
        if shown:
            text = _("Formulas were not calculated; what they last showed was taken: {places}.")
            self._draft.changed.append(text.format(places=self._named(shown)))
        if blank:
            text = _(
                "Formulas without a stored result were left out: {places}. Save the file in a spreadsheet program."
            )
            self._draft.skipped.append(text.format(places=self._named(blank)))

    def _say_of_cuts(self) -> None:
        """Say which texts were too long to be kept whole."""
        if self._sheet.cut:
            text = _("Texts were cut after {most} characters: {places}.")
            named = join_some([address(*place) for place in sorted(self._sheet.cut)], _MOST_NAMED)
            self._draft.changed.append(text.format(most=LONGEST_TEXT, places=named))

    def _named(self, places: Sequence[tuple[int, int]]) -> str:
        return join_some([self._place(*place) for place in places], _MOST_NAMED)

    def _say_of_unused(self, headings: Sequence[str]) -> None:
        body = self._rows[self._mapping.header + 1 :]
        width = max(map(len, body), default=0)
        roles = [*self._mapping.roles, *[Role.UNUSED] * (width - len(self._mapping.roles))]
        for column, role in enumerate(roles):
            is_said = role is not Role.UNUSED or column in self._calculated
            if not is_said and any(column < len(row) and row[column].strip() for row in body):
                heading = headings[column] if column < len(headings) else ""
                place = self._place(max(self._mapping.header, 0), column)
                text = _("{place}: “{heading}” was not used.") if heading.strip() else _("{place}: was not used.")
                self._draft.skipped.append(text.format(place=place, heading=short(heading)))


def _cell(rows: Rows, row: int, column: int) -> str:
    return rows[row][column] if row < len(rows) and column < len(rows[row]) else ""


def short(text: str) -> str:
    """Return a text for a sentence: one line, cut where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_QUOTE else line[: _LONGEST_QUOTE - 1] + "…"
