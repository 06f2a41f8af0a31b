"""The running program: its windows, opening and recovering files, settings, and everything shared between windows."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtWidgets import QApplication, QWidget

from ach_desk import paths
from ach_desk.model import Analysis
from ach_desk.reporting.palette import Palette
from ach_desk.ui import help, messages, theme
from ach_desk.ui.background import Background
from ach_desk.ui.document import Document
from ach_desk.ui.furnishing import furnish
from ach_desk.ui.opening import Opener
from ach_desk.ui.settings import SettingsStore
from ach_desk.ui.window import AnalysisWindow
from ach_desk.ui.window_files import WindowFiles
from ach_desk.ui.windows import raise_window

WORKED_EXAMPLES = {"june-2023": "russia-june-2023.ach.json", "iraq-1993": "heuer-iraq-1993.ach.json"}
PRACTICE = "russia-june-2023-unrated.ach.json"
_LEAST_SIZE, _MOST_SIZE, _FRAME = QSize(1240, 720), QSize(1400, 860), QSize(16, 48)
"""A window that nobody has seen yet is as large as the screen and its frame allow, within two bounds."""


class Desktop(QObject):
    """All windows of the program. `painted()` after the first matrix was painted."""

    window_opened = Signal(object)

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self.app = app
        self.store = SettingsStore()
        self.background = Background(self)
        self.palette: Palette = theme.palette_for(self.store.settings.theme, app)
        theme.apply(app, self.palette)
        app.styleHints().colorSchemeChanged.connect(self._follow_theme)
        help.door.asked.connect(self.show_manual)
        self._windows: dict[AnalysisWindow, WindowFiles] = {}
        self._start: QWidget | None = None
        self._manual: QWidget | None = None
        self._quitting = False
        self.opener = Opener(self)

    @property
    def windows(self) -> list[AnalysisWindow]:
        """Return the open analysis windows, oldest first."""
        return list(self._windows)

    def files(self, window: AnalysisWindow) -> WindowFiles:
        """Return the file side of a window."""
        return self._windows[window]

    def show_start(self) -> None:
        """Show the start page, or bring it to the front."""
        from ach_desk.ui.start import StartWindow

        if self._start is None:
            self._start = StartWindow(self)
            self._start.destroyed.connect(self._forget_start)
        raise_window(self._start)

    def new(self, question: str = "") -> None:
        """Ask for question, hypotheses and evidence on one page and open the analysis made from them."""
        from ach_desk.ui.pages.new import NewPage

        page = NewPage(self.store, self.front(), question)
        page.created.connect(lambda analysis: self.open_untitled(analysis, dirty=True))
        page.finished.connect(page.deleteLater)
        page.open()

    def ask_open(self) -> None:
        """Ask for files and open them."""
        recent = self.store.settings.recent_files
        folder = str(Path(recent[0]).parent) if recent else ""
        self.open_paths(messages.open_analysis(self.front(), folder))

    def open_paths(self, chosen: Sequence[Path | str]) -> None:
        """Open each file in a window of its own; one that is open already is brought to the front.

        A spreadsheet opens the dialog that imports it.
        """
        for path in map(Path, chosen):
            self.opener.open(path)

    def open_example(self, name: str) -> None:
        """Open a worked example as an analysis of its own that has no file yet."""
        self.opener.open_as_copy(paths.seeds() / WORKED_EXAMPLES[name])

    def open_practice(self) -> None:
        """Open the unrated June 2023 case as an analysis of its own."""
        self.opener.open_as_copy(paths.seeds() / PRACTICE, as_new=True)

    def open_untitled(self, analysis: Analysis, *, dirty: bool, suggested_name: str = "") -> AnalysisWindow:
        """Open an analysis that has no file yet."""
        document = Document(analysis, self.background, self.store)
        document.suggested_name = suggested_name
        document.begin_untitled(dirty=dirty)
        return self.show_document(document)

    def window_of(self, path: Path) -> AnalysisWindow | None:
        """Return the window that shows the file; None when none does."""
        wanted = os.path.realpath(path)  # unlike Path.resolve, it does not raise at a link that leads to itself
        for window in self._windows:
            if window.document.path is not None and os.path.realpath(window.document.path) == wanted:
                return window
        return None

    def show_document(self, document: Document) -> AnalysisWindow:
        """Open a window for a document and close the start page."""
        window = AnalysisWindow(document, self.background, self.store, self.palette)
        document.setParent(window)
        self._windows[window] = WindowFiles(window, self.background, self.store)
        furnish(window, self)
        room = self.app.primaryScreen().availableSize() - _FRAME
        window.resize(room.boundedTo(_MOST_SIZE).expandedTo(_LEAST_SIZE))
        state = self.store.view_state(document.session.analysis.id)
        window.restore(state)
        if window.review is not None and not document.is_earlier:
            window.review.greet(state)
            window.capture.greet()
        window.closing.connect(self._closed)
        window.files_dropped.connect(self.open_paths)
        document.save_failed.connect(self._stay)
        self._windows[window].stayed.connect(self._stay)
        window.show()
        if self._start is not None:
            self._start.close()
        self.window_opened.emit(window)
        return window

    def quit(self) -> None:
        """Close every window, each asking about its unsaved edits; one that stays open stops the quitting."""
        self._quitting = True
        self._close_next()

    def shut_down(self) -> None:
        """End background work; called once, when the last window is gone."""
        self.background.shut_down()

    def show_settings(self, parent: QWidget) -> None:
        """Open the settings; a change shows at once in every window."""
        from ach_desk.ui.dialogs.settings import SettingsDialog

        dialog = SettingsDialog(self.store, parent)
        dialog.changed.connect(self.apply_settings)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def apply_settings(self) -> None:
        """Take the settings over into every window."""
        self._follow_theme()
        for window in self._windows:
            window.settings_changed()

    def show_properties(self, window: AnalysisWindow) -> None:
        """Open the fields of the analysis itself."""
        from ach_desk.ui.dialogs.properties import AnalysisPropertiesDialog

        dialog = AnalysisPropertiesDialog(window.session, window)
        dialog.link_activated.connect(window.follow_link)
        _open(dialog)

    def show_actions(self, window: AnalysisWindow) -> None:
        """Open the searchable list of all actions."""
        from ach_desk.ui.dialogs.action_list import ActionList

        window.actions_registry.refresh()
        _open(ActionList(window.actions_registry.all(), window))

    def show_about(self, parent: QWidget) -> None:
        """Open the box with version and licences."""
        from ach_desk.ui.dialogs.about import AboutDialog

        _open(AboutDialog(parent))

    def show_manual(self, page: str = "") -> None:
        """Show the manual in a window of its own: at `page`, else at what explains the place with the keyboard."""
        from ach_desk.ui.manual import ManualWindow

        page = page or help.page_for(self.app.focusWidget())

        if self._manual is None:
            self._manual = ManualWindow()
            self._manual.destroyed.connect(self._forget_manual)
        raise_window(self._manual)
        self._manual.show_page(page)

    def front(self) -> QWidget | None:
        """Return the window that a dialog belongs before; None where the program shows none."""
        return self.app.activeWindow() or self._start

    def _closed(self, window: AnalysisWindow) -> None:
        window.document.close()
        self._windows.pop(window, None)
        if self._quitting:
            self._close_next()

    def _close_next(self) -> None:
        for window in list(self._windows):
            window.close()
            if window in self._windows:
                # It asks, saves in the background, or stays: closing goes on when it is gone.
                self._quitting = window.document.is_saving
                return
        for other in (self._start, self._manual):
            if other is not None:
                other.close()

    def _stay(self, *_failure: object) -> None:
        """Give up quitting: a window whose save failed stays, and closing it later is not to close the others."""
        self._quitting = False

    def _follow_theme(self, *_scheme: object) -> None:
        self.palette = theme.palette_for(self.store.settings.theme, self.app)
        theme.apply(self.app, self.palette)
        for window in self._windows:
            window.set_palette(self.palette)

    def _forget_start(self) -> None:
        self._start = None

    def _forget_manual(self) -> None:
        self._manual = None


def _open(dialog: QWidget) -> None:
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
