"""The panel of what-ifs: a line for a new one, the list with the one that is on, what it changes, the comparison."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from ach_desk.commands import scenarios
from ach_desk.i18n import _
from ach_desk.model.spreadsheet_cells import guarded
from ach_desk.scoring import assess
from ach_desk.scoring.comparison import MATRIX, RATED, SCENARIO, Side, as_rows, compare
from ach_desk.scoring.whatif import fall_in, fallen_words, under
from ach_desk.ui.marked import marked_text, one_line
from ach_desk.ui.matrix.wording import score_texts
from ach_desk.ui.session import Session
from ach_desk.ui.settings import SettingsStore
from ach_desk.ui.text import single_line, tooltip
from ach_desk.ui.whatif import actions
from ach_desk.ui.whatif.content import ScenarioPanel
from ach_desk.ui.whatif.table import ComparisonTable
from ach_desk.ui.widgets.labels import STEP, caption, named, plain, rule
from ach_desk.ui.widgets.panel import GAP, scrolled

_KEY = Qt.ItemDataRole.UserRole
_REST_MS = 120
_MOST_ROWS = 8
_LONGEST_NAME = 80

Key = tuple[str, str]
"""(kind, id) of a side of the comparison."""


class WhatIfPanel(QWidget):
    """What-ifs of the matrix in front.

    message(str): a line for the status bar. left(): the keyboard goes back to the matrix.
    item_requested(id), cell_requested(item, hypothesis): something in the matrix is to be shown.
    link_activated(kind, id): a label in a text was followed.
    """

    message = Signal(str)
    left = Signal()
    item_requested = Signal(str)
    cell_requested = Signal(str, str)
    link_activated = Signal(str, str)

    def __init__(self, session: Session, store: SettingsStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._store = store
        self._scores_shown = True
        self._unticked: set[Key] = set()
        self.entry = QLineEdit()
        self.entry.setPlaceholderText(_("S5 was lying"))
        self.entry.setMaxLength(400)
        self.hint = plain(_("Enter adds it and turns it on. Ratings stay untouched."), muted=True)
        self.list = named(QListWidget(), _("What-ifs"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.duplicate = _button(_("Duplicate"))
        self.delete = _button(_("Delete"))
        self.content = ScenarioPanel(session)
        self.table = ComparisonTable()
        self.sentences = plain()
        self.copy_button = _button(_("Copy"))
        named(self.copy_button, _("Copy the comparison"))
        self._head = plain(_("Side by side"), strong=True)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._lay_out()
        self._connect()
        self.refresh()

    def _lay_out(self) -> None:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(STEP, STEP, STEP, STEP)
        column.setSpacing(STEP)
        column.addWidget(caption(_("New: what if …"), self.entry))
        column.addWidget(self.entry)
        column.addWidget(self.hint)
        column.addSpacing(GAP - STEP)
        column.addWidget(self.list)
        buttons = QHBoxLayout()
        buttons.addWidget(self.duplicate)
        buttons.addWidget(self.delete)
        buttons.addStretch(1)
        column.addLayout(buttons)
        head = QHBoxLayout()
        head.addWidget(self._head, 1)
        head.addWidget(self.copy_button)
        self._rule = rule()
        column.addLayout(head)
        column.addWidget(self.table)
        column.addWidget(self.sentences)
        column.addWidget(self._rule)
        column.addWidget(self.content)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(inner))
        self.setFocusProxy(self.entry)

    def _connect(self) -> None:
        session = self.session
        self.entry.returnPressed.connect(self._create)
        self.entry.installEventFilter(self)
        self.list.installEventFilter(self)
        self.list.currentItemChanged.connect(self._choose)
        self.list.itemChanged.connect(self._tick)
        self.duplicate.clicked.connect(lambda: actions.duplicate(session))
        self.delete.clicked.connect(lambda: actions.delete(session))
        self.content.item_requested.connect(self.item_requested)
        self.content.cell_requested.connect(self.cell_requested)
        self.content.link_activated.connect(self.link_activated)
        self.table.side_chosen.connect(self._show_side)
        self.copy_button.clicked.connect(self.copy)
        self._rest.timeout.connect(self._refresh_if_seen)
        session.changed.connect(lambda _change: self._rest.start())
        session.turned.connect(self._rest.start)
        session.turning.connect(self.flush)
        session.replaced.connect(self._start_anew)

    def focus_entry(self) -> None:
        """Put the keyboard into the line for a new what-if."""
        self.entry.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.entry.selectAll()

    def flush(self) -> None:
        """Take over what is typed into name and note."""
        self.content.flush()

    def set_scores_shown(self, shown: bool) -> None:
        """Show or hide the comparison, which gives the standing away."""
        self._scores_shown = shown
        self.refresh()

    def copy(self) -> None:
        """Put the comparison on the clipboard as a table that a spreadsheet takes."""
        if self.table.comparison is None:
            return
        sign = self._store.settings.score_sign
        rows = as_rows(self.table.comparison, lambda score: score_texts([score], sign)[0])
        head, *rest = [[" ".join(cell.split()) for cell in row] for row in rows]
        # Names and titles are words, also where they begin as a formula does; a score may begin with a minus.
        safe = [[guarded(cell) for cell in head], *([guarded(name), *cells] for name, *cells in rest)]
        lines = ["\t".join(row) for row in safe]
        marking = guarded(one_line(self.session.analysis.marking))
        QGuiApplication.clipboard().setText(marked_text("\n".join(lines), marking))
        self.message.emit(_("The comparison was copied."))

    def refresh(self) -> None:
        """Show everything as it is now."""
        self._rest.stop()
        session = self.session
        scenario = session.scenario
        self._fill()
        may_edit = not session.read_only
        self.entry.setEnabled(may_edit)
        for button in (self.duplicate, self.delete):
            button.setVisible(scenario is not None)
            button.setEnabled(may_edit)
        for part in (self._rule, self.content):
            part.setVisible(scenario is not None)
        if scenario is not None:
            self.content.show_records([scenario.id])
        self._compare()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Escape gives the keyboard back to the matrix; Del deletes the what-if that is on."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                self.left.emit()
                return True
            if watched is self.list and event.key() == Qt.Key.Key_Delete:
                actions.delete(self.session)
                return True
        return False

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    @property
    def _front(self) -> Key:
        scenario = self.session.scenario
        return (RATED, "") if scenario is None else (SCENARIO, scenario.id)

    def _sides(self) -> list[tuple[Key, str]]:
        """Return what can be shown and compared: what-ifs of the matrix in front, then the other matrices."""
        session = self.session
        found: list[tuple[Key, str]] = [
            ((SCENARIO, entry.id), entry.name) for entry in scenarios.of_matrix(session.analysis, session.matrix.id)
        ]
        return found + [
            ((MATRIX, entry.id), entry.name) for entry in session.analysis.matrices if entry.id != session.matrix.id
        ]

    def _fill(self) -> None:
        sides = self._sides()
        blocked = self.list.blockSignals(True)
        self.list.clear()
        self._add_row((RATED, ""), _("As rated"))
        for key, name in sides:
            text = _("Matrix: {name}").format(name=name) if key[0] == MATRIX else name
            row = self._add_row(key, text)
            row.setFlags(row.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            row.setCheckState(Qt.CheckState.Unchecked if key in self._unticked else Qt.CheckState.Checked)
        for number in range(self.list.count()):
            if self.list.item(number).data(_KEY) == self._front:
                self.list.setCurrentRow(number)
        self.list.blockSignals(blocked)
        self.list.setVisible(bool(sides))
        rows = min(self.list.count(), _MOST_ROWS)
        height = self.list.sizeHintForRow(0)
        self.list.setFixedHeight(rows * height + 2 * self.list.frameWidth() + 4)

    def _add_row(self, key: Key, text: str) -> QListWidgetItem:
        short = text if len(text) <= _LONGEST_NAME else text[: _LONGEST_NAME - 1] + "…"
        row = QListWidgetItem(single_line(short))
        row.setData(_KEY, key)
        row.setToolTip(tooltip(text))
        self.list.addItem(row)
        return row

    def _compare(self) -> None:
        session = self.session
        ticked = [(key, name) for key, name in self._sides() if key not in self._unticked]
        shown = bool(ticked) and self._scores_shown
        for part in (self._head, self.sentences):
            part.setVisible(bool(ticked))
        for part in (self.table, self.copy_button):
            part.setVisible(shown)
        if not shown:
            self.sentences.setText(_("The comparison appears together with the scores."))
            return
        rated = Side(RATED, "", "", session.as_rated)
        comparison = compare(rated, [self._side(key, name) for key, name in ticked])
        self.table.show_comparison(comparison, self._store.settings.score_sign, self._front)
        self.sentences.setText("\n".join(single_line(text) for text in comparison.sentences))

    def _side(self, key: Key, name: str) -> Side:
        session, (kind, entry) = self.session, key
        if kind == SCENARIO:
            scenario = session.analysis.scenarios[entry]
            fallen = fall_in(session.analysis, session.matrix, session.analyst, scenario)
            assessment = under(session.analysis, session.as_rated, scenario, fallen)
            return Side(kind, entry, name, assessment, fallen_words(session.as_rated, fallen))
        assessment = assess(session.analysis, session.analysis.matrix(entry), session.analyst)
        return Side(kind, entry, name, assessment)

    def _create(self) -> None:
        name = self.entry.text().strip()
        if name and actions.create(self.session, name):
            self.entry.clear()
            self.refresh()
            self.left.emit()

    def _choose(self, row: QListWidgetItem | None, _before: QListWidgetItem | None = None) -> None:
        if row is not None:
            self._show_side(*row.data(_KEY))

    def _show_side(self, kind: str, entry: str) -> None:
        if kind == MATRIX:
            self.session.show_matrix(entry)
        else:
            self.session.show_scenario(entry)

    def _tick(self, row: QListWidgetItem) -> None:
        key = tuple(row.data(_KEY))
        if row.checkState() == Qt.CheckState.Checked:
            self._unticked.discard(key)
        else:
            self._unticked.add(key)
        self._rest.start()

    def _refresh_if_seen(self) -> None:
        if self.isVisible():
            self.refresh()

    def _start_anew(self) -> None:
        self.content.forget()
        self.content.ids = ()
        self.refresh()


def _button(text: str) -> QPushButton:
    button = named(QPushButton(text), text)
    button.setAutoDefault(False)
    return button
