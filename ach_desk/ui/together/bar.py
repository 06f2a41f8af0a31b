"""The line above the matrix where several analysts work: whose ratings are shown, and how far the round is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from ach_desk.i18n import _
from ach_desk.model import Round, RoundState
from ach_desk.scoring.group_sheet import GROUP
from ach_desk.scoring.round_states import rounds_on
from ach_desk.ui.session import Session
from ach_desk.ui.text import shown, single_line
from ach_desk.ui.widgets.choice import SEPARATOR, NameChoice
from ach_desk.ui.widgets.labels import STEP, named, plain
from ach_desk.ui.widgets.swatch import swatch

if TYPE_CHECKING:
    from ach_desk.ui.together.service import Together

_WIDE = 200


class PeopleBar(QFrame):
    """A chooser of the sheet in front, a sentence, and what can be done about the round now."""

    def __init__(self, session: Session, together: Together, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._together = session, together
        self.setProperty("role", "strip")
        self.setAccessibleName(_("Whose ratings are shown"))
        self.sheet = named(NameChoice([]), _("Ratings of"))
        self.sheet.setFixedWidth(_WIDE)
        self.sheet.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.sheet.chosen.connect(lambda value: session.show_sheet(str(value)))
        self.label = plain()
        self.who = self._button(_("Who are you? ..."), together.show_analysts)
        self.mine = self._button(_("My own sheet"), lambda: session.show_sheet(session.me))
        self.begin = self._button(_("Begin a round in private"), together.begin_round)
        self.reveal = self._button(_("Reveal ..."), together.reveal)
        self.close_round = self._button(_("Close the round"), together.close_round)
        self.moved = self._button(_("What moved ..."), together.show_movement)
        row = QHBoxLayout(self)
        row.setContentsMargins(STEP, STEP // 2, STEP, STEP // 2)
        row.setSpacing(STEP)
        row.addWidget(self.sheet)
        row.addWidget(self.label, 1)
        for button in (self.who, self.mine, self.begin, self.reveal, self.close_round, self.moved):
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)

    def refresh(self) -> None:
        """Show whose ratings are in front and how far the round is."""
        session, running = self._session, self._together.running
        may_edit = not session.read_only and bool(session.me)
        state = running.state if running is not None else None
        self._list_sheets()
        self.sheet.setEnabled(self._together.may_look)
        self.sheet.setToolTip(self._why_not())
        self.label.setText(shown(" ".join(filter(None, (self._whose(), self._round(running)))), "\n"))
        self.label.setAccessibleName(self.label.text())
        self.who.setVisible(not session.me)
        self.mine.setVisible(bool(session.me) and session.analyst != session.me)
        is_mine = session.analyst == session.me
        self.begin.setVisible(may_edit and running is None and is_mine)
        self.reveal.setVisible(may_edit and state is RoundState.PRIVATE)
        self.close_round.setVisible(may_edit and state is RoundState.REVEALED and is_mine)
        self.moved.setVisible(self._together.can_tell_movement)

    def _list_sheets(self) -> None:
        session = self._session
        people = session.analysis.analysts.values()
        entries: list[tuple[object, str]] = []
        icons: list[QIcon] = []
        for entry in people:
            name = single_line(entry.name)
            entries.append((entry.id, _("{name} (you)").format(name=name) if entry.id == session.me else name))
            icons.append(swatch(entry.colour) if entry.colour else QIcon())
        entries += [SEPARATOR, (GROUP, _("Group: median"))]
        if not session.analyst:
            entries.append(("", _("nobody")))
        self.sheet.set_entries(entries, icons)  # pyright: ignore[reportArgumentType] - ids, and the line between
        self.sheet.show_value(session.analyst)

    def _whose(self) -> str:
        session = self._session
        if not session.me:
            return _("Who are you in this analysis? Nothing is rated before that is said.")
        if session.analyst == GROUP:
            return _("The median of all sheets, read-only.")
        if session.analyst != session.me:
            return _("The ratings of {name}, read-only.").format(name=session.analyst_name)
        return ""

    def _round(self, running: Round | None) -> str:
        if running is not None and running.state is RoundState.PRIVATE:
            text = _("“{name}” is private: ratings of others, their totals and every comparison are hidden.")
            return text.format(name=running.name)
        if running is not None:
            return _("“{name}” is revealed.").format(name=running.name)
        done = rounds_on(self._session.analysis, self._session.matrix.id)
        return _("“{name}” is closed.").format(name=done[-1].name) if done else ""

    def _why_not(self) -> str:
        if self._together.running is not None and self._together.running.state is RoundState.PRIVATE:
            return _("The sheets of others can be seen once the round is revealed.")
        return "" if self._together.may_look else _("This is an earlier state; it shows your own sheet.")

    def _button(self, words: str, run: object) -> QToolButton:
        button = named(QToolButton(self), words.replace(" ...", ""))
        button.setText(words)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda _checked=False: run())  # pyright: ignore[reportCallIssue]
        return button
