"""The standing of one matrix, as JSON for scripts and as text for people."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from typing import Any

from ach_desk.app.cli_conclusion import conclusion_json, conclusion_lines
from ach_desk.app.cli_frames import belief_json, causes_json
from ach_desk.app.cli_robustness import methods_json
from ach_desk.i18n import _
from ach_desk.model import Analysis, Analyst, Matrix
from ach_desk.scoring import Assessment, Finding, PointAside, Points, all_findings, headline
from ach_desk.scoring.methods import inputs
from ach_desk.scoring.open_points import sorted_out

FORMAT = 1


def score_json(
    analysis: Analysis,
    assessment: Assessment,
    matrix: Matrix,
    analyst: Analyst | None,
    *,
    every_method: bool = False,
    belief: bool = False,
) -> str:
    """Return the scores as JSON in the published shape (docs/manual): format 1, ASCII, unrounded numbers.

    `matrix` and `analyst` are named by name, by id where they have no name; the analyst is null when there is none.
    With `every_method`, "methods" holds what each method says and "agreement" whether they agree, in words, and
    "causes" what causes that may act together do; with `belief`, "belief" holds set-valued belief.
    """
    standing, points = assessment.standing, _points(analysis, assessment, matrix, analyst)
    shape = {
        "format": FORMAT,
        "matrix": matrix.name or matrix.id,
        "analyst": (analyst.name or analyst.id) if analyst else None,
        "hypotheses": [_hypothesis(assessment, column) for column in range(len(assessment.hypotheses))],
        "evidence": [_item(assessment, row) for row in range(len(assessment.items))],
        "leaders": [assessment.hypotheses[column].label for column in standing.leaders],
        "findings": [_finding(finding) for finding in points.open],
        "set_aside": [{**_finding(point.finding), "reason": point.record.reason} for point in points.aside],
    }
    conclusion = conclusion_json(analysis, matrix, assessment)
    if conclusion is not None:
        shape["conclusion"] = conclusion
    read = inputs(analysis, matrix, analyst.id if analyst else "", assessment) if every_method or belief else None
    if read is not None and every_method:
        shape |= methods_json(read) | causes_json(read, matrix)
    if read is not None and belief:
        shape |= belief_json(read)
    return json.dumps(shape, indent=2, allow_nan=False)


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "text": finding.text,
        "hypotheses": list(finding.hypotheses),
        "evidence": list(finding.evidence),
    }


def _hypothesis(assessment: Assessment, column: int) -> dict[str, Any]:
    hypothesis, standing = assessment.hypotheses[column], assessment.standing
    return {
        "id": hypothesis.id,
        "label": hypothesis.label,
        "title": hypothesis.title,
        "status": hypothesis.status.value,
        "inconsistency": float(standing.inconsistency[column]),
        "weighted_inconsistency": float(standing.weighted_inconsistency[column]),
        "rank": int(standing.rank[column]) or None,
        "tied": bool(standing.tied[column]),
        "rated": int(standing.rated[column]),
        "unrated": int(standing.unrated[column]),
        "not_applicable": int(standing.not_applicable[column]),
    }


def _item(assessment: Assessment, row: int) -> dict[str, Any]:
    item = assessment.items[row]
    spread = float(assessment.standing.diagnosticity[row])
    return {
        "id": item.id,
        "label": item.label,
        "title": item.title,
        "status": item.status.value,
        "diagnosticity": None if math.isnan(spread) else spread,
        "rated": int(assessment.standing.item_rated[row]),
    }


def score_text(analysis: Analysis, assessment: Assessment, matrix: Matrix, analyst: Analyst | None) -> list[str]:
    """Return the standing as lines for a terminal: notice, finding, hypotheses by rank, items, what to keep in mind."""
    return [
        *_head(analysis, matrix, analyst),
        *conclusion_lines(analysis, matrix, assessment),
        headline(assessment),
        "",
        *_ranking(assessment),
        *_items(assessment),
        *_findings(_points(analysis, assessment, matrix, analyst)),
    ]


def _head(analysis: Analysis, matrix: Matrix, analyst: Analyst | None) -> Iterator[str]:
    for text in (analysis.notice, analysis.marking):
        if text:
            yield from text.split("\n")
            yield ""
    if analysis.question:
        yield _("Question: {question}").format(question=analysis.question)
    by = analyst.name or analyst.id if analyst else _("nobody")
    yield _("{matrix}, rated by {analyst}").format(matrix=matrix.name or matrix.id, analyst=by)
    yield ""


def _ranking(assessment: Assessment) -> Iterator[str]:
    """Yield the table of hypotheses, those that cannot be compared behind the others, combinations under their line."""
    if not assessment.hypotheses:
        yield _("The matrix has no hypotheses.")
        return
    comparable = assessment.comparable
    order = sorted(assessment.ranked_order(), key=lambda column: not comparable[column])
    single = [column for column in order if not assessment.hypotheses[column].is_combination]
    joint = [column for column in order if assessment.hypotheses[column].is_combination]
    headings = [_("Rank"), _("Weighted"), _("Unweighted"), _("Rated"), _("Hypothesis")]
    rows = [_ranking_row(assessment, column) for column in (*single, *joint)]
    lines = table(headings, rows)
    yield lines[0]
    yield from lines[1 : 1 + len(single)]
    if joint:
        yield _("Combinations:")
        yield from lines[1 + len(single) :]


def _ranking_row(assessment: Assessment, column: int) -> list[str]:
    hypothesis, standing = assessment.hypotheses[column], assessment.standing
    rank = "-"
    if assessment.comparable[column]:
        rank = str(standing.rank[column])
        if assessment.tied[column]:
            rank = _("{rank} tied").format(rank=rank)
    return [
        rank,
        f"{standing.weighted_inconsistency[column]:.2f}",
        f"{standing.inconsistency[column]:.0f}",
        _("{rated} of {total}").format(rated=standing.rated[column], total=assessment.counted_items),
        _titled(assessment.label_of(column), hypothesis.title, _hypothesis_remark(assessment, column)),
    ]


def _hypothesis_remark(assessment: Assessment, column: int) -> str:
    hypothesis = assessment.hypotheses[column]
    if not hypothesis.is_active:
        return _with_reason(_("rejected"), hypothesis.status_reason)
    if not assessment.standing.rated[column]:
        return _("not rated")
    return "" if assessment.comparable[column] else _("cannot be compared yet")


def _items(assessment: Assessment) -> Iterator[str]:
    if not assessment.items:
        return
    yield ""
    rows = []
    for row, item in enumerate(assessment.items):
        spread = assessment.standing.diagnosticity[row]
        remark = "" if item.is_counted else _with_reason(_("set aside"), item.status_reason)
        active = int(assessment.table.active.sum())
        rated = _("{rated} of {total}").format(rated=assessment.standing.item_rated[row], total=active)
        rows.append(["-" if math.isnan(spread) else f"{spread:.2f}", rated, _titled(item.label, item.title, remark)])
    yield from table([_("Diagnosticity"), _("Rated"), _("Item")], rows)


def _points(analysis: Analysis, assessment: Assessment, matrix: Matrix, analyst: Analyst | None) -> Points:
    found = all_findings(analysis, matrix, analyst.id if analyst else "", assessment)
    return sorted_out(analysis, matrix.id, found)


def _findings(points: Points) -> Iterator[str]:
    if points.open:
        yield ""
        yield _("To keep in mind:")
        yield from (f"- {finding.text}" for finding in points.open)
    if points.aside:
        yield ""
        yield from aside_lines(points.aside)


def aside_lines(aside: Sequence[PointAside]) -> Iterator[str]:
    """Yield the points set aside, each with its reason, under a line that says what they are; nothing without any."""
    if aside:
        yield _("Set aside:")
        for point in aside:
            yield "- " + _("{point} Reason: {reason}").format(point=point.finding.text, reason=point.record.reason)


def _titled(label: str, title: str, remark: str) -> str:
    text = f"{label} {title}"
    return _("{title} ({remark})").format(title=text, remark=remark) if remark else text


def _with_reason(state: str, reason: str) -> str:
    return _("{state}: {reason}").format(state=state, reason=reason) if reason else state


def table(headings: list[str], rows: list[list[str]]) -> list[str]:
    """Return heading and rows as lines: every column but the last, which may be long, right-aligned."""
    widths = [max(len(row[column]) for row in (headings, *rows)) for column in range(len(headings) - 1)]
    return [
        "  ".join([*(cell.rjust(width) for cell, width in zip(row, widths, strict=False)), row[-1]])
        for row in (headings, *rows)
    ]
