"""Log file and crash report. Neither ever holds content of an analysis: places in the program, no values."""

from __future__ import annotations

import logging
import os
import platform
import sys
import traceback
from datetime import UTC, datetime
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import cast

from ach_desk import __version__
from ach_desk.storage.system import set_mode

_LARGEST_LOG = 500_000
_PACKAGE = Path(__file__).resolve().parent.parent


class _WithoutContent(logging.Formatter):
    """Writes exceptions as type and places only: a message may quote what the analyst wrote."""

    def format(self, record: logging.LogRecord) -> str:
        # Another handler may have left the exception there in its own, full words.
        kept, record.exc_text = record.exc_text, None
        try:
            return super().format(record)
        finally:
            record.exc_text = kept

    def formatException(self, ei: tuple) -> str:
        return crash_text(ei[0], ei[2])


class _OwnersFile(RotatingFileHandler):
    """A log that only its owner may read, also after each beginning of a new file."""

    def _open(self) -> TextIOWrapper:
        name, mode = self.baseFilename, self.mode
        file = open(name, mode, encoding=self.encoding, opener=_owners_only)  # noqa: SIM115 - the handler closes it
        return cast(TextIOWrapper, file)


def _owners_only(path: str, flags: int) -> int:
    descriptor = os.open(path, flags, 0o600)
    set_mode(descriptor, 0o600)
    return descriptor


def start_log(folder: Path) -> None:
    """Write the program's log to ``ach-desk.log`` in `folder`, readable by its owner only; two old ones are kept."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        handler = _OwnersFile(folder / "ach-desk.log", maxBytes=_LARGEST_LOG, backupCount=2, encoding="utf-8")
    except OSError as error:
        logging.getLogger(__name__).warning("no log file: %s", error.strerror)
        return
    handler.setFormatter(_WithoutContent("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)


def crash_text(kind: type[BaseException] | None, trace: TracebackType | None) -> str:
    """Return where in the program an exception came from, without its message and without a path outside it."""
    lines = [f"ACH Desk {__version__}, Python {platform.python_version()}, {sys.platform}"]
    for frame in traceback.extract_tb(trace):
        path = Path(frame.filename)
        place = path.relative_to(_PACKAGE).as_posix() if path.is_relative_to(_PACKAGE) else path.name
        lines.append(f"  {place}:{frame.lineno} in {frame.name}")
    lines.append(kind.__name__ if kind is not None else "unknown")
    return "\n".join(lines)


def write_crash_report(folder: Path, kind: type[BaseException], trace: TracebackType | None) -> Path | None:
    """Write a crash report into `folder` and return its path; None when it could not be written."""
    path = folder / f"crash-{datetime.now(UTC).strftime('%Y%m%d-%H%M%S')}.txt"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with open(path, "w", encoding="utf-8", opener=_owners_only) as file:
            file.write(crash_text(kind, trace) + "\n")
    except OSError as error:
        logging.getLogger(__name__).warning("no crash report: %s", error.strerror)
        return None
    return path
