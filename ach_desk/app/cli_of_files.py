"""The commands on files: made, read and written in other formats, checked, packed and cleaned."""

from __future__ import annotations

from pathlib import Path

import click

from ach_desk.app import cli_parameters as given
from ach_desk.i18n import _

PARTS = (*("history", "notes", "names", "paths", "rejected", "aside", "sources", "remarks", "estimates", "unknown"),)
"""The parts that a clean copy can keep: those of `clean_copy.Part`, which is not imported before it is needed."""


def commands() -> tuple[click.Command, ...]:
    """Return them in the order of this file."""
    return (
        new(),
        validate(),
        import_(),
        export(),
        convert(),
        schema(),
        pack(),
        unpack(),
        clean(),
    )


def new() -> click.Command:
    """Return ``ach new``."""
    text = _("Write an empty analysis.")
    return given.command(
        "new", "new", text, [given.output(_("The analysis to write (*.ach.json).")), given.force(), given.question()]
    )


def validate() -> click.Command:
    """Return ``ach validate``."""
    text = _(
        "Say whether a file is sound.\n\n"
        "Exit codes: 0 sound; 1 readable, with problems in the file; 2 unreadable. Findings never change the code."
    )
    findings = click.Option(
        ["--findings", "show_findings"], is_flag=True, help=_("Also print what the program points out in the analysis.")
    )
    return given.command("validate", "validate", text, [given.file(), findings])


def import_() -> click.Command:
    """Return ``ach import``."""
    text = _(
        "Make an analysis of a matrix in a CSV file, or of a file of another program.\n\n"
        "PARC ACH (.ach, .achz), STIX 2.1 (.stix.json) and what else convert reads comes in as it is, with a report. "
        "In a CSV file the first row names the columns: Evidence, and if wanted Kind, Credibility, Relevance, Source, "
        "Date, Note. "
        "Every other column is a hypothesis; “Hypothesis: Note” is one called Note. Cells hold CC, C, N, I, II, N/A or "
        "nothing."
    )
    skip = click.Option(
        ["--skip-bad"], is_flag=True, help=_("Leave cells that are not understood empty instead of refusing the file.")
    )
    analyst = click.Option(["--analyst"], metavar=_("NAME"), help=_("Whose ratings these are."))
    output = given.output(_("The analysis to write (*.ach.json)."))
    return given.command(
        "import", "import_matrix", text, [given.file(), output, given.force(), skip, given.question(), analyst]
    )


def export() -> click.Command:
    """Return ``ach export``."""
    text = _("Write a matrix as a CSV file.\n\nWhat a CSV file does not hold is named, part by part.")
    bom = click.Option(
        ["--bom"], is_flag=True, help=_("Begin with a byte order mark, which some spreadsheet programs need.")
    )
    output = given.output(_("The CSV file to write."))
    return given.command(
        "export", "export_matrix", text, [given.file(), output, given.force(), bom, *given.selection()]
    )


def convert() -> click.Command:
    """Return ``ach convert``."""
    text = _(
        "Write what one file holds into another kind of file.\n\n"
        "The endings of the names decide: .ach.json is the program's own; .xlsx, .ods, .csv and .tsv are spreadsheets, "
        ".stix.json a STIX 2.1 bundle, .achz a file of PARC ACH, .txt a list of items. Read, not written: .ach of "
        "PARC ACH, .xlsm, .json of other programs. "
        "What was changed or left out on the way is named, place by place."
    )
    output = click.Argument(["output"], metavar=_("OUTPUT"), type=click.Path(path_type=Path))
    return given.command(
        "convert",
        "convert",
        text,
        [given.file(), output, given.force(), *given.selection()],
        module="cli_convert",
    )


def schema() -> click.Command:
    """Return ``ach schema``."""
    text = _(
        "Print the JSON Schema of the program's own files.\n\n"
        "Whatever follows it can be opened; docs/file-format.md says it in words."
    )
    output = click.Option(
        ["-o", "--output"], metavar=_("FILE"), type=click.Path(path_type=Path), help=_("The file to write.")
    )
    return given.command("schema", "schema", text, [output, given.force()])


def pack() -> click.Command:
    """Return ``ach pack``."""
    text = _("Pack an analysis with its attached files into one archive.\n\nExit code 1: attached files are missing.")
    return given.command(
        "pack",
        "pack_analysis",
        text,
        [given.file(), given.output(_("The archive to write (*.ach.zip).")), given.force()],
    )


def unpack() -> click.Command:
    """Return ``ach unpack``."""
    text = _(
        "Unpack an archive into a new folder.\n\n"
        "An archive that would write outside its folder, holds links, or would become too large is refused."
    )
    folder = click.Option(
        ["-o", "--output"],
        metavar=_("FOLDER"),
        type=click.Path(path_type=Path),
        help=_("The folder to make; it must not exist. Else one of the archive's name beside it."),
    )
    return given.command("unpack", "unpack_analysis", text, [given.file("FILE.ach.zip"), folder])


def clean() -> click.Command:
    """Return ``ach clean``."""
    text = _(
        "Write a copy of an analysis without what is not meant for others.\n\n"
        "Everything that can go, goes, unless --keep names it; the history stays only where nothing else goes. What "
        "was taken out is listed. Exit code 1: a text of the copy still has the name of an analyst or of a withheld "
        "source."
    )
    keep = click.Option(
        ["--keep"], multiple=True, type=click.Choice(PARTS), help=_("What stays; give it again for more.")
    )
    new_ids = click.Option(["--new-ids"], is_flag=True, help=_("Give every record another id."))
    output = given.output(_("The analysis to write (*.ach.json)."))
    return given.command("clean", "clean", text, [given.file(), output, given.force(), keep, new_ids])
