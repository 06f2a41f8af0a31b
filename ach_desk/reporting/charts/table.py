"""The numbers behind a chart as rows of plain values, and as a CSV file."""

from __future__ import annotations

import csv
import io
import math
from dataclasses import dataclass

from ach_desk.model.spreadsheet_cells import COMMENT, guarded

Value = str | int | float | None


@dataclass(frozen=True)
class Table:
    """A header, and rows of as many values. Numbers are exact; None is a value that there is not."""

    header: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]

    def csv(self, marking: str = "") -> bytes:
        """Return the table as comma-separated UTF-8, the marking in a line above; no text in it becomes a formula."""
        out = io.StringIO(newline="")
        writer = csv.writer(out)
        if marking.strip():
            writer.writerow([COMMENT + " ".join(marking.split())])
        writer.writerow([guarded(name) for name in self.header])
        writer.writerows([_cell(value) for value in row] for row in self.rows)
        return out.getvalue().encode("utf-8", errors="replace")


def _cell(value: Value) -> str | int | float:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    return guarded(value) if isinstance(value, str) else value
