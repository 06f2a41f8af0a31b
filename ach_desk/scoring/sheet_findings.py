"""What the program points out about the ratings themselves, beyond what the numeric table tells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ach_desk.i18n import _, join_some, ngettext
from ach_desk.model import Analysis, ChallengeState, EvidenceStatus, Matrix
from ach_desk.model.values import SCALE_STEPS, Scale
from ach_desk.scoring.assessment import Assessment
from ach_desk.scoring.conclusion_findings import conclusion_findings
from ach_desk.scoring.dependence_findings import dependence_findings
from ach_desk.scoring.doubt_findings import doubt_findings
from ach_desk.scoring.findings import Finding, findings
from ach_desk.scoring.hypothesis_findings import hypothesis_findings
from ach_desk.scoring.marking_findings import marking_findings
from ach_desk.scoring.near_duplicates import Alike, find_alike
from ach_desk.scoring.rated_cells import Cell, cells_on_earlier_wording, cells_where, rows_beyond, rows_with
from ach_desk.scoring.remark_findings import remark_findings
from ach_desk.scoring.source_findings import deciding_findings, grade_findings
from ach_desk.scoring.table import RatingTable
from ach_desk.scoring.withheld_findings import withheld_findings

CELL_CODES = frozenset({"earlier_wording", "suggested", "off_scale"})
"""Findings about cells: the first item and the first hypothesis they name are those of the first cell."""

_MOST_NAMED = 4


def all_findings(
    analysis: Analysis,
    matrix: Matrix,
    analyst: str,
    assessment: Assessment,
    alike: Sequence[Alike] | None = None,
    on_grades: Sequence[Finding] | None = None,
    rated: RatingTable | None = None,
) -> list[Finding]:
    """Return every finding on a matrix as rated by `analyst` (an id), the most consequential first.

    `alike`: what is known of items that are alike; None looks for them, which takes a while where items are many.
    `on_grades`: what `grade_findings` returned, where somebody keeps it while only ratings change.
    `rated`: the table of the ratings as the sheet has them, which those of `assessment` need not be under a what-if;
    with it not every cell is looked at.
    """
    return [
        *findings(assessment),
        *hypothesis_findings(analysis, assessment),
        *deciding_findings(analysis, matrix, assessment),
        *(grade_findings(analysis, assessment.items) if on_grades is None else on_grades),
        *_earlier_wording(analysis, matrix, analyst),
        *_suggestions(analysis, matrix, analyst, rated),
        *_off_scale(analysis, matrix, analyst, rated),
        *_challenges(analysis, matrix),
        *remark_findings(analysis, matrix),
        *dependence_findings(analysis, assessment, find_alike(assessment.items) if alike is None else alike),
        *doubt_findings(analysis, assessment),
        *marking_findings(analysis),
        *withheld_findings(analysis, matrix, analyst),
        *conclusion_findings(analysis, matrix, assessment),
        *_unsorted(analysis),
    ]


def suggested_cells(analysis: Analysis, matrix: Matrix, analyst: str, rated: RatingTable | None = None) -> list[Cell]:
    """Return (evidence, hypothesis) of the unrated cells that hold a suggestion from splitting or merging."""
    among = rows_beyond(matrix.sheets.get(analyst, {}), rated) if rated is not None else None
    return cells_where(
        analysis, matrix, analyst, lambda _cell, rating: rating.value is None and rating.suggested is not None, among
    )


def off_scale_cells(analysis: Analysis, matrix: Matrix, analyst: str, rated: RatingTable | None = None) -> list[Cell]:
    """Return (evidence, hypothesis) of the ratings that are no steps of the matrix' scale."""
    off = tuple(value for value in SCALE_STEPS[Scale.SEVEN] if value not in SCALE_STEPS[matrix.scale])
    if not off:
        return []
    among = rows_with(off, matrix.sheets.get(analyst, {}), rated) if rated is not None else None
    return cells_where(analysis, matrix, analyst, lambda _cell, rating: rating.value in off, among)


def _earlier_wording(analysis: Analysis, matrix: Matrix, analyst: str) -> Iterator[Finding]:
    cells = cells_on_earlier_wording(analysis, matrix, analyst)
    if cells:
        text = ngettext(
            "{count} rating was made on earlier wording ({cells}). Confirm it or rate anew.",
            "{count} ratings were made on earlier wording ({cells}). Confirm them or rate anew.",
            len(cells),
        )
        yield _about("earlier_wording", text, analysis, cells)


def _suggestions(analysis: Analysis, matrix: Matrix, analyst: str, rated: RatingTable | None) -> Iterator[Finding]:
    cells = suggested_cells(analysis, matrix, analyst, rated)
    if cells:
        text = ngettext(
            "{count} suggestion is not confirmed ({cells}); it counts as unrated.",
            "{count} suggestions are not confirmed ({cells}); they count as unrated.",
            len(cells),
        )
        yield _about("suggested", text, analysis, cells)


def _off_scale(analysis: Analysis, matrix: Matrix, analyst: str, rated: RatingTable | None) -> Iterator[Finding]:
    cells = off_scale_cells(analysis, matrix, analyst, rated)
    if cells:
        text = ngettext(
            "{count} rating is not a step of this matrix’ scale ({cells}); it is scored as it stands.",
            "{count} ratings are not steps of this matrix’ scale ({cells}); they are scored as they stand.",
            len(cells),
        )
        yield _about("off_scale", text, analysis, cells)


def _challenges(analysis: Analysis, matrix: Matrix) -> Iterator[Finding]:
    for challenge in analysis.challenges.values():
        here = challenge.matrix in (None, matrix.id)
        item = analysis.evidence.get(challenge.evidence or "")
        hypothesis = analysis.hypotheses.get(challenge.hypothesis or "")
        if challenge.state is not ChallengeState.OPEN or not here or not (item or hypothesis):
            continue
        place = " / ".join(record.label for record in (item, hypothesis) if record is not None)
        text = _("A challenge to {place} is open: {text}").format(place=place, text=challenge.text)
        yield Finding(
            "challenge",
            text,
            hypotheses=(hypothesis.id,) if hypothesis else (),
            evidence=(item.id,) if item else (),
            others=(challenge.id,),
        )


def _unsorted(analysis: Analysis) -> Iterator[Finding]:
    ids = tuple(item.id for item in analysis.evidence.values() if item.status is EvidenceStatus.UNSORTED)
    count = len(ids)
    if count:
        text = ngettext(
            "{count} captured item waits unsorted; it counts nowhere.",
            "{count} captured items wait unsorted; they count nowhere.",
            count,
        )
        yield Finding("unsorted", text.format(count=count), turns_on=ids)


def _about(code: str, text: str, analysis: Analysis, cells: list[Cell]) -> Finding:
    names = [
        f"{analysis.evidence[item].label}/{analysis.hypotheses[column].label}" for item, column in cells[:_MOST_NAMED]
    ]
    return Finding(
        code,
        text.format(count=len(cells), cells=join_some(names, _MOST_NAMED, len(cells))),
        hypotheses=tuple(dict.fromkeys(column for _item, column in cells)),
        evidence=tuple(dict.fromkeys(item for item, _column in cells)),
    )
