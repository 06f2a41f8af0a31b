"""``ach convert``: from any file that can be read to any that can be written, by the endings of their names."""

from __future__ import annotations

from pathlib import Path

from ach_desk.app.cli_files import check_output, choose_matrix, choose_rater, open_analysis, save_analysis, save_bytes
from ach_desk.app.cli_terminal import CommandError, complain, say
from ach_desk.commands.private import Veil
from ach_desk.exchange.formats import RefusedFileError, Report, format_of, read_bytes
from ach_desk.exchange.refused_endings import OWN_ENDING, refusal
from ach_desk.i18n import _
from ach_desk.model import Analysis


def convert(file: Path, output: Path, force: bool, matrix: str | None, analyst: str | None) -> int:
    """Read `file`, write `output`, and say what was taken, changed and left out."""
    _check_ending(output, written=True)
    check_output(output, force=force, source=file)
    analysis, code = open_analysis(file) if _is_own(file) else read_other(file)
    if _is_own(output):
        save_analysis(output, analysis, force=force)
    else:
        code = max(code, _write(analysis, file, output, matrix, analyst))
    say(_("{file} was written.").format(file=output))
    return code


def _is_own(file: Path) -> bool:
    return file.name.casefold().endswith(OWN_ENDING)


def _check_ending(file: Path, *, written: bool) -> None:
    why_not = refusal(file, written=written)
    if why_not:
        raise CommandError(why_not)


def read_other(file: Path) -> tuple[Analysis, int]:
    """Return the analysis in somebody else's file and the exit code: 1 where something was left out.

    What was taken is printed, what was changed or left out complained about. Raises CommandError where it is refused.
    """
    _check_ending(file, written=False)
    found = format_of(file.name)
    assert found is not None
    try:
        incoming = found.reader()(read_bytes(file), file.name)
    except RefusedFileError as error:
        raise CommandError(str(error)) from None
    _say_report(incoming.report)
    if incoming.analysis is None:
        raise CommandError(_("Nothing in {file} could be used, and nothing was written.").format(file=file), 1)
    return incoming.analysis, 1 if incoming.report.skipped else 0


def _write(analysis: Analysis, file: Path, output: Path, matrix: str | None, analyst: str | None) -> int:
    found = format_of(output.name)
    assert found is not None
    chosen = choose_matrix(analysis, file, matrix)
    by = choose_rater(analysis, file, analyst)
    Veil.over(by.id if by else "", analysis).lifted(analysis)
    outgoing = found.writer()(analysis, chosen, by.id if by else "")
    save_bytes(output, outgoing.data)
    for part in outgoing.left_out:
        complain(_("Left out: {part}.").format(part=part))
    for sentence in (*outgoing.problems, *outgoing.notes):
        complain(sentence)
    return 1 if outgoing.problems else 0


def _say_report(report: Report) -> None:
    for line in report.taken:
        say(line)
    for line in (*report.changed, *report.skipped):
        complain(line)
