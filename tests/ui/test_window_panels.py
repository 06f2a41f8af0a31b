"""The panels around the matrix: there from the first picture on, and each with its whole name."""

from __future__ import annotations

import pytest
from helpers.desktop import running_desktop
from helpers.sessions import small_session
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QTabBar
from pytestqt.qtbot import QtBot

from ach_desk.model import new_analysis
from ach_desk.ui.window import AnalysisWindow


def test_the_panels_of_an_empty_analysis_are_built(qapp: QApplication, qtbot: QtBot) -> None:
    with running_desktop(qapp) as desktop:
        side = desktop.open_untitled(new_analysis("What happened?"), dirty=False).side
        qtbot.waitUntil(lambda: all(side.is_built(name) for name in ("rail", "charts", "inspector")))


def test_many_panels_keep_their_names(qapp: QApplication, qtbot: QtBot) -> None:
    with running_desktop(qapp) as desktop:
        desktop.open_practice()
        window = desktop.windows[0]
        for name in ("whatif.show", "hypothesis_check", "review.history", "review.changes"):
            window.actions_registry[name].trigger()
        qtbot.waitUntil(lambda: any(bar.count() >= 6 for bar in _bars(window)))
        (bar,) = (bar for bar in _bars(window) if bar.count() >= 6)
        for number in range(bar.count()):
            assert bar.tabRect(number).width() > bar.fontMetrics().horizontalAdvance(bar.tabText(number))


def _bars(window: AnalysisWindow) -> list[QTabBar]:
    return window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly)


def test_between_two_panels_the_window_may_answer(qapp: QApplication, qtbot: QtBot) -> None:
    names = ("rail", "charts", "inspector")
    with running_desktop(qapp) as desktop:
        side = desktop.open_untitled(new_analysis("What happened?"), dirty=False).side
        seen: set[int] = set()
        beat = QTimer(side)
        beat.timeout.connect(lambda: seen.add(sum(map(side.is_built, names))))
        beat.start(0)
        qtbot.waitUntil(lambda: len(names) in seen)
        assert len(seen) > 2


def test_the_collector_looks_at_a_large_analysis_behind_the_panels(
    qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[bool] = []
    with running_desktop(qapp) as desktop:
        window = desktop.open_untitled(small_session(4, 4).analysis, dirty=False)
        built = window.side.is_built
        monkeypatch.setattr("ach_desk.ui.side.FEW_CELLS", 15)
        monkeypatch.setattr("ach_desk.ui.side.gc.collect", lambda: looked.append(built("inspector")))
        qtbot.waitUntil(lambda: looked == [True])
