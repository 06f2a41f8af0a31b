"""What is rated alike, in the panel: each sentence is a button that selects the rows or columns it names."""

from __future__ import annotations

from functools import partial
from typing import Any

from ach_desk.i18n import _, ngettext
from ach_desk.scoring.clones import Clones, clones, hypothesis_clone_sentence, item_clone_sentence
from ach_desk.ui.background import Background, Cancel
from ach_desk.ui.robustness.answers import Answer
from ach_desk.ui.robustness.rows import ChoiceRows, Row
from ach_desk.ui.robustness.worked import Job, WorkedSection
from ach_desk.ui.session import Session
from ach_desk.ui.widgets.labels import plain

_MOST_ROWS = 12


class ClonesSection(WorkedSection):
    """Items and hypotheses that are rated alike, those alike everywhere first."""

    def __init__(self, session: Session, background: Background) -> None:
        super().__init__(_("What is rated alike"), session, background)
        self.explained_in("robustness.md#what-is-rated-alike")
        self.rows = ChoiceRows()
        self.rows.chosen.connect(self.records_chosen)
        self.note = plain(muted=True)
        self.column.addWidget(self.rows)
        self.column.addWidget(self.note)

    def job(self, answer: Answer) -> Job:
        return partial(_clones, answer)

    def show_result(self, answer: Answer, result: Any) -> None:
        rows = rows_of(answer, result)
        self.rows.show_rows(rows[:_MOST_ROWS])
        more = len(rows) - _MOST_ROWS
        text = ngettext("And {count} more pair that is nearly alike.", "And {count} more sets.", more)
        self.note.setText(
            _("No two items that tell the hypotheses apart are rated alike, and no two hypotheses.")
            if not rows
            else text.format(count=more)
            if more > 0
            else ""
        )
        self.note.setVisible(bool(self.note.text()))


def rows_of(answer: Answer, found: Clones) -> list[Row]:
    """Return a sentence for each set with what it selects: hypotheses, then items, those nearly alike last."""
    inputs, method = answer.found.inputs, answer.found.method
    hypotheses, items = inputs.assessment.hypotheses, inputs.assessment.items
    columns = [
        Row(
            hypothesis_clone_sentence(inputs, entry, method),
            "hypothesis",
            tuple(hypotheses[at].id for at in entry.columns),
        )
        for entry in found.hypotheses
    ]
    rows = [
        Row(item_clone_sentence(inputs, entry, method), "evidence", tuple(items[at].id for at in entry.rows))
        for entry in found.items
    ]
    return [*columns, *rows]


def _clones(answer: Answer, cancel: Cancel) -> Clones:
    found = answer.found
    groups = answer.question.analysis.groups.values()
    return clones(found.inputs, groups, found.method, cancelled=cancel.__bool__)
