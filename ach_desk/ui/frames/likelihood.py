"""P(e|H) of a cell in the inspector: a word, a number or a range in place of what the rating stands for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ach_desk.commands import Change, Command, cells
from ach_desk.commands.edits import Cell
from ach_desk.i18n import _
from ach_desk.model import Rating
from ach_desk.model.chance import chance_from, chance_said, chance_typed, chance_word, word_of
from ach_desk.model.method_settings import ChanceWord, MethodSettings
from ach_desk.model.rating import Likelihood
from ach_desk.ui.session import Session
from ach_desk.ui.widgets.choice import Choice
from ach_desk.ui.widgets.editors import Binding, TextEditor
from ach_desk.ui.widgets.labels import STEP, caption


def settings_of(session: Session) -> MethodSettings:
    """Return the tables that hold in the matrix in front."""
    return session.matrix.method_settings or MethodSettings()


def problem_text() -> str:
    """Return the sentence for what is no probability."""
    return _("Not taken over: write a number such as 0.3 or 30 %, a range such as 0.2-0.4, or a word of the list.")


class ChanceField(QWidget):
    """A line for a word, a number or a range, with a list of words beside it."""

    def __init__(
        self,
        session: Session,
        title: str,
        key: Callable[[], str],
        read: Callable[[], Likelihood | None],
        build: Callable[[Likelihood | None], Command],
        remark: Callable[[str], str] = lambda _text: "",
        *,
        problem: str = "",
        hint: str = "",
    ) -> None:
        super().__init__()
        self._session, self._read, self._build = session, read, build
        binding = Binding(key, lambda: chance_typed(read()), self._command, lambda: problem or problem_text(), remark)
        self.text = TextEditor(session, title, binding, one_line=True, hint=hint or _("0.3, 20-40 %, likely"))
        self.word = Choice(self._entries())
        self.word.setPlaceholderText(_("in words"))
        self.word.setFixedWidth(20 * STEP)
        self.word.chosen.connect(self._choose)
        caption(_("{title}, in words").format(title=title), self.word)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(STEP // 2)
        column.addWidget(self.text)
        column.addWidget(self.word)

    def _entries(self) -> list[tuple[Any, str]]:
        words = settings_of(self._session).likelihood_words
        text = _("{word}  ({number})")
        return [(word, text.format(word=chance_word(word), number=f"{words[word]:.3g}")) for word in words]

    def _command(self, typed: str) -> Command:
        return self._build(chance_from(typed, settings_of(self._session).likelihood_words))

    def _choose(self, word: object) -> None:
        self.text.flush()
        value = settings_of(self._session).likelihood_words[ChanceWord(str(word))]
        self._session.execute(self._build((value, value)))
        self.refresh()

    def refresh(self) -> None:
        """Show what is entered, and the word whose number it is."""
        self.text.refresh()
        self.word.set_entries(self._entries())
        self.word.show_value(word_of(self._read(), settings_of(self._session).likelihood_words))
        self.word.setPlaceholderText(_("in words"))

    def set_read_only(self, read_only: bool) -> None:
        """Let it be read only."""
        self.text.set_read_only(read_only)
        self.word.setEnabled(not read_only)

    def flush(self) -> None:
        """Take over what is typed."""
        self.text.flush()

    def forget(self) -> None:
        """Drop drafts: another analysis is shown."""
        self.text.forget()


class LikelihoodEditor(ChanceField):
    """P(e|H) of the cells shown. Absent until it is switched on or the matrix holds one."""

    def __init__(
        self,
        session: Session,
        key: Callable[[], str],
        rating: Callable[[], Rating | None],
        cells_shown: Callable[[], Sequence[Cell]],
    ) -> None:
        self._rating, self._cells = rating, cells_shown
        self.switched_on = False
        self._holds: bool | None = None
        super().__init__(
            session,
            _("P(e|H): how probable is the item if the hypothesis is true?"),
            lambda: f"likelihood/{key()}",
            lambda: found.likelihood if (found := rating()) is not None else None,
            lambda chance: cells.set_likelihood(session.matrix, session.analyst, cells_shown(), chance),
            self._remark,
        )
        session.changed.connect(self._follow)
        session.replaced.connect(self._look_again)
        session.turned.connect(self._look_again)

    @property
    def is_wanted(self) -> bool:
        """Return whether the field is to be shown."""
        if self._holds is None:
            session = self._session
            sheet = session.matrix.sheets.get(session.analyst, {})
            self._holds = any(rating.likelihood is not None for row in sheet.values() for rating in row.values())
        return self.switched_on or self._holds

    def _look_again(self) -> None:
        self._holds = None

    def _follow(self, change: Change) -> None:
        matrix = self._session.matrix
        for cell in change.cells:
            rating = matrix.rating(*cell[1:]) if cell.matrix == matrix.id else None
            if rating is not None and rating.likelihood is not None:
                self._holds = True

    def refresh(self) -> None:
        """Show what is entered, where the field is wanted."""
        self.setVisible(self.is_wanted and bool(self._cells()))
        super().refresh()

    def _remark(self, typed: str) -> str:
        """Return what the text is as a number, and what stands for the cell where nothing is entered."""
        settings = settings_of(self._session)
        try:
            chance = chance_from(typed, settings.likelihood_words)
        except ValueError:
            return ""
        rating = self._rating()
        by_rating = settings.likelihoods.get(rating.value) if rating is not None and rating.value is not None else None
        if chance is None:
            if by_rating is None:
                return ""
            return _("The rating stands for {number}.").format(number=f"{by_rating:.3g}")
        said = chance_said(chance)
        if chance[0] != chance[1]:
            middle = f"{sum(chance) / 2:.3g}"
            return _("{range}: Bayes takes the middle, {middle}; the trials draw from all of it.").format(
                range=said, middle=middle
            )
        if by_rating is None:
            return _("{number}, for Bayes alone; the cell is not rated.").format(number=said)
        return _("{number} instead of {rating}, which the rating stands for.").format(
            number=said, rating=f"{by_rating:.3g}"
        )
