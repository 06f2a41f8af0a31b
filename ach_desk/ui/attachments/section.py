"""The section "Files" of a panel: what is attached to an item, whether it is still there, and to open it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import PurePosixPath

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from ach_desk.commands import capture
from ach_desk.i18n import _
from ach_desk.model import Attachment, EvidenceItem
from ach_desk.storage.attachments import FileState
from ach_desk.ui import messages
from ach_desk.ui.attachments.service import AttachedFiles, Kept
from ach_desk.ui.session import Session
from ach_desk.ui.text import explain, shown
from ach_desk.ui.widgets.flow import take_all
from ach_desk.ui.widgets.labels import STEP, named, plain
from ach_desk.ui.widgets.rowbutton import RowButton


class FilesSection(QWidget):
    """The files of one item."""

    def __init__(self, session: Session, record: Callable[[], EvidenceItem | None]) -> None:
        super().__init__()
        self._session, self._record = session, record
        self._shown: tuple[object, ...] = ()
        self._states: dict[str, FileState] = {}
        self.title = plain(_("Files"), muted=True)
        self.add_button = named(QPushButton(_("Attach files ...")), _("Attach files"))
        self.add_button.setAutoDefault(False)
        self.add_button.clicked.connect(self.ask_files)
        self._rows = QWidget()
        self._column = QVBoxLayout(self._rows)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(STEP // 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(STEP // 2)
        for part in (self.title, self._rows):
            column.addWidget(part)
        column.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeading)

    @property
    def files(self) -> AttachedFiles | None:
        """Return the door to the files; None where the analysis has no place for any."""
        return self._session.files

    def refresh(self) -> None:
        """Show the files of the present item, and have their state looked at."""
        item = self._record()
        if item is None:
            return
        can_add = not self._session.read_only and self.files is not None
        self.add_button.setVisible(can_add)
        self.title.setVisible(can_add or bool(item.attachments))
        files = self.files
        present = (item.id, item.attachments, self._session.read_only, files.home if files is not None else None)
        if present != self._shown:
            self._shown = present
            self._states = {}
            self._fill(item)
            if files is not None:
                files.look_at(item.attachments, self._looked_at, self)

    def ask_files(self) -> None:
        """Ask for files and attach copies of them."""
        chosen = messages.open_any(self, _("Attach files"))
        item, files = self._record(), self.files
        if chosen and item is not None and files is not None:
            files.keep(chosen, lambda kept: self._attach(item.id, kept))

    def _attach(self, item_id: str, kept: Kept) -> None:
        item = self._session.analysis.evidence.get(item_id)
        added = [entry for entry in kept.results if isinstance(entry, Attachment)]
        if item is not None and added:
            known = {entry.path for entry in item.attachments}
            entries = (*item.attachments, *(entry for entry in added if entry.path not in known))
            self._session.execute(capture.attach(self._session.analysis, item_id, entries))
        if kept.problems:
            self._session.notice.emit(" ".join(kept.problems))

    def _looked_at(self, states: Mapping[str, FileState]) -> None:
        self._states = dict(states)
        item = self._record()
        if item is not None:
            self._fill(item)

    def _fill(self, item: EvidenceItem) -> None:
        take_all(self._column)
        for attachment in item.attachments:
            row = _Row(attachment, self._states.get(attachment.path), removable=not self._session.read_only)
            row.open_button.clicked.connect(lambda _on=False, entry=attachment: self._open(entry))
            row.folder_button.clicked.connect(lambda _on=False, entry=attachment: self._show_in_folder(entry))
            row.remove_button.clicked.connect(lambda _on=False, entry=attachment: self._remove(entry))
            self._column.addWidget(row)
            row.show()
        self._rows.setVisible(bool(item.attachments))
        self._rows.updateGeometry()

    def _open(self, attachment: Attachment) -> None:
        if self.files is not None:
            self._say(self.files.open(attachment))

    def _show_in_folder(self, attachment: Attachment) -> None:
        if self.files is not None:
            self._say(self.files.show_in_folder(attachment))

    def _remove(self, attachment: Attachment) -> None:
        item = self._record()
        if item is not None:
            rest = [entry for entry in item.attachments if entry != attachment]
            self._session.execute(capture.attach(self._session.analysis, item.id, rest))
            text = _("“{name}” is no longer attached; the file itself stays where it is.")
            self._say(text.format(name=_name(attachment)))

    def _say(self, sentence: str) -> None:
        if sentence:
            self._session.notice.emit(sentence)


class _Row(QWidget):
    """One file: its name to open it, its size and state, its folder, and to take it away."""

    def __init__(self, attachment: Attachment, state: FileState | None, *, removable: bool) -> None:
        super().__init__()
        name = shown(_name(attachment))
        about = _about(attachment, state)
        self.open_button = RowButton(name, about)
        named(self.open_button, _("Open {file}, {about}").format(file=name, about=about))
        explain(self.open_button, attachment.path)
        self.open_button.setEnabled(state not in (FileState.MISSING, FileState.REFUSED))
        self.folder_button = _tool("…", _("Show {file} in its folder").format(file=name))
        self.folder_button.setEnabled(self.open_button.isEnabled())
        self.remove_button = _tool("×", _("Take {file} away from this item").format(file=name))
        self.remove_button.setVisible(removable)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(self.open_button, 1)
        line.addWidget(self.folder_button)
        line.addWidget(self.remove_button)


def _name(attachment: Attachment) -> str:
    return PurePosixPath(attachment.path).name or attachment.path


def _about(attachment: Attachment, state: FileState | None) -> str:
    size = QLocale().formattedDataSize(attachment.size, 1, QLocale.DataSizeFormat.DataSizeTraditionalFormat)
    return size if state is None else _("{size} · {state}").format(size=size, state=_state_word(state))


def _state_word(state: FileState) -> str:
    return {
        FileState.PRESENT: _("there, as attached"),
        FileState.MISSING: _("missing"),
        FileState.CHANGED: _("changed since it was attached"),
        FileState.REFUSED: _("not opened: its path leads elsewhere"),
    }[state]


def _tool(sign: str, name: str) -> QToolButton:
    button = named(QToolButton(), name, name)
    button.setText(sign)
    button.setAutoRaise(True)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button
