"""The order as it came about, in the panel: as known on a date, by date learned or by date of the event."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtWidgets import QPushButton

from ach_desk.i18n import _
from ach_desk.reporting.palette import Palette
from ach_desk.scoring import replay as scoring
from ach_desk.scoring.replay import Clock, Replay
from ach_desk.ui.background import Background, Cancel
from ach_desk.ui.robustness.answers import Answer
from ach_desk.ui.robustness.pictured import PicturedSection
from ach_desk.ui.robustness.sentences import Sentences
from ach_desk.ui.robustness.worked import Job
from ach_desk.ui.session import Session
from ach_desk.ui.settings import SettingsStore
from ach_desk.ui.widgets.choice import Choice
from ach_desk.ui.widgets.labels import caption, named, plain

_MOST_TURNS = 8


class ReplaySection(PicturedSection):
    """A click on a column of the chart takes its date; the button selects what was known by then."""

    kind = "trajectories"

    def __init__(self, session: Session, background: Background, store: SettingsStore, palette: Palette) -> None:
        super().__init__(_("As known on a date"), session, background, store, palette)
        self.explained_in("robustness.md#as-known-on-a-date")
        self.found: Replay | None = None
        self.clock = Choice([(Clock.LEARNED, _("By the date learned")), (Clock.EVENT, _("By the date it happened"))])
        self.measure = Choice(
            [("first", _("Scores or probabilities")), ("share", _("How often first when ratings slip"))]
        )
        self.step = Choice([])
        self.said = plain()
        self.turns = Sentences()
        self.turns.link_activated.connect(lambda _kind, item: self.cell_chosen.emit(item, ""))
        self.undated = plain(muted=True)
        self.select_button = named(QPushButton(_("Select what was known")), _("Select what was known by that date"))
        self.select_button.setAutoDefault(False)
        for text, part in (
            (_("Items come in"), self.clock),
            (_("Follow"), self.measure),
            (_("As known on"), self.step),
        ):
            self.column.addWidget(caption(text, part))
            self.column.addWidget(part)
        for part in (self.said, self.select_button, self.turns, self.undated):
            self.column.addWidget(part)
        self.put_picture(self.select_button)
        self.clock.show_value(Clock.LEARNED)
        self.measure.show_value("first")
        self.clock.chosen.connect(lambda _clock: self._ask_anew())
        self.measure.chosen.connect(lambda _measure: self.renew())
        self.step.chosen.connect(lambda step: self._show_step(int(str(step))))
        self.select_button.clicked.connect(self._select)

    def job(self, answer: Answer) -> Job:
        return partial(
            _replayed, answer, Clock(str(self.clock.value)), self.measure.value == "share", self.screen_options()
        )

    def show_result(self, answer: Answer, result: Any) -> None:
        subject, picture = result
        kept = self.step.value if self.found is not None and self.found.clock is subject.found.clock else None
        self.found = found = subject.found
        inputs = answer.found.inputs
        steps = [(step, scoring.day_words(found, step)) for step in range(len(found.days))]
        self.step.set_entries(steps)
        last = len(steps) - 1
        self._show_step(int(str(kept)) if kept is not None and int(str(kept)) <= last else last)
        self.turns.show_texts(scoring.turning_sentences(inputs, found)[-_MOST_TURNS:], answer.question.analysis)
        self.undated.setText(scoring.undated_sentence(inputs, found))
        self.undated.setVisible(bool(self.undated.text()))
        self.show_drawn(subject, picture)

    def choose(self, index: int) -> None:
        """Take the date of the column that was clicked."""
        if self.found is not None and self.found.days:
            self._show_step(index % len(self.found.days))

    def _ask_anew(self) -> None:
        self.found = None
        self.renew()

    def _show_step(self, step: int) -> None:
        if self.found is None or self._answer is None or not 0 <= step < len(self.found.days):
            return
        self.step.show_value(step)
        self.said.setText(scoring.as_known_sentence(self._answer.found.inputs, self.found, step))

    def _select(self) -> None:
        if self.found is None or self._answer is None or self.step.value is None:
            return
        items = self._answer.found.inputs.assessment.items
        ids = [items[row].id for row in self.found.known(int(str(self.step.value)))]
        self.records_chosen.emit("evidence", ids)


def _replayed(answer: Answer, clock: Clock, with_shares: bool, options: Any, cancel: Cancel) -> Any:
    """Return what the chart is of, and its picture; a job for the background."""
    from ach_desk.reporting import charts
    from ach_desk.reporting.charts.trajectories import TrajectoriesSubject, measures

    question, inputs = answer.question, answer.found.inputs
    found = scoring.replay(inputs, answer.found.method, clock)
    if with_shares:
        found = scoring.with_rank_shares(
            found,
            inputs,
            question.analysis.matrix(question.matrix),
            question.analyst,
            seed=inputs.settings.seed,
            cancelled=cancel.__bool__,
        )
    subject: Any = TrajectoriesSubject(inputs, found, measures(found)[-1 if with_shares else 0])
    return subject, charts.draw("trajectories", subject, options)
