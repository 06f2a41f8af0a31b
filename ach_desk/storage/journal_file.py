"""The file of a recovery journal: a header line, one line per entry, written by one thread, readable by its owner."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from ach_desk.storage.system import flags, sync_data, sync_folder

_IN_ONE_PIECE = 64
_DEPTH_IN_PIECES = 4


class JournalFile:
    """A header and entries on the disk. Made by the first entry, so that an untouched document leaves nothing.

    Every method returns only when its effect is on the disk, and raises OSError with the file as it was before.
    Headers are given as functions that return the line: one that holds a document is long, and often never needed.
    """

    def __init__(self, path: Path, header: Callable[[], bytes]) -> None:
        self.path = path
        self._header = header
        self._descriptor: int | None = None
        self._size = 0
        self._first = 0

    def append(self, lines: Sequence[bytes]) -> None:
        """Add the lines, each of which ends in a newline."""
        if self._descriptor is None:
            self._open(self._header())
        assert self._descriptor is not None
        try:
            _write_all(self._descriptor, lines)
            sync_data(self._descriptor)
        except OSError:
            # Half a line left behind would make the next one unreadable too.
            os.ftruncate(self._descriptor, self._size)
            raise
        self._size = os.fstat(self._descriptor).st_size

    def rebase(self, header: Callable[[], bytes], keep_after: int) -> None:
        """Give the journal a new header and keep only the entries after number `keep_after`, in one step.

        Entries are numbered from 1 as they were appended, throughout the journal's life.
        """
        kept = self._lines()[max(keep_after - self._first, 0) :] if self._descriptor is not None else []
        if kept:
            self._replace(header(), kept)
        else:
            self.remove()
        self._header = header
        self._first = max(keep_after, self._first)

    def remove(self) -> None:
        """Delete the file; a later entry makes a new one."""
        self.close()
        self.path.unlink(missing_ok=True)

    def close(self) -> None:
        """Close the file and leave it where it is."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def _open(self, header: bytes) -> None:
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.path.parent.chmod(0o700)
        descriptor = _new_file(self.path)
        try:
            _write_all(descriptor, [header])
            self._size = os.fstat(descriptor).st_size
            sync_folder(self.path.parent)
        except OSError:
            os.close(descriptor)
            self.path.unlink(missing_ok=True)
            raise
        self._descriptor = descriptor

    def _lines(self) -> list[bytes]:
        return self.path.read_bytes().splitlines(keepends=True)[1:]

    def _replace(self, header: bytes, lines: Sequence[bytes]) -> None:
        temporary = self.path.with_suffix(".new")
        temporary.unlink(missing_ok=True)
        descriptor = _new_file(temporary)
        try:
            try:
                _write_all(descriptor, [header, *lines])
                sync_data(descriptor)
            finally:
                os.close(descriptor)
            self.close()  # Some systems replace no file that is open.
            try:
                os.replace(temporary, self.path)
            finally:
                self._descriptor = os.open(self.path, flags("O_RDWR", "O_APPEND"))
        except OSError:
            temporary.unlink(missing_ok=True)
            raise
        self._size = os.fstat(self._descriptor).st_size
        sync_folder(self.path.parent)


def line_of(value: Any) -> bytes:
    """Return the value as one line of JSON, in ASCII, newline included."""
    return "".join((*_pieces(value, 0), "\n")).encode("ascii")


def _pieces(value: Any, depth: int) -> Iterator[str]:
    """Yield the value's JSON in pieces.

    The C encoder holds the interpreter from beginning to end; a pasted block of 100,000 ratings in one call would
    stop the window for as long. In pieces the other threads get their turns.
    """
    if depth == _DEPTH_IN_PIECES or not isinstance(value, (dict, list, tuple)) or not value:
        yield json.dumps(value)
    elif len(value) > _IN_ONE_PIECE:
        members = iter(value.items() if isinstance(value, dict) else value)
        joint = "{" if isinstance(value, dict) else "["
        while piece := list(islice(members, _IN_ONE_PIECE)):
            yield joint + json.dumps(dict(piece) if isinstance(value, dict) else piece)[1:-1]
            joint = ","
        yield "}" if isinstance(value, dict) else "]"
    elif isinstance(value, dict):
        for number, (key, entry) in enumerate(value.items()):
            yield f"{',' if number else '{'}{json.dumps(str(key))}:"
            yield from _pieces(entry, depth + 1)
        yield "}"
    else:
        for number, entry in enumerate(value):
            yield "," if number else "["
            yield from _pieces(entry, depth + 1)
        yield "]"


def _new_file(path: Path) -> int:
    return os.open(path, flags("O_RDWR", "O_CREAT", "O_EXCL", "O_APPEND"), 0o600)


def _write_all(descriptor: int, parts: Sequence[bytes]) -> None:
    rest = memoryview(b"".join(parts))
    while rest:
        rest = rest[os.write(descriptor, rest) :]
