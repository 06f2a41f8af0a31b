"""A dock that is hidden until it is first asked for, and whose panel is built when it is first shown."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget


class LazyDock(QDockWidget):
    """Stands on a tab beside the dock it is put with. `build` makes its panel."""

    def __init__(
        self, window: QMainWindow, name: str, title: str, beside: QDockWidget, build: Callable[[], QWidget]
    ) -> None:
        super().__init__(title, window)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self._build: Callable[[], QWidget] | None = build
        window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self)
        window.tabifyDockWidget(beside, self)
        self.hide()

    @property
    def panel(self) -> QWidget:
        """Return the panel, built now when it was not asked for before."""
        if self._build is not None:
            build, self._build = self._build, None
            self.setWidget(build())
        return self.widget()

    @property
    def is_built(self) -> bool:
        """Return whether the panel exists already."""
        return self._build is None

    def bring_up(self) -> None:
        """Show the dock in front of the ones it shares its place with, with the keyboard in it."""
        panel = self.panel
        self.show()
        self.raise_()
        panel.setFocus(Qt.FocusReason.OtherFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        _panel = self.panel
        super().showEvent(event)
