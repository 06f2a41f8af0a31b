"""A long history: 25,000 changed ratings in the file, on opening, in the list, and behind a key press."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.measure import Row, absolute

CHANGES, ITEMS, HYPOTHESES = 25_000, 100, 5


def run(quick: bool = False) -> list[Row]:
    """Return the rows; `quick` takes fewer rounds."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with tempfile.TemporaryDirectory() as name:
        os.environ["ACH_DESK_STATE_DIR"] = os.environ["ACH_DESK_CONFIG_DIR"] = name
        return _measured(Path(name), 3 if quick else 7)


def long_history(changes: int = CHANGES):
    """Return an analysis whose cells were rated again and again, `changes` times, with a reason now and then."""
    from ach_desk.commands import edits, trail
    from ach_desk.model import RatingValue, new_analysis

    analysis = new_analysis("What does a long history cost?")
    matrix = analysis.matrices[0]
    (analyst,) = analysis.analysts
    titles = [{"title": f"Explanation {number}"} for number in range(HYPOTHESES)]
    edits.add_hypotheses(analysis, matrix, titles).apply(analysis)
    edits.add_items(analysis, matrix, [{"title": f"Report {number}"} for number in range(ITEMS)]).apply(analysis)
    values = list(RatingValue)
    for number in range(changes):
        cell = (matrix.evidence[number % ITEMS], matrix.hypotheses[number // ITEMS % HYPOTHESES])
        value = values[(number + number // (ITEMS * HYPOTHESES)) % len(values)]
        command = edits.rate(analysis, matrix, analyst, [cell], value)
        if number % 50 == 49:
            command = edits.annotate(matrix, analyst, [cell], rationale=f"seen again, {number}")
        trail.run(analysis, command, "do", analyst)
    return analysis


def _measured(folder: Path, rounds: int) -> list[Row]:
    from PySide6.QtWidgets import QApplication

    from ach_desk.commands import edits, trail
    from ach_desk.model import RatingValue
    from ach_desk.reporting.comparison import compare
    from ach_desk.storage.codec import decode, encode
    from ach_desk.ui.background import Background
    from ach_desk.ui.history_panel import HistoryPanel
    from ach_desk.ui.history_panel.cell_history import CellCounts
    from ach_desk.ui.history_panel.model import read_trail
    from ach_desk.ui.session import Session

    _app = QApplication.instance() or QApplication([])
    analysis = long_history()
    data = encode(analysis)
    session = Session(decode(data, "long").analysis)
    background = Background()
    panel = HistoryPanel(session, background)
    panel.model.take(read_trail(session.analysis))
    panel.resize(392, 640)
    analyst, matrix = session.analyst, session.matrix
    earlier = trail.before_entries(session.analysis, 0).analysis
    counts = CellCounts()
    cell = trail.cells_of(session.analysis.trail[-1])[0]
    counts.of(session.analysis.trail, cell)

    def one_more() -> None:
        value = RatingValue.NEUTRAL if len(session.analysis.trail) % 2 else RatingValue.CONSISTENT
        session.execute(edits.rate(session.analysis, matrix, analyst, [cell[2:]], value))
        panel.model.follow()

    rows = [
        absolute("file with 25,000 changed ratings", len(data) / 1e6, 5.0, "MB"),
        absolute("reading that file", _median(rounds, lambda: decode(data, "long")), 1_000.0),
        absolute("reading the history", _median(rounds, lambda: read_trail(session.analysis)), 1_500.0),
        absolute("an edit while it is shown", _median(rounds, one_more), 8.0),
        absolute("drawing a screen of it", _median(rounds, panel.grab), 50.0),
        absolute(
            "leading back to the first entry", _median(rounds, lambda: trail.before_entries(analysis, 0)), 1_500.0
        ),
        absolute(
            "comparing with the first entry",
            _median(rounds, lambda: compare(earlier, session.analysis, matrix, analyst)),
            1_500.0,
        ),
        absolute(
            "history of a cell after a key press",
            _median(rounds, lambda: counts.of(session.analysis.trail, cell)),
            1.0,
        ),
    ]
    panel.deleteLater()
    background.shut_down()
    return rows


def _median(rounds: int, work: Callable[[], object]) -> float:
    times = []
    for _round in range(rounds):
        start = time.perf_counter()
        work()
        times.append(1000 * (time.perf_counter() - start))
    return sorted(times)[len(times) // 2]
