"""The start page: begin, open, go on with a recent file, look at a worked example, practise."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from ach_desk.i18n import _
from ach_desk.model.words import honest_note
from ach_desk.ui.messages import ANALYSIS_SUFFIX
from ach_desk.ui.settings import SettingsStore
from ach_desk.ui.text import shown
from ach_desk.ui.widgets.flow import take_all
from ach_desk.ui.widgets.labels import STEP, heading, named, plain, rule
from ach_desk.ui.widgets.menu import Menu
from ach_desk.ui.widgets.panel import scrolled
from ach_desk.ui.widgets.rowbutton import RowButton

_COLUMN_WIDTH = 420


class StartPage(QWidget):
    """What to do first.

    new_requested(question): "" when none was typed. open_requested(), practise_requested();
    file_chosen(path) for a recent file that is there; example_requested(name) with "june-2023" or "iraq-1993".
    """

    new_requested = Signal(str)
    open_requested = Signal()
    file_chosen = Signal(str)
    example_requested = Signal(str)
    practise_requested = Signal()

    def __init__(self, store: SettingsStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self.gone = plain()
        self.gone.setVisible(False)
        self.nothing_recent = plain(_("Files that you open or save are listed here."), muted=True)
        self.recent: list[RowButton] = []
        self._recent_column = QVBoxLayout()
        self._recent_column.setSpacing(STEP // 2)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(4 * STEP, 4 * STEP, 4 * STEP, 2 * STEP)
        whole.setSpacing(2 * STEP)
        whole.addWidget(_indented(heading(_("ACH Desk"), wrap=False)))
        columns = QHBoxLayout()
        columns.setSpacing(4 * STEP)
        columns.addWidget(self._actions(), 1)
        columns.addWidget(self._recent_files(), 1)
        whole.addLayout(columns, 1)
        whole.addWidget(rule())
        whole.addWidget(_indented(plain(honest_note(), muted=True)))
        self.refresh()

    def refresh(self) -> None:
        """List the recent files anew."""
        take_all(self._recent_column)
        self.recent = [self._recent_button(entry) for entry in self._store.settings.recent_files]
        for button in self.recent:
            self._recent_column.addWidget(button)
        self._recent_column.addStretch(1)
        self.nothing_recent.setVisible(not self.recent)

    def _actions(self) -> QWidget:
        side, column = _column()
        column.addWidget(_indented(plain(_("Begin"), muted=True)))
        self.question = self._question_line()
        column.addWidget(self.question)
        self.new_button = self._action(
            column, _("New …"), _("A question, rival hypotheses, and evidence now or later"), self.begin
        )
        self.open_button = self._action(column, _("Open …"), _("An analysis on this machine"), self.open_requested.emit)
        column.addSpacing(2 * STEP)
        column.addWidget(_indented(plain(_("Worked examples"), muted=True)))
        self.june_button = self._action(
            column,
            _("Russia, June 2023"),
            _("Mutiny, staged affair or something else? Rated, with a reason in every cell"),
            lambda: self.example_requested.emit("june-2023"),
        )
        self.iraq_button = self._action(
            column,
            _("Iraq, 1993"),
            _("Heuer’s teaching matrix: will Iraq retaliate?"),
            lambda: self.example_requested.emit("iraq-1993"),
        )
        column.addSpacing(2 * STEP)
        column.addWidget(_indented(plain(_("Practise"), muted=True)))
        self.practise_button = self._action(
            column,
            _("Rate the June 2023 case yourself"),
            _("The same evidence without the ratings"),
            self.practise_requested.emit,
        )
        column.addStretch(1)
        return side

    def _question_line(self) -> QLineEdit:
        line = named(QLineEdit(), _("Question of a new analysis"))
        line.setPlaceholderText(_("What do you want to know?"))
        line.setTextMargins(STEP // 2 - 1, 0, STEP // 2 - 1, 0)  # its text over the texts of the row buttons
        line.returnPressed.connect(self.begin)
        line.setFocus()
        return line

    def begin(self) -> None:
        """Ask for a new analysis with the question that was typed, if any."""
        self.new_requested.emit(self.question.text())

    def _action(self, column: QVBoxLayout, words: str, detail: str, run: Callable[[], object]) -> RowButton:
        button = RowButton(words, detail, strong=True)
        button.clicked.connect(lambda _checked=False: run())
        column.addWidget(button)
        return button

    def _recent_files(self) -> QWidget:
        side, column = _column()
        column.addWidget(_indented(plain(_("Recent"), muted=True)))
        column.addWidget(_indented(self.gone))
        column.addWidget(_indented(self.nothing_recent))
        inner = QWidget()
        inner.setLayout(self._recent_column)
        self._recent_column.setContentsMargins(0, 0, 0, 0)
        area = scrolled(inner)
        column.addWidget(area, 1)
        return side

    def _recent_button(self, entry: str) -> RowButton:
        path = Path(entry)
        name = path.name.removesuffix(ANALYSIS_SUFFIX)
        button = RowButton(shown(name), shown(short_folder(path)), strong=True, elide_detail=True)
        button.setToolTip("")
        button.clicked.connect(lambda _checked=False: self._choose(entry))
        forget = QAction(_("Take from the list"), button)
        forget.setShortcut(QKeySequence.StandardKey.Delete)
        forget.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        forget.triggered.connect(lambda _checked=False: self._forget(entry))
        button.addAction(forget)
        button.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        button.customContextMenuRequested.connect(lambda at: _show_menu(button, forget, at))
        return button

    def _choose(self, entry: str) -> None:
        if Path(entry).is_file():
            self.gone.setVisible(False)
            self.file_chosen.emit(entry)
            return
        self._forget(entry)
        path = Path(entry)
        text = _("{name} is no longer in {folder} and was taken from this list. The file itself was not touched.")
        self.gone.setText(text.format(name=shown(path.name), folder=shown(str(path.parent))))
        self.gone.setVisible(True)

    def _forget(self, entry: str) -> None:
        self._store.forget_file(entry)
        self.refresh()


def short_folder(path: Path) -> str:
    """Return the folder of a file, with the home folder as ``~``."""
    folder = path.parent
    try:
        return str(Path("~") / folder.relative_to(Path.home()))
    except (ValueError, RuntimeError):
        return str(folder)


def _column() -> tuple[QWidget, QVBoxLayout]:
    side = QWidget()
    side.setMaximumWidth(_COLUMN_WIDTH)
    column = QVBoxLayout(side)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(STEP // 2)
    return side, column


def _indented(label: QLabel) -> QLabel:
    """Return the label with its text over the texts of the row buttons."""
    label.setContentsMargins(STEP, 0, STEP, 0)
    return label


def _show_menu(button: RowButton, action: QAction, at: QPoint) -> None:
    menu = Menu(button)
    menu.addAction(action)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.popup(button.mapToGlobal(at))
