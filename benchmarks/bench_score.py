"""How long `ach score` takes on the June 2023 case, beside a process that only imports numpy and pydantic."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from ach_desk import paths
from benchmarks.measure import PROGRAMS, Row, against_floor, medians_in_turn, plain_environment, process_ms

FLOOR = "import numpy; from pydantic import BaseModel"


def run(quick: bool = False) -> list[Row]:
    """Return the row; `quick` takes fewer rounds."""
    case = paths.seeds() / "russia-june-2023.ach.json"
    with tempfile.TemporaryDirectory() as folder:
        environment = plain_environment(Path(folder))
        floor, score = medians_in_turn(
            5 if quick else 15,
            lambda: process_ms([sys.executable, "-c", FLOOR], environment),
            lambda: process_ms([PROGRAMS / "ach", "score", case], environment),
        )
    return [against_floor("ach score, June 2023", score, floor, 2.5)]
