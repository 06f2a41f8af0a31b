"""One analysis and its file: saving in the background, the lock, the recovery journal, what changed on disk."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QObject, Signal

from ach_desk.commands import snapshots
from ach_desk.i18n import _, ngettext
from ach_desk.model import Analysis, Snapshot
from ach_desk.storage import attachments
from ach_desk.storage.codec import encode
from ach_desk.storage.errors import SaveFailed, StorageError
from ach_desk.storage.files import Fingerprint, OpenedFile, read_document, write_document
from ach_desk.storage.lock import Lock, acquire, holder_of
from ach_desk.ui.attachments.service import AttachedFiles
from ach_desk.ui.background import Background, Cancel, Ticket
from ach_desk.ui.session import Session
from ach_desk.ui.settings import SettingsStore, state_dir

if TYPE_CHECKING:
    from ach_desk.commands import Command
    from ach_desk.storage.attachments import Home
    from ach_desk.storage.recovery import Journal

Finished = Callable[[bool], None]
"""Called with whether the save succeeded; once more when it is tried again after a failure."""

_PATIENCE_SECONDS = 5.0


class Document(QObject):
    """A session with its file. `changed()` when title, path or state changed; `message(str)` for the status bar.

    save_failed(error, retry): the window asks what to do; the analysis stays open and unsaved.
    """

    changed = Signal()
    message = Signal(str)
    save_failed = Signal(object, object)
    close_requested = Signal()

    def __init__(
        self, analysis: Analysis, background: Background, store: SettingsStore, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.session = Session(analysis, self)
        self.path: Path | None = None
        self.suggested_name = ""
        self.is_newer = False
        self._notes: dict[str, str] = {}
        self._background = background
        self._store = store
        self._fingerprint: Fingerprint | None = None
        self._lock: Lock | None = None
        self._journal: Journal | None = None
        self._held_name = ""
        self._home: Home | None = None
        self.session.files = AttachedFiles(lambda: self.home, background, self)
        self._edits = 0
        self._saving: Ticket | None = None
        self._waiting: list[Finished] = []
        self.session.recorded.connect(self._record)

    @property
    def title(self) -> str:
        """Return the name of the file, or of an analysis that has none yet."""
        if self.path is not None:
            return self.path.name
        return self.suggested_name or self.session.analysis.question[:60] or _("Untitled")

    @property
    def state_note(self) -> str:
        """Return in a sentence why the document is read-only or unprotected; "" when it is neither."""
        return " ".join(self._notes.values())

    @property
    def home(self) -> Home | None:
        """Return where attached files are: beside the file, or kept with the journal as long as there is no file."""
        if self.path is not None:
            return attachments.home_of(self.path)
        if self._journal is None:
            return self._home
        # Under one name from the first one on, although the title may change.
        if not self._held_name:
            title = self.title.removesuffix(attachments.DOCUMENT_SUFFIX)
            self._held_name = attachments.document_name(title) + attachments.FILES_SUFFIX
        return attachments.Home(self._journal.files, self._held_name)

    @property
    def is_saving(self) -> bool:
        """Return whether a save is under way."""
        return self._saving is not None

    def adopt(self, opened: OpenedFile, lock: Lock | None, notes: dict[str, str]) -> None:
        """Take over what was read from a file: its place, its fingerprint and its lock (None: without one).

        `notes` say in sentences what is particular; with a "read_only" among them edits are refused.
        """
        self.path = opened.path
        self._fingerprint = opened.fingerprint
        self._lock = lock
        self._notes = notes
        self.session.read_only = "read_only" in notes
        self.changed.emit()

    def begin_untitled(self, *, dirty: bool) -> None:
        """Start as an analysis without a file; `dirty` when it already holds something worth asking about."""
        self._journal = self._journal_upon(self.session.analysis)
        if dirty:
            self.session.history.stack.resetClean()
            from ach_desk.commands import Composite

            # A journal comes into being with its first entry; this one is to hold its base from now on.
            self._journal.append({"do": Composite(commands=()).to_json()})
        self.changed.emit()

    @property
    def is_earlier(self) -> bool:
        """Return whether this is an earlier state of an analysis, only to be looked at."""
        return bool(self.session.as_of)

    def begin_earlier(self, title: str, as_of: str, home: Home | None = None) -> None:
        """Start as an earlier state of an analysis, to be looked at: without a file, a lock, a journal, or edits.

        `as_of` says so in a sentence, in the window, in pictures and on paper. `home` is where its files are.
        """
        self._home = home
        self.suggested_name = title
        self.session.as_of = as_of
        self.session.read_only = True
        self.changed.emit()

    def keep_snapshot(self, snapshot: Snapshot) -> None:
        """Note that a state was printed or exported; it is written with the next save, for which it asks at closing.

        An example that was only looked at, without a file and without an edit, does not ask to be saved for it.
        """
        session = self.session
        unsaved = self.path is not None or session.is_dirty
        session.keep_record(snapshots.keep(session.analysis, snapshot), unsaved=unsaved)

    def save(self, finished: Finished | None = None) -> None:
        """Save to the file it has; refused with a sentence when there is none to write or it is read-only."""
        if self.path is None or self.session.read_only:
            raise ValueError("this document needs a file name first")
        self._write(self.path, self._fingerprint, finished, partial(self.save, finished), overwrite=False)

    def save_over(self, finished: Finished | None = None) -> None:
        """Save although the file on disk is not the one that was opened; only after the person said so."""
        if self.path is None:
            raise ValueError("this document needs a file name first")
        self._write(self.path, None, finished, partial(self.save_over, finished), overwrite=True)

    def save_as(self, path: Path, finished: Finished | None = None) -> None:
        """Save under another name and go on with that file."""
        retry = partial(self.save_as, path, finished)
        if self._is_busy(finished):
            return
        held = acquire(path)
        if held.lock is None and held.holder is not None:
            _tell(finished, False)
            self.save_failed.emit(SaveFailed(held.sentence), retry)
            return
        self._write(path, None, partial(self._moved_to, held.lock, finished), retry, overwrite=True)

    def after_save(self, then: Finished) -> None:
        """Call `then` once, with whether it succeeded, when the save that is under way is done."""
        self._waiting.append(then)

    def save_copy(self, path: Path) -> None:
        """Write a copy and go on with the present file; the copy has nothing to do with unsaved edits.

        A file that is open somewhere is not written over: whoever has it open would lose what is in it.
        """
        holder = holder_of(path)
        if holder is not None:
            text = _("{file} was not written: it is open by {holder}. Close it there, or choose another name.")
            sentence = text.format(file=path, holder=holder.described())
            self.save_failed.emit(SaveFailed(sentence), lambda: self.save_copy(path))
            return
        snapshot = self.session.snapshot()
        self._background.run(
            partial(_write_job, path, snapshot, None, False, True, self._carrying(path, snapshot)),
            lambda written: self._say_saved(_("Copy saved as {path}.").format(path=path), written),
            lambda error: self._failed(error, lambda: self.save_copy(path)),
            owner=self,
            must_finish=True,
        )

    def revert(self) -> None:
        """Go back to what is in the file; raises UnreadableFile and leaves everything as it is when that cannot be."""
        if self.path is None:
            return
        opened = read_document(self.path)
        self._fingerprint = opened.fingerprint
        self._edits += 1
        self.session.replace_analysis(opened.loaded.analysis, dirty=False)
        if self._journal is not None:
            self._journal.rebase(opened.fingerprint, self.path, self._journal.mark())
        self.changed.emit()

    def recover(self, analysis: Analysis, base: Analysis | None, entries: list[dict[str, Any]]) -> bool:
        """Show the analysis that a crash left: `base` (None: the file) with the journal's `entries`, unsaved.

        The entries go into a journal of this process, upon the same base. Return whether they are safe there.
        """
        self._edits += 1
        self.session.replace_analysis(analysis, dirty=True)
        if self._journal is not None:
            self._journal.discard()
        self._journal = self._journal_of_file() if base is None else self._journal_upon(base)
        for entry in entries:
            self._journal.append(entry)
        self.changed.emit()
        return self._journal.flush(_PATIENCE_SECONDS)

    def close(self) -> None:
        """Let go of lock and journal; the caller has settled what happens to unsaved edits."""
        if self._saving is not None:
            self._saving.cancel.set()
            self._saving = None
        if self._journal is not None:
            self._journal.discard()
            self._journal = None
        self._fingerprint = None  # what is edited in passing while the window goes belongs into no journal
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def _is_busy(self, finished: Finished | None) -> bool:
        if self._saving is not None:
            self.message.emit(_("A save is still under way."))
            _tell(finished, False)
        return self._saving is not None

    def _write(
        self,
        path: Path,
        expected: Fingerprint | None,
        finished: Finished | None,
        retry: Callable[[], None],
        *,
        overwrite: bool,
    ) -> None:
        if self._is_busy(finished):
            return
        mark = self._journal.mark() if self._journal is not None else 0
        keep_backup = self._store.settings.keep_backup
        snapshot = self.session.analysis.snapshot()
        self._saving = self._background.run(
            partial(_write_job, path, snapshot, expected, keep_backup, overwrite, self._carrying(path, snapshot)),
            partial(self._saved, path, self._edits, mark, finished),
            partial(self._not_saved, finished, retry),
            owner=self,
        )

    def _carrying(self, path: Path, snapshot: Analysis) -> Carrying | None:
        """Return what a save at `path` has to bring along; None where the files are there already."""
        old, new = self.home, attachments.home_of(path)
        if old is None or old == new:
            return None
        held = attachments.files_in(old.folder) if self.path is None and self._journal is not None else []
        return Carrying((*attachments.attachments_of(snapshot), *held), old, new)

    def _saved(self, path: Path, edits: int, mark: int, finished: Finished | None, written: Written) -> None:
        self._saving = None
        held = self.home if self.path is None else None
        self.path = path
        self._fingerprint = fingerprint = written.fingerprint
        if edits == self._edits:
            self.session.mark_saved()
        else:
            self.session.history.stack.resetClean()
        if self._journal is not None:
            self._journal.rebase(fingerprint, path, mark)
        self._let_go_of(held)
        self._store.remember_file(path)
        self._say_saved(_("Saved {path}.").format(path=path), written)
        self.changed.emit()
        _tell(finished, True)
        self._tell_waiting(True)

    def _let_go_of(self, held: Home | None) -> None:
        """Clear the place where files were kept until there was a file; what came while it was saved is brought along.

        A disk that is full just now leaves all of it where it is; nothing is missing then but at its new place. The
        place goes after the journal has let go of it: dying in between must not leave edits without their files.
        """
        if held is None or self.path is None or self._journal is None:
            return
        try:
            attachments.carry(attachments.files_in(held.folder), held, attachments.home_of(self.path))
        except StorageError as error:
            self.message.emit(str(error))
        else:
            if self._journal.flush(_PATIENCE_SECONDS):
                shutil.rmtree(held.folder, ignore_errors=True)

    def _say_saved(self, sentence: str, written: Written) -> None:
        count = len(written.missing)
        if count:
            text = ngettext(
                "{saved} {count} attached file is missing and did not come along: {name}",
                "{saved} {count} attached files are missing and did not come along: {name} …",
                count,
            )
            sentence = text.format(saved=sentence, count=count, name=written.missing[0])
        self.message.emit(sentence)

    def copy_files(self, original: Home) -> None:
        """Copy the attached files of the analysis that this one is a copy of; raises StorageError."""
        home = self.home
        if home is not None:
            attachments.carry(attachments.attachments_of(self.session.analysis), original, home)

    def adopt_files(self, folder: Path) -> None:
        """Take over the files that a crash left in `folder`; raises StorageError where they cannot be copied."""
        home = self.home
        if home is not None:
            attachments.carry(attachments.files_in(folder), attachments.Home(folder, ""), home)

    def _not_saved(self, finished: Finished | None, retry: Callable[[], None], error: Exception) -> None:
        self._saving = None
        _tell(finished, False)
        self._tell_waiting(False)
        self._failed(error, retry)

    def _tell_waiting(self, succeeded: bool) -> None:
        waiting, self._waiting = self._waiting, []
        for then in waiting:
            then(succeeded)

    def _failed(self, error: Exception, retry: Callable[[], None]) -> None:
        if not isinstance(error, StorageError):
            raise error
        self.save_failed.emit(error, retry)

    def _moved_to(self, lock: Lock | None, finished: Finished | None, succeeded: bool) -> None:
        if succeeded:
            if self._lock is not None:
                self._lock.release()
            self._lock = lock
            self._notes = {}
            self.session.read_only = False
            self.changed.emit()
        elif lock is not None:
            lock.release()
        _tell(finished, succeeded)

    def _journal_of_file(self) -> Journal:
        if self.path is None or self._fingerprint is None:
            raise ValueError("this document has no file")
        from ach_desk.storage.recovery import Journal

        return Journal.for_file(state_dir(), self.path, self._fingerprint, on_error=self._journal_failed)

    def _journal_upon(self, base: Analysis) -> Journal:
        from ach_desk.storage.recovery import Journal

        return Journal.untitled(state_dir(), encode(base), on_error=self._journal_failed, path=self.path)

    def _record(self, how: str, command: Command | None) -> None:
        if how != "draft":
            self._edits += 1
        if self._journal is None and self._fingerprint is not None:  # the first edit upon a file
            self._journal = self._journal_of_file()
        if self._journal is not None:
            self._journal.append({how: None if command is None else command.to_json()})

    def _journal_failed(self, sentence: str) -> None:
        self.message.emit(sentence)


def _tell(finished: Finished | None, succeeded: bool) -> None:
    if finished is not None:
        finished(succeeded)


class Carrying(NamedTuple):
    """Files to bring along, and from where to where."""

    paths: tuple[str, ...]
    old: Home
    new: Home


class Written(NamedTuple):
    """What is on the disk now, and which attached files did not come along."""

    fingerprint: Fingerprint
    missing: list[str]


def _write_job(
    path: Path,
    snapshot: Analysis,
    expected: Fingerprint | None,
    keep_backup: bool,
    overwrite: bool,
    carrying: Carrying | None,
    _cancel: Cancel,
) -> Written:
    # The files first: an analysis on the disk never names one that is still on its way.
    missing = attachments.carry(carrying.paths, carrying.old, carrying.new) if carrying is not None else []
    return Written(
        write_document(path, snapshot, expected=expected, keep_backup=keep_backup, overwrite=overwrite), missing
    )
