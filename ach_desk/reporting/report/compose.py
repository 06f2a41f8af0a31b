"""From an analysis and a plan to a report, and the drawing of its pictures."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ach_desk import __version__
from ach_desk.i18n import _
from ach_desk.model import Analysis, Matrix
from ach_desk.model.public import public
from ach_desk.model.report_plan import ReportPlan
from ach_desk.reporting import charts
from ach_desk.reporting.print_options import PrintOptions
from ach_desk.reporting.report import contending, evidence, hypotheses, judgement, records, standing
from ach_desk.reporting.report.disagreement import disagreement
from ach_desk.reporting.report.file_options import FileOptions
from ach_desk.reporting.report.material import Material
from ach_desk.reporting.report.method import method
from ach_desk.reporting.report.model import Block, CancelledError, Picture, Pictures, Report, Section
from ach_desk.reporting.report.plain_words import clean
from ach_desk.reporting.report.presets import is_brief, known_sections, preset_titles, section_titles
from ach_desk.reporting.report.tall import in_parts
from ach_desk.reporting.report.tidy import tidied
from ach_desk.scoring import assess

PROGRAM = f"ACH Desk {__version__}"

BUILDERS: dict[str, Callable[[Material], Sequence[Block]]] = {
    "front": judgement.front,
    "answer": judgement.answer,
    "likelihoods": judgement.likelihoods,
    "confidence": judgement.confidence,
    "hypotheses": hypotheses.hypotheses,
    "chart": hypotheses.chart,
    "matrix": evidence.matrix,
    "telling": evidence.telling,
    "diagnostic": evidence.diagnostic,
    "rests": standing.rests,
    "robustness": standing.robustness,
    "assumptions": evidence.assumptions,
    "sources": records.sources,
    "challenges": records.challenges,
    "cases": contending.cases,
    "findings": records.findings,
    "disagreement": disagreement,
    "indicators": records.indicators,
    "change": judgement.change,
    "questions": judgement.questions,
    "outcome": judgement.outcome,
    "method": lambda made: method(made, PROGRAM),
    "appendix": evidence.appendix,
}
"""Section -> what makes its blocks. A section without any is left out of the report."""


def material(
    analysis: Analysis,
    matrix: str,
    analyst: str,
    options: PrintOptions,
    cancelled: Callable[[], bool] = lambda: False,
) -> Material:
    """Return what a report on a matrix (an id) as rated by an analyst (an id) is made from; raises KeyError.

    Reads the analysis only; hand over a snapshot when it may be edited meanwhile.
    """
    shown = public(analysis)
    chosen: Matrix = shown.matrix(matrix)
    return Material(shown, chosen, analyst, assess(shown, chosen, analyst), options, cancelled)


def report(made: Material, plan: ReportPlan) -> Report:
    """Return the report that a plan asks for; raises `CancelledError` when nobody waits any more."""
    names, titles = known_sections(plan), section_titles()
    brief = is_brief(names)
    sections = []
    for name in names:
        made.go_on()
        if blocks := BUILDERS[name](made):
            shown = blocks if brief else in_parts(blocks, int(made.assessment.comparable.sum()))
            sections.append(tidied(Section(name, titles[name], tuple(shown))))
    analysis = made.analysis
    return Report(
        title=clean(analysis.question) or _("Analysis without a question"),
        subject=preset_titles().get(plan.preset, _("Report")),
        language=made.options.language,
        marking=clean(analysis.marking),
        notice=clean(analysis.notice),
        byline=_byline(made),
        program=PROGRAM,
        created=made.today.isoformat(),
        sections=tuple(sections),
        authors=tuple(map(clean, analysis.authors)),
        is_brief=brief,
    )


def pictures(made: Material) -> Pictures:
    """Return what draws the pictures of the report made from `made`."""

    def draw(picture: Picture, fmt: str) -> bytes:
        made.go_on()
        return charts.save(picture.kind, made.subject_of(picture.kind), picture.options, fmt)

    return draw


def file_options(made: Material, template: bytes | None = None, *, can_stop: bool = True) -> FileOptions:
    """Return how a file of the report made from `made` is made; `can_stop` where somebody may stop it."""
    options = made.options
    return FileOptions(
        options.paper,
        options.orientation,
        options.black_and_white,
        template,
        made.cancelled if can_stop else None,
    )


def _byline(made: Material) -> str:
    parts = [_("Ratings: {analyst}").format(analyst=clean(made.analyst_name))] if made.analyst_name else []
    if made.analysis.as_of:
        parts.append(_("information as of {date}").format(date=made.analysis.as_of))
    parts.append(_("made on {date}").format(date=made.today.isoformat()))
    return ", ".join(parts)


__all__ = ["BUILDERS", "PROGRAM", "CancelledError", "file_options", "material", "pictures", "report"]
