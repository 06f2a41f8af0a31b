"""The actions of guided rating, and which of the others work while it covers the matrix."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ach_desk.i18n import _
from ach_desk.ui.actions import ActionSpec
from ach_desk.ui.guided import words

if TYPE_CHECKING:
    from ach_desk.ui.guided.guide import Guide
    from ach_desk.ui.window import AnalysisWindow

STILL_ALLOWED = frozenset(
    (
        *("new", "open", "start", "save", "save_as", "save_copy", "close", "quit"),
        *("undo", "redo", "settings", "full_screen", "manual", "actions", "method", "about"),
    )
)
"""The actions that work while the guide covers the matrix: none that would edit or show what cannot be seen."""

HISTORY = ("undo", "redo")


def action_specs(guide: Guide, window: AnalysisWindow) -> list[ActionSpec]:
    """Return the actions for the menu "rate"."""
    return [
        ActionSpec(
            "guide.start",
            "rate",
            _("&Guided rating ..."),
            guide.open_start,
            ["Ctrl+G"],
            lambda: guide.may_begin and not guide.is_open,
            separator=True,
        ),
        ActionSpec(
            "guide.go_on",
            "rate",
            _("Go &on with the guided rating"),
            guide.go_on,
            enabled=lambda: guide.may_begin and guide.interrupted is not None and not guide.is_open,
            about=lambda: words.place_words(guide.interrupted) if guide.interrupted else "",
        ),
        ActionSpec(
            "guide.next_question",
            "rate",
            _("Next &question: the cell that matters most"),
            lambda: _ask_next(window),
            ["Ctrl+Shift+U"],
            lambda: window.matrix.has_cells and guide.interrupted is None and not guide.is_open,
        ),
    ]


def _ask_next(window: AnalysisWindow) -> None:
    from ach_desk.ui.guided.asking import ask_next

    ask_next(window)
