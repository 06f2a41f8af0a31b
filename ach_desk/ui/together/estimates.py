"""How probable the hypotheses are, asked one by one and each the other way round too; the sum comes at the end only."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from ach_desk.commands import stating
from ach_desk.i18n import _
from ach_desk.model import Hypothesis, Level, new_id
from ach_desk.model.method_settings import Frame
from ach_desk.model.percent import range_from
from ach_desk.model.words import level_word
from ach_desk.scoring.estimates import Question, coherence_words, estimates_of, percent, questions
from ach_desk.scoring.round_states import running_round
from ach_desk.ui.session import Session
from ach_desk.ui.text import shown
from ach_desk.ui.widgets.choice import Choice
from ach_desk.ui.widgets.dialog import PlainDialog
from ach_desk.ui.widgets.labels import STEP, caption, heading, named, plain

_ASK, _SURE, _RESULT = range(3)


class EstimatesDialog(PlainDialog):
    """One question per screen, in an order that `seed` gives; there is no way back, so that no answer fits another.

    Nothing is kept before the last question is answered or skipped.
    """

    def __init__(self, session: Session, parent: QWidget | None = None, seed: str = "") -> None:
        super().__init__(_("How probable, asked one by one"), parent, width=520)
        self._session = session
        self._answers: dict[Question, float] = {}
        running = running_round(session.analysis, session.matrix.id)
        self._round = running.id if running is not None else None
        self._seed = seed or new_id()
        self._asked: list[Question] = []
        self._at = 0
        self.pages = QStackedWidget()
        self.column.addWidget(self.pages, 1)
        self.pages.addWidget(self._build_question())
        self.pages.addWidget(self._build_confidence())
        self.pages.addWidget(self._build_result())
        session.replaced.connect(self.reject)
        session.turned.connect(self.reject)
        self.resize(520, 360)
        if estimates_of(session.analysis, session.matrix.id, session.me, self._round):
            self._show_result()
        else:
            self.begin()

    def begin(self) -> None:
        """Ask from the first question."""
        self._asked = questions(self._hypotheses(), self._seed)
        self._answers, self._at = {}, 0
        self.pages.setCurrentIndex(_ASK)
        self._show_question()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return answers the question; it never closes the dialog."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.pages.currentIndex() == _ASK:
            self._answer()
        else:
            super().keyPressEvent(event)

    # Pages

    def _build_question(self) -> QWidget:
        self.progress = plain(muted=True)
        self.question = heading()
        self.statement = plain()
        self.entry = QLineEdit()
        self.entry.setPlaceholderText(_("between 0 and 100"))
        self.entry.setFixedWidth(20 * STEP)
        self.problem = plain(muted=True)
        self.answer = self._button(_("Next"), self._answer)
        self.skip = self._button(_("Cannot say"), self._skip)
        self.entry.textEdited.connect(lambda _text: self._allow())
        page, column = _page()
        for part in (self.progress, self.question, self.statement):
            column.addWidget(part)
        column.addSpacing(STEP)
        column.addWidget(caption(_("In per cent"), self.entry))
        column.addWidget(self.entry)
        column.addWidget(self.problem)
        column.addWidget(plain(_("Answer by itself; the answers need not fit each other."), muted=True))
        column.addStretch(1)
        column.addLayout(_row(self.answer, self.skip))
        return page

    def _build_confidence(self) -> QWidget:
        words = [(level, level_word(level)) for level in (Level.HIGH, Level.MEDIUM, Level.LOW)]
        self.confidence = Choice([(None, _("not said")), *words])
        self.confidence.show_value(None)
        self.keep = self._button(_("Keep my answers"), self._keep)
        page, column = _page()
        column.addWidget(heading(_("How sure are you of these numbers?")))
        column.addWidget(caption(_("Confidence"), self.confidence))
        column.addWidget(self.confidence)
        column.addStretch(1)
        column.addLayout(_row(self.keep))
        return page

    def _build_result(self) -> QWidget:
        self.said = plain()
        self.sentences = plain()
        self.again = self._button(_("Ask me again"), self.begin)
        page, column = _page()
        column.addWidget(heading(_("What you said")))
        column.addWidget(self.said)
        column.addSpacing(STEP)
        column.addWidget(self.sentences)
        column.addWidget(plain(_("Nothing was corrected. What is kept is what you said."), muted=True))
        column.addStretch(1)
        column.addLayout(_row(self.again))
        return page

    # Steps

    def _show_question(self) -> None:
        if self._at >= len(self._asked):
            self.pages.setCurrentIndex(_SURE if self._answers else _RESULT)
            if not self._answers:
                self._show_result()
            else:
                self.confidence.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        asked = self._asked[self._at]
        known = self._session.analysis.hypotheses[asked.hypothesis]
        number = _("Question {number} of {count}").format(number=self._at + 1, count=len(self._asked))
        ask = _("How probable is it that {label} is false?") if asked.complement else _("How probable is {label}?")
        self.progress.setText(number)
        self.question.setText(ask.format(label=known.label))
        self.statement.setText(shown(f"{known.label}: {known.title}", "\n"))
        self.entry.clear()
        named(self.entry, self.question.text())
        self._allow()
        self.entry.setFocus(Qt.FocusReason.OtherFocusReason)

    def _allow(self) -> None:
        value = self._typed()
        wrong = bool(self.entry.text().strip()) and value is None
        self.answer.setEnabled(value is not None)
        self.problem.setText(_("Write one number from 0 to 100.") if wrong else "")

    def _typed(self) -> float | None:
        try:
            found = range_from(self.entry.text())
        except ValueError:
            return None
        return found[0] / 100 if found is not None and found[0] == found[1] else None

    def _answer(self) -> None:
        value = self._typed()
        if value is not None:
            self._answers[self._asked[self._at]] = value
            self._skip()

    def _skip(self) -> None:
        self._at += 1
        self._show_question()

    def _keep(self) -> None:
        session = self._session
        confidence = self.confidence.value
        command = stating.state(
            session.analysis,
            session.matrix,
            session.me,
            self._round,
            self._answers,
            confidence if isinstance(confidence, Level) else None,
        )
        session.execute(command)
        self._show_result()

    def _show_result(self) -> None:
        session = self._session
        found = estimates_of(session.analysis, session.matrix.id, session.me, self._round)
        several = session.matrix.frame in (Frame.CAUSES, Frame.UNSURE)
        lines = [line for entry in found if (line := self._line(entry.hypothesis, entry.probability, entry.complement))]
        self.said.setText(shown("\n".join(lines), "\n") if lines else _("Nothing was said."))
        sums = coherence_words(session.analysis, found, may_be_several=several) if found else []
        self.sentences.setText(shown("\n".join(sums), "\n"))
        self._seed = new_id()
        self.pages.setCurrentIndex(_RESULT)
        self.again.setFocus(Qt.FocusReason.OtherFocusReason)

    def _line(self, hypothesis: str, true: float | None, false: float | None) -> str:
        known = self._session.analysis.hypotheses.get(hypothesis)
        if known is None:
            return ""
        said = [_("{value} true").format(value=percent(true))] if true is not None else []
        said += [_("{value} false").format(value=percent(false))] if false is not None else []
        return f"{known.label}: {', '.join(said)}"

    def _hypotheses(self) -> list[Hypothesis]:
        known = self._session.analysis.hypotheses
        return [known[entry] for entry in self._session.matrix.hypotheses if entry in known]

    def _button(self, text: str, run: object) -> QPushButton:
        button = named(QPushButton(text), text)
        button.setAutoDefault(False)
        button.clicked.connect(lambda _checked=False: run())  # pyright: ignore[reportCallIssue]
        return button


def _page() -> tuple[QWidget, QVBoxLayout]:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(STEP)
    return page, column


def _row(*buttons: QPushButton) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(STEP)
    for button in buttons:
        row.addWidget(button)
    row.addStretch(1)
    return row
