"""``ach``: the command line. Never imports Qt, and the analysis itself only when a command needs it.

Exit codes: 0 done, 1 done with reported problems or refused input, 2 could not read or write, or wrong usage.
"""

from __future__ import annotations

import sys
import traceback
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from ach_desk import __version__, paths
from ach_desk.app.cli_terminal import CommandError, complain, drop_output, prepare_streams, say, unwritten
from ach_desk.i18n import _, use_language
from ach_desk.reporting.chart_options import ALL_KINDS, OF_RESULTS
from ach_desk.reporting.report.preset_names import PRESETS

PROGRAM = "ach"
PARTS = (*("history", "notes", "names", "paths", "rejected", "aside", "sources", "remarks", "estimates", "unknown"),)
"""The parts that a clean copy can keep: those of `clean_copy.Part`, which is not imported before it is needed."""


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


def _command(
    name: str, callback: str, text: str, params: Sequence[click.Parameter], module: str = "cli_commands"
) -> click.Command:
    """Return the command; the function `callback` of `module`, and all it needs, is imported when it is run."""

    def run(**values: Any) -> int:
        return getattr(import_module(f"ach_desk.app.{module}"), callback)(**values)

    return click.Command(name, callback=run, help=text, short_help=text.partition("\n")[0], params=list(params))


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
    commands = (
        *(_score(), _robustness(), _import(), _export(), _chart(), _report(), _print(), _new(), _validate()),
        *(_convert(), _schema(), _record(), _pack(), _unpack(), _clean()),
        *(_handout(), _collect(), _merge(), _diff(), _agree(), _pool()),
    )
    for command in commands:
        group.add_command(command)
    return group


def _print_version(context: click.Context, _option: click.Parameter, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:
        say(_("{program}, version {version}").format(program=PROGRAM, version=__version__))
        context.exit()


def _score() -> click.Command:
    text = _(
        "Print scores, ranks and findings of a matrix.\n\n"
        "Scores are zero or negative; nearest to zero is least contradicted. They sum up one analyst's own ratings."
    )
    every = click.Option(["--all", "every"], is_flag=True, help=_("With --json: what every method says, too."))
    belief = click.Option(
        ["--belief"], is_flag=True, help=_("Belief, plausibility and conflict (Dempster and Shafer), too.")
    )
    return _command("score", "score", text, [_file(), _json(), every, belief, *_selection()])


def _robustness() -> click.Command:
    text = _(
        "Say what the order rests on.\n\n"
        "Which items decide who leads, the fewest items or rating steps that would overturn it, and how often each "
        "hypothesis is first when ratings slip. That is not the probability that it is true."
    )
    method = click.Option(
        ["--method"],
        type=click.Choice(["weighted_inconsistency", "inconsistency", "bayes"]),
        default="weighted_inconsistency",
        show_default=True,
        help=_("The way of adding up."),
    )
    draws = click.Option(
        ["--draws"],
        type=click.IntRange(1, 1_000_000),
        help=_("How many trials; else those kept in the file, or 10000."),
    )
    seed = click.Option(
        ["--seed"], type=click.IntRange(0, 2**63 - 1), help=_("The seed of chance; else that kept in the file, or 1.")
    )
    return _command("robustness", "robustness", text, [_file(), _json(), method, draws, seed, *_selection()])


def _import() -> click.Command:
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
    output = _output(_("The analysis to write (*.ach.json)."))
    return _command("import", "import_matrix", text, [_file(), output, _force(), skip, _question(), analyst])


def _export() -> click.Command:
    text = _("Write a matrix as a CSV file.\n\nWhat a CSV file does not hold is named, part by part.")
    bom = click.Option(
        ["--bom"], is_flag=True, help=_("Begin with a byte order mark, which some spreadsheet programs need.")
    )
    output = _output(_("The CSV file to write."))
    return _command("export", "export_matrix", text, [_file(), output, _force(), bom, *_selection()])


def _chart() -> click.Command:
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
    output = _output(_("The picture to write (*.svg, *.pdf or *.png), or the numbers behind it (*.csv)."))
    options = [_file(), output, _force(), kind, method, against, _black_and_white(), *_selection()]
    return _command("chart", "chart", text, options)


def _report() -> click.Command:
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
    output = _output(_("The report to write (*.pdf, *.docx, *.html, *.pptx, *.md or *.txt)."))
    options = [preset, template, _paper(), _black_and_white(), *_selection()]
    return _command("report", "report", text, [_file(), output, _force(), *options])


def _print() -> click.Command:
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
    output = _output(_("The PDF file to write."))
    options = [_file(), output, _force(), what, paper, fit, order, resting, _black_and_white(), *_selection()]
    return _command("print", "print_pages", text, options)


def _new() -> click.Command:
    text = _("Write an empty analysis.")
    return _command("new", "new", text, [_output(_("The analysis to write (*.ach.json).")), _force(), _question()])


def _validate() -> click.Command:
    text = _(
        "Say whether a file is sound.\n\n"
        "Exit codes: 0 sound; 1 readable, with problems in the file; 2 unreadable. Findings never change the code."
    )
    findings = click.Option(
        ["--findings", "show_findings"], is_flag=True, help=_("Also print what the program points out in the analysis.")
    )
    return _command("validate", "validate", text, [_file(), findings])


def _convert() -> click.Command:
    text = _(
        "Write what one file holds into another kind of file.\n\n"
        "The endings of the names decide: .ach.json is the program's own; .xlsx, .ods, .csv and .tsv are spreadsheets, "
        ".stix.json a STIX 2.1 bundle, .achz a file of PARC ACH, .txt a list of items. Read, not written: .ach of "
        "PARC ACH, .xlsm, .json of other programs. "
        "What was changed or left out on the way is named, place by place."
    )
    output = click.Argument(["output"], metavar=_("OUTPUT"), type=click.Path(path_type=Path))
    return _command("convert", "convert", text, [_file(), output, _force(), *_selection()])


def _schema() -> click.Command:
    text = _(
        "Print the JSON Schema of the program's own files.\n\n"
        "Whatever follows it can be opened; docs/file-format.md says it in words."
    )
    output = click.Option(
        ["-o", "--output"], metavar=_("FILE"), type=click.Path(path_type=Path), help=_("The file to write.")
    )
    return _command("schema", "schema", text, [output, _force()])


def _record() -> click.Command:
    text = _(
        "Hold what was concluded against what came, over all analyses of a folder.\n\n"
        "For every outcome: question, date, stated likelihoods, Brier score; then the mean, and how often what was "
        "said came true. Folders below are looked into, links are not followed."
    )
    folder = click.Argument(["folder"], metavar=_("FOLDER"), type=click.Path(path_type=Path))
    return _command("record", "record", text, [folder, _json()])


def _pack() -> click.Command:
    text = _("Pack an analysis with its attached files into one archive.\n\nExit code 1: attached files are missing.")
    return _command("pack", "pack_analysis", text, [_file(), _output(_("The archive to write (*.ach.zip).")), _force()])


def _unpack() -> click.Command:
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
    return _command("unpack", "unpack_analysis", text, [_file("FILE.ach.zip"), folder])


def _clean() -> click.Command:
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
    output = _output(_("The analysis to write (*.ach.json)."))
    return _command("clean", "clean", text, [_file(), output, _force(), keep, new_ids])


def _handout() -> click.Command:
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
    matrix = _selection()[:1]
    params = [_file(), names, folder, shuffle, seed, with_files, *matrix, _force()]
    return _command("handout", "handout", text, params, "cli_together")


def _collect() -> click.Command:
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
    output = _output(_("The analysis to write (*.ach.json)."))
    params = [_file(), returned, output, _force(), take_new, take_words, by_words]
    return _command("collect", "collect", text, params, "cli_together")


def _agree() -> click.Command:
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
    options = [_file(), _json(), _revealed(), method, draws, seed, _selection()[0]]
    return _command("agree", "agree", text, options, "cli_agree")


def _pool() -> click.Command:
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
    options = [_file(), _json(), _revealed(), beta, extremise, _selection()[0]]
    return _command("pool", "pool", text, options, "cli_agree")


def _json() -> click.Option:
    return click.Option(["--json", "as_json"], is_flag=True, help=_("Print JSON for scripts."))


def _revealed() -> click.Option:
    return click.Option(["--revealed"], is_flag=True, help=_("Print it although the analysts still rate in private."))


def _merge() -> click.Command:
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
    as_json = click.Option(["--json", "as_json"], is_flag=True, help=_("Print JSON for scripts."))
    output = _output(_("The analysis to write (*.ach.json); with --force it may be OURS itself."))
    analyst = click.Option(
        ["--analyst"], metavar=_("NAME"), help=_("Who merges: while a round is private, your own ratings are shown.")
    )
    return _command("merge", "merge", text, [*files, output, _force(), rule, as_json, analyst, _revealed()])


def _diff() -> click.Command:
    text = _(
        "Say what changed from one file to another.\n\n"
        "In words: one analyst's sheet of one matrix, and the analysis around it. As JSON: everything."
    )
    files = [
        click.Argument([name], metavar=metavar, type=click.Path(path_type=Path))
        for name, metavar in (("before", _("BEFORE")), ("after", _("AFTER")))
    ]
    as_json = click.Option(["--json", "as_json"], is_flag=True, help=_("Print JSON for scripts."))
    return _command("diff", "diff", text, [*files, as_json, _revealed(), *_selection()])


def _file(metavar: str = "FILE") -> click.Argument:
    return click.Argument(["file"], metavar=metavar, type=click.Path(path_type=Path))


def _output(text: str) -> click.Option:
    return click.Option(
        ["-o", "--output"], required=True, metavar=_("FILE"), type=click.Path(path_type=Path), help=text
    )


def _force() -> click.Option:
    return click.Option(["--force"], is_flag=True, help=_("Overwrite the output if it exists."))


def _question() -> click.Option:
    return click.Option(["--question"], default="", metavar=_("TEXT"), help=_("The question of the analysis."))


def _paper() -> click.Option:
    return click.Option(
        ["--paper"], type=click.Choice(["a4", "letter"]), help=_("The paper; else that of your country.")
    )


def _black_and_white() -> click.Option:
    return click.Option(["--black-and-white"], is_flag=True, help=_("Use patterns instead of colours."))


def _selection() -> list[click.Option]:
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


if __name__ == "__main__":
    sys.exit(main())
