"""The tables behind the methods: what a rating is as a probability, how sources speak, how ratings slip, and chance."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent, QValidator
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QDialogButtonBox,
    QDoubleSpinBox,
    QGridLayout,
    QPushButton,
    QSpinBox,
    QWidget,
)

from ach_desk.commands import Change, edits
from ach_desk.i18n import _
from ach_desk.model import Level, RatingValue
from ach_desk.model.chance import chance_word
from ach_desk.model.method_settings import (
    NOT_SET,
    ChanceWord,
    Method,
    MethodSettings,
    Report,
    going_by,
    has_own_numbers,
    kept,
    to_keep,
)
from ach_desk.model.values import SCALE_STEPS
from ach_desk.model.words import level_word, rating_symbol
from ach_desk.scoring.methods import SUMS
from ach_desk.ui.robustness.method_note import go_by
from ach_desk.ui.robustness.texts import method_name
from ach_desk.ui.session import Session
from ach_desk.ui.widgets.choice import Choice
from ach_desk.ui.widgets.dialog import PlainDialog
from ach_desk.ui.widgets.labels import STEP, named, plain

_LEVELS = (Level.HIGH, Level.MEDIUM, Level.LOW, NOT_SET)
_MOST_SEED = 2**31 - 1
_FIELD_WIDTH = 11 * STEP


class _Number(QDoubleSpinBox):
    """A probability. `refused(str)`: what was typed is none, and the number stays what it was."""

    refused = Signal(str)

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        """Let a number out of range be typed, so that it can be refused in words and not in silence."""
        found = cast("tuple[QValidator.State, str, int]", super().validate(text, position))
        if found[0] == QValidator.State.Invalid and self._is_number(text):
            return QValidator.State.Intermediate, text, position
        return found

    def fixup(self, text: str) -> str:
        """Say that it is refused; Qt then goes back to the number that holds."""
        if self._is_number(text):
            said = _("Not taken over: {number} is no probability. It lies between 0 and 1.")
            self.refused.emit(said.format(number=text))
        return super().fixup(text)

    def _is_number(self, text: str) -> bool:
        return self.locale().toDouble(text)[1]


class MethodSettingsDialog(PlainDialog):
    """Shows the tables of the matrix in front. A change takes effect at once and is one undo step.

    One that contradicts the rest of its table is refused with a sentence.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("Settings of the methods"), parent, width=600)
        self._session = session
        self.fields: dict[tuple[str, str], QDoubleSpinBox | QSpinBox] = {}
        self.switches: dict[str, QCheckBox] = {}
        self.column.addWidget(
            plain(
                _(
                    "These numbers are a convention of the program; no study gives them. They belong to this matrix. "
                    "The inconsistency scores do not use them."
                ),
                muted=True,
            )
        )
        self._add_method()
        self._add_likelihoods()
        self._add_words()
        self._add_levels()
        self._add_chance()
        self.refusal = plain(strong=True)
        self.refusal.hide()
        self.column.addWidget(self.refusal)
        self.column.addStretch(1)
        self.reset = named(QPushButton(_("The program's own numbers")), _("The program's own numbers"))
        self.reset.setAutoDefault(False)
        self.buttons.addButton(self.reset, QDialogButtonBox.ButtonRole.ResetRole)
        self.reset.clicked.connect(lambda: self._put(going_by(self._held.method)))
        session.changed.connect(self._follow)
        session.turned.connect(self.refresh)
        session.replaced.connect(self.reject)
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.fit()

    @property
    def _held(self) -> MethodSettings:
        return kept(self._session.matrix.method_settings)

    def _add_method(self) -> None:
        self._heading(_("What does this matrix go by when its robustness is looked at?"))
        self.method = Choice([(method, method_name(method)) for method in SUMS])
        named(self.method, _("What this matrix goes by"))
        self.method.chosen.connect(lambda method: self._session.execute(go_by(self._session, Method(str(method)))))
        self.column.addWidget(self.method)

    def _add_likelihoods(self) -> None:
        self._heading(_("How probable is the item if the hypothesis is true? P(e|H) of each rating, for Bayes"))
        grid = self._grid()
        for column, value in enumerate(SCALE_STEPS[self._session.matrix.scale]):
            symbol = rating_symbol(value)
            grid.addWidget(plain(symbol, wrap=False), 0, column)
            field = self._probability(
                ("likelihoods", value), _("P(e|H) of {rating}").format(rating=symbol), self._set_likelihood
            )
            grid.addWidget(field, 1, column)

    def _add_words(self) -> None:
        self._heading(_("P(e|H) in words, for cells where it is entered; what is entered keeps its number"))
        grid = self._grid()
        for column, word in enumerate(ChanceWord):
            name = chance_word(word)
            grid.addWidget(plain(name), 0, column)
            field = self._probability(
                ("likelihood_words", word), _("P(e|H) of {rating}").format(rating=name), self._set_word
            )
            grid.addWidget(field, 1, column)

    def _add_levels(self) -> None:
        self._heading(_("By credibility: would it be reported? For Bayes with sources and groups"))
        grid = self._grid()
        for row, title in enumerate((_("if it is so"), _("if it is not so")), 1):
            grid.addWidget(plain(title, wrap=False), row, 0)
        self._level_heads(grid)
        for column, level in enumerate(_LEVELS, 1):
            for row, (part, title) in enumerate(
                (("hit", _("reported if it is so")), ("false_alarm", _("reported if it is not so"))), 1
            ):
                name = _("{level}: {what}").format(level=_level_name(level), what=title)
                grid.addWidget(self._probability((part, level), name, self._set_report), row, column)
        self._heading(_("By confidence: how likely does a rating stay in a trial?"))
        grid = self._grid()
        grid.addWidget(plain(_("stays"), wrap=False), 1, 0)
        self._level_heads(grid)
        for column, level in enumerate(_LEVELS, 1):
            name = _("{level}: the rating stays").format(level=_level_name(level))
            grid.addWidget(self._probability(("keeps", level), name, self._set_keep), 1, column)

    def _add_chance(self) -> None:
        self._heading(_("Trials"))
        grid = self._grid()
        for column, (name, title, most) in enumerate(
            (("draws", _("Number of trials"), 1_000_000), ("seed", _("Seed of chance"), _MOST_SEED))
        ):
            field = named(QSpinBox(), title)
            field.setRange(1 if name == "draws" else 0, most)
            field.setGroupSeparatorShown(name == "draws")
            self._take(field, (name, ""), lambda key, value: self._set(**{key[0]: int(value)}))
            grid.addWidget(plain(title, wrap=False), 0, column)
            grid.addWidget(field, 1, column)
        for name, title in (
            ("uncertain_weights", _("Credibility and relevance slip too, where they weigh")),
            ("uncertain_priors", _("Priors up to twice as large or small too, for Bayes")),
        ):
            switch = named(QCheckBox(title), title)
            switch.toggled.connect(lambda on, name=name: self._set(**{name: on}))
            self.switches[name] = switch
            self.column.addWidget(switch)

    def _heading(self, text: str) -> None:
        self.column.addSpacing(STEP)
        self.column.addWidget(plain(text, strong=True))

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(STEP)
        grid.setVerticalSpacing(STEP // 2)
        grid.setAlignment(Qt.AlignmentFlag.AlignLeading)
        self.column.addLayout(grid)
        return grid

    def _level_heads(self, grid: QGridLayout) -> None:
        grid.setColumnMinimumWidth(0, 13 * STEP)
        for column, level in enumerate(_LEVELS, 1):
            grid.addWidget(plain(_level_name(level), wrap=False), 0, column)

    def _probability(
        self, key: tuple[str, str], name: str, take: Callable[[tuple[str, str], float], None]
    ) -> QDoubleSpinBox:
        field = named(_Number(), name)
        field.refused.connect(self._refuse)
        field.setRange(0, 1)
        field.setDecimals(4 if key[0] == "likelihoods" else 2)
        field.setSingleStep(0.05)
        self._take(field, key, take)
        return field

    def _take(
        self,
        field: QDoubleSpinBox | QSpinBox,
        key: tuple[str, str],
        take: Callable[[tuple[str, str], float], None],
    ) -> None:
        field.setKeyboardTracking(False)
        field.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.NoButtons)
        field.setFixedWidth(_FIELD_WIDTH)
        field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        field.valueChanged.connect(lambda value: take(key, value))
        self.fields[key] = field

    def refresh(self) -> None:
        """Show the numbers that hold."""
        held, may_edit = self._held, not self._session.read_only
        self.method.show_value(held.method)
        self.method.setEnabled(may_edit)
        for key, field in self.fields.items():
            field.blockSignals(True)
            field.setValue(_value(held, *key))
            field.blockSignals(False)
            field.setReadOnly(not may_edit)
        for name, switch in self.switches.items():
            switch.blockSignals(True)
            switch.setChecked(getattr(held, name))
            switch.blockSignals(False)
            switch.setEnabled(may_edit)
        self.reset.setEnabled(may_edit and has_own_numbers(held))

    def _set_likelihood(self, key: tuple[str, str], value: float) -> None:
        wanted = {**self._held.likelihoods, RatingValue(key[1]): value}
        shown = [wanted.get(step, 0.0) for step in SCALE_STEPS[self._session.matrix.scale]]
        if _falls(shown):
            self._set(likelihoods=wanted)
        else:
            self._refuse(_("Not taken over: a rating that fits better cannot have the smaller number."))

    def _set_word(self, key: tuple[str, str], value: float) -> None:
        wanted = {**self._held.likelihood_words, ChanceWord(key[1]): value}
        usual = MethodSettings().likelihood_words
        if _falls([wanted.get(word, usual[word]) for word in ChanceWord]):
            self._set(likelihood_words=wanted)
        else:
            self._refuse(_("Not taken over: a word that says more cannot have the smaller number."))

    def _set_report(self, key: tuple[str, str], value: float) -> None:
        part, level = key
        report = self._held.reports.get(level) or self._held.reports[NOT_SET]
        wanted = Report(**{**report.model_dump(), part: value})
        if wanted.hit >= wanted.false_alarm:
            self._set(reports={**self._held.reports, level: wanted})
        else:
            self._refuse(_("Not taken over: a report cannot be more probable if it is not so than if it is so."))

    def _refuse(self, text: str) -> None:
        """Say why the number stays what it was."""
        self.refresh()
        self.refusal.setText(text)
        self.refusal.show()
        self.fit()

    def _set_keep(self, key: tuple[str, str], value: float) -> None:
        self._set(keeps={**self._held.keeps, key[1]: value})

    def _set(self, **values: Any) -> None:
        """Change the settings; those that say what the program's own say are the program's own."""
        self._put(to_keep(self._held.model_copy(update=values)))

    def _put(self, wanted: MethodSettings | None) -> None:
        session = self._session
        text = _("Set the numbers of the methods")
        command = edits.set_field(session.analysis, "matrix", [session.matrix.id], "method_settings", wanted, text)
        if not session.execute(command).is_empty:
            self.refusal.hide()  # leaving a field whose number was refused changes nothing, and the sentence stays
        self.refresh()

    def _follow(self, change: Change) -> None:
        if change.touches("matrix"):
            self.refresh()


def _falls(numbers: Sequence[float]) -> bool:
    """Return whether no number is larger than the one before it."""
    return all(first >= second for first, second in pairwise(numbers))


def _level_name(level: str) -> str:
    return level_word(None if level == NOT_SET else Level(level))


def _value(held: MethodSettings, name: str, key: str) -> Any:
    """Return the number of one field; of a level that a file leaves out that of "not set"."""
    if name == "likelihoods":
        return held.likelihoods.get(RatingValue(key), 0.0)
    if name == "likelihood_words":
        return held.likelihood_words.get(ChanceWord(key), MethodSettings().likelihood_words[ChanceWord(key)])
    if name == "keeps":
        return held.keeps.get(key, held.keeps[NOT_SET])
    if name in ("hit", "false_alarm"):
        return getattr(held.reports.get(key) or held.reports[NOT_SET], name)
    return getattr(held, name)
