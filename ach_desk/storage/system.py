"""Where operating systems differ in what they offer for a file: the one place that asks what is there.

Linux has all of it and is what the tests run on; macOS and Windows lack some (docs/packaging.md lists what was tried).
"""

from __future__ import annotations

import errno
import os
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

fcntl = import_module("fcntl") if find_spec("fcntl") else None
"""The kernel's locks; None on Windows, which has no such module."""

_NOT_FOR_FOLDERS = (errno.EINVAL, errno.ENOTSUP, errno.EBADF)
_NO_ATTRIBUTES = (errno.ENOTSUP, errno.EPERM, errno.EACCES, errno.ENODATA, errno.EINVAL)


def flags(*names: str) -> int:
    """Return the flags for os.open of these names ("O_NOFOLLOW"), without those that the system does not know.

    A child process never inherits the file, and no line end is translated in it.
    """
    value = 0
    for name in ("O_CLOEXEC", "O_NOINHERIT", "O_BINARY", *names):
        value |= getattr(os, name, 0)
    return value


def try_guard(descriptor: int) -> None:
    """Take the kernel's lock on a file; raises BlockingIOError while another process has it, OSError where none are."""
    if fcntl is None:
        raise OSError(errno.ENOTSUP, os.strerror(errno.ENOTSUP))
    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def can_guard() -> bool:
    """Return whether the system has locks that one process can hold while it replaces the very file."""
    return fcntl is not None


def sync_data(descriptor: int) -> None:
    """Return when the content of the file is on the disk."""
    getattr(os, "fdatasync", os.fsync)(descriptor)


def sync_folder(folder: Path) -> None:
    """Return when a new name in the folder is on the disk; where that cannot be asked for (Windows), at once."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    descriptor = os.open(folder, flags("O_RDONLY", "O_DIRECTORY"))
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _NOT_FOR_FOLDERS:  # some network file systems cannot
            raise
    finally:
        os.close(descriptor)


def set_mode(descriptor: int, mode: int) -> None:
    """Set who may read and write the file; where files have no such mode, nothing happens."""
    if hasattr(os, "fchmod"):
        os.fchmod(descriptor, mode)


def give_to(descriptor: int, user: int, group: int) -> bool:
    """Give the file to that owner and group (-1: as it is); return whether that was allowed, or means nothing here."""
    if not hasattr(os, "fchown"):
        return True
    try:
        os.fchown(descriptor, user, group)
    except PermissionError:
        return False
    return True


def copy_attributes(like: Path, descriptor: int) -> None:
    """Give the file the extended attributes of another, as far as the system has such and allows it."""
    if not hasattr(os, "listxattr"):
        return
    try:
        for name in os.listxattr(like):
            os.setxattr(descriptor, name, os.getxattr(like, name))
    except OSError as error:
        if error.errno not in _NO_ATTRIBUTES:
            raise


def is_on_read_only_disk(path: Path) -> bool:
    """Return whether the disk that holds the path can only be read, as far as the system says."""
    return hasattr(os, "statvfs") and bool(os.statvfs(path).f_flag & os.ST_RDONLY)


def user_number() -> str:
    """Return the number of the person's account, "" where accounts have none."""
    return str(os.getuid()) if hasattr(os, "getuid") else ""
