"""A checklist kept with the analysis: questions in words, what the program can see of each, the person's answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ach_desk.commands import Command
from ach_desk.i18n import _
from ach_desk.model import CheckAnswer
from ach_desk.scoring.hypothesis_check import CheckQuestion
from ach_desk.ui.session import Session
from ach_desk.ui.text import shown
from ach_desk.ui.widgets.choice import Choice
from ach_desk.ui.widgets.editors import Binding, TextEditor
from ach_desk.ui.widgets.following import FollowingPanel
from ach_desk.ui.widgets.labels import STEP, named, plain, rule
from ach_desk.ui.widgets.panel import scrolled

_REST_MS = 100
_Answer = Literal["yes", "no", ""]


@dataclass(frozen=True)
class Sheet:
    """What a checklist asks, and how an answer is read and given.

    name: its accessible name. intro: the sentence above it. summary: what the answers amount to; "" for nothing.
    answer: the command for (question, answer, note), of which None keeps what stands.
    """

    name: str
    intro: str
    questions: Callable[[], Sequence[CheckQuestion]]
    answer_to: Callable[[str], CheckAnswer]
    answer: Callable[[str, _Answer | None, str | None], Command]
    summary: Callable[[], str] = lambda: ""


class Checklist(FollowingPanel):
    """The questions below each other. Nothing is forced: an unanswered one counts as nothing."""

    def __init__(self, session: Session, sheet: Sheet, parent: QWidget | None = None) -> None:
        super().__init__(session, _REST_MS, parent)
        self._sheet = sheet
        self.setAccessibleName(sheet.name)
        self.questions = [Question(session, sheet, question) for question in sheet.questions()]
        self.summary = plain(strong=True)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(STEP, STEP, STEP, STEP)
        column.setSpacing(STEP + STEP // 2)
        column.addWidget(plain(sheet.intro, muted=True))
        column.addWidget(self.summary)
        for question in self.questions:
            column.addWidget(rule())
            column.addWidget(question)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(inner))
        session.replaced.connect(self._start_anew)
        self.refresh()

    def refresh(self) -> None:
        """Show answers and hints as they are now."""
        self._rest.stop()
        for row, question in zip(self.questions, self._sheet.questions(), strict=True):
            row.refresh(question.hint)
        self.summary.setText(self._sheet.summary())
        self.summary.setVisible(bool(self.summary.text()))

    def flush(self) -> None:
        """Take over notes that are still being typed."""
        for row in self.questions:
            row.note.flush()

    def focus_first(self) -> None:
        """Put the keyboard on the first question without an answer, else on the first."""
        rest = (row for row in self.questions if not row.answer)
        next(rest, self.questions[0]).choice.setFocus(Qt.FocusReason.OtherFocusReason)

    def _start_anew(self) -> None:
        for row in self.questions:
            row.note.forget()
        self.refresh()


class Question(QWidget):
    """One question with its hint, the answer and a note."""

    def __init__(self, session: Session, sheet: Sheet, question: CheckQuestion) -> None:
        super().__init__()
        self._session, self._sheet, self.key = session, sheet, question.key
        self.hint = plain(muted=True)
        entries: list[tuple[_Answer, str]] = [("", _("not answered")), ("yes", _("yes")), ("no", _("no"))]
        self.choice = named(Choice(entries), _("Answer: {question}").format(question=question.text))
        self.choice.chosen.connect(lambda value: self._take(cast(_Answer, value)))
        binding = Binding(
            lambda: f"{sheet.name}/{question.key}/note",
            lambda: sheet.answer_to(question.key).note,
            lambda typed: sheet.answer(question.key, None, typed),
        )
        self.note = TextEditor(session, _("Note"), binding, lines=(1, 5))
        self.note.box.setAccessibleName(_("Note: {question}").format(question=question.text))
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(STEP // 2)
        for part in (plain(question.text, strong=True), self.hint, self.choice, self.note):
            self.column.addWidget(part)

    @property
    def answer(self) -> _Answer:
        """Return the answer as it is stored."""
        return self._sheet.answer_to(self.key).answer

    def refresh(self, hint: str) -> None:
        """Show hint, answer and note."""
        self.hint.setText(shown(hint))
        self.hint.setVisible(bool(hint))
        self.choice.setAccessibleDescription(hint)
        self.choice.show_value(self.answer)
        self.choice.setEnabled(not self._session.read_only)
        self.note.refresh()
        self.note.set_read_only(self._session.read_only)

    def _take(self, value: _Answer) -> None:
        self._session.execute(self._sheet.answer(self.key, value, None))
        self.choice.show_value(self.answer)
