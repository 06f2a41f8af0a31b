"""What a window has beside its matrix when it is first seen; what only the menus need comes behind that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ach_desk.i18n import _
from ach_desk.ui.conclusion.closing import Closing
from ach_desk.ui.doubt.actions import Doubt
from ach_desk.ui.review import Review

if TYPE_CHECKING:
    from ach_desk.ui.application import Desktop
    from ach_desk.ui.window import AnalysisWindow


def furnish(window: AnalysisWindow, desktop: Desktop) -> None:
    """Give the window its last parts and the titles of its menus; its actions come behind the first picture."""
    window.doubt = Doubt(window)
    window.review = Review(window, desktop)
    window.closing_steps = Closing(window)
    registry = window.actions_registry
    registry.begin_menus(window.menuBar(), _menus())
    registry.fill_behind(lambda: _fill(window, desktop))


def _fill(window: AnalysisWindow, desktop: Desktop) -> None:
    from ach_desk.ui import window_actions

    if window in desktop.windows:  # nobody asks any more for the actions of one that was closed unseen
        window_actions.fill(window, desktop)


def _menus() -> dict[str, str]:
    return {
        "file": _("&File"),
        "edit": _("&Edit"),
        "insert": _("&Insert"),
        "rate": _("&Rate"),
        "review": _("Revie&w"),
        "view": _("&View"),
        "help": _("&Help"),
    }
