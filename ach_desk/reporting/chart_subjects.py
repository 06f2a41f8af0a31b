"""What each kind of chart is drawn from, worked out from an analysis: one door for all that offer every chart."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ach_desk.model import Analysis, Matrix
from ach_desk.model.method_settings import Method
from ach_desk.reporting.chart_material import material
from ach_desk.reporting.chart_options import ALL_KINDS, FROM_MATERIAL, KINDS, OF_RESULTS
from ach_desk.scoring import Assessment
from ach_desk.scoring.methods import inputs, kept_method

EVERY_KIND = (*ALL_KINDS, *OF_RESULTS)


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
    if kind in FROM_MATERIAL:
        return replace(material(analysis, matrix, analyst, assessment, method=method), rival=rival)
    if kind not in OF_RESULTS:
        raise ValueError(kind)
    chosen = Method(method) if method else kept_method(matrix)
    read = inputs(analysis, matrix, analyst, assessment)
    if kind == "tornado":
        from ach_desk.reporting.charts.tornado import TornadoSubject
        from ach_desk.scoring.tornado import tornado

        columns = [column for column, entry in enumerate(assessment.hypotheses) if rival and entry.id == rival]
        found = tornado(analysis, matrix.sheets.get(analyst, {}), read, chosen, rival=columns[0] if columns else None)
        return None if found is None else TornadoSubject(read, found)
    from ach_desk.reporting.charts.trajectories import TrajectoriesSubject, measures
    from ach_desk.scoring.replay import Clock, replay

    steps = replay(read, chosen, Clock.LEARNED)
    return TrajectoriesSubject(read, steps, measures(steps)[0]) if steps.days else None
