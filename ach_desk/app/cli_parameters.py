"""What commands of the command line have in common: how they are made, and the options that several of them take."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from ach_desk.i18n import _


def command(
    name: str, callback: str, text: str, params: Sequence[click.Parameter], module: str = "cli_commands"
) -> click.Command:
    """Return the command; the function `callback` of `module`, and all it needs, is imported when it is run."""

    def run(**values: Any) -> int:
        return getattr(import_module(f"ach_desk.app.{module}"), callback)(**values)

    return click.Command(name, callback=run, help=text, short_help=text.partition("\n")[0], params=list(params))


def file(metavar: str = "FILE") -> click.Argument:
    """Return the argument that names the analysis."""
    return click.Argument(["file"], metavar=metavar, type=click.Path(path_type=Path))


def output(text: str) -> click.Option:
    """Return the option that names the file to write; `text` says what it is."""
    return click.Option(
        ["-o", "--output"], required=True, metavar=_("FILE"), type=click.Path(path_type=Path), help=text
    )


def force() -> click.Option:
    """Return the option that overwrites."""
    return click.Option(["--force"], is_flag=True, help=_("Overwrite the output if it exists."))


def as_json() -> click.Option:
    """Return the option that prints JSON."""
    return click.Option(["--json", "as_json"], is_flag=True, help=_("Print JSON for scripts."))


def revealed() -> click.Option:
    """Return the option that prints what a private round hides."""
    return click.Option(["--revealed"], is_flag=True, help=_("Print it although the analysts still rate in private."))


def question() -> click.Option:
    """Return the option with the question of a new analysis."""
    return click.Option(["--question"], default="", metavar=_("TEXT"), help=_("The question of the analysis."))


def paper() -> click.Option:
    """Return the option that names the paper."""
    return click.Option(
        ["--paper"], type=click.Choice(["a4", "letter"]), help=_("The paper; else that of your country.")
    )


def black_and_white() -> click.Option:
    """Return the option for black and white."""
    return click.Option(["--black-and-white"], is_flag=True, help=_("Use patterns instead of colours."))


def selection() -> list[click.Option]:
    """Return the options that choose a matrix and an analyst."""
    return [
        click.Option(["--matrix"], metavar=_("NAME"), help=_("The matrix, by name or id; else the first one.")),
        click.Option(
            ["--analyst"],
            metavar=_("NAME"),
            help=_(
                "The analyst, by name or id; else the first one. Where several rated, “group” is the median of all."
            ),
        ),
    ]
