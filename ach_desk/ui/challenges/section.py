"""The section "Challenges" of the inspector: what is objected to the cell, item or hypothesis that is shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from ach_desk.commands import Command, challenges
from ach_desk.i18n import _, ngettext
from ach_desk.model import Challenge, ChallengeState
from ach_desk.model.words import challenge_word
from ach_desk.ui.challenges.dialogs import ask_answer
from ach_desk.ui.challenges.whatif import WhatIf, can_hold
from ach_desk.ui.moments import moment_words
from ach_desk.ui.session import Session
from ach_desk.ui.text import shown
from ach_desk.ui.widgets.flow import FlowLayout, take_all
from ach_desk.ui.widgets.foldsection import FoldSection
from ach_desk.ui.widgets.labels import STEP, named, plain
from ach_desk.ui.widgets.panel import bring_into_view


class ChallengeSection(FoldSection):
    """Absent until there is a challenge. `found` says which are to be shown."""

    def __init__(self, session: Session, found: Callable[[], Sequence[Challenge]]) -> None:
        super().__init__()
        self._session, self._found = session, found
        self._shown: tuple[Challenge, ...] = ()
        self._holding = ""
        self.scores_shown = True
        self.setVisible(False)

    def refresh(self) -> None:
        """Show the challenges there are now."""
        present = tuple(self._found())
        self.setVisible(bool(present))
        count = sum(one.state is ChallengeState.OPEN for one in present)
        text = ngettext("Challenges: {count} open", "Challenges: {count} open", count).format(count=count)
        self.set_title(text if count else _("Challenges"))
        if present != self._shown or self._holding:
            self._shown = present
            if self.is_open:
                self.fill()

    def fill(self) -> None:
        """Show each challenge with what can be done about it."""
        take_all(self.column)
        for one in self._shown:
            entry = _Entry(self._session, one, self)
            self.column.addWidget(entry)
            entry.show()
            if one.id == self._holding and self.scores_shown:
                box = WhatIf(self._session, one)
                self.column.addWidget(box)
                box.show()
                bring_into_view(box)

    def show_holding(self, challenge_id: str) -> None:
        """Show the standing in case this challenge is right; once more hides it."""
        self._holding = "" if self._holding == challenge_id else challenge_id
        self.fill()

    def set_scores_shown(self, scores_shown: bool) -> None:
        """Offer what would follow for the standing only while that is shown."""
        self.scores_shown = scores_shown
        if self.is_open:
            self.fill()


class _Entry(QWidget):
    """One challenge."""

    def __init__(self, session: Session, one: Challenge, section: ChallengeSection) -> None:
        super().__init__()
        self._session, self._one = session, one
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(STEP // 2)
        column.addWidget(plain(shown(one.text, "\n")))
        about = (challenge_word(one.state), one.by, moment_words(one.time))
        column.addWidget(plain(shown(" · ".join(part for part in about if part)), muted=True))
        if one.value is not None:
            column.addWidget(plain(_("It should rather be rated {value}.").format(value=one.value.value)))
        if one.answer:
            text = _("Answer: {text}").format(text=one.answer)
            column.addWidget(plain(shown(text, "\n")))
        row = QWidget()
        flow = FlowLayout(row, gap=STEP // 2)
        for name, run in self._actions():
            flow.addWidget(self._button(name, run, enabled=not session.read_only))
        if can_hold(session, one) and section.scores_shown:
            flow.addWidget(self._button(_("What if it holds?"), lambda: section.show_holding(one.id)))
        column.addWidget(row)

    def _actions(self) -> list[tuple[str, Callable[[], object]]]:
        one = self._one
        actions: list[tuple[str, Callable[[], object]]] = [(_("Answer ..."), self._answer)]
        if one.state is not ChallengeState.ACCEPTED:
            actions.append((_("Accept"), lambda: self._do(challenges.accept(self._analysis, one.id, self._by))))
        if one.state is not ChallengeState.OPEN:
            actions.append((_("Reopen"), lambda: self._do(challenges.reopen(self._analysis, one.id))))
        actions.append((_("Delete"), lambda: self._do(challenges.delete(self._analysis, one.id))))
        return actions

    @property
    def _analysis(self):
        return self._session.analysis

    @property
    def _by(self) -> str:
        return self._session.my_name

    def _answer(self) -> None:
        ask_answer(self._session, self._one, self.window())

    def _do(self, command: Command) -> None:
        self._session.execute(command)

    def _button(self, text: str, run: Callable[[], object], *, enabled: bool = True) -> QPushButton:
        name = _("{action}: {challenge}").format(action=text.replace(" ...", ""), challenge=self._one.text[:60])
        button = named(QPushButton(text), shown(name))
        button.setAutoDefault(False)
        button.setEnabled(enabled)
        button.clicked.connect(lambda _checked=False: run())
        return button
