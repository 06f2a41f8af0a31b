"""The workbook that this program writes: how its sheets are laid out, and how they are read back with ids."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from ach_desk.exchange.book import Book, Sheet
from ach_desk.exchange.csv_columns import split_sources
from ach_desk.exchange.sheet_draft import DraftHypothesis, SheetDraft, read_draft
from ach_desk.exchange.sheet_mapping import ID_HEADING, Role, SheetMapping
from ach_desk.i18n import _
from ach_desk.model import HypothesisStatus
from ach_desk.model.method_settings import UNRECORDED

MARKER = "ACH Desk sheet 1"
"""In the first column of a hidden row that says what each column is; the headings stand below it, labels above."""

MATRIX, HYPOTHESES, ITEMS, SOURCES, RATINGS, ABOUT, SCALE = (
    *("Matrix", "Hypotheses", "Items", "Sources", "Ratings", "About", "Scale"),
)
HYPOTHESIS_MARK, CALCULATED = "hypothesis ", "calculated"
_SEARCHED = 40

HYPOTHESIS_FIELDS: Mapping[str, str] = {
    "Statement": "statement",
    "Status": "status",
    "Reason": "status_reason",
    "Since": "status_date",
    "Note": "note",
    "Stands for all others": "catch_all",
}
ITEM_FIELDS: Mapping[str, str] = {
    "Detail": "detail",
    "Quotation": "quotation",
    "Page": "page",
    "Link": "link",
    "Retrieved": "retrieved",
    "Learned": "learned_date",
    "Heading": "heading",
    "Code": "code",
    "Tags": "tags",
    "Marking": "marking",
    "Handling": "handling",
    "Reason set aside": "status_reason",
    "Set aside on": "status_date",
    "Suspect": "suspect",
    "Why suspect": "suspect_reason",
    "Flag": "flag",
    "Entered": "entered",
}
SOURCE_FIELDS: Mapping[str, str] = {
    "Kind": "kind",
    "Link": "link",
    "Date": "date",
    "Reliability": "reliability",
    "Evaluation": "evaluation",
    "Why so graded": "grade_reason",
    "Access": "access",
    "Motive": "motive",
    "Track record": "track_record",
    "Suspect": "suspect",
    "Why suspect": "suspect_reason",
    "Retracted": "retracted",
    "Why retracted": "retracted_reason",
    "Retracted on": "retracted_date",
    "Withheld": "withheld",
    "Public description": "public_description",
    "Note": "note",
}
DOCUMENT_FIELDS: Mapping[str, str] = {
    "Question": "question",
    "Description": "description",
    "Notice": "notice",
    "Marking": "marking",
    "Date of the information": "as_of",
}
SCALE_LINE, METHOD_LINE, YES = "Scale", "Way of adding up", "yes"
SOURCE_LABEL, SOURCE_NAME = "Label", "Name"
RATING_COLUMNS = ("Hypothesis id", "Item", "Hypothesis", "Rating", "Most consistent", "Most inconsistent", "Confidence")
RATIONALE = "Rationale"
_SWITCHES = frozenset({"catch_all", "suspect", "flag", "retracted", "withheld"})
_HYPOTHESIS_ID = re.compile(rf"{HYPOTHESIS_MARK}(\S+)")


def own_mapping(sheet: Sheet) -> SheetMapping | None:
    """Return how a sheet of this program is laid out, as it says itself; None for any other sheet."""
    at = _marker_row(sheet.rows)
    if at is None:
        return None
    return SheetMapping(at + 1, tuple(_role(mark) for mark in sheet.rows[at]))


def read_own(book: Book, sheet: Sheet, mapping: SheetMapping) -> SheetDraft:
    """Return what a sheet of this program says, with ids and labels, and what the sheets beside it add."""
    at = _marker_row(sheet.rows)
    if at is None:
        return read_draft(sheet, mapping)
    draft = read_draft(sheet, mapping, [place for place, mark in enumerate(sheet.rows[at]) if mark == CALCULATED])
    draft.is_own = True
    marks, labels = sheet.rows[at], sheet.rows[at - 1] if at else []
    headings = sheet.rows[at + 1] if at + 1 < len(sheet.rows) else []
    for hypothesis, column in zip(draft.hypotheses, mapping.columns(Role.HYPOTHESIS), strict=True):
        found = _HYPOTHESIS_ID.fullmatch(marks[column]) if column < len(marks) else None
        hypothesis.id = found[1] if found else ""
        if found:
            hypothesis.title = headings[column] if column < len(headings) else ""
            hypothesis.label = labels[column] if column < len(labels) else ""
    beside = {other.name: other for other in book.sheets}
    _add_hypotheses(draft.hypotheses, _table(beside.get(HYPOTHESES)))
    _add_items(draft, _table(beside.get(ITEMS)))
    _add_sources(draft, _table(beside.get(SOURCES)))
    _add_ratings(draft, _table(beside.get(RATINGS)))
    _add_document(draft, beside.get(ABOUT))
    return draft


def _marker_row(rows: Sequence[Sequence[str]]) -> int | None:
    return next((at for at, row in enumerate(rows[:_SEARCHED]) if row and row[0] == MARKER), None)


def _role(mark: str) -> Role:
    if mark == MARKER:
        return Role.ID
    if mark.startswith(HYPOTHESIS_MARK):
        return Role.HYPOTHESIS
    return Role(mark) if mark in set(Role) else Role.UNUSED


def _table(sheet: Sheet | None) -> list[dict[str, str]]:
    """Return the lines of a sheet beside the matrix by heading; blank cells are left out."""
    if sheet is None:
        return []
    start = next((at for at, row in enumerate(sheet.rows[:_SEARCHED]) if row and row[0] == ID_HEADING), None)
    if start is None:
        return []
    headings = sheet.rows[start]
    return [
        {heading: cell for heading, cell in zip(headings, row, strict=False) if cell} for row in sheet.rows[start + 1 :]
    ]


def _fields(line: Mapping[str, str], names: Mapping[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for heading, name in names.items():
        cell = line.get(heading, "")
        if name in _SWITCHES:
            if cell.strip().casefold() == YES:
                found[name] = True
        elif cell:
            found[name] = tuple(split_sources(cell)) if name == "tags" else cell
    return found


def _add_hypotheses(drafts: Sequence[DraftHypothesis], lines: Sequence[Mapping[str, str]]) -> None:
    known = {line.get(ID_HEADING, ""): line for line in lines}
    for draft in drafts:
        draft.fields = _fields(known.get(draft.id, {}) if draft.id else {}, HYPOTHESIS_FIELDS)
        if draft.fields.get("status") not in set(HypothesisStatus):
            draft.fields.pop("status", None)


def _add_items(draft: SheetDraft, lines: Sequence[Mapping[str, str]]) -> None:
    known = {line.get(ID_HEADING, ""): line for line in lines}
    for item in draft.items:
        line = known.get(item.id) if item.id else None
        if line is not None:
            item.fields = {**_fields(line, ITEM_FIELDS), **item.fields}


def _add_sources(draft: SheetDraft, lines: Sequence[Mapping[str, str]]) -> None:
    for line in lines:
        name = line.get(SOURCE_NAME, "")
        fields = _fields(line, SOURCE_FIELDS)
        fields |= {"id": line.get(ID_HEADING, ""), "label": line.get(SOURCE_LABEL, "")}
        if name and name not in draft.sources:
            draft.sources[name] = fields
        elif name:
            draft.changed.append(_("Several sources are called “{name}”; they became one.").format(name=name))


def _add_ratings(draft: SheetDraft, lines: Sequence[Mapping[str, str]]) -> None:
    rows = {item.id: item for item in draft.items if item.id}
    columns = {hypothesis.id: column for column, hypothesis in enumerate(draft.hypotheses) if hypothesis.id}
    for line in lines:
        item, column = rows.get(line.get(ID_HEADING, "")), columns.get(line.get(RATING_COLUMNS[0], ""))
        if item is None or column is None:
            continue
        further: dict[str, Any] = {}
        ends = [line.get(RATING_COLUMNS[4], ""), line.get(RATING_COLUMNS[5], "")]
        if all(ends):
            further["range"] = ends
        if line.get(RATING_COLUMNS[6]):
            further["confidence"] = line[RATING_COLUMNS[6]]
        if line.get(RATIONALE):
            further["rationale"] = line[RATIONALE]
        if further:
            item.further[column] = further


def _add_document(draft: SheetDraft, sheet: Sheet | None) -> None:
    draft.method = UNRECORDED  # of a workbook of ours that does not say
    for row in sheet.rows if sheet is not None else ():
        if len(row) > 1 and row[0] in DOCUMENT_FIELDS and row[1]:
            draft.document[DOCUMENT_FIELDS[row[0]]] = row[1]
        elif len(row) > 1 and row[0] == SCALE_LINE:
            draft.scale = row[1]
        elif len(row) > 1 and row[0] == METHOD_LINE:
            draft.method = row[1]
