"""The dialog of handing out: for whom, in which folder, in the same order or not."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialogButtonBox, QHBoxLayout, QLineEdit, QPlainTextEdit, QPushButton

from ach_desk.commands.handing_out import analyst_named, files_given, hand_out, once_each
from ach_desk.i18n import _, join_some, ngettext
from ach_desk.model import Analysis
from ach_desk.scoring.table import shown_records
from ach_desk.storage.attachments import DOCUMENT_SUFFIX, Home
from ach_desk.storage.errors import StorageError
from ach_desk.storage.together import hand_out_paths, new_seed, write_hand_outs
from ach_desk.ui import messages
from ach_desk.ui.text import single_line
from ach_desk.ui.widgets.dialog import PlainDialog
from ach_desk.ui.widgets.labels import STEP, caption, named, plain

if TYPE_CHECKING:
    from ach_desk.ui.window import AnalysisWindow

_WIDTH = 70 * STEP
_LINES = 5
_MOST_NAMED = 3


class HandOutDialog(PlainDialog):
    """Names, a folder, and a switch; the files are written away from the window."""

    def __init__(self, window: AnalysisWindow) -> None:
        super().__init__(_("Hand out"), window, _WIDTH)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._window = window
        self._files = files_given(window.session.analysis, window.session.matrix)
        self.column.addWidget(plain(self._what(), strong=True))
        self.names = QPlainTextEdit("\n".join(self._others()))
        self.names.setPlaceholderText(_("One name a line"))
        self.names.setTabChangesFocus(True)
        self.names.setFixedHeight(_LINES * self.fontMetrics().lineSpacing() + 2 * STEP)
        self.folder = QLineEdit(self._suggested_folder())
        self.choose = named(QPushButton(_("C&hoose ...")), _("Choose the folder"))
        self.choose.setAutoDefault(False)
        self.shuffle = QCheckBox(_("Another order of items and hypotheses for &each"))
        self.with_files = QCheckBox(self._files_words())
        self._lay_out()
        self.give = self.buttons.addButton(_("Hand out"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.give.setAccessibleName(_("Hand out"))
        self.give.setDefault(True)
        close = self.buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setText(_("Cancel"))
        close.setAccessibleName(_("Cancel"))
        self.buttons.accepted.connect(self._give)
        self.choose.clicked.connect(self._choose)
        self.names.textChanged.connect(self._count)
        self.folder.textChanged.connect(self._count)
        self._count()
        self.names.setFocus()
        self.fit()

    def _lay_out(self) -> None:
        place = QHBoxLayout()
        place.setSpacing(STEP)
        place.addWidget(self.folder, 1)
        place.addWidget(self.choose)
        self.column.addWidget(caption(_("For &whom, one name a line"), self.names))
        self.column.addWidget(self.names)
        self.column.addWidget(caption(_("&Folder"), self.folder))
        self.column.addLayout(place)
        self.column.addWidget(self.shuffle)
        self.with_files.setVisible(bool(self._files))
        self.column.addWidget(self.with_files)
        for text in (
            _(
                "Everybody gets a file of their own with these hypotheses and items and their sources. Ratings, "
                "conclusion, notes and history stay here, and so does what was set aside or rejected."
            ),
            _(
                "A file is no safe: whoever has it can read all that is in it. What keeps people's ratings apart is "
                "that they are in separate files until you collect them."
            ),
        ):
            self.column.addWidget(plain(text, muted=True))

    def _what(self) -> str:
        session = self._window.session
        items, hypotheses = shown_records(session.analysis, session.matrix)
        counts = sum(entry.is_counted for entry in items), sum(entry.is_active for entry in hypotheses)
        return _("{matrix}: {hypotheses}, {items}").format(
            matrix=single_line(session.matrix.name) or _("Matrix"),
            hypotheses=ngettext("{count} hypothesis", "{count} hypotheses", counts[1]).format(count=counts[1]),
            items=ngettext("{count} item", "{count} items", counts[0]).format(count=counts[0]),
        )

    def _others(self) -> list[str]:
        session = self._window.session
        return [single_line(entry.name) for key, entry in session.analysis.analysts.items() if key != session.analyst]

    def _suggested_folder(self) -> str:
        path = self._window.document.path
        return str(path.parent / _("Handed out")) if path is not None else ""

    @property
    def wanted(self) -> list[str]:
        """Return the names, each once, in their order."""
        return once_each(self.names.toPlainText().splitlines())

    def _count(self) -> None:
        count = len(self.wanted)
        text = ngettext("Hand out {count} file", "Hand out {count} files", count) if count else _("Hand out")
        self.give.setText(text.format(count=count))
        self.give.setAccessibleName(self.give.text())
        self.give.setEnabled(bool(count and self.folder.text().strip()))

    def _choose(self) -> None:
        folder = messages.choose_folder(self, _("Folder for the files"), self.folder.text())
        if folder is not None:
            self.folder.setText(str(folder))

    def _give(self) -> None:
        window = self._window
        title = window.document.title.removesuffix(DOCUMENT_SUFFIX)
        folder = Path(self.folder.text().strip()).expanduser()
        home = (window.document.home or Home(folder, "")) if self.with_files.isChecked() else None
        paths = hand_out_paths(folder, title, self.wanted, packed=home is not None)
        seed = new_seed() if self.shuffle.isChecked() else None
        session = window.session
        self.give.setEnabled(False)
        window.background.run(
            partial(_write_job, session.snapshot(), session.matrix.id, paths, self.wanted, seed, home),
            partial(self._given, paths),
            self._failed,
            owner=self,
            must_finish=True,
        )

    def _files_words(self) -> str:
        text = ngettext(
            "With the {count} &attached file, packed as one archive each",
            "With the {count} &attached files, packed as one archive each",
            self._files,
        )
        return text.format(count=self._files)

    def _given(self, paths: list[Path], missing: tuple[str, ...]) -> None:
        text = ngettext(
            "{count} file was written into {folder}.", "{count} files were written into {folder}.", len(paths)
        )
        said = text.format(count=len(paths), folder=paths[0].parent)
        if missing:
            names = join_some(missing[:_MOST_NAMED], _MOST_NAMED, len(missing))
            said = f"{said} {_('Attached, but not there: {names}.').format(names=names)}"
        self._window.show_message(said)
        self.accept()

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, StorageError):
            raise error
        self._count()
        messages.tell(self, error.sentence)


def _write_job(
    analysis: Analysis,
    matrix: str,
    paths: list[Path],
    names: list[str],
    seed: int | None,
    home: Home | None,
    _cancel: object,
) -> tuple[str, ...]:
    given, with_files = analysis.matrix(matrix), home is not None
    made = [
        hand_out(analysis, given, analyst_named(analysis, name), seed=seed, with_files=with_files) for name in names
    ]
    return write_hand_outs(list(zip(paths, made, strict=True)), overwrite=False, home=home)
