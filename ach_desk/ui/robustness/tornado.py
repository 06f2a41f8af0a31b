"""The tornado in the panel: what the lead over one rival hangs on; a click on an end selects its cell."""

from __future__ import annotations

from functools import partial
from typing import Any

from ach_desk.i18n import _
from ach_desk.model.method_settings import Method
from ach_desk.reporting.palette import Palette
from ach_desk.scoring.tornado import SwingKind, Tornado, nearest_rival, tornado
from ach_desk.ui.background import Background, Cancel
from ach_desk.ui.robustness.answers import Answer, Question
from ach_desk.ui.robustness.pictured import PicturedSection
from ach_desk.ui.robustness.sentences import Sentences
from ach_desk.ui.robustness.worked import Job
from ach_desk.ui.session import Session
from ach_desk.ui.settings import SettingsStore
from ach_desk.ui.text import single_line
from ach_desk.ui.widgets.choice import Choice
from ach_desk.ui.widgets.labels import caption


class TornadoSection(PicturedSection):
    """Asks for the nearest rival until another one is chosen."""

    kind = "tornado"

    def __init__(self, session: Session, background: Background, store: SettingsStore, palette: Palette) -> None:
        super().__init__(_("What the lead hangs on"), session, background, store, palette)
        self.explained_in("robustness.md#what-the-lead-hangs-on-the-tornado")
        self._wanted = ""
        self.found: Tornado | None = None
        self.rival = Choice([])
        self.said = Sentences()
        self.said.link_activated.connect(lambda _kind, item: self.cell_chosen.emit(item, ""))
        self.column.addWidget(caption(_("The lead over"), self.rival))
        self.column.addWidget(self.rival)
        self.column.addWidget(self.said)
        self.put_picture(self.rival)
        self.rival.chosen.connect(self._ask_for)

    def job(self, answer: Answer) -> Job:
        columns = {entry.id: column for column, entry in enumerate(answer.found.inputs.assessment.hypotheses)}
        ranked = answer.found.additive.ranked
        rival = columns.get(self._wanted)
        pair = nearest_rival(answer.found.additive)
        if rival is not None and (not ranked[rival] or pair is None or rival == pair[0]):
            rival = None
        return partial(_drawn, answer, rival, self.screen_options())

    def show_result(self, answer: Answer, result: Any) -> None:
        found, subject, said, picture = result
        self.found = found
        self._offer_rivals(answer)
        self.said.show_texts([said], answer.question.analysis)
        for part in (self.picture, self.more):
            part.setVisible(picture is not None)
        if picture is not None:
            self.show_drawn(subject, picture)

    def choose(self, index: int) -> None:
        """Select the cell of an end; of a source its items, of a prior its hypothesis."""
        if self.found is None or index // 2 >= len(self.found.swings):
            return
        swing = self.found.swings[index // 2]
        end = (swing.low, swing.high)[index % 2]
        if swing.kind is SwingKind.PRIOR:
            self.records_chosen.emit("hypothesis", [swing.record])
        elif end.evidence:
            self.cell_chosen.emit(end.evidence, end.hypothesis)
        else:
            self.records_chosen.emit("evidence", list(swing.items))

    def _ask_for(self, hypothesis: object) -> None:
        self._wanted = str(hypothesis)
        self.renew()

    def _offer_rivals(self, answer: Answer) -> None:
        if self.found is None:
            return
        hypotheses = answer.found.inputs.assessment.hypotheses
        others = [at for at, ranked in enumerate(answer.found.additive.ranked) if ranked and at != self.found.first]
        self.rival.set_entries([(hypotheses[at].id, single_line(_name(hypotheses[at]))) for at in others])
        self.rival.show_value(hypotheses[self.found.second].id)


def _name(hypothesis: Any) -> str:
    return f"{hypothesis.label}  {hypothesis.title}"


def _drawn(answer: Answer, rival: int | None, options: Any, _cancel: Cancel) -> tuple[Any, ...]:
    """Return the tornado, what its chart is of, its sentence and its picture; a job for the background."""
    from ach_desk.reporting import charts
    from ach_desk.reporting.charts.tornado import TornadoSubject
    from ach_desk.scoring.tornado import tornado_sentence

    found = tornado_of(answer.question, answer, rival)
    if found is None:
        return None, None, _("There is no rival to compare the lead with."), None
    subject: Any = TornadoSubject(answer.found.inputs, found)
    said = tornado_sentence(answer.found.inputs, found)
    return found, subject, said, charts.draw("tornado", subject, options) if found.swings else None


def tornado_of(question: Question, answer: Answer, rival: int | None) -> Tornado | None:
    """Return the tornado of an answer."""
    sheet = question.analysis.matrix(question.matrix).sheets.get(question.analyst, {})
    return tornado(question.analysis, sheet, answer.found.inputs, Method(answer.found.method), rival=rival)
