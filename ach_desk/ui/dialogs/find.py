"""Find in every text of the analysis: as one types, with a count, and from place to place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QWidget

from ach_desk.commands import Change
from ach_desk.i18n import _
from ach_desk.model import Analysis, EvidenceItem, Hypothesis, Matrix, Source
from ach_desk.ui.session import Session
from ach_desk.ui.widgets.labels import STEP, named, plain

_PAUSE_MS = 120


@dataclass(frozen=True)
class FindTarget:
    """A place whose text holds what was looked for.

    kind: "cell", "evidence", "hypothesis", "source" or "analysis". id: the record ("" for a cell). evidence,
    hypothesis: the ids of a cell, and the id again of an item or hypothesis.
    """

    kind: str
    id: str = ""
    evidence: str = ""
    hypothesis: str = ""


class FindIndex:
    """The folded texts of one analysis, each place once and in reading order: question, hypotheses, items, sources.

    Made when first asked for and made anew after an edit: reading 10,000 items takes about as long as a key press.
    """

    def __init__(self, analysis: Analysis, matrix: Matrix, analyst: str) -> None:
        self.targets: list[FindTarget] = []
        self._texts: list[str] = []
        for target, parts in _places(analysis, matrix, analyst):
            self.targets.append(target)
            self._texts.append("\n".join(part for part in parts if part).casefold())

    def find(self, text: str) -> list[FindTarget]:
        """Return the places that hold `text`, in reading order, upper and lower case alike; none for an empty one."""
        wanted = text.casefold()
        if not wanted:
            return []
        return [target for target, there in zip(self.targets, self._texts, strict=True) if wanted in there]


def _places(analysis: Analysis, matrix: Matrix, analyst: str) -> Iterator[tuple[FindTarget, tuple[str, ...]]]:
    head = (analysis.question, analysis.description, analysis.notice, analysis.marking, *analysis.authors)
    yield FindTarget("analysis", analysis.id), head
    for entry in _in_order(matrix.hypotheses, analysis.hypotheses):
        yield FindTarget("hypothesis", entry, hypothesis=entry), _hypothesis_texts(analysis.hypotheses[entry])
    sheet = matrix.sheets.get(analyst, {})
    for entry in _in_order(matrix.evidence, analysis.evidence):
        yield FindTarget("evidence", entry, evidence=entry), _item_texts(analysis.evidence[entry])
        row = sheet.get(entry, {})
        for column in matrix.hypotheses if row else ():
            rating = row.get(column)
            if rating is not None and rating.rationale:
                yield FindTarget("cell", "", entry, column), (rating.rationale,)
    for source in analysis.sources.values():
        yield FindTarget("source", source.id), _source_texts(source)


def _in_order(order: list[str], records: dict[str, object] | dict) -> list[str]:
    """Return the ids in matrix order, then the records that stand in no matrix."""
    listed = [entry for entry in order if entry in records]
    return (
        listed if len(listed) == len(records) else [*listed, *(entry for entry in records if entry not in set(listed))]
    )


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
        item.note,
        item.status_reason,
        item.event_date or "",
        item.learned_date or "",
        *item.tags,
    )


def _source_texts(source: Source) -> tuple[str, ...]:
    return (source.label, source.name, source.kind, source.link, source.date or "", source.note)


class FindBar(QWidget):
    """A line at the foot of the window.

    found(FindTarget): go there. closed(): Escape or the cross; the keyboard belongs back to the matrix.
    """

    found = Signal(object)
    closed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._index: FindIndex | None = None
        self._hits: list[FindTarget] = []
        self._place = -1
        self.setAccessibleName(_("Find"))
        self.entry = named(QLineEdit(), _("Find in all texts"))
        self.entry.setPlaceholderText(_("Find in all texts"))
        self.entry.setClearButtonEnabled(True)
        self.entry.setMinimumWidth(240)
        self.count = named(plain(wrap=False, muted=True), _("Number of places found"))
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
        self._index = None
        self.hide()
        self.closed.emit()

    def step(self, by: int) -> None:
        """Go `by` places on (back when negative), round at the end; a text just typed is looked for first."""
        if self._pause.isActive():
            self._search()
            return
        if self._index is None:
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
        if self._index is None:
            session = self._session
            self._index = FindIndex(session.analysis, session.matrix, session.analyst)
        here = self._hits[self._place] if 0 <= self._place < len(self._hits) else None
        self._hits = self._index.find(self.entry.text())
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
        self._index = None

    def _forget(self) -> None:
        self._index = None
        self._hits, self._place = [], -1
        self._tell()
