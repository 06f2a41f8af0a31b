"""The open points of a matrix: what the program points out, without what the analyst set aside with a reason."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from ach_desk.model import Analysis, FindingSetAside, Matrix
from ach_desk.scoring import sheet_findings, step_findings
from ach_desk.scoring.assessment import Assessment
from ach_desk.scoring.findings import Finding


class PointAside(NamedTuple):
    """A finding that still holds and that was set aside, with the record that says why."""

    finding: Finding
    record: FindingSetAside


class Points(NamedTuple):
    """What is open, and what was set aside and has not changed since."""

    open: tuple[Finding, ...] = ()
    aside: tuple[PointAside, ...] = ()


def points(analysis: Analysis, matrix: Matrix, analyst: str, assessment: Assessment, today: date) -> Points:
    """Return the points of a matrix as rated by `analyst` (an id), those of the steps of the method included."""
    on_ratings = sheet_findings.all_findings(analysis, matrix, analyst, assessment)
    found = [*on_ratings, *step_findings.step_findings(analysis, matrix, assessment, today)]
    return sorted_out(analysis, matrix.id, found)


def sorted_out(analysis: Analysis, matrix: str, found: Iterable[Finding]) -> Points:
    """Return `found` on a matrix (an id) as what is open and what was set aside; order is kept.

    A point is set aside while its facts are those of a record; with other facts it is another point and open.
    """
    records = {
        (entry.code, entry.facts): entry for entry in analysis.findings_set_aside.values() if entry.matrix == matrix
    }
    codes = {code for code, _facts in records}
    still_open: list[Finding] = []
    aside: list[PointAside] = []
    for finding in found:
        # Facts are made only where something may match: they take a while where ten thousand items are named.
        record = records.get((finding.code, finding.facts)) if finding.code in codes else None
        if record is None:
            still_open.append(finding)
        else:
            aside.append(PointAside(finding, record))
    return Points(tuple(still_open), tuple(aside))
