"""A real LibreOffice Calc 7.4 on a display of its own, with its settings as shipped: where things are in its window."""

from __future__ import annotations

import csv
import io
import os
import re
import signal
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.keystrokes.acts import Stage
from benchmarks.keystrokes.hands import Hands, Point
from scripts.virtual_display import virtual_display

NEEDED = ("soffice", "Xvfb", "xdotool", "xclip")

Sheet = list[list[str]]

_WIDTH, _HEIGHT = 1366, 768
_COLUMN_WIDTH, _ROW_HEIGHT = 82, 17.04
_A1 = (74, 177)
_HEADINGS = (17, 157)
"""The middle of the headings of the rows (x) and of the columns (y)."""

_HANDLE = (41, 8)
"""From the middle of a cell to its fill handle."""

_SORT_DESCENDING = (787, 46)
_PATIENCE_S = 90
_QUIET_S = 0.25


def driven(stages: Sequence[Stage]) -> tuple[Sheet, list[tuple[str, Sheet]]]:
    """Do the stages in a new sheet; return it as it is at the end, and as it was at each act `Wait`, with its text.

    Raises RuntimeError when the count is not that of the stages.
    """
    seen: list[tuple[str, Sheet]] = []
    with tempfile.TemporaryDirectory() as name, virtual_display(_WIDTH, _HEIGHT) as display:
        environment = {**os.environ, "DISPLAY": display, "HOME": name}
        office = _Office.start(Path(name), environment)
        try:
            office.fill_the_screen()
            hands = Hands(environment, where, lambda what: seen.append((what, office.sheet())), office.settle)
            hands.do(stages)
            if hands.count != sum(stage.count for stage in stages):
                raise RuntimeError(f"{hands.count} keystrokes and clicks were made")
            return office.sheet(), seen
        finally:
            office.end()


def where(place: str) -> Point:
    """Return where a place of Calc's window is: "B2", "row 2", "column B", "fill handle of F2", "sort descending"."""
    if place == "sort descending":
        return _SORT_DESCENDING
    if place.startswith("row "):
        return _HEADINGS[0], _row(place.removeprefix("row "))
    if place.startswith("column "):
        return _column(place.removeprefix("column ")), _HEADINGS[1]
    if place.startswith("fill handle of "):
        x, y = where(place.removeprefix("fill handle of "))
        return x + _HANDLE[0], y + _HANDLE[1]
    cell = re.fullmatch("([A-Z])([0-9]+)", place)
    if cell is None:
        raise ValueError(f"{place} is no place of Calc")
    return _column(cell[1]), _row(cell[2])


def _column(letter: str) -> int:
    return _A1[0] + _COLUMN_WIDTH * (ord(letter) - ord("A"))


def _row(number: str) -> int:
    return round(_A1[1] + _ROW_HEIGHT * (int(number) - 1))


@dataclass(frozen=True)
class _Office:
    process: subprocess.Popen[bytes]
    environment: dict[str, str]

    @staticmethod
    def start(folder: Path, environment: dict[str, str]) -> _Office:
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        options = ("--calc", "--norestore", "--nologo", "--nofirststartwizard")
        quiet = subprocess.DEVNULL
        process = subprocess.Popen(
            ["soffice", profile, *options], env=environment, stdout=quiet, stderr=quiet, start_new_session=True
        )
        return _Office(process, environment)

    def fill_the_screen(self) -> None:
        """Wait for the window; without a window manager it gets its size and the keyboard from here."""
        found = self._tool("search", "--sync", "--onlyvisible", "--name", "LibreOffice Calc").split()[0]
        self.settle()
        size = ("windowsize", found, str(_WIDTH), str(_HEIGHT))
        self._tool(*size, "windowmove", found, "0", "0", "windowfocus", found)
        self.settle()

    def settle(self) -> None:
        """Wait until the processor has nothing more to do for it. Raises TimeoutError."""
        deadline = time.monotonic() + _PATIENCE_S
        before = -1
        while before != (now := self._ticks()):
            if time.monotonic() > deadline:
                raise TimeoutError("Calc is always busy")
            before = now
            time.sleep(_QUIET_S)

    def sheet(self) -> Sheet:
        """Return the sheet by way of the clipboard; the mouse and the keyboard of the case are not used."""
        self.settle()
        self._tool("key", "ctrl+a", "key", "ctrl+c")
        self.settle()
        paste = ["xclip", "-selection", "clipboard", "-o"]
        text = subprocess.run(paste, env=self.environment, capture_output=True, text=True, check=True).stdout
        return list(csv.reader(io.StringIO(text), delimiter="\t"))

    def end(self) -> None:
        """End the office and everything it started."""
        os.killpg(self.process.pid, signal.SIGTERM)
        self.process.wait()

    def _ticks(self) -> int:
        total = 0
        for entry in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = entry.read_text().rpartition(")")[2].split()
            except (FileNotFoundError, ProcessLookupError):  # it has ended meanwhile
                continue
            if int(fields[2]) == self.process.pid:
                total += int(fields[11]) + int(fields[12])
        return total

    def _tool(self, *arguments: str) -> str:
        command = ["xdotool", *arguments]
        return subprocess.run(
            command, env=self.environment, check=True, capture_output=True, text=True, timeout=_PATIENCE_S
        ).stdout
