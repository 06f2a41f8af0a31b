"""Writes a matrix as a spreadsheet file, and says what that leaves out. Withheld sources go by their description."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ach_desk.exchange import own_book as own
from ach_desk.exchange.book import MAX_CELLS, MAX_COLUMNS, MAX_ROWS
from ach_desk.exchange.csv_matrix import ExportResult, write_matrix
from ach_desk.exchange.formats import Outgoing
from ach_desk.exchange.left_out import left_out
from ach_desk.exchange.ods_out import clean, ods_bytes
from ach_desk.exchange.sheet_plan import BookPlan, plan_book
from ach_desk.exchange.xlsx_out import LONGEST_CELL, writable, xlsx_bytes
from ach_desk.i18n import _, join_some
from ach_desk.model import Analysis, Matrix, Rating
from ach_desk.model.method_settings import DEFAULT_METHOD, going_by
from ach_desk.model.public import public
from ach_desk.scoring import shown_records

_MOST_NAMED = 6


def write_xlsx(analysis: Analysis, matrix: Matrix, analyst: str) -> Outgoing:
    """Return an Excel workbook of the matrix with the ratings of `analyst` (an id)."""
    plan = plan_book(public(analysis), matrix, analyst)
    return Outgoing(xlsx_bytes(plan), _not_held(analysis, matrix, analyst), tuple(_problems(plan, writable)))


def write_ods(analysis: Analysis, matrix: Matrix, analyst: str) -> Outgoing:
    """Return an OpenDocument spreadsheet of the matrix with the ratings of `analyst` (an id)."""
    plan = plan_book(public(analysis), matrix, analyst)
    return Outgoing(ods_bytes(plan), _not_held(analysis, matrix, analyst), tuple(_problems(plan, clean)))


def write_csv(analysis: Analysis, matrix: Matrix, analyst: str) -> Outgoing:
    """Return the matrix as comma-separated text, with the mark by which Excel knows UTF-8."""
    return _outgoing(write_matrix(analysis, matrix, analyst, byte_order_mark=True))


def write_tsv(analysis: Analysis, matrix: Matrix, analyst: str) -> Outgoing:
    """Return the matrix as tab-separated text."""
    return _outgoing(write_matrix(analysis, matrix, analyst, byte_order_mark=True, delimiter="\t"))


def _outgoing(result: ExportResult) -> Outgoing:
    return Outgoing(result.data, result.left_out, result.problems)


def _problems(plan: BookPlan, written: Any) -> Iterator[str]:
    """Yield what will not be read back as it is."""
    first = plan.sheets[0]
    broken = [
        sheet.name
        for sheet in plan.sheets
        if any(isinstance(cell, str) and written(cell) != cell for row in sheet.rows for cell in row)
    ]
    if broken:
        text = _("Sheet {sheets}: texts longer than {most} characters were cut, characters no sheet holds replaced.")
        yield text.format(sheets=join_some(broken, _MOST_NAMED), most=LONGEST_CELL)
    rows, columns = len(first.rows), len(first.columns)
    if rows > MAX_ROWS or columns > MAX_COLUMNS or rows * columns > MAX_CELLS:
        yield _("The file is too large to be imported again.")


def _not_held(analysis: Analysis, matrix: Matrix, analyst: str) -> tuple[str, ...]:
    """Return in words what a workbook leaves out: what a csv file does, less what the workbook has cells for."""
    copy = analysis.snapshot()
    place = next(at for at, entry in enumerate(copy.matrices) if entry.id == matrix.id)
    held = copy.matrices[place]
    items, hypotheses = shown_records(copy, held)
    for number, item in enumerate(items, 1):
        kept = _without(item, (*own.ITEM_FIELDS.values(), "status")) | {"label": f"E{number}"}
        copy.evidence[item.id] = item.model_copy(update=kept)
    for number, hypothesis in enumerate(hypotheses, 1):
        kept = _without(hypothesis, own.HYPOTHESIS_FIELDS.values()) | {"label": f"H{number}"}
        copy.hypotheses[hypothesis.id] = hypothesis.model_copy(update=kept)
    cited = {citation.source for item in items for citation in item.citations}
    for source in list(copy.sources.values()):
        if source.id in cited:
            kept = {} if source.withheld else _without(source, own.SOURCE_FIELDS.values())
            copy.sources[source.id] = source.model_copy(update=kept)
        else:
            del copy.sources[source.id]  # every source has a line of its own
    for name in own.DOCUMENT_FIELDS.values():
        setattr(copy, name, type(analysis).model_fields[name].default)
    held.method_settings = going_by(DEFAULT_METHOD, held.method_settings)  # the workbook names the method
    _strip_ratings(held, analyst)
    return tuple(left_out(copy, held, analyst))


def _without(record: Any, names: Iterable[str]) -> dict[str, Any]:
    """Return the fields as they are in a record in which nothing is entered."""
    return {name: type(record).model_fields[name].default for name in names}


def _strip_ratings(matrix: Matrix, analyst: str) -> None:
    sheet = matrix.sheets.get(analyst, {})
    for item, row in sheet.items():  # rows are shared with the analysis that this is a copy of
        sheet[item] = {hypothesis: _stripped(rating) for hypothesis, rating in row.items()}


def _stripped(rating: Rating) -> Rating:
    if rating.rationale or rating.confidence or rating.range:
        return Rating(rating.value, time=rating.time, extra=rating.extra, suggested=rating.suggested)
    return rating
