"""What the what-if that is on changes, a line each with a way to take it out, and the sources to distrust."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from ach_desk.commands import scenarios
from ach_desk.i18n import _, join_some
from ach_desk.model import Scenario
from ach_desk.model.resting import assumptions
from ach_desk.model.words import rating_symbol
from ach_desk.scoring.resting import fall
from ach_desk.scoring.whatif import fallen_words, gone
from ach_desk.ui.session import Session
from ach_desk.ui.text import shortened, single_line
from ach_desk.ui.widgets.chips import RecordRow
from ach_desk.ui.widgets.flow import take_all
from ach_desk.ui.widgets.labels import named, plain
from ach_desk.ui.widgets.menu import Menu
from ach_desk.ui.widgets.panel import Panel

_MOST_LINES = 60
_MOST_NAMED = 4

Line = tuple[str, Callable[[], object], Callable[[], object]]
"""What it says, what a click on it does, and what taking it out does."""


class ScenarioPanel(Panel):
    """Name, note and content of one what-if.

    item_requested(id), cell_requested(item, hypothesis): the place of a line is to be shown.
    """

    item_requested = Signal(str)
    cell_requested = Signal(str, str)

    def __init__(self, session: Session) -> None:
        super().__init__(session, "scenario")
        self.column.setContentsMargins(0, 0, 0, 0)
        self.name = self.field("name", _("What if …"), one_line=True, lines=(1, 3))
        self.note = self.field("note", _("Note"), links=True, lines=(2, 6))
        self.lines = QWidget()
        self._rows = QVBoxLayout(self.lines)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        self._shown: tuple[str, ...] | None = None
        self.distrust = _menu_button(_("Distrust a source"), self._fill_sources)
        self.false = _menu_button(_("Take an assumption as false"), self._fill_assumptions)
        self.place(self.name)
        self.place(self.lines)
        self.place(self.distrust)
        self.place(self.false)
        self.place(self.note)
        self.end()

    def refresh_rest(self) -> None:
        """Show the content."""
        scenario: Scenario = self.record
        lines, missing = list(self._lines(scenario)), gone(self.session.analysis, scenario)
        texts = (scenario.id, str(self.session.read_only), *(line[0] for line in lines), *missing)
        analysis = self.session.analysis
        self.distrust.setEnabled(not self.session.read_only and bool(analysis.sources))
        self.false.setEnabled(not self.session.read_only)
        self.false.setVisible(bool(scenario.assumptions_false or assumptions(analysis.evidence)))
        if texts == self._shown:
            return
        self._shown = texts
        take_all(self._rows)
        for line in lines[:_MOST_LINES]:
            self._rows.addWidget(self._row(line))
        if len(lines) > _MOST_LINES:
            more = _("and {count} more").format(count=len(lines) - _MOST_LINES)
            self._rows.addWidget(plain(more, muted=True))
        for sentence in missing:
            self._rows.addWidget(plain(sentence, muted=True))
        if not lines and not missing:
            text = _("Rate a cell, set an item aside (Ctrl+D) or distrust a source: it counts only here.")
            self._rows.addWidget(plain(text, muted=True))

    def _row(self, line: Line) -> RecordRow:
        text, go, take_out = line
        row = RecordRow(text, text, _("Take out: {what}").format(what=text), self.lines)
        row.opened.connect(go)
        row.removed.connect(take_out)
        row.remove_button.setVisible(not self.session.read_only)
        return row

    def _lines(self, scenario: Scenario) -> Iterator[Line]:
        analysis = self.session.analysis
        for entry in scenario.left_out:
            if entry in analysis.evidence:
                item = analysis.evidence[entry]
                text = _("{item} does not count").format(item=item.label)
                yield text, lambda entry=entry: self.item_requested.emit(entry), lambda entry=entry: self._count(entry)
        for entry in scenario.assumptions_false:
            if entry in analysis.evidence:
                yield self._false(entry)
        for entry in scenario.distrusted:
            if entry in analysis.sources:
                yield self._distrusted(entry)
        for override in scenario.overrides:
            cell = override.evidence, override.hypothesis
            if cell[0] in analysis.evidence and cell[1] in analysis.hypotheses:
                own = self.session.matrix.rating(self.session.analyst, *cell)
                text = _("{item} under {hypothesis}: {rating}, as rated {own}").format(
                    item=analysis.evidence[cell[0]].label,
                    hypothesis=analysis.hypotheses[cell[1]].label,
                    rating=rating_symbol(override.value),
                    own=rating_symbol(own.value if own else None),
                )
                yield text, lambda cell=cell: self.cell_requested.emit(*cell), lambda cell=cell: self._clear(cell)

    def _distrusted(self, source: str) -> Line:
        analysis = self.session.analysis
        citing = [item for item in analysis.evidence.values() if any(c.source == source for c in item.citations)]
        resting = [item.label for item in citing if not (item.is_unsorted or self.session.item(item.id).is_counted)]
        text = _("{source} is distrusted: nothing rests on it alone").format(source=analysis.sources[source].label)
        if resting:
            text = _("{source} is distrusted; not counted: {items}").format(
                source=analysis.sources[source].label, items=join_some(resting, _MOST_NAMED)
            )
        first = citing[0].id if citing else ""
        return text, lambda: self.item_requested.emit(first), lambda: self._trust(source)

    def _false(self, assumption: str) -> Line:
        session = self.session
        sheet = session.matrix.sheets.get(session.analyst, {})
        falls = fallen_words(session.as_rated, fall(session.analysis, [assumption], sheet))
        text = _("{assumption} is false: {falls}") if falls else _("{assumption} is false: nothing else falls")
        text = text.format(assumption=session.analysis.evidence[assumption].label, falls=falls)
        return text, lambda: self.item_requested.emit(assumption), lambda: self._assume(assumption, False)

    def _count(self, item: str) -> None:
        self.session.execute(scenarios.count(self.session.analysis, self.record, [item]))

    def _trust(self, source: str) -> None:
        self.session.execute(scenarios.distrust(self.session.analysis, self.record, source, on=False))

    def _clear(self, cell: tuple[str, str]) -> None:
        self.session.rate([cell], None)

    def _fill_sources(self, menu: Menu) -> None:
        distrusted = self.record.distrusted if self.record is not None else ()
        for source in self.session.analysis.sources.values():
            action = _entry(menu, source.label, source.name, on=source.id in distrusted)
            action.toggled.connect(lambda on, source=source.id: self._distrust(source, on))

    def _fill_assumptions(self, menu: Menu) -> None:
        false = self.record.assumptions_false if self.record is not None else ()
        for item in assumptions(self.session.analysis.evidence):
            action = _entry(menu, item.label, item.title, on=item.id in false)
            action.toggled.connect(lambda on, item=item.id: self._assume(item, on))

    def _distrust(self, source: str, on: bool) -> None:
        self.session.execute(scenarios.distrust(self.session.analysis, self.record, source, on=on))

    def _assume(self, assumption: str, on: bool) -> None:
        command = scenarios.assume_false(self.session.analysis, self.record, [assumption], on=on)
        self.session.execute(command)


def _menu_button(text: str, fill: Callable[[Menu], None]) -> QPushButton:
    """Return a button whose menu is filled anew whenever it is opened."""
    button = named(QPushButton(text), text)
    button.setAutoDefault(False)
    menu = Menu(button)
    menu.aboutToShow.connect(menu.clear)
    menu.aboutToShow.connect(lambda: fill(menu))
    button.setMenu(menu)
    return button


def _entry(menu: Menu, label: str, name: str, *, on: bool) -> QAction:
    """Return a switch that was put into the menu."""
    action = QAction(f"{label}  {single_line(shortened(name, 60))}".replace("&", "&&"), menu)
    action.setCheckable(True)
    action.setChecked(on)
    menu.addAction(action)
    return action
