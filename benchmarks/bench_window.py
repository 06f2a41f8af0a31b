"""The whole window under the keyboard: key press to painted matrix with inspector or charts in front, and how soon
the charts show the new state. Real event loop, real display; one process per case.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from ach_desk.storage.codec import encode
from benchmarks.bench_agree import case as several
from benchmarks.bench_document import write_large
from benchmarks.measure import Row, absolute, plain_environment
from scripts.virtual_display import virtual_display

PAUSE_BETWEEN_KEYS_MS = 90
COMPARE_PAUSE_MS = 250
"""Longer than a small comparison rests after a key, so that one of three analysts could begin between two of them."""
TYPING = (
    ("inspector", 200, 8, 16.0),
    ("inspector", 10_000, 10, 33.0),
    ("charts", 200, 8, 50.0),
    ("compare", 10_000, 10, 33.0),
)
FRESH = (
    ("consistency", 20, 8, 150.0),
    ("ranking", 20, 8, 150.0),
    ("heatmap", 20, 8, 300.0),
    ("consistency", 20, 40, 600.0),
    ("ranking", 20, 40, 600.0),
)


def run(quick: bool = False) -> list[Row]:
    """Return the rows; `quick` presses fewer keys."""
    presses = 40 if quick else 120
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as name, virtual_display() as display:
        folder = Path(name)
        environment = plain_environment(folder, DISPLAY=display, QT_QPA_PLATFORM="xcb")
        for front, items, hypotheses, limit in TYPING:
            found = _measured(folder, environment, front, items, hypotheses, presses)
            times = sorted(found["keys"])
            label = f"window {items} x {hypotheses}, {front} in front: key press to painted"
            rows.append(absolute(f"{label}, p95", times[len(times) * 95 // 100], limit))
            if front == "charts":
                rows.append(absolute(f"{label}, longest", times[-1], 100.0))
        for kind, items, hypotheses, limit in FRESH:
            found = _measured(folder, environment, kind, items, hypotheses, 12)
            label = f"window {items} x {hypotheses}: rating to new {kind} picture, median"
            rows.append(absolute(label, statistics.median(found["fresh"]), limit))
    return rows


def _measured(
    folder: Path, environment: dict[str, str], front: str, items: int, hypotheses: int, presses: int
) -> dict[str, list[float]]:
    """Return what a fresh program measured."""
    case = folder / f"case-{items}-{hypotheses}-{front == 'compare'}.ach.json"
    if front == "compare":
        case.write_bytes(encode(several(3, items, hypotheses)))
    elif not case.exists():
        write_large(case, items, hypotheses)
    command = [sys.executable, "-m", "benchmarks.bench_window", front, str(case), str(presses)]
    output = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True, timeout=300).stdout
    return json.loads(output.splitlines()[-1])


def _type(front: str, case: Path, presses: int) -> dict[str, list[float]]:
    from PySide6.QtWidgets import QApplication

    app = QApplication(["ach-desk"])
    from ach_desk.ui.application import Desktop

    desktop = Desktop(app)
    desktop.opener.open(case, at_once=True)
    window = desktop.windows[0]
    until(lambda: window.side.is_built("inspector") and not desktop.background.is_busy)
    if front == "inspector":
        window.side.bring_up(window.side.inspector_dock)
    elif front == "compare":
        window.together.i_am(next(iter(window.session.analysis.analysts)))
        window.comparing.dock.bring_up()
        window.comparing.toggle_layer()
        until(lambda: window.comparing.dock.panel.is_settled)
    else:
        window.side.bring_up(window.side.charts_dock)
        window.charts.show_kind("consistency" if front == "charts" else front)
    until(lambda: not desktop.background.is_busy)
    window.matrix.view.setFocus()
    found: dict[str, list[float]] = {"keys": [], "fresh": []}
    for number in range(presses):
        drawn: list[float] = []
        window.charts.drawn.connect(lambda _kind, drawn=drawn: drawn.append(time.perf_counter()))
        start = time.perf_counter()
        found["keys"].append(_press(app, window, number))
        if front not in ("inspector", "charts", "compare"):
            until(lambda drawn=drawn: bool(drawn))
            found["fresh"].append(1000 * (drawn[0] - start))
        _rest(COMPARE_PAUSE_MS if front == "compare" else PAUSE_BETWEEN_KEYS_MS)
    window.close_for_good()
    desktop.shut_down()
    return {name: values[2:] for name, values in found.items()}


def _press(app, window, number: int) -> float:
    """Send one rating key and return the ms until the table has painted its answer."""
    from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
    from PySide6.QtGui import QKeyEvent

    loop = QEventLoop()

    class Painted(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                QTimer.singleShot(0, loop.quit)
            return False

    viewport = window.matrix.view.viewport()
    watcher = Painted()
    viewport.installEventFilter(watcher)
    letter = _other_letter(window, number)
    start = time.perf_counter()
    app.sendEvent(
        window.matrix.view,
        QKeyEvent(QEvent.Type.KeyPress, Qt.Key(ord(letter)), Qt.KeyboardModifier.NoModifier, letter.lower()),
    )
    loop.exec()
    taken = 1000 * (time.perf_counter() - start)
    viewport.removeEventFilter(watcher)
    return taken


def _other_letter(window, number: int) -> str:
    """Return a rating key that changes the cell under the keyboard: an unchanged one would not be drawn."""
    session, here = window.session, window.matrix.selection()
    present = session.matrix.rating(session.analyst, here.evidence, here.hypothesis)
    return next(letter for letter in ("CIN" * 2)[number % 3 :] if present is None or letter != present.value)


def _rest(milliseconds: int) -> None:
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def until(settled: Callable[[], bool], pause: int = 20) -> None:
    """Let the event loop run until `settled()`; raises TimeoutError when that takes too long."""
    deadline = time.monotonic() + 15
    while not settled():
        if time.monotonic() > deadline:
            raise TimeoutError("the window did not come to rest")
        _rest(pause)


if __name__ == "__main__":
    what, path, count = sys.argv[1:]
    sys.stdout.write(json.dumps(_type(what, Path(path), int(count))) + "\n")
