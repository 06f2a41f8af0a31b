"""The menus of an analysis window fit on a small screen."""

from __future__ import annotations

from helpers.desktop import running_desktop
from PySide6.QtWidgets import QApplication, QMenu, QMenuBar

MOST_PIXELS = 600
"""A screen of 768 leaves this much below a menu bar, with a title above and a panel at the foot."""


def test_no_menu_is_higher_than_a_small_screen(qapp: QApplication) -> None:
    with running_desktop(qapp) as desktop:
        desktop.open_practice()
        menus = desktop.windows[0].menuBar().findChildren(QMenu)
        heights = {menu.title(): menu.sizeHint().height() for menu in menus}
    assert len(heights) > 12
    assert {title: height for title, height in heights.items() if height > MOST_PIXELS} == {}


def test_view_begins_with_what_every_analysis_has(qapp: QApplication) -> None:
    with running_desktop(qapp) as desktop:
        desktop.open_practice()
        names = [action.objectName() for action in menu_of(desktop.windows[0].menuBar(), "&View").actions()]
    named = [name for name in names if name]
    assert named.index("view.transpose") < named.index("hypothesis.fold")


def menu_of(bar: QMenuBar, title: str) -> QMenu:
    return next(menu for menu in bar.findChildren(QMenu) if menu.title() == title)
