"""The comparison in a window: its dock, absent with one analyst and until it is opened, and the layer on the matrix."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ach_desk.i18n import _
from ach_desk.ui.actions import ActionSpec
from ach_desk.ui.lazy_dock import LazyDock

if TYPE_CHECKING:
    from ach_desk.reporting.palette import Palette
    from ach_desk.ui.compare.answers import Answer
    from ach_desk.ui.compare.panel import ComparePanel
    from ach_desk.ui.window import AnalysisWindow


class Comparing(QObject):
    """What the window does with the comparison."""

    def __init__(self, window: AnalysisWindow, palette: Palette) -> None:
        super().__init__(window)
        self._window, self._palette = window, palette
        self.dock: LazyDock[ComparePanel] = LazyDock(
            window, "compare", _("Compare analysts"), window.side.charts_dock, self._build
        )

    def action_specs(self) -> list[ActionSpec]:
        """Return the actions for the menus "view" and "review/together"."""
        return [
            ActionSpec(
                "compare.show",
                "view",
                _("Com&pare analysts"),
                self.toggle,
                ["Ctrl+Alt+A"],
                visible=lambda: self._are_several,
                checked=lambda: self.dock.is_in_front,
            ),
            ActionSpec(
                "compare.layer",
                "review/together",
                _("&Differences in the matrix"),
                self.toggle_layer,
                ["Ctrl+Alt+D"],
                visible=lambda: self._are_several,
                checked=lambda: self.dock.is_built and self.dock.panel.layer.isChecked(),
            ),
        ]

    def toggle(self) -> None:
        """Bring the panel up with the keyboard in it, or hide it and give the keyboard back to the matrix."""
        if self.dock.is_in_front:
            self.dock.hide()
            self._window.matrix.setFocus()
        else:
            self.dock.bring_up()

    def toggle_layer(self) -> None:
        """Show in the matrix how far the analysts lie apart in each cell, or show it no more."""
        layer = self.dock.panel.layer
        layer.setChecked(not layer.isChecked())

    def set_palette(self, palette: Palette) -> None:
        """Draw in the colours of another theme."""
        self._palette = palette
        if self.dock.is_built:
            self.dock.panel.set_palette(palette)

    @property
    def _are_several(self) -> bool:
        return len(self._window.session.analysis.analysts) > 1

    def _build(self) -> ComparePanel:
        from ach_desk.ui.compare.panel import ComparePanel

        window, matrix = self._window, self._window.matrix
        panel = ComparePanel(window.session, window.background, self._palette)
        panel.left.connect(matrix.setFocus)
        panel.cell_chosen.connect(window.show_block)
        panel.link_activated.connect(window.follow_link)
        panel.message.connect(window.show_message)
        panel.scores_wanted.connect(lambda: matrix.set_scores_hidden(False))
        panel.briefed.connect(window.document.keep_snapshot)
        panel.answered.connect(self._show_layer)
        panel.layer_wanted.connect(self._switch_layer)
        panel.set_scores_shown(matrix.scores_shown)
        panel.show_selection(matrix.selection())
        matrix.scores_shown_changed.connect(panel.set_scores_shown)
        matrix.scores_shown_changed.connect(self._switch_layer)
        matrix.selection_changed.connect(panel.show_selection)
        return panel

    def _switch_layer(self, _wanted: bool) -> None:
        panel = self.dock.panel
        if panel.answer is not None:
            self._show_layer(panel.answer)
        if panel.layer.isChecked():
            panel.refresh()

    def _show_layer(self, answer: Answer) -> None:
        from ach_desk.ui.compare.answers import layer_of

        matrix, panel = self._window.matrix, self.dock.panel
        wanted = panel.layer.isChecked() and matrix.scores_shown
        matrix.view.matrix.apart.show(layer_of(answer) if wanted else None)
        matrix.view.viewport().update()
