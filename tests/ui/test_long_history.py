"""A history of 25,000 changed ratings: small in the file, quick to read, and an edit costs next to nothing."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ach_desk.commands import edits
from ach_desk.model import Analysis, RatingValue
from ach_desk.storage.codec import decode, encode
from ach_desk.ui.background import Background
from ach_desk.ui.history_panel import HistoryPanel
from ach_desk.ui.session import Session
from benchmarks.bench_history import CHANGES, long_history


@pytest.fixture(scope="module")
def analysis() -> Analysis:
    return long_history()


@pytest.fixture
def background(qapp: QApplication) -> Iterator[Background]:
    made = Background()
    yield made
    made.shut_down()


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def test_the_file_is_under_five_megabytes_and_opens_fast(analysis: Analysis) -> None:
    data = encode(analysis)
    assert len(data) < 5_000_000
    assert _seconds(lambda: decode(data, "long")) < 5
    assert len(decode(data, "long").analysis.trail) == CHANGES


def test_the_list_is_read_away_from_the_keyboard_and_goes_on_with_each_edit(
    analysis: Analysis, background: Background, qtbot: QtBot
) -> None:
    session = Session(analysis.snapshot())
    panel = HistoryPanel(session, background)
    qtbot.addWidget(panel)
    panel.resize(392, 640)
    panel.show()
    qtbot.waitUntil(lambda: panel.model.rowCount() == CHANGES, timeout=30_000)
    assert _seconds(panel.grab) < 1
    cell = (session.matrix.evidence[0], session.matrix.hypotheses[0])
    before = session.matrix.rating(session.analyst, *cell)
    assert before is not None
    value = RatingValue.NEUTRAL if before.value is not RatingValue.NEUTRAL else RatingValue.CONSISTENT
    session.execute(edits.rate(session.analysis, session.matrix, session.analyst, [cell], value))
    assert _seconds(panel.model.follow) < 0.2
    assert panel.model.rowCount() == CHANGES + 1
    assert panel.model.index(0, 0).data().startswith(f"E1 under H1: {before.value} → {value}")


def test_typing_that_goes_on_stays_one_entry(background: Background, qtbot: QtBot) -> None:
    session = Session(long_history(10))
    panel = HistoryPanel(session, background)
    qtbot.addWidget(panel)
    panel.show()
    qtbot.waitUntil(lambda: panel.model.rowCount() == 10)
    item = session.matrix.evidence[0]
    for text in ("a", "ab", "abc"):
        command = edits.set_field(session.analysis, "evidence", [item], "note", text)
        session.execute(command, merge_key="note")
        qtbot.waitUntil(lambda: not panel.is_stale)
    assert panel.model.rowCount() == 11
    assert panel.model.index(0, 0).data() == "E1, note: nothing → “abc”"
    session.replace_analysis(long_history(3), dirty=False)
    qtbot.waitUntil(lambda: panel.model.rowCount() == 3)
