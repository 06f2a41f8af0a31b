"""The printed document: what stands on paper, in which order, ready to be set by `typesetting`.

A reviewer without the program must understand it: the notice comes first, then the question, the conclusion where one
was written, what the ratings amount to with its limits, the hypotheses in full, what the program points out, the
consistency chart, the matrix with the scale it was rated on, and the reasons.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import Any

from ach_desk.i18n import _
from ach_desk.model import Analysis, Matrix
from ach_desk.model.public import public
from ach_desk.model.words import rating_question, rating_reminder
from ach_desk.reporting import charts, typesetting
from ach_desk.reporting.chart_material import Material, material
from ach_desk.reporting.chart_options import OF_MATERIAL, ChartOptions
from ach_desk.reporting.comparison import Comparison
from ach_desk.reporting.glyphs import Coverage, installed_fonts, printable
from ach_desk.reporting.print_colours import colours_data
from ach_desk.reporting.print_conclusion import conclusion_data
from ach_desk.reporting.print_estimate import estimate_pages
from ach_desk.reporting.print_groups import dependence_note
from ach_desk.reporting.print_history import challenges_data, changes_data
from ach_desk.reporting.print_hypotheses import extent_words, front_order, hypothesis_data, joins, score_note
from ach_desk.reporting.print_layout import MatrixLayout, Sheet, matrix_layout, page_data
from ach_desk.reporting.print_matrix import (
    has_reasons,
    matrix_data,
    range_symbols,
    reasons_data,
    sheet_of,
    symbol_rows,
)
from ach_desk.reporting.print_options import PrintOptions
from ach_desk.reporting.print_sources import sources_data
from ach_desk.reporting.print_steps import aside_data, indicators_data, points_aside
from ach_desk.reporting.print_text import Composer, PrintText, shortened, single_line
from ach_desk.reporting.typesetting import PrintJob
from ach_desk.scoring import Assessment, Finding, all_findings, assess, headline
from ach_desk.scoring.group_sheet import GROUP
from ach_desk.scoring.open_points import sorted_out

__all__ = ["PrintJob", "PrintOptions", "changes_document", "coverage", "estimate_pages", "print_document"]

MILLIMETRES_PER_PIXEL = 25.4 / 96
CHART_MARGIN = 16
"""Pixels that a chart leaves free at either side; on paper they lie in the margin."""
CHART_FONT_SIZE = 8.5
LONGEST_RUNNING_TITLE = 90
LONGEST_RUNNING_NOTICE = 420
LONGEST_MARKING = 120


def print_document(
    analysis: Analysis, matrix: Matrix, analyst_id: str, options: PrintOptions | None = None
) -> PrintJob:
    """Return the document on `matrix` as rated by the analyst, ready for `typesetting.pdf` and `typesetting.pages`.

    Reads the analysis only; hand over a snapshot when it may be edited meanwhile. Raises KeyError for an analyst the
    analysis does not have.
    """
    options = replace(options or PrintOptions(), is_group=analyst_id == GROUP)
    analysis = public(analysis)
    assessment = assess(analysis, matrix, analyst_id)
    layout = matrix_layout(assessment, options)
    text = Composer(partial(printable, coverage=coverage()))
    ratings = sheet_of(matrix, analyst_id)
    analyst = analysis.analysts[analyst_id].name
    with_reasons = has_reasons(assessment, ratings) if options.reasons is None else options.reasons
    title = single_line(analysis.question) or _("Analysis without a question")
    today = options.printed.date()
    # What waits unsorted is nothing to the reader of a page: no part of the analysis yet.
    found = [entry for entry in all_findings(analysis, matrix, analyst_id, assessment) if entry.code != "unsorted"]
    data: dict[str, Any] = {
        "language": options.language,
        "title": _plain(text.line(title)),
        "authors": [_plain(text.line(author)) for author in analysis.authors],
        "page": page_data(layout.sheet),
        "palette": colours_data(options.black_and_white, range_symbols(ratings)),
        "running": _running(analysis, title, analyst, options, text),
        "words": _words(assessment, is_group=options.is_group),
        "question": text.line(title, longest=24),
        "front": _front(analysis, matrix, analyst_id, assessment, found, options, text) if options.front else None,
        "chart": _chart(assessment, analyst, layout, options) if options.chart else None,
        "resting": _resting(material(analysis, matrix, analyst_id, assessment), analyst, layout, options),
        "matrix": matrix_data(assessment, ratings, layout, options, text) if options.matrix else None,
        "dependence": [text.line(line, longest=60) for line in dependence_note(analysis, assessment)],
        "scale": _scale(assessment),
        "sources": sources_data(analysis, assessment, text),
        "reasons": reasons_data(analysis, assessment, ratings, text) if with_reasons else [],
        "aside": aside_data(points_aside(analysis, matrix.id, assessment, found, today), text),
        "watch": indicators_data(analysis, assessment, today, text),
        "challenges": challenges_data(analysis, matrix, text),
        "changes": [],
    }
    return PrintJob(title, json.dumps(data, ensure_ascii=False), int(options.printed.timestamp()))


def changes_document(
    analysis: Analysis, matrix: Matrix, analyst_id: str, title: str, comparison: Comparison, options: PrintOptions
) -> PrintJob:
    """Return the document on what changed, under `title`; raises KeyError for an analyst the analysis does not have."""
    assessment = assess(analysis, matrix, analyst_id)
    layout = matrix_layout(assessment, options)
    text = Composer(partial(printable, coverage=coverage()))
    question = single_line(analysis.question) or _("Analysis without a question")
    analyst = analysis.analysts[analyst_id].name
    data: dict[str, Any] = {
        "language": options.language,
        "title": _plain(text.line(title)),
        "authors": [_plain(text.line(author)) for author in analysis.authors],
        "page": page_data(layout.sheet),
        "palette": colours_data(options.black_and_white),
        "running": _running(analysis, question, analyst, options, text),
        "words": _words(assessment, is_group=analyst_id == GROUP),
        "question": text.line(title, longest=24),
        "front": None,
        "chart": None,
        "resting": [],
        "matrix": None,
        "dependence": [],
        "scale": _scale(assessment),
        "sources": [],
        "reasons": [],
        "aside": [],
        "watch": [],
        "challenges": [],
        "changes": changes_data(comparison, question, text),
    }
    return PrintJob(title, json.dumps(data, ensure_ascii=False), int(options.printed.timestamp()))


@cache
def coverage() -> Coverage:
    """Return what the fonts that typst sees can show."""
    seen = {Path(path) for path, _index in typesetting.font_files()}
    return Coverage([path for path in installed_fonts() if path in seen])


def _plain(text: PrintText) -> str:
    return text if isinstance(text, str) else str(text["text"])


def _running(analysis: Analysis, title: str, analyst: str, options: PrintOptions, text: Composer) -> dict[str, Any]:
    notice = single_line(analysis.notice)
    return {
        "marking": text.line(analysis.marking, most=LONGEST_MARKING),
        "notice": text.line(notice, longest=60),
        "notice_again": text.line(notice, longest=60, most=LONGEST_RUNNING_NOTICE),
        "title": text.line(title, most=LONGEST_RUNNING_TITLE),
        "byline": text.line(_("Ratings: {analyst}").format(analyst=shortened(single_line(analyst), 48))),
        "printed": _("Printed {date}").format(date=options.printed.date().isoformat()),
    }


def _words(assessment: Assessment, *, is_group: bool) -> dict[str, str]:
    combined = [hypothesis.is_combination for hypothesis in assessment.hypotheses]
    return {
        "page": _("Page {page} of {pages}"),
        "hypotheses": _("Single explanations, least contradicted first")
        if any(combined) and not all(combined)
        else _("Hypotheses, least contradicted first"),
        "hypothesis": _("Hypothesis"),
        "rank": _("Rank"),
        "tied": _("tied"),
        "against": _("Speaks against it"),
        "score": _("Weighted inconsistency"),
        "combinations": _("Combinations of hypotheses"),
        "combinations_short": _("Combinations"),
        "findings": _("To keep in mind"),
        "aside": _("Points set aside"),
        "watch": _("To watch for"),
        "chart": _("What speaks against each hypothesis"),
        "resting": _("What the order rests on"),
        "matrix": _("Matrix"),
        "item": _("Item"),
        "singles": _("Hypotheses"),
        "dependence": _("Items that depend on each other"),
        "empty": _("The matrix has no evidence items yet."),
        "shortened": _("A title that ends in “…” stands in full in the table of hypotheses."),
        "doubts": _("A question mark after a symbol: rated with low confidence."),
        "undecided": _("Two symbols with a dash between them: undecided; as a rule the more neutral one is scored."),
        "score_note": score_note(assessment),
        "reasons": _("Items and reasons"),
        "challenges": _("Challenges"),
        "answer": _("Answer"),
        "sources": _("Sources"),
        "source": _("Source"),
        "grade": _("Grade"),
        "note": _("Note"),
        "limit": " ".join(
            (
                _("The scores add up the median of several analysts' ratings.")
                if is_group
                else _("The scores add up one analyst's own ratings."),
                _(
                    "Evidence that fits a hypothesis does not prove it; a hypothesis is kept for want of evidence "
                    "against it."
                ),
            )
        ),
    }


def _front(
    analysis: Analysis,
    matrix: Matrix,
    analyst_id: str,
    assessment: Assessment,
    found: Sequence[Finding],
    options: PrintOptions,
    text: Composer,
) -> dict[str, Any]:
    facts = [
        (_("Marking"), analysis.marking),
        (_("Authors"), ", ".join(analysis.authors)),
        (_("Analyst"), analysis.analysts[analyst_id].name),
        (_("Matrix"), matrix.name if len(analysis.matrices) > 1 else ""),
        (_("Information as of"), analysis.as_of or ""),
        (_("Created"), (analysis.created or "")[:10]),
        (_("Extent"), extent_words(assessment)),
    ]
    order = front_order(assessment)
    rows = [hypothesis_data(analysis, assessment, column, options, text) for column in order]
    return {
        "description": text.paragraphs(analysis.description),
        "facts": [[name, text.line(value, longest=40)] for name, value in facts if value],
        "conclusion": conclusion_data(analysis, matrix, assessment, text),
        "headline": text.line(headline(assessment)),
        "hypotheses": [row for row, column in zip(rows, order, strict=True) if not joins(assessment, column)],
        "combinations": [row for row, column in zip(rows, order, strict=True) if joins(assessment, column)],
        "findings": [text.line(finding.text, longest=40) for finding in sorted_out(analysis, matrix.id, found).open],
    }


def _scale(assessment: Assessment) -> dict[str, Any]:
    return {
        "question": rating_question(),
        "rows": symbol_rows(assessment),
        "below": rating_reminder(),
    }


def _chart(assessment: Assessment, analyst: str, layout: MatrixLayout, options: PrintOptions) -> dict[str, Any] | None:
    """Return the consistency chart as wide as the page, with its text for screen readers; None without ratings."""
    return _drawn("consistency", assessment, analyst, layout, options) if assessment.standing.rated.any() else None


def _resting(found: Material, analyst: str, layout: MatrixLayout, options: PrintOptions) -> list[dict[str, Any]]:
    """Return the charts of what the order rests on that have something to show; none where they are not wanted."""
    kinds = [kind for kind in OF_MATERIAL if not charts.is_empty(kind, found)] if options.resting else []
    return [_drawn(kind, found, analyst, layout, options) for kind in kinds]


def _drawn(
    kind: str, subject: Assessment | Material, analyst: str, layout: MatrixLayout, options: PrintOptions
) -> dict[str, Any]:
    """Return a chart as wide as the page, with its text for screen readers.

    The PDF shows it with its text as text; page pictures, drawn by programs with other fonts, with its text as shapes.
    """
    drawn = ChartOptions(
        width_px=round(layout.sheet.width / MILLIMETRES_PER_PIXEL) + 2 * CHART_MARGIN,
        palette="print",
        black_and_white=options.black_and_white,
        analyst=analyst,
        is_group=options.is_group,
        date=options.printed.date().isoformat(),
        positive_scores=options.positive_scores,
        font_size=CHART_FONT_SIZE,
    )
    return {
        "svg": charts.save(kind, subject, drawn, "svg").decode("utf-8"),
        "outlines": charts.save(kind, subject, replace(drawn, outlines=True), "svg").decode("utf-8"),
        "margin": CHART_MARGIN * MILLIMETRES_PER_PIXEL,
        "alt": printable(charts.alternative_text(kind, subject), coverage()),
    }


def frame_data(
    analysis: Analysis, analyst: str, sheet: Sheet, options: PrintOptions, text: Composer, undecided: Sequence[str] = ()
) -> dict[str, Any]:
    """Return what the template of every printed page reads: language, paper, colours, and head and foot of a page."""
    title = single_line(analysis.question) or _("Analysis without a question")
    return {
        "language": options.language,
        "title": _plain(text.line(title)),
        "authors": [_plain(text.line(author)) for author in analysis.authors],
        "page": page_data(sheet),
        "palette": colours_data(options.black_and_white, undecided),
        "running": _running(analysis, title, analyst, options, text),
        "question": text.line(title, longest=24),
    }
