"""All analyses under a folder: bounded, never out of the folder, and bad files are told and passed over."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ach_desk.i18n import _
from ach_desk.model import Analysis
from ach_desk.storage.errors import StorageError, UnreadableFile
from ach_desk.storage.files import read_document

SUFFIX = ".ach.json"
MOST_FILES = 2_000
"""No more analyses of one folder are read."""
MOST_ENTRIES = 200_000
"""No more entries of one folder, and those below it, are looked at."""
MOST_LEVELS = 32
"""Folders further down are not looked into."""


@dataclass(frozen=True)
class Found:
    """A file under the folder: its place below it, and its analysis, or (None) the sentence why it was passed over."""

    name: str
    analysis: Analysis | None
    problem: str = ""


def analyses_under(folder: Path) -> Iterator[Found]:
    """Yield every ``*.ach.json`` under a folder by name; links are not followed. Raises UnreadableFile for no folder.

    A file that cannot be read, a link, and where the bounds are reached, are yielded as problems.
    """
    if not folder.is_dir():
        raise UnreadableFile(_("{folder} is not a folder.").format(folder=folder))
    count = 0
    for path, problem in _paths(folder):
        name = os.path.relpath(path, folder)
        if problem:
            yield Found(name, None, problem)
            continue
        if count == MOST_FILES:
            text = _("More than {count} analyses are there; the rest was passed over.")
            yield Found(name, None, text.format(count=MOST_FILES))
            return
        count += 1
        yield read_found(path, name)


def read_found(path: Path, name: str) -> Found:
    """Return the analysis at `path`, called `name` in reports, or why it was not read."""
    try:
        return Found(name, read_document(path).loaded.analysis)
    except StorageError as error:
        return Found(name, None, error.sentence)


def _paths(folder: Path) -> Iterator[tuple[Path, str]]:
    """Yield (path, "") of every analysis, by name, folder by folder, and (path, problem) of what is passed over."""
    waiting, seen = [(folder, 0)], 0
    while waiting:
        place, level = waiting.pop()
        try:
            with os.scandir(place) as entries:
                listed = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            yield place, _("{folder} cannot be read: {reason}.").format(folder=place, reason=error.strerror)
            continue
        seen += len(listed)
        if seen > MOST_ENTRIES:
            yield place, _("The folder holds too much; the rest was passed over.")
            return
        for entry in listed:
            if entry.name.endswith(SUFFIX):
                yield Path(entry.path), _("a link, which is not followed") if entry.is_symlink() else ""
        below = [Path(entry.path) for entry in reversed(listed) if entry.is_dir(follow_symlinks=False)]
        if below and level == MOST_LEVELS:
            yield below[-1], _("too many folders within each other; it was passed over")
        else:
            waiting += [(entry, level + 1) for entry in below]
