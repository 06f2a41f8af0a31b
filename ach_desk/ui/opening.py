"""Opening files: reading in the background, the lock and its holder, newer versions, and what a crash left behind."""

from __future__ import annotations

import logging
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ach_desk.commands import trail
from ach_desk.i18n import _, ngettext
from ach_desk.model import Analysis
from ach_desk.model.method_settings import settings_of_new
from ach_desk.storage import attachments
from ach_desk.storage.errors import NotAnAnalysis, StorageError
from ach_desk.storage.files import OpenedFile, read_document
from ach_desk.storage.lock import Lock, LockResult, LockStatus, acquire
from ach_desk.ui import messages
from ach_desk.ui.document import Document
from ach_desk.ui.settings import state_dir
from ach_desk.ui.windows import is_foreign, is_packed, is_sheet, raise_window

if TYPE_CHECKING:
    from ach_desk.storage.recovery import Recoverable
    from ach_desk.ui.application import Desktop

log = logging.getLogger(__name__)


class Opener(QObject):
    """Opens files for a `Desktop`."""

    def __init__(self, desktop: Desktop) -> None:
        super().__init__(desktop)
        self._desktop = desktop
        self._under_way: set[Path] = set()

    def open(self, path: Path, *, at_once: bool = False) -> None:
        """Open the file in a window of its own, or bring the window that shows it to the front.

        A spreadsheet opens the dialog that imports it, a file of another program becomes a new analysis.
        `at_once` reads it before returning: at start nothing else waits for the window.
        """
        path = path.absolute()
        if is_packed(path):
            from ach_desk.ui.capture.packing import open_packed

            open_packed(self._desktop, path)
            return
        if is_sheet(path):
            from ach_desk.ui.sheets.actions import import_sheet

            import_sheet(self._desktop, path)
            return
        if is_foreign(path):
            from ach_desk.ui.exchange.incoming import open_foreign

            open_foreign(self._desktop, path)
            return
        present = self._desktop.window_of(path)
        if present is not None:
            raise_window(present)
        elif at_once:
            try:
                opened = read_document(path)
            except StorageError as error:
                self._not_opened(path, error)
            else:
                self._opened(path, opened)
        elif path not in self._under_way:
            self._under_way.add(path)
            self._desktop.background.run(
                lambda _cancel: read_document(path), partial(self._opened, path), partial(self._not_opened, path)
            )

    def open_as_copy(self, path: Path, *, as_new: bool = False) -> None:
        """Open a seed as an analysis without a file, so that the seed stays as it is.

        as_new: whoever opens it makes it theirs from the first rating on, so that it goes by what new analyses go by.
        """
        try:
            opened = read_document(path)
        except StorageError as error:
            messages.tell(self._desktop.app.activeWindow(), str(error))
            return
        if as_new:
            for matrix in opened.loaded.analysis.matrices:
                matrix.method_settings = settings_of_new()
        name = path.name.removesuffix(messages.ANALYSIS_SUFFIX)
        window = self._desktop.open_untitled(opened.loaded.analysis, dirty=False, suggested_name=name)
        try:
            window.document.copy_files(attachments.home_of(path))
        except StorageError as error:
            window.show_message(str(error))

    def offer_recovery(self) -> None:
        """Offer the edits that a crash left in journals; what cannot be applied is moved aside and said once."""
        from ach_desk.storage.recovery import find_recoverable

        for found in find_recoverable(state_dir()):
            try:
                self._offer(found)
            except StorageError as error:
                messages.tell(None, str(error))

    def _opened(self, path: Path, opened: OpenedFile) -> None:
        self._under_way.discard(path)
        present = self._desktop.window_of(path)
        if present is not None:  # opened meanwhile, by another name of the same file
            raise_window(present)
            return
        settled = self._lock_for(path, opened)
        if settled is None:
            return
        lock, notes = settled
        if opened.loaded.newer:
            notes["read_only"] = _(
                "{name} was written by a newer version of ACH Desk and is open read-only: "
                "this version could lose what it does not know. Update the program to edit it."
            ).format(name=path.name)
        document = Document(opened.loaded.analysis, self._desktop.background, self._desktop.store)
        document.adopt(opened, lock, notes)
        document.is_newer = opened.loaded.newer
        window = self._desktop.show_document(document)
        window.first_picture.seen.connect(partial(self._desktop.store.remember_file, path))
        if opened.loaded.problems:
            count = len(opened.loaded.problems)
            text = ngettext("The file has {count} problem: {first}", "The file has {count} problems: {first}", count)
            window.show_message(text.format(count=count, first=opened.loaded.problems[0].text))

    def _not_opened(self, path: Path, error: Exception) -> None:
        self._under_way.discard(path)
        if not isinstance(error, StorageError):
            raise error
        if isinstance(error, NotAnAnalysis) and not path.name.casefold().endswith(messages.ANALYSIS_SUFFIX):
            from ach_desk.ui.exchange.incoming import open_foreign

            open_foreign(self._desktop, path)
            return
        self._desktop.store.forget_file(str(path))
        messages.tell(self._desktop.app.activeWindow(), str(error))
        if not self._desktop.windows:
            self._desktop.show_start()

    def _lock_for(self, path: Path, opened: OpenedFile) -> tuple[Lock | None, dict[str, str]] | None:
        """Return the lock (None: without) and the notes to show; None when the person left it."""
        if not opened.folder_writable:
            return None, {"folder": _("The folder is not writable: there is no lock, and saving needs another place.")}
        result = acquire(path)
        if result.lock is not None:
            notes = {}
            if not opened.writable:
                notes["read_only"] = _("The file is write-protected and open read-only. Save a copy to edit it.")
            return result.lock, notes
        if result.status is LockStatus.UNAVAILABLE:
            return None, {"folder": result.sentence}
        return self._ask_about_holder(path, result)

    def _ask_about_holder(self, path: Path, result: LockResult) -> tuple[Lock | None, dict[str, str]] | None:
        choices = [("read", _("Open read-only")), ("copy", _("Open as a copy"))]
        if result.status is LockStatus.HELD_ELSEWHERE:
            choices.append(("take", _("Take over")))
        choices.append(("cancel", _("Cancel")))
        detail = _("Two people saving one file would overwrite each other.")
        answer = messages.ask(self._desktop.app.activeWindow(), result.sentence, detail, choices, "read")
        if answer == "read":
            return None, {"read_only": _("Open read-only: {reason}").format(reason=result.sentence)}
        if answer == "take":
            taken = acquire(path, take_over=True)
            return taken.lock, {} if taken.lock else {"read_only": taken.sentence}
        if answer == "copy":
            self.open_as_copy(path)
        return None

    def _offer(self, found: Recoverable) -> None:
        name = found.base_path.name if found.base_path is not None else _("an analysis that was not saved yet")
        if not found.base_matches:
            text = _(
                "ACH Desk ended without saving edits of {name}, and the file was changed since. "
                "They were kept in {place}."
            )
            messages.tell(None, text.format(name=name, place=found.move_aside()))
            return
        question = ngettext(
            "ACH Desk ended without saving {count} edit of {name}.",
            "ACH Desk ended without saving {count} edits of {name}.",
            found.entries,
        ).format(count=found.entries, name=name)
        from PySide6.QtCore import QDateTime, QLocale

        moment = QDateTime.fromSecsSinceEpoch(int(found.last_entry.timestamp()))
        detail = _("The last one was made on {time}.").format(time=QLocale().toString(moment))
        choices = [("ok", _("Recover")), ("discard", _("Discard")), ("cancel", _("Decide later"))]
        answer = messages.ask(None, question, detail, choices, "ok")
        if answer == "discard":
            found.remove()
        elif answer == "ok":
            self._recover(found)

    def _recover(self, found: Recoverable) -> None:
        try:
            self._bring_back(found)
        except (StorageError, ValueError, KeyError) as error:
            log.warning("recovery failed: %s", type(error).__name__)
            text = _("The edits could not be brought back. They were kept in {place}.")
            messages.tell(None, text.format(place=found.move_aside()))

    def _bring_back(self, found: Recoverable) -> None:
        recovered = found.read()
        if found.base_path is None:
            if recovered.base is None:
                raise KeyError("base")
            analysis = replayed(recovered.base.snapshot(), recovered.entries)
            window = self._desktop.open_untitled(recovered.base.snapshot(), dirty=False)
        else:
            self.open(found.base_path, at_once=True)
            window = self._desktop.window_of(found.base_path)
            if window is None or window.session.read_only:
                return
            start = recovered.base or window.session.analysis
            analysis = replayed(start.snapshot(), recovered.entries)
        is_safe = window.document.recover(analysis, recovered.base, recovered.entries)
        window.document.adopt_files(found.files)
        if is_safe:
            found.remove()


def replayed(analysis: Analysis, entries: list[dict]) -> Analysis:
    """Return `analysis` with the journal's entries done again; raises ValueError or KeyError for a bad entry.

    A draft is what was being typed; it counts when nothing came after it.
    """
    from ach_desk.commands import command_from_json

    draft = None
    analyst = next(iter(analysis.analysts), "")
    for entry in entries:
        ((how, data),) = entry.items()
        draft = command_from_json(data) if how == "draft" and data is not None else None
        if how in ("do", "undo", "redo"):
            trail.run(analysis, command_from_json(data), how, analyst)
        elif how != "draft":
            raise ValueError(how)
    if draft is not None:
        trail.run(analysis, draft, "do", analyst)
    return analysis
