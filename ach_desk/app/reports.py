"""Log file and crash report. Neither ever holds content of an analysis: places in the program, no values."""

from __future__ import annotations

import logging
import os
import platform
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from ach_desk import __version__
from ach_desk.storage.system import set_mode

_PACKAGE = Path(__file__).resolve().parent.parent


class EarlyLog(logging.Handler):
    """Keeps what is logged before there is a log file, which is opened when the window has been seen."""

    def __init__(self) -> None:
        super().__init__()
        self._kept: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self._kept.append(record)

    def hand_over(self, handler: logging.Handler | None) -> None:
        """Give everything to `handler`, if there is one, and keep nothing more."""
        logging.getLogger().removeHandler(self)
        kept, self._kept = self._kept, []
        if handler is not None:
            for record in kept:
                handler.handle(record)


def keep_log() -> EarlyLog:
    """Keep from now on what is logged, for the log file that comes."""
    early = EarlyLog()
    root = logging.getLogger()
    root.addHandler(early)
    root.setLevel(logging.INFO)
    return early


def owners_only(path: str, flags: int) -> int:
    """Open a file that nobody else may read; an opener for `open`."""
    descriptor = os.open(path, flags, 0o600)
    set_mode(descriptor, 0o600)
    return descriptor


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
        with open(path, "w", encoding="utf-8", opener=owners_only) as file:
            file.write(crash_text(kind, trace) + "\n")
    except OSError as error:
        logging.getLogger(__name__).warning("no crash report: %s", error.strerror)
        return None
    return path
