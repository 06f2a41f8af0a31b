"""Files handed out and files that came back: written side by side, read one after the other."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from ach_desk.i18n import _
from ach_desk.model import Analysis
from ach_desk.storage.archive import name_in, pack, packed_document
from ach_desk.storage.attachments import ARCHIVE_SUFFIX, DOCUMENT_SUFFIX, Home, plain_name
from ach_desk.storage.errors import SaveFailed, StorageError
from ach_desk.storage.files import read_document, write_document
from ach_desk.storage.folder import SUFFIX, Found

_SEEDS = 2**32
_ENDINGS = (SUFFIX, ARCHIVE_SUFFIX)


def hand_out_paths(folder: Path, stem: str, names: Sequence[str], *, packed: bool = False) -> list[Path]:
    """Return the file for each of the analysts named, in the folder; two that would be one file get numbers.

    packed: an archive each, for an analysis together with its attached files.
    """
    ending = ARCHIVE_SUFFIX if packed else DOCUMENT_SUFFIX
    taken: set[str] = set()
    paths = []
    for name in names:
        base, number = f"{plain_name(stem)} - {plain_name(name)}", 1
        found = base
        while found.casefold() in taken:
            number += 1
            found = f"{base} {number}"
        taken.add(found.casefold())
        paths.append(folder / f"{found}{ending}")
    return paths


def new_seed() -> int:
    """Return a seed for orders that nobody asked to be certain ones."""
    return secrets.randbelow(_SEEDS)


def write_hand_outs(
    files: Sequence[tuple[Path, Analysis]], *, overwrite: bool, home: Home | None = None
) -> tuple[str, ...]:
    """Write every file and return the paths of attached files that are not in them, because they could not be read.

    home: where the attached files are; each analysis is packed with its own. Raises SaveFailed or AlreadyExists, and
    writes none where one exists and not `overwrite`.
    """
    for path, _analysis in files:
        if path.exists() and not overwrite:
            text = _("{file} exists already. Nothing was handed out; choose another folder, or move it away.")
            raise SaveFailed(text.format(file=path))
    missing: dict[str, None] = {}
    for path, analysis in files:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            text = _("{folder} could not be made: {reason}.")
            raise SaveFailed(text.format(folder=path.parent, reason=error.strerror)) from error
        if home is None:
            write_document(path, analysis, expected=None, overwrite=overwrite)
        else:
            missing |= dict.fromkeys(pack(path, name_in(path), analysis, home, overwrite=overwrite).missing)
    return tuple(missing)


def returned_files(paths: Iterable[Path]) -> list[Path]:
    """Return the files meant: every path that is a file, and of a folder the analyses, also packed ones, right in it.

    Raises StorageError for a folder that holds none.
    """
    found: list[Path] = []
    for path in paths:
        if not path.is_dir():
            found.append(path)
            continue
        inside = sorted(entry for entry in path.iterdir() if entry.name.endswith(_ENDINGS) and entry.is_file())
        if not inside:
            raise StorageError(_("{folder} holds no analysis (*.ach.json).").format(folder=path))
        found += inside
    return list(dict.fromkeys(found))


def read_returned(paths: Iterable[Path]) -> Iterator[Found]:
    """Yield every file by its name: its analysis, or why it was not read."""
    yield from map(_read, paths)


def _read(path: Path) -> Found:
    try:
        loaded = packed_document(path) if path.name.endswith(ARCHIVE_SUFFIX) else read_document(path).loaded
    except StorageError as error:
        return Found(path.name, None, error.sentence)
    if loaded.newer:
        text = _("{file} was written by a newer version of ACH Desk. Nothing of it was taken in.")
        return Found(path.name, None, text.format(file=path.name))
    return Found(path.name, loaded.analysis)
