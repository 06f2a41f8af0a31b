"""The timeline in a window: its dock at the foot, absent until it is opened, and its bond with the matrix."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from ach_desk.i18n import _, ngettext
from ach_desk.ui.actions import ActionSpec
from ach_desk.ui.lazy_dock import LazyDock

if TYPE_CHECKING:
    from ach_desk.reporting.palette import Palette
    from ach_desk.ui.timeline.panel import TimelinePanel
    from ach_desk.ui.window import AnalysisWindow

_HEIGHT = 264
_SHARE = 0.3
"""Height of the timeline when it first appears: pixels, and part of a window that is higher than a small screen."""


class Timeline(QObject):
    """What the window does with the timeline."""

    def __init__(self, window: AnalysisWindow, palette: Palette) -> None:
        super().__init__(window)
        self._window, self._palette = window, palette
        self.dock: LazyDock[TimelinePanel] = LazyDock(
            window, "timeline", _("Timeline"), None, self._build, Qt.DockWidgetArea.BottomDockWidgetArea
        )

    def action_specs(self) -> list[ActionSpec]:
        """Return the action for the menu "view"."""
        return [
            ActionSpec(
                "show_timeline",
                "view",
                _("Time&line"),
                self.toggle,
                ["Ctrl+Shift+T"],
                checked=lambda: self.dock.is_in_front,
            )
        ]

    def toggle(self) -> None:
        """Bring the timeline up with the keyboard in it, or hide it and give the keyboard back to the matrix."""
        if self.dock.is_in_front:
            self.dock.hide()
            self._window.matrix.setFocus()
            return
        new = not self.dock.is_built
        self.dock.bring_up()
        if new:
            height = max(_HEIGHT, int(_SHARE * self._window.height()))
            self._window.resizeDocks([self.dock], [height], Qt.Orientation.Vertical)

    def set_palette(self, palette: Palette) -> None:
        """Draw in the colours of another theme."""
        self._palette = palette
        if self.dock.is_built:
            self.dock.panel.set_palette(palette)

    def _build(self) -> TimelinePanel:
        from ach_desk.ui.timeline.panel import TimelinePanel

        window, matrix = self._window, self._window.matrix
        panel = TimelinePanel(window.session, window.background, self._palette)
        panel.activated.connect(lambda item: matrix.select_records("evidence", [item]))
        panel.picked.connect(self._select)
        panel.filter_wanted.connect(self._filter)
        panel.left.connect(matrix.setFocus)
        panel.message.connect(window.show_message)
        panel.briefed.connect(window.document.keep_snapshot)
        panel.set_scores_shown(matrix.scores_shown)
        panel.show_selection(matrix.selection())
        matrix.scores_shown_changed.connect(panel.set_scores_shown)
        matrix.selection_changed.connect(panel.show_selection)
        return panel

    def _select(self, items: list[str]) -> None:
        """Select the rows of the items as far as the filter lets them through, and say how many it hides."""
        hidden = len(items) - self._window.matrix.select_shown(items)
        if hidden:
            text = ngettext("The filter hides {count} of them.", "The filter hides {count} of them.", hidden)
            self._window.show_message(text.format(count=hidden))

    def _filter(self, track: str, first: str, last: str) -> None:
        from ach_desk.ui.timeline.dates import filter_to

        arranging = self._window.matrix.arranging
        arranging.set_filter(filter_to(arranging.arrangement.item_filter, track, first, last))
