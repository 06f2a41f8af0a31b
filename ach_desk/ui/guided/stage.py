"""The place of the matrix while the guide is open: its pages in front, what gives the standing away covered."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QDockWidget, QStackedWidget, QWidget

if TYPE_CHECKING:
    from ach_desk.ui.window import AnalysisWindow


class Stage:
    """Puts pages in the place of the matrix of one window, and the matrix back."""

    def __init__(self, window: AnalysisWindow) -> None:
        self._window = window
        self._docks: QByteArray | None = None
        self.room = QStackedWidget(window)
        self.room.hide()

    @property
    def is_open(self) -> bool:
        """Return whether a page stands in the place of the matrix."""
        return not self.room.isHidden()

    def show(self, page: QWidget, allows: Callable[[str], bool]) -> None:
        """Show a page, in the place of the one before; only actions whose names `allows` takes work meanwhile."""
        if not self.is_open:
            self._cover()
        self._window.actions_registry.allow_only(allows)
        self._change_to(page)

    def close(self) -> None:
        """Put the matrix back, with the docks that were shown; nothing happens when it is there."""
        if not self.is_open:
            return
        window = self._window
        self.room.hide()
        self._change_to(None)
        window.matrix.show()
        window.strips.show()
        for dock in self._every_dock():
            dock.toggleViewAction().setEnabled(True)
        if self._docks is not None:
            window.restoreState(self._docks)
            self._docks = None
        window.actions_registry.allow_only(None)
        window.matrix.setFocus()

    def _cover(self) -> None:
        window = self._window
        self._docks = window.saveState()
        for dock in self._every_dock():
            dock.hide()
            dock.toggleViewAction().setEnabled(False)  # Qt offers it in the context menu of the window
        window.close_lines()
        window.strips.hide()  # their buttons lead to what changed
        window.matrix.hide()
        self.room.show()

    def _every_dock(self) -> list[QDockWidget]:
        return self._window.findChildren(QDockWidget)

    def _change_to(self, page: QWidget | None) -> None:
        before = self.room.currentWidget()
        if page is not None:
            self.room.addWidget(page)
            self.room.setCurrentWidget(page)
            page.setFocus()
        if before is not None:
            self.room.removeWidget(before)
            before.hide()
            before.deleteLater()
