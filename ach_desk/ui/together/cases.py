"""The panel "Best cases": one for each hypothesis, each by one person, and what the others make of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from ach_desk.commands import Command, cases
from ach_desk.i18n import _
from ach_desk.model import Case, Hypothesis
from ach_desk.scoring.round_states import is_private
from ach_desk.scoring.rounds import analyst_name
from ach_desk.ui.session import Session
from ach_desk.ui.text import shown
from ach_desk.ui.together.list_dock import ListDock
from ach_desk.ui.widgets.askdialog import AskDialog, Field, text_field
from ach_desk.ui.widgets.choice import Choice
from ach_desk.ui.widgets.flow import FlowLayout
from ach_desk.ui.widgets.labels import STEP, named, plain


def mark_words() -> dict[int, str]:
    """Return the meaning of each mark."""
    return {
        1: _("1, does not convince"),
        2: _("2, weak"),
        3: _("3, has something to it"),
        4: _("4, strong"),
        5: _("5, convinces"),
    }


class CasesPanel(ListDock):
    """A heading for each hypothesis of the matrix with the cases for it."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, _("Best cases"), parent)
        text = _(
            "Let different people write the best case for each hypothesis, whatever they believe, and rate those of "
            "the others. A case never counts in the matrix."
        )
        self.head.addWidget(plain(text, muted=True))

    def make(self) -> list[QWidget]:
        """Return one part for each hypothesis."""
        known = self.session.analysis.hypotheses
        return [self._of(known[entry]) for entry in self.session.matrix.hypotheses if entry in known]

    def _of(self, hypothesis: Hypothesis) -> QWidget:
        session, analysis = self.session, self.session.analysis
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(STEP // 2)
        column.addWidget(plain(shown(f"{hypothesis.label} {hypothesis.title}"), strong=True))
        found = cases.cases_for(analysis, hypothesis.id)
        for case in found:
            column.addWidget(self._case(case))
        if all(case.by != session.me for case in found):
            label = hypothesis.label
            write = self._button(
                _("Write the case ..."),
                _("Write the case for {label}").format(label=label),
                lambda: self._write(hypothesis),
            )
            column.addWidget(_row(write))
        return part

    def _case(self, case: Case) -> QWidget:
        session, analysis = self.session, self.session.analysis
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(STEP // 2)
        column.addWidget(plain(shown(case.text, "\n")))
        column.addWidget(plain(shown(_("by {name}").format(name=analyst_name(analysis, case.by))), muted=True))
        for words in self._marks(case):
            column.addWidget(plain(shown(words, "\n"), muted=True))
        label = cases.label_of(analysis, case)
        if case.by == session.me:
            edit = self._button(
                _("Edit ..."), _("Edit the case for {label}").format(label=label), lambda: self._edit(case)
            )
            delete = self._button(
                _("Delete"),
                _("Delete the case for {label}").format(label=label),
                lambda: self._do(cases.delete(session.analysis, case.id)),
            )
            column.addWidget(_row(edit, delete))
        else:
            name = analyst_name(analysis, case.by)
            words = _("Rate the case for {label} by {name}").format(label=label, name=name)
            column.addWidget(_row(self._button(_("Rate it ..."), words, lambda: self._rate(case))))
        return box

    def _marks(self, case: Case) -> list[str]:
        """Return a line for each mark; while a round is private only for my own."""
        session, words = self.session, mark_words()
        hidden = is_private(session.analysis, session.matrix.id)
        said = []
        for entry in case.ratings:
            if hidden and entry.by != session.me:
                continue
            mark = _("{name}: {mark}").format(name=analyst_name(session.analysis, entry.by), mark=words[entry.mark])
            old = _("given before the words were changed") if case.is_outdated(entry) else ""
            said.append(" · ".join(filter(None, (mark, entry.note, old))))
        if hidden and len(said) < len(case.ratings):
            said.append(_("The marks of others are hidden while the round is private."))
        return said

    def _write(self, hypothesis: Hypothesis) -> None:
        session = self.session

        def take(values: list[str]) -> None:
            session.execute(cases.write(session.analysis, hypothesis.id, values[0].strip(), session.me))

        title = _("The best case for {label}").format(label=hypothesis.label)
        self._ask(title, [(_("The case"), text_field(lines=(8, 16)))], take, hypothesis.title)

    def _edit(self, case: Case) -> None:
        session = self.session

        def take(values: list[str]) -> None:
            if case.id in session.analysis.cases:
                session.execute(cases.rewrite(session.analysis, case.id, values[0].strip()))

        title = _("The best case for {label}").format(label=cases.label_of(session.analysis, case))
        self._ask(title, [(_("The case"), text_field(case.text, lines=(8, 16)))], take, "")

    def _rate(self, case: Case) -> None:
        session = self.session
        mine = next((entry for entry in case.ratings if entry.by == session.me), None)
        choice = Choice([(None, _("no mark")), *mark_words().items()])
        choice.show_value(mine.mark if mine else 3)

        def take(values: list[str]) -> None:
            if case.id in session.analysis.cases:
                value = int(values[0]) if values[0] else None
                session.execute(cases.mark(session.analysis, case.id, session.me, value, values[1].strip()))

        title = _("Rate the case for {label}").format(label=cases.label_of(session.analysis, case))
        fields: list[tuple[str, Field]] = [(_("Mark"), choice), (_("Note"), text_field(mine.note if mine else ""))]
        text = _("How well does it convince, whatever you believe yourself?")
        self._ask(title, fields, take, text, needed=None)

    def _ask(
        self,
        title: str,
        fields: Sequence[tuple[str, Field]],
        take: Callable[[list[str]], object],
        explanation: str,
        *,
        needed: int | None = 0,
    ) -> None:
        window = self.window()
        AskDialog(title, fields, _("Keep"), take, explanation=explanation, needed=needed, parent=window).open()

    def _do(self, command: Command) -> None:
        self.session.history.end_merging()
        self.session.execute(command)

    def _button(self, text: str, name: str, run: Callable[[], object]) -> QPushButton:
        button = named(QPushButton(text), name)
        button.setAutoDefault(False)
        button.setEnabled(not self.session.read_only and bool(self.session.me))
        button.clicked.connect(lambda _checked=False: run())
        return button


def _row(*buttons: QPushButton) -> QWidget:
    row = QWidget()
    flow = FlowLayout(row, gap=STEP // 2)
    for button in buttons:
        flow.addWidget(button)
    return row
