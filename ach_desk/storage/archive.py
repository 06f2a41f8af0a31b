"""One archive to hand over, ``NAME.ach.zip``: an analysis with its attached files; and opening one that somebody sent.

An archive is somebody else's file. It is looked through before anything is written: where its entries would go, what
they are, how many and how large, and that the whole of it is where a reader expects it. What is written is what the
analysis in it names, into a new folder, which is there whole or not at all.
"""

from __future__ import annotations

import os
import secrets
import shutil
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from ach_desk.i18n import _
from ach_desk.model import Analysis
from ach_desk.model.file_paths import is_inside, same_name
from ach_desk.storage.attachments import (
    ARCHIVE_SUFFIX,
    DOCUMENT_SUFFIX,
    MOST_BYTES,
    AttachmentRefused,
    Home,
    attachments_of,
    locate,
    open_followed,
    plain_name,
)
from ach_desk.storage.codec import MAX_BYTES, Loaded, decode, encode
from ach_desk.storage.errors import AlreadyExists, SaveFailed, StorageError, UnreadableFile
from ach_desk.storage.files import not_saved, open_regular
from ach_desk.storage.system import flags

MOST_ENTRIES = 5_000
MOST_TOTAL = 1024 * 1024 * 1024
"""Bytes of everything unpacked."""
MOST_RATIO = 200
"""How many times larger than packed an attached file may be, once it is larger than a megabyte."""

_FREE_OF_RATIO = 1024 * 1024
_MOST_DIRECTORY = 8 * 1024 * 1024
_END = struct.Struct("<4s4H2LH")
_END_MARK, _LOCATOR_MARK, _LOCATOR_SIZE = b"PK\x05\x06", b"PK\x06\x07", 20
_CHUNK = 256 * 1024
_ENCRYPTED = 0x1


@dataclass(frozen=True)
class Packed:
    """What went into an archive: how many files, and the paths of those that could not, missing or refused."""

    files: int
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Unpacked:
    """Where the analysis is now, how many files came with it, and the names of entries that it does not speak of."""

    document: Path
    files: int
    left_out: tuple[str, ...]


def pack(target: Path, name: str, analysis: Analysis, home: Home, *, overwrite: bool = False) -> Packed:
    """Write an analysis, under `name`, and the files that it names into one archive.

    Files that are missing or whose paths are not followed are named in the answer. Raises AlreadyExists, and SaveFailed
    when it cannot be written or would be larger than what is opened again; nothing is left behind then.
    """
    if not overwrite and os.path.lexists(target):
        raise AlreadyExists(_("{file} exists already and was not overwritten.").format(file=target))
    present, missing = _found(analysis, home)
    document = f"{plain_name(name)}{DOCUMENT_SUFFIX}"
    data = encode(analysis)
    _check_packable(target, document, data, present)
    temporary = target.with_name(f".{secrets.token_hex(8)}.ach-tmp")
    try:
        try:
            with zipfile.ZipFile(temporary, "x", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr(document, data)
                for path, place in present.items():
                    with open_followed(place) as source, archive.open(_entry(path), "w") as into:
                        shutil.copyfileobj(source, into, _CHUNK)
            with open(temporary, "r+b") as written:  # Windows writes out only what is open for writing
                os.fsync(written.fileno())
            os.replace(temporary, target)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise SaveFailed(not_saved(target, error)) from error
    return Packed(len(present), tuple(missing))


def unpack(archive: Path, folder: Path) -> Unpacked:
    """Unpack an archive into `folder`, which must not exist, and return where the analysis is.

    Raises UnreadableFile for an archive that is not sound or not safe, AlreadyExists and SaveFailed; nothing is left
    behind then.
    """
    if os.path.lexists(folder):
        raise AlreadyExists(_("{folder} exists already and nothing was unpacked into it.").format(folder=folder))
    with _opened(archive) as packed:
        entries = _checked(archive, packed)
        document = _document_of(archive, entries)
        data = _read_whole(archive, packed, entries[document])
        loaded = decode(data, document)
        wanted = [path for path in attachments_of(loaded.analysis) if path in entries and path != document]
        temporary = folder.with_name(f".{secrets.token_hex(8)}.ach-tmp")
        try:
            try:
                temporary.mkdir()
                _write(temporary / document, iter([data]))
                for path in wanted:
                    _write(temporary / path, _content(archive, packed, entries[path]))
                os.rename(temporary, folder)
            finally:
                shutil.rmtree(temporary, ignore_errors=True)
        except OSError as error:
            raise SaveFailed(not_saved(folder, error)) from error
    left_out = tuple(name for name in entries if name != document and name not in wanted)
    return Unpacked(folder / document, len(wanted), left_out)


def packed_document(archive: Path) -> Loaded:
    """Return the analysis in an archive, nothing being unpacked; raises UnreadableFile as `unpack` does."""
    with _opened(archive) as packed:
        entries = _checked(archive, packed)
        document = _document_of(archive, entries)
        return decode(_read_whole(archive, packed, entries[document]), document)


def name_in(archive: Path) -> str:
    """Return the name to unpack an archive under: its own without the ending."""
    name = archive.name
    for ending in (ARCHIVE_SUFFIX, ".zip"):
        if name.lower().endswith(ending):
            return plain_name(name[: -len(ending)])
    return plain_name(name)


def free_folder(parent: Path, name: str) -> Path:
    """Return a folder in `parent` that does not exist yet: `name`, else with a number behind it."""
    folder, number = parent / name, 2
    while os.path.lexists(folder):
        folder = parent / f"{name} {number}"
        number += 1
    return folder


def _found(analysis: Analysis, home: Home) -> tuple[dict[str, Path], list[str]]:
    present: dict[str, Path] = {}
    missing = []
    for path in attachments_of(analysis):
        try:
            place = locate(home, path)
        except AttachmentRefused:
            place = None
        if place is None:
            missing.append(path)
        else:
            present[path] = place
    return present, missing


def _check_packable(target: Path, document: str, data: bytes, present: dict[str, Path]) -> None:
    """Raise SaveFailed where `unpack` would refuse what is about to be packed."""
    try:
        sizes = {path: place.stat().st_size for path, place in present.items()}
    except OSError as error:
        raise SaveFailed(not_saved(target, error)) from error
    large = next((path for path, size in sizes.items() if size > MOST_BYTES), None)
    if large is not None:
        text = _("{file} was not packed: {path} is larger than {most} MB.")
        raise SaveFailed(text.format(file=target.name, path=large, most=MOST_BYTES // 1024**2))
    if sum(sizes.values()) + len(data) > MOST_TOTAL or len(sizes) >= MOST_ENTRIES:
        text = _("{file} was not packed: the files of the analysis are too many or too large for one archive.")
        raise SaveFailed(text.format(file=target.name))
    twice = _clash([document, *sizes]) or next(filter(_is_document, sizes), None)
    if twice is not None:
        text = _("{file} was not packed: two files have names that some systems take for one ({path}).")
        raise SaveFailed(text.format(file=target.name, path=twice))


def _entry(path: str) -> zipfile.ZipInfo:
    """Return the entry of an attached file, as it is: pictures and PDFs are packed already."""
    entry = zipfile.ZipInfo(path)
    entry.external_attr = (stat.S_IFREG | 0o644) << 16
    return entry


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with open_regular(path) as file:
            _check_end(path, file)
            with zipfile.ZipFile(file) as archive:
                yield archive
    except StorageError:
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, RuntimeError) as error:
        raise _unsound(path, _("it is damaged or cut off")) from error
    except OSError as error:
        raise UnreadableFile(
            _("{file} cannot be opened: {reason}.").format(file=path, reason=error.strerror or str(error))
        ) from error


def _check_end(path: Path, file: IO[bytes]) -> None:
    """Refuse an archive with something before, behind or instead of its directory, before the directory is read.

    That is where two programs could see two different archives in one file, and where millions of entries could hide.
    """
    size = file.seek(0, os.SEEK_END)
    if size < _END.size:
        raise _unsound(path, _("it is damaged or cut off"))
    file.seek(max(size - _END.size - _LOCATOR_SIZE, 0))
    tail = file.read()
    end = _END.unpack(tail[-_END.size :])
    mark, disk, first_disk, here, count, length, start, comment = end
    if mark != _END_MARK or comment or disk or first_disk or here != count:
        raise _unsound(path, _("it is damaged or cut off, or not an archive of this program"))
    if tail.startswith(_LOCATOR_MARK) or start + length + _END.size != size:
        raise _unsound(path, _("it holds more than an archive of this program"))
    if count > MOST_ENTRIES or length > _MOST_DIRECTORY:
        raise _unsound(path, _("it has more than {most} entries").format(most=MOST_ENTRIES))
    file.seek(0)


def _checked(path: Path, archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """Return name -> entry of every file in the archive; raises UnreadableFile at the first that is not safe."""
    entries: dict[str, zipfile.ZipInfo] = {}
    every = archive.infolist()
    for entry in every:
        _check_entry(path, entry)
        if not entry.is_dir():
            entries[entry.filename] = entry
    names = [entry.filename for entry in every if not entry.is_dir()]
    if (twice := _clash(names)) is not None:
        raise _unsound(path, _("two of its entries would be one file ({name})").format(name=_told(twice)))
    packed, size = (sum(getattr(entry, of) for entry in every) for of in ("compress_size", "file_size"))
    if size > MOST_TOTAL:
        raise _unsound(path, _("it would be larger than {most} MB").format(most=MOST_TOTAL // 1024**2))
    if packed > os.path.getsize(path):
        raise _unsound(path, _("its entries lie over each other"))
    return entries


def _check_entry(path: Path, entry: zipfile.ZipInfo) -> None:
    name = entry.filename.removesuffix("/")
    # The name as it is written: a zero byte ends it for one program and not for another.
    if entry.orig_filename != entry.filename or not is_inside(name):
        text = _("it would write outside its folder, or a hidden file ({name})")
        raise _unsound(path, text.format(name=_told(entry.orig_filename)))
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR) or (kind == stat.S_IFDIR) > entry.is_dir():
        raise _unsound(path, _("it holds something that is no file, such as a link ({name})").format(name=_told(name)))
    if entry.flag_bits & _ENCRYPTED or entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise _unsound(path, _("it is encrypted, or packed in a way that is not opened here"))
    most = MAX_BYTES if _is_document(name) else MOST_BYTES
    ratio_held = most == MAX_BYTES or entry.file_size <= max(_FREE_OF_RATIO, MOST_RATIO * entry.compress_size)
    if entry.file_size > most or not ratio_held or (entry.is_dir() and entry.file_size):
        raise _unsound(path, _("an entry of it would become too large ({name})").format(name=_told(name)))


def _clash(names: list[str]) -> str | None:
    """Return a name that some file system takes for another one, or that is a file and a folder; None for neither."""
    files: set[str] = set()
    for name in names:
        if (same := same_name(name)) in files:
            return name
        files.add(same)
    for name in names:
        parts = same_name(name).split("/")
        if any("/".join(parts[:count]) in files for count in range(1, len(parts))):
            return name
    return None


def _is_document(name: str) -> bool:
    return "/" not in name and name.endswith(DOCUMENT_SUFFIX)


def _document_of(path: Path, entries: dict[str, zipfile.ZipInfo]) -> str:
    found = [name for name in entries if _is_document(name)]
    if len(found) != 1:
        raise _unsound(path, _("it does not hold one analysis (NAME.ach.json)"))
    return found[0]


def _read_whole(path: Path, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    return b"".join(_content(path, archive, entry))


def _content(path: Path, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield what an entry holds; raises UnreadableFile as soon as it is more than it said."""
    read = 0
    with archive.open(entry) as source:
        while chunk := source.read(_CHUNK):
            read += len(chunk)
            if read > entry.file_size:
                raise _unsound(path, _("an entry of it would become too large ({name})").format(name=entry.filename))
            yield chunk
    if read != entry.file_size:
        raise _unsound(path, _("it is damaged or cut off"))


def _write(target: Path, content: Iterator[bytes]) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with open(os.open(target, flags("O_WRONLY", "O_CREAT", "O_EXCL"), 0o666), "wb") as file:
        file.writelines(content)
        file.flush()
        os.fsync(file.fileno())


def _unsound(path: Path, reason: str) -> UnreadableFile:
    text = _("{file} was not unpacked: {reason}. Ask whoever sent it for another one.")
    return UnreadableFile(text.format(file=path.name, reason=reason))


def _told(name: str) -> str:
    return name[:120]
