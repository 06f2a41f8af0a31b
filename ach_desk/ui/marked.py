"""The marking on what leaves for the clipboard: its first line or row. Pasted back here it is not taken for data."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QMimeData

from ach_desk.exchange.csv_text import comment_of
from ach_desk.model.marking import parse
from ach_desk.model.spreadsheet_cells import unguarded

FORMAT = "application/x-ach-desk-marking"
"""What the clipboard holds beside the text: the marking that is its first line."""


def one_line(marking: str) -> str:
    """Return a marking in one line."""
    return " ".join(marking.split())


def marked_text(text: str, marking: str) -> str:
    """Return a text with the marking as its first line, where there is one."""
    return f"{one_line(marking)}\n{text}" if marking.strip() else text


def marked_rows(rows: Sequence[Sequence[str]], marking: str) -> list[list[str]]:
    """Return rows of cells with the marking as the first one, where there is one."""
    head = [[one_line(marking)]] if marking.strip() else []
    return [*head, *map(list, rows)]


def sign(data: QMimeData, marking: str) -> None:
    """Note on what goes to the clipboard which marking its first line is."""
    if marking.strip():
        data.setData(FORMAT, one_line(marking).encode("utf-8", "replace"))


def signed(data: QMimeData) -> str:
    """Return the marking that what is on the clipboard begins with; "" where it is not from this program."""
    return bytes(data.data(FORMAT).data()).decode("utf-8", "replace") if data.hasFormat(FORMAT) else ""


def without_marking(rows: list[list[str]], *known: str) -> list[list[str]]:
    """Return pasted rows without a marking in front: one of `known`, of a known ladder, or of a CSV file."""
    if len(rows) < 2:
        return rows
    first, *others = rows[0] or [""]
    text = one_line(unguarded(first))
    if not text or any(cell.strip() for cell in others):
        return rows
    is_marking = text in map(one_line, known) or parse(text).ladder is not None or bool(comment_of(rows[:1]))
    return rows[1:] if is_marking else rows
