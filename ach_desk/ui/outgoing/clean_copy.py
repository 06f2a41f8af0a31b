"""The dialog "Save a clean copy": what goes, part by part, each with what it holds in this analysis."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QDialogButtonBox, QPushButton, QTreeWidget, QTreeWidgetItem, QWidget

from ach_desk.i18n import _, ngettext
from ach_desk.model import Analysis
from ach_desk.model.clean_copy import Cleaning, Part, cleaned, part_word
from ach_desk.model.clean_found import found, secret_names, still_named
from ach_desk.storage.errors import StorageError
from ach_desk.storage.files import write_document
from ach_desk.storage.lock import holder_of
from ach_desk.ui import messages
from ach_desk.ui.background import Background, Cancel, Ticket
from ach_desk.ui.text import shown
from ach_desk.ui.widgets.dialog import PlainDialog
from ach_desk.ui.widgets.labels import named, plain

_MOST_LINES = 200
"""What a part holds beyond these is counted only."""

_PART = Qt.ItemDataRole.UserRole


class CleanCopyDialog(PlainDialog):
    """What a clean copy of an analysis is without. `message(str)`: what was written, or why not."""

    message = Signal(str)

    def __init__(
        self,
        analysis: Analysis,
        background: Background,
        suggestion: str,
        own: Path | None,
        parent: QWidget | None = None,
    ) -> None:
        """`analysis` is a state that is not edited any more; `own` the file that is open, which is never replaced."""
        super().__init__(_("Save a clean copy"), parent, width=640)
        self._analysis, self._background = analysis, background
        self._suggestion, self._own = suggestion, own
        self._looking: Ticket | None = None
        self.column.addWidget(
            plain(_("What is ticked is not in the copy. Your own file stays as it is. Open a line to see what goes."))
        )
        self.tree = self._tree()
        self.column.addWidget(self.tree, 1)
        self.new_ids = QCheckBox(_("Give every record another &id, so that nothing leads back to this file"), self)
        self.new_ids.toggled.connect(self._look)
        self.column.addWidget(self.new_ids)
        self.note = plain(muted=True)
        self.column.addWidget(self.note)
        save = QPushButton(_("&Save the copy ..."), self)
        save.setDefault(True)
        save.clicked.connect(self.save)
        self.buttons.addButton(save, QDialogButtonBox.ButtonRole.AcceptRole)
        self.resize(640, 560)
        self._look()

    @property
    def cleaning(self) -> Cleaning:
        """Return what is chosen."""
        tops = [self.tree.topLevelItem(row) for row in range(self.tree.topLevelItemCount())]
        ticked = [item for item in tops if item is not None and item.checkState(0) is Qt.CheckState.Checked]
        return Cleaning(frozenset(Part(item.data(0, _PART)) for item in ticked), self.new_ids.isChecked())

    def tick(self, part: Part, goes: bool) -> None:
        """Let a part go, or keep it."""
        row = list(Part).index(part)
        item = self.tree.topLevelItem(row)
        assert item is not None
        item.setCheckState(0, Qt.CheckState.Checked if goes else Qt.CheckState.Unchecked)

    def save(self) -> None:
        """Ask for a name and write the copy; the dialog closes when it is written."""
        path = messages.save_analysis(self, _("Save the clean copy as"), self._suggestion)
        if path is None:
            return
        holder = holder_of(path)
        if self._own is not None and path.resolve() == self._own.resolve():
            self._say(_("A copy needs another name than the file that is open."))
        elif holder is not None:
            text = _("{file} was not written: it is open by {holder}. Close it there, or choose another name.")
            self._say(text.format(file=path, holder=holder.described()))
        else:
            job = partial(_write_job, self._analysis, self.cleaning, path)
            self._background.run(job, partial(self._written, path), self._not_written, owner=self, must_finish=True)

    def _tree(self) -> QTreeWidget:
        tree = named(QTreeWidget(self), _("What goes"))
        tree.setHeaderHidden(True)
        tree.setUniformRowHeights(True)
        for part in Part:
            self._add(tree, part, found(self._analysis, part))
        tree.setCurrentIndex(tree.model().index(0, 0))
        tree.itemChanged.connect(self._look)
        return tree

    def _add(self, tree: QTreeWidget, part: Part, lines: list[str]) -> None:
        count = len(lines)
        words = ngettext("{what} – {count} entry", "{what} – {count} entries", count) if count else _("{what} – none")
        top = QTreeWidgetItem(tree, [words.format(what=part_word(part), count=count)])
        top.setData(0, _PART, part.value)
        top.setFlags(top.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        top.setCheckState(0, Qt.CheckState.Checked)
        if not lines:
            top.setForeground(0, self.palette().placeholderText())
        more = [_("and {count} more").format(count=count - _MOST_LINES)] if count > _MOST_LINES else []
        for line in [*lines[:_MOST_LINES], *more]:
            QTreeWidgetItem(top, [shown(" ".join(line.split()))])

    def _look(self, *_changed: object) -> None:
        """Look, away from the window, for names that would still stand in texts of the copy."""
        if self._looking is not None:
            self._looking.cancel.set()
        job = partial(_named_job, self._analysis, self.cleaning)
        self._looking = self._background.run(job, self._show_named, owner=self)

    def _show_named(self, places: list[tuple[str, str]]) -> None:
        self._looking = None
        notes = []
        cleaning = self.cleaning
        if Part.HISTORY in cleaning.taken - cleaning.parts:
            notes.append(_("The history goes too: it would tell what else went."))
        if Part.REJECTED in cleaning.parts and found(self._analysis, Part.REJECTED):
            notes.append(
                _("Without the rejected hypotheses, how well an item separates the others may read otherwise.")
            )
        if places:
            where = ", ".join(dict.fromkeys(f"{name} ({label})" if label else name for name, label in places))
            notes.append(_("Names that still stand in texts; change them in the copy: {where}.").format(where=where))
        self.note.setText(shown("\n".join(notes), "\n"))
        self.note.setVisible(bool(notes))

    def _written(self, path: Path, _result: object) -> None:
        self._say(_("Clean copy saved as {path}.").format(path=path))
        self.accept()

    def _not_written(self, error: Exception) -> None:
        if not isinstance(error, StorageError):
            raise error
        self._say(str(error))

    def _say(self, text: str) -> None:
        self.note.setText(shown(text))
        self.note.show()
        self.message.emit(text)


def _named_job(analysis: Analysis, cleaning: Cleaning, _cancel: Cancel) -> list[tuple[str, str]]:
    return still_named(cleaned(analysis, cleaning), secret_names(analysis, cleaning))


def _write_job(analysis: Analysis, cleaning: Cleaning, path: Path, _cancel: Cancel) -> None:
    """Write the copy; the person agreed to replace a file that is there."""
    write_document(path, cleaned(analysis, cleaning), expected=None, overwrite=True)
