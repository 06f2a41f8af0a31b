"""The action that opens the hypothesis check."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ach_desk.i18n import _
from ach_desk.ui.actions import ActionSpec

if TYPE_CHECKING:
    from ach_desk.ui.window import AnalysisWindow


def check_actions(window: AnalysisWindow) -> list[ActionSpec]:
    """Return the action for the menu "review"."""
    return [
        ActionSpec(
            "hypothesis_check",
            "review",
            _("H&ypothesis check"),
            window.side.toggle_check,
            checked=lambda: window.side.check_dock.isVisible(),
        )
    ]
