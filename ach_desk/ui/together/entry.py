"""One remark with its answers, and what can be done about it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from ach_desk.commands import Command, remarks
from ach_desk.i18n import _
from ach_desk.model import Remark
from ach_desk.scoring.rounds import analyst_name
from ach_desk.ui.moments import moment_words
from ach_desk.ui.session import Session
from ach_desk.ui.text import shown
from ach_desk.ui.together.dialogs import ask_answer
from ach_desk.ui.widgets.flow import FlowLayout
from ach_desk.ui.widgets.labels import STEP, named, plain
from ach_desk.ui.widgets.rowbutton import RowButton


class RemarkEntry(QWidget):
    """With `go`, the place that the remark is about stands above it as a button that leads there."""

    def __init__(self, session: Session, one: Remark, go: Callable[[], object] | None = None) -> None:
        super().__init__()
        self._session, self._one = session, one
        analysis = session.analysis
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(STEP // 2)
        if go is not None:
            place = RowButton(shown(remarks.place_of(analysis, one)), shown(_title(session, one)), link=True)
            place.clicked.connect(lambda _checked=False: go())
            column.addWidget(place)
        column.addWidget(plain(shown(one.text, "\n")))
        column.addWidget(plain(shown(self._about(one, with_state=True)), muted=True))
        for answer in remarks.answers_to(analysis, one.id):
            column.addWidget(self._indented(answer))
        row = QWidget()
        flow = FlowLayout(row, gap=STEP // 2)
        for name, run in self._actions():
            flow.addWidget(self._button(name, run))
        column.addWidget(row)

    def _indented(self, answer: Remark) -> QWidget:
        box = QWidget()
        inner = QVBoxLayout(box)
        inner.setContentsMargins(2 * STEP, 0, 0, 0)
        inner.setSpacing(0)
        inner.addWidget(plain(shown(answer.text, "\n")))
        inner.addWidget(plain(shown(self._about(answer, with_state=False)), muted=True))
        return box

    def _about(self, one: Remark, *, with_state: bool) -> str:
        name = analyst_name(self._session.analysis, one.by)
        state = ""
        if with_state:
            by = analyst_name(self._session.analysis, one.resolved_by)
            resolved = _("resolved by {name}").format(name=by) if by else _("resolved")
            state = resolved if one.resolved else _("open")
        return " · ".join(filter(None, (state, name, moment_words(one.time))))

    def _actions(self) -> list[tuple[str, Callable[[], object]]]:
        session, one = self._session, self._one
        settled: tuple[str, Callable[[], object]] = (
            (_("Open again"), lambda: self._do(remarks.reopen(session.analysis, one.id)))
            if one.resolved
            else (_("Resolved"), lambda: self._do(remarks.resolve(session.analysis, one.id, session.me)))
        )
        delete = (_("Delete"), lambda: self._do(remarks.delete(session.analysis, one.id)))
        answer = (_("Answer ..."), lambda: ask_answer(session, one, self.window()))
        return [answer, settled, delete]

    def _do(self, command: Command) -> None:
        self._session.history.end_merging()
        self._session.execute(command)

    def _button(self, text: str, run: Callable[[], object]) -> QPushButton:
        name = _("{action}: {remark}").format(action=text.replace(" ...", ""), remark=self._one.text[:60])
        button = named(QPushButton(text), shown(name))
        button.setAutoDefault(False)
        button.setEnabled(not self._session.read_only)
        button.clicked.connect(lambda _checked=False: run())
        return button


def _title(session: Session, one: Remark) -> str:
    """Return the title of the item that a remark is about, else of the hypothesis, else nothing."""
    analysis = session.analysis
    record = analysis.evidence.get(one.evidence or "") or analysis.hypotheses.get(one.hypothesis or "")
    return record.title if record is not None else ""
