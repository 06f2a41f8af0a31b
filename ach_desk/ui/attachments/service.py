"""What the window does with attached files: look at their state, keep new ones, open one on request."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject

from ach_desk.i18n import _
from ach_desk.model import Attachment
from ach_desk.storage import attachments as files
from ach_desk.storage.errors import StorageError
from ach_desk.ui.background import Background, Cancel

if TYPE_CHECKING:
    from ach_desk.storage.attachments import FileState, Home

Wanted = Path | tuple[str, bytes | Callable[[], bytes]]
"""A file to copy, or a name with the content, which may still have to be made (away from the window)."""


class Kept(NamedTuple):
    """What was kept of each wanted file, in order: the attachment, or in a sentence why not."""

    results: tuple[Attachment | str, ...]

    @property
    def problems(self) -> list[str]:
        """Return why files were not kept."""
        return [entry for entry in self.results if isinstance(entry, str)]


class AttachedFiles(QObject):
    """The door to the files of one document. `home` says where they are at the moment; None: there is no place yet."""

    def __init__(self, home: Callable[[], Home | None], background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._home, self._background = home, background

    @property
    def home(self) -> Home | None:
        """Return where the files are."""
        return self._home()

    def look_at(
        self, attachments: Sequence[Attachment], answer: Callable[[Mapping[str, FileState]], None], owner: QObject
    ) -> None:
        """Call `answer` with path -> state once the files were compared, away from the window."""
        home = self._home()
        if home is not None and attachments:
            self._background.run(partial(_states_job, home, tuple(attachments)), answer, owner=owner)

    def keep(self, wanted: Sequence[Wanted], done: Callable[[Kept], None]) -> None:
        """Copy files beside the analysis, away from the window, and call `done` with what became of each."""
        home = self._home()
        if home is None:
            done(Kept(tuple(_("There is no place for attached files.") for _one in wanted)))
            return
        self._background.run(
            partial(_keep_job, home, tuple(wanted)), partial(self._kept, home, done), owner=self, must_finish=True
        )

    def _kept(self, home: Home, done: Callable[[Kept], None], kept: Kept) -> None:
        """Bring what was kept to where the analysis was saved meanwhile."""
        present = self._home()
        if present is not None and present != home:
            try:
                files.carry([entry.path for entry in kept.results if isinstance(entry, Attachment)], home, present)
            except StorageError as error:
                kept = Kept(tuple(str(error) for _one in kept.results))
        done(kept)

    def open(self, attachment: Attachment) -> str:
        """Have the system open an attached file; return in a sentence why not, "" when it was handed over."""
        try:
            place = self._place(attachment)
        except files.AttachmentRefused as error:
            return str(error)
        if place is None:
            return _("“{path}” is not there any more.").format(path=attachment.path)
        return files.refusal_to_open(place) or _hand_over(place)

    def show_in_folder(self, attachment: Attachment) -> str:
        """Have the system show the folder of an attached file; return in a sentence why not."""
        try:
            place = self._place(attachment)
        except files.AttachmentRefused as error:
            return str(error)
        if place is None:
            return _("“{path}” is not there any more.").format(path=attachment.path)
        return _hand_over(place.parent)

    def _place(self, attachment: Attachment) -> Path | None:
        home = self._home()
        return None if home is None else files.locate(home, attachment.path)


def _hand_over(place: Path) -> str:
    from PySide6.QtCore import QUrl
    from PySide6.QtGui import QDesktopServices

    url = QUrl.fromLocalFile(str(place))
    if url.isValid() and QDesktopServices.openUrl(url):
        return ""
    return _("The system has no program that opens it.")


def _states_job(home: Home, attachments: tuple[Attachment, ...], cancel: Cancel) -> dict[str, FileState]:
    return {entry.path: files.state_of(home, entry) for entry in attachments if not cancel}


def _keep_job(home: Home, wanted: tuple[Wanted, ...], _cancel: Cancel) -> Kept:
    return Kept(tuple(_kept_one(home, one) for one in wanted))


def _kept_one(home: Home, wanted: Wanted) -> Attachment | str:
    try:
        if isinstance(wanted, Path):
            return files.keep_file(home, wanted)
        name, content = wanted
        return files.keep_bytes(home, name, content if isinstance(content, bytes) else content())
    except StorageError as error:
        return str(error)
