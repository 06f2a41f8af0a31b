"""Writes the plan of a workbook as an Excel file: choices, colours, working formulas. No text is ever a formula."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ach_desk.exchange.sheet_look import RATING_COLOURS
from ach_desk.exchange.sheet_plan import BookPlan, Cell, Formula, SheetPlan
from ach_desk.i18n import _

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

LONGEST_CELL = 32_767
_LONGEST_HEADER = 200
_LINE_HEIGHT = 15  # points
_UNWRITABLE = re.compile("[\ud800-\udfff\ufffe\uffff]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_STYLES: Mapping[str, dict[str, Any]] = {
    "text": {"text_wrap": True, "valign": "top"},
    "short": {"valign": "top"},
    "rating": {"align": "center", "valign": "top", "border": 1, "border_color": "#dcdcd8"},
    "number": {"align": "center", "valign": "top", "num_format": "0.00"},
    "marking": {"bold": True},
    "question": {"bold": True, "font_size": 13},
    "score": {"align": "center", "num_format": "0.00"},
    "label": {"bold": True, "align": "center"},
    "heading": {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#efefec", "bottom": 1},
    "hidden": {},
}


def xlsx_bytes(plan: BookPlan) -> bytes:
    """Return the file. Its properties carry no name of a person."""
    from xlsxwriter.workbook import Workbook

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    workbook = Workbook(out, options)
    workbook.set_properties({"title": _cut(plan.title, _LONGEST_HEADER), "author": "", "company": "", "manager": ""})
    styles = {name: workbook.add_format(entries) for name, entries in _STYLES.items()}
    for sheet in plan.sheets:
        _write(workbook, sheet, plan, styles)
    for name, area in plan.names.items():
        workbook.define_name(name, f"={area}")
    workbook.close()
    return out.getvalue()


def _write(workbook: Workbook, plan: SheetPlan, book: BookPlan, styles: Mapping[str, Any]) -> None:
    worksheet: Worksheet = workbook.add_worksheet(plan.name)
    for place, column in enumerate(plan.columns):
        worksheet.set_column(place, place, column.width, None, {"hidden": column.is_hidden})
    formats = [styles[column.style] for column in plan.columns]
    for row, cells in enumerate(plan.rows):
        style = plan.row_styles.get(row)
        if style == "hidden":
            worksheet.set_row(row, None, None, {"hidden": True})
        elif (lines := plan.lines(row)) > 1:
            worksheet.set_row(row, _LINE_HEIGHT * lines)
        of_row = [styles[style]] * len(cells) if style else formats
        _write_row(worksheet, row, cells, of_row, styles["rating"])
    worksheet.freeze_panes(*plan.frozen)
    _colour(workbook, worksheet, plan)
    for choice in plan.choices:
        options = {"validate": "list", "source": list(choice.values), "ignore_blank": True}
        worksheet.data_validation(*choice.area, options)
    _set_page(worksheet, plan, book.marking)


def _write_row(worksheet: Worksheet, row: int, cells: list[Cell], formats: list[Any], blank: Any) -> None:
    """Write one row; cells of the format `blank` are there also when nothing is in them, to be filled in."""
    string, number = worksheet.write_string, worksheet.write_number
    formula: Any = worksheet.write_formula  # its annotations know whole numbers only as results
    for column, cell in enumerate(cells):
        if type(cell) is str:
            if cell:
                string(row, column, writable(cell), formats[column])
        elif isinstance(cell, Formula):
            value = _CONTROL.sub(" ", cell.value)[:LONGEST_CELL] if isinstance(cell.value, str) else cell.value
            formula(row, column, f"={cell.text}", formats[column], value)
        elif isinstance(cell, float):
            number(row, column, cell, formats[column])
        elif formats[column] is blank:
            worksheet.write_blank(row, column, None, blank)


def writable(text: str) -> str:
    """Return a text as a cell can hold it: no longer than a cell, without half characters."""
    return _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", text)[:LONGEST_CELL]


def _colour(workbook: Workbook, worksheet: Worksheet, plan: SheetPlan) -> None:
    if plan.rated is None:
        return
    for value, (ground, text) in RATING_COLOURS.items():
        look = workbook.add_format({"bg_color": ground, "font_color": text})
        rule = {"type": "cell", "criteria": "==", "value": f'"{value.value}"', "format": look}
        worksheet.conditional_format(*plan.rated, rule)


def _set_page(worksheet: Worksheet, plan: SheetPlan, marking: str) -> None:
    worksheet.set_landscape()
    worksheet.set_paper(9)
    worksheet.fit_to_pages(1, 0)
    if plan.printed is not None:
        worksheet.print_area(0, 0, *plan.printed)
    if plan.frozen[0]:
        worksheet.repeat_rows(0, plan.frozen[0] - 1)
    shown = _cut(marking, _LONGEST_HEADER).replace("&", "&&")
    middle = f"&C{_apart(shown)}" if shown else ""
    if middle:
        worksheet.set_header(middle)
    worksheet.set_footer(f"{middle}&R{_('Page {number} of {total}').format(number='&P', total='&N')}")


def _apart(marking: str) -> str:
    """Return the marking so that digits at its beginning are not taken for a size of type."""
    return f" {marking}" if marking[:1].isdigit() else marking


def _cut(text: str, length: int) -> str:
    text = _CONTROL.sub(" ", text)
    return text if len(text) <= length else text[: length - 1] + "…"
