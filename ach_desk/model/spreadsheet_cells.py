"""Text as the cell of a table that a spreadsheet may open: never a formula, and the marking above the headings."""

from __future__ import annotations

COMMENT = "# "
"""Begins the one cell of a line above the headings that is no data: the marking of the analysis."""

_FORMULA_STARTS = tuple("=+-@\t\r\n'\uff1d\uff0b\uff0d\uff20")
"""The last four are = + - @ as East Asian keyboards write them; some spreadsheet programs take them for the others."""


def guarded(text: str) -> str:
    """Return `text` as a cell that a spreadsheet never takes for a formula: ``=1`` becomes ``'=1``.

    An apostrophe goes before = + - @ (wide ones too), tab and line ends, and before an apostrophe, so that `unguarded`
    finds the text again.
    """
    return "'" + text if text.startswith(_FORMULA_STARTS) else text


def unguarded(cell: str) -> str:
    """Return the text of a cell: exactly one leading apostrophe is taken away."""
    return cell.removeprefix("'")
