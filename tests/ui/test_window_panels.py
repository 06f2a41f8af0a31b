"""The panels around the matrix: there from the first picture on, and each with its whole name."""

from __future__ import annotations

from helpers.desktop import running_desktop
from PySide6.QtCore import Qt
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
