"""What each kind of chart is drawn from, worked out from an analysis: one door for all that offer every chart."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ach_desk.model import Analysis, Matrix
from ach_desk.reporting.chart_material import Material, material
from ach_desk.reporting.chart_options import EVERY_KIND, FROM_MATERIAL, KINDS
from ach_desk.scoring import Assessment


def subject_of(
    kind: str,
    analysis: Analysis,
    matrix: Matrix,
    analyst: str,
    assessment: Assessment,
    method: str = "",
    rival: str = "",
) -> Any | None:
    """Return what a chart of one of `EVERY_KIND` is drawn from; None where there is nothing it could show.

    method: a name of `Method`, "" for the one that the matrix keeps. rival: the id of the hypothesis that the leader
    is held against, "" for the nearest. Raises ValueError for another kind or method, and for a way of adding up that
    the chart cannot be drawn by.
    """
    if kind in KINDS:
        return assessment
    if kind not in EVERY_KIND:
        raise ValueError(kind)
    found = replace(material(analysis, matrix, analyst, assessment, method=method), rival=rival)
    return found if kind in FROM_MATERIAL else of_results(kind, found)


def of_results(kind: str, found: Material) -> Any | None:
    """Return what a chart of one of `OF_RESULTS` is drawn from; None where there is nothing it could show."""
    if kind == "tornado":
        from ach_desk.reporting.charts.tornado import TornadoSubject
        from ach_desk.scoring.tornado import tornado

        columns = [column for column, entry in enumerate(found.assessment.hypotheses) if entry.id == found.rival]
        rival = columns[0] if columns else None
        sheet = found.matrix.sheets.get(found.analyst, {})
        swings = tornado(found.analysis, sheet, found.inputs, found.method, rival=rival)
        return None if swings is None else TornadoSubject(found.inputs, swings)
    from ach_desk.reporting.charts.trajectories import TrajectoriesSubject, measures
    from ach_desk.scoring.replay import Clock
    from ach_desk.scoring.replay import replay as replayed

    steps = replayed(found.inputs, found.method, Clock.LEARNED)
    return TrajectoriesSubject(found.inputs, steps, measures(steps)[0]) if steps.days else None
