"""What each kind of chart is drawn from, worked out from an analysis: one door for all that offer every chart."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ach_desk.model import Analysis, Matrix
from ach_desk.reporting.chart_material import Material, material, rivals
from ach_desk.reporting.chart_options import EVERY_KIND, FROM_MATERIAL, KINDS, OF_RESULTS
from ach_desk.scoring import Assessment

__all__ = ["EVERY_KIND", "subject_from", "subject_of"]


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
    is held against, "" or one that cannot be for the nearest. Raises ValueError for another kind or method, and for a
    way of adding up that the chart cannot be drawn by.
    """
    if kind in KINDS:
        return assessment
    return subject_from(kind, replace(material(analysis, matrix, analyst, assessment, method=method), rival=rival))


def subject_from(kind: str, found: Material) -> Any | None:
    """Return what a chart of `FROM_MATERIAL` or `OF_RESULTS` is drawn from; None where there is nothing to show.

    Meant for a worker thread. Raises ValueError for another kind, and as `subject_of` for the way of adding up.
    """
    if kind in FROM_MATERIAL:
        return found
    if kind not in OF_RESULTS:
        raise ValueError(kind)
    return _tornado(found) if kind == "tornado" else _trajectories(found)


def _tornado(found: Material) -> Any | None:
    from ach_desk.reporting.charts.tornado import TornadoSubject
    from ach_desk.scoring.tornado import nearest_rival, tornado

    columns = {entry.id: column for column, entry in enumerate(found.assessment.hypotheses)}
    pair, rival = nearest_rival(found.additive), columns.get(found.rival)
    if rival is not None and (pair is None or rival not in rivals(found.additive, pair[0])):
        rival = None
    sheet = found.matrix.sheets.get(found.analyst, {})
    made = tornado(found.analysis, sheet, found.inputs, found.method, rival=rival)
    return None if made is None else TornadoSubject(found.inputs, made)


def _trajectories(found: Material) -> Any | None:
    from ach_desk.reporting.charts.trajectories import TrajectoriesSubject, measures
    from ach_desk.scoring.replay import Clock, replay

    steps = replay(found.inputs, found.method, Clock.LEARNED)
    return TrajectoriesSubject(found.inputs, steps, measures(steps)[0]) if steps.days else None
