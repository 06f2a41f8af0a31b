"""Deception in the panel: the order if a source or a suspect item were deceptive, in words and as a table."""

from __future__ import annotations

from functools import partial
from typing import Any

from ach_desk.i18n import _, join_some, ngettext
from ach_desk.scoring.deception import Deceived, Deceiver, deception_sentence, how_words, if_deceptive
from ach_desk.ui.background import Background, Cancel
from ach_desk.ui.robustness.answers import Answer
from ach_desk.ui.robustness.ranktable import RankRow, RankTable
from ach_desk.ui.robustness.sentences import Sentences
from ach_desk.ui.robustness.worked import Job, WorkedSection
from ach_desk.ui.session import Session
from ach_desk.ui.widgets.labels import plain

_MOST_ROWS = 60
_MOST_SENTENCES = 8
_MOST_NAMED = 6


class DeceptionSection(WorkedSection):
    """A click on a row selects the items that are taken as deceptive in it."""

    def __init__(self, session: Session, background: Background) -> None:
        super().__init__(_("If a source or item were deceptive"), session, background)
        self.explained_in("robustness.md#if-a-source-or-item-were-deceptive")
        self.found: tuple[Deceived, ...] = ()
        self.said = Sentences()
        self.said.link_activated.connect(lambda _kind, item: self.cell_chosen.emit(item, ""))
        self.table = RankTable(_("Ranks if a source or item were deceptive"))
        self.table.row_chosen.connect(self._choose)
        self.note = plain(muted=True)
        self.column.addWidget(self.said)
        self.column.addWidget(self.table)
        self.column.addWidget(self.note)

    def job(self, answer: Answer) -> Job:
        return partial(_deceived, answer)

    def show_result(self, answer: Answer, result: Any) -> None:
        self.found = tuple(sorted(result, key=lambda entry: not entry.changes)[:_MOST_ROWS])
        inputs = answer.found.inputs
        self.said.show_texts(sentences_of(answer, result), answer.question.analysis)
        self.table.show_rows(
            _("Deceptive"),
            inputs.assessment.hypotheses,
            [_row(answer, entry) for entry in self.found],
        )
        self.note.setText(
            _("Ranks by this way of adding up. What has a deceptive reading in the matrix counts by its ratings.")
            if self.found
            else ""
        )
        self.note.setVisible(bool(self.found))

    def _choose(self, row: int) -> None:
        if self._answer is None or row >= len(self.found):
            return
        entry, items = self.found[row], self._answer.found.inputs.assessment.items
        rows = sorted({*entry.replaced, *entry.left_out}) or list(entry.twins)
        ids = [items[at].id for at in rows] or ([entry.record] if entry.kind is Deceiver.ITEM else [])
        if ids:
            self.records_chosen.emit("evidence", ids)


def _row(answer: Answer, entry: Deceived) -> RankRow:
    return RankRow(_name(answer, entry), tuple(entry.rank.tolist()), how_words(answer.found.inputs, entry))


def _name(answer: Answer, entry: Deceived) -> str:
    """Return a label with the name of the source or the title of the item."""
    analysis = answer.question.analysis
    source, item = analysis.sources.get(entry.record), analysis.evidence.get(entry.record)
    name = source.name if source is not None else item.title if item is not None else ""
    return f"{entry.label}  {name}" if name else entry.label


def sentences_of(answer: Answer, found: tuple[Deceived, ...]) -> list[str]:
    """Return a sentence for each that changes who leads, one for all that do not, and one on missing readings."""
    inputs = answer.found.inputs
    if not found:
        return [_("No source bears an item alone, and no item is suspect: there is nothing to take as deceptive.")]
    said = [deception_sentence(inputs, entry) for entry in found if entry.changes][:_MOST_SENTENCES]
    still = [entry.label for entry in found if not entry.changes and entry.kind is not Deceiver.ALL]
    if still:
        text = ngettext(
            "If {names} were deceptive, nothing would change in front.",
            "If any one of {names} were deceptive, nothing would change in front.",
            len(still),
        )
        said.append(text.format(names=join_some(still[:_MOST_NAMED], _MOST_NAMED, len(still))))
    missing = sorted({row for entry in found if not entry.changes for row in entry.left_out})
    if missing:
        labels = [inputs.assessment.items[row].label for row in missing]
        text = ngettext(
            "{items} has no deceptive reading and is left out where it is taken as deceptive.",
            "{items} have no deceptive reading and are left out where they are taken as deceptive.",
            len(labels),
        )
        said.append(text.format(items=join_some(labels[:_MOST_NAMED], _MOST_NAMED, len(labels))))
    return said


def _deceived(answer: Answer, cancel: Cancel) -> tuple[Deceived, ...]:
    found = answer.found
    return if_deceptive(answer.question.analysis, found.inputs, found.method, cancelled=cancel.__bool__)
