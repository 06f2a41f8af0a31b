"""Files handed out and files that came back: written side by side, read one after the other."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from ach_desk.i18n import _
from ach_desk.model import Analysis
from ach_desk.storage.attachments import DOCUMENT_SUFFIX, plain_name
from ach_desk.storage.errors import SaveFailed, StorageError
from ach_desk.storage.files import write_document
from ach_desk.storage.folder import SUFFIX, Found, read_found

_SEEDS = 2**32


def hand_out_paths(folder: Path, stem: str, names: Sequence[str]) -> list[Path]:
    """Return the file for each of the analysts named, in the folder; two that would be one file get numbers."""
    taken: set[str] = set()
    paths = []
    for name in names:
        base, number = f"{plain_name(stem)} - {plain_name(name)}", 1
        found = base
        while found.casefold() in taken:
            number += 1
            found = f"{base} {number}"
        taken.add(found.casefold())
        paths.append(folder / f"{found}{DOCUMENT_SUFFIX}")
    return paths


def new_seed() -> int:
    """Return a seed for orders that nobody asked to be certain ones."""
    return secrets.randbelow(_SEEDS)


def write_hand_outs(files: Sequence[tuple[Path, Analysis]], *, overwrite: bool) -> None:
    """Write every file; raises SaveFailed or AlreadyExists, and writes none where one exists and not `overwrite`."""
    for path, _analysis in files:
        if path.exists() and not overwrite:
            text = _("{file} exists already. Nothing was handed out; choose another folder, or move it away.")
            raise SaveFailed(text.format(file=path))
    for path, analysis in files:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            text = _("{folder} could not be made: {reason}.")
            raise SaveFailed(text.format(folder=path.parent, reason=error.strerror)) from error
        write_document(path, analysis, expected=None, overwrite=overwrite)


def returned_files(paths: Iterable[Path]) -> list[Path]:
    """Return the files meant: every path that is a file, and of a folder the analyses that stand right in it.

    Raises StorageError for a folder that holds none.
    """
    found: list[Path] = []
    for path in paths:
        if not path.is_dir():
            found.append(path)
            continue
        inside = sorted(entry for entry in path.iterdir() if entry.name.endswith(SUFFIX) and entry.is_file())
        if not inside:
            raise StorageError(_("{folder} holds no analysis (*.ach.json).").format(folder=path))
        found += inside
    return list(dict.fromkeys(found))


def read_returned(paths: Iterable[Path]) -> Iterator[Found]:
    """Yield every file by its name: its analysis, or why it was not read."""
    for path in paths:
        yield read_found(path, path.name)
