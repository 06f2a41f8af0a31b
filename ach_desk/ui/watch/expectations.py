"""The panel "Expected": what should be seen if a hypothesis were true, one after the other, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from ach_desk.commands import Command, watching
from ach_desk.i18n import _
from ach_desk.model import Analysis, EvidenceItem, Expectation, ExpectationKind, Hypothesis
from ach_desk.model.words import made_word
from ach_desk.scoring.expectations import asked_for, expectations_of, expectations_of_others, made_record
from ach_desk.ui.session import Session
from ach_desk.ui.text import single_line
from ach_desk.ui.watch.buttons import act_button
from ach_desk.ui.watch.list_panel import ListPanel
from ach_desk.ui.widgets.choice import Choice
from ach_desk.ui.widgets.flow import FlowLayout
from ach_desk.ui.widgets.labels import STEP, caption, named, plain
from ach_desk.ui.widgets.panel import Panel

_OTHERS = "others"
"""Stands in the list of hypotheses for those that are not asked about any more."""


class ExpectationsPanel(ListPanel):
    """The question, the answers to it one per line, and for each what it becomes."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        self.details: ExpectationDetails
        super().__init__(session, ExpectationDetails(session, self._did), _("What should be seen"), parent)
        self._hypothesis = ""
        self.hypothesis = Choice([])
        self.hypothesis.chosen.connect(lambda value: self.show_hypothesis(str(value)))
        self.following = act_button(_("Next"), self.ask_next, _("The next hypothesis"))
        named(self.following, _("The next hypothesis"))
        self.question = plain(strong=True)
        self.statement = plain(muted=True)
        self.nobody = plain(_("There is no hypothesis yet of which it could be asked."), muted=True)
        self.hint = plain(
            _("One per line. Enter adds it; Enter on an empty line goes to the next hypothesis."), muted=True
        )
        self._lay_out()
        self.refresh()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(STEP)
        row.addWidget(self.hypothesis, 1)
        row.addWidget(self.following)
        self._caption = caption(_("Hypothesis"), self.hypothesis)
        self.column.addWidget(self._caption)
        self.column.addLayout(row)
        for part in (self.nobody, self.question, self.statement, self.entry, self.hint, self.list, self.details):
            self.column.addWidget(part)
        self.column.addStretch(1)
        self.entry.setPlaceholderText(_("We should see …"))
        named(self.entry, _("What should be seen"))

    def refresh(self) -> None:
        """Show the hypotheses, and the answers for the one that is asked about."""
        asked = asked_for(self.session.assessment)
        known = {entry.id: entry for entry in asked}
        entries = [(entry.id, single_line(f"{entry.label} {entry.title}")) for entry in asked]
        if expectations_of_others(self.session.analysis, self.session.assessment):
            entries.append((_OTHERS, _("hypotheses that are not asked about any more")))
        if self._hypothesis not in dict(entries):
            self._hypothesis = entries[0][0] if entries else ""
        self.hypothesis.set_entries(entries)
        self.hypothesis.show_value(self._hypothesis)
        self._show_question(known.get(self._hypothesis))
        self.nobody.setVisible(not entries)
        for part in (self._caption, self.hypothesis, self.following):
            part.setVisible(bool(entries))
        super().refresh()

    def _show_question(self, found: Hypothesis | None) -> None:
        if found is not None:
            self.question.setText(_("What should we see if {label} were true?").format(label=found.label))
            self.statement.setText(single_line(found.statement))
        for part in (self.question, self.entry, self.hint):
            part.setVisible(found is not None)
        self.statement.setVisible(found is not None and bool(self.statement.text()))

    def show_hypothesis(self, hypothesis: str) -> None:
        """Ask about a hypothesis (an id)."""
        self.flush()
        self._hypothesis = hypothesis
        self.refresh()

    def show_expectation(self, expectation: str) -> None:
        """Show one answer (an id) with the hypothesis that it belongs to."""
        found = self.session.analysis.expectations.get(expectation)
        if found is not None:
            asked = {entry.id for entry in asked_for(self.session.assessment)}
            self.show_hypothesis(found.hypothesis if found.hypothesis in asked else _OTHERS)
            self.choose(expectation)

    def ask_next(self) -> None:
        """Ask about the next hypothesis, round at the end."""
        ids = [entry.id for entry in asked_for(self.session.assessment)]
        if ids:
            place = ids.index(self._hypothesis) if self._hypothesis in ids else -1
            self.show_hypothesis(ids[(place + 1) % len(ids)])
            self.entry.setFocus()

    def entries(self) -> Sequence[Expectation]:
        """Return the answers for the hypothesis that is asked about."""
        if self._hypothesis == _OTHERS:
            return expectations_of_others(self.session.analysis, self.session.assessment)
        return expectations_of(self.session.analysis, self._hypothesis)

    def row_words(self, record: Expectation) -> tuple[str, bool]:
        """Return what came of an answer."""
        return became_words(self.session.analysis, record), False

    def add(self, text: str) -> str:
        """Write an answer down."""
        command = watching.expect(self.session.analysis, self._hypothesis, text)
        return "" if self.session.execute(command).is_empty else watching.added_id(command)

    def delete_chosen(self) -> None:
        """Delete the answer that is chosen; what it was made stays."""
        self.session.execute(watching.delete(self.session.analysis, "expectation", self.chosen))

    def _enter(self) -> None:
        if self.entry.text().strip():
            super()._enter()
        else:
            self.ask_next()

    def _did(self) -> None:
        self.refresh()


class ExpectationDetails(Panel):
    """One answer: its words, and what it can become in one step each."""

    def __init__(self, session: Session, done: Callable[[], None]) -> None:
        super().__init__(session, "expectation")
        self._done = done
        self.column.setContentsMargins(0, 0, 0, 0)
        self.text = self.field("text", _("Expected"), text=lambda: _("Edit the expectation"), links=True)
        self.state = plain(muted=True)
        self.item = act_button(_("Make it an item"), self._make_item, _("A new row of the matrix, to be rated"))
        self.watch = act_button(_("Watch for it"), self._watch, _("An indicator: it counts once it was seen"))
        self.absent = act_button(
            _("Not seen"), self._make_absent, _("An item that says: looked for and not seen. It is evidence too")
        )
        self.there = act_button(_("Go there"), self._go_there)
        self.delete = act_button(_("Delete"), self._delete)
        row = QWidget()
        flow = FlowLayout(row, gap=STEP // 2)
        for button in self._buttons:
            flow.addWidget(button)
        for part in (self.text, self.state, row):
            self.place(part)
        self.end()

    @property
    def _buttons(self) -> tuple[QPushButton, ...]:
        return (self.item, self.absent, self.watch, self.there, self.delete)

    def refresh_rest(self) -> None:
        """Show what came of it, and what it can still become."""
        analysis, record = self.session.analysis, self.record
        made = made_record(analysis, record)
        self.state.setText(single_line(became_words(analysis, record)))
        for button in (self.item, self.absent, self.watch):
            button.setVisible(made is None)
        self.there.setVisible(made is not None)
        for button in (self.item, self.absent, self.watch, self.delete):
            button.setEnabled(not self.session.read_only)

    def _make_item(self) -> None:
        self._do(lambda: watching.make_item(self.session.analysis, self.session.matrix, self.ids[0]))

    def _make_absent(self) -> None:
        self._do(lambda: watching.make_absence(self.session.analysis, self.session.matrix, self.ids[0]))

    def _watch(self) -> None:
        self._do(lambda: watching.make_indicator(self.session.analysis, self.ids[0]))

    def _delete(self) -> None:
        self._do(lambda: watching.delete(self.session.analysis, "expectation", self.ids[0]))

    def _do(self, build: Callable[[], Command]) -> None:
        self.flush()
        self.session.history.end_merging()
        self.session.execute(build())
        self._done()

    def _go_there(self) -> None:
        made = made_record(self.session.analysis, self.record)
        if made is not None:
            self.link_activated.emit("evidence" if isinstance(made, EvidenceItem) else "indicator", made.id)


def became_words(analysis: Analysis, expectation: Expectation) -> str:
    """Return what came of an expectation: "open", "E12, not seen", "watched for"."""
    made = made_record(analysis, expectation)
    if made is None:
        return _("open: is it there, is it not, or is it still to come?")
    if not isinstance(made, EvidenceItem):
        return _("watched for")
    if expectation.made is ExpectationKind.ABSENCE:
        return _("{label}, not seen").format(label=made.label)
    return _("{label}, {kind}").format(label=made.label, kind=made_word(ExpectationKind.ITEM))
