"""Recovery: every edit is on the disk within a second, and found again after a crash.

A journal is bound to what was on the disk when the edits began: a file by its hash, or, for an analysis without a
file, the whole base document in the journal's header. It lies in the state folder, readable by its owner only.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import queue
import secrets
import shutil
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from ach_desk.i18n import _
from ach_desk.model import Analysis
from ach_desk.storage.codec import decode
from ach_desk.storage.errors import StorageError, UnreadableFile
from ach_desk.storage.files import Fingerprint, open_regular
from ach_desk.storage.journal_file import JournalFile, line_of
from ach_desk.storage.process import ProcessIdentity, ProcessState

FORMAT = "ach-desk-journal"
VERSION = 1
STATE_DIR_VARIABLE = "ACH_DESK_STATE_DIR"
_SUFFIX = ".journal"
_RETRY_SECONDS = 1.0
_SECONDS_OF_A_DAY = 24 * 60 * 60


def state_folder() -> Path:
    """Return the program's state folder: the variable ACH_DESK_STATE_DIR, else the place the system has for it."""
    override = os.environ.get(STATE_DIR_VARIABLE)
    if override:
        return Path(override)
    from platformdirs import user_state_path

    return user_state_path("ach-desk", appauthor=False)


@dataclass(frozen=True)
class _Append:
    entry: dict[str, Any]


@dataclass(frozen=True)
class _Rebase:
    header: Callable[[], bytes]
    keep_after: int


@dataclass(frozen=True)
class _Reach:
    """Set `reached` when everything before it is on the disk."""

    reached: threading.Event


@dataclass(frozen=True)
class _Stop:
    remove: bool


class Journal:
    """The journal of one open document. One thread calls its methods; a thread of its own does the writing.

    `on_error` is called from the writing thread with a sentence when the disk refuses; the entries are kept and tried
    again every second, and it is called once until writing succeeds again. It must not raise.
    """

    def __init__(
        self,
        path: Path | None,
        base: Fingerprint | bytes,
        *,
        state_dir: Path | None = None,
        on_error: Callable[[str], None] | None = None,
    ) -> None:
        folder = (state_dir or state_folder()) / "recovery"
        self._file = JournalFile(folder / f"{secrets.token_hex(8)}{_SUFFIX}", partial(_header, path, base))
        self._on_error = on_error
        self._orders: queue.SimpleQueue[_Append | _Rebase | _Reach | _Stop] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._appended = 0
        self._closed = False

    @classmethod
    def for_file(
        cls,
        state_dir: Path | None,
        path: Path,
        fingerprint: Fingerprint,
        *,
        on_error: Callable[[str], None] | None = None,
    ) -> Journal:
        """Return the journal of a document that is the file `path` with that `fingerprint` and edits upon it."""
        return cls(path, fingerprint, state_dir=state_dir, on_error=on_error)

    @classmethod
    def untitled(
        cls,
        state_dir: Path | None,
        base: bytes,
        *,
        path: Path | None = None,
        on_error: Callable[[str], None] | None = None,
    ) -> Journal:
        """Return the journal of a document that is the encoded analysis `base` and edits upon it.

        `path` is only the name it goes by, when it has one.
        """
        return cls(path, base, state_dir=state_dir, on_error=on_error)

    @property
    def path(self) -> Path:
        """Return where the journal is, or will be once there is an entry."""
        return self._file.path

    @property
    def files(self) -> Path:
        """Return the folder for what is attached to an analysis without a file; it lives as long as the journal."""
        return files_beside(self._file.path)

    def append(self, entry: dict[str, Any]) -> None:
        """Have the entry, plain JSON values, on the disk within a second; returns at once.

        The entry must not be changed afterwards.
        """
        self._appended += 1
        self._order(_Append(entry))

    def mark(self) -> int:
        """Return the number of the last entry, for `rebase`."""
        return self._appended

    def rebase(self, base: Fingerprint | bytes, path: Path | None, keep_after: int) -> None:
        """After a save: bind the journal to what was saved and keep only the entries after the mark `keep_after`."""
        self._order(_Rebase(partial(_header, path, base), keep_after))

    def flush(self, timeout: float | None = None) -> bool:
        """Wait until everything ordered so far is on the disk; return whether it is within `timeout` seconds."""
        reached = threading.Event()
        self._order(_Reach(reached))
        return reached.wait(timeout)

    def discard(self) -> None:
        """Delete the journal and end its thread: the edits are saved or given up. May be called more than once."""
        self._end(remove=True)
        shutil.rmtree(self.files, ignore_errors=True)

    def close(self) -> None:
        """Write what is left, end the thread and leave the journal to be found at the next start."""
        self._end(remove=False)

    def _order(self, order: _Append | _Rebase | _Reach | _Stop) -> None:
        if self._closed:
            raise ValueError("the journal is closed")
        self._orders.put(order)
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="recovery journal", daemon=True)
            self._thread.start()

    def _end(self, *, remove: bool) -> None:
        if self._closed:
            return
        if self._thread is not None:
            self._order(_Stop(remove))
            self._thread.join()
        self._closed = True

    def _run(self) -> None:
        waiting: deque[_Append | _Rebase | _Reach | _Stop] = deque()
        failing = False
        while True:
            self._collect(waiting, failing)
            try:
                stopped = self._carry_out(waiting)
            except OSError as error:
                if not failing and self._on_error is not None:
                    self._on_error(_not_written(self._file.path.parent, error))
                failing = True
                stopped = self._give_up(waiting)
            else:
                failing = False
            if stopped:
                return

    def _collect(self, waiting: deque[_Append | _Rebase | _Reach | _Stop], failing: bool) -> None:
        """Wait for an order (a second at most when some are to be tried again) and take all there are."""
        with contextlib.suppress(queue.Empty):
            waiting.append(self._orders.get(timeout=_RETRY_SECONDS if failing else None))
            while True:
                waiting.append(self._orders.get_nowait())

    def _carry_out(self, waiting: deque[_Append | _Rebase | _Reach | _Stop]) -> bool:
        """Do what is waiting, in order, entries that follow each other in one write; return whether to end."""
        while waiting:
            order = waiting[0]
            if isinstance(order, _Append):
                batch = []
                for following in waiting:
                    if not isinstance(following, _Append):
                        break
                    batch.append(following)
                self._file.append([line_of(following.entry) for following in batch])
                for _written in batch:
                    waiting.popleft()
                continue
            if isinstance(order, _Rebase):
                self._file.rebase(order.header, order.keep_after)
            elif isinstance(order, _Reach):
                order.reached.set()
            elif order.remove:
                self._file.remove()
            else:
                self._file.close()
            waiting.popleft()
            if isinstance(order, _Stop):
                return True
        return False

    def _give_up(self, waiting: deque[_Append | _Rebase | _Reach | _Stop]) -> bool:
        """Return whether the document is being closed, when entries that cannot be written no longer wait."""
        if not waiting or not isinstance(waiting[-1], _Stop):
            return False
        with contextlib.suppress(OSError):
            if waiting[-1].remove:
                self._file.remove()
        self._file.close()
        return True


@dataclass(frozen=True)
class Recovered:
    """What a journal holds. `base` is None when the edits are upon a file; `truncated`: its last part was torn off."""

    base: Analysis | None
    entries: list[dict[str, Any]]
    truncated: bool


@dataclass(frozen=True)
class Recoverable:
    """A journal that a dead process left.

    `base_path` is the file that was edited (None: it had none), `base_matches` whether it is still what the edits
    were made upon, which is always so where the journal holds the base itself. `last_entry` is in UTC.
    """

    path: Path
    base_path: Path | None
    base_matches: bool
    embedded: bool
    last_entry: datetime
    entries: int

    @property
    def files(self) -> Path:
        """Return the folder of what was attached while the analysis had no file; it need not exist."""
        return files_beside(self.path)

    def read(self) -> Recovered:
        """Return the base, where the journal holds it, and the entries; raises UnreadableFile with a sentence."""
        try:
            data = _content(self.path)
            header = _parsed_header(data)
        except (OSError, ValueError) as error:
            raise UnreadableFile(_not_read(self.path, error)) from error
        document = header["base"].get("document")
        base = None if document is None else decode(document.encode("utf-8"), self.path.name).analysis
        entries, truncated = _entries(data)
        return Recovered(base, entries, truncated)

    def move_aside(self) -> Path:
        """Put the journal where it is no longer offered but still kept; return that place. Raises StorageError."""
        aside = self.path.with_suffix(".aside")
        try:
            os.replace(self.path, aside)
        except OSError as error:
            raise StorageError(_not_moved(self.path, error)) from error
        return aside

    def remove(self) -> None:
        """Delete the journal: the edits are saved or given up. Raises StorageError."""
        try:
            self.path.unlink(missing_ok=True)
        except OSError as error:
            raise StorageError(_not_moved(self.path, error)) from error
        shutil.rmtree(self.files, ignore_errors=True)


def find_recoverable(state_dir: Path | None = None) -> list[Recoverable]:
    """Return the journals with entries whose process is dead, the latest first; those without entries are removed.

    A journal whose header cannot be read is put aside, so that nothing is lost and nothing is offered in vain.
    """
    found = []
    folder = (state_dir or state_folder()) / "recovery"
    _clear_files(folder)
    for path in sorted(folder.glob(f"*{_SUFFIX}")):
        try:
            recoverable = _examined(path)
        except FileNotFoundError:  # its process has just ended
            continue
        except (OSError, ValueError):
            with contextlib.suppress(OSError):
                os.replace(path, path.with_suffix(".damaged"))
            continue
        if recoverable is not None:
            found.append(recoverable)
    return sorted(found, key=lambda entry: entry.last_entry, reverse=True)


def files_beside(journal: Path) -> Path:
    """Return the folder for the files of an analysis that has none itself yet, beside its journal."""
    return journal.with_suffix(".files")


def _clear_files(folder: Path) -> None:
    """Delete the folders of files whose journal is gone, put-aside ones included, a day after they were last used."""
    for files in folder.glob("*.files"):
        with contextlib.suppress(OSError):
            kept = any(files.with_suffix(ending).exists() for ending in (_SUFFIX, ".aside", ".damaged"))
            if not kept and time.time() - files.stat().st_mtime > _SECONDS_OF_A_DAY:
                shutil.rmtree(files, ignore_errors=True)


def _examined(path: Path) -> Recoverable | None:
    data = _content(path)
    if b"\n" not in data and time.time() - path.stat().st_mtime < 60:
        return None  # a header that is just being written
    header = _parsed_header(data)
    if ProcessIdentity.from_json(header.get("owner")).state is not ProcessState.DEAD:
        return None
    count = data.count(b"\n") - 1
    if count == 0:
        path.unlink(missing_ok=True)
        return None
    base = header["base"]
    named = base.get("path")
    base_path = None if named is None else Path(named)
    embedded = base.get("document") is not None
    matches = embedded or (base_path is not None and _hash(base_path) == base.get("sha256"))
    last = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return Recoverable(path, base_path, matches, embedded, last, count)


def _header(path: Path | None, base: Fingerprint | bytes) -> bytes:
    bound: dict[str, Any] = {} if path is None else {"path": os.path.abspath(path)}
    if isinstance(base, Fingerprint):
        bound |= {"size": base.size, "sha256": base.sha256}
    else:
        bound["document"] = base.decode("utf-8")
    owner = ProcessIdentity.of_this_process().to_json()
    return line_of({"format": FORMAT, "version": VERSION, "owner": owner, "base": bound})


def _parsed_header(data: bytes) -> dict[str, Any]:
    """Return the journal's header; raises ValueError for what is not one of a version known here."""
    header = _json(data[: data.index(b"\n") + 1])
    if not isinstance(header, dict) or header.get("format") != FORMAT or header.get("version") != VERSION:
        raise ValueError("not a journal")
    base = header.get("base")
    if not isinstance(base, dict) or not all(isinstance(base.get(key, ""), str) for key in ("path", "document")):
        raise ValueError("not a journal")
    return header


def _entries(data: bytes) -> tuple[list[dict[str, Any]], bool]:
    """Return the whole entries and whether something after them is torn."""
    lines = data.split(b"\n")[1:]
    entries: list[dict[str, Any]] = []
    for line in lines[:-1]:
        try:
            entry = _json(line)
        except ValueError:
            return entries, True
        if not isinstance(entry, dict):
            return entries, True
        entries.append(entry)
    return entries, bool(lines[-1])


def _json(line: bytes) -> Any:
    try:
        return json.loads(line)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def _hash(path: Path) -> str | None:
    try:
        with open_regular(path) as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError):  # a name that no file can have
        return None


def _content(path: Path) -> bytes:
    with open_regular(path) as file:
        return file.read()


def _not_written(folder: Path, error: OSError) -> str:
    return _(
        "Edits are not protected against a crash at the moment: {folder} cannot be written to ({reason}). "
        "Save the analysis, and make room there."
    ).format(folder=folder, reason=error.strerror or str(error))


def _not_read(path: Path, error: Exception) -> str:
    return _(
        "The edits in {file} cannot be recovered: the file cannot be read ({reason}). Keep it and ask for help."
    ).format(file=path, reason=error)


def _not_moved(path: Path, error: OSError) -> str:
    return _("{file} cannot be moved or deleted ({reason}). Delete it by hand if it is offered again.").format(
        file=path, reason=error.strerror or str(error)
    )
