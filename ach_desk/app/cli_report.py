"""``ach report``: a report as a file, and what to look at before it is handed on."""

from __future__ import annotations

from pathlib import Path

from ach_desk.app.cli_files import check_output, choose_matrix, choose_rater, open_analysis, save_bytes
from ach_desk.app.cli_terminal import CommandError, complain, say
from ach_desk.i18n import _, join_words
from ach_desk.reporting.print_options import PrintOptions
from ach_desk.reporting.report.check import check
from ach_desk.reporting.report.compose import material, pictures
from ach_desk.reporting.report.compose import report as composed
from ach_desk.reporting.report.formats import FORMATS, format_of
from ach_desk.reporting.report.presets import kept_plan, plan_of


def write_report(
    file: Path,
    output: Path,
    force: bool,
    preset: str | None,
    black_and_white: bool,
    matrix: str | None,
    analyst: str | None,
) -> int:
    """Write the report and complain of what the check finds, which never changes the exit code; return that.

    Raises CommandError for an ending that is none of a report, and where something cannot be read or written.
    """
    wanted = format_of(output.suffix)
    if wanted is None:
        text = _("{file}: a report is written as {endings}; give the output one of these endings.")
        raise CommandError(text.format(file=output, endings=join_words([entry.ending for entry in FORMATS])))
    check_output(output, force=force, source=file)
    analysis, code = open_analysis(file)
    chosen = choose_matrix(analysis, file, matrix)
    by = choose_rater(analysis, file, analyst)
    plan = plan_of(preset) if preset is not None else kept_plan(analysis, chosen.id)
    options = PrintOptions(black_and_white=black_and_white)
    made = material(analysis, chosen.id, by.id if by else "", options)
    save_bytes(output, wanted.render(composed(made, plan), pictures(made)))
    say(_("{file} was written.").format(file=output))
    for point in check(made, plan):
        complain(_("To look at: {text}").format(text=point.text))
    return code
