"""How long it takes to see something: from the program's start to the painted matrix of the June 2023 case."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from ach_desk import paths
from benchmarks.measure import PROGRAMS, Row, against_floor, medians_in_turn, painted_ms, plain_environment
from scripts.virtual_display import virtual_display

CASE = "russia-june-2023.ach.json"
FLOOR = Path(__file__).with_name("floor_window.py")


def run(quick: bool = False) -> list[Row]:
    """Return the row; `quick` takes fewer rounds."""
    with tempfile.TemporaryDirectory() as name, virtual_display() as display:
        folder = Path(name)
        case = folder / CASE
        shutil.copy(paths.seeds() / CASE, case)
        environment = plain_environment(folder, DISPLAY=display, QT_QPA_PLATFORM="xcb", ACH_DESK_BENCH="1")
        floor, window = medians_in_turn(
            5 if quick else 15,
            lambda: painted_ms([sys.executable, FLOOR], environment),
            lambda: painted_ms([PROGRAMS / "ach-desk", case], environment),
        )
    return [against_floor("start to painted matrix, June 2023", window, floor, 1.6)]
