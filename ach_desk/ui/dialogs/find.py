"""Find in every text of the analysis: as one types, with a count, and from place to place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QWidget

from ach_desk.commands import Change
from ach_desk.commands.conclusions import nested_texts
from ach_desk.commands.edits import TEXT_FIELDS
from ach_desk.i18n import _
from ach_desk.model import Analysis, Conclusion, EvidenceItem, Hypothesis, Indicator, Matrix, Source
from ach_desk.model.likelihood_words import shown_word
from ach_desk.ui.session import Session
from ach_desk.ui.widgets.labels import STEP, named, plain

_PAUSE_MS = 120


@dataclass(frozen=True)
class FindTarget:
    """A place whose text holds what was looked for.

    kind: "cell", "analysis" or the kind of a record. id: the record ("" for a cell). evidence,
    hypothesis: the ids of a cell, and the id again of an item or hypothesis.
    """

    kind: str
    id: str = ""
    evidence: str = ""
    hypothesis: str = ""


def find_all(analysis: Analysis, matrix: Matrix, analyst: str, text: str) -> list[FindTarget]:
    """Return the places that hold `text`, upper and lower case alike; none for an empty text.

    In reading order: the analysis, its hypotheses, the items each with the rationales of its row, the rest. Nothing
    is kept between two searches: 100,000 rationales are read in about the time of a key press.
    """
    wanted = text.casefold()
    return list(_hits(analysis, matrix, analyst, wanted)) if wanted else []


def _hits(analysis: Analysis, matrix: Matrix, analyst: str, wanted: str) -> Iterator[FindTarget]:
    head = (analysis.question, analysis.description, analysis.notice, analysis.marking, *analysis.authors)
    if wanted in "\n".join(head).casefold():
        yield FindTarget("analysis", analysis.id)
    for entry in _in_order(matrix.hypotheses, analysis.hypotheses):
        if wanted in "\n".join(_hypothesis_texts(analysis.hypotheses[entry])).casefold():
            yield FindTarget("hypothesis", entry, hypothesis=entry)
    sheet = matrix.sheets.get(analyst, {})
    columns = {entry: column for column, entry in enumerate(matrix.hypotheses)}
    for entry in _in_order(matrix.evidence, analysis.evidence):
        if wanted in "\n".join(_item_texts(analysis.evidence[entry])).casefold():
            yield FindTarget("evidence", entry, evidence=entry)
        row = sheet.get(entry)
        found = [key for key, rating in row.items() if wanted in rating.rationale.casefold()] if row else ()
        for hypothesis in sorted((key for key in found if key in columns), key=columns.__getitem__):
            yield FindTarget("cell", "", entry, hypothesis)
    for source in analysis.sources.values():
        if wanted in "\n".join(_source_texts(source)).casefold():
            yield FindTarget("source", source.id)
    for expectation in analysis.expectations.values():
        if wanted in f"{expectation.text}\n{expectation.note}".casefold():
            yield FindTarget("expectation", expectation.id)
    for indicator in analysis.indicators.values():
        if wanted in "\n".join(_indicator_texts(indicator)).casefold():
            yield FindTarget("indicator", indicator.id)
    for conclusion in analysis.conclusions.values():
        if wanted in "\n".join(_conclusion_texts(conclusion)).casefold():
            yield FindTarget("conclusion", conclusion.id)
    for outcome in analysis.outcomes.values():
        if wanted in "\n".join(getattr(outcome, name) for name in TEXT_FIELDS["outcome"]).casefold():
            yield FindTarget("outcome", outcome.id)


def _in_order(order: Sequence[str], records: Mapping[str, object]) -> list[str]:
    """Return the ids in matrix order, then the records that stand in no matrix."""
    listed = [entry for entry in order if entry in records]
    if len(listed) == len(records):
        return listed
    known = set(listed)
    return [*listed, *(entry for entry in records if entry not in known)]


def _hypothesis_texts(hypothesis: Hypothesis) -> tuple[str, ...]:
    return (
        hypothesis.label,
        hypothesis.title,
        hypothesis.statement,
        hypothesis.status_reason,
        hypothesis.status_date or "",
        hypothesis.note,
    )


def _item_texts(item: EvidenceItem) -> tuple[str, ...]:
    return (
        item.label,
        item.title,
        item.detail,
        item.heading,
        item.note,
        item.status_reason,
        item.event_date or "",
        item.learned_date or "",
        item.event_words,
        item.quotation,
        item.page,
        item.link,
        item.code,
        item.marking,
        *item.tags,
    )


def _source_texts(source: Source) -> tuple[str, ...]:
    facts = (source.label, source.kind, source.link, source.date or "")
    return (*facts, *(getattr(source, name) for name in TEXT_FIELDS["source"]))


def _indicator_texts(indicator: Indicator) -> tuple[str, ...]:
    return (indicator.text, indicator.note, indicator.owner, indicator.expected_by or "")


def _conclusion_texts(conclusion: Conclusion) -> tuple[str, ...]:
    own = (getattr(conclusion, name) for name in TEXT_FIELDS["conclusion"])
    words = (shown_word(entry.word) for entry in conclusion.likelihoods)
    return (*own, *words, *(text for _place, text in nested_texts(conclusion)))


class FindBar(QWidget):
    """A line at the foot of the window.

    found(FindTarget): go there. closed(): Escape or the cross; the keyboard belongs back to the matrix.
    """

    found = Signal(object)
    closed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._stale = True
        self._hits: list[FindTarget] = []
        self._place = -1
        self.setAccessibleName(_("Find"))
        self.entry = named(QLineEdit(), _("Find in all texts"))
        self.entry.setPlaceholderText(_("Find in all texts"))
        self.entry.setClearButtonEnabled(True)
        self.entry.setMinimumWidth(240)
        self.count = plain(wrap=False, muted=True)
        self.previous = self._button("↑", _("Previous place"), "Shift+F3")
        self.next = self._button("↓", _("Next place"), "F3")
        self.close_button = self._button("×", _("Close the find line"), "Esc")
        row = QHBoxLayout(self)
        row.setContentsMargins(STEP, STEP // 2, STEP, STEP // 2)
        row.setSpacing(STEP)
        for part in (self.entry, self.previous, self.next, self.count):
            row.addWidget(part)
        row.addStretch(1)
        row.addWidget(self.close_button)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._connect()
        self._tell()

    def _button(self, sign: str, name: str, keys: str) -> QToolButton:
        button = named(QToolButton(), name, f"{name} ({keys})")
        button.setText(sign)
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _connect(self) -> None:
        self.entry.textChanged.connect(lambda _text: self._pause.start())
        self._pause.timeout.connect(self._search)
        self.previous.clicked.connect(lambda: self.step(-1))
        self.next.clicked.connect(lambda: self.step(1))
        self.close_button.clicked.connect(self.dismiss)
        self._session.changed.connect(self._follow)
        self._session.replaced.connect(self._forget)
        self._session.turned.connect(self._forget)

    @property
    def hits(self) -> list[FindTarget]:
        """Return the places found, in reading order."""
        return list(self._hits)

    def open(self) -> None:
        """Show the line with the keyboard in it and the text of the last time selected."""
        self.show()
        self.entry.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.entry.selectAll()
        self._tell()

    def dismiss(self) -> None:
        """Hide the line and give the keyboard back."""
        self._pause.stop()
        self.hide()
        self.closed.emit()

    def step(self, by: int) -> None:
        """Go `by` places on (back when negative), round at the end; a text just typed is looked for first."""
        if self._pause.isActive():
            self._search()
            return
        if self._stale:
            self._look()
        if self._hits:
            self._place = (self._place + by) % len(self._hits) if self._place >= 0 else (0 if by > 0 else -1)
            self._place %= len(self._hits)
            self._go()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F3):
            self.step(-1 if back else 1)
        else:
            super().keyPressEvent(event)

    def _search(self) -> None:
        """Look for the text and go to the first place."""
        self._pause.stop()
        self._look()
        if self._hits:
            self._place = 0
            self._go()

    def _look(self) -> None:
        session = self._session
        here = self._hits[self._place] if 0 <= self._place < len(self._hits) else None
        self._hits = find_all(session.analysis, session.matrix, session.analyst, self.entry.text())
        self._stale = False
        self._place = self._hits.index(here) if here in self._hits else -1
        self._tell()

    def _go(self) -> None:
        self._tell()
        self.found.emit(self._hits[self._place])

    def _tell(self) -> None:
        total = len(self._hits)
        if not self.entry.text():
            text = ""
        elif not total:
            text = _("not found")
        elif self._place < 0:
            text = _("{total} found").format(total=total)
        else:
            text = _("{number} of {total}").format(number=self._place + 1, total=total)
        self.count.setText(text)
        self.previous.setEnabled(total > 0)
        self.next.setEnabled(total > 0)

    def _follow(self, _change: Change) -> None:
        self._stale = True

    def _forget(self) -> None:
        self._stale = True
        self._hits, self._place = [], -1
        self._tell()
