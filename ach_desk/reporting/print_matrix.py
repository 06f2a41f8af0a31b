"""The matrix and the reasons as the template takes them: plain lists and dictionaries of prepared texts."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from ach_desk.i18n import _
from ach_desk.model import Analysis, EvidenceItem, EvidenceKind, Level, Matrix, Rating, RatingSheet
from ach_desk.model.readings import twin_of
from ach_desk.model.words import quotation_words, range_mark, rating_meaning, reading_word
from ach_desk.reporting.charts.words import score
from ach_desk.reporting.print_layout import (
    LABEL_WIDTH,
    MatrixLayout,
    extra_heading,
    extra_value,
    extra_width,
    line_length,
    longest_word,
)
from ach_desk.reporting.print_options import PrintOptions
from ach_desk.reporting.print_sources import cited_line, listed_sources
from ach_desk.reporting.print_text import Composer, shortened, single_line
from ach_desk.scoring import Assessment
from ach_desk.scoring.inconsistency import TIE_TOLERANCE

_HEADER_LINES = 7
_TALL_SHARE = 0.4
_LINE_HEIGHT = 3.45
_LINES_OF_STRETCH = 3
"""Lines that a date from-to can take in its narrow column."""

_ROW_PADDING = 1.6
_FILLED = 0.9
"""Share of a line that is filled before the next word has to go to the next line."""


def matrix_data(
    assessment: Assessment,
    ratings: RatingSheet,
    layout: MatrixLayout,
    options: PrintOptions,
    text: Composer,
) -> dict[str, Any]:
    """Return the printed matrix: columns by group, rows once, widths in millimetres.

    `ratings` is the analyst's sheet: evidence id -> hypothesis id -> Rating.
    """
    columns = [_column(assessment, column, layout, options, text) for column in range(len(assessment.hypotheses))]
    known = {item.id: item for item in assessment.items}
    groups = [
        {
            "columns": [{**columns[column], "index": column} for column in group],
            "singles": sum(not assessment.hypotheses[column].is_combination for column in group),
            "caption": text.line(_group_caption(assessment, layout, number)),
        }
        for number, group in enumerate(layout.groups)
    ]
    return {
        "groups": groups,
        "extras": [{"heading": extra_heading(name), "width": extra_width(name)} for name in layout.extras],
        "label_width": LABEL_WIDTH,
        "title_width": layout.title,
        "cell_width": layout.cell,
        "scale": layout.scale,
        "rows": [_row(assessment, row, ratings, layout, text, known) for row in range(len(assessment.items))],
        "shortened": any(column["shortened"] for column in columns),
        "doubts": _has_low_confidence(assessment, ratings),
        "undecided": bool(range_symbols(ratings)),
    }


def kind_word(kind: EvidenceKind) -> str:
    """Return the word for the kind of an item in the program's language."""
    return {
        EvidenceKind.EVIDENCE: _("Evidence"),
        EvidenceKind.ASSUMPTION: _("Assumption"),
        EvidenceKind.DEDUCTION: _("Deduction"),
        EvidenceKind.ABSENCE: _("Absence of evidence"),
    }[kind]


def score_text(assessment: Assessment, column: int, options: PrintOptions) -> str:
    """Return a hypothesis' weighted inconsistency, with as many decimals as the others' have: ``"−2.83"``."""
    scores = assessment.standing.weighted_inconsistency
    whole = bool((abs(scores - scores.round()) <= TIE_TOLERANCE).all())
    return score(float(scores[column]), positive=options.positive_scores, whole=whole)


def rank_text(assessment: Assessment, column: int) -> str:
    """Return "rank 2", "rank 2, tied", "rejected", "not rated", or "not comparable yet"."""
    hypothesis = assessment.hypotheses[column]
    rank = int(assessment.standing.rank[column])
    if not hypothesis.is_active:
        return _("rejected")
    if not rank:
        return _("not rated")
    if not assessment.comparable[column]:
        return _("few ratings")
    if assessment.tied[column]:
        return _("rank {rank}, tied").format(rank=rank)
    return _("rank {rank}").format(rank=rank)


def _column(
    assessment: Assessment, column: int, layout: MatrixLayout, options: PrintOptions, text: Composer
) -> dict[str, Any]:
    hypothesis = assessment.hypotheses[column]
    title = single_line(hypothesis.title)
    head = shortened(title, _HEADER_LINES * line_length(layout.cell))
    longest = longest_word(layout.cell)
    return {
        "label": text.line(assessment.label_of(column), longest=longest),
        "title": text.line(head, longest=longest),
        "score": score_text(assessment, column, options) if assessment.comparable[column] else "–",
        "rank": rank_text(assessment, column),
        "active": hypothesis.is_active,
        "shortened": head != title,
    }


def _group_caption(assessment: Assessment, layout: MatrixLayout, number: int) -> str:
    if len(layout.groups) == 1:
        return ""
    group = layout.groups[number]
    labels = assessment.label_of(group[0]), assessment.label_of(group[-1])
    text = _("Part {number} of {parts}: hypotheses {first} to {last}")
    return text.format(number=number + 1, parts=len(layout.groups), first=labels[0], last=labels[1])


def _row(
    assessment: Assessment,
    row: int,
    ratings: RatingSheet,
    layout: MatrixLayout,
    text: Composer,
    known: Mapping[str, EvidenceItem],
) -> dict[str, Any]:
    item = assessment.items[row]
    rated = ratings.get(item.id, {})
    longest = longest_word(layout.title)
    data: dict[str, Any] = {
        "label": text.line(item.label, longest=longest_word(LABEL_WIDTH)),
        "title": text.line(item.title, longest=longest),
        "cells": [cell_symbol(rated.get(hypothesis.id)) for hypothesis in assessment.hypotheses],
    }
    if layout.extras:
        data["extras"] = [extra_value(item, name) for name in layout.extras]
    if words := kind_words(item, known):
        data["kind"] = text.line(words, longest=longest)
    if not item.is_counted:
        data["aside"] = text.line(set_aside_words(item), longest=longest)
    if row_height(item, layout) * layout.scale > _TALL_SHARE * layout.sheet.height:
        data["tall"] = True
    return data


def kind_words(item: EvidenceItem, known: Mapping[str, EvidenceItem]) -> str:
    """Return what stands below the title of an item: its kind, how it is read, what it holds only if, its marking."""
    parts = [kind_word(item.kind)] if item.kind is not EvidenceKind.EVIDENCE else []
    other = twin_of(known, item)
    if other is not None and item.reading is not None:
        text = _("Read {reading}; the other reading is {label}")
        parts.append(text.format(reading=reading_word(item.reading), label=other.label))
    elif other is not None:
        parts.append(_("One of two readings; the other one is {label}").format(label=other.label))
    labels = [known[entry].label for entry in item.rests_on if entry in known]
    if labels:
        parts.append(_("Holds only if {labels}").format(labels=", ".join(labels)))
    return " · ".join(filter(None, [*parts, item.marking.strip()]))


def row_height(item: EvidenceItem, layout: MatrixLayout) -> float:
    """Return about how high the item's row is in millimetres; too high rather than too low for long texts."""
    in_a_line = line_length(layout.title) * _FILLED
    lines = math.ceil(len(item.title) / in_a_line) + item.title.count("\n")
    lines = max(lines, math.ceil(len(item.label) / longest_word(LABEL_WIDTH)), 1)
    if item.kind is not EvidenceKind.EVIDENCE or item.twin is not None or item.rests_on:
        lines += 1
    lines += math.ceil(len(item.marking) / in_a_line)
    if not item.is_counted:
        lines += math.ceil(len(set_aside_words(item)) / in_a_line)
    if item.event_end and "date" in layout.extras:
        lines = max(lines, _LINES_OF_STRETCH)
    return _ROW_PADDING + _LINE_HEIGHT * lines


def set_aside_words(item: EvidenceItem) -> str:
    """Return "Set aside on DATE: REASON" with what is known of both."""
    start = _("Set aside on {date}").format(date=item.status_date) if item.status_date else _("Set aside")
    return f"{start}: {item.status_reason}" if item.status_reason else start


def cell_symbol(rating: Rating | None) -> str:
    """Return the symbol or both ends of a range, with a question mark for low confidence; "" for an unrated cell."""
    if rating is None or rating.value is None:
        return ""
    symbol = range_mark(rating.range) if rating.range else rating.value.value
    return symbol + ("?" if rating.confidence is Level.LOW else "")


def _has_low_confidence(assessment: Assessment, ratings: RatingSheet) -> bool:
    over = assessment.headings
    return any(
        rating.confidence is Level.LOW and rating.value is not None and hypothesis not in over
        for item in assessment.items
        for hypothesis, rating in ratings.get(item.id, {}).items()
    )


def has_reasons(assessment: Assessment, ratings: RatingSheet) -> bool:
    """Return whether the appendix has anything to say: a rationale, a detail, a note, or a cited source."""
    return any(
        item.detail
        or item.note
        or item.quotation
        or item.citations
        or any(rating.rationale for rating in ratings.get(item.id, {}).values())
        for item in assessment.items
    )


def reasons_data(
    analysis: Analysis, assessment: Assessment, ratings: RatingSheet, text: Composer
) -> list[dict[str, Any]]:
    """Return the appendix: per item with anything to say, its detail, sources, note and the reason in each cell."""
    listed = bool(listed_sources(analysis, assessment))
    made = (
        _reasons_of(analysis, assessment, item, ratings.get(item.id, {}), text, listed=listed)
        for item in assessment.items
    )
    return [entry for entry in made if entry is not None]


def _reasons_of(
    analysis: Analysis,
    assessment: Assessment,
    item: EvidenceItem,
    rated: dict[str, Rating],
    text: Composer,
    *,
    listed: bool,
) -> dict[str, Any] | None:
    reasons = []
    for column in assessment.rated_columns():
        hypothesis = assessment.hypotheses[column]
        rating = rated.get(hypothesis.id)
        if rating is not None and rating.rationale:
            reasons.append(
                {
                    "label": text.line(assessment.label_of(column)),
                    "cell": cell_symbol(rating),
                    "reason": text.paragraphs(rating.rationale),
                }
            )
    known = analysis.sources
    sources = [
        cited_line(known[cited.source], cited, analysis, listed=listed)
        for cited in item.citations
        if cited.source in known
    ]
    if not (reasons or sources or item.detail or item.note or item.quotation):
        return None
    return {
        "label": text.line(item.label),
        "title": text.line(item.title, longest=60),
        "counted": item.is_counted,
        "marking": text.line(item.marking.strip()),
        "quotation": text.paragraphs(quotation_words(item)),
        "detail": text.paragraphs(item.detail),
        "sources": [text.line(line, longest=50) for line in sources],
        "note": text.paragraphs(item.note),
        "reasons": reasons,
    }


def symbol_rows(assessment: Assessment) -> list[tuple[str, str]]:
    """Return the scale in the words of the rating question: (symbol, meaning), "" for the empty cell."""
    return [("" if value is None else value.value, rating_meaning(value)) for value in (*assessment.legend, None)]


def range_symbols(ratings: RatingSheet) -> list[str]:
    """Return the symbols of undecided judgements in the sheet: "N–I"."""
    found = {rating.range for row in ratings.values() for rating in row.values() if rating.range}
    return sorted(map(range_mark, found))


def sheet_of(matrix: Matrix, analyst: str) -> RatingSheet:
    """Return the analyst's ratings of the matrix; empty for an analyst without any."""
    return matrix.sheets.get(analyst, {})
