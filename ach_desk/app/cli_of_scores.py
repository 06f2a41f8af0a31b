"""The commands on what a matrix says: scores, what the order rests on, and charts of it."""

from __future__ import annotations

import click

from ach_desk.app import cli_parameters as given
from ach_desk.i18n import _
from ach_desk.reporting.chart_options import ALL_KINDS, OF_RESULTS


def commands() -> tuple[click.Command, ...]:
    """Return them in the order of this file."""
    return (
        score(),
        robustness(),
        chart(),
    )


def score() -> click.Command:
    """Return ``ach score``."""
    text = _(
        "Print scores, ranks and findings of a matrix.\n\n"
        "Scores are zero or negative; nearest to zero is least contradicted. They sum up one analyst's own ratings."
    )
    every = click.Option(["--all", "every"], is_flag=True, help=_("With --json: what every method says, too."))
    belief = click.Option(
        ["--belief"], is_flag=True, help=_("Belief, plausibility and conflict (Dempster and Shafer), too.")
    )
    return given.command("score", "score", text, [given.file(), given.as_json(), every, belief, *given.selection()])


def robustness() -> click.Command:
    """Return ``ach robustness``."""
    text = _(
        "Say what the order rests on.\n\n"
        "Which items decide who leads, the fewest items or rating steps that would overturn it, and how often each "
        "hypothesis is first when ratings slip. That is not the probability that it is true."
    )
    method = click.Option(
        ["--method"],
        type=click.Choice(["weighted_inconsistency", "inconsistency", "bayes", "bayes_sources"]),
        default="weighted_inconsistency",
        show_default=True,
        help=_("The way of adding up."),
    )
    draws = click.Option(
        ["--draws"],
        type=click.IntRange(1, 1_000_000),
        default=10_000,
        show_default=True,
        help=_("How many trials."),
    )
    seed = click.Option(
        ["--seed"], type=click.IntRange(0, 2**63 - 1), help=_("The seed of chance; else that kept in the file, or 1.")
    )
    return given.command(
        "robustness", "robustness", text, [given.file(), given.as_json(), method, draws, seed, *given.selection()]
    )


def chart() -> click.Command:
    """Return ``ach chart``."""
    text = _(
        "Write a chart of a matrix as SVG, PDF or PNG, or the numbers behind it as CSV.\n\n"
        "The ending of the output's name decides which."
    )
    kind = click.Option(
        ["--kind"],
        type=click.Choice([*ALL_KINDS, *OF_RESULTS]),
        default=ALL_KINDS[0],
        show_default=True,
        help=_("What the chart shows."),
    )
    method = click.Option(
        ["--method"],
        type=click.Choice(["weighted_inconsistency", "inconsistency", "bayes", "bayes_sources"]),
        help=_("The way of adding up of charts of what the order rests on; else that kept in the file."),
    )
    against = click.Option(
        ["--against"],
        metavar=_("LABEL"),
        help=_("The hypothesis that waterfall and tornado hold the leader against, such as H2; else the nearest."),
    )
    output = given.output(_("The picture to write (*.svg, *.pdf or *.png), or the numbers behind it (*.csv)."))
    options = [given.file(), output, given.force(), kind, method, against, given.black_and_white(), *given.selection()]
    return given.command("chart", "chart", text, options)
