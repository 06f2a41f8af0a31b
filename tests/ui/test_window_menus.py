"""The menus of an analysis window: they fit on a small screen, and no key means two things."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import pytest
from helpers.desktop import running_desktop
from PySide6.QtCore import QPoint
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QMenu, QMenuBar, QWidget

from ach_desk.ui.matrix import menus
from ach_desk.ui.matrix.axes import EVIDENCE, HYPOTHESIS
from ach_desk.ui.window import AnalysisWindow

MOST_PIXELS = 600
"""A screen of 768 leaves this much below a menu bar, with a title above and a panel at the foot."""

_MNEMONIC = re.compile("&([^&])")


@pytest.fixture
def window(qapp: QApplication) -> Iterator[AnalysisWindow]:
    with running_desktop(qapp) as desktop:
        desktop.open_practice()
        desktop.windows[0].actions_registry.settle()
        yield desktop.windows[0]


def twice(menu: QWidget) -> set[str]:
    """Return the mnemonics that several entries of a menu, or of the menu bar, have."""
    texts = [action.text().replace("&&", "") for action in menu.actions() if not action.isSeparator()]
    counts = Counter(found.group(1).casefold() for text in texts if (found := _MNEMONIC.search(text)))
    return {letter for letter, count in counts.items() if count > 1}


def test_no_menu_is_higher_than_a_small_screen(window: AnalysisWindow) -> None:
    every = window.menuBar().findChildren(QMenu)
    heights = {menu.title(): menu.sizeHint().height() for menu in every}
    assert len(heights) > 12
    assert {title: height for title, height in heights.items() if height > MOST_PIXELS} == {}


def test_no_two_entries_of_a_menu_share_a_mnemonic(window: AnalysisWindow) -> None:
    found = {menu.title(): twice(menu) for menu in window.menuBar().findChildren(QMenu)}
    found["menu bar"] = twice(window.menuBar())
    assert {title: letters for title, letters in found.items() if letters} == {}


def test_no_two_actions_share_a_key(window: AnalysisWindow) -> None:
    """One of the table beside one of the window would do: Qt runs neither of two that could be meant."""
    keys = Counter(key.toString() for action in window.actions_registry.all() for key in action.shortcuts())
    keys.pop(QKeySequence().toString(), None)
    assert len(keys) > 80
    assert [key for key, count in keys.items() if count > 1] == []


def test_a_challenge_and_the_history_are_in_the_context_menus(
    window: AnalysisWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[QMenu] = []
    monkeypatch.setattr(menus.QMenu, "popup", lambda menu, _at: shown.append(menu))  # no screen, no keyboard grab
    view, at = window.matrix.view, QPoint()
    view.cell_menu_requested.emit(at)
    for kind in (EVIDENCE, HYPOTHESIS):
        view.header_menu_requested.emit(kind, at)
    window.matrix.front.tabs.menu_wanted.emit(at)
    for menu in shown[:3]:
        assert [action.text() for action in menu.actions()][-3:] == [
            "&Challenge ...",
            "History of what is s&elected",
            "Remar&k ...",
        ]
        assert menu.actions()[-3].isEnabled()
    assert len(shown) == 4
    assert [twice(menu) for menu in shown] == [set()] * 4
    for menu in shown:
        menu.deleteLater()


def test_view_begins_with_what_every_analysis_has(qapp: QApplication) -> None:
    with running_desktop(qapp) as desktop:
        desktop.open_practice()
        desktop.windows[0].actions_registry.settle()
        names = [action.objectName() for action in menu_of(desktop.windows[0].menuBar(), "&View").actions()]
    named = [name for name in names if name]
    assert named.index("view.transpose") < named.index("hypothesis.fold")


def menu_of(bar: QMenuBar, title: str) -> QMenu:
    return next(menu for menu in bar.findChildren(QMenu) if menu.title() == title)
