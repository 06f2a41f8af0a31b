"""The compiled modules of a start in one file beside Python's own compiled files, as one more of their kind.

Python looks in folders for each module, opens its compiled file and asks whether that is still the source's. With some
four hundred modules that is a twentieth of a start. Here it is one file, and one question for each module: are size and
time of the source what they were? Where the answer is anything but yes, Python finds the module as ever.
"""

from __future__ import annotations

import marshal
import mmap
import os
import sys
from collections.abc import Iterator, Sequence
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import MAGIC_NUMBER, cache_from_source
from pathlib import Path
from types import CodeType, ModuleType

_LENGTH = 8
"""Bytes that say how long the index is, with which the file begins."""

_COMPILED_HEADER = 16
"""Bytes before the code in a compiled file of Python (PEP 552)."""

_Entry = tuple[str, int, int, bool, int, int]
"""Where a module's source is, when it was changed (ns) and its size, whether it is a package, from where to where its
code is. A plain tuple: there are hundreds, and Python itself writes and reads them."""


def beside_compiled(source: str) -> Path:
    """Return the place for such a file among the compiled files of Python in the folder of `source`."""
    return Path(cache_from_source(source)).with_name(f"start.{sys.implementation.cache_tag}.modules")


class _Loader(SourceFileLoader):
    def __init__(self, name: str, origin: str, code: memoryview) -> None:
        super().__init__(name, origin)
        self._code = code

    def get_code(self, fullname: str) -> CodeType:
        return marshal.loads(self._code)


class StartModules:
    """Finds the modules that an earlier start kept; `note` and `keep` keep those of this one where some are new."""

    def __init__(self, place: Path) -> None:
        """Use and keep the file at `place`. Modules that are loaded already are none of its business."""
        self._place = place
        self._surroundings = (MAGIC_NUMBER, sys.prefix, *sys.path)
        self._before = frozenset(sys.modules)
        self._entries: dict[str, _Entry] = {}
        self._code = memoryview(b"")
        self._loaded: dict[str, tuple[str, bool]] = {}
        self._is_stale = True

    def use(self) -> None:
        """Find modules in what was kept, if that was by this Python with these folders to look in."""
        try:
            with self._place.open("rb") as file:
                kept = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
            begin = _LENGTH + int.from_bytes(kept[:_LENGTH], "little")
            surroundings, end, entries = marshal.loads(kept[_LENGTH:begin])
        except (OSError, EOFError, ValueError, TypeError):
            return  # as with a compiled file of Python: one that cannot be used counts as none, and is written anew
        if surroundings != self._surroundings or begin + end != len(kept):
            return
        self._entries = entries
        self._code = kept[begin:]
        self._is_stale = False
        sys.meta_path.insert(0, self)

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return how to load the module from here; None for one that is not here as it is now."""
        entry = self._entries.get(fullname)
        if entry is None:
            return None
        origin, modified_ns, size, is_package, start, end = entry
        if _stamp(origin) != (modified_ns, size):
            self._is_stale = True
            return None
        spec = ModuleSpec(fullname, _Loader(fullname, origin, self._code[start:end]), origin=origin)
        spec.has_location = True
        if is_package:
            spec.submodule_search_locations = [os.path.dirname(origin)]
        return spec

    def note(self) -> None:
        """Take what is loaded by now for what a start needs."""
        self._loaded = {name: entry for name, entry in _loaded() if name not in self._before}

    def keep(self) -> None:
        """Keep what was noted beside what was kept before, where some of it is new and compiled files may be written.

        Raises SaveFailed where it cannot be written.
        """
        is_known = not self._is_stale and self._loaded.keys() <= self._entries.keys()
        if sys.dont_write_bytecode or is_known:
            return
        known = {name: (entry[0], entry[3]) for name, entry in self._entries.items()} | self._loaded
        entries: dict[str, _Entry] = {}
        codes: list[bytes] = []
        end = 0
        for name, (origin, is_package) in known.items():
            compiled = _compiled(origin)
            if compiled is not None:
                stamp, code = compiled
                entries[name] = (origin, *stamp, is_package, end, end + len(code))
                codes.append(code)
                end += len(code)
        index = marshal.dumps((self._surroundings, end, entries))
        from ach_desk.storage.files import write_bytes_atomically  # loaded by now, and no use before

        write_bytes_atomically(self._place, b"".join((len(index).to_bytes(_LENGTH, "little"), index, *codes)))


def _loaded() -> Iterator[tuple[str, tuple[str, bool]]]:
    """Yield the name of each module that came from a source in a folder, with that and whether it is a package."""
    for name, module in list(sys.modules.items()):
        spec = getattr(module, "__spec__", None)
        if spec is not None and spec.origin and type(spec.loader) in (SourceFileLoader, _Loader) and spec.name == name:
            yield name, (spec.origin, spec.submodule_search_locations is not None)


def _compiled(origin: str) -> tuple[tuple[int, int], bytes] | None:
    """Return what the source is and its code from the compiled file that Python keeps; None where that is another's."""
    stamp = _stamp(origin)
    try:
        with open(cache_from_source(origin), "rb") as file:
            header, code = file.read(_COMPILED_HEADER), file.read()
    except OSError:
        return None
    if stamp is None:
        return None
    modified, size = (part.to_bytes(8, "little")[:4] for part in (stamp[0] // 10**9, stamp[1]))
    return (stamp, code) if header == MAGIC_NUMBER + bytes(4) + modified + size else None


def _stamp(origin: str) -> tuple[int, int] | None:
    """Return when the source was changed, in ns, and its size; None where it is gone."""
    try:
        found = os.stat(origin)
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size
