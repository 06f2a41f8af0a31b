"""What the commands of ``ach`` do. Each returns its exit code, or raises CommandError with a sentence and a code."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ach_desk.app.cli_files import (
    check_output,
    choose_matrix,
    choose_rater,
    open_analysis,
    save_analysis,
    save_bytes,
    who_reads,
)
from ach_desk.app.cli_score import aside_lines, score_json, score_text
from ach_desk.app.cli_terminal import CommandError, complain, say
from ach_desk.commands.conclusions import nested_texts
from ach_desk.commands.edits import TEXT_FIELDS
from ach_desk.i18n import _, ngettext
from ach_desk.model import Analysis, Analyst, Matrix, new_analysis
from ach_desk.model.conclusions import conclusion_on
from ach_desk.model.public import public_source
from ach_desk.reporting.chart_options import DATA, FORMATS
from ach_desk.scoring import Assessment, assess, points
from ach_desk.storage.errors import StorageError

if TYPE_CHECKING:
    from ach_desk.reporting.print_options import Paper


def score(file: Path, as_json: bool, every: bool, belief: bool, matrix: str | None, analyst: str | None) -> int:
    """Print the standing of one matrix."""
    analysis, code = open_analysis(file)
    shown, by, assessment = _assessed(analysis, file, matrix, analyst)
    if as_json:
        text = score_json(analysis, assessment, shown, by, every_method=every, belief=belief).split("\n")
    else:
        text = score_text(analysis, assessment, shown, by)
        text = [*text, *_belief(analysis, shown, by, assessment)] if belief else text
    for line in text:
        say(line)
    return code


def _belief(analysis: Analysis, matrix: Matrix, analyst: Analyst | None, assessment: Assessment) -> list[str]:
    from ach_desk.app.cli_frames import belief_lines
    from ach_desk.scoring.methods import inputs

    return belief_lines(inputs(analysis, matrix, analyst.id if analyst else "", assessment))


def robustness(
    file: Path,
    as_json: bool,
    method: str,
    draws: int,
    seed: int | None,
    matrix: str | None,
    analyst: str | None,
) -> int:
    """Print what the order of one matrix rests on."""
    from ach_desk.app.cli_frames import causes_lines
    from ach_desk.app.cli_robustness import robustness_json, robustness_text
    from ach_desk.model.method_settings import Method, MethodSettings
    from ach_desk.scoring import robustness as found
    from ach_desk.scoring.find_out import find_out
    from ach_desk.scoring.methods import inputs

    analysis, code = open_analysis(file)
    shown, by, assessment = _assessed(analysis, file, matrix, analyst)
    rated_by = by.id if by else ""
    kept = shown.method_settings or MethodSettings()
    read = inputs(analysis, shown, rated_by, assessment)
    result = found.with_shares(
        found.with_steps(found.quick(read, Method(method))),
        shown,
        rated_by,
        draws=draws,
        seed=kept.seed if seed is None else seed,
    )
    next_steps = find_out(analysis, shown, rated_by, read)
    if not as_json:
        lines = [*robustness_text(result, next_steps), *causes_lines(read, shown, Method(method))]
    else:
        from ach_desk.app.cli_find_out import find_out_json
        from ach_desk.app.cli_further import further_json

        further = {**further_json(analysis, shown, rated_by, result), "find_out_next": find_out_json(next_steps)}
        lines = robustness_json(result, further).split("\n")
    for line in lines:
        say(line)
    return code


def import_matrix(file: Path, output: Path, force: bool, skip_bad: bool, question: str, analyst: str | None) -> int:
    """Make an analysis of a matrix in a CSV file, or of any other file that `convert` reads."""
    if file.suffix.lower() not in ("", ".csv", ".txt"):
        return _import_other(file, output, force, question, analyst)
    from ach_desk.exchange.csv_matrix import read_matrix
    from ach_desk.exchange.formats import RefusedFileError, read_bytes

    check_output(output, force=force, source=file)
    try:
        result = read_matrix(read_bytes(file), file.name, skip_bad=skip_bad, analyst_name=analyst)
    except RefusedFileError as error:
        raise CommandError(str(error)) from None
    for problem in result.problems:
        complain(problem.sentence())
    for note in result.notes:
        complain(note)
    if result.analysis is None:
        _say_refused(len(result.problems), skip_bad)
        return 1
    result.analysis.question = question
    save_analysis(output, result.analysis, force=force)
    _say_imported(result.analysis, output, len(result.problems))
    return 1 if result.problems else 0


def _import_other(file: Path, output: Path, force: bool, question: str, analyst: str | None) -> int:
    from ach_desk.app.cli_convert import read_other
    from ach_desk.model import replace

    check_output(output, force=force, source=file)
    imported, code = read_other(file)
    imported.question = question or imported.question
    if analyst is not None:
        first = next(iter(imported.analysts.values()))
        imported.analysts[first.id] = replace(first, name=analyst)
    save_analysis(output, imported, force=force)
    _say_imported(imported, output, 0)
    return code


def _say_refused(problems: int, skip_bad: bool) -> None:
    text = ngettext(
        "Nothing was written because of {count} problem.", "Nothing was written because of {count} problems.", problems
    ).format(count=problems)
    if not skip_bad:
        text += " " + _("Correct the file; with --skip-bad, single cells that are not understood are left empty.")
    complain(text)


def _say_imported(analysis: Analysis, output: Path, skipped: int) -> None:
    columns, rows = len(analysis.hypotheses), len(analysis.evidence)
    hypotheses = ngettext("{count} hypothesis", "{count} hypotheses", columns).format(count=columns)
    items = ngettext("{count} item", "{count} items", rows).format(count=rows)
    say(_("{file} was written: {hypotheses}, {items}.").format(file=output, hypotheses=hypotheses, items=items))
    if skipped:
        text = ngettext("{count} cell was left empty.", "{count} cells were left empty.", skipped)
        complain(text.format(count=skipped))


def export_matrix(file: Path, output: Path, force: bool, bom: bool, matrix: str | None, analyst: str | None) -> int:
    """Write one matrix with one analyst's ratings as a CSV file."""
    from ach_desk.exchange.csv_matrix import write_matrix

    check_output(output, force=force, source=file)
    analysis, code = open_analysis(file)
    chosen = choose_matrix(analysis, file, matrix)
    by = choose_rater(analysis, file, analyst)
    exported = write_matrix(analysis, chosen, by.id if by else "", byte_order_mark=bom)
    save_bytes(output, exported.data)
    say(_("{file} was written.").format(file=output))
    for part in exported.left_out:
        complain(_("Left out: {part}.").format(part=part))
    for problem in exported.problems:
        complain(problem)
    return 1 if exported.problems else code


def chart(
    file: Path,
    output: Path,
    force: bool,
    kind: str,
    method: str | None,
    against: str | None,
    black_and_white: bool,
    matrix: str | None,
    analyst: str | None,
) -> int:
    """Write a chart of one matrix, or the numbers behind it; the ending of the output's name says in which format."""
    ending = output.suffix.lower().removeprefix(".")
    if ending not in (*FORMATS, DATA):
        text = _("{file}: a chart is written as .svg, .pdf or .png, its numbers as .csv; give the output one of them.")
        raise CommandError(text.format(file=output))
    check_output(output, force=force, source=file)
    analysis, code = open_analysis(file)
    shown, by, assessment = _assessed(analysis, file, matrix, analyst)
    from ach_desk.reporting.charts import ChartOptions, save
    from ach_desk.reporting.glyphs import installed, missing
    from ach_desk.scoring.group_sheet import GROUP

    options = ChartOptions(
        palette="print",
        black_and_white=black_and_white,
        marking=analysis.marking,
        notice=analysis.notice,
        analyst=by.name if by else "",
        is_group=by is not None and by.id == GROUP,
        date=analysis.as_of or date.today().isoformat(),
    )
    from ach_desk.reporting.chart_subjects import subject_of

    rival = _rival(assessment, against)
    subject = subject_of(kind, analysis, shown, by.id if by else "", assessment, method or "", rival)
    if subject is None:
        raise CommandError(_("There is nothing yet that this chart could show."), 1)
    save_bytes(output, save(kind, subject, options, ending))
    say(_("{file} was written.").format(file=output))
    texts = [options.marking, options.notice, options.analyst, *_titles(assessment)]
    for finding in missing(texts, installed(outlines_only=True)):
        complain(finding.sentence())
    return code


def report(
    file: Path,
    output: Path,
    force: bool,
    preset: str | None,
    template: Path | None,
    paper: str | None,
    black_and_white: bool,
    matrix: str | None,
    analyst: str | None,
) -> int:
    """Write a report on one matrix; the ending of the output's name says in which format."""
    from ach_desk.app.cli_report import Wanted, write_report
    from ach_desk.reporting.print_options import PrintOptions

    options = PrintOptions(paper=_paper(paper), black_and_white=black_and_white)
    return write_report(file, output, Wanted(force, preset, template, options, matrix, analyst))


def _rival(assessment: Assessment, label: str | None) -> str:
    """Return the id of the hypothesis with that label, "" for none; raises CommandError for an unknown one."""
    for hypothesis in assessment.hypotheses:
        if label is not None and hypothesis.label.casefold() == label.casefold():
            return hypothesis.id
    if label is not None:
        raise CommandError(_("There is no hypothesis {label} in the matrix.").format(label=label))
    return ""


def print_pages(
    file: Path,
    output: Path,
    force: bool,
    what: str,
    paper: str | None,
    fit: bool,
    order: int | None,
    resting: bool,
    black_and_white: bool,
    matrix: str | None,
    analyst: str | None,
) -> int:
    """Write the printed document of one matrix as PDF."""
    check_output(output, force=force, source=file)
    analysis, code = open_analysis(file)
    chosen = choose_matrix(analysis, file, matrix)
    by = choose_rater(analysis, file, analyst)
    if by is None:
        raise CommandError(_("{file} has no analyst whose ratings could be printed.").format(file=file), 1)
    from ach_desk.reporting.document import coverage
    from ach_desk.reporting.glyphs import missing
    from ach_desk.reporting.print_options import PrintOptions
    from ach_desk.reporting.print_products import print_job
    from ach_desk.reporting.typesetting import TypesettingError, pdf

    options = PrintOptions(
        paper=_paper(paper),
        fit=fit,
        shuffled=order is not None,
        seed=order or 1,
        resting=resting,
        black_and_white=black_and_white,
    )
    try:
        data = pdf(print_job(what, analysis, chosen.id, by.id, options))
    except TypesettingError as error:
        raise CommandError(str(error)) from None
    save_bytes(output, data)
    say(_("{file} was written.").format(file=output))
    for finding in missing(_printed_texts(analysis, chosen, by), coverage()):
        complain(finding.sentence())
    return code


def new(output: Path, force: bool, question: str) -> int:
    """Write an empty analysis."""
    check_output(output, force=force)
    save_analysis(output, new_analysis(question), force=force)
    say(_("{file} was written.").format(file=output))
    return 0


def pack_analysis(file: Path, output: Path, force: bool) -> int:
    """Pack an analysis with its attached files."""
    from ach_desk.storage.archive import name_in, pack
    from ach_desk.storage.attachments import home_of

    check_output(output, force=force, source=file)
    analysis, code = open_analysis(file)
    try:
        packed = pack(output, name_in(output), analysis, home_of(file), overwrite=force)
    except StorageError as error:
        raise CommandError(error.sentence) from None
    text = ngettext(
        "{file} was packed with {count} attached file.", "{file} was packed with {count} attached files.", packed.files
    )
    say(text.format(file=output, count=packed.files))
    for path in packed.missing:
        complain(_("Not packed, missing or not to be followed: {path}").format(path=path))
    return 1 if packed.missing else code


def clean(file: Path, output: Path, force: bool, keep: tuple[str, ...], new_ids: bool) -> int:
    """Write a copy without what is not meant for others, and say what went."""
    from ach_desk.commands.private import Veil
    from ach_desk.model.clean_copy import Cleaning, Part, cleaned, part_word
    from ach_desk.model.clean_found import found, secret_names, still_named

    check_output(output, force=force, source=file)
    analysis, code = open_analysis(file)
    veil = Veil.over(who_reads(analysis, file), analysis)
    if veil and not veil.me:
        complain(_("A round is private at the moment: what was rated and stated in it is left out."))
    veil.lifted(analysis)
    cleaning = Cleaning(frozenset(Part) - {Part(name) for name in keep}, new_ids)
    copy = cleaned(analysis, cleaning)
    save_analysis(output, copy, force=force)
    say(_("{file} was written.").format(file=output))
    for part in Part:
        if part in cleaning.taken and (gone := found(analysis, part)):
            say(_("Taken out: {what} ({count})").format(what=part_word(part), count=len(gone)))
    named = still_named(copy, secret_names(analysis, cleaning))
    for name, where in named:
        text = _("“{name}” still stands in a text of {label}.") if where else _("“{name}” still stands in a text.")
        complain(text.format(name=name, label=where))
    return 1 if named else code


def unpack_analysis(file: Path, output: Path | None) -> int:
    """Unpack an archive into a new folder."""
    from ach_desk.storage.archive import name_in, unpack

    try:
        unpacked = unpack(file, output if output is not None else file.with_name(name_in(file)))
    except StorageError as error:
        raise CommandError(error.sentence) from None
    say(_("{file} was written.").format(file=unpacked.document))
    for name in unpacked.left_out:
        complain(_("Left out, because the analysis does not name it: {name}").format(name=name))
    return 0


def validate(file: Path, show_findings: bool) -> int:
    """Say whether the file is sound; problems in it have been complained about by opening it."""
    analysis, code = open_analysis(file)
    if code:
        say(_("{file} can be read, but there are problems in it.").format(file=file))
    else:
        say(_("{file} is sound.").format(file=file))
    if show_findings:
        for line in _finding_lines(analysis):
            say(line)
    return code


def schema(output: Path | None, force: bool) -> int:
    """Print the JSON Schema of the program's own files, or write it into a file."""
    from ach_desk.storage.file_model import schema_text

    if output is None:
        for line in schema_text().rstrip("\n").split("\n"):
            say(line)
        return 0
    check_output(output, force=force)
    save_bytes(output, schema_text().encode())
    say(_("{file} was written.").format(file=output))
    return 0


def record(folder: Path, as_json: bool) -> int:
    """Print what the analyses of a folder concluded and what came; files that cannot be read are complained about."""
    from ach_desk.app.cli_record import read_record, record_json, record_text

    cases, problems = read_record(folder)
    for problem in problems:
        complain(problem)
    for line in record_json(cases, problems).split("\n") if as_json else record_text(cases):
        say(line)
    return 1 if problems else 0


def _finding_lines(analysis: Analysis) -> Iterator[str]:
    """Yield the findings on each matrix as rated by each analyst who has rated in it (the first one, if nobody has)."""
    from ach_desk.scoring.round_states import is_private

    for matrix in analysis.matrices:
        if len(analysis.analysts) > 1 and is_private(analysis, matrix.id):
            yield _("{matrix}: rated in private at the moment").format(matrix=matrix.name or matrix.id)
            continue
        raters = [key for key in analysis.analysts if matrix.sheets.get(key)] or list(analysis.analysts)[:1] or [""]
        for key in raters:
            analyst = analysis.analysts.get(key)
            by = (analyst.name or analyst.id) if analyst else _("nobody")
            yield _("{matrix}, rated by {analyst}").format(matrix=matrix.name or matrix.id, analyst=by)
            found = points(analysis, matrix, key, assess(analysis, matrix, key), date.today())
            yield from (f"- {finding.text}" for finding in found.open)
            if not found.open:
                yield "- " + _("nothing open that the program can see")
            yield from aside_lines(found.aside)


def _assessed(
    analysis: Analysis, file: Path, matrix: str | None, analyst: str | None
) -> tuple[Matrix, Analyst | None, Assessment]:
    chosen = choose_matrix(analysis, file, matrix)
    by = choose_rater(analysis, file, analyst)
    return chosen, by, assess(analysis, chosen, by.id if by else "")


def _titles(assessment: Assessment) -> Iterator[str]:
    for record in (*assessment.hypotheses, *assessment.items):
        yield record.label
        yield record.title


def _printed_texts(analysis: Analysis, matrix: Matrix, analyst: Analyst) -> Iterator[str]:
    """Yield the texts that a printed document can show."""
    yield from (analysis.question, analysis.description, analysis.notice, analysis.marking, *analysis.authors)
    yield from (matrix.name, analyst.name)
    for hypothesis in analysis.hypotheses.values():
        yield from (hypothesis.label, hypothesis.title, hypothesis.statement, hypothesis.status_reason, hypothesis.note)
    for item in analysis.evidence.values():
        yield from (item.label, item.title, item.detail, item.note, item.status_reason, *item.tags)
        yield from (item.quotation, item.page, item.marking, item.event_words)
    for source in map(public_source, analysis.sources.values()):
        yield from (source.label, source.kind, source.link, *(getattr(source, name) for name in TEXT_FIELDS["source"]))
    conclusion = conclusion_on(analysis, matrix.id)
    if conclusion is not None:
        yield from (getattr(conclusion, name) for name in TEXT_FIELDS["conclusion"])
        yield from (text for _place, text in nested_texts(conclusion))
    for row in matrix.sheets.get(analyst.id, {}).values():
        yield from (rating.rationale for rating in row.values())


def _paper(name: str | None) -> Paper:
    from ach_desk.reporting.print_options import Paper, paper_for_locale

    if name is not None:
        return {"a4": Paper.A4, "letter": Paper.LETTER, "a3": Paper.A3}[name]
    names = (os.environ.get(variable) for variable in ("LC_ALL", "LC_PAPER", "LANG"))
    return paper_for_locale(next((name for name in names if name), ""))
