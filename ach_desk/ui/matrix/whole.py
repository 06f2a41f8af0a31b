"""A whole matrix with headings, pasted: by the rules of the import from a file, as one step, with a report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from ach_desk.commands.take_in import IncomingHypothesis, IncomingItem, TakenIn, take_in
from ach_desk.exchange.csv_columns import Field
from ach_desk.exchange.matrix_rows import ItemDraft, MatrixRows, column_name, read_matrix_rows
from ach_desk.i18n import _, join_words, ngettext
from ach_desk.model import EvidenceKind
from ach_desk.ui.matrix.axes import EVIDENCE, HYPOTHESIS
from ach_desk.ui.matrix.editing import MatrixEdits


class WholeMatrix:
    """Takes matrices into one analysis. `report(sentence, lines)` shows what was left out, line by line."""

    def __init__(self, edits: MatrixEdits, report: Callable[[str, list[str]], object]) -> None:
        self._edits = edits
        self._report = report

    def paste(self, rows: Sequence[Sequence[str]]) -> None:
        """Take in the hypotheses, items and ratings of the rows, and say what was added, changed and left out."""
        read = read_matrix_rows(rows)
        problems = [problem.sentence() for problem in read.problems]
        if read.headings_refused:
            self._edits.say(_("Nothing was pasted."))
            self._report(_("Nothing was pasted."), problems)
            return
        session = self._edits.session
        hypotheses, items = incoming(read)
        taken = take_in(session.analysis, session.matrix, session.me, hypotheses, items)
        change = session.execute(taken.command)
        if session.read_only:
            return
        if not change.is_empty:
            self._show(taken)
        left_out = [*problems, *read.notes, *taken.skipped]
        sentence = summary(taken, len(left_out))
        self._edits.say(sentence)
        if left_out:
            self._report(sentence, left_out)

    def _show(self, taken: TakenIn) -> None:
        """Put the keyboard on what is new: on the first unrated cell of it, as when a file is opened."""
        caret, axes = self._edits.caret, self._edits.model.axes
        if taken.items and axes.ids[HYPOTHESIS]:
            place = axes.place(taken.items[0], axes.ids[HYPOTHESIS][0])
            if place is not None:
                caret.go_to(place)
        elif taken.items or taken.hypotheses:
            kind = EVIDENCE if taken.items else HYPOTHESIS
            caret.select_ids(kind, taken.items or taken.hypotheses)


def incoming(read: MatrixRows) -> tuple[list[IncomingHypothesis], list[IncomingItem]]:
    """Return what was read as hypotheses and items to be taken in, each with its place in words."""
    hypotheses = [
        IncomingHypothesis(title, _("Column {column}").format(column=column_name(column, title)))
        for column, title in read.hypotheses
    ]
    return hypotheses, [_incoming_item(draft) for draft in read.items]


def _incoming_item(draft: ItemDraft) -> IncomingItem:
    written: dict[str, Any] = {
        "kind": None if draft.kind is EvidenceKind.EVIDENCE else draft.kind,
        "credibility": draft.levels.get(Field.CREDIBILITY),
        "relevance": draft.levels.get(Field.RELEVANCE),
        **draft.date,
        "note": draft.note,
    }
    fields = {name: value for name, value in written.items() if value}
    place = _("Row {row}").format(row=draft.row)
    return IncomingItem(draft.title, place, fields, tuple(draft.sources), tuple(draft.values))


def summary(taken: TakenIn, left_out: int) -> str:
    """Return the sentence on what a paste did."""
    parts = []
    if taken.hypotheses:
        count = len(taken.hypotheses)
        parts.append(ngettext("{count} new hypothesis", "{count} new hypotheses", count).format(count=count))
    if taken.items:
        count = len(taken.items)
        parts.append(ngettext("{count} new item", "{count} new items", count).format(count=count))
    if taken.entered:
        count = taken.entered
        parts.append(ngettext("{count} cell rated", "{count} cells rated", count).format(count=count))
    if taken.changed:
        count = taken.changed
        parts.append(ngettext("{count} rating changed", "{count} ratings changed", count).format(count=count))
    said = _("Pasted: {parts}.").format(parts=join_words(parts)) if parts else _("Nothing was changed by the paste.")
    if left_out:
        text = ngettext("{count} place needs a look.", "{count} places need a look.", left_out)
        said += " " + text.format(count=left_out)
    return said
