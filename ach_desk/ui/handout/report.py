"""The dialog of collecting: what is in each file before anything changes, and which proposals are wanted."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialogButtonBox, QHeaderView, QProgressBar, QTreeWidget, QTreeWidgetItem, QWidget

from ach_desk.commands.collecting import FromFile, Proposal
from ach_desk.commands.collecting_words import summary
from ach_desk.i18n import _, ngettext
from ach_desk.ui.text import single_line, tooltip
from ach_desk.ui.widgets.dialog import PlainDialog
from ach_desk.ui.widgets.labels import STEP, named, plain

_KEY = Qt.ItemDataRole.UserRole
_WIDTH, _TREE_HEIGHT = 88 * STEP, 40 * STEP
_MOST_LINES = 300
"""No more lines of one file are listed under one heading."""


class CollectDialog(PlainDialog):
    """Shows that files are being read, then what they hold. `chosen`: the person wants it taken in."""

    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Collect"), parent, _WIDTH)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.sentence = plain(_("The files are being read ..."), strong=True)
        self.progress = named(QProgressBar(), _("The files are being read"))
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(STEP)
        self._proposals: list[QTreeWidgetItem] = []
        self.tree = named(QTreeWidget(), _("What is in the files"))
        self.tree.setHeaderHidden(True)
        self.tree.setWordWrap(True)
        self.tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.tree.header().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.tree.setMinimumHeight(_TREE_HEIGHT)
        self.whole = plain("", muted=True)
        self.whole.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
        self.whole.setFixedHeight(2 * self.fontMetrics().lineSpacing())
        self.tree.currentItemChanged.connect(lambda row, _before: self.whole.setText(row.text(0) if row else ""))
        self.hint = plain(
            _("Proposals come in where they are ticked. All of it becomes one step, which Undo takes back."), muted=True
        )
        for widget in (self.sentence, self.progress, self.tree, self.whole, self.hint):
            self.column.addWidget(widget, 1 if widget is self.tree else 0)
        self.take = self.buttons.addButton(_("Collect"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.take.setAccessibleName(_("Collect"))
        self.take.setDefault(True)
        self.take.setEnabled(False)
        self.buttons.accepted.connect(self.chosen)
        close = self.buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setText(_("Cancel"))
        close.setAccessibleName(_("Cancel"))

    def show_step(self, done: int, of: int) -> None:
        """Show how far the reading is."""
        self.progress.setRange(0, of)
        self.progress.setValue(done)

    def show_found(self, files: Sequence[FromFile]) -> None:
        """Show what the files hold; nothing can be taken in where every one was refused."""
        self.progress.hide()
        refused = sum(bool(entry.refusal) for entry in files)
        text = ngettext("{count} file was read.", "{count} files were read.", len(files)).format(count=len(files))
        if refused:
            more = ngettext("{count} is not taken in.", "{count} are not taken in.", refused)
            text = f"{text} {more.format(count=refused)}"
        self.sentence.setText(text)
        for found in files:
            self._list(found)
        self.take.setEnabled(refused < len(files))
        self.tree.expandAll()
        self.tree.setFocus()

    def _list(self, found: FromFile) -> None:
        top = _row(self.tree, summary(found))
        for title, texts in ((_("Changed"), found.changed), (_("Left out"), found.skipped)):
            if texts:
                under = _row(top, title)
                for text in texts[:_MOST_LINES]:
                    _row(under, text)
                if len(texts) > _MOST_LINES:
                    _row(under, _("{count} more").format(count=len(texts) - _MOST_LINES))
        if found.proposals:
            under = _row(top, _("Proposed"))
            under.setFlags(under.flags() | Qt.ItemFlag.ItemIsAutoTristate | Qt.ItemFlag.ItemIsUserCheckable)
            for proposal in found.proposals:
                self._proposals.append(_proposal_row(under, proposal))

    @property
    def accepted_keys(self) -> list[str]:
        """Return the keys of the proposals that are ticked."""
        return [row.data(0, _KEY) for row in self._proposals if row.checkState(0) is Qt.CheckState.Checked]

    def show_busy(self) -> None:
        """Show that the files are being taken in; nothing can be ticked any more."""
        self.take.setEnabled(False)
        self.tree.setEnabled(False)
        self.progress.show()


def _row(parent: QTreeWidget | QTreeWidgetItem, text: str) -> QTreeWidgetItem:
    row = QTreeWidgetItem(parent, [single_line(text)])
    row.setToolTip(0, tooltip(text))
    return row


def _proposal_row(parent: QTreeWidgetItem, proposal: Proposal) -> QTreeWidgetItem:
    """Return the row of a proposal, which is taken in on request only."""
    row = _row(parent, proposal.text)
    row.setData(0, _KEY, proposal.key)
    row.setFlags(row.flags() | Qt.ItemFlag.ItemIsUserCheckable)
    row.setCheckState(0, Qt.CheckState.Unchecked)
    return row
