"""The page of a guided pass: one item, the rating question, the hypotheses one at a time or all, and the answers."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ach_desk.commands import Command, edits
from ach_desk.i18n import _
from ach_desk.model import Level, RatingValue
from ach_desk.model.words import (
    level_word,
    range_symbol,
    rating_meaning,
    rating_order,
    rating_question,
    rating_reminder,
    rating_symbol,
)
from ach_desk.reporting.palette import Palette
from ach_desk.ui.guided.buttons import button, presses_button
from ach_desk.ui.guided.flow import Flow
from ach_desk.ui.guided.parts import HypothesisRow, ItemView, Progress
from ach_desk.ui.guided.plan import Cell
from ach_desk.ui.matrix.foot import RATING_KEYS
from ach_desk.ui.matrix.keyboard import key_name
from ach_desk.ui.widgets.answers import Answer
from ach_desk.ui.widgets.editors import Binding, TextEditor
from ach_desk.ui.widgets.flow import FlowLayout, take_all
from ach_desk.ui.widgets.labels import STEP, named, plain, rule
from ach_desk.ui.widgets.panel import scrolled

_BESIDE = 900
"""From this width on, the item stands beside the hypotheses and not above them."""

_WIDEST = 1280
CONFIDENCE_KEYS = {"1": Level.HIGH, "2": Level.MEDIUM, "3": Level.LOW}
_BACK_TO_ANSWERS = ("Ctrl+Return", "Esc")


class RatingPage(QWidget):
    """Asks about one cell after the other. `pause_requested()`: the person wants back to the matrix for now."""

    pause_requested = Signal()

    def __init__(self, flow: Flow, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.flow = flow
        self._palette = palette
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.place = plain(strong=True, wrap=False)
        self.hidden = plain(muted=True)
        self.pause = self._button(_("To the matrix (Esc)"), self.pause_requested.emit)
        self.progress = Progress()
        self.item = ItemView()
        self.question = plain(rating_question(), strong=True)
        self.reminder = plain(rating_reminder(), muted=True)
        self.rows: list[HypothesisRow] = []
        self._hypotheses = QVBoxLayout()
        self.answers: dict[RatingValue, Answer] = {}
        self._group = QButtonGroup(self)
        self.reason = self._reason_editor()
        self.reason_hidden = plain(
            _("A reason from before is kept from sight until the cell is rated; Back then shows it."), muted=True
        )
        self.levels: dict[Level, QPushButton] = {}
        self.buttons = {
            "back": self._button(_("Back (Backspace)"), flow.back),
            "skip": self._button(_("Skip (S)"), flow.skip),
            "give_up": self._button(_("Cannot judge (X)"), flow.give_up),
        }
        self._keys = self._key_table()
        self._item_shown = ""
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(0)
        self._settle.timeout.connect(self._scroll_to_current)
        self._lay_out()
        flow.moved.connect(self.refresh)
        self.refresh()

    def set_palette(self, palette: Palette) -> None:
        """Show everything in the colours of `palette`."""
        self._palette = palette
        self._show_rows(anew=True)

    @property
    def _is_beside(self) -> bool:
        return self.width() >= _BESIDE

    def flush(self) -> None:
        """Take over a reason that is still being typed."""
        self.reason.flush()

    def _button(self, text: str, act: Callable[[], object]) -> QPushButton:
        return button(text, lambda: self._act(act))

    def _act(self, act: Callable[[], object]) -> None:
        if self.reason.box.hasFocus():
            self.setFocus()  # or the next letter would be written into the reason of another cell
        self.reason.finish()
        act()

    def _reason_editor(self) -> TextEditor:
        binding = Binding(self._reason_key, self._read_reason, self._write_reason)
        return TextEditor(
            self.flow.session, _("Reason (F2; Ctrl+Enter: back to the answers)"), binding, lines=(2, 5), links=False
        )

    def _key_table(self) -> dict[str, Callable[[], object]]:
        flow = self.flow
        keys: dict[str, Callable[[], object]] = {
            "Backspace": flow.back,
            "Up": flow.back,
            "Down": flow.on,
            "Return": flow.on,
            "S": flow.skip,
            "X": flow.give_up,
            "K": flow.confirm,
            "F2": self.write_reason,
            "PgUp": lambda: self._scroll(-1),
            "PgDown": lambda: self._scroll(1),
        }
        if flow.guided.is_rerating:
            keys["Ctrl+Z"] = flow.back  # nothing was edited that could be undone
        keys |= {key: lambda level=level: flow.set_confidence(level) for key, level in CONFIDENCE_KEYS.items()}
        for value in rating_order(flow.session.matrix.scale):
            if value is not None:
                keys[RATING_KEYS[value]] = lambda value=value: flow.rate(value)
        return keys

    # Layout

    def _lay_out(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(self._head())
        whole.addWidget(self.progress)
        self._area = scrolled(self._middle())
        whole.addWidget(self._area, 1)
        whole.addWidget(rule())
        whole.addWidget(self._foot())
        self.setTabOrder(self, self.reason.box)
        self._order_tabs()

    def _order_tabs(self) -> None:
        before: QWidget = self.reason.box
        for one in (*self.levels.values(), *self.buttons.values(), self.pause):
            self.setTabOrder(before, one)
            before = one

    def _head(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setContentsMargins(3 * STEP, STEP, 2 * STEP, STEP)
        line.setSpacing(2 * STEP)
        line.addWidget(self.place)
        line.addWidget(self.hidden, 1)
        line.addWidget(self.pause)
        return line

    def _middle(self) -> QWidget:
        inner = QWidget()
        inner.setMaximumWidth(_WIDEST)
        self._halves = QBoxLayout(QBoxLayout.Direction.TopToBottom, inner)
        self._halves.setContentsMargins(3 * STEP, 3 * STEP, 3 * STEP, 2 * STEP)
        self._halves.setSpacing(4 * STEP)
        self._halves.addWidget(self.item, 4)
        right = QVBoxLayout()
        right.setSpacing(STEP)
        right.addWidget(self.question)
        self._hypotheses.setSpacing(STEP // 2)
        right.addLayout(self._hypotheses)
        right.addSpacing(STEP // 2)
        right.addLayout(self._answer_column())
        right.addWidget(self.reminder)
        right.addSpacing(STEP)
        right.addWidget(self.reason)
        right.addWidget(self.reason_hidden)
        right.addStretch(1)
        self._halves.addLayout(right, 6)
        room = QWidget()
        line = QHBoxLayout(room)
        line.setContentsMargins(0, 0, 0, 0)
        line.addStretch(1)
        line.addWidget(inner, 1_000)
        line.addStretch(1)
        return room

    def _answer_column(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(0)
        for value in rating_order(self.flow.session.matrix.scale):
            if value is None:
                continue
            meaning = _("{meaning} ({key})").format(meaning=rating_meaning(value), key=RATING_KEYS[value])
            answer = Answer(rating_symbol(value), meaning)
            answer.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # an arrow key would rate in passing
            answer.clicked.connect(lambda _on=False, chosen=value: self._act(lambda: self.flow.rate(chosen)))
            self._group.addButton(answer)
            self.answers[value] = answer
            column.addWidget(answer)
        return column

    def _foot(self) -> QWidget:
        foot, keys = QWidget(), QWidget()
        column = QVBoxLayout(foot)
        column.setContentsMargins(3 * STEP, STEP, 2 * STEP, STEP)
        column.addWidget(keys)
        line = FlowLayout(keys, STEP)
        for one in self.buttons.values():
            line.addWidget(one)
        self.confidence = QWidget()
        group = QHBoxLayout(self.confidence)
        group.setContentsMargins(0, 0, 0, 0)
        group.setSpacing(STEP // 2)
        group.addWidget(plain(_("Confidence:"), muted=True, wrap=False))
        for key, level in CONFIDENCE_KEYS.items():
            text = _("{level} ({key})").format(level=level_word(level), key=key)
            choice = self._button(text, lambda level=level: self.flow.set_confidence(level))
            choice.setCheckable(True)
            named(choice, _("Confidence {level}").format(level=level_word(level)))
            self.levels[level] = choice
            group.addWidget(choice)
        line.addWidget(self.confidence)
        return foot

    # What is shown

    def refresh(self) -> None:
        """Show the current cell."""
        cell = self.flow.guided.current
        if cell is None:
            return
        self._show_place()
        self.item.show_item(self.flow.session.analysis, self.flow.session.analysis.evidence[cell[0]])
        self._show_rows()
        self._show_answer(cell)
        self._show_reason()
        self._speak()

    def _show_place(self) -> None:
        guided = self.flow.guided
        place = guided.place
        text = _("Item {item} of {items} · hypothesis {hypothesis} of {hypotheses}").format(**place._asdict())
        if guided.current in guided.skipped:
            text += _(" · skipped before")
        self.place.setText(text)
        self.hidden.setText(
            _("A second rating for comparison. It changes no rating; the first one is hidden.")
            if guided.is_rerating
            else _("The standing is hidden until the end.")
        )
        self.progress.show_share(guided.at / len(guided.cells))
        self.buttons["back"].setEnabled(guided.at > 0)

    def _show_rows(self, *, anew: bool = False) -> None:
        guided = self.flow.guided
        current = guided.current
        if current is None:
            return
        cells = [current] if guided.options.one_by_one else guided.row()
        if anew or [row.cell for row in self.rows] != cells:
            take_all(self._hypotheses)
            self.rows = [self._new_row(cell) for cell in cells]
        session = self.flow.session
        for row in self.rows:
            hypothesis = session.analysis.hypotheses[row.cell[1]]
            row.show_hypothesis(hypothesis, session.column_of(hypothesis.id) or 0, self._aside(row.cell))
            row.show_answer(
                self.flow.seen_value(row.cell),
                is_current=row.cell == current,
                passed=row.cell in guided.cannot_judge,
            )
        self._settle.start()

    def _new_row(self, cell: Cell) -> HypothesisRow:
        row = HypothesisRow(cell, self._palette, large=self.flow.guided.options.one_by_one)
        row.chosen.connect(lambda chosen: self._act(lambda: self.flow.go_to(chosen)))
        self._hypotheses.addWidget(row)
        row.show()
        return row

    def _scroll_to_current(self) -> None:
        """Bring into view what is asked about, once it is laid out: of another item its beginning comes first."""
        cell = self.flow.guided.current
        row = next((row for row in self.rows if row.cell == cell), None)
        if cell is None or row is None:
            return
        if cell[0] != self._item_shown:
            self._area.verticalScrollBar().setValue(0)
        if cell[0] == self._item_shown or self._is_beside:
            self._area.ensureWidgetVisible(self.answers[RatingValue.NOT_APPLICABLE], 0, STEP)
            self._area.ensureWidgetVisible(row, 0, STEP)
        self._item_shown = cell[0]

    def _scroll(self, pages: int) -> None:
        bar = self._area.verticalScrollBar()
        bar.setValue(bar.value() + pages * bar.pageStep())

    def _aside(self, cell: Cell) -> str:
        """Return what the analyst should know of a cell before rating it; nothing where earlier ratings are hidden."""
        earlier, around = self.flow.on_earlier_wording(cell), self.flow.suggested(cell)
        if earlier is not None:
            return _("Rated {value} on earlier wording. K confirms it.").format(value=earlier.value)
        if around is None:
            return ""
        if around[0] is around[1]:
            return _("Suggested: {value}. It counts as unrated; K takes it.").format(value=around[0].value)
        return _("Suggested: {value}. It counts as unrated.").format(value=range_symbol(around))

    def _show_answer(self, cell: Cell) -> None:
        value = self.flow.seen_value(cell)
        self._group.setExclusive(False)
        for entry, answer in self.answers.items():
            answer.setChecked(entry is value)
        self._group.setExclusive(True)
        for level, choice in self.levels.items():
            choice.setChecked(level is self.flow.confidence)
        self.confidence.setVisible(not self.flow.guided.is_rerating)

    def _show_reason(self) -> None:
        self.reason.setVisible(self.flow.may_reason)
        self.reason_hidden.setVisible(self.flow.has_hidden_reason and not self.flow.guided.is_rerating)
        self.reason.refresh()

    def _speak(self) -> None:
        """Tell a screen reader all that is asked: the place, the item, the hypothesis and the question."""
        row = next(row for row in self.rows if row.cell == self.flow.guided.current)
        parts = (self.place.text(), self.item.spoken, row.spoken, self.question.text())
        self.setAccessibleName(". ".join(parts))
        if self.hasFocus():
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))

    # Reason

    def write_reason(self) -> None:
        """Put the keyboard into the field for the reason."""
        if self.flow.may_reason:
            self.reason.box.setFocus()
            self._area.ensureWidgetVisible(self.reason)

    def _reason_key(self) -> str:
        return "/".join(("guided reason", *(self.flow.guided.current or ())))

    def _read_reason(self) -> str | None:
        if self.flow.guided.current is None:
            return None
        return self.flow.rating.rationale if self.flow.rating else ""

    def _write_reason(self, text: str) -> Command:
        cell = self.flow.guided.current
        session = self.flow.session
        return edits.annotate(session.matrix, session.analyst, [cell] if cell else [], rationale=text)

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = key_name(event)
        if key in _BACK_TO_ANSWERS and self.reason.box.hasFocus():
            self.setFocus()
        elif key == "Esc":
            self._act(self.pause_requested.emit)
        elif presses_button(self, event):
            return
        elif key in self._keys and not self.reason.box.hasFocus():
            self._act(self._keys[key])
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        directions = QBoxLayout.Direction
        self._halves.setDirection(directions.LeftToRight if self._is_beside else directions.TopToBottom)
        self._settle.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.setFocus()
