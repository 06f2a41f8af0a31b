"""One switch per source, to distrust it in the what-if that is on; nothing is shown while none is."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from ach_desk.commands import scenarios
from ach_desk.i18n import _
from ach_desk.ui.session import Session
from ach_desk.ui.text import shortened, single_line
from ach_desk.ui.widgets.flow import take_all
from ach_desk.ui.widgets.labels import named


class DistrustSwitches(QWidget):
    """The switches of the sources that `sources()` names."""

    def __init__(self, session: Session, sources: Callable[[], Iterable[str]]) -> None:
        super().__init__()
        self._session, self._sources = session, sources
        self._shown: tuple[tuple[str, str], ...] = ()
        self.boxes: dict[str, QCheckBox] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)

    def refresh(self) -> None:
        """Show the switches as they stand in the what-if that is on."""
        scenario, known = self._session.scenario, self._session.analysis.sources
        wanted = tuple((entry, known[entry].name) for entry in self._sources() if entry in known) if scenario else ()
        if wanted != self._shown:
            self._rebuild(wanted)
        for source, box in self.boxes.items():
            blocked = box.blockSignals(True)
            box.setChecked(scenario is not None and source in scenario.distrusted)
            box.setEnabled(not self._session.read_only)
            box.blockSignals(blocked)
        self.setVisible(bool(self.boxes))

    def _rebuild(self, wanted: tuple[tuple[str, str], ...]) -> None:
        self._shown = wanted
        take_all(self._column)
        self.boxes = {}
        for source, name in wanted:
            label = self._session.analysis.sources[source].label
            text = _("What-if: distrust {source}").format(source=label)
            box = named(QCheckBox(text), text, single_line(shortened(name, 120)))
            box.toggled.connect(lambda on, source=source: self._set(source, on))
            self._column.addWidget(box)
            self.boxes[source] = box

    def _set(self, source: str, on: bool) -> None:
        scenario = self._session.scenario
        if scenario is not None:
            self._session.execute(scenarios.distrust(self._session.analysis, scenario, source, on=on))
