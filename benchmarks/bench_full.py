"""10,000 items under 10 hypotheses with all that may stand behind a row (benchmarks/full_case.py), in the window."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ach_desk.model import RatingValue
from benchmarks import bench_matrix, bench_window
from benchmarks.full_case import write_full
from benchmarks.measure import Row, absolute, against_floor, medians_in_turn, plain_environment
from scripts.virtual_display import virtual_display

NAME = "full 10,000 x 10"
_GROUPING_LIMIT = 100.0


def run(quick: bool = False) -> list[Row]:
    """Return the rows; `quick` takes fewer rounds."""
    presses, rounds = (40, 3) if quick else (120, 7)
    with tempfile.TemporaryDirectory() as name, virtual_display() as display:
        folder = Path(name)
        case = folder / "full.ach.json"
        write_full(case)
        environment = plain_environment(folder, DISPLAY=display, QT_QPA_PLATFORM="xcb")
        data = case.read_bytes()
        plain = json.loads(data)
        loads, dumps = medians_in_turn(
            rounds, lambda: _ms(lambda: json.loads(data)), lambda: _ms(lambda: _dumped(plain))
        )
        kept = [_in_a_process("bench_document", environment, "measure", str(case)) for _round in range(rounds)]
        bare = _in_a_process("bench_document", environment, "bare", str(case))["rss"]
        keys = sorted(_in_a_process("bench_window", environment, "inspector", str(case), str(presses))["keys"])
        looked = _in_a_process("bench_full", environment, str(case), str(presses))

    def median(key: str) -> float:
        return sorted(entry[key] for entry in kept)[len(kept) // 2]

    return [
        against_floor(f"{NAME}: open to painted matrix", median("open"), loads, 6.0),
        against_floor(f"{NAME}: save (fsync)", median("save"), dumps, 4.0),
        absolute(f"{NAME}: longest pause while saving", median("save_pause"), 100.0),
        absolute(f"{NAME}: memory above a bare window, no chart", median("rss") - bare, 150.0, "MB", bare),
        absolute(f"{NAME}, inspector in front: key press to painted, p95", keys[len(keys) * 95 // 100], 33.0),
        *(absolute(f"{NAME}: {label}", value, limit) for label, (value, limit) in looked.items()),
    ]


def _ms(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return 1000 * (time.perf_counter() - start)


def _dumped(data: object) -> bytes:
    return json.dumps(data, ensure_ascii=False).encode()


def _in_a_process(bench: str, environment: dict[str, str], *arguments: str) -> dict[str, Any]:
    """Return what a fresh process of that benchmark measured, as it printed it."""
    command = [sys.executable, "-m", f"benchmarks.{bench}", *arguments]
    output = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True, timeout=300).stdout
    return json.loads(output.splitlines()[-1])


def _look(case: Path, presses: int) -> dict[str, tuple[float, float]]:
    """Return what looking at the matrix alone takes, and the limit of each figure."""
    from PySide6.QtWidgets import QApplication

    from ach_desk.ui.application import Desktop

    app = QApplication(["ach-desk"])
    desktop = Desktop(app)
    desktop.opener.open(case, at_once=True)
    window = desktop.windows[0]
    bench_window.until(lambda: window.side.is_built("inspector") and not desktop.background.is_busy)
    panel = window.matrix
    window.side.inspector_dock.hide()
    window.side.charts_dock.hide()
    found = {"key press to painted, p95": (bench_matrix.share(bench_matrix.press_keys(app, panel, presses), 95), 33.0)}
    found["slowest frame of scrolling"] = (max(bench_matrix.scroll(app, panel, presses // 4)), 33.0)
    rows = bench_matrix.arrange(app, panel, "", 3 if presses < 100 else 9)
    found |= {row["name"].removeprefix(": "): (row["value"], row["limit"]) for row in rows}
    panel.arranging.clear_filter()
    found["findings, anew after a rating"] = (_findings(window), 500.0)
    for way in ("source", "tag", "date"):
        taken = bench_matrix.timed(app, lambda number, way=way: panel.groups.group_by("" if number % 2 else way), 4)
        found[f"group by {way}, slowest"] = (max(taken), _GROUPING_LIMIT)
    found["timeline opened to drawn"] = (_timeline(window), 3_000.0)
    window.close_for_good()
    desktop.shut_down()
    return found


def _findings(window: Any) -> float:
    session = window.session
    cell = (session.matrix.evidence[7_000], session.matrix.hypotheses[3])
    values = (RatingValue.CONSISTENT, RatingValue.INCONSISTENT)
    bench_window.until(lambda: not window.background.is_busy)
    taken = []
    for number in range(4):
        session.rate([cell], values[number % 2])
        taken.append(_ms(lambda: session.findings))
    return sorted(taken)[1]


def _timeline(window: Any) -> float:
    drawn: list[float] = []
    start = time.perf_counter()
    window.timeline.toggle()
    window.timeline.dock.panel.drawn.connect(lambda: drawn.append(time.perf_counter()))
    bench_window.until(lambda: bool(drawn))
    return 1000 * (drawn[0] - start)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_look(Path(sys.argv[1]), int(sys.argv[2]))) + "\n")
