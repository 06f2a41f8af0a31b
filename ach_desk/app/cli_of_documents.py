"""The commands that write documents: reports, printed pages, and the record over several analyses."""

from __future__ import annotations

from pathlib import Path

import click

from ach_desk.app import cli_parameters as given
from ach_desk.i18n import _
from ach_desk.reporting.report.preset_names import PRESETS


def commands() -> tuple[click.Command, ...]:
    """Return them in the order of this file."""
    return (
        report(),
        print_(),
        record(),
    )


def report() -> click.Command:
    """Return ``ach report``."""
    text = _(
        "Write a report on a matrix.\n\n"
        "The ending of the output's name decides the format. What the report holds is what is kept in the file, unless "
        "a preset is named."
    )
    preset = click.Option(
        ["--preset"], type=click.Choice(list(PRESETS)), help=_("What the report holds; else what is kept in the file.")
    )
    template = click.Option(
        ["--template"],
        metavar=_("FILE.docx"),
        type=click.Path(path_type=Path),
        help=_("A Word file whose styles, paper, head and foot a report in Word takes over."),
    )
    output = given.output(_("The report to write (*.pdf, *.docx, *.html, *.pptx, *.md or *.txt)."))
    options = [preset, template, given.paper(), given.black_and_white(), *given.selection()]
    return given.command("report", "report", text, [given.file(), output, given.force(), *options])


def print_() -> click.Command:
    """Return ``ach print``."""
    text = _("Write the printed document of a matrix, the matrix for a wall, or a rating form as PDF.")
    what = click.Option(
        ["--what"],
        type=click.Choice(["document", "wall", "form"]),
        default="document",
        show_default=True,
        help=_("What is printed."),
    )
    fit = click.Option(
        ["--fit"], is_flag=True, help=_("Smaller: all hypotheses side by side, a wall matrix on one sheet.")
    )
    order = click.Option(
        ["--order"], type=click.IntRange(1, 9999), help=_("The items of a form in the order of chance of that number.")
    )
    paper = click.Option(
        ["--paper"], type=click.Choice(["a4", "letter", "a3"]), help=_("The paper; else that of your country.")
    )
    resting = click.Option(["--resting"], is_flag=True, help=_("Also print the charts of what the order rests on."))
    output = given.output(_("The PDF file to write."))
    options = [
        given.file(),
        output,
        given.force(),
        what,
        paper,
        fit,
        order,
        resting,
        given.black_and_white(),
        *given.selection(),
    ]
    return given.command("print", "print_pages", text, options)


def record() -> click.Command:
    """Return ``ach record``."""
    text = _(
        "Hold what was concluded against what came, over all analyses of a folder.\n\n"
        "For every outcome: question, date, stated likelihoods, Brier score; then the mean, and how often what was "
        "said came true. Folders below are looked into, links are not followed."
    )
    folder = click.Argument(["folder"], metavar=_("FOLDER"), type=click.Path(path_type=Path))
    return given.command("record", "record", text, [folder, given.as_json()])
