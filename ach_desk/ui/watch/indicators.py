"""The panel "Watch": what would show that events take another course, by when, and whether it was seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ach_desk.commands import Command, watching
from ach_desk.i18n import _
from ach_desk.model import Indicator, IndicatorState, RatingValue
from ach_desk.reporting.palette import Palette
from ach_desk.scoring.indicators import is_overdue, rated_under, separation_words, state_words, watch_order
from ach_desk.ui.session import Session
from ach_desk.ui.watch.bearings import BearingRow
from ach_desk.ui.watch.buttons import act_button
from ach_desk.ui.watch.list_panel import ListPanel
from ach_desk.ui.widgets.costfield import cost_field
from ach_desk.ui.widgets.editors import beside
from ach_desk.ui.widgets.flow import FlowLayout
from ach_desk.ui.widgets.labels import STEP, caption, plain, rule
from ach_desk.ui.widgets.panel import Panel


class IndicatorsPanel(ListPanel):
    """The indicators, the overdue first, and the one that is chosen."""

    def __init__(self, session: Session, palette: Palette, parent: QWidget | None = None) -> None:
        self.details: IndicatorDetails
        super().__init__(session, IndicatorDetails(session, palette, self._did), _("Indicators"), parent)
        self.details.message.connect(self.message)
        self.entry.setPlaceholderText(_("Fuel convoys near the border"))
        self.column.addWidget(caption(_("New: what would you see if events took that course?"), self.entry))
        self.hint = plain(
            _("Enter adds it. An indicator counts nothing until it was seen and became an item."), muted=True
        )
        self._line = rule()
        for part in (self.entry, self.hint, self.list, self._line, self.details):
            self.column.addWidget(part)
        self.column.addStretch(1)
        self.refresh()

    def set_palette(self, palette: Palette) -> None:
        """Take another theme over."""
        self.details.bearings.set_palette(palette)

    def refresh(self) -> None:
        """Show the indicators as they are now."""
        super().refresh()
        self._line.setVisible(bool(self.chosen))
        self.hint.setVisible(not self.chosen)

    def entries(self) -> Sequence[Indicator]:
        """Return the indicators, the overdue first."""
        return watch_order(self.session.analysis, self.session.today())

    def row_words(self, record: Indicator) -> tuple[str, bool]:
        """Return the state, the date and what the sighting would tell; an overdue one stands out."""
        today = self.session.today()
        telling = separation_words(record, rated_under(self.session.assessment))
        return " · ".join((state_words(record, today), telling)), is_overdue(record, today)

    def add(self, text: str) -> str:
        """Add an indicator."""
        command = watching.watch(self.session.analysis, text)
        return "" if self.session.execute(command).is_empty else watching.added_id(command)

    def delete_chosen(self) -> None:
        """Delete the indicator that is chosen; an item that it became stays."""
        self.session.execute(watching.delete(self.session.analysis, "indicator", self.chosen))

    def _did(self) -> None:
        self.refresh()


class IndicatorDetails(Panel):
    """One indicator: words, what its sighting would be rated, by when, who watches, and whether it was seen.

    message(str): a line for the status bar.
    """

    message = Signal(str)

    def __init__(self, session: Session, palette: Palette, done: Callable[[], None]) -> None:
        super().__init__(session, "indicator")
        self._done = done
        words = lambda: _("Edit the indicator")  # noqa: E731
        self.column.setContentsMargins(0, 0, 0, 0)
        self.text = self.field("text", _("Indicator"), text=words, links=True)
        self.bearings = BearingRow(palette, self.text.box)
        self.bearings.chosen.connect(self._rate)
        self.telling = plain(muted=True)
        self.expected = self.date_field("expected_by", _("Expected by"))
        self.owner = self.field("owner", _("Who watches"), text=words, one_line=True)
        self.cost = cost_field(self)
        self.state = plain()
        self.date = self.date_field("state_date", _("Date"), hint=_("today"))
        self.note = self.field("note", _("Note"), text=words, links=True)
        self.observed = act_button(
            _("Seen: make it an item"), self._observe, _("The ratings above become suggestions that you confirm with K")
        )
        self.missing = act_button(_("Not seen"), self._not_observed)
        self.absent = act_button(_("Make it an item: not seen"), self._note_absence)
        self.again = act_button(_("Watch again"), self._reopen)
        self.there = act_button(_("Go to the item"), self._go_there)
        self.delete = act_button(_("Delete"), self._delete)
        self._lay_out()

    def _lay_out(self) -> None:
        row = QWidget()
        flow = FlowLayout(row, gap=STEP // 2)
        for button in (self.observed, self.missing, self.absent, self.there, self.again, self.delete):
            flow.addWidget(button)
        question = caption(_("If it were seen, how would you rate it?"), self.bearings)
        for part in (self.text, question, self.bearings, self.telling, beside(self.expected, self.owner)):
            self.place(part)
        for part in (plain(_("Has it been seen?"), strong=True), self.state, self.date, row):
            self.place(part)
        self.place(self.cost, lambda: self.cost.has_draft or self.record.cost is not None)
        self.place(self.note, lambda: bool(self.record.note))
        self.end()

    def refresh_rest(self) -> None:
        """Show what can be done in the state that it is in."""
        session, record = self.session, self.record
        hypotheses = rated_under(session.assessment)
        values = {entry.hypothesis: entry.value for entry in record.bearings}
        may_edit = not session.read_only
        self.bearings.show_bearings(hypotheses, values, session.matrix.scale, may_edit=may_edit)
        telling = separation_words(record, hypotheses)
        self.telling.setText(
            _("It {telling}.").format(telling=telling) if len(values) > 1 else _("Rate it under two at least.")
        )
        self.state.setText(state_words(record, session.today()))
        self.state.setVisible(is_overdue(record, session.today()) or record.state is not IndicatorState.OPEN)
        is_open, has_item = record.state is IndicatorState.OPEN, record.item in session.analysis.evidence
        self.observed.setVisible(is_open)
        self.missing.setVisible(is_open)
        self.date.setVisible(is_open)
        self.absent.setVisible(record.state is IndicatorState.NOT_OBSERVED and not has_item)
        self.there.setVisible(has_item)
        self.again.setVisible(not is_open)
        for button in (self.observed, self.missing, self.absent, self.again, self.delete):
            button.setEnabled(may_edit)

    @property
    def _day(self) -> str:
        return self.record.state_date or self.session.today().isoformat()

    def _rate(self, hypothesis: str, value: RatingValue | None) -> None:
        self._do(lambda: watching.set_bearing(self.session.analysis, self.ids[0], hypothesis, value))

    def _observe(self) -> None:
        session = self.session
        self._do(lambda: watching.observe(session.analysis, session.matrix, session.me, self.ids[0], self._day))
        item = session.analysis.evidence.get(self.record.item or "")
        if item is not None:
            text = _("{label} stands in the matrix; its ratings are suggestions until they are confirmed (K).")
            self.message.emit(text.format(label=item.label))

    def _not_observed(self) -> None:
        self._do(lambda: watching.not_observed(self.session.analysis, self.ids[0], self._day))

    def _note_absence(self) -> None:
        self._do(lambda: watching.note_absence(self.session.analysis, self.session.matrix, self.ids[0]))

    def _reopen(self) -> None:
        self._do(lambda: watching.reopen(self.session.analysis, self.ids[0]))

    def _delete(self) -> None:
        self._do(lambda: watching.delete(self.session.analysis, "indicator", self.ids[0]))

    def _do(self, build: Callable[[], Command]) -> None:
        self.flush()
        self.session.history.end_merging()
        self.session.execute(build())
        self._done()

    def _go_there(self) -> None:
        self.link_activated.emit("evidence", self.record.item or "")
