"""The lock file beside the document, so that two people do not edit it at once without knowing.

It is an advice among programs that ask, not a barrier: saving compares the file on disk as well (see `files`).
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import secrets
import time
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple

from ach_desk.i18n import _
from ach_desk.storage.process import ProcessIdentity, ProcessState, user_name
from ach_desk.storage.system import can_guard, flags, set_mode, try_guard

PROGRAM = "ACH Desk"
_MOST_BYTES = 64 * 1024
_LONGEST_NAME = 240
_LONGEST_WORD = 80
_TRIES = 20
_GUARD_TRIES = 100
_GUARD_PAUSE = 0.02


class LockStatus(Enum):
    """How the attempt ended."""

    ACQUIRED = "acquired"
    OPEN_HERE = "open here"
    """The same person has it open in this program on this machine: raise that window."""
    HELD = "held"
    """Somebody on this machine has it open."""
    HELD_ELSEWHERE = "held elsewhere"
    """Held on another machine, or the lock file cannot be understood: may be taken over on request."""
    UNAVAILABLE = "unavailable"
    """No lock can be written there; the document can be used, and `LockResult.sentence` says what that means."""


class Holder(NamedTuple):
    """Who holds a lock, as the lock file says; texts are empty when it does not."""

    user: str = ""
    host: str = ""
    process: int = 0
    started: str = ""
    program: str = ""
    identity: ProcessIdentity | None = None

    @property
    def state(self) -> ProcessState:
        """Return whether the holder still runs."""
        return ProcessState.ELSEWHERE if self.identity is None else self.identity.state

    def described(self) -> str:
        """Return the holder in words: person, machine, program and since when."""
        if not self.user:
            return _("somebody who cannot be named")
        return _("{user} on {host} ({program}, process {process}, since {started})").format(**self._asdict())


class LockResult(NamedTuple):
    """The outcome of `acquire`: the lock if it was got, else who holds it if anybody, and a sentence for the person.

    With a lock, `holder` is the dead or absent one from whom it was taken over, None for a free document.
    """

    status: LockStatus
    lock: Lock | None = None
    holder: Holder | None = None
    sentence: str = ""


class Lock:
    """A lock that this process holds. Also a context manager; `release` may be called more than once."""

    def __init__(self, path: Path, token: str) -> None:
        self.path = path
        self._token = token

    def release(self) -> None:
        """Remove the lock file if it is still ours (it is not after somebody took it over on request)."""
        with contextlib.suppress(OSError), _guarded(self.path) as data:  # a folder that has vanished holds no lock
            if data is not None and _parsed(data).get("token") == self._token:
                self.path.unlink()

    def __enter__(self) -> Lock:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def lock_path(document: Path) -> Path:
    """Return where the lock of a document is: hidden, beside the file that symbolic links lead to."""
    real = Path(os.path.realpath(document))
    name = real.name
    if len(name.encode("utf-8", "surrogateescape")) > _LONGEST_NAME:
        name = name.encode("utf-8", "surrogateescape")[:_LONGEST_NAME].decode("utf-8", "ignore")
    return real.with_name(f".{name}.lock")


def acquire(document: Path, *, take_over: bool = False) -> LockResult:
    """Try to lock the document and return the outcome; raises nothing for whatever the folder may be like.

    The lock of a dead process of this machine is taken over without asking; one that is held on another machine, or
    cannot be understood, only with `take_over`; one of a running process on this machine never.
    """
    path = lock_path(document)
    token = secrets.token_hex(16)
    try:
        for _attempt in range(_TRIES):
            if _create(path, token):
                return LockResult(LockStatus.ACQUIRED, Lock(path, token))
            with _guarded(path) as data:
                if data is None:
                    continue
                holder = _holder(data)
                status = _judged(holder)
                if status is not None and not (take_over and status is LockStatus.HELD_ELSEWHERE):
                    return LockResult(status, holder=holder, sentence=_refusal(document, status, holder))
                _write(path, token, os.replace)
                return LockResult(LockStatus.ACQUIRED, Lock(path, token), holder)
    except OSError as error:
        return _unavailable(document, path, error)
    return _unavailable(document, path, OSError(errno.EBUSY, os.strerror(errno.EBUSY)))


def holder_of(document: Path) -> Holder | None:
    """Return who holds the document's lock and still runs, or may do; None when it is free. Changes nothing."""
    try:
        holder = _holder(_content(lock_path(document)))
    except OSError:
        return None
    return None if holder.state is ProcessState.DEAD else holder


def _judged(holder: Holder) -> LockStatus | None:
    """Return why the lock cannot be had; None when its holder is dead."""
    state = holder.state
    if state is ProcessState.DEAD:
        return None
    if state is ProcessState.ELSEWHERE:
        return LockStatus.HELD_ELSEWHERE
    same = holder.program == PROGRAM and holder.user == user_name()
    return LockStatus.OPEN_HERE if same else LockStatus.HELD


def _unavailable(document: Path, path: Path, error: OSError) -> LockResult:
    """Return the outcome where no lock can be written; an existing one still counts."""
    try:
        holder = _holder(_content(path))
    except OSError:
        holder = None
    status = None if holder is None else _judged(holder)
    if holder is not None and status is not None:
        return LockResult(status, holder=holder, sentence=_refusal(document, status, holder))
    text = _(
        "Others cannot see that you have {file} open: no lock file can be written to its folder ({reason}). "
        "Agree with them who edits it."
    )
    sentence = text.format(file=document.name, reason=error.strerror or str(error))
    return LockResult(LockStatus.UNAVAILABLE, sentence=sentence)


def _refusal(document: Path, status: LockStatus, holder: Holder) -> str:
    texts = {
        LockStatus.OPEN_HERE: _("{file} is open already: {holder}. Go on in that window."),
        LockStatus.HELD: _("{file} is being edited by {holder}. Open it read-only, or open a copy."),
        LockStatus.HELD_ELSEWHERE: _(
            "{file} is being edited by {holder}. Open it read-only or as a copy; "
            "if that program no longer runs, take the file over."
        ),
    }
    return texts[status].format(file=document.name, holder=holder.described())


def _create(path: Path, token: str) -> bool:
    """Make the lock file unless there is one; return whether it was made. It is never seen half written."""
    try:
        _write(path, token, os.link)
    except FileExistsError:
        return False
    except OSError as error:
        if error.errno not in (errno.EPERM, errno.ENOTSUP, errno.EMLINK, errno.ENOSYS, errno.EINVAL):
            raise
        return _create_without_links(path, token)
    return True


def _create_without_links(path: Path, token: str) -> bool:
    try:
        descriptor = os.open(path, flags("O_WRONLY", "O_CREAT", "O_EXCL"), 0o644)
    except FileExistsError:
        return False
    _fill(descriptor, token)
    return True


def _write(path: Path, token: str, put: Any) -> None:
    """Write a complete lock file and `put` it (os.link or os.replace) at `path`."""
    temporary = path.with_name(f".{token[:16]}.ach-tmp")
    try:
        _fill(os.open(temporary, flags("O_WRONLY", "O_CREAT", "O_EXCL"), 0o644), token)
        put(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def _fill(descriptor: int, token: str) -> None:
    identity = ProcessIdentity.of_this_process()
    data = {
        "program": PROGRAM,
        "user": user_name(),
        "host": identity.host,
        "process": identity.process,
        "started": identity.started,
        "token": token,
        "identity": identity.to_json(),
    }
    with open(descriptor, "wb") as file:
        set_mode(file.fileno(), 0o644)  # whatever the umask: colleagues are to read who holds it
        file.write(json.dumps(data, indent=1).encode("ascii") + b"\n")


@contextlib.contextmanager
def _guarded(path: Path) -> Iterator[bytes | None]:
    """Give what the lock file holds while no other process judges or replaces it; None when it is gone.

    The guard is the kernel's lock on the very file. Who waited for it while the file was replaced holds the guard of
    a file that no longer is the lock, and is told that it is gone.
    """
    try:
        descriptor = os.open(path, flags("O_RDONLY", "O_NOFOLLOW", "O_NONBLOCK"))
    except FileNotFoundError:
        yield None
        return
    if not can_guard():  # Windows, where besides no file can be replaced or deleted while it is open
        with open(descriptor, "rb") as file:
            data = file.read(_MOST_BYTES)
        yield data
        return
    try:
        # A file system without such locks leaves a moment in which two could take over at once; no more can be done.
        with contextlib.suppress(OSError):
            _guard(descriptor)
        yield os.read(descriptor, _MOST_BYTES) if _is_still(path, descriptor) else None
    finally:
        os.close(descriptor)


def _guard(descriptor: int) -> None:
    """Wait for the kernel's lock, but not for ever: whoever may read the lock file could keep it."""
    for _attempt in range(_GUARD_TRIES):
        try:
            try_guard(descriptor)
        except BlockingIOError:
            time.sleep(_GUARD_PAUSE)
        else:
            return


def _content(path: Path) -> bytes:
    """Return what the lock file holds; raises OSError, also for a link, which is not ours."""
    descriptor = os.open(path, flags("O_RDONLY", "O_NOFOLLOW", "O_NONBLOCK"))
    try:
        return os.read(descriptor, _MOST_BYTES)
    finally:
        os.close(descriptor)


def _is_still(path: Path, descriptor: int) -> bool:
    try:
        there = path.stat(follow_symlinks=False)
    except FileNotFoundError:
        return False
    return os.path.samestat(there, os.fstat(descriptor))


def _parsed(data: bytes) -> dict[str, Any]:
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _holder(data: bytes) -> Holder:
    found = _parsed(data)
    try:
        identity = ProcessIdentity.from_json(found.get("identity"))
    except ValueError:
        identity = None
    texts = {key: str(found.get(key, ""))[:_LONGEST_WORD] for key in ("user", "host", "started", "program")}
    process = found.get("process")
    if not isinstance(process, int) or not 0 < process < 2**31:
        process = 0
    return Holder(process=process, identity=identity, **texts)
