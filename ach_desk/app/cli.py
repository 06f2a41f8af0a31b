"""``ach``: the command line. Never imports Qt, and the analysis itself only when a command needs it.

Exit codes: 0 done, 1 done with reported problems or refused input, 2 could not read or write, or wrong usage.
"""

from __future__ import annotations

import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

import click

from ach_desk import __version__, paths
from ach_desk.app import cli_of_documents, cli_of_files, cli_of_scores, cli_of_teams
from ach_desk.app.cli_terminal import CommandError, complain, drop_output, prepare_streams, say, unwritten
from ach_desk.i18n import _, use_language

PROGRAM = "ach"


def main(args: Sequence[str] | None = None) -> int:
    """Run the command that `args` name (without the program's name; None: those of the process).

    Returns the exit code. Nothing but a sentence ever goes to the standard error output.
    """
    use_language(None, paths.translations())
    prepare_streams()
    try:
        code = _run(list(sys.argv[1:] if args is None else args))
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        drop_output()  # whoever read the output has seen enough
        return 2
    except OSError as error:
        drop_output()
        complain(unwritten(error))
        return 2
    return code


def _run(args: list[str]) -> int:
    try:
        with program().make_context(PROGRAM, args) as context:
            return context.command.invoke(context) or 0
    except click.exceptions.Exit as error:
        return error.exit_code
    except click.ClickException as error:
        _explain_usage(error)
        return error.exit_code
    except CommandError as error:
        complain(error.sentence)
        return error.code
    except BrokenPipeError:
        raise
    except (KeyboardInterrupt, click.Abort):
        complain(_("Interrupted; nothing more was done."))
        return 2
    except MemoryError:
        complain(_("There is not enough memory for this. Close other programs, or use a smaller file."))
        return 2
    except Exception as error:  # noqa: BLE001 - the last resort: a sentence and not a traceback
        complain(_defect(error))
        return 2


def _explain_usage(error: click.ClickException) -> None:
    context = error.ctx if isinstance(error, click.UsageError) else None
    if context is not None:
        complain(context.get_usage())
        complain(_("{command} --help says more.").format(command=context.command_path))
    complain(error.format_message())


def _defect(error: Exception) -> str:
    place = traceback.extract_tb(error.__traceback__)[-1]
    text = _("A defect of the program stopped it ({kind} in {file}, line {line}: {message}). Please report it.")
    return text.format(kind=type(error).__name__, file=Path(place.filename).name, line=place.lineno, message=error)


def program() -> click.Group:
    """Return the command line with its help in the chosen language."""
    help_text = _(
        "Analysis of Competing Hypotheses on the command line.\n\n"
        "Exit codes: 0 done; 1 done with reported problems, or refused input; 2 could not read or write, or wrong "
        "usage."
    )
    group = click.Group(
        PROGRAM,
        help=help_text,
        no_args_is_help=False,
        params=[
            click.Option(
                ["--version"],
                is_flag=True,
                is_eager=True,
                expose_value=False,
                callback=_print_version,
                help=_("Print the version and stop."),
            )
        ],
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    for subject in (cli_of_scores, cli_of_files, cli_of_documents, cli_of_teams):
        for command in subject.commands():
            group.add_command(command)
    return group


def _print_version(context: click.Context, _option: click.Parameter, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:
        say(_("{program}, version {version}").format(program=PROGRAM, version=__version__))
        context.exit()


if __name__ == "__main__":
    sys.exit(main())
