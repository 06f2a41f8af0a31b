"""The dialog of a merge: what would come in, and every conflict side by side, decided one by one or by a rule."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from ach_desk.commands.versions.conflicts import Conflict, Key, Side
from ach_desk.commands.versions.words import ConflictWords
from ach_desk.i18n import _, ngettext
from ach_desk.reporting.comparison import Comparison
from ach_desk.ui.moments import moment_words
from ach_desk.ui.text import shown, single_line
from ach_desk.ui.widgets.dialog import PlainDialog
from ach_desk.ui.widgets.labels import STEP, caption, named, plain, strong_font

_WIDTH = 116 * STEP
_WHERE, _OURS, _THEIRS, _TAKEN = range(4)
MOST_ROWS = 1000
"""Conflicts that are shown; more are decided by a rule alone."""
_MOST_LINES = 500
_LINES_SHOWN = 6


class MergeDialog(PlainDialog):
    """Shows that a file is read, then what merging it does. merge_wanted(choices): key -> side of every conflict.

    base_wanted(): the person wants to name the version that both began from.
    """

    merge_wanted = Signal(object)
    base_wanted = Signal()

    def __init__(self, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(_("Merge with another version"), parent, _WIDTH)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.choices: dict[Key, Side] = {}
        self._conflicts: Sequence[Conflict] = ()
        self.column.addWidget(plain(single_line(path.name), muted=True))
        self.sentence = plain(_("Reading ..."), strong=True)
        self.column.addWidget(self.sentence)
        self.progress = named(QProgressBar(), _("The file is being read"))
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.column.addWidget(self.progress)
        self._make_base_row()
        self._make_table()
        self._make_rules()
        self.incoming = named(QPlainTextEdit(), _("What comes in"))
        self.incoming.setReadOnly(True)
        self.incoming.setTabChangesFocus(True)
        self._incoming_caption = caption(_("What comes in"), self.incoming)
        for part in (self._incoming_caption, self.incoming):
            part.hide()
            self.column.addWidget(part)
        self.merge = self.buttons.addButton(_("Merge"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.merge.setAccessibleName(_("Merge"))
        self.merge.setDefault(True)
        self.merge.setEnabled(False)
        self.buttons.accepted.connect(lambda: self.merge_wanted.emit(dict(self.choices)))
        close = self.buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setText(_("Cancel"))
        close.setAccessibleName(_("Cancel"))

    def _make_base_row(self) -> None:
        self.base_row = QWidget()
        row = QHBoxLayout(self.base_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(STEP)
        text = _(
            "The two histories have nothing in common, so nobody can tell what was added from what was deleted: "
            "what only one version has is kept. A file that both began from would tell."
        )
        row.addWidget(plain(text, muted=True), 1)
        self.choose_base = _button(_("Choose that file ..."))
        self.choose_base.clicked.connect(self.base_wanted)
        row.addWidget(self.choose_base, 0, Qt.AlignmentFlag.AlignTop)
        self.base_row.hide()
        self.column.addWidget(self.base_row)

    def _make_table(self) -> None:
        self.table = named(QTableWidget(0, 4), _("Conflicts"))
        self.table.setHorizontalHeaderLabels([_("Where"), _("Here"), _("In the other version"), _("Taken")])
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        self.table.setWordWrap(True)
        self.table.verticalHeader().hide()
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        for column in (_WHERE, _OURS, _THEIRS):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(_TAKEN, QHeaderView.ResizeMode.ResizeToContents)
        header.setHighlightSections(False)
        self.table.hide()
        self.column.addWidget(self.table, 1)

    def _make_rules(self) -> None:
        self.rules = QWidget()
        row = QHBoxLayout(self.rules)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(STEP)
        self.take_ours = _button(_("&Keep what is here"))
        self.take_theirs = _button(_("Take the &other"))
        self.all_ours = _button(_("All from here"))
        self.all_theirs = _button(_("All from the other"))
        self.all_newer = _button(_("The newer of each"))
        for button, act in (
            (self.take_ours, lambda: self._decide(self._selected(), lambda _one: Side.OURS)),
            (self.take_theirs, lambda: self._decide(self._selected(), lambda _one: Side.THEIRS)),
            (self.all_ours, lambda: self._decide(self._conflicts, lambda _one: Side.OURS)),
            (self.all_theirs, lambda: self._decide(self._conflicts, lambda _one: Side.THEIRS)),
            (self.all_newer, lambda: self._decide(self._conflicts, lambda one: one.newer)),
        ):
            button.clicked.connect(act)
        row.addWidget(self.take_ours)
        row.addWidget(self.take_theirs)
        row.addStretch(1)
        for button in (self.all_ours, self.all_theirs, self.all_newer):
            row.addWidget(button)
        self.rules.hide()
        self.column.addWidget(self.rules)

    def show_busy(self) -> None:
        """Show that something is under way; nothing can be chosen meanwhile."""
        self.progress.show()
        for part in (self.merge, self.rules, self.table, self.base_row):
            part.setEnabled(False)

    def show_proposal(
        self,
        conflicts: Sequence[Conflict],
        words: Sequence[ConflictWords],
        incoming: Comparison,
        notes: Sequence[str],
        *,
        base_known: bool,
    ) -> None:
        """Show what merging would do; choices made before stay where the conflict is still there."""
        self.progress.hide()
        for part in (self.rules, self.table, self.base_row):
            part.setEnabled(True)
        self._conflicts = conflicts
        keys = {conflict.key for conflict in conflicts}
        self.choices = {key: side for key, side in self.choices.items() if key in keys}
        self.base_row.setVisible(not base_known)
        self.table.setVisible(bool(conflicts))
        self.rules.setVisible(bool(conflicts))
        self._fill(words)
        self._show_incoming(incoming, notes)
        self._follow()
        self.fit()
        (self.table if conflicts else self.merge).setFocus()

    def _fill(self, words: Sequence[ConflictWords]) -> None:
        rows = list(zip(self._conflicts, words, strict=False))
        self.table.setRowCount(len(rows))
        for row, (conflict, said) in enumerate(rows):
            texts = (
                _two_lines(said.place, _("was {before}").format(before=said.before) if said.before else ""),
                _two_lines(said.ours, moment_words(conflict.ours_time) if conflict.ours_time else ""),
                _two_lines(said.theirs, moment_words(conflict.theirs_time) if conflict.theirs_time else ""),
                "",
            )
            for column, text in enumerate(texts):
                cell = QTableWidgetItem(text)
                cell.setTextAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)
                self.table.setItem(row, column, cell)
        self.table.resizeRowsToContents()
        if rows:
            self.table.setCurrentCell(0, _WHERE)
        height = sum(self.table.rowHeight(row) for row in range(min(len(rows), 6)))
        self.table.setMinimumHeight(min(height + self.table.horizontalHeader().sizeHint().height() + STEP, 36 * STEP))

    def _show_incoming(self, incoming: Comparison, notes: Sequence[str]) -> None:
        lines = [*notes]
        for group in incoming.groups:
            lines += [group.title, *(f"- {single_line(sentence.text)}" for sentence in group.sentences)]
        more = len(lines) - _MOST_LINES
        lines = lines[:_MOST_LINES] + ([_("{count} more").format(count=more)] if more > 0 else [])
        self.incoming.setPlainText("\n".join(shown(line) for line in lines))
        height = self.fontMetrics().lineSpacing() * min(max(len(lines) + 1, 2), _LINES_SHOWN)
        self.incoming.setFixedHeight(height + 2 * STEP)
        for part in (self._incoming_caption, self.incoming):
            part.setVisible(bool(lines))

    def _selected(self) -> list[Conflict]:
        rows = sorted({index.row() for index in self.table.selectionModel().selectedRows()})
        return [self._conflicts[row] for row in rows]

    def _decide(self, conflicts: Sequence[Conflict], side_of: Callable[[Conflict], Side | None]) -> None:
        for conflict in conflicts:
            side = side_of(conflict)
            if side is not None:
                self.choices[conflict.key] = side
        self._follow()
        self._to_next_open()

    def _to_next_open(self) -> None:
        for row in range(self.table.rowCount()):
            if self._conflicts[row].key not in self.choices:
                self.table.selectRow(row)
                return
        self.merge.setFocus()

    def _follow(self) -> None:
        """Show what is decided, and let the merge begin once everything is."""
        names = {Side.OURS: _("Here"), Side.THEIRS: _("The other")}
        for row in range(self.table.rowCount()):
            side = self.choices.get(self._conflicts[row].key)
            self._show_side(row, side, names[side] if side else _("not decided"))
        left = sum(conflict.key not in self.choices for conflict in self._conflicts)
        self.merge.setEnabled(left == 0)
        self.sentence.setText(_headline(len(self._conflicts), left))
        self.all_newer.setEnabled(any(conflict.newer for conflict in self._conflicts))

    def _show_side(self, row: int, side: Side | None, text: str) -> None:
        font = self.table.font()
        for column, own in ((_TAKEN, None), (_OURS, Side.OURS), (_THEIRS, Side.THEIRS)):
            cell = self.table.item(row, column)
            assert cell is not None
            if own is None:
                cell.setText(text)
            else:
                cell.setFont(strong_font(font) if side is own else font)


def _headline(count: int, left: int) -> str:
    if not count:
        return _("Nothing collides. Both versions become one.")
    if not left:
        return _("Everything is decided.")
    changed = ngettext(
        "{count} point was changed in both versions.", "{count} points were changed in both versions.", count
    )
    undecided = ngettext("{count} is not decided.", "{count} are not decided.", left)
    return f"{changed.format(count=count)} {undecided.format(count=left)}"


def _two_lines(first: str, second: str) -> str:
    return "\n".join(shown(part) for part in (first, second) if part)


def _button(text: str) -> QPushButton:
    button = named(QPushButton(text), text.replace("&", "").replace(" ...", ""))
    button.setAutoDefault(False)
    return button
