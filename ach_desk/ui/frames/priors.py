"""How probable each hypothesis is before any item: the same for each, one for each, or one per single cause."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QButtonGroup,
    QDoubleSpinBox,
    QGridLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from ach_desk.commands import Change, frames
from ach_desk.i18n import _
from ach_desk.model import Hypothesis
from ach_desk.model.method_settings import Frame
from ach_desk.scoring import priors
from ach_desk.ui.session import Session
from ach_desk.ui.text import explain, shortened, shown
from ach_desk.ui.widgets.choice import Choice
from ach_desk.ui.widgets.dialog import PlainDialog
from ach_desk.ui.widgets.flow import take_all
from ach_desk.ui.widgets.labels import STEP, named, plain
from ach_desk.ui.widgets.panel import scrolled

EQUAL, EACH, CAUSE = "equal", "each", "cause"
_LONGEST = 60
_WORDS = (0.02, 0.1, 0.3, 0.5, 0.7, 0.9, 0.98)
_FIELD_WIDTH = 11 * STEP
_MOST_ROWS_HEIGHT = 40 * STEP


def prior_words() -> list[tuple[float, str]]:
    """Return the words that a prior can be chosen by, each with its number."""
    words = (
        *(_("almost no chance"), _("very unlikely"), _("unlikely"), _("as likely as not")),
        *(_("likely"), _("very likely"), _("almost certain")),
    )
    return list(zip(_WORDS, words, strict=True))


class PriorsDialog(PlainDialog):
    """The priors of the matrix in front. A change takes effect at once and is one undo step."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("Priors"), parent, width=600)
        self._session = session
        self.fields: dict[str, QDoubleSpinBox] = {}
        self.words: dict[str, Choice] = {}
        self._listed: tuple[object, ...] = ()
        self.intro = plain(
            _(
                "How probable is each hypothesis before any item of this matrix is looked at? Only Bayes and the "
                "causes that act together use these numbers; the inconsistency scores do not."
            ),
            muted=True,
        )
        self.column.addWidget(self.intro)
        self.modes = self._build_modes()
        self.sum = plain()
        self._rows = QVBoxLayout()
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._page = QWidget()
        self._page.setLayout(self._rows)
        self._area = scrolled(self._page)
        self.column.addWidget(self._area)
        self.column.addWidget(self.sum)
        self.column.addStretch(1)
        session.changed.connect(self._follow)
        session.turned.connect(self.refresh)
        session.replaced.connect(self.reject)
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Be as high as the fields need, up to what a small screen holds."""
        needed = self._rows.totalHeightForWidth(self._area.viewport().width()) if self.fields else 0
        self._area.setFixedHeight(min(needed, _MOST_ROWS_HEIGHT))
        self._area.setVisible(bool(self.fields))
        self.fit()

    def _build_modes(self) -> dict[str, QRadioButton]:
        group, found = QButtonGroup(self), {}
        for mode, text in (
            (EQUAL, _("The same for each")),
            (EACH, _("One for each hypothesis")),
            (CAUSE, _("One per cause: how probable is it that it is at work, whatever the others do?")),
        ):
            button = named(QRadioButton(text), text)
            button.clicked.connect(lambda _on=False, mode=mode: self._choose(mode))
            group.addButton(button)
            self.column.addWidget(button)
            found[mode] = button
        return found

    @property
    def mode(self) -> str:
        """Return how the priors are given now."""
        matrix = self._session.matrix
        if matrix.priors_per_cause:
            return CAUSE
        return EACH if matrix.priors else EQUAL

    def _entries(self) -> list[Hypothesis]:
        """Return the hypotheses that have a field: of causes the single ones."""
        assessment = self._session.as_rated
        columns = priors.cause_columns(assessment)
        if self.mode == EACH:
            columns = (*columns, *priors.combination_columns(assessment))
        return [assessment.hypotheses[column] for column in columns] if self.mode != EQUAL else []

    def refresh(self) -> None:
        """Show the priors that hold, and what they add up to."""
        session = self._session
        entries, may_edit = self._entries(), not session.read_only
        listed = (self.mode, *((entry.id, entry.label, entry.title) for entry in entries))
        if listed != self._listed:
            self._listed = listed
            self._lay_out(entries)
        for mode, button in self.modes.items():
            button.setChecked(mode == self.mode)
            button.setEnabled(may_edit)
        # Columns of their own have no meaning where the causes act together.
        self.modes[EACH].setVisible(session.matrix.frame is not Frame.CAUSES or self.mode == EACH)
        for entry in entries:
            held = session.matrix.priors.get(entry.id, self._usual())
            field, words = self.fields[entry.id], self.words[entry.id]
            field.blockSignals(True)
            field.setValue(100 * held)
            field.blockSignals(False)
            field.setReadOnly(not may_edit)
            words.show_value(next((value for value, _word in prior_words() if abs(value - held) < 5e-4), None))
            words.setPlaceholderText(_("in words"))
            words.setEnabled(may_edit)
        text = priors.sum_sentence(session.matrix, session.as_rated) or self._equal_sentence()
        self.sum.setText(text)

    def _equal_sentence(self) -> str:
        session = self._session
        if session.matrix.frame is Frame.CAUSES:
            count = len(priors.cause_columns(session.as_rated))
            text = _("Each of {count} causes begins with {percent} %, so that one of them is expected to be at work.")
            return text.format(count=count, percent=round(100 * priors.usual_cause_prior(count)))
        return priors.raised_sentence(session.matrix, session.as_rated)

    def _usual(self) -> float:
        session = self._session
        if self.mode == CAUSE:
            return priors.usual_cause_prior(len(priors.cause_columns(session.as_rated)))
        return 1 / max(int(session.as_rated.table.active.sum()), 1)

    def _lay_out(self, entries: list[Hypothesis]) -> None:
        take_all(self._rows)
        self.fields, self.words = {}, {}
        page = QWidget()
        grid = QGridLayout(page)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(STEP)
        grid.setVerticalSpacing(STEP // 2)
        grid.setColumnStretch(0, 1)
        for row, entry in enumerate(entries):
            name = f"{entry.label}  {entry.title}"
            label = plain(shown(shortened(name, _LONGEST)))
            explain(label, name if len(name) > _LONGEST else "")
            grid.addWidget(label, row, 0)
            grid.addWidget(self._word_choice(entry), row, 1)
            grid.addWidget(self._number(entry), row, 2)
        self._rows.addWidget(page)
        self._rows.addStretch(1)
        page.show()
        if self.isVisible():
            QTimer.singleShot(0, self, self._fit)

    def _word_choice(self, entry: Hypothesis) -> Choice:
        words = named(Choice(prior_words()), _("Prior of {label} in words").format(label=entry.label))
        words.setFixedWidth(20 * STEP)
        words.chosen.connect(lambda value, entry=entry: self._set(entry.id, float(str(value))))
        self.words[entry.id] = words
        return words

    def _number(self, entry: Hypothesis) -> QDoubleSpinBox:
        field = named(QDoubleSpinBox(), _("Prior of {label} in per cent").format(label=entry.label))
        field.setRange(0, 100)
        field.setDecimals(1)
        field.setSingleStep(5)
        field.setSuffix(_(" %"))
        field.setKeyboardTracking(False)
        field.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.NoButtons)
        field.setFixedWidth(_FIELD_WIDTH)
        field.valueChanged.connect(lambda value, entry=entry: self._set(entry.id, value / 100))
        self.fields[entry.id] = field
        return field

    def _choose(self, mode: str) -> None:
        """Begin with the same numbers in another way of giving them; those of another way are left behind."""
        if mode == self.mode:
            return
        session, assessment = self._session, self._session.as_rated
        given: dict[str, float] = {}
        if mode == CAUSE:
            columns = priors.cause_columns(assessment)
            usual = priors.usual_cause_prior(len(columns))
            given = {assessment.hypotheses[column].id: usual for column in columns}
        elif mode == EACH:
            shares = priors.column_priors(session.matrix, assessment)
            given = {
                entry.id: round(float(share), 4)
                for entry, share, active in zip(assessment.hypotheses, shares, assessment.table.active, strict=True)
                if active
            }
        session.execute(frames.set_priors(session.analysis, session.matrix, given, per_cause=mode == CAUSE))
        self.refresh()

    def _set(self, hypothesis: str, prior: float) -> None:
        session = self._session
        matrix = session.matrix
        given = {**matrix.priors, hypothesis: prior}
        command = frames.set_priors(session.analysis, matrix, given, per_cause=matrix.priors_per_cause)
        session.execute(command)
        self.refresh()

    def _follow(self, change: Change) -> None:
        if change.touches("matrix") or change.touches("hypothesis") or change.added or change.removed:
            self.refresh()
