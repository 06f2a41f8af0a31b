"""The action that lets a file of another program in. What it does is imported when it is used."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ach_desk.i18n import _
from ach_desk.ui.actions import ActionSpec

if TYPE_CHECKING:
    from ach_desk.ui.application import Desktop
    from ach_desk.ui.window import AnalysisWindow


class Exchange(QObject):
    """Import of files that are no spreadsheets into one window; those have a dialog of their own (`ui.sheets`)."""

    def __init__(self, window: AnalysisWindow, desktop: Desktop) -> None:
        super().__init__(window)
        self._window, self._desktop = window, desktop

    def action_specs(self) -> list[ActionSpec]:
        """Return the action, for the menu "file/import"."""
        return [ActionSpec("import_file", "file/import", _("&File of another program ..."), self.ask)]

    def ask(self) -> None:
        """Ask for a file of another program and show what is in it."""
        from ach_desk.exchange.formats import endings
        from ach_desk.ui import messages

        patterns = " ".join(f"*{ending}" for ending in endings(written=False))
        filters = _("Files of other programs ({patterns});;All files (*)").format(patterns=patterns)
        path = messages.open_file(self._window, _("Import"), "", filters)
        if path is not None:
            self.take(path)

    def take(self, path: Path) -> None:
        """Read the file and ask where it is to go; a spreadsheet opens the dialog that shows its columns."""
        from ach_desk.ui.windows import is_sheet

        if is_sheet(path):
            from ach_desk.ui.sheets.actions import import_sheet

            import_sheet(self._desktop, path)
            return
        from ach_desk.ui.exchange.incoming import Importing

        self._window.flush()
        Importing(self._window, self._desktop, path).start()
