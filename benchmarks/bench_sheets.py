"""How long a large spreadsheet takes, out and in, against the libraries that merely write and read the cells."""

from __future__ import annotations

import io
import time
from collections.abc import Callable

from ach_desk.exchange.sheet_files import read_sheet_file
from ach_desk.exchange.sheet_out import write_xlsx
from ach_desk.exchange.sheet_plan import BookPlan, Formula, plan_book
from benchmarks.bench_print import large_case
from benchmarks.measure import Row, against_floor, medians_in_turn

EXPORT_LIMIT = 2.0
IMPORT_LIMIT = 2.0


def run(quick: bool = False) -> list[Row]:
    """Return the rows of 10,000 x 10 as xlsx, each measured in turn with its floor."""
    case = large_case(10_000, 10)
    plan = plan_book(*case)
    data = write_xlsx(*case).data
    rounds = 1 if quick else 3
    written, plainly = medians_in_turn(
        rounds, lambda: _ms(lambda: write_xlsx(*case)), lambda: _ms(lambda: _write(plan))
    )
    taken, read = medians_in_turn(
        rounds, lambda: _ms(lambda: read_sheet_file(data, "m.xlsx")), lambda: _ms(lambda: _read(data))
    )
    return [
        against_floor("xlsx export, 10,000 x 10", written, plainly, EXPORT_LIMIT),
        against_floor("xlsx import, 10,000 x 10", taken, read, IMPORT_LIMIT),
    ]


def _write(plan: BookPlan) -> None:
    """Write the same cells with XlsxWriter, and nothing else."""
    from xlsxwriter.workbook import Workbook

    workbook = Workbook(io.BytesIO(), {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    for sheet in plan.sheets:
        worksheet = workbook.add_worksheet(sheet.name)
        for row, cells in enumerate(sheet.rows):
            for column, cell in enumerate(cells):
                if isinstance(cell, str):
                    worksheet.write_string(row, column, cell)
                elif isinstance(cell, float):
                    worksheet.write_number(row, column, cell)
                elif isinstance(cell, Formula):
                    worksheet.write_formula(row, column, f"={cell.text}")
    workbook.close()


def _read(data: bytes) -> None:
    """Read every cell of every sheet with openpyxl, read-only."""
    from openpyxl import load_workbook

    workbook = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    for sheet in workbook.worksheets:
        for _row in sheet.iter_rows(values_only=True):
            pass
    workbook.close()


def _ms(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return 1000 * (time.process_time() - start)
