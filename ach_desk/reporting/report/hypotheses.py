"""The sections of a report on the hypotheses: how each stands and why, and the chart of what speaks against them."""

from __future__ import annotations

from typing import Any

from ach_desk.i18n import _
from ach_desk.reporting import charts
from ach_desk.reporting.chart_options import ChartOptions
from ach_desk.reporting.print_hypotheses import front_order, hypothesis_data, score_note
from ach_desk.reporting.report.material import Material
from ach_desk.reporting.report.model import Align, Block, Cell, Column, Paragraph, Picture, Row, Style, Table
from ach_desk.scoring import headline
from ach_desk.scoring.group_sheet import GROUP


def hypotheses(made: Material) -> list[Block]:
    """Return every hypothesis in the order of the ranking, with statement, standing and reason, also the rejected."""
    assessment = made.assessment
    if not assessment.hypotheses:
        return [Paragraph(_("There is no hypothesis yet."))]
    columns = (
        Column(_("Hypothesis"), width=6),
        Column(_("Rank"), Align.CENTER, width=1),
        Column(_("Speaks against it"), width=2.5),
        Column(_("Weighted inconsistency"), Align.END, width=1.5),
    )
    rows = tuple(_row(made, column) for column in front_order(assessment))
    table = Table(columns, rows, _("The hypotheses, least contradicted first; combinations after the others."))
    return [
        Paragraph(headline(assessment)),
        table,
        Paragraph(score_note(assessment), style=Style.NOTE),
        Paragraph(
            _("A hypothesis is kept for want of evidence against it; evidence that fits it does not prove it."),
            style=Style.NOTE,
        ),
    ]


def _row(made: Material, column: int) -> Row:
    data: dict[str, Any] = hypothesis_data(made.analysis, made.assessment, column, made.options, made.text)
    hypothesis = made.assessment.hypotheses[column]
    rank = _("{rank}, tied").format(rank=data["rank"]) if data["tied"] else data["rank"]
    below = [*data["statement"], data["joins"]]
    return Row(
        (
            Cell(f"{data['label']} {data['title']}", note="\n".join(filter(None, below)), strong=True),
            Cell(rank),
            Cell(data["against"] or data["why_not"]),
            Cell(data["score"]),
        ),
        aside=not hypothesis.is_active,
        tall=data["tall"],
    )


def chart(made: Material) -> list[Block]:
    """Return the consistency chart; nothing before anything is rated."""
    return [picture("consistency", made)] if made.assessment.standing.rated.any() else []


def picture(kind: str, made: Material) -> Picture:
    """Return a chart of a kind with its caption; marking, notice and title stand in the report and not in it."""
    options = ChartOptions(
        palette="print",
        black_and_white=made.options.black_and_white,
        analyst=made.analyst_name,
        is_group=made.analyst == GROUP,
        date=made.analysis.as_of or made.today.isoformat(),
        positive_scores=made.options.positive_scores,
        marking=made.analysis.marking,
        head=False,
    )
    subject = made.subject_of(kind)
    return Picture(kind, options, charts.caption(kind, subject), charts.alternative_text(kind, subject))
