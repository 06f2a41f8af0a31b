"""Files beside an analysis: where they are, whether they are still what they were, and how they come and go along.

A path out of an analysis is never trusted: it is followed only where it stays in the folder of the analysis and no part
of it is a link. Everything else is refused with a sentence, and neither opened nor read nor hashed nor packed.
"""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
import stat
from collections.abc import Iterable, Iterator
from enum import StrEnum
from io import BufferedReader
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from ach_desk.i18n import _
from ach_desk.model import Analysis, Attachment, now
from ach_desk.model.file_paths import is_inside
from ach_desk.storage.errors import SaveFailed, StorageError
from ach_desk.storage.files import not_saved, open_regular
from ach_desk.storage.system import flags

FILES_SUFFIX = ".files"
DOCUMENT_SUFFIX = ".ach.json"
ARCHIVE_SUFFIX = ".ach.zip"
MOST_BYTES = 50 * 1024 * 1024
"""Of a file that is attached. More is no longer something to hand on with an analysis."""

_MEGABYTE = 1024 * 1024
_CHUNK = 1024 * 1024
_LONGEST_STEM, _LONGEST_ENDING, _LONGEST_SUGGESTION = 80, 12, 60
_SAFE = " -_."


_RUNNING = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe")
_RUNNING_ENDINGS = frozenset(
    (
        *("app", "appimage", "application", "bat", "bin", "cmd", "com", "command", "cpl", "deb", "desktop", "dll"),
        *("docm", "dotm", "elf", "exe", "flatpakref", "gadget", "hta", "inf", "ins", "jar", "jnlp", "js", "jse"),
        *("ksh", "lnk", "msc", "msi", "msix", "msp", "mst", "out", "pif", "pl", "potm", "ppam", "ppsm", "pptm"),
        *("ps1", "psm1", "py", "pyc", "pyw", "rb", "reg", "rpm", "run", "scf", "scr", "sct", "service", "sh", "so"),
        *("tcl", "terminal", "url", "vb", "vbe", "vbs", "webloc", "workflow", "ws", "wsc", "wsf", "wsh", "xlam"),
        *("xll", "xlsm", "xltm", "zsh"),
    )
)
"""Endings of files that run when they are opened, or hold what does."""


class AttachmentRefused(StorageError):  # noqa: N818 - the name says what happened
    """A path that must not be followed, or a file that cannot be attached."""


class FileState(StrEnum):
    """What became of an attached file. CHANGED: it is not what was attached. REFUSED: its path is not followed."""

    PRESENT = "present"
    MISSING = "missing"
    CHANGED = "changed"
    REFUSED = "refused"


class Home(NamedTuple):
    """Where the files of an analysis are. Paths are relative to `folder`; new files go into its folder `own`."""

    folder: Path
    own: str


def home_of(document: Path) -> Home:
    """Return where the files of the analysis at `document` are: beside it, and new ones in ``NAME.files``."""
    real = Path(os.path.realpath(document))
    name = real.name.removesuffix(DOCUMENT_SUFFIX) if real.name != DOCUMENT_SUFFIX else ""
    return Home(real.parent, plain_name(name) + FILES_SUFFIX)


_APOSTROPHES = {ord(mark): None for mark in "'’"}
"""Left out of a name: a gap in their place would make two words of one."""


def plain_name(text: str, longest: int = _LONGEST_STEM) -> str:
    """Return a name for a file made from a text: no path, nothing that a file system refuses; never empty."""
    words = text.translate(_APOSTROPHES)
    kept = "".join(character if character.isalnum() or character in _SAFE else " " for character in words)
    name = " ".join(kept.split())[:longest].strip(" .")
    while len(name.encode("utf-8")) > 2 * longest:
        name = name[:-1].strip(" .")
    return name if is_inside(name) else f"_{name}" if name else "_"


def document_name(title: str) -> str:
    """Return the name to suggest for the file of an analysis with that title, without the ending."""
    name = plain_name(title, _LONGEST_SUGGESTION)
    return _("analysis") if name == "_" else name


def attachments_of(analysis: Analysis) -> dict[str, Attachment]:
    """Return path -> attachment for every file that an item names."""
    return {entry.path: entry for item in analysis.evidence.values() for entry in item.attachments}


def locate(home: Home, path: str) -> Path | None:
    """Return where an attached file is; None when it is not there. Raises AttachmentRefused for a path not followed.

    A file of a folder ``OTHER.files`` that is gone is looked for in the analysis' own: renamed together with the
    analysis, or named before this had a name.
    """
    if not is_inside(path):
        text = _("“{path}” is not opened: it leads out of the folder of the analysis, or is no path on every system.")
        raise AttachmentRefused(text.format(path=path[:200]))
    first, _slash, rest = path.partition("/")
    candidates = [path]
    if rest and first.endswith(FILES_SUFFIX) and first != home.own:
        candidates.append(f"{home.own}/{rest}")
    return next((found for one in candidates if (found := _followed(home.folder, one)) is not None), None)


def state_of(home: Home, attachment: Attachment) -> FileState:
    """Return what became of an attached file; reads it where it is to be compared."""
    try:
        found = locate(home, attachment.path)
        if found is None:
            return FileState.MISSING
        with open_followed(found) as file:
            if os.fstat(file.fileno()).st_size != attachment.size and attachment.sha256:
                return FileState.CHANGED
            same = not attachment.sha256 or hashlib.file_digest(file, "sha256").hexdigest() == attachment.sha256
    except AttachmentRefused:
        return FileState.REFUSED
    except OSError:
        return FileState.MISSING
    return FileState.PRESENT if same else FileState.CHANGED


def open_followed(path: Path) -> BufferedReader:
    """Return a file that `locate` found, open for reading; raises OSError, also when it has become a link meanwhile."""
    descriptor = os.open(path, flags("O_RDONLY", "O_NONBLOCK", "O_NOFOLLOW"))
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
    return open(descriptor, "rb")


def keep_file(home: Home, source: Path) -> Attachment:
    """Copy a file into the analysis' own folder and return it as an attachment; raises StorageError with a sentence."""
    try:
        with open_regular(source) as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        text = _("{file} was not attached: it cannot be read ({reason}).")
        raise AttachmentRefused(text.format(file=source, reason=error.strerror or str(error))) from error
    return keep_bytes(home, source.name, data)


def keep_bytes(home: Home, name: str, data: bytes) -> Attachment:
    """Write a file into the analysis' own folder, over no other one, and return it as an attachment.

    The same content under the same name is one file. Raises StorageError with a sentence.
    """
    if len(data) > MOST_BYTES:
        text = _("{file} was not attached: it is larger than {most} MB. Keep it where it is and give a link to it.")
        raise AttachmentRefused(text.format(file=name, most=MOST_BYTES // _MEGABYTE))
    digest = hashlib.sha256(data).hexdigest()
    for candidate in _names(name, digest):
        path = f"{home.own}/{candidate}"
        present = _followed(home.folder, path)
        if present is None:
            _write_new(home.folder, path, [data])
        elif not _holds(present, data):
            continue
        return Attachment(path=path, sha256=digest, size=len(data), added=now())
    raise SaveFailed(_("{file} was not attached: there are other files of that name.").format(file=name))


def carry(paths: Iterable[str], old: Home, new: Home) -> list[str]:
    """Copy files to where an analysis is saved now, and return the paths of those that could not be brought along.

    What is there already is left as it is. Raises SaveFailed when the new place cannot be written.
    """
    missing = []
    for path in dict.fromkeys(paths):
        try:
            source = locate(old, path)
            if source is None:
                missing.append(path)
            elif locate(new, path) is None:
                first, _slash, rest = path.partition("/")
                with open_followed(source) as file:
                    _write_new(new.folder, f"{new.own}/{rest}" if rest and first == old.own else path, _chunks(file))
        except AttachmentRefused:
            missing.append(path)
        except OSError as error:
            raise SaveFailed(not_saved(new.folder / path, error)) from error
    return missing


def files_in(folder: Path) -> list[str]:
    """Return the paths of all attached files below a folder that holds nothing else, links and the like apart."""
    return sorted(
        path
        for place, _folders, names in os.walk(folder)
        for name in names
        if is_inside(path := (Path(place) / name).relative_to(folder).as_posix())
    )


def refusal_to_open(path: Path) -> str:
    """Return in a sentence why a file is not handed to another program: it could run; "" when it may be opened."""
    ending = path.suffix.lower().removeprefix(".")
    try:
        with open_followed(path) as file:
            runs = file.read(4).startswith(_RUNNING)
    except OSError as error:
        return _("{file} cannot be read: {reason}.").format(file=path.name, reason=error.strerror or str(error))
    if ending in _RUNNING_ENDINGS or runs:
        text = _("{file} is not opened from here: it is a program, or may run one. “Show in the folder” leads to it.")
        return text.format(file=path.name)
    return ""


def _followed(folder: Path, path: str) -> Path | None:
    """Return the regular file at `path` below `folder`, None when there is none; raises AttachmentRefused for links."""
    at, mode = folder, stat.S_IFDIR
    for part in path.split("/"):
        at = at / part
        try:
            mode = os.lstat(at).st_mode
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise AttachmentRefused(_not_followed(path, error.strerror or str(error))) from error
        if stat.S_ISLNK(mode):
            raise AttachmentRefused(_not_followed(path, _("it is a link to another place")))
    if not stat.S_ISREG(mode):
        raise AttachmentRefused(_not_followed(path, _("it is a folder or a device")))
    return at


def _not_followed(path: str, reason: str) -> str:
    return _("“{path}” is not opened: {reason}.").format(path=path[:200], reason=reason)


def _names(name: str, digest: str) -> Iterator[str]:
    """Yield names to keep a file under: its own, made safe, then with the beginning of its SHA-256."""
    pure = PurePosixPath(name.replace("\\", "/")).name
    stem, dot, ending = pure.rpartition(".")
    if not stem or len(ending) > _LONGEST_ENDING or not ending.isalnum():
        stem, dot, ending = pure, "", ""
    stem = plain_name(stem)
    for distinction in ("", f" {digest[:8]}", f" {digest}"):
        yield f"{stem}{distinction}{dot}{ending}"


def _holds(path: Path, data: bytes) -> bool:
    try:
        with open_followed(path) as file:
            return file.read(len(data) + 1) == data
    except OSError:
        return False


def _chunks(file: BufferedReader) -> Iterator[bytes]:
    while chunk := file.read(_CHUNK):
        yield chunk


def _write_new(folder: Path, path: str, content: Iterable[bytes]) -> None:
    """Write a file below `folder`, its folders included, so that it is there whole or not at all; SaveFailed if not."""
    target = folder / path
    temporary = target.with_name(f".{secrets.token_hex(8)}.ach-tmp")
    try:
        _make_folders(folder, path)
        try:
            with open(os.open(temporary, flags("O_WRONLY", "O_CREAT", "O_EXCL"), 0o666), "wb") as file:
                file.writelines(content)
                file.flush()
                os.fsync(file.fileno())
            os.replace(temporary, target)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise SaveFailed(not_saved(target, error)) from error


def _make_folders(folder: Path, path: str) -> None:
    """Make the folders of a path; raises OSError where one of them is a link, which could lead anywhere."""
    at = folder
    at.mkdir(mode=0o700, parents=True, exist_ok=True)
    for part in path.split("/")[:-1]:
        at = at / part
        at.mkdir(exist_ok=True)
        if stat.S_ISLNK(os.lstat(at).st_mode):
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
