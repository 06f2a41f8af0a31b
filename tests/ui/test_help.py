"""F1 opens the manual where the question arises; every place it may open exists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers.desktop import running_desktop
from helpers.sessions import small_analysis
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QDockWidget, QPushButton, QTextBrowser, QWidget
from pytestqt.qtbot import QtBot

from ach_desk import paths
from ach_desk.ui import help as manual_help
from ach_desk.ui.application import Desktop
from ach_desk.ui.manual import ManualWindow, anchor_of
from ach_desk.ui.window import AnalysisWindow


@pytest.fixture
def desktop(qapp: QApplication) -> Iterator[Desktop]:
    with running_desktop(qapp) as desktop:
        yield desktop


@pytest.fixture
def window(desktop: Desktop, qtbot: QtBot) -> AnalysisWindow:
    window = desktop.open_untitled(small_analysis(2, 2), dirty=False)
    qtbot.waitExposed(window)
    window.activateWindow()
    return window


def headings(page: str) -> list[str]:
    text = (paths.manual() / page).read_text(encoding="utf-8")
    return [line.lstrip("# ") for line in text.splitlines() if line.startswith("#")]


@pytest.mark.parametrize("place", [*manual_help.PAGES.values(), *manual_help.STEP_PAGES])
def test_every_place_that_help_may_open_is_in_the_manual(place: str) -> None:
    page, _hash, anchor = place.partition("#")
    found = headings(page)
    assert not anchor or anchor in map(anchor_of, found)


def test_every_dock_of_the_window_has_a_place_in_the_manual(window: AnalysisWindow) -> None:
    docks = window.findChildren(QDockWidget)
    assert {dock.objectName() for dock in docks} >= {"inspector", "charts", "rail", "whatif", "history"}
    assert [dock.objectName() for dock in docks if dock.objectName() not in manual_help.PAGES] == []


@pytest.mark.parametrize("part", [part for part in manual_help.PAGES if part[0].isupper()])
def test_every_part_that_has_a_place_in_the_manual_is_there(part: str) -> None:
    sources = Path(manual_help.__file__).parent.rglob("*.py")
    assert any(re.search(rf"^class {part}\b", source.read_text(encoding="utf-8"), re.M) for source in sources)


def test_the_page_is_that_of_the_nearest_part_that_has_one(qtbot: QtBot) -> None:
    outer = QWidget()
    qtbot.addWidget(outer)
    outer.setObjectName("charts")
    inner = QPushButton(QWidget(outer))
    assert manual_help.page_for(inner) == "charts.md"
    manual_help.set_page(inner, "scores.md#coverage")
    assert manual_help.page_for(inner) == "scores.md#coverage"
    outer.setObjectName("")
    inner.setProperty("manual_page", None)
    assert manual_help.page_for(inner) == manual_help.page_for(None) == "index.md"


def _shown(desktop: Desktop) -> str:
    """Return what stands at the top of the manual's page."""
    manual = next(found for found in QApplication.topLevelWidgets() if isinstance(found, ManualWindow))
    page = manual.findChild(QTextBrowser)
    assert page is not None
    return page.cursorForPosition(page.viewport().rect().topLeft()).block().text()


def test_f1_on_a_step_opens_the_help_on_that_step(desktop: Desktop, window: AnalysisWindow, qtbot: QtBot) -> None:
    rail = window.side.rail
    rail.buttons[3].setFocus()
    qtbot.waitUntil(rail.buttons[3].hasFocus)
    QTest.keyClick(window, Qt.Key.Key_F1)
    qtbot.waitUntil(lambda: _shown(desktop) == "Rate")


def test_f1_works_in_a_dialog(desktop: Desktop, window: AnalysisWindow, qtbot: QtBot) -> None:
    desktop.show_actions(window)
    dialog = next(found for found in window.findChildren(QDialog) if found.isVisible())
    qtbot.waitUntil(dialog.isActiveWindow)
    QTest.keyClick(dialog, Qt.Key.Key_F1)
    qtbot.waitUntil(lambda: _shown(desktop) == "The keyboard")
    dialog.close()
