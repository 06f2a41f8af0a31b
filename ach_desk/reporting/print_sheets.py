"""What is printed beside the document on the whole analysis: the matrix for a wall, a rating form, one chart.

Each is a print job with a template of its own; head and foot of a page, fonts and colours are those of the document.
"""

from __future__ import annotations

import json
import random
from dataclasses import replace
from functools import partial
from typing import Any

from ach_desk.i18n import _
from ach_desk.model import Analysis, EvidenceKind, Matrix
from ach_desk.model.public import public
from ach_desk.model.words import rating_question
from ach_desk.reporting import charts
from ach_desk.reporting.chart_names import chart_name
from ach_desk.reporting.chart_options import ChartOptions
from ach_desk.reporting.chart_subjects import subject_of
from ach_desk.reporting.document import CHART_FONT_SIZE, CHART_MARGIN, MILLIMETRES_PER_PIXEL, coverage, frame_data
from ach_desk.reporting.glyphs import printable
from ach_desk.reporting.print_hypotheses import score_note
from ach_desk.reporting.print_layout import (
    LABEL_WIDTH,
    MatrixLayout,
    Sheet,
    line_length,
    longest_word,
    sheet_of_paper,
)
from ach_desk.reporting.print_matrix import kind_word, matrix_data, range_symbols, row_height, sheet_of, symbol_rows
from ach_desk.reporting.print_options import Orientation, PrintOptions
from ach_desk.reporting.print_text import Composer, shortened, single_line
from ach_desk.reporting.typesetting import PrintJob
from ach_desk.scoring import Assessment, assess
from ach_desk.scoring.group_sheet import GROUP

_WALL_TITLE, _WALL_CELL = 64.0, 24.0
_HEADS = 24.0
_FULL_SCALE = 1.5
"""Letters of 12 points, which are read from two metres."""

_SCALES = (2.6, 2.2, 1.9, 1.6, 1.4, 1.2, 1.0, 0.9, 0.8, 0.7, 0.6)
_OVERLAP = 8.0
_FORM_CELL = 15.0
_FORM_TITLE_SHARE = 0.4
_FORM_FOOT = 23.0
_HEADER_CHARACTERS = 70


def wall_document(analysis: Analysis, matrix: Matrix, analyst_id: str, options: PrintOptions) -> PrintJob:
    """Return the matrix for a wall; raises KeyError for an analyst the analysis does not have."""
    analysis = public(analysis)
    assessment = assess(analysis, matrix, analyst_id)
    layout = _wall_layout(assessment, options)
    text = Composer(partial(printable, coverage=coverage()))
    ratings = sheet_of(matrix, analyst_id)
    data = _framed(analysis, analyst_id, layout.sheet, options, text, range_symbols(ratings))
    data["matrix"] = matrix_data(assessment, ratings, layout, options, text)
    data["scale"] = _scale(assessment, score_note(assessment))
    data["words"] |= {"item": _("Item"), "empty": _("The matrix has no evidence items yet.")}
    data["wall"] = {
        "fit": options.fit,
        "full_scale": _FULL_SCALE,
        "scales": _SCALES,
        "overlap": _OVERLAP,
        "sheet": _("Sheet {name}: row {row} of {rows}, column {column} of {columns}"),
        "how": _("For one large sheet cut along the dashed lines and glue upon the strips."),
        "glue": _("sheet {name} upon this"),
    }
    return _job(data, options, "wall")


def rating_form(analysis: Analysis, matrix: Matrix, analyst_id: str, options: PrintOptions) -> PrintJob:
    """Return a form with empty boxes for what counts: no rating and no score is on it. Raises as `wall_document`."""
    analysis = public(analysis)
    assessment = assess(analysis, matrix, analyst_id)
    sheet = _form_sheet(assessment, options)
    text = Composer(partial(printable, coverage=coverage()))
    data = _framed(analysis, analyst_id, sheet, options, text)
    data["page"]["bottom"] += _FORM_FOOT
    data["running"] |= {"byline": "", "scale": _scale(assessment, "")}
    data["form"] = _form(assessment, sheet, options, text)
    return _job(data, options, "form")


def chart_document(
    kind: str, analysis: Analysis, matrix: Matrix, analyst_id: str, options: PrintOptions
) -> PrintJob | None:
    """Return one chart of `chart_options.EVERY_KIND`; None where it has nothing to show. Raises as `wall_document`."""
    analysis = public(analysis)
    assessment = assess(analysis, matrix, analyst_id)
    subject = subject_of(kind, analysis, matrix, analyst_id, assessment)
    if subject is None:
        return None
    upright = options.orientation is not Orientation.LANDSCAPE
    sheet = sheet_of_paper(options, flipped=not upright)
    text = Composer(partial(printable, coverage=coverage()))
    data = _framed(analysis, analyst_id, sheet, options, text)
    drawn = ChartOptions(
        width_px=round(sheet.width / MILLIMETRES_PER_PIXEL) + 2 * CHART_MARGIN,
        palette="print",
        black_and_white=options.black_and_white,
        analyst=analysis.analysts[analyst_id].name,
        is_group=analyst_id == GROUP,
        date=options.printed.date().isoformat(),
        positive_scores=options.positive_scores,
        font_size=CHART_FONT_SIZE,
    )
    caption, alt = charts.caption(kind, subject), charts.alternative_text(kind, subject)
    data["title"] = f"{chart_name(kind)} – {data['title']}"
    data["chart"] = {
        "svg": charts.save(kind, subject, drawn, "svg").decode("utf-8"),
        "outlines": charts.save(kind, subject, replace(drawn, outlines=True), "svg").decode("utf-8"),
        "margin": CHART_MARGIN * MILLIMETRES_PER_PIXEL,
        "alt": printable(alt, coverage()),
        "caption": text.line(caption, longest=60),
        "fit": options.fit,
    }
    return _job(data, options, "chart")


def _job(data: dict[str, Any], options: PrintOptions, template: str) -> PrintJob:
    return PrintJob(data["title"], json.dumps(data, ensure_ascii=False), int(options.printed.timestamp()), template)


def _framed(
    analysis: Analysis, analyst_id: str, sheet: Sheet, options: PrintOptions, text: Composer, undecided: Any = ()
) -> dict[str, Any]:
    data = frame_data(analysis, analysis.analysts[analyst_id].name, sheet, options, text, undecided)
    return {**data, "words": {"page": _("Page {page} of {pages}")}}


def _scale(assessment: Assessment, below: str) -> dict[str, Any]:
    return {"question": rating_question(), "rows": symbol_rows(assessment), "below": below}


def _wall_layout(assessment: Assessment, options: PrintOptions) -> MatrixLayout:
    """Return the layout with all hypotheses in one group; left to itself the paper lies as it can be filled best."""
    columns = tuple(assessment.rated_columns())

    def layout(*, flipped: bool) -> MatrixLayout:
        sheet = sheet_of_paper(options, flipped=flipped)
        return MatrixLayout(sheet, (), (columns,), _WALL_TITLE, _WALL_CELL)

    upright, sideways = layout(flipped=False), layout(flipped=True)
    if options.orientation is not Orientation.AUTO:
        return upright if options.orientation is Orientation.PORTRAIT else sideways
    lead, height = LABEL_WIDTH + _WALL_TITLE, sum(row_height(item, upright) for item in assessment.items)
    width = lead + len(columns) * _WALL_CELL
    if options.fit:
        rooms = {
            tried: min(tried.sheet.width / width, tried.sheet.height / (_HEADS + height))
            for tried in (upright, sideways)
        }
        return max(rooms, key=lambda tried: rooms[tried])

    def sheets(tried: MatrixLayout) -> int:
        across = max(1, int((tried.sheet.width / _FULL_SCALE - lead) / _WALL_CELL))
        return -(-len(columns) // across) * -int(-height // (tried.sheet.height / _FULL_SCALE - _HEADS))

    return min(sideways, upright, key=sheets)


def _active(assessment: Assessment) -> list[int]:
    return [column for column in assessment.rated_columns() if assessment.hypotheses[column].is_active]


def _most_boxes(sheet: Sheet) -> int:
    return max(1, int((sheet.width * (1 - _FORM_TITLE_SHARE) - LABEL_WIDTH) / _FORM_CELL))


def _form_sheet(assessment: Assessment, options: PrintOptions) -> Sheet:
    """Return the sheet, left to itself upright while all hypotheses have room side by side."""
    upright = sheet_of_paper(options, flipped=False)
    fits = _most_boxes(upright) >= len(_active(assessment))
    if options.orientation is Orientation.PORTRAIT or (options.orientation is Orientation.AUTO and fits):
        return upright
    return sheet_of_paper(options, flipped=True)


def _form(assessment: Assessment, sheet: Sheet, options: PrintOptions, text: Composer) -> dict[str, Any]:
    active = _active(assessment)
    rows = [row for row, item in enumerate(assessment.items) if item.is_counted]
    if options.shuffled:
        random.Random(options.seed).shuffle(rows)
    most = _most_boxes(sheet)
    parts = max(1, -(-len(active) // most))
    size = max(1, -(-len(active) // parts))
    wide = longest_word(sheet.width * 0.35)
    heads = {column: _form_head(assessment, column, text) for column in active}
    groups = [[heads[column] for column in active[at : at + size]] for at in range(0, len(active), size)]
    return {
        "name_line": options.name_line,
        "name": _("Name"),
        "date": _("Date"),
        "item": _("Item"),
        "how": _(
            "Write one symbol of the scale into each box; a box left empty is not judged. Judge each item by itself."
        ),
        "order": _("The items stand in order {number} of chance.").format(number=options.seed)
        if options.shuffled
        else "",
        "label_width": LABEL_WIDTH,
        "cell_width": _FORM_CELL,
        "groups": groups or [[]],
        "hypotheses": [
            {
                "label": text.line(assessment.label_of(column)),
                "title": text.line(single_line(assessment.hypotheses[column].title), longest=60),
                "statement": text.paragraphs(assessment.hypotheses[column].statement, longest=60),
            }
            for column in active
        ],
        "rows": [_form_row(assessment, row, wide, text) for row in rows],
    }


def _form_head(assessment: Assessment, column: int, text: Composer) -> dict[str, Any]:
    longest = longest_word(_FORM_CELL)
    title = shortened(
        single_line(assessment.hypotheses[column].title), min(_HEADER_CHARACTERS, 4 * line_length(_FORM_CELL))
    )
    return {
        "label": text.line(assessment.label_of(column), longest=longest),
        "title": text.line(title, longest=longest),
    }


def _form_row(assessment: Assessment, row: int, longest: int, text: Composer) -> dict[str, Any]:
    item = assessment.items[row]
    kind = "" if item.kind is EvidenceKind.EVIDENCE else kind_word(item.kind)
    note = " · ".join(filter(None, (kind, item.event_words or item.event_date or "", item.marking.strip())))
    return {
        "label": text.line(item.label, longest=longest_word(LABEL_WIDTH)),
        "title": text.line(item.title, longest=longest),
        "note": text.line(note, longest=longest),
    }
