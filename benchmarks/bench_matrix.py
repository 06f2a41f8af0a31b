"""The matrix view under the keyboard: key press to painted cell and scores, opening, scrolling, sorting, filtering.

A key press is a real event sent to the table; the time ends when the table and both headers have painted what it
changed. Runs on the screen there is, else without one (QT_QPA_PLATFORM=offscreen).
"""

from __future__ import annotations

import gc
import os
import statistics
import time
from collections.abc import Callable
from typing import Any

from benchmarks.measure import Row, absolute

_KEYS = ("C", "I", "N", "Shift+C", "Shift+I", "A")
_SIZES = ((200, 8, 16.0), (10_000, 10, 33.0))
_OPENING_LIMIT, _FRAME_LIMIT, _ARRANGING_LIMIT = 150.0, 33.0, 100.0
_MANY = 10_000
"""From so many items on, sorting and filtering is measured."""


def run(quick: bool = False) -> list[Row]:
    """Return the figures of both sizes in ms, each against its own limit."""
    if not os.environ.get("DISPLAY"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    app = QApplication.instance() or QApplication([])
    rows: list[Row] = []
    for items, hypotheses, limit in _SIZES:
        rows += _measure(app, items, hypotheses, limit, 60 if quick else 240)
    return rows


def _measure(app: Any, items: int, hypotheses: int, limit: float, presses: int) -> list[Row]:
    size = f"matrix {items} x {hypotheses}"
    panel, opening = _opened(app, items, hypotheses)
    try:
        pressed = press_keys(app, panel, presses)
        scrolled = scroll(app, panel, presses // 4)
        arranged = arrange(app, panel, size, 3 if presses < 100 else 9) if items >= _MANY else []
    finally:
        panel.close()
        panel.deleteLater()
        app.processEvents()
    return [
        absolute(f"{size}: key press to painted cell and scores, p95", share(pressed, 95), limit),
        absolute(f"{size}: the same, median", statistics.median(pressed), limit),
        absolute(f"{size}: panel made to painted", opening, _OPENING_LIMIT),
        absolute(f"{size}: slowest frame of scrolling", max(scrolled), _FRAME_LIMIT),
        *arranged,
    ]


def share(values: list[float], percent: int) -> float:
    """Return the value that `percent` of the values do not exceed."""
    return sorted(values)[min(len(values) * percent // 100, len(values) - 1)]


def _analysis(items: int, hypotheses: int) -> Any:
    from ach_desk.commands import edits
    from ach_desk.model import Rating, RatingValue, new_analysis

    analysis = new_analysis("What happened?")
    matrix, analyst = analysis.matrices[0], next(iter(analysis.analysts))
    titles = [{"title": f"Explanation {number} in a sentence of usual length"} for number in range(hypotheses)]
    edits.add_hypotheses(analysis, matrix, titles).apply(analysis)
    rows = [
        {"title": f"What was reported in message {number}, told in a sentence that takes two lines of its cell"}
        for number in range(items)
    ]
    edits.add_items(analysis, matrix, rows).apply(analysis)
    values = list(RatingValue)
    for row, item in enumerate(matrix.evidence):
        for column, hypothesis in enumerate(matrix.hypotheses):
            rating = Rating(values[(row * 7 + column * 3) % 6], time="2023-06-24T10:00:00Z")
            matrix.set_rating(analyst, item, hypothesis, rating)
    return analysis


def _opened(app: Any, items: int, hypotheses: int) -> tuple[Any, float]:
    from ach_desk.reporting.palette import LIGHT
    from ach_desk.ui.matrix import MatrixPanel
    from ach_desk.ui.session import Session
    from ach_desk.ui.settings import SettingsStore

    analysis, times, panel = _analysis(items, hypotheses), [], None
    for _round in range(3):
        if panel is not None:
            panel.close()
            panel.deleteLater()
        session = Session(analysis)
        app.processEvents()
        gc.collect()
        start = time.perf_counter()
        panel = MatrixPanel(session, SettingsStore(), LIGHT)
        panel.resize(1400, 900)
        panel.show()
        app.processEvents()
        times.append(time.perf_counter() - start)
    return panel, 1000 * statistics.median(times)


def press_keys(app: Any, panel: Any, presses: int) -> list[float]:
    """Press rating keys and return the ms from each to what it painted."""
    from PySide6.QtCore import QEvent, Qt
    from PySide6.QtGui import QKeyEvent

    view = panel.view
    panel.activateWindow()
    view.setFocus()
    app.processEvents()
    view.caret.go_to((min(100, view.matrix.rowCount() - 60), 0))
    app.processEvents()

    def press(number: int) -> None:
        name = _KEYS[number % len(_KEYS)]
        shift = Qt.KeyboardModifier.ShiftModifier if name.startswith("Shift") else Qt.KeyboardModifier.NoModifier
        key = Qt.Key(ord(name[-1]))
        app.sendEvent(view, QKeyEvent(QEvent.Type.KeyPress, key, shift, name[-1]))

    return timed(app, press, presses)


def scroll(app: Any, panel: Any, times: int) -> list[float]:
    """Scroll from the top and return the ms of each frame."""
    bar = panel.view.verticalScrollBar()
    bar.setValue(0)
    app.processEvents()
    steps = [bar.singleStep(), 3 * bar.singleStep(), bar.pageStep(), bar.pageStep()]

    def move(number: int) -> None:
        bar.setValue((bar.value() + steps[number % len(steps)]) % max(bar.maximum(), 1))

    return timed(app, move, times)


def arrange(app: Any, panel: Any, size: str, times: int) -> list[Row]:
    """Sort and filter, each from the request to the painted result, and scroll in what is sorted and filtered."""
    from ach_desk.ui.matrix.item_filter import ItemFilter
    from ach_desk.ui.matrix.item_order import rating_column

    arranging = panel.arranging
    columns = ("title", "diagnosticity", rating_column(panel.model.axes.ids["hypothesis"][0]))
    sorts = {
        f"sort by {column.partition(':')[0]}": lambda number, column=column: (
            arranging.reverse() if number else arranging.sort_by(column)
        )
        for column in columns
    }
    filters = [
        ("text", ItemFilter(text="message 7")),
        ("a text that is nowhere", ItemFilter(text="nowhere")),
        ("unrated", ItemFilter(unrated=True)),
        ("changed since", ItemFilter(changed_since="2023-06-25")),
    ]
    filtering = {
        f"filter by {name}": lambda number, wanted=wanted: arranging.set_filter(ItemFilter() if number % 2 else wanted)
        for name, wanted in filters
    }
    rows = [
        absolute(f"{size}: {name}, slowest", max(timed(app, do, times)), _ARRANGING_LIMIT)
        for name, do in {**sorts, **filtering}.items()
    ]
    arranging.set_filter(ItemFilter(text="message 7"))
    scrolled = max(scroll(app, panel, 10 * times))
    return [*rows, absolute(f"{size}: slowest frame of scrolling, sorted and filtered", scrolled, _FRAME_LIMIT)]


def timed(app: Any, do: Callable[[int], None], times: int) -> list[float]:
    """Do something `times` times and return the ms of each, painting included."""
    found = []
    for number in range(times):
        start = time.perf_counter()
        do(number)
        app.processEvents()
        found.append(1000 * (time.perf_counter() - start))
    return found
