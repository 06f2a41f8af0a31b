"""What the inspector of an item shows of doubt: what it rests on, what rests on it, its readings, the suspicion."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from ach_desk.commands import assumptions
from ach_desk.i18n import _
from ach_desk.ui.doubt.carries import CarriesSection
from ach_desk.ui.doubt.readings import ReadingsSection
from ach_desk.ui.doubt.resting import of_item
from ach_desk.ui.doubt.rests import RestsEditor
from ach_desk.ui.widgets.editors import CheckEditor
from ach_desk.ui.widgets.panel import Panel, bring_into_view


class ItemDoubt(QObject):
    """The sections of one panel of an item; absent or folded away until they are used.

    cell_requested(item, hypothesis): the person wants to see a cell.
    """

    cell_requested = Signal(str, str)

    def __init__(self, panel: Panel) -> None:
        super().__init__(panel)
        self._panel = panel
        session = panel.session
        self.rests = RestsEditor(session, of_item(session, lambda: panel.ids[0]))
        self.carries = CarriesSection(session, lambda: panel.record)
        self.readings = ReadingsSection(session, lambda: panel.record)
        self.suspect = CheckEditor(
            session,
            _("Suspected of being deceptive"),
            lambda: panel.record is not None and panel.record.suspect,
            lambda on: assumptions.suspect(session.analysis, "evidence", panel.ids[:1], on=on),
        )
        panel.add(self.suspect)
        self.why_suspect = panel.field("suspect_reason", _("Suspected because"), links=True, lines=(1, 6))
        self.rests.link_activated.connect(panel.link_activated)
        self.carries.cell_requested.connect(self.cell_requested)
        for section in (self.carries, self.readings):
            section.item_requested.connect(lambda item: panel.link_activated.emit("evidence", item))

    def place(self) -> None:
        """Put the sections below what the panel holds already."""
        panel = self._panel
        panel.place(self.readings)
        panel.place(self.carries)
        panel.place(self.rests, lambda: self.rests.is_used)
        panel.place(self.suspect, lambda: panel.record is not None and panel.record.suspect)
        panel.place(self.why_suspect)

    def refresh(self) -> None:
        """Show everything as it is now."""
        self.readings.refresh()
        self.carries.refresh()
        self.rests.refresh()
        record = self._panel.record
        self.why_suspect.setVisible(record.suspect or bool(record.suspect_reason))

    def set_scores_shown(self, shown: bool) -> None:
        """Show or leave out what gives the standing away."""
        self.carries.scores_shown = self.readings.scores_shown = shown

    def show_readings(self) -> None:
        """Scroll to the two readings."""
        bring_into_view(self.readings)

    def forget(self) -> None:
        """Drop what was begun: another item is shown."""
        self.rests.forget()
