"""A dock that is hidden until it is first asked for, and whose panel is built when it is first shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDockWidget, QWidget

if TYPE_CHECKING:
    from ach_desk.ui.window import AnalysisWindow

P = TypeVar("P", bound=QWidget)


class LazyDock(QDockWidget, Generic[P]):
    """Stands on a tab beside the dock it is put with, if any, else alone in its area. `build` makes its panel."""

    def __init__(
        self,
        window: AnalysisWindow,
        name: str,
        title: str,
        beside: QDockWidget | None,
        build: Callable[[], P],
        area: Qt.DockWidgetArea = Qt.DockWidgetArea.RightDockWidgetArea,
    ) -> None:
        super().__init__(title, window)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self._build = build
        self._picture = window.first_picture
        self._panel: P | None = None
        window.addDockWidget(area, self)
        if beside is not None:
            window.tabifyDockWidget(beside, self)
        self.hide()

    @property
    def panel(self) -> P:
        """Return the panel, built now when it was not asked for before."""
        if self._panel is None:
            self._panel = self._build()
            self.setWidget(self._panel)
        return self._panel

    @property
    def is_built(self) -> bool:
        """Return whether the panel exists already."""
        return self._panel is not None

    @property
    def is_in_front(self) -> bool:
        """Return whether the dock can be seen: shown, and not behind another one on a tab."""
        return self.isVisible() and not self.visibleRegion().isEmpty()

    def bring_up(self) -> None:
        """Show the dock in front of the ones it shares its place with, with the keyboard in it."""
        panel = self.panel
        self.show()
        self.raise_()
        panel.setFocus(Qt.FocusReason.OtherFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        """Build the panel, but leave the matrix, for which a person waits, the first picture of the window."""
        if self._panel is None and not self._picture.is_seen:
            self._picture.seen.connect(self._build_behind, Qt.ConnectionType.SingleShotConnection)
        else:
            _panel = self.panel
        super().showEvent(event)

    def _build_behind(self) -> None:
        if self.isVisible():
            _panel = self.panel
