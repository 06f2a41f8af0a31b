"""Grouping as a person handles it: asked for by actions, keys and the mouse; the keyboard stays with its item."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ach_desk.commands import edits
from ach_desk.i18n import _, ngettext
from ach_desk.ui.matrix.axes import EVIDENCE
from ach_desk.ui.matrix.grouping import GroupBy

if TYPE_CHECKING:
    from ach_desk.ui.matrix.panel import MatrixPanel
    from ach_desk.ui.matrix.records import RecordEditor


class Groups(QObject):
    """The groups of items of one panel."""

    def __init__(self, panel: MatrixPanel, records: RecordEditor) -> None:
        super().__init__(panel)
        self._panel = panel
        self._records = records
        self._model = panel.model
        self._caret = panel.view.caret
        panel.view.band_requested.connect(self.switch)

    @property
    def by(self) -> GroupBy:
        """Return what the items are grouped by; "" for nothing."""
        return self._model.grouping.by

    # Grouping

    def group_by(self, way: GroupBy) -> None:
        """Show the items under the headings of their groups, or in none."""
        selection = self._panel.selection()
        self._panel.finish_editing()
        self._model.group_by(way)
        self._caret.restore(selection)
        if not self._caret.header_kind and self._caret.place is None:
            self._caret.go_to_start()
        self._panel.view.show_caret()
        self._panel.looked_at_otherwise.emit()

    def restore(self, way: GroupBy, folded: Iterable[str]) -> None:
        """Group and fold as it was when the analysis was last looked at."""
        self._model.grouping.folded = set(folded)
        self._model.group_by(way)

    # Folding

    def foldable(self) -> str:
        """Return the open group that folding works on: that of the current band or item; "" for none."""
        band = self._caret.band or self._band_of_current()
        return "" if self._model.grouping.is_folded(band) else band

    def unfoldable(self) -> str:
        """Return the folded group whose band the keyboard is on; "" for none."""
        band = self._caret.band
        return band if self._model.grouping.is_folded(band) else ""

    def _band_of_current(self) -> str:
        return self._model.grouping.band_of(self._panel.selection().evidence or "")

    def fold(self) -> None:
        """Fold the group of the current item; the keyboard goes to its band."""
        self._fold([self.foldable()], True)

    def unfold(self) -> None:
        """Show the items of the current band."""
        self._fold([self.unfoldable()], False)

    def switch(self, band: str) -> None:
        """Fold a group or unfold it; the keyboard goes to its band."""
        folded = not self._model.grouping.is_folded(band)
        self._fold([band], folded)
        self._go_to_band(band)
        self._say(band, folded)

    def fold_all(self) -> None:
        """Fold every group; the keyboard goes to the band of its item."""
        self._fold(self._model.grouping.bands, True)

    def unfold_all(self) -> None:
        """Show the items of every group."""
        self._fold(self._model.grouping.bands, False)

    @property
    def any_folded(self) -> bool:
        """Return whether a group is folded."""
        grouping = self._model.grouping
        return not grouping.folded.isdisjoint(grouping.bands)

    @property
    def any_open(self) -> bool:
        """Return whether a group is not folded."""
        grouping = self._model.grouping
        return not grouping.folded.issuperset(grouping.bands)

    def _fold(self, bands: Iterable[str], folded: bool) -> None:
        selection, band = self._panel.selection(), self._caret.band or self._band_of_current()
        self._panel.finish_editing()
        self._model.fold_groups(list(bands), folded)
        if selection.focus:
            self._caret.restore(selection)
        if not self._caret.header_kind and self._caret.place is None and band:
            self._go_to_band(band)
        self._panel.view.show_caret()
        self._panel.looked_at_otherwise.emit()

    def _go_to_band(self, band: str) -> None:
        section = self._model.axes.section(EVIDENCE, band)
        if section is not None:
            self._caret.select_section(EVIDENCE, section)

    def _say(self, band: str, folded: bool) -> None:
        name = self._model.grouping.bands[band].name
        text = _("{name} is folded. Press + to unfold it.") if folded else _("{name} is unfolded.")
        self._panel.message.emit(text.format(name=name))

    # Headings

    def ask_heading(self) -> None:
        """Ask under which heading the selected items stand."""
        items = self._panel.selection().items
        known = self._panel.session.analysis.evidence
        present = {known[entry].heading for entry in items if entry in known}
        text = present.pop() if len(present) == 1 else ""
        question = _("Heading of {names}: Enter takes it, an empty one takes it away, Escape leaves")
        self._records.ask_reason(EVIDENCE, items, question, lambda heading: self.set_heading(items, heading), text)

    def set_heading(self, items: Iterable[str], heading: str) -> None:
        """Put items under a heading ("" for none), as one step, and say how to see them under it."""
        items, session = list(items), self._panel.session
        change = session.execute(edits.set_field(session.analysis, EVIDENCE, items, "heading", heading.strip()))
        if change.is_empty or session.read_only or self.by == "heading":
            return
        text = ngettext(
            "{count} item stands under “{heading}”. View > Rows > Group by heading shows it there.",
            "{count} items stand under “{heading}”. View > Rows > Group by heading shows them there.",
            len(items),
        )
        if heading.strip():
            self._panel.message.emit(text.format(count=len(items), heading=heading.strip()))
