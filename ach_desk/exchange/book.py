"""A spreadsheet file as sheets of texts, and the bounds that keep a hostile one from taking memory or time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from ach_desk.exchange.formats import RefusedFileError
from ach_desk.i18n import _

MAX_COLUMNS = 1_000
MAX_ROWS = 200_000
MAX_CELLS = 2_000_000
LONGEST_TEXT = 200_000
"""So many characters of one cell are kept: more than any spreadsheet program lets anybody type."""

MAX_CHARACTERS = 128 * 1024 * 1024
"""Of all cells of a sheet together: a text that is repeated in every cell counts as often as it stands there."""

Watch = Callable[[float], None]
"""Told how much of a file is read, from 0 to 1; raises `StoppedError` where nobody waits for it any more."""


class StoppedError(Exception):
    """The person stopped the reading."""


@dataclass(frozen=True)
class Sheet:
    """One sheet: its cells as texts, row by row, blank ones "" and missing at the end of a row.

    formulas: (row, column), from 0, of the cells that are calculated; what they last showed is in `rows`.
    cut: the same of the cells whose text was too long to be kept whole.
    """

    name: str
    rows: list[list[str]]
    is_hidden: bool = False
    formulas: frozenset[tuple[int, int]] = frozenset()
    cut: frozenset[tuple[int, int]] = frozenset()

    @property
    def is_blank(self) -> bool:
        """Return whether no cell holds anything."""
        return not any(self.rows)


@dataclass(frozen=True)
class Book:
    """The sheets of a file; `notes`: sentences about what the file holds beside them and what became of that.

    marking: the marking above the table of a text file.
    """

    sheets: tuple[Sheet, ...]
    notes: tuple[str, ...] = ()
    marking: str = ""


@dataclass
class Cells:
    """Collects the cells of a sheet; raises RefusedFileError where they become too many or lie too far out.

    A text that is longer than any cell of a spreadsheet program is cut, with an ellipsis.
    """

    file: str
    sheet: str
    rows: list[list[str]] = field(default_factory=list)
    formulas: set[tuple[int, int]] = field(default_factory=set)
    cut: set[tuple[int, int]] = field(default_factory=set)
    count: int = 0
    characters: int = 0

    def put(self, row: int, column: int, text: str, *, is_calculated: bool = False) -> None:
        """Put a text into a cell, counted from 0."""
        if row >= MAX_ROWS or column >= MAX_COLUMNS:
            refusal = _("{file}, sheet “{sheet}”: there is a cell at {place}, too far out to be read. Delete it there.")
            raise RefusedFileError(refusal.format(file=self.file, sheet=self.sheet, place=address(row, column)))
        self.characters += len(text)
        if len(text) > LONGEST_TEXT:
            text = text[: LONGEST_TEXT - 1] + "…"
            self.cut.add((row, column))
        rows = self.rows
        if row >= len(rows):
            rows.extend([] for _more in range(row + 1 - len(rows)))
        cells = rows[row]
        missing = column + 1 - len(cells)
        if missing == 1:
            cells.append(text)
        elif missing > 1:
            cells.extend([""] * (missing - 1))
            cells.append(text)
        else:
            cells[column] = text
        self.count += max(missing, 0)
        if is_calculated:
            self.formulas.add((row, column))
        if self.count > MAX_CELLS:
            too_many(self.file)
        if self.characters > MAX_CHARACTERS:
            refusal = _("{file} holds more text than is sound for a spreadsheet and was not read.")
            raise RefusedFileError(refusal.format(file=self.file))

    def sheet_of(self, *, is_hidden: bool = False) -> Sheet:
        """Return what was collected."""
        return Sheet(self.sheet, self.rows, is_hidden, frozenset(self.formulas), frozenset(self.cut))


def too_many(file: str) -> None:
    """Refuse a file for its number of cells: raises RefusedFileError."""
    text = _("{file} has more than {cells} cells and was not read. Split it into smaller files.")
    raise RefusedFileError(text.format(file=file, cells=MAX_CELLS))


def address(row: int, column: int) -> str:
    """Return the place of a cell, counted from 0, as spreadsheets write it: ``D7``."""
    return f"{letters(column)}{row + 1}"


def letters(column: int) -> str:
    """Return the letters of a column, counted from 0: A, B ... Z, AA."""
    text, rest = "", column + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        text = chr(ord("A") + letter) + text
    return text
