"""Which files of other programs can be read and written: one line each, nothing of it imported before it is used.

A reader is ``read(data: bytes, name: str) -> Incoming`` and raises `RefusedFileError` with a sentence; a writer is
``write(analysis: Analysis, matrix: Matrix, analyst: str) -> Outgoing``, `analyst` being an id. The program's own file
is not here: it belongs to storage.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

from ach_desk.i18n import _
from ach_desk.model import Analysis

MAX_BYTES = 64 * 1024 * 1024
"""No more of a file is read; a larger one is refused."""

MAX_BUNDLE = 4 * MAX_BYTES
"""So large may a bundle be that this program wrote: one object in a line, it is read line by line."""


class RefusedFileError(ValueError):
    """A file cannot be read, or must not be. ``str()`` is a sentence that names file, place and remedy."""


@dataclass(frozen=True)
class Report:
    """What became of a file, in sentences that name the places: taken, changed on the way, left out."""

    taken: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()


@dataclass(frozen=True)
class Incoming:
    """What a file was read as; `analysis` is None where nothing in it could be used."""

    analysis: Analysis | None
    report: Report = field(default_factory=Report)


@dataclass(frozen=True)
class Outgoing:
    """The bytes of a file; `left_out`: what the format does not hold. `problems`: what will be read otherwise.

    notes: sentences on the file that ask for nothing.
    """

    data: bytes
    left_out: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Format:
    """A kind of file. `ending` with its dot, small letters; `read`, `write`: "module:function", "" where it cannot.

    most_bytes: what the reader takes at most.
    """

    ending: str
    title: Callable[[], str]
    read: str = ""
    write: str = ""
    most_bytes: int = MAX_BYTES

    def reader(self) -> Callable[..., Incoming]:
        """Return the function that reads such files, its module being imported now."""
        return _function(self.read)

    def writer(self) -> Callable[..., Outgoing]:
        """Return the function that writes such files, its module being imported now."""
        return _function(self.write)


_SHEETS_IN = "ach_desk.exchange.sheet_files"
_SHEETS_OUT = "ach_desk.exchange.sheet_out"
_LIST = "ach_desk.exchange.text_list"
_JSON_IN = "ach_desk.exchange.json_files:read_json"
_STIX_OUT = "ach_desk.exchange.stix_out:write_stix"
_PARC_IN = "ach_desk.exchange.parc:read_parc"

FORMATS: tuple[Format, ...] = (
    Format(".xlsx", lambda: _("Excel workbook"), f"{_SHEETS_IN}:read_sheet_file", f"{_SHEETS_OUT}:write_xlsx"),
    Format(".xlsm", lambda: _("Excel workbook with macros"), f"{_SHEETS_IN}:read_sheet_file"),
    Format(".ods", lambda: _("OpenDocument spreadsheet"), f"{_SHEETS_IN}:read_sheet_file", f"{_SHEETS_OUT}:write_ods"),
    Format(".csv", lambda: _("Comma-separated text"), f"{_SHEETS_IN}:read_sheet_file", f"{_SHEETS_OUT}:write_csv"),
    Format(".tsv", lambda: _("Tab-separated text"), f"{_SHEETS_IN}:read_sheet_file", f"{_SHEETS_OUT}:write_tsv"),
    Format(".txt", lambda: _("Text, one item per line"), f"{_LIST}:read_list", f"{_LIST}:write_list"),
    Format(".stix.json", lambda: _("STIX 2.1 bundle"), _JSON_IN, _STIX_OUT, MAX_BUNDLE),
    Format(".json", lambda: _("JSON of another program"), _JSON_IN, most_bytes=MAX_BUNDLE),
    Format(".ach", lambda: _("PARC ACH"), _PARC_IN),
    Format(".achz", lambda: _("PARC ACH"), _PARC_IN, "ach_desk.exchange.parc_out:write_parc"),
)
"""Every format; where two endings fit a name, the longer one counts (``.stix.json`` before ``.json``)."""


def format_of(name: str) -> Format | None:
    """Return the format that the ending of a file's name stands for; None for one that is not known."""
    fitting = (entry for entry in FORMATS if name.casefold().endswith(entry.ending))
    return max(fitting, key=lambda entry: len(entry.ending), default=None)


def endings(*, written: bool) -> list[str]:
    """Return the endings that can be written, else those that can be read, in the order of the list."""
    return [entry.ending for entry in FORMATS if (entry.write if written else entry.read)]


def _function(place: str) -> Any:
    module, _colon, name = place.partition(":")
    return getattr(import_module(module), name)


def read_bytes(path: Path) -> bytes:
    """Return the file's bytes; raises RefusedFileError with a sentence where it cannot be read or is too large."""
    found = format_of(path.name)
    most = found.most_bytes if found is not None else MAX_BYTES
    try:
        with path.open("rb") as file:
            data = file.read(most + 1)
    except FileNotFoundError:
        text = _("{file} cannot be read: there is no such file. Was it moved or renamed?")
    except IsADirectoryError:
        text = _("{file} cannot be read: it is a folder. Choose a file.")
    except PermissionError:
        text = _("{file} cannot be read: you have no permission to read it. Ask its owner for it.")
    except OSError as error:
        text = _("{file} cannot be read: {reason}. Check the drive or network connection and try again.")
        raise RefusedFileError(text.format(file=path, reason=error.strerror)) from None
    else:
        if len(data) <= most:
            return data
        text = _("{file} is larger than {limit} MB and was not read. Split the matrix into smaller files.")
    raise RefusedFileError(text.format(file=path, limit=most // 2**20))
