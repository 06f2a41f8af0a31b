"""What the report dialog has done away from the window, as plain functions on plain data."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ach_desk.model import Analysis
from ach_desk.model.report_plan import ReportPlan
from ach_desk.reporting.print_options import PrintOptions
from ach_desk.storage.files import write_bytes_atomically
from ach_desk.ui.background import Cancel

_MOST_SHOWN = 40


@dataclass(frozen=True)
class Request:
    """A report on a state of an analysis that later edits do not touch.

    matrix, analyst: ids. template: the Word file whose look a report in Word takes over; None for none.
    """

    analysis: Analysis
    matrix: str
    analyst: str
    plan: ReportPlan
    options: PrintOptions
    template: Path | None = None


@dataclass(frozen=True)
class Shown:
    """What the preview shows: rich text, its pictures as PNG by name, and what the check says."""

    text: str
    pictures: dict[str, bytes]
    points: tuple[str, ...]


def preview_job(request: Request, palette: str, cancel: Cancel) -> Shown:
    """Return the beginning of the report for the preview; raises CancelledError when it is not awaited any more."""
    from ach_desk.reporting.report import check, compose, cut, html

    made = compose.material(request.analysis, request.matrix, request.analyst, request.options, cancel.__bool__)
    report = cut.beginning(compose.report(made, request.plan), _MOST_SHOWN)
    text, pictures = html.preview(report, compose.pictures(made), palette)
    points = check.check(made, request.plan)
    return Shown(text, pictures, tuple(point.text for point in points))


def save_job(request: Request, format_name: str, path: Path, cancel: Cancel) -> None:
    """Write the report in a format.

    Raises StorageError, FileError with a sentence where the file cannot be made, and CancelledError when it is not
    awaited any more.
    """
    from ach_desk.reporting.report import compose
    from ach_desk.reporting.report.formats import FORMATS
    from ach_desk.reporting.report.word_template import read_template

    made = compose.material(request.analysis, request.matrix, request.analyst, request.options, cancel.__bool__)
    wanted = next(entry for entry in FORMATS if entry.name == format_name)
    house = request.template if wanted.takes_template else None
    template = read_template(house) if house is not None else None
    options = compose.file_options(made, template)
    data = wanted.render(compose.report(made, request.plan), compose.pictures(made), options)
    made.go_on()
    write_bytes_atomically(path, data)


def text_job(request: Request, cancel: Cancel) -> str:
    """Return the report as plain text; raises CancelledError when it is not awaited any more."""
    from ach_desk.reporting.report import compose, plain

    made = compose.material(request.analysis, request.matrix, request.analyst, request.options, cancel.__bool__)
    return plain.text(compose.report(made, request.plan))
