"""About how many pages a print will have, told in a moment: asked before ten thousand items are set."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from ach_desk.model import Analysis, EvidenceItem, Matrix, RatingSheet
from ach_desk.model.public import public
from ach_desk.reporting.chart_names import RESTING
from ach_desk.reporting.print_conclusion import conclusion_data
from ach_desk.reporting.print_groups import dependence_note
from ach_desk.reporting.print_history import challenges_to
from ach_desk.reporting.print_layout import CHARACTER_WIDTH, MatrixLayout, line_length, matrix_layout
from ach_desk.reporting.print_matrix import has_reasons, row_height, sheet_of
from ach_desk.reporting.print_options import PrintOptions
from ach_desk.reporting.print_sources import sources_data
from ach_desk.reporting.print_text import Composer
from ach_desk.scoring import Assessment, Finding, all_findings, assess
from ach_desk.scoring.open_points import sorted_out

_LINE = 3.5
_HEAD_OF_FRONT = 62.0
_FRONT_ROW = 9.5
_STATEMENT_WIDTH = 80.0
_HEAD_OF_CONCLUSION = 22.0
_CONCLUSION_ROW = 3.2
_REASON_SHARE = 0.42
_CHART_MARGIN = 45.0
_CHART_ROW = 14.0
_RESTING_CHART = 60.0
_HEAD_OF_MATRIX = 26.0
_FOOT_OF_MATRIX = 40.0
_ITEM_HEAD = 8.0
_REASON_WIDTH_TAKEN = 24.0
_HEAD_OF_SOURCES = 16.0
_SOURCE_PADDING = 2.9
_SOURCE_WIDTH_TAKEN = 62.0
_GRADE_WIDTH = 44.0
_HEAD_OF_CHALLENGES = 10.0
_CHALLENGE_HEAD = 8.0
_ANSWER_INDENT = 4.0


def estimate_pages(analysis: Analysis, matrix: Matrix, analyst_id: str, options: PrintOptions) -> int:
    """Return about how many pages `print_document` with the same arguments will have; at least 1.

    Counts lines and heights without setting anything: within a tenth for long documents of ordinary texts.
    """
    assessment = assess(analysis, matrix, analyst_id)
    layout = matrix_layout(assessment, options)
    ratings = sheet_of(matrix, analyst_id)
    room = layout.sheet.height - _notice_height(analysis, layout)
    found = all_findings(analysis, matrix, analyst_id, assessment, alike=())
    open_points = sorted_out(analysis, matrix.id, found).open
    filled = _front_height(analysis, matrix, assessment, open_points, layout, options)
    pages = filled / room
    if options.matrix and analysis.groups:
        notes = dependence_note(analysis, assessment)
        pages += sum(_LINE * _lines(note, layout.sheet.width) for note in notes) / room
    if options.matrix:
        pages += _matrix_pages(assessment, layout, room)
    with_reasons = has_reasons(assessment, ratings) if options.reasons is None else options.reasons
    if with_reasons:
        heights = (_reasons_height(item, ratings, layout) for item in assessment.items)
        pages += sum(heights) / room
    pages += _sources_height(analysis, assessment, layout) / room
    pages += _challenges_height(analysis, matrix, layout.sheet.width) / room
    pages += _steps_height(analysis, matrix, layout.sheet.width) / room
    return max(1, math.ceil(pages - 0.15))


def _notice_height(analysis: Analysis, layout: MatrixLayout) -> float:
    return 3.0 + _LINE * _lines(analysis.notice, layout.sheet.width) if analysis.notice else 0.0


def _lines(text: str, width: float) -> int:
    return sum(max(1, math.ceil(len(part) / line_length(width))) for part in text.splitlines())


def _front_height(
    analysis: Analysis,
    matrix: Matrix,
    assessment: Assessment,
    found: Sequence[Finding],
    layout: MatrixLayout,
    options: PrintOptions,
) -> float:
    height = 0.0
    if options.front:
        width = layout.sheet.width
        height += _HEAD_OF_FRONT + 1.2 * _LINE * _lines(analysis.description, width)
        statements = width - _STATEMENT_WIDTH
        height += sum(
            _FRONT_ROW + _LINE * _lines(hypothesis.statement, statements) for hypothesis in assessment.hypotheses
        )
        height += sum(1.5 * _LINE * _lines(finding.text, width) for finding in found)
        height += _conclusion_height(analysis, matrix, assessment, width)
    if options.chart and assessment.standing.rated.any():
        height += min(_CHART_MARGIN + _CHART_ROW * len(assessment.hypotheses), layout.sheet.height)
    if options.resting and assessment.standing.rated.any():
        rows = len(assessment.hypotheses)
        height += len(RESTING) * min(_RESTING_CHART + _CHART_ROW * rows, layout.sheet.height)
    return height


def _conclusion_height(analysis: Analysis, matrix: Matrix, assessment: Assessment, width: float) -> float:
    data = conclusion_data(analysis, matrix, assessment, Composer(str))
    if data is None:
        return 0.0
    height = _HEAD_OF_CONCLUSION + 1.5 * _LINE * sum(_lines(str(part), width) for part in data["answer"])
    for row in data["rows"]:
        height += _CONCLUSION_ROW + _LINE * sum(_lines(str(part), width * _REASON_SHARE) for part in row["reason"])
    for section in (*data["sections"], *data["outcome"]):
        height += _ITEM_HEAD + 1.3 * _LINE * sum(_lines(str(part), width) for part in section["text"])
    return height


def _matrix_pages(assessment: Assessment, layout: MatrixLayout, room: float) -> float:
    rows = _stacked((row_height(item, layout) for item in assessment.items), room - _HEAD_OF_MATRIX)
    return len(layout.groups) * rows + _FOOT_OF_MATRIX / room


def _stacked(heights: Iterable[float], room: float) -> float:
    """Return the pages, with the last in part, that rows of these heights take when none is cut."""
    pages, filled = 0, 0.0
    for height in heights:
        if filled and filled + height > room:
            pages, filled = pages + 1, 0.0
        filled += height
    return pages + filled / room


def _sources_height(analysis: Analysis, assessment: Assessment, layout: MatrixLayout) -> float:
    listed = sources_data(public(analysis), assessment, Composer(str))
    width = layout.sheet.width - _SOURCE_WIDTH_TAKEN
    height = _HEAD_OF_SOURCES if listed else 0.0
    for entry in listed:
        lines = max(_lines(str(entry["source"]), width), _lines(str(entry["grade"]), _GRADE_WIDTH))
        height += _SOURCE_PADDING + _LINE * (lines + _lines(str(entry["reasons"]), width))
    return height


def _challenges_height(analysis: Analysis, matrix: Matrix, width: float) -> float:
    entries = challenges_to(analysis, matrix)
    height = _HEAD_OF_CHALLENGES if entries else 0.0
    for entry in entries:
        height += _CHALLENGE_HEAD + _LINE * (_lines(entry.text, width) + (entry.value is not None))
        if entry.answer:
            height += _LINE * (1 + _lines(entry.answer, width - _ANSWER_INDENT))
    return height


def _steps_height(analysis: Analysis, matrix: Matrix, width: float) -> float:
    """Return the height of points set aside and of indicators; all of the points of a matrix count as holding still."""
    aside = [entry for entry in analysis.findings_set_aside.values() if entry.matrix == matrix.id]
    height = (_HEAD_OF_CHALLENGES if aside else 0.0) + (_HEAD_OF_CHALLENGES if analysis.indicators else 0.0)
    height += sum(1.5 * _LINE * (_lines(entry.text, width) + _lines(entry.reason, width)) for entry in aside)
    for entry in analysis.indicators.values():
        height += _CHALLENGE_HEAD + _LINE * (_lines(entry.text, width) + _lines(entry.note, width))
    return height


def _reasons_height(item: EvidenceItem, ratings: RatingSheet, layout: MatrixLayout) -> float:
    width = layout.sheet.width - _REASON_WIDTH_TAKEN
    reasons = [rating.rationale for rating in ratings.get(item.id, {}).values() if rating.rationale]
    if not (reasons or item.detail or item.note or item.citations):
        return 0.0
    height = _ITEM_HEAD + _LINE * (_lines(item.detail, width) + _lines(item.note, width))
    height += sum(_LINE * _lines(reason, width) + 0.8 for reason in reasons)
    return height + _LINE * math.ceil(len(item.citations) * 90 * CHARACTER_WIDTH / width)
