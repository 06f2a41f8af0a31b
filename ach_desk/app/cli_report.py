"""``ach report``: a report as a file, and what to look at before it is handed on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ach_desk.app.cli_files import check_output, choose_matrix, choose_rater, open_analysis, save_bytes
from ach_desk.app.cli_terminal import CommandError, complain, say
from ach_desk.i18n import _, join_words
from ach_desk.reporting.document import coverage
from ach_desk.reporting.glyphs import missing
from ach_desk.reporting.print_options import PrintOptions
from ach_desk.reporting.report.check import check
from ach_desk.reporting.report.compose import file_options, material, pictures
from ach_desk.reporting.report.compose import report as composed
from ach_desk.reporting.report.file_options import FileError
from ach_desk.reporting.report.formats import FORMATS, Format, format_of
from ach_desk.reporting.report.material import Material
from ach_desk.reporting.report.model import Report
from ach_desk.reporting.report.presets import kept_plan, plan_of
from ach_desk.reporting.report.tidy import texts
from ach_desk.reporting.report.word_template import read_template


@dataclass(frozen=True)
class Wanted:
    """What the command line asks for; matrix and analyst by name or id, None for the first one."""

    force: bool
    preset: str | None
    template: Path | None
    options: PrintOptions
    matrix: str | None
    analyst: str | None


def write_report(file: Path, output: Path, wanted: Wanted) -> int:
    """Write the report and complain of what the check finds, which never changes the exit code; return that.

    Raises CommandError for an ending that is none of a report, for a template that cannot be used, and where something
    cannot be read or written.
    """
    entry = format_of(output.suffix)
    if entry is None:
        text = _("{file}: a report is written as {endings}; give the output one of these endings.")
        raise CommandError(text.format(file=output, endings=join_words([entry.ending for entry in FORMATS])))
    if wanted.template is not None and not entry.takes_template:
        raise CommandError(_("--template: only a report in Word (*.docx) takes over the look of another file."))
    check_output(output, force=wanted.force, source=file)
    analysis, code = open_analysis(file)
    chosen = choose_matrix(analysis, file, wanted.matrix)
    by = choose_rater(analysis, file, wanted.analyst)
    plan = plan_of(wanted.preset) if wanted.preset is not None else kept_plan(analysis, chosen.id)
    made = material(analysis, chosen.id, by.id if by else "", wanted.options)
    report = composed(made, plan)
    save_bytes(output, _file(entry, made, report, wanted.template))
    say(_("{file} was written.").format(file=output))
    for finding in missing(texts(report), coverage()) if entry.embeds_fonts else ():
        complain(finding.sentence())
    for point in check(made, plan):
        complain(_("To look at: {text}").format(text=point.text))
    return code


def _file(entry: Format, made: Material, report: Report, template: Path | None) -> bytes:
    try:
        house = read_template(template) if template is not None else None
        return entry.render(report, pictures(made), file_options(made, house, can_stop=False))
    except FileError as error:
        raise CommandError(str(error)) from None
