"""A large analysis, 10,000 x 10, in the running program: opening, saving, pauses of the window, memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.measure import Row, absolute, against_floor, medians_in_turn, plain_environment
from scripts.virtual_display import virtual_display

ITEMS, HYPOTHESES = 10_000, 10
HERE = Path(__file__)


def run(quick: bool = False) -> list[Row]:
    """Return the rows; `quick` takes fewer rounds."""
    rounds = 3 if quick else 7
    with tempfile.TemporaryDirectory() as name, virtual_display() as display:
        folder = Path(name)
        case = folder / "large.ach.json"
        write_large(case)
        environment = plain_environment(folder, DISPLAY=display, QT_QPA_PLATFORM="xcb")
        data = case.read_bytes()
        loads, dumps = medians_in_turn(rounds, lambda: _ms(json.loads, data), lambda: _ms(_dumped, json.loads(data)))
        found = [_measured("measure", case, environment) for _round in range(rounds)]
        bare = _measured("bare", case, environment)["rss"]

    def median(key: str) -> float:
        return sorted(entry[key] for entry in found)[len(found) // 2]

    return [
        against_floor("open 10,000 x 10 to painted matrix", median("open"), loads, 6.0),
        absolute("longest pause while opening", median("open_pause"), 500.0),
        against_floor("save 10,000 x 10 (fsync)", median("save"), dumps, 4.0),
        absolute("longest pause while saving", median("save_pause"), 100.0),
        absolute("memory above a bare window, no chart", median("rss") - bare, 100.0, "MB", bare),
        absolute("memory above a bare window, with charts", median("rss_charts") - bare, 180.0, "MB", bare),
    ]


def write_large(path: Path, items: int = ITEMS, hypotheses: int = HYPOTHESES) -> None:
    """Write an analysis of that size, every cell rated, to `path`."""
    from ach_desk.commands import edits
    from ach_desk.model import Matrix, Rating, RatingValue, new_analysis, now
    from ach_desk.storage.codec import encode

    analysis = new_analysis("What explains the large case?")
    matrix: Matrix = analysis.matrices[0]
    (analyst,) = analysis.analysts
    titles = [{"title": f"Explanation {number}"} for number in range(hypotheses)]
    edits.add_hypotheses(analysis, matrix, titles).apply(analysis)
    rows = [
        {"title": f"Item {number}: what was reported by somebody at some time", "credibility": "high"}
        for number in range(items)
    ]
    edits.add_items(analysis, matrix, rows).apply(analysis)
    values, time_stamp = list(RatingValue), now()
    for row, item in enumerate(matrix.evidence):
        for column, hypothesis in enumerate(matrix.hypotheses):
            rating = Rating(values[(row * 7 + column * 3) % len(values)], time=time_stamp)
            matrix.set_rating(analyst, item, hypothesis, rating)
    path.write_bytes(encode(analysis))


def _ms(function, *arguments: object) -> float:
    start = time.perf_counter()
    function(*arguments)
    return 1000 * (time.perf_counter() - start)


def _dumped(data: object) -> bytes:
    return json.dumps(data, ensure_ascii=False).encode()


def _measured(what: str, case: Path, environment: dict[str, str]) -> dict[str, float]:
    """Return what a fresh process measured, as it printed it."""
    command = [sys.executable, "-m", "benchmarks.bench_document", what, str(case)]
    output = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout
    return json.loads(output.splitlines()[-1])


def _rss() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _bare() -> dict[str, float]:
    import numpy
    from pydantic import BaseModel
    from PySide6.QtWidgets import QApplication, QTableView

    app = QApplication([])
    table = QTableView()
    table.show()
    app.processEvents()
    return {"rss": _rss(), "parts": len((numpy.__name__, BaseModel.__name__))}


class _Heartbeat:
    """Notes the longest time for which the window did not come to its event loop."""

    def __init__(self) -> None:
        from PySide6.QtCore import QTimer

        self._timer = QTimer()
        self._timer.timeout.connect(self._beat)
        self._timer.start(2)
        self.longest = 0.0
        self._last = time.perf_counter()

    def _beat(self) -> None:
        present = time.perf_counter()
        self.longest = max(self.longest, 1000 * (present - self._last))
        self._last = present

    def take(self) -> float:
        """Return the longest pause in ms since the last call."""
        self._beat()
        longest, self.longest = self.longest, 0.0
        return longest


def _measure(case: Path) -> dict[str, float]:
    from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
    from PySide6.QtWidgets import QApplication

    from ach_desk.ui.application import Desktop

    app = QApplication(["ach-desk"])
    desktop = Desktop(app)
    desktop.show_start()
    _wait(lambda: not desktop.background.is_busy)
    heart = _Heartbeat()
    loop = QEventLoop()

    class Painted(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                watched.removeEventFilter(self)
                QTimer.singleShot(0, loop.quit)
            return False

    painted = Painted()
    desktop.window_opened.connect(lambda window: window.matrix.view.viewport().installEventFilter(painted))
    heart.take()
    start = time.perf_counter()
    desktop.open_paths([case])
    loop.exec()
    found = {"open": 1000 * (time.perf_counter() - start), "open_pause": heart.take()}
    window = desktop.windows[0]
    window.side.inspector_dock.raise_()
    _wait(lambda: not desktop.background.is_busy)
    found["rss"] = _rss()
    window.matrix.rate(None)
    _wait(lambda: not desktop.background.is_busy)
    heart.take()
    start = time.perf_counter()
    window.document.save(lambda _saved: loop.quit())
    loop.exec()
    found |= {"save": 1000 * (time.perf_counter() - start), "save_pause": heart.take()}
    window.side.charts_dock.raise_()
    drawn: list[str] = []
    window.charts.drawn.connect(drawn.append)
    for kind in ("consistency", "ranking", "heatmap"):
        window.charts.show_kind(kind)
        window.charts.refresh()
        _wait(lambda kind=kind: kind in drawn)
    found["rss_charts"] = _rss()
    window.close_for_good()
    desktop.shut_down()
    return found


def _wait(settled) -> None:
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    quiet = 0
    while quiet < 3:
        QTimer.singleShot(20, loop.quit)
        loop.exec()
        quiet = quiet + 1 if settled() else 0


if __name__ == "__main__":
    task, path = sys.argv[1:]
    sys.stdout.write(json.dumps(_bare() if task == "bare" else _measure(Path(path))) + "\n")
