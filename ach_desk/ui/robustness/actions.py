"""The robustness in a window: its dock, absent until it is opened, its actions, and the settings of the methods."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from shiboken6 import isValid

from ach_desk.i18n import _
from ach_desk.ui.actions import ActionSpec
from ach_desk.ui.lazy_dock import LazyDock

if TYPE_CHECKING:
    from ach_desk.reporting.palette import Palette
    from ach_desk.ui.robustness.chart_fold import ChartFold
    from ach_desk.ui.robustness.panel import RobustnessPanel
    from ach_desk.ui.robustness.settings import MethodSettingsDialog
    from ach_desk.ui.window import AnalysisWindow

MENU = "review/robustness"


class Robust(QObject):
    """What the window does with the robustness."""

    def __init__(self, window: AnalysisWindow, palette: Palette) -> None:
        super().__init__(window)
        self._window, self._palette = window, palette
        self.charts: ChartFold | None = None
        self._settings: MethodSettingsDialog | None = None
        self.dock: LazyDock[RobustnessPanel] = LazyDock(
            window, "robustness", _("Robustness"), window.side.charts_dock, self._build
        )

    def action_specs(self) -> list[ActionSpec]:
        """Return the actions for the menu "review/robustness"."""
        return [
            ActionSpec(
                "robustness.show",
                MENU,
                _("&What the order rests on"),
                self.toggle,
                ["Ctrl+6"],
                checked=lambda: self.dock.is_in_front,
            ),
            ActionSpec("robustness.settings", MENU, _("&Settings of the methods ..."), self.show_settings),
        ]

    def show(self) -> None:
        """Bring the panel up with the keyboard in it."""
        self.dock.bring_up()

    def toggle(self) -> None:
        """Bring the panel up, or hide it and give the keyboard back to the matrix."""
        if self.dock.is_in_front:
            self.dock.hide()
            self._window.matrix.setFocus()
        else:
            self.show()

    def show_settings(self) -> None:
        """Show the tables behind the methods; rating goes on beside them."""
        from ach_desk.ui.robustness.settings import MethodSettingsDialog

        if self._settings is None or not isValid(self._settings):
            self._settings = MethodSettingsDialog(self._window.session, self._window)
            self._settings.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._settings.show()
        self._settings.raise_()
        self._settings.activateWindow()

    def _select_cell(self, evidence: str, hypothesis: str) -> None:
        if hypothesis:
            self._window.matrix.select_cell(evidence, hypothesis)
        else:
            self._window.matrix.select_records("evidence", [evidence])

    def set_palette(self, palette: Palette) -> None:
        """Draw in the colours of another theme."""
        self._palette = palette
        if self.dock.is_built:
            self.dock.panel.set_palette(palette)
        if self.charts is not None:
            self.charts.set_palette(palette)

    def _build(self) -> RobustnessPanel:
        from ach_desk.ui.robustness.panel import RobustnessPanel

        window, matrix = self._window, self._window.matrix
        panel = RobustnessPanel(window.session, window.background, window.store, self._palette)
        panel.link_activated.connect(window.follow_link)
        panel.left.connect(matrix.setFocus)
        panel.settings_wanted.connect(self.show_settings)
        panel.cell_chosen.connect(self._select_cell)
        panel.records_chosen.connect(matrix.select_records)
        panel.message.connect(window.show_message)
        panel.briefed.connect(window.document.keep_snapshot)
        panel.set_scores_shown(matrix.scores_shown)
        matrix.scores_shown_changed.connect(panel.set_scores_shown)
        self._add_charts(panel)
        return panel

    def _add_charts(self, panel: RobustnessPanel) -> None:
        from ach_desk.ui.robustness.chart_fold import ChartFold

        window, matrix = self._window, self._window.matrix
        fold = ChartFold(
            window.session, window.background, window.store, self._palette, lambda: str(panel.method.value)
        )
        fold.activated.connect(window.show_block)
        fold.message.connect(window.show_message)
        fold.briefed.connect(window.document.keep_snapshot)
        fold.set_scores_shown(matrix.scores_shown)
        matrix.scores_shown_changed.connect(fold.set_scores_shown)
        panel.method.chosen.connect(lambda _method: fold.method_changed())
        panel.add_fold(fold)
        self.charts = fold
