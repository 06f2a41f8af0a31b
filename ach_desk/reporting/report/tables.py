"""What the renderers ask of tables: parts that fit the width of paper or a slide, and rows that may be cut.

A part of a table names its rows anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import ceil

from ach_desk.i18n import _
from ach_desk.reporting.report.model import Row, Section, Table

_MOST_LINES = 20
"""A row of more lines may be cut by the end of a page: it could be higher than one."""


def has_tall(row: Row, lines: Sequence[int]) -> bool:
    """Return whether a row may be cut by the end of a page. lines: characters in a line of each of its cells."""
    return row.tall or any(
        (len(cell.text) + len(cell.note)) / line + cell.text.count("\n") + cell.note.count("\n") > _MOST_LINES
        for cell, line in zip(row.cells, lines, strict=True)
    )


def parts(table: Table, most: int) -> list[Table]:
    """Return the table, or where it has more than `most` columns several of about the same width.

    Each begins with the columns that name the row, in a matrix with all before the ratings, and says in its caption
    which of the others it has.
    """
    lead = _lead(table)
    others = len(table.columns) - lead
    room = max(most - lead, 1)
    if others <= room:
        return [table]
    size = ceil(others / ceil(others / room))
    return [_part(table, lead, start, min(start + size, others)) for start in range(0, others, size)]


def _lead(table: Table) -> int:
    ratings = [number for row in table.rows[:1] for number, cell in enumerate(row.cells) if cell.is_rating]
    return max(ratings[0] if ratings else 0, table.row_headings)


def _part(table: Table, lead: int, start: int, end: int) -> Table:
    def kept(cells: tuple[object, ...]) -> tuple[object, ...]:
        return (*cells[:lead], *cells[lead + start : lead + end])

    columns = kept(table.columns)
    rows = tuple(Row(kept(row.cells), row.aside, row.tall) for row in table.rows)  # pyright: ignore[reportArgumentType]
    shown = table.columns[lead + start : lead + end]
    which = _("{first} to {last}").format(first=shown[0].title, last=shown[-1].title)
    caption = _("{caption} ({which})").format(caption=table.caption, which=which) if table.caption else which
    return replace(table, columns=columns, rows=rows, caption=caption)


def tables(section: Section) -> Iterator[Table]:
    """Yield the tables of a section."""
    yield from (block for block in section.blocks if isinstance(block, Table))
