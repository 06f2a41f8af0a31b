"""Reading and writing documents: atomic, never over somebody else's change, the old file kept on any failure."""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
import stat
from io import BufferedReader
from pathlib import Path
from typing import NamedTuple

from ach_desk.i18n import _
from ach_desk.model import Analysis
from ach_desk.storage.codec import MAX_BYTES, Loaded, decode, encode
from ach_desk.storage.decoder import too_large
from ach_desk.storage.errors import AlreadyExists, ChangedOnDisk, SaveFailed, UnreadableFile
from ach_desk.storage.system import copy_attributes, flags, give_to, is_on_read_only_disk, set_mode, sync_folder

BACKUP_SUFFIX = ".bak"


class Fingerprint(NamedTuple):
    """What a file was when it was read or written. Two with one `sha256` have the same content."""

    size: int
    mtime_ns: int
    sha256: str

    def same_content(self, other: Fingerprint | None) -> bool:
        """Return whether `other` stands for the same bytes; a mere touch of the file does not count as a change."""
        return other is not None and self.size == other.size and self.sha256 == other.sha256


class OpenedFile(NamedTuple):
    """A document as it was read: its content, where it is, what it was on disk, and whether it can be saved there."""

    loaded: Loaded
    path: Path
    fingerprint: Fingerprint
    writable: bool
    folder_writable: bool


def read_document(path: Path) -> OpenedFile:
    """Return the document at `path`; raises UnreadableFile with a sentence. Nothing over 256 MB is read."""
    data, status = _read(path)
    loaded = decode(data, path.name)
    folder = _real(path).parent
    return OpenedFile(
        loaded, path, fingerprint_of_bytes(data, status.st_mtime_ns), is_writable(path), os.access(folder, os.W_OK)
    )


def write_document(
    path: Path,
    analysis: Analysis,
    *,
    expected: Fingerprint | None,
    keep_backup: bool = False,
    overwrite: bool = False,
) -> Fingerprint:
    """Write the analysis to `path` and return the fingerprint of what is there now.

    `expected` is what the file was when it was opened or last saved, None for a file that must not exist yet.
    Raises ChangedOnDisk or AlreadyExists when the file on disk is another (unless `overwrite`), SaveFailed when it
    cannot be written; the file is then as it was. `keep_backup` keeps the previous version beside it, as ``NAME.bak``.
    """
    data = encode(analysis)
    real = _real(path)
    previous = _previous(real, path)
    if not overwrite:
        _compare(path, previous, expected)
    if keep_backup and previous is not None:
        _write(real.with_name(real.name + BACKUP_SUFFIX), previous, like=real, shown=path)
    return fingerprint_of_bytes(data, _write(real, data, like=real, shown=path))


def write_bytes_atomically(path: Path, data: bytes) -> None:
    """Write a picture, table or document for others, replacing what is there; raises SaveFailed with a sentence."""
    real = _real(path)
    _write(real, data, like=real, shown=path)


def fingerprint_of_bytes(data: bytes, mtime_ns: int) -> Fingerprint:
    """Return the fingerprint of a file of that content and time."""
    return Fingerprint(len(data), mtime_ns, hashlib.sha256(data).hexdigest())


def is_writable(path: Path) -> bool:
    """Return whether the file may be replaced. A file marked read-only for everyone is not, even for root."""
    real = _real(path)
    try:
        marked = real.stat().st_mode & 0o222 == 0
    except OSError:
        return False
    return not marked and os.access(real, os.W_OK)


def _real(path: Path) -> Path:
    """Return the file behind symbolic links, so that saving replaces it and not the link."""
    return Path(os.path.realpath(path))


def open_regular(path: Path) -> BufferedReader:
    """Return the file, open for reading; raises OSError, with EINVAL for what is a folder, a pipe or a device.

    Opening does not wait, as it would for ever at a named pipe that nobody writes to.
    """
    descriptor = os.open(path, flags("O_RDONLY", "O_NONBLOCK"))
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
    return open(descriptor, "rb")


def _read(path: Path) -> tuple[bytes, os.stat_result]:
    try:
        with open_regular(path) as file:
            status = os.fstat(file.fileno())
            if status.st_size > MAX_BYTES:
                raise UnreadableFile(too_large(path.name))
            return file.read(MAX_BYTES + 1), status
    except OSError as error:
        raise UnreadableFile(_not_read(path, error)) from error


def _not_read(path: Path, error: OSError) -> str:
    if error.errno == errno.EISDIR:
        return _("{file} cannot be opened: it is a folder. Choose a file.").format(file=path)
    if error.errno == errno.EINVAL:
        text = _("{file} cannot be opened: it is not a file but a folder or a device. Choose a file.")
        return text.format(file=path.name or path)
    if error.errno == errno.ELOOP:
        return _("{file} cannot be opened: it is a link that leads back to itself. Choose the file itself.").format(
            file=path
        )
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return _("{file} cannot be opened: there is no such file. Was it moved or renamed?").format(file=path)
    if error.errno in (errno.EACCES, errno.EPERM):
        return _("{file} cannot be opened: you have no permission to read it. Ask its owner for it.").format(file=path)
    return _("{file} cannot be opened: {reason}. Check the drive or network connection and try again.").format(
        file=path, reason=error.strerror
    )


def _previous(real: Path, path: Path) -> bytes | None:
    """Return what the file to be replaced holds now; None when there is none."""
    try:
        status = real.stat()
        if not stat.S_ISREG(status.st_mode):
            raise SaveFailed(_no_file(path))
        return real.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise SaveFailed(not_saved(path, error)) from error


def _compare(path: Path, previous: bytes | None, expected: Fingerprint | None) -> None:
    if expected is None:
        if previous is not None:
            raise AlreadyExists(
                _("{file} exists already and was not overwritten. Choose another name.").format(file=path)
            )
        return
    if previous is None:
        if not _real(path).parent.is_dir():
            raise SaveFailed(_folder_gone(path))
        text = _("{file} was not saved: it is no longer there. Save it again at that place, or under another name.")
        raise ChangedOnDisk(text.format(file=path), missing=True)
    if not expected.same_content(fingerprint_of_bytes(previous, 0)):
        text = _(
            "{file} was not saved: somebody else has changed it since it was opened. "
            "Save a copy under another name and compare the two."
        )
        raise ChangedOnDisk(text.format(file=path))


def _write(target: Path, data: bytes, *, like: Path, shown: Path) -> int:
    """Replace `target` by `data` in one step and return the new file's time in nanoseconds.

    Mode, owner, group and attributes are those of the file `like` where there is one; else the umask decides. The
    data are on the disk before the name points to them, and the folder is written out after.
    """
    temporary = target.with_name(f".{secrets.token_hex(8)}.ach-tmp")
    try:
        model = _status(like)
        present = _status(target)
        if present is not None and not stat.S_ISREG(present.st_mode):
            raise SaveFailed(_no_file(shown))  # A pipe or a device would be replaced by a file.
        if present is not None and not is_writable(target):
            raise PermissionError(errno.EROFS if is_on_read_only_disk(target) else errno.EACCES, "")
        try:
            mtime = _write_out(temporary, data, model, like)
            os.replace(temporary, target)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        sync_folder(target.parent)
    except OSError as error:
        raise SaveFailed(not_saved(shown, error)) from error
    return mtime


def _status(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except FileNotFoundError:
        return None


def _write_out(temporary: Path, data: bytes, model: os.stat_result | None, like: Path) -> int:
    mode = 0o666 if model is None else 0o600
    descriptor = os.open(temporary, flags("O_WRONLY", "O_CREAT", "O_EXCL"), mode)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        if model is not None:
            _dress(descriptor, model, like)
        os.fsync(descriptor)
        return os.fstat(descriptor).st_mtime_ns
    finally:
        os.close(descriptor)


def _dress(descriptor: int, model: os.stat_result, like: Path) -> None:
    """Give the new file the owner, group, mode and attributes of the old one, as far as the system allows."""
    mode = stat.S_IMODE(model.st_mode)
    if not give_to(descriptor, model.st_uid, model.st_gid) and not give_to(descriptor, -1, model.st_gid):
        # The group is another one now: it may not do more than everybody may.
        mode &= ~0o070 | (mode & 0o007) << 3
    set_mode(descriptor, mode)
    copy_attributes(like, descriptor)


def _no_file(path: Path) -> str:
    return _("{file} was not saved: there is a folder or device of that name. Choose another name.").format(file=path)


def _folder_gone(path: Path) -> str:
    return _("{file} was not saved: its folder {folder} is gone. Save it in another folder.").format(
        file=path.name, folder=path.parent
    )


def not_saved(path: Path, error: OSError) -> str:
    """Return in a sentence why a file could not be written, and what to do."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        text = _("{file} was not saved: the disk is full. Make room, or save it on another disk.")
    elif error.errno in (errno.ENOENT, errno.ENOTDIR):
        return _folder_gone(path)
    elif error.errno == errno.EROFS:
        text = _("{file} was not saved: the disk can only be read. Save it on another disk.")
    elif error.errno in (errno.EACCES, errno.EPERM):
        text = _("{file} was not saved: file or folder may not be written to. Save it in a folder of your own.")
    elif error.errno == errno.ELOOP:
        text = _("{file} was not saved: it is a link that leads back to itself. Choose another name.")
    elif error.errno == errno.ENAMETOOLONG:
        text = _("{file} was not saved: the name is too long. Choose a shorter one.")
    else:
        text = _("{file} was not saved: {reason}. Save it on another disk or in another folder.")
    return text.format(file=path, reason=error.strerror or str(error))
