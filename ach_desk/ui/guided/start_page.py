"""Where a guided pass begins: which cells, in which order, one hypothesis at a time or all; or going on with one."""

from __future__ import annotations

import random

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QFormLayout,
    QHBoxLayout,
    QPushButton,
    QRadioButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from ach_desk.i18n import _, ngettext
from ach_desk.model import Retest
from ach_desk.ui.guided.buttons import presses_button
from ach_desk.ui.guided.parts import put_in_middle
from ach_desk.ui.guided.plan import MOST_SEED, GuidedPass, Options, Which, again_size, cells_for
from ach_desk.ui.guided.words import go_on_words, retest_sentence
from ach_desk.ui.help import set_page
from ach_desk.ui.session import Session
from ach_desk.ui.widgets.labels import STEP, heading, named, plain
from ach_desk.ui.widgets.rowbutton import RowButton

_WIDEST = 720


class StartPage(QWidget):
    """What is to be rated, and how.

    begin_requested(Options), go_on_requested(), give_up_requested(), cancelled(); result_requested(Retest) for an
    earlier re-rating.
    """

    begin_requested = Signal(object)
    go_on_requested = Signal()
    give_up_requested = Signal()
    cancelled = Signal()
    result_requested = Signal(object)

    def __init__(self, session: Session, interrupted: GuidedPass | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_page(self, "guided-rating.md#before-it-begins")
        self._session = session
        self.go_on = QPushButton()
        self.give_up = QPushButton(_("Give it up"))
        self.which = self._which_buttons()
        self.one_by_one = QRadioButton(_("One hypothesis at a time"))
        self.all_at_once = QRadioButton(_("All hypotheses of the item below each other"))
        self.random_items = QCheckBox(_("Items in random order"))
        self.random_hypotheses = QCheckBox(_("Hypotheses in random order, another one for each item"))
        self.hide_earlier = QCheckBox(_("Hide what was entered before until the cell is rated"))
        self.seed = QSpinBox()
        self.begin = QPushButton(_("Begin"))
        self.cancel = QPushButton(_("Back to the matrix"))
        self._lay_out(interrupted)
        self._connect()
        self._choose_defaults()

    @property
    def options(self) -> Options:
        """Return what is chosen."""
        return Options(
            which=next(which for which, button in self.which.items() if button.isChecked()),
            random_items=self.random_items.isChecked(),
            random_hypotheses=self.random_hypotheses.isChecked(),
            one_by_one=self.one_by_one.isChecked(),
            hide_earlier=self.hide_earlier.isChecked(),
            seed=self.seed.value(),
        )

    def _which_buttons(self) -> dict[Which, QRadioButton]:
        session, group = self._session, QButtonGroup(self)
        buttons = {}
        for which in Which:
            cells = len(cells_for(session.analysis, session.matrix, session.analyst, session.assessment, which))
            cells = again_size(cells) if which is Which.AGAIN else cells
            button = QRadioButton(which_words(which, cells))
            button.setEnabled(cells > 0)
            if which is Which.AGAIN and not cells:
                button.setText(_("A random tenth again, from 20 rated cells up"))
            group.addButton(button)
            buttons[which] = button
        return buttons

    def _lay_out(self, interrupted: GuidedPass | None) -> None:
        inner = QWidget()
        inner.setMaximumWidth(_WIDEST)
        column = QVBoxLayout(inner)
        column.setContentsMargins(3 * STEP, 3 * STEP, 3 * STEP, 3 * STEP)
        column.setSpacing(STEP)
        column.addWidget(heading(_("Guided rating")))
        text = _("One item after the other, across the hypotheses. Totals and leader stay hidden until the end.")
        column.addWidget(plain(text))
        if interrupted is not None:
            self._offer_going_on(column, interrupted)
        self._section(column, _("Which cells"), [*self.which.values(), self.hide_earlier])
        self._section(column, _("On the page"), [self.one_by_one, self.all_at_once])
        self._section(column, _("Order"), [self.random_items, self.random_hypotheses])
        column.addLayout(self._seed_line())
        column.addSpacing(STEP)
        column.addLayout(self._buttons(interrupted))
        self._list_results(column)
        column.addStretch(1)
        put_in_middle(inner, self)

    def _offer_going_on(self, column: QVBoxLayout, interrupted: GuidedPass) -> None:
        self.go_on.setText(go_on_words(interrupted))
        named(self.go_on, self.go_on.text())
        named(self.give_up, self.give_up.text())
        line = QHBoxLayout()
        line.setSpacing(STEP)
        line.addWidget(self.go_on)
        line.addWidget(self.give_up)
        line.addStretch(1)
        column.addLayout(line)
        column.addWidget(plain(_("Beginning anew gives the interrupted pass up; what was rated stays."), muted=True))

    def _section(self, column: QVBoxLayout, title: str, controls: list[QWidget]) -> None:
        column.addSpacing(STEP)
        column.addWidget(plain(title, strong=True))
        group = QButtonGroup(self)
        for control in controls:
            if isinstance(control, (QRadioButton, QCheckBox)):
                named(control, control.text())
            if control in (self.one_by_one, self.all_at_once) and isinstance(control, QRadioButton):
                group.addButton(control)
            column.addWidget(control)

    def _seed_line(self) -> QFormLayout:
        self.seed.setRange(0, MOST_SEED)
        tip = _("The same number gives the same order and the same tenth again.")
        named(self.seed, _("Number that the order is drawn with"), tip)
        form = QFormLayout()
        form.addRow(plain(_("Drawn with the number"), wrap=False), self.seed)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.FieldsStayAtSizeHint)
        return form

    def _buttons(self, interrupted: GuidedPass | None) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(STEP)
        named(self.begin, _("Begin"))
        named(self.cancel, _("Back to the matrix"), _("Esc"))
        default = self.begin if interrupted is None else self.go_on
        for button in (self.begin, self.cancel, self.go_on, self.give_up):
            button.setAutoDefault(False)
            button.setDefault(button is default)
        line.addWidget(self.begin)
        line.addWidget(self.cancel)
        line.addStretch(1)
        return line

    def _list_results(self, column: QVBoxLayout) -> None:
        session = self._session
        found = [
            retest
            for retest in session.analysis.retests.values()
            if (retest.matrix, retest.analyst) == (session.matrix.id, session.analyst)
        ]
        if not found:
            return
        column.addSpacing(2 * STEP)
        column.addWidget(plain(_("Earlier re-ratings"), strong=True))
        for retest in reversed(found):
            column.addWidget(self._result_button(retest))

    def _result_button(self, retest: Retest) -> RowButton:
        button = RowButton(retest_sentence(self._session.analysis, retest), retest.time[:10])
        button.clicked.connect(lambda _on=False: self.result_requested.emit(retest))
        return button

    def _connect(self) -> None:
        self.begin.clicked.connect(self._begin)
        self.go_on.clicked.connect(self.go_on_requested)
        self.give_up.clicked.connect(self.give_up_requested)
        self.cancel.clicked.connect(self.cancelled)
        for control in (*self.which.values(), self.random_items, self.random_hypotheses):
            control.toggled.connect(self._follow_choice)

    def _choose_defaults(self) -> None:
        possible = [which for which, button in self.which.items() if button.isEnabled()]
        self.which[possible[0] if possible else Which.OPEN].setChecked(True)
        self.begin.setEnabled(bool(possible))
        self.one_by_one.setChecked(True)
        self.hide_earlier.setChecked(True)
        self.seed.setValue(random.SystemRandom().randrange(1, 10_000))
        self._follow_choice()

    def _follow_choice(self, _on: bool = False) -> None:
        """Enable what can matter: hiding where something was entered before, the number where something is drawn."""
        again = self.which[Which.AGAIN].isChecked()
        self.hide_earlier.setEnabled(self.which[Which.SECOND].isChecked() or self.which[Which.EVERYTHING].isChecked())
        drawn = again or self.random_items.isChecked() or self.random_hypotheses.isChecked()
        self.seed.setEnabled(drawn)

    def _begin(self) -> None:
        if self.begin.isEnabled():
            self.begin_requested.emit(self.options)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        elif presses_button(self, event):
            return
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            (self.go_on if self.go_on.isDefault() else self.begin).click()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        (self.go_on if self.go_on.isDefault() else self.begin).setFocus()


def which_words(which: Which, cells: int) -> str:
    """Return what a pass is about, with the number of its cells."""
    count = ngettext("{count} cell", "{count} cells", cells).format(count=cells)
    text = {
        Which.OPEN: _("What is not rated yet ({cells})"),
        Which.SECOND: _("Second pass: what is new, reworded or only suggested ({cells})"),
        Which.EVERYTHING: _("Everything once more ({cells})"),
        Which.AGAIN: _("A random tenth again, at least 20, to see how far your ratings repeat ({cells})"),
    }[which]
    return text.format(cells=count)
