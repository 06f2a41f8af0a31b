"""Which chart is shown: the usual on tabs; those of what the order rests on, absent until asked for, in a list."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTabBar, QVBoxLayout, QWidget

from ach_desk.i18n import _
from ach_desk.reporting.chart_names import OF_MATERIAL, RESTING, chart_name
from ach_desk.reporting.chart_options import OF_SCORES
from ach_desk.ui.widgets.choice import Choice
from ach_desk.ui.widgets.labels import STEP, named

HOLD_A_RIVAL = ("waterfall", "tornado")
"""The charts that hold the leader against one rival."""
NEAREST = ""
"""The rival where nobody chose one: the hypothesis that comes nearest."""


class ChartChooser(QWidget):
    """`changed()`: another chart is wanted, or another rival of the leader.

    tabs: None where only the charts of what the order rests on are offered.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None, *, with_tabs: bool = True) -> None:
        super().__init__(parent)
        self.tabs = self._make_tabs() if with_tabs else None
        # What stands beside sections of its own for the results leaves these out.
        self._kinds = RESTING if with_tabs else OF_MATERIAL
        kinds = [(kind, chart_name(kind)) for kind in self._kinds]
        self.more = named(Choice(kinds), _("Chart of what the order rests on"))
        self.rival = named(Choice([(NEAREST, _nearest())]), _("Rival of the leader"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(STEP // 2)
        for part in (self.tabs, self.more, self.rival):
            if part is not None:
                column.addWidget(part)
        self.more.chosen.connect(self._changed)
        self.rival.chosen.connect(self._changed)
        self._show_lists()

    def _make_tabs(self) -> QTabBar:
        tabs = named(QTabBar(self), _("Chart"))
        tabs.setExpanding(False)
        tabs.setDrawBase(False)
        for kind in OF_SCORES:
            tabs.addTab(chart_name(kind))
        tabs.currentChanged.connect(self._changed)
        return tabs

    @property
    def kind(self) -> str:
        """Return the kind of the chart that is wanted."""
        index = self.tabs.currentIndex() if self.tabs is not None else len(OF_SCORES)
        return OF_SCORES[index] if index < len(OF_SCORES) else str(self.more.value)

    @property
    def rival_id(self) -> str:
        """Return the id of the hypothesis that the leader is held against; "" for the nearest."""
        return str(self.rival.value or NEAREST)

    def show_kind(self, kind: str) -> None:
        """Want a chart; the tab of the others appears with the first of them. Raises ValueError for an unknown one."""
        if kind in self._kinds:
            self._show_more(kind)
        elif self.tabs is not None:
            self.tabs.setCurrentIndex(OF_SCORES.index(kind))
        else:
            raise ValueError(kind)

    def _show_more(self, kind: str) -> None:
        before, tabs = self.kind, self.tabs
        self.more.show_value(kind)
        if tabs is not None and tabs.count() == len(OF_SCORES):
            tabs.addTab(_("More"))
        if tabs is not None and tabs.currentIndex() < len(OF_SCORES):
            tabs.setCurrentIndex(len(OF_SCORES))
        elif kind != before:
            self._changed()

    def offer_rivals(self, hypotheses: Sequence[tuple[str, str]]) -> None:
        """Offer these (id, label and title); one that is chosen and still there stays chosen."""
        before = self.rival_id
        self.rival.set_entries([(NEAREST, _nearest()), *hypotheses])
        self.rival.show_value(before if before in [entry for entry, _text in hypotheses] else NEAREST)

    def _changed(self, *_to: object) -> None:
        self._show_lists()
        self.changed.emit()

    def _show_lists(self) -> None:
        self.more.setVisible(self.kind in self._kinds)
        self.rival.setVisible(self.kind in HOLD_A_RIVAL)


def _nearest() -> str:
    return _("against the nearest")
