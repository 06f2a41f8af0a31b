"""The action that merges another version of the open analysis. What it does is imported when it is used."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ach_desk.i18n import _
from ach_desk.ui.actions import ActionSpec

if TYPE_CHECKING:
    from ach_desk.ui.window import AnalysisWindow


class Versions(QObject):
    """Merging for one window."""

    def __init__(self, window: AnalysisWindow) -> None:
        super().__init__(window)
        self._window = window

    def action_specs(self) -> list[ActionSpec]:
        """Return the action, for the menu "file"."""
        session = self._window.session
        return [
            ActionSpec(
                "merge_version",
                "file",
                _("&Merge with another version ..."),
                self.ask,
                enabled=lambda: not session.read_only and session.scenario is None,
            )
        ]

    def ask(self) -> None:
        """Ask for the other version and merge it."""
        from ach_desk.ui import messages
        from ach_desk.ui.versions.merging import file_filter

        path = messages.open_file(self._window, _("Merge with another version"), "", file_filter())
        if path is not None:
            self.take(path)

    def take(self, path: Path) -> None:
        """Read another version and show what merging it would do."""
        from ach_desk.ui.versions.merging import Merging

        self._window.flush()
        Merging(self._window, path).start()
