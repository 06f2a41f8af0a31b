"""Steps rail, inspector and charts around the matrix: their docks at once, their contents after the first picture.

The matrix is what a person waits for; the panels take about as long again to build and come right behind it.
"""

from __future__ import annotations

import gc
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QDockWidget, QWidget

from ach_desk.i18n import _
from ach_desk.reporting.palette import Palette
from ach_desk.ui.pointing import FEW_CELLS
from ach_desk.ui.selection import Selection

if TYPE_CHECKING:
    from ach_desk.ui.charts import ChartsPanel
    from ach_desk.ui.check import HypothesisCheck
    from ach_desk.ui.inspector import Inspector
    from ach_desk.ui.rail import Rail
    from ach_desk.ui.whatif.panel import WhatIfPanel
    from ach_desk.ui.window import AnalysisWindow

PANEL_SIZE = QSize(392, 480)
RAIL_SIZE = QSize(44, 480)
_BEHIND = ("rail", "charts", "inspector")
"""What is built behind the first picture, in this order."""

_AT_REST_MS = 400
"""How long nothing is done before one of the panels that the inspector may show later is built."""

_FOR_THE_FIRST_EDIT = (
    *("ach_desk.commands.edits", "ach_desk.commands.scenarios", "ach_desk.commands.trail", "ach_desk.storage.recovery"),
)
"""What the first key press would have to wait for otherwise."""


class SidePanels(QObject):
    """The docks of one window. `inspector`, `charts` and `rail` are built when first asked for."""

    inspector_built = Signal()

    def __init__(self, window: AnalysisWindow, palette: Palette) -> None:
        super().__init__(window)
        self._window = window
        self._palette = palette
        self.inspector_dock = self._dock("inspector", _("Inspector"), PANEL_SIZE)
        self.charts_dock = self._dock("charts", _("Charts"), PANEL_SIZE)
        self.rail_dock = self._dock("rail", _("Steps"), RAIL_SIZE)
        self.whatif_dock = self._dock("whatif", _("What-if"), PANEL_SIZE)
        self.check_dock = self._dock("check", _("Hypothesis check"), PANEL_SIZE)
        self._place_docks()
        self._behind = QTimer(self)
        self._behind.setSingleShot(True)
        self._behind.timeout.connect(self._build_next)
        self._at_rest = QTimer(self)
        self._at_rest.setSingleShot(True)
        self._at_rest.setInterval(_AT_REST_MS)
        self._at_rest.timeout.connect(self._build_at_rest)
        matrix = window.matrix
        for signal in (window.session.changed, matrix.selection_changed, matrix.looked_at_otherwise):
            signal.connect(self._wait_for_rest)
        window.first_picture.seen.connect(self._build_next)
        window.matrix.selection_changed.connect(self._show_selection)
        window.matrix.scores_shown_changed.connect(self._follow_scores)

    @cached_property
    def inspector(self) -> Inspector:
        """The inspector, following the selection of the matrix."""
        from ach_desk.ui.inspector import Inspector

        window = self._window
        inspector = Inspector(window.session, window.store, window)
        inspector.link_activated.connect(window.follow_link)
        inspector.left.connect(window.matrix.setFocus)
        inspector.cell_requested.connect(window.matrix.select_cell)
        inspector.set_scores_shown(window.matrix.scores_shown)
        inspector.set_columns(window.matrix.looks.columns)
        window.matrix.looks.columns_changed.connect(inspector.set_columns)
        inspector.show_selection(window.matrix.selection())
        self._fill(self.inspector_dock, inspector)
        QTimer.singleShot(0, self, self.inspector_built.emit)
        return inspector

    @cached_property
    def charts(self) -> ChartsPanel:
        """The charts."""
        from ach_desk.ui.charts import ChartsPanel

        window = self._window
        charts = ChartsPanel(window.session, window.background, window.store, self._palette, window)
        charts.activated.connect(window.show_block)
        charts.message.connect(window.show_message)
        charts.briefed.connect(window.document.keep_snapshot)
        charts.set_scores_shown(window.matrix.scores_shown)
        self._fill(self.charts_dock, charts)
        return charts

    @cached_property
    def rail(self) -> Rail:
        """The steps."""
        from ach_desk.ui.rail import Rail

        rail = Rail(self._window.session, self._window)
        rail.place_requested.connect(self._window.go_to)
        rail.set_scores_shown(self._window.matrix.scores_shown)
        guide = self._window.guide
        rail.guide_requested.connect(guide.open_or_go_on)
        guide.changed.connect(lambda: rail.set_offer(guide.offer))
        rail.set_offer(guide.offer)
        self._fill(self.rail_dock, rail)
        return rail

    @cached_property
    def whatif(self) -> WhatIfPanel:
        """The what-ifs; built when its dock is first seen."""
        from ach_desk.ui.whatif.panel import WhatIfPanel

        window = self._window
        panel = WhatIfPanel(window.session, window.store)
        panel.message.connect(window.show_message)
        panel.left.connect(window.matrix.setFocus)
        panel.link_activated.connect(window.follow_link)
        panel.item_requested.connect(lambda item: window.matrix.select_records("evidence", [item]))
        panel.cell_requested.connect(window.matrix.select_cell)
        panel.set_scores_shown(window.matrix.scores_shown)
        self._fill(self.whatif_dock, panel)
        return panel

    @cached_property
    def check(self) -> HypothesisCheck:
        """The hypothesis check, built when its dock is first seen."""
        from ach_desk.ui.check import HypothesisCheck

        check = HypothesisCheck(self._window.session, self._window)
        check.left.connect(self._window.matrix.setFocus)
        check.deception_wanted.connect(self._window.actions_registry["doubt.check"].trigger)
        self._fill(self.check_dock, check)
        return check

    def show_check(self) -> None:
        """Bring the hypothesis check to the front, with the keyboard on the first open question."""
        check = self.check
        self.bring_up(self.check_dock)
        check.focus_first()

    def toggle_check(self) -> None:
        """Show the hypothesis check, or hide it."""
        if self.check_dock.isVisible():
            self.check_dock.hide()
        else:
            self.show_check()

    def _build_check(self, visible: bool) -> None:
        if visible:
            _check = self.check

    def _build_next(self) -> None:
        """Build what nobody has asked for yet, what can be seen first; between two of them the window may answer."""
        name = next((entry for entry in _BEHIND if not self.is_built(entry)), None)
        if name is not None:
            self.bring_in(name)
            self._behind.start(0)
            return
        for room in _FOR_THE_FIRST_EDIT:
            import_module(room)
        if self._window.session.assessment.table.codes.size > FEW_CELLS:
            # The collector is in for a look at all that was loaded, which a key press or a save would feel.
            gc.collect()
        self._at_rest.start()

    def _wait_for_rest(self, *_done: object) -> None:
        if self._at_rest.isActive():
            self._at_rest.start()

    def _build_at_rest(self) -> None:
        # Not beside a save or a chart: both would take longer.
        if self._window.background.is_busy or self.inspector.build_next():
            self._at_rest.start()

    def bring_in(self, name: str) -> None:
        """Build the panel of that name unless it exists."""
        getattr(self, name)

    def is_built(self, name: str) -> bool:
        """Return whether the panel of that name exists already."""
        return name in self.__dict__

    def set_palette(self, palette: Palette) -> None:
        """Draw the charts in another theme."""
        self._palette = palette
        if self.is_built("charts"):
            self.charts.set_palette(palette)

    def settings_changed(self) -> None:
        """Show anew what depends on the settings."""
        if self.is_built("charts"):
            self.charts.refresh()
        if self.is_built("whatif"):
            self.whatif.refresh()

    def flush(self) -> None:
        """Take over what is still being typed in the inspector."""
        if self.is_built("inspector"):
            self.inspector.flush()
        if self.is_built("whatif"):
            self.whatif.flush()
        if self.is_built("check"):
            self.check.flush()

    def bring_up(self, dock: QDockWidget) -> None:
        """Show a dock in front of the ones it shares its place with."""
        dock.show()
        dock.raise_()

    def _show_selection(self, selection: Selection) -> None:
        if self.is_built("inspector"):
            self.inspector.show_selection(selection)

    def _follow_scores(self, shown_now: bool) -> None:
        for name in ("charts", "inspector", "rail", "whatif"):
            if self.is_built(name):
                getattr(self, name).set_scores_shown(shown_now)

    def _dock(self, name: str, title: str, size: QSize) -> QDockWidget:
        dock = QDockWidget(title, self._window)
        dock.setObjectName(name)
        dock.setAccessibleName(title)
        dock.setWidget(_Room(size, dock))
        return dock

    def _place_docks(self) -> None:
        window = self._window
        right, left = Qt.DockWidgetArea.RightDockWidgetArea, Qt.DockWidgetArea.LeftDockWidgetArea
        window.setTabPosition(right, window.tabPosition(right).North)
        window.addDockWidget(left, self.rail_dock)
        window.addDockWidget(right, self.inspector_dock)
        window.addDockWidget(right, self.charts_dock)
        window.tabifyDockWidget(self.inspector_dock, self.charts_dock)
        window.addDockWidget(right, self.whatif_dock)
        window.tabifyDockWidget(self.charts_dock, self.whatif_dock)
        self.whatif_dock.hide()
        self.whatif_dock.visibilityChanged.connect(self._build_whatif)
        window.addDockWidget(right, self.check_dock)
        window.tabifyDockWidget(self.charts_dock, self.check_dock)
        self.check_dock.hide()
        self.check_dock.visibilityChanged.connect(self._build_check)
        self.charts_dock.raise_()
        self.rail_dock.setTitleBarWidget(QWidget(self.rail_dock))
        window.resizeDocks([self.charts_dock], [PANEL_SIZE.width()], Qt.Orientation.Horizontal)

    def _build_whatif(self, visible: bool) -> None:
        if visible:
            self.bring_in("whatif")

    def _fill(self, dock: QDockWidget, panel: QWidget) -> None:
        room = dock.widget()
        dock.setWidget(panel)
        room.deleteLater()


class _Room(QWidget):
    """Keeps a dock's place and size until its panel is built."""

    def __init__(self, size: QSize, parent: QWidget) -> None:
        super().__init__(parent)
        self._size = size

    def sizeHint(self) -> QSize:
        return self._size
