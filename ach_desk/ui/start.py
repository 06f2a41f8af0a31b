"""The window around the start page, shown while no analysis is open."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence
from PySide6.QtWidgets import QMainWindow

from ach_desk.i18n import _
from ach_desk.ui.actions import Actions, ActionSpec
from ach_desk.ui.pages.start import StartPage
from ach_desk.ui.windows import dropped_files

if TYPE_CHECKING:
    from ach_desk.ui.application import Desktop


class StartWindow(QMainWindow):
    """New, Open, Recent, worked examples, practice; takes dropped files."""

    def __init__(self, desktop: Desktop) -> None:
        super().__init__()
        self._desktop = desktop
        self.setWindowTitle(_("ACH Desk"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAcceptDrops(True)
        self.page = StartPage(desktop.store, self)
        self.setCentralWidget(self.page)
        self.resize(880, 620)
        self._build_menus()
        self.page.new_requested.connect(desktop.new)
        self.page.open_requested.connect(desktop.ask_open)
        self.page.file_chosen.connect(lambda path: desktop.open_paths([Path(path)]))
        self.page.example_requested.connect(desktop.open_example)
        self.page.practise_requested.connect(desktop.open_practice)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self._desktop.open_paths(dropped_files(event.mimeData()))

    def _build_menus(self) -> None:
        key = QKeySequence.StandardKey
        desktop = self._desktop
        registry = Actions(self)
        registry.add(
            [
                ActionSpec("new", "file", _("&New ..."), self.page.begin, [key.New]),
                ActionSpec("open", "file", _("&Open ..."), desktop.ask_open, [key.Open]),
                ActionSpec("settings", "file", _("Se&ttings ..."), lambda: desktop.show_settings(self)),
                ActionSpec("quit", "file", _("&Quit"), desktop.quit, ["Ctrl+Q"], separator=True),
                ActionSpec("manual", "help", _("&Manual"), desktop.show_manual, [key.HelpContents]),
                ActionSpec("about", "help", _("A&bout ACH Desk"), lambda: desktop.show_about(self)),
            ]
        )
        registry.build_menus(self.menuBar(), {"file": _("&File"), "help": _("&Help")})
