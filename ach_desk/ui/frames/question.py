"""The question whether several hypotheses can be true at once: a quiet line when a combination is first made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from ach_desk.commands import Change, frames
from ach_desk.i18n import _
from ach_desk.model.method_settings import Frame
from ach_desk.model.words import frame_word
from ach_desk.ui.session import Session
from ach_desk.ui.widgets.foldsection import FoldSection
from ach_desk.ui.widgets.labels import STEP, named, plain
from ach_desk.ui.widgets.quietstrip import QuietStrip

if TYPE_CHECKING:
    from ach_desk.ui.window import AnalysisWindow


def question_text() -> str:
    """Return the question in plain words."""
    return _("Can more than one of these be true at the same time?")


def consequence(frame: Frame | None) -> str:
    """Return what follows from an answer."""
    return {
        None: _("Until it is answered, the hypotheses count as excluding each other."),
        Frame.EXCLUSIVE: _(
            "A combination is a hypothesis of its own, and their probabilities sum to 100 %. With the same prior for "
            "each column every added combination raises its parts; priors per cause avoid that."
        ),
        Frame.CAUSES: _(
            "Each single hypothesis is a cause that is at work or not, with a probability of its own. The combinations "
            "are made from them; columns of combinations are not read there."
        ),
        Frame.UNSURE: _("Robustness shows both: as excluding each other, and as causes that may act together."),
        Frame.SETS: _(
            "Set-valued belief (Dempster and Shafer): what the items commit to a hypothesis, what they do not speak "
            "against, and how far they contradict each other. It says nothing of how items depend on each other."
        ),
    }[frame]


class FrameQuestion(QObject):
    """The line above the matrix of one window. One that is closed asks no more.

    priors_wanted(): the person wants to set priors per cause.
    """

    priors_wanted = Signal()

    def __init__(self, window: AnalysisWindow) -> None:
        super().__init__(window)
        self._window, self._session = window, window.session
        self.strip: QuietStrip | None = None
        self._session.changed.connect(self._look_again)
        self._session.replaced.connect(self._take_away)
        self._session.turned.connect(self._take_away)

    def ask(self) -> None:
        """Show the question above the matrix; the keyboard stays where it is."""
        self._take_away()
        answers = (
            (_("No"), Frame.EXCLUSIVE),
            (_("Yes, several may act together"), Frame.CAUSES),
            (_("Not sure"), Frame.UNSURE),
        )
        self._show(question_text(), [(words, lambda frame=frame: self._answer(frame)) for words, frame in answers])

    def _answer(self, frame: Frame) -> None:
        session = self._session
        self._take_away()
        session.execute(frames.set_frame(session.analysis, session.matrix, frame))
        self._window.matrix.setFocus()
        self._say(frame)

    def _say(self, frame: Frame) -> None:
        """Say what follows: for exclusive ones with the way to priors per cause, else in the status bar."""
        from ach_desk.scoring.priors import raised_sentence

        text = raised_sentence(self._session.matrix, self._session.as_rated) if frame is Frame.EXCLUSIVE else ""
        if text:
            self._show(text, [(_("Priors ..."), self._set_priors)])
        else:
            self._window.show_message(consequence(frame))

    def _set_priors(self) -> None:
        self._take_away()
        self.priors_wanted.emit()

    def _look_again(self, change: Change) -> None:
        """Take the line away where what it asks is answered otherwise, or its combination is gone."""
        matrix, known = self._session.matrix, self._session.analysis.hypotheses
        joint = any(entry in known and known[entry].is_combination for entry in matrix.hypotheses)
        if self.strip is not None and (change.touches("matrix", "frame", "priors") or not joint):
            self._take_away()

    def _show(self, text: str, actions: list) -> None:
        self.strip = QuietStrip(text, actions)
        self.strip.close_button.clicked.connect(self._forget)
        self._window.show_strip(self.strip)

    def _take_away(self) -> None:
        if self.strip is not None:
            self.strip.close()
        self.strip = None

    def _forget(self) -> None:
        self.strip = None


class FrameChoice(QWidget):
    """The question with its answers, to be changed at any time; belief is folded away under "Advanced"."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._group = QButtonGroup(self)
        self.buttons: dict[Frame, QRadioButton] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(STEP // 2)
        column.addWidget(plain(question_text(), strong=True))
        for frame in (Frame.EXCLUSIVE, Frame.CAUSES, Frame.UNSURE):
            column.addWidget(self._button(frame))
        self.advanced = FoldSection()
        self.advanced.set_title(_("Advanced"))
        self.advanced.column.addWidget(self._button(Frame.SETS))
        column.addWidget(self.advanced)
        self.note = plain(muted=True)
        column.addWidget(self.note)
        self._group.idClicked.connect(lambda _id: self._take())
        self.refresh()

    def _button(self, frame: Frame) -> QRadioButton:
        words = frame_word(frame)
        button = named(QRadioButton(words[:1].upper() + words[1:]), words[:1].upper() + words[1:])
        button.setAccessibleDescription(question_text())
        self._group.addButton(button)
        self.buttons[frame] = button
        return button

    def refresh(self) -> None:
        """Show the answer that holds, and what follows from it."""
        frame = self._session.matrix.frame
        self._group.setExclusive(False)
        for answer, button in self.buttons.items():
            button.setChecked(answer is frame)
            button.setEnabled(not self._session.read_only)
        self._group.setExclusive(True)
        if frame is Frame.SETS:
            self.advanced.set_open(True)
        self.note.setText(consequence(frame))

    def focus_answer(self) -> None:
        """Put the keyboard on the answer that holds, else on the first one."""
        frame = self._session.matrix.frame or Frame.EXCLUSIVE
        self.buttons[frame].setFocus(Qt.FocusReason.OtherFocusReason)

    def _take(self) -> None:
        session = self._session
        frame = next((answer for answer, button in self.buttons.items() if button.isChecked()), None)
        session.execute(frames.set_frame(session.analysis, session.matrix, frame))
        self.refresh()
