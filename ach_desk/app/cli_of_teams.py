"""The commands for several people: hand out and collect, merge and compare, agree and pool."""

from __future__ import annotations

from pathlib import Path

import click

from ach_desk.app import cli_parameters as given
from ach_desk.i18n import _


def commands() -> tuple[click.Command, ...]:
    """Return them in the order of this file."""
    return (
        handout(),
        collect(),
        merge(),
        diff(),
        agree(),
        pool(),
    )


def handout() -> click.Command:
    """Return ``ach handout``."""
    text = _(
        "Make one file for each analyst, to be rated alone.\n\n"
        "Each holds the hypotheses and items that count and their sources, and nobody's ratings, no conclusion, no "
        "notes and no history. collect takes them in when they come back."
    )
    names = click.Option(
        ["--to", "names"], multiple=True, required=True, metavar=_("NAME"), help=_("Whom a file is for; once for each.")
    )
    folder = click.Option(
        ["-d", "--folder"],
        required=True,
        metavar=_("FOLDER"),
        type=click.Path(path_type=Path),
        help=_("Where the files go; it is made if it is not there."),
    )
    shuffle = click.Option(["--shuffle"], is_flag=True, help=_("Another order of items and hypotheses for each."))
    seed = click.Option(
        ["--seed"], type=click.IntRange(0, 2**63 - 1), help=_("Shuffle with this seed, to get the same orders again.")
    )
    with_files = click.Option(
        ["--with-files"], is_flag=True, help=_("An archive each (*.ach.zip) with the files attached to the items.")
    )
    matrix = given.selection()[:1]
    params = [given.file(), names, folder, shuffle, seed, with_files, *matrix, given.force()]
    return given.command("handout", "handout", text, params, "cli_together")


def collect() -> click.Command:
    """Return ``ach collect``."""
    text = _(
        "Take in the files that analysts sent back.\n\n"
        "Ratings, estimates and remarks come in; new items and other words are proposals, taken in only with the "
        "options below. Of a folder, the analyses right in it are taken. Exit code 1: something was left out."
    )
    returned = click.Argument(
        ["returned"], metavar=_("RETURNED ..."), nargs=-1, required=True, type=click.Path(path_type=Path)
    )
    take_new = click.Option(["--take-new"], is_flag=True, help=_("Also take in new items and hypotheses."))
    take_words = click.Option(["--take-words"], is_flag=True, help=_("Also take over other words of titles and texts."))
    by_words = click.Option(
        ["--by-words"], is_flag=True, help=_("What has the same words, and not the same id, is the same.")
    )
    output = given.output(_("The analysis to write (*.ach.json)."))
    params = [given.file(), returned, output, given.force(), take_new, take_words, by_words]
    return given.command("collect", "collect", text, params, "cli_together")


def merge() -> click.Command:
    """Return ``ach merge``."""
    text = _(
        "Make two versions of one analysis one again.\n\n"
        "BASE is the version that both began from; - if there is none, then it is found from the histories in the "
        "files as far as they go. Different cells, fields, items and sheets merge by themselves. What both changed is "
        "a conflict: it is listed, the output holds what OURS says, and the exit code is 1, unless --rule decides."
    )
    files = [
        click.Argument([name], metavar=name.upper(), type=click.Path(path_type=Path, allow_dash=True))
        for name in ("base", "ours", "theirs")
    ]
    rule = click.Option(
        ["--rule"],
        type=click.Choice(["ours", "theirs", "newer"]),
        help=_("How all conflicts are decided; “newer” by when each was entered, where that is known."),
    )
    output = given.output(_("The analysis to write (*.ach.json); with --force it may be OURS itself."))
    analyst = click.Option(
        ["--analyst"], metavar=_("NAME"), help=_("Who merges: while a round is private, your own ratings are shown.")
    )
    return given.command(
        "merge",
        "merge",
        text,
        [*files, output, given.force(), rule, given.as_json(), analyst, given.revealed()],
        module="cli_versions",
    )


def diff() -> click.Command:
    """Return ``ach diff``."""
    text = _(
        "Say what changed from one file to another.\n\n"
        "In words: one analyst's sheet of one matrix, and the analysis around it. As JSON: everything."
    )
    files = [
        click.Argument([name], metavar=metavar, type=click.Path(path_type=Path))
        for name, metavar in (("before", _("BEFORE")), ("after", _("AFTER")))
    ]
    return given.command(
        "diff", "diff", text, [*files, given.as_json(), given.revealed(), *given.selection()], module="cli_versions"
    )


def agree() -> click.Command:
    """Return ``ach agree``."""
    text = _(
        "Say how far the analysts of a matrix agree, and where talking would pay.\n\n"
        "Krippendorff's alpha with its interval, Kendall's W, the spread of each cell, and who leads under the median "
        "and under each analyst. No score of a person. Exit code 1 while they rate in private."
    )
    method = click.Option(
        ["--method"],
        type=click.Choice(["weighted_inconsistency", "inconsistency", "bayes", "bayes_sources"]),
        help=_("The way of adding up; else that kept in the file."),
    )
    draws = click.Option(
        ["--draws"], type=click.IntRange(1, 100_000), default=1000, show_default=True, help=_("Draws of the interval.")
    )
    seed = click.Option(
        ["--seed"], type=click.IntRange(0, 2**63 - 1), default=1, show_default=True, help=_("The seed of chance.")
    )
    options = [given.file(), given.as_json(), given.revealed(), method, draws, seed, given.selection()[0]]
    return given.command("agree", "agree", text, options, "cli_agree")


def pool() -> click.Command:
    """Return ``ach pool``."""
    text = _(
        "Print how likely the analysts hold the hypotheses to be, made to add up, and pooled.\n\n"
        "Equal weights come first. Exit code 1 while they rate in private."
    )
    beta = click.Option(
        ["--beta"],
        type=click.FloatRange(0, 20),
        default=1.0,
        show_default=True,
        help=_("How strongly incoherence lessens a weight; 0 is equal weights."),
    )
    extremise = click.Option(
        ["--extremise"],
        type=click.FloatRange(1, 5),
        default=1.5,
        show_default=True,
        help=_("The power that pushes the mean outwards."),
    )
    options = [given.file(), given.as_json(), given.revealed(), beta, extremise, given.selection()[0]]
    return given.command("pool", "pool", text, options, "cli_agree")
