"""What a file of a report is told beyond what the report says. Importing it costs nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ach_desk.reporting.print_options import Orientation, Paper
from ach_desk.reporting.report.model import CancelledError


@dataclass(frozen=True)
class FileOptions:
    """How a file of a report is made; a format takes what concerns it.

    paper: of a file in pages. orientation: of its pages; left to itself, only wide tables are turned sideways.
    black_and_white: legible without any colour. template: a Word file whose styles, paper and head are taken over, as
    bytes; None for the program's own. cancelled: asked between long steps; None where nobody can stop it.
    """

    paper: Paper = Paper.A4
    orientation: Orientation = Orientation.AUTO
    black_and_white: bool = False
    template: bytes | None = None
    cancelled: Callable[[], bool] | None = None

    def go_on(self) -> None:
        """Raise `CancelledError` when nobody waits any more."""
        if self.cancelled is not None and self.cancelled():
            raise CancelledError


class FileError(Exception):
    """The file cannot be made; the text is a sentence for the person who wants it."""
