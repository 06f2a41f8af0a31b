"""The actions that hand files out and collect them. What they do is imported when it is used."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ach_desk.i18n import _
from ach_desk.ui.actions import ActionSpec

if TYPE_CHECKING:
    from ach_desk.ui.handout.giving import HandOutDialog
    from ach_desk.ui.window import AnalysisWindow

MENU = "review/together"


class HandingOut(QObject):
    """Hand out and Collect of one window."""

    def __init__(self, window: AnalysisWindow) -> None:
        super().__init__(window)
        self._window = window

    def action_specs(self) -> list[ActionSpec]:
        """Return the actions, for the menu "review/together"."""
        session = self._window.session

        def changes() -> bool:
            return not session.read_only and session.scenario is None

        return [
            ActionSpec("hand_out", MENU, _("&Hand out ..."), self.ask_hand_out),
            ActionSpec("collect_files", MENU, _("C&ollect files ..."), self.ask_files, enabled=changes),
            ActionSpec("collect_folder", MENU, _("Collect a &folder ..."), self.ask_folder, enabled=changes),
        ]

    def ask_hand_out(self) -> HandOutDialog:
        """Open the dialog that asks for names and a folder, and return it."""
        from ach_desk.ui.handout.giving import HandOutDialog

        self._window.flush()
        dialog = HandOutDialog(self._window)
        dialog.open()
        return dialog

    def ask_files(self) -> None:
        """Ask for files that came back and show what is in them."""
        from ach_desk.ui import messages

        endings = _("Analyses (*.ach.json *.ach.zip)")
        self.collect(messages.open_several(self._window, _("Collect"), self._folder(), endings))

    def ask_folder(self) -> None:
        """Ask for a folder and show what is in the analyses right in it."""
        from ach_desk.ui import messages

        folder = messages.choose_folder(self._window, _("Folder with returned files"), self._folder())
        self.collect([folder] if folder is not None else [])

    def collect(self, paths: list[Path]) -> None:
        """Read files, or the analyses of a folder, and ask what is to be taken in; nothing for no path."""
        from ach_desk.ui.handout.taking import Taking

        if paths:
            self._window.flush()
            Taking(self._window, paths).start()

    def _folder(self) -> str:
        path = self._window.document.path
        return str(path.parent) if path is not None else ""
