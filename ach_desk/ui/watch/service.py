"""What should be seen, and what is watched for, in one window: the docks, the actions, the line at the start."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Qt

from ach_desk.i18n import _, ngettext
from ach_desk.reporting.palette import Palette
from ach_desk.scoring import indicators, open_points, step_findings
from ach_desk.ui.actions import ActionSpec
from ach_desk.ui.lazy_dock import LazyDock
from ach_desk.ui.text import shortened

if TYPE_CHECKING:
    from ach_desk.model import Indicator
    from ach_desk.ui.watch.expectations import ExpectationsPanel
    from ach_desk.ui.watch.indicators import IndicatorsPanel
    from ach_desk.ui.watch.list_panel import ListPanel
    from ach_desk.ui.window import AnalysisWindow

    P = TypeVar("P", bound=ListPanel)

MENU = "review/steps"


class Watching(QObject):
    """The panels "Expected" and "Watch" of one window, absent until they are first asked for."""

    def __init__(self, window: AnalysisWindow, palette: Palette) -> None:
        super().__init__(window)
        self._window, self._palette = window, palette
        beside = window.side.charts_dock
        self.expectations_dock: LazyDock[ExpectationsPanel] = LazyDock(
            window, "expectations", _("Expected"), beside, self._build_expectations
        )
        self.watch_dock: LazyDock[IndicatorsPanel] = LazyDock(
            window, "watch", _("Watch"), beside, self._build_indicators
        )

    def action_specs(self) -> list[ActionSpec]:
        """Return the actions for the menu "review/steps"."""
        session = self._window.session
        return [
            ActionSpec(
                "steps.expectations",
                MENU,
                _("&Expected: what should we see?"),
                lambda: self._toggle(self.expectations_dock),
                ["Ctrl+7"],
                checked=lambda: self.expectations_dock.is_in_front,
            ),
            ActionSpec(
                "steps.watch",
                MENU,
                _("&Watch: indicators"),
                lambda: self._toggle(self.watch_dock),
                ["Ctrl+I"],
                checked=lambda: self.watch_dock.is_in_front,
            ),
            ActionSpec(
                "steps.indicator",
                MENU,
                _("&New indicator ..."),
                self.new_indicator,
                enabled=lambda: not session.read_only,
                separator=True,
            ),
            ActionSpec(
                "steps.set_aside",
                MENU,
                _("&Set the open point aside ..."),
                self._set_point_aside,
                enabled=lambda: not session.read_only and self._rail_has_point(),
            ),
        ]

    def greet(self) -> None:
        """Say on opening what is overdue and was not set aside."""
        late = self._late()
        if late:
            from ach_desk.ui.widgets.quietstrip import QuietStrip

            self._window.show_strip(QuietStrip(_overdue_words(late), [(_("Watch"), self._show(late[0]))]))

    def _late(self) -> list[Indicator]:
        """Return the overdue indicators that were not set aside.

        The first picture waits for this, so findings are made only where something was set aside.
        """
        session = self._window.session
        today = session.today()
        late = indicators.overdue(session.analysis, today)
        if not late or not session.analysis.findings_set_aside:
            return late
        found = step_findings.overdue_findings(session.analysis, today)
        still_open = {
            entry.others[0] for entry in open_points.sorted_out(session.analysis, session.matrix.id, found).open
        }
        return [entry for entry in late if entry.id in still_open]

    def set_palette(self, palette: Palette) -> None:
        """Take another theme over."""
        self._palette = palette
        if self.watch_dock.is_built:
            self.watch_dock.panel.set_palette(palette)

    def flush(self) -> None:
        """Take over what is still being typed."""
        for dock in (self.expectations_dock, self.watch_dock):
            if dock.is_built:
                dock.panel.flush()

    def new_indicator(self) -> None:
        """Bring the indicators up with the keyboard in the line for a new one."""
        self.watch_dock.bring_up()
        self.watch_dock.panel.entry.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def ask(self, hypothesis: str = "") -> None:
        """Ask what should be seen if a hypothesis (an id; "": the one asked about last) were true."""
        if hypothesis:
            self.expectations_dock.panel.show_hypothesis(hypothesis)
        self.expectations_dock.bring_up()

    def show_expectation(self, expectation: str, *, with_keyboard: bool = True) -> None:
        """Bring an expectation (an id) up."""
        self.expectations_dock.panel.show_expectation(expectation)
        self._bring_up(self.expectations_dock, with_keyboard=with_keyboard)

    def show_indicator(self, indicator: str, *, with_keyboard: bool = True) -> None:
        """Bring an indicator (an id) up."""
        self.watch_dock.panel.refresh()
        self.watch_dock.panel.choose(indicator)
        self._bring_up(self.watch_dock, with_keyboard=with_keyboard)

    def _show(self, indicator: Indicator) -> Callable[[], None]:
        return lambda: self.show_indicator(indicator.id)

    def _bring_up(self, dock: LazyDock[ExpectationsPanel] | LazyDock[IndicatorsPanel], *, with_keyboard: bool) -> None:
        dock.show()
        dock.raise_()
        if with_keyboard:
            dock.panel.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _toggle(self, dock: LazyDock[ExpectationsPanel] | LazyDock[IndicatorsPanel]) -> None:
        if dock.is_in_front:
            dock.hide()
            self._window.matrix.setFocus()
        else:
            dock.bring_up()

    def _build_expectations(self) -> ExpectationsPanel:
        from ach_desk.ui.watch.expectations import ExpectationsPanel

        return self._connected(ExpectationsPanel(self._window.session, self._window))

    def _build_indicators(self) -> IndicatorsPanel:
        from ach_desk.ui.watch.indicators import IndicatorsPanel

        return self._connected(IndicatorsPanel(self._window.session, self._palette, self._window))

    def _connected(self, panel: P) -> P:
        panel.left.connect(self._window.matrix.setFocus)
        panel.message.connect(self._window.show_message)
        panel.link_activated.connect(self._window.follow_link)
        return panel

    def _rail_has_point(self) -> bool:
        side = self._window.side
        return side.is_built("rail") and side.rail.point_in_hand() is not None

    def _set_point_aside(self) -> None:
        point = self._window.side.rail.point_in_hand()
        if point is not None:
            point.ask()


def _overdue_words(late: Sequence[Indicator]) -> str:
    text = ngettext("{count} indicator is overdue. {first}", "{count} indicators are overdue. {first}", len(late))
    return text.format(count=len(late), first=shortened(indicators.overdue_sentence(late[0])))
