"""The log file: places in the program and no content of an analysis, readable by its owner only."""

from __future__ import annotations

import logging
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import cast

from ach_desk.app.reports import crash_text, owners_only

_LARGEST_LOG = 500_000


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
        file = open(name, mode, encoding=self.encoding, opener=owners_only)  # noqa: SIM115 - the handler closes it
        return cast(TextIOWrapper, file)


def start_log(folder: Path) -> logging.Handler | None:
    """Write the program's log to ``ach-desk.log`` in `folder`, readable by its owner only; two old ones are kept.

    Return what writes it; None when there can be no such file, which is logged.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        handler = _OwnersFile(folder / "ach-desk.log", maxBytes=_LARGEST_LOG, backupCount=2, encoding="utf-8")
    except OSError as error:
        logging.getLogger(__name__).warning("no log file: %s", error.strerror)
        return None
    handler.setFormatter(_WithoutContent("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    return handler
