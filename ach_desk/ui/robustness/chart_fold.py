"""The charts of what the order rests on, folded away in the panel "Robustness" and built when they are first opened."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ach_desk.i18n import _
from ach_desk.reporting.palette import Palette
from ach_desk.ui.background import Background
from ach_desk.ui.charts import ChartsPanel
from ach_desk.ui.session import Session
from ach_desk.ui.settings import SettingsStore
from ach_desk.ui.widgets.foldsection import FoldSection


class ChartFold(FoldSection):
    """A section with a `ChartsPanel` in it, whose signals it passes on. method: the way of adding up, when asked."""

    activated = Signal(str, str)
    message = Signal(str)
    briefed = Signal(object)

    def __init__(
        self,
        session: Session,
        background: Background,
        store: SettingsStore,
        palette: Palette,
        method: Callable[[], str],
        parent: QWidget | None = None,
    ) -> None:
        self.charts: ChartsPanel | None = None
        super().__init__(parent)
        self._session, self._background, self._store, self._palette = session, background, store, palette
        self._method = method
        self._scores_shown = True
        self.set_title(_("Charts"))
        self.explained_in("resting-charts.md")

    def fill(self) -> None:
        """Make the charts when the section is first opened."""
        if self.charts is not None:
            return
        charts = self.charts = ChartsPanel(
            self._session, self._background, self._store, self._palette, self, only_resting=True, method=self._method
        )
        charts.set_scores_shown(self._scores_shown)
        charts.activated.connect(self.activated)
        charts.message.connect(self.message)
        charts.briefed.connect(self.briefed)
        self.column.addWidget(charts)

    def set_palette(self, palette: Palette) -> None:
        """Draw in the colours of another theme."""
        self._palette = palette
        if self.charts is not None:
            self.charts.set_palette(palette)

    def set_scores_shown(self, shown_now: bool) -> None:
        """Hide the charts while scores are hidden."""
        self._scores_shown = shown_now
        if self.charts is not None:
            self.charts.set_scores_shown(shown_now)

    def method_changed(self) -> None:
        """Draw by another way of adding up."""
        if self.charts is not None:
            self.charts.method_changed()
