"""How long it takes to see something: the program's start to the painted matrix, and `ach score`."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from ach_desk import paths
from benchmarks.measure import PROGRAMS, Row, against_floor, medians_in_turn, painted_ms, plain_environment, process_ms
from scripts.virtual_display import virtual_display

CASE = "russia-june-2023.ach.json"
FLOOR_WINDOW = Path(__file__).with_name("floor_window.py")
FLOOR_IMPORTS = "import numpy; from pydantic import BaseModel"


def run(quick: bool = False) -> list[Row]:
    """Return the two rows; `quick` takes fewer rounds."""
    rounds = 5 if quick else 15
    with tempfile.TemporaryDirectory() as name, virtual_display() as display:
        folder = Path(name)
        case = folder / CASE
        shutil.copy(paths.seeds() / CASE, case)
        environment = plain_environment(folder, DISPLAY=display, QT_QPA_PLATFORM="xcb", ACH_DESK_BENCH="1")
        floor, window = medians_in_turn(
            rounds,
            lambda: painted_ms([sys.executable, FLOOR_WINDOW], environment),
            lambda: painted_ms([PROGRAMS / "ach-desk", case], environment),
        )
        imports, score = medians_in_turn(
            rounds,
            lambda: process_ms([sys.executable, "-c", FLOOR_IMPORTS], environment),
            lambda: process_ms([PROGRAMS / "ach", "score", case], environment),
        )
    return [
        against_floor("start to painted matrix, June 2023", window, floor, 1.6),
        against_floor("ach score, June 2023", score, imports, 2.5),
    ]
