"""What holds for every window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QWidget


def raise_window(window: QWidget) -> None:
    """Bring a window to the front, also out of the task bar."""
    window.show()
    window.setWindowState(window.windowState() & ~window.windowState().WindowMinimized)
    window.raise_()
    window.activateWindow()


SHEETS = (".xlsx", ".xlsm", ".ods", ".csv", ".tsv")
"""Endings of spreadsheets, which have a dialog of their own."""

_FOREIGN = (".ach", ".achz", ".stix.json", ".txt")
_PACKED = ".ach.zip"
_OPENED = (".json", ".csv", _PACKED, ".ach", ".achz")


def is_sheet(path: Path) -> bool:
    """Return whether a file is a spreadsheet by its name."""
    return path.name.casefold().endswith(SHEETS)


def is_packed(path: Path) -> bool:
    """Return whether a file is a packed analysis, by its name."""
    return path.name.lower().endswith(_PACKED)


def is_foreign(path: Path) -> bool:
    """Return whether a file is one of another program, and no spreadsheet, by its name.

    What ends in .json otherwise may be our own.
    """
    return path.name.lower().endswith(_FOREIGN)


def is_analysis(path: Path) -> bool:
    """Return whether a file that is dropped is one to open; any other one is something to capture."""
    return path.name.lower().endswith(_OPENED)


def dropped_files(data: QMimeData) -> list[Path]:
    """Return the files of this machine that are being dragged; none for anything else, such as an address."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
