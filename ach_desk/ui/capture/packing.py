"""Packing an analysis with its files into one archive to hand over, and opening one into a folder of its own."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ach_desk.i18n import _, join_some, ngettext
from ach_desk.model import Analysis
from ach_desk.storage.attachments import ARCHIVE_SUFFIX, DOCUMENT_SUFFIX, Home, document_name
from ach_desk.storage.errors import StorageError
from ach_desk.ui import messages
from ach_desk.ui.actions import ActionSpec

if TYPE_CHECKING:
    from ach_desk.storage.archive import Packed, Unpacked
    from ach_desk.ui.application import Desktop
    from ach_desk.ui.window import AnalysisWindow

_MOST_NAMED = 3


class Packing(QObject):
    """The action "Pack with attachments" of one window."""

    def __init__(self, window: AnalysisWindow) -> None:
        super().__init__(window)
        self._window = window

    def action_specs(self) -> list[ActionSpec]:
        """Return the action, for the menu "file"."""
        document = self._window.document
        return [
            ActionSpec(
                "pack",
                "file",
                _("Pac&k with attachments ..."),
                self.ask,
                enabled=lambda: not document.is_newer,
            )
        ]

    def ask(self) -> None:
        """Ask for the name of the archive and write it, as the analysis stands, saved or not."""
        window = self._window
        window.flush()
        title = window.document.title.removesuffix(DOCUMENT_SUFFIX)
        name = document_name(title)
        folder = window.document.path.parent if window.document.path is not None else Path()
        filters = _("Packed analyses (*.ach.zip)")
        path = messages.save_file(window, _("Pack with attachments"), str(folder / (name + ARCHIVE_SUFFIX)), filters)
        if path is not None:
            self.pack(path)

    def pack(self, path: Path) -> None:
        """Write the archive away from the window; the person agreed to replace one that is there."""
        from ach_desk.storage.archive import name_in

        window = self._window
        home = window.document.home or Home(path.parent, "")
        window.background.run(
            partial(_pack_job, path, name_in(path), window.session.snapshot(), home),
            partial(self._packed, path),
            self._failed,
            owner=self,
            must_finish=True,
        )

    def _packed(self, path: Path, packed: Packed) -> None:
        text = ngettext(
            "{file} was packed with {count} attached file.",
            "{file} was packed with {count} attached files.",
            packed.files,
        ).format(file=path.name, count=packed.files)
        missing = len(packed.missing)
        if missing:
            more = ngettext("{count} is missing: {names}", "{count} are missing: {names}", missing)
            names = join_some(packed.missing[:_MOST_NAMED], _MOST_NAMED, missing)
            text = f"{text} {more.format(count=missing, names=names)}"
        self._window.show_message(text)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, StorageError):
            raise error
        messages.tell(self._window, str(error))


def _pack_job(path: Path, name: str, analysis: Analysis, home: Home, _cancel: object) -> Packed:
    from ach_desk.storage.archive import pack

    return pack(path, name, analysis, home, overwrite=True)


def open_packed(desktop: Desktop, archive: Path) -> None:
    """Ask where to unpack an archive, unpack it into a new folder there, and open the analysis."""
    from ach_desk.storage.archive import free_folder, name_in, unpack

    parent = desktop.app.activeWindow()
    title = _("Folder in which {name} is unpacked").format(name=archive.name)
    chosen = messages.choose_folder(parent, title, str(archive.parent))
    if chosen is None:
        return
    folder = free_folder(chosen, name_in(archive))
    desktop.background.run(
        lambda _cancel: unpack(archive, folder), partial(_unpacked, desktop, archive), partial(_not_unpacked, desktop)
    )


def _unpacked(desktop: Desktop, archive: Path, unpacked: Unpacked) -> None:
    desktop.opener.open(unpacked.document, at_once=True)
    window = desktop.window_of(unpacked.document)
    if window is None:
        return
    text = _("{archive} was unpacked into {folder}.").format(archive=archive.name, folder=unpacked.document.parent)
    if unpacked.left_out:
        names = join_some(unpacked.left_out[:_MOST_NAMED], _MOST_NAMED, len(unpacked.left_out))
        text += " " + _("Left out, because the analysis does not name it: {names}.").format(names=names)
    window.show_message(text)


def _not_unpacked(desktop: Desktop, error: Exception) -> None:
    if not isinstance(error, StorageError):
        raise error
    messages.tell(desktop.app.activeWindow(), str(error))
    if not desktop.windows:
        desktop.show_start()
